"""What the program says: sentences for instants, limits, refusals and errors, and the languages there are."""
