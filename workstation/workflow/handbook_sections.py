"""Reading who is who and what takes how long: levels, posts, sources, clocks, milestones."""

from __future__ import annotations

from typing import Any

from .case import State
from .flow import AREA_CLASSES, HANDS
from .handbook import ClockSpec, Level, Milestone, Post, Source
from .handbook_toml import Articles, TomlFile, positive, unit_of_time

REPORTER = ("seen", "needed", "masked")
FAMILIES = ("patrol", "hotline", "superior", "public", "sensor")
_CLOCK_KEYS = frozenset(
    {"label", "amount", "unit", "by_area", "article", "of_condition", "emergency_from_acceptance"}
    | {"pause_in", "key_cases"}
)


def read_levels(source: TomlFile) -> dict[str, Level]:
    """The levels; none for a handbook that names none. A level is never above itself."""
    out: dict[str, Level] = {}
    tables = source.tables(source.raw, ("level",))
    for key, table in tables.items():
        path = ("level", key)
        source.only(table, {"label", "over"}, path)
        over = source.text(table, (*path, "over"), "")
        source.one_of(over, ("", *tables), (*path, "over"), "unknown_level", "a level")
        out[key] = Level(key, source.text(table, (*path, "label")), over)
    for key, level in out.items():
        above = level.over
        for _ in out:
            above = out[above].over if above else ""
        if above:
            source.fail("level_cycle", ("level", key, "over"), f"{key!r} is above itself.", "Cut the circle.")
    return out


def read_posts(source: TomlFile, levels: dict[str, Level]) -> dict[str, Post]:
    """The posts, each of one hand and one level."""
    out = {}
    for key in source.raw:
        if key == "level":
            continue
        table = source.table(source.raw, (key,))
        source.only(table, {"label", "hand", "level", "reporter", "audit"}, (key,))
        if isinstance(table.get("hand"), list):
            source.fail(
                "mixed_hands",
                (key, "hand"),
                "a post belongs to one hand only (TY-1-THREE).",
                "Divide it into one post for each hand.",
            )
        hand = source.one_of(
            source.text(table, (key, "hand")), ("", *HANDS), (key, "hand"), "unknown_hand", "a hand"
        )
        level = source.text(table, (key, "level"))
        if levels:
            source.one_of(level, levels, (key, "level"), "unknown_level", "a level")
        # What a handbook of before this rule does not say: the supervisors at the centre may have to call back, and
        # who evaluates audits.
        usual = "seen" if hand == "supervise" and level == "centre" else "masked"
        reporter = source.text(table, (key, "reporter"), usual)
        source.one_of(
            reporter, REPORTER, (key, "reporter"), "unknown_sight", "one of the ways to see a reporter"
        )
        audit = source.value(table, (key, "audit"), bool, hand == "evaluate")
        if audit and reporter != "masked":
            source.fail(
                "audits_itself",
                (key, "audit"),
                "a post that sees reporters does not audit who saw them.",
                'Write audit = false, or reporter = "masked".',
            )
        out[key] = Post(key, source.text(table, (key, "label")), hand, level, reporter, audit)
    return out


def read_sources(source: TomlFile) -> dict[str, Source]:
    """Where cases come from."""
    out = {}
    for key in source.raw:
        table = source.table(source.raw, (key,))
        source.only(table, {"label", "family"}, (key,))
        family = source.text(table, (key, "family"))
        source.one_of(family, FAMILIES, (key, "family"), "unknown_family", "a family of sources")
        out[key] = Source(key, source.text(table, (key, "label")), family)
    return out


def read_clocks(source: TomlFile, articles: Articles) -> tuple[dict[str, ClockSpec], dict[str, Milestone]]:
    """The clocks of the stages, and the milestones on the way."""
    source.only(source.raw, {"clock", "milestone"}, ())
    clocks = {
        key: _clock(source, key, entry, articles)
        for key, entry in source.tables(source.raw, ("clock",)).items()
    }
    milestones = {}
    for key, entry in source.tables(source.raw, ("milestone",)).items():
        path = ("milestone", key)
        source.only(entry, {"label", "amount", "unit", "article"}, path)
        if key in clocks:
            source.fail(
                "duplicate_key", path, "a clock has this name already.", "Give the milestone another."
            )
        milestones[key] = Milestone(
            key,
            source.text(entry, (*path, "label")),
            positive(source, entry, (*path, "amount")),
            unit_of_time(source, entry, path),
            articles.read(source, entry, (*path, "article")),
        )
    return clocks, milestones


def _clock(source: TomlFile, key: str, entry: dict[str, Any], articles: Articles) -> ClockSpec:
    path = ("clock", key)
    source.only(entry, _CLOCK_KEYS, path)
    of_condition = source.value(entry, (*path, "of_condition"), bool, False)
    areas = source.value(entry, (*path, "by_area"), dict, {})
    for area in areas:
        source.one_of(area, AREA_CLASSES, (*path, "by_area", area), "unknown_area_class", "an area class")
        positive(source, areas, (*path, "by_area", area))
    pauses = source.words(entry, (*path, "pause_in"), [])
    for state in pauses:
        source.one_of(state, tuple(State), (*path, "pause_in"), "unknown_state", "a state")
    return ClockSpec(
        key,
        source.text(entry, (*path, "label")),
        0.0 if of_condition else positive(source, entry, (*path, "amount")),
        "" if of_condition else unit_of_time(source, entry, path),
        {k: float(v) for k, v in areas.items()},
        articles.read(source, entry, (*path, "article")),
        of_condition,
        source.value(entry, (*path, "emergency_from_acceptance"), bool, False),
        tuple(State(s) for s in pauses),
        source.value(entry, (*path, "key_cases"), bool, False),
    )
