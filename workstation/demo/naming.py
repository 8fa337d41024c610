"""Names of streets: the same name along a street's whole course, none twice."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from .plane import stream
from .recipe import WIDEST_FIRST, Recipe
from .streets import Course

_NUMERALS = "一二三四五六七八九"


def words(recipe: Recipe, rng: np.random.Generator) -> Iterator[str]:
    """Stems of names without end: first those of the recipe, then made of two auspicious characters."""
    own = list(recipe.names["streets"])
    rng.shuffle(own)
    yield from own
    seen = set(own)
    first, second = recipe.names["first"], recipe.names["second"]
    order = rng.permutation(len(first) * len(second))
    for k in order.tolist():
        stem = first[k // len(second)] + second[k % len(second)]
        if stem not in seen:
            seen.add(stem)
            yield stem
    for k in order.tolist():
        for middle in first:
            yield first[k // len(second)] + middle + second[k % len(second)]


def numeral(n: int) -> str:
    """1 → 一, 12 → 十二, for n below 100."""
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens - 1] + "十") + (
        _NUMERALS[ones - 1] if ones else ""
    )


def name_streets(recipe: Recipe, courses: list[Course], zones: list[str], seed: int) -> list[str]:
    """A name for each course, by its role: main streets from the recipe's lists, lanes often after the street they
    leave (文昌街 → 文昌一巷)."""
    rng = stream(seed, "names")
    stems = words(recipe, rng)
    fixed = recipe.names
    by_role: dict[str, str] = {}
    names = [""] * len(courses)
    lines = np.array([c.line for c in courses], object)
    order = sorted(range(len(courses)), key=lambda k: (WIDEST_FIRST.index(courses[k].kind), k))
    tree = shapely.STRtree(lines)
    lanes_of: dict[str, int] = {}
    used: set[str] = set()

    def fresh(suffix: str) -> str:
        while True:
            name = next(stems) + suffix
            if name not in used:
                return name

    for k in order:
        course = courses[k]
        role, _, number = course.role.partition("#")
        if course.role in by_role:
            names[k] = by_role[course.role]
            continue
        name = ""
        if role in ("east_west", "north_south"):
            listed = fixed[role]
            name = (
                listed[int(number)]
                if int(number) < len(listed)
                else fresh("大道" if rng.random() < 0.3 else "路")
            )
        elif role in ("north_bank", "south_bank", "ring", "diagonal", "canal_road"):
            name = fixed[role]
        elif course.kind == "secondary":
            name = fresh("街" if zones[k] in ("old", "centre") and rng.random() < 0.6 else "路")
        elif course.kind == "branch":
            name = fresh("街" if zones[k] == "old" or rng.random() < 0.25 else "路")
        else:
            near = sorted(int(n) for n in tree.query(course.line, predicate="intersects"))
            parents = [names[n] for n in near if names[n] and courses[n].kind != "lane"]
            if parents and rng.random() < (0.45 if zones[k] == "old" else 0.75):
                stem = parents[0].removesuffix("大道").rstrip("路街")
                count = lanes_of[stem] = lanes_of.get(stem, 0) + 1
                name = (
                    f"{stem}{numeral(count)}{'巷' if zones[k] in ('old', 'residential') else '支路'}"
                    if count < 100
                    else ""
                )
            if not name or name in used:
                name = fresh("巷" if zones[k] == "old" else str(rng.choice(["里", "巷", "弄"])))
        used.add(name)
        by_role[course.role] = name
        names[k] = name
    return names
