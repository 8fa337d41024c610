"""Who is out in the demo city: collectors on the pavements of their grids, crews and vehicles along the streets.

Each walks or drives a way through its days, at work on weekdays' hours, with stops at tasks, a rest at noon, and now and
then minutes without a signal. Ways are drawn with numpy, a day of a mobile at once, so a city has them in a second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from sqlalchemy import Connection

from ..store import tables
from .plan import Plan
from .plane import Array, stream
from .population import Person, Unit
from .writing import insert

STEP = 30.0
"""Seconds between two points."""
SHIFTS = ((8.0, 18.0), (12.0, 22.0))
"""Hours of the local day between which people are out: two of three in the first shift."""
WORDS = ("duty", "task", "rest")
NOON = (11.9, 13.0)
TASKS = {"collector": (7, 360, 1500), "crew": (14, 900, 3000), "vehicle": (9, 400, 1500)}
"""How many stops at tasks in a day, and from how many to how many seconds each."""
DAYS = 2
"""So many days have tracks: the story's last and those before."""
TRACKED = 60
"""At most so many mobiles have tracks, in a small city one for every four grids; every one has a newest place."""
CREWS = 40
"""At most so many crews, and half as many vehicles."""
_INSET = 6.0
WALK, DRIVE, HURRY = 1.15, 6.5, 8.5
"""Metres in a second of a collector, a crew and a vehicle."""
_WORD = {"collector": "采集员", "crew": "处置组", "vehicle": "巡查车"}


@dataclass(frozen=True)
class Out:
    """Somebody or something that can be out. ``way``: its closed course in the plane, metres."""

    id: str
    kind: str
    name: str
    unit: str
    person: str
    plate: str
    way: Array
    pace: float


