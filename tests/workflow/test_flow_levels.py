"""City, district, unit, collector: inner orders, a unit's own head, self-disposal, parts, duplicates, visits, results."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workstation.workflow.apply import apply
from workstation.workflow.calendar import WorkCalendar
from workstation.workflow.case import Case, State
from workstation.workflow.event import Event
from workstation.workflow.facts import facts
from workstation.workflow.handbook import ClassItem, Handbook

from .play import (
    COLLECTOR,
    COMMANDER,
    DAYS,
    DISPATCHER,
    DISTRICT,
    HEAD,
    INNER_RECEIVER,
    INNER_UNIT,
    LEADER,
    OPERATOR,
    OTHER_COLLECTOR,
    OTHER_RECEIVER,
    OTHER_UNIT,
    RECEIVER,
    REPORT,
    SYSTEM,
    UNIT,
    Actor,
    Play,
    with_rules,
)
from .test_flow_coordination import same

BEFORE = {"sha256": "a" * 64, "role": "before", "name": "1.jpg"}
AFTER = {"sha256": "b" * 64, "role": "after", "name": "2.jpg"}

# ---- inside a district ----


@pytest.mark.article("TZ-10-REDISPATCH")
@pytest.mark.article("MQ-6-ONE-TWO")
def test_a_district_dispatches_again_inside_itself(play: Play) -> None:
    """What the city sent goes on to a unit inside; its feedback goes up through the district; one clock for both."""
    play.dispatched()
    play.do(DISTRICT, "receive")
    before = play.case
    assert before is not None
    case = play.do(DISTRICT, "dispatch_inside", unit=INNER_UNIT, requirement="两小时内到场")
    inner = case.inner
    assert inner is not None and (inner.unit, inner.role, inner.requirement) == (
        INNER_UNIT,
        "inner",
        "两小时内到场",
    )
    assert case.clocks == before.clocks and case.lead == before.lead and case.state is State.RECEIVED
    assert play.refused(DISTRICT, "dispatch_inside", unit="U8").code == "inner_busy"
    assert play.refused(DISTRICT, "feed_back").data == {"unit": INNER_UNIT}
    assert play.refused(OTHER_RECEIVER, "receive_inside").code == "wrong_unit"
    assert play.refused(INNER_RECEIVER, "feed_back").code == "wrong_unit"
    assert play.may(INNER_RECEIVER) == {"receive_inside", "feed_back_inside", "return_inside"}
    play.do(INNER_RECEIVER, "receive_inside", note="收到")
    assert play.refused(INNER_RECEIVER, "receive_inside").code == "inner_received"
    case = play.do(INNER_RECEIVER, "feed_back_inside", photos=[AFTER])
    assert case.inner is not None and case.inner.fed_back_at == case.changed_at
    assert case.inner.note == "收到" and case.inner.received_at != case.inner.fed_back_at
    assert play.refused(INNER_RECEIVER, "return_inside", reason="x").code == "inner_fed_back"
    case = play.do(DISTRICT, "feed_back", note="区级已审核")
    assert case.state is State.FED_BACK and case.inner is not None
    play.verify("fail")
    assert play.do(LEADER, "dispose_again", reason="不合格").inner is None
    same(play)


@pytest.mark.article("TZ-10-REDISPATCH")
def test_an_inner_order_is_taken_back_or_given_back(play: Play) -> None:
    """Recalled or returned with a reason, the district has it again; a unit already on the case is not sent it."""
    play.received(cooperating=(OTHER_UNIT,))
    assert play.refused(DISTRICT, "recall_inside").code == "no_inner"
    for unit in (UNIT, OTHER_UNIT):
        assert play.refused(DISTRICT, "dispatch_inside", unit=unit).code == "inner_on_it"
    assert play.refused(DISPATCHER, "dispatch_inside", unit=INNER_UNIT).code == "wrong_post"
    play.do(DISTRICT, "dispatch_inside", unit=INNER_UNIT)
    assert play.do(DISTRICT, "recall_inside", reason="派错").inner is None
    play.do(DISTRICT, "dispatch_inside", unit=INNER_UNIT)
    play.do(INNER_RECEIVER, "return_inside", reason="不在辖区", suggested_unit="U8")
    case = play.do(DISTRICT, "dispatch_inside", unit="U8")
    assert case.inner is not None and case.inner.unit == "U8"
    play.do(Actor("r8", "r8", "receiver", "U8"), "feed_back_inside", note="完")
    case = play.do(DISTRICT, "dispatch_inside", unit=INNER_UNIT)
    assert case.inner is not None and case.inner.fed_back_at is None
    same(play)


def test_an_inner_order_goes_with_the_case(play: Play) -> None:
    """When the centre takes the case back, nobody inside has it; what they still send is nothing."""
    play.received()
    play.do(DISTRICT, "dispatch_inside", unit=INNER_UNIT)
    play.do(DISTRICT, "ask_return", request_id="q", reason="不在本区")
    case = play.do(DISPATCHER, "grant_return", request_id="q")
    assert case.inner is None and case.lead is None
    late = Event(
        "case-1", 9, "receive_inside", play.now, "r9", "吕", "receiver", INNER_UNIT, "k", "filed", {}
    )
    assert apply(case, late).inner is None


# ---- a unit's own head ----


@pytest.mark.article("MQ-22-RECEIVE")
def test_a_leader_approves_before_anything_is_done(national: Handbook, china: WorkCalendar) -> None:
    """Where the handbook says so: received, approved by the unit's leader, then on the scene and fed back."""
    play = Play(with_rules(national, leader_approves=True), china).dispatched()
    assert play.refused(HEAD, "approve_receipt").code == "wrong_state"
    play.do(RECEIVER, "receive")
    for name in ("on_scene", "feed_back"):
        refusal = play.refused(RECEIVER, name)
        assert (refusal.code, refusal.data["unit"]) == ("leader_approves_first", UNIT)
        assert name not in play.may(RECEIVER)
    assert play.refused(replace(HEAD, unit=OTHER_UNIT), "approve_receipt").code == "wrong_unit"
    case = play.do(HEAD, "approve_receipt", note="请立即办理")
    assert case.lead is not None
    assert (case.lead.approved_at, case.lead.approved_by) == (case.changed_at, "h1")
    assert play.refused(HEAD, "approve_receipt").code == "receipt_approved"
    play.do(RECEIVER, "on_scene")
    play.do(RECEIVER, "feed_back")
    play.verify("fail")
    case = play.do(LEADER, "dispose_again", reason="x")
    assert case.lead is not None and case.lead.approved_at is None
    same(play)
    free = Play(national, china).received()
    free.do(HEAD, "approve_receipt")
    free.do(RECEIVER, "feed_back")


