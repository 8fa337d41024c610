"""The domain, pure: the case, its commands and events, calendars, clocks, handbooks, facts. No Qt, SQL, QGIS, clock or randomness."""
