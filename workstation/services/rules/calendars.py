"""The city's working calendar as editions: whole texts, each with its author and note, none ever changed. The newest holds.

While the city has made none, the calendar that ships with the program holds. When a year's notice comes it is imported
into a new edition, and the deadlines that were told without it are told again (:mod:`..cases.upkeep`).
"""

from __future__ import annotations

import hashlib
import threading
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, RowMapping, delete, insert, select

from ...store import changes
from ...store.tables import calendar_edition as table
from ...store.tables import city
from ...workflow.calendar import Day, WorkCalendar
from ...workflow.calendar_writer import write_calendar
from ...workflow.event import Actor, Refusal, format_instant, parse_instant
from ...workflow.library import data_folder
from ...workflow.notice import Notice, parse_notice, with_notice
from ..centre.people import holds_post
from ..errors import NotFound, Refused

if TYPE_CHECKING:
    from ..services import Services

RECOMPUTE = "recompute"
"""Who may take this arrow may make an edition: both move deadlines."""
TOLD = "calendar_told"
"""The city's setting that names the edition by which all running deadlines were told last."""
TELLING = "calendar_telling"
"""The city's setting that names the edition by which some seat tells them now, and since when."""
PATIENCE = timedelta(minutes=10)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarEdition:
    """An edition with its text. ``registered_at`` None: it ships with the program. ``by`` is a person's id."""

    id: str
    name: str
    text: str
    registered_at: datetime | None
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class DayChange:
    """A date that one calendar has otherwise than another."""

    day: date
    before: Day
    after: Day


