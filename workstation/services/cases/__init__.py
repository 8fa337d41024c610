"""Commands to cases: who may, what is decided, what holds together, what is due; and which cases somebody sees."""
