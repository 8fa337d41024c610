"""Finding by code, name, place or pinyin: what can be found, how it lies in memory, and what is shown of it."""
