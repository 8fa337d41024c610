"""The reporter of a case on the screen: masked, seen for a minute with a reason, erased when it is withdrawn."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.panels.desk import Desk
from workstation.panels.case import CasePanel
from workstation.panels.common.reporter import WhyPopup
from workstation.services.personal.looks import Period
from workstation.shell.widgets import ReasonDialog
from workstation.workflow.case import Case
from workstation.workflow.event import Actor

pytestmark = pytest.mark.article("TZ-5-PRIVACY")

EVER = Period(datetime(2026, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


def auditor(desk: Desk) -> Actor:
    """Somebody who audits."""
    person = desk.services.people.with_post("evaluator")[0]
    return desk.services.people.actor(person.id, "evaluator")


@pytest.fixture
def panel(desk: Desk) -> Any:
    """The dock of an operator."""
    desk.sit("operator")
    return desk.open(CasePanel, 480, 900)


def look_at(desk: Desk, panel: CasePanel, case: Case) -> None:
    """Choose the case and wait until it is shown."""
    desk.context.selection.set([case.id], case.id)
    desk.qtbot.waitUntil(lambda: panel.sheet is not None and panel.sheet.case.id == case.id, timeout=5000)
    desk.settle()


def test_a_look_needs_a_reason_and_ends(desk: Desk, panel: CasePanel) -> None:
    """Nothing is shown without a reason; then for a minute, past a redrawn sheet; another case, or the minute's end, masks."""
    case = desk.case("dispatched", reporter="周女士", reporter_phone="13900001111")
    other = desk.case("dispatched", reporter="孙先生", reporter_phone="13900002222")
    desk.sit("operator")
    look_at(desk, panel, case)
    line = panel.facts._reporter
    popup = WhyPopup(desk.services.handbook.personal.reasons, line.look, panel)
    popup.confirm()
    desk.settle()
    assert not line.clear and desk.services.personal.looks(EVER, auditor(desk)) == []
    popup.reasons.setCurrentRow(0)
    popup.words.setText("核对地址")
    QTest.keyClick(popup.words, Qt.Key.Key_Return)
    desk.settle()
    assert line.clear and desk.visible_text(panel, "13900001111")
    line._copy_phone()
    assert QGuiApplication.clipboard().text() == "13900001111"
    desk.do("urge", case, "shift_leader", direction_id="d1", note="请抓紧")
    desk.settle()
    assert line.clear and desk.visible_text(panel, "13900001111")
    (look,) = desk.services.personal.looks(EVER, auditor(desk))
    assert look.case_id == case.id and look.reason.endswith("：核对地址")
    look_at(desk, panel, other)
    assert not line.clear and desk.visible_text(panel, "139****2222")
    line.look(desk.services.handbook.personal.reasons[0])
    desk.settle()
    assert desk.visible_text(panel, "13900002222")
    line._left = 1
    line._tick()
    assert not line.clear and not desk.visible_text(panel, "13900002222")


def test_the_shift_leader_erases_what_is_withdrawn(desk: Desk, panel: CasePanel) -> None:
    """Only who may erase is offered it; afterwards a look is refused in words."""
    case = desk.case("dispatched", reporter="周女士", reporter_phone="13900001111")
    desk.sit("operator")
    look_at(desk, panel, case)
    assert panel.facts._reporter.erase.isHidden()
    desk.sit("shift_leader")
    look_at(desk, panel, case)
    line = panel.facts._reporter
    line._ask_erase()
    dialog = panel.window().findChildren(ReasonDialog)[-1]
    dialog.edit.setPlainText("反映人来电要求撤回")
    dialog.ok.click()
    desk.settle()
    line.look(desk.services.handbook.personal.reasons[0])
    desk.settle()
    assert not line.clear and "反映人信息已于" in desk.said()
