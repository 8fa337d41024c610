"""All guards, by the names that a handbook may use (:mod:`.guarding` says what a guard is)."""

from __future__ import annotations

from functools import lru_cache

from . import guards_around, guards_disposal, guards_intake, guards_outcome, guards_requests
from .guarding import CASE_GUARDS, DATA_GUARDS, CaseGuard, DataGuard
from .guards_around import find_direction, next_body
from .guards_requests import answerable, find_request, granted, unendorsed

__all__ = [
    "CASE_GUARDS",
    "DATA_GUARDS",
    "GUARDS",
    "TOPICS",
    "answerable",
    "case_guards",
    "data_guards",
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


# Looked up with every command, and there are no more lists of guards than there are arrows.
@lru_cache(maxsize=1024)
def case_guards(names: tuple[str, ...]) -> tuple[CaseGuard, ...]:
    """What of these guards is asked of the case, in their order."""
    return tuple(CASE_GUARDS[name] for name in names if name in CASE_GUARDS)


@lru_cache(maxsize=1024)
def data_guards(names: tuple[str, ...]) -> tuple[DataGuard, ...]:
    """What of these guards is asked of the command, in their order."""
    return tuple(DATA_GUARDS[name] for name in names if name in DATA_GUARDS)
