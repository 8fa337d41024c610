"""Indicators as functions of the log, their tables, charts and documents."""
