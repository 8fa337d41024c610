"""A city that was only imported can be worked in: a case goes all the way round in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.importing.conftest import SOUTH, STEP, WEST, box, take
from workstation.evaluation import Period, report
from workstation.services.services import Services
from workstation.store.database import Database
from workstation.workflow.case import State
from workstation.workflow.event import Command


@pytest.mark.article("TJA-2-LOOP")
def test_round_the_loop(city: Database, geojson: Callable[..., Path]) -> None:
    """Registered, checked, filed, dispatched, disposed of, verified, closed and evaluated by the people it came with."""
    take(city, "units", geojson([(box(WEST, SOUTH), {"name": "供水公司", "code": "GS"})]))
    take(city, "grids", geojson([(box(WEST, SOUTH + STEP), {"name": "新网格"})], "grids"))
    now = [datetime(2026, 11, 20, 2, tzinfo=UTC)]
    services = Services.open(str(city.path), now=lambda: now[0])
    try:
        place = services.places.grid_at(WEST + 1e-4, SOUTH + STEP + 1e-4)
        assert place is not None and place.name == "新网格"
        collector = services.people.collector_for(place.code)
        assert collector is not None
        case_id = services.cases.new_case_id()

        def do(person: str, post: str, name: str, **data: Any) -> None:
            now[0] += timedelta(minutes=3)
            command = Command(name, case_id, services.cases.new_command_id(), data)
            services.cases.execute(command, services.people.actor(person, post))

        condition = services.handbook.conditions("component", "0101")[0].key
        do(
            "operator", "operator", "register", kind="component", class_code="0101", source="hotline_12345", description="井盖破损",
            address="路口", lon=WEST + 1e-4, lat=SOUTH + STEP + 1e-4, grid=place.code, area_class=place.area_class,
        )  # fmt: skip
        do("operator", "operator", "send_check", to=collector.id)
        do("collector", "collector", "checked", result="true_report")
        do("shift_leader", "shift_leader", "file", kind="component", class_code="0101", condition=condition)
        do("dispatcher", "dispatcher", "dispatch", unit="GS")
        do("GS-receiver", "receiver", "receive")
        do("GS-receiver", "receiver", "feed_back", note="已更换")
        do("operator", "operator", "send_verify", to=collector.id)
        do("collector", "collector", "verified", result="pass")
        do("shift_leader", "shift_leader", "close")
        assert services.cases.get(case_id).state is State.CLOSED
        row = report(services.db, Period.month(now[0]), "unit", now[0]).rows[0]
        assert (row.key, row.rates["disposal_in_time_rate"], row.rates["closing_in_time_rate"]) == (
            "GS",
            100.0,
            100.0,
        )
    finally:
        services.close()
