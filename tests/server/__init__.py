"""A city on a server that is ready for seats: what its roles may do, by the program and by plain psql."""
