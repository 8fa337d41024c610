"""Density as colour: numbers that are right, steps that are round, colours that rise, a picture that lies where it belongs."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from workstation.map.overlay_heat import (
    HeatLegend,
    HeatOverlay,
    Points,
    breaks_of,
    density_image,
    ramp_of,
    surface,
)
from workstation.map.overlay_palette import Palette
from workstation.map.plane import Plane
from workstation.map.transform import Projection
from workstation.map.viewport import Extent, Viewport

RNG = np.random.default_rng(5)


def points(n: int, weight: float = 1.0, spread: float = 900.0) -> Points:
    """Points around the origin."""
    return Points(RNG.normal(0, spread, n), RNG.normal(0, spread, n), np.full(n, weight))


def test_the_density_of_an_even_field_is_its_density() -> None:
    """One point in each square of a hundred metres is a hundred to the square kilometre, at any cell and radius."""
    x, y = np.meshgrid(np.arange(-3000, 3000, 100.0) + 50, np.arange(-3000, 3000, 100.0) + 50)
    even = Points(x.ravel(), y.ravel(), np.ones(x.size))
    for cell, radius in ((20.0, 400.0), (37.0, 500.0)):
        inner = surface(even, Extent(-1000, -1000, 1000, 1000), cell, radius)
        assert inner.mean() == pytest.approx(100.0, rel=0.02)
        assert inner.min() > 85 and inner.max() < 115


def test_all_weight_is_somewhere_and_beside_the_edge_it_still_reaches_in() -> None:
    """The surface holds every point's weight; what lies just outside counts as far as it reaches."""
    some = points(300, 2.0, 200.0)
    whole = surface(some, Extent(-3000, -3000, 3000, 3000), 25.0, 300.0)
    assert whole.sum() * 25 * 25 / 1e6 == pytest.approx(600.0)
    outside = Points(np.array([1050.0]), np.array([0.0]), np.ones(1))
    assert surface(outside, Extent(-1000, -1000, 1000, 1000), 25.0, 300.0).sum() > 0
    assert surface(outside, Extent(-1000, -1000, 0, 1000), 25.0, 300.0).sum() == 0


def test_a_part_of_the_view_has_the_numbers_of_the_whole() -> None:
    """A colour means the same wherever one looks: the surface of a part is that part of the surface."""
    some = points(500)
    whole = surface(some, Extent(-2000, -2000, 2000, 2000), 50.0, 400.0)
    part = surface(some, Extent(-500, 0, 500, 1000), 50.0, 400.0)
    assert np.allclose(whole[20:40, 30:50], part)


def test_steps_are_round_and_rise() -> None:
    """Breaks are few-figured numbers below the highest density; without points there are none."""
    for n in (1, 40, 5000):
        found = breaks_of(points(n), 500.0)
        assert list(found) == sorted(set(found)) and 3 <= len(found) <= 6
        for value in found:
            figures = f"{value:.12g}".replace(".", "").strip("0")
            assert len(figures) <= 2
    empty = Points(np.empty(0), np.empty(0), np.empty(0))
    assert breaks_of(empty, 500.0) == ()


def test_each_step_is_told_by_lightness_alone() -> None:
    """By day each step is darker, by night lighter than the one before, for every kind of colour vision."""
    # Machado, Oliveira and Fernandes (2009), severity 1: what is left of red, green and blue.
    eyes = {
        "all": np.eye(3),
        "protan": np.array([[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]),
        "deutan": np.array([[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]),
    }
    for dark in (False, True):
        for seen in eyes.values():
            values = []
            for name in ramp_of(dark):
                rgb = np.array(QColor(name).getRgbF()[:3])
                linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
                light = float(np.clip(seen @ linear, 0, 1) @ [0.2126, 0.7152, 0.0722])
                values.append(116 * light ** (1 / 3) - 16)
            steps = np.diff(values) if dark else -np.diff(values)
            assert steps.min() > 6, (dark, values)


def test_the_picture_lies_where_the_points_are(qtbot: QtBot) -> None:
    """One place: its pixel is coloured in the highest step, a far one not at all; moved and scaled it stays there."""
    one = Points(np.full(50, 1200.0), np.full(50, -400.0), np.ones(50))
    view = Viewport(1000.0, 0.0, 4.0, 800, 600)
    breaks = breaks_of(one, 300.0)
    overlay = HeatOverlay()
    overlay.show(density_image(one, view, 300.0, breaks, dark=False))
    assert overlay.covers(view) and overlay.covers(view.panned(100, 50))
    assert not overlay.covers(view.panned(700, 0)) and not overlay.covers(view.zoomed(2.0))
    for seen in (view, view.panned(60, -20), view.zoomed(2.0), view.at(1200.0, -400.0, 0.4)):
        picture = QImage(seen.width, seen.height, QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(0)
        painter = QPainter(picture)
        overlay.paint(painter, seen, 1.0, QRectF(0, 0, seen.width, seen.height))
        painter.end()
        x, y = (round(v) for v in seen.to_screen(1200.0, -400.0))
        at = picture.pixelColor(x, y)
        top = QColor(ramp_of(False)[-1])
        assert at.alpha() > 180 and abs(at.red() - top.red()) < 8 and abs(at.blue() - top.blue()) < 8
        fx, fy = seen.to_screen(1200.0 + 900.0, -400.0)
        if 0 <= fx < seen.width:
            assert picture.pixelColor(round(fx), round(fy)).alpha() == 0


def test_the_legend_says_the_numbers(qtbot: QtBot) -> None:
    """One row for each step, the highest first, and the title with the radius; in a low window there is none."""
    legend = HeatLegend(Palette(None))
    legend.say("密度", "件/km²  半径 500 米", (0.5, 2.0, 1500.0))
    assert legend.rows() == ["≥ 1,500", "2 – 1,500", "0.5 – 2"]
    view = Viewport(0.0, 0.0, 1.0, 800, 600)

    def inked(height: int) -> int:
        picture = QImage(800, height, QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(0)
        painter = QPainter(picture)
        legend.paint(painter, view.resized(800, height), 1.0, QRectF(0, 0, 800, height))
        painter.end()
        return sum(picture.pixelColor(30, row).alpha() > 0 for row in range(height))

    assert inked(600) > 60 and inked(150) == 0
    assert math.isfinite(inked(600))


def test_a_plane_is_its_projection_to_a_decimetre() -> None:
    """Interpolated positions of a city of sixty kilometres are those that PROJ gives; beside the box they are near."""
    projection = Projection("EPSG:4549")
    bounds = (119.6, 32.2, 120.2, 32.8)
    plane = Plane(projection, bounds)
    lon, lat = RNG.uniform(119.6, 120.2, 2000), RNG.uniform(32.2, 32.8, 2000)
    x, y = plane.to_map(lon, lat)
    wanted_x, wanted_y = projection.to_map(lon, lat)
    assert np.abs(x - wanted_x).max() < 0.1 and np.abs(y - wanted_y).max() < 0.1
    far_x, far_y = plane.to_map([120.25], [32.9])
    near = projection.to_map([120.25], [32.9])
    assert abs(far_x[0] - near[0][0]) < 30 and abs(far_y[0] - near[1][0]) < 30
