"""Single values, among them hostile ones."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.importing.errors import RowRefused
from workstation.importing.values import instant_of, number_of, text_of

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015-09-11T05:50:21.000Z", datetime(2015, 9, 11, 5, 50, 21, tzinfo=UTC)),
        ("2026-03-01", datetime(2026, 2, 28, 16, tzinfo=UTC)),
        ("2026/3/1 08:00", datetime(2026, 3, 1, tzinfo=UTC)),
        ("20260301", datetime(2026, 2, 28, 16, tzinfo=UTC)),
        ("2026年3月1日", datetime(2026, 2, 28, 16, tzinfo=UTC)),
        ("", None),
        ("NULL", None),
        ("1970-01-01T00:00:00.000Z", None),
    ],
)
def test_dates(text: str, expected: datetime | None) -> None:
    """Dates with a zone are taken at it, those without are local, and 1970 stands for none where the mapping says so."""
    assert instant_of(text, SHANGHAI, no_date=("1970-01-01",)) == expected


def test_own_formats_come_first() -> None:
    """02/03/2026 is the second of March only because the mapping says so."""
    assert instant_of("02/03/2026", SHANGHAI, ("%d/%m/%Y",)) == datetime(2026, 3, 1, 16, tzinfo=UTC)
    with pytest.raises(RowRefused, match="not_a_date"):
        instant_of("02/03/2026", SHANGHAI)


def test_numbers() -> None:
    """Full-width digits and thousands are read; words, infinity and NaN are not numbers."""
    assert number_of("１２．５") == 12.5
    assert number_of("1,250") == 1250
    assert number_of(" ") is None
    for bad in ("x", "inf", "1e999", "12m"):
        with pytest.raises(RowRefused, match="not_a_number"):
            number_of(bad)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(), st.floats(), st.integers(), st.none(), st.binary()))
def test_anything_is_text_a_number_and_a_date_or_refused(value: object) -> None:
    """No value of a file makes the readers fail in any other way than by refusing the row."""
    text = text_of(value)
    assert "\x00" not in text and not any("\ud800" <= c <= "\udfff" for c in text)
    for reader in (lambda v: number_of(v), lambda v: instant_of(v, SHANGHAI)):
        try:
            reader(value)
        except RowRefused:
            continue
