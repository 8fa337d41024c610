"""The city's calendar: editions with history, import of a notice, and deadlines told again when it comes."""

from __future__ import annotations

import threading
import tomllib
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert

from tests.services.conftest import Clock, Desk
from workstation.services.cases import upkeep
from workstation.services.errors import NotFound, Refused
from workstation.services.services import Changes, Services
from workstation.store import tables
from workstation.workflow.calendar import CalendarError
from workstation.workflow.calendar_writer import write_calendar
from workstation.workflow.clock import ledger
from workstation.workflow.event import Actor
from workstation.workflow.notice import NoticeError

NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月30日（周六）、2月13日（周六）上班。
"""
"""A made-up notice for a year that has none."""


@pytest.fixture
def admin(desk: Desk) -> Actor:
    """Somebody who may edit the calendar."""
    with desk.services.db.write() as conn:
        conn.execute(insert(tables.person_post), [{"person_id": "op1", "post": "admin"}])
    return desk.services.people.actor("op1", "admin")


def _late_in_the_year(desk: Desk, clock: Clock) -> str:
    """A case of five working days that was dispatched in the last days of the year."""
    clock.instant = datetime(2026, 12, 29, 1, 0, tzinfo=UTC)
    case_id = desk.registered()
    desk.do("sl1", "file", case_id, kind="component", class_code="0101", condition="component/0101/4")
    desk.do("dis1", "dispatch", case_id, unit="U1")
    return case_id


def test_the_shipped_calendar_holds_until_the_city_makes_one(desk: Desk, admin: Actor) -> None:
    """An edition has its text, author, note and time; it is in force at once, and the shipped one stays in the history."""
    calendars = desk.services.calendars
    assert calendars.in_force().registered_at is None
    text = calendars.in_force().text.replace('"14:00-18:00"', '"14:00-17:30"')
    told: list[Changes] = []
    desk.services.subscribe(told.append)
    made = calendars.save(text, admin, "夏令作息")
    assert calendars.in_force() == made == calendars.history()[0] == calendars.get(made.id)
    assert (made.by, made.note, made.text) == (admin.person, "夏令作息", text)
    assert desk.services.calendar.ordinary_day == 7.5 * 3600 * 1_000_000
    assert [c.topics for c in told] == [frozenset({"calendar"})]
    assert len(calendars.history()) == 2
    with pytest.raises(NotFound):
        calendars.get("nothing")


def test_another_seat_follows(desk: Desk, admin: Actor) -> None:
    """A second seat on the same city has the new edition after it has asked what is new, and a third on opening."""
    other = Services(desk.services.db, now=desk.clock)
    text = desk.services.calendars.in_force().text.replace('"08:00-12:00"', '"08:30-12:00"')
    made = desk.services.calendars.save(text, admin)
    assert other.calendars.in_force().id != made.id
    changed = other.poll()
    assert changed is not None and "calendar" in changed.topics
    assert other.calendars.in_force().id == made.id
    assert Services(desk.services.db, now=desk.clock).calendars.in_force().id == made.id


def test_who_may_edit(desk: Desk, admin: Actor) -> None:
    """Only a post that may recompute deadlines makes editions, and only somebody who holds it."""
    calendars = desk.services.calendars
    text = calendars.in_force().text
    for actor, code in (
        (desk.actor("dis1"), "wrong_post"),
        (Actor("dis1", "x", "admin"), "not_your_post"),
    ):
        with pytest.raises(Refused) as refused:
            calendars.save(text, actor)
        assert refused.value.refusal.code == code
    assert calendars.may_edit(admin) and not calendars.may_edit(desk.actor("dis1"))
    assert len(calendars.history()) == 1


def test_nobody_overwrites_what_they_have_not_seen(desk: Desk, admin: Actor) -> None:
    """An edition made from one that no longer holds is refused, and nothing is written."""
    calendars = desk.services.calendars
    seen = calendars.in_force()
    calendars.save(seen.text + "\n", admin, seen=seen.id)
    with pytest.raises(Refused) as refused:
        calendars.save(seen.text + "\n\n", admin, seen=seen.id)
    assert refused.value.refusal.code == "calendar_changed"
    assert len(calendars.history()) == 2


def test_what_cannot_be_used_is_not_saved(desk: Desk, admin: Actor) -> None:
    """A text that is no calendar, and a notice that is none, change nothing."""
    calendars = desk.services.calendars
    with pytest.raises(CalendarError):
        calendars.save("[week", admin)
    with pytest.raises(NoticeError):
        calendars.import_notice("放假通知", admin)
    assert len(calendars.history()) == 1


def test_a_notice_moves_provisional_deadlines(desk: Desk, clock: Clock, admin: Actor) -> None:
    """When the year's notice comes, deadlines told without it move; it is told before and after which, from what to what."""
    sure = desk.dispatched()
    case_id = _late_in_the_year(desk, clock)
    before = desk.services.cases.get(case_id).clock("dispose")
    assert before is not None and before.due_at is not None and before.provisional
    calendars = desk.services.calendars
    text, notice = calendars.with_notice(calendars.in_force().text, NOTICE)
    assert notice.year == 2027 and tomllib.loads(text)["year"][-1]["year"] == 2027
    days = {c.day: (c.before.kind, c.after.kind) for c in calendars.changed_days(text)}
    assert len(days) == 3 + 7 + 2
    assert days[date(2027, 1, 1)] == ("work", "holiday") and days[date(2027, 1, 30)] == ("weekend", "make_up")
    foreseen = upkeep.moving(desk.services, calendars.check(text))
    assert desk.services.cases.get(case_id).clock("dispose") == before

    calendars.import_notice(NOTICE, admin)
    seen: list[tuple[int, int]] = []
    done = upkeep.recompute(desk.services, lambda at, of: seen.append((at, of)))
    assert done == foreseen and done.complete and done.looked == 2 and done.left == ()
    assert seen == [(2, 2)]
    after = desk.services.cases.get(case_id).clock("dispose")
    assert after is not None and after.due_at is not None and not after.provisional
    assert [(m.case_id, m.clock, m.before, m.after) for m in done.moved] == [
        (case_id, "dispose", before.due_at, after.due_at)
    ]
    assert after.due_at == desk.services.calendar.add_work(after.started_at, 5 * 480) > before.due_at
    event = desk.services.cases.history(case_id)[-1].event
    assert (event.kind, event.post) == ("recompute", "system")
    assert desk.services.cases.history(sure)[-1].event.kind == "dispatch"
    assert upkeep.recompute(desk.services).moved == ()


