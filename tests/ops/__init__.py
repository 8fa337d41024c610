"""Tests of setting up, moving, backing up and growing a shared city."""
