"""The State Council's yearly holiday notice as plain text, read into days; what cannot be read is refused by its sentence.

The notices have said the same in few ways since 2008: 「一、元旦：1月1日至3日放假调休，共3天。1月4日（星期日）上班。」 A sentence
is taken only where every part of it is understood, its weekdays are right and its count of days is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

_DAY = timedelta(days=1)


class NoticeError(ValueError):
    """A notice that cannot be read. ``code`` says why, ``sentence`` is where, ``data`` what was expected or found.

    Codes: no_year, no_items, unread, no_such_date (``day``), wrong_weekday (``day``, ``said``), wrong_count (``said``,
    ``found``), reversed (``first``, ``last``), twice (``day``), not_weekend (``day``: a make-up day on a weekday).
    """

    def __init__(self, code: str, sentence: str, **data: Any) -> None:
        super().__init__(f"{code}: {sentence!r}" + "".join(f", {k}={v!s}" for k, v in data.items()))
        self.code = code
        self.sentence = sentence
        self.data = data


@dataclass(frozen=True, slots=True)
class Break:
    """The days off of one holiday, both ends included. ``name`` as the notice has it: 国庆节、中秋节."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class MakeUp:
    """A day of the weekend that is worked, and for which holiday."""

    name: str
    day: date


@dataclass(frozen=True, slots=True)
class Notice:
    """What a notice says of one year."""

    year: int
    title: str
    holidays: tuple[Break, ...]
    make_up: tuple[MakeUp, ...]

    def entry(self, url: str = "") -> dict[str, Any]:
        """The notice as a ``[[year]]`` of a calendar."""
        return {
            "year": self.year,
            "notice": self.title,
            **({"url": url} if url else {}),
            "holidays": [{"name": b.name, "first": b.first, "last": b.last} for b in self.holidays],
            "make_up": [{"name": m.name, "day": m.day} for m in self.make_up],
        }


def with_notice(raw: Mapping[str, Any], notice: Notice, url: str = "") -> dict[str, Any]:
    """The calendar (parsed TOML) with the notice; an earlier entry of the same notice is replaced."""
    others = [y for y in raw.get("year", ()) if (y["year"], y["notice"]) != (notice.year, notice.title)]
    years = sorted([*others, notice.entry(url)], key=lambda y: int(y["year"]))
    return {**raw, "year": years}


# ---- reading ----

_NOTE = r"(?:\([^()]*\))?"
_DATE = rf"(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日{_NOTE}"
_NEXT = rf"(?:(?:\d{{4}}年)?(?:\d{{1,2}}月)?\d{{1,2}}日{_NOTE})"
_SPAN = rf"{_DATE}(?:至{_NEXT})?"
_LIST = rf"{_SPAN}(?:[、和及]{_NEXT}(?:至{_NEXT})?)*"
_OFF = r"(?:放假调休|放假公休|调休放假|放假|调休|公休)"
_HOLIDAY = re.compile(
    rf"(?P<days>{_SPAN}){_OFF},?(?:共?(?P<count>\d+)天)?(?:,(?:与周末连休|不调休))?(?:,(?P<more>{_LIST})(?:补休|调休))?"
)
_WORKED = re.compile(rf"(?P<days>{_LIST})(?:正常)?(?:上班|补班)")
_EXPLAINED = re.compile(
    rf"(?:其中:?)?,?(?:{_LIST}(?:为|是)[^,、\d]*(?:假日|节日|公休日|休息日)|{_LIST}照常公休"
    rf"|将?{_LIST}(?:[一二两三四]个)?(?:的)?公休日?(?:分别)?调至{_LIST}|其中)"
)
_PART = re.compile(
    r"(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日(?:\((?P<note>[^()]*)\))?(?P<to>至)?"
)
_ITEM = re.compile(r"(?:^|(?<=[\n。\s]))[一二三四五六七八九十]{1,3}、(?P<name>[^:。\n\d]{2,20}):")
_TITLE = re.compile(r"国务院(?:办公厅)?关于.{0,40}?的通知")
_SPEAKS_OF_DAYS = re.compile(r"\d{1,2}日.*?(?:放假|上班|调休|补休|补班|公休)")
_WEEKDAY = re.compile(r"(?:星期|周)([一二三四五六日天])")
_NEW_YEAR = "元旦"


def parse_notice(text: str, year: int | None = None) -> Notice:
    """The notice in plain text; ``year`` where the text does not say it. NoticeError names the sentence at fault."""
    plain = _normal(text)
    title, year = _head(plain, year)
    items = list(_ITEM.finditer(plain))
    if not items:
        raise NoticeError("no_items", plain[:60].strip())
    breaks: list[Break] = []
    make_up: list[MakeUp] = []
    _nothing_unread(plain[: items[0].start()])
    for i, item in enumerate(items):
        end = items[i + 1].start() if i + 1 < len(items) else len(plain)
        body = plain[item.end() : end]
        if i + 1 == len(items):
            # Behind the last holiday the notice takes leave, in paragraphs of its own or in the same.
            body, rest = _last(body)
            _nothing_unread(rest)
        _read_item(item["name"].strip(), body, year, breaks, make_up)
    _no_day_twice(breaks, make_up)
    return Notice(year, title, tuple(breaks), tuple(make_up))


