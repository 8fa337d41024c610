"""A private PostgreSQL server in a folder, for trials: made, started, stopped and removed by whoever wants to try.

It is run as a user other than root, asks everybody for a password (SCRAM), waits for the disk at each commit, and listens
on the loopback unless told otherwise; on another address it speaks TLS only, with a certificate that it made itself.
What is in the folder: ``data`` (the cluster), ``server.json`` (how it was made), ``password`` and ``seat`` (the passwords of
the superuser and of the seats, readable by the server's account alone), ``log``.
"""

from __future__ import annotations

import ipaddress
import json
import os
import secrets
import shutil
import socket
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from ..errors import StoreError
from ..server.names import roles_of
from . import programs

SUPERUSER = "postgres"
START_SECONDS = 30.0
"""How long a start may take: after a crash the server first replays what it had promised."""
CONNECTIONS = 400
"""Fifty seats hold up to seven connections each at their busiest, and the rest is upkeep."""
FILE = "server.json"


@dataclass(frozen=True, slots=True)
class Local:
    """A server in a folder. ``account`` is whom it runs as, "" for whoever started it; ``city`` the database's name."""

    folder: Path
    port: int
    listen: str
    account: str
    programs: Path
    city: str

    @property
    def user(self) -> str | None:
        """The account to run the server's programs as; None: as ourselves."""
        return self.account or None

    @property
    def host(self) -> str:
        """The address that seats connect to."""
        return self.listen or "127.0.0.1"

    @property
    def data(self) -> Path:
        """The cluster."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.folder / "log"

    def url(self, database: str | None = None) -> str:
        """The superuser's URL of the city, or of another database. Holds the password: never for showing."""
        password = (self.folder / "password").read_text(encoding="utf-8").strip()
        return self._url(SUPERUSER, password, database or self.city)

    def seat_password(self) -> str:
        """The password of the role that seats connect as before anybody has signed in."""
        return (self.folder / "seat").read_text(encoding="utf-8").strip()

    def seat_url(self) -> str:
        """What is entered on a seat. It opens nothing but the door: whoever signs in there is let in as themselves."""
        return self._url(roles_of(self.city).seat, self.seat_password(), self.city)

    def _url(self, user: str, password: str, database: str) -> str:
        secure = "" if _is_loopback(self.listen) else "?sslmode=require"
        return f"postgresql://{user}:{password}@{_bracketed(self.host)}:{self.port}/{database}{secure}"


def make(
    folder: Path, *, city: str = "city", listen: str = "", port: int = 0, user: str | None = None
) -> Local:
    """Make a server in a folder that is not there or empty; it is not started. StoreError says what prevents it."""
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError("exists", path=str(folder))
    account = programs.account(user)
    found = programs.server_folder()
    listen = listen or "127.0.0.1"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        server = Local(folder, port or _free_port(listen), listen, account or "", found, city)
        for name in ("password", "seat"):
            _keep(folder / name, secrets.token_urlsafe(32), account)
        if account is not None:
            shutil.chown(folder, account)
        programs.run(_initdb(server), user=account)
        _configure(server)
        _keep(folder / FILE, json.dumps(asdict(server), default=str, indent=1), account)
    except OSError as error:
        raise StoreError("unwritable", path=str(folder), reason=error.strerror or str(error)) from error
    except StoreError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return server


