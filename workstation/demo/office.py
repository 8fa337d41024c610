"""The centre's own papers in the demo city: a regular meeting that was held, operations, and a shift handed over."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, select

from ..services.services import Services
from ..store import tables
from ..store.database import Database
from ..workflow.calendar import WorkCalendar
from ..workflow.event import Actor, canonical_json, format_instant
from ..workflow.handbook import Handbook
from . import wording
from .casework import CHINA
from .plan import Plan
from .writing import insert

_MEETING_TIME = time(15, 0)
_MOST = 40
_STEPS = (("accepted", 2, 9), ("on_the_way", 4, 20), ("in_place", 12, 50), ("done", 90, 400))
"""What units answer to an order, and in how many minutes after the one before."""


def keep_papers(conn: Connection, plan: Plan, handbook: Handbook) -> None:
    """Write the last meeting and two operations, where the handbook has meetings and there are people to hold them."""
    commanders = plan.population.holders("commander")
    if not commanders:
        return
    commander = commanders[0]
    actor = Actor(commander.id, commander.name, "commander", commander.unit)
    rng = random.Random(f"{plan.size.seed}/office")
    _meeting(conn, plan, handbook, actor, rng)
    _operations(conn, plan, handbook, actor, rng)


def hand_over(database: Database, plan: Plan) -> None:
    """The shift leader of the morning has handed over, with the figures of the present, and somebody has taken over."""
    leaders = plan.population.holders("shift_leader")
    if len(leaders) < 2:
        return
    until = plan.size.until
    services = Services(database, now=lambda: until)
    outgoing, incoming = leaders[0], leaders[1]
    summary = services.handover.summary(Actor(outgoing.id, outgoing.name, "shift_leader", outgoing.unit))
    columns = (
        *("id", "post", "from_person", "to_person", "at", "summary", "note"),
        *("accepted_at", "accepted_by", "accepted_note"),
    )
    row = (
        *(_id(plan, "handover"), "shift_leader", outgoing.id, incoming.id, format_instant(until)),
        *(canonical_json(summary.to_doc()), wording.HANDOVER, format_instant(until), incoming.id, "已接班。"),
    )
    with database.write() as conn:
        insert(conn, tables.shift_handover, columns, [row])


def _id(plan: Plan, *parts: object) -> str:
    text = "/".join(str(part) for part in (plan.size.seed, *parts))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


# ---- the meeting --------------------------------------------------------------------------------------------------


def _last_meeting(until: datetime, calendar: WorkCalendar) -> datetime:
    """The afternoon of the last working day before today."""
    day = until.astimezone(CHINA).date() - timedelta(days=1)
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return datetime.combine(day, _MEETING_TIME, CHINA)


def _meeting(conn: Connection, plan: Plan, handbook: Handbook, by: Actor, rng: random.Random) -> None:
    """What stood on its agenda; on most of it something was decided."""
    meeting = next(iter(handbook.meetings.values()), None)
    if meeting is None:
        return
    at = _last_meeting(plan.size.until, WorkCalendar.named("china"))
    meeting_id = _id(plan, "meeting", meeting.key)
    rows: list[tuple[str | None, ...]] = []
    for topic in meeting.agenda:
        for case_id, unit in _agenda(conn, topic, at):
            decided = rng.random() < 0.7
            text = wording.DECISIONS[topic][rng.randrange(len(wording.DECISIONS[topic]))] if decided else ""
            when = format_instant(at + timedelta(minutes=5 + 2 * len(rows))) if decided else None
            rows.append((meeting_id, case_id, topic, unit, text, when, by.person if decided else ""))
    insert(
        conn,
        tables.meeting,
        ("id", "key", "at", "by", "state", "note"),
        [(meeting_id, meeting.key, format_instant(at), by.person, "closed", wording.MEETING)],
    )
    columns = ("meeting_id", "case_id", "topic", "unit", "decision", "decided_at", "decided_by")
    insert(conn, tables.meeting_item, columns, rows)


def _agenda(conn: Connection, topic: str, held: datetime) -> Iterator[tuple[str, str]]:
    """Cases that had to do with the topic when the meeting was held, with their units."""
    c, e = tables.cases.c, tables.case_event.c
    at, week = format_instant(held), format_instant(held - timedelta(days=7))

    def happened(kind: str) -> Any:
        return c.id.in_(select(e.case_id).where(e.kind == kind, e.at < at, e.at > week))

    wanted = {
        "overdue": (c.dispose_due_at < at) & (c.fed_back_at.is_(None) | (c.fed_back_at > at)),
        "suspended": c.suspended,
        "key": c.key_case,
        "disputed": happened("coordinate"),
        "returned": happened("ask_return"),
    }
    still = c.open.is_(True) | (c.changed_at > at)
    query = select(c.id, c.unit).where(c.registered_at < at, still, wanted[topic])
    for row in conn.execute(query.order_by(c.id).limit(_MOST)):
        yield row.id, row.unit


# ---- operations ---------------------------------------------------------------------------------------------------


def _operations(conn: Connection, plan: Plan, handbook: Handbook, by: Actor, rng: random.Random) -> None:
    """One that is over, and one that is going on with units that have not answered yet."""
    until = plan.size.until
    called = [
        unit.code for unit in plan.population.units if unit.kind in ("department", "enterprise", "street")
    ]
    plans = list(handbook.plans)
    begun = ((until - timedelta(days=19, hours=5), 0, True), (until - timedelta(minutes=35), 1, False))
    for opened, number, over in begun:
        title, kind, order = wording.OPERATIONS[number]
        operation_id = _id(plan, "operation", number)
        units = sorted(rng.sample(called, min(len(called), 6)))
        log = list(_log(opened, units, order, by, plan, rng, over))
        closed = log[-1][1] if over else None
        columns = ("id", "title", "kind", "plan", "note", "opened_at", "opened_by", "closed_at", "closed_by")
        key = plans[0] if plans and kind == "emergency" else ""
        row = (
            operation_id,
            title,
            kind,
            key,
            "",
            format_instant(opened),
            by.person,
            closed,
            by.person if over else "",
        )
        insert(conn, tables.operation, columns, [row])
        columns = ("operation_id", "seq", "at", "kind", "unit", "actor", "actor_name", "post", "data")
        rows = [
            (operation_id, seq, at, kind, unit, who.person, who.name, who.post, canonical_json(data))
            for seq, (kind, at, unit, who, data) in enumerate(log, 1)
        ]
        insert(conn, tables.operation_event, columns, rows)


def _log(
    opened: datetime, units: list[str], order: str, by: Actor, plan: Plan, rng: random.Random, over: bool
) -> Iterator[tuple[str, str, str, Actor, dict[str, Any]]]:
    """The order, what each unit answered to it until now, and the end."""
    until = format_instant(opened + timedelta(minutes=30))
    yield "order", format_instant(opened), "", by, {"units": units, "text": order, "until": until}
    answers: list[tuple[datetime, str, str, Actor]] = []
    # One of them has said nothing yet.
    for unit in units if over else units[:-1]:
        receiver = (
            plan.population.holders("receiver", unit)[:1] or plan.population.holders("unit_leader", unit)[:1]
        )
        at = opened
        for step, low, high in _STEPS:
            at += timedelta(seconds=rng.randint(60 * low, 60 * high))
            if receiver and (over or (at < plan.size.until and rng.random() < 0.85)):
                who = Actor(receiver[0].id, receiver[0].name, "receiver", unit)
                answers.append((at, step, unit, who))
    for at, step, unit, who in sorted(answers, key=lambda answer: answer[0]):
        yield step, format_instant(at), unit, who, {"order": 1, "note": ""}
    if over:
        end = max([at for at, *_ in answers], default=opened) + timedelta(minutes=30)
        yield "close", format_instant(end), "", by, {"text": wording.OPERATION_OVER}
