"""Whatever comes from outside is hostile: one table of readers, and what must hold for each whatever it is given."""
