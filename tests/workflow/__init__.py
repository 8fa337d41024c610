"""Tests of the domain: no database, no window, no clock."""
