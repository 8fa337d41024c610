"""Finding: whatever has a code, a name or a place, from a few characters of it.

Names lie in memory (:mod:`.finding_names`), read from ``find_entry``; so do the codes of cases and components
(:mod:`.finding_codes`). What is shown is always read from the city itself: a case only through the lists of whoever
asks, so nobody learns of one that is not theirs, and what is gone is not found.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError, ProgrammingError

from ..store import raw
from ..store.tables import cases
from ..workflow.event import Actor
from . import finding_classes, finding_index, pinyin
from .finding_classes import NEAREST, Near, class_worth, nearest_of
from .finding_codes import Codes
from .finding_names import EXACT, INSIDE, LONGEST_QUERY, PREFIX, WORD, Floats, Names
from .scope import scope_in, sees_all

if TYPE_CHECKING:
    from .services import Changes, Services

Point = tuple[float, float]
Bounds = tuple[float, float, float, float]

GROUPS = ("case", "component", "class", *finding_index.KINDS)
"""Kinds of what is found, in the order in which groups of equal worth are shown."""
SHORTEST_CODE = 3
WHOLE_CODE = 8
"""A text as long as that may be a whole code, which is asked of the database even where it is not known here."""
CODES_LOOKED_AT = 200
"""Codes with the wanted part whose rows are read, the newest first."""
CODES_SEEN_THROUGH = 1000
"""The same for somebody who sees a part of the cases: most of them may be others'."""
FRESH = 20_000
"""Cases that changed since the codes were read; of more the codes are read anew."""
NAMED = frozenset({"grid", "unit", "person"})
"""Topics of the change log after which names may be others."""


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


@dataclass(frozen=True, slots=True)
class Shape:
    """How a found thing lies: its box, and of a road its whole course, of an area its outline, in lines of degrees."""

    bounds: Bounds
    lines: tuple[tuple[Point, ...], ...]


