"""Levels: whatever is asked, and through whichever door, nobody is shown a case that their post and unit do not see."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.conftest import Desk
from workstation.services.cases.scope import Scope, case_for, history_for, scope_of, sees
from workstation.services.errors import NotFound
from workstation.services.lists import paging
from workstation.services.lists.filter import SORTS, CaseFilter
from workstation.services.services import Services
from workstation.workflow.case import Case, State
from workstation.workflow.event import Actor

POSTS = ("district_dispatcher", "street_terminal", "community_terminal", "receiver", "unit_leader")


@pytest.fixture(scope="module")
def city(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A demo city to be read only."""
    path = tmp_path_factory.mktemp("levels") / "city.sqlite"
    shutil.copyfile(demo_file, path)
    services = Services.open(str(path))
    yield services
    services.close()


def below(services: Services, unit: str) -> set[str]:
    """The unit and those below it, found by climbing from each."""
    parents = {item.code: item.parent for item in services.units.all()}
    found = set()
    for code in parents:
        climbed, at = [code], code
        while at != unit and parents.get(at):
            at = parents[at]
            climbed.append(at)
        if at == unit:
            found.add(code)
    return found


def oracle(services: Services, actor: Actor, case: Case) -> bool:
    """Whether the actor sees the case, said as simply as can be."""
    level = services.handbook.posts[actor.post].level
    if level in ("centre", "field"):
        return True
    units = below(services, actor.unit)
    if any(order is not None and order.unit in units for order in (case.lead, case.inner, *case.cooperating)):
        return True
    if level in ("street", "community"):
        division = next(item.division for item in services.units.all() if item.code == actor.unit)
        return any(
            grid.code == case.grid and division in (grid.street_code, grid.community_code)
            for grid in services.places.grids()
        )
    return False


@pytest.fixture(scope="module")
def seats(city: Services) -> list[tuple[Actor, frozenset[str]]]:
    """Somebody of every unit in every post bound to one, with the cases that they may see."""
    cases = city.cases.get_many([row.id for row in city.lists.page(CaseFilter(), None, 1000).rows])
    found: dict[tuple[str, str], Actor] = {}
    for post in POSTS:
        for person in city.people.with_post(post):
            found.setdefault((post, person.unit), city.people.actor(person.id, post))
    return [
        (actor, frozenset(case.id for case in cases if oracle(city, actor, case))) for actor in found.values()
    ]


