"""The units in which the regulations set limits, what an amount of each is in counted time, and limits in words.

A limit in words (5个工作日, 2紧急工作时, "5 work_days") is one number and one unit. Anything else is refused with the
reason: a table of limits names many things that no program may decide for the people who wrote it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any, NamedTuple

from .calendar import MINUTE, WorkCalendar

HOUR = 60 * MINUTE
DAY = 24 * HOUR

CONTINUOUS: dict[str, int] = {
    "urgent_hours": HOUR,
    "urgent_days": DAY,
    "natural_hours": HOUR,
    "natural_days": DAY,
}
"""Units whose clock runs day and night, in microseconds."""

WORKING = ("work_hours", "work_days")
UNITS = (*CONTINUOUS, *WORKING)

URGENT_OF = {"work_hours": "urgent_hours", "work_days": "urgent_days", "natural_hours": "urgent_hours",
             "natural_days": "urgent_days"}  # fmt: skip
"""What a unit becomes for an emergency, whose clock ignores working days (MQ-29-EMERGENCY)."""


def is_working(unit: str) -> bool:
    """Whether the unit counts working time only."""
    return unit in WORKING


def unit_length(unit: str, calendar: WorkCalendar) -> int:
    """One of the unit as counted microseconds. A work day is the working time of an ordinary day of the calendar.

    KeyError for an unknown unit.
    """
    if unit == "work_days":
        return calendar.ordinary_day
    return HOUR if unit == "work_hours" else CONTINUOUS[unit]


def budget(amount: float, unit: str, calendar: WorkCalendar) -> int:
    """``amount`` of the unit as counted microseconds.

    Python's integers do not overflow: a limit of 50 days is 50 days. KeyError for an unknown unit.
    """
    return round(amount * unit_length(unit, calendar))


# ---- limits in words ----


class Limit(NamedTuple):
    """A limit: ``amount`` (above 0, may be a fraction) of one of UNITS."""

    amount: float
    unit: str


class LimitError(ValueError):
    """Words that are not one limit. ``code`` says why, ``text`` is what was read, ``data`` the part at fault.

    Codes: empty, no_number (及时, 当日), bad_number, not_positive, unknown_unit (``unit``), ambiguous (``parts``:
    several figures, or 半天, which is half a working day to some), leading (``part`` stands before the number: a
    condition), trailing (``part`` stands behind the unit).
    """

    def __init__(self, code: str, text: str, **data: Any) -> None:
        super().__init__(f"{code}: {text!r}" + "".join(f", {k}={v!r}" for k, v in data.items()))
        self.code = code
        self.text = text
        self.data = data


_MOST = 1e6
"""An amount beyond this is a slip."""
_CHINESE_UNITS = {
    "工作日": "work_days",
    "工作天": "work_days",
    "工作时": "work_hours",
    "工作小时": "work_hours",
    "紧急工作时": "urgent_hours",
    "紧急工作小时": "urgent_hours",
    "紧急小时": "urgent_hours",
    "紧急工作日": "urgent_days",
    "紧急工作天": "urgent_days",
    "小时": "natural_hours",
    "自然小时": "natural_hours",
    "自然时": "natural_hours",
    "天": "natural_days",
    "日": "natural_days",
    "自然日": "natural_days",
    "自然天": "natural_days",
    "日历日": "natural_days",
    "日历天": "natural_days",
}
_ENGLISH_UNITS = {
    word + size + plural: f"{unit}_{size}s"
    for word, unit in (
        ("work", "work"),
        ("working", "work"),
        ("urgent", "urgent"),
        ("natural", "natural"),
        ("calendar", "natural"),
    )
    for size in ("hour", "day")
    for plural in ("", "s")
}
_HALF_OF_WHAT = ("天", "日")
_CHINESE_NUMBER = "[零〇一二两三四五六七八九十百千万]+"
_NUMBER = rf"[0-9]+/[0-9]+|[0-9]+(?:\.[0-9]+)?|{_CHINESE_NUMBER}|半"
_LIMIT = re.compile(
    rf"(?P<number>{_NUMBER})\s*(?P<measure>个半|个)?\s*"
    rf"(?P<unit>{'|'.join(sorted(_CHINESE_UNITS, key=len, reverse=True))}|[a-z][a-z\s_-]*)\s*(?:以内|之内|内)?"
)
_ANY_NUMBER = re.compile(_NUMBER)
_REST = re.compile(
    rf"(?:个半|个)?\s*(?P<unit>{'|'.join(sorted(_CHINESE_UNITS, key=len, reverse=True))})?(?P<rest>.*)"
)


def parse_limit(text: str) -> Limit:
    """The limit that the words say: ``5个工作日``, ``十五个工作日内``, ``2紧急工作时``, ``24小时``, ``3天``, ``5 work_days``.

    小时 and 天 are hours and days of the calendar. LimitError names what cannot be read; nothing is guessed.
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    found = _LIMIT.fullmatch(plain)
    if found is None:
        raise _why(plain, text)
    word = found["unit"].strip()
    unit = _CHINESE_UNITS.get(word) or _ENGLISH_UNITS.get(re.sub(r"[\s_-]", "", word))
    if unit is None:
        raise LimitError("unknown_unit", text, unit=word)
    if found["number"] == "半" and word in _HALF_OF_WHAT:
        raise LimitError("ambiguous", text, parts=[plain])
    amount = _number(found["number"], chinese=word in _CHINESE_UNITS, text=text)
    if found["measure"] == "个半":
        if found["number"] == "半" or amount != int(amount):
            raise LimitError("bad_number", text, part=found["number"] + "个半")
        amount += 0.5
    if amount > _MOST:
        raise LimitError("bad_number", text, part=found["number"])
    if amount <= 0:
        raise LimitError("not_positive", text)
    return Limit(amount, unit)


