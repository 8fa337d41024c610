"""The disposal panel: a unit receives, reports its arrival, feeds back with photographs, and applies."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from tests.panels.desk import URGENT, Desk
from workstation.panels.disposal import DisposalPanel
from workstation.workflow.case import State


@pytest.mark.article("MQ-22-RECEIVE", "MQ-7-STEPS")
def test_receives_and_feeds_back_with_a_photograph(desk: Desk) -> None:
    """Received, then fed back with note and photograph, which the case then has as taken after the disposal."""
    case = desk.case("dispatched")
    desk.sit("one")
    panel = desk.open(DisposalPanel)
    desk.select(panel, case)
    assert "接收计时停止" in panel.actions_bar.foretold
    desk.press(panel, "receive")
    panel.choose_tab("hand")
    desk.settle()
    desk.select(panel, case)
    assert "处置计时停止" in panel.actions_bar.foretold and "核查计时开始" in panel.actions_bar.foretold
    panel.note.setPlainText("已更换井盖")
    path = Path(desk.settings.fileName()).parent / "处置后.jpg"
    image = QImage(80, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.gray)
    assert image.save(str(path))
    panel.photos.add_files([str(path)])
    desk.settle()
    desk.press(panel, "feed_back")
    after = desk.now_of(case)
    assert (after.state, after.lead.note) == (State.FED_BACK, "已更换井盖")
    assert [photo.role for photo in after.photos] == ["after"]
    assert panel.photos.photos() == [] and panel.note.toPlainText() == ""


def test_a_unit_sees_only_its_own(desk: Desk) -> None:
    """Another unit's case is in no list of this unit, and selecting it elsewhere offers nothing here."""
    foreign = desk.case("dispatched", "two")
    desk.sit("one")
    panel = desk.open(DisposalPanel)
    for tab in ("new", "hand", "back"):
        panel.choose_tab(tab)
        desk.settle()
        assert panel.list.rows.row_of(foreign.id) < 0
    desk.context.selection.set({foreign.id}, foreign.id)
    desk.settle()
    assert desk.offered(panel) == set()
    assert panel.work.currentWidget() is panel.empty


def test_receives_all_at_once(desk: Desk) -> None:
    """全部接收 receives every case that waits for the unit."""
    cases = [desk.case("dispatched") for _ in range(3)]
    desk.sit("one")
    panel = desk.open(DisposalPanel)
    panel.receive_all()
    desk.settle()
    assert {desk.now_of(case).state for case in cases} == {State.RECEIVED}


@pytest.mark.article("TZ-13-SAFETY")
def test_reaches_the_milestones(desk: Desk) -> None:
    """A dangerous case has two milestones; 到场设置警示 stops the first one's clock."""
    case = desk.case("received", condition=URGENT)
    desk.sit("one")
    panel = desk.open(DisposalPanel)
    panel.choose_tab("hand")
    desk.settle()
    desk.select(panel, case)
    assert "到场" in panel.actions_bar.button("on_scene").text()
    desk.press(panel, "on_scene")
    after = desk.now_of(case)
    assert after.state is State.WORKING and after.clock("on_scene").stopped_at is not None
    assert after.clock("repaired").stopped_at is None


@pytest.mark.article("MQ-25-RETURN")
def test_applies_for_a_return_and_withdraws(desk: Desk) -> None:
    """A return needs a reason and takes a suggested unit; withdrawn, it is gone, and the clock never stopped."""
    case = desk.case("received")
    desk.sit("one")
    panel = desk.open(DisposalPanel)
    panel.choose_tab("hand")
    desk.settle()
    desk.select(panel, case)
    dialog = panel.ask("ask_return")
    desk.settle()
    dialog._accept()
    assert desk.now_of(case).pending() is None
    dialog.field("reason").edit.setPlainText("不属本单位职责范围")
    dialog.field("suggested_unit").combo.set_code(desk.actors["two"].unit)
    dialog._accept()
    desk.settle()
    asked = desk.now_of(case).pending("return")
    assert asked is not None and asked.data["suggested_unit"] == desk.actors["two"].unit
    desk.press(panel, "withdraw_request")
    after = desk.now_of(case)
    assert after.pending() is None
    assert after.clock("dispose").due_at == case.clock("dispose").due_at


def test_the_new_deadline_is_shown_while_applying(desk: Desk) -> None:
    """The dialog for an extension tells the deadline that would result, and what the handbook allows at most."""
    case = desk.case("received")
    desk.sit("one")
    panel = desk.open(DisposalPanel)
    panel.choose_tab("hand")
    desk.settle()
    desk.select(panel, case)
    dialog = panel.ask("ask_extension")
    desk.settle()
    assert dialog.field("amount").spin.maximum() == 4.0
    assert "延至" in dialog.note.words
    dialog.field("reason").edit.setPlainText("需订购配件")
    dialog.field("amount").spin.setValue(2.0)
    desk.settle()
    dialog._accept()
    desk.settle()
    assert desk.now_of(case).pending("extension").data["amount"] == 2.0


@pytest.mark.article("MQ-29-EMERGENCY")
def test_an_emergency_is_not_put_off(desk: Desk) -> None:
    """For an emergency, 申请挂账 is not offered."""
    case = desk.case("filed")
    case = desk.do("return_to_filing", case, "dispatcher", reason="应为应急案件")
    case = desk.do("file", case, "shift_leader", condition=URGENT, emergency=True)
    case = desk.do("dispatch", case, "dispatcher", unit=desk.actors["one"].unit)
    desk.sit("one")
    panel = desk.open(DisposalPanel)
    desk.select(panel, case)
    offered = panel.actions_bar.menu_offers("ask")
    assert "ask_suspension" not in offered and "ask_extension" in offered


@pytest.mark.article("TJA-7-LEAD")
def test_the_lead_waits_for_who_cooperates(desk: Desk) -> None:
    """The lead cannot feed back before the cooperating unit has; the cooperating unit sees its own part only."""
    case = desk.case("filed")
    lead, other = desk.actors["one"].unit, desk.actors["two"].unit
    case = desk.do("dispatch", case, "dispatcher", unit=lead, cooperating=[other])
    case = desk.do("receive", case, "one")
    desk.sit("one")
    panel = desk.open(DisposalPanel)
    panel.choose_tab("hand")
    desk.settle()
    desk.select(panel, case)
    assert "feed_back" not in desk.offered(panel)
    assert "待协办单位反馈" in panel.feed.head._title.text()
    desk.sit("two")
    panel.choose_tab("hand")
    desk.settle()
    desk.select(panel, case)
    assert desk.offered(panel) == {"cooperate_receive"}
    desk.press(panel, "cooperate_receive")
    panel.note.setPlainText("已配合围挡")
    desk.press(panel, "cooperate_feed_back")
    assert desk.now_of(case).cooperating[0].fed_back_at is not None


def test_a_recalled_case_is_told_in_words(desk: Desk) -> None:
    """The centre takes a case back just before the unit receives it: the unit reads that it is no longer its case, and
    nothing more of it."""
    case = desk.case("dispatched")
    desk.sit("one")
    panel = desk.open(DisposalPanel)
    desk.select(panel, case)
    desk.context.changed.disconnect(panel._changed)
    desk.do("recall", case, "dispatcher")
    desk.press(panel, "receive")
    assert desk.notices[-1].kind == "error" and "不由本单位办理" in desk.said()
    assert desk.now_of(case).state is State.FILED
