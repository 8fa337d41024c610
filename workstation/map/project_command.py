"""``workstation map project``: the city's map as a project that GIS staff open in QGIS itself."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workstation.map.definitions import MapDefinition
from workstation.map.worker_process import candidate_pythons, worker_environment

if TYPE_CHECKING:
    from workstation.services.services import Services
    from workstation.store.database import Database

_WRITER = Path(__file__).parent / "worker" / "project_writer.py"
_SECONDS = 180
_STAFFS = "it may hold the styles of your staff (--force)"
_WORDS = {
    "no_qgis": "no Python with qgis found: install python3-qgis, or set WORKSTATION_QGIS_PYTHON",
    "exists": f"the database has a project already: {_STAFFS}",
    "not_allowed": "this login may not write projects into the database: the first time takes an administrator of the"
    " server, later a login in the city's group for QGIS does (docs/map-styles.md)",
}
_DEGREES = [73.0, 18.0, 135.0, 54.0]
"""Where a map is that does not say so."""


class ProjectError(Exception):
    """A project that could not be written. ``code``: ``no_qgis``, ``not_written``, ``exists``, ``not_allowed``; ``detail`` is QGIS's."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code = code
        self.detail = detail
        super().__init__(f"{code}: {detail}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    commands = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    project = commands.add_parser("project", help="write the map as a project for QGIS")
    project.add_argument("--db", required=True, help="the city: a file or a postgresql:// address")
    project.add_argument(
        "--out", type=Path, help="the .qgs to write; without it, into the database of a city on a server"
    )
    project.add_argument("--theme", choices=("day", "night"), default="day")
    project.add_argument("--force", action="store_true", help="write over a project that is there")


def run(args: argparse.Namespace) -> int:
    """Writes the project and says where. Exit codes: 0 written, 1 not, 2 wrong call."""
    from workstation.services.services import Services
    from workstation.store.errors import StoreError

    out: Path | None = args.out
    if out is None and not str(args.db).startswith("postgresql"):
        print("--out FILE.qgs is needed: a city in a file keeps no project in itself", file=sys.stderr)
        return 2
    if out is not None and out.suffix.lower() != ".qgs":
        print(f"{out}: must end in .qgs", file=sys.stderr)
        return 2
    if out is not None and out.exists() and not args.force:
        print(f"{out} is there already: {_STAFFS}", file=sys.stderr)
        return 2
    services = Services.open(args.db)
    try:
        if out is not None:
            failed, where = _write(services, out, args.theme), str(out)
        else:
            failed, where = _keep(services.db, partial(_write, services, theme=args.theme), args.force)
    except ProjectError as error:
        print(_WORDS.get(error.code, error.detail), file=sys.stderr)
        return 2 if error.code == "exists" else 1
    except StoreError as error:
        print(f"not written: {error}", file=sys.stderr)
        return 1
    finally:
        services.close()
    for line in failed:
        print(f"not in the project: {line}", file=sys.stderr)
    print(where)
    return 0


def _write(services: Services, out: Path, theme: str) -> list[str]:
    city = services.city
    source = services.db.worker_source()
    return write(source, city.map_crs, city.name, out, list(city.extent or _DEGREES), theme)


def _keep(database: Database, made: Callable[[Path], list[str]], force: bool) -> tuple[list[str], str]:
    """Puts the project into the database, where QGIS itself finds and saves it. Returns what is not in it, and its address.
    Raises ProjectError ``exists``, ``not_allowed``."""
    import psycopg

    from workstation.store import map_projects

    with database.read() as conn:
        if map_projects.exists(conn) and not force:
            raise ProjectError("exists")
    with tempfile.TemporaryDirectory(prefix="workstation-project-") as folder:
        file = Path(folder) / f"{map_projects.NAME}.qgs"
        failed = made(file)
        try:
            with database.write() as conn:
                map_projects.keep(conn, file.read_bytes())
        except psycopg.errors.InsufficientPrivilege as error:
            raise ProjectError("not_allowed") from error
    source = database.worker_source()
    server = f"{source['host']}:{source['port']}"
    return failed, (
        f"postgresql://{server}?dbname={source['database']}&schema=public&project={map_projects.NAME}"
    )


def write(
    source: dict[str, Any],
    map_crs: str,
    title: str,
    out: Path,
    extent: list[float] | None = None,
    theme: str = "day",
) -> list[str]:
    """Has QGIS's Python write the file; it is there when it is whole. Returns the layers that are not in it. Raises
    ProjectError."""
    request = {
        "source": source,
        "map_crs": map_crs,
        "title": title,
        "extent": [float(value) for value in extent or _DEGREES],
        **MapDefinition.load(theme=theme).wire(),
    }
    out = out.absolute()
    if not out.parent.is_dir():
        raise ProjectError("not_written", f"no folder {out.parent}")
    # In the same folder: addresses of files in it are relative to it.
    unfinished = out.with_name(f".{out.stem}.partial.qgs")
    request["out"] = str(unfinished)
    try:
        with tempfile.TemporaryDirectory(prefix="workstation-qgis-") as settings:
            done = subprocess.run(
                [_python(), "-s", "-E", str(_WRITER)],
                input=json.dumps(request),
                env=worker_environment("", Path(settings)),
                capture_output=True,
                text=True,
                timeout=_SECONDS,
                check=False,
            )
        if done.returncode != 0 or not unfinished.is_file():
            raise ProjectError("not_written", done.stderr.strip()[-500:])
        unfinished.replace(out)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ProjectError("not_written", str(error)) from error
    finally:
        for rest in out.parent.glob(f"{unfinished.name}*"):
            rest.unlink()
    return done.stdout.split("\n")[:-1]


def _python() -> str:
    ask = "import importlib.util, sys; sys.exit(importlib.util.find_spec('qgis') is None)"
    for python in candidate_pythons():
        if subprocess.run([python, "-s", "-E", "-c", ask], check=False).returncode == 0:
            return python
    raise ProjectError("no_qgis")
