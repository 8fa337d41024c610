"""What the work panels share: the worklist on the left or on top, the case's summary, photo entry, results per item."""
