"""Who is out in a demo city goes on walking and driving while the program runs, as terminals would tell it.

Where somebody is is a function of the time alone: collectors go round their grids, crews and vehicles up and down a street near where they
were heard of last, with tasks of a quarter of an hour, a rest at noon and shifts. So any number of programs feed one city alike, and
what one has told another does not tell again. A few terminals stay silent. Only a city that was made as a demo is ever fed.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zlib import crc32
from zoneinfo import ZoneInfo

import numpy as np
import shapely

from ..services.spatial.positions import Report
from ..store import changes, raw
from .patrols import DRIVE, HURRY, NOON, WALK
from .plane import Array

if TYPE_CHECKING:
    from ..services.services import Services

CHINA = ZoneInfo("Asia/Shanghai")
STEP = 20.0
"""Seconds from one word of a terminal to the next, in a city of up to a hundred; in a larger one more, so that not more than
five a second come in."""
A_SECOND = 5.0
SLOT = 900.0
"""Seconds for which somebody does one thing."""
TASKS = 35
"""Of a hundred slots so many are tasks: standing still."""
SILENT = 12
"""One in so many is silent."""
SHIFTS = ((7.0, 19.0, 60), (11.0, 23.0, 85), (0.0, 24.0, 100))
"""From hour to hour; so many of a hundred are in that shift or one before it."""
_METRES = 111_320.0
_NEAR = 400.0
_PACE = {"collector": WALK, "crew": DRIVE, "vehicle": HURRY}


@dataclass(frozen=True)
class _Round:
    """Somebody's way: corners in metres about ``lon``, ``lat``, and how far along it each is; walked round and round."""

    mobile: str
    kind: str
    lon: float
    lat: float
    corners: Array
    along: Array

    @property
    def number(self) -> int:
        return crc32(self.mobile.encode())


class Patrol:
    """The patrols of one demo city. Reads and writes: for a background thread."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._rounds: list[_Round] | None = None
        self._told: dict[str, float] = {}
        self._off: set[str] = set()

    def possible(self) -> bool:
        """Whether this is a demo city, and this login one that may tell positions."""
        with self._services.db.read() as conn:
            made = raw.first(conn, "SELECT 1 FROM city WHERE key = 'demo'")
            return made is not None and changes.is_trusted(conn)

    def feed(self) -> int:
        """Tell what is due by now; how many points were new. ValueError where it is not :meth:`possible`."""
        if self._rounds is None:
            if not self.possible():
                raise ValueError("only a demo city has patrols that are made up")
            self._rounds = self._read()
        now = self._services.now()
        step = max(STEP, len(self._rounds) / A_SECOND)
        reports = []
        for item in self._rounds:
            late = item.number % int(step)
            slot = math.floor((now.timestamp() - late) / step) * step + late
            if self._told.get(item.mobile, 0.0) >= slot:
                continue
            self._told[item.mobile] = slot
            report = self._report(item, datetime.fromtimestamp(slot, UTC))
            if report is not None:
                reports.append(report)
        return self._services.positions.report(reports) if reports else 0

    def _report(self, item: _Round, at: datetime) -> Report | None:
        if item.number % SILENT == 0:
            return None
        doing, metres, moving = whereabouts(item.number, _PACE[item.kind], at)
        if doing == "off" and item.mobile in self._off:
            return None
        (self._off.add if doing == "off" else self._off.discard)(item.mobile)
        total = float(item.along[-1])
        where = (metres + item.number % 1000 / 1000 * total) % total if total else 0.0
        n = min(int(np.searchsorted(item.along, where, side="right")), len(item.along) - 1)
        x, y = (float(np.interp(where, item.along, item.corners[:, k])) for k in (0, 1))
        dx, dy = item.corners[n] - item.corners[n - 1]
        return Report(
            item.mobile,
            at,
            item.lon + x / (_METRES * math.cos(math.radians(item.lat))),
            item.lat + y / _METRES,
            round(_PACE[item.kind] * 3.6, 1) if moving else 0.0,
            round(math.degrees(math.atan2(dx, dy)) % 360.0),
            doing,
        )

    def _read(self) -> list[_Round]:
        grids: dict[str, list[Any]] = defaultdict(list)
        with self._services.db.read() as conn:
            mobiles = raw.all_rows(
                conn,
                "SELECT m.id, m.kind, m.person_id, p.lon, p.lat, p.doing FROM mobile AS m"
                " JOIN mobile_place AS p ON p.mobile_id = m.id WHERE m.active ORDER BY m.id",
            )
            for person, wkb in raw.all_rows(
                conn,
                "SELECT c.person_id, ST_AsBinary(g.geom) FROM collector_grid AS c JOIN grid AS g ON g.code = c.grid_code"
                " WHERE g.valid_to IS NULL ORDER BY c.person_id, c.grid_code",
            ):
                grids[person].append(shapely.from_wkb(bytes(wkb)))
            roads = [
                shapely.from_wkb(bytes(row[0]))
                for row in raw.all_rows(conn, "SELECT ST_AsBinary(geom) FROM road ORDER BY id")
            ]
        self._off = {row[0] for row in mobiles if row[5] == "off"}
        tree = shapely.STRtree(roads)
        out = []
        for mobile, kind, person, lon, lat, _doing in mobiles:
            mine = grids.get(person, [])
            way = np.vstack([shape.exterior.coords for shape in mine]) if mine else None
            if way is None:
                way = _street(tree, lon, lat, crc32(str(mobile).encode()))
            if way is not None:
                out.append(_round(mobile, kind, lon, lat, way))
        return out


def whereabouts(number: int, pace: float, at: datetime) -> tuple[str, float, bool]:
    """What somebody of that number does at an instant, how many metres of the day are done, and whether on the move."""
    local = at.astimezone(CHINA)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    seconds = (local - midnight) / timedelta(seconds=1)
    begin, end, _ = next(shift for shift in SHIFTS if number // 7 % 100 < shift[2])
    day = midnight.date().toordinal()
    slots = int(seconds // SLOT)
    first, last = int(begin * 3600 // SLOT), int(end * 3600 // SLOT)
    walked = sum(_moves(number, day, n) for n in range(first, min(slots, last))) * SLOT
    if not first <= slots < last:
        return "off", walked * pace, False
    moving = _moves(number, day, slots)
    if moving:
        return "duty", (walked + seconds - slots * SLOT) * pace, True
    resting = _noon(slots) and end < 24
    return "rest" if resting else "task", walked * pace, False


def _moves(number: int, day: int, slot: int) -> bool:
    return not _noon(slot) and crc32(f"{number}/{day}/{slot}".encode()) % 100 >= TASKS


def _noon(slot: int) -> bool:
    return NOON[0] * 3600 <= slot * SLOT + SLOT / 2 < NOON[1] * 3600


def _street(tree: Any, lon: float, lat: float, number: int) -> Array | None:
    """Up and down one of the streets nearby; the nearest where none is."""
    if not len(tree.geometries):
        return None
    point = shapely.Point(lon, lat)
    near = sorted(tree.query(point.buffer(_NEAR / _METRES)).tolist()) or [int(tree.nearest(point))]
    line = np.asarray(tree.geometries[near[number % len(near)]].coords)
    return np.vstack([line, line[::-1]])


def _round(mobile: str, kind: str, lon: float, lat: float, way: Array) -> _Round:
    corners = (way[:, :2] - (lon, lat)) * (_METRES * math.cos(math.radians(lat)), _METRES)
    steps = np.hypot(*np.diff(corners, axis=0).T)
    return _Round(mobile, kind, lon, lat, corners, np.concatenate([[0.0], np.cumsum(steps)]))
