"""Reading who may change a handbook, and the rules of responsibility that cases have taught."""

from __future__ import annotations

from collections.abc import Mapping

from .handbook_parts import ClassItem, Post, Responsibility
from .handbook_toml import Articles, TomlFile


def read_editing(
    source: TomlFile, posts: Mapping[str, Post], articles: Articles
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The posts that write drafts and those that approve them (``[editing]`` of handbook.toml); without it nobody."""
    table = source.value(source.raw, ("editing",), dict, {})
    source.only(table, {"edit_posts", "approve_posts", "article"}, ("editing",))
    if not table:
        return (), ()
    articles.read(source, table, ("editing", "article"))
    found = []
    for key in ("edit_posts", "approve_posts"):
        path = ("editing", key)
        words = source.words(table, path, [])
        for post in words:
            source.one_of(post, posts, path, "unknown_post", "a post of posts.toml")
        found.append(tuple(words))
    return found[0], found[1]


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
