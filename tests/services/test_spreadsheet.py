"""Cells that a spreadsheet takes for text."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.services.documents.spreadsheet import harmless, whole, write_xlsx


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+86 27", "-1-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "\x00=1", "=cmd|' /C calc'!A0", "-９"],
)
def test_a_formula_becomes_text(text: str) -> None:
    """What a spreadsheet would compute gets an apostrophe; the text behind it stays."""
    assert harmless(text) == "'" + text.replace("\x00", "")


@pytest.mark.parametrize("text", ["", "井盖", "1", "-1.5", "+3", "1e9", "a=b", "建国路12号"])
def test_what_is_none_stays(text: str) -> None:
    """Names and numbers are written as they are."""
    assert harmless(text) == text


@given(st.text())
def test_no_cell_begins_as_a_formula(text: str) -> None:
    """Whatever the text: no cell begins with what makes a formula, unless it is a plain number."""
    shown = harmless(text)
    if shown.strip()[:1] in ("=", "@") or shown[:1] in ("\t", "\r"):
        raise AssertionError(shown)
    if shown[:1] in ("+", "-"):
        float(shown)


def test_a_sheet_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    """Texts, numbers and empty cells come back; a formula is text, and what XML cannot hold is left out."""
    path = tmp_path / "a.xlsx"
    with whole(path) as partial:
        assert write_xlsx(partial, ["名称", "面积"], [["=1+1", 2.5], ["甲\x01<乙>", None], ["", 3]]) == 3
    with zipfile.ZipFile(path) as book:
        text = book.read("xl/worksheets/sheet1.xml").decode()
        assert all(ElementTree.fromstring(book.read(name)) is not None for name in book.namelist())
    assert "'=1+1" in text and "甲&lt;乙&gt;" in text and "<v>2.5</v>" in text and "<c/>" in text
    assert list(tmp_path.iterdir()) == [path]
