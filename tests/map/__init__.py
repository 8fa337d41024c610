"""Tests of workstation.map."""
