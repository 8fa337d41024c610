"""Operations (指挥调度): command in real time for a major event, severe weather or an emergency (TZ-17-COMMAND).

An operation is a log of its own: orders go out to units, and each unit says when it has accepted, is on the way, is in
place and is done. Nothing in it is changed; how long each unit took is computed from it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from ...store import changes
from ...store.tables import operation as table
from ...store.tables import operation_event as event_table
from ...store.tables import unit as unit_table
from ...workflow.event import Actor, Refusal, canonical_json, format_instant, parse_instant
from ..errors import NotFound, Refused
from .people import holds_post

if TYPE_CHECKING:
    from ..services import Services

KINDS = ("event", "weather", "emergency")
STEPS = ("accepted", "on_the_way", "in_place", "done")
"""What a unit says to an order, in this order; a step may be left out, never taken back."""
ORDER, NOTE, CLOSE = "order", "note", "close"


@dataclass(frozen=True, slots=True)
class OperationInfo:
    """An operation. ``plan`` is a key of the handbook's emergency plans, or ""."""

    id: str
    title: str
    kind: str
    plan: str
    note: str
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None
    closed_by: str

    @property
    def open(self) -> bool:
        """Whether it is going on."""
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class OperationEvent:
    """Something that happened in an operation. ``kind``: order, note, close, or one of :data:`STEPS`.

    ``unit`` is whom it concerns. ``data``: an order's ``units``, ``text`` and ``until``; an answer's ``order`` and ``note``.
    """

    seq: int
    at: datetime
    kind: str
    unit: str
    actor: str
    actor_name: str
    post: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Response:
    """What a unit has done about one order. ``steps``: when it said so. ``minutes``: from the order to the step."""

    order: int
    unit: str
    text: str
    ordered_at: datetime
    until: datetime | None
    steps: Mapping[str, datetime] = field(default_factory=dict)

    def minutes(self, step: str) -> float | None:
        """How long it took to that step; None while it was not taken."""
        at = self.steps.get(step)
        return None if at is None else (at - self.ordered_at).total_seconds() / 60

    @property
    def answered_at(self) -> datetime | None:
        """When the unit first said anything."""
        return min(self.steps.values(), default=None)

    def late(self, now: datetime) -> bool:
        """Whether the unit had said nothing when the order wanted an answer."""
        return self.until is not None and (self.answered_at or now) > self.until


