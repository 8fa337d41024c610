"""Reading a handbook's flow and words, and checking that every arrow can be taken by somebody and leads somewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .case import TERMINAL, Stage, State
from .flow import (
    ANY_REQUEST,
    AREA_CLASSES,
    FIELD_TYPES,
    HANDS,
    KINDS,
    KNOWN,
    PLAIN,
    REQUEST_KINDS,
    Arrow,
    FieldSpec,
)
from .guards import GUARDS
from .handbook import ClockSpec, Post
from .handbook_toml import Articles, TomlFile
from .limits import UNITS

UNIT_ROLES = ("", "lead", "cooperating", "inner")

_ARROW_KEYS = frozenset(
    {"name", "label", "from", "to", "posts", "hand", "unit", "inherits", "required", "optional", "guards"}
    | {"start", "stop", "pause", "resume", "asks", "answers", "article"}
)
_LABEL_KEYS: dict[str, tuple[str, ...]] = {
    "states": tuple(State),
    "stages": tuple(Stage),
    "kinds": KINDS,
    "area_classes": AREA_CLASSES,
    "units": UNITS,
    "requests": REQUEST_KINDS,
    "fields": tuple(FIELD_TYPES),
}
"""What labels.toml must have a word for."""


def read_flow(
    source: TomlFile,
    words: TomlFile,
    posts: Mapping[str, Post],
    clocks: Mapping[str, ClockSpec],
    articles: Articles,
) -> tuple[tuple[Arrow, ...], dict[str, dict[str, str]]]:
    labels: dict[str, dict[str, str]] = {}
    for group in words.raw:
        labels[group] = {
            k: words.text(words.raw[group], (group, k)) for k in words.table(words.raw, (group,))
        }
    for group, keys in _LABEL_KEYS.items():
        for key in keys:
            if key not in labels.get(group, {}):
                words.fail("missing_label", (group, key), "there is no word for it.", "Add one.")
    source.only(source.raw, {"arrow"}, ())
    arrows: dict[str, Arrow] = {}
    for i, entry in enumerate(source.value(source.raw, ("arrow",), list)):
        arrow = _arrow(source, i, entry, posts, clocks, articles, labels["fields"])
        if arrow.name in arrows:
            source.fail(
                "duplicate_key", ("arrow", i, "name"), f"{arrow.name!r} stands twice.", "Join the two arrows."
            )
        arrows[arrow.name] = arrow
    _check_reach(source, tuple(arrows.values()))
    _check_hands(source, tuple(arrows.values()), posts)
    return tuple(arrows.values()), labels


def _arrow(
    source: TomlFile,
    i: int,
    entry: Any,
    posts: Mapping[str, Post],
    clocks: Mapping[str, ClockSpec],
    articles: Articles,
    field_labels: Mapping[str, str],
) -> Arrow:
    def at(key: str) -> tuple[str | int, ...]:
        return ("arrow", i, key)

    source.only(entry, _ARROW_KEYS, ("arrow", i))
    frm: list[State | None] = []
    for word in source.words(entry, at("from")):
        if word == "open":
            frm += [s for s in State if s not in TERMINAL]
        else:
            source.one_of(word, ("", *State), at("from"), "unknown_state", "a state")
            if word and State(word) in TERMINAL and entry.get("to"):
                source.fail(
                    "from_terminal",
                    at("from"),
                    f"nothing leaves {word!r}.",
                    "A finished case stays finished; an arrow without to may add to it.",
                )
            frm.append(State(word) if word else None)
    to = source.text(entry, at("to"), "")
    source.one_of(to, ("", *State), at("to"), "unknown_state", "a state")
    if not to and None in frm:
        source.fail("missing_key", at("to"), "an arrow that makes a case needs a state to reach.", "Add it.")
    if not source.words(entry, at("posts")):
        source.fail("no_posts", at("posts"), "nobody can take it.", "Name a post, or remove the arrow.")
    for post in entry["posts"]:
        source.one_of(post, posts, at("posts"), "unknown_post", "a post of posts.toml")
    fields = []
    required = source.words(entry, at("required"), [])
    for key, names in (("required", required), ("optional", source.words(entry, at("optional"), []))):
        for field in names:
            source.one_of(field, FIELD_TYPES, at(key), "unknown_field", "a field")
            if key == "optional" and field in required:
                source.fail("duplicate", at(key), f"{field!r} is required already.", "Name it once.")
            fields.append(FieldSpec(field, FIELD_TYPES[field], key == "required", field_labels[field]))
    for guard in source.words(entry, at("guards"), []):
        source.one_of(guard, GUARDS, at("guards"), "unknown_guard", "a guard")
    effects: dict[str, tuple[str, ...]] = {}
    for key in ("start", "stop", "pause", "resume"):
        effects[key] = tuple(source.words(entry, at(key), []))
        for clock in effects[key]:
            source.one_of(clock, clocks, at(key), "unknown_clock", "a clock of clocks.toml")
    asks, answers = source.text(entry, at("asks"), ""), source.text(entry, at("answers"), "")
    source.one_of(asks, ("", *REQUEST_KINDS), at("asks"), "unknown_request", "a kind of request")
    source.one_of(
        answers, ("", ANY_REQUEST, *REQUEST_KINDS), at("answers"), "unknown_request", "a kind of request"
    )
    name = source.text(entry, at("name"))
    known = KNOWN.get(name, PLAIN)
    for need in known.needs:
        if need not in required:
            source.fail(
                "missing_field", at("required"), f"{name!r} cannot do without {need!r}.", f"Require {need}."
            )
    if (asks, answers) != (known.asks, known.answers):
        source.fail(
            "wrong_request",
            at("asks" if asks != known.asks else "answers"),
            f"{name!r} asks for {known.asks!r} and answers {known.answers!r}.",
            "Write that, or give the arrow another name.",
        )
    hand, unit = source.text(entry, at("hand"), ""), source.text(entry, at("unit"), "")
    source.one_of(hand, ("", *HANDS), at("hand"), "unknown_hand", "a hand")
    source.one_of(unit, ("", "lead", "cooperating", "inner"), at("unit"), "unknown_role", "a role of units")
    return Arrow(
        name=name,
        label=source.text(entry, at("label")),
        frm=tuple(dict.fromkeys(frm)),
        to=State(to) if to else None,
        posts=tuple(entry["posts"]),
        fields=tuple(fields),
        reason="reason" in required,
        guards=tuple(entry.get("guards", ())),
        asks=asks,
        of_request=answers,
        unit=unit,
        hand=hand,
        inherits=source.value(entry, at("inherits"), bool, False),
        article=articles.read(source, entry, at("article")),
        **effects,
    )


def _check_reach(source: TomlFile, arrows: tuple[Arrow, ...]) -> None:
    """Every arrow can be taken by some case, and from every state that is reached a case can end."""
    reached: set[State | None] = {None}
    while True:
        found = {a.to for a in arrows if a.to and reached & set(a.frm)} - reached
        if not found:
            break
        reached |= found
    for i, arrow in enumerate(arrows):
        if not reached & set(arrow.frm):
            source.fail(
                "unreachable",
                ("arrow", i, "from"),
                f"no case ever gets where {arrow.name!r} begins.",
                "Add an arrow that leads there, or remove this one.",
            )
    ends: set[State | None] = set(TERMINAL)
    while True:
        found_ends = {s for a in arrows if a.to in ends for s in a.frm} - ends
        if not found_ends:
            break
        ends |= found_ends
    for i, arrow in enumerate(arrows):
        if arrow.to is not None and arrow.to not in ends:
            source.fail(
                "no_way_out",
                ("arrow", i, "to"),
                f"no case ever gets away from {arrow.to.value!r}.",
                "Add an arrow that leads on from there.",
            )


def _check_hands(source: TomlFile, arrows: tuple[Arrow, ...], posts: Mapping[str, Post]) -> None:
    for i, arrow in enumerate(arrows):
        for key in arrow.posts:
            hand = posts[key].hand
            if arrow.hand and hand and hand != arrow.hand:
                source.fail(
                    "mixed_hands",
                    ("arrow", i, "posts"),
                    f"{key!r} belongs to {hand}, {arrow.name!r} to {arrow.hand}; nobody holds two (TY-1-THREE).",
                    "Give the arrow to a post of its own hand.",
                )
