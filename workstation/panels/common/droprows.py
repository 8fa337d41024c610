"""Lists whose rows stand for a unit or a person: cases can be let go on a row as on the map."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QToolTip

from workstation.map.dragging import DropInfo, cases_of, has_cases
from workstation.map.targets import Target
from workstation.shell.context import AppContext


class RowDrops(QObject):
    """Makes the rows of ``view`` targets. ``target_of(position)`` is the target under a point of the viewport, or None."""

    def __init__(
        self, context: AppContext, view: QAbstractItemView, target_of: Callable[[QPoint], Target | None]
    ) -> None:
        super().__init__(view)
        self._context, self._view, self._target_of = context, view, target_of
        self._info: dict[str, DropInfo] = {}
        self._listens = False
        view.setAcceptDrops(True)
        view.viewport().setAcceptDrops(True)
        view.viewport().installEventFilter(self)

    def _told(self, info: Mapping[str, DropInfo]) -> None:
        self._info = dict(info)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what Qt tells of a drag, before the view does."""
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._drop(event)
        elif isinstance(event, QDragMoveEvent) and event.type() == QEvent.Type.DragMove:
            self._move(event)
        elif isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.DragEnter:
            self._enter(event)
        elif event.type() == QEvent.Type.DragLeave:
            QToolTip.hideText()
            return True
        else:
            return False
        return True

    def _enter(self, event: QDragEnterEvent) -> None:
        if not has_cases(event.mimeData()):
            event.ignore()
            return
        if not self._listens:
            self._listens = True
            self._context.drags.desk.told.connect(self._told)
        self._context.drags.begin(cases_of(event.mimeData()))
        event.acceptProposedAction()

    def _move(self, event: QDragMoveEvent) -> None:
        position = event.position().toPoint()
        target = self._target_of(position)
        info = self._info.get(target.key) if target is not None else None
        if target is None or (info is not None and not info.allowed):
            event.ignore()
        else:
            event.acceptProposedAction()
        QToolTip.showText(
            self._view.viewport().mapToGlobal(position + QPoint(14, 14)), told(info), self._view
        )

    def _drop(self, event: QDropEvent) -> None:
        QToolTip.hideText()
        target, ids = self._target_of(event.position().toPoint()), cases_of(event.mimeData())
        if target is not None and ids:
            event.acceptProposedAction()
            self._context.drags.give(ids, target)


def told(info: DropInfo | None) -> str:
    """What dropping there would do, a line each; "" where it is not known."""
    if info is None:
        return ""
    title = f"{info.verb} {info.title}".strip()
    return "\n".join(part for part in (title, *info.lines, info.due, *info.refused) if part)