def send_out(conn: Connection, plan: Plan) -> int:
    """Write who is out, the newest places and the tracks, in the caller's transaction; how many there are."""
    everybody = [*_collectors(plan), *_crews(plan)]
    rng = stream(plan.size.seed, "patrols")
    insert(
        conn,
        tables.mobile,
        ("id", "kind", "name", "unit_code", "person_id", "plate", "active"),
        [(o.id, o.kind, o.name, o.unit, o.person, o.plate, True) for o in everybody],
    )
    tracked = _spread(everybody, min(TRACKED, max(6, len(plan.blocks) // 4)))
    places: list[tuple[Any, ...]] = []
    points: list[tuple[Any, ...]] = []
    columns = ("mobile_id", "at", "lon", "lat", "speed_kmh", "heading")
    for number, out in enumerate(everybody):
        days = range(DAYS - 1, -1, -1) if number in tracked else (0,)
        newest: tuple[tuple[Any, ...], str] | None = None
        for back in days:
            made, doing = _day(plan, out, back, rng)
            if made:
                newest = made[-1], doing
                if number in tracked:
                    points += made
        if newest is not None:
            places.append((*newest[0], newest[1]))
    insert(conn, tables.mobile_place, (*columns, "doing"), places)
    insert(conn, tables.track_point, columns, points)
    return len(everybody)


def _spread(everybody: list[Out], count: int) -> set[int]:
    """The numbers of those that have tracks: some of each kind, evenly over the city."""
    kinds: dict[str, list[int]] = defaultdict(list)
    for number, out in enumerate(everybody):
        kinds[out.kind].append(number)
    share = {"collector": count // 2, "crew": count // 3, "vehicle": count // 6}
    found: set[int] = set()
    for kind, numbers in kinds.items():
        wanted = min(share[kind], len(numbers))
        found.update(numbers[k * len(numbers) // wanted] for k in range(wanted))
    return found


# ---- who, and where they go ----


def _collectors(plan: Plan) -> Iterator[Out]:
    shapes = {block.code: block.shape for block in plan.blocks}
    for person in plan.population.holders("collector"):
        rings = [_ring(shapes[code]) for code in person.grids]
        if rings:
            yield _out(person, "collector", np.vstack(rings), WALK)


def _ring(shape: shapely.Polygon) -> Array:
    """Once round a grid on its pavement."""
    inner = shape.buffer(-_INSET)
    parts = [
        part for part in shapely.get_parts(inner) if isinstance(part, shapely.Polygon) and not part.is_empty
    ]
    best = max(parts, key=lambda part: float(part.area), default=shape)
    return np.asarray(shapely.get_coordinates(best.exterior))


def _out(person: Person, kind: str, way: Array, pace: float) -> Out:
    return Out(f"M-{person.id}", kind, person.name, person.unit, person.id, "", way, pace)


def _crews(plan: Plan) -> Iterator[Out]:
    """Units at the lowest level have a crew each, the streets' offices and every second unit a vehicle."""
    rng = stream(plan.size.seed, "crews")
    units = [u for u in plan.population.units if u.kind not in ("centre", "district", "community")]
    units.sort(key=lambda unit: unit.code)
    if len(units) > CREWS:
        units = [units[k * len(units) // CREWS] for k in range(CREWS)]
    drives = _Drives(plan)
    for number, unit in enumerate(units):
        yield _machine(unit, "crew", number, drives.way(unit, rng), DRIVE, rng)
        if number % 2 == 0:
            yield _machine(unit, "vehicle", number, drives.way(unit, rng), HURRY, rng)


def _machine(unit: Unit, kind: str, number: int, way: Array, pace: float, rng: np.random.Generator) -> Out:
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    plate = ""
    if kind == "vehicle":
        plate = f"云Z·{letters[int(rng.integers(len(letters)))]}{rng.integers(1000, 9999)}"
    name = f"{unit.short}{_WORD[kind]}"
    return Out(f"M-{unit.code}-{kind[0].upper()}", kind, name, unit.code, "", plate, way, pace)


class _Drives:
    """Ways along the streets: from one crossing to the next, turning off now and then."""

    LENGTH = 24_000.0

    def __init__(self, plan: Plan) -> None:
        self._lines = [course.line for course in plan.network.courses]
        self._tree = shapely.STRtree(self._lines)
        self._turns: dict[int, list[tuple[float, int, float]]] = defaultdict(list)
        for crossing in plan.meetings:
            point = shapely.Point(crossing.x, crossing.y)
            a, b = crossing.first, crossing.second
            at_a, at_b = self._lines[a].project(point), self._lines[b].project(point)
            self._turns[a].append((at_a, b, at_b))
            self._turns[b].append((at_b, a, at_a))
        for turns in self._turns.values():
            turns.sort()
        self._middle = plan.land.outline.centroid

    def way(self, unit: Unit, rng: np.random.Generator) -> Array:
        """About LENGTH metres of streets, in or from the unit's area, there and back."""
        place = self._middle if unit.area is None else unit.area.representative_point()
        jitter = rng.normal(0.0, 250.0, 2)
        here = shapely.Point(place.x + jitter[0], place.y + jitter[1])
        course = int(self._tree.nearest(here))
        at = float(self._lines[course].project(here))
        forward = bool(rng.random() < 0.5)
        parts: list[Array] = []
        driven = 0.0
        while driven < self.LENGTH:
            ahead = [t for t in self._turns[course] if (t[0] > at + 5.0 if forward else t[0] < at - 5.0)]
            if not ahead:
                forward = not forward
                ahead = [t for t in self._turns[course] if (t[0] > at + 5.0 if forward else t[0] < at - 5.0)]
                if not ahead:
                    break
            stop, other, there = ahead[0] if forward else ahead[-1]
            parts.append(self._piece(course, at, stop))
            driven += abs(stop - at)
            at = stop
            home = unit.area is not None and not unit.area.contains(shapely.Point(parts[-1][-1]))
            if rng.random() < (0.6 if home else 0.35):
                course, at, forward = other, there, bool(rng.random() < 0.5)
        if not parts:
            return np.array([[here.x, here.y], [here.x + 1.0, here.y]])
        out = np.vstack(parts)
        return np.vstack([out, out[::-1]])

    def _piece(self, course: int, start: float, stop: float) -> Array:
        line = self._lines[course]
        marks = np.linspace(start, stop, max(2, int(abs(stop - start) / 25.0)))
        return np.asarray(shapely.get_coordinates(shapely.line_interpolate_point(line, marks)))


# ---- a day ----


def _day(plan: Plan, out: Out, back: int, rng: np.random.Generator) -> tuple[list[tuple[Any, ...]], str]:
    """The points of a day, ``back`` days before the story's last, up to where the story has come; and what is done then."""
    until = plan.size.until
    midnight = until.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=back)
    begin, end = SHIFTS[int(rng.random() > 0.66)]
    reached = (until - midnight).total_seconds()
    first = begin * 3600 + float(rng.integers(0, 1200))
    last = end * 3600 - float(rng.integers(0, 1200))
    over = reached > last
    last = min(last, reached - float(rng.integers(0, 25)))
    if last <= first + STEP:
        # Before the day's work: off duty, where the way begins.
        first, last, over = max(0.0, last - STEP), last, True
    seconds = np.arange(first, last, STEP)
    if not len(seconds):
        return [], ""
    state = _states(seconds, out.kind, rng)
    moving = (state == 0).astype(float) * out.pace * STEP * rng.uniform(0.6, 1.25, len(seconds))
    moving[0] = 0.0
    xy = _along(out.way, float(rng.random()), np.cumsum(moving))
    steps = np.diff(xy, axis=0, prepend=xy[:1])
    speed = np.hypot(steps[:, 0], steps[:, 1]) / STEP * 3.6
    heading = np.degrees(np.arctan2(steps[:, 0], steps[:, 1])) % 360.0
    xy = xy + rng.normal(0.0, 2.2, xy.shape)
    heard = _heard(seconds, back, rng)
    lonlat = plan.plane.degrees(xy)
    doing = "off" if over else WORDS[int(state[heard][-1])]
    start = np.datetime64(midnight.astimezone(UTC).replace(tzinfo=None), "us")
    at = np.datetime_as_string(start + (seconds[heard] * 1e6).astype("timedelta64[us]"), unit="us")
    points = [
        (out.id, f"{when}Z", *rest)
        for when, *rest in zip(
            at.tolist(),
            *(column.tolist() for column in lonlat[heard].T),
            speed[heard].round(1).tolist(),
            heading[heard].round().tolist(),
            strict=True,
        )
    ]
    return points, doing


def _states(seconds: Array, kind: str, rng: np.random.Generator) -> NDArray[np.int64]:
    """What is done at each point: 0 on the way, 1 at a task, 2 at rest."""
    state = np.zeros(len(seconds), np.int64)
    count, shortest, longest = TASKS[kind]
    for begin in rng.choice(seconds, count):
        state[(seconds >= begin) & (seconds < begin + rng.integers(shortest, longest))] = 1
    state[(seconds >= NOON[0] * 3600) & (seconds < NOON[1] * 3600)] = 2
    return state


def _heard(seconds: Array, back: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Which points came through: some hours have minutes without a signal, and a few terminals are silent now."""
    heard = np.ones(len(seconds), bool)
    for _ in range(int(rng.integers(0, 3))):
        begin = float(rng.choice(seconds))
        heard[(seconds >= begin) & (seconds < begin + rng.integers(300, 1500))] = False
    if back == 0 and rng.random() < 0.12:
        heard[seconds > seconds[-1] - rng.integers(900, 4000)] = False
    heard[0] = True
    return heard


def _along(way: Array, start: float, metres: Array) -> Array:
    """Points after so many metres on the way, which is walked round and round."""
    steps = np.hypot(*np.diff(way, axis=0).T)
    at = np.concatenate([[0.0], np.cumsum(steps)])
    total = max(float(at[-1]), 1.0)
    where = (metres + start * total) % total
    return np.column_stack([np.interp(where, at, way[:, 0]), np.interp(where, at, way[:, 1])])
