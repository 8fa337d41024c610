"""Hands and eyes on a running workstation: pressing what is on the screen, waiting for what follows, taking pictures.

Everything goes through Qt's own events to visible, enabled widgets; what a person could not press, the director cannot either.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter, QPen, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QListWidget,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from ..map.dragging import cases_mime
from ..shell.door.login import LoginPage

if TYPE_CHECKING:
    from ..app import Workstation
    from ..map.canvas import MapCanvas
    from ..shell.context import AppContext

PATIENCE = 60.0
"""Seconds after which what was waited for is taken to have failed."""

W = TypeVar("W", bound=QWidget)


class TourError(Exception):
    """The play could not go on: ``step`` was under way, ``problem`` is what did not happen."""

    def __init__(self, step: str, problem: str) -> None:
        super().__init__(f"{step}: {problem}")
        self.step = step
        self.problem = problem


class Director:
    """Drives one :class:`~workstation.app.Workstation`; pictures go to ``out`` as ``NN-name.png``."""

    def __init__(self, station: Workstation, out: Path, say: Callable[[str], None]) -> None:
        self.station = station
        self.out = out
        self.step = ""
        self.pictures: list[Path] = []
        self._say = say

    # ---- steps and pictures -----------------------------------------------------------------------------------

    def begin(self, step: str) -> None:
        """Name what comes now."""
        self.step = step
        self._say(step)

    def picture(self, name: str, over: QWidget | None = None) -> Path:
        """A picture of the window, with the dialog ``over`` it, once the map has come to rest."""
        self.wait_for_map()
        self.rest()
        path = self.out / f"{len(self.pictures) + 1:02d}-{name}.png"
        shot = self.station.window.grab()
        if over is not None:
            self._lay(shot, over)
        if not shot.save(str(path)):
            raise TourError(self.step, f"the picture {path} could not be written")
        self.pictures.append(path)
        return path

    def _lay(self, shot: QPixmap, dialog: QWidget) -> None:
        """A dialog is a window of its own: lay it where it stands, with its edge."""
        window = self.station.window
        place = dialog.mapToGlobal(QPoint(0, 0)) - window.mapToGlobal(QPoint(0, 0))
        room = QPoint(window.width() - dialog.width(), window.height() - dialog.height())
        place = QPoint(max(0, min(place.x(), room.x())), max(0, min(place.y(), room.y())))
        painter = QPainter(shot)
        painter.drawPixmap(place, dialog.grab())
        painter.setPen(QPen(dialog.palette().mid().color(), 1))
        painter.drawRect(QRect(place, dialog.size()).adjusted(-1, -1, 0, 0))
        painter.end()

    # ---- waiting ----------------------------------------------------------------------------------------------

    def wait(self, what: str, condition: Callable[[], Any], seconds: float = PATIENCE) -> Any:
        """Let events run until ``condition()`` is true; its value. TourError when it does not become so."""
        end = time.monotonic() + seconds
        while not (value := condition()):
            if time.monotonic() > end:
                said = "; ".join(toast.notice.text for toast in self.station.window.toasts.shown)
                raise TourError(
                    self.step,
                    f"waited {seconds:.0f} s in vain for {what}" + (f" (on screen: {said})" if said else ""),
                )
            QTest.qWait(10)
        return value

    def rest(self) -> None:
        """Until no background task is under way."""
        QTest.qWait(60)
        self.wait("background work to end", lambda: not self.station.tasks.busy)
        QTest.qWait(60)

    def wait_for_map(self) -> None:
        """Until the map shows the present view sharply."""
        if self.station._context is not None:
            QTest.qWait(200)  # longer than the canvas waits before it asks for the view at rest
            canvas = self.canvas
            self.wait(
                "the map",
                lambda: (
                    canvas.frames.picture is not None
                    and not canvas.motion.moving
                    and not canvas.frames.waiting
                ),
            )

    # ---- what there is ----------------------------------------------------------------------------------------

    @property
    def context(self) -> AppContext:
        """The context of whoever sits there."""
        context = self.station._context
        if context is None:
            raise TourError(self.step, "nobody sits at the desk")
        return context

    @property
    def canvas(self) -> MapCanvas:
        """The map."""
        return self.context.canvas

    def panel(self, key: str) -> Any:
        """A panel, brought to the front."""
        self.context.show_panel(key)
        return self.wait(f"the panel {key}", lambda: self.station.window.panel(key))

    # ---- hands ------------------------------------------------------------------------------------------------

    def press(self, button: QAbstractButton) -> None:
        """Click a button once it can be clicked."""
        self.wait(f"the button «{button.text()}»", lambda: button.isVisible() and button.isEnabled())
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def press_text(self, text: str, root: QWidget | None = None) -> None:
        """Click the visible button with this text."""

        def find() -> QAbstractButton | None:
            found = (root or self.station.window).findChildren(QAbstractButton)
            return next(
                (b for b in found if b.text().strip() == text and b.isVisible() and b.isEnabled()), None
            )

        self.press(self.wait(f"a button «{text}»", find))

    def write(self, field: QWidget, text: str) -> None:
        """Replace a field's text as by typing (Chinese comes as an input method commits it)."""
        field.setFocus()
        if isinstance(field, QPlainTextEdit):
            field.selectAll()
            field.insertPlainText(text)
        else:
            field.selectAll()  # type: ignore[attr-defined]
            field.insert(text)  # type: ignore[attr-defined]

    def pick(self, combo: QComboBox, data: str) -> None:
        """Choose an entry of a drop-down list by what stands behind it, as a click on it does."""
        row = self.wait("the entry in the list", lambda: 1 + combo.findData(data)) - 1
        combo.setFocus()
        combo.setCurrentIndex(row)
        combo.activated.emit(row)

    def read_on(self, within: QWidget) -> None:
        """Scroll what the widget stands in down to its end, where the decision is."""
        self.rest()
        area: QWidget | None = within
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if isinstance(area, QScrollArea):
            bar = area.verticalScrollBar()
            bar.setValue(bar.maximum())

    def choose_row(self, panel: Any, tab: str, case_id: str) -> None:
        """Choose a case in a panel's list."""
        panel.choose_tab(tab)
        rows = panel.list.rows
        row = self.wait("the case in the list", lambda: 1 + _row(rows, case_id)) - 1
        index = rows.index(row, 0)
        panel.list.scrollTo(index)
        place = panel.list.visualRect(index).center()
        QTest.mouseClick(
            panel.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
        )
        self.wait("the case in the panel", lambda: panel.view is not None and panel.view.case.id == case_id)
        self.rest()

    def click_map(self, lon: float, lat: float) -> None:
        """Click the map at a place in degrees."""
        QTest.mouseClick(
            self.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self.pixel(lon, lat)
        )

    def pixel(self, lon: float, lat: float) -> QPoint:
        """Where a place is on the canvas."""
        x, y = self.canvas.view.to_screen(*self.canvas.projection.point_to_map(lon, lat))
        return QPoint(round(x), round(y))

    def drag_over(self, over: QWidget, ids: Iterable[str], way: Iterable[QPointF]) -> QMimeData:
        """Carry cases over a widget along a way; the drag is still in the air afterwards."""
        mime = cases_mime(list(ids))
        points = list(way)
        move = Qt.DropAction.MoveAction
        none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        QApplication.sendEvent(over, QDragEnterEvent(points[0].toPoint(), move, mime, left, none))
        for point in points:
            QApplication.sendEvent(over, QDragMoveEvent(point.toPoint(), move, mime, left, none))
            QTest.qWait(16)
        return mime

    def drop(self, over: QWidget, mime: QMimeData, at: QPoint) -> None:
        """Let go."""
        move, none, left = Qt.DropAction.MoveAction, Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        QApplication.sendEvent(over, QDropEvent(QPointF(at), move, mime, left, none))

    def sit_down(self, post: str, unit: str = "", holder: str = "") -> None:
        """Let somebody who has the post (in that unit; that person) take the seat, through the login page."""
        self.station.show_login()
        page = self.wait("the login page", self._login_page)
        people = self.station.city.people if self.station.city is not None else []
        found = next(
            (p for p in people if post in p.posts and unit in ("", p.unit) and holder in ("", p.id)),
            None,
        )
        if found is None:
            raise TourError(self.step, f"nobody holds the post {post} {unit}")
        _choose(page.posts, post)
        _choose(page.people, found.id)
        self.press(page.enter)
        self.wait("the desk", lambda: self.station._context is not None)
        self.rest()

    def _login_page(self) -> LoginPage | None:
        page = self.station.window.stack.currentWidget()
        return page if isinstance(page, LoginPage) else None

    def case(self, case_id: str) -> Any:
        """The case as it stands."""
        return self.ask(self.context.services.cases.get, case_id)

    def ask(self, question: Callable[..., Any], *args: Any) -> Any:
        """Have something read in the background, as the interface does."""
        answers: list[Any] = []
        self.context.tasks.run(question, *args, owner=self.context, on_done=answers.append)
        self.wait("an answer", lambda: bool(answers))
        return answers[0]

    def dialog(self) -> Any:
        """The dialog that is open; None while there is none."""
        return QApplication.activeModalWidget()

    def until_state(self, case_id: str, state: str) -> Any:
        """Wait until the case is in that state."""
        end = time.monotonic() + PATIENCE
        while (case := self.case(case_id)).state != state:
            if time.monotonic() > end:
                raise TourError(self.step, f"the case is {case.state}, not {state}")
            QTest.qWait(50)
        self.rest()
        return case


def _row(rows: Any, case_id: str) -> int:
    """The row of the case; where it is not there yet, the list reads on as if scrolled down."""
    row = int(rows.row_of(case_id))
    if row < 0 and rows.canFetchMore(QModelIndex()):
        rows.fetchMore(QModelIndex())
    return row


def _choose(entries: QListWidget, key: str) -> None:
    """Choose the entry whose data is ``key``."""
    for at in range(entries.count()):
        if entries.item(at).data(Qt.ItemDataRole.UserRole) == key:
            entries.setCurrentRow(at)
            return
    raise LookupError(key)
