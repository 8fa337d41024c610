"""Reading handbooks: files to text, text to a checked :class:`Handbook`, and errors that say where and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from .flow import AREA_CLASSES, HANDS
from .handbook import ClassItem, ClockSpec, Document, Handbook, HandbookError, Milestone, Post, Rules, Source
from .handbook_editing import read_editing, read_responsibilities
from .handbook_flow import read_flow
from .handbook_tables import LOCAL_CLASSES, read_classes, read_conditions
from .handbook_toml import Articles, TomlFile, positive, unit_of_time
from .library import data_folder
from .limits import UNITS

TOML_FILES = ("handbook.toml", "posts.toml", "sources.toml", "clocks.toml", "flow.toml", "labels.toml")
CSV_FILES = ("classes.csv", LOCAL_CLASSES, "conditions.csv")


def read_folder(folder: Path) -> dict[str, str]:
    """The texts of a handbook's folder, the class edition it names included (as ``classes.csv``)."""
    texts = {}
    for name in (*TOML_FILES, LOCAL_CLASSES, "conditions.csv"):
        path = folder / name
        try:
            texts[name] = path.read_text(encoding="utf-8-sig")
        except FileNotFoundError as error:
            if name == LOCAL_CLASSES:
                continue
            raise HandbookError(
                "missing_file",
                str(path),
                0,
                name,
                "the file is missing.",
                "Copy it from the national handbook.",
            ) from error
        except UnicodeDecodeError as error:
            raise HandbookError(
                "not_utf8", str(path), 0, name, "the file is not UTF-8.", "Save it again as UTF-8."
            ) from error
    source = TomlFile("handbook.toml", texts["handbook.toml"])
    file = source.text(source.raw, ("class_file",))
    path = folder / file if (folder / file).is_file() else data_folder() / "classes" / file
    if Path(file).name != file or not path.is_file():
        source.fail(
            "missing_file",
            ("class_file",),
            f"there is no class file {file!r}.",
            "Name a file of data/classes.",
        )
    texts["classes.csv"] = path.read_text(encoding="utf-8-sig")
    return texts


def read_texts(texts: Mapping[str, str]) -> Handbook:
    """The handbook written in ``texts``, checked whole."""
    for name in (*TOML_FILES, *CSV_FILES):
        if name not in texts and name != LOCAL_CLASSES:
            raise HandbookError(
                "missing_file", name, 0, name, "the file is missing.", "Add it to the handbook."
            )
    for name in texts:
        if name not in (*TOML_FILES, *CSV_FILES):
            raise HandbookError("unknown_file", name, 0, name, "nobody reads this file.", "Remove it.")
    toml = {name: TomlFile(name, texts[name]) for name in TOML_FILES}
    head = toml["handbook.toml"]
    head.only(
        head.raw,
        {
            "city",
            "edition",
            "title",
            "approver",
            "valid_from",
            "class_edition",
            "class_file",
            "note",
            "document",
            "rules",
            "editing",
            "responsibility",
        },
        (),
    )
    class_edition = head.text(head.raw, ("class_edition",))
    documents = _documents(head)
    articles = Articles(frozenset(d.key for d in documents))
    posts = _posts(toml["posts.toml"])
    sources = _sources(toml["sources.toml"])
    clocks, milestones = _clocks(toml["clocks.toml"], articles)
    classes = read_classes(texts, class_edition)
    conditions = read_conditions(texts["conditions.csv"], classes, milestones)
    arrows, labels = read_flow(toml["flow.toml"], toml["labels.toml"], posts, clocks, articles)
    labels["posts"] = {p.key: p.label for p in posts.values()}
    labels["sources"] = {s.key: s.label for s in sources.values()}
    labels["arrows"] = {a.name: a.label for a in arrows}
    labels["clocks"] = {c.key: c.label for c in clocks.values()} | {
        m.key: m.label for m in milestones.values()
    }
    labels["classes"] = {f"{c.kind}/{c.code}": c.name for c in classes}
    labels["conditions"] = {c.key: c.text for c in conditions}
    labels["documents"] = {d.key: d.title for d in documents}
    labels["milestones"] = {m.key: m.label for m in milestones.values()}
    edit_posts, approve_posts = read_editing(head, posts, articles)
    return Handbook(
        city=head.text(head.raw, ("city",)),
        edition=head.text(head.raw, ("edition",)),
        title=head.text(head.raw, ("title",)),
        note=head.text(head.raw, ("note",), "").strip(),
        approver=head.text(head.raw, ("approver",)),
        valid_from=str(head.value(head.raw, ("valid_from",), date)),
        class_edition=class_edition,
        documents=documents,
        posts=posts,
        sources=sources,
        arrows=arrows,
        classes=classes,
        all_conditions=conditions,
        clocks=clocks,
        milestones=milestones,
        rules=_rules(head, classes, articles),
        labels=labels,
        texts=dict(texts),
        responsibilities=read_responsibilities(head, classes),
        edit_posts=edit_posts,
        approve_posts=approve_posts,
    )


