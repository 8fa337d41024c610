"""Gaps and overlaps of areas of responsibility are found piece by piece, with whom and what they concern; slivers are counted."""

from __future__ import annotations

import json
from typing import Any

import pytest
import shapely
from sqlalchemy import insert, update

from tests import handmade
from tests.services.conftest import Desk
from workstation.services.recommending.responsibility import (
    ARISEN,
    DRAWN,
    GAP,
    NOBODY,
    OVERLAP,
    Finding,
    Findings,
)
from workstation.services.recommending.responsibility_land import degree_metres
from workstation.store import tables

WEST, SOUTH, MIDDLE, EAST, NORTH = (
    getattr(handmade, n) for n in ("WEST", "SOUTH", "MIDDLE", "EAST", "NORTH")
)
HALF = (MIDDLE - WEST) * (NORTH - SOUTH)


def area(desk: Desk, code: str, *corners: float, **values: Any) -> None:
    """Give a unit a rectangle; what else is told changes with it."""
    geom = f"SRID=4490;MULTIPOLYGON({handmade.box(*corners)})" if corners else None
    with desk.services.db.write() as conn:
        conn.execute(update(tables.unit).where(tables.unit.c.code == code).values(geom=geom, **values))
    desk.services.recommending._facts = None


def duty(desk: Desk, *rows: tuple[str, str, str]) -> None:
    """These duties and no others."""
    with desk.services.db.write() as conn:
        conn.execute(tables.unit_duty.delete())
        for code, kind, prefix in rows:
            conn.execute(insert(tables.unit_duty).values(unit_code=code, kind=kind, class_prefix=prefix))
    desk.services.recommending._facts = None


def stands(desk: Desk, code: str, **values: Any) -> None:
    """One more component, which names nobody unless it is told."""
    nobody = {"dept_code": "", "owner_code": "", "maintainer_code": ""}
    with desk.services.db.write() as conn:
        conn.execute(insert(tables.component).values(handmade.component(code, **{**nobody, **values})))


def by(found: Findings, kind: str) -> list[Finding]:
    """Those of a kind."""
    return [item for item in found.found if item.kind == kind]


def square(degrees: float) -> float:
    """So many square degrees here in m²."""
    x, y = degree_metres((SOUTH + NORTH) / 2)
    return degrees * x * y


@pytest.mark.article("MQ-26-UNCLEAR", "TY-3-AREAS")
def test_a_gap_is_where_no_unit_of_the_duty_is(desk: Desk) -> None:
    """U2 alone answers for events and has half of the city: the other half is a gap, with its grid, the cases in it, its measure."""
    inside = desk.registered(kind="event", class_code="0101", component="")
    desk.registered(kind="event", class_code="0101", component="", lon=EAST - 0.001)
    desk.registered(kind="component", class_code="0101")
    duty(desk, ("U2", "event", "01"))
    (gap,) = by(desk.services.responsibility.find(), GAP)
    assert gap.area_m2 == pytest.approx(square(HALF), rel=1e-3)
    assert gap.grids == (handmade.GRID_WEST,) and gap.cases == (inside,) and gap.units == ("U2",)
    assert (gap.why, gap.components, gap.reported) == (DRAWN, 0, 0)
    assert WEST < gap.lon < MIDDLE and gap.bounds == pytest.approx((WEST, SOUTH, MIDDLE, NORTH))
    assert gap.classes[0] == "event:0101" and gap.class_count > 1  # what is concerned comes first
    assert shapely.from_wkb(gap.area_wkb).area == pytest.approx(HALF)
    assert desk.services.recommending.recommend(desk.services.cases.get(inside)).verdict == "none"
    area(desk, "U2")
    assert by(desk.services.responsibility.find(), GAP) == []


@pytest.mark.article("TZ-15-DISPUTE")
def test_an_overlap_is_of_two_of_one_kind_and_duty(desk: Desk) -> None:
    """Two departments with the same duty overlap in the east; another kind, a longer prefix or a unit below does not count."""
    duty(desk, ("U1", "event", "01"), ("U2", "event", "01"))
    assert by(desk.services.responsibility.find(), OVERLAP) == []
    area(desk, "U1", WEST, SOUTH, EAST, NORTH, kind="department")
    (overlap,) = by(desk.services.responsibility.find(), OVERLAP)
    assert overlap.units == ("U1", "U2") and overlap.area_m2 == pytest.approx(square(HALF), rel=1e-3)
    assert overlap.grids == (handmade.GRID_EAST,)
    duty(desk, ("U1", "event", "01"), ("U2", "event", "0101"))
    assert by(desk.services.responsibility.find(), OVERLAP) == []
    duty(desk, ("U1", "event", "01"), ("U2", "event", "01"))
    area(desk, "U2", MIDDLE, SOUTH, EAST, NORTH, parent="U1")
    assert by(desk.services.responsibility.find(), OVERLAP) == []


def test_levels_that_must_be_everywhere(desk: Desk) -> None:
    """A street with an area that leaves a strip uncovered: the strip is a gap of streets, whatever anybody's duties."""
    duty(desk)
    area(desk, "S1", WEST, SOUTH, EAST - 0.001, NORTH)
    (gap,) = desk.services.responsibility.find().found
    assert (gap.kind, gap.of, gap.classes, gap.units) == (GAP, "street", (), ("S1",))
    assert gap.grids == (handmade.GRID_EAST,)


