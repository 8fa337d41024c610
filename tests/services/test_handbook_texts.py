"""Writing values back into a handbook's files: only that place changes, comments stay, what is read is what was meant."""

from __future__ import annotations

import csv
import difflib
import io
import tomllib
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.services.rules import handbook_texts as texts
from workstation.services.rules.handbook_texts import Named, NotWritable
from workstation.workflow.handbook import Handbook

NATIONAL = dict(Handbook.national().texts)

SAMPLE = '''\
# Above all.
city = "x"   # whose
day = 2026-01-01
note = """
[not.a.header]
key = "neither"
"""

[rules]
# A comment inside.
twice = { count = 2, deep = { of = "a, b }", n = [1, 2] }, article = "P-1" }  # why
list = [
    "one",  # first
    "two",
]

[[arrow]]
name = "go"
label = "走"

[arrow.extra]
on = true

[[arrow]]
name = "stay"
"quoted key" = 'single'
'''


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that are gone, and the new ones."""
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return [x[2:] for x in lines if x.startswith("- ")], [x[2:] for x in lines if x.startswith("+ ")]


@pytest.mark.parametrize(
    ("path", "value", "gone", "new"),
    [
        (("city",), "y", 'city = "x"   # whose', 'city = "y"   # whose'),
        (("day",), date(2027, 2, 3), "day = 2026-01-01", "day = 2027-02-03"),
        (("arrow", 0, "label"), "去", 'label = "走"', 'label = "去"'),
        (("arrow", Named("name", "go"), "extra", "on"), False, "on = true", "on = false"),
        (("arrow", Named("name", "stay"), "quoted key"), 'a"b', "\"quoted key\" = 'single'", '"quoted key" = "a\\"b"'),
        (
            ("rules", "twice", "deep", "of"),
            "c",
            'twice = { count = 2, deep = { of = "a, b }", n = [1, 2] }, article = "P-1" }  # why',
            'twice = { count = 2, deep = { of = "c", n = [1, 2] }, article = "P-1" }  # why',
        ),
    ],
)  # fmt: skip
def test_one_value_is_replaced(path: Any, value: Any, gone: str, new: str) -> None:
    """Exactly one line differs, with its comment and blanks as they were."""
    after = texts.set_value(SAMPLE, path, value)
    assert changed_lines(SAMPLE, after) == ([gone], [new])
    assert texts.get_value(after, path) == value


@pytest.mark.parametrize(
    ("path", "value", "added"),
    [
        (("rules", "more"), 3, ["more = 3"]),
        (("edition",), "2", ['edition = "2"']),
        (("arrow", Named("name", "go"), "to"), "closed", ['to = "closed"']),
        (("arrow", Named("name", "new"), "label"), "新", ["", "[[arrow]]", 'name = "new"', 'label = "新"']),
        (("clock", "file", "amount"), 2.5, ["", "[clock.file]", "amount = 2.5"]),
        (("rules", "list"), ["one"], ['list = ["one"]']),
    ],
)
def test_what_is_not_there_is_made(path: Any, value: Any, added: list[str]) -> None:
    """A new key goes into its table, a new table or entry to the end; no line that was there changes."""
    after = texts.set_value(SAMPLE, path, value)
    gone, new = changed_lines(SAMPLE, after)
    assert new == added
    assert gone == (
        [] if path != ("rules", "list") else ["list = [", '    "one",  # first', '    "two",', "]"]
    )


def test_an_overlays_new_file_begins_empty() -> None:
    """Saying something for the first time in a file that an overlay has not got."""
    made = texts.with_value(
        {"base/flow.toml": "x"}, "flow.toml", ("arrow", Named("name", "file"), "label"), "立"
    )
    assert tomllib.loads(made["flow.toml"]) == {"arrow": [{"name": "file", "label": "立"}]}
    assert made["base/flow.toml"] == "x"


def test_what_cannot_be_written_is_refused() -> None:
    """A place inside something that is no table is refused; nothing is guessed."""
    for path in (("city", "inside"), ("rules", "list", "x")):
        with pytest.raises((NotWritable, TypeError)):
            texts.set_value(SAMPLE, path, 1)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [found for key, inner in value.items() for found in _paths(inner, (*path, key))]
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return [found for n, inner in enumerate(value) for found in _paths(inner, (*path, n))]
    return [path]


PLACES = [
    (name, path)
    for name, text in NATIONAL.items()
    if name.endswith(".toml")
    for path in _paths(tomllib.loads(text))
]


@settings(deadline=None, max_examples=40)
@given(
    place=st.sampled_from(PLACES),
    value=st.one_of(
        st.text(st.characters(exclude_categories=["Cs"])),
        st.integers(-(2**40), 2**40),
        st.booleans(),
        st.lists(st.text(st.characters(exclude_categories=["Cs"]))),
        st.floats(allow_nan=False, allow_infinity=False),
    ),
)
def test_any_place_takes_any_value(place: tuple[str, tuple[Any, ...]], value: Any) -> None:
    """Whatever is written anywhere in the national handbook is read back, and nothing else has changed."""
    name, path = place
    before = NATIONAL[name]
    try:
        after = texts.set_value(before, path, value)
    except NotWritable:
        # An entry of a list that is written on several lines is not a statement of its own.
        assert any(isinstance(part, int) for part in path)
        return
    wanted = deepcopy(tomllib.loads(before))
    inner = wanted
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    assert tomllib.loads(after) == wanted
    comments = [line for line in before.splitlines() if line.startswith("#")]
    assert [line for line in after.splitlines() if line.startswith("#")] == comments


# ---- tables --------------------------------------------------------------------------------------------------------

TABLE = 'key,text,amount\na,"one,\ntwo ""x""",1\nb,plain,2\n'


