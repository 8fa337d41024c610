"""The levels of the demo city: who stands below whom, and who answers for what."""

from __future__ import annotations

from collections import Counter

import pytest

from workstation.services.cases.scope import scope_of
from workstation.services.centre.people import two_hands
from workstation.services.services import Services


@pytest.mark.article("TY-4-LEVELS")
def test_centre_district_street_community(services: Services) -> None:
    """Below the city's centre stands each district's, below that its streets, below those their communities."""
    units = {unit.code: unit for unit in services.units.all()}
    above = {"district": "centre", "street": "district", "community": "street"}
    counted = Counter(unit.kind for unit in units.values())
    for kind, over in above.items():
        members = [unit for unit in units.values() if unit.kind == kind]
        assert members and counted[kind] == len(members)
        for unit in members:
            assert units[unit.parent].kind == over
            assert unit.division and unit.division.startswith(units[unit.parent].division)
    crews = [unit for unit in units.values() if unit.level == "unit" and unit.parent in units]
    assert any(units[unit.parent].kind == "department" for unit in crews)


@pytest.mark.article("TY-3-TERMINALS")
def test_every_street_and_community_has_its_terminal(services: Services) -> None:
    """In each somebody sits at a terminal who sees the grids of that division and no others."""
    grids = services.places.grids()
    for post, code_of in (
        ("street_terminal", lambda grid: grid.street_code),
        ("community_terminal", lambda grid: grid.community_code),
    ):
        seats = services.people.with_post(post)
        assert {seat.unit for seat in seats} == {code_of(grid) for grid in grids}
        for seat in seats:
            scope = scope_of(services, services.people.actor(seat.id, post))
            assert scope is not None
            assert scope.grids == {grid.code for grid in grids if code_of(grid) == seat.unit}


@pytest.mark.article("MQ-36-CONTACTS")
def test_every_unit_has_its_contacts(services: Services) -> None:
    """Leader, head and daily receiver of each unit are entered with a telephone."""
    contacts = services.units.contacts()
    roles = Counter(contact.unit for contact in contacts)
    assert roles == {unit.code: 3 for unit in services.units.all()}
    assert all(contact.name and contact.telephone for contact in contacts)


@pytest.mark.article("TY-1-THREE")
def test_nobody_has_two_hands(services: Services) -> None:
    """Nobody of the demo city holds posts of two of the three hands."""
    people = services.people.all()
    assert not any(two_hands(frozenset(person.posts), services.handbook) for person in people)


@pytest.mark.article("MQ-14-TRAINED")
def test_every_collector_has_a_certificate(services: Services) -> None:
    """The certificates of the demo's collectors hold today."""
    today = services.now().date()
    collectors = services.people.with_post("collector")
    assert collectors
    assert all(c.certified_until is not None and c.certified_until >= today for c in collectors)
