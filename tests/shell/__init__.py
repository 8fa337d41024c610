"""Tests of workstation.shell."""