class Operations:
    """Operations of the city. Refused: ``operation_…``, see labels.toml."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._database = services.db

    # ---- commanding ----------------------------------------------------------------------------------------------

    def may_command(self, actor: Actor) -> bool:
        """Whether the actor's post commands: it dispatches, or instructs, in the handbook's flow."""
        arrows = (self._services.handbook.arrow(name) for name in ("dispatch", "instruct"))
        return any(arrow is not None and actor.post in arrow.posts for arrow in arrows)

    def open(
        self,
        title: str,
        kind: str,
        units: Collection[str],
        by: Actor,
        *,
        plan: str = "",
        order: str = "",
        until: datetime | None = None,
        note: str = "",
    ) -> OperationInfo:
        """Open an operation, with a first order to ``units`` where there is one. ``until``: when an answer is wanted.

        Refused: ``field_missing``, ``operation_kind``, ``operation_plan`` (the handbook has no such plan), ``unit_unknown``.
        """
        if not title.strip():
            raise Refused(Refusal("field_missing", {"field": "title"}))
        if kind not in KINDS:
            raise Refused(Refusal("operation_kind", {"kind": kind}))
        if plan and plan not in self._services.handbook.plans:
            raise Refused(Refusal("operation_plan", {"plan": plan}))
        now = self._services.now()
        operation_id = secrets.token_hex(8)
        with self._database.write() as conn:
            number = changes.add(conn, "operation", operation_id, format_instant(now))
            self._require(conn, by)
            conn.execute(
                insert(table).values(
                    id=operation_id,
                    title=title.strip(),
                    kind=kind,
                    plan=plan,
                    note=note.strip(),
                    opened_at=format_instant(now),
                    opened_by=by.person,
                )
            )
            if order.strip():
                _known_units(conn, units)
                self._write(conn, operation_id, ORDER, "", by, _order(units, order, until))
        self._services.announce(["operation"], [number])
        return self.get(operation_id)

    def order(
        self, operation_id: str, text: str, units: Collection[str], by: Actor, until: datetime | None = None
    ) -> OperationEvent:
        """Send an order to units, others or again; its ``seq`` is what they answer."""
        if not text.strip():
            raise Refused(Refusal("field_missing", {"field": "text"}))
        return self._append(operation_id, ORDER, "", by, _order(units, text, until), units)

    def note(self, operation_id: str, text: str, by: Actor, unit: str = "") -> OperationEvent:
        """Write something down in the log."""
        if not text.strip():
            raise Refused(Refusal("field_missing", {"field": "text"}))
        return self._append(operation_id, NOTE, unit, by, {"text": text.strip()})

    def close(self, operation_id: str, by: Actor, note: str = "") -> OperationInfo:
        """End the operation; nobody answers afterwards."""
        self._append(operation_id, CLOSE, "", by, {"text": note.strip()})
        return self.get(operation_id)

    # ---- answering -----------------------------------------------------------------------------------------------

    def respond(
        self, operation_id: str, order: int, unit: str, step: str, by: Actor, note: str = ""
    ) -> OperationEvent:
        """A unit says how far it is: somebody of the unit, or who commands on their behalf (by telephone).

        Refused: ``operation_unit`` (the order did not go to the unit, or the actor is of another one),
        ``operation_step`` (no such step, or not after the last), ``operation_order`` (no such order), ``operation_closed``.
        """
        if by.unit != unit and not self.may_command(by):
            raise Refused(Refusal("operation_unit", {"unit": unit}))
        data = {"order": order, "note": note.strip()}
        return self._append(operation_id, step, unit, by, data)

    # ---- reading -------------------------------------------------------------------------------------------------

    def all(self, actor: Actor, open: bool | None = None, limit: int = 200) -> list[OperationInfo]:
        """The operations, the newest first; a unit's people see those in which their unit was ordered something."""
        query = select(table).order_by(table.c.opened_at.desc(), table.c.id).limit(limit)
        if open is not None:
            query = query.where(table.c.closed_at.is_(None) if open else table.c.closed_at.is_not(None))
        with self._database.read() as conn:
            found = [_info(row) for row in conn.execute(query).mappings()]
            if self._sees_all(actor):
                return found
            return [info for info in found if actor.unit in _called(_events(conn, info.id))]

    def get(self, operation_id: str) -> OperationInfo:
        """An operation; NotFound."""
        with self._database.read() as conn:
            return _info(_operation(conn, operation_id))

    def events(self, operation_id: str) -> tuple[OperationEvent, ...]:
        """Its log, the oldest first."""
        with self._database.read() as conn:
            return tuple(_events(conn, operation_id))

    def responses(self, operation_id: str) -> tuple[Response, ...]:
        """What each unit has done about each order, in the order of the orders: what evaluation counts."""
        events = self.events(operation_id)
        out: dict[tuple[int, str], Response] = {}
        for event in events:
            if event.kind == ORDER:
                until = parse_instant(event.data["until"]) if event.data["until"] else None
                for unit in event.data["units"]:
                    out[event.seq, unit] = Response(event.seq, unit, event.data["text"], event.at, until, {})
            elif event.kind in STEPS:
                answered = out[event.data["order"], event.unit]
                steps = {**answered.steps, event.kind: event.at}
                out[event.data["order"], event.unit] = Response(
                    answered.order, answered.unit, answered.text, answered.ordered_at, answered.until, steps
                )
        return tuple(out.values())

    # ---- within --------------------------------------------------------------------------------------------------

    def _sees_all(self, actor: Actor) -> bool:
        post = self._services.handbook.posts.get(actor.post)
        return post is not None and post.level == "centre"

    def _require(self, conn: Connection, by: Actor) -> None:
        if not holds_post(conn, by) or not self.may_command(by):
            raise Refused(Refusal("not_your_post", {"post": by.post, "person": by.person}))

    def _append(
        self,
        operation_id: str,
        kind: str,
        unit: str,
        by: Actor,
        data: Mapping[str, Any],
        units: Collection[str] = (),
    ) -> OperationEvent:
        with self._database.write() as conn:
            # Taken first: it puts those who write at once in a row, so that each sees what the one before has written.
            number = changes.add(conn, "operation", operation_id, format_instant(self._services.now()))
            made = self._append_once(conn, operation_id, kind, unit, by, data, units)
        self._services.announce(["operation"], [number])
        return made

    def _append_once(
        self,
        conn: Connection,
        operation_id: str,
        kind: str,
        unit: str,
        by: Actor,
        data: Mapping[str, Any],
        units: Collection[str],
    ) -> OperationEvent:
        if _operation(conn, operation_id)["closed_at"] is not None:
            raise Refused(Refusal("operation_closed"))
        if kind in (ORDER, NOTE, CLOSE):
            self._require(conn, by)
            _known_units(conn, units)
        else:
            if not holds_post(conn, by):
                raise Refused(Refusal("not_your_post", {"post": by.post, "person": by.person}))
            _check_step(_events(conn, operation_id), data["order"], unit, kind)
        if kind == CLOSE:
            now = format_instant(self._services.now())
            closed = {"closed_at": now, "closed_by": by.person}
            conn.execute(update(table).where(table.c.id == operation_id).values(**closed))
        return self._write(conn, operation_id, kind, unit, by, data)

    def _write(
        self, conn: Connection, operation_id: str, kind: str, unit: str, by: Actor, data: Mapping[str, Any]
    ) -> OperationEvent:
        c = event_table.c
        last = conn.execute(select(func.max(c.seq)).where(c.operation_id == operation_id)).scalar()
        event = OperationEvent(
            (last or 0) + 1, self._services.now(), kind, unit, by.person, by.name, by.post, dict(data)
        )
        conn.execute(
            insert(event_table).values(
                operation_id=operation_id,
                seq=event.seq,
                at=format_instant(event.at),
                kind=kind,
                unit=unit,
                actor=by.person,
                actor_name=by.name,
                post=by.post,
                data=canonical_json(event.data),
            )
        )
        return event


