"""The demo city's cases: played through the workflow, believable, ending today."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
import shapely

from tests.demo.conftest import DAY, SIZE, make
from tests.demo.test_city import rows
from workstation.demo.casework import CHINA, Hold, Staff, Stopped, StoryBroken, Work
from workstation.demo.city import reached
from workstation.demo.population import Person, Population
from workstation.demo.wording import SOURCES
from workstation.services.services import Services
from workstation.store import audit, tables
from workstation.store.database import Database
from workstation.workflow.calendar import WorkCalendar
from workstation.workflow.case import State
from workstation.workflow.event import Actor, parse_instant
from workstation.workflow.handbook import Handbook

AROUND = {
    *(
        "coordinate",
        "escalate",
        "assign",
        "uphold",
        "withdraw_coordination",
        "rapid",
        "first_response",
        "settle",
    ),
    *(
        "mark_key",
        "progress",
        "supervise",
        "urge",
        "instruct",
        "reply",
        "visit",
        "report_up",
        "propose_void",
        "transfer",
    ),
    *(
        "dispatch_inside",
        "receive_inside",
        "feed_back_inside",
        "self_dispose",
        "split",
        "register_part",
        "merge",
        "absorb",
    ),
    *("ask_extension", "ask_suspension", "ask_return", "grant_extension", "grant_suspension", "grant_return"),
}
"""Moves beside the happy way."""

UNTIL = reached(DAY, datetime.now(UTC))


def test_every_state_is_there(town: Database) -> None:
    """Even the smallest city has a case in each state, with requests pending and a suspended one."""
    found = rows(town, tables.cases, "state", "pending", "suspended", "code")
    assert len(found) == SIZE["cases"]
    assert {state for state, *_ in found} == {s.value for s in State}
    assert {"return", "extension", "suspension", "void"} <= {pending for _, pending, *_ in found}
    assert any(suspended for _, _, suspended, _ in found)
    assert all(len(code) == 19 and code.isdigit() for *_, code in found)


def test_cases_go_the_ways_around(town: Database) -> None:
    """Even the smallest city has cases on each way around the happy one, under way and run through, for every panel to show."""
    kinds = {kind for (kind,) in rows(town, tables.case_event, "kind")}
    assert kinds >= AROUND
    names = ("coordinating", "directed", "key_case", "way", "inner_unit", "pending")
    opened = [row[1:] for row in rows(town, tables.cases, "open", *names) if row[0]]
    assert all(any(row[k] for row in opened) for k in range(len(names)))


def test_two_cases_tell_the_same_of_each_other(town: Database) -> None:
    """A case that was merged stands as a duplicate in the one that it was merged into, a part in the case that it is of."""
    docs = {case_id: json.loads(doc) for case_id, doc in rows(town, tables.cases, "id", "doc")}
    merged = {case_id: doc["merged_into"] for case_id, doc in docs.items() if doc.get("merged_into")}
    parts = {case_id: doc["parent"] for case_id, doc in docs.items() if doc.get("parent")}
    assert merged and all(case_id in docs[into]["duplicates"] for case_id, into in merged.items())
    assert parts and all(case_id in docs[whole]["children"] for case_id, whole in parts.items())


@pytest.mark.parametrize("name", [name for name in Handbook.available() if name != "national"])
def test_any_handbook_runs_the_city(name: str, tmp_path: Path) -> None:
    """The demo city is run by each handbook: its cases keep that edition and go its ways, and the database is in order."""
    city = make(tmp_path / "city.sqlite", handbook=name, grids=16, components=250)
    try:
        book = Handbook.named(name)
        kinds = {kind for (kind,) in rows(city, tables.case_event, "kind")}
        assert kinds <= {arrow.name for arrow in book.arrows}
        filed = {json.loads(doc)["handbook"] for (doc,) in rows(city, tables.cases, "doc")}
        assert filed == {book.id}
        assert ("approve_receipt" in kinds) == book.rules.leader_approves
        assert ("endorse_request" in kinds) == bool(book.rules.endorsed)
        assert ("rapid" in kinds) == (book.rapid is not None)
        warnings = any(kind == "warning" for (kind,) in rows(city, tables.cases, "kind"))
        assert warnings == any(item.kind == "warning" for item in book.classes)
        assert audit.check(city).clean
    finally:
        city.close()


def test_the_centre_has_its_papers(town: Database) -> None:
    """A meeting with decisions, operations with answers and one that is going on, and a shift that was handed over."""
    services = Services(town, now=lambda: UNTIL)
    (meeting,) = services.meetings.history()
    agenda = services.handbook.meetings[meeting.key].agenda
    assert meeting.decided and {item.topic for item in meeting.items} <= set(agenda)
    commander = services.people.actor(services.people.with_post("commander")[0].id, "commander")
    going, over = services.operations.all(commander)
    assert going.open and not over.open
    answers = services.operations.responses(over.id)
    assert answers and all(answer.minutes("in_place") for answer in answers)
    assert any(answer.answered_at is None for answer in services.operations.responses(going.id))
    leader = services.people.actor(services.people.with_post("shift_leader")[0].id, "shift_leader")
    (handover,) = services.handover.history(leader)
    assert handover.accepted_at is not None and handover.summary.sections["key"].count


def test_nothing_lies_in_the_future(town: Database) -> None:
    """No event is later than the present of the story, and a case's events follow one another in time."""
    last: dict[str, tuple[int, datetime]] = {}
    for case_id, seq, at in rows(town, tables.case_event, "case_id", "seq", "at"):
        instant = parse_instant(at)
        assert instant <= UNTIL
        before = last.get(case_id, (0, instant))
        assert seq == before[0] + 1 and instant >= before[1]
        last[case_id] = (seq, instant)


