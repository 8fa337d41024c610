"""The flow of the national handbook: the loop, and every way that is not the happy one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from workstation.workflow.apply import replay
from workstation.workflow.calendar import WorkCalendar
from workstation.workflow.case import Case, Stage, State
from workstation.workflow.facts import facts
from workstation.workflow.handbook import Handbook

from .play import (
    COLLECTOR,
    COMMANDER,
    DAYS,
    DISPATCHER,
    EVALUATOR,
    HEAD,
    HOURS,
    LEADER,
    OPERATOR,
    OTHER_COLLECTOR,
    OTHER_RECEIVER,
    OTHER_UNIT,
    RECEIVER,
    REPORT,
    SHORT,
    SYSTEM,
    UNIT,
    Actor,
    Play,
    with_rules,
)

PHOTO = {"sha256": "a" * 64, "role": "before", "name": "1.jpg"}


@pytest.mark.article("TJA-2-LOOP")
@pytest.mark.article("MQ-7-STEPS")
def test_once_round_the_loop(play: Play) -> None:
    """A case goes through all seven stages in order, one event at each step, and its log makes the same case."""
    stages = []
    steps = [
        (COLLECTOR, "report", {**REPORT, "photos": [PHOTO]}),
        (OPERATOR, "register", {}),
        (LEADER, "file", {"condition": DAYS}),
        (DISPATCHER, "dispatch", {"unit": UNIT, "requirement": "修复如初"}),
        (RECEIVER, "receive", {}),
        (RECEIVER, "on_scene", {"note": "到场"}),
        (RECEIVER, "feed_back", {"note": "已修复", "photos": [{**PHOTO, "role": "after"}]}),
        (OPERATOR, "send_verify", {"to": COLLECTOR.person}),
        (COLLECTOR, "verified", {"result": "pass"}),
        (LEADER, "close", {"note": "准予"}),
    ]
    for n, (actor, name, data) in enumerate(steps, 1):
        case = play.do(actor, name, **data)
        assert case.seq == n == len(play.events)
        stages.append(case.stage)
    assert list(dict.fromkeys(stages)) == list(Stage)
    assert play.case is not None and play.case.state is State.CLOSED and not play.case.open
    assert replay(play.events) == play.case
    assert Case.from_doc(play.case.to_doc()) == play.case
    assert [p.role for p in play.case.photos] == ["before", "after"]
    assert play.case.closing_standard == "修复" and play.case.requirement == "修复如初"
    assert all(run.stopped_at for run in play.case.clocks) and play.case.running() == ()
    assert play.may(LEADER) == set()


def test_an_empty_log_is_no_case() -> None:
    """Nothing happened to nothing."""
    with pytest.raises(ValueError, match="at least one"):
        replay([])


# ---- collecting and accepting ----


@pytest.mark.article("TY-4-ACCEPT")
def test_an_operator_corrects_what_was_reported(play: Play) -> None:
    """Registering keeps what the report said and takes what the operator says instead."""
    play.do(COLLECTOR, "report", **REPORT)
    case = play.do(OPERATOR, "register", address="清和路 14 号", reporter="", class_code="0102")
    assert (case.address, case.class_name, case.lon) == ("清和路 14 号", "污水井盖", 119.93)
    assert case.reported_by == "k1" and case.registered_by == "o1"
    assert case.reported_at is not None and case.registered_at is not None


def test_a_report_needs_its_fields(play: Play) -> None:
    """What is missing is named; an empty text is missing; what was reported before need not be said again."""
    for name in ("code", "kind", "source", "description", "address", "lon", "lat"):
        for value in (None, ""):
            refusal = play.refused(COLLECTOR, "report", **{**REPORT, name: value})
            assert (refusal.code, refusal.data["field"]) == ("field_missing", name)
    play.do(COLLECTOR, "report", **REPORT)
    assert play.refused(OPERATOR, "register", address="").data["field"] == "address"
    play.do(OPERATOR, "register")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "tree"),
        ("description", 7),
        ("description", "   "),
        ("lon", 181),
        ("lon", "119"),
        ("lat", -90.5),
        ("lat", True),
        ("lat", float("nan")),
        ("area_class", "suburb"),
        ("key_case", 1),
        ("photos", [{"sha256": "short"}]),
        ("photos", [{"sha256": "G" * 64}]),
        ("photos", [{**PHOTO, "role": "selfie"}]),
        ("photos", [{"name": "1.jpg"}]),
        ("photos", 3),
    ],
)
def test_wrong_fields_are_named(play: Play, field: str, value: object) -> None:
    """A field of the wrong type, or out of its range, is refused by name."""
    refusal = play.refused(COLLECTOR, "report", **{**REPORT, field: value})
    assert (refusal.code, refusal.data["field"]) == ("field_wrong", field)


def test_the_edge_of_a_range_is_inside(play: Play) -> None:
    """The date line and the poles are places."""
    case = play.do(COLLECTOR, "report", **{**REPORT, "lon": 180, "lat": -90})
    assert (case.lon, case.lat) == (180.0, -90.0)


def test_unknown_things_are_refused(play: Play) -> None:
    """A field, a source, a class or a command that the handbook does not have."""
    assert play.refused(COLLECTOR, "report", **REPORT, mood="good").data["field"] == "mood"
    assert play.refused(COLLECTOR, "report", **{**REPORT, "source": "rumour"}).code == "source_unknown"
    assert play.refused(COLLECTOR, "report", **{**REPORT, "class_code": "7777"}).code == "class_unknown"
    assert (
        play.refused(COLLECTOR, "report", **{**REPORT, "kind": "event", "class_code": "0177"}).code
        == "class_unknown"
    )
    assert play.refused(OPERATOR, "dance").code == "unknown_command"
    play.registered()
    assert play.refused(OPERATOR, "send_check", to="k1", result="pass").code == "field_unknown"
    assert play.refused(LEADER, "file", class_code="9999", condition=DAYS).code == "class_unknown"
    assert play.refused(LEADER, "file", condition="component/0102/1").code == "condition_unknown"
    assert play.refused(LEADER, "file", condition="nonsense").code == "condition_unknown"


def test_a_class_may_come_later(play: Play) -> None:
    """Somebody who reports need not know the class; the shift leader must."""
    report = {k: v for k, v in REPORT.items() if k != "class_code"}
    play.do(COLLECTOR, "report", **report)
    play.do(OPERATOR, "register", class_code="")
    assert play.refused(LEADER, "file", condition=DAYS).data["field"] == "class_code"
    case = play.do(LEADER, "file", class_code="0101", condition=DAYS)
    assert case.class_name == "上水井盖"


@pytest.mark.article("MQ-5-COMPLAINTS")
def test_an_enquiry_is_answered_without_a_case(play: Play) -> None:
    """A question on the telephone is recorded, answered and done."""
    case = play.do(
        OPERATOR, "answer", code="1", source="hotline_12345", description="几点开门", reason="已告知"
    )
    assert (case.state, case.outcome_reason, case.registered_at) == (State.REJECTED, "已告知", None)
    assert case.closed_at is not None


def test_rejecting(national: Handbook, china: WorkCalendar) -> None:
    """An operator may turn down what comes in, but not what was checked; the shift leader may; with a reason."""
    play = Play(national, china).registered(source="hotline_12319")
    assert play.refused(OPERATOR, "reject").code == "field_missing"
    play.do(OPERATOR, "send_check", to="k1")
    play.do(COLLECTOR, "checked", result="false_report", note="未见")
    assert play.refused(OPERATOR, "reject", reason="不属实").code == "checked_already"
    assert "reject" not in play.may(OPERATOR) and "reject" in play.may(LEADER)
    assert play.do(LEADER, "reject", reason="不属实").state is State.REJECTED
    assert Play(national, china).registered().do(OPERATOR, "reject", reason="重复").outcome_reason == "重复"


@pytest.mark.article("TY-4-ACCEPT")
def test_hotlines_are_checked_before_filing(play: Play) -> None:
    """What the public says is checked on the spot; only what is true is filed; the one sent answers."""
    play.registered(source="hotline_12319")
    assert play.refused(LEADER, "file", condition=DAYS).code == "check_first"
    assert "file" not in play.may(LEADER)
    case = play.do(OPERATOR, "send_check", to="k1", note="请看")
    assert (case.state, case.check_to) == (State.CHECKING, "k1")
    assert play.refused(OTHER_COLLECTOR, "checked", result="true_report").code == "not_sent_to_you"
    assert play.refused(COLLECTOR, "checked", result="pass").code == "field_wrong"
    play.do(COLLECTOR, "checked", result="false_report")
    assert play.refused(LEADER, "file", condition=DAYS).code == "check_false"
    play.do(LEADER, "send_back", reason="再核实")
    assert play.case is not None and play.case.check_result == ""
    play.do(OPERATOR, "send_check", to="k1")
    play.do(OPERATOR, "checked", result="true_report", note="电话告知属实")
    assert play.do(LEADER, "file", condition=DAYS).state is State.FILED


@pytest.mark.article("TY-4-FILE")
@pytest.mark.article("TZ-12-DECIDE")
def test_filing_fixes_class_limit_and_standard(play: Play) -> None:
    """Filing tells the class, the limit and the closing standard, under one edition of the handbook for life."""
    case = play.filed(HOURS).case
    assert case is not None
    assert (case.limit, case.limit_unit, case.closing_standard) == (4, "work_hours", "更换或修复")
    assert (case.handbook, case.class_edition) == (play.handbook.id, "GB/T 30428.2-2013")
    assert play.events[-1].data["limit"] == {"amount": 4.0, "unit": "work_hours"}
    assert (case.filed_by, case.filed_unit) == ("s1", "C")


def test_emergencies(national: Handbook, china: WorkCalendar) -> None:
    """A sudden event is an emergency by its class; anything may be declared one, when reporting or filing."""
    burst = {**REPORT, "kind": "event", "class_code": "0501"}
    play = Play(national, china)
    play.do(OPERATOR, "register", **burst)
    assert play.do(LEADER, "file", condition="event/0501/1").emergency
    play = Play(national, china)
    play.do(OPERATOR, "register", **burst)
    assert not play.do(LEADER, "file", condition="event/0501/1", emergency=False).emergency
    play = Play(national, china)
    play.do(OPERATOR, "register", **REPORT, emergency=True)
    case = play.do(LEADER, "file", condition=DAYS, key_case=True)
    assert case.emergency and case.key_case


def test_the_dispatcher_sends_a_filing_back(play: Play) -> None:
    """What cannot be dispatched goes back to be filed better."""
    play.filed()
    case = play.do(DISPATCHER, "return_to_filing", reason="类别不符")
    assert case.state is State.CHECKED
    assert play.do(LEADER, "file", class_code="0102", condition="component/0102/1").class_name == "污水井盖"


def test_another_kind_forgets_the_class(play: Play) -> None:
    """Correcting a component into an event leaves no component's class behind."""
    play.do(COLLECTOR, "report", **REPORT)
    case = play.do(OPERATOR, "register", kind="event")
    assert (case.class_code, case.class_name) == ("", "")
    play.do(LEADER, "send_back", reason="请定类别")


