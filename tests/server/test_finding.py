"""Finding as a person's own role: the server lets nobody's seat read more than the program shows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import handmade
from tests.server.seats import Seats
from tests.server.test_scope import _MADE
from workstation.services.spatial.here import here
from workstation.services.spatial.query import CASE, COMPONENT, Asked
from workstation.workflow.event import Actor

pytestmark = pytest.mark.postgis

_NAMED = "UPDATE cases SET code = %s, changed_at = '2026-11-22T01:00:00.000000Z' WHERE id = %s"
CODES = {"find-1": ("3299112026112277001", "U1"), "find-2": ("3299112026112277002", "U2")}


@pytest.fixture(scope="module")
def cases(seats: Seats) -> Iterator[None]:
    """One case of each of two units, with codes that differ in the last digit."""
    with seats.owner() as conn, conn.transaction():
        for case_id, (code, unit) in CODES.items():
            conn.execute(_MADE, {"id": case_id, "unit": unit, "open": True, "inner": "", "grid": ""})
            conn.execute(_NAMED, (code, case_id))
        conn.execute("DELETE FROM find_entry")
    yield
    with seats.owner() as conn, conn.transaction():
        conn.execute("DELETE FROM cases WHERE id LIKE 'find-%'")


PLACED = "UPDATE cases SET lon = %s, lat = %s WHERE id LIKE 'find-%%'"


def test_areas_and_points_are_asked_about_as_a_persons_role(seats: Seats, cases: None) -> None:
    """A polygon, its rows and everything at a point have in them what the person sees and no more; components are everybody's."""
    # Ten metres from where other tests put theirs: of many cases at a point only the nearest few are told.
    lon, lat = handmade.WEST + 0.0011, handmade.SOUTH + 0.001
    with seats.owner() as conn, conn.transaction():
        conn.execute(PLACED, (lon, lat))
    for person, seen in (("rec1", {"find-1"}), ("rec2", {"find-2"}), ("dis1", {"find-1", "find-2"})):
        services = seats.services(person)
        try:
            post, unit = handmade.STAFF[person]
            actor = Actor(person, "", post, unit)
            area = services.spatial.polygon(
                [(lon - 1e-3, lat - 1e-3), (lon + 1e-3, lat - 1e-3), (lon, lat + 1e-3)]
            )
            found = services.spatial.find(Asked(CASE, area), actor)
            assert set(found.ids.tolist()) & set(CODES) == seen
            rows = services.spatial.rows(found, 0, len(found), actor)
            assert {row.id for row in rows} & set(CODES) == seen
            assert services.spatial.find(Asked(COMPONENT, area), actor).ids.size
            at = here(services, lon, lat, 20.0, actor)
            assert {row.id for row in at.cases} & set(CODES) == seen
            assert at.grid is not None and at.components
        finally:
            services.close()


def test_a_seat_finds_its_own_cases_and_every_name(seats: Seats, cases: None) -> None:
    """A unit's seat finds its own case by any part of its code, the centre's both. In a city that was
    upgraded, where names are not kept yet, a role that may not keep them has them in memory."""
    for person, seen in (("rec1", {"find-1"}), ("rec2", {"find-2"}), ("dis1", {"find-1", "find-2"})):
        services = seats.services(person)
        try:
            post, unit = handmade.STAFF[person]
            actor = Actor(person, "", post, unit)
            for text in ("277", "2611227700", "3299112026112277001", "77002"):
                found = {item.ref for item in services.finding.search(text, actor) if item.kind == "case"}
                assert found <= seen, (person, text)
            everything = services.finding.search("2611227700", actor)
            assert {item.ref for item in everything if item.kind == "case"} == seen
            assert "南门大街" in [item.title for item in services.finding.search("nmdj", actor)]
            # Somebody else sits down: the codes that lie in memory are read anew for them.
            assert services.finding.memory.cases_of == person
        finally:
            services.close()
