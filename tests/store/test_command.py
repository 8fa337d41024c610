"""``workstation db``: what it does, what it says, its exit codes; backups that come back whole or not at all."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select, text

from tests import postgis
from tests.store.test_log import story
from workstation import cli
from workstation.store import backup, command, log, schema, tables
from workstation.store.database import Database
from workstation.store.errors import StoreError


def fill(url: str, *cases: str) -> None:
    """Put some cases into a city."""
    database = Database.open(url)
    with database.write() as conn:
        for case_id in cases:
            log.append_many(conn, story(case_id, 3))
    database.close()


def ids(url: str) -> list[str]:
    """The cases of a city."""
    database = Database.open(url)
    with database.read() as conn:
        found = list(conn.execute(select(tables.cases.c.id).order_by(tables.cases.c.id)).scalars())
    database.close()
    return found


def db(*words: object) -> int:
    """``workstation db WORDS``."""
    return cli.main(["db", *map(str, words)])


def test_create_check_and_upgrade(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A new city is made, is in order, and needs no upgrade; making it twice is refused with exit code 1."""
    path = tmp_path / "city.sqlite"
    assert db("create", "--db", path) == 0
    assert db("check", "--db", path) == 0
    assert "everything is in order" in capsys.readouterr().out
    assert db("upgrade", "--db", path) == 0
    assert "already" in capsys.readouterr().out
    assert db("create", "--db", path) == 1
    assert "something at" in capsys.readouterr().err


