"""The dictionary of indicators, read from ``data/indicators``: labels, formulas, weights, grades and their sources."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..workflow.library import data_folder


@dataclass(frozen=True, slots=True)
class Counter:
    """A number of cases. What it counts is the condition of the same key in :mod:`.conditions`."""

    key: str
    label: str
    meaning: str
    source: str


@dataclass(frozen=True, slots=True)
class Rate:
    """Numerator through denominator, both keys of counters, in percent. ``better``: high or low."""

    key: str
    label: str
    numerator: str
    denominator: str
    better: str
    source: str
    note: str

    def of(self, counts: Mapping[str, int]) -> float | None:
        """The figure in percent; None where the denominator is nothing: no data is neither 0 nor 100."""
        below = counts[self.denominator]
        return 100.0 * counts[self.numerator] / below if below else None


@dataclass(frozen=True, slots=True)
class Grade:
    """A band of a figure in percent, from ``least`` up. ``colour``: green, blue, yellow, red, black."""

    key: str
    least: float
    colour: str


@dataclass(frozen=True, slots=True)
class Score:
    """A weighted sum of points; ``by`` says for which kinds of rows it is meant."""

    label: str
    by: tuple[str, ...]
    weights: Mapping[str, float]
    filed_bands: tuple[tuple[int, float], ...]
    note: str


@dataclass(frozen=True, slots=True)
class Dictionary:
    """All indicators of one scheme of evaluation, with the words of its document."""

    title: str
    counters: tuple[Counter, ...]
    rates: tuple[Rate, ...]
    score: Score
    grades: tuple[Grade, ...]
    words: Mapping[str, str]

    def counter(self, key: str) -> Counter:
        """The counter of that key; KeyError for none."""
        return {c.key: c for c in self.counters}[key]

    def rate(self, key: str) -> Rate:
        """The rate of that key; KeyError for none."""
        return {r.key: r for r in self.rates}[key]

    def points(self, rate: Rate, value: float) -> float:
        """A rate as points of 100: of one that is better low, what is left."""
        return value if rate.better == "high" else 100.0 - value

    def grade(self, points: float | None) -> Grade | None:
        """The band of points; None for no data."""
        if points is None:
            return None
        return next(g for g in self.grades if points >= g.least)

    def filed_points(self, filed: int) -> float:
        """The points for a number of filed cases: fewer are better."""
        return next((points for most, points in self.score.filed_bands if filed <= most), 0.0)

    def total(self, counts: Mapping[str, int], rates: Mapping[str, float | None]) -> float | None:
        """The weighted score; None unless every part of it has data."""
        result = 0.0
        for key, weight in self.score.weights.items():
            if key == "filed":
                result += weight * self.filed_points(counts["filed"])
                continue
            value = rates[key]
            if value is None:
                return None
            result += weight * self.points(self.rate(key), value)
        return result


@cache
def dictionary(path: Path | None = None) -> Dictionary:
    """The dictionary that ships with the program, or the one in ``path``."""
    text = (path or data_folder() / "indicators" / "performance.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    source = data["source"]["practice"]
    score = data["score"]
    return Dictionary(
        title=data["title"],
        counters=tuple(
            Counter(c["key"], c["label"], c["meaning"], c.get("source", source)) for c in data["counter"]
        ),
        rates=tuple(
            Rate(
                r["key"],
                r["label"],
                r["numerator"],
                r["denominator"],
                r["better"],
                r.get("source", source),
                r.get("note", ""),
            )
            for r in data["rate"]
        ),
        score=Score(
            score["label"],
            tuple(score["by"]),
            score["weights"],
            tuple((int(most), float(points)) for most, points in score["filed_bands"]),
            score["note"],
        ),
        grades=tuple(Grade(g["key"], float(g["from"]), g["colour"]) for g in data["grade"]),
        words=data["words"],
    )
