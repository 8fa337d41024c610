"""Commands that hold together: mergers and divisions are done whole or not at all, and what they name must fit."""

from __future__ import annotations

import pytest

from tests.services.conftest import Desk
from workstation.services.cases.cases import Done
from workstation.services.errors import Conflict, Refused
from workstation.services.lists.filter import CaseFilter
from workstation.store import audit
from workstation.workflow.case import State
from workstation.workflow.event import Command


def events(desk: Desk) -> int:
    """How many events there are in the city."""
    with desk.services.db.read() as conn:
        return int(conn.exec_driver_sql("SELECT count(*) FROM case_event").scalar_one())


def command(desk: Desk, name: str, case_id: str, **data: object) -> Command:
    """A command with an id of its own."""
    return Command(name, case_id, desk.services.cases.new_command_id(), data)


def refused(desk: Desk, person: str, name: str, case_id: str, **data: object) -> str:
    """The code with which the step is refused; nothing is written."""
    before = events(desk)
    with pytest.raises(Refused) as caught:
        desk.do(person, name, case_id, **data)
    assert events(desk) == before
    return caught.value.refusal.code


def test_all_or_nothing(desk: Desk) -> None:
    """Of three commands the last is refused: none is done, nobody is told; then all are, each seeing the ones before."""
    cases = desk.services.cases
    told: list[frozenset[str]] = []
    desk.services.subscribe(lambda changes: told.append(changes.cases))
    one, two = desk.filed(), desk.filed()
    told.clear()
    before = events(desk)
    steps = [command(desk, "dispatch", one, unit="U1"), command(desk, "dispatch", two, unit="U1")]
    with pytest.raises(Refused):
        cases.execute_together([*steps, command(desk, "dispatch", one, unit="U2")], desk.actor("dis1"))
    assert events(desk) == before and told == []
    assert cases.get(one).state is State.FILED
    recall = command(desk, "recall", one)
    done = cases.execute_together([*steps, recall], desk.actor("dis1"))
    assert [d.event.kind for d in done] == ["dispatch", "dispatch", "recall"]
    assert cases.get(one).state is State.FILED and cases.get(two).state is State.DISPATCHED
    assert told == [frozenset({one, two})]
    again = cases.execute_together([*steps, recall], desk.actor("dis1"))
    assert [d.event for d in again] == [d.event for d in done] and len(told) == 1


def test_a_case_that_has_moved_on_stops_all(desk: Desk) -> None:
    """One command looked at an older state: a conflict, and none is done."""
    one, two = desk.filed(), desk.filed()
    old = Command("dispatch", two, "c-old", {"unit": "U1"}, expected_seq=1)
    with pytest.raises(Conflict):
        desk.services.cases.execute_together(
            [command(desk, "dispatch", one, unit="U1"), old], desk.actor("dis1")
        )
    assert desk.services.cases.get(one).state is State.FILED


def test_a_merger_has_two_halves(desk: Desk) -> None:
    """The duplicate ends and the case that stays takes note of it, in one step, however it is sent."""
    cases = desk.services.cases
    stays, first, second, third = desk.registered(), desk.registered(), desk.registered(), desk.registered()
    merged, absorbed = cases.merge(first, stays, "同一井盖", desk.actor("op1"))
    assert (merged.case.state, merged.case.merged_into) == (State.MERGED, stays)
    assert absorbed.case.duplicates == (first,)
    desk.do("op1", "merge", second, into=stays, reason="同一井盖")
    assert cases.get(stays).duplicates == (first, second)
    (done,) = cases.execute_many(
        [command(desk, "merge", third, into=stays, reason="同一")], desk.actor("op1")
    )
    assert isinstance(done, Done) and cases.get(stays).duplicates == (first, second, third)


def test_half_a_merger_is_refused(desk: Desk) -> None:
    """Nobody enters a duplicate that was not merged, nor merges into what has ended."""
    one, other, ended = desk.registered(), desk.registered(), desk.closed()
    assert refused(desk, "op1", "absorb", one, duplicate=other) == "stands_alone"
    assert refused(desk, "op1", "merge", one, into=ended, reason="同一") == "into_unknown"
    desk.do("op1", "merge", other, into=one, reason="同一")
    third = desk.registered()
    assert refused(desk, "op1", "absorb", third, duplicate=other) == "stands_alone"


def test_a_case_is_divided(desk: Desk) -> None:
    """Each part is a case of its own with what the whole has, unless it says otherwise; the whole knows its parts."""
    whole = desk.filed()
    divided, first, second = desk.services.cases.split(
        whole,
        [{"description": "井盖缺失"}, {"description": "路面塌陷", "class_code": "0102"}],
        desk.actor("dis1"),
        reason="分属两家",
    )
    assert divided.case.children == (first.case.id, second.case.id)
    for part in (first.case, second.case):
        assert (part.parent, part.state) == (whole, State.REGISTERED)
        assert (part.grid, part.address) == (divided.case.grid, divided.case.address)
    assert (first.case.class_code, second.case.class_code) == ("0101", "0102")
    assert len({divided.case.code, first.case.code, second.case.code}) == 3
    rows = desk.services.lists.page(CaseFilter(parent=whole)).rows
    assert {row.id for row in rows} == set(divided.case.children)
    assert audit.check(desk.services.db).clean


