"""What happens where: a class, a filing condition, a component or a place near one, an address and a description."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np
import shapely

from ..workflow.handbook import Condition, Handbook
from .plan import Plan
from .plane import Polyline
from .wording import COMPONENTS, EVENTS, WARNINGS, Topic

_COMPASS = ("东", "东北", "北", "西北", "西", "西南", "南", "东南")


@dataclass(frozen=True, slots=True)
class Incident:
    """One problem at one place. ``component`` is "" for an event; ``unit`` answers for it, ``other`` might be asked."""

    kind: str
    class_code: str
    condition: Condition
    component: str
    block: int
    lon: float
    lat: float
    address: str
    description: str
    picture: str
    unit: str


class Weighted:
    """Draws an index by weight."""

    def __init__(self, weights: list[float]) -> None:
        self._sums = list(accumulate(weights))

    def __call__(self, rng: random.Random) -> int:
        return min(bisect_left(self._sums, rng.random() * self._sums[-1]), len(self._sums) - 1)


class Addresses:
    """Says where a point is, as people would: 文昌街与望江路交叉口东30米."""

    def __init__(self, plan: Plan) -> None:
        self._names = plan.street_names
        self._lines = [Polyline.of(c.line) for c in plan.network.courses]
        self._tree = shapely.STRtree([c.line for c in plan.network.courses])
        self._meetings: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
        for m in plan.meetings:
            self._meetings[m.first].append((m.x, m.y, m.second))
            self._meetings[m.second].append((m.x, m.y, m.first))

    def __call__(self, x: float, y: float, course: int) -> str:
        if course < 0:
            course = int(self._tree.nearest(shapely.Point(x, y)))
        name = self._names[course]
        near = min(
            self._meetings.get(course, ()), key=lambda m: (m[0] - x) ** 2 + (m[1] - y) ** 2, default=None
        )
        if near is None:
            return f"{name}{1 + int(abs(x) + abs(y)) % 180}号附近"
        dx, dy = x - near[0], y - near[1]
        away = (dx * dx + dy * dy) ** 0.5
        side = _COMPASS[round(float(np.arctan2(dy, dx)) / (np.pi / 4)) % 8]
        cross = f"{name}与{self._names[near[2]]}交叉口"
        if away < 22:
            return f"{cross}{side}{'角' if len(side) == 2 else '侧'}"
        if away > 320:
            return f"{name}{1 + int(away / 7)}号附近"
        return f"{cross}{side}{round(away / 10) * 10}米"


class Town:
    """Where problems happen: components by class, hot spots among the grids."""

    def __init__(self, plan: Plan, handbook: Handbook) -> None:
        self.plan = plan
        self.handbook = handbook
        self._address = Addresses(plan)
        self._degrees = plan.plane.degrees(plan.components.xy)
        self._xy = plan.components.xy
        seed = random.Random(f"{plan.size.seed}/hot")
        zones = [b.zone for b in plan.blocks]
        busy = [k for k, z in enumerate(zones) if z in ("old", "centre", "residential")] or list(
            range(len(zones))
        )
        self._hot = set(seed.sample(busy, max(1, len(busy) // 14)))
        self._pool: dict[str, np.ndarray] = {}
        self._hot_pool: dict[str, np.ndarray] = {}
        placed = plan.components
        hot = np.isin(placed.block, list(self._hot))
        for number, code in enumerate(placed.codes):
            found = np.nonzero(placed.kind == number)[0]
            if len(found):
                self._pool[code] = found
                self._hot_pool[code] = found[hot[found]]
        self._events: list[Topic] = [
            t
            for t in EVENTS
            if handbook.conditions("event", t.code) and any(h in self._pool for h in t.hosts)
        ]
        self._components = [
            c for c in COMPONENTS if c[0] in self._pool and handbook.conditions("component", c[0])
        ]
        self._warnings = [c for c in handbook.all_conditions if c.kind == "warning"]
        self._draw_event = Weighted([t.weight for t in self._events]) if self._events else None
        self._draw_component = Weighted([w for _, w, _ in self._components])
        shapely.prepare([b.shape for b in plan.blocks])

    def incident(self, rng: random.Random, fits: Callable[[Incident], bool]) -> Incident:
        """A problem, drawn: the first that fits, or after many the last."""
        for _ in range(80):
            made = self._event(rng) if self._draw_event and rng.random() < 0.58 else self._fault(rng)
            if fits(made):
                break
        return made

    def warning(self, rng: random.Random) -> Incident | None:
        """A reading that is out of bounds near some component; None where the handbook knows no warnings."""
        if not self._warnings:
            return None
        condition = rng.choice(self._warnings)
        item = self.handbook.class_item("warning", condition.class_code)
        made = self._fault(rng)
        text = f"{made.address}，{item.name if item else ''}{rng.choice(WARNINGS)}。"
        return replace(
            made, kind="warning", class_code=condition.class_code, condition=condition, component="", description=text,
            picture="site",
        )  # fmt: skip

    def _where(self, rng: random.Random, code: str) -> int:
        pool = self._pool[code]
        hot = self._hot_pool[code]
        if len(hot) and rng.random() < 0.32:
            pool = hot
        return int(pool[rng.randrange(len(pool))])

    def _fault(self, rng: random.Random) -> Incident:
        code, _, picture = self._components[self._draw_component(rng)]
        n = self._where(rng, code)
        conditions = self.handbook.conditions("component", code)
        condition = conditions[min(rng.randrange(len(conditions)), rng.randrange(len(conditions)) + 1)]
        placed, plan = self.plan.components, self.plan
        block = int(placed.block[n])
        x, y = float(self._xy[n, 0]), float(self._xy[n, 1])
        address = self._address(x, y, int(placed.course[n]))
        item = self.handbook.class_item("component", code)
        name = item.name if item else code
        # The standards' conditions begin with the class's name now and then.
        problem = condition.text.removeprefix(name).rstrip("。，,；; ")
        return Incident(
            "component", code, condition, plan.component_codes[n], block, float(self._degrees[n, 0]),
            float(self._degrees[n, 1]), address, f"{address}，{name.split('（')[0]}{problem}。", picture,
            plan.component_units[n],
        )  # fmt: skip

    def _event(self, rng: random.Random) -> Incident:
        assert self._draw_event is not None
        topic = self._events[self._draw_event(rng)]
        n = self._where(rng, rng.choice([h for h in topic.hosts if h in self._pool]))
        conditions = self.handbook.conditions("event", topic.code)
        condition = conditions[rng.randrange(len(conditions))]
        placed, plan = self.plan.components, self.plan
        block = int(placed.block[n])
        x, y = float(self._xy[n, 0]), float(self._xy[n, 1])
        lon, lat = float(self._degrees[n, 0]), float(self._degrees[n, 1])
        x2, y2 = x + rng.uniform(-5, 5), y + rng.uniform(-5, 5)
        if shapely.contains_xy(plan.blocks[block].shape, x2, y2):
            x, y = x2, y2
            lon, lat = (float(v) for v in plan.plane.degrees(np.array([[x, y]]))[0])
        address = self._address(x, y, int(placed.course[n]))
        text = rng.choice(topic.texts).format(n=rng.randint(2, 9))
        unit = plan.duties.unit("event", topic.code, block).code
        return Incident(
            "event",
            topic.code,
            condition,
            "",
            block,
            lon,
            lat,
            address,
            f"{address}，{text}",
            topic.picture,
            unit,
        )
