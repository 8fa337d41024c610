"""Finding: whatever has a code, a name or a place, from a few characters of it.

Names and codes lie in memory (:mod:`.memory`). What is shown is always read from the city itself, by one
statement (:mod:`.rows`) that has in it what whoever asks may see, so nobody learns of a case that is not
theirs, and what is gone is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import Connection

from ...workflow.event import Actor
from ..cases.scope import Scope, scope_in
from . import classes, index, pinyin
from . import rows as finding_rows
from .address import say_address
from .classes import NEAREST, Near, class_worth, nearest_of
from .memory import Memory
from .names import EXACT, INSIDE, LONGEST_QUERY, PREFIX, Floats, Names
from .shapes import Bounds, Point, Shape, shape_of

if TYPE_CHECKING:
    from ..services import Services

GROUPS = ("case", "component", "class", *index.KINDS)
"""Kinds of what is found, in the order in which groups of equal worth are shown."""
SHORTEST_CODE = 3
WHOLE_CODE = 8
"""A text as long as that may be a whole code, which is asked of the database even where it is not known here."""
CODES_LOOKED_AT = 200
"""Codes with the wanted part whose rows are read, the newest first."""
CODES_SEEN_THROUGH = 1000
"""The same for somebody who sees a part of the cases: most of them may be others'."""

Ranked = list[tuple[Any, "Found"]]


@dataclass(frozen=True, slots=True)
class Found:
    """Something that was found. ``kind``: one of :data:`GROUPS`; ``ref``: the case's id, the component's, grid's, unit's or
    class's code, else the number of the thing. ``detail`` tells two of one name apart. ``lon``, ``lat`` EPSG:4490, None
    where it has no place. ``score``: what the match is worth, 100 an exact code. ``note``: the number of a house that is
    not on record, where the road is given for it."""

    kind: str
    ref: str
    title: str
    detail: str
    lon: float | None
    lat: float | None
    bounds: Bounds | None
    score: float
    note: str = ""


