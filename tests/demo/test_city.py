"""The demo city's map, codes, people and components."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from sqlalchemy import func, select

from tests.demo.conftest import SIZE, make
from workstation.demo.land import Land
from workstation.demo.plan import draw
from workstation.demo.recipe import Recipe, Size
from workstation.services.personal import personal
from workstation.store import audit, tables
from workstation.store.database import Database
from workstation.workflow.handbook import Handbook


def rows(database: Database, table: Any, *columns: str) -> list[Any]:
    """Columns of all rows; geometries as shapely objects."""
    picked = [func.ST_AsBinary(table.c[name]) if name == "geom" else table.c[name] for name in columns]
    with database.read() as conn:
        found = conn.execute(select(*picked).order_by(*table.primary_key.columns)).all()
    if "geom" not in columns:
        return list(found)
    at = columns.index("geom")
    return [(*r[:at], shapely.from_wkb(bytes(r[at])), *r[at + 1 :]) for r in found]


def digest(database: Database) -> str:
    """A digest over the content of every table of the city; of what is encrypted, over what it opens as."""
    total = hashlib.sha256()
    with database.read() as conn:
        for table in tables.metadata.sorted_tables:
            for row in conn.execute(select(table).order_by(*table.primary_key.columns)):
                if table.name == "personal":
                    total.update(repr((row.case_id, personal._held(conn, row.case_id))).encode())
                    continue
                if table.name == "city" and row.key == personal._CURRENT:
                    continue
                total.update(repr([getattr(v, "data", v) for v in row]).encode())
    return total.hexdigest()


def test_same_seed_same_city(town: Database, tmp_path: Path) -> None:
    """Two cities of one seed and day are alike to the last byte of their content; another seed makes another city."""
    again = make(tmp_path / "again.sqlite")
    try:
        assert digest(again) == digest(town)
    finally:
        again.close()
    one, other = (Land(Recipe.load(), seed, SIZE["grids"]).outline for seed in (7, 8))
    assert not one.equals(other)


def test_check_finds_nothing(town: Database) -> None:
    """The check of the whole database (log, projections, counts, spatial indexes) finds nothing wrong."""
    report = audit.check(town)
    assert report.clean, report


@pytest.mark.article("TY-1-GRID")
def test_grids_tile_the_district(town: Database) -> None:
    """Grids share their vertices with their neighbours: no gap, no overlap, and together they are the district."""
    shapes = np.array([g for _, g in rows(town, tables.grid, "code", "geom")], object)
    assert len(shapes) == SIZE["grids"]
    assert shapely.coverage_is_valid(shapes)
    whole = shapely.coverage_union_all(shapes)
    (district,) = [g for level, g in rows(town, tables.division, "level", "geom") if level == "district"]
    assert shapely.symmetric_difference(whole, district).area < 1e-15
    (part,) = shapely.get_parts(whole)
    assert not part.interiors


@pytest.mark.article("TJA-5-CODES")
def test_codes_follow_the_standard(town: Database) -> None:
    """Grids have 15 digits (6+3+3+3) under their community and street office, numbered from 1 without a gap."""
    level = {
        code: (kind, parent) for code, kind, parent in rows(town, tables.division, "code", "level", "parent")
    }
    numbers: dict[str, list[int]] = {}
    for code, street, community in rows(town, tables.grid, "code", "street_code", "community_code"):
        assert len(code) == 15 and code.isdigit()
        assert code[:12] == community and code[:9] == street
        assert level[community] == ("community", street) and level[street] == ("street", code[:6])
        numbers.setdefault(community, []).append(int(code[12:]))
    assert all(sorted(n) == list(range(1, len(n) + 1)) for n in numbers.values())


def test_component_codes_and_places(town: Database) -> None:
    """A component has 16 digits (6+2+2+6) that say its class, and lies in the grid that it names."""
    grids = dict(rows(town, tables.grid, "code", "geom"))
    classes = {c.code for c in Handbook.national().classes if c.kind == "component"}
    found = rows(town, tables.component, "code", "class_code", "grid_code", "geom")
    assert len(found) == SIZE["components"]
    assert len({code for code, *_ in found}) == len(found)
    for code, class_code, grid, point in found:
        assert len(code) == 16 and code.isdigit() and code[:6] == "329911" and code[6:10] == class_code
        assert class_code in classes
        assert grids[grid].covers(point)


def test_no_building_is_split(town: Database) -> None:
    """Every building lies in one grid, clear of streets and water."""
    grids = shapely.STRtree([g for _, g in rows(town, tables.grid, "code", "geom")])
    buildings = np.array([g for _, g in rows(town, tables.building, "id", "geom")], object)
    assert len(buildings) > 150
    _, inside = grids.query(buildings, predicate="within")
    assert len(inside) == len(buildings)
    roads = shapely.STRtree([g for _, g in rows(town, tables.road, "id", "geom")])
    water = shapely.STRtree([g for _, g in rows(town, tables.water, "id", "geom")])
    assert not len(roads.query(buildings, predicate="intersects")[0])
    assert not len(water.query(buildings, predicate="intersects")[0])


def test_looks_like_a_city(town: Database) -> None:
    """The river bends, streets run in many directions, kinds and widths of streets differ, and names are kept."""
    waters = dict(rows(town, tables.water, "kind", "geom"))
    assert "river" in waters and "lake" in waters
    box = shapely.minimum_rotated_rectangle(waters["river"])
    assert waters["river"].area < 0.7 * box.area
    roads = rows(town, tables.road, "name", "kind", "width_m", "geom")
    assert {kind for _, kind, _, _ in roads} >= {"main", "secondary", "branch", "lane"}
    assert all(name for name, *_ in roads)
    bearings = []
    for *_, line in roads:
        step = np.diff(shapely.get_coordinates(line), axis=0)
        bearings += list(np.degrees(np.arctan2(step[:, 1], step[:, 0])) % 90 // 10)
    assert min(Counter(bearings).get(k, 0) for k in range(9)) > 3
    sizes = np.array([a for (a,) in rows(town, tables.grid, "area_m2")])
    assert sizes.max() > 3 * np.median(sizes) and sizes.min() > 2000


def test_the_default_size_is_a_district() -> None:
    """240 grids and 20,000 components: thousands of buildings, several street offices, hundreds of streets' names."""
    plan = draw(
        Recipe.load(), Size(240, 20_000, 0, 2026, datetime(2026, 11, 20, tzinfo=UTC)), lambda *_: None
    )
    assert len(plan.blocks) == 240 and len(plan.components.kind) == 20_000
    assert len(plan.fabric.buildings) > 3000 and len(set(plan.street_names)) > 120
    levels = Counter(a.level for a in plan.areas)
    assert levels["street"] >= 4 and levels["community"] >= 16
    shapes = np.array([b.shape for b in plan.blocks], object)
    assert shapely.coverage_is_valid(shapes)
    # What stands at the kerb is spaced evenly, on either side of the street: no two lamps in one place.
    lamps = plan.components.xy[plan.components.kind == plan.components.codes.index("0137")]
    tree = shapely.STRtree(shapely.points(lamps))
    assert len(tree.query(shapely.points(lamps), predicate="dwithin", distance=2.0)[0]) < 1.1 * len(lamps)


