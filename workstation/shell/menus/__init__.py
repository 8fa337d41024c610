"""Menus and keys: one registry of actions, what fills each menu, and the list of keys."""
