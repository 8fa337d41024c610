"""Unit grids (单元网格): taken from a file of areas, or made from street lines."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, insert, select

from ..store import changes
from ..store.tables import collector_grid, division, grid, person
from . import areas, writer
from . import geometry as geo
from .base import Job, Reading, each
from .blocks import COMMUNITY_GRIDS, STREET_COMMUNITIES, blocks, clusters, network, numbering
from .city import COLLECTOR
from .errors import ImportRefused, RowRefused
from .mapping import Target

AREA_CLASSES = frozenset(("core", "general", "fringe"))
LEAST_M2 = 1.0
MILLIMETRE = 1e-8  # in degrees
MOST = 999
TARGETS = (
    Target(
        "code",
        guesses=("bgcode", "bgid", "dywgcode", "网格编码", "网格编号", "单元网格标识码", "标识码"),
        longest=20,
    ),
    Target("name", guesses=("gridname", "名称", "网格名称"), longest=100),
    Target("street_code", guesses=("streetcode", "街道代码"), longest=9),
    Target("community_code", guesses=("communitycode", "社区代码"), longest=12),
    Target("area_class", guesses=("区域分类",), allowed=AREA_CLASSES),
    Target("valid_from", guesses=("ordate", "初始日期"), longest=40),
)
_SEGMENTS = (6, 9, 12)


def run(job: Job) -> None:
    """Bring a file of areas in as grids, or, with the option ``from_streets``, a file of lines."""
    if job.options.get("from_streets"):
        _from_streets(job)
    else:
        _from_areas(job)


# ---- from areas ------------------------------------------------------------------------------------------------


def _from_areas(job: Job) -> None:
    district, map_crs = job.district(), job.map_crs()
    before = writer.stored(job.conn, grid, job.source.name + ":")
    communities = areas.divisions(job.conn, "community")
    codes = Codes(job, {row["code"] for row in before.values()})
    rows: list[writer.Row] = []
    # Grids without a code, with the community they lie in ("": none): numbered when all are known.
    waiting: list[tuple[Reading, BaseGeometry, str]] = []

    def take(reading: Reading, geometry: BaseGeometry | None) -> None:
        assert geometry is not None
        if not geo.to_metres(geometry, map_crs).area >= LEAST_M2:
            raise RowRefused("no_area", "geometry")
        given = reading.texts.get("code", "")
        if given and not re.fullmatch(r"\d{14,15}", given):
            raise RowRefused("bad_code", "code", given, code=given, digits="14 or 15")
        old = before.get(reading.record.key)
        community = reading.texts.get("community_code") or given[:12]
        if given:
            add(reading, geometry, community, codes.claim(given))
        elif old is not None:
            add(reading, geometry, community or str(old["community_code"]), str(old["code"]))
        else:
            if community and not re.fullmatch(r"\d{12}", community):
                raise RowRefused("bad_code", "community_code", community, code=community, digits=12)
            waiting.append((reading, geometry, community or communities.at(geometry.representative_point())))

    def add(reading: Reading, geometry: BaseGeometry, community: str, code: str) -> None:
        metres = geo.to_metres(geometry, map_crs)
        columns = {
            "code": code,
            "name": reading.texts.get("name") or f"单元网格{code[-3:]}",
            "street_code": reading.texts.get("street_code") or community[:9],
            "community_code": community,
            "area_class": reading.texts.get("area_class") or "general",
            "area_m2": round(float(metres.area), 2),
            "perimeter_m": round(float(metres.length), 2),
            "valid_from": reading.day("valid_from") or job.today(),
        }
        keep = frozenset(() if reading.texts.get("valid_from") else ("valid_from",))
        rows.append(writer.Row(reading.record.row, reading.record.key, columns, {"geom": geometry}, keep))

    each(job, TARGETS, "POLYGON", take)
    homes = [community for _, _, community in waiting]
    homeless = [index for index, community in enumerate(homes) if not community]
    if homeless:
        # No division holds them: communities and street offices are made of neighbours.
        made = _make_divisions(job, district, [waiting[index][1] for index in homeless])
        for index, community in zip(homeless, made, strict=True):
            homes[index] = community
    for index in _in_order(homes, [geometry for _, geometry, _ in waiting], map_crs):
        reading, geometry, _ = waiting[index]
        add(reading, geometry, homes[index], codes.make(homes[index]))
    _write(job, rows, before)


def _write(job: Job, rows: list[writer.Row], before: dict[str, dict[str, Any]]) -> None:
    done = writer.upsert(job.conn, grid, rows, before)
    job.report.new, job.report.changed, job.report.unchanged = done.new, done.changed, done.unchanged
    changes.record(job.conn, "grid", done.keys, job.now)
    give_to_collector(job.conn, [str(row.columns["code"]) for row in rows if row.key not in before])


def give_to_collector(conn: Connection, codes: list[str]) -> None:
    """New grids go to the collector that a founded city begins with, until they are shared out among more."""
    there = conn.execute(select(person.c.id).where(person.c.id == COLLECTOR)).first()
    if there is not None and codes:
        conn.execute(insert(collector_grid), [{"person_id": COLLECTOR, "grid_code": code} for code in codes])


class Codes:
    """Codes of 15 digits: the community's 12 and a number in it, never one that was used before."""

    def __init__(self, job: Job, own: set[str]) -> None:
        self._taken = set(job.conn.execute(select(grid.c.code)).scalars())
        self._own = own
        self._used: set[str] = set()
        self._last: dict[str, int] = defaultdict(int)
        for code in self._taken:
            if len(code) == 15:
                self._last[code[:12]] = max(self._last[code[:12]], int(code[12:]))

    def claim(self, code: str) -> str:
        """A code that the file gives."""
        if code in self._used or (code in self._taken and code not in self._own):
            raise RowRefused("code_taken", "code", code, code=code)
        self._used.add(code)
        return code

    def make(self, community: str) -> str:
        """The next free code in a community."""
        while True:
            number = self._last[community] = self._last[community] + 1
            if number > MOST:
                raise ImportRefused("too_many", what="a unit grid", where=f"community {community}", most=MOST)
            code = f"{community}{number:03}"
            if code not in self._used and code not in self._taken:
                self._used.add(code)
                return code


