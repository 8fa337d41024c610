"""Where the files that ship with the program are: handbooks, calendars, class editions."""

from __future__ import annotations

from pathlib import Path


def data_folder() -> Path:
    """The program's ``data`` folder, beside the package."""
    return Path(__file__).resolve().parents[2] / "data"
