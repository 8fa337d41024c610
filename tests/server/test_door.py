"""The door as persons with roles meet it: what the clock owes, and refusals that no ROLLBACK takes back."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from tests import handmade
from tests.server.seats import STAFF, Seats
from workstation.services.cases import upkeep
from workstation.workflow.event import Command

pytestmark = pytest.mark.postgis

CASE = {
    **{"kind": "component", "class_code": "0101", "source": "collector", "description": "井盖缺失"},
    **{"address": "南门大街1号", "lon": handmade.WEST + 0.001, "lat": handmade.SOUTH + 0.001},
    **{"grid": handmade.GRID_WEST, "area_class": "core", "component": handmade.MANHOLE},
}


def test_a_refusal_is_told_even_where_it_is_rolled_back(seats: Seats) -> None:
    """Whoever takes the record of an attempt back leaves it in the server's log, and nothing that was written freely with it."""
    said = [{"name": "file", "case_id": "nowhere", "id": "tried", "data": {"note": "刘女士 13812345678"}}]
    with psycopg.connect(seats.person_url("op1")) as conn:
        row = conn.execute("SELECT door.perform(%s::jsonb, 'operator')", (json.dumps(said),)).fetchone()
        conn.rollback()
    assert row is not None and "refused" in row[0]
    assert not seats.one("SELECT count(*) FROM attempt WHERE code = %s", row[0]["refused"]["code"])
    lines = [line for line in seats.log().splitlines() if "refused" in line and "person=op1" in line]
    assert lines and "command=file" in lines[-1] and "LOG:" in lines[-1]
    assert not any("13812345678" in line or "刘女士" in line for line in lines)


def test_deadlines_are_told_again_by_a_seat_that_sees_all(seats: Seats) -> None:
    """After a new calendar a unit's seat leaves the telling to the centre's, which reaches every open case."""
    opened = {person: seats.services(person) for person in ("op1", "sl1", "dis1", "rec2", "adm1")}
    at, admin = opened["op1"], opened["adm1"]
    case_id = at.cases.new_case_id()
    filing = {"kind": "component", "class_code": "0101", "condition": "component/0101/3"}
    steps = (("op1", "register", CASE), ("sl1", "file", filing), ("dis1", "dispatch", {"unit": "U1"}))
    try:
        for person, name, data in steps:
            services = opened[person]
            actor = services.people.actor(person, STAFF[person][0])
            services.cases.execute(Command(name, case_id, services.cases.new_command_id(), data), actor)
        due = [run.due_at for run in at.cases.get(case_id).running()]
        # Nobody works for a week.
        text, today = admin.calendars.in_force().text, datetime.now(UTC).date()
        for n in range(-1, 8):
            text += f'\n[[exception]]\nday = {today + timedelta(days=n)}\nhours = []\nreason = "停工"\n'
        admin.calendars.save(text, admin.people.actor("adm1", STAFF["adm1"][0]))
        for services in opened.values():
            services.calendars.load()
        assert upkeep.catch_up(opened["rec2"]) is None
        assert [run.due_at for run in at.cases.get(case_id).running()] == due
        told = upkeep.catch_up(opened["sl1"])
        assert told is not None and told.complete and case_id in {moved.case_id for moved in told.moved}
        event = at.cases.history(case_id)[-1].event
        assert (event.kind, event.actor) == ("recompute", "system")
    finally:
        for services in opened.values():
            services.close()


def test_getting_ready_leaves_nothing_behind(seats: Seats) -> None:
    """A person's connection is made ready by what the first report would load, and nothing of it stays or is recorded."""
    tables = ("cases", "case_event", "case_code", "change_log", "attempt", "personal")
    counts = [seats.one(f"SELECT count(*) FROM {table}") for table in tables]
    services = seats.services("rec1")
    try:
        services.cases.make_ready()
    finally:
        services.close()
    assert [seats.one(f"SELECT count(*) FROM {table}") for table in tables] == counts
    assert seats.one("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == 0
