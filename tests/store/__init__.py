"""Tests of workstation.store."""