@pytest.mark.article("TJA-8-RETURN")
def test_an_extension_in_two_steps(national: Handbook, china: WorkCalendar) -> None:
    """The unit's head agrees, then the centre grants; until then the centre neither grants nor refuses."""
    play = Play(with_rules(national, endorsed=("extension",), endorser="unit_leader"), china).received()
    assert play.refused(HEAD, "endorse_request", request_id="q").code == "nothing_to_endorse"
    play.do(RECEIVER, "ask_extension", request_id="q", reason="雨", amount=1)
    play.do(RECEIVER, "ask_return", request_id="r", reason="非本单位")
    assert "grant_return" in play.may(DISPATCHER) and "grant_extension" not in play.may(DISPATCHER)
    refusal = play.refused(DISPATCHER, "grant_extension", request_id="q")
    assert (refusal.code, refusal.data["post"]) == ("not_endorsed", "unit_leader")
    assert play.refused(DISPATCHER, "refuse_request", request_id="q").code == "not_yours_to_answer"
    assert play.refused(HEAD, "endorse_request", request_id="nobody").code == "request_unknown"
    assert play.refused(HEAD, "endorse_request", request_id="r").code == "nothing_to_endorse"
    other = replace(HEAD, unit=OTHER_UNIT)
    assert play.refused(other, "endorse_request", request_id="q").code == "wrong_unit"
    assert play.refused(other, "refuse_request", request_id="q").code == "wrong_unit"
    assert play.refused(HEAD, "refuse_request", request_id="r").code == "not_yours_to_answer"
    due = play.case.clock("dispose").due_at  # type: ignore[union-attr]
    case = play.do(HEAD, "endorse_request", request_id="q", note="属实")
    assert (case.requests[0].endorsed_by, case.requests[0].answer) == ("h1", "")
    assert case.clock("dispose").due_at == due  # type: ignore[union-attr]
    assert play.refused(HEAD, "endorse_request", request_id="q").code == "nothing_to_endorse"
    assert "refuse_request" not in play.may(HEAD)
    case = play.do(DISPATCHER, "grant_extension", request_id="q")
    assert case.clock("dispose").due_at > due  # type: ignore[union-attr, operator]
    same(play)


