"""Tests of workstation.importing."""