def test_what_is_paused_waits(desk: Desk, clock: Clock, admin: Actor) -> None:
    """A suspended case has no deadline to move; it is told by the calendar that holds when it goes on."""
    case_id = _late_in_the_year(desk, clock)
    desk.do("rec1", "receive", case_id)
    desk.do(
        "rec1", "ask_suspension", case_id, request_id="r", reason="待料", until="2027-03-01T00:00:00.000000Z"
    )
    desk.do("dis1", "grant_suspension", case_id, request_id="r")
    desk.services.calendars.import_notice(NOTICE, admin)
    assert upkeep.recompute(desk.services).moved == ()
    desk.do("dis1", "resume", case_id)
    run = desk.services.cases.get(case_id).clock("dispose")
    assert run is not None and not run.provisional


def test_it_can_be_cancelled_and_goes_on_later(desk: Desk, clock: Clock, admin: Actor) -> None:
    """Cancelled after the first case the second keeps its old deadline, until it is done again."""
    ids = [_late_in_the_year(desk, clock) for _ in range(2)]
    desk.services.calendars.import_notice(NOTICE, admin)
    stop = threading.Event()
    looks = iter([False, True])
    part = upkeep.recompute(desk.services, cancelled=lambda: stop.is_set() or next(looks))
    assert not part.complete and part.looked == 1 and len(part.moved) == 1
    rest = upkeep.recompute(desk.services)
    assert rest.complete and {m.case_id for m in (*part.moved, *rest.moved)} == set(ids)


