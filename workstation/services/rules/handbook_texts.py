"""Writing one value back into a handbook's files: only the place that changes, so that comments and order stay.

A handbook is its texts. The editor changes them here, and what it has changed is read again by the one reader there is.
Every change is proved before it is handed out: the new text, read, is the old one with that value and no other.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

BASE = "base/"
"""Before the names of the files that an overlay rests on."""


@dataclass(frozen=True, slots=True)
class Named:
    """The entry of an array of tables whose ``key`` has this ``value``: ``[[arrow]]`` with ``name = "report"``."""

    key: str
    value: str


Part = str | int | Named
Path = tuple[Part, ...]


class NotWritable(Exception):
    """The place cannot be written without touching anything else. ``file``, ``path``: which place it was."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(path, why)
        self.path = path
        self.why = why


# ---- TOML: where the statements of a text stand -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Statement:
    """A header or an assignment: its full path, where it starts and ends, and where its value does (-1: a header)."""

    path: tuple[str | int, ...]
    start: int
    end: int
    value_start: int = -1
    value_end: int = -1

    @property
    def header(self) -> bool:
        return self.value_start < 0


_KEY = re.compile(r'[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|\'[^\']*\'')
_STRINGS = ('"""', "'''", '"', "'")


def _statements(text: str) -> Iterator[_Statement]:
    """The statements of a TOML text that is known to be sound."""
    table: tuple[str | int, ...] = ()
    count: dict[tuple[str | int, ...], int] = {}
    at = 0
    while at < len(text):
        if text[at] in " \t\r\n":
            at += 1
        elif text[at] == "#":
            at = _line_end(text, at)
        elif text[at] == "[":
            start, double = at, text.startswith("[[", at)
            keys, at = _key(text, at + (2 if double else 1))
            table = _placed(keys, count)
            if double:
                count[table] = count.get(table, -1) + 1
                table = (*table, count[table])
            at = _line_end(text, text.index("]", at))
            yield _Statement(table, start, at)
        else:
            start = at
            keys, at = _key(text, at)
            value = _skip_blanks(text, text.index("=", at) + 1)
            end = _value_end(text, value)
            at = _line_end(text, end)
            yield _Statement((*table, *keys), start, at, value, end)


def _placed(keys: tuple[str, ...], count: Mapping[tuple[str | int, ...], int]) -> tuple[str | int, ...]:
    """``[arrow.extra]`` belongs to the last ``[[arrow]]`` before it."""
    out: tuple[str | int, ...] = ()
    for number, key in enumerate(keys):
        out = (*out, key)
        if number < len(keys) - 1 and out in count:
            out = (*out, count[out])
    return out


def _key(text: str, at: int) -> tuple[tuple[str, ...], int]:
    parts: list[str] = []
    while True:
        at = _skip_blanks(text, at)
        found = _KEY.match(text, at)
        if found is None:
            raise NotWritable(tuple(parts), "no key")
        word = found[0]
        parts.append(str(tomllib.loads(f"x = {word}")["x"]) if word[0] in "\"'" else word)
        at = _skip_blanks(text, found.end())
        if not text.startswith(".", at):
            return tuple(parts), at
        at += 1


def _skip_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t":
        at += 1
    return at


def _line_end(text: str, at: int) -> int:
    """Just behind the line break, or the end of the text."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _value_end(text: str, at: int, stops: str = "\n") -> int:
    """Where the value that begins at ``at`` ends, blanks and comment behind it left out."""
    depth, last = 0, at
    while at < len(text):
        character = text[at]
        if mark := next((m for m in _STRINGS if text.startswith(m, at)), ""):
            at = last = _string_end(text, at, mark)
            continue
        if character == "#":
            if not depth:
                break
            at = _line_end(text, at)
            continue
        if character in stops and not depth:
            break
        depth += (character in "[{") - (character in "]}")
        at += 1
        if character not in " \t\r\n":
            last = at
    return last


def _string_end(text: str, at: int, mark: str) -> int:
    at += len(mark)
    while not text.startswith(mark, at):
        at += 2 if mark[0] == '"' and text[at] == "\\" else 1
    at += len(mark)
    # Up to two quotation marks may stand right before the closing three.
    while len(mark) == 3 and text.startswith(mark[0], at):
        at += 1
    return at


# ---- TOML: values ------------------------------------------------------------------------------------------------


def toml_text(value: Any) -> str:
    """A value as TOML writes it, on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key_text(k)} = {toml_text(v)}" for k, v in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, Sequence):
        return f"[{', '.join(toml_text(item) for item in value)}]"
    raise TypeError(value)


def _quoted(text: str) -> str:
    named = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(
        named.get(c) or (f"\\u{ord(c):04x}" if ord(c) < 32 or ord(c) == 127 else c) for c in text
    ) + '"'  # fmt: skip


