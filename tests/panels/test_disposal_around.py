"""The unit's side of the ways around: passed on inside a district, approved, endorsed, urged, paid for, answered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF

from tests.panels.desk import URGENT, Desk
from workstation.map.dragging import DropInfo
from workstation.panels.disposal import DisposalPanel
from workstation.workflow.case import Case, State

DISTRICT, INSIDE, OTHER = "329911D01", "329911D011", "329911D05"


def open_at(desk: Desk, who: str, tab: str, case: Case) -> DisposalPanel:
    """The panel of that person with the case selected in that tab."""
    desk.sit(who)
    panel = desk.open(DisposalPanel)
    panel.choose_tab(tab)
    desk.settle()
    desk.select(panel, case)
    return panel


def at_district(desk: Desk) -> Case:
    """A case that a district received from the city."""
    desk.employ("district", "district_dispatcher", DISTRICT)
    desk.employ("inside", "receiver", INSIDE)
    case = desk.case("filed")
    case = desk.do("dispatch", case, "dispatcher", unit=DISTRICT)
    return desk.do("receive", case, "district")


@pytest.mark.article("TZ-10-REDISPATCH")
def test_a_district_passes_on_inside_and_feeds_up(desk: Desk) -> None:
    """二次派遣 offers the units below only; the inner one receives and feeds back; then the district feeds up."""
    case = at_district(desk)
    due = case.clock("dispose").due_at
    panel = open_at(desk, "district", "hand", case)
    assert [unit.code for unit in panel.inside.units()] == [INSIDE]
    panel.inside.choose(INSIDE)
    desk.settle()
    assert "计时不停" in panel.inside.note.words
    panel.inside.requirement.setPlainText("请在时限内处置并报区")
    desk.press(panel, "dispatch_inside")
    sent = desk.now_of(case)
    assert (sent.inner.unit, sent.inner.requirement) == (INSIDE, "请在时限内处置并报区")
    panel.choose_tab("inside")
    desk.settle()
    desk.select(panel, case)
    assert "待区内单位反馈" in panel.feed.head._title.text()
    assert "feed_back" not in desk.offered(panel)
    inner = open_at(desk, "inside", "new", case)
    desk.press(inner, "receive_inside")
    inner.choose_tab("hand")
    desk.settle()
    desk.select(inner, case)
    assert desk.visible_text(inner.card, "请在时限内处置并报区")
    inner.note.setPlainText("已更换井盖")
    desk.press(inner, "feed_back_inside")
    desk.sit("district")
    panel.choose_tab("ready")
    desk.settle()
    desk.select(panel, case)
    panel.note.setPlainText("已更换井盖，经区核实")
    desk.press(panel, "feed_back")
    after = desk.now_of(case)
    assert after.state is State.FED_BACK
    assert sent.clock("dispose").due_at == due


@pytest.mark.article("TZ-10-REDISPATCH")
def test_a_drag_onto_tree_or_map_passes_on_inside(desk: Desk) -> None:
    """Dropped on a unit below it is a 二次派遣, said beside the pointer; the map's drop does the same, elsewhere nothing."""
    case, second = at_district(desk), at_district(desk)
    panel = open_at(desk, "district", "hand", case)
    told: dict[str, DropInfo] = {}
    desk.context.drags.told.connect(lambda info, *_: told.update(info))
    desk.drop(panel.inside.tree, [case], INSIDE)
    assert told[INSIDE].verb == "二次派遣" and set(told) == {INSIDE}
    assert desk.now_of(case).inner.unit == INSIDE
    desk.select(panel, second)
    desk.canvas.cases_dropped.emit([second.id], INSIDE)
    desk.settle()
    assert desk.now_of(second).inner.unit == INSIDE
    desk.sit("one")
    desk.canvas.cases_dropped.emit([second.id], OTHER)
    desk.settle()
    assert desk.now_of(second).inner.unit == INSIDE