def test_a_class_that_an_edition_no_longer_has(play: Play) -> None:
    """What was registered under a class that the handbook in force lacks cannot be filed under it."""
    play.registered()
    play.handbook = replace(
        play.handbook, classes=tuple(c for c in play.handbook.classes if c.code != "0101")
    )
    assert play.refused(LEADER, "file", condition=DAYS).code == "class_unknown"


# ---- who may ----


@pytest.mark.article("TY-1-THREE")
def test_posts_decide(play: Play) -> None:
    """Each arrow belongs to its posts; an evaluator moves nothing."""
    play.registered()
    refusal = play.refused(EVALUATOR, "file", condition=DAYS)
    assert (refusal.code, refusal.data["posts"]) == ("wrong_post", ["shift_leader"])
    always = {"propose_void", "comment"}
    for actor, may in (
        (OPERATOR, {"send_check", "answer", "reject", "merge", "absorb", "propose_void"}),
        (
            LEADER,
            {"file", "reject", "send_back", "transfer", "merge", "absorb", "split", "mark_key"} | always,
        ),
        (DISPATCHER, {"split"} | always),
        (COMMANDER, {"instruct", "mark_key", "comment"}),
        (RECEIVER, set()),
        (EVALUATOR, set()),
    ):
        assert play.may(actor) == may, actor.post


