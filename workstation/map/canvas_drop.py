"""Cases dragged over the map: areas lit, the one under the pointer told beside it, the map pulled along at its edges."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QApplication, QMenu

from workstation.map.dragging import Candidate, DropInfo, DropState, cases_mime, cases_of
from workstation.map.dragging_card import DropCard, hang_card, hung_rect, target_card
from workstation.map.kept import KeptLayer
from workstation.map.overlay import AREAS, SELECTION, Overlay
from workstation.map.overlay_cards import CardText, Line
from workstation.map.overlay_palette import Palette
from workstation.map.targets import UNIT, Target, TargetSource
from workstation.map.viewport import Extent, Viewport

if TYPE_CHECKING:
    from workstation.map.canvas import MapCanvas

EDGE = 44
"""Pixels from the edge in which a drag pulls the map along."""
FASTEST = 14.0
SLACK = 160
"""Pixels around the window to which the kept picture of the cases reaches while the map is pulled along under it."""
SAID_MS = 30
"""From one text of the card to the next at least: nobody reads faster, and areas pass quickly under a hand."""
THIN = 14
MOST_LIFTED = 60
"""Of more dragged cases than this those that lie on each other are lifted once."""
MOST_PAINTED = 150
NAMED = 9
"""So many of several areas have a number key."""


class TargetRing(Overlay):
    """The ring round the marker that would get the cases."""

    z = SELECTION

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._at: tuple[float, float] | None = None
        self._reach = 0.0
        self._tone = "accent"

    def show(self, target: Target | None, view: Viewport, *, allowed: bool = True) -> None:
        """Round this one; None or what is no point: no ring."""
        at = view.to_map(target.x, target.y) if target is not None and target.reach else None
        tone = "accent" if allowed else "red"
        if (at, tone) != (self._at, self._tone):
            self._at, self._tone = at, tone
            self._reach = target.reach if target is not None else 0.0
            self.changed()

    def extent(self) -> Extent | None:
        """Where it is."""
        return None if self._at is None else Extent(*self._at, *self._at)

    def paint(self, painter: QPainter, view: Viewport, dpr: float, dirty: QRectF) -> None:
        """Bright on every ground."""
        if self._at is None:
            return
        centre, radius = QPointF(*view.to_screen(*self._at)), self._reach + 7
        fill = self._palette.color(self._tone, 46)
        painter.setBrush(fill)
        painter.setPen(QPen(QColor("#FFFFFF"), 6.0))
        painter.drawEllipse(centre, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._palette.color(self._tone), 3.2))
        painter.drawEllipse(centre, radius, radius)


class DropController(QObject):
    """What happens between a drag's coming over the canvas and its end there.

    A drop on a unit is told by the canvas' ``cases_dropped(ids, unit)``, one on anything else by :attr:`given`.
    """

    given = Signal(object, object)
    """Cases (ids) were let go on a :class:`Target` that is no unit."""
    pointed = Signal(object)
    """Cases are held over a :class:`Target` of which nothing is known yet."""

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        app = QApplication.instance()
        assert app is not None
        self._app = app
        self.state = DropState()
        self.careful = False
        """Whether Ctrl was held when the cases were let go: they want to see what is sent before it is."""
        self.menu: QMenu | None = None
        """Asks which of several areas is meant, after a drop where they overlap."""
        self._asked = ""
        self._card = DropCard(canvas.palette_, canvas)
        self._position = QPointF()
        self._own = False
        self._ring = TargetRing(canvas.palette_)
        canvas.add_overlay(self._ring)
        self._lifted: tuple[Viewport, list[str], list[str]] | None = None
        self._ground = KeptLayer(opaque=True)
        self._still = KeptLayer()
        canvas.cases_changed.connect(self.forget_still)
        self._pull = QTimer(self, interval=16)
        self._pull.timeout.connect(self._pull_along)
        self._saying = QTimer(self, singleShot=True, interval=SAID_MS)
        self._saying.timeout.connect(self._say_card)

    @property
    def card(self) -> CardText | None:
        """What the card beside the pointer says, or is about to say; None while there is none."""
        return None if self._card.text is None else self._card_text()

    # ---- from the map ----

    def get_ready(self) -> None:
        """A button went down on a case: it may be dragged, and then no time is to be lost over memory."""
        view, dpr = self._canvas.view, self._canvas.devicePixelRatioF()
        self._ground.get_memory(view, dpr)
        self._still.get_memory(view, dpr, SLACK)
        QTimer.singleShot(0, self, lambda: self._canvas.units.get_ready(view, dpr))

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
            self._asked = ""
            self._canvas.drag_started.emit(list(ids))
        self._canvas.hide_hover()
        self._canvas.update()

    def enter(self, event: QDragEnterEvent) -> None:
        """Cases come over the map."""
        ids = cases_of(event.mimeData())
        if ids and self._canvas.past:
            self._canvas.say(self._canvas.past, "warning")
        if not ids or self._canvas.past:
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
        self._hide_card()
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
        self.careful = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if ids and (self.drop_at(event.position(), ids) or self.menu is not None):
            event.acceptProposedAction()
        else:
            event.ignore()
        if not self._own:
            self.finish()

    def over(self, position: QPointF) -> None:
        """The pointer is here: who would get the cases, and what that would mean."""
        self._position = position
        target = self.state.target
        self._look(position)
        if target != self.state.target:
            self._light_up({target, self.state.target})
        self._ring.show(self.state.pointed, self._canvas.view, allowed=self.state.allowed(self.state.target))
        self._show_card()
        pulling = self._pull_vector() != (0.0, 0.0)
        if pulling and not self._pull.isActive():
            self._pull.start()
        elif not pulling:
            self._pull.stop()

    def _light_up(self, codes: Iterable[str]) -> None:
        """Paint what these areas take, and nothing else."""
        box = self._canvas.units.reach(codes, self._canvas.view).toAlignedRect()
        if not box.isEmpty():
            self._canvas.update(box)

    def paint_ground(
        self, painter: QPainter, paint: Callable[[QPainter, QRectF], None], dirty: QRectF, whole: QRectF
    ) -> None:
        """What lies under the cases, which ``paint`` paints as far as a box of pixels reaches. While the drag goes over a map that
        rests it is painted once (``whole``) and then copied."""
        canvas = self._canvas
        rests = not (
            canvas.motion.moving
            or canvas.frames.waiting
            or canvas.units.owing
            or any(overlay.visible and overlay.z < AREAS for overlay in canvas.overlays)
        )
        if not (self.state.active and rests and canvas.frames.covers(canvas.view)) or self._pull.isActive():
            paint(painter, dirty)
            return
        key = canvas.view, canvas.palette_.generation, canvas.frames.painted, canvas.units.drawn
        self._ground.paint(
            painter, canvas.view, canvas.devicePixelRatioF(), key, lambda inner, _: paint(inner, whole)
        )

    def paint_still(
        self,
        painter: QPainter,
        view: Viewport,
        dpr: float,
        paint: Callable[[QPainter, Viewport], None],
    ) -> None:
        """Cases and names of areas, which look the same while the drag goes on; ``paint(painter, view)`` paints them."""
        canvas, ids = self._canvas, self.state.ids
        key = canvas.palette_.generation, canvas.units.drawn, tuple(ids[:1]), len(ids)
        self._still.paint(painter, view, dpr, key, paint, SLACK if self._pull.isActive() else 0)

    def forget_still(self) -> None:
        """Something about the cases looks different."""
        self._still.forget()

    def lifted(self, view: Viewport) -> list[str]:
        """The dragged cases that are painted over everything: of those on each other one."""
        ids = self.state.ids
        if len(ids) <= MOST_LIFTED:
            return ids
        if self._lifted is None or self._lifted[0] != view or self._lifted[1] is not ids:
            self._lifted = view, ids, self._thinned(view, ids)
        return self._lifted[2]

    def _thinned(self, view: Viewport, ids: Sequence[str]) -> list[str]:
        """Of those in sight one in each square, the squares so large that not too many are left to be painted."""
        known, x, y = self._canvas.cases.screen_positions(view, ids)
        seen = np.flatnonzero((x > -20) & (x < view.width + 20) & (y > -20) & (y < view.height + 20))
        side = THIN
        while True:
            squares = (x[seen] // side) * 1_000_000 + y[seen] // side
            first = seen[np.sort(np.unique(squares, return_index=True)[1])]
            if len(first) <= MOST_PAINTED:
                return [known[n] for n in first.tolist()]
            side *= 2

    def _look(self, position: QPointF) -> None:
        """What lies under the pointer: a marker, else a unit's badge, else areas."""
        found = self._thing_at(position)
        if found is None:
            self.state.hover(self._units_at(position))
            return
        self.state.point_at(found)
        if found.key not in self.state.info and found.key != self._asked:
            self._asked = found.key
            self.pointed.emit(found)

    def _thing_at(self, position: QPointF) -> Target | None:
        canvas, view = self._canvas, self._canvas.view
        for overlay in reversed(list(canvas.overlays)):
            if overlay.visible and isinstance(overlay, TargetSource):
                found = overlay.target_at(view, position.x(), position.y())
                if found is not None:
                    return found
        code = canvas.units.badge_at(view, position.x(), position.y())
        return Target(UNIT, code, canvas.units.name(code)) if code else None

    def _units_at(self, position: QPointF) -> list[str]:
        return self._canvas.units.at(*self._canvas.view.to_map(position.x(), position.y()))

    def drop_at(self, position: QPointF, ids: Sequence[str]) -> str:
        """Let these cases go at a pixel: tells who gets them and returns its key; "" and a notice where it cannot be.

        Where several would take them and nobody has said which is meant, a menu asks, and "" is returned.
        """
        canvas, state = self._canvas, self.state
        if not ids:
            return ""
        if state.ids != list(ids):
            state.begin(ids)
        self._look(position)
        key = state.target
        if not key:
            canvas.say(self.tr("此处不在任何单位的责任区内"), "warning")
            return ""
        if not state.allowed(key):
            info = state.info[key]
            why = ":".join(part for part in (info.title, info.why_not) if part)
            canvas.say(
                self.tr("不能{}：{}").format(info.verb, why)
                if info.verb
                else self.tr("不能派遣：{}").format(why),
                "warning",
            )
            return ""
        if len(state.choices) > 1:
            self._ask_which(position, list(ids), state.choices)
            return ""
        return self._give(list(ids), state.pointed or Target(UNIT, key, canvas.units.name(key)))

    def _give(self, ids: list[str], target: Target) -> str:
        if target.kind == UNIT:
            self._canvas.cases_dropped.emit(ids, target.id)
        else:
            self.given.emit(ids, target)
        return target.key

    def _ask_which(self, position: QPointF, ids: list[str], choices: Sequence[str]) -> None:
        """Areas overlap and each would take the cases: which one is the operator's to say. Keys 1 to 9, or a click."""
        canvas, state = self._canvas, self.state
        menu = QMenu(canvas)
        menu.setToolTipsVisible(True)
        title = menu.addAction(
            self.tr("派给哪个单位？（{n} 件）").format(n=len(ids))
            if len(ids) > 1
            else self.tr("派给哪个单位？")
        )
        title.setEnabled(False)
        menu.addSeparator()
        for number, code in enumerate(choices, 1):
            info, rank = state.info.get(code), state.rank(code)
            words = [canvas.units.name(code)]
            if rank:
                words.append(self.tr("首选") if rank == 1 else self.tr("推荐 {}").format(rank))
            words += [part for part in (info.load, info.due) if part] if info is not None else []
            sign = f"&{number}  " if number <= NAMED else ""
            action = menu.addAction(sign + " · ".join(words))
            action.setToolTip("\n".join([*info.lines, info.due]).strip() if info is not None else "")
            place = state.here.index(code) + 1
            action.hovered.connect(lambda n=place: self.choose(n))
            target = Target(UNIT, code, canvas.units.name(code))
            action.triggered.connect(lambda _=False, to=target: self._give(ids, to))
        self.menu = menu
        menu.aboutToHide.connect(self._menu_gone)
        at = canvas.mapToGlobal(position.toPoint())
        # Once Qt has let go of the drag, which holds mouse and keyboard until then.
        QTimer.singleShot(0, menu, lambda: menu.popup(at))
        self._hide_card()

    def _menu_gone(self) -> None:
        menu, self.menu = self.menu, None
        if menu is not None:
            QTimer.singleShot(0, menu, menu.deleteLater)  # what was chosen is told after the menu is gone
        self.finish()

    def finish(self) -> None:
        """The drag is over, whatever became of it. What lies under a menu that still asks stays lit."""
        self._pull.stop()
        self._hide_card()
        self._app.removeEventFilter(self)
        if self.menu is not None:
            return
        self._asked = ""
        self._ground.forget()
        self._still.forget()
        self._ring.show(None, self._canvas.view)
        self._canvas.units.put_out()
        self.state.clear()
        self._canvas.update()

    def set_info(self, info: Mapping[str, DropInfo]) -> None:
        """What a drop would do on each unit has become known; of a drag that is over it is not kept."""
        if self.state.active:
            self.state.set_info(info)
            self._refresh()

    def set_candidates(self, candidates: Iterable[object], note: str = "") -> None:
        """Who is proposed, best first: unit codes, or things with a ``unit`` (and a ``reason`` in words); ``note`` is what
        is to be known of that."""
        if not self.state.active:
            return
        found = []
        for item in candidates:
            unit = item if isinstance(item, str) else str(getattr(item, "unit", ""))
            found.append(Candidate(unit, str(getattr(item, "reason", ""))))
        self.state.set_candidates(found, note)
        self._refresh()

    def _refresh(self) -> None:
        """More is known, or another area is meant: they look different."""
        self._ground.forget()
        self._canvas.update()
        if self._card.isVisible():
            self._show_card()

    def _show_card(self) -> None:
        """The card moves with the pointer; what it says follows a moment later, when the target has been lit."""
        if self._card.text is None:
            self._say_card()
        else:
            self._place_card()
            if not self._saying.isActive():
                self._saying.start()

    def _hide_card(self) -> None:
        self._saying.stop()
        self._card.hide()

    def _say_card(self) -> None:
        self._card.say(self._card_text())
        self._place_card()

    def _place_card(self) -> None:
        point = self._position.toPoint()
        self._card.show_clear(point, [hung_rect(point, len(self.state.ids)), *self._target_boxes()])

    def _target_boxes(self) -> list[QRect]:
        """What belongs to the target and should be seen: its marker, or its badge."""
        target, canvas = self.state.pointed, self._canvas
        if target is not None and target.reach:
            side = round(target.reach)
            return [QRect(round(target.x) - side, round(target.y) - side, 2 * side, 2 * side)]
        box = canvas.units.badge_box(canvas.view, self.state.target)
        return [] if box is None else [box.toAlignedRect()]

    def _name(self, key: str) -> str:
        target = self.state.pointed
        return target.name if target is not None and target.key == key else self._canvas.units.name(key)

    def _card_text(self) -> CardText:
        state = self.state
        key = state.target
        count = len(state.ids)
        if not key:
            text = (
                self.tr("拖到责任区上派遣") if count == 1 else self.tr("拖到责任区上派遣 {} 件").format(count)
            )
            lines = [Line(self.tr("此处无责任区"), "text_3")]
            best = state.candidates[0] if state.candidates else None
            if best is not None:
                lines = [Line(self.tr("首选 {}").format(self._canvas.units.name(best.unit)), "accent", True)]
                if best.reason:
                    lines.append(Line(best.reason, "text_2"))
            if state.note:
                lines.append(Line(state.note, "yellow"))
            lines.append(Line(self.tr("按住 Ctrl 松手，可先填派遣要求"), "text_3"))
            return CardText(text, lines, bar="text_3")
        more = []
        if len(state.here) > 1:
            more.append(Line(self.tr("责任区重叠，松手后选择，或按数字键："), "text_3"))
            for number, code in enumerate(state.here[:NAMED], 1):
                token = "text" if state.allowed(code) else "text_3"
                more.append(Line(self._name(code), token, code == key, str(number)))
        return target_card(state, key, self._name(key), more)

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
