"""Seats behind a proxy to the tests' PostgreSQL, each with a home of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import postgis
from tests.outage.proxy import Proxy, proxied
from workstation.services.lists.filter import CaseFilter
from workstation.services.seat import link
from workstation.services.services import Services
from workstation.workflow.event import Actor, Command


class Seat:
    """The services of one seat, with the people and the commands that a test needs."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.services = Services.open(url)
        people = self.services.people
        self.actors: dict[str, Actor] = {
            post: people.actor(people.with_post(post)[0].id, post)
            for post in ("operator", "shift_leader", "dispatcher", "collector", "receiver")
        }

        row = self.services.lists.page(CaseFilter(sort="changed"), None, 1).rows[0]
        grid = self.services.places.grid_at(row.lon or 0.0, row.lat or 0.0)
        assert grid is not None
        self.place = {"lon": row.lon, "lat": row.lat, "grid": grid.code, "area_class": grid.area_class}

    @property
    def operator(self) -> Actor:
        """Who takes reports."""
        return self.actors["operator"]

    def registration(self, **said: Any) -> Command:
        """A new report."""
        cases = self.services.cases
        data = {
            "kind": "component",
            "class_code": "0101",
            "source": "hotline_12345",
            "description": "井盖破损",
            "address": "文昌街与运河路交叉口",
            **self.place,
            **said,
        }
        return Command("register", cases.new_case_id(), cases.new_command_id(), data)

    def command(self, name: str, case: Any, **data: Any) -> Command:
        """A command on a case as it was seen."""
        return Command(name, case.id, self.services.cases.new_command_id(), data, case.seq)

    def wait(self, what: Callable[[], object], seconds: float = 12.0) -> float:
        """Until that is so; the seconds it took."""
        begun = time.monotonic()
        while not what():
            assert time.monotonic() - begun < seconds, f"not within {seconds} s: {self.services.link.state}"
            time.sleep(0.01)
        return time.monotonic() - begun

    def wait_for(self, state: str, seconds: float = 12.0) -> float:
        """Until the connection is in that state."""
        return self.wait(lambda: self.services.link.state.state == state, seconds)

    def reopen(self) -> None:
        """End the program, and start it again."""
        self.services.close()
        self.services = Services.open(self.url)

    def times(self, command_id: str) -> int:
        """How often the log has that command."""
        with self.services.db.read() as conn:
            found = conn.exec_driver_sql(
                "SELECT count(*) FROM case_event WHERE command_id = %s", (command_id,)
            ).scalar()
        return int(found or 0)


@pytest.fixture(autouse=True)
def sooner_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is tried for counts as away after a moment, not after seconds."""
    monkeypatch.setattr(link, "CALM_SECONDS", 0.3)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The seat's own folder."""
    folder = tmp_path / "home"
    monkeypatch.setenv("WORKSTATION_HOME", str(folder))
    return folder


@pytest.fixture
def city_behind(
    postgis_server: postgis.Server, demo_template: str, home: Path
) -> Iterator[tuple[str, Proxy]]:
    """The URL of a small demo city on PostGIS through a proxy, and the proxy."""
    direct = postgis_server.new_database(demo_template)
    with proxied(postgis_server.port) as proxy:
        yield direct.replace(f":{postgis_server.port}/", f":{proxy.port}/"), proxy
    postgis_server.drop(direct)


@pytest.fixture
def proxy(city_behind: tuple[str, Proxy]) -> Proxy:
    """What is between the seat and its server."""
    return city_behind[1]


@pytest.fixture
def seat(city_behind: tuple[str, Proxy]) -> Iterator[Seat]:
    """A seat at that city."""
    made = Seat(city_behind[0])
    yield made
    made.services.close()