def test_lights_are_mostly_green(town: Database) -> None:
    """Of the open cases most are inside their limits today, and some are not."""
    due = [
        parse_instant(d) for is_open, d in rows(town, tables.cases, "open", "clock_due_at") if is_open and d
    ]
    red = sum(d < UNTIL for d in due)
    assert 0 < red < 0.4 * len(due)


def test_cases_are_where_they_say(town: Database) -> None:
    """A case lies in its grid; a component case names a component that is there, of its class; addresses name streets."""
    grids = dict(rows(town, tables.grid, "code", "geom"))
    components = dict(rows(town, tables.component, "code", "class_code"))
    streets = {name for (name,) in rows(town, tables.road, "name")}
    columns = ("state", "kind", "class_code", "component", "grid", "lon", "lat", "address", "description")
    for state, kind, class_code, component, grid, lon, lat, address, description in rows(
        town, tables.cases, *columns
    ):
        if lon is None:
            assert state == "rejected"  # an enquiry that was answered
            continue
        assert grids[grid].covers(shapely.Point(lon, lat))
        assert (kind == "component") == bool(component)
        assert not component or components[component] == class_code
        assert any(name in address for name in streets)
        assert description.startswith(address) and description.endswith("。")


def test_photographs_are_kept(town: Database) -> None:
    """Every photograph that a case names is in the store."""
    kept = {sha for (sha,) in rows(town, tables.photo, "sha256")}
    named = set()
    for (doc,) in rows(town, tables.cases, "doc"):
        named |= {p["sha256"] for p in json.loads(doc).get("photos", [])}
    assert named and named <= kept


def test_sources_are_the_handbooks() -> None:
    """The demo knows no source that the handbook does not."""
    assert {key for key, *_ in SOURCES} <= set(Handbook.national().sources)


def test_reached_is_the_days_morning() -> None:
    """A city for a day has reached half past ten; without a day it has reached now, to the full ten minutes."""
    assert reached(DAY, UNTIL).isoformat() == "2026-11-20T10:30:00+08:00"
    assert (
        reached(None, datetime(2026, 11, 20, 2, 47, 11, tzinfo=UTC)).isoformat()
        == "2026-11-20T10:40:00+08:00"
    )


@pytest.fixture
def staff() -> Staff:
    """One operator and nobody else."""
    people = [Person("P1", "王芳", "U1", "", ("operator",))]
    return Staff(Population([], people), WorkCalendar.named("china"), Handbook.national())


def _work(staff: Staff, hold: Hold | None = None) -> Work:
    start = datetime(2026, 11, 20, 8, 0, tzinfo=CHINA)
    return Work(staff, random.Random(1), "c1", start, UNTIL, hold)


ENQUIRY = {"code": "1", "source": "hotline_12319", "reason": "已答复。"}


def test_a_refused_step_is_told(staff: Staff) -> None:
    """A story that no longer fits the workflow fails loudly with the arrow; an optional step is passed over."""
    operator = staff.pick(random.Random(1), "operator")
    with pytest.raises(StoryBroken) as caught:
        _work(staff).do("close", operator)
    assert caught.value.arrow == "close" and caught.value.refusal.code == "no_case"
    assert not _work(staff).do("close", operator, optional=True)


def test_a_story_stops_at_the_present(staff: Staff) -> None:
    """A step that would lie in the future, or before which the story is to stand still, is not taken."""
    operator = staff.pick(random.Random(1), "operator")
    for work, after in ((_work(staff), 600.0), (_work(staff, Hold("", before="answer")), 0.0)):
        with pytest.raises(Stopped):
            work.do("answer", operator, after=after, **ENQUIRY)
        assert work.events == []
    held = _work(staff, Hold("answer", datetime(2026, 11, 20, 9, 0, tzinfo=CHINA)))
    with pytest.raises(Stopped):
        held.do("answer", operator, **ENQUIRY)
    assert held.events[0][0].at == datetime(2026, 11, 20, 9, 0, tzinfo=CHINA)


def test_people_come_to_work(staff: Staff) -> None:
    """At night the desk waits for the morning, a unit for the next working day; what is urgent waits for nobody."""
    night = datetime(2026, 11, 20, 23, 30, 5, tzinfo=CHINA)  # a Friday
    desk, unit = staff.at_work(night, "desk"), staff.at_work(night, "unit").astimezone(CHINA)
    assert (desk.day, desk.hour) == (21, 7) and (unit.day, unit.hour) == (23, 8)
    assert staff.at_work(night, "any") == night
    noon = datetime(2026, 11, 20, 10, 0, tzinfo=CHINA)
    assert staff.at_work(noon, "unit") == noon and staff.at_work(noon, "field") == noon
    assert staff.pick(random.Random(1), "operator", "U1") == Actor("P1", "王芳", "operator", "U1")
