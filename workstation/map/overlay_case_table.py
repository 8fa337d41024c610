"""The open cases of a map as arrays: places, stages, lights, who is left out, who stands apart. Knows nothing of pixels.

Five thousand cases are read and filtered in milliseconds, and a case that changes is looked at alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from workstation.map.overlay_markers import LIGHTS, STAGES
from workstation.map.transform import Projection
from workstation.map.viewport import Extent
from workstation.workflow.case import STAGE_OF

FOCUS_LIMIT = 150
SELECTION_LIMIT = 150
"""Of more selected cases than this none is taken out of its group: everything in front is nothing in front."""
_NUMBER_OF_STATE = {state.value: STAGES.index(stage.value) for state, stage in STAGE_OF.items()}


class CaseMarker(Protocol):
    """What the map needs to know of a case; ``services`` calls it Marker."""

    id: str
    code: str
    lon: float
    lat: float
    state: str
    clock_yellow_at: datetime | None
    clock_due_at: datetime | None
    emergency: bool
    class_name: str
    unit: str
    suspended: bool


@dataclass(frozen=True)
class Touched:
    """What a change of some cases has changed on the map: the map coordinates where; whether cases came, went or moved."""

    places: tuple[tuple[float, float], ...]
    others: bool


class CaseTable:
    """Holds the markers as arrays. Lights are read off the two instants of each case, by the same rule as
    :func:`workstation.workflow.clock.light`."""

    def __init__(self, projection: Projection, now: Callable[[], datetime]) -> None:
        self._projection = projection
        self._now = now
        self._markers: list[CaseMarker] = []
        self._row: dict[str, int] = {}
        self._free: list[int] = []
        self._x = np.empty(0)
        self._y = np.empty(0)
        self._stage = np.empty(0, dtype=np.int8)
        self._light = np.empty(0, dtype=np.int8)
        self._yellow = np.empty(0)
        self._due = np.empty(0)
        self._emergency = np.empty(0, dtype=bool)
        self._apart = np.empty(0, dtype=bool)
        self._selected = np.empty(0, dtype=bool)
        self._shown = np.empty(0, dtype=bool)
        self._focus: frozenset[str] = frozenset()
        self._selection: frozenset[str] = frozenset()
        self._hidden_stages: frozenset[str] = frozenset()
        self._hidden_lights: frozenset[str] = frozenset()

    def _regroup(self) -> None:
        """Which cases are shown, stand apart or are selected has changed: what was worked out of it is old."""

    # ---- data ----

    def set_cases(self, markers: Iterable[CaseMarker]) -> None:
        """Show these cases and no others."""
        self._markers = list(markers)
        self._row = {marker.id: n for n, marker in enumerate(self._markers)}
        self._free = []
        self._x, self._y, self._stage, self._yellow, self._due, self._emergency = self._columns(self._markers)
        self._set_apart()
        self.refresh_lights(force=True)

    def _columns(self, markers: list[CaseMarker]) -> tuple[NDArray[Any], ...]:
        x, y = self._projection.to_map([marker.lon for marker in markers], [marker.lat for marker in markers])
        stage = np.array([_NUMBER_OF_STATE[marker.state] for marker in markers], dtype=np.int8)
        yellow = np.array([_stamp(marker.clock_yellow_at) for marker in markers], dtype=np.float64)
        due = np.array([_due(marker) for marker in markers], dtype=np.float64)
        emergency = np.array([marker.emergency for marker in markers], dtype=bool)
        return np.atleast_1d(x), np.atleast_1d(y), stage, yellow, due, emergency

    def touch(self, ids: Iterable[str], markers: Iterable[CaseMarker]) -> Touched:
        """These cases have changed; ``markers`` are those of them that are shown. Nothing is done for the others."""
        found = {marker.id: marker for marker in markers}
        before = {case_id: self._row[case_id] for case_id in ids if case_id in self._row}
        stay = {
            case_id: row
            for case_id, row in before.items()
            if case_id in found and _same_place(self._markers[row], found[case_id])
        }
        places: list[tuple[float, float]] = []
        for case_id, row in stay.items():
            if self._look_again(row, found[case_id]):
                places.append((float(self._x[row]), float(self._y[row])))
        gone = {case_id: row for case_id, row in before.items() if case_id not in stay}
        come = [marker for case_id, marker in found.items() if case_id not in stay]
        if not gone and not come:
            if places:
                self._filter()
            return Touched(tuple(places), False)
        places += [(float(self._x[row]), float(self._y[row])) for row in gone.values()]
        self._empty(gone)
        places += self._fill(come)
        self._set_apart()
        self.refresh_lights(force=True)
        return Touched(tuple(places), True)

    def _empty(self, gone: Mapping[str, int]) -> None:
        """These rows hold no case any more: they are nowhere and without a clock, until another case takes them. Rows are
        never moved, so what was worked out of them holds until it is worked out anew."""
        for case_id, row in gone.items():
            del self._row[case_id]
            self._free.append(row)
        rows = list(gone.values())
        self._x[rows] = self._y[rows] = math.nan
        self._yellow[rows] = self._due[rows] = math.inf
        self._emergency[rows] = False

    def _fill(self, come: list[CaseMarker]) -> list[tuple[float, float]]:
        """Rows for these cases, empty ones first; the places of the cases."""
        new = self._columns(come)
        again = [self._free.pop() for _ in range(min(len(self._free), len(come)))]
        known = len(self._markers)
        rows = again + list(range(known, known + len(come) - len(again)))
        self._markers += come[len(again) :]
        for row, marker in zip(rows, come, strict=True):
            self._row[marker.id], self._markers[row] = row, marker
        columns: tuple[NDArray[Any], ...] = (
            *(self._x, self._y, self._stage, self._yellow, self._due, self._emergency),
        )
        grown = [np.append(one, other[len(again) :]) for one, other in zip(columns, new, strict=True)]
        for one, other in zip(grown, new, strict=True):
            one[again] = other[: len(again)]
        self._x, self._y, self._stage, self._yellow, self._due, self._emergency = grown
        return list(zip(new[0].tolist(), new[1].tolist(), strict=True))

    def _look_again(self, row: int, marker: CaseMarker) -> bool:
        """Take the marker in its row, which stays where it is; whether it looks different."""
        self._markers[row] = marker
        self._yellow[row], self._due[row] = _stamp(marker.clock_yellow_at), _due(marker)
        stage, now = _NUMBER_OF_STATE[marker.state], self._now().timestamp()
        due, yellow = self._due[row], self._yellow[row]
        light = 0 if math.isinf(due) else 3 if now > due else 2 if now >= yellow else 1
        same = (self._stage[row], self._light[row]) == (stage, light)
        self._stage[row], self._light[row] = stage, light
        return not same

    def set_focus(self, ids: Iterable[str]) -> bool:
        """Whether they are others than before. The cases that wait for the person at this seat: they stand alone, in front and large. Where there are more
        than :data:`FOCUS_LIMIT`, none does: everything in front is nothing in front."""
        focus = frozenset(ids)
        if focus == self._focus:
            return False
        self._focus = focus
        self._set_apart()
        self._filter()
        return True

    @property
    def selection(self) -> frozenset[str]:
        """The cases that are marked as selected; among them may be some that the map does not show."""
        return self._selection

    @selection.setter
    def selection(self, ids: frozenset[str]) -> None:
        if ids != self._selection:
            self._selection = ids
            self._selected = self._mask(ids)
            self._regroup()

    def _mask(self, ids: frozenset[str]) -> NDArray[np.bool_]:
        mask = np.zeros(len(self._markers), dtype=bool)
        mask[[self._row[case_id] for case_id in ids if case_id in self._row]] = True
        return mask

    def _set_apart(self) -> None:
        waiting = self._mask(self._focus)
        self._apart = self._emergency | waiting if waiting.sum() <= FOCUS_LIMIT else self._emergency.copy()
        self._selected = self._mask(self._selection)

    def set_clock(self, now: Callable[[], datetime]) -> None:
        """Read the lights off another clock from now on."""
        self._now = now

    def refresh_lights(self, *, force: bool = False) -> bool:
        """Time has passed: which lights are there now. True when one has changed."""
        now = self._now().timestamp()
        light = np.where(
            np.isinf(self._due), 0, np.where(now > self._due, 3, np.where(now >= self._yellow, 2, 1))
        )
        if not force and np.array_equal(light, self._light):
            return False
        self._light = light.astype(np.int8)
        self._filter()
        return True

    def set_hidden(self, stages: frozenset[str], lights: frozenset[str]) -> None:
        """Leave out the cases of these stages and lights ("none" is no light: suspended, or no clock runs)."""
        self._hidden_stages, self._hidden_lights = stages, lights
        self._filter()

    def hidden(self) -> tuple[frozenset[str], frozenset[str]]:
        """The stages and lights that are left out."""
        return self._hidden_stages, self._hidden_lights

    def _filter(self) -> None:
        shown = np.isfinite(self._x) & np.isfinite(self._y)
        for stage in self._hidden_stages:
            shown &= self._stage != STAGES.index(stage)
        for light in self._hidden_lights:
            shown &= self._light != LIGHTS.index("" if light == "none" else light)
        self._shown = shown
        self._regroup()

    # ---- what there is ----

    def __len__(self) -> int:
        return len(self._row)

    def marker(self, case_id: str) -> CaseMarker | None:
        """The marker of a case, or None."""
        row = self._row.get(case_id)
        return None if row is None else self._markers[row]

    def light(self, case_id: str) -> str:
        """The light of a case now: green, yellow, red or "" for none."""
        row = self._row.get(case_id)
        return "" if row is None else LIGHTS[self._light[row]]

    def position(self, case_id: str) -> tuple[float, float] | None:
        """The case's map coordinates."""
        row = self._row.get(case_id)
        return None if row is None else (float(self._x[row]), float(self._y[row]))

    def counts(self) -> tuple[dict[str, int], dict[str, int]]:
        """How many cases there are of each stage and of each light ("none" for no light)."""
        return self._counted(np.fromiter(self._row.values(), dtype=np.intp, count=len(self._row)))

    def counts_of(self, ids: Iterable[str]) -> tuple[dict[str, int], dict[str, int]]:
        """How many of these cases there are of each stage and of each light."""
        return self._counted(np.array([self._row[i] for i in ids if i in self._row], dtype=np.intp))

    def _counted(self, rows: NDArray[np.intp]) -> tuple[dict[str, int], dict[str, int]]:
        stages = np.bincount(self._stage[rows], minlength=len(STAGES)).tolist()
        lights = np.bincount(self._light[rows], minlength=len(LIGHTS)).tolist()
        names = [light or "none" for light in LIGHTS]
        return dict(zip(STAGES, stages, strict=True)), dict(zip(names, lights, strict=True))

    def shown_ids(self) -> frozenset[str]:
        """The cases that are not left out."""
        return frozenset(self._markers[row].id for row in np.flatnonzero(self._shown).tolist())

    def extent_shown(self) -> Extent | None:
        """The box around the cases that are not left out."""
        x, y = self._x[self._shown], self._y[self._shown]
        return Extent(float(x.min()), float(y.min()), float(x.max()), float(y.max())) if len(x) else None

    def extent(self, ids: Iterable[str] | None = None) -> Extent | None:
        """The box around these cases (all when None)."""
        rows = (
            np.arange(len(self._x))
            if ids is None
            else np.array([self._row[i] for i in ids if i in self._row], int)
        )
        rows = rows[np.isfinite(self._x[rows]) & np.isfinite(self._y[rows])]
        if not len(rows):
            return None
        x, y = self._x[rows], self._y[rows]
        return Extent(float(x.min()), float(y.min()), float(x.max()), float(y.max()))


def _due(marker: CaseMarker) -> float:
    runs = not marker.suspended and marker.clock_yellow_at is not None
    return _stamp(marker.clock_due_at) if runs else math.inf


def _same_place(one: CaseMarker, other: CaseMarker) -> bool:
    return (one.lon, one.lat, one.emergency) == (other.lon, other.lat, other.emergency)


def _stamp(instant: datetime | None) -> float:
    """Seconds since 1970; the instants are aware, so no zone of this machine comes in."""
    return math.inf if instant is None else instant.timestamp()
