"""Tianjia'an (田家庵区, 2019): a district that works under a city. Its articles, shown at a centre under its handbook."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests import handmade
from workstation.services.cases.scope import case_for
from workstation.services.errors import Refused
from workstation.services.lists.filter import CaseFilter
from workstation.workflow.case import Stage, State

from .town import CHINA, Town


@pytest.mark.article("TJA-2-LOOP")
def test_a_case_goes_through_the_seven_stages_in_order(tianjiaan: Town) -> None:
    """Collect, build, dispatch, dispose, feed back, verify, evaluate: each is reached from the one before, none is skipped."""
    case = tianjiaan.do("col1", "report", **tianjiaan.report())
    steps: list[tuple[str, str, dict[str, Any]]] = [
        ("op1", "register", {}),
        ("sl1", "file", {"condition": tianjiaan.condition().key}),
        ("dis1", "dispatch", {"unit": "U1"}),
        ("rec1", "receive", {}),
        ("rec1", "feed_back", {}),
        ("op1", "send_verify", {"to": "col1"}),
        ("col1", "verified", {"result": "pass"}),
        ("sl1", "close", {}),
    ]
    passed = [case.stage]
    for number, (who, name, data) in enumerate(steps):
        for later, ahead, fields in steps[number + 1 :]:
            assert ahead not in tianjiaan.may(later, case)
            if later == "rec1" and case.lead is None:
                assert tianjiaan.not_theirs(later, ahead, case, **fields)
            else:
                assert tianjiaan.refused(later, ahead, case, **fields).code in ("wrong_state", "not_verified")
        case = tianjiaan.do(who, name, case, **data)
        if case.stage is not passed[-1]:
            passed.append(case.stage)
    assert passed == list(Stage)
    assert case.state is State.CLOSED


@pytest.mark.article("TJA-2-CLASS")
def test_components_have_five_classes_and_emergencies_are_events(tianjiaan: Town) -> None:
    """A problem of each of the five classes can be filed; one of the class of sudden events is an emergency at once."""
    book = tianjiaan.handbook
    mains = {item.main_code: item.main_name for item in book.classes if item.kind == "component"}
    assert len(mains) == 5
    for about, (main, name) in zip(("公用", "交通", "市容环境", "园林绿化", ""), mains.items(), strict=True):
        assert about in name
        condition = next(
            c for c in book.all_conditions if c.kind == "component" and c.class_code.startswith(main)
        )
        case = tianjiaan.filed(condition)
        item = book.class_item("component", case.class_code)
        assert item is not None and item.main_code == main and not case.emergency
    assert {item.main_code for item in book.classes if item.kind == "component" and "公房" in item.name} == {
        "05"
    }
    sudden = next(item for item in book.classes if item.kind == "event" and item.main_name == "突发事件")
    condition = book.conditions("event", sudden.code)[0]
    assert tianjiaan.filed(condition).emergency


@pytest.mark.article("TJA-6-DISPATCHER")
def test_the_dispatcher_dispatches_and_urges(tianjiaan: Town) -> None:
    """A filed case waits for the dispatcher, who sends it and urges it; at the supervision side nobody can send it."""
    case = tianjiaan.filed()
    assert case.id in tianjiaan.waits_for("dis1")
    for who in ("op1", "sl1", "eva1", "rec1"):
        assert tianjiaan.refused(who, "dispatch", case, unit="U1").code == "wrong_post"
    case = tianjiaan.do("dis1", "dispatch", case, unit="U1", requirement="今日内清理")
    assert case.lead is not None and case.lead.unit == "U1"
    case = tianjiaan.do("dis1", "urge", case, direction_id="d1", note="请抓紧")
    assert [(d.kind, d.by, d.note) for d in case.directions] == [("urge", "dis1", "请抓紧")]


@pytest.mark.article("TJA-6-RECEIVER")
def test_the_receiver_takes_answers_and_feeds_back(tianjiaan: Town) -> None:
    """A unit's receiver receives, replies to what is supervised, and feeds back; another unit's receiver can do none of it."""
    case = tianjiaan.dispatched("U1")
    assert case.id in tianjiaan.waits_for("rec1") and case.id not in tianjiaan.waits_for("rec2")
    assert tianjiaan.not_theirs("rec2", "receive", case)
    case = tianjiaan.approved(tianjiaan.do("rec1", "receive", case))
    case = tianjiaan.do("dis1", "supervise", case, direction_id="d1", note="说明进度")
    assert case.directed
    assert tianjiaan.not_theirs("rec2", "reply", case, direction_id="d1", note="快了")
    case = tianjiaan.do("rec1", "reply", case, direction_id="d1", note="下午完成")
    assert not case.directed and case.directions[0].answer == "下午完成"
    assert tianjiaan.refused("rec1", "reply", case, direction_id="d1", note="明天").code == "no_direction"
    assert tianjiaan.not_theirs("rec2", "feed_back", case)
    assert tianjiaan.do("rec1", "feed_back", case, note="已清理").state is State.FED_BACK


@pytest.mark.article("TJA-6-COMMANDER")
def test_the_commander_sees_all_and_instructs(tianjiaan: Town) -> None:
    """The commander looks into every unit's case and gives an instruction that stays open until it is answered."""
    mine, other = tianjiaan.dispatched("U1"), tianjiaan.dispatched("U2")
    seen = tianjiaan.services.lists.seen_by(tianjiaan.actor("com1")).page(CaseFilter(open=True)).rows
    assert {mine.id, other.id} <= {row.id for row in seen}
    assert case_for(tianjiaan.services, other.id, tianjiaan.actor("com1")).id == other.id
    assert tianjiaan.refused("dis1", "instruct", mine, direction_id="i1", note="速办").code == "wrong_post"
    case = tianjiaan.do("com1", "instruct", mine, direction_id="i1", note="请三日内报结果")
    assert case.directed and case.directions[0].kind == "instruct"
    assert {case.id} == tianjiaan.listed(CaseFilter(directed=True))
    assert not tianjiaan.do("dis1", "reply", case, direction_id="i1", note="已派人").directed


