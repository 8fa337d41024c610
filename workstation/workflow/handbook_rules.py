"""Reading the switches and figures that guards go by: the ``[rules]`` of handbook.toml."""

from __future__ import annotations

from typing import Any

from .flow import REQUEST_KINDS
from .handbook import ClassItem, Post, Rules
from .handbook_toml import Articles, Path, TomlFile, positive, unit_of_time

_NEEDED = {
    "return_within": {"amount", "unit"},
    "extensions": {"at_most", "share"},
    "suspensions": {"at_most", "days"},
    "failures_until_overdue": {"count"},
    "lead_waits_for_cooperating": {"on"},
    "filers_close": {"on"},
    "emergency_classes": {"classes"},
}
_MORE = {
    "lights": {"yellow"},
    "endorsed_requests": {"kinds", "post"},
    "leader_approves": {"on"},
    "evidence_for_transfer": {"on"},
    "duplicates": {"metres", "hours"},
}
"""Rules that a handbook need not have: without them the defaults of :class:`.handbook_parts.Rules` hold."""


def read_rules(
    source: TomlFile, classes: tuple[ClassItem, ...], posts: dict[str, Post], articles: Articles
) -> Rules:
    """The rules, each with its article."""
    rules = source.table(source.raw, ("rules",))
    source.only(rules, _NEEDED | _MORE, ("rules",))
    table: dict[str, dict[str, Any]] = {}
    told = {}
    for name, keys in (_NEEDED | _MORE).items():
        if name in rules or name in _NEEDED:
            table[name] = source.table(rules, ("rules", name))
            source.only(table[name], keys | {"article"}, ("rules", name))
            told[name] = articles.read(source, table[name], ("rules", name, "article"))

    def number(rule: str, key: str, at_least: float, at_most: float = 100_000) -> float:
        path = ("rules", rule, key)
        value = float(source.value(table[rule], path, (int, float)))
        if not at_least <= value <= at_most:
            problem = f"{value:g} is not between {at_least:g} and {at_most:g}."
            source.fail("bad_limit", path, problem, "Write a number between them.")
        return value

    def switch(rule: str) -> bool:
        return bool(source.value(table[rule], ("rules", rule, "on"), bool))

    more: dict[str, Any] = {}
    if "lights" in table:
        more["yellow_share"] = number("lights", "yellow", 0.01, 1)
    if "endorsed_requests" in table:
        more["endorsed"], more["endorser"] = _endorsed(source, table["endorsed_requests"], posts)
    if "leader_approves" in table:
        more["leader_approves"] = switch("leader_approves")
    if "evidence_for_transfer" in table:
        more["evidence_needed"] = switch("evidence_for_transfer")
    if "duplicates" in table:
        more["duplicate_metres"] = number("duplicates", "metres", 1)
        more["duplicate_hours"] = number("duplicates", "hours", 0.1)
    return Rules(
        return_amount=positive(source, table["return_within"], ("rules", "return_within", "amount")),
        return_unit=unit_of_time(source, table["return_within"], ("rules", "return_within")),
        extensions=int(number("extensions", "at_most", 0)),
        extension_share=number("extensions", "share", 0),
        suspensions=int(number("suspensions", "at_most", 0)),
        suspension_days=int(number("suspensions", "days", 1)),
        failures_until_overdue=int(number("failures_until_overdue", "count", 1)),
        lead_waits=switch("lead_waits_for_cooperating"),
        filers_close=switch("filers_close"),
        emergency_classes=tuple(
            (kind, prefix)
            for kind, _, prefix in (
                word.partition(":")
                for word in prefixes(
                    source, table["emergency_classes"], ("rules", "emergency_classes", "classes"), classes
                )
            )
        ),
        articles=told,
        **more,
    )


def _endorsed(source: TomlFile, table: dict[str, Any], posts: dict[str, Post]) -> tuple[tuple[str, ...], str]:
    path = ("rules", "endorsed_requests")
    kinds = source.words(table, (*path, "kinds"))
    for kind in kinds:
        source.one_of(kind, REQUEST_KINDS, (*path, "kinds"), "unknown_request", "a kind of request")
    post = source.text(table, (*path, "post"))
    source.one_of(post, posts, (*path, "post"), "unknown_post", "a post of posts.toml")
    return tuple(kinds), post


def prefixes(source: TomlFile, table: Any, path: Path, classes: tuple[ClassItem, ...]) -> tuple[str, ...]:
    """Prefixes of classes as ``kind:code``, each of which must mean some class."""
    words = source.words(table, path)
    for word in words:
        kind, colon, prefix = word.partition(":")
        if not colon or not any(c.kind == kind and c.code.startswith(prefix) for c in classes):
            source.fail(
                "unknown_class", path, f"no class begins with {word!r}.", "Write kind:prefix, as event:05."
            )
    return tuple(words)
