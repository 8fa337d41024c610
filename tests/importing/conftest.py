"""A city founded by the import, and foreign files written for one test each."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text

from workstation.importing.city import found
from workstation.importing.importer import Wish, bring_in
from workstation.importing.report import Report
from workstation.store.database import Database
from workstation.store.tables import division, grid

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
WEST, SOUTH = 114.30, 30.50
STEP = 0.002


def square(west: float, south: float, size: float = STEP) -> str:
    """A square as WKT rings."""
    east, north = west + size, south + size
    return f"(({west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}))"


@pytest.fixture
def city(empty_file: Path, tmp_path: Path) -> Iterator[Database]:
    """A city in Wuhan with two grids in one community, as an import founds it."""
    path = tmp_path / "city.sqlite"
    shutil.copyfile(empty_file, path)
    database = Database.open(str(path))
    with database.write() as conn:
        found(conn, "试验区", "420111", (WEST, SOUTH, WEST + 2 * STEP, SOUTH + STEP), NOW)
        area = f"SRID=4490;MULTIPOLYGON({square(WEST, SOUTH, 2 * STEP)})"
        conn.execute(
            insert(division),
            [
                {"code": "420111001", "level": "street", "name": "甲街道", "parent": "420111", "geom": area},
                {
                    "code": "420111001001",
                    "level": "community",
                    "name": "甲社区",
                    "parent": "420111001",
                    "geom": area,
                },
            ],
        )
        conn.execute(
            insert(grid),
            [
                {
                    "code": f"42011100100100{n + 1}",
                    "name": f"网格{n + 1}",
                    "street_code": "420111001",
                    "community_code": "420111001001",
                    "area_class": "core",
                    "area_m2": 1.0,
                    "perimeter_m": 1.0,
                    "valid_from": "2026-01-01",
                    "valid_to": None,
                    "source_key": None,
                    "geom": f"SRID=4490;POLYGON{square(WEST + n * STEP, SOUTH)}",
                }
                for n in range(2)
            ],
        )
    yield database
    database.close()


@pytest.fixture
def geojson(tmp_path: Path) -> Callable[..., Path]:
    """Write features (geometry, properties) as GeoJSON."""

    def write(features: Sequence[tuple[dict[str, Any] | None, dict[str, Any]]], name: str = "file") -> Path:
        path = tmp_path / f"{name}.geojson"
        listed = [{"type": "Feature", "geometry": g, "properties": p} for g, p in features]
        path.write_text(
            json.dumps({"type": "FeatureCollection", "features": listed}, ensure_ascii=False), "utf-8"
        )
        return path

    return write


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """Write rows as CSV."""

    def write(
        fields: Sequence[str], rows: Sequence[Sequence[object]], name: str = "file", encoding: str = "utf-8"
    ) -> Path:
        path = tmp_path / f"{name}.csv"
        with path.open("w", newline="", encoding=encoding) as stream:
            writer = csv.writer(stream)
            writer.writerow(fields)
            writer.writerows(rows)
        return path

    return write


@pytest.fixture
def mapping(tmp_path: Path) -> Callable[[str], Path]:
    """Write a mapping file."""

    def write(content: str) -> Path:
        path = tmp_path / "mapping.toml"
        path.write_text(content, "utf-8")
        return path

    return write


def take(database: Database, kind: str, path: Path, **wish: Any) -> Report:
    """Bring a file in at NOW; the last report."""
    return bring_in(database, Wish(kind, path, **wish), NOW)[-1]


def scalar(database: Database, statement: str) -> Any:
    """One value out of the city."""
    with database.read() as conn:
        return conn.execute(text(statement)).scalar()


def rows(database: Database, statement: str) -> list[Any]:
    """Rows out of the city."""
    with database.read() as conn:
        return [tuple(row) for row in conn.execute(text(statement))]


def point(x: float, y: float) -> dict[str, Any]:
    """A GeoJSON point."""
    return {"type": "Point", "coordinates": [x, y]}


def polygon(*ring: tuple[float, float]) -> dict[str, Any]:
    """A GeoJSON polygon of one ring; it is closed here."""
    return {"type": "Polygon", "coordinates": [[*map(list, ring), list(ring[0])]]}


def box(west: float, south: float, size: float = STEP) -> dict[str, Any]:
    """A GeoJSON square."""
    return polygon((west, south), (west + size, south), (west + size, south + size), (west, south + size))


def line(*points: tuple[float, float]) -> dict[str, Any]:
    """A GeoJSON line."""
    return {"type": "LineString", "coordinates": [list(p) for p in points]}