def test_taken_back_and_given_back_inside(desk: Desk) -> None:
    """The district takes back what it passed on; the inner unit gives back what is not its own, with the reason."""
    case = at_district(desk)
    case = desk.do("dispatch_inside", case, "district", unit=INSIDE)
    panel = open_at(desk, "district", "inside", case)
    panel.actions_bar.button("recall_inside").click()
    desk.give_reason("改派其他单位")
    assert desk.now_of(case).inner is None
    case = desk.do("dispatch_inside", desk.now_of(case), "district", unit=INSIDE)
    inner = open_at(desk, "inside", "new", case)
    inner.actions_bar.button("return_inside").click()
    desk.give_reason("不在本单位辖区")
    assert desk.now_of(case).inner is None


@pytest.mark.article("MQ-22-RECEIVE")
def test_the_leader_approves_before_anything_is_done(strict_desk: Desk) -> None:
    """Until 批办 the receiver reads why there is nothing to feed back; several are approved with one opinion."""
    desk = strict_desk
    desk.employ("leader", "unit_leader", desk.actors["one"].unit)
    cases = [desk.case("received") for _ in range(2)]
    panel = open_at(desk, "one", "hand", cases[0])
    assert "feed_back" not in desk.offered(panel) and "待单位负责人批办" in panel.feed.head._title.text()
    leader = open_at(desk, "leader", "approve", cases[0])
    desk.select_several(leader, cases)
    leader.approve()
    desk.settle()
    assert "可办 2 件" in desk.dialog().note.words
    desk.give_reason("同意，请按时限办理")
    assert all(desk.now_of(case).lead.approved_at is not None for case in cases)
    assert leader.list.rows.row_of(cases[0].id) < 0


@pytest.mark.article("TJA-8-RETURN")
def test_an_extension_in_two_steps(strict_desk: Desk) -> None:
    """The receiver asks, the unit's head agrees or not, then the dispatcher answers; each sees what it does to the clock."""
    desk = strict_desk
    desk.employ("leader", "unit_leader", desk.actors["one"].unit)
    case = desk.case("received")
    panel = open_at(desk, "one", "hand", case)
    dialog = panel.ask("ask_extension")
    desk.settle()
    assert "须先经" in dialog.note.words and "延至" in dialog.note.words
    desk.give_reason("需订购配件")
    assert desk.visible_text(panel.pending, "审批，计时不停")
    from workstation.panels.dispatch import DispatchPanel

    desk.sit("dispatcher")
    centre = desk.open(DispatchPanel)
    centre.choose_tab("requests")
    desk.settle()
    assert centre.list.rows.row_of(case.id) < 0
    leader = open_at(desk, "leader", "endorse", case)
    assert desk.visible_text(leader.request, "派遣员同意后")
    desk.press(leader, "endorse")
    desk.sit("dispatcher")
    centre.choose_tab("requests")
    desk.settle()
    desk.select(centre, case)
    assert desk.visible_text(centre.request, desk.actors["leader"].name)
    before = desk.now_of(case).clock("dispose").due_at
    desk.press(centre, "grant")
    after = desk.now_of(case)
    assert after.clock("dispose").due_at > before
    desk.sit("one")
    panel.choose_tab("hand")
    desk.settle()
    desk.select(panel, case)
    assert desk.visible_text(panel.pending, "同意")


def test_the_head_does_not_pass_it_on(strict_desk: Desk) -> None:
    """Refused by the unit's own head, the application never comes to the centre; the receiver reads why."""
    desk = strict_desk
    desk.employ("leader", "unit_leader", desk.actors["one"].unit)
    case = desk.case("received")
    case = desk.do("ask_extension", case, "one", request_id="x1", reason="工程量大", amount=1.0)
    leader = open_at(desk, "leader", "endorse", case)
    leader.actions_bar.button("refuse").click()
    desk.give_reason("理由不充分")
    assert desk.now_of(case).requests[-1].answer == "refused"
    panel = open_at(desk, "one", "hand", case)
    assert desk.visible_text(panel.pending, "理由不充分")
    assert desk.visible_text(panel.pending, "计时从未停止")


