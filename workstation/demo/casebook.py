"""All cases of the demo city, played through the real workflow in order of time and in parts, so that any number fits in
memory. What a case is depends on the seed and its number alone."""

from __future__ import annotations

import multiprocessing
import random
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.pool import AsyncResult

from ..workflow.case import TERMINAL, Case, State
from ..workflow.event import Actor, Event
from .beginnings import Beginnings, Opening, is_tied
from .casework import Aside, Work
from .incidents import Incident
from .plots import Plot
from .stories import Ties, hold_of, tell
from .telling import Telling

_PART = 4_000
_DIVISIBLE = frozenset({State.CHECKED, State.FILED, State.DISPATCHED, State.RECEIVED, State.WORKING})
_TYING = {False: ("merge", "absorb"), True: ("register_part", "split")}
"""The arrows that bind two cases: a duplicate's, and a part's."""

Worked = tuple[list[Event], Case]


class Casebook(Beginnings):
    """Plays the cases of one city."""

    # ---- playing -----------------------------------------------------------------------------------------------

    def case_id(self, opening: Opening) -> str:
        """The id of a case: its instant first, so that the newest lie together in the store."""
        tail = random.Random(f"{self.seed}/id/{opening.number}").getrandbits(80)
        return f"{int(opening.start.timestamp() * 1000):012x}{tail:020x}"

    def play(self, opening: Opening) -> Worked:
        """One case, from its report to its end or until today, with what it has to do with another one."""
        work = self._tell(opening, *self._ties(opening))
        return [e for e, _ in work.events], work.events[-1][1]

    def _ties(self, opening: Opening) -> tuple[Ties, list[Aside]]:
        """What binds the case to an earlier one, and what later ones do to it."""
        ties = self._own_ties(opening)
        asides: list[Aside] = []
        for number in self.followers(opening.number):
            later = self.by_number[number]
            own = self._own_ties(later)
            if not own.into and not own.whole:
                continue
            work = self._tell(later, own, [])
            event, case = work.events[0] if own.whole else work.events[-1]
            actor = Actor(event.actor, event.actor_name, event.post, event.unit)
            if own.whole:
                asides.append(Aside(event.at, "split", actor, {"children": [case.id]}))
                last = work.events[-1][1]
                ties = replace(ties, parts=True, until=None if last.open else last.changed_at)
            else:
                asides.append(Aside(event.at, "absorb", actor, {"duplicate": case.id}))
        return ties, asides

    def _own_ties(self, opening: Opening) -> Ties:
        """The case that this one is merged into, or is a part of: one that is still there when that happens."""
        plot = self.plot(opening.number, self.rng(opening.number))
        if opening.twin < 0 or not is_tied(plot):
            return Ties()
        twin = self.by_number[opening.twin]
        if is_tied(self.plot(twin.number, self.rng(twin.number))):
            return Ties()
        if not all(self.staff.handbook.arrow(name) for name in _TYING[plot.part]):
            return Ties()
        twin_id = self.case_id(twin)
        ties = Ties(whole=twin_id) if plot.part else Ties(into=twin_id)
        at = opening.start
        if ties.into:
            event = self._tell(opening, ties, []).events[-1][0]
            if event.kind != "merge":
                return Ties()
            at = event.at
        state = next(
            (case.state for event, case in reversed(self._tell(twin, Ties(), []).events) if event.at <= at),
            None,
        )
        if state is None or state in TERMINAL or (plot.part and state not in _DIVISIBLE):
            return Ties()
        return ties

    def _tell(self, opening: Opening, ties: Ties, asides: list[Aside]) -> Work:
        """The case's story, told as if these were its ties."""
        rng, plot, incident = self.problem(opening.number)
        if ties.into or ties.whole:
            incident = self.problem(opening.twin)[2]
        block = self.plan.blocks[incident.block]
        if ties.whole:
            part = incident.description.removesuffix("。") + "，其中人行道部分。"
            incident = replace(incident, description=part, unit=block.street)
        source, taken = self._source(opening, plot, incident, rng)
        unit = incident.unit
        other = block.street if unit != block.street else self.centre[:6] + "D02"
        photos = self.photos.get((incident.picture, False), ""), self.photos.get((incident.picture, True), "")
        told = Telling(
            plot, incident, source, taken, opening.code, block.code, block.area_class, other, block.street,
            self.centre, self.command, photos, all(photos) and rng.random() < 0.35,
        )  # fmt: skip
        hold = hold_of(plot, self.base, rng)
        work = Work(self.staff, rng, self.case_id(opening), opening.start, self.until, hold, asides)
        tell(work, told, ties)
        return work

    def _source(
        self, opening: Opening, plot: Plot, incident: Incident, rng: random.Random
    ) -> tuple[str, str]:
        """Where the report comes from, and who takes it in."""
        draw = self.by_day if 7 <= opening.start.hour < 19 else self.by_night
        source, _, _, taken = self.sources[draw(rng)]
        if plot.end == "answered":
            return "hotline_12319", "operator"
        if incident.kind == "warning":
            return "sensor", "system"
        if plot.end == "self":
            return "collector", "collector"
        if plot.checked or plot.end in ("false", "rejected"):
            while source in ("collector", "video"):
                source, _, _, taken = self.sources[draw(rng)]
        elif plot.hold and not plot.share:
            return "collector", "collector"
        if plot.hold == "report" and taken == "operator":
            return "app", "system"
        return source, taken

    def part(self, openings: list[Opening]) -> list[Worked]:
        """Several cases."""
        return [self.play(opening) for opening in openings]

    def parts(self, processes: int) -> Iterator[list[Worked]]:
        """All cases in order of time, in parts; worked out in other processes where asked for."""
        openings = self.openings()
        size = min(_PART, max(200, len(openings) // (2 * processes) + 1))
        pieces = [openings[k : k + size] for k in range(0, len(openings), size)]
        if processes < 2:
            for piece in pieces:
                yield self.part(piece)
            return
        global _book
        _book = self
        with multiprocessing.get_context("fork").Pool(processes - 1) as pool:
            # Few parts ahead of the writer, so that a million cases need no more memory than ten thousand.
            ahead: deque[AsyncResult[list[Worked]]] = deque()
            for piece in pieces:
                ahead.append(pool.apply_async(_play_part, (piece,)))
                if len(ahead) > processes:
                    yield ahead.popleft().get()
            while ahead:
                yield ahead.popleft().get()


_book: Casebook


def _play_part(openings: list[Opening]) -> list[Worked]:
    return _book.part(openings)
