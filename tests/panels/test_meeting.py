"""The regular meeting: its agenda by topic and unit, decisions one after the other, rulings, and the minutes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.panels.desk import Desk
from workstation.panels.meeting import MeetingPanel
from workstation.panels.meeting.tree import topic_text
from workstation.workflow.case import Case


def settle(desk: Desk) -> None:
    """The timer that gathers changes, then everything under way."""
    desk.qtbot.wait(30)
    desk.settle()


@pytest.fixture
def panel(desk: Desk) -> Any:
    """The commander's dock."""
    someone = desk.services.people.with_post("commander")[0]
    desk.actors["commander"] = desk.services.people.actor(someone.id, "commander")
    desk.context.names = {p.id: p.name for p in desk.services.people.all()}
    desk.sit("commander")
    made = desk.open(MeetingPanel, 560, 900)
    made._settle.setInterval(10)  # changes are gathered for a moment only
    return made


def disputed(desk: Desk) -> Case:
    """A case of unit one whose responsibility is disputed."""
    case = desk.case("received", "one")
    units = [desk.actors["one"].unit, desk.actors["two"].unit]
    made = desk.services.cases.new_command_id()
    return desk.do(
        "coordinate",
        case,
        "dispatcher",
        coordination_id=made,
        cause="disputed",
        scope="across",
        reason="两家单位均称不属本单位",
        units=units,
    )


def begin(desk: Desk, panel: MeetingPanel) -> None:
    """Hold the meeting."""
    panel.actions_bar.button("hold").click()
    settle(desk)


@pytest.mark.article("TJA-8-MEETING")
def test_the_agenda_is_by_topic_and_unit(desk: Desk, panel: MeetingPanel) -> None:
    """Every case that the service puts on the agenda is in the tree, under its topic and its unit."""
    case = disputed(desk)
    settle(desk)
    key = str(panel.kinds.currentData())
    items = desk.services.meetings.agenda(key)
    assert len(panel.tree.cases()) == len(items)
    item = next(i for i in panel.tree.cases() if i.data(0, 256) == case.id)
    unit, topic = item.parent(), item.parent().parent()
    assert topic.text(0).startswith(topic_text("disputed"))
    assert unit.text(0).startswith(desk.context.name_of(desk.actors["one"].unit))


def test_a_meeting_is_held_and_gone_through(desk: Desk, panel: MeetingPanel) -> None:
    """Begun, the first case is looked at; a decision without words is not taken; written down, it goes to the next."""
    disputed(desk)
    settle(desk)
    begin(desk, panel)
    assert panel.agenda is not None and panel.agenda.meeting is not None
    first = panel.tree.case_id
    assert first and panel.point.state.words
    panel.decide()
    assert desk.visible_text(panel.point, "请填写会议决定")
    panel.point.words.setPlainText("责任单位三日内办结")
    panel.actions_bar.take_primary()
    settle(desk)
    assert panel.agenda.meeting.decided == 1 and panel.tree.case_id != first
    assert panel.tree.choose(first)
    settle(desk)
    assert desk.visible_text(panel.point, "责任单位三日内办结") and "decide" not in desk.offered(panel)


@pytest.mark.article("TJA-8-MEETING")
def test_a_dispute_is_decided_in_the_meeting(desk: Desk, panel: MeetingPanel) -> None:
    """The meeting makes a unit responsible: the case is to be dispatched to it, and that binds."""
    case = disputed(desk)
    coordination = case.coordinating
    assert coordination is not None
    settle(desk)
    while "commander" not in desk.services.handbook.bodies[coordination.body].posts:
        case = desk.do("escalate", case, "dispatcher", coordination_id=coordination.id, note="未达成一致")
        coordination = case.coordinating
        assert coordination is not None
    begin(desk, panel)
    assert panel.tree.choose(case.id)
    settle(desk)
    assert panel.point.ruling is not None and panel.point.unit is not None
    panel.point.ruling.choose("assign")
    panel.point.unit.combo.set_code(desk.actors["two"].unit)
    panel.point.words.setPlainText("按权属由二单位负责")
    panel.decide()
    settle(desk)
    ruled = desk.now_of(case)
    assert ruled.ruled_unit == desk.actors["two"].unit and ruled.no_return
    assert ruled.coordinating is None and ruled.state == "filed"


def test_the_end_and_the_minutes(desk: Desk, panel: MeetingPanel, tmp_path: Path) -> None:
    """Ended with a summary, the meeting stands among those held, with its minutes as PDF."""
    disputed(desk)
    settle(desk)
    begin(desk, panel)
    panel.close_meeting()
    desk.give_reason("共议一件")
    settle(desk)
    assert panel.agenda is not None and panel.agenda.meeting is None
    panel.tabs._buttons["held"].click()
    settle(desk)
    assert panel.history.count() >= 1 and "共议一件" in panel.says.text()
    assert desk.offered(panel) == {"minutes"}
    path = tmp_path / "minutes.pdf"
    assert panel.agenda is not None and panel.agenda.meeting is not None
    panel.write_minutes(panel.agenda.meeting.id, str(path))
    settle(desk)
    assert path.read_bytes().startswith(b"%PDF") and str(path) in desk.said()
