"""TOML files of a handbook, read so that an error can say on which line it is and what to do about it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

from .handbook import HandbookError
from .limits import UNITS

LISTS = {"arrow": "name", "document": "key"}
"""The lists of tables in handbooks, and the key by which an entry is known: as it is in an overlay."""

Path = tuple[str | int, ...]


class TomlFile:
    """One TOML file: its data, and where in the text a key stands.

    With ``under`` it is laid over another file: ``raw`` is what the two make together (:mod:`.handbook_layers`), and an
    error names the file in which the faulty key stands.
    """

    def __init__(self, file: str, text: str, under: TomlFile | None = None) -> None:
        self.file = file
        self.lines = text.splitlines()
        self.under = under
        try:
            self.own: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise _toml_error(file, text, error) from error
        self.raw = self.own
        self.origins: dict[str, list[tuple[int | None, int | None]]] = {}
        """For each list: the place of each entry in this file and in the one under it."""

    def fail(self, code: str, path: Path, problem: str, advice: str) -> Any:
        file, line, key = self.place(path)
        raise HandbookError(code, file, line, key, problem, advice)

    def place(self, path: Path) -> tuple[str, int, str]:
        """File, line and key of a path of ``raw``: this file's, or where only that has it, those of the one under it."""
        mine, lower = self._split(path)
        if self.under is not None and lower and self.under.depth(lower) > (self.depth(mine) if mine else -1):
            return self.under.place(lower)
        return self.file, self.line(mine), self._text(mine)

    def is_own(self, path: Path) -> bool:
        """Whether this file says something of its own at the path."""
        mine, _ = self._split(path)
        return bool(mine) and self.depth(mine) == len(mine)

    def own_keys(self, path: Path) -> frozenset[str]:
        """The keys that this file itself has in the table at the path."""
        mine, _ = self._split(path)
        if not mine or self.depth(mine) < len(mine):
            return frozenset()
        value: Any = self.own
        for part in mine:
            value = value[part]
        return frozenset(value) if isinstance(value, dict) else frozenset()

    def _split(self, path: Path) -> tuple[Path, Path]:
        """The same path in this file and in the one under it; () where a list's entry is not there."""
        name = path[0] if path else ""
        if len(path) < 2 or not isinstance(path[1], int) or name not in self.origins:
            return path, path
        mine, lower = self.origins[str(name)][path[1]]
        return tuple(() if i is None else (name, i, *path[2:]) for i in (mine, lower))  # type: ignore[return-value]

    def depth(self, path: Path) -> int:
        """How much of the path there is in this file."""
        value: Any = self.own
        for count, part in enumerate(path):
            inside = (
                part in value
                if isinstance(value, dict)
                else isinstance(value, list) and part in range(len(value))
            )
            if not inside:
                return count
            value = value[part]
        return len(path)

    def line(self, path: Path) -> int:
        """The line (from 1) of the key of that path, else of the nearest table around it, else of what is in it."""
        places = _places(self.lines)
        for length in range(len(path), 0, -1):
            if path[:length] in places:
                return places[path[:length]]
        inside = (line for place, line in places.items() if place[: len(path)] == path)
        return min(inside, default=0)

    def _text(self, path: Path) -> str:
        """A path for people: ``arrow[dispatch].posts``."""
        out = ""
        for i, part in enumerate(path):
            if isinstance(part, int):
                entry = self.own[str(path[0])][part] if i == 1 else {}
                name = entry.get(LISTS.get(str(path[0]), "")) if isinstance(entry, dict) else None
                out += f"[{name if isinstance(name, str) and name else part}]"
            else:
                out += f".{part}" if out else part
        return out

    def value(self, table: Any, path: Path, kind: type | tuple[type, ...], default: Any = None) -> Any:
        value = table.get(path[-1], default)
        if value is None:
            self.fail("missing_key", path, "the key is missing.", "Add it.")
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.fail(
                "wrong_type", path, f"{value!r} is not of the right type.", f"Write {_kind_text(kind)}."
            )
        return value

    def text(self, table: Any, path: Path, default: str | None = None) -> str:
        return str(self.value(table, path, str, default))

    def table(self, table: Any, path: Path) -> dict[str, Any]:
        return dict(self.value(table, path, dict))

    def tables(self, table: Any, path: Path) -> dict[str, dict[str, Any]]:
        """A table of tables, which may be absent."""
        found: dict[str, Any] = self.value(table, path, dict, {}) if path else table
        return {key: self.table(found, (*path, key)) for key in found}

    def words(self, table: Any, path: Path, default: list[str] | None = None) -> list[str]:
        words: list[Any] = self.value(table, path, list, default)
        for word in words:
            if not isinstance(word, str):
                self.fail("wrong_type", path, f"{word!r} is not a text.", "Write a list of texts.")
        for word in words:
            if words.count(word) > 1:
                self.fail("duplicate", path, f"{word!r} stands twice.", "Name it once.")
        return words

    def one_of(self, value: str, known: Any, path: Path, code: str, what: str) -> str:
        if value not in known:
            names = ", ".join(str(k) for k in known if k)
            self.fail(code, path, f"{value!r} is not {what}.", f"Use one of: {names}.")
        return value

    def only(self, table: Mapping[str, Any], known: Any, path: Path) -> None:
        for key in table:
            if key not in known:
                advice = f"Remove it or use one of: {', '.join(sorted(known))}."
                self.fail("unknown_key", (*path, key), "nobody reads this key.", advice)


