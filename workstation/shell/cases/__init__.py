"""Cases on the screen: their table, what is selected, and what is dragged."""
