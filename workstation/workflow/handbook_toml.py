"""TOML files of a handbook, read so that an error can say on which line it is and what to do about it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

from .handbook import HandbookError
from .limits import UNITS


class TomlFile:
    """One TOML file: its data, and where in the text a key stands."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines = text.splitlines()
        try:
            self.raw = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise _toml_error(file, text, error) from error

    def fail(self, code: str, path: tuple[str | int, ...], problem: str, advice: str) -> Any:
        raise HandbookError(code, self.file, self.line(path), _path_text(path), problem, advice)

    def line(self, path: tuple[str | int, ...]) -> int:
        """The line (from 1) of the key of that path, else of the nearest table around it, else of what is in it."""
        places = _places(self.lines)
        for length in range(len(path), 0, -1):
            if path[:length] in places:
                return places[path[:length]]
        inside = (line for place, line in places.items() if place[: len(path)] == path)
        return min(inside, default=0)

    def value(
        self, table: Any, path: tuple[str | int, ...], kind: type | tuple[type, ...], default: Any = None
    ) -> Any:
        value = table.get(path[-1], default)
        if value is None:
            self.fail("missing_key", path, "the key is missing.", "Add it.")
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.fail(
                "wrong_type", path, f"{value!r} is not of the right type.", f"Write {_kind_text(kind)}."
            )
        return value

    def text(self, table: Any, path: tuple[str | int, ...], default: str | None = None) -> str:
        return str(self.value(table, path, str, default))

    def table(self, table: Any, path: tuple[str | int, ...]) -> dict[str, Any]:
        return dict(self.value(table, path, dict))

    def words(self, table: Any, path: tuple[str | int, ...], default: list[str] | None = None) -> list[str]:
        words: list[Any] = self.value(table, path, list, default)
        for word in words:
            if not isinstance(word, str):
                self.fail("wrong_type", path, f"{word!r} is not a text.", "Write a list of texts.")
        for word in words:
            if words.count(word) > 1:
                self.fail("duplicate", path, f"{word!r} stands twice.", "Name it once.")
        return words

    def one_of(self, value: str, known: Any, path: tuple[str | int, ...], code: str, what: str) -> str:
        if value not in known:
            names = ", ".join(str(k) for k in known if k)
            self.fail(code, path, f"{value!r} is not {what}.", f"Use one of: {names}.")
        return value

    def only(self, table: Mapping[str, Any], known: Any, path: tuple[str | int, ...]) -> None:
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


def _path_text(path: tuple[str | int, ...]) -> str:
    out = ""
    for part in path:
        out += f"[{part}]" if isinstance(part, int) else f".{part}" if out else part
    return out


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

    def read(self, source: TomlFile, table: Any, path: tuple[str | int, ...]) -> str:
        article = source.text(table, path)
        if article.split("-")[0] not in self.documents:
            source.fail(
                "unknown_document",
                path,
                f"{article!r} belongs to no document of handbook.toml.",
                "Name the document there, or correct the article.",
            )
        return article


def positive(source: TomlFile, table: Any, path: tuple[str | int, ...]) -> float:
    value = source.value(table, path, (int, float))
    if not 0 < value < 100_000:
        source.fail("bad_limit", path, f"{value!r} is no limit.", "Write a number above 0 and below 100000.")
    return float(value)


def unit_of_time(source: TomlFile, entry: Any, path: tuple[str | int, ...]) -> str:
    where = (*path, "unit")
    return source.one_of(source.text(entry, where), UNITS, where, "unknown_unit", "a unit of time")
