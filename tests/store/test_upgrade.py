"""A city of the first schema, made and worked in by that program, becomes one of the newest and loses nothing."""

from __future__ import annotations

import gzip
import importlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, insert, select, text

from tests import postgis
from tests.store.test_log import story
from tests.store.test_schema import differences
from workstation import cli
from workstation.services.finding import index as finding_index
from workstation.services.lists.filter import CaseFilter
from workstation.services.services import Services
from workstation.store import audit, log, projection, schema, tables
from workstation.store.database import Database, parse_url
from workstation.store.rebuild import rebuild
from workstation.store.spatialite import initialise

CITY = Path(__file__).with_name("city_0001.json.gz")
"""Every table of such a city: fourteen cases that went fourteen ways."""


def content() -> dict[str, dict[str, Any]]:
    """The rows by table."""
    made: dict[str, dict[str, Any]] = json.loads(gzip.decompress(CITY.read_bytes()))
    return made


def first_city(conn: Connection) -> None:
    """Make the schema as it was, and put the city into it."""
    schema.upgrade(conn, "0001")
    metadata = importlib.import_module("workstation.store.migrations.versions.0001_city").metadata
    rows = content()
    for table in metadata.sorted_tables:
        if table.name in rows:
            part = rows[table.name]
            conn.execute(
                table.insert(), [dict(zip(part["columns"], row, strict=True)) for row in part["rows"]]
            )


@pytest.fixture(params=["spatialite", pytest.param("postgis", marks=pytest.mark.postgis)])
def old_url(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """The URL of a city of the first schema, on each store."""
    if request.param == "spatialite":
        path = tmp_path / "old.sqlite"
        initialise(path)
        database = Database(parse_url(str(path)))
        with database.write() as conn:
            first_city(conn)
        database.close()
        yield str(path)
        return
    server: postgis.Server = request.getfixturevalue("postgis_server")
    url = server.new_database()
    database = Database(parse_url(url))
    with database.write() as conn:
        conn.execute(text("CREATE EXTENSION IF NOT EXISTS postgis"))
        first_city(conn)
    database.close()
    yield url
    server.drop(url)


def test_an_old_city_is_upgraded(old_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is refused first with the command to run; after that command it is in order, with every case and event."""
    assert cli.main(["db", "check", "--db", old_url]) == 1
    assert "workstation db upgrade" in capsys.readouterr().err
    assert cli.main(["db", "upgrade", "--db", old_url]) == 0
    assert cli.main(["db", "check", "--db", old_url]) == 0
    was = content()
    database = Database.open(old_url)
    with database.read() as conn:
        assert differences(conn) == []
        for name in ("case_event", "cases", "photo", "unit", "person", "grid", "component"):
            table = tables.metadata.tables[name]
            rows = was.get(name, {"rows": []})["rows"]
            assert len(conn.execute(select(table)).all()) == len(rows), name
        kept = {row[0] for row in conn.execute(select(tables.case_event.c.hash))}
        assert kept == {row[-1] for row in was["case_event"]["rows"]}
    database.close()


def test_the_new_columns_are_what_the_log_says(old_url: str) -> None:
    """Each row of the projection is the one that its case, as it is read back, would be given now."""
    assert cli.main(["db", "upgrade", "--db", old_url]) == 0
    database = Database.open(old_url)
    assert audit.check(database).findings == []
    with database.read() as conn:
        for row in conn.execute(select(tables.cases)).mappings().all():
            events = log.history(conn, row["id"])
            case = log.load_case(conn, row["id"])
            assert case is not None
            wanted = projection.row(case, events[-1].hash, events[-1].event.at)
            assert {name: row[name] for name in wanted} == wanted
    database.close()


def test_an_upgraded_city_is_worked_in(old_url: str) -> None:
    """Its lists show its cases, each opens under the edition that it was filed under, and its names can be found."""
    assert cli.main(["db", "upgrade", "--db", old_url]) == 0
    services = Services.open(old_url)
    rows = services.lists.page(CaseFilter()).rows
    assert len(rows) == 14
    with services.db.read() as conn:
        assert not finding_index.outdated(conn)
        unit = conn.execute(select(tables.unit.c.name).limit(1)).scalar_one()
        assert conn.execute(select(tables.find_entry.c.name).where(tables.find_entry.c.name == unit)).first()
    assert {services.handbook_of(services.cases.get(row.id)).city for row in rows} == {"national"}
    services.close()


def test_the_projection_is_computed_again(store: Database) -> None:
    """Rows that do not say what the log says are written again, the others are left alone, and a broken log is too."""
    with store.write() as conn:
        for name in ("a", "b", "c"):
            log.append_many(conn, story(name, 2))
        conn.execute(text("UPDATE cases SET address = 'x', way = 'rapid' WHERE id = 'b'"))
        conn.execute(insert(tables.case_unit), [{"case_id": "b", "unit": "U9"}])
    with store.write() as conn:
        assert rebuild(conn) == 1
        assert rebuild(conn) == 0
    assert audit.check(store).clean
    with store.write() as conn:
        conn.execute(text("DELETE FROM cases WHERE id = 'a'"))
        assert rebuild(conn) == 0
    assert [finding.code for finding in audit.check(store).findings] == ["no_projection"]


def test_a_case_that_cannot_be_replayed_is_left(store: Database) -> None:
    """An event that no program could have written makes no new row: it is the audit's to name."""
    event, case = story("a", 1)[0]
    with store.write() as conn:
        log.append(conn, replace(event, data={}, kind="verified"), case)
        assert rebuild(conn) == 0
    assert any("cannot be replayed" in finding.detail for finding in audit.check(store).findings)


def test_a_new_city_can_be_taken_back(store_url: str) -> None:
    """The step down to the first schema leaves that schema, and the way up is open again."""
    database = Database.connect(store_url)
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    with database.write() as conn:
        config.attributes["connection"] = conn
        command.downgrade(config, "0001")
        assert schema.revision(conn) == "0001"
        schema.upgrade(conn)
        assert differences(conn) == []
    database.close()
