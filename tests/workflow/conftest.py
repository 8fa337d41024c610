"""What the domain's tests share: the national handbook, calendars, and a player that takes cases along."""

from __future__ import annotations

import pytest

from workstation.workflow.calendar import Slot, WorkCalendar
from workstation.workflow.handbook import Handbook

from .play import Play

_SLOTS = (Slot(8 * 60, 12 * 60), Slot(14 * 60, 18 * 60))


@pytest.fixture(scope="session")
def national() -> Handbook:
    """The handbook that ships with the program."""
    return Handbook.national()


@pytest.fixture(scope="session")
def china() -> WorkCalendar:
    """The calendar that ships with the program."""
    return WorkCalendar.named("china")


@pytest.fixture(scope="session")
def weekdays() -> WorkCalendar:
    """Monday to Friday 08-12 and 14-18, no holidays."""
    return WorkCalendar([_SLOTS] * 5 + [()] * 2)


@pytest.fixture
def play(national: Handbook, china: WorkCalendar) -> Play:
    """A fresh case to play with, on an ordinary Monday morning."""
    return Play(national, china)