def _documents(source: TomlFile) -> tuple[Document, ...]:
    out: dict[str, Document] = {}
    for i, entry in enumerate(source.value(source.raw, ("document",), list, [])):
        source.only(entry, {"key", "title", "place", "year"}, ("document", i))
        key = source.text(entry, ("document", i, "key"))
        if key in out:
            source.fail(
                "duplicate_key", ("document", i, "key"), f"{key!r} stands twice.", "Give it another key."
            )
        title = source.text(entry, ("document", i, "title"))
        place = source.text(entry, ("document", i, "place"), "")
        out[key] = Document(key, title, place, source.text(entry, ("document", i, "year"), ""))
    return tuple(out.values())


def _rules(source: TomlFile, classes: tuple[ClassItem, ...], articles: Articles) -> Rules:
    rules = source.table(source.raw, ("rules",))
    names = {
        "return_within": {"amount", "unit"},
        "extensions": {"at_most", "share"},
        "suspensions": {"at_most", "days"},
        "failures_until_overdue": {"count"},
        "lead_waits_for_cooperating": {"on"},
        "filers_close": {"on"},
        "emergency_classes": {"classes"},
    }
    source.only(rules, names, ("rules",))
    table: dict[str, dict[str, Any]] = {}
    told = {}
    for name, keys in names.items():
        table[name] = source.table(rules, ("rules", name))
        source.only(table[name], keys | {"article"}, ("rules", name))
        told[name] = articles.read(source, table[name], ("rules", name, "article"))

    def number(rule: str, key: str, at_least: float) -> float:
        path = ("rules", rule, key)
        value = float(source.value(table[rule], path, (int, float)))
        if not value >= at_least:
            source.fail("bad_limit", path, f"{value:g} is less than {at_least:g}.", "Write a larger number.")
        return value

    def switch(rule: str) -> bool:
        return bool(source.value(table[rule], ("rules", rule, "on"), bool))

    path = ("rules", "emergency_classes", "classes")
    emergencies = []
    for word in source.words(table["emergency_classes"], path):
        kind, _, prefix = word.partition(":")
        if not any(c.kind == kind and c.code.startswith(prefix) for c in classes):
            source.fail(
                "unknown_class", path, f"no class begins with {word!r}.", "Write kind:prefix, as event:05."
            )
        emergencies.append((kind, prefix))
    unit_path = ("rules", "return_within", "unit")
    unit = source.one_of(
        source.text(table["return_within"], unit_path), UNITS, unit_path, "unknown_unit", "a unit of time"
    )
    return Rules(
        return_amount=positive(source, table["return_within"], ("rules", "return_within", "amount")),
        return_unit=unit,
        extensions=int(number("extensions", "at_most", 0)),
        extension_share=number("extensions", "share", 0),
        suspensions=int(number("suspensions", "at_most", 0)),
        suspension_days=int(number("suspensions", "days", 1)),
        failures_until_overdue=int(number("failures_until_overdue", "count", 1)),
        lead_waits=switch("lead_waits_for_cooperating"),
        filers_close=switch("filers_close"),
        emergency_classes=tuple(emergencies),
        articles=told,
    )


def _posts(source: TomlFile) -> dict[str, Post]:
    out = {}
    for key in source.raw:
        table = source.table(source.raw, (key,))
        source.only(table, {"label", "hand", "level"}, (key,))
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
        out[key] = Post(key, source.text(table, (key, "label")), hand, source.text(table, (key, "level")))
    return out


def _sources(source: TomlFile) -> dict[str, Source]:
    out = {}
    families = ("patrol", "hotline", "superior", "public", "sensor")
    for key in source.raw:
        table = source.table(source.raw, (key,))
        source.only(table, {"label", "family"}, (key,))
        family = source.text(table, (key, "family"))
        source.one_of(family, families, (key, "family"), "unknown_family", "a family of sources")
        out[key] = Source(key, source.text(table, (key, "label")), family)
    return out


def _clocks(source: TomlFile, articles: Articles) -> tuple[dict[str, ClockSpec], dict[str, Milestone]]:
    source.only(source.raw, {"clock", "milestone"}, ())
    clocks, milestones = {}, {}
    for key, entry in source.table(source.raw, ("clock",)).items():
        path = ("clock", key)
        known = {"label", "amount", "unit", "by_area", "article", "of_condition", "emergency_from_acceptance"}
        source.only(entry, known, path)
        of_condition = source.value(entry, (*path, "of_condition"), bool, False)
        areas = source.value(entry, (*path, "by_area"), dict, {})
        for area in areas:
            source.one_of(area, AREA_CLASSES, (*path, "by_area"), "unknown_area_class", "an area class")
            positive(source, areas, (*path, "by_area", area))
        clocks[key] = ClockSpec(
            key,
            source.text(entry, (*path, "label")),
            0.0 if of_condition else positive(source, entry, (*path, "amount")),
            "" if of_condition else unit_of_time(source, entry, path),
            {k: float(v) for k, v in areas.items()},
            articles.read(source, entry, (*path, "article")),
            of_condition,
            source.value(entry, (*path, "emergency_from_acceptance"), bool, False),
        )
    for key, entry in source.value(source.raw, ("milestone",), dict, {}).items():
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