class Finding:
    """Finds things of one city. Safe to use from several threads; what lies in memory is shared."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._database = services.db
        self._lock = threading.Lock()
        self._building = threading.Lock()
        self._names: Names | None = None
        self._components: Codes | None = None
        self._cases: Codes | None = None
        self._cases_of = ""  # whose connection read them: on a server a person reads their own part
        self._stale: set[str] = {"names", "component", "case"}
        self._touched: set[str] = set()
        self._fresh: dict[str, str] = {}  # codes given or changed since, by case
        services.subscribe(self._changed)

    # ---- what lies in memory ---------------------------------------------------------------------------------

    def _changed(self, changes: Changes) -> None:
        with self._lock:
            self._touched |= changes.cases
            if len(self._touched) > FRESH:
                self._touched.clear()
                self._stale.add("case")
            if changes.topics & NAMED:
                self._stale.add("names")
            if "component" in changes.topics:
                self._stale.add("component")

    def prepare(self, actor: Actor) -> None:
        """Read into memory what is not there yet. Takes a second or two in a large city; for the background.

        Where ``find_entry`` does not go with the city (it was upgraded, or written past the program), it is brought up to
        date first, if the database takes it.
        """
        with self._building:
            with self._lock:
                stale = set(self._stale)
                if self._database.kind == "postgis" and self._cases_of != actor.person:
                    stale.add("case")
            if "names" in stale:
                names = self._repair()
                if names is None:
                    with self._database.read() as conn:
                        names = Names.read(conn)
                with self._lock:
                    self._names = names
                    self._stale.discard("names")
            if "component" in stale:
                with self._lock:
                    self._stale.discard("component")
                self._components = self._codes("component")
            if "case" in stale:
                with self._lock:
                    self._stale.discard("case")
                    self._fresh.clear()
                    self._cases_of = actor.person
                self._cases = self._codes("cases")

    def _codes(self, table: str) -> Codes:
        with self._database.read() as conn:
            return Codes.read(conn, table)

    def _repair(self) -> Names | None:
        """Write what ``find_entry`` lacks. Whoever may not write has the names as they are in memory alone."""
        with self._database.read() as conn:
            if not finding_index.outdated(conn):
                return None
            found = finding_index.difference(conn)
        if not self._database.read_only:
            try:
                with self._database.write() as conn:
                    finding_index.write(conn, found)
                return None
            except IntegrityError:
                return None  # another seat has just done the same
            except ProgrammingError:
                pass  # on a server names are kept by who keeps the inventory
        with self._database.read() as conn:
            return Names(finding_index.rows(conn), kept=True)

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays in memory."""
        return sum(part.nbytes for part in (self._names, self._components, self._cases) if part is not None)

    def _catch_up(self, conn: Connection) -> None:
        """The codes of cases that changed since they were read."""
        with self._lock:
            touched, self._touched = self._touched, set()
        if touched:
            rows = conn.execute(select(cases.c.id, cases.c.code).where(cases.c.id.in_(sorted(touched))))
            fresh = {row[0]: row[1] for row in rows if row[1]}
            with self._lock:
                self._fresh.update(fresh)
                if len(self._fresh) > FRESH:
                    self._stale.add("case")

    # ---- finding ---------------------------------------------------------------------------------------------

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
        The first search of all reads into memory what :meth:`prepare` reads; later ones go by what was read last.
        """
        query = pinyin.fold(text)
        if not query:
            return []
        if self._names is None or self._is_anothers(actor):
            self.prepare(actor)
        wanted = frozenset(kinds)
        found: list[tuple[Any, Found]] = []
        middle = near or self._services.city.center
        is_code = len(query) >= SHORTEST_CODE and any("0" <= char <= "9" for char in query)
        if is_code and "case" in wanted:
            found += self._case_codes(query, actor, limit)
        with self._database.read() as conn:
            if is_code and "component" in wanted:
                found += self._component_codes(conn, query, middle)
            elif not is_code:
                found += self._by_class(conn, query, middle, wanted)
            found += self._named(conn, text, query, actor, middle, limit, wanted)
            found.sort(key=lambda item: item[0])
            return _with_grids(conn, _fairly([item for _, item in found], limit))

    def _is_anothers(self, actor: Actor) -> bool:
        return self._database.kind == "postgis" and self._cases_of != actor.person

    def addresses(
        self, text: str, actor: Actor, limit: int = 10, *, near: Point | None = None
    ) -> list[Found]:
        """The places that an address names, the most exact first: a crossing of two of its roads, a building on one of them,
        a building, a road. Only what the text has in it whole; of one name the nearest to ``near`` first."""
        query = pinyin.fold(text)[:LONGEST_QUERY]
        if self._names is None:
            self.prepare(actor)
        names = self._names
        if names is None or not query:
            return []
        scores = np.zeros(len(names))
        notes = _say_address(names, query, scores)
        rows = np.flatnonzero(scores)
        picked = _best(names, rows, scores, near or self._services.city.center, limit) if len(rows) else []
        with self._database.read() as conn:
            told = {row[0]: row for row in names.told(conn, picked)}
        listed = [(at, told[row_id]) for at in picked if (row_id := int(names.ids[at])) in told]
        return [_entry(names, at, row, float(scores[at]), notes.get(at, "")) for at, row in listed]

    # ---- codes -----------------------------------------------------------------------------------------------

    def _case_codes(self, query: str, actor: Actor, limit: int) -> list[tuple[Any, Found]]:
        codes = self._cases
        whole = sees_all(actor, self._services.handbook)
        reach = CODES_LOOKED_AT if whole else CODES_SEEN_THROUGH
        worth: dict[str, float] = {}
        if self._touched:
            with self._database.read() as conn:
                self._catch_up(conn)
        with self._lock:
            fresh = [code for code in self._fresh.values() if query in code.casefold()]
        for spelling in dict.fromkeys((query.upper(), query)):
            for way in (codes.beginning, codes.ending, codes.having) if codes is not None else ():
                for code in way(spelling, reach) if len(worth) < reach else ():
                    worth.setdefault(code, _code_worth(query, code))
            if len(query) >= WHOLE_CODE:
                fresh.append(spelling)
        for code in fresh:
            worth.setdefault(code, _code_worth(query, code))
        if not worth:
            return []
        ranked = sorted(worth, key=lambda code: (worth[code], code), reverse=True)[:reach]
        with self._database.glance() as conn:
            known = _by_code(conn, "SELECT id, code, open FROM cases", ranked)
        known.sort(key=lambda row: (-worth[row[1]], not row[2], _later(row[1])))
        ids = [row[0] for row in known]
        lists = self._services.lists.seen_by(actor)
        step = limit if whole else CODES_SEEN_THROUGH // 2
        out: list[tuple[Any, Found]] = []
        for start in range(0, len(ids), step):
            for row in lists.rows(ids[start : start + step]):
                score = worth[row.code]
                title = " ".join(part for part in (row.code, row.class_name) if part)
                found = Found("case", row.id, title, row.address, row.lon, row.lat, None, score)
                out.append(((-score, GROUPS.index("case"), not row.open, _later(row.code)), found))
            if len(out) >= limit:
                break
        return out

    def _component_codes(self, conn: Connection, query: str, middle: Point) -> list[tuple[Any, Found]]:
        codes = self._components
        worth = {query.upper(): 100.0} if len(query) >= WHOLE_CODE else {}
        for way in (codes.beginning, codes.ending) if codes is not None else ():
            for code in way(query.upper(), CODES_LOOKED_AT):
                worth.setdefault(code, _code_worth(query, code))
        out: list[tuple[Any, Found]] = []
        if not worth:
            return out
        columns = "SELECT code, name, grid_code, ST_X(geom), ST_Y(geom), state FROM component"
        for code, name, grid, lon, lat, state in _by_code(conn, columns, list(worth)):
            if state == "removed":
                continue
            score = worth[code]
            found = Found("component", code, f"{name} {code}", grid, lon, lat, None, score)
            out.append(((-score, GROUPS.index("component"), _away(middle, lon, lat), code), found))
        return out

    # ---- classes of components -------------------------------------------------------------------------------

    def _by_class(
        self, conn: Connection, query: str, middle: Point, wanted: frozenset[str]
    ) -> list[tuple[Any, Found]]:
        if "class" not in wanted:
            return []
        known = finding_classes.named(self._services.handbook.classes)
        scored = [(item, class_worth(query, item)) for item in known]
        ranked = sorted((pair for pair in scored if pair[1]), key=lambda pair: (-pair[1], pair[0].code))
        if not ranked:
            return []
        best = ranked[0][1]
        group = GROUPS.index("class")
        near = nearest_of(conn, [item.code for item, score in ranked if score == best], middle)
        place = {shown.class_code: (shown.lon, shown.lat) for shown in reversed(near)}
        out: list[tuple[Any, Found]] = []
        for item, score in ranked[:NEAREST]:
            lon, lat = place.get(item.code, (None, None))
            found = Found("class", item.code, item.name, item.main, lon, lat, None, score)
            out.append(((-score, group, 0, item.code), found))
        out += [((-best, group, 1, shown.metres), _component(shown, best)) for shown in near]
        return out

    def nearest(self, class_code: str, near: Point) -> list[Found]:
        """The components of a class nearest to a place, the nearest first; none where the city has none."""
        with self._database.read() as conn:
            found = [_component(one, EXACT) for one in nearest_of(conn, [class_code], near)]
            return _with_grids(conn, found)

    # ---- names -----------------------------------------------------------------------------------------------

    def _named(
        self,
        conn: Connection,
        text: str,
        query: str,
        actor: Actor,
        middle: Point,
        limit: int,
        wanted: frozenset[str],
    ) -> list[tuple[Any, Found]]:
        names = self._names
        if names is None or not len(names):
            return []
        scores = names.scores(query)
        tokens = [token for token in map(pinyin.fold, _PARTS.split(text)) if token]
        if len(tokens) > 1:
            np.maximum(scores, names.all_of(tokens), out=scores)
        notes = _say_address(names, query, scores)
        mine = self._people_of(conn, actor)
        picked: list[int] = []
        for group in names.groups:
            if group.kind not in wanted:
                continue
            part = scores[group.start : group.end]
            rows = np.flatnonzero(part) + group.start
            if len(rows):
                count = limit * 4 if group.kind == "person" and mine is not None else limit
                picked += _best(names, rows, scores, middle, count)
        if not picked:
            return []
        values = names.ids[picked].tolist()
        told = {row[0]: row for row in names.told(conn, picked)}
        out: list[tuple[Any, Found]] = []
        for at, row_id in zip(picked, values, strict=True):
            row = told.get(row_id)
            if row is None or (row[1] == "person" and mine is not None and row[2] not in mine):
                continue
            found = _entry(names, at, row, float(scores[at]), notes.get(at, ""))
            away = _away(middle, found.lon, found.lat)
            out.append(((-found.score, GROUPS.index(found.kind), len(found.title), away, found.ref), found))
        return out

    def _people_of(self, conn: Connection, actor: Actor) -> frozenset[str] | None:
        """Whom the actor may find; None: everybody."""
        scope = scope_in(conn, actor, self._services.handbook)
        if scope is None:
            return None
        if not scope.units:
            return frozenset()
        marks = ", ".join("?" * len(scope.units))
        rows = raw.all_rows(conn, f"SELECT id FROM person WHERE unit_code IN ({marks})", sorted(scope.units))
        return frozenset(row[0] for row in rows)

    # ---- how it lies -----------------------------------------------------------------------------------------

    def shape(self, found: Found) -> Shape | None:
        """How a road, an area or what a unit answers for lies; None of what is a point, or has no place."""
        import shapely  # a shape is asked for when somebody goes there

        with self._database.read() as conn:
            shapes = [shapely.from_wkb(bytes(wkb)) for wkb in self._wkbs(conn, found)]
        if not shapes:
            return None
        if found.kind == "road" and len(shapes) > 1:
            here = shapely.Point(found.lon, found.lat)
            groups = finding_index.together(range(len(shapes)), shapes, finding_index.ONE_ROAD_METRES)
            nearest = min(groups, key=lambda group: min(shapes[at].distance(here) for at in group))
            shapes = [shapes[at] for at in nearest]
        parts = [part for shape in shapes for part in getattr(shape, "geoms", [shape])]
        lines = [getattr(part, "exterior", part).coords for part in parts]
        west, south, east, north = (float(value) for value in shapely.union_all(shapes).bounds)
        return Shape(
            (west, south, east, north), tuple(tuple((float(x), float(y)) for x, y in line) for line in lines)
        )

    def _wkbs(self, conn: Connection, found: Found) -> list[Any]:
        if found.kind == "person":
            query = (
                "SELECT ST_AsBinary(g.geom) FROM grid AS g JOIN collector_grid AS c ON c.grid_code = g.code"
                " WHERE c.person_id = ? AND g.valid_to IS NULL"
            )
            return [row[0] for row in raw.all_rows(conn, query, (found.ref,))]
        if found.kind == "unit":
            query = (
                "SELECT coalesce(ST_AsBinary(u.geom), ST_AsBinary(d.geom)) FROM unit AS u"
                " LEFT JOIN division AS d ON d.code = u.division WHERE u.code = ?"
            )
            rows = raw.all_rows(conn, query, (found.ref,))
            return [row[0] for row in rows if row[0] is not None]
        column = {"road": "name", "division": "code", "grid": "code"}.get(found.kind, "id")
        if found.kind not in ("road", "building", "water", "green", "division", "grid"):
            return []
        key: Any = found.title if found.kind == "road" else found.ref
        query = f"SELECT ST_AsBinary(geom) FROM {found.kind} WHERE {column} = ?"
        return [row[0] for row in raw.all_rows(conn, query, (int(key) if column == "id" else key,))]


_PARTS = re.compile(r"[\s、，,;；+/|]+|与|和(?=.{2})")
"""What parts the words of a query."""
_HOUSE = re.compile(r"\d+(?:之\d+|[a-z])?号")


def _by_code(conn: Connection, query: str, codes: Sequence[str]) -> list[tuple[Any, ...]]:
    """The rows of these codes."""
    if conn.dialect.name == "postgresql":
        return raw.all_rows(conn, f"{query} WHERE code = ANY(?)", (list(codes),))
    listed = f"{query} WHERE code IN (SELECT value FROM json_each(?))"
    return raw.all_rows(conn, listed, (json.dumps(list(codes)),))


def _component(near: Near, score: float) -> Found:
    """A component as it is told, with the code of its grid."""
    title = f"{near.name} {near.code}"
    return Found("component", near.code, title, near.grid, near.lon, near.lat, None, score)


def _code_worth(query: str, code: str) -> float:
    folded = code.casefold()
    if folded == query:
        return 100.0
    return PREFIX - 2 if folded.endswith(query) else PREFIX - 4 if folded.startswith(query) else INSIDE


def _say_address(names: Names, query: str, scores: Floats) -> dict[int, str]:
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


def _best(names: Names, rows: Any, scores: Floats, middle: Point, count: int) -> list[int]:
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


def _entry(names: Names, at: int, row: Sequence[Any], score: float, note: str) -> Found:
    """Something that has a name, as it is told."""
    lon, lat = _known(names.lon[at]), _known(names.lat[at])
    return Found(row[1], row[2], row[3], row[4], lon, lat, None, score, note)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _later(code: str) -> tuple[int, ...]:
    """So that the greatest code comes first."""
    return tuple(-ord(char) for char in code)


def _with_grids(conn: Connection, found: list[Found]) -> list[Found]:
    """The same with the names of street and grid for the codes of grids in which components stand."""
    codes = sorted({item.detail for item in found if item.kind == "component"})
    if not codes:
        return found
    marks = ", ".join("?" * len(codes))
    rows = raw.all_rows(
        conn,
        "SELECT g.code, d.name, g.name FROM grid AS g LEFT JOIN division AS d ON d.code = g.street_code"
        f" WHERE g.code IN ({marks})",
        codes,
    )
    names = {code: " · ".join(part for part in (street, name) if part) for code, street, name in rows}
    return [
        replace(item, detail=names.get(item.detail, item.detail)) if item.kind == "component" else item
        for item in found
    ]


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
