"""A seat at a real small city, for the tests of the shell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.panels.desk import Desk


@pytest.fixture
def desk(qtbot: QtBot, services: Any, tmp_path: Path) -> Iterator[Desk]:
    """A seat with nobody's panel open yet; an operator sits at it."""
    made = Desk(qtbot, services, tmp_path)
    yield made
    made.close()