def test_before_there_is_a_case(play: Play) -> None:
    """Only what makes a case is possible without one, and only once."""
    assert play.may(SYSTEM) == {"report"} and play.may(COLLECTOR) == {"report", "self_dispose"}
    assert play.may(OPERATOR) == {"register", "answer"} and play.may(LEADER) == {"register_part"}
    assert play.refused(LEADER, "file", condition=DAYS).code == "no_case"
    play.do(SYSTEM, "report", **{**REPORT, "source": "sensor"})
    assert play.refused(COLLECTOR, "report", **REPORT).code == "already_exists"
    assert play.refused(DISPATCHER, "dispatch", unit=UNIT).code == "wrong_state"


@pytest.mark.parametrize(
    ("actor", "name", "data", "state"),
    [
        (LEADER, "transfer", {"to": "综合执法局", "reason": "违法"}, State.TRANSFERRED),
        (OPERATOR, "merge", {"into": "case-2", "reason": "重复"}, State.MERGED),
    ],
)
@pytest.mark.article("MQ-42-TRANSFER")
def test_other_ends(play: Play, actor: Actor, name: str, data: dict[str, str], state: State) -> None:
    """Transferred, merged: with a reason, finally, with every clock stopped and nothing more that would move it."""
    play.filed()
    case = play.do(actor, name, **data)
    assert (case.state, case.outcome_reason) == (state, data["reason"])
    assert case.running() == () and case.closed_at is not None and case.closed_by == actor.person
    assert (case.transferred_to, case.merged_into) == (
        data["to"] if name == "transfer" else "",
        data.get("into", ""),
    )
    for arrow in play.handbook.arrows:
        refusal = play.refused(Actor("x", "x", arrow.posts[0], UNIT), arrow.name)
        assert refusal.code == ("not_from_upstream" if state in arrow.frm else "closed"), arrow.name


