"""Places and distances: what lies at a point or in an area, where people are, streets, coordinates."""