_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]#]+?)\s*\]")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+|\"[^\"]*\")\s*=")


def _places(lines: list[str]) -> dict[tuple[str | int, ...], int]:
    """Where in a TOML text each table and key stands. Good for the plain layout of handbooks: one key a line."""
    out: dict[tuple[str | int, ...], int] = {}
    table: tuple[str | int, ...] = ()
    count: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if header := _HEADER.match(line):
            name = header[2].replace('"', "")
            if header[1] == "[[":
                table = (name, count.setdefault(name, 0))
                count[name] += 1
            else:
                table = tuple(name.split("."))
            out.setdefault(table, number)
        elif key := _KEY.match(line):
            out.setdefault((*table, key[1].strip('"')), number)
    return out


def _kind_text(kind: type | tuple[type, ...]) -> str:
    names = {
        str: "a text in quotes",
        list: "a list",
        dict: "a table",
        bool: "true or false",
        date: "a date",
        int: "a whole number",
    }
    return "a number" if isinstance(kind, tuple) else names[kind]


def _toml_error(file: str, text: str, error: tomllib.TOMLDecodeError) -> HandbookError:
    message = str(error)
    line = len(text.splitlines())
    if "(at line " in message:
        line = int(message.split("(at line ")[1].split(",")[0])
    code = "duplicate_key" if "overwrite" in message or "twice" in message else "not_toml"
    advice = (
        "Name the key once." if code == "duplicate_key" else "Correct the line; TOML is described on toml.io."
    )
    return HandbookError(
        code, file, line, text.splitlines()[line - 1].strip() if line else "", message, advice
    )


class Articles:
    """Articles are ``DOCUMENT-…``: the first part must be a document that the handbook names."""

    def __init__(self, documents: frozenset[str]) -> None:
        self.documents = documents

    def read(self, source: TomlFile, table: Any, path: Path) -> str:
        """The article at ``path``. A city that changes more than a word says itself what that rests on."""
        changed = source.own_keys(path[:-1]) - {"label", "name"}
        if source.under is not None and changed and path[-1] not in changed:
            advice = "Name the article that it rests on; PRACTICE where it is no regulation."
            source.fail(
                "missing_article", (*path[:-1], min(changed)), "the base's article is not the city's.", advice
            )
        return self.known(source, source.text(table, path), path)

    def known(self, source: TomlFile, article: str, path: Path) -> str:
        """The article, which must be one of a document that the handbook names."""
        if article.split("-")[0] not in self.documents:
            source.fail(
                "unknown_document",
                path,
                f"{article!r} belongs to no document of handbook.toml.",
                "Name the document there, or correct the article.",
            )
        return article


def positive(source: TomlFile, table: Any, path: Path) -> float:
    value = source.value(table, path, (int, float))
    if not 0 < value < 100_000:
        source.fail("bad_limit", path, f"{value!r} is no limit.", "Write a number above 0 and below 100000.")
    return float(value)


def unit_of_time(source: TomlFile, entry: Any, path: Path) -> str:
    where = (*path, "unit")
    return source.one_of(source.text(entry, where), UNITS, where, "unknown_unit", "a unit of time")