@pytest.mark.article("TJA-7-LEAD")
def test_one_leads_and_others_cooperate(tianjiaan: Town) -> None:
    """A case has one lead unit and as many cooperating ones as it needs, and the lead waits for them with its feedback."""
    case = tianjiaan.received("U1", order={"cooperating": ["U2", "A1"]})
    assert case.lead is not None and case.lead.unit == "U1"
    assert [order.unit for order in case.cooperating] == ["U2", "A1"]
    assert tianjiaan.refused("rec2", "feed_back", case).code == "wrong_unit"
    for who in ("rec2", "a1"):
        assert tianjiaan.refused("rec1", "feed_back", case).code == "cooperators_open"
        tianjiaan.do(who, "cooperate_receive", case)
        case = tianjiaan.do(who, "cooperate_feed_back", case, note="已配合")
    assert tianjiaan.do("rec1", "feed_back", case).state is State.FED_BACK
    again = tianjiaan.refused("dis1", "dispatch", tianjiaan.filed(), unit="U1", cooperating=["U1"])
    assert again.code == "lead_cooperates"


@pytest.mark.article("TJA-8-RETURN")
def test_what_goes_back_or_takes_longer_is_explained(tianjiaan: Town) -> None:
    """A return and an extension want their reason; the centre that sent the case reads it and answers."""
    case = tianjiaan.dispatched("U1")
    missing = tianjiaan.refused("rec1", "ask_return", case, request_id="q1", suggested_unit="U2")
    assert missing.code == "field_missing"
    case = tianjiaan.do("rec1", "ask_return", case, request_id="q1", reason="不属我单位管辖")
    assert case.id in tianjiaan.waits_for("dis1")
    case = tianjiaan.do("dis1", "grant_return", case, request_id="q1")
    assert case.state is State.FILED and case.requests[0].reason == "不属我单位管辖"
    case = tianjiaan.taken(tianjiaan.sent(case, "U2"))
    assert tianjiaan.refused("rec2", "ask_extension", case, request_id="q2").code == "field_missing"
    before = case.clock("dispose")
    case = tianjiaan.do("rec2", "ask_extension", case, request_id="q2", reason="连日降雨", amount=1.0)
    if "extension" in tianjiaan.handbook.rules.endorsed:
        case = tianjiaan.do("lead2", "endorse_request", case, request_id="q2")
    case = tianjiaan.do("dis1", "grant_extension", case, request_id="q2")
    after = case.clock("dispose")
    assert before is not None and after is not None and before.due_at is not None and after.due_at is not None
    assert after.due_at > before.due_at + timedelta(hours=1) and case.requests[1].reason == "连日降雨"
    tianjiaan.later(days=20)
    assert tianjiaan.refused("rec2", "explain", case).code == "field_missing"
    case = tianjiaan.do("rec2", "explain", case, reason="配件停产，延时后仍未到货")
    said = tianjiaan.services.cases.history(case.id)[-1].event
    assert (said.kind, said.data["reason"]) == ("explain", "配件停产，延时后仍未到货")


@pytest.mark.article("TJA-3-DOWNLINK")
def test_what_the_city_sends_down_is_taken_in_and_answered(tianjiaan: Town) -> None:
    """A case of the city's system keeps the city's number; its result is reported up once it has ended, and not before."""
    case = tianjiaan.filed(source="superior", upstream_code="34040020260302000017")
    case = tianjiaan.disposed(tianjiaan.sent(case, "U1"))
    assert case.upstream_code == "34040020260302000017"
    assert tianjiaan.refused("sl1", "report_up", case).code == "wrong_state"
    case = tianjiaan.do("sl1", "close", tianjiaan.verified(case, "pass"))
    closed_at = case.closed_at
    case = tianjiaan.do("sl1", "report_up", case, note="已处置")
    assert case.reported_up_at is not None and case.closed_at == closed_at
    own = tianjiaan.closed()
    assert tianjiaan.refused("sl1", "report_up", own).code == "not_from_upstream"