def _number(word: str, *, chinese: bool, text: str) -> float:
    if word == "半":
        return 0.5
    if "/" in word:
        above, below = word.split("/")
        # 1/2工作日 may be "one or two"; 1/2 work_days is a half.
        if chinese:
            raise LimitError("ambiguous", text, parts=[above, below])
        if int(below) == 0:
            raise LimitError("bad_number", text, part=word)
        return int(above) / int(below)
    if word[0].isascii():
        return float(word)
    return _chinese_number(word, text)


@cache
def _written_numbers() -> dict[str, int]:
    """Every whole number from 1 to 999 as it is written out."""
    digits = "零一二三四五六七八九"
    out = {}
    for n in range(1, 1000):
        hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
        word = f"{digits[hundreds]}百" if hundreds else ""
        if tens:
            # 十五 stands alone; behind a hundred it is 一十五.
            word += f"{digits[tens]}十" if hundreds or tens > 1 else "十"
        elif hundreds and ones:
            word += "零"
        out[word + (digits[ones] if ones else "")] = n
    return out


def _chinese_number(word: str, text: str) -> float:
    """二十五 is 25, 一百零五 is 105. Only numbers written out: 一百五 may be 105 or 150, 二〇 may be a slip."""
    number = 2 if word == "两" else _written_numbers().get(word.replace("两百", "二百"))
    if number is None:
        raise LimitError("bad_number", text, part=word)
    return float(number)


def _why(plain: str, text: str) -> LimitError:
    """Why the words are no limit."""
    if not plain:
        return LimitError("empty", text)
    numbers = list(_ANY_NUMBER.finditer(plain))
    if not numbers:
        return LimitError("no_number", text)
    before = plain[: numbers[0].start()].strip()
    if before in ("-", "负", "−"):
        return LimitError("not_positive", text)
    if len(numbers) > 1:
        return LimitError("ambiguous", text, parts=[n.group() for n in numbers])
    if before:
        return LimitError("leading", text, part=before)
    found = _REST.fullmatch(plain[numbers[0].end() :].strip())
    unit, rest = (found["unit"], found["rest"]) if found is not None else (None, "")
    if unit is None:
        return LimitError("unknown_unit", text, unit=rest)
    return LimitError("trailing", text, part=rest)
