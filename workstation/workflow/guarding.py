"""Guards: named conditions that an arrow of a handbook may ask for. Pure; None means that nothing stands in the way.

Case guards look at the case, the actor and the handbook alone: they also decide which arrows are offered at all.
Data guards look at what the command says and at the time. One name may have both. Where a command makes a case, guards
are given a blank one. The guards themselves are in ``guards_*``; :mod:`.guards` has them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from .case import Case
from .event import Actor, Refusal
from .flow import Arrow

if TYPE_CHECKING:
    from .context import Context
    from .handbook import Handbook

CaseGuard = Callable[[Case, Arrow, Actor, "Handbook"], Refusal | None]
DataGuard = Callable[[Case, Arrow, Mapping[str, Any], "Context"], Refusal | None]

CASE_GUARDS: dict[str, CaseGuard] = {}
DATA_GUARDS: dict[str, DataGuard] = {}


def case_guard(guard: CaseGuard) -> CaseGuard:
    """The function is the case guard of its name."""
    CASE_GUARDS[guard.__name__] = guard
    return guard


def data_guard(guard: DataGuard) -> DataGuard:
    """The function is the data guard of its name."""
    DATA_GUARDS[guard.__name__] = guard
    return guard


def with_data(name: str) -> Callable[[DataGuard], DataGuard]:
    """The function is what the case guard ``name`` also asks of the command."""

    def register(guard: DataGuard) -> DataGuard:
        DATA_GUARDS[name] = guard
        return guard

    return register
