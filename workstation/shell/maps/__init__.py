"""Map windows: their bars, filters, links, pages, heat and time, and what is worked with on every map."""
