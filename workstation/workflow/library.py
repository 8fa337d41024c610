"""Where the files that ship with the program are: handbooks, calendars, class editions; and a city's own handbooks.

They are files beside the package, or, where the program runs without files (inside a database server), texts that
:func:`serve` was given: the same folders either way.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping
from pathlib import Path, PosixPath, PurePosixPath

HANDBOOKS = "WORKSTATION_HANDBOOKS"
"""The environment variable that names further folders of handbooks, divided as PATH is."""

_served: Mapping[str, str] = {}


class Served(PosixPath):
    """A path among the texts that are served. It can do what reading the program's data asks of a path, without a disk."""

    def is_file(self) -> bool:
        """Whether there is a text of that path."""
        return str(self) in _served

    def read_text(self, encoding: str | None = None, errors: str | None = None) -> str:
        """The text; FileNotFoundError without one."""
        if not self.is_file():
            raise FileNotFoundError(str(self))
        return _served[str(self)]

    def glob(self, pattern: str) -> Generator[Served, None, None]:
        """The paths below this one that match, part by part."""
        wanted = PurePosixPath(pattern)
        for name in sorted(_served):
            path = Served(name)
            if self in path.parents:
                below = path.relative_to(self)
                if len(below.parts) == len(wanted.parts) and below.match(pattern):
                    yield path


def serve(texts: Mapping[str, str]) -> None:
    """Read the program's data from these texts (``data/…`` → text) from now on; from its files again where there are none."""
    global _served
    _served = {path: text for path, text in texts.items() if path.startswith("data/")}


def data_folder() -> Path:
    """The program's ``data`` folder, beside the package or served."""
    return Served("data") if _served else Path(__file__).resolve().parents[2] / "data"


def handbooks() -> dict[str, Path]:
    """The folder of each handbook there is, by name: the program's, the national one first, then a city's own."""
    own = "" if _served else os.environ.get(HANDBOOKS, "")
    places = [data_folder() / "handbooks", *map(Path, filter(None, own.split(os.pathsep)))]
    found: dict[str, Path] = {}
    for place in places:
        for head in sorted(place.glob("*/handbook.toml"), key=lambda p: (p.parent.name != "national", p)):
            found.setdefault(head.parent.name, head.parent)
    return found
