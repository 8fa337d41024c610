"""Setting up, looking after, moving and growing a city that many seats share on PostGIS."""
