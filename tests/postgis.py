"""A PostgreSQL server with PostGIS and PL/Python for the tests: found on this machine, started in a temporary folder, thrown away.

PostgreSQL refuses to run as root; then it is run as the user ``postgres``, or as ``nobody`` where there is none. It
listens on the loopback only, on a port that is free, and does not wait for the disk (it is the tests' own): where there is memory
to spare its folder lies there, and a database for each test costs a sixth.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

MEMORY = Path("/dev/shm")
ROOM = 6 * 1024**3
"""Bytes of memory that must be free for the server's folder to lie there; a whole run needs less than two thousand million."""
USER = "tester"
START_SECONDS = 30.0


def programs() -> Path | None:
    """The folder of the newest PostgreSQL's programs that has PostGIS and PL/Python; None when there is none."""
    found = [
        folder
        for folder in Path("/usr/lib/postgresql").glob("*/bin")
        if (folder / "initdb").exists()
        and all(
            (Path("/usr/share/postgresql") / folder.parent.name / "extension" / f"{name}.control").exists()
            for name in ("postgis", "plpython3u")
        )
    ]
    return max(found, key=lambda folder: int(folder.parent.name)) if found else None


def require_programs() -> Path:
    """The programs; without them the test is skipped with the reason, or fails where CI is set."""
    found = programs()
    if found is not None:
        return found
    reason = (
        "PostgreSQL with PostGIS and PL/Python is not installed"
        " (apt install postgresql postgis postgresql-plpython3-15 python3-cryptography)"
    )
    if os.environ.get("CI", "").lower() in ("1", "true", "yes"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def _account() -> str | None:
    """Whom to run the server as; None: as ourselves."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _as_account(command: list[str], account: str | None) -> list[str]:
    return command if account is None else ["runuser", "-u", account, "--", *command]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A running server; :meth:`new_database` gives each test a database of its own."""

    def __init__(self, port: int, bin_folder: Path) -> None:
        self.port = port
        self.bin_folder = bin_folder
        self._numbers = count(1)

    def url(self, name: str) -> str:
        """The URL of a database of this server."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{name}"

    def run(self, statement: str) -> None:
        """Run one statement on the maintenance database."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as conn:
            conn.execute(statement.encode())

    def new_database(self, template: str = "template_postgis") -> str:
        """The URL of a new database with PostGIS in it (or a copy of ``template``)."""
        name = f"city_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected."""
        self.run(f"DROP DATABASE IF EXISTS {url.rsplit('/', 1)[1]} WITH (FORCE)")


def roomy() -> Path | None:
    """A folder in memory, where there is room; None: the usual place for temporary files."""
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        return None
    pages, size = os.sysconf("SC_AVPHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return MEMORY if min(shutil.disk_usage(MEMORY).free, pages * size) > ROOM else None


@contextmanager
def running(bin_folder: Path) -> Iterator[Server]:
    """A server for the length of the block."""
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="workstation-pg-", dir=roomy()))
    data = folder / "data"
    port = _free_port()
    try:
        if account is not None:
            shutil.chown(folder, account)
        subprocess.run(
            _as_account(
                [
                    *(str(bin_folder / "initdb"), "-D", str(data), "-U", USER),
                    *("-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"),
                ],
                account,
            ),
            check=True,
            capture_output=True,
            cwd=folder,
        )
        settings = {
            "port": str(port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "shared_buffers": "64MB",
            "jit": "off",
        }
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                _as_account([str(bin_folder / "postgres"), "-D", str(data), *options], account),
                stdout=log,
                stderr=log,
                cwd=folder,
            )
        try:
            server = Server(port, bin_folder)
            _wait(server, process, folder / "log")
            server.run("CREATE DATABASE template_postgis")
            with psycopg.connect(server.url("template_postgis"), autocommit=True) as conn:
                conn.execute("CREATE EXTENSION postgis")
                conn.execute("CREATE EXTENSION plpython3u")
            yield server
        finally:
            stop = [str(bin_folder / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"]
            subprocess.run(_as_account(stop, account), check=False, capture_output=True, cwd=folder)
            process.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(server.url("postgres")).close()
            return
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()[-2000:]}") from error
            time.sleep(0.05)
