"""``workstation server status`` tells how a server is, and names what needs somebody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests import postgis
from workstation import cli
from workstation.store.database import Database
from workstation.store.errors import StoreError
from workstation.store.ops import local, partition, programs, status

pytestmark = pytest.mark.postgis


@pytest.fixture
def url(postgis_server: postgis.Server, demo_template: str) -> Iterator[str]:
    """The URL of a small demo city."""
    made = postgis_server.new_database(demo_template)
    yield made
    postgis_server.drop(made)


def test_status_names_what_needs_somebody(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Settings that lose commands, no roles, no archive, no seal, no copy of today, no months ahead: each by name; exit code 2."""
    assert cli.main(["server", "status", "--db", url, "--json", "--backups", str(tmp_path)]) == 2
    told = json.loads(capsys.readouterr().out)
    said = " ".join(told["attention"])
    for word in ("fsync is off", "no roles", "not archived", "never sealed", "no backup"):
        assert word in said
    assert (told["read_only"], told["program_matches"], told["divided"]) == (False, True, False)
    assert told["size_bytes"] > 1_000_000 and "photo" in told["largest"]
    (tmp_path / "2026-11-22").mkdir()
    database = Database.open(url)
    with database.write() as conn:
        partition.divide(conn, 1, datetime.now(UTC))
    database.close()
    assert cli.main(["server", "status", "--db", url, "--backups", str(tmp_path)]) == 2
    words = capsys.readouterr().out
    assert "no backup" not in words and "only 1 months are made ahead" in words
    assert "ahead 1" in words


def test_a_file_has_no_status(city_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A city in a file is not a server's, and says so."""
    assert cli.main(["server", "status", "--db", city_url]) == 1
    assert "is a file" in capsys.readouterr().err


def test_a_status_without_copies(tmp_path: Path) -> None:
    """A half-written copy does not count as one."""
    (tmp_path / "city.dump.partial").touch()
    seen = status.Status()
    status.look_at_backups(tmp_path, seen)
    assert seen.facts["last_backup"] is None and len(seen.attention) == 1


def test_where_no_server_can_be_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder with something in it, an account that is not there or is root, an address of another machine, no server: in words."""
    (tmp_path / "x").touch()
    start = ["server", "local", "start", "--folder"]
    assert cli.main([*start, str(tmp_path)]) == 1
    assert cli.main([*start, str(tmp_path / "a"), "--user", "nobody-of-this-name"]) == 1
    assert cli.main([*start, str(tmp_path / "b"), "--listen", "192.0.2.1"]) == 1
    assert cli.main(["server", "local", "status", "--folder", str(tmp_path)]) == 1
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 4 and all(line.startswith("error: ") for line in errors)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x"]
    with pytest.raises(StoreError, match="tool_failed"):
        programs.run(["false"])


def test_settings_fit_the_machine() -> None:
    """Memory is shared with other things on the machine, whatever its size, and nothing waits less than for the disk."""
    small, large = local.settings(2 << 30), local.settings(256 << 30)
    assert (small["shared_buffers"], large["shared_buffers"]) == ("256MB", "2048MB")
    assert {small[name] for name in ("fsync", "synchronous_commit", "full_page_writes")} == {"on"}


def test_a_login_without_the_right_is_told_in_a_line(
    url: str, postgis_server: postgis.Server, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever may not read the city or change it gets one line and exit code 1 from each action."""
    postgis_server.run("CREATE ROLE passer LOGIN")
    try:
        theirs = url.replace(f"//{postgis.USER}@", "//passer@")
        for words in (["status"], ["partition"], ["partition", "--detach", "2026-03"]):
            assert cli.main(["server", *words, "--db", theirs]) == 1
            said = capsys.readouterr().err.strip()
            assert said.startswith("error: ") and "\n" not in said
    finally:
        postgis_server.run("DROP ROLE passer")