@pytest.mark.article("TY-1-THREE")
def test_nobody_holds_two_hands(town: Database) -> None:
    """Supervising, disposing and evaluating are held by different people, and every post is held."""
    handbook = Handbook.national()
    hands: dict[str, set[str]] = {}
    posts = set()
    for person, post in rows(town, tables.person_post, "person_id", "post"):
        posts.add(post)
        if hand := handbook.posts[post].hand:
            hands.setdefault(person, set()).add(hand)
    assert posts == set(handbook.posts) - {"system"}
    assert all(len(h) == 1 for h in hands.values())


@pytest.mark.article("TY-3-AREAS")
def test_units_and_collectors(town: Database) -> None:
    """There are twelve units and more, each with people; every grid has a collector; streets and squads have areas."""
    units = rows(town, tables.unit, "code", "kind")
    assert len(units) >= 12 and {"centre", "department", "enterprise", "street", "crew"} <= {
        k for _, k in units
    }
    staffed = {u for (u,) in rows(town, tables.person, "unit_code")}
    assert staffed == {code for code, _ in units}
    walked = {g for (g,) in rows(town, tables.collector_grid, "grid_code")}
    assert walked == {g for (g,) in rows(town, tables.grid, "code")}
    with town.read() as conn:
        bare = conn.execute(
            select(func.count()).where(tables.unit.c.kind == "street", tables.unit.c.geom.is_(None))
        ).scalar()
    assert bare == 0


def test_components_have_those_responsible(town: Database) -> None:
    """Department, owner and maintainer of components are units of the city (MQ-3-PIPES); only what no unit has the duty for
    names nobody."""
    units = {code for (code,) in rows(town, tables.unit, "code")}
    duties = [
        p
        for _, kind, p in rows(town, tables.unit_duty, "unit_code", "kind", "class_prefix")
        if kind == "component"
    ]
    for code, *three in rows(
        town, tables.component, "class_code", "dept_code", "owner_code", "maintainer_code"
    ):
        assert set(three) <= units if code.startswith(tuple(duties)) else set(three) == {""}


@pytest.mark.article("MQ-26-UNCLEAR", "TZ-15-DISPUTE")
def test_the_register_has_mistakes_to_find() -> None:
    """One community is forgotten and another is drawn for two squads: a few pieces of land, and no red city; all work as before."""
    plan = draw(Recipe.load(), Size(90, 100, 0, 2026, datetime(2026, 11, 20, tzinfo=UTC)), lambda *_: None)
    wrong = [unit for unit in plan.population.units if unit.drawn is not None]
    changed = [(unit.drawn.area - unit.area.area) / plan.land.outline.area for unit in wrong]  # type: ignore[union-attr]
    assert len(wrong) == 2 and -0.3 < min(changed) < -0.02 and 0.02 < max(changed) < 0.3
    squads = [
        unit for unit in plan.population.units if unit.area is not None and unit.parent == wrong[0].parent
    ]
    held = shapely.union_all([unit.drawn or unit.area for unit in squads])
    lost = shapely.difference(shapely.union_all([unit.area for unit in squads]), held)
    communities = [
        shapely.union_all([plan.blocks[k].shape for k in a.blocks])
        for a in plan.areas
        if a.level == "community"
    ]
    assert any(shapely.symmetric_difference(lost, shape).area < 1.0 for shape in communities)


@pytest.mark.postgis
def test_the_same_on_a_server(city_store: Database) -> None:
    """The small city is whole on either store: sizes, counts by grid and log are in order."""
    with city_store.read() as conn:
        for table, count in ((tables.grid, 30), (tables.component, 600), (tables.cases, 80)):
            assert conn.execute(select(func.count()).select_from(table)).scalar() == count
    assert audit.check(city_store).clean
