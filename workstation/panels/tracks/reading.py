"""What a track says, worked out in the background: the way, how far, how long in one's own ground, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from workstation.map.overlay_tracks import GAP, Way, way_of
from workstation.services.spatial.positions import Track

if TYPE_CHECKING:
    from workstation.services.services import Services
    from workstation.workflow.event import Actor


@dataclass(frozen=True, eq=False)
class Told:
    """A way with its figures. ``own_seconds`` None where nobody has said which ground is theirs."""

    track: Track
    way: Way
    own_seconds: float | None

    @property
    def seconds(self) -> float:
        """From the first to the last point."""
        return float(self.track.at[-1] - self.track.at[0])


def read(
    services: Services,
    wanted: Sequence[tuple[str, str]],
    since: datetime,
    until: datetime,
    actor: Actor,
) -> list[Told]:
    """The ways of these (id, name) between two instants, in that order; those who sent nothing are left out."""
    import shapely

    tracks = services.positions.tracks([mobile for mobile, _ in wanted], since, until, actor)
    out = []
    for mobile, name in wanted:
        track = tracks.get(mobile)
        if track is None:
            continue
        lonlat = np.column_stack([track.lon, track.lat])
        way = way_of(mobile, name, track.at, lonlat)
        ground = services.positions.own_ground(mobile, actor)
        own = None
        if ground is not None:
            shapely.prepare(ground)
            inside = shapely.intersects_xy(ground, track.lon, track.lat)
            legs = np.diff(track.at)
            # Only what is known: a gap counts as neither.
            own = float(legs[(inside[:-1] & inside[1:]) & (legs <= GAP)].sum())
        out.append(Told(track, way, own))
    return out
