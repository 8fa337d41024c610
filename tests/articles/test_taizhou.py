"""Taizhou (泰州市, draft): a city under one network, with sensors' warnings. Its articles, shown at a centre under its handbook."""

from __future__ import annotations

from datetime import timedelta

import pytest

from workstation.services.errors import Refused
from workstation.services.lists.filter import CaseFilter
from workstation.workflow.case import Case, State

from .town import Town, running

SOURCES = ("物联", "视频", "数据", "投诉", "媒体", "部门移送", "领导交办")
"""Ways in which Taizhou learns of problems, as its article 11 names them."""


@pytest.mark.article("TZ-19-WARNING")
def test_a_warning_is_a_kind_of_its_own(taizhou: Town) -> None:
    """A sensor's warning is reported by the system under a class of warnings, and goes round the loop like the rest."""
    book = taizhou.handbook
    warnings = [item for item in book.classes if item.kind == "warning"]
    assert {"市政", "建筑", "交通", "密集"} <= {
        word
        for word in ("市政", "建筑", "交通", "密集")
        for item in warnings
        if word in item.main_name + item.name
    }
    condition = next(c for c in book.all_conditions if c.kind == "warning")
    case = taizhou.do(
        "system", "report", **taizhou.report(condition, source="sensor", description="液位超限")
    )
    assert (case.kind, case.state) == ("warning", State.REPORTED)
    case = taizhou.do("op1", "register", case)
    taizhou.do("op1", "send_check", case, to="col1")
    case = taizhou.do("col1", "checked", case, result="true_report")
    case = taizhou.do(
        "sl1", "file", case, kind="warning", class_code=condition.class_code, condition=condition.key
    )
    case = taizhou.disposed(taizhou.sent(case, "U1"))
    case = taizhou.do("sl1", "close", taizhou.verified(case, "pass"))
    assert taizhou.listed(CaseFilter(kind="warning")) == {case.id}


@pytest.mark.article("TZ-11-SOURCES")
def test_machines_and_people_report(taizhou: Town) -> None:
    """Every way of article 11 is a source; what sensors and data services find is reported by the system, without a person."""
    sources = taizhou.handbook.sources
    for words in SOURCES:
        assert any(words in source.label for source in sources.values()), words
    machines = [key for key, source in sources.items() if source.family == "sensor"]
    assert len(machines) >= 2
    for key in machines:
        case = taizhou.do("system", "report", **taizhou.report(source=key))
        assert (case.source, case.state) == (key, State.REPORTED)


@pytest.mark.article("TZ-12-DECIDE")
def test_filing_decides_class_limit_standard_and_dispatch_the_unit(taizhou: Town) -> None:
    """Sub-class, limit and closing standard stand fixed once filed, the unit once dispatched; what fits not is refused."""
    condition = taizhou.condition()
    other = taizhou.condition(test=lambda c: c.class_code != condition.class_code)
    case = taizhou.registered(condition)
    assert taizhou.refused("sl1", "file", case, condition="").code in ("field_missing", "field_wrong")
    assert taizhou.refused("sl1", "file", case, condition=other.key).code == "condition_unknown"
    case = taizhou.do("sl1", "file", case, condition=condition.key)
    assert (case.class_code, case.limit, case.limit_unit) == (
        condition.class_code,
        condition.amount_for(case.area_class),
        condition.unit,
    )
    assert case.closing_standard == condition.closing_standard and case.class_name
    case = taizhou.sent(case, "U2")
    assert case.lead is not None and case.lead.unit == "U2"


@pytest.mark.article("TZ-10-REDISPATCH")
def test_a_district_dispatches_inside_itself(taizhou: Town) -> None:
    """What the city sent to a district, the district sends to its own unit; it feeds back up once that unit has, not before."""
    case = taizhou.taken_by_district(taizhou.dispatched("QA"))
    outside = taizhou.refused("qad", "dispatch_inside", case, unit="U2", requirement="今日内")
    assert outside.code == "not_below"
    deadline = running(case, "dispose").due_at
    case = taizhou.do("qad", "dispatch_inside", case, unit="A1", requirement="今日内")
    assert case.inner is not None and (case.inner.unit, case.inner.role) == ("A1", "inner")
    assert running(case, "dispose").due_at == deadline
    assert case.id in taizhou.waits_for("a1") and case.id not in taizhou.waits_for("a2")
    assert taizhou.refused("qad", "feed_back", case).code == "inner_waits"
    assert taizhou.not_theirs("a2", "receive_inside", case)
    taizhou.do("a1", "receive_inside", case)
    case = taizhou.do("a1", "feed_back_inside", case, note="已修好")
    case = taizhou.do("qad", "feed_back", case, note="区内已办结")
    assert case.state is State.FED_BACK and case.lead is not None and case.lead.unit == "QA"
    assert taizhou.refused("qsl", "close", taizhou.verified(case, "pass")).code == "other_filed"


