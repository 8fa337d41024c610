"""The box of finding on every map (Ctrl+K): what is typed is looked for while one types, Enter flies there.

Esc leads back to where one was, in the window and on the map. Nothing here waits: each question goes to the background,
one at a time, and only the newest answer is shown.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ..look import icons
from ..widgets.basics import kind_label
from . import open as finder_open
from . import text as finder_text
from .edit import FinderEdit
from .list import Entries, FoundView
from .text import Answer, Row, Way

if TYPE_CHECKING:
    from ...map.canvas import MapCanvas
    from ...map.canvas_surface import MapSurface
    from ...map.overlay_found import FoundOverlay
    from ...map.viewport import Viewport
    from ...services.finding.finding import Found
    from ..context import AppContext

TYPING_MILLISECONDS = 60
PATIENCE_MILLISECONDS = 400
"""After so long without an answer the list says that names are being read."""
WIDTH, LIST_WIDTH, EDGE = 300, 400, 10
POINT_SCALE = {"component": 500.0, "crossing": 1500.0, "building": 1000.0}


class Finder(QFrame):
    """The box on one map: the field in the upper left corner, the list below it while there is something to show."""

    def __init__(self, context: AppContext, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._context = context
        self._canvas = canvas
        self._overlay: FoundOverlay | None = None
        self._before: tuple[QWidget | None, Viewport] | None = None
        self._flown = False
        self._asking = False
        self._answered = ""
        self._entering: bool | None = None  # Enter came before the answer; True: with Shift
        self.setObjectName("finder")
        self.setProperty("kind", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.edit = FinderEdit(self)
        self.edit.setPlaceholderText(self.tr("查找（Ctrl+K）：编号、地点、拼音、坐标"))
        self.edit.setAccessibleName(self.tr("在地图上查找"))
        self.edit.setMaxLength(200)
        # Not in the chain of Tab: Ctrl+K leads here, and a window that opens does not begin here.
        self.edit.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.edit.setClearButtonEnabled(True)
        self.edit.setFrame(False)
        self._sign = self.edit.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.addWidget(self.edit)
        self.panel = QFrame(canvas)
        self.panel.setObjectName("finder-list")
        self.panel.setProperty("kind", "card")
        self.panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.panel.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.entries = Entries(self)
        self.view = FoundView(self.entries, self.panel)
        self.note: QLabel = kind_label("", "label")
        self.note.setWordWrap(True)
        self.note.setContentsMargins(12, 8, 12, 8)
        self.foot: QLabel = kind_label("", "small")
        self.foot.setContentsMargins(12, 4, 12, 4)
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(1, 4, 1, 2)
        column.setSpacing(0)
        for widget in (self.view, self.note, self.foot):
            column.addWidget(widget, 1 if widget is self.view else 0)
        self.panel.hide()
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MILLISECONDS)
        self._typing.timeout.connect(self._ask)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MILLISECONDS)
        self._patience.timeout.connect(self._say_reading)
        self.edit.textEdited.connect(self._edited)
        self.edit.textChanged.connect(self._emptied)
        self.edit.stepped.connect(self._step)
        self.edit.entered.connect(self._entered)
        self.edit.numbered.connect(self._numbered)
        self.edit.escaped.connect(self.back)
        self.edit.focused.connect(self._focused)
        self.edit.left.connect(self._left)
        self.view.clicked.connect(self._clicked)
        self.view.chosen.connect(self._say_keys)
        canvas.installEventFilter(self)
        self.place()
        self.show()

    # ---- coming and going ---------------------------------------------------------------------------------------

    def come(self) -> None:
        """Ask for what is to be found; where one was is kept for Esc."""
        self._keep_before()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def _keep_before(self) -> None:
        if self._before is None:
            widget = QApplication.focusWidget()
            self._before = (None if widget is self.edit else widget, self._canvas.view)
            self._flown = False

    @Slot()
    def back(self) -> None:
        """Leave, and be where one was: the list goes, the view before the first flight comes, then the keyboard returns."""
        before, self._before = self._before, None
        flown, self._flown = self._flown, False
        self._typing.stop()
        self.panel.hide()
        self.clear_marks()
        if before is None:
            self._canvas.setFocus()
            return
        widget, view = before
        if flown and not self._canvas.busy_hand:
            self._canvas.look_at(view.cx, view.cy, view.res)
        if widget is not None and isValid(widget) and widget.isVisible():
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._canvas.setFocus()

    def stay(self) -> None:
        """Leave, and stay where the map is now."""
        self._before = None
        self._flown = False
        self.panel.hide()
        self._canvas.setFocus()

    @Slot()
    def _focused(self) -> None:
        self._context.set_canvas(self._canvas)
        self._keep_before()
        if not self.edit.text().strip():
            self._show_recent()

    @Slot()
    def _left(self) -> None:
        """The hand went elsewhere: what was found stays, the way back does not."""
        self.panel.hide()
        self._before = None
        self._flown = False

    def forget(self) -> None:
        """Somebody else sits here: nothing of what was found stays."""
        self.edit.clear()
        self.entries.show(())
        self.panel.hide()
        self.clear_marks()

    # ---- asking -------------------------------------------------------------------------------------------------

    @Slot(str)
    def _edited(self, _text: str) -> None:
        self._entering = None
        self._typing.start()

    @Slot(str)
    def _emptied(self, text: str) -> None:
        """Also by the button in the field."""
        if not text.strip():
            self._typing.stop()
            self.clear_marks()
            if self.edit.hasFocus():
                self._show_recent()

    @Slot()
    def _ask(self) -> None:
        """Ask for what stands there now; while an answer is under way the next question waits for it."""
        text = self.edit.text().strip()
        if not text or self._asking:
            return
        self._asking = True
        self._patience.start()
        context = self._context
        context.tasks.run(
            finder_text.ask,
            context.services,
            text,
            context.actor,
            self._canvas.center(),
            owner=self,
            on_done=self._answer,
            on_error=self._failed,
            priority=1,
        )

    def _answer(self, answer: Answer) -> None:
        self._asking = False
        self._patience.stop()
        text = self.edit.text().strip()
        if text and answer.text != text and not self._typing.isActive():
            self._ask()
        # An answer to what was typed before is shown while the next one is under way: something is better than nothing.
        if text and self.edit.hasFocus():
            self._answered = answer.text
            self._show(answer.rows, finder_text.nothing_text(answer.text))
            if self._entering is not None and answer.text == text:
                opening, self._entering = self._entering, None
                row = self.entries.row(self.entries.place(1))
                if row is not None and (row.kind != "coordinate" or len(answer.rows) == 1):
                    self._take(row, opening)  # of several readings of numbers she chooses

    def _failed(self, error: BaseException) -> None:
        self._asking = False
        self._patience.stop()
        self._context.say_error(error)

    @Slot()
    def _say_reading(self) -> None:
        if self._asking and self.edit.hasFocus() and not self._answered:
            self._show((), self.tr("正在读入名称，请稍候…"))

    def _show_recent(self) -> None:
        self._answered = ""
        context = self._context
        found = finder_text.recent(context.settings, context.actor.person)
        rows = [finder_text.row_of(item) for item in found]
        if rows:
            self._show(rows, "", self.tr("最近查找"))
        else:
            self._show(
                (),
                self.tr(
                    "可输入：案卷号或后几位、部件编码、网格编码、道路＋门牌、两条路名、单位、人名、部件类别；汉字、全拼、首字母都可以。也可输入坐标。"
                ),
            )

    def _show(self, rows: list[Row] | tuple[Row, ...], nothing: str, heading: str = "") -> None:
        self.entries.show(rows, heading)
        self.view.setVisible(bool(rows))
        self.note.setVisible(not rows)
        self.foot.setVisible(bool(rows))
        self.note.setText("" if rows else nothing)
        self.panel.show()
        self.place()
        self.panel.raise_()
        first = self.entries.place(1)
        if first >= 0:
            self.view.choose(first)
        self._say_keys()

    @Slot()
    def _say_keys(self) -> None:
        """What Enter does with the row that the mark stands on; Shift+Enter only where there is something to open."""
        self.foot.setText(finder_open.hint(self.entries.row(self.view.currentIndex().row())))

    # ---- taking -------------------------------------------------------------------------------------------------

    @Slot(int)
    def _step(self, by: int) -> None:
        if not self.panel.isVisible() and self.entries.rowCount():
            self.panel.show()
            self.place()
        else:
            self.view.step(by)

    @Slot(bool)
    def _entered(self, opening: bool) -> None:
        text = self.edit.text().strip()
        if self._flown and not self.panel.isVisible():
            self.stay()
            return
        row = self.entries.row(self.view.currentIndex().row())
        if row is None or (text and self._answered != text):
            self._typing.stop()
            self._entering = opening  # quicker than the answer
            self._ask()
            return
        self._take(row, opening)

    @Slot(int)
    def _numbered(self, number: int) -> None:
        at = self.entries.place(number)
        row = self.entries.row(at)
        if row is not None and self.panel.isVisible():
            self.view.choose(at)
            self._take(row, False)

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        row = self.entries.row(index.row())
        if row is not None:
            self.view.choose(index.row())
            opening = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
            self._take(row, bool(opening))

    def _take(self, row: Row, opening: bool) -> None:
        context = self._context
        self.panel.hide()
        self.clear_marks()
        if row.reading is not None:
            self._fly(row.reading.lon, row.reading.lat, 1500.0)
            self.overlay.mark(row.reading.lon, row.reading.lat, finder_text.pin_text(row.reading))
            return
        if row.found is None:
            return
        finder_text.remember(context.settings, context.actor.person, row.found)
        context.tasks.run(
            finder_text.way_to,
            context.services,
            context.actor,
            row.found,
            self._canvas.center(),
            owner=self,
            key="way",
            on_done=partial(self._go, opening=row.found if opening else None),
            priority=1,
        )

    def _go(self, way: Way, opening: Found | None) -> None:
        """Be there; ``opening``: what was taken with Shift, which of a class is the class and not its nearest component."""
        found, context = way.found, self._context
        if way.gone:
            context.notify(self.tr("「{name}」已不在，或不属于本岗位").format(name=found.title), "warning")
            return
        if found.kind == "case":
            context.selection.set({found.ref}, found.ref)
        if opening is not None:
            finder_open.open_found(context, opening)
        if way.shape is not None and way.shape.lines:
            if self._canvas.fit_extent(_roomy(way.shape.bounds)):
                self._flown = True
                self.overlay.flash(way.shape.lines)
        elif way.place is not None:
            self._fly(*way.place, POINT_SCALE.get(found.kind, 2000.0))
            if found.kind == "component":
                _when_resting(self._canvas, way.place)
            elif found.kind != "case":  # a case is selected; of anything else nothing would say where it is
                self.overlay.mark(*way.place, found.title)
        elif opening is None:
            context.notify(self.tr("「{name}」没有位置").format(name=found.title), "info")

    def _fly(self, lon: float, lat: float, scale: float) -> None:
        if self._canvas.fly_to(lon, lat, min(scale, max(200.0, self._canvas.scale()))):
            self._flown = True

    # ---- on the map ---------------------------------------------------------------------------------------------

    @property
    def overlay(self) -> FoundOverlay:
        """What is marked on the map; made when first something is."""
        if self._overlay is None:
            from ...map.overlay_found import FoundOverlay

            canvas = self._canvas
            self._overlay = FoundOverlay(canvas.projection, canvas.palette_, canvas)
            canvas.add_overlay(self._overlay)
        return self._overlay

    def clear_marks(self) -> None:
        """Neither pin nor outline."""
        if self._overlay is not None:
            self._overlay.clear()

    def place(self) -> None:
        """In the upper left corner; the list as high as it needs and the map allows."""
        room, height = self._canvas.width(), self._canvas.height()
        width = max(140, min(WIDTH, room - 110))
        self.setGeometry(EDGE, EDGE, width, self.sizeHint().height())
        if self.panel.isVisible():
            wide = max(width, min(LIST_WIDTH, room - 2 * EDGE))
            top = self.geometry().bottom() + 5
            high = 12 + (self.foot.sizeHint().height() if self.foot.isVisible() else 0)
            high += self.entries.height if self.view.isVisible() else self.note.heightForWidth(wide - 2) + 4
            self.panel.setGeometry(EDGE, top, wide, min(high, max(60, height - top - EDGE)))
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place when the map changes its size."""
        if event.type() == QEvent.Type.Resize:
            self.place()
        return False

    def recolor(self) -> None:
        """The theme is another one."""
        self._sign.setIcon(icons.icon("search"))
        self.view.viewport().update()


def _roomy(bounds: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Not nearer than some two hundred metres, however small the thing is."""
    west, south, east, north = bounds
    grow_x, grow_y = max(0.0, 0.002 - (east - west)) / 2, max(0.0, 0.0016 - (north - south)) / 2
    return west - grow_x, south - grow_y, east + grow_x, north + grow_y


def _when_resting(canvas: MapSurface, place: tuple[float, float]) -> None:
    """Ask what stands there once the map has come to rest: the card is at the component then."""
    x, y = canvas.projection.point_to_map(*place)

    def resting() -> None:
        canvas.motion.rested.disconnect(resting)
        if canvas.view.extent.xmin <= x <= canvas.view.extent.xmax:
            canvas.identify_at(QPointF(*canvas.view.to_screen(x, y)))  # type: ignore[attr-defined]

    canvas.motion.rested.connect(resting)
