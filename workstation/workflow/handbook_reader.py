"""Reading handbooks: texts to a checked :class:`Handbook`, and errors that say where and what to do.

A handbook that names a ``base`` is laid over it: the texts then hold the base's files too, as ``base/NAME``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .handbook import Document, Handbook, HandbookError
from .handbook_around import (
    read_accountability,
    read_around,
    read_articles,
    read_evaluation,
    read_reports,
)
from .handbook_checks import check_together
from .handbook_editing import read_editing, read_inventory, read_responsibilities, read_staff
from .handbook_flow import read_flow
from .handbook_folder import CLASSES, HEAD, LOCAL_CLASSES, MORE, NEEDED
from .handbook_layers import BASE, forget, lay_over, removed
from .handbook_personal import read_personal
from .handbook_rules import read_rules
from .handbook_sections import read_clocks, read_levels, read_posts, read_sources
from .handbook_tables import read_classes, read_conditions
from .handbook_toml import Articles, TomlFile
from .library import handbooks

_HEAD_KEYS = frozenset(
    {"base", "city", "edition", "title", "approver", "valid_from", "draft", "class_edition", "class_file"}
    | {"note", "document", "rules", "editing", "inventory", "staff", "responsibility"}
    | {"personal"}
)
_OWN = ("city", "edition", "title", "approver")
"""What a city says itself, whatever its base says."""


class _Texts:
    """The texts of a handbook and those of its base, file by file."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        for name in texts:
            if name.removeprefix(BASE) not in (*NEEDED, *MORE, CLASSES):
                raise HandbookError("unknown_file", name, 0, name, "nobody reads this file.", "Remove it.")
        self.own = {name: text for name, text in texts.items() if not name.startswith(BASE)}
        self.base = {name.removeprefix(BASE): t for name, t in texts.items() if name.startswith(BASE)}
        own_head = TomlFile(HEAD, self._must(self.own, HEAD, ""))
        self.based = "base" in own_head.own
        if self.base and not self.based:
            own_head.fail("missing_key", ("base",), "the key is missing.", "Name the base.")
        for name in (*NEEDED, CLASSES):
            self._must(self.base if self.based else self.own, name, BASE if self.based else "")
        if self.based and "base" in (under := TomlFile(BASE + HEAD, self.base[HEAD])).own:
            under.fail(
                "base_of_base", ("base",), "a base has no base.", "Name a handbook that stands by itself."
            )

    @staticmethod
    def _must(texts: Mapping[str, str], name: str, before: str) -> str:
        if name not in texts:
            raise HandbookError(
                "missing_file", before + name, 0, name, "the file is missing.", "Add it to the handbook."
            )
        return texts[name]

    def toml(self, name: str) -> TomlFile:
        """The file laid over the base's; empty where neither has it."""
        base = TomlFile(BASE + name, self.base.get(name, "")) if self.based else None
        if base is None:
            return TomlFile(name, self.own.get(name, ""))
        return lay_over(name, self.own[name], base) if name in self.own else base

    def tables(self, *names: str) -> list[tuple[str, str]]:
        """These tables as (file, text), each laid over those before it.

        A city's own first table is instead of all of the base's; any other of its own is instead of the base's of that name,
        but for ``added_…``, which adds to the base's.
        """
        lower = [] if names[0] in self.own else [n for n in names if n in self.base]
        lower = [n for n in lower if n not in self.own or n.startswith("added_")]
        found = [(BASE + n, self.base[n]) for n in lower]
        return found + [(n, self.own[n]) for n in names if n in self.own]


def _later_words(words: TomlFile) -> None:
    """Add the national words for what the file has none for."""
    name = "labels.toml"
    national = TomlFile(name, (handbooks()["national"] / name).read_text(encoding="utf-8"))
    for group, entries in national.raw.items():
        words.raw[group] = entries | words.raw.get(group, {})