# ---- from street lines -----------------------------------------------------------------------------------------


def _from_streets(job: Job) -> None:
    district, map_crs = job.district(), job.map_crs()
    lines: list[BaseGeometry] = []

    def take(_reading: Reading, geometry: BaseGeometry | None) -> None:
        lines.extend(shapely.get_parts(geometry))

    each(job, (), "LINESTRINGS", take)
    if not lines:
        raise ImportRefused("no_streets", path=job.source.path)
    made = blocks(geo.to_metres(network(np.array(lines, dtype=object), MILLIMETRE), map_crs))
    if not len(made.polygons):
        raise ImportRefused("no_blocks", path=job.source.path)
    polygons = [shapely.set_precision(p, 0) for p in geo.to_degrees(made.polygons, map_crs)]
    keys = [f"{job.source.name}:block:{_place(p)}" for p in polygons]
    before = writer.stored(job.conn, grid, f"{job.source.name}:block:")
    fresh = [i for i, key in enumerate(keys) if key not in before]
    homes = dict(zip(fresh, _homes(job, district, [polygons[i] for i in fresh]), strict=True))
    codes = Codes(job, set())
    sizes, perimeters = shapely.area(made.polygons), shapely.length(made.polygons)
    order = [fresh[n] for n in _in_order([homes[i] for i in fresh], [polygons[i] for i in fresh], map_crs)]
    rows = []
    for index in order + [i for i, key in enumerate(keys) if key in before]:
        old = before.get(keys[index])
        community = old["community_code"] if old else homes[index]
        code = old["code"] if old else codes.make(community)
        columns = {
            "code": code,
            "name": old["name"] if old else f"单元网格{code[-3:]}",
            "street_code": community[:9],
            "community_code": community,
            "area_class": old["area_class"] if old else "general",
            "area_m2": round(float(sizes[index]), 2),
            "perimeter_m": round(float(perimeters[index]), 2),
            "valid_from": old["valid_from"] if old else job.today(),
        }
        rows.append(writer.Row(0, keys[index], columns, {"geom": polygons[index]}))
    _write(job, rows, before)
    job.report.notes.append(
        f"{made.faces} blocks enclosed by the streets, {made.merged} slivers merged into a neighbour, {len(polygons)} unit grids"
    )


