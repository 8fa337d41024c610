"""The connection and the outbox as the window sees them: their changes in the GUI thread, and what was seen before.

While the database is away the panels go on with what they have. A sheet that was opened before is shown again, and what
it shows is of the moment when the database was last read.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

from ..texts import text

if TYPE_CHECKING:
    from ...services.seat.link import LinkState
    from ..context import AppContext

log = logging.getLogger(__name__)

SEEN = 80
"""So many sheets and views of cases are kept to be looked at again."""


def _not_ready(error: BaseException) -> None:
    log.info("the server was not made ready: %s", error)  # the link has noticed what is the matter


class SeatLink(QObject):
    """``changed``: the state, or what the outbox holds, is another. ``returned``: the database is back."""

    changed = Signal()
    returned = Signal()
    shown_asked = Signal()
    """Somebody wants to see what waits."""
    _told = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._context = context
        self._services = context.services
        self._seen: OrderedDict[Hashable, Any] = OrderedDict()
        self._away = not self._services.link.state.online
        self._meant = 0
        self._told.connect(self._arrived, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = (
            self._services.link.subscribe(self._told.emit),
            self._services.outbox.subscribe(lambda: self._told.emit(None)),
        )

    def start(self) -> None:
        """Send what waits from before, and have the server ready for what comes."""
        self._context.tasks.run(self._services.outbox.send, owner=self)
        self._context.tasks.run(self._services.cases.make_ready, owner=self, on_error=_not_ready)

    def stop(self) -> None:
        """Nothing is told any more."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()

    # ---- how it stands -------------------------------------------------------------------------------------------

    @property
    def state(self) -> LinkState:
        """The connection's state."""
        return self._services.link.state

    @property
    def away(self) -> bool:
        """Whether the database cannot be read now: what is shown is of :attr:`as_of`."""
        return not self.state.online

    @property
    def as_of(self) -> datetime:
        """When the database was last read."""
        return self.state.as_of

    @property
    def waiting(self) -> int:
        """Commands that wait to be sent."""
        return self._services.outbox.waiting

    @property
    def impossible(self) -> int:
        """Commands that became impossible, and wait for a decision."""
        return self._services.outbox.impossible

    @property
    def keeps(self) -> bool:
        """Whether commands are kept while the database is away."""
        return self._services.outbox.keeps

    @Slot(object)
    def _arrived(self, _state: object) -> None:
        if self._context.stopped:
            return
        away = self.away
        if self._away and not away:
            self._away = False
            self._meant = self.waiting
            self.returned.emit()
            self._read_again()
        self._away = away
        self._tell_sent()
        self.changed.emit()

    def _tell_sent(self) -> None:
        """Say once, when all of it has gone, what came of what was meant while the server was away."""
        if self._away or not self._meant or (self.waiting and not self.impossible):
            return
        if self.impossible:
            words = self.tr("{n} 项已不能按原来办理，请查看").format(n=self.impossible)
            self._context.notify(words, "warning", (self.tr("查看"), self.shown_asked.emit))
        else:
            words = self.tr("离线期间的 {n} 项已全部送出").format(n=self._meant)
            self._context.notify(words, "success", (self.tr("查看"), self.shown_asked.emit))
        self._meant = 0

    def _read_again(self) -> None:
        """What could not be read meanwhile is read now: the case that is looked at, and the lists."""
        from ...services.services import Changes

        current = self._context.selection.current
        cases = frozenset({current} if current else {""})
        self._context.changed.emit(Changes(cases, frozenset({"case"}), 0, others=True))

    # ---- words -----------------------------------------------------------------------------------------------------

    def status(self) -> tuple[str, str, str]:
        """What the bar says, its tone, and more of it as a tip."""
        state = self.state
        kind = self._services.db.kind
        if state.online and not state.code:
            name = self.tr("本机数据库") if kind == "spatialite" else self.tr("中心数据库")
            waits = self._waits()
            tone = "yellow" if self.impossible else "green"
            return " · ".join([name, *waits]), tone, self._services.db.url
        if self._services.db.read_only and state.online:
            return self.tr("只读副本"), "yellow", self.tr("这里只供查看，办理请打开中心数据库")
        if state.online:
            why = self.tr("数据库磁盘已满") if state.code == "disk_full" else self.tr("数据库暂时只能读")
            return " · ".join([why, *self._waits()]), "yellow", self._advice()
        since = self.tr("自 {time}").format(time=hour_text(state.since))
        name = self.tr("离线") if state.state == "offline" else self.tr("正在重新连接")
        if state.code == "refused_login":  # the server is there again, and lets this session in no more
            name = self.tr("登录已失效，请重新登录")
        return " · ".join([name, since, *self._waits()]), "yellow", self._advice()

    def _waits(self) -> list[str]:
        out = []
        if self.waiting:
            out.append(self.tr("{n} 项待发").format(n=self.waiting))
        if self.impossible:
            out.append(self.tr("{n} 项待处理").format(n=self.impossible))
        return out

    def _advice(self) -> str:
        if not self.keeps:
            return self.tr("写不进去的操作留在表单里，清理磁盘后再试")
        return self.tr("登记和办理照常：先存在本机，恢复后自动送出。点击查看")

    def as_of_text(self) -> str:
        """``截至 10:32``."""
        return QCoreApplication.translate("SeatLink", "截至 {time}").format(time=hour_text(self.as_of))

    # ---- what was seen -----------------------------------------------------------------------------------------------

    def remember(self, key: Hashable, value: Any) -> None:
        """Something was read and shown; ``value.case``, if it has one, is the case as it stands."""
        self._seen.pop(key, None)
        self._seen[key] = value
        while len(self._seen) > SEEN:
            self._seen.popitem(last=False)
        case = getattr(value, "case", None)
        if case is not None:
            self._services.outbox.saw(case)

    def recall(self, key: Hashable) -> Any | None:
        """What was read under that key, while the database is away; None otherwise."""
        return self._seen.get(key) if self.away else None


def hour_text(instant: datetime) -> str:
    """``10:32``; with the day where it is another."""
    at = text.local(instant)
    return at.strftime("%H:%M" if at.date() == text.local(text.utc_now()).date() else "%m-%d %H:%M")


def is_loss(error: BaseException) -> bool:
    """Whether the error says only that the database is away: the bar says so already."""
    return type(error).__name__ == "StoreError" and getattr(error, "code", "") in (
        "unreachable",
        "starting",
        "crowded",
    )
