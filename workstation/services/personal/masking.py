"""Names and numbers as those who need not know them see them: 刘**, 138****5678; and finding such in free text.

Pure and of the standard library alone: the door inside the server, the seat's screens and the filter of the program's own log
all mask by this one module. How much is left visible follows the usual practice of Chinese service hotlines; no regulation sets it.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

STARS: Final = "**"
"""What every masked text has in it, and no name or number that anybody has."""

# 复姓 that are still borne. A name that begins with one keeps both signs.
_COMPOUND = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容仲孙钟离长孙宇文司徒"
    "鲜于司空令狐闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕百里呼延东郭南门羊舌微生梁丘左丘东门西门第五"
)
COMPOUND: Final = frozenset(_COMPOUND[i : i + 2] for i in range(0, len(_COMPOUND), 2))

_COUNTRY = re.compile(r"(?<!\d)(?:(?:\+|00)86[\s-]*|86[\s-]?(?=1[3-9]\d))")
_EXTENSION = re.compile(r"(?:转|ext\.?|[-－]{2}|#|[-－](?=\d{1,5}$))\s*\d{1,6}$", re.IGNORECASE)
_BETWEEN = re.compile(r"[、，,；;/|]|\s+(?=(?:\+?86)?1[3-9]\d)|\s+(?=0\d{2,3}[\s-]?\d{7})")
_PUNCTUATION = re.compile(r"[\s\-－—()（）+.]")
_AREA = re.compile(r"^(0(?:10|2\d|[3-9]\d{2}))\d{7,8}$", re.ASCII)


def is_masked(text: str) -> bool:
    """Whether the text is what one of these functions made, or has been left out by whoever sent it."""
    return STARS in text


def masked_name(name: str) -> str:
    """The surname (复姓 whole), or the first letter of a foreign name, and two stars whatever was behind it; "" stays ""."""
    name = name.strip()
    if not name or is_masked(name):
        return name
    return (name[:2] if name[:2] in COMPOUND and len(name) > 2 else name[:1]) + STARS


def masked_phone(phone: str) -> str:
    """A mobile keeps 3 and 4 digits, a landline its area code and 2; a short number and anything else its first sign.

    Several in one text are masked one by one, an extension is left out. "" stays "".
    """
    phone = phone.strip()
    if not phone or is_masked(phone):
        return phone
    parts = [part.strip() for part in _BETWEEN.split(_COUNTRY.sub("", phone)) if part.strip()]
    return "、".join(_one_phone(part) for part in parts) or "****"


def _one_phone(phone: str) -> str:
    for number in () if phone.startswith("+") else (phone, _EXTENSION.sub("", phone)):
        digits = _PUNCTUATION.sub("", number)
        if re.fullmatch(r"1[3-9]\d{9}", digits, re.ASCII):
            return f"{digits[:3]}****{digits[-4:]}"
        area = _AREA.match(digits)
        if area is not None:
            return f"{area[1]}-****{digits[-2:]}"
    digits = _PUNCTUATION.sub("", phone)
    if not (digits.isascii() and digits.isdecimal()):
        return phone[:1] + "****"
    return f"****{digits[-2:]}" if len(digits) >= 7 else digits[:1] + "****"


def masked(field: str, text: str) -> str:
    """The text of the field ``reporter`` or ``reporter_phone`` masked."""
    return masked_phone(text) if field == "reporter_phone" else masked_name(text)


# ---- free text ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """A number in a text that belongs to a person. ``kind``: mobile, landline, identity; ``start`` and ``end`` in the text."""

    kind: str
    start: int
    end: int
    text: str


# A digit, a letter or a point before or behind makes it part of something longer: a case's code, a coordinate, a plate.
_ALONE, _ENDS = r"(?<![0-9A-Za-z.])", r"(?![0-9A-Za-z])(?!\.\d)"
_MOBILE = re.compile(rf"{_ALONE}(?:(?:\+|00)86[\s-]?|86-)?(1[3-9]\d(?:[\s-]?\d{{4}}){{2}}){_ENDS}")
_LANDLINE = re.compile(
    rf"{_ALONE}[(（]?0(?:10|2\d|[3-9]\d{{2}})(?:[)）]\s?|[\s-])?[2-9]\d{{6,7}}(?:[-转]\d{{1,5}})?{_ENDS}"
)
_IDENTITY = re.compile(rf"{_ALONE}[1-9]\d{{16}}[\dXx]{_ENDS}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def found_in(text: str) -> list[Found]:
    """Telephone and identity numbers in free text, in their order. Identity numbers are known by their check digit."""
    found = [
        Found("identity", m.start(), m.end(), m[0]) for m in _IDENTITY.finditer(text) if _is_identity(m[0])
    ]
    for kind, pattern in (("mobile", _MOBILE), ("landline", _LANDLINE)):
        found += [
            Found(kind, m.start(), m.end(), m[0])
            for m in pattern.finditer(text)
            if not any(f.start < m.end() and m.start() < f.end for f in found)
        ]
    return sorted(found, key=lambda f: f.start)


def _is_identity(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    if "10X98765432"[total % 11] != number[17].upper():
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return True


def redacted(text: str) -> str:
    """The text with the middle of every telephone and identity number in it starred."""
    for item in reversed(found_in(text)):
        if item.kind == "identity":
            told = item.text[:6] + "*" * 8 + item.text[14:17] + "*"
        else:
            told = masked_phone(item.text)
        text = text[: item.start] + told + text[item.end :]
    return text


class Redactor(logging.Filter):
    """The second line of defence: nothing that is personal is logged, and what slips in as a number is starred.

    It stands on handlers, and rewrites the record's message with its arguments, and the text of a traceback.
    """

    _plain = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Star what is found; the record is always let through."""
        message = record.getMessage()
        told = redacted(message)
        if told != message:
            record.msg, record.args = told, None
        if record.exc_info and not record.exc_text:
            record.exc_text = self._plain.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redacted(record.exc_text)
        return True


def clear_fields(data: Any) -> list[str]:
    """The names of the fields of a command's data that hold personal data in the clear."""
    return [
        name
        for name in ("reporter", "reporter_phone")
        if isinstance(value := data.get(name), str) and value.strip() and not is_masked(value)
    ]