class Calendars:
    """The city's calendar and its editions. CalendarError and NoticeError say what is wrong with a text."""

    def __init__(self, services: Services, name: str) -> None:
        """``name`` is the shipped calendar that holds until the city makes an edition."""
        self._services = services
        self._database = services.db
        text = (data_folder() / "calendars" / f"{name}.toml").read_text(encoding="utf-8")
        # A program of another version may ship another text under the same name.
        self._shipped = CalendarEdition(f"{name}/{_digest(text)}", name, text, None, "", "")
        self._lock = threading.Lock()
        self._edition = self._shipped
        self._calendar = WorkCalendar.named(name)
        self._known = {self._shipped.id: self._calendar}
        self._editions: list[CalendarEdition] = [self._shipped]
        self.load()

    # ---- reading -------------------------------------------------------------------------------------------------

    @property
    def calendar(self) -> WorkCalendar:
        """The calendar in force."""
        return self._calendar

    def in_force(self) -> CalendarEdition:
        """The edition that holds now."""
        return self._edition

    def at(self, when: datetime) -> WorkCalendar:
        """The calendar that was in force then: what happened before an edition is explained by the one before it."""
        with self._lock:
            editions = self._editions
        return self._read(next(e for e in editions if e.registered_at is None or e.registered_at <= when))

    def _read(self, edition: CalendarEdition) -> WorkCalendar:
        found = self._known.get(edition.id)
        if found is None:
            found = self._known[edition.id] = WorkCalendar.from_text(edition.text)
        return found

    def history(self) -> list[CalendarEdition]:
        """Every edition, the newest first, the shipped one last."""
        with self._database.read() as conn:
            rows = conn.execute(select(table).order_by(table.c.registered_at.desc(), table.c.id.desc()))
            return [*(_edition(row) for row in rows.mappings()), self._shipped]

    def get(self, edition: str) -> CalendarEdition:
        """The edition of that id; NotFound (no_such_edition)."""
        found = next((item for item in self.history() if item.id == edition), None)
        if found is None:
            raise NotFound("no_such_edition", edition)
        return found

    def told(self) -> bool:
        """Whether all running deadlines have been told by the edition in force."""
        with self._database.read() as conn:
            found = conn.execute(select(city.c.value).where(city.c.key == TOLD)).scalar()
        return found == self._edition.id

    def mark_told(self, edition: str) -> None:
        """Remember that all running deadlines have been told by that edition."""
        with self._database.write() as conn:
            conn.execute(delete(city).where(city.c.key.in_((TOLD, TELLING))))
            conn.execute(insert(city).values(key=TOLD, value=edition))

    def claim(self, edition: str, *, anyway: bool = False) -> bool:
        """Take it upon this seat to tell the deadlines by that edition; False while another seat is at it.

        Whoever is at it says so again every few hundred cases; after PATIENCE of silence another seat may go on.
        """
        now = self._services.now()
        with self._database.write() as conn:
            found = conn.execute(select(city.c.value).where(city.c.key == TELLING)).scalar()
            known, _, since = str(found or "").rpartition(" ")
            if not anyway and known == edition and now - parse_instant(since) < PATIENCE:
                return False
            conn.execute(delete(city).where(city.c.key == TELLING))
            conn.execute(insert(city).values(key=TELLING, value=f"{edition} {format_instant(now)}"))
        return True

    def may_edit(self, actor: Actor) -> bool:
        """Whether the actor's post may make editions: the handbook names the posts that recompute deadlines."""
        arrow = self._services.handbook.arrow(RECOMPUTE)
        return arrow is not None and actor.post in arrow.posts

    def load(self) -> None:
        """Take the newest edition of the database as the one in force."""
        editions = self.history()
        calendar = self._read(editions[0])
        with self._lock:
            self._editions, self._edition, self._calendar = editions, editions[0], calendar

    # ---- trying --------------------------------------------------------------------------------------------------

    @staticmethod
    def check(text: str) -> WorkCalendar:
        """The calendar that the text describes. CalendarError says what is wrong with it."""
        return WorkCalendar.from_text(text)

    def with_notice(self, text: str, notice: str, year: int | None = None) -> tuple[str, Notice]:
        """The calendar's text with the year that the notice speaks of, and what was read from it."""
        read = parse_notice(notice, year)
        made = write_calendar(with_notice(tomllib.loads(text), read))
        self.check(made)
        return made, read

    def changed_days(self, text: str) -> list[DayChange]:
        """The dates that the text has otherwise than the calendar in force, in the years that either has notices for."""
        return changed_days(self._calendar, self.check(text))

    # ---- writing -------------------------------------------------------------------------------------------------

    def save(self, text: str, by: Actor, note: str = "", seen: str | None = None) -> CalendarEdition:
        """A new edition, in force at once and here; running deadlines wait for ``upkeep.recompute``.

        ``seen`` is the id of the edition that the text was made from: Refused (calendar_changed) when another has come
        into force since. Refused (wrong_post, not_your_post); CalendarError.
        """
        calendar = self.check(text)
        with self._database.write() as conn:
            self._require(conn, by)
            newest = _newest(conn) or self._shipped
            if seen is not None and newest.id != seen:
                raise Refused(Refusal("calendar_changed", {"person": newest.by}))
            now = self._services.now()
            if newest.registered_at is not None:
                # The newest holds, also where a seat's clock is behind or as fast as two savings.
                now = max(now, newest.registered_at + timedelta(microseconds=1))
            stamp = format_instant(now)
            edition = CalendarEdition(
                f"{stamp}/{_digest(text)}",
                calendar.name or self._shipped.name,
                text,
                now,
                by.person,
                note,
            )
            conn.execute(
                insert(table).values(
                    id=edition.id,
                    name=edition.name,
                    text=text,
                    registered_at=stamp,
                    by=by.person,
                    note=note,
                )
            )
            number = changes.add(conn, "calendar", edition.id, stamp)
        self.load()
        self._services.announce(["calendar"], [number])
        return edition

    def import_notice(
        self, notice: str, by: Actor, note: str = "", year: int | None = None
    ) -> tuple[CalendarEdition, Notice]:
        """A new edition: the one in force with the days of the notice. NoticeError names what cannot be read."""
        before = self._edition
        text, read = self.with_notice(before.text, notice, year)
        return self.save(text, by, note or read.title, before.id), read

    def _require(self, conn: Connection, by: Actor) -> None:
        if not self.may_edit(by):
            arrow = self._services.handbook.arrow(RECOMPUTE)
            posts = list(arrow.posts) if arrow is not None else []
            raise Refused(Refusal("wrong_post", {"arrow": RECOMPUTE, "post": by.post, "posts": posts}))
        if not holds_post(conn, by):
            raise Refused(Refusal("not_your_post", {"post": by.post, "person": by.person}))


def changed_days(before: WorkCalendar, after: WorkCalendar) -> list[DayChange]:
    """The dates on which the calendars differ, in the years that either has notices or days of its own for."""
    years = sorted({*before.special_years(), *after.special_years()})
    out = []
    for year in years:
        day = date(year, 1, 1)
        while day.year == year:
            was, will = before.day(day), after.day(day)
            if was != will:
                out.append(DayChange(day, was, will))
            day += _DAY
    return out


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _newest(conn: Connection) -> CalendarEdition | None:
    query = select(table).order_by(table.c.registered_at.desc(), table.c.id.desc()).limit(1)
    row = conn.execute(query).mappings().first()
    return None if row is None else _edition(row)


def _edition(row: RowMapping | Mapping[str, Any]) -> CalendarEdition:
    return CalendarEdition(
        row["id"], row["name"], row["text"], parse_instant(row["registered_at"]), row["by"], row["note"]
    )
