"""A part of a handbook as a table: rows of cells, each knowing where in the handbook's files it stands."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QCoreApplication

from workstation.shell.texts.text import joined

from ...services.rules.handbook_texts import (
    BASE,
    Path,
    add_row,
    line_of,
    remove_row,
    with_cell,
    with_table,
    with_value,
)

CONDITIONS = ("added_conditions.csv", "conditions.csv")
"""Where conditions stand: those that an overlay adds, and those that replace the base's."""
LARGEST = 100_000
_MARKS = "、，,;； \t\n"
_ENDS = ("", *_MARKS)
_BETWEEN = f"[{_MARKS}]+"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a cell holds. ``name``: text, number, whole, share, switch, choice, words, article. ``choices``: key → label
    (of an article: the documents)."""

    name: str = "text"
    choices: Mapping[str, str] = field(default_factory=dict)
    empty: bool = False

    def read(self, text: str) -> tuple[Any, str]:
        """The value that was typed and "", or None and what is wrong with it."""
        translate = QCoreApplication.translate
        words = text.strip()
        if not words:
            if self.empty:
                return ([] if self.name == "words" else ""), ""
            return None, translate("HandbookEditor", "不能为空")
        if self.name in ("number", "whole", "share"):
            return self._number(words)
        if self.name == "choice":
            key = self._key(words)
            return (key, "") if key is not None else (None, translate("HandbookEditor", "请从列表中选择"))
        if self.name == "article":
            if words.split("-")[0] in self.choices:
                return words, ""
            return None, translate(
                "HandbookEditor", "请写作“文件编号-条号”，文件编号见“文件依据”；没有文件依据的写 PRACTICE"
            )
        if self.name == "words":
            keys = []
            for word in self._split(words):
                key = self._key(word) if self.choices else word
                if key is None:
                    return None, translate("HandbookEditor", "没有“{word}”这一项").format(word=word)
                keys.append(key)
            return list(dict.fromkeys(keys)), ""
        return words, ""

    def _number(self, words: str) -> tuple[Any, str]:
        translate = QCoreApplication.translate
        try:
            value = float(words)
        except ValueError:
            return None, translate("HandbookEditor", "请填写数字")
        if self.name == "whole":
            if value != int(value) or not 0 <= value < LARGEST:
                return None, translate("HandbookEditor", "请填写不小于 0 的整数")
            return int(value), ""
        if self.name == "share" and not 0 < value <= 1:
            return None, translate("HandbookEditor", "请填写大于 0、不大于 1 的数")
        if not 0 < value < LARGEST:
            return None, translate("HandbookEditor", "请填写大于 0 的数字")
        return value, ""

    def _split(self, words: str) -> list[str]:
        """The words of a list; a label may have the mark in it that parts them."""
        labels = sorted(self.choices.values(), key=len, reverse=True)
        out, rest = [], words.strip(_MARKS)
        while rest:
            label = next((x for x in labels if rest.startswith(x) and rest[len(x) : len(x) + 1] in _ENDS), "")
            word = label or re.split(_BETWEEN, rest, maxsplit=1)[0]
            out.append(word)
            rest = rest[len(word) :].strip(_MARKS)
        return out

    def _key(self, word: str) -> str | None:
        if word in self.choices:
            return word
        return next((key for key, label in self.choices.items() if label == word), None)

    def show(self, value: Any) -> str:
        """The value as the cell shows it."""
        if value is None:
            return ""
        if self.name in ("number", "whole", "share"):
            return f"{value:g}"
        if self.name == "choice":
            return self.choices.get(str(value), str(value))
        if self.name == "words":
            return joined(self.choices.get(str(word), str(word)) for word in value)
        return str(value)


TEXT = Kind()
MAYBE = Kind(empty=True)
NUMBER = Kind("number")
WHOLE = Kind("whole")
SHARE = Kind("share")
SWITCH = Kind("switch")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: a path in a TOML file, or (for a table) the row's key and the column."""

    file: str
    path: Path

    def write(self, texts: Mapping[str, str], value: Any) -> dict[str, str]:
        """The texts with another value there."""
        if self.file.endswith(".csv"):
            key, column = str(self.path[0]), str(self.path[1])
            file = table_of(texts, key)
            words = (
                f"{value:g}"
                if isinstance(value, float)
                else ";".join(value)
                if isinstance(value, list)
                else value
            )
            return with_cell(texts, file, key, column, str(words))
        return with_value(texts, self.file, self.path, value)

    def line(self, text: str) -> int:
        """The line of the text (from 1) where the value stands, or the nearest thing around it; 0 where nothing does."""
        if self.file.endswith(".csv"):
            start = ",".join(str(part) for part in self.path) if len(self.path) > 1 else str(self.path[0])
            lines = text.splitlines()
            for words in (start, f"{self.path[0]},"):
                found = next((n for n, line in enumerate(lines, 1) if line.startswith(words)), 0)
                if found:
                    return found
            return 0
        return line_of(text, self.path)


def table_of(texts: Mapping[str, str], key: str) -> str:
    """The file whose table has the filing condition of that key: those that a city adds stand by themselves."""
    added, whole = CONDITIONS
    own = texts.get(added, "")
    return added if own.startswith(f"{key},") or f"\n{key}," in own else whole


def copied_condition(texts: Mapping[str, str], key: str) -> tuple[dict[str, str], str]:
    """The texts with another filing condition like that one right behind it, and its key: the next number of its class."""
    file = table_of(texts, key)
    made = with_table(texts, file)
    rows = {row["key"]: row for row in csv.DictReader(io.StringIO(made[file]))}
    stem, _, number = key.rpartition("/")
    count = int(number) if number.isdecimal() else 1
    taken = set(rows) | {line.split(",", 1)[0] for line in texts.get(CONDITIONS[0], "").splitlines()}
    while (fresh := f"{stem}/{count}") in taken:
        count += 1
    return {**made, file: add_row(made[file], {**rows[key], "key": fresh}, after=key)}, fresh


def without_condition(texts: Mapping[str, str], key: str) -> dict[str, str]:
    """The texts without that filing condition."""
    file = table_of(texts, key)
    made = with_table(texts, file)
    return {**made, file: remove_row(made[file], key)}


def jump_file(texts: Mapping[str, str], file: str) -> str:
    """The file to show for a place: the city's own, else the base's."""
    return file if file in texts or BASE + file not in texts else BASE + file


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what it shows, its value, and where that stands (None: it is only shown). ``raw``: what is typed over."""

    text: str
    value: Any = None
    kind: Kind = TEXT
    place: Place | None = None
    tip: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row; ``key`` names the thing, ``at`` where to look for it in the files."""

    key: str
    cells: tuple[Cell, ...]
    at: Place | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a part. ``wide``: the columns that take the room that is left. ``grows``: rows may come and go."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    wide: tuple[int, ...] = (0,)
    note: str = ""
    grows: bool = False


def shown(text: Any, tip: str = "") -> Cell:
    """A cell that is only shown."""
    return Cell(str(text), text, tip=tip)


def cell(kind: Kind, value: Any, file: str, *path: Any, tip: str = "") -> Cell:
    """A cell that stands at a path of a file."""
    return Cell(kind.show(value), value, kind, Place(file, path), tip)
