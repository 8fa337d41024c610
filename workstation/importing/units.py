"""Units and their areas of responsibility; street offices and communities are divisions of the city at the same time."""

from __future__ import annotations

import re
from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, insert, select

from ..store import changes
from ..store.tables import division, person, person_post, unit
from . import areas, writer
from .base import Job, Reading, each
from .errors import ImportRefused, RowRefused
from .geometry import check
from .mapping import Target

KINDS = frozenset(("centre", "district", "department", "street", "community", "enterprise", "crew"))
LEVELS = frozenset(("city", "district", "street", "community", "unit"))
TARGETS = (
    Target(
        "name",
        required=True,
        guesses=("unitname", "deptname", "名称", "单位名称", "部门名称", "label"),
        longest=100,
    ),
    Target("code", guesses=("unitcode", "deptcode", "代码", "编码", "单位编码", "部门代码"), longest=40),
    Target("short_name", guesses=("shortname", "简称"), longest=40),
    Target("kind", guesses=("类别",), allowed=KINDS),
    Target("level", guesses=("层级",), allowed=LEVELS),
    Target("parent", guesses=("上级", "parent_id", "parentcode"), longest=40),
    Target("head", guesses=("leader", "负责人"), longest=60),
    Target("telephone", guesses=("phone", "tel", "电话"), longest=40),
)
_DIGITS = {"street": 9, "community": 12}
_MOST = 999


def run(job: Job) -> None:
    """Bring units in. With ``[units] level = "street"`` (or community) each also makes a division of that level."""
    levels = {
        "kind": job.mapping.units.get("kind", "department"),
        "level": job.mapping.units.get("level", "unit"),
    }
    for name, allowed in (("kind", KINDS), ("level", LEVELS)):
        if levels[name] not in allowed:
            raise ImportRefused(
                "mapping_value",
                path=job.mapping.path,
                key=f"units.{name}",
                detail=f"must be one of {sorted(allowed)}",
            )
    divisions = levels["level"] in _DIGITS
    rows: list[writer.Row] = []
    seen: dict[str, int] = {}
    known = {
        (row.name, row.level): row.code
        for row in job.conn.execute(select(unit.c.name, unit.c.level, unit.c.code).order_by(unit.c.code))
    }
    numbers = Numbers(job, str(levels["level"])) if divisions else None

    def take(reading: Reading, geometry: BaseGeometry | None) -> None:
        texts = reading.texts
        area = None if reading.record.geometry is None else check(reading.record.geometry, "MULTIPOLYGON")
        code = texts.get("code") or known.get((texts["name"], texts.get("level") or levels["level"]), "")
        if not code:
            code = numbers.make(area) if numbers is not None else _code_from(texts["name"])
        if code in seen:
            raise RowRefused("key_twice", "code", code, first=seen[code])
        if divisions and not re.fullmatch(rf"\d{{{_DIGITS[levels['level']]}}}", code):
            raise RowRefused("bad_code", "code", code, code=code, digits=_DIGITS[levels["level"]])
        seen[code] = reading.record.row
        columns: dict[str, Any] = {
            "name": texts["name"],
            "short_name": texts.get("short_name") or texts["name"],
            "kind": texts.get("kind") or levels["kind"],
            "level": texts.get("level") or levels["level"],
            "parent": texts.get("parent") or (code[:-3] if divisions else ""),
            "head": texts.get("head", ""),
            "telephone": texts.get("telephone", ""),
            "active": True,
            "division": code if divisions else "",
        }
        rows.append(writer.Row(reading.record.row, code, columns, {"geom": area}))

    each(job, TARGETS, "", take)
    before = writer.stored(job.conn, unit, "", key="code")
    done = writer.upsert(job.conn, unit, rows, before, key="code")
    job.report.new, job.report.changed, job.report.unchanged = done.new, done.changed, done.unchanged
    for row in rows:
        if row.key not in before:
            receiver(job.conn, row.key, str(row.columns["short_name"]))
    if divisions:
        shapes = [
            writer.Row(
                r.row,
                r.key,
                {"level": levels["level"], "name": r.columns["name"], "parent": r.key[:-3]},
                r.geometry,
            )
            for r in rows
        ]
        writer.upsert(
            job.conn, division, shapes, writer.stored(job.conn, division, "", key="code"), key="code"
        )
    changes.record(job.conn, "unit", done.keys, job.now)


class Numbers:
    """Codes of divisions that have none: the parent's code by place, and a running number in it."""

    def __init__(self, job: Job, level: str) -> None:
        self._district = job.district()
        self._digits = _DIGITS[level]
        self._last: dict[str, int] = {}
        for code in job.conn.execute(select(division.c.code)).scalars():
            if len(code) == self._digits:
                self._count(code)
        self._parents = areas.divisions(job.conn, "street")

    def _count(self, code: str) -> None:
        self._last[code[:-3]] = max(self._last.get(code[:-3], 0), int(code[-3:]))

    def make(self, area: BaseGeometry | None) -> str:
        """The next code in the division that holds the area; a community outside of all street offices is refused."""
        if area is None:
            raise RowRefused("no_geometry", "geometry")
        parent = self._district
        if self._digits == _DIGITS["community"]:
            point = area.representative_point()
            parent = self._parents.at(point)
            if not parent:
                raise RowRefused("no_parent", "geometry", f"{point.x:.6f}, {point.y:.6f}")
        number = self._last.get(parent, 0) + 1
        if number > _MOST:
            raise ImportRefused("too_many", what="a division", where=parent, most=_MOST)
        self._last[parent] = number
        return f"{parent}{number:03}"


def receiver(conn: Connection, code: str, name: str) -> None:
    """Give a new unit the person who receives its cases: without one nothing sent to it could ever be taken."""
    for post, word in (("receiver", "受理员"), ("unit_leader", "负责人")):
        conn.execute(
            insert(person).values(
                id=f"{code}-{post}", name=f"{name}{word}", unit_code=code, telephone="", active=True
            )
        )
        conn.execute(insert(person_post).values(person_id=f"{code}-{post}", post=post))


def _code_from(name: str) -> str:
    """A code for a unit that has none: its name without blanks and signs, in capitals."""
    return re.sub(r"[\W_]+", "", name).upper()[:40]


class Units:
    """Units by code, name or short name, and made on the way where the mapping allows it."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._create = bool(job.mapping.units.get("create", False))
        self._names = {str(k): str(v) for k, v in dict(job.mapping.units.get("names", {})).items()}
        self._codes: dict[str, str] = {}
        for row in job.conn.execute(select(unit.c.code, unit.c.name, unit.c.short_name)):
            for text in (row.short_name, row.name, row.code):
                self._codes[text] = row.code

    def code(self, text: str, row: int, field: str) -> str:
        """The code of the unit called ``text``; "" for "". RowRefused unknown_unit, unless units are made."""
        if not text:
            return ""
        known = self._codes.get(text)
        if known is not None:
            return known
        if not self._create:
            raise RowRefused("unknown_unit", field, text)
        code = _code_from(text) or text
        if code not in self._codes:
            name = self._names.get(text, text)
            self._job.conn.execute(
                insert(unit).values(
                    code=code,
                    name=name,
                    short_name=text,
                    kind=self._job.mapping.units.get("kind", "department"),
                    level=self._job.mapping.units.get("level", "unit"),
                    parent="",
                    head="",
                    telephone="",
                    active=True,
                )
            )
            receiver(self._job.conn, code, text)
            changes.record(self._job.conn, "unit", [code], self._job.now)
            self._job.report.warn(row, "unit_made", field, text, code=code)
        self._codes[text] = code
        self._codes[code] = code
        return code
