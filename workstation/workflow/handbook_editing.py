"""Reading who may change a handbook and the register of people, and the rules of responsibility that cases have taught."""

from __future__ import annotations

from collections.abc import Mapping

from .handbook_parts import ClassItem, Post, Responsibility
from .handbook_toml import Articles, TomlFile


def read_editing(
    source: TomlFile, posts: Mapping[str, Post], articles: Articles
) -> tuple[tuple[str, ...], ...]:
    """The posts that write drafts and those that approve them (``[editing]`` of handbook.toml); without it nobody."""
    return _who(source, posts, articles, "editing", ("edit_posts", "approve_posts"))


def read_staff(
    source: TomlFile, posts: Mapping[str, Post], articles: Articles
) -> tuple[tuple[str, ...], ...]:
    """The posts that keep the register of people and contacts, and those that stop a collector (``[staff]``)."""
    return _who(source, posts, articles, "staff", ("staff_posts", "stop_posts"))


def read_inventory(source: TomlFile, posts: Mapping[str, Post], articles: Articles) -> tuple[str, ...]:
    """The posts that keep the grids and the components (``[inventory]``)."""
    return _who(source, posts, articles, "inventory", ("inventory_posts",))[0]


def _who(
    source: TomlFile, posts: Mapping[str, Post], articles: Articles, group: str, keys: tuple[str, ...]
) -> tuple[tuple[str, ...], ...]:
    """The posts that a table names under each of the keys; none where there is no such table."""
    table = source.value(source.raw, (group,), dict, {})
    source.only(table, {*keys, "article"}, (group,))
    if table:
        articles.read(source, table, (group, "article"))
    found = []
    for key in keys:
        path = (group, key)
        words = source.words(table, path, [])
        for post in words:
            source.one_of(post, posts, path, "unknown_post", "a post of posts.toml")
        found.append(tuple(words))
    return tuple(found)


def read_responsibilities(source: TomlFile, classes: tuple[ClassItem, ...]) -> tuple[Responsibility, ...]:
    """The rules under ``[[responsibility]]`` of handbook.toml, each of classes that there are."""
    out = []
    for i, entry in enumerate(source.value(source.raw, ("responsibility",), list, [])):
        path = ("responsibility", i)
        source.only(entry, {"text", "classes", "unit", "case"}, path)
        prefixes = source.words(entry, (*path, "classes"), [])
        for word in prefixes:
            if not any(f"{c.kind}:{c.code}".startswith(word) for c in classes):
                source.fail(
                    "unknown_class",
                    (*path, "classes"),
                    f"no class begins with {word!r}.",
                    'Write kind and code, as "event:05".',
                )
        out.append(
            Responsibility(
                source.text(entry, (*path, "text")),
                tuple(prefixes),
                source.text(entry, (*path, "unit"), ""),
                source.text(entry, (*path, "case"), ""),
            )
        )
    return tuple(out)
