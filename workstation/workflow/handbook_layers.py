"""Overlays: a city's file laid over its base's.

Tables merge by key, the entries of a list of tables by their name. ``remove = true`` takes out what the base has.
Anything else that the city writes stands instead of the base's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .handbook_toml import LISTS, Path, TomlFile

BASE = "base/"
"""Before the names of the base's files among the texts of a handbook."""


def lay_over(file: str, text: str, base: TomlFile) -> TomlFile:
    """The file laid over the base's. HandbookError: something removed that the base has not, or named twice."""
    made = TomlFile(file, text, base)
    made.raw = _tables(made, made.own, base.raw, ())
    return made


def _tables(file: TomlFile, own: dict[str, Any], base: dict[str, Any], path: Path) -> dict[str, Any]:
    out = dict(base)
    for key, value in own.items():
        here = (*path, key)
        under = base.get(key)
        if isinstance(value, dict) and "remove" in value:
            _removable(file, value, here, key in base, set())
            del out[key]
        elif isinstance(value, dict) and isinstance(under, dict):
            out[key] = _tables(file, value, under, here)
        elif not path and key in LISTS and isinstance(value, list):
            out[key] = _entries(file, key, value, under if isinstance(under, list) else [])
        else:
            out[key] = value
    for key, value in base.items():
        if not path and key in LISTS and key not in own and isinstance(value, list):
            file.origins[key] = [(None, i) for i in range(len(value))]
    return out


def _entries(file: TomlFile, name: str, own: list[Any], base: list[Any]) -> list[Any]:
    known_by = LISTS[name]
    mine: dict[str, int] = {}
    for i, entry in enumerate(own):
        if not isinstance(entry, dict) or not isinstance(entry.get(known_by), str):
            file.origins[name] = [(j, None) for j in range(len(own))]
            file.fail(
                "missing_key", (name, i, known_by), "the key is missing.", "Add it, as a text in quotes."
            )
        if entry[known_by] in mine:
            file.origins[name] = [(j, None) for j in range(len(own))]
            file.fail(
                "duplicate_key", (name, i, known_by), f"{entry[known_by]!r} stands twice.", "Join the two."
            )
        mine[entry[known_by]] = i
    out: list[Any] = []
    origins: list[tuple[int | None, int | None]] = []
    in_base = {e.get(known_by) for e in base if isinstance(e, dict)}
    for i, entry in enumerate(base):
        j = mine.get(str(entry.get(known_by))) if isinstance(entry, dict) else None
        if j is None:
            out.append(entry)
            origins.append((None, i))
        elif "remove" not in own[j]:
            out.append({**entry, **own[j]})
            origins.append((j, i))
    for key, j in mine.items():
        if "remove" in own[j]:
            file.origins[name] = [(k, None) for k in range(len(own))]
            _removable(file, own[j], (name, j), key in in_base, {known_by})
        elif key not in in_base:
            out.append(own[j])
            origins.append((j, None))
    file.origins[name] = origins
    return out


def _removable(
    file: TomlFile, table: dict[str, Any], path: Path, there: bool, besides: Iterable[str]
) -> None:
    if table["remove"] is not True:
        file.fail("wrong_type", (*path, "remove"), "it can only be true.", "Write remove = true, or nothing.")
    for key in table:
        if key != "remove" and key not in besides:
            file.fail("unknown_key", (*path, key), "what is removed says nothing more.", "Remove the key.")
    if not there:
        file.fail("nothing_to_remove", path, "the base has nothing of that name.", "Take the entry out.")


def removed(file: TomlFile, path: Path = ()) -> frozenset[str]:
    """The names that the file takes out of the table at ``path``."""
    table: Any = file.own if file.under is not None else {}
    for part in path:
        table = table.get(part, {}) if isinstance(table, dict) else {}
    return frozenset(k for k, v in table.items() if isinstance(v, dict) and v.get("remove") is True)


def forget(file: TomlFile, list_name: str, keys: Iterable[str], names: frozenset[str]) -> None:
    """Take names that the city removed out of those lists of words that are the base's."""
    for i, entry in enumerate(file.raw.get(list_name, ())):
        for key in keys:
            words = entry.get(key)
            own = file.under is not None and file.is_own((list_name, i, key))
            if isinstance(words, list) and not own:
                entry = {**entry, key: [w for w in words if w not in names]}
        file.raw[list_name][i] = entry
