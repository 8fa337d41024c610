"""What the canvas asks QGIS about a place: the card of the identify tool, and what a picked position snaps to."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPointF, QTimer

from workstation.map.identify_card import IdentifyCard, Thing, things_of

if TYPE_CHECKING:
    from workstation.map.canvas import MapCanvas

REACH = 12
"""Pixels within which a click means the thing beside it."""
PATIENCE_MS = 600
"""How long a picked position waits to learn whether a component stands there."""
PREVIEW_MS = 90
Source = Callable[[float, float, float, Callable[[Sequence[Thing]], None]], object]
"""Asked for everything at a place (lon, lat, metres around it); the answer comes by the last argument."""


class Lookup(QObject):
    """Questions under way, by number, and what is to be done with their answers. A newer question drops the older."""

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._number = 0
        self._purpose = ""
        self._at = QPointF()
        self._asked = 0
        self.source: Source | None = None
        self.card = IdentifyCard(canvas.palette_, canvas)
        self.card.chosen.connect(canvas.update)
        self.snapped: tuple[float, float] | None = None
        self._snap_feature: Mapping[str, Any] | None = None
        self._preview = QTimer(self, singleShot=True, interval=PREVIEW_MS)
        self._preview.timeout.connect(self._ask_preview)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._unsnapped)
        canvas.client.identified.connect(self._answer)
        self.card.closed.connect(canvas.update)

    @property
    def marked(self) -> tuple[float, float] | None:
        """Where the thing stands that the card tells of, in map coordinates."""
        thing = self.card.feature
        return None if thing is None else thing.place

    def identify(self, position: QPointF) -> None:
        """Show the card of what stands at a pixel: as :attr:`source` knows it at any scale, else as QGIS draws it."""
        if self.source is None:
            self._ask("card", position)
            return
        self._at = position
        self._asked += 1
        number, canvas = self._asked, self._canvas
        view = canvas.view
        lon, lat = canvas.projection.point_to_lonlat(*view.to_map(position.x(), position.y()))
        metres = REACH * view.res * canvas.projection.metres_per_unit(view.cy)
        self.source(lon, lat, metres, lambda things: self._known(number, things))

    def _known(self, number: int, things: Sequence[Thing]) -> None:
        """The answer of the source; of an older question it is not wanted any more."""
        if number == self._asked:
            self._show(things)

    def _show(self, things: Sequence[Thing]) -> None:
        if things:
            self._canvas.update()
            self.card.show_things(self._at.toPoint(), things)
        else:
            self.card.dismiss()
            self._canvas.say(self.tr("此处没有可查询的部件"), "hint")

    def preview(self, position: QPointF) -> None:
        """Soon show what a click here would snap to."""
        self._at = position
        if self._purpose != "pick":
            self._preview.start()

    def pick(self, position: QPointF) -> None:
        """Give the canvas this position, or the component's beside it."""
        self._preview.stop()
        self._ask("pick", position)
        self._patience.start()

    def cancel(self) -> None:
        """No answer is wanted any more."""
        self._purpose = ""
        self._number = 0
        self._asked += 1
        self.snapped = None
        self._snap_feature = None
        self._preview.stop()
        self._patience.stop()

    def _ask(self, purpose: str, position: QPointF) -> None:
        view = self._canvas.view
        self._purpose, self._at = purpose, position
        x, y = view.to_map(position.x(), position.y())
        self._number = self._canvas.client.identify(self._canvas.name, x, y, REACH * view.res)

    def _ask_preview(self) -> None:
        if self._canvas.picking:
            self._ask("preview", self._at)

    def _answer(self, result: Any) -> None:
        if result.request != self._number or not self._purpose:
            return
        purpose, self._purpose = self._purpose, ""
        canvas = self._canvas
        if purpose == "card":
            features = list(result.features)
            canvas.feature_identified.emit(result)
            self._show(things_of(features, canvas.units.name))
            return
        feature, place = self._nearest(result.features)
        if purpose == "preview":
            self.snapped, self._snap_feature = place, feature
            canvas.update()
            return
        self._patience.stop()
        if feature is not None:
            canvas.feature_identified.emit(result)
        self._give(place)

    def _nearest(
        self, features: list[Mapping[str, Any]]
    ) -> tuple[Mapping[str, Any] | None, tuple[float, float] | None]:
        """The nearest component among the answers, and where it stands in map coordinates."""
        canvas = self._canvas
        x, y = canvas.view.to_map(self._at.x(), self._at.y())
        best: tuple[float, Mapping[str, Any], tuple[float, float]] | None = None
        for feature in features:
            if feature.get("layer") != "component" or feature.get("x") is None or feature.get("y") is None:
                continue
            place = float(feature["x"]), float(feature["y"])
            distance = math.hypot(place[0] - x, place[1] - y)
            if distance <= REACH * canvas.view.res * 1.5 and (best is None or distance < best[0]):
                best = distance, feature, place
        return (best[1], best[2]) if best else (None, None)

    def snap_title(self) -> str:
        """The name of what a click would snap to; "" for nothing."""
        if self._snap_feature is None:
            return ""
        attributes = self._snap_feature.get("attributes") or {}
        return str(self._snap_feature.get("title") or attributes.get("name") or attributes.get("code") or "")

    def _unsnapped(self) -> None:
        self._purpose = ""
        self._give(None)

    def _give(self, place: tuple[float, float] | None) -> None:
        canvas = self._canvas
        if place is None:
            place = canvas.view.to_map(self._at.x(), self._at.y())
        canvas.picked(*place)
