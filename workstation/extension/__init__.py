"""Plugin API and loader."""
