"""The door inside the database: the program's modules in a table, and PL/Python functions that run them.

What a person's role may do to a case is what ``door.perform`` lets it do, and that is the very program that a seat of a city in
a file runs itself. Nothing lies on the server's disk but the Python that PL/Python brings along.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ... import __version__
from ...workflow.library import data_folder, handbooks
from .. import raw
from ..errors import StoreError
from .names import run

if TYPE_CHECKING:
    from sqlalchemy import Connection

ROOT = Path(__file__).resolve().parents[3]
MODULES = (
    "workstation/__init__.py",
    "workstation/workflow/*.py",
    "workstation/store/__init__.py",
    "workstation/store/server/loading.py",
    *(
        f"workstation/store/{name}.py"
        for name in (
            *("changes", "columns", "document", "errors", "inside", "log", "projection", "raw", "rights"),
            "scram",
        )
    ),
    "workstation/services/__init__.py",
    "workstation/services/*/__init__.py",
    "workstation/services/*/inside.py",
    *(
        f"workstation/services/{name}.py"
        for name in (
            *("accounts/book", "accounts/signing_in", "cases/perform", "cases/references"),
            *("cases/scope", "cases/standing", "cases/together", "errors", "personal/keys"),
            *("personal/masking", "personal/personal", "rules/editions"),
        )
    ),
)
"""The modules that run inside. They import each other, the standard library, and where it is used ``cryptography``."""
OUTSIDE = frozenset(
    f"workstation/workflow/{name}.py"
    for name in ("batch", "command", "deadline_command", "deadline_input", "deadline_table", "deadline_words")
)
"""The domain's commands and what reckons with arrays."""
DATA = ("handbooks/*/*", "classes/*", "calendars/*", "indicators/*")
TEXTS = frozenset({".toml", ".csv"})
ADVICE = "apt install postgresql-plpython3-15 python3-cryptography"
"""What a server lacks that has no PL/Python (the number is PostgreSQL's)."""

UPGRADE = "workstation db upgrade, as a superuser of the server"
_AVAILABLE = "SELECT 1 FROM pg_available_extensions WHERE name = 'plpython3u'"

_BOOT = """
plan = SD.get("edition") or SD.setdefault(
    "edition", plpy.prepare("SELECT body FROM door.program WHERE path = 'digest'"))
digest = plpy.execute(plan)[0]["body"]
program = GD.get("workstation")
if program is None or program.digest != digest:
    import sys
    texts = {row["path"]: row["body"] for row in plpy.execute("SELECT path, body FROM door.program")}
    codes = plpy.execute(plpy.prepare("SELECT path, code FROM door.compiled WHERE tag = $1", ["text"]), [sys.version])
    space = {"__name__": "workstation_loading"}
    exec(texts["workstation/store/server/loading.py"], space)
    program = GD["workstation"] = space["load"](texts, digest, {row["path"]: row["code"] for row in codes})
"""
_COMPILE = """
DO LANGUAGE plpython3u $python$
import marshal, sys
plan = plpy.prepare("INSERT INTO door.compiled (path, tag, code) VALUES ($1, $2, $3)", ["text", "text", "bytea"])
for row in plpy.execute("SELECT path, body FROM door.program WHERE path LIKE '%.py'"):
    code = compile(row["body"], f"door:{row['path']}", "exec")
    plpy.execute(plan, [row["path"], sys.version, marshal.dumps(code)])
$python$
"""


def function(signature: str, returns: str, module: str, name: str, arguments: str = "") -> str:
    """The statement that makes a function of the door in Python, which runs with the rights of its owner.

    It answers what function ``name`` of ``module`` (``services.server.inside``) answers for PL/Python's module and these arguments.
    """
    call = f"return program.call({module!r}, {name!r}, plpy{', ' if arguments else ''}{arguments})"
    return (
        f"CREATE OR REPLACE FUNCTION door.{signature} RETURNS {returns} LANGUAGE plpython3u SECURITY DEFINER"
        f" SET search_path = pg_catalog, public, door, pg_temp AS $python$\n{_BOOT}{call}\n$python$"
    )


