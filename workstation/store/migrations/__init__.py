"""The steps from one schema to the next, one file each in ``versions``; the same for both stores."""
