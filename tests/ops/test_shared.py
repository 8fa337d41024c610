"""A city that seats share stays closed and goes on working when its log is divided, and when it comes back from a backup."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests import postgis
from tests.server.seats import Seats, opened
from workstation import cli
from workstation.services.services import Services
from workstation.store import audit
from workstation.store.database import Database
from workstation.workflow.event import Command

pytestmark = pytest.mark.postgis

REPORT = {
    "kind": "component",
    "class_code": "0101",
    "source": "collector",
    "description": "井盖破损",
    "address": "南门大街",
    "lon": 117.001,
    "lat": 32.601,
    "area_class": "core",
}


@pytest.fixture(scope="module")
def seats(postgis_server: postgis.Server, empty_template: str) -> Iterator[Seats]:
    """A shared city of the module's own."""
    with opened(postgis_server, empty_template) as made:
        yield made


def register(seats: Seats) -> str:
    """Somebody registers a case over their own role; its id."""
    seats.sign_in_again("op1")
    services: Services = seats.services("op1")
    try:
        actor = services.people.actor("op1", "operator")
        case = services.cases.new_case_id()
        grid = services.places.grids()[0].code
        done = services.cases.execute(
            Command("register", case, services.cases.new_command_id(), {**REPORT, "grid": grid}), actor
        )
        assert done.case.seq == 1
        assert [stored.event.seq for stored in services.cases.history(case)] == [1]
        return case
    finally:
        services.close()


def tried(seats: Seats, statement: str) -> str:
    """What the server answers the operator's plain psql: the SQLSTATE."""
    with psycopg.connect(seats.person_url("op1")) as conn:
        try:
            rows: list[Any] = conn.execute(statement.encode()).fetchall()
        except psycopg.Error as error:
            return str(error.sqlstate)
    return f"{len(rows)} rows"


def test_divided_and_restored_it_is_as_closed_as_before(
    seats: Seats, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A person works, and reaches neither parts nor keys of the log by psql: divided, and restored with its roles' rights."""
    url = seats.url
    first = register(seats)
    assert cli.main(["server", "partition", "--db", url, "--ahead", "1"]) == 0
    second = register(seats)
    month = f"case_event_{datetime.now(UTC):%Y_%m}"
    closed = (
        f"SELECT * FROM {month}",
        "SELECT * FROM case_event_rest",
        "SELECT * FROM case_command",
        "SELECT * FROM change_log_0",
        "DELETE FROM case_event RETURNING 1",
        "INSERT INTO case_command VALUES ('x', 1, 'x', 1) RETURNING 1",
    )
    assert {statement: tried(seats, statement) for statement in closed} == dict.fromkeys(closed, "42501")
    assert tried(seats, "SELECT * FROM case_event") == "2 rows"
    file = tmp_path / "city.dump"
    assert cli.main(["db", "backup", "--db", url, "--to", str(file)]) == 0
    assert cli.main(["db", "restore", "--db", url, "--from", str(file), "--force"]) == 0
    assert "server init" not in capsys.readouterr().out
    third = register(seats)
    assert {statement: tried(seats, statement) for statement in closed} == dict.fromkeys(closed, "42501")
    database = Database.open(url)
    try:
        report = audit.check(database)
        assert report.clean and report.cases == 3
        with database.read() as conn:
            found = conn.exec_driver_sql("SELECT id FROM cases ORDER BY id").scalars().all()
        assert list(found) == sorted([first, second, third])
    finally:
        database.close()
