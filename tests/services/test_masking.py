"""How names and numbers are masked, what is found in free text, and that the log's filter stars it."""

from __future__ import annotations

import logging
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.services.personal.masking import (
    COMPOUND,
    Redactor,
    clear_fields,
    found_in,
    is_masked,
    masked,
    masked_name,
    masked_phone,
    redacted,
)

pytestmark = pytest.mark.article("TZ-5-PRIVACY")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("刘洋", "刘**"),
        ("刘女士", "刘**"),
        ("刘", "刘**"),
        ("欧阳修", "欧阳**"),
        ("司马相如", "司马**"),
        ("欧阳", "欧**"),  # somebody of the name 欧 and one sign more, as likely as not
        ("买买提·艾力", "买**"),
        ("John Smith", "J**"),
        ("  王先生 ", "王**"),
        ("刘**", "刘**"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_names(name: str, told: str) -> None:
    """A surname is left, a compound one whole; how long the name was cannot be told."""
    assert masked_name(name) == masked("reporter", name) == told


@pytest.mark.parametrize(
    ("phone", "told"),
    [
        ("13812345678", "138****5678"),
        ("138 1234 5678", "138****5678"),
        ("138-1234-5678", "138****5678"),
        ("+86 13812345678", "138****5678"),
        ("008613812345678", "138****5678"),
        ("86-13812345678", "138****5678"),
        ("0551-66778899", "0551-****99"),
        ("(0551)66778899", "0551-****99"),
        ("055166778899", "0551-****99"),
        ("010 6677 8899", "010-****99"),
        ("+86 551-66778899", "****99"),
        ("0551-66778899-801", "0551-****99"),
        ("0551-66778899转801", "0551-****99"),
        ("66778899", "****99"),
        ("12345", "1****"),
        ("110", "1****"),
        ("+1 415 555 0100", "****00"),
        ("微信 abc123", "微****"),
        ("13812345678/0551-66778899", "138****5678、0551-****99"),
        ("13812345678 13987654321", "138****5678、139****4321"),
        ("138****5678", "138****5678"),
        ("", ""),
    ],
)
def test_telephones(phone: str, told: str) -> None:
    """A mobile keeps 3 and 4 digits, a landline its area code and 2; extensions and anything else are left out."""
    assert masked_phone(phone) == masked("reporter_phone", phone) == told


@given(st.text(max_size=30), st.sampled_from(["reporter", "reporter_phone"]))
def test_masking_hides_and_stays(text: str, field: str) -> None:
    """Whatever is typed is masked or empty, shows less than half of a longer text, and masking again changes nothing."""
    told = masked(field, text)
    assert bool(told) == bool(text.strip())
    assert not told or is_masked(told)
    assert masked(field, told) == told
    assert clear_fields({field: told}) == []


def test_compound_names_are_two_signs() -> None:
    """The list is cut where it should be."""
    assert len(COMPOUND) > 50 and {"欧阳", "诸葛", "第五", "上官"} <= COMPOUND
    assert all(len(name) == 2 for name in COMPOUND)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("请回电13812345678，谢谢", ["mobile"]),
        ("电话 +86 138 1234 5678 或 0551-66778899", ["mobile", "landline"]),
        ("身份证11010519491231002X", ["identity"]),
        ("身份证110105194912310021", []),  # the check digit is wrong
        ("身份证110105194913310028", []),  # there is no such day
        ("案卷 3404032026112100031 部件 3404030102000123", []),
        ("位于 117.0123456789, 32.6412345678", []),
        ("车牌皖A13812，门牌138号", []),
        ("拨打12345、110", []),
        ("(0551)66778899", ["landline"]),
    ],
)
def test_numbers_in_free_text(text: str, kinds: list[str]) -> None:
    """Telephones and identity numbers are found; codes of cases and parts, coordinates and plates are none."""
    found = found_in(text)
    assert [item.kind for item in found] == kinds
    assert all(text[item.start : item.end] == item.text for item in found)
    for item in found:
        assert item.text not in redacted(text)
    assert found_in(redacted(text)) == []


def test_the_log_has_no_numbers() -> None:
    """A message with its arguments and a traceback are starred; what has no number stays as it is."""
    record = logging.LogRecord("x", logging.INFO, "f", 1, "来电 %s，%d 件", ("13812345678", 3), None)
    assert Redactor().filter(record)
    assert record.getMessage() == "来电 138****5678，3 件"
    plain = logging.LogRecord("x", logging.INFO, "f", 1, "%d 件", (3,), None)
    assert Redactor().filter(plain) and plain.args == (3,)
    try:
        raise ValueError("11010519491231002X")
    except ValueError:
        failed = logging.LogRecord("x", logging.ERROR, "f", 1, "failed", (), sys.exc_info())
    Redactor().filter(failed)
    told = logging.Formatter().format(failed)
    assert "ValueError" in told and "11010519491231002X" not in told