def _order(units: Collection[str], text: str, until: datetime | None) -> dict[str, Any]:
    return {
        "units": list(dict.fromkeys(units)),
        "text": text.strip(),
        "until": "" if until is None else format_instant(until),
    }


def _known_units(conn: Connection, units: Collection[str]) -> None:
    query = select(unit_table.c.code).where(unit_table.c.code.in_(list(units)), unit_table.c.active.is_(True))
    missing = sorted(set(units) - set(conn.execute(query).scalars()))
    if missing:
        raise Refused(Refusal("unit_unknown", {"units": missing}))


def _check_step(events: Iterable[OperationEvent], order: int, unit: str, step: str) -> None:
    if step not in STEPS:
        raise Refused(Refusal("operation_step", {"step": step}))
    listed = tuple(events)
    sent = next((e for e in listed if e.seq == order and e.kind == ORDER), None)
    if sent is None:
        raise Refused(Refusal("operation_order"))
    if unit not in sent.data["units"]:
        raise Refused(Refusal("operation_unit", {"unit": unit}))
    taken = [
        STEPS.index(e.kind) for e in listed if e.kind in STEPS and e.unit == unit and e.data["order"] == order
    ]
    if taken and STEPS.index(step) <= max(taken):
        raise Refused(Refusal("operation_step", {"step": step}))


def _called(events: Iterable[OperationEvent]) -> set[str]:
    return {unit for event in events if event.kind == ORDER for unit in event.data["units"]}


def _operation(conn: Connection, operation_id: str) -> RowMapping:
    row = conn.execute(select(table).where(table.c.id == operation_id)).mappings().first()
    if row is None:
        raise NotFound("no_such_operation", operation_id)
    return row


def _info(row: RowMapping) -> OperationInfo:
    return OperationInfo(
        row["id"],
        row["title"],
        row["kind"],
        row["plan"],
        row["note"],
        parse_instant(row["opened_at"]),
        row["opened_by"],
        parse_instant(row["closed_at"]) if row["closed_at"] else None,
        row["closed_by"],
    )


def _events(conn: Connection, operation_id: str) -> list[OperationEvent]:
    query = select(event_table).where(event_table.c.operation_id == operation_id).order_by(event_table.c.seq)
    return [
        OperationEvent(
            row["seq"],
            parse_instant(row["at"]),
            row["kind"],
            row["unit"],
            row["actor"],
            row["actor_name"],
            row["post"],
            json.loads(row["data"]),
        )
        for row in conn.execute(query).mappings()
    ]
