"""Where collectors, crews and vehicles are, and which way they came.

Positions are personal data. They are seen by those who send people (whose post may dispatch, send for a check or for a
verification), by a unit of the units below it, and by each person of oneself; by nobody else, whatever else their post
sees. PostGIS keeps the same rule by conditions on the rows (``store/server/grants.py``). They are written by what
receives them from the terminals, which holds the city's own login, and erased after :data:`KEEP_DAYS` or the days that
the city's setting :data:`SETTING` says.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...store import changes, raw
from ...workflow.event import Actor, Refusal, format_instant, parse_instant
from ..cases.scope import WHOLE, subtree
from ..centre.units import IN_HAND
from ..errors import Refused

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ..services import Services

SENDING = ("dispatch", "send_check", "send_verify")
"""Whoever may do one of these sends people, and sees where they are."""
KINDS = ("collector", "crew", "vehicle")
DOING = ("duty", "rest", "task", "off")
KEEP_DAYS = 30
SETTING = "positions.keep_days"
_TOLD = "positions.told"
"""The city's setting with the number in the change log under which positions were told last, and when."""
TOLD_SECONDS = 1.0
"""Positions are told at most so often, however many come in."""
SILENT = timedelta(minutes=10)
"""Whoever has not been heard of for so long is silent: the place is the last one known, not where somebody is."""
ERASE_EVERY = timedelta(hours=1)
ERASE_BATCH = 50_000
MOST_POINTS = 200_000
"""Points of a track that are read at once, of all that were asked for together."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MobilePlace:
    """Somebody or something out in the city, and the newest place. ``kind``: one of KINDS; ``doing``: one of DOING or "".

    ``lon``, ``lat`` are EPSG:4490 degrees; ``speed_kmh`` and ``heading`` (degrees clockwise from north) None where the
    terminal does not say.
    """

    id: str
    kind: str
    name: str
    unit: str
    person: str
    plate: str
    at: datetime
    lon: float
    lat: float
    speed_kmh: float | None
    heading: float | None
    doing: str

    def silent(self, now: datetime) -> bool:
        """Whether nothing has been heard for :data:`SILENT`."""
        return now - self.at > SILENT


@dataclass(frozen=True, slots=True)
class Mobile:
    """Who or what could be out: as :class:`MobilePlace`, without a place."""

    id: str
    kind: str
    name: str
    unit: str
    person: str
    plate: str


@dataclass(frozen=True, eq=False, slots=True)
class Track:
    """The points that a mobile sent, in order: ``at`` seconds since 1970 (UTC), ``lon`` and ``lat`` degrees."""

    mobile: str
    at: Floats
    lon: Floats
    lat: Floats

    def __len__(self) -> int:
        return len(self.at)


@dataclass(frozen=True, slots=True)
class Report:
    """What a terminal says: who, when, where. ``doing`` "" leaves what was said before."""

    mobile: str
    at: datetime
    lon: float
    lat: float
    speed_kmh: float | None = None
    heading: float | None = None
    doing: str = ""


class TooMany(Exception):
    """More points were asked for than are read at once; ``most`` says how many."""

    code = "too_many_points"

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class Positions:
    """Reads and keeps positions of one city."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._database = services.db
        self._lock = threading.Lock()
        self._next_erase: datetime | None = None

    # ---- who sees ----

    def sees_all(self, actor: Actor) -> bool:
        """Whether the actor's post sends people, and so sees everybody."""
        arrows = (self._services.handbook.arrow(name) for name in SENDING)
        return any(arrow is not None and actor.post in arrow.posts for arrow in arrows)

    def _whole(self, actor: Actor) -> bool:
        """Posts of the centre see every case; where people are is nothing of theirs unless they send them."""
        post = self._services.handbook.posts.get(actor.post)
        return post is not None and post.level in WHOLE

    def _condition(self, conn: Connection, actor: Actor) -> tuple[str, list[Any]]:
        """On rows of ``mobile AS m``: those that the actor sees."""
        if self.sees_all(actor):
            return "m.active", []
        units = [] if self._whole(actor) or not actor.unit else sorted(subtree(conn, actor.unit))
        marks = ", ".join("?" * len(units)) or "NULL"
        return f"m.active AND (m.unit_code IN ({marks}) OR m.person_id = ?)", [*units, actor.person or "-"]

    # ---- reading ----

    def mobiles(self, actor: Actor) -> list[MobilePlace]:
        """Everybody with a place whom the actor sees, by id."""
        with self._database.read() as conn:
            condition, values = self._condition(conn, actor)
            rows = raw.all_rows(
                conn,
                "SELECT m.id, m.kind, m.name, m.unit_code, m.person_id, m.plate, p.at, p.lon, p.lat, p.speed_kmh,"
                " p.heading, p.doing FROM mobile AS m JOIN mobile_place AS p ON p.mobile_id = m.id"
                f" WHERE {condition} ORDER BY m.id",
                values,
            )
        return [_place(*row) for row in rows]

    def register(self, actor: Actor) -> list[Mobile]:
        """Everybody who could be out whom the actor sees, whether heard of or not; by unit and name."""
        with self._database.read() as conn:
            condition, values = self._condition(conn, actor)
            rows = raw.all_rows(
                conn,
                "SELECT m.id, m.kind, m.name, m.unit_code, m.person_id, m.plate FROM mobile AS m"
                f" WHERE {condition} ORDER BY m.unit_code, m.kind, m.name, m.id",
                values,
            )
        return [Mobile(*row) for row in rows]

    def in_hand(self, actor: Actor) -> dict[str, int]:
        """How many open cases each has in hand, by id: a collector those sent to them, a crew or vehicle its unit's."""
        states = [state.value for state in IN_HAND]
        marks = ", ".join("?" * len(states))
        with self._database.read() as conn:
            condition, values = self._condition(conn, actor)
            rows = raw.all_rows(
                conn,
                "SELECT m.id, CASE WHEN m.kind = 'collector' THEN c.n ELSE u.n END FROM mobile AS m"
                " LEFT JOIN (SELECT collector, count(*) AS n FROM cases WHERE open AND collector <> '' GROUP BY collector)"
                " AS c ON c.collector = m.person_id"
                f" LEFT JOIN (SELECT unit, count(*) AS n FROM cases WHERE open AND unit <> '' AND state IN ({marks})"
                f" GROUP BY unit) AS u ON u.unit = m.unit_code WHERE {condition}",
                [*states, *values],
            )
        return {str(row[0]): int(row[1]) for row in rows if row[1]}

    def tracks(
        self, ids: Collection[str], since: datetime, until: datetime, actor: Actor
    ) -> dict[str, Track]:
        """What these sent from ``since`` to before ``until``, of those whom the actor sees; each that sent anything.

        TooMany where that is more than :data:`MOST_POINTS` in all.
        """
        if not ids:
            return {}
        marks = ", ".join("?" * len(ids))
        with self._database.read() as conn:
            condition, values = self._condition(conn, actor)
            rows = raw.all_rows(
                conn,
                "SELECT t.mobile_id, t.at, t.lon, t.lat FROM track_point AS t JOIN mobile AS m ON m.id = t.mobile_id"
                f" WHERE t.mobile_id IN ({marks}) AND t.at >= ? AND t.at < ? AND {condition}"
                f" ORDER BY t.mobile_id, t.at LIMIT {MOST_POINTS + 1}",
                [*sorted(ids), format_instant(since), format_instant(until), *values],
            )
        if len(rows) > MOST_POINTS:
            raise TooMany(MOST_POINTS)
        return _tracks(rows)

    def days(self, mobile: str, actor: Actor) -> tuple[datetime, datetime] | None:
        """The first and the last instant that there is a track of; None where there is none to be seen."""
        with self._database.read() as conn:
            condition, values = self._condition(conn, actor)
            row = raw.first(
                conn,
                "SELECT min(t.at), max(t.at) FROM track_point AS t JOIN mobile AS m ON m.id = t.mobile_id"
                f" WHERE t.mobile_id = ? AND {condition}",
                [mobile, *values],
            )
        return None if row is None or row[0] is None else (parse_instant(row[0]), parse_instant(row[1]))

    def own_ground(self, mobile: str, actor: Actor) -> Any:
        """Where the mobile is to be: a collector's grids, a unit's area; a shapely geometry (EPSG:4490), None where there is
        none, or nobody of that id to be seen."""
        import shapely

        with self._database.read() as conn:
            condition, values = self._condition(conn, actor)
            row = raw.first(
                conn,
                f"SELECT m.kind, m.person_id, m.unit_code FROM mobile AS m WHERE m.id = ? AND {condition}",
                [mobile, *values],
            )
            if row is None:
                return None
            if row[0] == "collector":
                statement = (
                    "SELECT ST_AsBinary(g.geom) FROM collector_grid AS c JOIN grid AS g ON g.code = c.grid_code"
                    " WHERE c.person_id = ? AND g.valid_to IS NULL"
                )
                key = row[1]
            else:
                statement, key = (
                    "SELECT ST_AsBinary(geom) FROM unit WHERE code = ? AND geom IS NOT NULL",
                    row[2],
                )
            shapes = [shapely.from_wkb(bytes(found[0])) for found in raw.all_rows(conn, statement, (key,))]
        return shapely.union_all(shapes) if shapes else None

    # ---- writing ----

    def report(self, reports: Iterable[Report]) -> int:
        """Keep what terminals say: a point of the track each, and the newest place; how many points were new.

        For the city's own login (the gateway that the terminals send to): Refused ``positions_not_yours`` for a person's
        on PostGIS. Unknown mobiles are left out; a point that is there already changes nothing; an older one than the
        newest place goes into the track only. Told as topic "position" at most once in TOLD_SECONDS.
        """
        listed = sorted(reports, key=lambda item: (item.at, item.mobile))
        now = self._services.now()
        told: int | None = None
        with self._database.write() as conn:
            if not changes.is_trusted(conn):
                raise Refused(Refusal("positions_not_yours", {}))
            known = {str(row[0]) for row in raw.all_rows(conn, "SELECT id FROM mobile")}
            listed = [item for item in listed if item.mobile in known]
            if not listed:
                return 0
            rows = [_point(item) for item in listed]
            before = _count(conn, rows)
            raw.many(conn, _POINT, rows)
            raw.many(conn, _PLACE, [(*row, item.doing) for row, item in zip(rows, listed, strict=True)])
            told = _tell(conn, now)
        if told is not None:
            self._services.announce(["position"], [told])
        return len({row[:2] for row in rows}) - before

    def keep_days(self) -> int:
        """After how many days a track is erased."""
        with self._database.read() as conn:
            return _keep_days(conn)

    def erase_due(self) -> int:
        """Erase tracks and places over their term, at most once an hour and ERASE_BATCH points from here; how many.

        On PostGIS a person's seat asks the server, which does it by its own clock.
        """
        now = self._services.now()
        with self._lock:
            if self._next_erase is not None and now < self._next_erase:
                return 0
            self._next_erase = now + ERASE_EVERY
        with self._database.write() as conn:
            if not changes.is_trusted(conn):
                row = raw.first(conn, "SELECT door.erase_positions()")
                return int(row[0]) if row else 0
            return _erase(conn, now)


