"""The box of finding (Ctrl+K): its field, its list, and what is done with what was found."""
