"""Seals over the log, the keys they are signed with, and the proof that nothing was changed: of the whole log and of one case."""
