"""What an evidence file says of a case: the sheet for reading (PDF), and plain fields for an enforcing body's system."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ...store.log import StoredEvent
from ...workflow.case import Case, ClockRun
from ...workflow.event import format_instant
from .paper import LOCAL, Paper, local_time, words

if TYPE_CHECKING:
    from ..services import Services

DATA_FORMAT = "case-transfer/1"


class EvidenceSheet:
    """One case's. ``proof`` is what :func:`..audit.case_proof.make` gives."""

    def __init__(
        self,
        services: Services,
        case: Case,
        events: Sequence[StoredEvent],
        proof: Mapping[str, Any],
        made_at: datetime,
    ) -> None:
        self._case, self._events, self._proof, self._made_at = case, events, proof, made_at
        self._city = services.city.name
        self._handbook = services.handbook_of(case)
        self._units = {unit.code: unit.name for unit in services.units.all()}
        self._days = {one["seq"]: one["day"] for one in proof["events"]}

    # ---- as data -------------------------------------------------------------------------------------------------

    def data(self, names: Mapping[str, str]) -> dict[str, Any]:
        """The fields of docs/log-format.md; ``names`` are the files of the photographs by their SHA-256."""
        case, label = self._case, self._handbook.label
        condition = self._handbook.condition(case.condition)
        return {
            "format": DATA_FORMAT,
            "city": self._city,
            "made_at": format_instant(self._made_at),
            "case": {
                "id": case.id,
                "code": case.code,
                "state": {"code": case.state.value, "name": label("states", case.state)},
                "kind": {"code": case.kind, "name": label("kinds", case.kind)},
                "class": {"edition": case.class_edition, "code": case.class_code, "name": case.class_name},
                "source": {"code": case.source, "name": label("sources", case.source)},
                "description": case.description,
                "condition": condition.text if condition else "",
                "closing_standard": case.closing_standard,
                "unit": self._unit(case.lead.unit) if case.lead else None,
                "reported_at": _instant(case.reported_at),
                "filed_at": _instant(case.filed_at),
                "closed_at": _instant(case.closed_at),
            },
            "place": {
                "crs": "EPSG:4490",
                "lon": case.lon,
                "lat": case.lat,
                "address": case.address,
                "grid": case.grid,
                "component": case.component,
            },
            "photos": [
                {
                    "sha256": photo.sha256,
                    "file": names[photo.sha256],
                    "role": photo.role,
                    "at": format_instant(photo.at),
                    "by": photo.by,
                }
                for photo in case.photos
            ],
            "events": [
                {
                    "seq": stored.event.seq,
                    "at": format_instant(stored.event.at),
                    "what": {"code": stored.event.kind, "name": label("arrows", stored.event.kind)},
                    "state": {"code": stored.event.to, "name": label("states", stored.event.to)},
                    "person": {"id": stored.event.actor, "name": stored.event.actor_name},
                    "post": {"code": stored.event.post, "name": label("posts", stored.event.post)},
                    "unit": self._unit(stored.event.unit),
                    "hash": stored.hash,
                    "sealed": self._days.get(stored.event.seq, ""),
                }
                for stored in self._events
            ],
        }

    def _unit(self, code: str) -> dict[str, str] | None:
        return {"code": code, "name": self._units.get(code, code)} if code else None

    # ---- for reading ---------------------------------------------------------------------------------------------

    def pdf(self, photos: Mapping[str, bytes], place: bytes, files: Mapping[str, str]) -> bytes:
        """The sheet. ``photos`` by their SHA-256, ``place`` a picture of the map, ``files`` the SHA-256 of each."""
        told = words()["evidence"]
        paper = Paper(f"{told['title']}　{self._case.code}", self._city, self._made_at)
        paper.heading(told["case"])
        paper.values(self._values())
        if place:
            paper.heading(told["place"])
            paper.picture(place, told["place_note"].format(position=self._position()), 0.32)
        self._timeline(paper)
        if self._case.clocks:
            paper.heading(told["clocks"])
            columns = {"clock": 2.0, "limit": 1.6, "started": 2.6, "due": 2.6, "stopped": 2.6, "paused": 1.6}
            paper.table(_columns(columns), [self._clock(run) for run in self._case.clocks])
        if self._case.photos:
            paper.heading(told["photos"])
        for number, photo in enumerate(self._case.photos, 1):
            caption = told["photo"].format(
                number=number,
                role=told["roles"].get(photo.role, photo.role),
                at=local_time(photo.at),
                sha256=photo.sha256,
            )
            paper.picture(photos[photo.sha256], caption)
        self._seals(paper)
        paper.heading(told["manifest"])
        paper.table(
            _columns({"file": 4.4, "digest": 7.6}), [(_short(name), sha) for name, sha in files.items()]
        )
        paper.line(told["chain"].format(count=len(self._events)), quiet=True)
        return paper.pdf()

    def _timeline(self, paper: Paper) -> None:
        paper.heading(words()["evidence"]["sheet"])
        label = self._handbook.label
        paper.table(
            _columns({"seq": 0.7, "at": 2.5, "what": 2.2, "who": 1.5, "post": 2.3, "office": 3.6}),
            [
                (
                    str(stored.event.seq),
                    stored.event.at.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M:%S"),
                    label("arrows", stored.event.kind),
                    stored.event.actor_name,
                    label("posts", stored.event.post),
                    self._units.get(stored.event.unit, stored.event.unit),
                )
                for stored in self._events
            ],
        )

    def _seals(self, paper: Paper) -> None:
        told = words()["evidence"]
        open_ = told["unsealed"]
        paper.heading(told["hashes"])
        paper.table(
            _columns({"seq": 0.7, "hash": 7.6, "sealed": 2.2}),
            [
                (str(stored.event.seq), stored.hash, self._days.get(stored.event.seq, open_))
                for stored in self._events
            ],
        )
        if not self._proof["seals"]:
            return
        paper.heading(told["seals"])
        keys = {key["key_id"]: key["public"] for key in self._proof["keys"]}
        for seal in self._proof["seals"]:
            paper.values(
                [
                    (told["day"], seal["day"]),
                    (told["covers"], told["covers_text"].format(**seal)),
                    (told["root"], seal["root"]),
                    (told["signature"], seal["signature"]),
                    (told["key"], keys.get(seal["key_id"], seal["key_id"])),
                ]
            )
            paper.gap()
        paper.line(told["proof"], quiet=True)

    def _values(self) -> list[tuple[str, str]]:
        case, handbook, told = self._case, self._handbook, words()["evidence"]
        condition = handbook.condition(case.condition)
        return [
            (told["code"], case.code),
            (told["kind"], f"{handbook.label('kinds', case.kind)}　{case.class_code} {case.class_name}"),
            (told["state"], handbook.label("states", case.state)),
            (told["source"], handbook.label("sources", case.source)),
            (told["description"], case.description),
            (told["address"], case.address),
            (told["position"], self._position()),
            (told["grid"], case.grid),
            (told["component"], case.component),
            (told["condition"], condition.text if condition else ""),
            (told["closing_standard"], case.closing_standard),
            (told["unit"], self._units.get(case.lead.unit, case.lead.unit) if case.lead else ""),
        ]

    def _position(self) -> str:
        case = self._case
        return "" if case.lon is None or case.lat is None else f"{case.lon:.6f}, {case.lat:.6f}"

    def _clock(self, run: ClockRun) -> tuple[str, ...]:
        return (
            self._handbook.label("clocks", run.name),
            f"{run.amount:g} {self._handbook.label('units', run.unit)}",
            local_time(run.started_at),
            local_time(run.due_at),
            local_time(run.stopped_at),
            str(len(run.pauses)),
        )


def _columns(shares: Mapping[str, float]) -> list[tuple[str, float]]:
    told = words()["evidence"]
    return [(told[key], share) for key, share in shares.items()]


def _instant(at: datetime | None) -> str | None:
    return None if at is None else format_instant(at)


def _short(name: str) -> str:
    """A photograph's file is named by its digest, which stands beside it anyway."""
    folder, _, file = name.rpartition("/")
    return f"{folder}/{file[:12]}….{file.rpartition('.')[2]}" if folder else name
