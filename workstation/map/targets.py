"""What cases can be let go on: a unit (its area, its badge), a crew or a vehicle, a collector.

An overlay whose things can be given cases has a method ``target_at(view, x, y) -> Target | None`` beside those of
:class:`workstation.map.overlay.Overlay`: what of it lies under a pixel, as a :class:`Target`. The canvas asks the overlays
from the highest down before it looks at badges and areas, so a crew is hit before the area it stands in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from workstation.map.viewport import Viewport

UNIT, CREW, VEHICLE, COLLECTOR = "unit", "crew", "vehicle", "collector"


@dataclass(frozen=True)
class Target:
    """Something that can be given cases.

    ``kind``: unit, crew, vehicle or collector. ``id``: the unit's code, the mobile's id, or the collector's person id.
    ``unit``: the unit that a crew or vehicle belongs to. ``x, y``: where it is painted, in pixels, and ``reach`` how far
    around that, so that nothing is laid over it; ``reach`` 0 for what is no point, such as an area.
    """

    kind: str
    id: str
    name: str = ""
    unit: str = ""
    x: float = 0.0
    y: float = 0.0
    reach: float = 0.0

    @property
    def key(self) -> str:
        """What it is known by during a drag: a unit by its code, everything else with its kind before it."""
        return self.id if self.kind == UNIT else f"{self.kind}:{self.id}"


@runtime_checkable
class TargetSource(Protocol):
    """An overlay whose things can be given cases."""

    def target_at(self, view: Viewport, x: float, y: float) -> Target | None:
        """The thing under a pixel, or None."""
