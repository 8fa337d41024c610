"""What is said and what is recorded: actors, commands, events, refusals, and the hash that chains a case's events.

One command makes exactly one event, so that a command sent twice (same id) can be done once, and the event's
``(case_id, seq)`` decides between two people who act at the same time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

GENESIS = "0" * 64
"""The previous hash of a case's first event."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and as what: a person holds several posts but acts under one at a time."""

    person: str
    name: str
    post: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """A wish to move a case along one arrow of the handbook's flow.

    ``id`` is made by the sender and unique for ever. ``expected_seq`` is the last event the sender saw; where
    given and no longer true, the store reports a conflict instead of deciding on a case nobody looked at.
    """

    name: str
    case_id: str
    id: str
    # It may name somebody: what is printed of a command for a log does not.
    data: Mapping[str, Any] = field(default_factory=dict, repr=False)
    expected_seq: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a case. Never changed, never deleted.

    ``kind`` is the name of the arrow taken, ``to`` the state the case is in afterwards, ``at`` aware UTC,
    ``data`` plain JSON.
    """

    case_id: str
    seq: int
    kind: str
    at: datetime
    actor: str
    actor_name: str
    post: str
    unit: str
    command_id: str
    to: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a command is not possible. ``code`` is stable; the interface makes the sentence out of it and ``data``."""

    code: str
    data: Mapping[str, Any] = field(default_factory=dict)


# Made once: making an encoder costs as much as a small event.
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical_json(value: Any) -> str:
    """The one spelling of a JSON value that is hashed and stored: sorted keys, no blanks, UTF-8 as it is."""
    return _CANONICAL.encode(value)


def format_instant(at: datetime) -> str:
    """An aware instant as UTC text with microseconds and Z: fixed width, so that text order is time order."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return _utc_text(at if at.tzinfo is UTC else at.astimezone(UTC))


# The instants of a case are written again with each of its events. Only of UTC: there equal instants have one text.
@lru_cache(maxsize=4096)
def _utc_text(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")[:-6] + "Z"


def parse_instant(text: str) -> datetime:
    """The instant that :func:`format_instant` wrote."""
    return datetime.fromisoformat(text)


def event_hash(previous: str, event: Event, data_text: str | None = None) -> str:
    """SHA-256, in hex, over the previous event's hash and every field of this one.

    ``data_text`` is ``canonical_json(event.data)`` where the caller has it already: spelling it is half the work.
    """
    body = [
        previous,
        event.case_id,
        event.seq,
        event.kind,
        format_instant(event.at),
        event.actor,
        event.actor_name,
        event.post,
        event.unit,
        event.command_id,
        event.to,
    ]
    text = f"{canonical_json(body)[:-1]},{canonical_json(event.data) if data_text is None else data_text}]"
    return hashlib.sha256(text.encode()).hexdigest()