def load(folder: Path) -> Local:
    """The server that :func:`make` has made in a folder; StoreError no_server when there is none."""
    try:
        kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return Local(
            folder=folder.absolute(),
            port=int(kept["port"]),
            listen=str(kept["listen"]),
            account=str(kept["account"]),
            programs=Path(kept["programs"]),
            city=str(kept["city"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError("no_server", path=str(folder)) from error


def start(server: Local) -> None:
    """Start it, if it does not run, and wait until it answers; also after a crash."""
    deadline = time.monotonic() + START_SECONDS
    while not answers(server):
        try:
            _control(server, "-w", "-t", str(int(START_SECONDS)), "-l", str(server.log), "start")
        except StoreError:
            # After a kill -9 it is there for another moment, or its children are and hold the shared memory.
            if time.monotonic() > deadline or not _is_held(server):
                raise
            time.sleep(0.2)


def stop(server: Local) -> bool:
    """Stop it, if it runs (whether it did); transactions that are under way are rolled back."""
    if not running(server):
        return False
    _control(server, "-w", "-m", "fast", "stop")
    return True


def running(server: Local) -> bool:
    """Whether it runs."""
    try:
        _control(server, "status")
    except StoreError:
        return False
    return True


def answers(server: Local) -> bool:
    """Whether it takes connections."""
    ready = [str(server.programs / "pg_isready"), "-q", "-t", "2", "-h", server.host, "-p", str(server.port)]
    try:
        programs.run(ready)
    except StoreError:
        return False
    return True


def remove(server: Local) -> None:
    """Stop it and remove its folder with everything in it."""
    stop(server)
    shutil.rmtree(server.folder)


def _control(server: Local, *words: str) -> None:
    command = [str(server.programs / "pg_ctl"), "-D", str(server.data), *words]
    # The server that pg_ctl leaves behind would hold on to a pipe, so what is said goes to a file.
    programs.run(command, user=server.user, log=server.folder / "control.log")


def _is_held(server: Local) -> bool:
    said = server.log.read_text(encoding="utf-8", errors="replace")[-2000:] if server.log.exists() else ""
    return "still in use" in said or "lock file" in said


def _initdb(server: Local) -> list[str]:
    return [
        *(str(server.programs / "initdb"), "-D", str(server.data), "-U", SUPERUSER),
        *("-A", "scram-sha-256", f"--pwfile={server.folder / 'password'}", "--data-checksums"),
        *("-E", "UTF8", "--locale=C.UTF-8"),
    ]


def settings(memory: int) -> dict[str, str]:
    """The settings of a server that shares a machine of so many bytes with other things."""
    megabyte = 1024 * 1024
    shared = min(max(memory // 8 // megabyte, 128), 2048)
    return {
        "max_connections": str(CONNECTIONS),
        "shared_buffers": f"{shared}MB",
        "effective_cache_size": f"{max(memory // 2 // megabyte, 256)}MB",
        "work_mem": "8MB",
        "maintenance_work_mem": f"{min(max(memory // 32 // megabyte, 64), 512)}MB",
        "password_encryption": "'scram-sha-256'",
        # An acknowledged command must survive a power cut.
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "wal_level": "replica",
        "max_wal_size": "2GB",
        "wal_compression": "on",
        "jit": "off",
        # A seat whose machine was switched off holds no lock for longer than this.
        "tcp_keepalives_idle": "30",
        "tcp_keepalives_interval": "10",
        "tcp_keepalives_count": "3",
        "idle_in_transaction_session_timeout": "'60s'",
        # The values of a statement are people's words.
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "log_line_prefix": "'%m [%p] %u@%d '",
        "timezone": "'UTC'",
    }


def _configure(server: Local) -> None:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    chosen = settings(memory) | {
        "port": str(server.port),
        "listen_addresses": f"'{server.listen}'",
        "unix_socket_directories": "''",
    }
    rules = []
    if not _is_loopback(server.listen):
        _certify(server)
        chosen["ssl"] = "on"
        rules.append("hostssl all all samenet scram-sha-256")
    with (server.data / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.writelines(f"{key} = {value}\n" for key, value in chosen.items())
    with (server.data / "pg_hba.conf").open("a", encoding="utf-8") as file:
        file.writelines(f"{rule}\n" for rule in rules)


def _certify(server: Local) -> None:
    """A key and a certificate for ten years, signed by itself: enough that nobody on the wire can read."""
    key, certificate = server.data / "server.key", server.data / "server.crt"
    openssl = shutil.which("openssl")
    if openssl is None:
        raise StoreError("tool_missing", tool="openssl", package="openssl")
    programs.run(
        [
            *(openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *(
                "-days",
                "3650",
                "-subj",
                f"/CN={server.listen}",
                "-keyout",
                str(key),
                "-out",
                str(certificate),
            ),
        ],
        user=server.user,
    )


def _keep(path: Path, text: str, account: str | None) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text + "\n")
    if account is not None:
        shutil.chown(path, account)


def _free_port(listen: str) -> int:
    family = socket.AF_INET6 if ":" in listen else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.bind((listen, 0))
            return int(probe.getsockname()[1])
    except OSError as error:
        raise StoreError("bad_address", address=listen, reason=error.strerror or str(error)) from error


def _is_loopback(listen: str) -> bool:
    if listen == "localhost":
        return True
    try:
        return ipaddress.ip_address(listen).is_loopback
    except ValueError:
        return False


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
