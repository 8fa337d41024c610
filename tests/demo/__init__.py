"""Tests of workstation.demo."""