@pytest.mark.article("MQ-25-RETURN", "MQ-28-BINDING")
def test_reads_that_the_return_was_refused_for_good(desk: Desk) -> None:
    """The unit sees who refused its return, why, that the clock never stopped, and that there is no further one."""
    case = desk.case("dispatched")
    case = desk.do("ask_return", case, "one", request_id="r1", reason="不属本单位职责范围")
    case = desk.do(
        "refuse_request",
        case,
        "dispatcher",
        request_id="r1",
        reason="属你单位职责，请继续处置",
        binding=True,
    )
    panel = open_at(desk, "one", "new", case)
    for words in ("属你单位职责", "计时从未停止", "不得再申请回退"):
        assert desk.visible_text(panel.pending, words)
    assert "ask_return" not in panel.actions_bar.menu_offers("ask")


@pytest.mark.article("TY-3-EMERGENCYFUND")
def test_what_a_budget_pays_is_told_with_the_feedback(desk: Desk) -> None:
    """The crew's feedback asks for the cost; what was entered stays with its case until it is sent."""
    desk.employ("crew", "receiver", "329911W01")
    cases = []
    for _ in range(2):
        case = desk.case("filed")
        case = desk.do("rapid", case, "dispatcher", unit="329911W01", budget="rapid")
        cases.append(desk.do("receive", case, "crew"))
    panel = open_at(desk, "crew", "hand", cases[0])
    assert panel.feed.cost.isVisibleTo(panel)
    panel.feed.cost.setValue(120.5)
    panel.feed.cost_note.setText("井盖一只")
    desk.select(panel, cases[1])
    assert panel.feed.cost.value() == 0.0
    desk.select(panel, cases[0])
    assert (panel.feed.cost.value(), panel.feed.cost_note.text()) == (120.5, "井盖一只")
    desk.press(panel, "feed_back")
    after = desk.now_of(cases[0])
    assert (after.cost, after.costs[0].budget, after.costs[0].note) == (120.5, "rapid", "井盖一只")


@pytest.mark.article("TZ-3-KEY")
def test_a_key_case_reports_its_progress(desk: Desk) -> None:
    """重点案件: its own clock is shown, 进展反馈 says when the next one is due, and starts it anew."""
    case = desk.case("received", condition=URGENT)
    case = desk.do("mark_key", case, "shift_leader", reason="群众反映强烈")
    panel = open_at(desk, "one", "hand", case)
    label = desk.services.handbook.clocks["key_feedback"].label
    assert desk.visible_text(panel.milestones, label)
    desk.press(panel, "progress")
    assert label in desk.dialog().note.words
    desk.give_reason("已设置围挡警示")
    runs = [run for run in desk.now_of(case).clocks if run.name == "key_feedback"]
    assert len(runs) == 2 and runs[0].stopped_at is not None and runs[1].stopped_at is None


def test_letting_go_where_it_may_not_go_says_what_is_refused(desk: Desk) -> None:
    """On the map a drop that would be refused is named by what it would have been: 不能二次派遣."""

    said: list[str] = []
    desk.canvas.say = lambda words, *_: said.append(words)  # type: ignore[method-assign, assignment]
    desk.canvas.drops._units_at = lambda _at: [INSIDE]  # type: ignore[method-assign]
    desk.canvas.drops.state.begin(["x"])
    desk.canvas.set_drop_info({INSIDE: DropInfo("卫一所", ["已派往区内单位"], False, "二次派遣")})
    assert desk.canvas.drop_at(QPointF(10, 10), ["x"]) == ""
    assert said and said[0].startswith("不能二次派遣")


def test_what_the_centre_proposes_is_not_the_units_application(desk: Desk) -> None:
    """A void that the dispatcher proposed is neither shown as the unit's own application nor the unit's to take back."""
    case = desk.case("received")
    case = desk.do("propose_void", case, "dispatcher", request_id="v1", reason="重复登记")
    panel = open_at(desk, "one", "hand", case)
    assert not panel.pending.isVisibleTo(panel)
    assert "withdraw_request" not in desk.offered(panel)
    assert "feed_back" in desk.offered(panel)
