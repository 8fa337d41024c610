"""Which units stand below another one: to whom a district passes on what it got, and whose dispute is whose to settle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workstation.services.centre.units import UnitInfo


def units_inside(units: Iterable[UnitInfo], code: str) -> list[UnitInfo]:
    """The units below that one at any depth, in their order, without itself."""
    listed = list(units)
    inside = {code}
    grown = True
    while grown:
        more = {unit.code for unit in listed if unit.parent in inside} - inside
        inside |= more
        grown = bool(more)
    return [unit for unit in listed if unit.code in inside and unit.code != code]


def one_house(units: Sequence[UnitInfo], codes: Sequence[str]) -> bool:
    """Whether all of these stand below (or are) one district or department, or the city has but one district."""
    by_code = {unit.code: unit for unit in units}
    if not any(unit.kind == "district" for unit in units):
        return True
    shared: set[str] | None = None
    for code in codes:
        above: set[str] = set()
        at = by_code.get(code)
        while at is not None and at.code not in above:
            if at.kind != "centre":
                above.add(at.code)
            at = by_code.get(at.parent)
        shared = above if shared is None else shared & above
    return bool(shared)
