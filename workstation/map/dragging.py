"""Cases under way on the pointer: the mime type lists and maps share, what a drop would do, and who is asked first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QMimeData

from workstation.map.targets import Target

CASES_MIME = "application/x-workstation-cases"
"""Case ids, one a line, UTF-8."""


@dataclass(frozen=True)
class DropInfo:
    """What dropping on one target would do, in words: shown beside the pointer. ``allowed`` False: it would be refused.

    ``verb`` is the action where it is another than the ordinary dispatch: 快速处置 for a crew, 二次派遣 inside a district.
    ``load`` is what the target has in hand in a word or two, for its badge; ``due`` until when it would be done;
    ``refused`` why cases would not go, all or some of them.
    """

    title: str
    lines: list[str] = field(default_factory=list)
    allowed: bool = True
    verb: str = ""
    load: str = ""
    due: str = ""
    refused: list[str] = field(default_factory=list)

    @property
    def why_not(self) -> str:
        """Why it would be refused, in a sentence."""
        return next(iter([*self.refused[-1:], *self.lines[-1:]]), "")


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
    """The state of one drag over the map: which cases, what is known about each target, and which one is meant.

    Targets go by their :attr:`Target.key`, which is a unit's code. Where areas overlap, the best candidate comes first,
    then the units that would take the cases, then those that would not; among equals the smaller area. The operator may
    choose another with :meth:`choose` (keys 1 to 9). A thing with a place of its own, such as a crew's marker or a unit's
    badge, is meant alone.
    """

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.info: dict[str, DropInfo] = {}
        self.candidates: list[Candidate] = []
        self.note = ""
        """What is to be known of the recommendation as a whole: that there is none, or that two are as likely."""
        self.pointed: Target | None = None
        """The marker or badge under the pointer, which is meant and not the areas below it."""
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
        """The drag is over; what was known about the targets was about those cases, so it goes too."""
        self.ids = []
        self.info = {}
        self.candidates = []
        self.note = ""
        self.pointed = None
        self._here = ()
        self._chosen = ""

    def set_info(self, info: Mapping[str, DropInfo]) -> None:
        """What a drop on each target would do; what is known of others stays."""
        self.info = {**self.info, **info}
        self._here = self._ordered(self._here)

    def set_candidates(self, candidates: Sequence[Candidate], note: str = "") -> None:
        """Who is proposed, best first, and what is to be known of that."""
        self.candidates = list(candidates)
        self.note = note
        self._here = self._ordered(self._here)

    def rank(self, key: str) -> int:
        """The target's place among the candidates from 1; 0 when it is none."""
        return next((n for n, c in enumerate(self.candidates, 1) if c.unit == key), 0)

    def reason(self, key: str) -> str:
        """Why the target is proposed."""
        return next((c.reason for c in self.candidates if c.unit == key), "")

    def allowed(self, key: str) -> bool:
        """Whether a drop would be taken; True while nothing is known, the services decide in the end."""
        info = self.info.get(key)
        return info is None or info.allowed

    def _ordered(self, keys: Sequence[str]) -> tuple[str, ...]:
        place = {key: n for n, key in enumerate(keys)}
        return tuple(sorted(keys, key=lambda u: (not self.allowed(u), self.rank(u) or 999, place[u])))

    def hover(self, keys: Sequence[str]) -> None:
        """The areas under the pointer, the smallest first. A choice holds as long as its area is among them."""
        self.pointed = None
        self._here = self._ordered(keys)
        if self._chosen not in self._here:
            self._chosen = ""

    def point_at(self, target: Target) -> None:
        """A marker or badge lies under the pointer: that and nothing else is meant."""
        self.pointed = target
        self._here = (target.key,)
        self._chosen = ""

    @property
    def here(self) -> tuple[str, ...]:
        """What lies under the pointer, the one that gets the drop by default first."""
        return self._here

    @property
    def target(self) -> str:
        """Who gets the cases when they are let go now; "" for nobody."""
        return self._chosen or (self._here[0] if self._here else "")

    @property
    def choices(self) -> tuple[str, ...]:
        """Those of :attr:`here` that would take the cases, where nobody has said yet which of several is meant."""
        if self._chosen or self.pointed is not None:
            return (self.target,)
        return tuple(key for key in self._here if self.allowed(key))

    def choose(self, number: int) -> bool:
        """Take the ``number``-th (from 1) of :attr:`here` instead of the first."""
        if 1 <= number <= len(self._here):
            self._chosen = self._here[number - 1]
            return True
        return False
