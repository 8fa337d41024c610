"""Each post does its own work through the program, connected as its own role: what is closed is not closed to them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from PIL import Image

from tests import handmade
from tests.server.seats import STAFF, Seats
from workstation.services.cases.cases import Done
from workstation.services.errors import NotFound, Refused
from workstation.services.lists.filter import CaseFilter
from workstation.services.services import Services, utc_now
from workstation.workflow.event import Actor, Command

pytestmark = pytest.mark.postgis

CASE = {
    **{"kind": "component", "class_code": "0101", "source": "collector", "description": "井盖缺失"},
    **{"address": "南门大街1号", "lon": handmade.WEST + 0.001, "lat": handmade.SOUTH + 0.001},
    **{"grid": handmade.GRID_WEST, "area_class": "core", "component": handmade.MANHOLE},
}


class Everybody:
    """The services of each person, opened when they are first asked for."""

    def __init__(self, seats: Seats) -> None:
        self._seats = seats
        self._open: dict[str, Services] = {}

    def __getitem__(self, person: str) -> Services:
        if person not in self._open:
            self._open[person] = self._seats.services(person)
        return self._open[person]

    def actor(self, person: str) -> Actor:
        """The person in their post."""
        return self[person].people.actor(person, STAFF[person][0])

    def do(self, person: str, name: str, case_id: str, **data: Any) -> Done:
        """One command by the person."""
        cases = self[person].cases
        return cases.execute(Command(name, case_id, cases.new_command_id(), data), self.actor(person))

    def close(self) -> None:
        """End all of them."""
        for services in self._open.values():
            services.close()


@pytest.fixture(scope="module")
def people(seats: Seats) -> Iterator[Everybody]:
    """Everybody at their seat."""
    made = Everybody(seats)
    yield made
    made.close()


def refused(code: str, call: Callable[[], Any]) -> None:
    """The call is refused with the code."""
    with pytest.raises((Refused, NotFound)) as caught:
        call()
    found = caught.value
    assert (found.refusal.code if isinstance(found, Refused) else found.code) == code


def test_a_case_goes_round_the_loop(people: Everybody) -> None:
    """Registered, filed, dispatched, done, verified and closed, each step by the role whose step it is."""
    case = people["op1"].cases.new_case_id()
    people.do("op1", "register", case, **CASE)
    people.do("sl1", "file", case, kind="component", class_code="0101", condition="component/0101/3")
    people.do("dis1", "dispatch", case, unit="U1")
    people.do("rec1", "receive", case)
    people.do("rec1", "feed_back", case, note="已更换")
    people.do("op1", "send_verify", case, to="col1")
    people.do("col1", "verified", case, result="pass")
    done = people.do("sl1", "close", case)
    assert not done.case.open
    assert [item.event.actor for item in people["com1"].cases.history(case)] == [
        *("op1", "sl1", "dis1", "rec1", "rec1", "op1", "col1", "sl1")
    ]


def test_others_do_not_see_what_is_not_theirs(people: Everybody) -> None:
    """A unit's people find their unit's case in their list and another unit's nowhere."""
    case = people["op1"].cases.new_case_id()
    people.do("op1", "register", case, **CASE)
    people.do("sl1", "file", case, kind="component", class_code="0101", condition="component/0101/3")
    people.do("dis1", "dispatch", case, unit="U2")
    for person, sees in (("rec2", True), ("rec1", False), ("st1", True), ("recw", False), ("eva1", True)):
        listed = {
            row.id for row in people[person].lists.seen_by(people.actor(person)).page(CaseFilter()).rows
        }
        assert (case in listed) is sees, person
        assert bool(people[person].cases.get_many([case])) is sees, person
    refused("not_yours", lambda: people.do("rec1", "receive", case))


def test_the_centres_day(people: Everybody) -> None:
    """A shift is handed over and taken over, a meeting held, an operation led and answered, a contact entered."""
    handed = people["dis1"].handover.hand_over(people.actor("dis1"), "交班")
    assert handed.accepted_at is None
    held = people["sl1"].meetings.hold(next(iter(people["sl1"].handbook.meetings)), people.actor("sl1"))
    assert people["sl1"].meetings.close(held.id, people.actor("sl1"), "散会").state == "closed"
    ordered = people["com1"].operations.open("防汛", "weather", ["U1"], people.actor("com1"), order="到岗")
    people["rec1"].operations.respond(ordered.id, 1, "U1", "accepted", people.actor("rec1"))
    assert [event.kind for event in people["com1"].operations.events(ordered.id)] == ["order", "accepted"]
    assert not people["com1"].operations.close(ordered.id, people.actor("com1")).open
    people["rec1"].units.set_contact("U1", "head", "王主任", "1", people.actor("rec1"))
    assert next(u for u in people["op1"].units.all() if u.code == "U1").head == "王主任"


def test_texts_of_the_city(people: Everybody) -> None:
    """A draft of the handbook is written by one, approved by another, and gives posts their rights from its own words."""
    by, commander = people.actor("adm1"), people.actor("com1")
    books = people["adm1"].handbooks
    draft = books.draft("", by, "缩短时限")
    draft = books.save(draft.id, draft.texts, by, draft.seen)
    books.submit(draft.id, by)
    today = utc_now().date() + timedelta(days=2)
    approved = people["com1"].handbooks.approve(draft.id, "人民政府", today, commander)
    assert approved.status == "approved"
    calendars = people["adm1"].calendars
    saved = calendars.save(calendars.in_force().text, by, "核对")
    assert calendars.claim(saved.id)
    calendars.mark_told(saved.id)
    assert (saved.by, calendars.told()) == ("adm1", True)


def test_photographs(people: Everybody) -> None:
    """A photograph is kept by whoever takes one, and seen by others."""
    made = io.BytesIO()
    Image.new("RGB", (32, 32), "red").save(made, "JPEG")
    info = people["col1"].photos.add(made.getvalue(), "a.jpg")
    assert people["eva1"].photos.content(info.sha256) == made.getvalue()


def test_posts_are_given_by_another(seats: Seats, people: Everybody) -> None:
    """Who keeps the register gives and takes posts, never their own, never two hands; who sees every case follows."""
    staff, admin = people["adm1"].people, people.actor("adm1")
    tried = "SELECT count(*) FROM attempt WHERE what LIKE 'person %'"
    noted = seats.one(tried)
    whole = f"SELECT pg_has_role('{seats.tokens['rec1'][0]}', '{seats.made.prepared.roles.whole}', 'MEMBER')"
    assert seats.one(whole) is False
    staff.grant("rec1", "gis", admin)
    assert seats.one(whole) is True
    assert "gis" in staff.posts_of("rec1")
    staff.revoke("rec1", "gis", admin)
    assert seats.one(whole) is False
    refused("two_hands", lambda: staff.grant("rec1", "operator", admin))
    refused("oneself", lambda: staff.grant("adm1", "commander", admin))
    refused("not_your_staff", lambda: people["op1"].people.grant("col1", "gis", people.actor("op1")))
    staff.set_certified("col1", date(2030, 1, 1), admin)
    people["sl1"].people.stop("col2", "违规", people.actor("sl1"))
    assert [change.by for change in staff.changes("rec1")][-2:] == ["adm1", "adm1"]
    assert seats.one(tried) == noted + 3
