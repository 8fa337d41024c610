"""The demo city's people are out: near their grids and streets, with stops, gaps and newest places; the same each time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import shapely

from tests.demo.conftest import make
from workstation.store.database import Database


def rows(town: Database, query: str) -> list[Any]:
    with town.read() as conn:
        return [tuple(row) for row in conn.exec_driver_sql(query)]


def test_everybody_has_a_place_and_some_have_tracks(town: Database) -> None:
    kinds = dict(rows(town, "SELECT kind, count(*) FROM mobile GROUP BY kind"))
    assert set(kinds) == {"collector", "crew", "vehicle"}
    assert rows(town, "SELECT count(*) FROM mobile_place") == [(sum(kinds.values()),)]
    tracked = rows(
        town, "SELECT count(DISTINCT mobile_id), count(DISTINCT substr(at, 1, 10)) FROM track_point"
    )
    assert tracked[0][0] >= 3 and tracked[0][1] == 2
    ahead = rows(town, "SELECT count(*) FROM track_point WHERE at > '2026-11-20T02:30:00.000000Z'")
    assert ahead == [(0,)]


def test_collectors_stay_at_their_grids(town: Database) -> None:
    walked = rows(
        town,
        "SELECT m.person_id, t.lon, t.lat FROM track_point AS t JOIN mobile AS m ON m.id = t.mobile_id"
        " WHERE m.kind = 'collector'",
    )
    grids = rows(
        town,
        "SELECT c.person_id, ST_AsBinary(g.geom) FROM collector_grid AS c JOIN grid AS g ON g.code = c.grid_code",
    )
    for person in {row[0] for row in walked}:
        area = shapely.union_all([shapely.from_wkb(bytes(g[1])) for g in grids if g[0] == person])
        points = shapely.points([(row[1], row[2]) for row in walked if row[0] == person])
        inside = shapely.contains(shapely.convex_hull(area).buffer(0.0003), points)
        assert inside.mean() > 0.98


def test_points_are_half_a_minute_apart_but_for_gaps(town: Database) -> None:
    found = rows(town, "SELECT mobile_id, at, speed_kmh FROM track_point ORDER BY mobile_id, at")
    at = np.array([row[1][:-1] for row in found], "datetime64[us]").astype(float) / 1e6
    same = np.array([row[0] for row in found])
    gaps = np.diff(at)[same[1:] == same[:-1]]
    assert np.median(gaps) == 30.0
    assert (gaps > 299).any() and (gaps > 0).all()
    assert max(row[2] for row in found) < 90


def test_the_same_city_has_the_same_ways(town: Database, tmp_path: Path) -> None:
    again = make(tmp_path / "again.sqlite")
    query = "SELECT mobile_id, at, lon, lat FROM track_point ORDER BY mobile_id, at LIMIT 4000"
    assert rows(again, query) == rows(town, query)
    again.close()
