"""Shift handover (交班): what came in, went out and is open at a post, told to who comes next and taken over by them.

The figures are the cases' own; only the note is written. A handover is added and taken over once, and never changed.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from ...store import changes
from ...store.tables import case_event, cases, person
from ...store.tables import shift_handover as table
from ...workflow.case import Case
from ...workflow.event import Actor, Refusal, canonical_json, format_instant, parse_instant
from ..errors import NotFound, Refused
from ..lists.filter import CaseFilter
from ..lists.lists import CaseLists
from .people import holds_post

if TYPE_CHECKING:
    from ..services import Services

SECTIONS = (
    *("came_in", "went_out", "open", "overdue", "requests", "directions", "suspensions", "key", "disputed"),
)
"""What a summary counts, in the order in which it is shown."""
FIRST_SHIFT = timedelta(hours=24)
"""How far a summary looks back where the post was never handed over before."""
NEXT_SHIFT = timedelta(hours=12)
"""What ends within this time is told to the next shift."""
KEPT = 200
"""Cases of a section that a handover keeps by id; the number is always the whole."""


@dataclass(frozen=True, slots=True)
class Section:
    """How many cases there are of a kind, and which (the first :data:`KEPT`)."""

    count: int
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """A shift at a post. ``done``: how often each move of the flow was made by the post's people since ``since``."""

    post: str
    since: datetime
    until: datetime
    done: Mapping[str, int]
    sections: Mapping[str, Section] = field(default_factory=dict)

    def to_doc(self) -> dict[str, Any]:
        """As plain JSON data."""
        return {
            "post": self.post,
            "since": format_instant(self.since),
            "until": format_instant(self.until),
            "done": dict(self.done),
            "sections": {key: {"count": s.count, "ids": list(s.ids)} for key, s in self.sections.items()},
        }

    @classmethod
    def from_doc(cls, doc: Mapping[str, Any]) -> Summary:
        """What :meth:`to_doc` wrote."""
        sections = {key: Section(s["count"], tuple(s["ids"])) for key, s in doc["sections"].items()}
        since, until = parse_instant(doc["since"]), parse_instant(doc["until"])
        return cls(doc["post"], since, until, doc["done"], sections)


@dataclass(frozen=True, slots=True)
class HandoverInfo:
    """A handover. ``to_person`` "": to whoever comes next; ``accepted_at`` None: nobody has taken over yet."""

    id: str
    post: str
    from_person: str
    to_person: str
    at: datetime
    summary: Summary
    note: str
    accepted_at: datetime | None
    accepted_by: str
    accepted_note: str