def _normal(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace("\r\n", "\n").replace("\u3000", " ")
    plain = re.sub(r"[—–~―-]+(?=\d)|到(?=\d)", "至", plain)
    # Blanks between figures and words are the typesetter's.
    return re.sub(r"[^\S\n]+", "", plain)


def _head(plain: str, year: int | None) -> tuple[str, int]:
    found = _TITLE.search(plain)
    said = re.search(r"(\d{4})年", found.group() if found else "") or re.search(r"现将(\d{4})年", plain)
    if said:
        year = int(said[1])
    if year is None:
        raise NoticeError("no_year", plain[:60].strip())
    return found.group() if found else f"国务院办公厅关于{year}年部分节假日安排的通知", year


def _last(body: str) -> tuple[str, str]:
    """The last holiday's own words, and what comes behind them."""
    paragraph, _, rest = body.lstrip("\n").partition("\n")
    sentences = [s for s in paragraph.split("。") if s]
    keep = 0
    while keep < len(sentences) and _SPEAKS_OF_DAYS.search(sentences[keep]):
        keep += 1
    return "。".join(sentences[:keep]), "。".join(sentences[keep:]) + "\n" + rest


def _nothing_unread(text: str) -> None:
    """What stands around the holidays must not speak of days off or days worked."""
    for sentence in re.split(r"[。\n]", text):
        if _SPEAKS_OF_DAYS.search(sentence):
            raise NoticeError("unread", sentence.strip())


def _read_item(name: str, body: str, year: int, breaks: list[Break], make_up: list[MakeUp]) -> None:
    found = False
    for sentence in re.split(r"[。;\n]", body):
        if not sentence:
            continue
        holiday = _HOLIDAY.fullmatch(sentence)
        if holiday is not None:
            days = list(_days(holiday["days"], name, year, sentence))
            if holiday["count"] and int(holiday["count"]) != len(days):
                raise NoticeError("wrong_count", sentence, said=holiday["count"], found=len(days))
            days += _days(holiday["more"], name, year, sentence) if holiday["more"] else []
            breaks += _joined(name, days)
            found = True
            continue
        for clause in _clauses(sentence):
            worked = _WORKED.fullmatch(clause)
            if worked is None:
                if _EXPLAINED.fullmatch(clause) is None:
                    raise NoticeError("unread", sentence)
                list(_days(clause, name, year, sentence))
                continue
            for day in _days(worked["days"], name, year, sentence):
                if day.weekday() < 5:
                    raise NoticeError("not_weekend", sentence, day=day)
                make_up.append(MakeUp(name, day))
    if not found:
        raise NoticeError("unread", body.strip() or name)


def _clauses(sentence: str) -> list[str]:
    """The parts of a sentence between commas; commas in brackets part nothing."""
    return [c for c in re.split(r",(?![^()]*\))", sentence) if c]


def _days(words: str, name: str, year: int, sentence: str) -> Iterator[date]:
    """Every day named; 「1日至3日」 names three. A day without month or year has those of the one before."""
    last: date | None = None
    up_to = False
    for part in _PART.finditer(words):
        month = int(part["month"]) if part["month"] else (last.month if last is not None else 0)
        if part["year"]:
            of = int(part["year"])
        elif last is not None:
            of = last.year
        else:
            # New Year's holiday may begin in the December before.
            of = year - 1 if name.startswith(_NEW_YEAR) and month == 12 else year
        try:
            day = date(of, month, int(part["day"]))
        except ValueError as error:
            raise NoticeError("no_such_date", sentence, day=part.group()) from error
        said = _WEEKDAY.search(part["note"] or "")
        if said and "一二三四五六日".index(said[1].replace("天", "日")) != day.weekday():
            raise NoticeError("wrong_weekday", sentence, day=day, said=said.group())
        if up_to and last is not None:
            if day < last:
                raise NoticeError("reversed", sentence, first=last, last=day)
            yield from (last + n * _DAY for n in range(1, (day - last).days + 1))
        else:
            yield day
        last, up_to = day, part["to"] is not None


def _joined(name: str, days: list[date]) -> list[Break]:
    out: list[Break] = []
    for day in sorted(set(days)):
        if out and out[-1].last + _DAY == day:
            out[-1] = Break(name, out[-1].first, day)
        else:
            out.append(Break(name, day, day))
    return out


def _no_day_twice(breaks: list[Break], make_up: list[MakeUp]) -> None:
    seen: set[date] = set()
    named = [(b.name, b.first + n * _DAY) for b in breaks for n in range((b.last - b.first).days + 1)]
    for name, day in [*named, *((m.name, m.day) for m in make_up)]:
        if day in seen:
            raise NoticeError("twice", name, day=day)
        seen.add(day)
