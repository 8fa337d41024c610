"""One small demo city of a fixed day for all tests of this folder, to be read and not written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from workstation import demo
from workstation.store.database import Database

DAY = date(2026, 11, 20)
SIZE = {"components": 600, "cases": 80, "grids": 30}


def make(path: Path, seed: int = 7, handbook: str = "national", **size: int) -> Database:
    """A small city in a new file."""
    database = Database.create(str(path))
    demo.build(database, **{**SIZE, **size}, seed=seed, today=DAY, handbook=handbook)
    return database


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The small demo city of 20 November 2026."""
    database = make(tmp_path_factory.mktemp("town") / "city.sqlite")
    yield database
    database.close()
