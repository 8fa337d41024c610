"""Lists: the right cases, each once, in order, page by page, on both stores; inboxes, markers."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests import handmade
from tests.conftest import BOTH, copied
from tests.services.conftest import Desk
from workstation.services.lists import paging
from workstation.services.lists.filter import SORTS, CaseFilter
from workstation.services.lists.lists import CaseRow, Key
from workstation.services.services import Services
from workstation.store.database import Database
from workstation.workflow.case import State

RULES: dict[str, tuple[CaseFilter, Callable[[CaseRow], bool]]] = {
    "all": (CaseFilter(), lambda row: True),
    "open": (CaseFilter(open=True), lambda row: row.open),
    "ended": (CaseFilter(open=False), lambda row: not row.open),
    "one state": (CaseFilter(states=(State.CLOSED,)), lambda row: row.state is State.CLOSED),
    "states": (
        CaseFilter(states=(State.CLOSED, State.FILED, State.WORKING)),
        lambda row: row.state in (State.CLOSED, State.FILED, State.WORKING),
    ),
    "kind": (CaseFilter(kind="event", open=True), lambda row: row.kind == "event" and row.open),
    "main class": (CaseFilter(class_code="01"), lambda row: row.class_code.startswith("01")),
    "emergency": (CaseFilter(emergency=True), lambda row: row.emergency),
    "late": (CaseFilter(disposed_in_time=False), lambda row: row.disposed_in_time is False),
    "text": (
        CaseFilter(text="路"),
        lambda row: "路" in row.address + row.description + row.class_name + row.code,
    ),
    "key": (CaseFilter(key_case=True), lambda row: row.key_case),
    "not key": (CaseFilter(key_case=False, open=True), lambda row: not row.key_case and row.open),
    "coordinating": (CaseFilter(coordinating=True), lambda row: row.coordinating),
    "directed": (CaseFilter(directed=True), lambda row: row.directed),
    "any way": (CaseFilter(way="any"), lambda row: row.way != ""),
    "rapid": (CaseFilter(way="rapid", open=False), lambda row: row.way == "rapid" and not row.open),
    "unsettled": (
        CaseFilter(way="first", settled=False),
        lambda row: row.way == "first" and row.settled_unit == "",
    ),
    "before a body": (
        CaseFilter(bodies=("centre", "government")),
        lambda row: row.body in ("centre", "government"),
    ),
    "inside": (
        CaseFilter(inner_states=("sent", "received"), open=True),
        lambda row: row.inner_state in ("sent", "received") and row.open,
    ),
    "not endorsed": (
        CaseFilter(pending="extension", endorsed=False),
        lambda row: row.pending == "extension" and not row.endorsed,
    ),
    "approved": (CaseFilter(approved=True), lambda row: row.approved),
    "to report up": (CaseFilter(to_report_up=True), lambda row: row.to_report_up),
    "wild text": (CaseFilter(text="%"), lambda row: "%" in row.address + row.description + row.class_name),
    "pending": (CaseFilter(pending="any"), lambda row: row.pending != ""),
}


def through(services: Services, wanted: CaseFilter, size: int) -> list[CaseRow]:
    """All rows, page by page."""
    out: list[CaseRow] = []
    after: Key | None = None
    while True:
        page = services.lists.page(wanted, after, size)
        assert len(page.rows) <= size
        out.extend(page.rows)
        after = page.next
        if after is None:
            return out


def key(row: CaseRow, sort: str) -> tuple[Any, str]:
    """What a row is sorted by, told from the row itself."""
    if sort == "deadline":
        return (row.clock_due_at is None, row.clock_due_at), row.id
    return (row.changed_at if sort == "changed" else row.code), row.id


@pytest.fixture(scope="module", params=BOTH)
def demo_town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Services over a demo city that all tests here look at and none changes."""
    for url in copied(request, tmp_path_factory.mktemp("lists"), "demo"):
        opened = Services.open(url)
        yield opened
        opened.close()


@pytest.fixture
def town(demo_town: Services) -> Services:
    """The demo city, where a test does not make its own."""
    return demo_town