def _place(
    id: str, kind: str, name: str, unit: str, person: str, plate: str, at: str, *rest: Any
) -> MobilePlace:
    return MobilePlace(id, kind, name, unit, person, plate, parse_instant(at), *rest)


def _point(item: Report) -> tuple[Any, ...]:
    return item.mobile, format_instant(item.at), item.lon, item.lat, item.speed_kmh, item.heading


_POINT = (
    "INSERT INTO track_point (mobile_id, at, lon, lat, speed_kmh, heading) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (mobile_id, at) DO NOTHING"
)
_PLACE = (
    "INSERT INTO mobile_place (mobile_id, at, lon, lat, speed_kmh, heading, doing) VALUES (?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (mobile_id) DO UPDATE SET at = excluded.at, lon = excluded.lon, lat = excluded.lat,"
    " speed_kmh = excluded.speed_kmh, heading = excluded.heading,"
    " doing = CASE WHEN excluded.doing = '' THEN mobile_place.doing ELSE excluded.doing END"
    " WHERE excluded.at > mobile_place.at"
)


def _count(conn: Connection, rows: Sequence[tuple[Any, ...]]) -> int:
    """How many of these points are there already."""
    statement = "SELECT 1 FROM track_point WHERE mobile_id = ? AND at = ?"
    return sum(raw.first(conn, statement, key) is not None for key in {row[:2] for row in rows})


