"""Distances along streets: lines are cut where they cross, the way is what its length says, and the nearest are the nearest."""

from __future__ import annotations

import itertools
import math
import random
from pathlib import Path

import pytest
import shapely
from sqlalchemy import insert

from tests import handmade
from tests.services.conftest import Desk
from workstation.services.recommending.facts import DEGREE, metres
from workstation.services.spatial.street_network import LonLat, StreetNetwork
from workstation.store import tables

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "wuhan"
LON, LAT = 119.93, 32.46
EAST, NORTH = 1 / (DEGREE * math.cos(math.radians(LAT))), 1 / DEGREE


def at(east: float, north: float) -> LonLat:
    """A place so many metres from the corner."""
    return LON + east * EAST, LAT + north * NORTH


def line(*places: tuple[float, float]) -> shapely.LineString:
    """A street through places in metres."""
    return shapely.LineString([at(*place) for place in places])


def length(way: list[LonLat]) -> float:
    """Metres of a way."""
    return sum(metres(*a, *b) for a, b in itertools.pairwise(way))


def test_streets_that_cross_are_joined() -> None:
    """Two lines that cross without a corner are one network: the way goes round the crossing, and is as long as it says."""
    network = StreetNetwork([line((0, 0), (1000, 0)), line((500, -400), (500, 600))])
    assert (network.junctions, network.stretches) == (5, 4)
    ((key, away, way),) = network.nearest(*at(100, 0), [("a", *at(500, 300))], 1)
    assert key == "a" and away == pytest.approx(700, rel=1e-3)
    assert way[0] == at(100, 0) and way[-1] == at(500, 300)
    assert length(way) == pytest.approx(away, rel=1e-3)
    assert any(metres(*corner, *at(500, 0)) < 1 for corner in way)


def test_the_nearest_along_streets_is_not_the_nearest_straight() -> None:
    """What lies across the river is near by air and far by the bridge; equally far ones come in the order of their ids."""
    river = [line((0, 0), (3000, 0)), line((0, 200), (3000, 200)), line((3000, 0), (3000, 200))]
    network = StreetNetwork(river)
    across, along = ("across", *at(100, 200)), ("along", *at(1100, 0))
    found = network.nearest(*at(100, 0), [across, along], 2)
    assert [item[0] for item in found] == ["along", "across"]
    assert [round(item[1], -2) for item in found] == [1000, 6000]
    twins = [("b", *at(300, 0)), ("a", *at(300, 0)), ("c", *at(300, 0))]
    assert [item[0] for item in network.nearest(*at(100, 0), twins, 2)] == ["a", "b"]


def test_what_is_not_on_the_network_is_not_found() -> None:
    """A point 300 m from any street, a target on another island of streets, no streets at all: nothing, and no error."""
    network = StreetNetwork([line((0, 0), (1000, 0)), line((5000, 0), (6000, 0))])
    assert network.nearest(*at(100, 400), [("a", *at(200, 0))], 1) == []
    assert network.nearest(*at(100, 0), [("a", *at(5500, 0)), ("b", *at(100, 400))], 2) == []
    assert network.nearest(*at(100, 0), [("a", *at(200, 0))], 0) == []
    assert network.nearest(*at(100, 0), [], 1) == []
    assert StreetNetwork([]).nearest(*at(0, 0), [("a", *at(1, 1))], 1) == []
    ((_, away, _way),) = network.nearest(*at(100, 50), [("a", *at(200, -100))], 1)
    assert away == pytest.approx(50 + 100 + 100, rel=1e-3)


def test_kinds_of_streets_cost_what_they_are_told_to() -> None:
    """A lane that counts threefold is gone round on the main street; distances told stay metres."""
    lines = [line((0, 0), (1000, 0)), line((0, 0), (0, 300), (1000, 300), (1000, 0))]
    ends = [("a", *at(1000, 0))]
    plain = StreetNetwork(lines).nearest(*at(0, 0), ends, 1)[0][1]
    dear = StreetNetwork(lines, ["lane", "main"], {"lane": 3.0}).nearest(*at(0, 0), ends, 1)[0][1]
    assert (plain, dear) == (pytest.approx(1000, rel=1e-3), pytest.approx(1600, rel=1e-3))
    with pytest.raises(ValueError):
        StreetNetwork(lines, ["lane"], {"lane": 3.0})