@pytest.mark.parametrize("rule", RULES)
def test_pages_hold_what_the_filter_says_in_order(town: Services, rule: str) -> None:
    """In every sort the pages together hold each matching case once, in order, and counting agrees."""
    wanted, matches = RULES[rule]
    everything = through(town, CaseFilter(sort="code"), 1000)
    expected = {row.id for row in everything if matches(row)}
    for sort, (_, descending) in SORTS.items():
        rows = through(town, replace(wanted, sort=sort), 7)
        assert [row.id for row in rows] == [
            row.id for row in sorted(rows, key=lambda r: key(r, sort), reverse=descending)
        ]
        assert len(rows) == len({row.id for row in rows})
        assert {row.id for row in rows} == expected
    assert town.lists.count(wanted) == len(expected)


def asked_of(row: CaseRow) -> list[tuple[CaseFilter, Callable[[CaseRow], bool]]]:
    """Filters for what a row is like, each with what it means."""
    since = row.filed_at or row.changed_at
    return [
        (CaseFilter(unit=row.unit), lambda r: r.unit == row.unit),
        (CaseFilter(unit=row.unit, open=True), lambda r: r.unit == row.unit and r.open),
        (
            CaseFilter(grid=row.grid, class_code=row.class_code),
            lambda r: (r.grid, r.class_code) == (row.grid, row.class_code),
        ),
        (CaseFilter(class_code=row.class_code), lambda r: r.class_code == row.class_code),
        (
            CaseFilter(street=row.street, states=(row.state,)),
            lambda r: (r.street, r.state) == (row.street, row.state),
        ),
        (
            CaseFilter(period="filed_at", since=since),
            lambda r: r.filed_at is not None and r.filed_at >= since,
        ),
        (CaseFilter(period="filed_at", until=since), lambda r: r.filed_at is not None and r.filed_at < since),
    ]


def test_by_unit_grid_class_street_and_period(town: Services) -> None:
    """Filters whose value comes from the data give what looking at each row gives, in every sort."""
    everything = through(town, CaseFilter(sort="code"), 1000)
    for row in random.Random(7).sample([row for row in everything if row.unit and row.filed_at], 3):
        for wanted, matches in asked_of(row):
            for sort in SORTS:
                found = through(town, replace(wanted, sort=sort), 9)
                assert {r.id for r in found} == {r.id for r in everything if matches(r)}, (wanted, sort)


