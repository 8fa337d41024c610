"""Lists whose rows stand for a unit or a person: cases can be let go on a row as on the map, and the same card tells what that would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView

from workstation.map.dragging import Candidate, DropInfo, DropState, cases_of, has_cases
from workstation.map.dragging_card import DropCard, hung_rect, target_card
from workstation.map.overlay_cards import CardText
from workstation.map.targets import UNIT, Target
from workstation.shell.context import AppContext


class RowCard(QObject):
    """The card beside the pointer while cases are over the rows of ``view``: the map's own, over whatever of the window there is."""

    def __init__(self, context: AppContext, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._context, self._view = context, view
        self._card: DropCard | None = None
        self._at: tuple[QPoint, str, str, QRect] | None = None
        self.state = DropState()
        context.drags.told.connect(self._told)

    @property
    def text(self) -> CardText | None:
        """What it says; None while there is none."""
        return self._card.text if self._card is not None else None

    def begin(self, ids: Sequence[str]) -> None:
        """Cases come over the list."""
        self.state.begin(ids)

    def _told(self, info: Mapping[str, DropInfo], candidates: Sequence[Candidate] | None, note: str) -> None:
        if not self.state.active:
            return
        if candidates is not None:
            self.state.set_candidates(candidates, note)
        self.set_info(info)

    def set_info(self, info: Mapping[str, DropInfo]) -> None:
        """What dropping on these would do has become known."""
        self.state.set_info(info)
        if self._at is not None:
            self.show_over(*self._at)

    def allowed(self, key: str) -> bool:
        """Whether a drop there would be taken, as far as it is known."""
        return self.state.allowed(key)

    def show_over(self, position: QPoint, key: str, name: str, row: QRect) -> None:
        """Cases are over the row of that target, at a point of the viewport; "": over none."""
        self._at = position, key, name, row
        if not key:
            self.hide()
            return
        host, viewport = self._view.window(), self._view.viewport()
        if self._card is None or self._card.parentWidget() is not host:
            if self._card is not None:
                self._card.deleteLater()
            self._card = DropCard(self._context.main_canvas.palette_, host)
        point = viewport.mapTo(host, position)
        covered = QRect(viewport.mapTo(host, row.topLeft()), row.size())
        count = max(len(self.state.ids), 1)
        self._card.say(target_card(self.state, key, name))
        self._card.show_clear(point, [hung_rect(point, count), covered])

    def hide(self) -> None:
        """The pointer is over no row."""
        if self._card is not None:
            self._card.hide()

    def end(self) -> None:
        """The drag has gone elsewhere, or is over: what is known of it goes."""
        self._at = None
        self.hide()
        self.state.clear()


class RowDrops(QObject):
    """Makes the rows of ``view`` targets. ``target_of(position)`` is the target under a point of the viewport, or None."""

    def __init__(
        self, context: AppContext, view: QAbstractItemView, target_of: Callable[[QPoint], Target | None]
    ) -> None:
        super().__init__(view)
        self._context, self._view, self._target_of = context, view, target_of
        self.card = RowCard(context, view)
        self._asked = ""
        view.setAcceptDrops(True)
        view.viewport().setAcceptDrops(True)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what Qt tells of a drag, before the view does."""
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._drop(event)
        elif isinstance(event, QDragMoveEvent) and event.type() == QEvent.Type.DragMove:
            self._move(event)
        elif isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.DragEnter:
            self._enter(event)
        elif event.type() == QEvent.Type.DragLeave:
            self.card.end()
            return True
        else:
            return False
        return True

    def _enter(self, event: QDragEnterEvent) -> None:
        if not has_cases(event.mimeData()):
            event.ignore()
            return
        ids = cases_of(event.mimeData())
        self._asked = ""
        self.card.begin(ids)
        self._context.drags.begin(ids)
        event.acceptProposedAction()

    def _move(self, event: QDragMoveEvent) -> None:
        position = event.position().toPoint()
        target = self._target_of(position)
        if target is None or not self.card.allowed(target.key):
            event.ignore()
        else:
            event.acceptProposedAction()
        key, name = (target.key, target.name) if target is not None else ("", "")
        if target is not None and target.kind != UNIT and key not in (self._asked, *self.card.state.info):
            self._asked = key  # a crew, say, which is told as its unit is
            self._context.drags.pointed.emit(target)
        self.card.show_over(position, key, name, self._view.visualRect(self._view.indexAt(position)))

    def _drop(self, event: QDropEvent) -> None:
        self.card.end()
        target, ids = self._target_of(event.position().toPoint()), cases_of(event.mimeData())
        if target is not None and ids:
            event.acceptProposedAction()
            self._context.drags.give(ids, target)
