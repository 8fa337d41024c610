"""The edition that is open in the editor: its texts, what they make, what was undone, and saving by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from ...services.rules.handbooks import DRAFT_ID, Draft, EditionInfo, Problem
from ...workflow.event import Actor
from ...workflow.handbook import Handbook, HandbookError
from ...workflow.handbook_compare import Difference, compare

if TYPE_CHECKING:
    from ...services.services import Services
    from ...shell.context import AppContext

SAVE_AFTER = 1200
"""Milliseconds after the last change before a draft is saved."""
STEPS = 200
"""Changes that can be undone."""


class Session(QObject):
    """What is open. Everything that touches the database runs in the background.

    ``opened``: another edition, or the same anew. ``changed``: the texts are others. ``parsed``: so are the handbook that
    they make (or what is wrong with them) and the differences. ``saved``: the database has them. ``gone``: it is away.
    """

    opened = Signal()
    changed = Signal()
    parsed = Signal()
    saved = Signal()
    gone = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.info: EditionInfo | None = None
        self.texts: dict[str, str] = {}
        self.handbook: Handbook | None = None
        """What the texts made when they last were sound."""
        self.problems: list[Problem] = []
        self.differences: list[Difference] = []
        self._seen = ""
        self._undone: list[dict[str, str]] = []
        self._past: list[dict[str, str]] = []
        self._saving = False
        self._dirty = False
        self._after: list[Callable[[], None]] = []
        # Runs from a change until it is saved.
        self.settle = QTimer(self)
        self.settle.setSingleShot(True)
        self.settle.setInterval(SAVE_AFTER)
        self.settle.timeout.connect(self.save)

    @property
    def writable(self) -> bool:
        """Whether what is open is a draft that the actor may change."""
        return self.info is not None and self.info.status == "draft" and self._may_edit()

    @property
    def dirty(self) -> bool:
        """Whether something is not saved yet."""
        return self._dirty or self._saving

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return self.writable and bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether there is something that was taken back."""
        return self.writable and bool(self._undone)

    def _may_edit(self) -> bool:
        return self._context.services.handbooks.may_edit(self._context.actor)

    # ---- opening -------------------------------------------------------------------------------------------------

    def open(self, edition: str = "") -> None:
        """Open an edition or a draft; "": the edition in force."""
        self.then(lambda: self._run(_read, edition, done=self._loaded, key="open"))

    def start(self, base: str = "") -> None:
        """Begin a draft from an edition ("": from the one in force) and open it."""
        services, actor = self._context.services, self._context.actor

        def work() -> Any:
            return _read(services, services.handbooks.draft(base, actor).id)

        self.then(lambda: self._run_plain(work, self._loaded))

    def _loaded(self, found: Any) -> None:
        self.info, self.texts, self._seen, made = found
        self._past, self._undone = [], []
        self._dirty = False
        self.handbook, self.problems, self.differences = made
        self.opened.emit()
        self.parsed.emit()

    # ---- changing ------------------------------------------------------------------------------------------------

    def edit(self, texts: Mapping[str, str]) -> None:
        """Other texts from now on."""
        if dict(texts) == self.texts or not self.writable:
            return
        self._past = [*self._past[1 - STEPS :], self.texts]
        self._undone = []
        self._take(dict(texts))

    def undo(self) -> None:
        """Take the last change back."""
        if self.can_undo:
            self._undone.append(self.texts)
            self._take(self._past.pop())

    def redo(self) -> None:
        """Make it again."""
        if self.can_redo:
            self._past.append(self.texts)
            self._take(self._undone.pop())

    def _take(self, texts: dict[str, str]) -> None:
        self.texts = texts
        self._dirty = True
        self.settle.start()
        self.changed.emit()
        self._run(_make, texts, done=self._made, key="make")

    def _made(self, made: Any) -> None:
        handbook, self.problems, differences = made
        if handbook is not None:
            self.handbook, self.differences = handbook, differences
        self.parsed.emit()

    # ---- saving --------------------------------------------------------------------------------------------------

    def then(self, action: Callable[[], None]) -> None:
        """Do something once everything is saved; at once where it is."""
        if self.dirty:
            self._after.append(action)
            self.save()
        else:
            action()

    def save(self) -> None:
        """Save now what is not saved."""
        self.settle.stop()
        if self._saving or not self._dirty or self.info is None:
            return
        self._saving, self._dirty = True, False
        services, actor = self._context.services, self._context.actor
        draft, texts, seen = self.info.id, self.texts, self._seen
        self._context.tasks.run(
            lambda: services.handbooks.save(draft, texts, actor, seen),
            owner=self,
            on_done=self._stored,
            on_error=self._not_stored,
            priority=1,
        )

    def _stored(self, draft: Draft) -> None:
        self._saving = False
        self._seen, self.info = draft.seen, draft.info
        self.saved.emit()
        if self._dirty:
            self.save()
            return
        waiting, self._after = self._after, []
        for action in waiting:
            action()

    def _not_stored(self, error: BaseException) -> None:
        self._saving, self._dirty = False, True
        self._after = []
        self._context.say_error(error)
        self.saved.emit()

    # ---- what becomes of a draft ---------------------------------------------------------------------------------

    def submit(self) -> None:
        """Hand the draft in for approval."""
        self._turn(lambda handbooks, draft, actor: handbooks.submit(draft, actor))

    def send_back(self, note: str) -> None:
        """Back to the authors."""
        self._turn(lambda handbooks, draft, actor: handbooks.send_back(draft, actor, note))

    def approve(self, approver: str, valid_from: date) -> None:
        """Approve what was handed in, and open the edition that it has become."""
        self._turn(lambda handbooks, draft, actor: handbooks.approve(draft, approver, valid_from, actor))

    def discard(self) -> None:
        """Throw the draft away, saved or not."""
        if self.info is None:
            return
        services, actor, draft = self._context.services, self._context.actor, self.info.id
        self.settle.stop()
        self._dirty = False
        self._run_plain(lambda: services.handbooks.discard(draft, actor), lambda _none: self.gone.emit())

    def _turn(self, step: Callable[[Any, str, Actor], EditionInfo]) -> None:
        if self.info is None:
            return
        services, actor, draft = self._context.services, self._context.actor, self.info.id

        def work() -> Any:
            return _read(services, step(services.handbooks, draft, actor).id)

        self.then(lambda: self._run_plain(work, self._loaded))

    # ---- within --------------------------------------------------------------------------------------------------

    def _run(self, fn: Callable[..., Any], *args: Any, done: Callable[[Any], None], key: str) -> None:
        self._context.tasks.run(fn, self._context.services, *args, owner=self, on_done=done, key=key)

    def _run_plain(self, fn: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._context.tasks.run(fn, owner=self, on_done=done, on_error=self._context.say_error)


Made = tuple[Handbook | None, list[Problem], list[Difference]]


def _read(services: Services, edition: str) -> tuple[EditionInfo, dict[str, str], str, Made]:
    handbooks = services.handbooks
    if edition.startswith(DRAFT_ID):
        draft = handbooks.open(edition)
        made = _make(services, draft.texts)
        if made[0] is None:
            # Faulty as it is, it is shown by what it was made from.
            made = (_base(services, draft.info.base), made[1], [])
        return draft.info, dict(draft.texts), draft.seen, made
    handbook = handbooks.get(edition) if edition else handbooks.in_force()
    info = next(info for info in handbooks.history() if info.id == handbook.id)
    return info, dict(handbook.texts), "", (handbook, [], compare(handbooks.in_force(), handbook))


def _base(services: Services, edition: str) -> Handbook:
    return services.handbooks.in_force() if not edition else services.handbooks.get(edition)


def _make(services: Services, texts: Mapping[str, str]) -> Made:
    problems = services.handbooks.check(texts)
    if problems:
        return None, problems, []
    try:
        handbook = Handbook.from_texts(texts)
    except HandbookError as error:
        return None, [Problem.of(error)], []
    return handbook, [], compare(services.handbooks.in_force(), handbook)
