"""Cases of another system, with their recorded dates, as event logs of ours.

How such a log is made, and why it is honest:

* Every event stands at an instant that the record names. Nothing is dated by guess: where the record only tells a
  status (in progress, duplicate), the event stands at the date of the file (``as_of``) and says so.
* Every event's data has ``imported`` = {file, row}; the actor is the system, never a person.
* The events were decided elsewhere, so they do not pass ``decide``: no handbook of ours was asked, and guards (who may
  act, checked before filed, verified before closed) are not held against the past. They do pass ``apply``, which is
  what replay uses, so that replaying the log gives the stored case again.
* A class of the other system keeps its own code and name under an edition of its own (``class_edition``, for example
  ``local:dc311``): it is not forced into the national classes.
* The deadline of the record is kept as the limit that was told: the hours from dispatch to deadline, day and night.
* Importing a newer file adds the events that are new. What the log says already is never changed: where a newer
  file contradicts it, or people have worked on the case here, the report says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import func, select

from ..store import log
from ..store.tables import case_event, grid
from ..store.tables import cases as cases_table
from ..workflow.apply import apply
from ..workflow.case import TERMINAL, Case, State
from ..workflow.clock import YELLOW_SHARE
from ..workflow.event import Event, format_instant
from ..workflow.handbook import Handbook
from . import areas
from . import geometry as geo
from .base import Job, Reading, each
from .errors import RowRefused
from .mapping import Target
from .units import Units

ACTOR = "import"
ACTOR_NAME = "数据导入"

STATUSES = frozenset(
    ("reported", "registered", "filed", "dispatched", "received", "working", "fed_back", "closed", "closed_unqualified",
     "rejected", "void", "merged", "transferred")
)  # fmt: skip
TARGETS = (
    Target(
        "code",
        required=True,
        guesses=("caseid", "case_id", "servicerequestid", "案卷编号", "案件编号", "编号"),
        longest=60,
    ),
    Target(
        "reported_at",
        required=True,
        guesses=("adddate", "created_at", "requested_datetime", "上报时间", "受理时间"),
        longest=60,
    ),
    Target("status", guesses=("state", "状态"), allowed=STATUSES),
    Target("kind", allowed=frozenset(("component", "event"))),
    Target("class_code", guesses=("servicecode", "service_code", "小类代码"), longest=20),
    Target("class_name", guesses=("servicecodedescription", "service_name", "小类名称"), longest=100),
    Target("class_edition", longest=40),
    Target("source", longest=40),
    Target("description", guesses=("details", "问题描述"), longest=2000),
    Target("address", guesses=("streetaddress", "地址", "事发位置"), longest=300),
    Target("unit", guesses=("agency", "处置单位", "责任单位"), longest=100),
    Target("division", longest=12),
    Target("registered_at", guesses=("登记时间",), longest=60),
    Target("filed_at", guesses=("立案时间",), longest=60),
    Target("dispatched_at", guesses=("派遣时间",), longest=60),
    Target("on_scene_at", guesses=("到场时间",), longest=60),
    Target("fed_back_at", guesses=("处置时间", "反馈时间"), longest=60),
    Target("verified_at", guesses=("核查时间",), longest=60),
    Target("closed_at", guesses=("结案时间",), longest=60),
    Target("due_at", guesses=("处置截止时间", "expected_datetime"), longest=60),
    Target("as_of", longest=60),
    Target("note", longest=2000),
)


@dataclass(slots=True)
class Step:
    """An event to be: ``told`` is False where the record gives only a status, no instant."""

    kind: str
    to: str
    at: datetime
    data: dict[str, Any] = field(default_factory=dict)
    told: bool = True


def run(job: Job) -> None:
    """Bring the records in as cases."""
    _Importer(job).run()


class _Importer:
    def __init__(self, job: Job) -> None:
        self.job = job
        self.handbook: Handbook = job.options["handbook"]
        points = areas.places(job.source.geometry)
        self.has_grids = bool(grids := areas.grids(job.conn))
        self.grids = grids.at_all(points)
        self.area_class = {row[0]: row[1] for row in job.conn.execute(select(grid.c.code, grid.c.area_class))}
        self.units = Units(job)
        self.streets = areas.divisions(job.conn, "street").at_all(points)
        self.logs = _logs(job)
        self.taken = {
            row[1]: row[0] for row in job.conn.execute(select(cases_table.c.id, cases_table.c.code))
        }
        self.items: list[tuple[Event, Case]] = []
        self.agree = self.compared = 0

    def run(self) -> None:
        job = self.job
        each(job, TARGETS, "", self.take)
        log.append_many(job.conn, self.items)
        if self.compared:
            job.report.notes.append(
                f"the division by place agrees with the record's in {self.agree} of {self.compared}"
            )

    def take(self, reading: Reading, _geometry: BaseGeometry | None) -> None:
        code = reading.texts["code"]
        case_id = f"{_slug(self.job.source.name)}-{_slug(code)}"
        if self.taken.get(code, case_id) != case_id:
            raise RowRefused("code_taken", "code", code, code=code)
        steps = self._steps(reading)
        stored = self.logs.get(case_id, [])
        fresh = steps if not stored else self._new_steps(reading, stored, steps)
        if not fresh:
            self.job.report.unchanged += 1
            return
        case = None
        if stored:
            case = log.load_case(self.job.conn, case_id)
            self.job.report.changed += 1
        else:
            self.job.report.new += 1
        self.taken[code] = case_id
        for step in fresh:
            event = self._event(reading, case_id, case, step)
            case = apply(case, event)
            self.items.append((event, case))

    def _event(self, reading: Reading, case_id: str, case: Case | None, step: Step) -> Event:
        seq = case.seq + 1 if case is not None else 1
        clocks = _clocks(case, step)
        marks: dict[str, Any] = {"file": self.job.source.path.name, "row": reading.record.row}
        if not step.told:
            marks["as_of"] = True
        return Event(
            case_id=case_id,
            seq=seq,
            kind=step.kind,
            at=step.at,
            actor=ACTOR,
            actor_name=ACTOR_NAME,
            post="system",
            unit="",
            command_id=f"{ACTOR}:{case_id}:{seq}",
            to=step.to,
            data={**step.data, **({"clocks": clocks} if clocks else {}), "imported": marks},
        )

    # ---- what the record says --------------------------------------------------------------------------------

    def _steps(self, reading: Reading) -> list[Step]:
        texts = reading.texts
        reported = reading.instant("reported_at")
        if reported is None:
            raise RowRefused("missing", "reported_at")
        at = {
            name: reading.instant(f"{name}_at")
            for name in ("registered", "filed", "dispatched", "on_scene", "fed_back", "verified", "closed")
        }
        status = texts.get("status") or ("closed" if at["closed"] else "dispatched")
        ended = at["closed"] or self._as_of(reading)
        registered = at["registered"] or reported
        filed = at["filed"] or registered
        dispatched = at["dispatched"] or filed
        steps = [
            Step("report", "reported", reported, self._report(reading)),
            Step("register", "registered", registered),
        ]
        if status == "reported":
            return steps[:1]
        if status == "registered":
            return steps
        if status == "rejected":
            steps.append(self._end(reading, "reject", "rejected", at["closed"], ended))
            return _in_order(steps)
        unit = self.units.code(texts.get("unit", ""), reading.record.row, "unit")
        steps.append(Step("file", "filed", filed, self._file(reading, dispatched)))
        if not unit and status in ("dispatched", "received", "working", "fed_back"):
            raise RowRefused("missing", "unit")
        if unit and status != "filed":
            steps.append(
                Step(
                    "dispatch", "dispatched", dispatched, {"unit": unit, "cooperating": [], "requirement": ""}
                )
            )
        if status in ("void", "merged", "transferred"):
            kind = {"void": "void", "merged": "merge", "transferred": "transfer"}[status]
            steps.append(self._end(reading, kind, status, at["closed"], ended))
            return _in_order(steps)
        later: dict[str, str] = {}
        if status in ("received", "working", "fed_back", "closed", "closed_unqualified"):
            steps += self._disposal(reading, status, at, ended, later)
        if later and steps:
            steps[-1].data["later"] = later
        return _in_order(steps)

    @staticmethod
    def _as_of(reading: Reading) -> datetime | None:
        """The last instant of which the file can speak: of a day without an hour, its end."""
        at = reading.instant("as_of")
        if at is not None and ":" not in reading.texts["as_of"]:
            at += timedelta(days=1) - timedelta(microseconds=1)
        return at

    def _disposal(
        self,
        reading: Reading,
        status: str,
        at: dict[str, datetime | None],
        ended: datetime | None,
        later: dict[str, str],
    ) -> Iterator[Step]:
        closed, done, scene, verified = (
            at["closed"],
            at["fed_back"] or at["closed"],
            at["on_scene"],
            at["verified"],
        )
        if closed is not None:
            for name, moment in (("on_scene_at", scene), ("verified_at", verified)):
                if moment is not None and moment > closed:
                    # The record's own dates contradict each other: the date is kept as it stands, no event is made of it.
                    later[name] = moment.isoformat()
                    self.job.report.warn(
                        reading.record.row,
                        "dates_order",
                        name,
                        moment.isoformat(),
                        later="closed_at",
                        earlier=name,
                    )
            scene = None if scene is not None and scene > (done or closed) else scene
        if scene is not None:
            yield Step("receive", "received", scene)
            yield Step("on_scene", "working", scene, {"note": ""})
        elif status in ("received", "working"):
            if ended is None:
                raise RowRefused("no_moment", "status", status, status=status)
            yield Step("receive", "received", ended, told=False)
            if status == "working":
                yield Step("on_scene", "working", ended, {"note": ""}, told=False)
        if status in ("received", "working"):
            return
        note = reading.texts.get("note", "")
        if done is None:
            if ended is None:
                raise RowRefused("no_moment", "status", status, status=status)
            done = ended
        yield Step(
            "feed_back",
            "fed_back",
            done,
            {"note": note, "photos": []},
            told=at["fed_back"] is not None or closed is not None,
        )
        if status == "fed_back":
            return
        close = closed or done
        if verified is not None and done <= verified <= close:
            yield Step("send_verify", "verifying", done, {"to": "", "note": ""})
            result = "pass" if status == "closed" else "fail"
            yield Step(
                "verified",
                "verifying",
                verified,
                {"result": result, "note": "", "photos": [], "overdue": False},
            )
        if status == "closed":
            yield Step("close", "closed", close, {"note": ""}, told=closed is not None)
        else:
            yield Step(
                "close_unqualified", "closed_unqualified", close, {"reason": note}, told=closed is not None
            )

    def _end(self, reading: Reading, kind: str, to: str, told: datetime | None, at: datetime | None) -> Step:
        if at is None:
            raise RowRefused("no_moment", "status", to, status=to)
        data: dict[str, Any] = {"reason": reading.texts.get("note", "")}
        if kind == "merge":
            data["into"] = ""  # the record says that it is a duplicate, not of which
        if kind == "transfer":
            data["to"] = ""
        return Step(kind, to, at, data, told=told is not None)

    def _report(self, reading: Reading) -> dict[str, Any]:
        texts, row = reading.texts, reading.record.row
        data: dict[str, Any] = {
            "code": texts["code"],
            "kind": texts.get("kind") or "event",
            "class_edition": texts.get("class_edition", ""),
            "class_code": texts.get("class_code", ""),
            "class_name": texts.get("class_name", ""),
            "source": texts.get("source") or "hotline",
            "description": texts.get("description", ""),
            "address": texts.get("address", ""),
            "grid": "",
            "area_class": "",
            "photos": [],
        }
        if reading.record.geometry is not None:
            place = geo.check(reading.record.geometry, "POINT").representative_point()
            data["lon"], data["lat"] = round(place.x, 8), round(place.y, 8)
            data["grid"] = self.grids[row - 1]
            data["area_class"] = self.area_class.get(data["grid"], "")
            if not data["grid"] and self.has_grids:
                self.job.report.warn(row, "outside", "geometry", f"{place.x:.6f}, {place.y:.6f}")
            said = texts.get("division", "")
            if said:
                found = self.streets[row - 1]
                self.compared += 1
                self.agree += found == said
                if found != said:
                    self.job.report.warn(
                        row, "division_differs", "division", said, found=found or "no division", said=said
                    )
        return data

    def _file(self, reading: Reading, dispatched: datetime) -> dict[str, Any]:
        texts = reading.texts
        data: dict[str, Any] = {
            "kind": texts.get("kind") or "event",
            "class_edition": texts.get("class_edition", ""),
            "class_code": texts.get("class_code", ""),
            "class_name": texts.get("class_name", ""),
            "condition": "",
            "closing_standard": "",
            "emergency": False,
            "limit": {"amount": 0.0, "unit": ""},
            # What goes on with the case from here on goes by the handbook in force at the import.
            "handbook": self.handbook.id,
        }
        due = reading.instant("due_at")
        if due is not None and due > dispatched:
            data["limit"] = {"amount": (due - dispatched).total_seconds() / 3600, "unit": "natural_hours"}
        elif due is not None:
            self.job.report.warn(
                reading.record.row,
                "dates_order",
                "due_at",
                due.isoformat(),
                later="due_at",
                earlier="dispatched_at",
            )
        return data

    # ---- what is there already -------------------------------------------------------------------------------

    def _new_steps(self, reading: Reading, stored: list[tuple[Event, bool]], steps: list[Step]) -> list[Step]:
        """The steps that a log has not yet; none when the record says nothing new or contradicts the log."""
        if any(not imported for _, imported in stored):
            if not _said(stored, steps):
                self.job.report.warn(reading.record.row, "worked_on", "code", reading.texts["code"])
            return []
        old = [event for event, _ in stored]
        told = [event for event in old if not event.data["imported"].get("as_of")]
        news = [step for step in steps if step.told]
        for event, step in zip(told, news, strict=False):
            if not _same(event, step):
                self.job.report.warn(
                    reading.record.row, "log_differs", "code", reading.texts["code"], detail=step.kind
                )
                return []
        if len(told) > len(news):
            self.job.report.warn(
                reading.record.row, "log_differs", "code", reading.texts["code"], detail=told[len(news)].kind
            )
            return []
        # An event at the date of an older file is said already if the log has one of its kind.
        kinds = {event.kind for event in old}
        fresh = news[len(told) :] + [step for step in steps if not step.told and step.kind not in kinds]
        if fresh and (
            old[-1].to in ("void", "merged", "transferred", "closed", "rejected") or fresh[0].at < old[-1].at
        ):
            self.job.report.warn(
                reading.record.row, "log_differs", "code", reading.texts["code"], detail=fresh[0].kind
            )
            return []
        return fresh


def _clocks(case: Case | None, step: Step) -> list[dict[str, Any]]:
    """What the event does to the disposal clock, the only one whose limit the record tells."""
    if case is None:
        return []
    if step.kind == "dispatch" and case.limit:
        hours = timedelta(hours=case.limit)
        return [
            {
                "do": "start",
                "name": "dispose",
                "amount": case.limit,
                "unit": case.limit_unit,
                "article": "",
                "due_at": format_instant(step.at + hours),
                "yellow_at": format_instant(step.at + hours * YELLOW_SHARE),
                "holder": step.data["unit"],
            }
        ]
    if step.kind == "feed_back" or State(step.to) in TERMINAL:
        return [{"do": "stop", "name": run.name} for run in case.running()]
    return []


def _said(stored: list[tuple[Event, bool]], steps: list[Step]) -> bool:
    told = [event for event, imported in stored if imported]
    return len(told) == len(steps) and all(
        event.kind == step.kind for event, step in zip(told, steps, strict=True)
    )


def _same(event: Event, step: Step) -> bool:
    """Whether an event of the log says what the record says now (the handbook in force may be another by now)."""
    old = {key: value for key, value in event.data.items() if key not in ("imported", "handbook", "clocks")}
    new = {key: value for key, value in step.data.items() if key != "handbook"}
    return event.kind == step.kind and event.at == step.at and old == json.loads(json.dumps(new))


def _in_order(steps: list[Step]) -> list[Step]:
    for before, after in pairwise(steps):
        if after.at < before.at:
            raise RowRefused(
                "dates_order", after.kind, after.at.isoformat(), later=after.kind, earlier=before.kind
            )
    return steps


def _logs(job: Job) -> dict[str, list[tuple[Event, bool]]]:
    """The logs of cases that came from this source: each event, and whether an import made it."""
    prefix = _slug(job.source.name) + "-"
    found: dict[str, list[tuple[Event, bool]]] = {}
    rows = job.conn.execute(
        select(case_event)
        .where(func.substr(case_event.c.case_id, 1, len(prefix)) == prefix)
        .order_by(case_event.c.case_id, case_event.c.seq)
    )
    for row in rows:
        event = log.stored_event(row).event
        found.setdefault(event.case_id, []).append((event, "imported" in event.data))
    return found


def _slug(text: str) -> str:
    return re.sub(r"[^\w.-]+", "_", text)[:80]