class Finding:
    """Finds things of one city. Safe to use from several threads; what lies in memory is shared."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._database = services.db
        self.memory = Memory(services)

    def prepare(self, actor: Actor) -> None:
        """Read into memory what is not there yet. Takes a second or two in a large city; for the background."""
        self.memory.prepare(actor)

    @property
    def worn(self) -> bool:
        """Whether :meth:`prepare` has something to do that no search needs to wait for."""
        return self.memory.worn

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays in memory."""
        return self.memory.nbytes

    def search(
        self,
        text: str,
        actor: Actor,
        limit: int = 30,
        *,
        near: Point | None = None,
        kinds: Iterable[str] = GROUPS,
    ) -> list[Found]:
        """What the text may mean, the worthiest first, of equal ones the nearest to ``near`` (of cases: open ones, then the
        newest). At most ``limit``; no kind takes more than a fifth of it while others wait.

        Exact code, exact name, prefix, word, pinyin, initials, inside: in this order. A case is found by its code only, and
        only by whom it concerns; people by those who see all, else those of one's own units; no telephone is told.
        The first search of all reads into memory what :meth:`prepare` reads; later ones what has changed since, as soon as
        the change log has told of it.
        """
        query = pinyin.fold(text)
        if not query:
            return []
        self.memory.follow(actor)
        wanted = frozenset(kinds)
        middle = near or self._services.city.center
        is_code = len(query) >= SHORTEST_CODE and any("0" <= char <= "9" for char in query)
        # Each statement sees one moment; what goes between two of them is not found then.
        with self._database.glance() as conn:
            scope = scope_in(conn, actor, self._services.handbook)
            asked = _Asked(text, query, middle, limit, wanted)
            if is_code and "case" in wanted:
                asked.cases = self._codes(
                    "case", query, CODES_LOOKED_AT if scope is None else CODES_SEEN_THROUGH
                )
            if is_code and "component" in wanted:
                asked.components = self._codes("component", query, CODES_LOOKED_AT)
            if self.memory.names is not None:
                asked.look(self.memory.names, scope is None)
            found = asked.read(conn, scope)
            if not is_code and "class" in wanted:
                found += self._by_class(conn, query, middle)
        found.sort(key=lambda item: item[0])
        return _fairly([item for _, item in found], limit)

    def _codes(self, kind: str, query: str, most: int) -> dict[str, float]:
        """Codes that the query may mean, with what each is worth. Of cases any part counts, of components the ends."""
        inside = kind == "case"
        known = list(self.memory.codes(kind, query, most, inside=inside))
        if len(query) >= WHOLE_CODE:
            known += [query.upper(), query]
        worth = {code: _code_worth(query, code) for code in known}
        if len(worth) <= most or not inside:
            return worth
        return {code: worth[code] for code in sorted(worth, key=lambda c: (worth[c], c), reverse=True)[:most]}

    def _by_class(self, conn: Connection, query: str, middle: Point) -> Ranked:
        known = classes.named(self._services.handbook.classes)
        scored = [(item, class_worth(query, item)) for item in known]
        ranked = sorted((pair for pair in scored if pair[1]), key=lambda pair: (-pair[1], pair[0].code))
        if not ranked:
            return []
        best = ranked[0][1]
        group = GROUPS.index("class")
        near = nearest_of(conn, [item.code for item, score in ranked if score == best], middle)
        place = {shown.class_code: (shown.lon, shown.lat) for shown in reversed(near)}
        out: Ranked = []
        for item, score in ranked[:NEAREST]:
            lon, lat = place.get(item.code, (None, None))
            found = Found("class", item.code, item.name, item.main, lon, lat, None, score)
            out.append(((-score, group, 0, item.code), found))
        out += [((-best, group, 1, shown.metres), _component(shown, best)) for shown in near]
        return out

    def nearest(self, class_code: str, near: Point) -> list[Found]:
        """The components of a class nearest to a place, the nearest first; none where the city has none."""
        with self._database.glance() as conn:
            return [_component(one, EXACT) for one in nearest_of(conn, [class_code], near)]

    def addresses(
        self, text: str, actor: Actor, limit: int = 10, *, near: Point | None = None
    ) -> list[Found]:
        """The places that an address names, the most exact first: a crossing of two of its roads, a building on one of them,
        a building, a road. Only what the text has in it whole; of one name the nearest to ``near`` first."""
        query = pinyin.fold(text)[:LONGEST_QUERY]
        if not query:
            return []
        self.memory.follow(actor)
        names = self.memory.names
        if names is None:
            return []
        scores = np.zeros(len(names))
        notes = say_address(names, query, scores)
        rows = np.flatnonzero(scores)
        picked = best_of(names, rows, scores, near or self._services.city.center, limit) if len(rows) else []
        with self._database.glance() as conn:
            told = {row[0]: row for row in names.told(conn, picked)}
        listed = [(at, told[row_id]) for at in picked if (row_id := int(names.ids[at])) in told]
        return [_entry(names, at, row[1:], float(scores[at]), notes.get(at, "")) for at, row in listed]

    def shape(self, found: Found) -> Shape | None:
        """How a road, an area or what a unit answers for lies; None of what is a point, or has no place."""
        with self._database.glance() as conn:
            return shape_of(conn, found)


