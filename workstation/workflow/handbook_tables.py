"""Reading a handbook's tables: classes and filing conditions."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from .flow import KINDS
from .handbook import ClassItem, Condition, HandbookError, Milestone
from .limits import UNITS

LOCAL_CLASSES = "local_classes.csv"

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


def _rows(file: str, text: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text), restkey="")
    for name in columns:
        if name not in (reader.fieldnames or ()):
            raise HandbookError("missing_column", file, 1, name, "the column is missing.", "Add it.")
    for row in reader:
        if None in row.values() or "" in row:
            problem = f"the row has not {len(reader.fieldnames or ())} fields."
            raise HandbookError(
                "bad_row", file, reader.line_num, "", problem, "Look for a missing or extra comma."
            )
        yield reader.line_num, row


def read_classes(texts: Mapping[str, str], edition: str) -> tuple[ClassItem, ...]:
    out: dict[tuple[str, str], ClassItem] = {}
    for file in ("classes.csv", LOCAL_CLASSES):
        for line, row in _rows(file, texts.get(file, ",".join(_CLASS_COLUMNS)), _CLASS_COLUMNS):
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


def read_conditions(
    text: str, classes: tuple[ClassItem, ...], milestones: Mapping[str, Milestone]
) -> tuple[Condition, ...]:
    file = "conditions.csv"
    known = {(c.kind, c.code) for c in classes}
    out: dict[str, Condition] = {}
    for line, row in _rows(file, text, _CONDITION_COLUMNS):

        def fail(code: str, key: str, problem: str, advice: str, line: int = line) -> HandbookError:
            return HandbookError(code, file, line, key, problem, advice)

        if row["key"] in out:
            raise fail("duplicate_key", "key", f"{row['key']!r} stands twice.", "Give it another key.")
        if (row["kind"], row["class_code"]) not in known:
            problem = f"there is no class {row['kind']} {row['class_code']}."
            raise fail("unknown_class", "class_code", problem, "Add the class, or correct its code.")
        if row["unit"] not in UNITS:
            raise fail(
                "unknown_unit",
                "unit",
                f"{row['unit']!r} is no unit of time.",
                f"Use one of: {', '.join(UNITS)}.",
            )
        try:
            amount = float(row["amount"])
        except ValueError:
            amount = 0.0
        if not 0 < amount < 100_000:
            advice = "Write a number above 0 and below 100000."
            raise fail("bad_limit", "amount", f"{row['amount']!r} is no limit.", advice)
        marks = tuple(m for m in row["milestones"].split(";") if m)
        for mark in marks:
            if mark not in milestones:
                problem = f"there is no milestone {mark!r}."
                raise fail("unknown_milestone", "milestones", problem, "Name one of clocks.toml.")
        out[row["key"]] = Condition(
            row["key"], row["kind"], row["class_code"], row["text"], amount, row["unit"], row["closing_standard"],
            marks, row["note"],
        )  # fmt: skip
    return tuple(out.values())