def _key_text(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _quoted(key)


def get_value(text: str, path: Path, default: Any = None) -> Any:
    """What stands at the path; ``default`` where nothing does."""
    raw = tomllib.loads(text)
    try:
        for part in _numbered(raw, path):
            raw = raw[part]  # type: ignore[index]
    except (KeyError, IndexError, TypeError):
        return default
    return raw


def line_of(text: str, path: Path) -> int:
    """The line (from 1) of what stands at the path, or of the nearest table around it; 0 where there is nothing."""
    try:
        numbered = _numbered(tomllib.loads(text), path)
    except tomllib.TOMLDecodeError:
        return 0
    starts: dict[tuple[str | int, ...], int] = {}
    for statement in _statements(text):
        starts.setdefault(statement.path, statement.start)
    for length in range(len(numbered), 0, -1):
        if numbered[:length] in starts:
            return text.count("\n", 0, starts[numbered[:length]]) + 1
    return 0


def _numbered(raw: Any, path: Path) -> tuple[str | int, ...]:
    """The path with names of entries as numbers; an entry that is not there is the next one."""
    out: list[str | int] = []
    for part in path:
        if isinstance(part, Named):
            entries = raw if isinstance(raw, list) else []
            part = next((n for n, e in enumerate(entries) if e.get(part.key) == part.value), len(entries))
        out.append(part)
        try:
            raw = raw[part]
        except (KeyError, IndexError, TypeError):
            raw = None
    return tuple(out)


def set_value(text: str, path: Path, value: Any) -> str:
    """The text with another value at the path, made if it is not there. NotWritable where that would change more.

    ``path`` goes through tables by their names and through arrays of tables by number or by :class:`Named`.
    """
    before = tomllib.loads(text)
    numbered = _numbered(before, path)
    wanted = deepcopy(before)
    _put(wanted, path, numbered, value)
    after = _written(text, path, numbered, value, wanted)
    try:
        read = tomllib.loads(after)
    except tomllib.TOMLDecodeError as error:
        raise NotWritable(path, str(error)) from error
    if read != wanted:
        raise NotWritable(path, "something else would change")
    return after


def _put(raw: Any, path: Path, numbered: tuple[str | int, ...], value: Any) -> None:
    for depth, part in enumerate(numbered[:-1]):
        following = path[depth + 1]
        empty: Any = [] if isinstance(following, Named) else {}
        if isinstance(part, int):
            if part == len(raw):
                named = path[depth]
                raw.append({named.key: named.value} if isinstance(named, Named) else {})
        elif part not in raw:
            raw[part] = empty
        raw = raw[part]
    if not isinstance(raw, dict):
        raise NotWritable(path, "not a table")
    raw[numbered[-1]] = value


def _written(text: str, path: Path, numbered: tuple[str | int, ...], value: Any, wanted: Any) -> str:
    statements = list(_statements(text))
    for statement in statements:
        if statement.header:
            continue
        if statement.path == numbered:
            return text[: statement.value_start] + toml_text(value) + text[statement.value_end :]
        if numbered[: len(statement.path)] == statement.path:
            rest = numbered[len(statement.path) :]
            if (span := _inline(text, statement.value_start, rest)) is not None:
                return text[: span[0]] + toml_text(value) + text[span[1] :]
            inline = wanted
            for part in statement.path:
                inline = inline[part]
            return text[: statement.value_start] + toml_text(inline) + text[statement.value_end :]
    line = f"{_key_text(str(numbered[-1]))} = {toml_text(value)}\n"
    return _inserted(text, path, numbered, line, statements)


def _inline(text: str, at: int, keys: tuple[str | int, ...]) -> tuple[int, int] | None:
    """Where the value of these keys stands in the inline table that begins at ``at``; None where it does not."""
    if text[at] != "{":
        return None
    at = _skip_blanks(text, at + 1)
    while text[at] != "}":
        found, at = _key(text, at)
        start = _skip_blanks(text, text.index("=", at) + 1)
        end = _value_end(text, start, ",}")
        if found == keys:
            return start, end
        if keys[: len(found)] == found:
            return _inline(text, start, keys[len(found) :])
        at = _skip_blanks(text, end)
        if text[at] == ",":
            at = _skip_blanks(text, at + 1)
    return None


def _inserted(
    text: str, path: Path, numbered: tuple[str | int, ...], line: str, statements: list[_Statement]
) -> str:
    """The text with a new line in its table; the table is made at the end where there is none."""
    table = numbered[:-1]
    inside: _Statement | None = None
    open_table: tuple[str | int, ...] = ()
    for statement in statements:
        if statement.header:
            open_table = statement.path
        if open_table == table:
            inside = statement
    if inside is not None:
        head, tail = text[: inside.end], text[inside.end :]
        return head + ("" if head.endswith("\n") else "\n") + line + tail
    if not table:
        first = next((s.start for s in statements if s.header), len(text))
        head = text[:first]
        return head + ("" if not head or head.endswith("\n") else "\n") + line + text[first:]
    start = text if not text or text.endswith("\n") else text + "\n"
    name = ".".join(_key_text(str(part)) for part in table if isinstance(part, str))
    entry = path[len(table) - 1]
    if isinstance(entry, Named):
        return f"{start}\n[[{name}]]\n{_key_text(entry.key)} = {_quoted(entry.value)}\n{line}"
    return f"{start}\n[{name}]\n{line}"


def append_entry(text: str, array: str, values: Mapping[str, Any]) -> str:
    """The text with another ``[[array]]`` entry at its end."""
    start = text if not text or text.endswith("\n") else text + "\n"
    lines = "".join(f"{_key_text(key)} = {toml_text(value)}\n" for key, value in values.items())
    return f"{start}\n[[{array}]]\n{lines}"


# ---- CSV ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    start: int
    end: int
    cells: list[str]


def _csv_rows(text: str) -> list[_Row]:
    """The rows with where they stand, the heading first; a quoted cell may go over several lines."""
    out: list[_Row] = []
    start = at = 0
    while at < len(text):
        at = _line_end(text, at)
        piece = text[start:at]
        if piece.count('"') % 2 and at < len(text):
            continue
        if piece.strip("\r\n"):
            try:
                read = list(csv.reader(io.StringIO(piece, newline="")))
            except csv.Error as error:
                raise NotWritable((), f"it is no table: {error}") from error
            if len(read) != 1 or not read[0]:  # writing the row again would lose what follows the break
                raise NotWritable((), "a line is broken by a carriage return alone")
            out.append(_Row(start, at, read[0]))
        start = at
    if not out:
        raise NotWritable((), "the table is empty")
    return out


def _csv_line(cells: Sequence[str], ending: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator=ending).writerow(cells)
    return out.getvalue()


def set_cell(text: str, key: str, column: str, value: str) -> str:
    """The table with another cell in the row whose first column is ``key``; a column that is missing is added."""
    rows = _csv_rows(text)
    ending = "\r\n" if "\r\n" in text else "\n"
    head = rows[0].cells
    if column not in head:
        text = "".join(
            _csv_line([*row.cells, "" if number else column], ending) for number, row in enumerate(rows)
        )
        rows = _csv_rows(text)
        head = rows[0].cells
    place = head.index(column)
    for row in rows[1:]:
        if row.cells[0] == key and len(row.cells) > place:
            cells = list(row.cells)
            cells[place] = value
            return text[: row.start] + _csv_line(cells, ending) + text[row.end :]
    raise NotWritable((key, column), "no such row")


def add_row(text: str, values: Mapping[str, str], after: str = "") -> str:
    """The table with another row, behind the one whose first column is ``after`` or at the end."""
    rows = _csv_rows(text)
    ending = "\r\n" if "\r\n" in text else "\n"
    line = _csv_line([values.get(name, "") for name in rows[0].cells], ending)
    place = next((row.end for row in rows[1:] if after and row.cells[0] == after), len(text))
    head = text[:place]
    return head + ("" if head.endswith("\n") else ending) + line + text[place:]


def remove_row(text: str, key: str) -> str:
    """The table without the row whose first column is ``key``."""
    for row in _csv_rows(text)[1:]:
        if row.cells[0] == key:
            return text[: row.start] + text[row.end :]
    raise NotWritable((key,), "no such row")


# ---- a handbook's files ------------------------------------------------------------------------------------------


def own_files(texts: Mapping[str, str]) -> list[str]:
    """The files that are the handbook's own and may be edited; what it rests on may not."""
    return sorted(name for name in texts if not name.startswith(BASE))


def with_value(texts: Mapping[str, str], file: str, path: Path, value: Any) -> dict[str, str]:
    """The texts with one value changed. What an overlay has not said yet is said in a file of its own."""
    own = texts.get(file, "")
    return {**texts, file: set_value(own, path, value)}


def unfounded(texts: Mapping[str, str], file: str, path: Path) -> Path | None:
    """The table around a value for which an overlay must name an article of its own now; None where it need not.

    A city that changes what its base says changes what it rests on: the base's article is not the city's.
    """
    base = texts.get(BASE + file)
    if base is None or not file.endswith(".toml"):
        return None
    for length in range(len(path) - 1, 0, -1):
        if isinstance(get_value(base, (*path[:length], "article")), str):
            own = get_value(texts.get(file, ""), path[:length], {})
            changed = set(own) - {"label", "name"}
            return path[:length] if changed and "article" not in changed else None
    return None


def with_table(texts: Mapping[str, str], file: str) -> dict[str, str]:
    """The texts with a table of their own: an overlay's table replaces the base's, so it starts as a copy of it."""
    if file in texts:
        return dict(texts)
    if BASE + file not in texts:
        raise NotWritable((file,), "no such file")
    return {**texts, file: texts[BASE + file]}


def with_cell(texts: Mapping[str, str], file: str, key: str, column: str, value: str) -> dict[str, str]:
    """The texts with one cell of a table changed."""
    copied = with_table(texts, file)
    return {**copied, file: set_cell(copied[file], key, column, value)}
