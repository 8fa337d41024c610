"""The one door: permission, load, decide, append, commit, tell. Everything the interface and the command line do goes through here."""
