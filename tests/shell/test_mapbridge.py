"""The map beside the rest: what a change names is read and painted, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.panels.desk import Desk
from workstation.shell.frame.statusbar import StatusBar
from workstation.shell.maps.bridge import MapBridge
from workstation.workflow.case import State


@pytest.fixture
def bridge(desk: Desk) -> Iterator[MapBridge]:
    """The map of the desk, filled."""
    status = StatusBar()
    made = MapBridge(desk.context, {}, status)
    made._read_markers()
    desk.settle()
    yield made
    status.deleteLater()


def test_a_change_reads_its_own_marker_only(
    desk: Desk, bridge: MapBridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case that changes state elsewhere is drawn in its new stage; all markers are not read again."""
    case = desk.case("filed")
    desk.settle()
    canvas = desk.canvas
    assert canvas.cases.marker(case.id) is not None
    asked: list[Any] = []
    original = type(desk.services.lists).markers

    def markers(self: Any, case_ids: Any = None) -> Any:
        asked.append(case_ids)
        return original(self, case_ids)

    monkeypatch.setattr(type(desk.services.lists), "markers", markers)
    desk.do("dispatch", case, "dispatcher", unit=desk.actors["one"].unit)
    desk.settle()
    assert asked == [frozenset({case.id})]
    marker = canvas.cases.marker(case.id)
    assert marker is not None and marker.state is State.DISPATCHED
    assert len(canvas.cases) == len(original(desk.context.lists))


def test_a_case_that_closes_leaves_the_map_and_the_front(desk: Desk, bridge: MapBridge) -> None:
    """A new case comes onto the map, stands in front for whom it waits, and goes when it is ended."""
    desk.sit("shift_leader")
    bridge._read_markers()
    desk.settle()
    case = desk.case("registered")
    desk.settle()
    assert desk.canvas.cases.marker(case.id) is not None
    assert bridge._waiting == frozenset(
        row.id
        for row in desk.context.lists.page(desk.context.lists.inbox(desk.context.actor), None, 150).rows
    )
    desk.do("reject", case, "shift_leader", reason="不属于城市管理范围")
    desk.settle()
    assert desk.canvas.cases.marker(case.id) is None and case.id not in bridge._waiting
