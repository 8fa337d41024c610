"""Cases on their way: what is dragged in any list or on any map window, and where it is let go, told in one place.

Whoever carries it out is made when it is first needed (:attr:`Drags.desk`), whether or not a panel is open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ...map.targets import UNIT, Target

if TYPE_CHECKING:
    from ...map.canvas import MapCanvas
    from ...map.dragging import Candidate, DropInfo
    from ...panels.dispatch.desk import DispatchDesk
    from ..context import AppContext


READY_MS = 4000
"""So long after the start, when the window is in use."""


def _read_desk() -> None:
    from ...panels.dispatch import desk  # noqa: F401


class Drags(QObject):
    """The drags of one seat, over all of its windows."""

    began = Signal(object)
    """These cases (ids) are under way: what each target would mean is wanted."""
    dropped = Signal(object, object, bool)
    """Cases (ids) were let go on a :class:`Target`; True: what is sent is to be seen before."""
    unit_given = Signal(object, str)
    """The same for a unit, by its code."""
    told = Signal(object, object, str)
    """What dropping the cases under way would do on targets (by key), who is proposed (None: as before), and what is to be known of that:
    for lists, whose rows are targets too; maps are told by :meth:`tell` itself."""
    pointed = Signal(object)
    """Cases are held over a :class:`Target` of which a map knows nothing yet."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._context = context
        self._desk: DispatchDesk | None = None
        self.prepared: Callable[[Sequence[str]], Mapping[str, Any] | None] | None = None
        """Of a panel where words are filled in for cases: what is to be sent with these; None where they are others."""
        context.on_each_canvas(self.attach)
        QTimer.singleShot(READY_MS, self, self._get_ready)

    @Slot()
    def _get_ready(self) -> None:
        """What the desk is made of is read in the background: at the first drag it would hold the hand up for a tenth of a second."""
        self._context.tasks.run(_read_desk, owner=self)

    @property
    def desk(self) -> DispatchDesk:
        """Whoever sends what was dropped."""
        if self._desk is None:
            from ...panels.dispatch.desk import DispatchDesk  # not before something is dragged

            self._desk = DispatchDesk(self._context)
        return self._desk

    @Slot(object)
    def attach(self, canvas: MapCanvas) -> None:
        """Hear of this map's drags."""
        canvas.drag_started.connect(self.begin)
        canvas.cases_dropped.connect(self._unit_dropped)
        canvas.drops.given.connect(self._given)
        canvas.drops.pointed.connect(self._pointed)

    @Slot(object)
    def begin(self, ids: Iterable[str]) -> None:
        """A drag with these cases has started somewhere, or has come over another map."""
        self.desk  # noqa: B018 - listens from now on
        self.began.emit(list(ids))

    def give(self, ids: Sequence[str], target: Target, *, careful: bool = False) -> None:
        """These cases go to that target, by whatever way they were given."""
        self.desk  # noqa: B018
        self.dropped.emit(list(ids), target, careful)
        if target.kind == UNIT:
            self.unit_given.emit(list(ids), target.id)

    def tell(
        self, info: Mapping[str, DropInfo], candidates: Sequence[Candidate] | None = None, note: str = ""
    ) -> None:
        """Let every map and list show what dropping the cases under way would do on each target."""
        for canvas in self._context.canvases:
            canvas.set_drop_info(info)
            if candidates is not None:
                canvas.set_candidates(candidates, note)
        self.told.emit(info, candidates, note)

    def _careful(self) -> bool:
        """Whether Ctrl was held at the drop that is told just now."""
        careful = False
        for canvas in self._context.canvases:
            careful = careful or canvas.drops.careful
            canvas.drops.careful = False
        return careful

    @Slot(object, str)
    def _unit_dropped(self, ids: Sequence[str], unit: str) -> None:
        self.give(ids, Target(UNIT, unit, self._context.name_of(unit)), careful=self._careful())

    @Slot(object, object)
    def _given(self, ids: Sequence[str], target: Target) -> None:
        self.give(ids, target, careful=self._careful())

    @Slot(object)
    def _pointed(self, target: Target) -> None:
        self.desk  # noqa: B018
        self.pointed.emit(target)
