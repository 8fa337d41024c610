"""All guards, by the names that a handbook may use (:mod:`.guarding` says what a guard is)."""

from __future__ import annotations

from . import guards_around, guards_disposal, guards_intake, guards_outcome, guards_requests
from .guarding import CASE_GUARDS, DATA_GUARDS
from .guards_around import find_direction, next_body
from .guards_requests import answerable, find_request, granted, unendorsed

__all__ = [
    "CASE_GUARDS",
    "DATA_GUARDS",
    "GUARDS",
    "TOPICS",
    "answerable",
    "find_direction",
    "find_request",
    "granted",
    "next_body",
    "unendorsed",
]

TOPICS = (guards_intake, guards_disposal, guards_requests, guards_around, guards_outcome)
"""The modules that hold them, in the order of the flow."""

GUARDS = frozenset(CASE_GUARDS) | frozenset(DATA_GUARDS)
"""The names that a handbook may use."""
