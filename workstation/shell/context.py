"""What every panel is given: the services, background tasks, map, theme, who acts, and what is selected.

The GUI thread never touches the database: :meth:`AppContext.execute` and its kin run on the pool and come back here.
Changes, ours and other seats', arrive as one Qt signal, :attr:`AppContext.changed`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from ..workflow.event import Actor, Command
from .cases.drags import Drags
from .cases.selecting import Selecting
from .look.theme import Theme
from .seat.attendance import Attendance
from .seat.link import SeatLink, hour_text, is_loss
from .tasks import Task, TaskRunner
from .texts import text

if TYPE_CHECKING:
    from ..map.canvas import MapCanvas
    from ..map.client import MapClient
    from ..services.lists.lists import CaseLists
    from ..services.services import Services
    from .maps.bridge import MapBridge

log = logging.getLogger(__name__)

BURST_MILLISECONDS = 30
"""What other seats commit within so short a time is told once."""


@dataclass(frozen=True)
class Notice:
    """A message for the person: ``kind`` is info, success, warning or error; ``action`` a label and what it does."""

    text: str
    kind: str = "info"
    action: tuple[str, Callable[[], None]] | None = None


@dataclass(frozen=True)
class Clash:
    """A command that came too late, for somebody else was quicker (``error``: a Conflict). ``redo(case)`` sends it again."""

    name: str
    data: Mapping[str, Any]
    error: BaseException
    redo: Callable[[Any], object]


@dataclass(frozen=True)
class NotDone:
    """The cases of a batch that were not done: (case or row, error) each. ``redo(cases)`` sends it again for these."""

    name: str
    title: str
    pairs: Sequence[tuple[Any, BaseException]]
    data_of: Callable[[Any], Mapping[str, Any]]
    redo: Callable[[Sequence[Any]], object]


class Selection(QObject):
    """Which cases are chosen, and which of them is the one looked at. The same for lists, map and sheet."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: frozenset[str] = frozenset()
        self._current = ""

    @property
    def ids(self) -> frozenset[str]:
        """The chosen cases."""
        return self._ids

    @property
    def current(self) -> str:
        """The one case looked at; "" for none."""
        return self._current

    def set(self, ids: Iterable[str], current: str | None = None) -> None:
        """Choose these. ``current`` defaults to the case looked at if it is among them, else to any of them."""
        chosen = frozenset(ids)
        if current is None:
            current = self._current if self._current in chosen else min(chosen, default="")
        if chosen == self._ids and current == self._current:
            return
        self._ids, self._current = chosen, current
        self.changed.emit()

    def add(self, ids: Iterable[str]) -> None:
        """Choose these too."""
        self.set(self._ids | frozenset(ids))

    def take(self, ids: Iterable[str]) -> None:
        """Choose these no more."""
        self.set(self._ids - frozenset(ids))

    def clear(self) -> None:
        """Choose nothing."""
        self.set((), "")


