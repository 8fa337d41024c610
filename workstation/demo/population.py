"""Who works in the demo city: units with duties and areas of responsibility, persons in every post, collectors' grids.

Supervising, disposing and evaluating are three hands (TY-1-THREE): nobody here holds posts of two of them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from .blocks import Area, Block
from .plane import stream
from .recipe import Recipe


@dataclass
class Unit:
    """One unit. ``area`` in the plane, None for a unit that is responsible wherever its things stand.

    ``drawn``: its area as the register has it, where that is not the one that everybody works by.
    """

    code: str
    name: str
    short: str
    kind: str
    level: str
    parent: str
    duties: list[tuple[str, str]]
    area: shapely.Geometry | None = None
    drawn: shapely.Geometry | None = None
    head: str = ""
    telephone: str = ""
    division: str = ""
    contacts: list[tuple[str, str, str]] = field(default_factory=list)
    """Role (leader, head, receiver), name and telephone of those who answer for it."""


@dataclass
class Person:
    """One person, the posts held and, for a collector, the grids walked and how many days the certificate holds yet."""

    id: str
    name: str
    unit: str
    telephone: str
    posts: tuple[str, ...]
    grids: list[str] = field(default_factory=list)
    certified_days: int | None = None


@dataclass
class Population:
    """All units and persons."""

    units: list[Unit]
    people: list[Person]

    def holders(self, post: str, unit: str = "") -> list[Person]:
        """The persons in a post (of a unit)."""
        return [p for p in self.people if post in p.posts and (not unit or p.unit == unit)]


def _duty(text: str) -> tuple[str, str]:
    kind, _, prefix = text.partition(":")
    return kind, prefix


def populate(
    recipe: Recipe, blocks: list[Block], areas: list[Area], names: dict[str, str], seed: int
) -> Population:
    """Units from the recipe, the centres of districts, street offices and communities, and people for all of them."""
    rng = stream(seed, "people")
    district = str(recipe.city["district_code"])
    streets = [a for a in areas if a.level == "street"]
    shapes = {a.code: shapely.coverage_union_all([blocks[k].shape for k in a.blocks]) for a in streets}
    units: list[Unit] = []
    for item in recipe.people["units"]:
        made = _units_of(item, district, streets, shapes, blocks)
        _misdraw(item.get("drawn", ""), [unit for unit in made if unit.level == "unit"], areas, blocks)
        units += made
    duties = [_duty(d) for d in recipe.people["street_duties"]]
    for area in streets:
        name, above = names[area.code], area.parent + recipe.people["district"]["code"]
        units.append(
            Unit(
                area.code, f"{name}办事处", name, "street", "street", above, duties, shapes[area.code],
                division=area.code,
            )
        )  # fmt: skip
    people = _staff(recipe, units, blocks, rng)
    for unit in units:
        leader = next((p for p in people if p.unit == unit.code and "unit_leader" in p.posts), None)
        leader = leader or next((p for p in people if p.unit == unit.code), None)
        unit.head = leader.name if leader else ""
        unit.telephone = f"0589-8{rng.integers(100000, 999999)}"
    population = Population(units, people)
    _levels(recipe, population, areas, names, district + "C02", stream(seed, "levels"))
    return population


def _misdraw(how: str, squads: list[Unit], areas: list[Area], blocks: list[Block]) -> None:
    """Mistakes as registers have them, for the check of areas to find: ``forgotten`` leaves the community that lies farthest out to
    nobody, ``doubled`` gives one at the border of two squads to both."""
    if not how or len(squads) < 2:
        return
    communities = [
        shapely.coverage_union_all([blocks[k].shape for k in area.blocks])
        for area in areas
        if area.level == "community"
    ]
    middle = shapely.coverage_union_all([block.shape for block in blocks]).centroid
    first, second = squads[:2]
    own = [
        shape
        for shape in communities
        if second.area is not None and second.area.contains(shape.representative_point())
    ]
    if how == "forgotten":
        lost = max(own, key=lambda shape: float(shape.centroid.distance(middle)))
        second.drawn = shapely.difference(second.area, lost)
    else:
        shared = max(own, key=lambda shape: float(shapely.intersection(shape, first.area).length))
        first.drawn = shapely.union(first.area, shared)


def _levels(
    recipe: Recipe,
    made: Population,
    areas: list[Area],
    names: dict[str, str],
    command: str,
    rng: np.random.Generator,
) -> None:
    """The districts' centres and the communities with their people, terminals, certificates and everybody's contacts."""
    office, committee = recipe.people["district"], recipe.people["community"]
    hire = _Hiring(recipe, rng, made.people)
    below: list[Unit] = []
    for area in areas:
        name, code = names[area.code], area.code
        if area.level == "district":
            code += office["code"]
            title, short = office["name"].format(name), office["short"].format(name)
            below.append(Unit(code, title, short, "district", "district", command, [], division=area.code))
            hire(code, "district_dispatcher", count=2)
            hire(code, "unit_leader")
        elif area.level == "street":
            hire(code, "street_terminal")
        else:
            title = committee["name"].format(name)
            below.append(
                Unit(code, title, name, "community", "community", area.parent, [], division=area.code)
            )
            hire(code, "community_terminal")
            hire(code, "receiver")
    for unit in below:
        unit.head = (
            hire.name() if unit.kind == "community" else made.holders("unit_leader", unit.code)[0].name
        )
        unit.telephone = f"0589-8{rng.integers(100000, 999999)}"
    made.units.extend(below)
    staff: dict[str, list[Person]] = defaultdict(list)
    for person in made.people:
        staff[person.unit].append(person)
        if "collector" in person.posts:
            person.certified_days = int(rng.integers(20, 700))
    for unit in made.units:
        receiver = next((p for p in staff[unit.code] if _RECEIVES & set(p.posts)), staff[unit.code][0])
        unit.contacts = [
            ("leader", hire.name(), f"138{rng.integers(10**7, 10**8)}"),
            ("head", unit.head, unit.telephone),
            ("receiver", receiver.name, receiver.telephone),
        ]


_RECEIVES = {"receiver", "district_dispatcher", "dispatcher", "operator"}


def _units_of(
    item: dict[str, Any],
    district: str,
    streets: list[Area],
    shapes: dict[str, shapely.Geometry],
    blocks: list[Block],
) -> list[Unit]:
    code = district + item["code"]
    parent = "" if item["kind"] == "centre" else district + "C02"
    level = "city" if item["kind"] == "centre" else "district" if item["kind"] == "department" else "unit"
    duties = [_duty(d) for d in item["duties"]]
    squads = item.get("squads", [])[: len(streets)]
    unit = Unit(code, item["name"], item["short"], item["kind"], level, parent, [] if squads else duties)
    uses = {"green": ("park", "lake_park", "square"), "river": ("river",)}.get(item.get("area", ""), ())
    mine = [b.shape for b in blocks if b.use in uses]
    if mine:
        unit.area = shapely.coverage_union_all(mine)
    made = [unit]
    for number, squad in enumerate(squads):
        own = [shapes[s.code] for k, s in enumerate(streets) if k * len(squads) // len(streets) == number]
        area = shapely.coverage_union_all(own)
        made.append(
            Unit(
                f"{code}{number + 1}",
                f"{item['name']}{squad[-3:]}",
                squad,
                item["kind"],
                "unit",
                code,
                duties,
                area,
            )
        )
    return made


class _Names:
    """Believable names, none twice while they last."""

    def __init__(self, recipe: Recipe, rng: np.random.Generator, used: set[str]) -> None:
        self._surnames, self._given, self._rng = recipe.people["surnames"], recipe.people["given"], rng
        self._used = used

    def __call__(self) -> str:
        for _ in range(40):
            # The first surnames are the common ones.
            surname = self._surnames[int(len(self._surnames) * self._rng.random() ** 2.2)]
            count = 1 if self._rng.random() < 0.28 else 2
            given = "".join(self._given[int(k)] for k in self._rng.integers(0, len(self._given), count))
            name = surname + given
            if name not in self._used and (count == 1 or given[0] != given[1]):
                break
        self._used.add(name)
        return str(name)


class _Hiring:
    """Takes people on, each with a name, a telephone and the next number."""

    def __init__(self, recipe: Recipe, rng: np.random.Generator, people: list[Person]) -> None:
        self.name = _Names(recipe, rng, {person.name for person in people})
        self._rng = rng
        self._people = people

    def __call__(self, unit: str, *posts: str, count: int = 1) -> list[Person]:
        first = len(self._people) + 1
        hired = [
            Person(f"P{first + n:05d}", self.name(), unit, f"139{self._rng.integers(10**7, 10**8)}", posts)
            for n in range(count)
        ]
        self._people.extend(hired)
        return hired


def _staff(recipe: Recipe, units: list[Unit], blocks: list[Block], rng: np.random.Generator) -> list[Person]:
    people: list[Person] = []
    hire = _Hiring(recipe, rng, people)
    district = str(recipe.city["district_code"])
    centre, command = district + "C01", district + "C02"
    load = max(1, len(blocks) // 2500)
    hire(centre, "operator", count=6 * load)
    hire(centre, "shift_leader", count=3 * load)
    hire(centre, "evaluator", count=2)
    hire(centre, "gis", count=2)
    hire(centre, "admin", count=1)
    hire(command, "dispatcher", count=4 * load)
    hire(command, "commander", count=1)
    for unit in units:
        if unit.kind != "centre":
            hire(unit.code, "receiver", count=2)
            hire(unit.code, "unit_leader")
    # A collector walks the grids of a part of a community: about eight.
    walked: dict[str, list[str]] = defaultdict(list)
    for block in blocks:
        walked[block.community].append(block.code)
    for codes in walked.values():
        codes.sort()
        parts = max(1, round(len(codes) / 6))
        for n in range(parts):
            (collector,) = hire(centre, "collector")
            collector.grids = codes[n * len(codes) // parts : (n + 1) * len(codes) // parts]
    return people


def responsible(population: Population) -> dict[tuple[str, str], list[Unit]]:
    """For each duty (kind, prefix) the units that have it."""
    found: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in population.units:
        for duty in unit.duties:
            found[duty].append(unit)
    return found


class Duties:
    """Finds the unit that answers for a class at a block."""

    def __init__(self, population: Population, blocks: list[Block]) -> None:
        self._by_duty = responsible(population)
        self._streets = {u.code: u for u in population.units if u.kind == "street"}
        self._squad: dict[tuple[str, str], Unit] = {}
        self._blocks = blocks
        for units in self._by_duty.values():
            for unit in units:
                if unit.area is not None and unit.kind != "street":
                    shapely.prepare(unit.area)

    def unit(self, kind: str, class_code: str, block: int) -> Unit:
        """The unit with the longest matching duty, in whose area the block lies; else its street office."""
        street = self._blocks[block].street
        key = (f"{kind}:{class_code}", street)
        if key not in self._squad:
            self._squad[key] = self._find(kind, class_code, block, street)
        return self._squad[key]

    def _find(self, kind: str, class_code: str, block: int, street: str) -> Unit:
        point = self._blocks[block].shape.representative_point()
        for length in range(len(class_code), 0, -1):
            for unit in self._by_duty.get((kind, class_code[:length]), []):
                if unit.kind == "street":
                    if unit.code == street:
                        return unit
                elif unit.level != "unit" or unit.area is None or unit.area.contains(point):
                    return unit
        return self._streets[street]
