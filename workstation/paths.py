"""Where things lie: the user's own folder, and the data and resources that come with the program."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_ROOT = Path(__file__).resolve().parent.parent


def home() -> Path:
    """The folder for cities, settings and logs: ``$WORKSTATION_HOME``, or the platform's place for user data."""
    chosen = os.environ.get("WORKSTATION_HOME")
    path = Path(chosen) if chosen else Path(platformdirs.user_data_dir("workstation", appauthor=False))
    path.mkdir(parents=True, exist_ok=True)
    return path


def default_city() -> Path:
    """The city that opens when none is named."""
    return home() / "demo.sqlite"


def data_dir() -> Path:
    """The folder of handbooks, class editions, calendars and recipes."""
    return _ROOT / "data"


def resource(name: str) -> Path:
    """A file or folder below ``resources/``."""
    return _ROOT / "resources" / name
