"""Who else is at the cases on the screen, and telling them where this seat is. Follows the selection; locks nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot

from ..texts import text

if TYPE_CHECKING:
    from ...services.seat.presence import Present
    from ..context import AppContext

# As in services.presence, which the window does not wait for.
LOOK, WORK, NOTHING = "look", "work", ""
BEAT_SECONDS = 20
REST_MILLISECONDS = 400
"""Whoever goes through a list with the arrow key is at none of its cases."""
BURST_MILLISECONDS = 150


class Attendance(QObject):
    """``changed(ids)``: at these cases somebody has come, gone, or begun to work."""

    changed = Signal(object)
    _stirred = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._context = context
        self._at: dict[str, tuple[Present, ...]] = {}
        self._working: dict[str, set[str]] = {}
        self._told = ("", NOTHING)
        self._running = False
        self._rest = _timer(self, REST_MILLISECONDS, self._tell)
        self._settle = _timer(self, BURST_MILLISECONDS, self._read)
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_SECONDS * 1000)
        self._beat.timeout.connect(self._tell_again)
        self._stirred.connect(self._stir, Qt.ConnectionType.QueuedConnection)
        self._unwatch = context.services.presence.watch(self._stirred.emit)
        context.selection.changed.connect(self._moved)
        context.actor_changed.connect(self._tell_again)

    def start(self) -> None:
        """Begin to tell and to ask."""
        self._running = True
        self._beat.start()
        self._tell_again()

    def stop(self) -> None:
        """The seat is left."""
        running, self._running = self._running, False
        self._unwatch()
        for timer in (self._rest, self._settle, self._beat):
            timer.stop()
        if running and self._told[0]:
            self._say("", NOTHING)

    # ---- this seat ----------------------------------------------------------------------------------------------

    def work(self, case_id: str, where: str, unsaved: bool) -> None:
        """A form (``where``) has unsaved input for the case, or has none any more."""
        forms = self._working.setdefault(case_id, set())
        (forms.add if unsaved else forms.discard)(where)
        if not forms:
            self._working.pop(case_id, None)
        self._moved()

    @Slot()
    def _moved(self) -> None:
        if self._running and self._place() != self._told:
            self._rest.start()

    def _place(self) -> tuple[str, str]:
        case_id = self._context.selection.current
        return (case_id, (WORK if case_id in self._working else LOOK) if case_id else NOTHING)

    @Slot()
    def _tell(self) -> None:
        place = self._place()
        if self._running and place != self._told:
            self._told = place
            self._say(*place)

    @Slot()
    def _tell_again(self, _actor: object = None) -> None:
        """A seat that says nothing for long counts as gone; and whoever said nothing for long is gone here."""
        if self._running:
            self._told = self._place()
            self._say(*self._told)
            self._read()

    def _say(self, case_id: str, doing: str) -> None:
        context = self._context
        context.tasks.run(
            context.services.presence.tell,
            context.actor,
            case_id,
            doing,
            owner=self,
            on_error=_unheard,
        )

    # ---- the others ---------------------------------------------------------------------------------------------

    def at(self, case_id: str) -> tuple[Present, ...]:
        """Who else is at the case; whoever works there first."""
        return self._at.get(case_id, ())

    def words(self, case_id: str) -> str:
        """``王芳 正在办理 · 派遣员``, a line for each; "" where there is nobody."""
        translate = QCoreApplication.translate
        handbook = self._context.services.handbook
        lines = []
        for one in self.at(case_id):
            words = (
                translate("Attendance", "{name} 正在办理 · {post}")
                if one.doing == WORK
                else translate("Attendance", "{name} 正在查看 · {post}")
            )
            lines.append(words.format(name=one.name, post=text.post_text(one.post, handbook)))
        return "\n".join(lines)

    @Slot()
    def _stir(self) -> None:
        if self._running and not self._settle.isActive():
            self._settle.start()

    @Slot()
    def _read(self) -> None:
        context = self._context
        context.tasks.run(
            context.services.presence.others,
            context.actor,
            owner=self,
            key="others",
            on_done=self._show,
            on_error=_unheard,
        )

    def _show(self, found: Iterable[Present]) -> None:
        now: dict[str, tuple[Present, ...]] = {}
        for one in found:
            now[one.case_id] = (*now.get(one.case_id, ()), one)
        before, self._at = self._at, now
        touched = {
            case_id for case_id in before.keys() | now.keys() if before.get(case_id) != now.get(case_id)
        }
        if touched:
            self.changed.emit(frozenset(touched))


def _timer(owner: QObject, milliseconds: int, run: Any) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(run)
    return timer


def _unheard(_error: BaseException) -> None:
    """A seat that cannot tell where it is works on; that the database is away is told by what needs it."""