def test_a_divided_case_waits_for_its_parts(desk: Desk) -> None:
    """It is closed only when no part is open: until then the refusal says how many are."""
    whole = desk.dispatched()
    _, part = desk.services.cases.split(whole, [{}], desk.actor("dis1"))
    desk.do("rec1", "receive", whole)
    desk.do("rec1", "feed_back", whole, note="好了")
    desk.do("op1", "send_verify", whole, to="col1")
    desk.do("col1", "verified", whole, result="pass")
    (preview,) = desk.services.cases.preview("close", [whole], {}, desk.actor("sl1"))
    assert preview.refusal is not None and preview.refusal.code == "children_open"
    assert refused(desk, "sl1", "close", whole) == "children_open"
    desk.do("sl1", "transfer", part.case.id, to="执法大队", reason="涉嫌盗窃")
    desk.do("sl1", "close", whole)


def test_half_a_division_is_refused(desk: Desk) -> None:
    """A part without its whole, a whole with parts that are not there, and a part that is refused: nothing is written."""
    whole = desk.filed()
    fields = {
        "kind": "component", "source": "collector", "description": "x", "address": "y", "lon": 119.931, "lat": 32.461,
    }  # fmt: skip
    lone = desk.services.cases.new_case_id()
    assert refused(desk, "dis1", "register_part", lone, parent=whole, **fields) == "stands_alone"
    assert refused(desk, "dis1", "split", whole, children=["nowhere"]) == "stands_alone"
    assert refused(desk, "dis1", "split", whole, children=[desk.registered()]) == "stands_alone"
    before = events(desk)
    with pytest.raises(Refused):
        desk.services.cases.split(whole, [{}, {"class_code": "9999"}], desk.actor("dis1"))
    with pytest.raises(Conflict):
        desk.services.cases.split(whole, [{}], desk.actor("dis1"), expected_seq=1)
    assert events(desk) == before


@pytest.mark.article("TZ-16-RAPID")
def test_rapid_disposal_is_the_crews(desk: Desk) -> None:
    """What is disposed of rapidly goes to the centre's own crew and to nobody else."""
    handbook = desk.services.handbook
    assert handbook.rapid is not None
    item = next(
        c
        for c in handbook.classes
        if handbook.rapid.covers(c.kind, c.code) and handbook.conditions(c.kind, c.code)
    )
    case_id = desk.registered(kind=item.kind, class_code=item.code, component="")
    condition = handbook.conditions(item.kind, item.code)[0].key
    desk.do("sl1", "file", case_id, kind=item.kind, class_code=item.code, condition=condition)
    assert refused(desk, "dis1", "rapid", case_id, unit="U1") == "not_a_crew"
    assert refused(desk, "dis1", "rapid", case_id, unit="nobody") == "unit_unknown"
    desk.do("dis1", "rapid", case_id, unit="W")
    (row,) = desk.services.lists.page(CaseFilter(way="rapid")).rows
    assert (row.id, row.unit) == (case_id, "W")


@pytest.mark.article("TZ-10-REDISPATCH")
def test_a_district_dispatches_below_itself(desk: Desk) -> None:
    """To a unit under it, however far down; not to itself, to another's, or to one that is not there."""
    case_id = desk.dispatched("D")
    desk.do("dd1", "receive", case_id)
    for unit, code in (("U1", "not_below"), ("D", "inner_on_it"), ("nobody", "unit_unknown")):
        assert refused(desk, "dd1", "dispatch_inside", case_id, unit=unit, requirement="今日") == code
    desk.do("dd1", "dispatch_inside", case_id, unit="K1", requirement="今日办结")
    (row,) = desk.services.lists.page(CaseFilter(inner_unit="K1")).rows
    assert (row.id, row.unit, row.inner_state) == (case_id, "D", "sent")


def test_a_coordination_names_units_that_exist(desk: Desk) -> None:
    """The units that a responsibility is coordinated between are looked up like any other."""
    case_id = desk.filed()
    data = {"coordination_id": "k1", "cause": "unclear", "scope": "inside", "reason": "责任不明"}
    assert refused(desk, "dis1", "coordinate", case_id, units=["U1", "nobody"], **data) == "unit_unknown"
    desk.do("dis1", "coordinate", case_id, units=["U1", "U2"], **data)
    (row,) = desk.services.lists.page(CaseFilter(coordinating=True)).rows
    assert row.id == case_id and row.body


def test_the_evidence_is_the_cases_own(desk: Desk) -> None:
    """A transfer names a file of evidence that was made of this case."""
    case_id = desk.registered()
    data = {"to": "执法大队", "reason": "盗窃井盖"}
    assert refused(desk, "sl1", "transfer", case_id, evidence="0" * 64, **data) == "evidence_unknown"
    desk.do("sl1", "transfer", case_id, **data)
