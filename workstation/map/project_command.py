"""``workstation map project``: the city's map as a project that GIS staff open in QGIS itself."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from workstation.map.definitions import MapDefinition
from workstation.map.worker_process import candidate_pythons, worker_environment

_WRITER = Path(__file__).parent / "worker" / "project_writer.py"
_SECONDS = 180
_NO_QGIS = "no Python with qgis found: install python3-qgis, or set WORKSTATION_QGIS_PYTHON"
_DEGREES = [73.0, 18.0, 135.0, 54.0]
"""Where a map is that does not say so."""


class ProjectError(Exception):
    """A project that could not be written. ``code``: ``no_qgis``, ``not_written``; ``detail`` is QGIS's."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code = code
        self.detail = detail
        super().__init__(f"{code}: {detail}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    commands = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    project = commands.add_parser("project", help="write the map as a project for QGIS")
    project.add_argument("--db", required=True, help="the city: a file or a postgresql:// address")
    project.add_argument("--out", required=True, type=Path, help="the .qgs to write")
    project.add_argument("--theme", choices=("day", "night"), default="day")
    project.add_argument("--force", action="store_true", help="write over a file that is there")


def run(args: argparse.Namespace) -> int:
    """Writes the project and says where. Exit codes: 0 written, 1 not, 2 wrong call."""
    from workstation.services.services import Services

    out: Path = args.out
    if out.suffix.lower() != ".qgs":
        print(f"{out}: must end in .qgs", file=sys.stderr)
        return 2
    if out.exists() and not args.force:
        print(f"{out} is there already: it may hold the styles of your staff (--force)", file=sys.stderr)
        return 2
    services = Services.open(args.db)
    try:
        city = services.city
        failed = write(
            services.db.worker_source(),
            city.map_crs,
            city.name,
            out,
            list(city.extent or _DEGREES),
            args.theme,
        )
    except ProjectError as error:
        print(_NO_QGIS if error.code == "no_qgis" else f"{error.detail}", file=sys.stderr)
        return 1
    finally:
        services.close()
    for line in failed:
        print(f"not in the project: {line}", file=sys.stderr)
    print(out)
    return 0


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
    partial = out.with_name(f".{out.stem}.partial.qgs")
    request["out"] = str(partial)
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
        if done.returncode != 0 or not partial.is_file():
            raise ProjectError("not_written", done.stderr.strip()[-500:])
        partial.replace(out)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ProjectError("not_written", str(error)) from error
    finally:
        for rest in out.parent.glob(f"{partial.name}*"):
            rest.unlink()
    return done.stdout.split("\n")[:-1]


def _python() -> str:
    ask = "import importlib.util, sys; sys.exit(importlib.util.find_spec('qgis') is None)"
    for python in candidate_pythons():
        if subprocess.run([python, "-s", "-E", "-c", ask], check=False).returncode == 0:
            return python
    raise ProjectError("no_qgis")