@pytest.mark.article("TJA-5-CODES")
def test_one_standard_of_codes_and_one_flow(tianjiaan: Town) -> None:
    """Every class that has a filing condition is one of the named edition; a grid that is not there is no place of a case."""
    book = tianjiaan.handbook
    assert book.class_edition and all(book.class_item(c.kind, c.class_code) for c in book.all_conditions)
    case = tianjiaan.filed()
    assert case.class_edition == book.class_edition and case.grid == handmade.GRID_WEST
    unknown = tianjiaan.report(class_code="9999")
    assert tianjiaan.refused("op1", "register", **unknown).code == "class_unknown"


@pytest.mark.article("TJA-8-MEETING")
def test_the_meetings_agenda_comes_from_the_cases(tianjiaan: Town) -> None:
    """Overdue, returned and disputed cases stand on it by unit, an ordinary one does not; what is decided is kept."""
    hours = tianjiaan.condition("work_hours")
    overdue = tianjiaan.dispatched("U1", condition=hours)
    returned = tianjiaan.dispatched("U2")
    returned = tianjiaan.do("rec2", "ask_return", returned, request_id="q", reason="不属我单位")
    disputed = tianjiaan.do(
        "dis1", "coordinate", tianjiaan.dispatched("U2"), cause="disputed", scope="across", reason="互相推诿", units=["U1", "U2"]
    )  # fmt: skip
    tianjiaan.later(days=3)
    ordinary = tianjiaan.dispatched("U1")
    meetings, commander = tianjiaan.services.meetings, tianjiaan.actor("com1")
    agenda = {(item.topic, item.case.id, item.unit) for item in meetings.agenda("regular")}
    assert {
        ("overdue", overdue.id, "U1"),
        ("returned", returned.id, "U2"),
        ("disputed", disputed.id, "U2"),
    } <= agenda
    assert ordinary.id not in {case for _, case, _ in agenda}
    held = meetings.hold("regular", commander)
    meetings.decide(held.id, overdue.id, "三日内整改", commander)
    ruling = ("assign", {"unit": "U1", "decision": "由供水公司负责"})
    meetings.decide(held.id, disputed.id, "由供水公司负责", commander, ruling)
    meetings.close(held.id, commander)
    kept = {item.case_id: item.decision for item in meetings.get(held.id).items}
    assert (kept[overdue.id], kept[disputed.id]) == ("三日内整改", "由供水公司负责")
    assert tianjiaan.case(disputed).ruled_unit == "U1"
    with pytest.raises(Refused):
        meetings.decide(held.id, returned.id, "退回", commander)


@pytest.mark.article("TJA-3-APPROVED")
def test_a_rule_holds_once_approved_and_from_its_day(tianjiaan: Town) -> None:
    """The author cannot approve it; before its day the old rule holds; a case filed before keeps the old one for life."""
    books = tianjiaan.services.handbooks
    admin = tianjiaan.actor("adm")
    old = tianjiaan.handbook
    earlier = tianjiaan.filed()
    draft = books.draft("", admin, "答复收紧")
    head = draft.texts["handbook.toml"]
    texts = {
        **draft.texts,
        "handbook.toml": head.replace(
            "[rules]", '[rules]\nfilers_close = { on = false, article = "TY-4-OWNER" }', 1
        ),
    }
    draft = books.save(draft.id, texts, admin, draft.seen)
    books.submit(draft.id, admin)
    day = (tianjiaan.now.astimezone(CHINA) + timedelta(days=3)).date()
    with pytest.raises(Refused) as refused:
        books.approve(draft.id, "田家庵区人民政府", day, admin)
    assert refused.value.refusal.code in ("edition_author", "edition_not_yours")
    made = books.approve(draft.id, "田家庵区人民政府", day, tianjiaan.actor("com1"))
    assert (made.approver, made.valid_from) == ("com1", day)
    tianjiaan.services.poll()
    assert tianjiaan.handbook == old and tianjiaan.handbook.rules.filers_close
    tianjiaan.later(days=3)
    tianjiaan.services.poll()
    assert tianjiaan.handbook.id == made.id and not tianjiaan.handbook.rules.filers_close
    assert tianjiaan.handbook.approver == "田家庵区人民政府"
    assert tianjiaan.services.handbook_of(tianjiaan.case(earlier)) == old
    assert tianjiaan.filed().handbook == made.id
