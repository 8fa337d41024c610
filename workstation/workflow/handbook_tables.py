"""Reading a handbook's tables: classes and filing conditions."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from .flow import AREA_CLASSES, KINDS
from .handbook import ClassItem, Condition, HandbookError, Milestone
from .limits import UNITS

_CLASS_COLUMNS = ("kind", "code", "main_code", "main_name", "name", "basis", "note")
_CONDITION_COLUMNS = (
    "key",
    "kind",
    "class_code",
    "text",
    "amount",
    "unit",
    "closing_standard",
    "milestones",
    "note",
)


_AREA_COLUMNS = tuple(f"amount_{area}" for area in AREA_CLASSES)
"""Limits of a condition for one area class, empty where the ``amount`` holds there too."""


def _rows(
    file: str, text: str, columns: tuple[str, ...], more: tuple[str, ...] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="")
    try:
        named = reader.fieldnames or ()
        for name in columns:
            if name not in named:
                raise HandbookError("missing_column", file, 1, name, "the column is missing.", "Add it.")
        for name in named:
            if name not in (*columns, *more):
                raise HandbookError(
                    "unknown_column", file, 1, name, "nobody reads this column.", "Remove it."
                )
        for row in reader:
            if None in row.values() or "" in row:
                problem = f"the row has not {len(named)} fields."
                raise HandbookError(
                    "bad_row", file, reader.line_num, "", problem, "Look for a missing or extra comma."
                )
            yield reader.line_num, row
    except csv.Error as error:
        problem = f"from here on it is no table: {error}."
        raise HandbookError(
            "bad_row", file, reader.line_num + 1, "", problem, "Save it as CSV with quotes where they belong."
        ) from error


def read_classes(tables: Sequence[tuple[str, str]], edition: str) -> tuple[ClassItem, ...]:
    """The classes of several tables, (file, text) each; a class stands in one of them, once."""
    out: dict[tuple[str, str], ClassItem] = {}
    for file, text in tables:
        for line, row in _rows(file, text, _CLASS_COLUMNS):
            key = (row["kind"], row["code"])
            if row["kind"] not in KINDS:
                advice = f"Use one of: {', '.join(KINDS)}."
                raise HandbookError(
                    "unknown_kind", file, line, "kind", f"{row['kind']!r} is no kind.", advice
                )
            if key in out:
                problem = f"{row['kind']} {row['code']} stands twice."
                raise HandbookError(
                    "duplicate_key", file, line, "code", problem, "Give one of them another code."
                )
            if not row["main_code"] or not row["code"].startswith(row["main_code"]):
                problem = f"{row['code']!r} does not begin with its main class {row['main_code']!r}."
                raise HandbookError("bad_code", file, line, "code", problem, "Correct one of the two.")
            out[key] = ClassItem(
                edition,
                row["kind"],
                row["code"],
                row["main_code"],
                row["main_name"],
                row["name"],
                row["basis"],
            )
    return tuple(out.values())


class _Row:
    """One row of a table of conditions, and how to complain of it."""

    def __init__(self, file: str, line: int, row: Mapping[str, str]) -> None:
        self.file = file
        self.line = line
        self.row = row

    def fail(self, code: str, key: str, problem: str, advice: str) -> HandbookError:
        return HandbookError(code, self.file, self.line, key, problem, advice)

    def amount(self, column: str) -> float:
        try:
            amount = float(self.row[column])
        except ValueError:
            amount = 0.0
        if not 0 < amount < 100_000:
            advice = "Write a number above 0 and below 100000."
            raise self.fail("bad_limit", column, f"{self.row[column]!r} is no limit.", advice)
        return amount


def read_conditions(
    tables: Sequence[tuple[str, str]], classes: tuple[ClassItem, ...], milestones: Mapping[str, Milestone]
) -> tuple[Condition, ...]:
    """The filing conditions of several tables, (file, text) each: a later one replaces what has its key."""
    known = {(c.kind, c.code) for c in classes}
    out: dict[str, Condition] = {}
    for file, text in tables:
        here: dict[str, Condition] = {}
        for line, row in _rows(file, text, _CONDITION_COLUMNS, _AREA_COLUMNS):
            made = _condition(_Row(file, line, row), known, milestones)
            if made.key in here:
                problem = f"{made.key!r} stands twice."
                raise HandbookError("duplicate_key", file, line, "key", problem, "Give it another key.")
            here[made.key] = made
        out |= here
    return tuple(out.values())


def _condition(at: _Row, known: set[tuple[str, str]], milestones: Mapping[str, Milestone]) -> Condition:
    row = at.row
    if (row["kind"], row["class_code"]) not in known:
        problem = f"there is no class {row['kind']} {row['class_code']}."
        raise at.fail("unknown_class", "class_code", problem, "Add the class, or correct its code.")
    if row["unit"] not in UNITS:
        advice = f"Use one of: {', '.join(UNITS)}."
        raise at.fail("unknown_unit", "unit", f"{row['unit']!r} is no unit of time.", advice)
    marks = tuple(m for m in row["milestones"].split(";") if m)
    for mark in marks:
        if mark not in milestones:
            problem = f"there is no milestone {mark!r}."
            raise at.fail("unknown_milestone", "milestones", problem, "Name one of clocks.toml.")
    areas = {area: at.amount(f"amount_{area}") for area in AREA_CLASSES if row.get(f"amount_{area}")}
    return Condition(
        row["key"], row["kind"], row["class_code"], row["text"], at.amount("amount"), row["unit"],
        row["closing_standard"], marks, row["note"], areas,
    )  # fmt: skip
