"""Commands that only hold together: a merger has two halves, a division as many as there are parts.

Either all of them are done, in one transaction, or none is. Whoever sends one half by itself gets the other half done
too where it follows from the first, and is refused where it does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...store import log
from ...workflow.case import Case
from ...workflow.event import Command, Refusal

if TYPE_CHECKING:
    from sqlalchemy import Connection

TIED = frozenset({"merge", "absorb", "register_part", "split"})
"""The arrows of which none stands alone."""

_KEPT = (
    *(
        "kind",
        "class_code",
        "source",
        "description",
        "address",
        "lon",
        "lat",
        "grid",
        "area_class",
        "component",
    ),
    *("reporter", "reporter_phone", "emergency", "key_case"),
)
"""What a part of a case has from the whole unless it is said otherwise."""


def part_of(case: Case, said: dict[str, Any]) -> dict[str, Any]:
    """The fields of a part's registration: what was said of it, and of the rest what the whole says."""
    kept = {name: getattr(case, name) for name in _KEPT}
    return {
        **{name: value for name, value in kept.items() if value not in ("", None)},
        **said,
        "parent": case.id,
    }


def completed(commands: Sequence[Command], knows_absorb: bool) -> list[Command]:
    """The commands and, after them, the other half of each merger that has only one."""
    there = {(c.case_id, c.data.get("duplicate")) for c in commands if c.name == "absorb"}
    return [
        *commands,
        *(
            Command("absorb", str(c.data["into"]), f"{c.id}/absorb", {"duplicate": c.case_id})
            for c in commands
            if knows_absorb
            and c.name == "merge"
            and c.data.get("into")
            and (c.data["into"], c.case_id) not in there
        ),
    ]


def untied(
    conn: Connection, names: Sequence[str], cases: Sequence[Case], knows_absorb: bool
) -> Refusal | None:
    """Why these moves do not hold together, looked at after all of them were written; None when they do."""
    for name, case in zip(names, cases, strict=True):
        if name == "merge" and knows_absorb:
            into = log.load_case(conn, case.merged_into)
            if into is None or case.id not in into.duplicates:
                return Refusal("stands_alone", {"arrow": name})
        elif name == "absorb":
            merged = log.load_case(conn, case.duplicates[-1])
            if merged is None or merged.merged_into != case.id:
                return Refusal("stands_alone", {"arrow": name})
        elif name == "register_part":
            whole = log.load_case(conn, case.parent)
            if whole is None or case.id not in whole.children:
                return Refusal("stands_alone", {"arrow": name})
        elif name == "split":
            parts = [log.load_case(conn, part) for part in case.children]
            if any(part is None or part.parent != case.id for part in parts):
                return Refusal("stands_alone", {"arrow": name})
    return None
