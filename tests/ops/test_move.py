"""A city moved between the stores arrives whole, proved, and comes back as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests import postgis
from workstation import cli
from workstation.store import audit, tables
from workstation.store.database import Database
from workstation.store.errors import StoreError
from workstation.store.ops import move, places

pytestmark = pytest.mark.postgis


@pytest.fixture
def empty(postgis_server: postgis.Server) -> Iterator[str]:
    """The URL of an empty database."""
    url = postgis_server.new_database()
    yield url
    postgis_server.drop(url)


def contents(path: Path) -> dict[str, list[Any]]:
    """Every row of every table of a city's file as its bytes are, geometries among them, and its counters."""
    with closing(sqlite3.connect(path)) as conn:
        names = [*(table.name for table in move.moved_tables()), "sqlite_sequence", "alembic_version"]
        found = {name: conn.execute(f"SELECT * FROM {name}").fetchall() for name in names}
    # SpatiaLite counts there too, for tables of its own.
    found["sqlite_sequence"] = [row for row in found["sqlite_sequence"] if row[0] in found]
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


def schema_of(path: Path) -> list[Any]:
    """Tables, indexes and triggers of a city's file."""
    with closing(sqlite3.connect(path)) as conn:
        found = conn.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    return [row for row in found if not row[1].startswith("sqlite_")]


def test_there_and_back_is_the_same_city(
    city_url: str, empty: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From a file to a server and back nothing differs: events, photographs, personal data, geometries, counters, triggers."""
    back = tmp_path / "back.sqlite"
    assert cli.main(["server", "move", "--from", city_url, "--to", empty]) == 0
    assert "everything in order" in capsys.readouterr().out
    assert cli.main(["server", "move", "--from", empty, "--to", str(back)]) == 0
    said = capsys.readouterr()
    assert "case_event: " in said.err
    before, after = contents(Path(city_url)), contents(back)
    assert after["case_event"] == before["case_event"] and before["case_event"]
    assert before["photo"] and before["component"]
    assert [name for name in before if before[name] != after[name]] == []
    assert schema_of(back) == schema_of(Path(city_url))
    database = Database.open(empty)
    try:
        assert audit.check(database).clean
        with database.write() as conn:
            number = conn.exec_driver_sql(
                "SELECT nextval(pg_get_serial_sequence('component', 'id'))"
            ).scalar_one()
            highest = conn.exec_driver_sql("SELECT max(id) FROM component").scalar_one()
            closed = conn.exec_driver_sql(
                "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'"
            ).scalar_one()
        assert number == highest + 1
        assert closed == 0
    finally:
        database.close()
    # Both places hold a city now: nothing is moved over one.
    assert cli.main(["server", "move", "--from", city_url, "--to", empty]) == 1
    assert cli.main(["server", "move", "--from", empty, "--to", city_url]) == 1
    assert capsys.readouterr().err.count("something at") == 2


def test_what_arrives_differently_is_not_kept(
    city_url: str,
    empty: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A row that is lost or changed on the way is found, and the new place is left empty; a tampered log is not moved."""
    whole = places.write

    def worse(conn: Any, table: Any, rows: Any) -> None:
        whole(conn, table, (row for n, row in enumerate(rows) if table.name != "component" or n != 5))

    monkeypatch.setattr(places, "write", worse)
    assert cli.main(["server", "move", "--from", city_url, "--to", empty]) == 1
    assert "table component: 599 rows" in capsys.readouterr().err
    target = tmp_path / "new.sqlite"
    assert cli.main(["server", "move", "--from", city_url, "--to", str(target)]) == 1
    assert "nothing was kept" in capsys.readouterr().err
    assert list(tmp_path.glob("new*")) == []
    monkeypatch.undo()
    with pytest.raises(StoreError) as refused:
        Database.open(empty)
    assert refused.value.code == "not_a_city"
    with closing(sqlite3.connect(city_url)) as conn, conn:
        conn.execute("DROP TRIGGER case_event_update")
        conn.execute("UPDATE case_event SET actor_name = '别人' WHERE seq = 2")
    assert cli.main(["server", "move", "--from", city_url, "--to", str(target)]) == 1
    assert "hash" in capsys.readouterr().err


def test_rows_stream(postgis_server: postgis.Server, demo_template: str) -> None:
    """Reading from a server goes through a cursor of the server's, a few rows at a time where they are big."""
    url = postgis_server.new_database(demo_template)
    database = Database.open(url)
    try:
        with database.write() as conn:
            rows = places.read(conn, tables.photo)
            next(rows)
            held = conn.exec_driver_sql("SELECT count(*) FROM pg_cursors WHERE name = 'moving'").scalar_one()
            rows.close()
        assert held == 1
        assert places._at_a_time(tables.photo) < places._at_a_time(tables.case_event)
    finally:
        database.close()
        postgis_server.drop(url)
