"""Tests that show the articles of the five documents, each in the handbook of its city, and the registry of them all."""