flags = st.sampled_from((None, True, False))
filters = st.builds(
    CaseFilter,
    states=st.frozensets(st.sampled_from(tuple(State)), max_size=3),
    open=flags,
    text=st.sampled_from(("", "", "路", "街道")),
    kind=st.sampled_from(("", "component", "event")),
    class_code=st.sampled_from(("", "", "01", "0101")),
    pending=st.sampled_from(("", "", "any", "extension")),
    emergency=flags,
    key_case=flags,
    coordinating=st.sampled_from((None, False)),
    way=st.sampled_from(("", "", "any")),
    light=st.sampled_from(("", "", "red", "green")),
    sort=st.sampled_from(tuple(SORTS)),
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
@pytest.mark.article("TY-4-LEVELS")
@pytest.mark.article("TY-3-TERMINALS")
def test_no_door_shows_what_is_not_seen(
    city: Services, seats: list[tuple[Actor, frozenset[str]]], data: st.DataObject
) -> None:
    """Any filter, order, page size and way of searching: rows, numbers and places are those of the cases seen."""
    actor, mine = data.draw(st.sampled_from(seats))
    asked = data.draw(filters)
    if data.draw(st.booleans()):
        asked = replace(asked, states=(), open=None, any_of=tuple(data.draw(st.lists(filters, max_size=3))))
    unit = data.draw(st.sampled_from(("", "", "", actor.unit, "329911D01")))
    if unit:
        how = data.draw(st.sampled_from(("unit", "within", "cooperator", "inner_unit")))
        asked = replace(asked, **{how: unit})
    lists = city.lists.seen_by(actor)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "FEW", data.draw(st.sampled_from((0, 5, 1500))))
        patch.setattr(paging, "LOOKED_THROUGH", data.draw(st.sampled_from((3, 20, 4000))))
        size = data.draw(st.sampled_from((2, 7, 100)))
        everyone = {row.id for row in city.lists.page(asked, None, 1000).rows}
        found: list[str] = []
        page = lists.page(asked, None, size)
        while True:
            found += [row.id for row in page.rows]
            if page.next is None:
                break
            page = lists.page(asked, page.next, size)
        assert sorted(found) == sorted(everyone & mine)
        assert lists.count(asked) == len(found)
        key = lists.key_at(asked, len(found) // 2)
        assert (key[1] if key else None) == (found[len(found) // 2] if found else None)
        assert lists.key_at(asked, len(found)) is None


@pytest.mark.article("TY-4-LEVELS")
def test_the_other_doors_are_closed_too(city: Services, seats: list[tuple[Actor, frozenset[str]]]) -> None:
    """Rows by id, the map, the inbox, the case itself, its history, the cases nearby and the loads: the same part."""
    everything = [row.id for row in city.lists.page(CaseFilter(), None, 1000).rows]
    placed = {marker.id: marker for marker in city.lists.markers()}
    for actor, mine in seats:
        lists = city.lists.seen_by(actor)
        assert {row.id for row in lists.rows(everything)} == mine
        assert {marker.id for marker in lists.markers()} == mine & placed.keys()
        assert {row.id for row in lists.page(lists.inbox(actor), None, 1000).rows} <= mine
        scope = scope_of(city, actor)
        assert scope is not None
        assert set(city.units.loads(actor)) <= scope.units
        for case_id in everything[::7]:
            case = city.cases.get(case_id)
            assert sees(city, actor, case) == (case_id in mine)
            if case_id in mine:
                assert case_for(city, case_id, actor) == case
                assert history_for(city, case_id, actor) == city.cases.history(case_id)
            else:
                (preview,) = city.cases.preview("receive", [case_id], {}, actor)
                assert preview.refusal is not None and preview.before is None and preview.after is None
                for door in (case_for, history_for):
                    with pytest.raises(NotFound) as caught:
                        door(city, case_id, actor)
                    assert caught.value.code == "not_yours"
    for marker in list(placed.values())[::9]:
        for actor, mine in seats[::5]:
            near = city.places.nearby_cases(
                marker.lon, marker.lat, metres=500.0, hours=9999.0, seen=scope_of(city, actor)
            )
            assert {row.id for row in near} <= mine


def test_every_part_is_somebodys(city: Services, seats: list[tuple[Actor, frozenset[str]]]) -> None:
    """The test above is about something: parts are not empty and differ, and a district's holds its streets'."""
    by_unit = {(actor.post, actor.unit): mine for actor, mine in seats}
    assert len({mine for _, mine in seats}) > 5
    units = {unit.code: unit for unit in city.units.all()}
    for (post, unit), mine in by_unit.items():
        if post == "receiver" and units[unit].kind == "street":
            assert mine <= by_unit["district_dispatcher", units[unit].parent]
            assert mine <= by_unit["street_terminal", unit]


@pytest.mark.article("TY-3-TERMINALS")
def test_a_terminal_sees_what_lies_in_its_division(desk: Desk) -> None:
    """A community's terminal sees the cases of its own grids before anybody disposes of them, and no others."""
    services = desk.services
    west = desk.registered()
    east = desk.registered(grid="32991100100102", lon=119.939)
    for person, expected in (("ct1", {west}), ("st1", {west, east}), ("recs", set())):
        rows = services.lists.seen_by(desk.actor(person)).page(CaseFilter()).rows
        assert {row.id for row in rows} == expected


@pytest.mark.article("TZ-10-REDISPATCH")
def test_a_case_sent_on_inside_is_seen_by_both(desk: Desk) -> None:
    """What the city sent the district and the district its street is the part of both, and of the district to the end."""
    services = desk.services
    case_id = desk.dispatched("D")
    seen = {person: services.lists.seen_by(desk.actor(person)) for person in ("dd1", "recs", "rec1", "ct1")}
    assert [person for person, lists in seen.items() if lists.count(CaseFilter())] == ["dd1", "ct1"]
    desk.do("dd1", "receive", case_id)
    desk.do("dd1", "dispatch_inside", case_id, unit="S1", requirement="今日办结")
    assert [person for person, lists in seen.items() if lists.count(CaseFilter())] == ["dd1", "recs", "ct1"]
    assert services.units.loads() == {"D": services.units.loads()["S1"], "S1": services.units.loads()["S1"]}
    assert set(services.units.loads(desk.actor("recs"))) == {"S1"}


def test_a_tree_that_turns_in_a_circle_ends(desk: Desk) -> None:
    """Two units that each stand above the other (a faulty import) are one part, and nothing hangs."""
    with desk.services.db.write() as conn:
        conn.exec_driver_sql("UPDATE unit SET parent = 'S1' WHERE code = 'D'")
    assert desk.services.units.subtree("D") == {"D", "S1", "K1"}


def test_an_empty_part_is_nothing() -> None:
    """A part without units and grids holds no case."""
    assert not Scope().sees(Case("a", 1, State.REPORTED))
