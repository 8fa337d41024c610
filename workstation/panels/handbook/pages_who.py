"""The pages about who and how: documents, levels and posts, sources, the flow, words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from workstation.shell.texts.text import joined

from ...services.rules.handbook_texts import BASE, Named
from ...workflow.handbook import Handbook
from . import words
from .common import HEAD, article, kind_of, row_at, titles
from .sheet import MAYBE, TEXT, Kind, Sheet, cell, shown

translate = QCoreApplication.translate


def head(handbook: Handbook, texts: Mapping[str, str]) -> list[Sheet]:
    names = words.fields()
    values = [
        ("title", TEXT, handbook.title),
        ("edition", TEXT, handbook.edition),
        ("approver", TEXT, handbook.approver),
        ("note", MAYBE, handbook.note),
    ]
    rows = [row_at(k, HEAD, (k,), shown(names[k]), cell(kind, v, HEAD, k)) for k, kind, v in values]
    rows.insert(
        2, row_at("valid_from", HEAD, ("valid_from",), shown(names["valid_from"]), shown(handbook.valid_from))
    )
    rows.append(row_at("base", HEAD, ("base",), shown(names["base"]), shown(handbook.base)))
    posts = kind_of(handbook, "posts", many=True, empty=True)
    for key in ("edit_posts", "approve_posts"):
        value = cell(posts, list(getattr(handbook, key)), HEAD, "editing", key)
        rows.append(row_at(key, HEAD, ("editing", key), shown(names[key]), value))
    documents = [
        row_at(
            d.key,
            HEAD,
            ("document", Named("key", d.key)),
            shown(d.key),
            *(
                cell(kind, value, HEAD, "document", Named("key", d.key), key)
                for key, kind, value in (
                    ("title", TEXT, d.title),
                    ("place", MAYBE, d.place),
                    ("year", MAYBE, d.year),
                )
            ),
        )
        for d in handbook.documents
    ]
    return [
        Sheet(translate("HandbookEditor", "手册"), (translate("HandbookEditor", "项目"), translate("HandbookEditor", "内容")), tuple(rows), (1,)),
        Sheet(
            translate("HandbookEditor", "依据文件"),
            (translate("HandbookEditor", "编号"), *titles("title", "place", "year")),
            tuple(documents),
            (1,),
        ),
    ]  # fmt: skip


def posts(handbook: Handbook, texts: Mapping[str, str]) -> list[Sheet]:
    file = "posts.toml"
    hands, levels = kind_of(handbook, "hands"), kind_of(handbook, "levels")
    sights = kind_of(handbook, "sights")
    rows = [
        row_at(
            p.key,
            file,
            (p.key,),
            shown(p.key),
            cell(TEXT, p.label, file, p.key, "label"),
            cell(hands, p.hand, file, p.key, "hand"),
            cell(levels, p.level, file, p.key, "level"),
            cell(sights, p.reporter, file, p.key, "reporter"),
        )
        for p in handbook.posts.values()
    ]
    over = Kind("choice", {"": "", **words.choices("levels", handbook)}, empty=True)
    level_rows = [
        row_at(
            v.key,
            file,
            ("level", v.key),
            shown(v.key),
            cell(TEXT, v.label, file, "level", v.key, "label"),
            cell(over, v.over, file, "level", v.key, "over"),
        )
        for v in handbook.levels.values()
    ]
    key = translate("HandbookEditor", "代号")
    return [
        Sheet(
            translate("HandbookEditor", "岗位"),
            (key, *titles("label", "hand", "level", "reporter")),
            tuple(rows),
            (1,),
        ),
        Sheet(translate("HandbookEditor", "层级"), (key, *titles("label", "over")), tuple(level_rows), (1,)),
    ]


def sources(handbook: Handbook, texts: Mapping[str, str]) -> list[Sheet]:
    file, families = "sources.toml", kind_of(handbook, "families")
    rows = [
        row_at(
            s.key,
            file,
            (s.key,),
            shown(s.key),
            cell(TEXT, s.label, file, s.key, "label"),
            cell(families, s.family, file, s.key, "family"),
        )
        for s in handbook.sources.values()
    ]
    return [
        Sheet(
            words.parts()["sources"],
            (translate("HandbookEditor", "代号"), *titles("label", "family")),
            tuple(rows),
            (1,),
        )
    ]


def flow(handbook: Handbook, texts: Mapping[str, str]) -> list[Sheet]:
    file, posts = "flow.toml", kind_of(handbook, "posts", many=True)
    start = translate("HandbookEditor", "（新案卷）")
    rows = []
    for a in handbook.arrows:
        at = ("arrow", Named("name", a.name))
        states = [handbook.label("states", s) if s else start for s in a.frm]
        to = handbook.label("states", a.to) if a.to else translate("HandbookEditor", "（状态不变）")
        needed = joined(f.label if f.required else f"（{f.label}）" for f in a.fields)
        rows.append(
            row_at(
                a.name,
                file,
                at,
                cell(TEXT, a.label, file, *at, "label", tip=a.name),
                shown(joined(states)),
                shown(to),
                cell(posts, list(a.posts), file, *at, "posts"),
                shown(needed, translate("HandbookEditor", "括号中为选填")),
                article(handbook, a.article, file, *at),
            )
        )
    columns = ("label", "frm", "to", "posts", "fields", "article")
    return [Sheet(words.parts()["flow"], titles(*columns), tuple(rows), (3, 4))]


def labels(handbook: Handbook, texts: Mapping[str, str]) -> list[Sheet]:
    """The words that labels.toml holds; those of posts, clocks and the like stand with them."""
    file, names = "labels.toml", words.groups()
    said: dict[str, dict[str, Any]] = {}
    for name in (BASE + file, file):
        for group, entries in tomllib.loads(texts.get(name, "")).items():
            said.setdefault(group, {}).update(entries)
    rows = [
        row_at(
            f"{group}/{key}",
            file,
            (group, key),
            shown(names.get(group, group)),
            shown(key),
            cell(TEXT, word, file, group, key),
        )
        for group, entries in said.items()
        for key, word in entries.items()
    ]
    columns = (
        translate("HandbookEditor", "分组"),
        translate("HandbookEditor", "代号"),
        translate("HandbookEditor", "用语"),
    )
    return [Sheet(words.parts()["labels"], columns, tuple(rows), (2,))]
