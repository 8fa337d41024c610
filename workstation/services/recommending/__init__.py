"""Who should get a case, what is dispatched automatically, and where nobody or two are responsible."""
