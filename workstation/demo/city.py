"""Builds a demo city into an empty database: the plan's map, units, people and components, then its cases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import shapely
from sqlalchemy import Connection, func, select

from ..services.city import City, save_city
from ..services.documents.photos import inspect
from ..services.finding import index as finding_index
from ..services.personal.personal import taken_cases
from ..services.rules.editions import Editions
from ..services.services import Services
from ..store import tables
from ..store.database import Database
from ..store.log import append_many
from ..workflow.calendar import WorkCalendar
from ..workflow.event import format_instant
from ..workflow.handbook import Handbook
from .casebook import Casebook
from .catalogue import EDITION, NAMES, STATES
from .office import hand_over, keep_papers
from .patrols import send_out
from .pictures import SCENES, photograph
from .plan import Plan, Progress, draw, grid_name
from .plane import stream
from .recipe import Recipe, Size
from .writing import insert, loading

CHINA = ZoneInfo("Asia/Shanghai")
DAWN = time(10, 30)
"""The time of day, in China, that a city built for a given day has reached."""


class NotEmpty(Exception):
    """The database holds a city already; ``url`` without password."""

    code = "not_empty"

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


def reached(today: date | None, now: datetime) -> datetime:
    """The instant the story has reached: half past ten on ``today``; without it ``now``, to the full ten minutes."""
    if today is not None:
        return datetime.combine(today, DAWN, CHINA)
    local = now.astimezone(CHINA)
    return local.replace(minute=local.minute - local.minute % 10, second=0, microsecond=0)


def build(
    city: Services | Database,
    *,
    components: int = 20_000,
    cases: int = 3_000,
    grids: int = 240,
    seed: int = 2026,
    today: date | None = None,
    progress: Progress | None = None,
    processes: int = 1,
    handbook: str = "national",
) -> Plan:
    """Fill the empty city with a demo of this size and return its plan. NotEmpty when there is something in it.

    One transaction (but for the shift's handover, which is told of what is there): a failure leaves the database as it was.
    ``progress(stage, done, total)`` is told how far it is.
    ``processes`` above 1 forks, so only a program without threads may ask for it. ``handbook`` names the one that ships
    with the program by which the city is run; HandbookError when there is none of that name.
    """
    book = Handbook.named(handbook)
    database = city.db if isinstance(city, Services) else city
    size = Size(grids, components, cases, seed, reached(today, datetime.now(CHINA)))
    tell: Progress = progress or (lambda stage, done, total: None)
    with database.read() as conn:
        if conn.execute(select(func.count()).select_from(tables.grid)).scalar():
            raise NotEmpty(database.url)
    recipe = Recipe.load()
    plan = draw(recipe, size, tell)
    with database.write() as conn:
        tell("writing", 0, 3)
        _write_city(conn, plan, handbook)
        _write_places(conn, plan)
        _write_map(conn, plan)
        tell("writing", 1, 3)
        _write_people(conn, plan, book)
        send_out(conn, plan)
        finding_index.refresh(conn)
        tell("writing", 2, 3)
        _write_components(conn, plan)
        tell("writing", 3, 3)
        _write_cases(conn, plan, book, tell, processes)
        keep_papers(conn, plan, book)
    hand_over(database, plan)
    return plan


def _write_cases(conn: Connection, plan: Plan, handbook: Handbook, tell: Progress, processes: int) -> None:
    total = plan.size.cases
    tell("cases", 0, total)
    if not total:
        return
    Editions.keep(conn, handbook, plan.size.until)
    photos = _write_photos(conn)
    book = Casebook(plan, handbook, WorkCalendar.named("china"), photos)
    done = 0
    with loading(conn, tables.case_event, total):
        for part in book.parts(processes):
            part = taken_cases(conn, part, plan.size.until)
            items = [(event, case) for events, case in part for event in events]
            items.sort(key=lambda item: (item[0].at, item[0].case_id, item[0].seq))
            append_many(conn, items)
            done += len(part)
            tell("cases", done, total)
    insert(conn, tables.case_code, ("day", "last"), sorted(book.serials.items()))


def _write_photos(conn: Connection) -> dict[tuple[str, bool], str]:
    """The drawn photographs; their SHA-256 by scene and whether it is put right."""
    found: dict[tuple[str, bool], str] = {}
    rows = []
    for scene in SCENES:
        for done in (False, True):
            content = photograph(scene, done)
            info, thumbnail = inspect(content, f"{scene}.jpg")
            found[scene, done] = info.sha256
            rows.append((info.sha256, info.mime, info.width, info.height, info.size, content, thumbnail))
    unique = {row[0]: row for row in rows}
    columns = ("sha256", "mime", "width", "height", "size", "content", "thumbnail")
    insert(conn, tables.photo, columns, unique.values())
    return found


def _shapes(plan: Plan, shapes: list[Any]) -> list[bytes]:
    """Geometries of the plane as WKB in EPSG:4490."""
    if not shapes:
        return []
    return list(shapely.to_wkb(plan.plane.to_degrees(np.array(shapes, object))))


def _multi(shape: shapely.Geometry) -> shapely.MultiPolygon:
    return shapely.MultiPolygon([p for p in shapely.get_parts(shape) if isinstance(p, shapely.Polygon)])


def _write_city(conn: Connection, plan: Plan, handbook: str) -> None:
    outline = plan.plane.to_degrees(np.array([plan.land.outline], object))[0]
    west, south, east, north = outline.bounds
    city = plan.recipe.city
    save_city(
        conn,
        City(
            name=city["name"],
            district_code=city["district_code"],
            map_crs=city["map_crs"],
            center=(city["lon"], city["lat"]),
            extent=(west, south, east, north),
            handbook=handbook,
        ),
    )
    size = plan.size
    demo = {
        "components": size.components, "cases": size.cases, "grids": size.grids, "seed": size.seed,
        "until": size.until.isoformat(),
    }  # fmt: skip
    insert(conn, tables.city, ("key", "value"), [("demo", json.dumps(demo))])


def _write_places(conn: Connection, plan: Plan) -> None:
    outlines = [
        _multi(shapely.coverage_union_all([plan.blocks[k].shape for k in a.blocks])) for a in plan.areas
    ]
    rows = zip(plan.areas, _shapes(plan, outlines), strict=True)
    with loading(conn, tables.division, len(plan.areas)):
        insert(
            conn,
            tables.division,
            ("code", "level", "name", "parent", "geom"),
            ((a.code, a.level, plan.area_names[a.code], a.parent, wkb) for a, wkb in rows),
        )
    start = (plan.size.until - timedelta(days=1200)).date().isoformat()
    grids = sorted(plan.blocks, key=lambda b: b.code)
    wkb = _shapes(plan, [b.shape for b in grids])
    columns = (
        "code",
        "name",
        "street_code",
        "community_code",
        "area_class",
        "area_m2",
        "perimeter_m",
        "valid_from",
        "geom",
    )
    with loading(conn, tables.grid, len(grids)):
        insert(
            conn,
            tables.grid,
            columns,
            (
                (b.code, grid_name(plan, b), b.street, b.community, b.area_class, round(b.shape.area, 1),
                 round(b.shape.length, 1), start, shape)
                for b, shape in zip(grids, wkb, strict=True)
            ),
        )  # fmt: skip


def _write_map(conn: Connection, plan: Plan) -> None:
    recipe, land = plan.recipe, plan.land
    stage = land.outline.buffer(400)
    lines, about = [], []
    for course, name in zip(plan.network.courses, plan.street_names, strict=True):
        for part in shapely.get_parts(shapely.intersection(course.line, stage)):
            if isinstance(part, shapely.LineString):
                lines.append(part)
                about.append((name, course.kind, recipe.carriageway(course.kind)))
    with loading(conn, tables.road, len(lines)):
        insert(
            conn,
            tables.road,
            ("id", "name", "kind", "width_m", "geom"),
            ((n, *a, wkb) for n, (a, wkb) in enumerate(zip(about, _shapes(plan, lines), strict=True), 1)),
        )
    buildings = plan.fabric.buildings
    with loading(conn, tables.building, len(buildings)):
        insert(
            conn,
            tables.building,
            ("id", "name", "kind", "floors", "geom"),
            (
                (n, name, kind, floors, wkb)
                for n, ((_, name, kind, floors), wkb) in enumerate(
                    zip(buildings, _shapes(plan, [b[0] for b in buildings]), strict=True), 1
                )
            ),
        )
    waters = [
        (p, recipe.names["river"], "river")
        for p in shapely.get_parts(shapely.intersection(land.river, stage))
    ]
    lakes = recipe.names["lakes"]
    waters += [(p, lakes[n % len(lakes)], "lake") for n, p in enumerate(plan.network.lakes)]
    if plan.network.canal:
        waters += [
            (p, recipe.names["canal"], "canal")
            for p in shapely.get_parts(
                shapely.difference(shapely.intersection(plan.network.canal, stage), land.river)
            )
        ]
    for table, items in ((tables.water, waters), (tables.green, plan.fabric.greens)):
        rows = zip(items, _shapes(plan, [i[0] for i in items]), strict=True)
        insert(
            conn,
            table,
            ("id", "name", "kind", "geom"),
            [(n, name, kind, wkb) for n, ((_, name, kind), wkb) in enumerate(rows, 1)],
        )


def _write_people(conn: Connection, plan: Plan, handbook: Handbook) -> None:
    units, people = plan.population.units, plan.population.people
    areas = {u.code: _multi(u.drawn or u.area) for u in units if u.area is not None}
    wkb = dict(zip(areas, _shapes(plan, list(areas.values())), strict=True))
    columns = (
        "code", "name", "short_name", "kind", "level", "parent", "head", "telephone", "active", "division", "geom",
    )  # fmt: skip
    insert(
        conn,
        tables.unit,
        columns,
        [
            (
                u.code, u.name, u.short, u.kind, u.level, u.parent, u.head, u.telephone, True, u.division,
                wkb.get(u.code),
            )
            for u in units
        ],
    )  # fmt: skip
    insert(
        conn,
        tables.unit_duty,
        ("unit_code", "kind", "class_prefix"),
        [(u.code, *d) for u in units for d in u.duties],
    )
    insert(
        conn,
        tables.person,
        ("id", "name", "unit_code", "telephone", "active", "certified_until", "stopped"),
        [
            (p.id, p.name, p.unit, p.telephone, True, _day_after(plan, p.certified_days), False)
            for p in people
        ],
    )
    since = format_instant(plan.size.until - timedelta(days=200))
    keeper = plan.population.holders("admin")[0].id
    insert(
        conn,
        tables.unit_contact,
        ("unit_code", "role", "since", "name", "telephone", "changed_by"),
        [(u.code, role, since, name, phone, keeper) for u in units for role, name, phone in u.contacts],
    )
    # A post that the handbook has not is nobody's there.
    held = [(p.id, post) for p in people for post in p.posts if post in handbook.posts]
    insert(conn, tables.person_post, ("person_id", "post"), held)
    insert(
        conn, tables.collector_grid, ("person_id", "grid_code"), [(p.id, g) for p in people for g in p.grids]
    )


def _day_after(plan: Plan, days: int | None) -> str | None:
    return None if days is None else (plan.size.until.date() + timedelta(days=days)).isoformat()


def _write_components(conn: Connection, plan: Plan) -> None:
    placed = plan.components
    count = len(placed.kind)
    columns = (
        "id", "code", "class_edition", "class_code", "name", "dept_code", "owner_code", "maintainer_code", "grid_code",
        "state", "valid_from", "changed_at", "source", "note", "attributes", "geom",
    )  # fmt: skip
    with loading(conn, tables.component, count):
        insert(conn, tables.component, columns, _component_rows(plan, count))


def _component_rows(plan: Plan, count: int) -> Iterator[tuple[Any, ...]]:
    placed, blocks = plan.components, plan.blocks
    rng = stream(plan.size.seed, "dates")
    today = plan.size.until.date()
    days = [(today - timedelta(days=n)).isoformat() for n in range(3600)]
    started = rng.integers(400, 3600, count)
    changed = np.where(rng.random(count) < 0.2, rng.integers(5, 400, count), started)
    # What only fell to the street's office, as no unit has the duty for its class, has no unit in charge in the register.
    bare = {u.code for u in plan.population.units if u.kind == "street"}
    parents = {
        u.code: u.parent if u.level == "unit" and u.kind == "department" else u.code
        for u in plan.population.units
    }
    sources = ("实测", "实测", "实测", "地形图")
    step = 50_000
    for first in range(0, count, step):
        last = min(count, first + step)
        wkb = shapely.to_wkb(shapely.points(plan.plane.degrees(placed.xy[first:last])))
        for n in range(first, last):
            class_code = placed.codes[int(placed.kind[n])]
            unit = plan.component_units[n]
            dept, unit = ("", "") if unit in bare else (parents[unit], unit)
            yield (
                n + 1, plan.component_codes[n], EDITION, class_code, NAMES[class_code], dept, unit, unit,
                blocks[int(placed.block[n])].code, STATES[int(plan.component_states[n])][0], days[int(started[n])],
                days[int(changed[n])], sources[n % 4], "", "{}", wkb[n - first],
            )  # fmt: skip
