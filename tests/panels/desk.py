"""A seat for tests of panels: a real small city, a map that draws nothing, and people to sit down at it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QSettings, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from tests.map.canvas_world import FakeClient
from workstation.map.canvas import MapCanvas
from workstation.map.dragging import cases_mime
from workstation.panels.common.action import ActionDialog
from workstation.panels.common.fields import Words
from workstation.panels.common.stage_panel import StagePanel
from workstation.panels.common.unit_tree import UnitTree
from workstation.services.services import Services
from workstation.shell.context import AppContext, Clash, Notice
from workstation.shell.look.theme import Theme
from workstation.shell.tasks import TaskRunner
from workstation.store import tables
from workstation.workflow.case import Case
from workstation.workflow.event import Actor, Command

CLASS = ("component", "0101")
CONDITION = "component/0101/2"
URGENT = "component/0101/1"


class Desk:
    """The context a panel is given, with what a test needs round it: actors, cases made to measure, messages."""

    def __init__(self, qtbot: QtBot, services: Services, folder: Path) -> None:
        self.qtbot = qtbot
        self.services = services
        self.tasks = TaskRunner()
        self.client = FakeClient()
        self.client.page_problem = "no_qgis"
        self.theme = Theme("day")
        self.canvas = MapCanvas(self.client, services.city.map_crs, "main", self.theme, now=services.now)
        self.canvas.motion.animated = False
        self.settings = QSettings(str(folder / "seat.ini"), QSettings.Format.IniFormat)
        people = services.people
        self.actors = {
            post: people.actor(people.with_post(post)[0].id, post)
            for post in ("operator", "shift_leader", "dispatcher", "collector")
        }
        for unit in ("one", "two"):
            someone = [p for p in people.with_post("receiver") if p.unit != ""][0 if unit == "one" else -1]
            self.actors[unit] = people.actor(someone.id, "receiver")
        self.context = AppContext(
            services, self.tasks, self.canvas, self.client, self.theme, self.settings, self.actors["operator"]
        )
        self.notices: list[Notice] = []
        self.context.notified.connect(self.notices.append)
        self.clashes: list[Clash] = []
        self.context.clashed.connect(self.clashes.append)
        self._panels: list[StagePanel] = []

    def close(self) -> None:
        """Leave nothing running, and no widget behind: the next test's style sheet would go through them all."""
        self.context.stop()
        assert self.tasks.shutdown(30_000)  # a handbook takes seconds to be checked on a busy machine
        self.canvas.shutdown()
        for widget in (*self._panels, self.canvas):
            widget.close()
            widget.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    # ---- people and panels --------------------------------------------------------------------------------------

    def employ(self, who: str, post: str, unit: str = "") -> Actor:
        """Have somebody in that post in that unit under the name ``who``, giving the post to somebody there if need be."""
        people = self.services.people
        found = [p for p in people.with_post(post) if unit in ("", p.unit)]
        if not found:
            found = [p for p in people.all() if p.unit == unit]
            row = {"person_id": found[0].id, "post": post}
            with self.services.db.write() as conn:
                conn.execute(insert(tables.person_post), [row])
        self.actors[who] = people.actor(found[0].id, post)
        return self.actors[who]

    def sit(self, who: str) -> Actor:
        """Somebody sits down: operator, shift_leader, dispatcher, the receiver of unit one or two, or who was employed."""
        self.context.set_actor(self.actors[who])
        self.settle()
        return self.actors[who]

    def open(self, kind: type[StagePanel], width: int = 440, height: int = 900) -> Any:
        """The panel, shown and filled."""
        panel = kind(self.context)
        panel.resize(width, height)
        panel.show()
        self._panels.append(panel)
        self.settle()
        return panel

    def settle(self) -> None:
        """Wait until nothing is under way any more: tasks, changes told, lists read again."""
        end = time.monotonic() + 15
        calm = 0
        while calm < 3:
            assert time.monotonic() < end, "the panels do not come to rest"
            QApplication.processEvents()
            waiting = any(panel._settle.isActive() for panel in self._panels if hasattr(panel, "_settle"))
            if self.tasks.busy or waiting:
                calm = 0
                time.sleep(0.005)
            else:
                calm += 1

    def select(self, panel: StagePanel, case: Case) -> None:
        """Click the case in the panel's own list."""
        place = panel.list.rows.row_of(case.id)
        assert place >= 0, "the case is not in the list"
        panel.list.open_row(place)
        self.settle()

    def dialog(self) -> Any:
        """The dialog that is open."""
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                return widget
        raise AssertionError("no dialog is open")

    def give_reason(self, words: str) -> None:
        """Fill in the reason that is asked for, and agree."""
        dialog = self.dialog()
        if isinstance(dialog, ActionDialog):
            next(field for field in dialog.fields if isinstance(field, Words)).edit.setPlainText(words)
        else:
            dialog.edit.setPlainText(words)
        self.agree()

    def agree(self) -> None:
        """Press the button that does what the dialog asks about; what it would do must be known and possible."""
        self.settle()
        dialog = self.dialog()
        assert dialog.height() <= 720, f"the dialog is {dialog.height()} tall, more than a small screen"
        assert dialog.ok.isEnabled(), dialog.note.words if isinstance(dialog, ActionDialog) else ""
        dialog.ok.click()
        self.settle()

    def press(self, panel: StagePanel, name: str) -> None:
        """Press the button of that arrow; it must be there and possible."""
        button = panel.actions_bar.button(name)
        assert button.isVisibleTo(panel), f"{name} is not offered"
        assert button.isEnabled(), f"{name} is not possible"
        button.click()
        self.settle()

    def offered(self, panel: StagePanel) -> set[str]:
        """The names of the buttons that are shown."""
        bar = panel.actions_bar
        return {name for name, item in bar._buttons.items() if item.isVisibleTo(panel)}

    def said(self) -> str:
        """The last message."""
        return self.notices[-1].text if self.notices else ""

    def select_several(self, panel: StagePanel, cases: Sequence[Case]) -> None:
        """Select these in the panel's own list."""
        rows, model = panel.list.rows, panel.list.selectionModel()
        panel.list.clearSelection()
        for case in cases:
            model.select(rows.index(rows.row_of(case.id)), model.SelectionFlag.Select)
        self.settle()

    def drop(self, tree: UnitTree, cases: Sequence[Case], unit: str) -> None:
        """Drag cases over a unit of the tree and let them go there."""
        item = tree._items[unit]
        tree.scrollToItem(item)
        at = QPointF(tree.visualItemRect(item).center())
        mime = cases_mime([case.id for case in cases])
        tree.drag_entered.emit([case.id for case in cases])
        self.settle()
        actions = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
        event = QDropEvent(at, actions, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        tree.dropEvent(event)
        self.settle()

    def visible_text(self, within: QWidget, words: str) -> bool:
        """Whether some label shown in there says these words."""
        return any(
            words in label.text() for label in within.findChildren(QLabel) if label.isVisibleTo(within)
        )

    # ---- cases --------------------------------------------------------------------------------------------------

    def do(self, name: str, case: Case, who: str, **data: Any) -> Case:
        """Another seat does something."""
        command = Command(name, case.id, self.services.cases.new_command_id(), data)
        return self.services.cases.execute(command, self.actors[who]).case

    def place(self) -> tuple[float, float]:
        """A point inside a grid: where a component of the demo city stands."""
        rows = self.services.lists.page(_any(), None, 1).rows
        assert rows[0].lon is not None and rows[0].lat is not None
        return rows[0].lon, rows[0].lat

    def case(
        self,
        state: str,
        who: str = "one",
        *,
        source: str = "hotline_12345",
        condition: str = CONDITION,
        **reported: str,
    ) -> Case:
        """A new case brought to a state: registered, checked, filed, dispatched, received, fed_back, verifying, failed.

        ``reported``: more of what was registered."""
        lon, lat = self.place()
        grid = self.services.places.grid_at(lon, lat)
        assert grid is not None
        data = {
            "kind": CLASS[0],
            "class_code": CLASS[1],
            "source": source,
            "description": "井盖破损",
            "address": "文昌街与运河路交叉口",
            "lon": lon,
            "lat": lat,
            "grid": grid.code,
            "area_class": grid.area_class,
            **reported,
        }
        command = Command(
            "register", self.services.cases.new_case_id(), self.services.cases.new_command_id(), data
        )
        case = self.services.cases.execute(command, self.actors["operator"]).case
        collector = self.actors["collector"].person
        unit = self.actors[who].unit
        steps: list[tuple[str, str, str, dict[str, Any]]] = [
            ("checking", "send_check", "operator", {"to": collector}),
            ("checked", "checked", "operator", {"result": "true_report", "note": "情况属实"}),
            ("filed", "file", "shift_leader", {"condition": condition}),
            ("dispatched", "dispatch", "dispatcher", {"unit": unit, "requirement": "先设置围挡警示"}),
            ("received", "receive", who, {}),
            ("fed_back", "feed_back", who, {"note": "已更换井盖"}),
            ("verifying", "send_verify", "operator", {"to": collector}),
            ("failed", "verified", "operator", {"result": "fail", "note": "现场未清理"}),
        ]
        if state == "registered":
            return case
        for reached, name, actor, values in steps:
            case = self.do(name, case, actor, **values)
            if reached == state:
                return case
        raise ValueError(state)

    def now_of(self, case: Case) -> Case:
        """The case as it stands."""
        return self.services.cases.get(case.id)


def _any() -> Any:
    from workstation.services.lists.filter import CaseFilter

    return CaseFilter(open=True, sort="changed")