def test_a_case_is_not_merged_into_itself(play: Play) -> None:
    """Merging needs another case."""
    play.registered()
    assert play.refused(LEADER, "merge", into="case-1", reason="重复").code == "into_itself"


@pytest.mark.article("TJA-6-DISPATCHER")
@pytest.mark.article("TZ-3-KEY")
def test_urging_and_commenting(play: Play) -> None:
    """The leader, the dispatcher and the commander urge and comment any open case; its state stays."""
    play.dispatched()
    for actor in (LEADER, DISPATCHER, COMMANDER):
        case = play.do(actor, "urge", note="请加快")
        play.do(actor, "comment", note="知悉")
    assert play.case is not None and (play.case.state, play.case.urged) == (State.DISPATCHED, 3)
    assert case.clocks == play.case.clocks


# ---- dispatching ----


@pytest.mark.article("TY-3-DISPATCH")
def test_dispatch_and_undo(play: Play) -> None:
    """A dispatch can be taken back until the unit has received; the clocks go with it."""
    case = play.dispatched().case
    assert case is not None and case.lead is not None
    assert (case.lead.unit, case.dispatched_by) == (UNIT, "d1")
    assert {c.name for c in case.running()} == {"receive", "dispose"}
    case = play.do(DISPATCHER, "recall", reason="派错")
    assert (case.state, case.lead, case.dispatched_at) == (State.FILED, None, None)
    assert {c.name for c in case.running()} == {"dispatch"}
    play.do(DISPATCHER, "dispatch", unit=OTHER_UNIT)
    play.do(OTHER_RECEIVER, "receive")
    assert play.refused(DISPATCHER, "recall").code == "wrong_state"


def test_only_the_lead_units_receiver_receives(play: Play) -> None:
    """Another unit's receiver can do nothing with the case."""
    play.dispatched()
    refusal = play.refused(OTHER_RECEIVER, "receive")
    assert (refusal.code, refusal.data["unit"]) == ("wrong_unit", UNIT)
    assert play.may(OTHER_RECEIVER) == set()
    assert "receive" in play.may(RECEIVER)


@pytest.mark.article("TJA-7-LEAD")
def test_lead_and_cooperating_units(national: Handbook, china: WorkCalendar) -> None:
    """Cooperating units receive and feed back for themselves; the lead waits for them where the handbook says so."""
    play = Play(national, china).dispatched(cooperating=(OTHER_UNIT, "U3"))
    third = Actor("r3", "楚", "receiver", "U3")
    play.do(OTHER_RECEIVER, "cooperate_receive", note="到")
    assert play.refused(OTHER_RECEIVER, "cooperate_receive").code == "cooperation_received"
    assert play.refused(RECEIVER, "cooperate_receive").code == "not_cooperating"
    play.do(RECEIVER, "receive")
    play.do(OTHER_RECEIVER, "cooperate_feed_back", note="完", photos=[PHOTO])
    assert play.refused(OTHER_RECEIVER, "cooperate_feed_back").code == "cooperation_done"
    refusal = play.refused(RECEIVER, "feed_back")
    assert (refusal.code, refusal.data["units"]) == ("cooperators_open", ["U3"])
    case = play.do(third, "cooperate_feed_back")
    orders = {o.unit: o for o in case.cooperating}
    assert orders["U3"].received_at == orders["U3"].fed_back_at
    assert (orders[OTHER_UNIT].note, orders["U3"].note) == ("完", "")
    play.do(RECEIVER, "feed_back")

    loose = Play(with_rules(national, lead_waits=False), china).received(cooperating=(OTHER_UNIT,))
    assert loose.do(RECEIVER, "feed_back").state is State.FED_BACK