class AppContext(QObject):
    """The one object panels depend on."""

    actor_changed = Signal(object)
    changed = Signal(object)
    notified = Signal(object)
    case_requested = Signal(str)
    cases_requested = Signal(object, str)
    panel_requested = Signal(str)
    theme_changed = Signal()
    clashed = Signal(object)
    """Somebody else was quicker: a :class:`Clash`."""
    many_failed = Signal(object)
    """The person wants to see which cases of a batch were not done: a :class:`NotDone`."""
    minute = Signal()
    """Every half minute: what shows remaining time looks at the clock again."""
    canvas_added = Signal(object)
    """Another map window is there: its MapCanvas."""
    canvas_removed = Signal(object)
    """A map window goes: its MapCanvas, which still lives while this is told."""
    canvas_changed = Signal()
    """Another map window than before is the one in hand (:attr:`canvas`)."""
    _committed = Signal(object)
    _reached = Signal(object)

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        canvas: MapCanvas,
        client: MapClient,
        theme: Theme,
        settings: QSettings,
        actor: Actor,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.services = services
        self.tasks = tasks
        self.main_canvas = canvas
        self._canvases: list[MapCanvas] = [canvas]
        self._canvas = canvas
        self.client = client
        self.theme = theme
        self.settings = settings
        self.selection = Selection(self)
        self.names: dict[str, str] = {}
        self.bridge: MapBridge | None = None
        self._actor = actor
        self._failures = 0
        self.stopped = False
        tasks.unhandled.connect(self._unhandled)
        theme.changed.connect(self.theme_changed)
        self._burst: list[Any] = []
        self._burst_timer = QTimer(self)
        self._burst_timer.setSingleShot(True)
        self._burst_timer.setInterval(BURST_MILLISECONDS)
        self._burst_timer.timeout.connect(self._burst_over)
        self._committed.connect(self._arrived, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = services.subscribe(self._committed.emit)
        self._reached.connect(self._heard_of_database, Qt.ConnectionType.QueuedConnection)
        self._unwatch = services.watch(self._reached.emit)
        self.drags = Drags(self)
        self.selecting = Selecting(self)
        self.presence = Attendance(self)
        self.link = SeatLink(self)
        self._edition = services.handbook.id
        self._told_drafts: set[str] = set()
        self.changed.connect(self._handbook_told)
        self._minute_timer = QTimer(self)
        self._minute_timer.setInterval(30_000)
        self._minute_timer.timeout.connect(self.minute)
        self._minute_timer.timeout.connect(self._look_after)

    # ---- life ------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to listen for what other seats commit, and to tick."""
        self.services.listen()
        self.presence.start()
        self.link.start()
        self._minute_timer.start()
        self._look_for_drafts()

    def stop(self) -> None:
        """Stop listening; nothing arrives afterwards."""
        self.stopped = True
        self._burst_timer.stop()
        self._minute_timer.stop()
        self._unsubscribe()
        self._unwatch()
        self.presence.stop()
        self.link.stop()
        self.tasks.unhandled.disconnect(self._unhandled)

    @Slot()
    def _look_after(self) -> None:
        """What falls due by the clock alone; a failure here is the database's and is told as that."""
        self.tasks.run(
            _resume_due,
            *(self.services, self._actor),
            owner=self,
            key="upkeep",
            on_done=self._tell_automatic,
            on_error=self._read_failed,
        )

    def _tell_automatic(self, done: Sequence[Any]) -> None:
        """Say what was dispatched here by itself."""
        if done:
            words = self.tr("自动派遣 {n} 件，可在“推荐与自动派遣”中查看和撤回").format(n=len(done))
            self.notify(words, "info")

    @Slot(object)
    def _arrived(self, changes: Any) -> None:
        """Own commits at once, and with them what waits; others' at once too, but not more often than screens are drawn."""
        if self.stopped:
            return
        if changes.others and self._burst_timer.isActive():
            self._burst.append(changes)
            return
        self._burst.append(changes)
        self._tell_burst()
        if changes.others:
            self._burst_timer.start()

    @Slot()
    def _burst_over(self) -> None:
        if self._burst:
            self._tell_burst()
            self._burst_timer.start()

    def _tell_burst(self) -> None:
        told, self._burst = self._burst, []
        if len(told) == 1:
            self.changed.emit(told[0])
            return
        self.changed.emit(
            replace(
                told[-1],
                cases=frozenset().union(*(changes.cases for changes in told)),
                topics=frozenset().union(*(changes.topics for changes in told)),
                last_id=max(changes.last_id for changes in told),
                others=all(changes.others for changes in told),
            )
        )

    @Slot(object)
    def _heard_of_database(self, error: BaseException | None) -> None:
        """The listener cannot reach the database, or (None) can again. Of a server's the bar tells, and what waits."""
        if self.stopped or self.link.keeps:
            return
        if error is not None:
            self._read_failed(error)
        elif self._failures:
            self._failures = 0
            self.notify(self.tr("数据库连接已恢复"), "success")

    @Slot(object)
    def _handbook_told(self, changes: Any) -> None:
        """Say it once when another edition of the handbook has come into force, approved here, elsewhere or by its day."""
        if "handbook" not in changes.topics:
            return
        self._look_for_drafts()
        handbook = self.services.handbook
        if handbook.id == self._edition:
            return
        self._edition = handbook.id
        words = self.tr("指挥手册 {edition} 已生效，新立案的案卷按本版办理").format(edition=handbook.edition)
        self.notify(words, "info", (self.tr("查看"), lambda: self.show_panel("handbook")))

    @Slot()
    def _look_for_drafts(self) -> None:
        """Does an edition of the handbook wait for the approval of whoever sits here?"""
        waiting = self.services.handbooks.waiting
        self.tasks.run(
            waiting,
            self._actor,
            owner=self,
            key="drafts",
            on_done=self._tell_drafts,
            on_error=self._read_failed,
        )

    def _tell_drafts(self, found: Any) -> None:
        fresh = [info for info in found if info.id not in self._told_drafts]
        self._told_drafts = {info.id for info in found}
        for info in fresh:
            words = self.tr("指挥手册 {edition} 已提交，等待您审批").format(edition=info.edition)
            self.notify(words, "info", (self.tr("查看"), lambda: self.show_panel("handbook")))

    def _read_failed(self, error: BaseException) -> None:
        """Something that nobody waits for could not be read. That a server is away stands in the bar already."""
        if self.link.keeps and is_loss(error):
            return
        self._failures += 1
        if self._failures == 1:
            log.warning("the database cannot be read", exc_info=error)
            self.notify(
                self.tr("暂时读不到数据库，正在重试：{why}").format(why=text.error_text(error)), "warning"
            )

    @Slot(object)
    def _unhandled(self, error: BaseException) -> None:
        """What was read for the screen could not be: quiet while the database is away, for it shows what it has."""
        if self.link.keeps and is_loss(error):
            log.info("not read: %s", error)
        else:
            self.say_error(error)

    # ---- map windows ------------------------------------------------------------------------------------------

    @property
    def canvas(self) -> MapCanvas:
        """The map in hand: the one that was clicked or had the keyboard last; the main one at first."""
        return self._canvas

    @property
    def canvases(self) -> tuple[MapCanvas, ...]:
        """Every map window's canvas, the main one first."""
        return tuple(self._canvases)

    def add_canvas(self, canvas: MapCanvas) -> None:
        """Another map window: whatever feeds or follows maps is told of it (``canvas_added``)."""
        if canvas not in self._canvases:
            self._canvases.append(canvas)
            self.canvas_added.emit(canvas)

    def remove_canvas(self, canvas: MapCanvas) -> None:
        """A map window goes; never the main one's. The main one is in hand where this one was."""
        if canvas is self.main_canvas or canvas not in self._canvases:
            return
        self._canvases.remove(canvas)
        if canvas is self._canvas:
            self.set_canvas(self.main_canvas)
        self.canvas_removed.emit(canvas)

    def set_canvas(self, canvas: MapCanvas) -> None:
        """This map is in hand now; one that is not among :attr:`canvases` is ignored."""
        if canvas is not self._canvas and canvas in self._canvases:
            self._canvas = canvas
            self.canvas_changed.emit()

    def on_each_canvas(self, take: Callable[[MapCanvas], object]) -> None:
        """Call ``take`` with every map there is and with each that comes. Give a QObject's bound method: it goes with it."""
        for canvas in self.canvases:
            take(canvas)
        self.canvas_added.connect(take)

    # ---- who --------------------------------------------------------------------------------------------------

    @property
    def actor(self) -> Actor:
        """Who acts, and under which post."""
        return self._actor

    @property
    def lists(self) -> CaseLists:
        """The lists of cases, with what the actor's post may see and nothing else."""
        return self.services.lists.seen_by(self._actor)

    def set_actor(self, actor: Actor) -> None:
        """Somebody else, or another post, from now on."""
        if actor != self._actor:
            self._actor = actor
            self.selection.clear()
            self.actor_changed.emit(actor)
            self._told_drafts.clear()
            self._look_for_drafts()

    # ---- what is said -----------------------------------------------------------------------------------------

    def name_of(self, code: str) -> str:
        """The name of a unit or a person by its code, the code itself where there is none. Filled when a city opens."""
        return self.names.get(code, code)

    def label(self, kind: str, key: str) -> str:
        """The name the handbook in force gives a key; the key itself where it has none."""
        return text.label(self.services.handbook, kind, key)

    def notify(
        self, message: str, kind: str = "info", action: tuple[str, Callable[[], None]] | None = None
    ) -> None:
        """Show a message for some seconds; ``action`` is a button in it: (label, what it does), such as 撤销."""
        self.notified.emit(Notice(message, kind, action))

    @Slot(object)
    def say_error(self, error: BaseException) -> None:
        """Show what went wrong, in words; what is not an expected refusal goes to the log with its traceback."""
        if self.link.keeps and is_loss(error):
            words = self.tr("中心数据库连不上（自 {time}），这一步没有办，恢复后再办")
            self.notify(words.format(time=hour_text(self.link.state.since)), "warning")
            return
        if getattr(error, "refusal", None) is None and type(error).__name__ not in (
            "Conflict",
            "PhotoRefused",
        ):
            log.error("error shown to the user", exc_info=error)
        self.notify(text.error_text(error, self.services.handbook, self.names), "error")

    # ---- what is done -----------------------------------------------------------------------------------------

    def command(self, name: str, case: Any, data: Mapping[str, Any] | None = None) -> Command:
        """The command with a fresh id. ``case``: a Case or a list's row (then its ``seq`` is expected), or an id."""
        case_id = case if isinstance(case, str) else case.id
        seq = None if isinstance(case, str) else getattr(case, "seq", None)
        return Command(name, case_id, self.services.cases.new_command_id(), dict(data or {}), seq)

    def execute(
        self,
        name: str,
        case: Any,
        data: Mapping[str, Any] | None = None,
        on_done: Callable[[Any], None] | None = None,
        on_error: Callable[[BaseException], None] | None = None,
        *,
        owner: QObject | None = None,
        toast: bool = True,
        undo: tuple[str, Mapping[str, Any]] | None = None,
    ) -> Task:
        """Do one command in the background as the present actor.

        What the server does not answer is kept, and sent when it is back: ``on_done(Kept)``, with the case as it will be.
        Success is toasted (unless ``toast`` is False) and ``on_done(Done)`` called; a refusal, a conflict or an error
        is shown in words and ``on_error(exception)`` called. ``case`` None starts a new case. ``undo`` is the command
        (name, data) a 撤销 button in the message gives.
        """
        actor = self._actor
        services = self.services
        values = dict(data or {})
        case_id = "" if case is None else case if isinstance(case, str) else case.id
        seq = None if case is None or isinstance(case, str) else getattr(case, "seq", None)
        command_id = services.cases.new_command_id()

        def work() -> Any:
            target = case_id or services.cases.new_case_id()
            return services.outbox.execute([Command(name, target, command_id, values, seq)], actor)

        def done(result: Any) -> None:
            if getattr(result, "kept", False):
                self._tell_kept(name, 1)
            elif toast:
                action = None
                if undo is not None:
                    undone = undo
                    action = (self.tr("撤销"), lambda: self._undo(undone, result.case))
                self.notify(self.success_text(name, result.case), "success", action)
            if on_done is not None:
                on_done(result)

        def failed(error: BaseException) -> None:
            if type(error).__name__ == "Conflict":
                self.clashed.emit(Clash(name, values, error, again))
            else:
                self.say_error(error)
            if on_error is not None:
                on_error(error)

        def again(case_now: Any) -> None:
            """The same on the case as it is now, with the same words: a new command, for the other was never done."""
            there = owner if owner is not None and isValid(owner) else self
            self.execute(name, case_now, values, on_done, on_error, owner=there, toast=toast, undo=undo)

        return self.tasks.run(work, owner=owner or self, on_done=done, on_error=failed, priority=1)

    def _undo(self, undo: tuple[str, Mapping[str, Any]], case: Any) -> None:
        self.execute(undo[0], case, undo[1])

    def success_text(self, name: str, case: Any) -> str:
        """``「派遣」已完成 · 20261121-0031 井盖``."""
        what = " ".join(part for part in (case.code, case.class_name) if part)
        return self.tr("「{action}」已完成 · {case}").format(
            action=self.label("arrows", name), case=what or case.id
        )

    def execute_many(
        self,
        name: str,
        cases: Iterable[Any],
        data_of: Mapping[str, Any] | Callable[[Any], Mapping[str, Any]] | None = None,
        on_done: Callable[[list[Any]], None] | None = None,
        *,
        owner: QObject | None = None,
        undo: tuple[str, Mapping[str, Any]] | None = None,
    ) -> Task:
        """The same command for many cases; none stops the others. ``on_done`` gets a Done, Refused or Conflict each.

        The message says how many were done, and, where some were not, which and why.
        """
        actor = self._actor
        services = self.services
        items = list(cases)

        def values(case: Any) -> Mapping[str, Any]:
            return (data_of(case) if callable(data_of) else data_of) or {}

        commands = [self.command(name, case, values(case)) for case in items]

        def again(cases_now: Sequence[Any]) -> None:
            there = owner if owner is not None and isValid(owner) else self
            self.execute_many(name, cases_now, data_of, on_done, owner=there, undo=undo)

        def done(results: list[Any]) -> None:
            bad = [(i, r) for i, r in zip(items, results, strict=True) if isinstance(r, BaseException)]
            batch = NotDone(name, self.label("arrows", name), bad, values, again)
            self._tell_many(batch, results, undo)
            if on_done is not None:
                on_done(results)

        return self.tasks.run(
            services.outbox.execute_many, commands, actor, owner=owner or self, on_done=done, priority=1
        )

    def _tell_kept(self, name: str, count: int) -> None:
        words = self.tr("「{action}」{n} 件已存在本机，恢复后自动送出")
        if count == 1:
            words = self.tr("「{action}」已存在本机，恢复后自动送出")
        words = words.format(action=self.label("arrows", name), n=count)
        self.notify(words, "info", (self.tr("查看"), self.link.shown_asked.emit))

    def _tell_many(
        self, batch: NotDone, results: list[Any], undo: tuple[str, Mapping[str, Any]] | None
    ) -> None:
        kept = sum(1 for r in results if getattr(r, "kept", False))
        if kept:
            self._tell_kept(batch.name, kept)
            if kept == len(results):
                return
        good = [r.case for r in results if not (isinstance(r, BaseException) or getattr(r, "kept", False))]
        if not batch.pairs:
            action = None
            if undo is not None and good:
                undone = undo
                action = (self.tr("撤销"), lambda: self._undo_many(undone, good))
            self.notify(
                self.tr("「{action}」已完成 {n} 件").format(action=batch.title, n=len(good)),
                "success",
                action,
            )
            return
        message = self.tr("「{action}」完成 {good} 件，{bad} 件未办：{first}").format(
            action=batch.title,
            good=len(good),
            bad=len(batch.pairs),
            first=text.error_text(batch.pairs[0][1], self.services.handbook, self.names),
        )
        self.notify(message, "warning", (self.tr("查看"), lambda: self.many_failed.emit(batch)))

    def _undo_many(self, undo: tuple[str, Mapping[str, Any]], cases: list[Any]) -> None:
        self.execute_many(undo[0], cases, undo[1])

    # ---- where to look ----------------------------------------------------------------------------------------

    def show_case(self, case_id: str) -> None:
        """Open the case's sheet, and choose it."""
        self.selection.set(
            {case_id} | (self.selection.ids if case_id in self.selection.ids else set()), case_id
        )
        self.case_requested.emit(case_id)

    def show_cases(self, filter: Any, title: str) -> None:
        """Open the list with this CaseFilter under a title: what stands behind a figure."""
        self.cases_requested.emit(filter, title)

    def show_panel(self, key: str) -> None:
        """Bring a panel to the front."""
        self.panel_requested.emit(key)


def _resume_due(services: Services, actor: Actor) -> Sequence[Any]:
    """Imported where it runs: services are heavy, and the window is to be there before them."""
    from ..services.cases.upkeep import catch_up, resume_due

    resume_due(services)
    catch_up(services)
    services.personal.erase_due()
    services.positions.erase_due()
    return services.automatic.run(actor)