@pytest.mark.article("TJA-8-RETURN")
def test_a_head_refuses_or_asks_alone(national: Handbook, china: WorkCalendar) -> None:
    """What the head does not agree to never reaches the centre; what the head asks for is agreed to already."""
    rules = {"endorsed": ("extension", "suspension"), "endorser": "unit_leader"}
    play = Play(with_rules(national, **rules), china).received()
    play.do(RECEIVER, "ask_extension", request_id="q", reason="雨")
    case = play.do(HEAD, "refuse_request", request_id="q", reason="加派人手")
    assert (case.requests[0].answer, case.requests[0].answered_by) == ("refused", "h1")
    case = play.do(HEAD, "ask_extension", request_id="q2", reason="雨")
    assert case.requests[1].endorsed_at == case.changed_at and case.requests[1].endorsed_by == "h1"
    play.do(DISPATCHER, "grant_extension", request_id="q2")
    case = play.do(HEAD, "ask_return", request_id="q3", reason="非本单位")
    assert case.requests[2].endorsed_at is None
    play.do(DISPATCHER, "refuse_request", request_id="q3")
    same(play)


# ---- voids take two ----


def test_nothing_is_voided_by_one_alone(play: Play) -> None:
    """Proposed by the operator, leader or dispatcher, agreed to by another leader or the commander, at any stage."""
    play.registered()
    play.do(LEADER, "propose_void", request_id="q", reason="重复上报")
    assert play.refused(LEADER, "grant_void", request_id="q").code == "asker_grants"
    assert "grant_void" not in play.may(LEADER) and "grant_void" in play.may(COMMANDER)
    assert play.refused(OPERATOR, "propose_void", request_id="q2", reason="x").code == "request_pending"
    case = play.do(LEADER, "file", condition=DAYS)
    assert case.pending("void") is not None
    play.do(DISPATCHER, "dispatch", unit=UNIT)
    assert play.refused(RECEIVER, "withdraw_request", request_id="q").code == "wrong_unit"
    play.do(RECEIVER, "ask_extension", request_id="e", reason="雨")
    refusal = play.refused(RECEIVER, "withdraw_request", request_id="q")
    assert (refusal.code, refusal.data["unit"]) == ("wrong_unit", "C")
    play.do(DISPATCHER, "withdraw_request", request_id="q")
    play.do(OPERATOR, "propose_void", request_id="q3", reason="施工预留")
    play.do(RECEIVER, "receive")
    case = play.do(RECEIVER, "feed_back")
    assert {r.id: r.answer for r in case.requests} == {"q": "withdrawn", "e": "lapsed", "q3": ""}
    case = play.do(COMMANDER, "grant_void", request_id="q3")
    assert (case.state, case.outcome_reason) == (State.VOID, "施工预留")
    assert play.refused(DISPATCHER, "withdraw_request", request_id="q3").code == "closed"
    same(play)


def test_a_units_own_wish_to_void_ends_with_its_disposal(play: Play) -> None:
    """What the unit asked lapses with its feedback; a proposal can be refused."""
    play.received()
    play.do(RECEIVER, "ask_void", request_id="q", reason="实为预留")
    case = play.do(RECEIVER, "feed_back")
    assert case.requests[0].answer == "lapsed"
    play.do(DISPATCHER, "propose_void", request_id="p", reason="重复")
    assert play.refused(DISPATCHER, "refuse_request", request_id="p").code == "not_yours_to_answer"
    play.do(LEADER, "refuse_request", request_id="p", reason="属实")
    assert play.refused(DISPATCHER, "withdraw_request", request_id="p").code == "request_unknown"


def test_older_logs_voided_at_once(play: Play) -> None:
    """An event of a log in which one person could is replayed as what it was."""
    case = play.filed().case
    assert case is not None
    data = {"reason": "误报"}
    old = Event("case-1", 3, "void", play.now, "s1", "李值班", "shift_leader", "C", "k", "void", data)
    after = apply(case, old)
    assert (after.state, after.outcome_reason, after.closed_by) == (State.VOID, "误报", "s1")


# ---- collectors ----


@pytest.mark.article("MQ-14-TRAINED")
def test_only_who_passed_collects(play: Play) -> None:
    """A collector who is not trained and passed reports, checks and verifies nothing."""
    play.certified = False
    assert play.refused(COLLECTOR, "report", **REPORT).data == {"person": "k1"}
    refusal = play.refused(COLLECTOR, "self_dispose", **REPORT, photos=[BEFORE, AFTER])
    assert refusal.code == "not_certified"
    play.certified = True
    play.do(COLLECTOR, "report", **REPORT)
    play.do(OPERATOR, "register", source="hotline_12319")
    play.do(OPERATOR, "send_check", to="k1")
    play.certified = False
    assert play.refused(COLLECTOR, "checked", result="true_report").code == "not_certified"
    play.certified = True
    play.do(COLLECTOR, "checked", result="true_report")
    play.do(LEADER, "file", condition=DAYS)
    play.do(DISPATCHER, "dispatch", unit=UNIT)
    play.do(RECEIVER, "receive")
    play.do(RECEIVER, "feed_back")
    play.do(OPERATOR, "send_verify", to="k1")
    play.certified = False
    assert play.refused(COLLECTOR, "verified", result="pass").code == "not_certified"


