"""Tests of workstation.evaluation."""
