"""Inventoried components (部件): points, or areas whose outline is kept as the footprint."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select

from ..store import changes
from ..store.tables import component
from . import areas, writer
from .base import Job, Reading, each, next_id
from .errors import ImportRefused, RowRefused
from .mapping import Target
from .units import Units
from .values import text_of

STATES = frozenset(("intact", "damaged", "missing", "abandoned", "removed"))
_STATE_OF = {
    "完好": "intact", "破损": "damaged", "丢失": "missing", "废弃": "abandoned", "废除": "abandoned", "移除": "removed",
}  # fmt: skip
TARGETS = (
    Target(
        "class_code", required=True, guesses=("classcode", "objclass", "小类代码", "类别代码"), longest=10
    ),
    Target("class_edition", longest=40),
    Target("code", guesses=("objid", "标识码", "部件编码", "部件标识码", "glbjbsm"), longest=20),
    Target("name", guesses=("objname", "名称", "部件名称", "glbjmc"), longest=100),
    Target("dept_code", guesses=("deptcode1", "主管部门", "主管部门代码", "zgbmdm"), longest=100),
    Target("owner_code", guesses=("deptcode2", "权属单位", "权属单位代码", "qsdwdm"), longest=100),
    Target("maintainer_code", guesses=("deptcode3", "养护单位", "养护单位代码", "yhdwdm"), longest=100),
    Target("grid_code", guesses=("bgid", "bgcode", "所在单元网格", "szdywgbsm"), longest=20),
    Target("state", guesses=("objstate", "状态", "glbjzt"), longest=20),
    Target("valid_from", guesses=("ordate", "初始日期", "csrq"), longest=40),
    Target("changed_at", guesses=("chdate", "变更日期", "bgrq"), longest=40),
    Target("source", guesses=("datasource", "数据来源", "sjly"), longest=60),
    Target("note", guesses=("备注", "bz"), longest=1000),
)
_UNITS = ("dept_code", "owner_code", "maintainer_code")


def run(job: Job) -> None:
    """Bring components in: class checked against its edition, grid by place, code made where the file has none."""
    edition = str(job.options["edition"])
    classes: dict[str, str] = job.options["classes"]
    before = writer.stored(job.conn, component, job.source.name + ":")
    places = areas.places(job.source.geometry)
    homes = areas.grids(job.conn).at_all(places)
    units = Units(job)
    codes = Codes(job, {row["code"] for row in before.values()}, int(job.options["sequence"]))
    free = next_id(job.conn, component)
    used = {name for rule in job.rules.values() for name in rule.fields()}
    rows: list[writer.Row] = []

    def take(reading: Reading, geometry: BaseGeometry | None) -> None:
        nonlocal free
        assert geometry is not None
        texts = reading.texts
        class_code = texts["class_code"]
        local = texts.get("class_edition", "")
        if not local and class_code not in classes:
            raise RowRefused(
                "unknown_class",
                job.rules["class_code"].field or "class_code",
                class_code,
                code=class_code,
                kind="component",
            )
        state = _STATE_OF.get(texts.get("state", ""), texts.get("state", "")) or "intact"
        if state not in STATES:
            raise RowRefused("not_allowed", "state", state, allowed=", ".join(sorted(STATES)))
        point = places[reading.record.row - 1]
        assert point is not None
        grid_code = texts.get("grid_code") or homes[reading.record.row - 1]
        holders = {name: units.code(texts.get(name, ""), reading.record.row, name) for name in _UNITS}
        first, change = reading.day("valid_from"), reading.day("changed_at")
        old = before.get(reading.record.key)
        code = (
            codes.claim(texts["code"])
            if texts.get("code")
            else (old["code"] if old else codes.make(class_code))
        )
        number = old["id"] if old else free
        if old is None:
            free += 1
        if not grid_code:
            job.report.warn(reading.record.row, "outside", "geometry", f"{point.x:.6f}, {point.y:.6f}")
        rest = {name: text_of(value) for name, value in reading.record.values.items() if name not in used}
        columns: dict[str, Any] = {
            "id": number,
            "code": code,
            "class_edition": local or edition,
            "class_code": class_code,
            "name": texts.get("name") or classes.get(class_code, ""),
            **holders,
            "grid_code": grid_code,
            "state": state,
            "valid_from": first or job.today(),
            "changed_at": change or first or job.today(),
            "source": texts.get("source", ""),
            "note": texts.get("note", ""),
            "attributes": json.dumps(
                {k: v for k, v in rest.items() if v}, ensure_ascii=False, sort_keys=True
            ),
        }
        keep = {name for name, given in (("valid_from", first), ("changed_at", change or first)) if not given}
        footprint = None if geometry.geom_type == "Point" else geometry
        shapes = {"geom": shapely.Point(point.x, point.y), "footprint": footprint}
        rows.append(writer.Row(reading.record.row, reading.record.key, columns, shapes, frozenset(keep)))

    each(job, TARGETS, "POINT", take)
    done = writer.upsert(job.conn, component, rows, before)
    job.report.new, job.report.changed, job.report.unchanged = done.new, done.changed, done.unchanged
    changes.record(job.conn, "component", done.keys, job.now)


class Codes:
    """Component codes: district, class, and a running number of the edition's width."""

    def __init__(self, job: Job, own: set[str], sequence: int) -> None:
        self._district = job.district()
        self._sequence = sequence
        self._taken = set(job.conn.execute(select(component.c.code)).scalars())
        self._own = own
        self._used: set[str] = set()
        self._last: dict[str, int] = defaultdict(int)
        for code in self._taken:
            if code[-sequence:].isdigit():
                self._last[code[:-sequence]] = max(self._last[code[:-sequence]], int(code[-sequence:]))

    def claim(self, code: str) -> str:
        """A code that the file gives."""
        if not re.fullmatch(r"\d{16,17}", code):
            raise RowRefused("bad_code", "code", code, code=code, digits="16 or 17")
        if code in self._used or (code in self._taken and code not in self._own):
            raise RowRefused("code_taken", "code", code, code=code)
        self._used.add(code)
        return code

    def make(self, class_code: str) -> str:
        """The next free code of a class."""
        stem = f"{self._district}{class_code}"
        while True:
            number = self._last[stem] = self._last[stem] + 1
            if number >= 10**self._sequence:
                raise ImportRefused(
                    "too_many",
                    what=f"a component of class {class_code}",
                    where=f"district {self._district}",
                    most=10**self._sequence - 1,
                )
            code = f"{stem}{number:0{self._sequence}}"
            if code not in self._used and code not in self._taken:
                self._used.add(code)
                return code
