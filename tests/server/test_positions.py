"""On PostGIS the server itself says who sees where people are, writes nothing for persons, and erases by its own clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.server.seats import Seats
from workstation.services.errors import Refused
from workstation.services.spatial.positions import Report
from workstation.workflow.event import format_instant

pytestmark = pytest.mark.postgis

MOBILES = {"M-col1": ("collector", "C", "col1"), "M-U1": ("crew", "U1", ""), "M-U2": ("crew", "U2", "")}


@pytest.fixture(scope="module")
def out(seats: Seats) -> Iterator[Seats]:
    """Three mobiles with a place and a point each, one point of long ago."""
    now = datetime.now(UTC)
    with seats.owner() as conn:
        for mobile, (kind, unit, person) in MOBILES.items():
            conn.execute(
                "INSERT INTO mobile (id, kind, name, unit_code, person_id, active) VALUES (%s, %s, %s, %s, %s, true)",
                (mobile, kind, mobile, unit, person),
            )
            for at in (now, now - timedelta(days=40)):
                conn.execute(
                    "INSERT INTO track_point (mobile_id, at, lon, lat) VALUES (%s, %s, 119.93, 32.46)",
                    (mobile, format_instant(at)),
                )
            conn.execute(
                "INSERT INTO mobile_place (mobile_id, at, lon, lat) VALUES (%s, %s, 119.93, 32.46)",
                (mobile, format_instant(now)),
            )
    yield seats
    with seats.owner() as conn:
        for table in ("track_point", "mobile_place", "mobile"):
            conn.execute(f"DELETE FROM {table}".encode())


@pytest.mark.parametrize(
    ("person", "sees"),
    [
        ("dis1", set(MOBILES)),
        ("op1", set(MOBILES)),
        ("rec1", {"M-U1"}),
        ("eva1", set()),
        ("col1", {"M-col1"}),
        ("adm1", set()),
    ],
)
def test_the_rows_are_those_of_the_service(out: Seats, person: str, sees: set[str]) -> None:
    read, _ = out.psql(out.person_url(person), "SELECT DISTINCT mobile_id FROM track_point")
    assert set(read.split()) == sees
    services = out.services(person)
    actor = services.people.actor(person, services.people.posts_of(person)[0])
    assert {place.id for place in services.positions.mobiles(actor)} == sees
    services.close()


def test_a_person_reports_nothing_and_lets_the_server_erase(out: Seats) -> None:
    services = out.services("dis1")
    with pytest.raises(Refused, match="positions_not_yours"):
        services.positions.report([Report("M-U1", datetime.now(UTC), 119.93, 32.46)])
    assert services.positions.erase_due() == len(MOBILES)
    services.close()
    assert out.one("SELECT count(*) FROM track_point") == len(MOBILES)
    _, err = out.psql(out.person_url("dis1"), "INSERT INTO track_point VALUES ('M-U1', '2026', 1, 1)")
    assert "permission denied" in err
