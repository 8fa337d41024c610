"""The regular meeting (例会): its agenda out of the cases themselves, what it decides on each, and the minutes.

The agenda is the handbook's (TJA-8-MEETING): overdue, returned, disputed, key and suspended cases, by unit. A meeting is
held with the agenda as it stands then; what it decides is written down once. A decision that binds, on a case whose
responsibility is disputed, is a command on the case like any other, given by somebody who may give it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from ...store import changes
from ...store.tables import case_event, cases
from ...store.tables import meeting as table
from ...store.tables import meeting_item as item_table
from ...workflow.event import Actor, Command, Refusal, format_instant, parse_instant
from ..documents.paper import Paper, local_time, words
from ..errors import NotFound, Refused
from ..lists.filter import CaseFilter
from ..lists.lists import CaseRow
from .people import holds_post

if TYPE_CHECKING:
    from ..services import Services

OPEN, CLOSED = "open", "closed"
TOPICS = ("disputed", "overdue", "returned", "key", "suspended")
"""The topics in the order of a meeting: what only it can decide comes first."""
FILTERS: dict[str, CaseFilter] = {
    "disputed": CaseFilter(open=True, coordinating=True),
    "overdue": CaseFilter(open=True, light="red"),
    "key": CaseFilter(open=True, key_case=True),
    "suspended": CaseFilter(open=True, suspended=True),
}
MOST = 2000
"""Cases of one topic; a meeting with more has another problem."""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A case that the meeting is to speak about. ``unit``: whose it is, "" where that is open."""

    topic: str
    unit: str
    case: CaseRow


@dataclass(frozen=True, slots=True)
class MeetingItem:
    """A case on the agenda of a meeting that was held, and what was decided on it ("" nothing yet)."""

    case_id: str
    topic: str
    unit: str
    decision: str
    decided_at: datetime | None
    decided_by: str


@dataclass(frozen=True, slots=True)
class MeetingInfo:
    """A meeting. ``key`` is one of the handbook's, ``by`` the person who holds it, ``state`` open or closed."""

    id: str
    key: str
    at: datetime
    by: str
    state: str
    note: str
    items: tuple[MeetingItem, ...] = ()

    @property
    def decided(self) -> int:
        """On how many cases something was decided."""
        return len({item.case_id for item in self.items if item.decision})


