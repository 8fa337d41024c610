"""Lists of cases: their filters and order, their pages and counts, what waits for whom, and how they stood at a moment."""