def _place(polygon: BaseGeometry) -> str:
    """The key of a block: a point of it to the decimetre, and its size: a block that a new street cuts is another block."""
    point = polygon.representative_point()
    return f"{point.x:.6f}/{point.y:.6f}/{polygon.area:.3e}"


def _homes(job: Job, district: str, polygons: list[BaseGeometry]) -> list[str]:
    """The community of each block: by the division layer where there is one, else made of neighbours."""
    communities = areas.divisions(job.conn, "community")
    homes = communities.at_all([polygon.representative_point() for polygon in polygons])
    missing = [index for index, home in enumerate(homes) if not home]
    if missing:
        for index, code in zip(
            missing, _make_divisions(job, district, [polygons[i] for i in missing]), strict=True
        ):
            homes[index] = code
    return homes


def _make_divisions(job: Job, district: str, polygons: list[BaseGeometry]) -> list[str]:
    """Make communities and street offices of neighbouring areas, and return the community of each."""
    points = shapely.get_coordinates(
        shapely.centroid(geo.to_metres(np.array(polygons, dtype=object), job.map_crs()))
    )
    community = clusters(points, COMMUNITY_GRIDS)
    count = int(community.max()) + 1
    centres = np.array([points[community == n].mean(axis=0) for n in range(count)])
    street = clusters(centres, STREET_COMMUNITIES)
    first = _last_code(job, district, 9)
    if first + int(street.max()) + 1 > MOST:
        raise ImportRefused("too_many", what="a street office", where=f"district {district}", most=MOST)
    within: dict[int, int] = defaultdict(int)
    codes: list[str] = []
    for n in range(count):
        within[street[n]] += 1
        codes.append(f"{district}{first + int(street[n]) + 1:03}{within[street[n]]:03}")
    shapes = np.array(polygons, dtype=object)
    rows = []
    for n, code in enumerate(codes):
        rows.append(
            _division(
                code, "community", f"第{int(code[6:9])}街道第{int(code[9:])}社区", shapes[community == n]
            )
        )
    for code in sorted({code[:9] for code in codes}):
        members = shapes[[codes[n][:9] == code for n in community]]
        rows.append(_division(code, "street", f"第{int(code[6:])}街道", members))
    if district not in set(job.conn.execute(select(division.c.code)).scalars()):
        rows.append(_division(district, "district", job.city("name") or district, shapes))
    writer.upsert(job.conn, division, rows, {}, key="code")
    job.report.notes.append(
        f"no division layer: {len(codes)} communities and {len({c[:9] for c in codes})} street offices made of neighbours"
    )
    return [codes[n] for n in community]


def _division(code: str, level: str, name: str, members: np.ndarray) -> writer.Row:
    joined = shapely.union_all(members)
    area = shapely.multipolygons([p for p in shapely.get_parts(joined) if p.geom_type == "Polygon"])
    return writer.Row(
        0,
        code,
        {"level": level, "name": name, "parent": "" if level == "district" else code[:-3]},
        {"geom": area},
    )


def _last_code(job: Job, prefix: str, digits: int) -> int:
    codes = job.conn.execute(select(division.c.code)).scalars()
    return max((int(c[-3:]) for c in codes if len(c) == digits and c.startswith(prefix)), default=0)


def _in_order(homes: list[str], polygons: list[BaseGeometry], map_crs: str) -> list[int]:
    """The indexes in the order of numbering: community by community, in each as the standard numbers."""
    if not polygons:
        return []
    points = shapely.get_coordinates(
        shapely.centroid(geo.to_metres(np.array(polygons, dtype=object), map_crs))
    )
    members: dict[str, list[int]] = defaultdict(list)
    for index, home in enumerate(homes):
        members[home].append(index)
    return [members[home][n] for home in sorted(members) for n in numbering(points[members[home]])]
