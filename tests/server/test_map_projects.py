"""Who may read and write the project of QGIS that a prepared city keeps."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from tests.server.seats import Seats
from workstation.services.server.init import Wanted, initialise
from workstation.store import map_projects
from workstation.store.database import Database

pytestmark = pytest.mark.postgis

SAVE = (
    "INSERT INTO qgis_projects VALUES ('workstation', '{}', 'x') ON CONFLICT (name) DO UPDATE"
    " SET content = excluded.content, metadata = excluded.metadata"
)
READ = "SELECT count(*) FROM qgis_projects"


@pytest.fixture
def staffs(seats: Seats) -> Iterator[str]:
    """The address of a login in the city's group for QGIS."""
    with seats.owner() as conn:
        conn.execute(
            f"CREATE ROLE anna LOGIN PASSWORD 'pass' IN ROLE {seats.made.prepared.roles.gis}".encode()
        )
    yield seats.address("anna", "pass")
    with seats.owner() as conn:
        conn.execute("DROP ROLE anna")
        conn.execute("DROP TABLE IF EXISTS qgis_projects")


def test_staff_write_the_others_read(seats: Seats, staffs: str) -> None:
    """A login in the group for QGIS, and who keeps the inventory, save the project; others read it, a seat that nobody has
    signed in at does not. Preparing the city again leaves that as it is."""
    database = Database.open(seats.url)
    with database.write() as conn:
        map_projects.keep(conn, b"<qgis/>")
    database.close()
    for _ in range(2):
        for address in (staffs, seats.person_url("gis1")):
            with psycopg.connect(address) as conn:
                conn.execute(SAVE.encode())
        for person in ("op1", "eva1", "rec1"):
            with psycopg.connect(seats.person_url(person)) as conn:
                assert conn.execute(READ.encode()).fetchone() == (1,)
            with psycopg.connect(seats.person_url(person)) as conn, pytest.raises(psycopg.Error):
                conn.execute(SAVE.encode())
            with psycopg.connect(seats.person_url(person)) as conn:
                assert conn.execute(b"DELETE FROM qgis_projects").rowcount == 0
        with psycopg.connect(seats.seat_url) as conn, pytest.raises(psycopg.Error):
            conn.execute(READ.encode())
        initialise(seats.url, Wanted())


def test_staff_see_the_map_and_nothing_else(seats: Seats, staffs: str) -> None:
    """The login for QGIS reads what the map draws; no case, no person, no position, and makes no table."""
    with psycopg.connect(staffs, autocommit=True) as conn:
        for table in map_projects.MAP_TABLES:
            conn.execute(f"SELECT * FROM {table} LIMIT 1".encode())
        for table in (
            "cases",
            "case_event",
            "person",
            "personal",
            "account",
            "mobile_place",
            "city",
            "photo",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                conn.execute(f"SELECT 1 FROM {table}".encode())
        for statement in ("UPDATE component SET note = ''", "CREATE TABLE mine (a int)", "SELECT door.me()"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                conn.execute(statement.encode())