class Handover:
    """Handovers. A post of a unit is that unit's: its people see and take over their own. Refused: ``handover_…``."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._database = services.db

    # ---- the shift -----------------------------------------------------------------------------------------------

    def summary(self, actor: Actor, since: datetime | None = None) -> Summary:
        """The actor's post since the last handover (or since ``since``), as far as the post sees cases."""
        now = self._services.now()
        if since is None:
            last = next(iter(self.history(actor, 1)), None)
            since = last.at if last else now - FIRST_SHIFT
        lists = self._services.lists.seen_by(actor)
        waiting = self._services.lists.inbox(actor)
        came_in, went_out, done = self._moved(actor, lists, waiting, since)
        sections = {
            "came_in": _section(came_in),
            "went_out": _section(went_out),
            "open": _listed(lists, waiting),
            "overdue": _listed(lists, replace(waiting, light="red")),
            "requests": _listed(lists, CaseFilter(open=True, pending="any")),
            "directions": _listed(lists, CaseFilter(open=True, directed=True)),
            "suspensions": _section(self._ending(lists, now + NEXT_SHIFT)),
            "key": _listed(lists, CaseFilter(open=True, key_case=True)),
            "disputed": _listed(lists, CaseFilter(open=True, coordinating=True)),
        }
        return Summary(actor.post, since, now, done, sections)

    def _moved(
        self, actor: Actor, lists: CaseLists, waiting: CaseFilter, since: datetime
    ) -> tuple[list[str], list[str], dict[str, int]]:
        """The cases that came to the post and those that it moved on, and how often it made each move."""
        states = {state for part in (waiting, *waiting.any_of) for state in part.states}
        c, e = cases.c, case_event.c
        # A case with an event since then was changed since then, and that is what the index holds.
        query = (
            select(e.case_id, e.kind, e.to_state, e.post, e.unit)
            .join(cases, c.id == e.case_id)
            .where(c.changed_at > format_instant(since), e.at > format_instant(since))
            .order_by(e.log_id)
        )
        with self._database.read() as conn:
            events = conn.execute(query).all()
        handbook = self._services.handbook
        came: dict[str, None] = {}
        went: dict[str, None] = {}
        done: dict[str, int] = {}
        for event in events:
            arrow = handbook.arrow(event.kind)
            moves = arrow is not None and arrow.to is not None
            if event.post == actor.post and actor.unit in ("", event.unit):
                done[event.kind] = done.get(event.kind, 0) + 1
                if moves:
                    went[event.case_id] = None
            elif moves and event.to_state in states:
                came[event.case_id] = None
        seen = {row.id for row in lists.rows([*came, *went])}
        return [i for i in came if i in seen], [i for i in went if i in seen], done

    def _ending(self, lists: CaseLists, until: datetime) -> list[str]:
        """The suspended cases whose granted term is over by then."""
        rows = lists.page(CaseFilter(open=True, suspended=True), None, 2000).rows
        return [
            case.id
            for case in self._services.cases.get_many([row.id for row in rows])
            if (end := _suspended_until(case)) is not None and end <= until
        ]

    # ---- handing over --------------------------------------------------------------------------------------------

    def hand_over(self, by: Actor, note: str = "", to: str = "") -> HandoverInfo:
        """Hand the post over with its summary as it is now, to a person of the post or to whoever comes next.

        Refused: ``handover_open`` (the last one was not taken over yet), ``handover_to`` (not a person of the post, or
        oneself).
        """
        made = self.summary(by)
        handover_id = secrets.token_hex(8)
        if to and (to == by.person or by.post not in self._services.people.posts_of(to)):
            raise Refused(Refusal("handover_to", {"person": to, "post": by.post}))
        with self._database.write() as conn:
            # Taken first, here and below: it puts those who write at once in a row.
            number = changes.add(conn, "handover", handover_id, format_instant(made.until))
            _require(conn, by)
            if any(row["accepted_at"] is None for row in self._rows(conn, by, 1)):
                raise Refused(Refusal("handover_open", {"post": by.post}))
            conn.execute(
                insert(table).values(
                    id=handover_id,
                    post=by.post,
                    from_person=by.person,
                    to_person=to,
                    at=format_instant(made.until),
                    summary=canonical_json(made.to_doc()),
                    note=note.strip(),
                )
            )
        self._services.announce(["handover"], [number])
        return self.get(handover_id)

    def accept(self, handover_id: str, by: Actor, note: str = "") -> HandoverInfo:
        """Take over. Refused: ``handover_taken``, ``handover_not_yours`` (another post, unit or person, or oneself)."""
        now = format_instant(self._services.now())
        with self._database.write() as conn:
            number = changes.add(conn, "handover", handover_id, now)
            _require(conn, by)
            row = _row(conn, handover_id)
            if row["accepted_at"] is not None:
                raise Refused(Refusal("handover_taken", {"person": row["accepted_by"]}))
            mine = any(found["id"] == handover_id for found in self._rows(conn, by, None))
            if not mine or by.person == row["from_person"] or row["to_person"] not in ("", by.person):
                raise Refused(Refusal("handover_not_yours", {"post": row["post"]}))
            values = {"accepted_at": now, "accepted_by": by.person, "accepted_note": note.strip()}
            conn.execute(update(table).where(table.c.id == handover_id).values(**values))
        self._services.announce(["handover"], [number])
        return self.get(handover_id)

    # ---- reading -------------------------------------------------------------------------------------------------

    def waiting(self, actor: Actor) -> HandoverInfo | None:
        """The handover that the actor may take over now; None when there is none."""
        last = next(iter(self.history(actor, 1)), None)
        if last is None or last.accepted_at is not None or last.from_person == actor.person:
            return None
        return last if last.to_person in ("", actor.person) else None

    def history(self, actor: Actor, limit: int = 100) -> list[HandoverInfo]:
        """The handovers of the actor's post (in their unit, for a unit's post), the newest first."""
        with self._database.read() as conn:
            return [_info(row) for row in self._rows(conn, actor, limit)]

    def get(self, handover_id: str) -> HandoverInfo:
        """A handover; NotFound."""
        with self._database.read() as conn:
            return _info(_row(conn, handover_id))

    def _rows(self, conn: Connection, actor: Actor, limit: int | None) -> list[RowMapping]:
        query = select(table).where(table.c.post == actor.post).order_by(table.c.at.desc(), table.c.id)
        if actor.unit:
            query = query.join(person, person.c.id == table.c.from_person)
            query = query.where(person.c.unit_code == actor.unit)
        return list(conn.execute(query.limit(limit)).mappings())


def _require(conn: Connection, by: Actor) -> None:
    if not holds_post(conn, by):
        raise Refused(Refusal("not_your_post", {"post": by.post, "person": by.person}))


def _section(ids: list[str]) -> Section:
    return Section(len(ids), tuple(ids[:KEPT]))


def _listed(lists: CaseLists, filter: CaseFilter) -> Section:
    page = lists.page(filter, None, KEPT)
    return Section(lists.count(filter) if page.next else len(page.rows), tuple(row.id for row in page.rows))


def _suspended_until(case: Case) -> datetime | None:
    granted = [r for r in case.requests if r.kind == "suspension" and r.answer == "granted"]
    return parse_instant(granted[-1].data["until"]) if granted else None


def _row(conn: Connection, handover_id: str) -> RowMapping:
    row = conn.execute(select(table).where(table.c.id == handover_id)).mappings().first()
    if row is None:
        raise NotFound("no_such_handover", handover_id)
    return row


def _info(row: RowMapping) -> HandoverInfo:
    return HandoverInfo(
        row["id"],
        row["post"],
        row["from_person"],
        row["to_person"],
        parse_instant(row["at"]),
        Summary.from_doc(json.loads(row["summary"])),
        row["note"],
        parse_instant(row["accepted_at"]) if row["accepted_at"] else None,
        row["accepted_by"],
        row["accepted_note"],
    )
