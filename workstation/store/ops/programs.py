"""PostgreSQL's own programs: where they are, whom to run them as, and what they said when they failed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from ..errors import StoreError

DEBIAN = Path("/usr/lib/postgresql")


def find(name: str) -> str | None:
    """One of PostgreSQL's programs: on the path, else the newest that Debian keeps aside; None when there is none."""
    aside = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: _version(path.parent.parent), reverse=True)
    return shutil.which(name) or next((str(path) for path in aside), None)


def server_folder() -> Path:
    """The folder of the newest server's programs; StoreError tool_missing without one."""
    found = [path.parent for path in DEBIAN.glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda folder: _version(folder.parent))
    on_path = shutil.which("initdb")
    if on_path is None:
        raise StoreError("tool_missing", tool="initdb", package="postgresql postgresql-postgis")
    return Path(on_path).resolve().parent


def _version(folder: Path) -> int:
    return int(folder.name) if folder.name.isdigit() else 0


def account(wanted: str | None) -> str | None:
    """Whom to run a server as: ``wanted``, or nobody else than ourselves (None), or ``postgres`` for root.

    PostgreSQL refuses to run as root. No account is ever made here: StoreError no_account when there is none to use.
    """
    if os.geteuid() != 0:
        mine = pwd.getpwuid(os.geteuid()).pw_name
        if wanted not in (None, mine):
            raise StoreError("no_account", account=wanted)
        return None
    try:
        found = pwd.getpwnam(wanted or "postgres")
    except KeyError as error:
        raise StoreError("no_account", account=wanted or "postgres") from error
    if found.pw_uid == 0:
        raise StoreError("no_account", account=found.pw_name)
    return found.pw_name


def run(command: Sequence[str], *, user: str | None = None, log: Path | None = None) -> str:
    """Run a program, as another user if asked, and return what it said; StoreError tool_failed when it did not work.

    A program that leaves a server behind must be given a ``log``: the server would hold on to a pipe.
    """
    whole = list(command) if user is None else ["runuser", "-u", user, "--", *command]
    if log is None:
        done = subprocess.run(whole, capture_output=True, text=True, cwd="/", check=False)
        said = done.stdout + done.stderr
    else:
        with log.open("ab") as file:
            done_ = subprocess.run(whole, stdout=file, stderr=file, cwd="/", check=False)
        if done_.returncode == 0:
            return ""
        said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise StoreError("tool_failed", tool=Path(command[0]).name, reason=_reason(said))
    if done.returncode != 0:
        raise StoreError("tool_failed", tool=Path(command[0]).name, reason=_reason(said))
    return said


def _reason(said: str) -> str:
    """The line that says why: the first of an error, else the last."""
    lines = [line.strip() for line in said.strip().splitlines() if line.strip()]
    telling = [line for line in lines if "FATAL" in line or "error:" in line.lower() or "ERROR" in line]
    return (telling or lines or ["no message"])[-1]
