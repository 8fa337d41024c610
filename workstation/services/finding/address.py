"""The parts of an address among names: its roads, a crossing of two of them, a building beside one, the number of a house."""

from __future__ import annotations

import re

import numpy as np

from .names import PREFIX, WORD, Floats, Names

_HOUSE = re.compile(r"\d+(?:之\d+|[a-z])?号")


def say_address(names: Names, query: str, scores: Floats) -> dict[int, str]:
    """Make the parts of an address worth something: a crossing of its roads, a building on its road, a road alone.

    Returns the house number that stands behind a road, for the rows of that road: none is on record.
    """
    within = names.within(query)
    roads = [name for name in within if name in names.roads]
    notes: dict[int, str] = {}
    for name in within:
        for row in names.roads.get(name, ()):
            scores[row] = max(scores[row], WORD + 2)
        for row in names.buildings.get(name, ()):
            scores[row] = max(scores[row], WORD + 3)
    for n, first in enumerate(roads):
        for second in roads[n + 1 :]:
            for a, b in ((first, second), (second, first)):
                scores[names.exactly(f"{a}与{b}交叉口")] = PREFIX + 6
        number = _HOUSE.match(query[query.index(first) + len(first) :])
        if number is not None:
            notes.update(dict.fromkeys(names.roads[first], number.group()))
        beside = set(names.beside(first).tolist())
        for name in within:
            rows = [row for row in names.buildings.get(name, ()) if row in beside]
            scores[rows] = np.maximum(scores[rows], PREFIX + 5)
    return notes