def _setting(conn: Connection, key: str) -> str:
    row = raw.first(conn, "SELECT value FROM city WHERE key = ?", (key,))
    return str(row[0]) if row else ""


def _tell(conn: Connection, now: datetime) -> int | None:
    """One line of the change log in place of the last one, whose news this one is too; None where it is too soon."""
    text = _setting(conn, _TOLD)
    number, at = json.loads(text) if text else (0, "")
    if at and timedelta() <= now - parse_instant(at) < timedelta(seconds=TOLD_SECONDS):
        return None
    fresh = changes.add(conn, "position", "", format_instant(now))
    if number:
        raw.cursor(conn, "DELETE FROM change_log WHERE id = ? AND topic = 'position'", (number,))
    raw.cursor(
        conn,
        "INSERT INTO city (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_TOLD, json.dumps([fresh, format_instant(now)])),
    )
    return fresh


def _keep_days(conn: Connection) -> int:
    text = _setting(conn, SETTING)
    return int(text) if text.isdigit() and int(text) > 0 else KEEP_DAYS


def _erase(conn: Connection, now: datetime) -> int:
    limit = format_instant(now - timedelta(days=_keep_days(conn)))
    rows = raw.all_rows(
        conn, f"SELECT mobile_id, at FROM track_point WHERE at < ? ORDER BY at LIMIT {ERASE_BATCH}", (limit,)
    )
    raw.many(conn, "DELETE FROM track_point WHERE mobile_id = ? AND at = ?", rows)
    raw.cursor(conn, "DELETE FROM mobile_place WHERE at < ?", (limit,))
    return len(rows)


def _tracks(rows: Sequence[tuple[Any, ...]]) -> dict[str, Track]:
    """Rows in order of mobile and time as a track each."""
    if not rows:
        return {}
    who, when, lon, lat = zip(*rows, strict=True)
    names = np.array(who)
    # The text is UTC; numpy wants it without saying so.
    at = np.array([text[:-1] for text in when], "datetime64[us]").astype(np.int64) / 1e6
    lons, lats = np.array(lon, float), np.array(lat, float)
    starts = np.flatnonzero(np.r_[True, names[1:] != names[:-1]])
    ends = np.r_[starts[1:], len(names)]
    return {
        str(names[a]): Track(str(names[a]), at[a:b], lons[a:b], lats[a:b])
        for a, b in zip(starts.tolist(), ends.tolist(), strict=True)
    }