def test_slivers_are_counted_and_not_shown(desk: Desk) -> None:
    """A border drawn twice, less than a metre apart, is no gap; it is counted with its m²."""
    duty(desk, ("U1", "event", "01"), ("U2", "event", "01"))
    area(desk, "U1", WEST, SOUTH, MIDDLE - 0.000005, NORTH)
    found = desk.services.responsibility.find()
    assert by(found, GAP) == [] and found.slivers == 1 and 200 < found.sliver_m2 < 400


@pytest.mark.article("MQ-26-UNCLEAR")
def test_a_unit_of_places_leaves_no_city_of_gaps(desk: Desk) -> None:
    """U2 has a park in the east: the rest of the city is no gap, until a case is reported there that nobody is named for; then
    its grid is, closed or open, for as long as cases count; beside a line the area reaches as far as for the recommender."""
    duty(desk, ("U2", "event", "01"), ("U2", "event", "03"), ("U2", "component", "04"))
    area(desk, "U2", MIDDLE, SOUTH, MIDDLE + 0.001, NORTH)
    park = desk.registered(kind="event", class_code="0101", component="", lon=MIDDLE + 0.0005)
    desk.registered(kind="event", class_code="0301", component="", lon=MIDDLE - 0.0005)
    desk.registered(kind="event", class_code="0101")  # at a manhole that names its unit
    assert by(desk.services.responsibility.find(), GAP) == []
    case = desk.registered(kind="event", class_code="0101", component="")
    found = desk.services.responsibility.find()
    (gap,) = by(found, GAP)
    assert (gap.why, gap.grids, gap.classes, gap.units) == (
        *(ARISEN, (handmade.GRID_WEST,)),
        *(("event:0101",), ("U2",)),
    )
    assert gap.cases == (case,) and park not in gap.cases and (gap.reported, found.days) == (1, 180)
    assert gap.area_m2 == pytest.approx(square(HALF), rel=1e-3)
    stands(desk, "3299110401000001", class_code="0401")
    (gap,) = by(desk.services.responsibility.find(), GAP)
    assert (gap.components, set(gap.classes)) == (1, {"event:0101", "component:0401"})
    with desk.services.db.write() as conn:
        old = "2025-01-01T00:00:00.000000Z"
        conn.execute(
            update(tables.cases).where(tables.cases.c.id == case).values(open=False, registered_at=old)
        )
        conn.execute(update(tables.component).values(owner_code="U1"))
    assert by(desk.services.responsibility.find(), GAP) == []


def test_what_a_city_says_otherwise(desk: Desk) -> None:
    """A city that divides less land than usual lays its own share over the figure; a unit for the whole city leaves no gap."""
    duty(desk, ("U2", "event", "01"))
    area(desk, "U2", MIDDLE, SOUTH, MIDDLE + 0.003, NORTH)
    assert by(desk.services.responsibility.find(), GAP) == []
    with desk.services.db.write() as conn:
        own = json.dumps({"responsibility": {"spread": 0.2}})
        conn.execute(insert(tables.city).values(key="dispatch.weights", value=own))
    assert {gap.why for gap in by(desk.services.responsibility.find(), GAP)} == {DRAWN}
    duty(desk, ("U2", "event", "01"), ("W", "event", "0"))
    assert by(desk.services.responsibility.find(), GAP) == []


def test_components_that_name_their_unit_are_no_gap(desk: Desk) -> None:
    """A class of components divided among areas: where each names its unit nothing is open; one that names nobody is."""
    duty(desk, ("U2", "component", "01"))
    assert by(desk.services.responsibility.find(), GAP) == []
    stands(desk, "3299110101000002")
    stands(desk, "3299110101000003", state="removed")
    (gap,) = by(desk.services.responsibility.find(), GAP)
    assert (gap.why, gap.components, gap.classes) == (DRAWN, 1, ("component:0101",))


def test_classes_that_nobody_answers_for(desk: Desk) -> None:
    """Of events all without any unit, of components those of which some name nobody, are one finding without land; it can be
    cancelled, and then says it is not whole."""
    assert by(desk.services.responsibility.find(), NOBODY) == []  # U2 answers for all of both kinds
    duty(desk, ("U2", "event", "01"))
    stands(desk, "3299110401000001", class_code="0401")
    case = desk.registered(kind="event", class_code="0201", component="")
    steps: list[tuple[int, int]] = []
    found = desk.services.responsibility.find(lambda at, of: steps.append((at, of)))
    (nobody,) = by(found, NOBODY)
    assert set(nobody.classes[:2]) == {"component:0401", "event:0201"} and nobody.class_count > 12
    assert all(key.startswith("event:") for key in nobody.classes[2:])
    assert (nobody.components, nobody.cases, nobody.area_wkb) == (1, (case,), b"")
    assert steps and steps[-1][0] == steps[-1][1] and found.complete
    stopped = desk.services.responsibility.find(cancelled=lambda: True)
    assert not stopped.complete and stopped.found == ()


def test_the_measure_of_a_degree() -> None:
    """A degree at the equator, at 45° and at the latitude of the demo city, against the ellipsoid's known lengths."""
    assert degree_metres(0) == pytest.approx((111319.5, 110574.3), abs=1)
    assert degree_metres(45) == pytest.approx((78846.8, 111131.8), abs=1)
