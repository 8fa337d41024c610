"""The minute that map_minute.py plays: gestures as plain data, for our canvas and for QGIS's alike. Standard library only:
two Pythons read it.

A step is ``(milliseconds after the step before, what, arguments...)``: ``press``, ``move``, ``release`` at a pixel,
``wheel`` at a pixel by notches, ``key`` by its name, ``drag_case`` (take hold of the case nearest to a pixel), and
``rest`` (the gesture is over: wait for the sharp frame, with the name of the scale).
"""

from __future__ import annotations

import math
import random
from array import array
from collections.abc import Sequence

MOUSE_MS = 8
"""A mouse of 125 reports a second."""
REST_MS = 260
"""From one gesture's sharp frame to the next gesture."""


def minute(width: int, height: int, seed: int = 5, rounds: int = 1) -> list[tuple]:
    """A minute (at sharp frames of 300 ms) of what a dispatcher does: look around, go in, drag, come back out."""
    chance = random.Random(seed)
    steps: list[tuple] = []
    for _ in range(rounds):
        for scale, notches in (("city", 0), ("quarter", 4), ("district", 5), ("street", 5)):
            if notches:
                _wheel(steps, chance, width, height, notches, scale)
            for _ in range(3):
                _pan(steps, chance, width, height, scale)
            _keys(steps, chance, scale)
            _wheel(steps, chance, width, height, 1, scale)
            _wheel(steps, chance, width, height, -1, scale)
            _drag(steps, chance, width, height, scale)
            _pan(steps, chance, width, height, scale)
        for scale in ("district", "quarter", "city"):
            _wheel(steps, chance, width, height, -5, scale)
        steps.append((REST_MS, "key", "Home"))
        steps.append((0, "rest", "city"))
    return steps


def _point(chance: random.Random, width: int, height: int) -> tuple[float, float]:
    return chance.uniform(0.25, 0.75) * width, chance.uniform(0.25, 0.75) * height


def _pan(steps: list[tuple], chance: random.Random, width: int, height: int, scale: str) -> None:
    x, y = _point(chance, width, height)
    angle, reach = chance.uniform(0, 2 * math.pi), chance.uniform(0.12, 0.3) * width
    steps += [(REST_MS, "move", x, y), (30, "press", x, y)]
    count = 70
    for n in range(1, count + 1):
        part = (1 - math.cos(math.pi * n / count)) / 2
        steps.append(
            (MOUSE_MS, "move", x + math.cos(angle) * reach * part, y + math.sin(angle) * reach * part)
        )
    steps.append((MOUSE_MS, "release", x + math.cos(angle) * reach, y + math.sin(angle) * reach))
    steps.append((0, "rest", scale))


def _wheel(
    steps: list[tuple], chance: random.Random, width: int, height: int, notches: int, scale: str
) -> None:
    x, y = _point(chance, width, height)
    steps.append((REST_MS, "move", x, y))
    for _ in range(abs(notches)):
        steps.append((70, "wheel", x, y, 1 if notches > 0 else -1))
    steps.append((0, "rest", scale))


def _keys(steps: list[tuple], chance: random.Random, scale: str) -> None:
    for key in (chance.choice(("Left", "Right")), chance.choice(("Up", "Down"))):
        steps.append((REST_MS, "key", key))
        steps.append((160, "key", key))
        steps.append((0, "rest", scale))


def _drag(steps: list[tuple], chance: random.Random, width: int, height: int, scale: str) -> None:
    x, y = _point(chance, width, height)
    steps.append((REST_MS, "drag_case", x, y))
    angle, reach = chance.uniform(0, 2 * math.pi), 0.2 * width
    for n in range(1, 121):
        turn = angle + n / 120 * 2 * math.pi
        steps.append((MOUSE_MS, "move", x + math.cos(turn) * reach, y + math.sin(turn) * reach * 0.8))
    steps.append((MOUSE_MS, "release", x + math.cos(angle) * reach, y + math.sin(angle) * reach * 0.8))
    steps.append((300, "nothing"))


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of the values lie (the next larger one); NaN where there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)] if ordered else math.nan


class Stalls:
    """How long an event would have waited that is posted each millisecond, told by when a timer of a millisecond ran.

    A gap of g milliseconds between two runs made the events posted within it wait g-1, g-2, ... 0: all of them count,
    not only the one that met the gap.
    """

    def __init__(self) -> None:
        # An array: a million of them are eight megabytes, which are not taken for the interface's own.
        self.waits = array("d")
        self.gaps: list[tuple[float, float]] = []
        self._last = 0.0

    def ran(self, now: float) -> None:
        """The timer has run (seconds)."""
        if self._last:
            gap = (now - self._last) * 1000
            late = gap - 1.0
            if late > 8:
                self.gaps.append((now, gap))
            while late > 0:
                self.waits.append(late)
                late -= 1.0
            self.waits.append(0.0)
        self._last = now
