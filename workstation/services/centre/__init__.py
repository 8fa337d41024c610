"""The centre's day: units, people and how they are reached, handovers, meetings, operations."""
