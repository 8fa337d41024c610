"""Cases under way on the pointer: the mime type lists and maps share, what a drop would do, and who is asked first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QMimeData

CASES_MIME = "application/x-workstation-cases"
"""Case ids, one a line, UTF-8."""


@dataclass(frozen=True)
class DropInfo:
    """What dropping on one unit would do, in words: shown beside the pointer. ``allowed`` False: it would be refused.

    ``verb`` is the action where it is another than the ordinary dispatch: 快速处置 for a crew, 二次派遣 inside a district.
    """

    title: str
    lines: list[str] = field(default_factory=list)
    allowed: bool = True
    verb: str = ""


@dataclass(frozen=True)
class Candidate:
    """A unit that is proposed, best first; ``reason`` in words."""

    unit: str
    reason: str = ""


def cases_mime(ids: Iterable[str]) -> QMimeData:
    """Mime data that carries these cases; their ids as text too, so that a text field takes them."""
    text = "\n".join(ids)
    data = QMimeData()
    data.setData(CASES_MIME, text.encode())
    data.setText(text)
    return data


def has_cases(mime: QMimeData) -> bool:
    """Whether cases are being dragged."""
    return mime.hasFormat(CASES_MIME)


def cases_of(mime: QMimeData) -> list[str]:
    """The case ids in the mime data, in order; empty where it carries none."""
    if not has_cases(mime):
        return []
    return [line for line in bytes(mime.data(CASES_MIME).data()).decode().split("\n") if line]


class DropState:
    """The state of one drag over the map: which cases, what is known about each unit, and which area is chosen.

    Where areas overlap, the best candidate comes first, then the units that would take the cases, then those that
    would not; among equals the smaller area. The operator may choose another with :meth:`choose` (keys 1 to 9).
    """

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.info: dict[str, DropInfo] = {}
        self.candidates: list[Candidate] = []
        self._here: tuple[str, ...] = ()
        self._chosen: str = ""

    @property
    def active(self) -> bool:
        """Whether a drag is over the map."""
        return bool(self.ids)

    def begin(self, ids: Sequence[str]) -> bool:
        """A drag with these cases; True when it is not the one already known."""
        if list(ids) == self.ids:
            return False
        self.clear()
        self.ids = list(ids)
        return True

    def clear(self) -> None:
        """The drag is over; what was known about the units was about those cases, so it goes too."""
        self.ids = []
        self.info = {}
        self.candidates = []
        self._here = ()
        self._chosen = ""

    def set_info(self, info: Mapping[str, DropInfo]) -> None:
        """What a drop on each unit would do."""
        self.info = dict(info)
        self._here = self._ordered(self._here)

    def set_candidates(self, candidates: Sequence[Candidate]) -> None:
        """Who is proposed, best first."""
        self.candidates = list(candidates)
        self._here = self._ordered(self._here)

    def rank(self, unit: str) -> int:
        """The unit's place among the candidates from 1; 0 when it is none."""
        return next((n for n, c in enumerate(self.candidates, 1) if c.unit == unit), 0)

    def reason(self, unit: str) -> str:
        """Why the unit is proposed."""
        return next((c.reason for c in self.candidates if c.unit == unit), "")

    def allowed(self, unit: str) -> bool:
        """Whether a drop would be taken; True while nothing is known, the services decide in the end."""
        info = self.info.get(unit)
        return info is None or info.allowed

    def _ordered(self, units: Sequence[str]) -> tuple[str, ...]:
        place = {unit: n for n, unit in enumerate(units)}
        return tuple(sorted(units, key=lambda u: (not self.allowed(u), self.rank(u) or 999, place[u])))

    def hover(self, units: Sequence[str]) -> None:
        """The areas under the pointer, the smallest first. A choice holds as long as its area is among them."""
        self._here = self._ordered(units)
        if self._chosen not in self._here:
            self._chosen = ""

    @property
    def here(self) -> tuple[str, ...]:
        """The units whose areas lie under the pointer, the one that gets the drop by default first."""
        return self._here

    @property
    def target(self) -> str:
        """Who gets the cases when they are let go now; "" for nobody."""
        return self._chosen or (self._here[0] if self._here else "")

    def choose(self, number: int) -> bool:
        """Take the ``number``-th (from 1) of :attr:`here` instead of the first."""
        if 1 <= number <= len(self._here):
            self._chosen = self._here[number - 1]
            return True
        return False
