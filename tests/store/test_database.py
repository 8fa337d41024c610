"""Opening a city: what is right is opened, what is wrong is told apart by code and data."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from tests import postgis
from workstation.store import schema, spatialite, tables
from workstation.store.database import Database
from workstation.store.errors import StoreError


def code_of(url: str) -> str:
    """The code with which opening fails."""
    with pytest.raises(StoreError) as failed:
        Database.open(url)
    return failed.value.code


def test_a_new_city_is_opened(store: Database) -> None:
    """A created city is at the newest schema and has all tables, on both stores."""
    with store.read() as conn:
        assert schema.revision(conn) == schema.REVISIONS[-1]
        for table in tables.metadata.sorted_tables:
            assert conn.execute(select(table).limit(1)).all() == []


def test_a_city_is_not_made_twice(store_url: str) -> None:
    """Creating where there is a city fails and leaves it."""
    with pytest.raises(StoreError) as failed:
        Database.create(store_url)
    assert failed.value.code == "exists"
    Database.open(store_url).close()


def test_a_missing_file(tmp_path: Path) -> None:
    """A path without a file, and a folder that is not there."""
    assert code_of(str(tmp_path / "none.sqlite")) == "missing"
    assert not (tmp_path / "none.sqlite").exists()
    with pytest.raises(StoreError) as failed:
        Database.create(str(tmp_path / "no" / "folder.sqlite"))
    assert failed.value.code == "missing"


def test_files_that_are_no_city(tmp_path: Path, empty_file: Path) -> None:
    """Empty, something else, cut off at the head, cut off half way, another program's database: each has its code."""
    content = empty_file.read_bytes()
    for name, data, code in (
        ("empty", b"", "empty"),
        ("text", b"not a database at all, but some words", "not_a_database"),
        ("head", content[:60], "half_written"),
        ("half", content[: len(content) // 2], "half_written"),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        assert code_of(str(path)) == code
    other = sqlite3.connect(tmp_path / "other")
    other.execute("CREATE TABLE t (a)")
    other.close()
    assert code_of(str(tmp_path / "other")) == "not_a_city"


def test_a_file_damaged_inside(tmp_path: Path, empty_file: Path) -> None:
    """A file of the right length whose first pages are overwritten is told as damaged or no database, not opened."""
    content = bytearray(empty_file.read_bytes())
    content[100:9000] = b"\xaa" * 8900
    path = tmp_path / "damaged"
    path.write_bytes(content)
    assert code_of(str(path)) in ("damaged", "not_a_database")


@pytest.mark.parametrize(("revision", "code"), [("0000", "older_schema"), ("9999", "newer_schema")])
def test_another_schema(
    store: Database, store_url: str, revision: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older schema and a newer one are told apart, with what was found and what is needed."""
    monkeypatch.setattr(schema, "REVISIONS", ("0000", "0001"))
    with store.write() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": revision})
    with pytest.raises(StoreError) as failed:
        Database.open(store_url)
    assert failed.value.code == code
    assert (failed.value.data["found"], failed.value.data["wanted"]) == (revision, "0001")


def test_a_server_that_is_not_there() -> None:
    """A port where nobody listens is unreachable, and the password is in no message."""
    with pytest.raises(StoreError) as failed:
        Database.open("postgresql://seat:secret@127.0.0.1:1/city")
    assert failed.value.code == "unreachable"
    assert "secret" not in str(failed.value)


@pytest.mark.postgis
def test_a_server_without_the_city(postgis_server: postgis.Server) -> None:
    """A database the server does not have, and one without PostGIS."""
    assert code_of(postgis_server.url("nowhere")) == "no_database"
    url = postgis_server.new_database("template0")
    assert code_of(url) == "no_postgis"
    postgis_server.drop(url)


@pytest.mark.parametrize("url", ["mysql://somewhere/city", "postgresql//x://", "sqlite://"])
def test_a_url_of_something_else(url: str) -> None:
    """What is neither a file nor one of the two stores is refused as such."""
    assert code_of(url) == "bad_url"


def test_a_machine_without_spatialite(empty_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library the error names it."""
    monkeypatch.setattr(spatialite, "LIBRARY", "mod_spatialite_that_is_not_there")
    assert code_of(str(empty_file)) == "no_spatialite"


def test_reading_cannot_write(store: Database) -> None:
    """A write in a reading transaction fails as read_only and changes nothing."""
    with pytest.raises(StoreError) as failed, store.read() as conn:
        conn.execute(insert(tables.city), [{"key": "name", "value": "x"}])
    assert failed.value.code == "read_only"
    with store.read() as conn:
        assert conn.execute(select(tables.city)).all() == []


def test_a_failed_write_leaves_nothing(store: Database) -> None:
    """What was written before an error in the block is taken back."""
    with pytest.raises(ZeroDivisionError), store.write() as conn:
        conn.execute(insert(tables.city), [{"key": "name", "value": "x"}])
        raise ZeroDivisionError
    with store.read() as conn:
        assert conn.execute(select(tables.city)).all() == []


def test_a_snapshot_does_not_move(store: Database) -> None:
    """What another thread commits is not seen by a reading transaction that has begun."""
    with store.read() as conn:
        assert conn.execute(select(tables.city)).all() == []

        def commit() -> None:
            with store.write() as other:
                other.execute(insert(tables.city), [{"key": "name", "value": "x"}])

        thread = threading.Thread(target=commit)
        thread.start()
        thread.join()
        assert conn.execute(select(tables.city)).all() == []
    with store.read() as conn:
        assert len(conn.execute(select(tables.city)).all()) == 1


def test_many_writers(store: Database, store_url: str) -> None:
    """Threads of two seats that read and then write in one transaction all succeed, and no write is lost."""
    other = Database.open(store_url)
    with store.write() as conn:
        conn.execute(insert(tables.city), [{"key": "n", "value": "0"}])

    def count(seat: Database) -> None:
        for _ in range(15):
            with seat.write() as conn:
                query = "SELECT value FROM city WHERE key = 'n'" + (
                    " FOR UPDATE" if seat.kind == "postgis" else ""
                )
                value = int(conn.execute(text(query)).scalar_one())
                conn.execute(tables.city.update().values(value=str(value + 1)))

    threads = [threading.Thread(target=count, args=(seat,)) for seat in (store, other, store)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    with store.read() as conn:
        assert conn.execute(select(tables.city.c.value)).scalar_one() == "45"


def test_an_acknowledged_write_reaches_the_disk(tmp_path: Path, empty_file: Path) -> None:
    """The writing connection runs in WAL with synchronous=FULL and foreign keys on: what durability rests on."""
    path = tmp_path / "city.sqlite"
    shutil.copyfile(empty_file, path)
    database = Database.open(str(path))
    with database.write() as conn:
        found = [
            conn.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    database.close()
    assert found == ["wal", 2, 1]


def test_the_map_worker_is_told_where_the_layers_are(store: Database) -> None:
    """The description holds all the worker needs to connect by itself."""
    source = store.worker_source()
    assert source["kind"] == store.kind
    if store.kind == "spatialite":
        assert Path(source["path"]).is_file()
    else:
        assert (source["host"], source["user"]) == ("127.0.0.1", postgis.USER)
        assert source["database"].startswith("city_")


def test_a_password_is_not_shown() -> None:
    """The URL that may be logged hides the password."""
    database = Database.__new__(Database)
    Database.__init__(database, url=__import__("sqlalchemy").make_url("postgresql://a:secret@127.0.0.1/x"))
    assert "secret" not in database.url
    assert "secret" in database.secret_url
    database.close()
