"""Whether what a command names exists: units, people, photographs, another case. The pure domain cannot know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from ..store.tables import cases, person, person_post, photo, unit
from ..workflow.event import Refusal

_UNITS = ("unit", "suggested_unit")
_TO_COLLECTOR = frozenset({"send_check", "send_verify"})


def missing_reference(conn: Connection, name: str, data: Mapping[str, Any]) -> Refusal | None:
    """The refusal for the first thing that the command ``name`` names and that is not there; None when all is."""
    units = {str(data[key]) for key in _UNITS if data.get(key)} | set(data.get("cooperating") or ())
    if units:
        known = set(conn.scalars(select(unit.c.code).where(unit.c.code.in_(units), unit.c.active)))
        if missing := sorted(units - known):
            return Refusal("unit_unknown", {"units": missing})
    if name in _TO_COLLECTOR and data.get("to"):
        query = (
            select(person.c.id)
            .join(person_post)
            .where(person.c.id == data["to"], person.c.active, person_post.c.post == "collector")
        )
        if conn.scalar(query) is None:
            return Refusal("collector_unknown", {"to": data["to"]})
    hashes = {str(item["sha256"]) for item in data.get("photos") or ()}
    if hashes:
        stored = set(conn.scalars(select(photo.c.sha256).where(photo.c.sha256.in_(hashes))))
        if hashes - stored:
            return Refusal("photo_unknown", {"count": len(hashes - stored)})
    if name == "merge" and data.get("into"):
        state = conn.scalar(select(cases.c.state).where(cases.c.id == data["into"]))
        if state is None or state in ("merged", "void", "rejected"):
            return Refusal("into_unknown", {"into": data["into"]})
    return None