def test_a_collector_puts_it_right_at_once(national: Handbook, china: WorkCalendar) -> None:
    """With photographs of before and after; closed without having been filed, and nobody's disposal."""
    play = Play(national, china)
    refusal = play.refused(COLLECTOR, "self_dispose", **REPORT, photos=[BEFORE])
    assert (refusal.code, refusal.data["roles"]) == ("photos_missing", ["after"])
    case = play.do(COLLECTOR, "self_dispose", **REPORT, note="顺手扶正", photos=[BEFORE, AFTER])
    assert (case.state, case.filed_at, case.outcome_reason) == (State.CLOSED, None, "顺手扶正")
    assert (case.reported_by, case.closed_by, case.closed_at) == ("k1", "k1", case.reported_at)
    told = facts(case)
    assert (told.self_disposed, told.closed, told.closed_in_time, told.disposed) == (True, False, None, False)
    assert same(play).class_name == "上水井盖"

    play = Play(national, china)
    play.do(COLLECTOR, "report", **REPORT, photos=[BEFORE])
    assert play.refused(OTHER_COLLECTOR, "self_dispose", photos=[AFTER]).code == "not_your_report"
    assert "self_dispose" not in play.may(OTHER_COLLECTOR)
    case = play.do(COLLECTOR, "self_dispose", reason="已扶正", note="x", photos=[AFTER])
    assert case.outcome_reason == "已扶正" and case.running() == ()
    assert [(s.name, s.in_time) for s in facts(case).stages] == [("accept", True)]
    play = Play(national, china)
    play.do(SYSTEM, "report", **{**REPORT, "source": "app"}, photos=[BEFORE])
    assert play.refused(COLLECTOR, "self_dispose", photos=[AFTER]).code == "not_your_report"


@pytest.mark.article("TY-3-TERMINALS")
def test_streets_and_communities_report_too(play: Play) -> None:
    """Their terminals send in what they see; the centre checks it like anything that others say."""
    street = Actor("t1", "柳巷街道", "street_terminal", "S1")
    assert play.may(street) == {"report"}
    play.do(street, "report", **{**REPORT, "source": "street"})
    play.do(OPERATOR, "register")
    assert play.refused(LEADER, "file", condition=DAYS).code == "check_first"
    assert play.may(street) == set()


# ---- several cases ----


def test_a_case_is_divided(play: Play) -> None:
    """The whole names its parts, each once; a part is registered as one, and need not be checked again."""
    play.registered(source="hotline_12319")
    play.do(OPERATOR, "send_check", to="k1")
    play.do(COLLECTOR, "checked", result="true_report")
    assert play.refused(LEADER, "split", children=[]).data["field"] == "children"
    assert play.refused(LEADER, "split", children=["case-1"]).code == "part_known"
    case = play.do(LEADER, "split", children=["case-2", "case-3"], reason="两处责任不同")
    assert case.children == ("case-2", "case-3") and case.state is State.CHECKED
    assert play.refused(LEADER, "split", children=["case-3"]).code == "part_known"
    play.do(LEADER, "file", condition=DAYS)
    assert play.do(DISPATCHER, "split", children=["case-4"]).children[-1] == "case-4"
    same(play)

    part = Play(play.handbook, play.calendar)
    data = {**REPORT, "source": "hotline_12319"}
    assert part.refused(LEADER, "register_part", **data, parent="case-1").code == "part_known"
    case = part.do(LEADER, "register_part", **data, parent="case-0")
    assert (case.state, case.parent, case.registered_by) == (State.REGISTERED, "case-0", "s1")
    assert part.refused(LEADER, "split", children=["case-0"]).code == "part_known"
    assert part.do(LEADER, "file", condition=DAYS).state is State.FILED
    same(part)


