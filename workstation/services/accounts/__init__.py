"""Accounts: who gets in and how, what administrators do, the commands for it, and its part inside the server."""
