"""Points for densities: the cases of a period that somebody sees, and the inventory by grid, on both stores."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select, update

from workstation.services.lists.filter import CaseFilter
from workstation.services.services import Services
from workstation.store.database import Database
from workstation.store.tables import cases, component


@pytest.fixture
def city(city_store: Database) -> Iterator[Services]:
    """The demo city, on both stores."""
    services = Services(city_store)
    yield services
    services.close()


def test_cases_of_a_filter_once_each_as_far_as_they_are_seen(city: Services) -> None:
    """The same cases as the list's with a position; a unit's people get their own; alternatives count a case once."""
    operator = city.people.actor(city.people.with_post("operator")[0].id, "operator")
    receiver = city.people.with_post("receiver")[0]
    unit = city.people.actor(receiver.id, "receiver")
    for wanted in (CaseFilter(), CaseFilter(open=True), city.lists.inbox(operator), CaseFilter(ids=())):
        for actor in (operator, unit):
            rows = city.lists.seen_by(actor).page(wanted, None, 1000).rows
            there = sorted((row.lon, row.lat, 1.0) for row in rows if row.lon is not None)
            assert sorted(city.densities.of_cases(wanted, actor)) == there
    with city.db.write() as conn:
        conn.execute(update(cases).where(cases.c.lon.is_not(None)).values(emergency=True))
    everything = city.lists.seen_by(operator).page(CaseFilter(), None, 1000).rows
    urgent = sum(row.emergency for row in everything if row.lon is not None)
    weights = [weight for *_, weight in city.densities.of_cases(CaseFilter(), operator, weighted=True)]
    assert urgent and sum(weights) == len(weights) + 2 * urgent


def test_components_are_counted_by_grid(city: Services) -> None:
    """Every component that is not removed counts where its grid is; a main class counts its own."""
    with city.db.read() as conn:
        alive = component.c.state != "removed"
        total = conn.execute(select(func.count()).where(alive)).scalar_one()
        first = conn.execute(select(func.min(component.c.class_code)).where(alive)).scalar_one()[:2]
        part = conn.execute(
            select(func.count()).where(alive, component.c.class_code.startswith(first))
        ).scalar_one()
    found = city.densities.of_components()
    assert sum(weight for *_, weight in found) == total
    assert sum(weight for *_, weight in city.densities.of_components(first)) == part < total
    west, south, east, north = city.city.extent
    assert all(west <= lon <= east and south <= lat <= north for lon, lat, _ in found)