@pytest.mark.article("TZ-13-SAFETY")
def test_on_the_scene_in_two_hours_and_repaired_in_twenty_four(taizhou: Town) -> None:
    """Covers, collapses, lines and poles that endanger people: two milestones in calendar time from the notice, night or not."""
    book = taizhou.handbook
    names = {
        item.name
        for c in book.all_conditions
        if set(c.milestones) == {"on_scene", "repaired"} and (item := book.class_item(c.kind, c.class_code))
    }
    for danger in ("井盖", "塌陷", "架空", "杆"):
        assert any(danger in name for name in names), danger
    taizhou.at(2026, 3, 6, 22, 0)
    condition = next(c for c in book.all_conditions if {"on_scene", "repaired"} <= set(c.milestones))
    case = taizhou.dispatched(condition=condition)
    notice = case.dispatched_at
    assert notice is not None
    assert running(case, "on_scene").due_at == notice + timedelta(hours=2)
    assert running(case, "repaired").due_at == notice + timedelta(hours=24)
    case = taizhou.do("rec1", "on_scene", taizhou.taken(case), milestone="on_scene", note="已设围挡")
    assert running(case, "on_scene").stopped_at is not None and running(case, "repaired").stopped_at is None
    assert running(taizhou.do("rec1", "feed_back", case), "repaired").stopped_at is not None


@pytest.mark.article("TZ-14-OUTCOMES")
def test_four_outcomes_of_a_verification(taizhou: Town) -> None:
    """Passed: closed. Failed: disposed of again, closed as unqualified, or dispatched anew. Each is told apart afterwards."""
    done = taizhou.verified(taizhou.fed_back(), "pass")
    assert {"dispose_again", "close_unqualified", "redispatch"} & taizhou.may("sl1", done) == set()
    assert taizhou.do("sl1", "close", done).state is State.CLOSED
    ends = {
        "dispose_again": State.DISPATCHED,
        "close_unqualified": State.CLOSED_UNQUALIFIED,
        "redispatch": State.FILED,
    }
    failed: dict[str, Case] = {}
    for name, state in ends.items():
        case = taizhou.verified(taizhou.fed_back(), "fail")
        assert "close" not in taizhou.may("sl1", case)
        assert taizhou.refused("sl1", name, case).code == "field_missing"
        failed[name] = taizhou.do("sl1", name, case, reason="未达标准")
        assert failed[name].state is state
    assert taizhou.listed(CaseFilter(closed_in_time=False)) == {failed["close_unqualified"].id}
    assert taizhou.listed(CaseFilter(closed_in_time=True)) == {done.id}


@pytest.mark.article("TZ-15-DISPUTE")
def test_disputes_are_decided_where_they_belong(taizhou: Town) -> None:
    """Inside a district or trade its own body decides; across, the city's centre coordinates and then the committee decides."""
    book = taizhou.handbook
    inside, across = book.coordination["inside"], book.coordination["across"]
    assert set(inside).isdisjoint(across) and len(across) >= 2
    assert "委员会" in book.bodies[across[-1]].label
    asked = {"coordination_id": "k", "cause": "disputed", "reason": "互相推诿"}
    own = taizhou.do(
        "dis1", "coordinate", taizhou.dispatched("A1"), scope="inside", units=["A1", "A2"], **asked
    )
    assert own.coordinating is not None and own.coordinating.body == inside[0]
    case = taizhou.do(
        "dis1", "coordinate", taizhou.dispatched("A1"), scope="across", units=["A1", "U2"], **asked
    )
    assert case.coordinating is not None and case.coordinating.body == across[0]
    assert (
        taizhou.refused("dis1", "escalate", own, coordination_id="k", note="报委员会").code == "no_body_left"
    )
    home = {"district_dispatcher": "qad", "dispatcher": "dis1", "commander": "com1"}
    decider = next(who for post, who in home.items() if post in book.bodies[inside[0]].posts)
    own = taizhou.do(
        decider, "assign", own, coordination_id="k", unit="A2", decision="区政府认定由东区市政所负责"
    )
    assert (own.state, own.ruled_unit) == (State.FILED, "A2")
    for body in across[1:]:
        case = taizhou.do("dis1", "escalate", case, coordination_id="k", note="协调不了")
        assert case.coordinating is not None and case.coordinating.body == body
    assert (
        taizhou.refused("dis1", "uphold", case, coordination_id="k", decision="维持").code == "body_decides"
    )
    decider = {"commander": "com1", "shift_leader": "sl1"}[book.bodies[across[-1]].posts[0]]
    case = taizhou.do(decider, "uphold", case, coordination_id="k", decision="仍由东区环卫所负责")
    assert case.lead is not None and case.lead.unit == "A1" and case.coordinating is None
    refusal = taizhou.refused("a1", "ask_return", case, request_id="q", reason="不属", suggested_unit="U2")
    assert refusal.code == "return_barred"