def rows(text: str) -> list[list[str]]:
    """The table as a spreadsheet reads it."""
    return list(csv.reader(io.StringIO(text)))


def test_one_cell_changes_one_row() -> None:
    """Other rows keep their bytes, also one whose cell goes over two lines."""
    after = texts.set_cell(TABLE, "b", "amount", "3,5")
    assert after == TABLE.replace("b,plain,2", 'b,plain,"3,5"')
    assert rows(texts.set_cell(TABLE, "a", "text", 'é"\n"'))[1] == ["a", 'é"\n"', "1"]


def test_a_column_that_is_missing_is_added() -> None:
    """By area: the column is there afterwards, filled in one row and empty in the others."""
    assert rows(texts.set_cell(TABLE, "b", "amount_core", "1")) == [
        ["key", "text", "amount", "amount_core"],
        ["a", 'one,\ntwo "x"', "1", ""],
        ["b", "plain", "2", "1"],
    ]


def test_rows_come_and_go() -> None:
    """A row is put behind another, or at the end of a text without a last line break, and removed again."""
    after = texts.add_row(TABLE, {"key": "c", "amount": "9"}, after="a")
    assert [row[0] for row in rows(after)] == ["key", "a", "c", "b"]
    assert texts.remove_row(after, "c") == TABLE
    assert rows(texts.add_row(TABLE.rstrip("\n"), {"key": "z"}))[-1] == ["z", "", ""]
    with pytest.raises(NotWritable):
        texts.set_cell(TABLE, "nobody", "amount", "1")


def test_windows_line_ends_stay() -> None:
    """A table written elsewhere keeps its line ends."""
    table = TABLE.replace("\n", "\r\n")
    assert "\n" not in texts.set_cell(table, "b", "amount", "3").replace("\r\n", "")


@pytest.mark.parametrize("table", ["key,name\n\ra,1\nb,2\n", "key,name\na,1\rb,2\n"])
def test_a_table_with_stray_carriage_returns_is_left_alone(table: str) -> None:
    """What would be read as two rows in one line is not written again: the second would be lost."""
    with pytest.raises(NotWritable, match="carriage return"):
        texts.remove_row(table, "b")
    with pytest.raises(NotWritable, match="carriage return"):
        texts.set_cell(table, "a", "another", "x")


def test_an_overlays_table_begins_as_the_bases() -> None:
    """The base's table is copied before it is changed: an overlay's table replaces the whole."""
    made = texts.with_cell({"base/conditions.csv": TABLE}, "conditions.csv", "b", "amount", "7")
    assert made["base/conditions.csv"] == TABLE and rows(made["conditions.csv"])[2][2] == "7"
    assert texts.own_files(made) == ["conditions.csv"]
    with pytest.raises(NotWritable):
        texts.with_cell({}, "conditions.csv", "b", "amount", "7")
