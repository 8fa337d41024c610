"""What is written for a spreadsheet: text that came from outside must not be taken for a formula when the file is opened."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What the first character of a cell makes a formula of, in Excel, WPS and LibreOffice."""


def harmless(text: str) -> str:
    """The text as a cell: an apostrophe before what would be a formula, no NUL. Plain numbers stay as they are."""
    clean = text.replace("\x00", "")
    return f"'{clean}" if clean.lstrip(" \n").startswith(_FORMULA) and not _is_number(clean) else clean


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.isascii()
