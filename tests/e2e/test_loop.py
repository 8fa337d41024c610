"""One case round the whole loop, through the real windows of four seats at one real city, with a failed verification.

The map worker is left out: the tour plays the loop with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.panels.desk import CLASS, URGENT, Desk
from workstation.map.dragging import cases_mime
from workstation.services.lists.filter import CaseFilter
from workstation.shell.window import MainWindow
from workstation.workflow.case import Case, Stage, State

WORDS = "井盖缺失，夜间行人易跌落"


class Seat(Desk):
    """A desk with the main window on it and one person before it: panels are opened as its rail does."""

    def __init__(self, qtbot: QtBot, services: Any, folder: Path, who: str) -> None:
        super().__init__(qtbot, services, folder)
        self.folder = folder
        self.context.set_actor(self.actors[who])
        self.theme.apply(QApplication.instance())
        self.window = MainWindow(self.theme, self.settings)
        self.window.resize(1400, 900)
        self.window.show()
        qtbot.waitActive(self.window)
        self.window.enter(self.context)
        self.context.start()
        self.settle()

    def close(self) -> None:
        """Put the window away first."""
        self.context.stop()
        self.tasks.shutdown()
        self.canvas.shutdown()
        self.window.leave()
        self.window.close()
        for widget in (self.canvas, self.window):
            widget.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def panel(self, key: str, tab: str = "", case: Case | None = None) -> Any:
        """A panel brought to the front; one of its segments; a case of its list."""
        self.window.activateWindow()
        found: Any = self.window.open_panel(key)
        assert found is not None, f"{key} is not for this post"
        self._panels = [found]
        self.settle()
        if tab:
            found.choose_tab(tab)
            self.settle()
        if case is not None:
            self.select(found, case)
        return found

    def photo(self, name: str, colour: Qt.GlobalColor) -> str:
        """A photograph in the seat's folder."""
        image = QImage(160, 120, QImage.Format.Format_RGB32)
        image.fill(colour)
        path = self.folder / name
        assert image.save(str(path))
        return str(path)


class Centre:
    """The seats of a centre, all at one city: each is opened when its person is needed for the first time."""

    def __init__(self, qtbot: QtBot, services: Any, folder: Path) -> None:
        self._made = lambda who: Seat(qtbot, services, folder, who)
        self.seats: dict[str, Seat] = {}

    def __getitem__(self, who: str) -> Seat:
        if who not in self.seats:
            self.seats[who] = self._made(who)
        for seat in self.seats.values():
            seat.settle()
        return self.seats[who]


@pytest.fixture
def centre(qtbot: QtBot, services: Any, tmp_path: Path) -> Iterator[Centre]:
    """A real small city and nobody at work yet."""
    made = Centre(qtbot, services, tmp_path)
    yield made
    for seat in made.seats.values():
        seat.close()


def register(seat: Seat) -> Case:
    """An operator takes a call and sends the grid's collector to look."""
    panel = seat.panel("acceptance")
    form = panel.form
    form.reporter.setText("王女士")
    form.phone.setText("13800000000")
    form.picker.set_value(*CLASS)
    form._class_changed(*CLASS)
    form.position.pick_point()
    seat.canvas.point_picked.emit(*seat.place())
    seat.settle()
    form.description.setFocus()
    form.description.setPlainText(WORDS)
    form.photos.add_files([seat.photo("处置前.jpg", Qt.GlobalColor.darkRed)])
    seat.settle()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(form.description, Qt.Key.Key_Return, keys)
    seat.settle()
    rows = seat.services.lists.page(CaseFilter(text=WORDS)).rows
    assert len(rows) == 1
    return seat.services.cases.get(rows[0].id)


def dispose(centre: Centre, case: Case, note: str) -> None:
    """The unit receives, reports its arrival where that is due, and feeds back with a photograph."""
    seat = centre["one"]
    panel = seat.panel("disposal", "new", case)
    seat.press(panel, "receive")
    panel = seat.panel("disposal", "hand", case)
    if seat.now_of(case).milestones == ():
        seat.press(panel, "on_scene")
        seat.select(panel, case)
    panel.note.setPlainText(note)
    panel.photos.add_files([seat.photo(f"{note}.jpg", Qt.GlobalColor.darkGreen)])
    seat.settle()
    seat.press(panel, "feed_back")
    assert seat.now_of(case).state is State.FED_BACK


def verify(centre: Centre, case: Case, result: str, note: str) -> None:
    """The operator sends somebody and writes down what was found."""
    seat = centre["operator"]
    seat.press(seat.panel("verification", "fed_back", case), "send_verify")
    panel = seat.panel("verification", "verifying", case)
    panel.note.setPlainText(note)
    seat.press(panel, result)


@pytest.mark.article("TJA-2-LOOP", "MQ-7-STEPS", "TZ-14-OUTCOMES")
def test_one_case_round_the_loop(centre: Centre) -> None:
    """Registered, checked, filed, dropped on a unit, disposed of, failed, disposed of again, passed, closed."""
    seat = centre["operator"]
    case = register(seat)
    assert case.state is State.CHECKING
    panel = seat.panel("acceptance", "checking", case)
    panel.checks.note.setPlainText("情况属实")
    seat.press(panel, "true_report")

    seat = centre["shift_leader"]
    panel = seat.panel("filing", "ready", case)
    panel.conditions.choose(1)
    seat.settle()
    seat.press(panel, "file")
    assert seat.now_of(case).condition == URGENT

    seat = centre["dispatcher"]
    panel = seat.panel("dispatch", "filed", case)
    unit = seat.actors["one"].unit
    item = panel.choice.tree._items[unit]
    panel.choice.tree.scrollToItem(item)
    at = QPointF(panel.choice.tree.visualItemRect(item).center())
    mime = cases_mime([case.id])
    drop = QDropEvent(
        at, Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    panel.choice.tree.dropEvent(drop)
    seat.settle()
    assert seat.now_of(case).lead.unit == unit

    dispose(centre, case, "已设置警示并更换")
    verify(centre, case, "fail", "现场未清理")
    seat = centre["shift_leader"]
    panel = seat.panel("verification", "found", case)
    panel.outcomes.buttons["dispose_again"].click()
    seat.give_reason("未达到结案标准，请再次处置")
    assert (seat.now_of(case).state, seat.now_of(case).rework) == (State.DISPATCHED, 1)

    dispose(centre, case, "已清理现场")
    verify(centre, case, "pass", "已处置到位")
    seat = centre["shift_leader"]
    seat.press(seat.panel("verification", "found", case), "close")

    closed = seat.now_of(case)
    assert (closed.state, closed.stage) == (State.CLOSED, Stage.EVALUATE)
    assert [photo.role for photo in closed.photos] == ["before", "after", "after"]
    kinds = [stored.event.kind for stored in seat.services.cases.history(case.id)]
    once = ["receive", "on_scene", "feed_back", "send_verify", "verified"]
    again = ["receive", "feed_back", "send_verify", "verified"]
    assert kinds == [
        "register",
        "send_check",
        "checked",
        "file",
        "dispatch",
        *once,
        "dispose_again",
        *again,
        "close",
    ]
    row = seat.services.lists.rows([case.id])[0]
    assert row.rework == 1 and row.disposed_in_time is not None and row.closed_in_time is not None
    for one in centre.seats.values():
        assert not [notice for notice in one.notices if notice.kind in ("error", "warning")]