def test_it_finds_what_looking_everywhere_finds() -> None:
    """On a grid of streets with holes, targets come in the order of all shortest ways, each as long as its way."""
    chance = random.Random(5)
    size, step = 8, 100.0
    edges = [
        ((x, y), (x + dx, y + dy))
        for x, y in itertools.product(range(size), repeat=2)
        for dx, dy in ((1, 0), (0, 1))
        if x + dx < size and y + dy < size and chance.random() < 0.8
    ]
    nodes = list(itertools.product(range(size), repeat=2))
    best = {(a, b): 0.0 if a == b else math.inf for a in nodes for b in nodes}
    for a, b in edges:
        best[a, b] = best[b, a] = step
    for k, a, b in itertools.product(nodes, repeat=3):
        best[a, b] = min(best[a, b], best[a, k] + best[k, b])
    network = StreetNetwork([line((a[0] * step, a[1] * step), (b[0] * step, b[1] * step)) for a, b in edges])
    ends = {node for edge in edges for node in edge}
    for _ in range(12):
        here, *there = chance.sample(sorted(ends), 7)
        targets = [(f"{x}-{y}", *at(x * step, y * step)) for x, y in there]
        found = network.nearest(*at(here[0] * step, here[1] * step), targets, 3)
        wanted = sorted(best[here, node] for node in there if best[here, node] < math.inf)[:3]
        assert [item[1] for item in found] == pytest.approx(wanted, rel=1e-3, abs=0.5)
        for key, away, way in found:
            x, y = map(int, key.split("-"))
            assert away == pytest.approx(best[here, (x, y)], rel=1e-3, abs=0.5)
            assert length(way) == pytest.approx(away, rel=1e-2, abs=1)


def test_the_citys_network_is_built_once_for_each_state_of_its_roads(desk: Desk) -> None:
    """It is there after it was asked for, kept while the roads are the same, and built again when one is added."""
    streets = desk.services.streets
    assert streets.ready is None
    first = streets.get()
    assert streets.ready is first and streets.get() is first and first.stretches == 1
    with desk.services.db.write() as conn:
        geom = f"SRID=4490;LINESTRING({handmade.MIDDLE} {handmade.SOUTH}, {handmade.MIDDLE} {handmade.NORTH})"
        conn.execute(
            insert(tables.road).values(name="中街", kind="lane", width_m=6.0, source_key=None, geom=geom)
        )
    assert streets.get().stretches == 4
    desk.services.announce(["city"], [10**9])
    assert streets.ready is None


@pytest.mark.shared_data
def test_a_real_citys_streets() -> None:
    """Real streets make one network for the most part: most pairs of places on them are joined, none nearer than straight."""
    file = SHARED / "streets_simplified.gpkg"
    if not file.exists():
        pytest.skip("the shared streets are not beside the checkout")
    import numpy
    import pyogrio.raw
    import pyproj

    meta, _, shapes, _ = pyogrio.raw.read(file)
    turn = pyproj.Transformer.from_crs(meta["crs"], 4490, always_xy=True)
    lines = shapely.transform(
        shapely.get_parts(shapely.from_wkb(shapes)),
        lambda coords: numpy.column_stack(turn.transform(coords[:, 0], coords[:, 1])),
    )
    network = StreetNetwork(lines)
    assert network.stretches > 15_000
    chance = random.Random(1)
    places = [tuple(lines[chance.randrange(len(lines))].coords[0]) for _ in range(120)]
    targets = [(str(n), *place) for n, place in enumerate(places)]
    joined = 0
    for here in places[:20]:
        for key, away, way in network.nearest(*here, targets, 5):
            joined += 1
            assert away >= metres(*here, *places[int(key)]) * 0.99
            assert length(way) == pytest.approx(away, rel=0.01, abs=2)
    assert joined >= 90
