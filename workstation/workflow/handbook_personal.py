"""Reading how personal data of those who report is kept: ``[personal]`` of handbook.toml (TZ-5-PRIVACY)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .flow import Arrow
from .handbook_parts import Personal, Post
from .handbook_toml import Articles, TomlFile

_PATH = ("personal",)
_KEYS = frozenset({"keep_days", "looks_per_hour", "reasons", "needed_for", "erase_posts", "article"})


def read_personal(
    source: TomlFile, posts: Mapping[str, Post], arrows: Iterable[Arrow], articles: Articles
) -> Personal:
    """The rule; the defaults of :class:`.handbook_parts.Personal` for a handbook of before there was one."""
    table = source.value(source.raw, _PATH, dict, {})
    if not table:
        return Personal()
    source.only(table, _KEYS, _PATH)
    reasons = source.words(table, (*_PATH, "reasons"))
    for reason in reasons:
        if not reason.strip() or "：" in reason:
            problem = "a reason is words without a colon."
            source.fail("bad_reason", (*_PATH, "reasons"), problem, "Write it in a few words.")
    names = [arrow.name for arrow in arrows]
    needed = source.words(table, (*_PATH, "needed_for"), [])
    for name in needed:
        source.one_of(name, names, (*_PATH, "needed_for"), "unknown_arrow", "an arrow of flow.toml")
    erasers = source.words(table, (*_PATH, "erase_posts"), [])
    for post in erasers:
        source.one_of(post, posts, (*_PATH, "erase_posts"), "unknown_post", "a post of posts.toml")
    return Personal(
        _count(source, table, "keep_days"),
        _count(source, table, "looks_per_hour"),
        tuple(reasons),
        tuple(needed),
        tuple(erasers),
        articles.read(source, table, (*_PATH, "article")),
    )


def _count(source: TomlFile, table: dict[str, object], key: str) -> int:
    path = (*_PATH, key)
    value = int(source.value(table, path, int))
    if not 1 <= value <= 36_500:
        source.fail("bad_limit", path, f"{value} is not between 1 and 36500.", "Write a number between them.")
    return value
