"""Foreign files (anything OGR reads) to rows of a city, with a report of what could not be taken."""
