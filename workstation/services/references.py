"""Whether what a command names exists: units, people, photographs, another case. The pure domain cannot know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from ..store import raw
from ..workflow.event import Refusal

_UNITS = ("unit", "suggested_unit")
_TO_COLLECTOR = frozenset({"send_check", "send_verify"})
# Asked with every command that names one, so written out: see workstation.store.raw.
_UNIT = "SELECT 1 FROM unit WHERE code = ? AND active"
_COLLECTOR = (
    "SELECT 1 FROM person AS p JOIN person_post AS h ON h.person_id = p.id"
    " WHERE p.id = ? AND p.active AND h.post = 'collector'"
)
_PHOTO = "SELECT 1 FROM photo WHERE sha256 = ?"
_INTO = "SELECT 1 FROM cases WHERE id = ? AND state NOT IN ('merged', 'void', 'rejected')"


def missing_reference(conn: Connection, name: str, data: Mapping[str, Any]) -> Refusal | None:
    """The refusal for the first thing that the command ``name`` names and that is not there; None when all is."""
    units = {str(data[key]) for key in _UNITS if data.get(key)} | set(data.get("cooperating") or ())
    missing = sorted(code for code in units if not _found(conn, _UNIT, code))
    if missing:
        return Refusal("unit_unknown", {"units": missing})
    if name in _TO_COLLECTOR and data.get("to") and not _found(conn, _COLLECTOR, data["to"]):
        return Refusal("collector_unknown", {"to": data["to"]})
    hashes = {str(item["sha256"]) for item in data.get("photos") or ()}
    absent = sum(not _found(conn, _PHOTO, digest) for digest in hashes)
    if absent:
        return Refusal("photo_unknown", {"count": absent})
    if name == "merge" and data.get("into") and not _found(conn, _INTO, data["into"]):
        return Refusal("into_unknown", {"into": data["into"]})
    return None


def _found(conn: Connection, statement: str, key: str) -> bool:
    return raw.first(conn, statement, (key,)) is not None
