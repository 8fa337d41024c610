"""Single values of foreign records: texts, numbers, dates. Each function takes what OGR gave and says what is wrong with it."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

import numpy as np

from .errors import RowRefused

_FORMATS = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
    "%Y-%m-%d %H:%M:%S",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y年%m月%d日",
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_EMPTY = frozenset(("", "null", "none", "nan", "n/a", "<null>"))
LONGEST = 4000
"""Characters of one text: what is longer is a mistake of the file, or an attack."""


def text_of(value: Any) -> str:
    """A value as clean text: no control characters, blanks at the ends gone; nothing (None, NaN, NULL) is ""."""
    if value is None:
        return ""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    text = unicodedata.normalize("NFC", _CONTROL.sub("", str(value))).strip()
    return "" if text.lower() in _EMPTY else text


def number_of(value: Any, field: str = "") -> float | None:
    """A finite number, or None where there is nothing. Full-width digits are read as digits."""
    text = unicodedata.normalize("NFKC", text_of(value)).replace(",", "")
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        raise RowRefused("not_a_number", field, value) from None
    if not math.isfinite(number):
        raise RowRefused("not_a_number", field, value)
    return number


def instant_of(
    value: Any, zone: tzinfo, formats: Sequence[str] = (), no_date: Sequence[str] = (), field: str = ""
) -> datetime | None:
    """An aware UTC instant, or None where there is none.

    ``no_date`` are beginnings of values that stand for "no date" (1970-01-01 in many systems). A value without a zone
    is in ``zone``. ``formats`` (strptime) are tried first, then ISO 8601, then the usual spellings.
    """
    text = text_of(value)
    if not text or any(text.startswith(start) for start in no_date):
        return None
    found = _parse(text, formats)
    if found is None:
        raise RowRefused("not_a_date", field, value, formats=", ".join(formats or ("ISO 8601", *_FORMATS)))
    if found.tzinfo is None:
        found = found.replace(tzinfo=zone)
    try:
        return found.astimezone(UTC)
    except (OverflowError, ValueError):
        raise RowRefused("not_a_date", field, value, formats="years 1 to 9999") from None


def _parse(text: str, formats: Sequence[str]) -> datetime | None:
    for pattern in formats:
        found = _strptime(text, pattern)
        if found is not None:
            return found
    # OGR writes 2004/02/13 00:00:00+00 for some drivers: fromisoformat wants +00:00 and hyphens.
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    for pattern in _FORMATS:
        found = _strptime(text, pattern)
        if found is not None:
            return found
    return None


def _strptime(text: str, pattern: str) -> datetime | None:
    try:
        return datetime.strptime(text, pattern)
    except (ValueError, OverflowError):
        return None
