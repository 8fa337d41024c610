"""What the tests of the canvas share: a client that draws nothing, and a canvas that is shown and at rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.map.canvas_world import LAT, LON, MAP_CRS, NOW, FakeClient
from workstation.map.canvas import MapCanvas

HOME = (LON - 0.05, LAT - 0.035, LON + 0.05, LAT + 0.035)


@pytest.fixture
def fake_client() -> FakeClient:
    """A client that answers when the test wants."""
    return FakeClient()


@pytest.fixture
def canvas(qtbot: QtBot, fake_client: FakeClient) -> Iterator[MapCanvas]:
    """A shown canvas of 800 x 600 over the city, without animation."""
    made = MapCanvas(fake_client, MAP_CRS, now=lambda: NOW)
    made.motion.animated = False
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    qtbot.waitExposed(made)
    made.set_home(HOME)
    yield made
    made.shutdown()


class Hand:
    """Presses, moves and releases over a canvas, with modifiers."""

    def __init__(self, canvas: MapCanvas) -> None:
        self.canvas = canvas

    def _mouse(
        self,
        kind: QEvent.Type,
        at: QPointF,
        button: Qt.MouseButton,
        down: Qt.MouseButton,
        keys: Qt.KeyboardModifier,
    ) -> None:
        event = QMouseEvent(kind, at, self.canvas.mapToGlobal(at), button, down, keys)
        QApplication.sendEvent(self.canvas, event)

    def press(
        self,
        x: float,
        y: float,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """A button goes down."""
        self._mouse(QEvent.Type.MouseButtonPress, QPointF(x, y), button, button, keys)

    def move(
        self,
        x: float,
        y: float,
        down: Qt.MouseButton = Qt.MouseButton.LeftButton,
        keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """The pointer moves."""
        self._mouse(QEvent.Type.MouseMove, QPointF(x, y), Qt.MouseButton.NoButton, down, keys)

    def release(
        self,
        x: float,
        y: float,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """The button comes up."""
        self._mouse(QEvent.Type.MouseButtonRelease, QPointF(x, y), button, Qt.MouseButton.NoButton, keys)

    def click(self, x: float, y: float, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Down and up."""
        self.press(x, y, keys=keys)
        self.release(x, y, keys=keys)

    def drag(
        self,
        *points: tuple[float, float],
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Down at the first point, along the others, up at the last."""
        self.press(*points[0], button=button, keys=keys)
        for x, y in points[1:]:
            self.move(x, y, down=button, keys=keys)
        self.release(*points[-1], button=button, keys=keys)

    def wheel(self, x: float, y: float, notches: float) -> None:
        """The wheel turns; positive is away from the hand."""
        at = QPointF(x, y)
        event = QWheelEvent(
            at,
            self.canvas.mapToGlobal(at),
            QPointF().toPoint(),
            QPointF(0, notches * 120).toPoint(),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.canvas, event)


@pytest.fixture
def hand(canvas: MapCanvas) -> Hand:
    """A hand over the canvas."""
    return Hand(canvas)


@pytest.fixture
def place(canvas: MapCanvas) -> Callable[[float, float], tuple[float, float]]:
    """The pixel of a position in degrees."""

    def at(lon: float, lat: float) -> tuple[float, float]:
        return canvas.view.to_screen(*canvas.projection.point_to_map(lon, lat))

    return at