def test_a_filter_that_few_rows_pass_is_gathered(town: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where looking through the first rows does not give enough, the rest is found all the same."""
    monkeypatch.setattr(paging, "LOOKED_THROUGH", 3)
    monkeypatch.setattr(paging, "FEW", 0)
    everything = through(town, CaseFilter(sort="code"), 1000)
    grid = everything[0].grid
    for sort in SORTS:
        assert {row.id for row in through(town, CaseFilter(grid=grid, sort=sort), 2)} == {
            row.id for row in everything if row.grid == grid
        }


def test_rows_by_id_and_no_ids(town: Services) -> None:
    """A figure's cases are listed by their ids; no ids means no rows, not all."""
    some = [row.id for row in town.lists.page(CaseFilter(), None, 5).rows]
    assert [row.id for row in town.lists.rows([*reversed(some), "nowhere"])] == list(reversed(some))
    assert {row.id for row in town.lists.page(CaseFilter(ids=some)).rows} == set(some)
    assert town.lists.page(CaseFilter(ids=())).rows == []
    assert town.lists.count(CaseFilter(ids=())) == 0


def test_markers_are_the_open_cases_with_a_position(town: Services) -> None:
    """The map gets every open case, with the instants its colour is read from."""
    rows = {row.id: row for row in through(town, CaseFilter(open=True), 50)}
    markers = town.lists.markers()
    assert {marker.id for marker in markers} == {row.id for row in rows.values() if row.lon is not None}
    for marker in markers:
        row = rows[marker.id]
        assert (
            marker.state,
            marker.clock_due_at,
            marker.clock_yellow_at,
            marker.suspended,
            marker.emergency,
        ) == (
            row.state,
            row.clock_due_at,
            row.clock_yellow_at,
            row.suspended,
            row.emergency,
        )


class TestInbox:
    """What waits for whom, in the city made by hand."""

    @pytest.fixture
    def town(self, store: Database, clock: Any) -> Services:
        """Services over the city made by hand."""
        handmade.fill(store)
        return Services(store, now=clock)

    def waiting(self, desk: Desk, person: str) -> set[str]:
        """The ids in a person's inbox; counting agrees."""
        wanted = desk.services.lists.inbox(desk.actor(person))
        rows = desk.services.lists.page(wanted).rows
        assert desk.services.lists.count(wanted) == len(rows)
        return {row.id for row in rows}

    def test_a_case_waits_for_one_post_after_the_other(self, desk: Desk) -> None:
        """Along the loop a case is in the inbox of whose move is next, and only there."""
        people = ("op1", "sl1", "dis1", "rec1", "rec2", "col1", "col2")

        def waits() -> set[str]:
            return {person for person in people if case_id in self.waiting(desk, person)}

        case_id = desk.registered(source="hotline_12319")
        assert waits() == {"op1"}
        desk.do("op1", "send_check", case_id, to="col1")
        assert waits() == {"col1"}
        desk.do("col1", "checked", case_id, result="true_report")
        assert waits() == {"sl1"}
        desk.do("sl1", "file", case_id, kind="component", class_code="0101", condition="component/0101/3")
        assert waits() == {"dis1"}
        desk.do("dis1", "dispatch", case_id, unit="U1")
        assert waits() == {"rec1"}
        desk.do("rec1", "receive", case_id)
        assert waits() == {"rec1"}
        desk.do("rec1", "feed_back", case_id, note="好了")
        assert waits() == {"op1"}
        desk.do("op1", "send_verify", case_id, to="col2")
        assert waits() == {"col2"}
        desk.do("col2", "verified", case_id, result="pass")
        assert waits() == {"sl1"}
        desk.do("sl1", "close", case_id)
        assert waits() == set()

    def test_a_patrol_report_waits_for_filing(self, desk: Desk) -> None:
        """What a collector reported needs no check: it waits for the shift leader."""
        case_id = desk.registered(source="collector")
        assert case_id in self.waiting(desk, "sl1")
        assert case_id not in self.waiting(desk, "op1")

    def test_a_request_waits_for_who_answers_it(self, desk: Desk) -> None:
        """A unit's request to return the case is in the dispatcher's inbox until it is answered."""
        case_id = desk.dispatched()
        desk.do("rec1", "receive", case_id)
        desk.do("rec1", "ask_return", case_id, request_id="r1", reason="不属我单位", suggested_unit="U2")
        assert case_id in self.waiting(desk, "dis1")
        desk.do("dis1", "refuse_request", case_id, request_id="r1", reason="属你单位")
        assert case_id not in self.waiting(desk, "dis1")

    def test_a_cooperating_unit_sees_the_case(self, desk: Desk) -> None:
        """A case sent to one unit with another cooperating is in both inboxes, once."""
        case_id = desk.filed()
        desk.do("dis1", "dispatch", case_id, unit="U1", cooperating=["U2"])
        assert case_id in self.waiting(desk, "rec1") & self.waiting(desk, "rec2")
        desk.do("dis1", "recall", case_id)
        assert case_id not in self.waiting(desk, "rec1") | self.waiting(desk, "rec2")

    def test_the_commander_sees_what_is_late_or_urgent(self, desk: Desk) -> None:
        """A case past its deadline, and an emergency, are in the commander's inbox; evaluators have none."""
        late, urgent = desk.dispatched(), desk.filed()
        assert self.waiting(desk, "com1") == set()
        desk.clock.instant += timedelta(days=30)
        fresh = desk.registered()
        assert {late, urgent} <= self.waiting(desk, "com1")
        assert fresh not in self.waiting(desk, "com1")
        assert self.waiting(desk, "eva1") == set()
