"""A city on a server: asking its door, what the door does inside, and making such a city."""
