"""Tests of workstation.services."""
