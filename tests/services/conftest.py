"""Services over the city made by hand, on both stores, with a clock that the test moves."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests import handmade
from workstation.services.cases.cases import Done
from workstation.services.services import Services
from workstation.store.database import Database
from workstation.workflow.event import Actor, Command


class Clock:
    """The instant that the services believe in; Friday morning in Shanghai to begin with."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.instant

    def forward(self, minutes: float) -> None:
        """Let time pass."""
        self.instant += timedelta(minutes=minutes)


class Desk:
    """Takes cases through the loop, each step by the person whose step it is."""

    def __init__(self, services: Services, clock: Clock) -> None:
        self.services = services
        self.clock = clock
        self._numbers = itertools.count(1)

    def actor(self, person: str) -> Actor:
        """A person of the handmade city in their post."""
        return self.services.people.actor(person, handmade.STAFF[person][0])

    def do(self, person: str, name: str, case_id: str, **data: Any) -> Done:
        """One command, a minute after the last."""
        self.clock.forward(1)
        command = Command(name, case_id, self.services.cases.new_command_id(), data)
        return self.services.cases.execute(command, self.actor(person))

    def registered(self, **data: Any) -> str:
        """A new case, registered by the operator as a collector's report; its id."""
        case_id = self.services.cases.new_case_id()
        values = {
            "kind": "component",
            "class_code": "0101",
            "source": "collector",
            "description": "井盖缺失",
            "address": "南门大街1号",
            "lon": handmade.WEST + 0.001,
            "lat": handmade.SOUTH + 0.001,
            "grid": handmade.GRID_WEST,
            "area_class": "core",
            "component": handmade.MANHOLE,
            **data,
        }
        self.do("op1", "register", case_id, **values)
        return case_id

    def filed(self, **data: Any) -> str:
        """A case that has been filed."""
        case_id = self.registered(**data)
        self.do("sl1", "file", case_id, kind="component", class_code="0101", condition="component/0101/3")
        return case_id

    def dispatched(self, unit: str = "U1", **data: Any) -> str:
        """A case that a unit has been sent."""
        case_id = self.filed(**data)
        self.do("dis1", "dispatch", case_id, unit=unit)
        return case_id

    def verifying(self) -> str:
        """A case whose disposal a collector has been sent to verify."""
        case_id = self.dispatched()
        self.do("rec1", "receive", case_id)
        self.do("rec1", "feed_back", case_id, note="已更换")
        self.do("op1", "send_verify", case_id, to="col1")
        return case_id

    def closed(self) -> str:
        """A case that has gone round the loop."""
        case_id = self.verifying()
        self.do("col1", "verified", case_id, result="pass")
        self.do("sl1", "close", case_id)
        return case_id


@pytest.fixture
def clock() -> Clock:
    """The services' clock."""
    return Clock()


@pytest.fixture
def town(store: Database, clock: Clock) -> Services:
    """Services over the city made by hand (closed with the store)."""
    handmade.fill(store)
    return Services(store, now=clock)


@pytest.fixture
def desk(town: Services, clock: Clock) -> Iterator[Desk]:
    """The desk of that city."""
    yield Desk(town, clock)
    town.close()
