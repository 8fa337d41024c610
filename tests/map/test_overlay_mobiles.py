"""Who is out on the map: hit where painted, grey when silent, gliding only in sight, a target for cases while heard of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.map.canvas_world import LAT, LON, NOW
from workstation.map.canvas import MapCanvas
from workstation.map.overlay import CASES
from workstation.map.overlay_mobiles import MobileDots, MobileField, MobileHit, MobileOverlay
from workstation.services.spatial.positions import MobilePlace

AGO = timedelta(seconds=40)


def place(
    mobile: str, kind: str = "collector", lon: float = LON, ago: timedelta = AGO, doing: str = "duty"
) -> MobilePlace:
    person = f"P-{mobile}" if kind == "collector" else ""
    return MobilePlace(mobile, kind, f"名{mobile}", "U1", person, "", NOW - ago, lon, LAT, 4.0, 90.0, doing)


@pytest.fixture
def field(canvas: MapCanvas) -> Iterator[MobileField]:
    made = MobileField(canvas.projection, lambda: NOW)
    yield made
    made._timer.stop()


@pytest.fixture
def overlay(canvas: MapCanvas, field: MobileField) -> MobileOverlay:
    made = MobileOverlay(field, canvas.palette_)
    canvas.add_overlay(made)
    canvas.fly_to(LON, LAT, 3000)
    canvas.grab()
    return made


def pixel(canvas: MapCanvas, lon: float = LON) -> tuple[float, float]:
    return canvas.view.to_screen(*canvas.projection.point_to_map(lon, LAT))


def test_hit_card_and_target(canvas: MapCanvas, field: MobileField, overlay: MobileOverlay) -> None:
    field.words.telephone = lambda place: "0589-1"
    field.words.in_hand = {"a": 3}
    field.set_places(
        [place("a"), place("b", "crew", LON + 0.003, doing="task"), place("c", lon=LON - 0.003, doing="off")]
    )
    assert [p.id for p in field.places] == ["a", "b"]  # off duty: nobody's business
    hit = overlay.hit(canvas.view, *pixel(canvas))
    assert hit == MobileHit("a")
    card = overlay.hover_card(hit)
    assert card is not None and card.title == "名a" and card.badge == "在岗"
    words = " ".join(line.text for line in card.lines)
    assert "3 件" in words and "0589-1" in words and "刚刚" in words
    target = overlay.target_at(canvas.view, *pixel(canvas))
    assert target is not None and (target.kind, target.id, target.unit) == ("collector", "P-a", "U1")
    crew = overlay.target_at(canvas.view, *pixel(canvas, LON + 0.003))
    assert crew is not None and (crew.kind, crew.id) == ("crew", "b")
    assert overlay.hit(canvas.view, *pixel(canvas, LON + 0.0015)) is None
    assert overlay.hover_card(MobileHit("nobody")) is None


def test_who_is_silent_is_no_target(canvas: MapCanvas, field: MobileField, overlay: MobileOverlay) -> None:
    field.set_places([place("a", ago=timedelta(minutes=9, seconds=59))])
    assert field.states == ["duty"]
    field.now = lambda: NOW + timedelta(seconds=2)
    field.look_at_clock()
    assert field.states == ["silent"]
    assert overlay.hit(canvas.view, *pixel(canvas)) == MobileHit("a")
    assert overlay.target_at(canvas.view, *pixel(canvas)) is None
    card = overlay.hover_card(MobileHit("a"))
    assert card is not None and card.badge == "失联"


def test_kinds_are_switched_and_counted(
    canvas: MapCanvas, field: MobileField, overlay: MobileOverlay
) -> None:
    field.set_places([place("a"), place("v", "vehicle", LON + 0.003)])
    assert field.counts() == {"collector": 1, "crew": 0, "vehicle": 1}
    field.set_kinds(frozenset({"vehicle"}))
    assert overlay.hit(canvas.view, *pixel(canvas)) is None
    assert overlay.hit(canvas.view, *pixel(canvas, LON + 0.003)) == MobileHit("v")


def test_a_marker_goes_to_its_new_place_and_no_farther(
    qtbot: QtBot, canvas: MapCanvas, field: MobileField, overlay: MobileOverlay
) -> None:
    field.set_places([place("a")])
    canvas.grab()
    assert not field._timer.isActive()
    start = field.xy()[0, 0]
    field.set_places([place("a", lon=LON + 0.001)])
    assert field._timer.isActive() and field.xy()[0, 0] < field._to[0, 0]
    qtbot.waitUntil(lambda: not field._timer.isActive(), timeout=3000)
    assert field.xy()[0, 0] == field._to[0, 0] > start
    canvas.fly_to(LON + 0.2, LAT, 3000)
    canvas.grab()
    field.set_places([place("a", lon=LON + 0.0002)])
    assert not field._timer.isActive()  # nobody sees it


def test_menu_and_double_click(canvas: MapCanvas, field: MobileField, overlay: MobileOverlay) -> None:
    field.set_places([place("a")])
    opened: list[str] = []
    overlay.menu = lambda place, menu: menu.addAction(place.name) and None
    overlay.opened = lambda place: opened.append(place.id)
    menu = QMenu()
    overlay.add_actions(MobileHit("a"), menu)
    assert [action.text() for action in menu.actions()] == ["名a"]
    assert overlay.activated(MobileHit("a")) and opened == ["a"]
    assert not overlay.activated(MobileHit("gone"))


def test_thousands_are_painted_at_every_scale(
    canvas: MapCanvas, field: MobileField, overlay: MobileOverlay
) -> None:
    kinds = ("collector", "crew", "vehicle")
    field.set_places([place(str(n), kinds[n % 3], LON + (n % 60) * 1e-4) for n in range(2000)])
    for scale in (1000, 8000, 60_000):
        canvas.fly_to(LON, LAT, scale)
        image = QImage(canvas.size(), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        for one in (MobileDots(overlay), overlay):
            one.paint(painter, canvas.view, 1.0, QRectF(canvas.rect()))
        painter.end()
        assert image.pixelColor(canvas.width() // 2, canvas.height() // 2).alpha() > 0


def test_far_out_dots_lie_under_the_cases(
    canvas: MapCanvas, field: MobileField, overlay: MobileOverlay
) -> None:
    """Near, a marker lies above the cases; far out it is a dot below them, told and clicked in the same way."""
    dots = MobileDots(overlay)
    assert dots.z < CASES < overlay.z
    field.set_places([place("a")])
    assert overlay.hit(canvas.view, *pixel(canvas)) and dots.hit(canvas.view, *pixel(canvas)) is None
    canvas.fly_to(LON, LAT, 60_000)
    assert overlay.hit(canvas.view, *pixel(canvas)) is None
    hit = dots.hit(canvas.view, *pixel(canvas))
    assert hit == MobileHit("a") and dots.hover_card(hit) == overlay.hover_card(hit)
    opened: list[str] = []
    overlay.opened = lambda place: opened.append(place.id)
    assert dots.activated(hit) and opened == ["a"]
    overlay.visible = False  # the past is shown
    assert dots.extent() is None and dots.hit(canvas.view, *pixel(canvas)) is None