@pytest.mark.article("TZ-16-RAPID")
def test_small_damage_goes_to_the_own_crew(taizhou: Town) -> None:
    """Small damage of the named classes is sent to the crew at once and paid from its own line; other cases and units are refused."""
    book = taizhou.handbook
    assert book.rapid is not None
    (line,) = [b for b in book.budgets.values() if "rapid" in b.ways]
    small = taizhou.condition(test=lambda c: book.rapid.covers(c.kind, c.class_code))
    large = taizhou.condition(test=lambda c: not book.rapid.covers(c.kind, c.class_code))
    case = taizhou.filed(small)
    with pytest.raises(Refused):
        taizhou.do("dis1", "rapid", case, unit="U2", budget=line.key)
    assert taizhou.refused("dis1", "rapid", taizhou.filed(large), unit="CR").code == "not_for_rapid"
    assert taizhou.refused("dis1", "rapid", case, unit="CR", budget="petty_cash").code == "budget_unknown"
    case = taizhou.do("dis1", "rapid", case, unit="CR", budget=line.key)
    assert (case.way, case.budget) == ("rapid", line.key) and case.lead is not None and case.lead.unit == "CR"
    case = taizhou.taken(case)
    assert taizhou.refused("crew", "feed_back", case).code == "cost_missing"
    case = taizhou.do("crew", "feed_back", case, note="已补缺", cost=320.5, cost_note="井盖一套")
    assert (case.cost, case.costs[0].budget) == (320.5, line.key)
    assert taizhou.listed(CaseFilter(way="rapid")) == {case.id}


@pytest.mark.article("TZ-3-KEY")
def test_key_cases_report_progress_inside_a_set_time(taizhou: Town) -> None:
    """Once marked, a case has to be reported on inside the handbook's time; each report starts the time anew until it is done."""
    days = taizhou.condition("work_days", lambda c: c.amount >= 5)
    case = taizhou.received("U1", condition=days)
    assert case.clock("key_feedback") is None
    assert taizhou.refused("dis1", "mark_key", case, reason="群众反映强烈").code == "wrong_post"
    case = taizhou.do("sl1", "mark_key", case, reason="群众反映强烈")
    assert case.key_case and taizhou.listed(CaseFilter(key_case=True)) == {case.id}
    first = running(case, "key_feedback")
    assert first.due_at is not None and "TZ-3" in first.article
    taizhou.later(hours=2)
    case = taizhou.do("rec1", "progress", case, note="已进场")
    second = running(case, "key_feedback")
    assert second.started_at > first.started_at and second.stopped_at is None
    case = taizhou.do("rec1", "feed_back", case)
    assert running(case, "key_feedback").due_at is None
    case = taizhou.do("sl1", "close", taizhou.verified(case, "pass"))
    assert running(case, "key_feedback").stopped_at is not None


@pytest.mark.article("TZ-17-COMMAND")
def test_an_operation_records_how_fast_each_unit_responds(taizhou: Town) -> None:
    """A storm is commanded as an operation: units are ordered, each responds, and the minutes it took are kept."""
    operations, commander = taizhou.services.operations, taizhou.actor("com1")
    wanted = taizhou.now + timedelta(minutes=20)
    opened = operations.open(
        "防台风调度", "weather", ["U1", "U2"], commander, order="立即集结待命", until=wanted
    )
    number = operations.responses(opened.id)[0].order
    taizhou.later(minutes=12)
    operations.respond(opened.id, number, "U1", "accepted", taizhou.actor("rec1"))
    taizhou.later(minutes=13)
    operations.respond(opened.id, number, "U1", "in_place", taizhou.actor("rec1"), "已集结二十人")
    found = {answer.unit: answer for answer in operations.responses(opened.id)}
    assert (found["U1"].minutes("accepted"), found["U1"].minutes("in_place")) == (12, 25)
    assert not found["U1"].late(taizhou.now) and found["U2"].late(taizhou.now)
    with pytest.raises(Refused):
        operations.respond(opened.id, number, "U1", "accepted", taizhou.actor("rec2"))
    operations.close(opened.id, commander, "解除响应")
    with pytest.raises(Refused):
        operations.respond(opened.id, number, "U2", "accepted", taizhou.actor("rec2"))
