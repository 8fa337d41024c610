"""What stands around the docks: the bars, messages that must be heard at once, and where windows are on the screens."""