class _Asked:
    """One search: what of the memory it may mean, and what the city has of that."""

    def __init__(self, text: str, query: str, middle: Point, limit: int, kinds: frozenset[str]) -> None:
        self._text = text
        self._query = query
        self._middle = middle
        self._limit = limit
        self._kinds = kinds
        self.cases: dict[str, float] = {}
        self.components: dict[str, float] = {}
        self._names: Names | None = None
        self._scores: Floats = np.zeros(0)
        self._notes: dict[int, str] = {}
        self._picked: list[int] = []

    def look(self, names: Names, everybody: bool) -> None:
        """Which names the text may mean; of people more than are shown, unless ``everybody`` is."""
        scores = names.scores(self._query)
        tokens = [token for token in map(pinyin.fold, _PARTS.split(self._text)) if token]
        if len(tokens) > 1:
            np.maximum(scores, names.all_of(tokens), out=scores)
        self._notes = say_address(names, self._query, scores)
        self._names, self._scores = names, scores
        for group in names.groups:
            if group.kind in self._kinds:
                rows = np.flatnonzero(scores[group.start : group.end]) + group.start
                count = self._limit if group.kind != "person" or everybody else self._limit * 4
                if len(rows):
                    self._picked += best_of(names, rows, scores, self._middle, count)

    def read(self, conn: Connection, scope: Scope | None) -> Ranked:
        """What there is of it, with what it is to be sorted by."""
        names, picked = self._names, self._picked
        kept = names is not None and names.kept
        numbers = {int(names.ids[at]): at for at in picked} if names is not None else {}
        out: Ranked = []
        for row in finding_rows.read(
            conn, scope, list(self.cases), list(self.components), () if kept else list(numbers)
        ):
            if row.part == "case":
                out.append(self._case(row))
            elif row.part == "component":
                out.append(self._component(row))
            elif names is not None:
                out.append(self._name(names, numbers[int(row.key)], row[2:6]))
        if names is not None and kept:
            mine = finding_rows.people_of(conn, scope)
            for at, told in zip(picked, names.told(conn, picked), strict=True):
                if told[1] != "person" or mine is None or told[2] in mine:
                    out.append(self._name(names, at, told[1:]))
        return out

    def _case(self, row: finding_rows.Row) -> tuple[Any, Found]:
        score = self.cases[row.one]
        title = " ".join(part for part in (row.one, row.two) if part)
        found = Found("case", row.key, title, row.three, row.lon, row.lat, None, score)
        return (-score, GROUPS.index("case"), not row.open, _later(row.one)), found

    def _component(self, row: finding_rows.Row) -> tuple[Any, Found]:
        score = self.components[row.key]
        detail = " · ".join(part for part in (row.three, row.four) if part) or row.two
        found = Found("component", row.key, f"{row.one} {row.key}", detail, row.lon, row.lat, None, score)
        return (-score, GROUPS.index("component"), _away(self._middle, row.lon, row.lat), row.key), found

    def _name(self, names: Names, at: int, told: Sequence[Any]) -> tuple[Any, Found]:
        found = _entry(names, at, told, float(self._scores[at]), self._notes.get(at, ""))
        away = _away(self._middle, found.lon, found.lat)
        return (-found.score, GROUPS.index(found.kind), len(found.title), away, found.ref), found


_PARTS = re.compile(r"[\s、，,;；+/|]+|与|和(?=.{2})")
"""What parts the words of a query."""


def _component(near: Near, score: float) -> Found:
    """A component as it is told, with where it stands."""
    title = f"{near.name} {near.code}"
    return Found("component", near.code, title, near.where or near.grid, near.lon, near.lat, None, score)


def _code_worth(query: str, code: str) -> float:
    folded = code.casefold()
    if folded == query:
        return 100.0
    return PREFIX - 2 if folded.endswith(query) else PREFIX - 4 if folded.startswith(query) else INSIDE


def best_of(names: Names, rows: Any, scores: Floats, middle: Point, count: int) -> list[int]:
    """The worthiest of these rows, of equal ones the nearest."""
    worth = scores[rows]
    if len(rows) > count:
        least = np.partition(worth, len(worth) - count)[len(worth) - count]
        rows = rows[worth >= least]
        worth = scores[rows]
    away = np.hypot(
        (names.lon[rows] - middle[0]) * np.cos(np.radians(middle[1])), names.lat[rows] - middle[1]
    )
    away = np.where(np.isnan(away), np.inf, away)
    order = np.lexsort((away, -worth))[:count]
    picked: list[int] = rows[order].tolist()
    return picked


def _away(middle: Point, lon: float | None, lat: float | None) -> float:
    if lon is None or lat is None:
        return float("inf")
    return float(np.hypot((lon - middle[0]) * np.cos(np.radians(middle[1])), lat - middle[1]))


def _entry(names: Names, at: int, told: Sequence[Any], score: float, note: str) -> Found:
    """Something that has a name, as it is told: kind, ref, name, detail."""
    lon, lat = _known(names.lon[at]), _known(names.lat[at])
    return Found(told[0], told[1], told[2], told[3], lon, lat, None, score, note)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _later(code: str) -> tuple[int, ...]:
    """So that the greatest code comes first."""
    return tuple(-ord(char) for char in code)


def _fairly(found: Sequence[Found], limit: int) -> list[Found]:
    """The first ``limit``, of which one kind takes no more than a fifth while others wait."""
    share = max(1, limit // 5)
    taken: dict[str, int] = {}
    first: list[Found] = []
    rest: list[Found] = []
    for item in found:
        taken[item.kind] = taken.get(item.kind, 0) + 1
        (first if taken[item.kind] <= share else rest).append(item)
    chosen = set(map(id, [*first, *rest][:limit]))
    return [item for item in found if id(item) in chosen]