def test_a_case_takes_in_its_duplicates(play: Play) -> None:
    """Each once, and never itself."""
    play.dispatched()
    assert play.refused(OPERATOR, "absorb", duplicate="case-1").code == "into_itself"
    play.do(OPERATOR, "absorb", duplicate="case-2")
    assert play.refused(LEADER, "absorb", duplicate="case-2").code == "duplicate_known"
    assert play.do(LEADER, "absorb", duplicate="case-3").duplicates == ("case-2", "case-3")
    same(play)


# ---- after the end ----


@pytest.mark.article("MOH-1-SATISFACTION")
@pytest.mark.article("MQ-34-PRAISE")
def test_the_reporter_is_called_back(play: Play) -> None:
    """Once the case is over its reporter says how satisfied they are; the end itself does not move."""
    play.verified("pass")
    assert play.refused(OPERATOR, "visit", result="satisfied").code == "wrong_state"
    closed = play.do(LEADER, "close")
    play.wait(days=2)
    assert play.refused(OPERATOR, "visit", result="pass").code == "field_wrong"
    case = play.do(OPERATOR, "visit", result="unreachable", note="无人接听")
    assert facts(case).satisfaction == ""
    case = play.do(OPERATOR, "visit", result="fairly")
    assert (case.satisfaction, case.state) == ("fairly", State.CLOSED)
    assert (case.closed_at, case.closed_by) == (closed.closed_at, closed.closed_by)
    assert case.changed_at is not None and closed.closed_at is not None and case.changed_at > closed.closed_at
    assert facts(case).satisfaction == "fairly" and facts(case).closed_by == "s1"
    assert play.refused(OPERATOR, "visit", result="satisfied").code == "visited"
    assert "visit" not in play.may(OPERATOR)
    same(play)


@pytest.mark.article("TJA-3-DOWNLINK")
def test_results_go_back_up(national: Handbook, china: WorkCalendar) -> None:
    """What the city's system sent down keeps its code there, and its result is sent back once."""
    play = Play(national, china)
    play.do(OPERATOR, "register", **REPORT, upstream_code="SJ-2026-0007")
    play.do(LEADER, "reject", reason="不属本区")
    assert play.case is not None
    closed = play.case.closed_at
    case = play.do(SYSTEM, "report_up", note="不予立案")
    assert (case.upstream_code, case.reported_up_at, case.closed_at) == (
        "SJ-2026-0007",
        case.changed_at,
        closed,
    )
    assert play.refused(LEADER, "report_up").code == "reported_up_already"
    same(play)
    own = Play(national, china).registered()
    own.do(LEADER, "reject", reason="x")
    assert own.refused(LEADER, "report_up").code == "not_from_upstream"


@pytest.mark.article("MQ-42-TRANSFER")
@pytest.mark.article("MQ-19-EVIDENCE")
def test_a_transfer_carries_its_evidence(national: Handbook, china: WorkCalendar) -> None:
    """Where the handbook says so, the enforcement body gets the evidence file, named by its digest."""
    strict = with_rules(national, evidence_needed=True)
    play = Play(strict, china).filed()
    data = {"to": "综合执法局", "reason": "擅自挖掘"}
    assert play.refused(LEADER, "transfer", **data).code == "evidence_missing"
    for wrong in ("c" * 63, "Z" * 64, 7):
        assert play.refused(LEADER, "transfer", **data, evidence=wrong).data["field"] == "evidence"
    case = play.do(LEADER, "transfer", **data, evidence="c" * 64)
    assert (case.state, case.evidence, case.transferred_to) == (State.TRANSFERRED, "c" * 64, "综合执法局")
    same(play)
    assert Play(national, china).filed().do(LEADER, "transfer", **data).evidence == ""


# ---- warnings ----


@pytest.mark.article("TZ-19-WARNING")
def test_warnings_are_where_the_handbook_has_them(national: Handbook, china: WorkCalendar) -> None:
    """A warning of a monitored reading is reported where there are classes of warnings, and nowhere else."""
    warning = {**REPORT, "kind": "warning", "class_code": "0101", "source": "sensor"}
    refusal = Play(national, china).refused(SYSTEM, "report", **warning)
    assert (refusal.code, refusal.data["kind"]) == ("kind_unknown", "warning")
    gas = ClassItem(national.class_edition, "warning", "0101", "01", "市政设施", "燃气浓度预警", "local")
    case = Play(replace(national, classes=(*national.classes, gas)), china).do(SYSTEM, "report", **warning)
    assert (case.kind, case.class_name) == ("warning", "燃气浓度预警")


def test_a_blank_case_has_no_history() -> None:
    """What guards see where a command makes a case says nothing that anybody did."""
    blank = Case("x", 0, State.REPORTED)
    assert blank.coordinating is None and not blank.directed and blank.cost == 0
