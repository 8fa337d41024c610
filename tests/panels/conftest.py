"""What the tests of panels share: a seat at a real small city."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from tests.panels.desk import Desk
from workstation.services.services import Services
from workstation.store import tables
from workstation.store.database import Database


@pytest.fixture
def desk_under(qtbot: QtBot, city_url: str, tmp_path: Path) -> Iterator[Callable[[str], Desk]]:
    """A seat in the city under the handbook of that name."""
    opened: list[tuple[Desk, Services]] = []

    def open_under(name: str) -> Desk:
        database = Database.open(city_url)
        with database.write() as conn:
            conn.execute(update(tables.city).where(tables.city.c.key == "handbook").values(value=name))
        services = Services(database)
        opened.append((Desk(qtbot, services, tmp_path), services))
        return opened[-1][0]

    yield open_under
    for made, services in opened:
        made.close()
        services.close()


@pytest.fixture
def strict_desk(desk_under: Callable[[str], Desk]) -> Desk:
    """A seat in a city under the strictest of the handbooks: leaders approve, heads endorse, evidence goes along."""
    return desk_under("minqing")


@pytest.fixture
def desk(qtbot: QtBot, services: Any, tmp_path: Path) -> Iterator[Desk]:
    """A seat with nobody's panel open yet; an operator sits at it."""
    made = Desk(qtbot, services, tmp_path)
    yield made
    made.close()
