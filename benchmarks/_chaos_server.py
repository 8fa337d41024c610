"""A PostgreSQL of the benchmark's own that waits for the disk as a centre's does, made to be killed and started again."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

USER = "tester"
START_SECONDS = 60.0


def programs() -> Path | None:
    """The folder of the newest PostgreSQL's programs; None where none is installed."""
    found = [folder for folder in Path("/usr/lib/postgresql").glob("*/bin") if (folder / "initdb").exists()]
    return max(found, key=lambda folder: int(folder.parent.name)) if found else None


class Server:
    """One server in ``folder``, on the loopback. ``durable``: fsync and full pages, as shipped."""

    def __init__(self, bin_folder: Path, folder: Path, *, durable: bool = True) -> None:
        self._bin = bin_folder
        self._folder = folder
        self._data = folder / "data"
        self._account = _account()
        self._process: subprocess.Popen[bytes] | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        folder.mkdir(parents=True, exist_ok=True)
        if self._account is not None:
            folder.chmod(0o711)
            shutil.chown(folder, self._account)
        self._run("initdb", "-D", str(self._data), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C")
        settings = {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "shared_buffers": "64MB",
            "jit": "off",
            "checkpoint_timeout": "30s",
            "max_wal_size": "96MB",
            "min_wal_size": "32MB",
            "fsync": "on" if durable else "off",
            "synchronous_commit": "on" if durable else "off",
        }
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{key} = '{value}'\n" for key, value in settings.items())

    def url(self, name: str) -> str:
        """The URL of a database of this server."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{name}"

    def start(self) -> float:
        """Start it and wait until it answers; the seconds that took, recovery included."""
        import psycopg

        begun = time.monotonic()
        deadline = begun + START_SECONDS
        while True:
            if self._process is None or self._process.poll() is not None:
                with (self._folder / "log").open("ab") as log:
                    self._process = subprocess.Popen(
                        [str(self._bin / "postgres"), "-D", str(self._data)],
                        stdout=log,
                        stderr=log,
                        cwd=self._folder,
                        user=self._account,
                        group=self._account,
                        extra_groups=[] if self._account else None,
                    )
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=2).close()
                return time.monotonic() - begun
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def create(self, name: str) -> str:
        """A new database; its URL."""
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as conn:
            conn.execute(f"CREATE DATABASE {name}".encode())
        return self.url(name)

    def children(self) -> list[tuple[int, str]]:
        """The server's processes besides the first, with their titles."""
        if self._process is None:
            return []
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                stat = (entry / "stat").read_text()
                title = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue  # it ended meanwhile
            if int(stat.rsplit(")", 1)[1].split()[1]) == self._process.pid:
                found.append((int(entry.name), title.strip()))
        return found

    def kill(self) -> None:
        """Kill -9 of all of it at once, as when the machine loses its power."""
        if self._process is None:
            return
        children = [pid for pid, _ in self.children()]
        self._process.send_signal(signal.SIGSTOP)  # else it starts others in place of those that go
        children = list({*children, *(pid for pid, _ in self.children())})
        for pid in (*children, self._process.pid):
            _kill(pid)
        self._process.wait(30)
        self._process = None

    def stop(self, mode: str = "fast") -> None:
        """Stop it in one of pg_ctl's modes: smart, fast or immediate."""
        if self._process is None:
            return
        self._run("pg_ctl", "-D", str(self._data), "-m", mode, "-w", "stop", check=False)
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    def _run(self, program: str, *arguments: str, check: bool = True) -> None:
        subprocess.run(
            [str(self._bin / program), *arguments],
            check=check,
            capture_output=True,
            cwd=self._folder,
            user=self._account,
            group=self._account,
            extra_groups=[] if self._account else None,
        )


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _account() -> str | None:
    """PostgreSQL refuses to be run by root; whom to run it as instead. None: as ourselves."""
    if os.geteuid() != 0:
        return None
    return "postgres" if any(entry.pw_name == "postgres" for entry in pwd.getpwall()) else "nobody"
