"""The proof that the events of one case lie under the centre's seals: made out of a city, checked without one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...store import raw
from ...store.audit import CANNOT_REPLAY
from ...store.log import StoredEvent
from ...workflow.event import format_instant
from . import merkle
from .sealing_keys import KEY_COLUMNS, Key, keys_of, trusted
from .seals import SEAL_COLUMNS, Leaf, Seal, seals_of, unpacked

if TYPE_CHECKING:
    from sqlalchemy import Connection

FORMAT = "case-proof/1"
Problem = tuple[str, str]


def make(conn: Connection, events: Sequence[StoredEvent]) -> dict[str, Any]:
    """Keys, the seals that the events lie under, and of each event its place and its path to the seal's root.

    Events that are not sealed yet have none, and those neither whose seal cannot be read any more.
    """
    seals = seals_of(conn)
    used: dict[str, Seal] = {}
    proved: list[dict[str, Any]] = []
    trees: dict[str, list[bytes]] = {}
    for stored in events:
        seal = next((one for one in seals if one.first_log <= stored.log_id <= one.last_log), None)
        if seal is None:
            continue
        found = _path(conn, seal, stored, trees)
        if found is None:
            continue
        used[seal.day] = seal
        index, steps = found
        proved.append(
            {
                "seq": stored.event.seq,
                "log_id": stored.log_id,
                "day": seal.day,
                "index": index,
                "path": [step.hex() for step in steps],
            }
        )
    return {
        "format": FORMAT,
        "keys": [{name: getattr(key, name) for name in KEY_COLUMNS} for key in keys_of(conn)],
        "seals": [{name: getattr(seal, name) for name in SEAL_COLUMNS} for seal in used.values()],
        "events": proved,
    }


def _path(
    conn: Connection, seal: Seal, stored: StoredEvent, trees: dict[str, list[bytes]]
) -> tuple[int, list[bytes]] | None:
    """Place and path of an event: inside its part, then from the part to the root."""
    row = raw.first(
        conn,
        "SELECT part, content FROM seal_part WHERE day = ? AND last_log >= ? ORDER BY part LIMIT 1",
        (seal.day, stored.log_id),
    )
    if row is None:
        return None
    try:
        if seal.day not in trees:
            statement = "SELECT root FROM seal_part WHERE day = ? ORDER BY part"
            trees[seal.day] = [bytes.fromhex(one[0]) for one in raw.all_rows(conn, statement, (seal.day,))]
        leaves = unpacked(bytes(row[1]))
        index = next(n for n, leaf in enumerate(leaves) if leaf.log_id == stored.log_id)
    except (ValueError, TypeError, StopIteration):
        return None
    inside = merkle.path([leaf.digest for leaf in leaves], index)
    return row[0] * merkle.PART + index, inside + merkle.path(trees[seal.day], row[0])


def check(
    content: bytes, events: Mapping[int, StoredEvent], publics: frozenset[str] = frozenset()
) -> list[Problem]:
    """What is wrong with a proof: proof (of which event), seal_signature and seal_key (of which day)."""
    out: list[Problem] = []
    try:
        told = json.loads(content)
        good, _ = trusted([Key(**key) for key in told["keys"]], publics)
        seals = {seal["day"]: Seal(**seal) for seal in told["seals"]}
        for day, seal in sorted(seals.items()):
            key = good.get(seal.key_id)
            if key is None:
                out.append(("seal_key", day))
            elif not key.signed(seal.statement, seal.signature):
                out.append(("seal_signature", day))
        for one in told["events"]:
            stored, under = events.get(one["seq"]), seals.get(one["day"])
            if stored is None or under is None or not _leads(one, stored, under):
                out.append(("proof", str(one["seq"])))
    except CANNOT_REPLAY as error:
        return [("proof", repr(error))]
    return out


def _leads(one: Mapping[str, Any], stored: StoredEvent, seal: Seal) -> bool:
    event = stored.event
    leaf = Leaf(one["log_id"], event.case_id, event.seq, format_instant(event.at), stored.hash)
    steps = [bytes.fromhex(step) for step in one["path"]]
    root = merkle.root_from_path(leaf.digest, one["index"], seal.events, steps)
    return root is not None and root.hex() == seal.root
