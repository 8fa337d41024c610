"""The whole program: real windows, real map worker, real database."""
