"""Cases dragged over the map: areas lit, the one under the pointer told beside it, the map pulled along at its edges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from workstation.map.dragging import Candidate, DropInfo, DropState, cases_mime, cases_of
from workstation.map.dragging_card import hang_card
from workstation.map.overlay_cards import CardText, FloatingCard, Line

if TYPE_CHECKING:
    from workstation.map.canvas import MapCanvas

EDGE = 44
"""Pixels from the edge in which a drag pulls the map along."""
FASTEST = 14.0
CARD_BELOW = 40
"""Pixels below the pointer where the card begins: the picture that hangs on the pointer is above it."""


class DropController(QObject):
    """What happens between a drag's coming over the canvas and its end there."""

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        app = QApplication.instance()
        assert app is not None
        self._app = app
        self.state = DropState()
        self._card = FloatingCard(canvas.palette_, canvas)
        self._position = QPointF()
        self._own = False
        self._pull = QTimer(self, interval=16)
        self._pull.timeout.connect(self._pull_along)

    @property
    def card(self) -> CardText | None:
        """What the card beside the pointer says; None while there is none."""
        return self._card.text

    # ---- from the map ----

    def start(self, ids: Sequence[str], grabbed: str) -> None:
        """A drag of these cases begins on the map; returns when it has ended."""
        self._own = True
        self._begin(ids)
        drag = self.make_drag(ids, grabbed)
        self._run(drag)
        self._own = False
        self.finish()

    def make_drag(self, ids: Sequence[str], grabbed: str) -> QDrag:
        """The drag with its mime data and its card."""
        canvas = self._canvas
        drag = QDrag(canvas)
        drag.setMimeData(cases_mime(ids))
        marker = canvas.cases.marker(grabbed)
        if marker is not None:
            light = canvas.cases.light(grabbed)
            hang_card(drag, marker, len(ids), light, canvas.palette_, canvas.devicePixelRatioF())
        return drag

    def _run(self, drag: QDrag) -> None:
        drag.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Qt.DropAction.MoveAction)

    # ---- over the map ----

    def _begin(self, ids: Sequence[str]) -> None:
        if self.state.begin(ids):
            self._canvas.drag_started.emit(list(ids))
        self._canvas.hide_hover()
        self._canvas.update()

    def enter(self, event: QDragEnterEvent) -> None:
        """Cases come over the map."""
        ids = cases_of(event.mimeData())
        if not ids:
            event.ignore()
            return
        self._begin(ids)
        self._app.installEventFilter(self)
        event.acceptProposedAction()
        self.over(event.position())

    def move(self, event: QDragMoveEvent) -> None:
        """The pointer moves on; the drop is offered only where it would be taken."""
        self.over(event.position())
        if self.state.target and self.state.allowed(self.state.target):
            event.acceptProposedAction()
        else:
            # Accepted all the same, so that letting go here tells why instead of doing nothing.
            event.setDropAction(Qt.DropAction.IgnoreAction)
            event.accept()

    def leave(self, event: QDragLeaveEvent) -> None:
        """The drag goes elsewhere."""
        self._pull.stop()
        self._card.hide()
        self._app.removeEventFilter(self)
        if not self._own:
            self.state.clear()
        else:
            self.state.hover(())
        self._canvas.update()
        event.accept()

    def drop(self, event: QDropEvent) -> None:
        """Let go over the map."""
        ids = cases_of(event.mimeData())
        if ids and self.drop_at(event.position(), ids):
            event.acceptProposedAction()
        else:
            event.ignore()
        if not self._own:
            self.finish()

    def over(self, position: QPointF) -> None:
        """The pointer is here: which area would get the cases, and what that would mean."""
        self._position = position
        before = self.state.here, self.state.target
        self.state.hover(self._units_at(position))
        if (self.state.here, self.state.target) != before:
            self._canvas.update()
        self._show_card()
        pulling = self._pull_vector() != (0.0, 0.0)
        if pulling and not self._pull.isActive():
            self._pull.start()
        elif not pulling:
            self._pull.stop()

    def _units_at(self, position: QPointF) -> list[str]:
        return self._canvas.units.at(*self._canvas.view.to_map(position.x(), position.y()))

    def drop_at(self, position: QPointF, ids: Sequence[str]) -> str:
        """Let these cases go at a pixel: emits ``cases_dropped`` and returns the unit; "" and a notice where it cannot be."""
        canvas = self._canvas
        if not ids:
            return ""
        if self.state.ids != list(ids):
            self.state.begin(ids)
        self.state.hover(self._units_at(position))
        unit = self.state.target
        if not unit:
            canvas.say(self.tr("此处不在任何单位的责任区内"), "warning")
            return ""
        if not self.state.allowed(unit):
            info = self.state.info[unit]
            why = ":".join([info.title, *info.lines[-1:]])
            canvas.say(
                self.tr("不能{}:{}").format(info.verb, why)
                if info.verb
                else self.tr("不能派遣:{}").format(why),
                "warning",
            )
            return ""
        canvas.cases_dropped.emit(list(ids), unit)
        return unit

    def finish(self) -> None:
        """The drag is over, whatever became of it."""
        self._pull.stop()
        self._card.hide()
        self._app.removeEventFilter(self)
        self.state.clear()
        self._canvas.update()

    def set_info(self, info: Mapping[str, DropInfo]) -> None:
        """What a drop would do on each unit has become known; of a drag that is over it is not kept."""
        if self.state.active:
            self.state.set_info(info)
            self._refresh()

    def set_candidates(self, candidates: Iterable[object]) -> None:
        """Who is proposed, best first: unit codes, or things with a ``unit`` (and a ``reason`` in words)."""
        if not self.state.active:
            return
        found = []
        for item in candidates:
            unit = item if isinstance(item, str) else str(getattr(item, "unit", ""))
            found.append(Candidate(unit, str(getattr(item, "reason", ""))))
        self.state.set_candidates(found)
        self._refresh()

    def _refresh(self) -> None:
        self._canvas.update()
        if self._card.isVisible():
            self._show_card()

    def _show_card(self) -> None:
        self._card.show_at(self._position.toPoint(), self._card_text(), CARD_BELOW)

    def _card_text(self) -> CardText:
        state = self.state
        unit = state.target
        count = len(state.ids)
        if not unit:
            text = (
                self.tr("拖到责任区上派遣") if count == 1 else self.tr("拖到责任区上派遣 {} 件").format(count)
            )
            return CardText(text, [Line(self.tr("此处无责任区"), "text_3")], bar="text_3")
        info = state.info.get(unit)
        allowed = state.allowed(unit)
        lines = [Line(text, "text_2" if allowed else "red") for text in (info.lines if info else ())]
        if not state.info:
            lines.append(Line(self.tr("正在计算时限与负荷…"), "text_3"))
        reason = state.reason(unit)
        if reason and allowed:
            lines.append(Line(reason, "accent"))
        if len(state.here) > 1:
            lines.append(Line(self.tr("责任区重叠，按数字键选择："), "text_3"))
            for number, code in enumerate(state.here[:9], 1):
                token = "text" if state.allowed(code) else "text_3"
                lines.append(Line(self._canvas.units.name(code), token, code == unit, str(number)))
        rank = state.rank(unit)
        badge, token = "", "accent"
        if not allowed:
            verb = info.verb if info is not None else ""
            badge = self.tr("不可{}").format(verb) if verb else self.tr("不可派遣")
            token = "red"
        elif rank:
            badge = self.tr("首选") if rank == 1 else self.tr("推荐 {}").format(rank)
        if allowed and info is not None and info.verb:
            badge = info.verb
        title = info.title if info and info.title else self._canvas.units.name(unit)
        return CardText(title, lines, bar="accent" if allowed else "red", badge=badge, badge_token=token)

    # ---- at the edges, and the keys ----

    def _pull_vector(self) -> tuple[float, float]:
        canvas, x, y = self._canvas, self._position.x(), self._position.y()
        if not (0 <= x < canvas.width() and 0 <= y < canvas.height()):
            return 0.0, 0.0

        def speed(low: float, high: float) -> float:
            if low < EDGE:
                return FASTEST * (1 - low / EDGE)
            if high < EDGE:
                return -FASTEST * (1 - high / EDGE)
            return 0.0

        return speed(x, canvas.width() - x), speed(y, canvas.height() - y)

    def _pull_along(self) -> None:
        dx, dy = self._pull_vector()
        if not self.state.active or (dx, dy) == (0.0, 0.0):
            self._pull.stop()
            return
        self._canvas.pan_by(round(dx), round(dy))
        self.over(self._position)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Number keys while a drag is over the map choose among overlapping areas. Qt's own drag would swallow them."""
        if event.type() == QEvent.Type.KeyPress and self.state.active and isinstance(event, QKeyEvent):
            number = event.key() - Qt.Key.Key_0.value
            if self.choose(number):
                return True
        return super().eventFilter(watched, event)

    def choose(self, number: int) -> bool:
        """Take the ``number``-th of the overlapping areas under the pointer."""
        if not self.state.choose(number):
            return False
        self._refresh()
        return True
