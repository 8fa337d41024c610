"""Shift handover: a summary out of the cases, a note, who comes next takes over, and what was is kept."""

from __future__ import annotations

from typing import Any

import pytest

from tests.panels.desk import Desk
from workstation.panels.handover import HandoverPanel
from workstation.services.centre.handover import SECTIONS


def settle(desk: Desk) -> None:
    """The timer that gathers changes, then everything under way."""
    desk.qtbot.wait(30)
    desk.settle()


@pytest.fixture
def panel(desk: Desk) -> Any:
    """The dock of the first operator; a second one is ``next``."""
    people = desk.services.people
    first, second = people.with_post("operator")[:2]
    desk.actors["operator"] = people.actor(first.id, "operator")
    desk.actors["next"] = people.actor(second.id, "operator")
    desk.context.names = {p.id: p.name for p in people.all()}
    desk.sit("operator")
    return open_panel(desk)


def open_panel(desk: Desk) -> Any:
    """The dock; changes are gathered for a moment only."""
    made = desk.open(HandoverPanel, 440, 900)
    made._settle.setInterval(10)
    return made


def test_the_figures_open_their_cases(desk: Desk, panel: HandoverPanel) -> None:
    """Each figure is the service's; a click asks for the list of the cases behind it."""
    case = desk.case("registered")
    settle(desk)
    assert panel.shift is not None
    sections = panel.shift.summary.sections
    for key in SECTIONS:
        assert panel.summary.buttons[key].text().endswith(f"　{sections[key].count}")
        assert panel.summary.buttons[key].isEnabled() == (sections[key].count > 0)
    asked: list[Any] = []
    desk.context.cases_requested.connect(lambda wanted, title: asked.append((wanted, title)))
    panel.summary.buttons["went_out"].click()
    wanted, title = asked[0]
    assert case.id in wanted.ids and title == "本班办出"


def test_a_shift_is_handed_over_and_taken_over(desk: Desk, panel: HandoverPanel) -> None:
    """With a note to a person; only that one takes over; both and the note are in the record."""
    panel.to.setCurrentIndex(panel.to.findData(desk.actors["next"].person))
    panel.note.setPlainText("有反映人待回复")
    panel.actions_bar.take_primary()
    settle(desk)
    assert desk.actors["next"].name in desk.said() and not panel.note.toPlainText()
    assert not panel.actions_bar.button("hand_over").isEnabled(), "it waits to be taken over"
    desk.sit("next")
    other = open_panel(desk)
    assert desk.visible_text(other, "有反映人待回复") and desk.offered(other) == {"accept"}
    assert not other.own.isVisibleTo(other)
    other.accept_note.setPlainText("知道了")
    other.actions_bar.button("accept").click()
    settle(desk)
    assert desk.offered(other) == {"hand_over"} and other.own.isVisibleTo(other)
    other.show_part("history")
    settle(desk)
    assert other.history.count() >= 1 and not desk.offered(other)
    assert desk.visible_text(other.past, "有反映人待回复") and desk.visible_text(other.past, "知道了")
    assert desk.visible_text(other.past, desk.actors["operator"].name)


def test_somebody_was_faster(desk: Desk, panel: HandoverPanel) -> None:
    """The shift was taken over at another seat meanwhile: that is said, and the panel shows how it is."""
    services = desk.services
    info = services.handover.hand_over(desk.actors["operator"], "无特殊情况")
    desk.sit("next")
    other = open_panel(desk)
    assert desk.offered(other) == {"accept"}
    other._settle.blockSignals(True)
    third = services.people.with_post("operator")[2]
    services.handover.accept(info.id, services.people.actor(third.id, "operator"))
    other.accept()
    other._settle.blockSignals(False)
    settle(desk)
    assert "接班" in desk.said() and desk.offered(other) == {"hand_over"}
