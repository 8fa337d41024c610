"""The window around the panels: docking, actions, login, theme, background tasks."""
