"""What every kind of import shares: its context, and the loop that turns records into rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, func, select

from ..services.city import load_city
from ..store.tables import city
from . import geometry as geo
from .errors import ImportRefused, RowRefused
from .mapping import Mapping as FieldMapping
from .mapping import Rule, Target
from .report import Report
from .source import Record, Source
from .values import instant_of, number_of


@dataclass(slots=True)
class Job:
    """One file being brought in, inside one transaction. ``now`` is the instant of the import."""

    conn: Connection
    source: Source
    mapping: FieldMapping
    rules: Mapping[str, Rule]
    report: Report
    now: datetime
    options: Mapping[str, Any]

    def city(self, key: str) -> str:
        """A fact of the city, "" when it has none."""
        return str(self.conn.execute(select(city.c.value).where(city.c.key == key)).scalar() or "")

    def district(self) -> str:
        """The city's district code of six digits."""
        code = self.city("district_code")
        if len(code) != 6 or not code.isdigit():
            raise ImportRefused("bad_district")
        return code

    def map_crs(self) -> str:
        """The system for lengths and areas."""
        return load_city(self.conn).map_crs

    def today(self) -> str:
        """The day of the import as the tables spell days."""
        return self.now.date().isoformat()


@dataclass(slots=True)
class Reading:
    """A record with its values as texts by target."""

    job: Job
    record: Record
    texts: dict[str, str]

    def number(self, name: str) -> float | None:
        """A number, None where there is none."""
        return number_of(self.texts.get(name, ""), self._field(name))

    def instant(self, name: str) -> datetime | None:
        """An instant, None where there is none."""
        mapping = self.job.mapping
        text = self.texts.get(name, "")
        return instant_of(text, mapping.tzinfo(), mapping.dates, mapping.no_date, self._field(name))

    def day(self, name: str) -> str:
        """A date as YYYY-MM-DD in the mapping's zone; "" where there is none."""
        at = self.instant(name)
        return "" if at is None else at.astimezone(self.job.mapping.tzinfo()).date().isoformat()

    def _field(self, name: str) -> str:
        rule = self.job.rules.get(name)
        return rule.field if rule is not None and rule.field else name


def extent(source: Source) -> tuple[float, float, float, float]:
    """The extent of the file's sound geometries in degrees (west, south, east, north); ImportRefused when it has none."""
    found: list[tuple[float, float, float, float]] = []
    for geometry in source.geometry:
        try:
            found.append(geo.check(geometry, "ANY").bounds)
        except RowRefused:
            continue
    if not found:
        raise ImportRefused("empty", path=source.path)
    west, south, east, north = zip(*found, strict=True)
    return min(west), min(south), max(east), max(north)


def each(
    job: Job, targets: tuple[Target, ...], wanted: str, take: Callable[[Reading, BaseGeometry | None], None]
) -> None:
    """Call ``take`` for every record that is sound so far; what raises RowRefused goes to the report and the loop goes on.

    ``wanted`` is the kind of geometry, "" for none needed.
    """
    by_name = {target.name: target for target in targets}
    for record in job.source.records():
        job.report.read += 1
        try:
            if record.problem is not None:
                raise record.problem
            texts = {name: rule.read(record.values) for name, rule in job.rules.items()}
            for name, text in texts.items():
                _accept(by_name[name], job.rules[name], text)
            geometry = geo.check(record.geometry, wanted) if wanted else record.geometry
            take(Reading(job, record, texts), geometry)
        except RowRefused as error:
            job.report.refuse(record.row, error)


def _accept(target: Target, rule: Rule, text: str) -> None:
    name = rule.field or target.name
    if target.required and not text:
        raise RowRefused("missing", name)
    if len(text) > target.longest:
        raise RowRefused("too_long", name, text, most=target.longest)
    if text and target.allowed and text not in target.allowed:
        raise RowRefused("not_allowed", name, text, allowed=", ".join(sorted(target.allowed)))


def next_id(conn: Connection, table: Any) -> int:
    """The first free integer key of a table."""
    return int(conn.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()) + 1