class Meetings:
    """Regular meetings. Refused: ``meeting_…``, see labels.toml."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._database = services.db

    # ---- the agenda ----------------------------------------------------------------------------------------------

    def agenda(self, key: str) -> list[AgendaItem]:
        """What the next meeting of that key speaks about, by topic and unit, the first due first. NotFound: no such."""
        return list(self._items(key))

    def _items(self, key: str) -> Iterator[AgendaItem]:
        held = self._services.handbook.meetings.get(key)
        if held is None:
            raise NotFound("no_such_meeting", key)
        for topic in sorted(held.agenda, key=TOPICS.index):
            if topic == "returned":
                found = self._returned(self._last(key))
            else:
                rows = self._services.lists.page(FILTERS[topic], None, MOST).rows
                found = [AgendaItem(topic, row.unit, row) for row in rows]
            yield from sorted(found, key=lambda item: item.unit)

    def _last(self, key: str) -> datetime | None:
        with self._database.read() as conn:
            query = select(table.c.at).where(table.c.key == key).order_by(table.c.at.desc()).limit(1)
            found = conn.execute(query).scalar()
        return None if found is None else parse_instant(found)

    def _returned(self, since: datetime | None) -> list[AgendaItem]:
        """Open cases that a unit has wanted to give back since the last meeting, under that unit."""
        asking = [arrow.name for arrow in self._services.handbook.arrows if arrow.asks == "return"]
        c, e = cases.c, case_event.c
        query = (
            select(c.id, e.unit)
            .join(case_event, e.case_id == c.id)
            .where(c.open.is_(True), e.kind.in_(asking))
            .order_by(e.at)
        )
        if since is not None:
            # A case with an event since then was changed since then, and that is what the index holds.
            query = query.where(c.changed_at > format_instant(since), e.at > format_instant(since))
        with self._database.read() as conn:
            units = {row[0]: row[1] for row in conn.execute(query)}
        rows = self._services.lists.rows(list(units)[:MOST])
        return [AgendaItem("returned", units[row.id], row) for row in rows]

    # ---- holding it ----------------------------------------------------------------------------------------------

    def hold(self, key: str, by: Actor) -> MeetingInfo:
        """Begin the meeting, with the agenda as it stands now. Refused ``meeting_open`` while one of the key is open."""
        items = self.agenda(key)
        now = self._services.now()
        meeting_id = secrets.token_hex(8)
        with self._database.write() as conn:
            # Taken first, here and below: it puts those who write at once in a row.
            number = changes.add(conn, "meeting", meeting_id, format_instant(now))
            self._require(conn, by)
            same = select(table.c.id).where(table.c.key == key, table.c.state == OPEN)
            if conn.execute(same).first() is not None:
                raise Refused(Refusal("meeting_open", {"meeting": key}))
            conn.execute(
                insert(table).values(
                    id=meeting_id, key=key, at=format_instant(now), by=by.person, state=OPEN, note=""
                )
            )
            if items:
                conn.execute(
                    insert(item_table),
                    [
                        {"meeting_id": meeting_id, "case_id": i.case.id, "topic": i.topic, "unit": i.unit}
                        for i in items
                    ],
                )
        self._services.announce(["meeting"], [number])
        return self.get(meeting_id)

    def decide(
        self,
        meeting_id: str,
        case_id: str,
        decision: str,
        by: Actor,
        command: tuple[str, Mapping[str, Any]] | None = None,
    ) -> MeetingInfo:
        """Write down what was decided on a case, on all topics that it stands under.

        ``command`` (name, data) is what the decision does to the case, such as uphold or assign where responsibility is
        disputed; it is done first, as ``by``, and refused as it would be anywhere else: then nothing is written down.
        Refused: ``meeting_closed``, ``meeting_item_unknown``, ``meeting_decided``, ``field_missing``.
        """
        if not decision.strip():
            raise Refused(Refusal("field_missing", {"field": "decision"}))
        with self._database.read() as conn:
            self._require(conn, by)
            self._undecided(conn, meeting_id, case_id)
        if command is not None:
            name, data = command
            # The id is the decision's own: said again after a failure in between, it is not done again.
            done = Command(name, case_id, f"meeting/{meeting_id}/{case_id}", data)
            self._services.cases.execute(done, by)
        now = format_instant(self._services.now())
        with self._database.write() as conn:
            number = changes.add(conn, "meeting", meeting_id, now)
            self._undecided(conn, meeting_id, case_id)
            conn.execute(
                update(item_table)
                .where(item_table.c.meeting_id == meeting_id, item_table.c.case_id == case_id)
                .values(decision=decision.strip(), decided_at=now, decided_by=by.person)
            )
        self._services.announce(["meeting"], [number])
        return self.get(meeting_id)

    def close(self, meeting_id: str, by: Actor, note: str = "") -> MeetingInfo:
        """End the meeting. What was not decided comes up again by itself, for its case is still what it is."""
        now = format_instant(self._services.now())
        with self._database.write() as conn:
            number = changes.add(conn, "meeting", meeting_id, now)
            self._require(conn, by)
            self._open(conn, meeting_id)
            conn.execute(
                update(table).where(table.c.id == meeting_id).values(state=CLOSED, note=note.strip())
            )
        self._services.announce(["meeting"], [number])
        return self.get(meeting_id)

    # ---- reading -------------------------------------------------------------------------------------------------

    def history(self, key: str = "", limit: int = 100) -> list[MeetingInfo]:
        """The meetings (of that key) that were held, the newest first, with their items."""
        query = select(table).order_by(table.c.at.desc(), table.c.id).limit(limit)
        if key:
            query = query.where(table.c.key == key)
        with self._database.read() as conn:
            found = conn.execute(query).mappings().all()
            return [_info(row, _items_of(conn, row["id"])) for row in found]

    def get(self, meeting_id: str) -> MeetingInfo:
        """A meeting with its items; NotFound."""
        with self._database.read() as conn:
            return _info(_meeting(conn, meeting_id), _items_of(conn, meeting_id))

    def minutes(self, meeting_id: str) -> bytes:
        """The minutes as PDF: by topic and unit, each case with what was decided on it."""
        held = self.get(meeting_id)
        handbook = self._services.handbook
        told = words()["minutes"]
        names = {info.code: info.name for info in self._services.units.all()}
        people = {person.id: person.name for person in self._services.people.all()}
        kind = handbook.meetings.get(held.key)
        title = told["title"].format(meeting=kind.label if kind else held.key)
        paper = Paper(title, self._services.city.name, self._services.now())
        paper.line(told["held"].format(at=local_time(held.at), by=people.get(held.by, held.by)))
        listed = {item.case_id for item in held.items}
        paper.line(told["count"].format(count=len(listed), decided=held.decided))
        if not held.items:
            paper.line(told["empty"])
        rows = {row.id: row for row in self._services.lists.rows(sorted(listed))}
        columns = [(told["code"], 2.2), (told["class"], 2.0), (told["address"], 3.0)]
        columns += [(told["state"], 1.1), (told["decision"], 4.2)]
        for topic, unit, items in _grouped(held.items):
            paper.heading(f"{told['topics'][topic]}　{names.get(unit, unit) or told['no_unit']}")
            paper.table(
                columns,
                [
                    (
                        *(row.code, row.class_name, row.address, handbook.label("states", row.state)),
                        item.decision or told["open"],
                    )
                    for item in items
                    if (row := rows.get(item.case_id)) is not None
                ],
            )
        if held.note:
            paper.heading(told["note"])
            paper.line(held.note)
        return paper.pdf()

    # ---- within --------------------------------------------------------------------------------------------------

    def may_hold(self, actor: Actor) -> bool:
        """Whether the actor's post is one of the centre's."""
        post = self._services.handbook.posts.get(actor.post)
        return post is not None and post.level == "centre"

    def _require(self, conn: Connection, by: Actor) -> None:
        if not holds_post(conn, by) or not self.may_hold(by):
            raise Refused(Refusal("not_your_post", {"post": by.post, "person": by.person}))

    @staticmethod
    def _open(conn: Connection, meeting_id: str) -> None:
        if _meeting(conn, meeting_id)["state"] != OPEN:
            raise Refused(Refusal("meeting_closed"))

    def _undecided(self, conn: Connection, meeting_id: str, case_id: str) -> None:
        self._open(conn, meeting_id)
        items = [item for item in _items_of(conn, meeting_id) if item.case_id == case_id]
        if not items:
            raise Refused(Refusal("meeting_item_unknown"))
        if any(item.decided_at is not None for item in items):
            raise Refused(Refusal("meeting_decided"))


def _meeting(conn: Connection, meeting_id: str) -> RowMapping:
    row = conn.execute(select(table).where(table.c.id == meeting_id)).mappings().first()
    if row is None:
        raise NotFound("no_such_meeting", meeting_id)
    return row


def _info(row: RowMapping, items: Sequence[MeetingItem]) -> MeetingInfo:
    return replace(
        MeetingInfo(row["id"], row["key"], parse_instant(row["at"]), row["by"], row["state"], row["note"]),
        items=tuple(items),
    )


def _items_of(conn: Connection, meeting_id: str) -> list[MeetingItem]:
    found = conn.execute(select(item_table).where(item_table.c.meeting_id == meeting_id)).mappings()
    items = [
        MeetingItem(
            row["case_id"],
            row["topic"],
            row["unit"],
            row["decision"],
            parse_instant(row["decided_at"]) if row["decided_at"] else None,
            row["decided_by"],
        )
        for row in found
    ]
    return sorted(items, key=lambda item: (TOPICS.index(item.topic), item.unit, item.case_id))


def _grouped(items: Sequence[MeetingItem]) -> Iterator[tuple[str, str, list[MeetingItem]]]:
    groups: dict[tuple[str, str], list[MeetingItem]] = {}
    for item in items:
        groups.setdefault((item.topic, item.unit), []).append(item)
    for (topic, unit), found in groups.items():
        yield topic, unit, found
