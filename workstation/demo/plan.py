"""The plan of a demo city: land, streets, blocks, buildings, components and people, all in memory, nothing stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from .blocks import Area, Block, Divider, TooFew, faces, merge_down
from .catalogue import EDITION, NAMES, STATES
from .fabric import Builder, Fabric
from .furniture import Components, Crossing, Furnisher, crossings
from .land import Land
from .naming import name_streets, numeral, words
from .plane import Plane, stream
from .population import Duties, Population, populate
from .recipe import Recipe, Size
from .streets import Network, Planner

Progress = Callable[[str, int, int], None]


@dataclass
class Plan:
    """Everything that stands in the city."""

    recipe: Recipe
    size: Size
    plane: Plane
    land: Land
    network: Network
    street_names: list[str]
    blocks: list[Block]
    areas: list[Area]
    area_names: dict[str, str]
    fabric: Fabric
    meetings: list[Crossing]
    population: Population
    duties: Duties
    components: Components
    component_codes: list[str]
    component_units: list[str]
    component_states: NDArray[np.int64]


def draw(recipe: Recipe, size: Size, progress: Progress) -> Plan:
    """Plan the city of this size. Deterministic for the seed."""
    city = recipe.city
    progress("streets", 0, 6)
    land = Land(recipe, size.seed, size.grids)
    network, shapes = _network(recipe, land, size)
    progress("grids", 1, 6)
    divider = Divider(network, land, shapes)
    blocks = divider.blocks()
    areas = divider.divide(blocks, _districts(recipe, size.grids))
    names = _area_names(recipe, areas, size.seed)
    middles = np.array([c.line.interpolate(0.5, normalized=True).coords[0] for c in network.courses])
    street_names = name_streets(recipe, network.courses, land.zones(middles), size.seed)
    progress("buildings", 2, 6)
    fabric = Builder(recipe, size.seed).build(network, blocks, land.river)
    progress("units", 3, 6)
    population = populate(recipe, blocks, areas, names, size.seed)
    duties = Duties(population, blocks)
    progress("components", 4, 6)
    meetings = crossings(network, street_names)
    placed = Furnisher(recipe, land, network, blocks, fabric, meetings, size.seed).place(size.components)
    codes, units, states = _describe(placed, blocks, duties, size.seed)
    progress("components", 6, 6)
    plane = Plane(city["lon"], city["lat"], city["map_crs"])
    return Plan(
        recipe, size, plane, land, network, street_names, blocks, areas, names, fabric, meetings, population, duties,
        placed, codes, units, states,
    )  # fmt: skip


def _network(recipe: Recipe, land: Land, size: Size) -> tuple[Network, list[shapely.Polygon]]:
    """A network with enough faces, merged down to exactly the number of grids."""
    scale = 1.0
    for _ in range(12):
        network = Planner(recipe, land, size.seed).draw(scale)
        found = faces(network, land)
        if size.grids <= len(found) <= 1.5 * size.grids or (scale > 3 and len(found) >= size.grids):
            break
        scale *= max(0.3, 0.92 * len(found) / size.grids) if len(found) < size.grids else 1.25
    shapes = merge_down(found, network, size.grids)
    if len(shapes) != size.grids:
        raise TooFew(len(shapes))
    return network, shapes


def _districts(recipe: Recipe, grids: int) -> list[str]:
    first = int(recipe.city["district_code"])
    count = max(1, round(grids / int(recipe.city["grids_per_district"])))
    return [str(first + n) for n in range(min(count, 80))]


def _area_names(recipe: Recipe, areas: list[Area], seed: int) -> dict[str, str]:
    rng = stream(seed, "areas")
    pools = {
        "district": iter(recipe.city["districts"]),
        "street": iter(recipe.names["sub_districts"]),
        "community": iter([str(n) for n in rng.permutation(recipe.names["communities"])]),
    }
    suffix = {"district": "", "street": "街道", "community": "社区"}
    spare = words(recipe, rng)
    used: set[str] = set()
    names: dict[str, str] = {}
    for area in areas:
        stem = next(pools[area.level], "") or next(s for s in spare if s + suffix[area.level] not in used)
        name = stem + (suffix[area.level] if area.level != "district" or stem.endswith("区") else "区")
        used.add(name)
        names[area.code] = name
    return names


def grid_name(plan: Plan, block: Block) -> str:
    """What people call a grid: 钟楼社区第三网格."""
    return f"{plan.area_names[block.community]}第{numeral(int(block.code[-3:]))}网格"


def _describe(
    placed: Components, blocks: list[Block], duties: Duties, seed: int
) -> tuple[list[str], list[str], NDArray[np.int64]]:
    """Each component's 16-digit code (6 district, 2 main class, 2 sub-class, 6 serial), unit and state."""
    serial: dict[str, int] = {}
    codes: list[str] = []
    units: list[str] = []
    for kind, block in zip(placed.kind.tolist(), placed.block.tolist(), strict=True):
        class_code = placed.codes[kind]
        stem = blocks[block].code[:6] + class_code
        serial[stem] = serial.get(stem, 0) + 1
        codes.append(f"{stem}{serial[stem]:06d}")
        units.append(duties.unit("component", class_code, block).code)
    weights = np.array([w for _, w in STATES])
    states = stream(seed, "states").choice(len(STATES), len(codes), p=weights / weights.sum())
    return codes, units, states.astype(np.int64)


__all__ = ["EDITION", "NAMES", "Plan", "Progress", "draw", "grid_name"]
