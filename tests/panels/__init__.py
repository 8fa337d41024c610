"""Tests of workstation.panels."""