def test_check_tells_what_is_wrong(store_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A city with a changed projection gives exit code 2 and names the case, in words and as JSON."""
    fill(store_url, "a", "b")
    database = Database.open(store_url)
    with database.write() as conn:
        conn.execute(text("UPDATE cases SET address = 'x' WHERE id = 'b'"))
    database.close()
    assert db("check", "--db", store_url) == 2
    assert "projection: b address" in capsys.readouterr().out
    assert db("check", "--json", "--db", store_url) == 2
    report = json.loads(capsys.readouterr().out)
    assert report["findings"] == [{"code": "projection", "key": "b", "detail": "address"}]
    assert (report["cases"], report["events"]) == (2, 6)


def test_an_older_city_is_told_to_upgrade(
    store_url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message for an older schema is the command to run; a newer one cannot be upgraded."""
    monkeypatch.setattr("workstation.store.schema.REVISIONS", ("0000", *schema.REVISIONS))
    database = Database.open(store_url)
    for revision, words in (("0000", "workstation db upgrade"), ("9999", "newer")):
        with database.write() as conn:
            conn.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": revision})
        assert db("check", "--db", store_url) == 1
        assert words in capsys.readouterr().err
    assert db("upgrade", "--db", store_url) == 1
    database.close()


@pytest.mark.parametrize(
    "content", [b"", b"just some words that are no database", b"SQLite format 3\x00half"]
)
def test_bad_files_give_a_sentence(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every command on a file that is no city ends with exit code 1 and one line that names the file."""
    path = tmp_path / "bad.sqlite"
    path.write_bytes(content)
    for words in (["check"], ["upgrade"], ["backup", "--to", tmp_path / "b"]):
        assert db(*words, "--db", path) == 1
        said = capsys.readouterr().err.strip()
        assert said.startswith("error: ") and str(path) in said and "\n" not in said
    assert not (tmp_path / "b").exists()


def test_every_code_has_its_message() -> None:
    """No store error is without words, and filling them in needs no data that may be missing."""
    codes = StoreError.__doc__.split("one of: ")[1].split(". ``data``")[0] if StoreError.__doc__ else ""
    listed = {code.strip() for code in codes.replace("\n", " ").split(",")}
    assert listed == set(command.MESSAGES)
    for code in listed:
        assert command.message(StoreError(code)).strip()


def test_backup_and_restore(store_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A city that is open goes into one new file and comes back from it, with everything in order."""
    fill(store_url, "a", "b")
    seat = Database.open(store_url)
    file = tmp_path / "backup.bin"
    assert db("backup", "--db", store_url, "--to", file) == 0
    assert db("backup", "--db", store_url, "--to", file) == 1
    seat.close()
    assert sorted(path.name for path in tmp_path.glob("backup*")) == ["backup.bin"]
    fill(store_url, "c")
    assert db("restore", "--db", store_url, "--from", file) == 1
    assert ids(store_url) == ["a", "b", "c"]
    assert db("restore", "--force", "--db", store_url, "--from", file) == 0
    assert ids(store_url) == ["a", "b"]
    assert db("check", "--db", store_url) == 0
    fill(store_url, "d")
    assert ids(store_url) == ["a", "b", "d"]


def test_a_restored_city_keeps_its_guards(store_url: str, tmp_path: Path) -> None:
    """After a restore the log is append only as before."""
    fill(store_url, "a")
    file = tmp_path / "backup.bin"
    assert db("backup", "--db", store_url, "--to", file) == 0
    assert db("restore", "--force", "--db", store_url, "--from", file) == 0
    database = Database.open(store_url)
    with pytest.raises(Exception, match="append only"), database.write() as conn:
        conn.execute(text("DELETE FROM case_event"))
    database.close()


def test_restoring_into_a_new_place(tmp_path: Path, empty_file: Path) -> None:
    """A backup can be restored where there is nothing yet."""
    file = tmp_path / "backup.bin"
    assert db("backup", "--db", empty_file, "--to", file) == 0
    assert db("restore", "--db", tmp_path / "new.sqlite", "--from", file) == 0
    assert ids(str(tmp_path / "new.sqlite")) == []


def test_a_bad_backup_leaves_the_old_city(
    store_url: str, tmp_path: Path, empty_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Missing, empty, cut off, or of the other store: the restore fails in words and the city is as it was."""
    fill(store_url, "a")
    whole = empty_file.read_bytes()
    for number, content in enumerate(
        (None, b"", b"words", whole[: len(whole) // 2], b"PGDMP and then nothing")
    ):
        file = tmp_path / f"bad{number}"
        if content is not None:
            file.write_bytes(content)
        assert db("restore", "--force", "--db", store_url, "--from", file) == 1
        assert capsys.readouterr().err.startswith("error: ")
        assert ids(store_url) == ["a"]
    assert not list(tmp_path.glob("*.partial*"))


def test_a_database_that_is_no_city_is_not_restored(tmp_path: Path, empty_file: Path) -> None:
    """A sound SQLite file of another program does not take a city's place."""
    target = tmp_path / "city.sqlite"
    target.write_bytes(empty_file.read_bytes())
    other = tmp_path / "other.sqlite"
    conn = sqlite3.connect(other)
    conn.execute("CREATE TABLE t (a)")
    conn.close()
    assert db("restore", "--force", "--db", target, "--from", other) == 1
    assert ids(str(target)) == []


def test_a_city_in_use_is_not_replaced(
    tmp_path: Path, empty_file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a seat has the file open a restore is refused: the seat would write into a file that is gone."""
    monkeypatch.setattr(backup, "ALONE_SECONDS", 0.1)
    target, file = tmp_path / "city.sqlite", tmp_path / "backup.bin"
    target.write_bytes(empty_file.read_bytes())
    assert db("backup", "--db", target, "--to", file) == 0
    seat = Database.open(str(target))
    assert db("restore", "--force", "--db", target, "--from", file) == 1
    assert "in use" in capsys.readouterr().err
    with seat.write() as conn:
        log.append_many(conn, story("a", 2))
    seat.close()
    assert ids(str(target)) == ["a"]


@pytest.mark.postgis
def test_a_missing_tool_is_named(
    postgis_server: postgis.Server, empty_template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without pg_dump the backup says what to install."""
    url = postgis_server.new_database(empty_template)
    monkeypatch.setattr(backup, "find", lambda name: None)
    with pytest.raises(StoreError) as failed:
        database = Database.open(url)
        try:
            backup.backup(database, tmp_path / "b")
        finally:
            database.close()
    assert (failed.value.code, failed.value.data["tool"]) == ("tool_missing", "pg_dump")
    postgis_server.drop(url)
