"""One file into one city: read, map, check, write, all in one transaction; the report says what was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from ..services.city import load_city
from ..services.finding import index as finding_index
from ..services.rules.editions import Editions
from ..store.database import Database
from ..store.errors import StoreError
from ..store.tables import change_log, city
from ..workflow.handbook import Handbook, HandbookError
from ..workflow.library import data_folder
from . import base, cases, components, grids, mapping, source, streets, units
from . import city as cities
from .errors import ImportRefused
from .report import Report

_Run = Callable[[base.Job], None]

# kind: its targets, what brings it in, whether a table must have coordinates.
KINDS: dict[str, tuple[tuple[mapping.Target, ...], _Run, bool]] = {
    "streets": (streets.TARGETS, streets.run, True),
    "grids": (grids.TARGETS, grids.run, True),
    "components": (components.TARGETS, components.run, True),
    "cases": (cases.TARGETS, cases.run, False),
    "units": (units.TARGETS, units.run, False),
}

NAMED = ("city", "grid", "unit", "person")
"""Topics of the change log under which an import tells of things that are found by name; roads are told as the city's."""


@dataclass(frozen=True, slots=True)
class Founding:
    """What a city that does not exist yet is to be."""

    name: str
    district: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What to bring in, from where, and how to read it."""

    kind: str
    path: Path
    mapping: Path | None = None
    crs: str = ""
    encoding: str = ""
    from_streets: bool = False
    founding: Founding | None = None


def bring_in(database: Database, wish: Wish, now: datetime | None = None) -> list[Report]:
    """Do it. A refused row is in the report; ImportRefused or a StoreError means that nothing at all was written.

    With ``from_streets`` the file's lines become the unit grids too: two reports.
    """
    at = now or datetime.now(UTC)
    made = [_prepare("streets", wish)] if wish.kind == "streets" else []
    if wish.kind != "streets" or wish.from_streets:
        made.append(_prepare("grids" if wish.from_streets else wish.kind, wish))
    reports: list[Report] = []
    with database.write() as conn:
        before = _last_change(conn)
        _city(conn, database, wish, made[0].source, at)
        for prepared in made:
            reports.append(_run(conn, prepared, wish, at))
        if _named_since(conn, before):
            finding_index.refresh(conn)
    return reports


def _last_change(conn: Connection) -> int:
    return int(conn.execute(select(func.coalesce(func.max(change_log.c.id), 0))).scalar_one())


def _named_since(conn: Connection, number: int) -> bool:
    """Whether this import has brought in, or changed, what has a name: components and cases make units too."""
    wanted = select(change_log.c.id).where(change_log.c.id > number, change_log.c.topic.in_(NAMED)).limit(1)
    return conn.execute(wanted).first() is not None


@dataclass(slots=True)
class _Prepared:
    kind: str
    source: source.Source
    spoken: mapping.Mapping
    rules: dict[str, mapping.Rule]


def _prepare(kind: str, wish: Wish) -> _Prepared:
    targets, _, wants_geometry = KINDS[kind]
    made_of_lines = kind == "grids" and wish.from_streets
    if made_of_lines:
        targets = streets.TARGETS
    spoken = mapping.load(wish.mapping, targets) if wish.mapping else mapping.Mapping()
    read = source.read(wish.path, spoken, wish.crs, wish.encoding, wants_geometry=wants_geometry)
    rules = {} if made_of_lines else mapping.resolve(spoken, targets, read.fields, str(wish.path))
    return _Prepared(kind, read, spoken, rules)


def _city(conn: Connection, database: Database, wish: Wish, read: source.Source, now: datetime) -> None:
    named = conn.execute(
        select(func.count()).select_from(city).where(city.c.key == "district_code")
    ).scalar_one()
    if named:
        return
    if wish.founding is None:
        raise ImportRefused("no_city", url=database.url)
    cities.found(conn, wish.founding.name, wish.founding.district, base.extent(read), now)


def _run(conn: Connection, prepared: _Prepared, wish: Wish, now: datetime) -> Report:
    report = Report(file=str(prepared.source.path), kind=prepared.kind)
    options = _options(conn, prepared.kind, wish, now)
    job = base.Job(conn, prepared.source, prepared.spoken, prepared.rules, report, now, options)
    KINDS[prepared.kind][1](job)
    if prepared.kind in ("streets", "grids", "units") and prepared.source.crs:
        cities.widen(conn, base.extent(prepared.source))
    return report


def _options(conn: Connection, kind: str, wish: Wish, now: datetime) -> dict[str, Any]:
    """What a kind of import needs to know beside the file."""
    if kind not in ("components", "cases"):
        return {"from_streets": wish.from_streets}
    try:
        handbook = Handbook.load(data_folder() / "handbooks" / load_city(conn).handbook)
    except HandbookError as error:
        raise ImportRefused("no_handbook", detail=error) from None
    if kind == "cases":
        Editions.keep(conn, handbook, now)
        return {"handbook": handbook}
    classes = {item.code: item.name for item in handbook.classes if item.kind == "component"}
    return {"classes": classes, "edition": handbook.class_edition, "sequence": 6}


def open_or_create(url: str, *, create: bool) -> tuple[Database, bool]:
    """The city at ``url``, and whether it was made just now."""
    if not create:
        return Database.open(url), False
    try:
        return Database.create(url), True
    except StoreError as error:
        if error.code == "exists":
            raise ImportRefused("city_exists", url=url) from None
        raise
