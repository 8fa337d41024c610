"""What lies inside the server: its functions, and the program that runs there."""
