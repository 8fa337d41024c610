"""What all parts of a story share: what is told, who tells it, and how steps are taken in believable time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..workflow.case import Case
from ..workflow.event import Actor
from .casework import Work
from .incidents import Incident
from .plots import Plot


@dataclass(frozen=True, slots=True)
class Telling:
    """Everything one story needs: its plot, its problem, its source and its code."""

    plot: Plot
    incident: Incident
    source: str
    taken_by: str
    code: str
    grid: str
    area_class: str
    other_unit: str
    street_unit: str
    centre: str
    command: str
    photos: tuple[str, str]  # before and after
    photographed: bool


class Teller:
    """Takes the steps of one story."""

    def __init__(self, work: Work, told: Telling) -> None:
        self.w, self.t, self.p, self.rng = work, told, told.plot, work.rng
        self.leader = work.staff.pick(self.rng, "shift_leader", told.centre)
        self.dispatcher = work.staff.pick(self.rng, "dispatcher", told.command)
        self._requests = 0

    @property
    def case(self) -> Case:
        """The case as the story has made it."""
        case = self.w.case
        if case is None:
            raise RuntimeError("the story has not begun")
        return case

    def say(self, texts: tuple[str, ...]) -> str:
        """One of the set phrases."""
        return texts[self.rng.randrange(len(texts))]

    def between(self, low: float, high: float) -> float:
        """Minutes, rather few than many. What is to lie on a desk today has come there quickly."""
        minutes: float = low + (high - low) * self.rng.random() ** 1.6
        return 0.45 * minutes if self.p.hold and not self.p.share else minutes

    def do(
        self,
        arrow: str,
        actor: Actor,
        who: str = "any",
        after: tuple[float, float] | float = 0.0,
        optional: bool = False,
        **data: Any,
    ) -> bool:
        """Take a step some minutes later (between two numbers: drawn). See :meth:`Work.do`."""
        minutes = self.between(*after) if isinstance(after, tuple) else after
        return self.w.do(arrow, actor, who, minutes, optional, **data)

    def has(self, arrow: str, post: str) -> bool:
        """Whether the handbook lets the post take such a step."""
        found = self.w.staff.handbook.arrow(arrow)
        return found is not None and post in found.posts

    def request_id(self) -> str:
        """An id for a request of this case."""
        self._requests += 1
        return f"{self.w.case_id}-r{self._requests}"

    def photo(self, number: int, role: str, name: str) -> dict[str, str]:
        """The picture of before (0) or after (1)."""
        return {"sha256": self.t.photos[number], "role": role, "name": name}
