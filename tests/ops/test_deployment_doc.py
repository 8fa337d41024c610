"""docs/deployment.md says what to type; this types it, on a server of its own, in the order of the document."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from tests import postgis
from tests.store.test_log import story
from workstation import cli
from workstation.services.services import Services
from workstation.store import audit, log
from workstation.store.database import Database
from workstation.store.errors import StoreError
from workstation.store.ops import local

pytestmark = pytest.mark.postgis

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
BLOCK = re.compile(
    r"^```sh\n# as (anybody|postgres|administrator): ([^\n]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL
)


def blocks() -> dict[str, tuple[str, str]]:
    """The blocks of the document that are run: who and what to type, by name."""
    return {name: (who, body) for who, name, body in BLOCK.findall(TEXT)}


@dataclass
class Centre:
    """The server of the test and what has become of it."""

    server: local.Local
    folder: Path
    names: dict[str, str]
    done: list[str] = field(default_factory=list)

    def follow(self, name: str, **more: str) -> str:
        """Type a block of the document; what was printed."""
        who, body = blocks()[name]
        self.done.append(name)
        command = ["bash", "-euo", "pipefail", "-c", body]
        if who == "postgres" and self.server.user:
            command = ["runuser", "-u", self.server.user, "--", *command]
        done = subprocess.run(
            command,
            env={**self.names, **more},
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, f"{name}:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def sql(self, statement: str) -> str:
        """The first value of a statement, in a transaction of its own."""
        with psycopg.connect(self.names["URL"], autocommit=True) as conn:
            found = conn.execute(statement.encode()).fetchone()
        return str(found[0]) if found else ""

    def add(self, *cases: str) -> None:
        """Put some cases into the city."""
        database = Database.open(self.names["URL"])
        with database.write() as conn:
            for case in cases:
                log.append_many(conn, story(case, 3))
        database.close()


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def centre() -> Iterator[Centre]:
    """A durable server of the module's own with an empty city, and every name that the document sets."""
    postgis.require_programs()
    folder = Path(tempfile.mkdtemp(prefix="workstation-centre-"))
    folder.chmod(0o755)
    server = local.make(folder / "server")
    replica = server.folder / "replica"
    try:
        local.start(server)
        with psycopg.connect(server.url("postgres"), autocommit=True) as conn:
            conn.execute(f"CREATE DATABASE {server.city}".encode())
        Database.create(server.url()).close()
        port = str(free_port())
        shim = folder / "bin"
        shim.mkdir()
        program = shim / "workstation"
        program.write_text(
            f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m workstation.cli "$@"\n'
        )
        program.chmod(0o755)
        names = {
            "PGBIN": str(server.programs),
            "PGDATA": str(server.data),
            "PGHOST": server.host,
            "PGPORT": str(server.port),
            "PGUSER": local.SUPERUSER,
            "PGPASSWORD": (server.folder / "password").read_text().strip(),
            "BACKUP": str(server.folder / "backup"),
            "CITY": server.city,
            "URL": server.url(),
            "REPLICA": str(replica),
            "REPLICA_PORT": port,
            "REPLICA_URL": server.url().replace(f":{server.port}/", f":{port}/"),
            "REPLICA_PASSWORD": "between-two-servers",
            "PATH": f"{shim}:{os.environ['PATH']}",
            "HOME": os.environ.get("HOME", "/root"),
        }
        yield Centre(server, server.folder if server.user is None else Path("/"), names)
    finally:
        for data in (replica, server.data):
            stop = [str(server.programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"]
            whole = stop if server.user is None else ["runuser", "-u", server.user, "--", *stop]
            subprocess.run(whole, capture_output=True, check=False)
        shutil.rmtree(folder, ignore_errors=True)


def test_every_name_is_set_and_every_command_is_there(centre: Centre) -> None:
    """The first block sets the names that the others use; each command of ours in the document exists."""
    set_there = set(re.findall(r"\b([A-Z_]+)=", blocks()["names"][1]))
    assert set_there <= set(centre.names)
    used = {name for _, body in blocks().values() for name in re.findall(r"\$\{?([A-Z_]+)", body)}
    assert used - set_there <= {"REPLICA_PASSWORD", "MOMENT", "DAY", "PGPASSWORD"}
    asked = set(re.findall(r"workstation (server|db|audit) ([a-z]+)", TEXT))
    for command, action in sorted(asked):
        with pytest.raises(SystemExit) as ended:
            cli.main([command, action, "--help"])
        assert ended.value.code == 0, f"{command} {action}"


@pytest.mark.timeout(420)  # a server is made, copied and started five times: a busy machine takes its time
def test_the_document_from_the_archive_to_the_takeover(centre: Centre) -> None:
    """Archive, copy, dump; a mistake; back to the moment before it; a replica that reads and refuses; taking over; months."""
    centre.add("a", "b")
    centre.follow("archive")
    centre.follow("copy")
    centre.add("c")
    time.sleep(0.1)
    moment = centre.sql("SELECT now()")
    time.sleep(0.1)
    centre.sql("DELETE FROM cases RETURNING id")
    centre.sql("SELECT count(*) FROM cases")
    _go_back(centre, moment)
    _dump_and_restore(centre)
    _replicate(centre)
    centre.follow("divide the log")
    centre.follow("take over")
    with psycopg.connect(centre.names["REPLICA_URL"], autocommit=True) as conn:
        deadline = time.monotonic() + 10
        while (
            conn.execute("SELECT pg_is_in_recovery()").fetchone() != (False,) and time.monotonic() < deadline
        ):
            time.sleep(0.1)
        conn.execute("UPDATE city SET value = value")
    assert set(centre.done) == set(blocks()) - {"names"}


def _go_back(centre: Centre, moment: str) -> None:
    assert centre.sql("SELECT count(*) FROM cases") == "0"
    centre.follow("back to a moment", MOMENT=moment)
    assert centre.sql("SELECT count(*) FROM cases") == "3"
    assert "everything is in order" in centre.follow("look")
    centre.add("d")


def _dump_and_restore(centre: Centre) -> None:
    """The dump comes back with its guards; without the city's roles on the server it says what to do."""
    centre.follow("dump")
    centre.add("e")
    said = centre.follow("restore a dump")
    assert "workstation server init" in said and "everything is in order" in said
    assert centre.sql("SELECT count(*) FROM cases") == "4"
    with pytest.raises(psycopg.Error, match="append only"):
        centre.sql("DELETE FROM case_event RETURNING 1")
    granted = centre.sql("SELECT has_database_privilege('public', current_database(), 'CONNECT')")
    assert granted == "False"


def _replicate(centre: Centre) -> None:
    """The replica is opened, read, and refuses every command in words."""
    centre.follow("let a replica in")
    centre.follow("the replica")
    assert re.search(r"read only +yes", said := centre.follow("ask it")), said
    assert "receives nothing" not in said
    centre.add("f")
    url = centre.names["REPLICA_URL"]
    deadline = time.monotonic() + 10
    services = Services.open(url)
    try:
        assert services.db.read_only and services.link.state.online
        # What a replica refuses is not kept to be sent later.
        assert (services.link.state.code, services.outbox.keeps) == ("read_only", False)
        while services.cases.get_many(["f"]) == [] and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(services.cases.history("f")) == 3
        with pytest.raises(StoreError) as refused, services.db.write() as conn:
            log.append_many(conn, story("g", 1))
        assert refused.value.code == "read_only"
        with services.db.read() as conn:
            report = audit.verify_log(conn)
        assert (report.clean, report.cases) == (True, 5)
    finally:
        services.close()


def test_a_server_survives_being_killed(centre: Centre) -> None:
    """After kill -9 the same words start the server again, with everything that was committed."""
    server = centre.server
    local.start(server)
    centre.add("k")
    before = centre.sql("SELECT count(*) FROM cases")
    leader = int((server.data / "postmaster.pid").read_text().split()[0])
    os.kill(leader, 9)
    local.start(server)
    assert centre.sql("SELECT count(*) FROM cases") == before
    password = server.folder / "password"
    assert password.stat().st_mode & 0o077 == 0
    if server.user is not None:
        assert pwd.getpwuid(server.data.stat().st_uid).pw_name == server.user
    settings = {
        name: centre.sql(f"SHOW {name}") for name in ("fsync", "synchronous_commit", "password_encryption")
    }
    assert settings == {"fsync": "on", "synchronous_commit": "on", "password_encryption": "scram-sha-256"}
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(server.url().replace(password.read_text().strip(), "wrong"))
