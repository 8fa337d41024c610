"""Cells that a spreadsheet takes for text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.services.spreadsheet import harmless


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
