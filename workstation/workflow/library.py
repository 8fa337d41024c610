"""Where the files that ship with the program are: handbooks, calendars, class editions; and a city's own handbooks."""

from __future__ import annotations

import os
from pathlib import Path

HANDBOOKS = "WORKSTATION_HANDBOOKS"
"""The environment variable that names further folders of handbooks, divided as PATH is."""


def data_folder() -> Path:
    """The program's ``data`` folder, beside the package."""
    return Path(__file__).resolve().parents[2] / "data"


def handbooks() -> dict[str, Path]:
    """The folder of each handbook there is, by name: the program's, the national one first, then a city's own."""
    places = [
        data_folder() / "handbooks",
        *map(Path, filter(None, os.environ.get(HANDBOOKS, "").split(os.pathsep))),
    ]
    found: dict[str, Path] = {}
    for place in places:
        for head in sorted(place.glob("*/handbook.toml"), key=lambda p: (p.parent.name != "national", p)):
            found.setdefault(head.parent.name, head.parent)
    return found
