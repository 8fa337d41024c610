"""What a clock's ledger says in words: why a stretch counted or did not, by which article or notice, and how long it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from workstation.shell.texts import text
from workstation.workflow.case import State
from workstation.workflow.clock import Entry
from workstation.workflow.handbook import Handbook

COUNTED = frozenset({"work", "make_up", "exception", "continuous", "late"})
OFF_DUTY = frozenset({"lunch", "night", "weekend"})
DAYS_OFF = frozenset({"holiday", "exception_off"})
_STATES = frozenset(state.value for state in State)
# What paused a clock → the arrow whose article lets it.
_ARROW_OF = {"suspended": "grant_suspension", "coordinating": "coordinate"}


def is_pause(entry: Entry) -> bool:
    """Whether somebody, or the state of the case, made the clock stand still."""
    return not entry.counted and entry.cause not in OFF_DUTY | DAYS_OFF


def cause_word(cause: str, handbook: Handbook) -> str:
    """The handbook's word for why a stretch counted or did not."""
    words = text.label(handbook, "causes", cause)
    if words != cause:
        return words
    if cause in _STATES:
        state = text.label(handbook, "states", cause)
        return QCoreApplication.translate("Clocks", "{state}，暂停").format(state=state)
    return text.label(handbook, "arrows", cause)


def cause_text(entry: Entry, handbook: Handbook, names: Mapping[str, str]) -> str:
    """Why a stretch counted or did not: 午休; 法定节假日（国庆节）; 挂账暂停（谁，为什么）."""
    words = cause_word(entry.cause, handbook)
    detail = entry.detail
    if is_pause(entry):
        by = names.get(str(detail.get("by", "")), str(detail.get("by", "")))
        extra = "，".join(part for part in (by, str(detail.get("reason", ""))) if part)
    else:
        extra = str(detail.get("name", "")) if entry.cause != "late" else ""
    return f"{words}（{extra}）" if extra else words


def short_text(entry: Entry, handbook: Handbook) -> str:
    """A word or two that fit into a bar: the holiday's name, else the cause without what stands behind a comma."""
    name = str(entry.detail.get("name", "")) if entry.cause in DAYS_OFF else ""
    return name or cause_word(entry.cause, handbook).split("，")[0].removesuffix(
        QCoreApplication.translate("Clocks", "暂停")
    )


def article_text(handbook: Handbook, article: str) -> str:
    """What a limit rests on: 《闽清县…暂行规定》第二十一条; the document alone where no number is given."""
    if not article:
        return ""
    found = handbook.article(article)
    if not found.document:
        return found.where
    return QCoreApplication.translate("Clocks", "《{title}》{where}").format(
        title=found.document, where=found.where
    )


def basis_text(entry: Entry, handbook: Handbook, article: str) -> str:
    """What lets a stretch count or not: the notice of a holiday, the article of a pause, else that of the limit.

    "" for nights and weekends, which are the calendar's.
    """
    if entry.detail.get("notice") and entry.cause in ("holiday", "make_up"):
        return QCoreApplication.translate("Clocks", "《{title}》").format(title=entry.detail["notice"])
    if entry.cause in OFF_DUTY | DAYS_OFF | {"exception"}:
        return ""
    if is_pause(entry) and entry.cause not in _STATES:
        arrow = handbook.arrow(_ARROW_OF.get(entry.cause, entry.cause))
        article = arrow.article if arrow is not None else ""
    return article_text(handbook, article)


def span_text(start: datetime, end: datetime) -> str:
    """``11-21 09:00–11:30``, with the second date where it is another."""
    a, b = text.local(start), text.local(end)
    tail = b.strftime("%H:%M") if a.date() == b.date() else b.strftime("%m-%d %H:%M")
    return f"{a:%m-%d %H:%M} – {tail}"


def minutes_text(minutes: float) -> str:
    """Counted minutes as hours and minutes, never as days: a working day is not 24 hours."""
    translate = QCoreApplication.translate
    hours, mins = divmod(round(minutes), 60)
    if hours and mins:
        return translate("Clocks", "{h}小时{m}分").format(h=hours, m=mins)
    return (
        translate("Clocks", "{h}小时").format(h=hours)
        if hours
        else translate("Clocks", "{m}分钟").format(m=mins)
    )


def length_text(entry: Entry) -> str:
    """How long a stretch was."""
    return minutes_text((entry.end - entry.start).total_seconds() / 60)


def told(entry: Entry, handbook: Handbook, names: Mapping[str, str], article: str) -> str:
    """A stretch in full, line by line: when and how long, whether it counts and why, what it rests on."""
    translate = QCoreApplication.translate
    counted = translate("Clocks", "计时") if entry.counted else translate("Clocks", "不计时")
    lines = [
        f"{span_text(entry.start, entry.end)}（{length_text(entry)}）",
        translate("Clocks", "{counted}：{cause}").format(
            counted=counted, cause=cause_text(entry, handbook, names)
        ),
    ]
    basis = basis_text(entry, handbook, article)
    if basis:
        lines.append(translate("Clocks", "依据{basis}").format(basis=basis))
    return "\n".join(lines)