def test_cases_that_cannot_be_told_again_are_named(
    desk: Desk, clock: Clock, admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case that ends between the look and the command is named as left, and the others are told."""
    case_id = _late_in_the_year(desk, clock)
    desk.services.calendars.import_notice(NOTICE, admin)
    real = desk.services.cases.get_many

    def stale(ids: list[str]) -> object:
        found = real(ids)
        desk.do("op1", "propose_void", case_id, request_id="v", reason="误报")
        desk.do("sl1", "grant_void", case_id, request_id="v")
        return found

    monkeypatch.setattr(desk.services.cases, "get_many", stale)
    done = upkeep.recompute(desk.services)
    assert done.left == (case_id,) and done.moved == ()


def test_what_the_program_writes_it_reads(desk: Desk) -> None:
    """The shipped calendar, written by the program, says the same."""
    text = desk.services.calendars.in_force().text
    assert tomllib.loads(write_calendar(tomllib.loads(text))) == tomllib.loads(text)
    assert desk.services.calendars.changed_days(write_calendar(tomllib.loads(text))) == []


def test_the_newest_holds_whatever_the_clocks_say(desk: Desk, clock: Clock, admin: Actor) -> None:
    """Two editions saved in one instant, or by a seat whose clock is behind: the one saved last is in force."""
    calendars = desk.services.calendars
    text = calendars.in_force().text
    for n, minutes in enumerate((0, 0, -60)):
        clock.forward(minutes)
        made = calendars.save(text + "\n" * n, admin)
        assert calendars.in_force() == calendars.history()[0] == made


def test_what_nobody_has_told_is_caught_up_with(desk: Desk, clock: Clock, admin: Actor) -> None:
    """A seat that finds an edition by which deadlines were not told tells them, once; so also after a stop in the middle."""
    case_id = _late_in_the_year(desk, clock)
    first = upkeep.catch_up(desk.services)
    assert first is not None and first.complete and first.moved == ()
    assert upkeep.catch_up(desk.services) is None
    desk.services.calendars.import_notice(NOTICE, admin)
    assert not upkeep.recompute(desk.services, cancelled=lambda: True).complete
    other = Services(desk.services.db, now=clock)
    assert upkeep.catch_up(other) is None, "the first seat may still be at it"
    clock.forward(11)
    done = upkeep.catch_up(other)
    assert done is not None and [m.case_id for m in done.moved] == [case_id]
    assert upkeep.catch_up(desk.services) is None
    with upkeep._CATCHING:
        desk.services.calendars.mark_told("another")
        assert upkeep.catch_up(desk.services) is None, "it is under way already"
    assert upkeep.catch_up(desk.services) is not None


def test_what_is_over_is_explained_by_the_calendar_of_its_time(
    desk: Desk, clock: Clock, admin: Actor
) -> None:
    """Shorter hours from today on do not make yesterday's work late: each instant has the calendar that held then."""
    calendars = desk.services.calendars
    before = clock.instant
    shipped = calendars.calendar
    clock.forward(60)
    calendars.save(calendars.in_force().text.replace('"14:00-18:00"', '"14:00-17:00"'), admin)
    shorter = calendars.calendar
    clock.forward(60)
    calendars.save(calendars.in_force().text.replace('"14:00-17:00"', '"14:00-16:00"'), admin)
    assert calendars.at(before) is shipped
    assert calendars.at(before + (clock.instant - before) * 0.75) is shorter
    assert calendars.at(clock.instant) is calendars.calendar is not shorter
    case_id = desk.closed()
    run = desk.services.cases.get(case_id).clock("dispose")
    assert run is not None and run.stopped_at is not None and run.due_at is not None
    calendars.save(calendars.in_force().text.replace('"08:00-12:00"', '"08:00-08:30"'), admin)
    told = ledger(run, calendars.at(run.stopped_at), clock.instant)
    assert told.due_at == run.due_at != ledger(run, calendars.calendar, clock.instant).due_at
