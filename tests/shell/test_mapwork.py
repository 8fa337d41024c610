"""Who is out reaches every map within a commit, for posts that may see it; a map that comes later gets what the others have."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QMenu

from tests.panels.desk import Desk
from workstation.map.canvas import MapCanvas, MapPlace
from workstation.map.marks import Marks
from workstation.map.overlay_mobiles import MobileOverlay
from workstation.map.overlay_query import QueryOverlay
from workstation.map.overlay_tracks import TrackOverlay
from workstation.services.spatial.positions import Report
from workstation.shell.maps import work as mapwork


@pytest.fixture
def work(desk: Desk) -> mapwork.MapWork:
    assert mapwork.found(desk.context) is None
    desk.sit("dispatcher")
    made = mapwork.of(desk.context)
    assert mapwork.of(desk.context) is made
    desk.settle()
    return made


def test_a_report_moves_the_marker(desk: Desk, work: mapwork.MapWork) -> None:
    services = desk.services
    mobile = services.positions.register(desk.actors["dispatcher"])[0]
    lon, lat = services.city.center
    services.positions.report(
        [Report(mobile.id, services.now() + timedelta(seconds=1), lon, lat, doing="duty")]
    )
    desk.settle()
    place = work.field.place(mobile.id)
    assert place is not None and (place.lon, place.lat) == (lon, lat)


def test_who_may_not_see_them_sees_nobody(desk: Desk, work: mapwork.MapWork) -> None:
    services = desk.services
    everybody = services.positions.register(desk.actors["dispatcher"])
    services.positions.report(
        [
            Report(m.id, services.now() + timedelta(seconds=1), *services.city.center, doing="duty")
            for m in everybody
        ]
    )
    desk.settle()
    assert len(work.field.places) == len(everybody)
    desk.employ("judge", "evaluator")
    desk.sit("judge")
    assert work.field.places == []


def test_a_map_that_comes_later_has_overlays_tools_and_the_answer(desk: Desk, work: mapwork.MapWork) -> None:
    lon, lat = (np.array([value]) for value in desk.services.city.center)
    work.show_marks(Marks(work.net.xy(lon, lat)))
    other = MapCanvas(desk.client, desk.services.city.map_crs, "other", desk.theme)
    desk.context.canvas_added.emit(other)
    kinds = {type(overlay) for overlay in other.overlays}
    assert {MobileOverlay, QueryOverlay, TrackOverlay} <= kinds
    query = next(one for one in other.overlays if isinstance(one, QueryOverlay))
    assert query.extent() is not None
    assert other.tool_named("query_polygon").drawn is not None  # type: ignore[attr-defined]
    assert other.lookup.source is not None
    work.remove(other)
    assert len(work.field.overlays) == 1 and other.lookup.source is None
    other.shutdown()
    other.deleteLater()


def test_the_menu_of_a_place(desk: Desk, work: mapwork.MapWork) -> None:
    menu = QMenu()
    desk.canvas.menu_wanted.emit(menu, MapPlace(QPointF(1, 1), *desk.services.city.center, None))
    words = [action.text() for action in menu.actions()]
    assert "查询此处的一切" in words and "在此登记案卷" not in words
    desk.sit("operator")
    menu = QMenu()
    desk.canvas.menu_wanted.emit(menu, MapPlace(QPointF(1, 1), *desk.services.city.center, None))
    assert "在此登记案卷" in [action.text() for action in menu.actions()]
