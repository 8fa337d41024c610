"""Who comes in: the pages before a city is open, signing in, sitting down under a post, and the locked screen."""