@lru_cache(maxsize=1)
def program() -> dict[str, str]:
    """What ``door.program`` holds of this program, by path: modules and data; ``digest`` is over all of them."""
    data = data_folder()
    paths = {path.relative_to(ROOT).as_posix(): path for name in MODULES for path in sorted(ROOT.glob(name))}
    paths = {name: path for name, path in paths.items() if name not in OUTSIDE}
    paths |= {_place(path): path for name in DATA for path in sorted(data.glob(name)) if path.suffix in TEXTS}
    texts = {name: path.read_text("utf-8-sig") for name, path in paths.items()}
    listed = json.dumps(texts, sort_keys=True, ensure_ascii=False)
    return {**texts, "digest": hashlib.sha256(listed.encode()).hexdigest(), "version": __version__}


def _place(path: Path) -> str:
    return "data/" + path.relative_to(data_folder()).as_posix()


def own_handbooks() -> dict[str, str]:
    """The handbooks that this city has besides those that ship (see :func:`workstation.workflow.library.handbooks`)."""
    shipped = data_folder()
    return {
        f"data/handbooks/{name}/{path.name}": path.read_text("utf-8-sig")
        for name, folder in handbooks().items()
        if shipped not in folder.parents
        for path in sorted(folder.iterdir())
        if path.suffix in TEXTS
    }


def install(conn: Connection) -> None:
    """Put this program into the database and make ``door.perform``, in the caller's transaction, as a superuser.

    StoreError no_plpython where the server has no PL/Python; ``advice`` says what to install.
    """
    if raw.first(conn, _AVAILABLE) is None:
        raise StoreError("no_plpython", advice=ADVICE)
    run(conn, "CREATE EXTENSION IF NOT EXISTS plpython3u")
    run(conn, (Path(__file__).parent / "door.sql").read_text("utf-8"))
    for table in ("program", "compiled"):
        raw.cursor(conn, f"DELETE FROM door.{table}")
    rows = [*own_handbooks().items(), *program().items()]
    raw.many(conn, "INSERT INTO door.program (path, body) VALUES (?, ?)", rows)
    run(conn, _COMPILE)
    run(conn, function("ready()", "void", "services.server.inside", "ready"))
    signature = "perform(commands jsonb, post text, mode text DEFAULT 'together', options jsonb DEFAULT '{}')"
    run(
        conn,
        function(signature, "jsonb", "services.server.inside", "perform", "commands, post, mode, options"),
    )


def require_program(conn: Connection, url: str) -> None:
    """StoreError unless the program in the database is this seat's: two programs would decide and show two things.

    no_plpython, no_door: there is none, because the server lacks PL/Python or nobody has put it there; older_program,
    newer_program, other_program (of the same version): the database's is that, as against the seat's. ``advice`` says what
    to do.
    """
    there = raw.first(conn, "SELECT to_regprocedure('door.edition()') IS NOT NULL")
    row = raw.first(conn, "SELECT door.edition()") if there and there[0] else None
    found = dict(row[0]) if row and row[0] else {}
    if not found:
        available = raw.first(conn, _AVAILABLE) is not None
        raise StoreError(
            "no_door" if available else "no_plpython", url=url, advice=UPGRADE if available else ADVICE
        )
    if found["digest"] != program()["digest"]:
        raise difference(found, url)


def difference(found: Mapping[str, str], url: str) -> StoreError:
    """What to say of a database whose program (``{digest, version}``) is not this one (see :func:`require_program`)."""
    mine = program()["version"]
    theirs = _ordered(found["version"])
    code, advice = "other_program", UPGRADE
    if theirs != _ordered(mine):
        code = "older_program" if theirs < _ordered(mine) else "newer_program"
        advice = UPGRADE if code == "older_program" else "install that version of the program on this seat"
    return StoreError(code, url=url, found=found["version"], wanted=mine, advice=advice)


def _ordered(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