def read_texts(texts: Mapping[str, str], *, kept: bool = False) -> Handbook:
    """The handbook written in ``texts``, checked whole; one that is ``kept`` is spared the words that it cannot know."""
    files = _Texts(texts)
    head = files.toml(HEAD)
    head.only(head.raw, _HEAD_KEYS, ())
    draft = "draft" in head.own and head.value(head.raw, ("draft",), bool)
    for key in _OWN if draft else (*_OWN, "valid_from"):
        if key not in head.own:
            advice = "Add it, or draft = true." if key == "valid_from" else "Add it."
            raise HandbookError("missing_key", HEAD, 0, key, "the key is missing.", advice)
    class_edition = head.text(head.raw, ("class_edition",))
    documents = _documents(head)
    articles = Articles(frozenset(d.key for d in documents))
    posts_file, clocks_file, flow_file = (
        files.toml("posts.toml"),
        files.toml("clocks.toml"),
        files.toml("flow.toml"),
    )
    around_file = files.toml("around.toml")
    _forget(posts_file, clocks_file, flow_file)
    levels = read_levels(posts_file)
    posts = read_posts(posts_file, levels)
    sources = read_sources(files.toml("sources.toml"))
    clocks, milestones = read_clocks(clocks_file, articles)
    classes = read_classes(files.tables(CLASSES, LOCAL_CLASSES, "added_classes.csv"), class_edition)
    conditions = read_conditions(files.tables("conditions.csv", "added_conditions.csv"), classes, milestones)
    rules = read_rules(head, classes, posts, articles)
    around = read_around(around_file, posts, classes, articles)
    words = files.toml("labels.toml")
    if kept:
        _later_words(words)
    arrows, labels = read_flow(flow_file, words, posts, clocks, articles)
    if not kept:
        check_together(head, flow_file, around_file, rules, arrows, around)
    labels["posts"] = {p.key: p.label for p in posts.values()}
    labels["levels"] = labels.get("levels", {}) | {v.key: v.label for v in levels.values()}
    labels["sources"] = {s.key: s.label for s in sources.values()}
    labels["arrows"] = labels.get("arrows", {}) | {a.name: a.label for a in arrows}
    labels["clocks"] = {c.key: c.label for c in clocks.values()} | {
        m.key: m.label for m in milestones.values()
    }
    labels["classes"] = {f"{c.kind}/{c.code}": c.name for c in classes}
    labels["conditions"] = {c.key: c.text for c in conditions}
    labels["documents"] = {d.key: d.title for d in documents}
    labels["milestones"] = {m.key: m.label for m in milestones.values()}
    labels["bodies"] = {b.key: b.label for b in around["bodies"].values()}
    labels["plans"] = {p.key: p.label for p in around["plans"].values()}
    labels["budgets"] = {b.key: b.label for b in around["budgets"].values()}
    edit_posts, approve_posts = read_editing(head, posts, articles)
    staff_posts, stop_posts = read_staff(head, posts, articles)
    return Handbook(
        city=head.text(head.raw, ("city",)),
        edition=head.text(head.raw, ("edition",)),
        title=head.text(head.raw, ("title",)),
        note=head.text(head.raw, ("note",), "").strip(),
        approver=head.text(head.raw, ("approver",)),
        valid_from=str(head.value(head.raw, ("valid_from",), date)) if "valid_from" in head.own else "",
        class_edition=class_edition,
        documents=documents,
        posts=posts,
        sources=sources,
        arrows=arrows,
        classes=classes,
        all_conditions=conditions,
        clocks=clocks,
        milestones=milestones,
        rules=rules,
        labels=labels,
        texts=dict(texts),
        levels=levels,
        accountability=read_accountability(files.toml("accountability.toml"), articles),
        evaluation=read_evaluation(files.toml("evaluation.toml"), articles),
        articles=read_articles(files.toml("articles.toml"), documents, articles),
        base=head.text(head.own, ("base",)) if files.based else "",
        draft=draft,
        responsibilities=read_responsibilities(head, classes),
        edit_posts=edit_posts,
        approve_posts=approve_posts,
        staff_posts=staff_posts,
        stop_posts=stop_posts,
        inventory_posts=read_inventory(head, posts, articles),
        personal=read_personal(head, posts, arrows, articles),
        **around,
        **read_reports(files.toml("reports.toml"), articles),
    )


def _forget(posts: TomlFile, clocks: TomlFile, flow: TomlFile) -> None:
    """Posts and clocks that the city removed are gone from the base's arrows too."""
    forget(flow, "arrow", ("posts",), removed(posts))
    forget(flow, "arrow", ("start", "stop", "pause", "resume"), removed(clocks, ("clock",)))


def _documents(source: TomlFile) -> tuple[Document, ...]:
    out: dict[str, Document] = {}
    for i, entry in enumerate(source.value(source.raw, ("document",), list, [])):
        path = ("document", i)
        source.only(entry, {"key", "title", "place", "year", "numbering"}, path)
        key = source.text(entry, (*path, "key"))
        if key in out:
            source.fail("duplicate_key", (*path, "key"), f"{key!r} stands twice.", "Give it another key.")
        numbering = source.text(entry, (*path, "numbering"), "第{}条")
        if numbering.count("{}") != 1 or numbering.count("{") != 1 or numbering.count("}") != 1:
            source.fail(
                "bad_numbering", (*path, "numbering"), "it has no place for a number.", "Write {} once."
            )
        title = source.text(entry, (*path, "title"))
        place, year = source.text(entry, (*path, "place"), ""), source.text(entry, (*path, "year"), "")
        out[key] = Document(key, title, place, year, numbering)
    return tuple(out.values())