@pytest.mark.parametrize("cooperating", [[UNIT], ["U2", "U2"], "U2", [""], [3]])
def test_units_are_named_once(play: Play, cooperating: object) -> None:
    """The lead is not its own helper, and no helper is named twice."""
    play.filed()
    code = play.refused(DISPATCHER, "dispatch", unit=UNIT, cooperating=cooperating).code
    assert code == ("lead_cooperates" if cooperating == [UNIT] else "field_wrong")


# ---- the sender's clock ----


def test_a_seat_whose_clock_is_behind(play: Play) -> None:
    """An event is never earlier than the one before it."""
    play.registered()
    play.now -= timedelta(hours=2)
    case = play.do(LEADER, "file", condition=DAYS)
    assert [e.at for e in play.events] == sorted(e.at for e in play.events)
    assert case.filed_at == case.registered_at


def test_events_say_who_and_what(play: Play) -> None:
    """An event carries the actor, the post, the command's id and the state it led to."""
    play.filed(SHORT)
    event = play.events[-1]
    assert (event.kind, event.to, event.actor, event.actor_name) == ("file", "filed", "s1", "李值班")
    assert (event.post, event.unit, event.command_id, event.seq) == ("shift_leader", "C", "command-2", 2)


def test_a_flow_without_lead_units(national: Handbook, china: WorkCalendar) -> None:
    """A city that lets its own crew take filed cases runs without orders: nothing breaks where there is no lead."""
    texts = dict(national.texts)
    flow = texts["flow.toml"].replace('unit = "lead"\n', "")
    flow = flow.replace(
        'from = ["dispatched"]\nto = "received"', 'from = ["dispatched", "filed"]\nto = "received"'
    )
    texts["flow.toml"] = flow
    play = Play(Handbook.from_texts(texts), china).filed()
    play.do(RECEIVER, "receive")
    play.do(HEAD, "approve_receipt")
    play.do(RECEIVER, "ask_return", request_id="q", reason="力不能及")
    play.do(DISPATCHER, "coordinate", cause="disputed", scope="across", reason="无人认领")
    assert play.do(DISPATCHER, "uphold", decision="由本队处置").ruled_unit == ""
    play.do(RECEIVER, "feed_back")
    play.verify("fail")
    case = play.do(LEADER, "dispose_again", reason="未修好")
    assert (case.state, case.lead, case.rework) == (State.DISPATCHED, None, 1)
    assert facts(case).unit == ""


def test_plain_arrows_change_the_state(national: Handbook, china: WorkCalendar) -> None:
    """An arrow that a city adds by itself moves the case and is replayed like any other."""
    texts = dict(national.texts)
    texts["flow.toml"] += (
        '\n[[arrow]]\nname = "approve"\nlabel = "领导批办"\nfrom = ["received"]\nto = "working"\n'
        'posts = ["unit_leader"]\nhand = "dispose"\noptional = ["note", "photos"]\narticle = "MQ-22-RECEIVE"\n'
    )
    play = Play(Handbook.from_texts(texts), china).received()
    case = play.do(Actor("h1", "负责人", "unit_leader", UNIT), "approve", note="照办", photos=[PHOTO])
    assert case.state is State.WORKING and len(case.photos) == 1
    assert replay(play.events) == case


@pytest.mark.article("MQ-5-COMPLAINTS")
def test_a_registered_enquiry_is_answered_with_words(play: Play) -> None:
    """What was registered needs an answer in words, and nothing that the case has already."""
    play.registered()
    assert play.refused(OPERATOR, "answer").data["field"] == "reason"
    assert play.do(OPERATOR, "answer", reason="已答复").outcome_reason == "已答复"
