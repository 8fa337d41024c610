"""Who sees which cases: a unit its own everywhere, the centre all; and who is told who reported them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import workstation
from tests import handmade
from tests.services.conftest import Desk
from workstation.services.cases.scope import case_for, sees, sees_all, sees_reporter
from workstation.services.errors import NotFound
from workstation.services.lists.filter import SORTS, CaseFilter
from workstation.workflow.case import State
from workstation.workflow.event import Actor

FILTERS = {
    "all": CaseFilter(),
    "open": CaseFilter(open=True),
    "states": CaseFilter(states=(State.DISPATCHED, State.RECEIVED)),
    "words": CaseFilter(text="南门大街"),
    "class": CaseFilter(class_code="0101"),
    "grid": CaseFilter(grid=handmade.GRID_WEST),
    "other unit": CaseFilter(unit="U2"),
    "other unit and cooperating": CaseFilter(unit="U2", cooperating=True),
    "alternatives": CaseFilter(any_of=(CaseFilter(states=(State.DISPATCHED,)), CaseFilter(kind="component"))),
    "pending": CaseFilter(pending="extension"),
    "any pending": CaseFilter(pending="any"),
}


@pytest.fixture
def cases(desk: Desk) -> dict[str, str]:
    """One case led by U1, one by U2 alone, one by U2 with U1 cooperating, and one that is nobody's yet."""
    made = {
        "own": desk.dispatched("U1"),
        "other": desk.dispatched("U2"),
        "shared": desk.filed(),
        "nobody": desk.registered(),
    }
    desk.do("dis1", "dispatch", made["shared"], unit="U2", cooperating=["U1"])
    for person, name in (("rec1", "own"), ("rec2", "other"), ("rec2", "shared")):
        desk.do(person, "receive", made[name])
        desk.do(person, "ask_extension", made[name], request_id=f"r-{name}", reason="缺配件", amount=1.0)
    return made


@pytest.mark.parametrize("person", ["rec1", "lead1"])
def test_a_units_people_list_count_and_map_their_own_only(
    desk: Desk, cases: dict[str, str], person: str
) -> None:
    """Whatever is asked, in every order: rows, number, places in the list, rows by id and markers are the unit's."""
    lists = desk.services.lists.seen_by(desk.actor(person))
    mine = {cases["own"], cases["shared"]}
    for name, wanted in FILTERS.items():
        for sort in SORTS:
            asked = CaseFilter(
                **{f: getattr(wanted, f) for f in CaseFilter.__dataclass_fields__} | {"sort": sort}
            )
            everyone = {row.id for row in desk.services.lists.page(asked).rows}
            found = [row.id for row in lists.page(asked).rows]
            assert sorted(found) == sorted(everyone & mine), (name, sort)
            assert lists.count(asked) == len(found)
            assert lists.key_at(asked, len(found)) is None
    everything = list(cases.values())
    assert {row.id for row in lists.page(CaseFilter(ids=everything)).rows} == mine
    assert {row.id for row in lists.rows(everything)} == mine
    assert {marker.id for marker in lists.markers()} == mine
    assert {marker.id for marker in desk.services.lists.markers()} == set(everything)


def test_the_centre_sees_every_case(desk: Desk, cases: dict[str, str]) -> None:
    """Operator, shift leader, dispatcher, evaluator and commander see all, and open all."""
    for person in ("op1", "sl1", "dis1", "eva1", "com1"):
        lists = desk.services.lists.seen_by(desk.actor(person))
        assert lists.count(CaseFilter()) == len(cases) == len(lists.markers())
        assert all(case_for(desk.services, id_, desk.actor(person)).id == id_ for id_ in cases.values())


def test_a_unit_opens_no_other_units_case(desk: Desk, cases: dict[str, str]) -> None:
    """By its id the case of another unit is refused, with a code of its own; one's own is given."""
    actor = desk.actor("rec1")
    assert case_for(desk.services, cases["shared"], actor).id == cases["shared"]
    for name in ("other", "nobody"):
        with pytest.raises(NotFound) as caught:
            case_for(desk.services, cases[name], actor)
        assert caught.value.code == "not_yours"
    with pytest.raises(NotFound) as caught:
        case_for(desk.services, "none", actor)
    assert caught.value.code == "no_such_case"


def test_a_units_post_without_a_unit_sees_nothing(desk: Desk, cases: dict[str, str]) -> None:
    """A person who is entered wrongly, or whose post the handbook does not know, is not shown everything."""
    for actor in (Actor("x", "某人", "receiver", ""), Actor("x", "某人", "no_such_post", "")):
        lists = desk.services.lists.seen_by(actor)
        assert (
            lists.count(CaseFilter()) == 0
            and lists.markers() == []
            and lists.rows(list(cases.values())) == []
        )
        assert not sees(desk.services, actor, desk.services.cases.get(cases["nobody"]))


def test_the_handbooks_levels_say_who_sees_what(desk: Desk) -> None:
    """Of the national handbook's posts those of units are bound to their unit; two see who reported."""
    handbook = desk.services.handbook
    bound = {post for post in handbook.posts if not sees_all(Actor("x", "某人", post, "U1"), handbook)}
    levels = {handbook.posts[post].level for post in bound}
    assert {"receiver", "unit_leader"} <= bound
    assert levels <= {"district", "street", "community", "unit"}
    told = {post for post in handbook.posts if sees_reporter(Actor("x", "某人", post, "U1"), handbook)}
    assert told == {"operator", "shift_leader"}


def test_the_interface_reads_lists_only_as_somebody() -> None:
    """No file of the interface takes the lists without saying who looks."""
    root = Path(workstation.__file__).parent
    unbound = re.compile(r"(?<!workstation\.)services\.lists\b(?!\.seen_by\()")
    files = [path for part in ("shell", "panels", "map") for path in (root / part).rglob("*.py")]
    assert len(files) > 100
    said = {path: re.sub(r"(?m)^\s*from .*$", "", path.read_text(encoding="utf-8")) for path in files}
    assert [path.name for path, words in said.items() if unbound.search(words)] == []
