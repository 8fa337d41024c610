"""Heat on one map window: what is counted, read and computed in the background, painted by :mod:`...map.overlay_heat`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from ..texts.text import ZONE, local

if TYPE_CHECKING:
    from ...map.canvas import MapCanvas
    from ...map.overlay_heat import HeatPicture, Points
    from ...map.plane import Plane
    from ...services.services import Services
    from ...workflow.event import Actor
    from ..context import AppContext

SHOWN, PERIOD, COMPONENTS = "shown", "period", "components"
LEAST, MOST = 50, 5000
"""Metres: what a radius may be."""
SETTLE_MS = 400
"""Cases that change come in bursts."""
URGENT = {"red": 4.0, "yellow": 2.0}
"""What a case weighs by its light where the urgent ones are to weigh more; 1 without either. An emergency three times that."""


@dataclass(frozen=True)
class HeatChoice:
    """What is shown. ``what``: shown (the cases on this map), period (filed from ``since`` to ``until``, days, both
    included), components (of ``main_class``, or all). ``radius`` in metres. ``weighted``: by urgency. ``markers``: show
    the cases themselves too."""

    what: str = SHOWN
    radius: int = 500
    weighted: bool = False
    since: str = ""
    until: str = ""
    main_class: str = ""
    markers: bool = True


class Heat(QObject):
    """The heat of one canvas, off until :meth:`show` is called."""

    changed = Signal()
    """On, off, or something else than before."""
    painted = Signal()
    """A newer picture is on the map."""

    def __init__(self, context: AppContext, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        from ...map.overlay_heat import HeatLegend, HeatOverlay  # not before the window is there
        from ...map.plane import Plane

        self._context = context
        self._canvas = canvas
        self._overlay = HeatOverlay()
        self._legend = HeatLegend(canvas.palette_)
        self._plane = Plane(canvas.projection, context.services.city.extent)
        self._points: Points | None = None
        self._breaks: tuple[float, ...] = ()
        self._computing = False
        self._again = False
        self.on = False
        self.choice = HeatChoice()
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._read)

    # ---- on and off --------------------------------------------------------------------------------------------

    def show(self, choice: HeatChoice) -> None:
        """Show this."""
        markers_before = self.choice.markers if self.on else True
        self.choice = choice
        if not self.on:
            self.on = True
            canvas = self._canvas
            canvas.add_overlay(self._overlay)
            canvas.add_overlay(self._legend)
            canvas.view_changed.connect(self._view_moved)
            canvas.cases_changed.connect(self._cases_changed)
            self._context.actor_changed.connect(self._read_again)
            self._context.theme_changed.connect(self._compute)
        if choice.markers != markers_before:
            self._canvas.set_cases_visible(choice.markers)
        self._read()
        self.changed.emit()

    def hide(self) -> None:
        """Show none."""
        if not self.on:
            return
        self.on = False
        canvas = self._canvas
        self._settle.stop()
        canvas.remove_overlay(self._overlay)
        canvas.remove_overlay(self._legend)
        canvas.view_changed.disconnect(self._view_moved)
        canvas.cases_changed.disconnect(self._cases_changed)
        self._context.actor_changed.disconnect(self._read_again)
        self._context.theme_changed.disconnect(self._compute)
        if not self.choice.markers:
            canvas.set_cases_visible(True)
        self._overlay.picture = None
        self.changed.emit()

    def close(self) -> None:
        """The window goes."""
        self.hide()
        self.deleteLater()

    def state(self) -> dict[str, Any]:
        """The choice as plain data."""
        return asdict(self.choice)

    def apply(self, state: Mapping[str, Any]) -> None:
        """What :meth:`state` gave; what does not fit is left at its default."""
        base = HeatChoice()
        fitting = {n: state[n] for n, v in asdict(base).items() if type(state.get(n)) is type(v)}
        choice = replace(base, **fitting)
        if choice.what not in (SHOWN, PERIOD, COMPONENTS):
            choice = replace(choice, what=SHOWN)
        since, until = (day if day_of(day) else "" for day in (choice.since, choice.until))
        radius = min(MOST, max(LEAST, choice.radius))
        self.show(replace(choice, since=since, until=until, radius=radius))

    # ---- what is counted ---------------------------------------------------------------------------------------

    def _read_again(self, _actor: object = None) -> None:
        self._read()

    def _cases_changed(self) -> None:
        if self.choice.what == SHOWN and not self._settle.isActive():
            self._settle.start()

    def _read(self) -> None:
        context, choice = self._context, self.choice
        markers: list[tuple[float, float, float]] = []
        if choice.what == SHOWN:
            cases = self._canvas.cases
            markers = [
                (m.lon, m.lat, _weight(m, cases.light(m.id)) if choice.weighted else 1.0)
                for m in cases.shown(also_unseen=True)
            ]
        context.tasks.run(
            _points,
            context.services,
            context.actor,
            choice,
            markers,
            self._plane,
            owner=self,
            key="points",
            on_done=self._take,
        )

    def _take(self, found: tuple[Points, tuple[float, ...]]) -> None:
        if self.on:
            self._points, self._breaks = found
            self._say()
            self._compute()

    def _say(self) -> None:
        choice = self.choice
        titles = {
            SHOWN: self.tr("在图案卷密度"),
            PERIOD: self.tr("立案密度 {since} 至 {until}").format(since=choice.since, until=choice.until),
            COMPONENTS: self.tr("部件密度"),
        }
        unit = self.tr("加权件/km²") if choice.weighted and choice.what != COMPONENTS else self.tr("件/km²")
        radius = self.tr("半径 {n:,} 米").format(n=choice.radius)
        empty = "" if self._breaks else self.tr("没有可统计的点")
        self._legend.say(titles[choice.what], empty or f"{unit}  {radius}", self._breaks)

    # ---- computing ---------------------------------------------------------------------------------------------

    def _view_moved(self) -> None:
        """The picture goes along; a new one is computed where it does not reach, or is of another scale."""
        if not self._overlay.covers(self._canvas.motion.target):
            self._compute()

    def _compute(self) -> None:
        """One at a time: what was wanted meanwhile is computed after it."""
        from ...map.overlay_heat import density_image

        if self._points is None or not self.on:
            return
        if self._computing:
            self._again = True
            return
        self._computing, self._again = True, False
        canvas = self._canvas
        self._context.tasks.run(
            density_image,
            self._points,
            canvas.motion.target,
            float(self.choice.radius),
            self._breaks,
            canvas.palette_.dark,
            owner=self,
            on_done=self._show,
            on_error=self._failed,
        )

    def _show(self, picture: HeatPicture) -> None:
        self._computing = False
        if not self.on:
            return
        self._overlay.show(picture)
        self.painted.emit()
        if self._again:
            self._compute()

    def _failed(self, error: BaseException) -> None:
        self._computing = False
        self._context.say_error(error)


def _weight(marker: Any, light: str) -> float:
    return URGENT.get(light, 1.0) * (3.0 if marker.emergency else 1.0)


def day_of(text: str) -> date | None:
    """A day written as 2026-11-20; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def period_of(choice: HeatChoice, now: datetime) -> tuple[datetime, datetime]:
    """From the beginning of the first day to the end of the last; the last thirty days where none are said."""
    last = day_of(choice.until) or local(now).date()
    first = day_of(choice.since) or last - timedelta(days=29)
    since = datetime.combine(min(first, last), time(), ZONE)
    return since, datetime.combine(max(first, last), time(), ZONE) + timedelta(days=1)


def _points(
    services: Services,
    actor: Actor,
    choice: HeatChoice,
    markers: Sequence[tuple[float, float, float]],
    plane: Plane,
) -> tuple[Points, tuple[float, ...]]:
    """The points in map coordinates, and the steps of their density. Runs in the background."""
    import numpy as np

    from ...map.overlay_heat import Points, breaks_of
    from ...services.lists.filter import CaseFilter

    if choice.what == PERIOD:
        since, until = period_of(choice, services.now())
        wanted = CaseFilter(period="filed_at", since=since, until=until)
        markers = services.densities.of_cases(wanted, actor, weighted=choice.weighted)
    elif choice.what == COMPONENTS:
        markers = services.densities.of_components(choice.main_class)
    values = np.array(markers, dtype=np.float64).reshape(-1, 3)
    x, y = plane.to_map(values[:, 0], values[:, 1])
    good = np.isfinite(x) & np.isfinite(y)
    points = Points(x[good], y[good], values[good, 2])
    return points, breaks_of(points, float(choice.radius))
