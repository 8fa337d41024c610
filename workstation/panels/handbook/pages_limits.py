"""The pages about what is to be done by when: classes and filing conditions, clocks, rules."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from workstation.shell.texts.text import joined

from ...workflow.handbook import Condition, Handbook
from . import words
from .common import HEAD, article, kind_of, row_at, titles
from .sheet import MAYBE, NUMBER, SHARE, SWITCH, TEXT, WHOLE, Kind, Place, Row, Sheet, cell, shown, table_of

translate = QCoreApplication.translate


def classes(handbook: Handbook, texts: Mapping[str, str]) -> list[Sheet]:
    units = kind_of(handbook, "units")
    marks = Kind("words", {m.key: m.label for m in handbook.milestones.values()}, empty=True)

    def row(c: Condition) -> Row:
        file = table_of(texts, c.key)
        item = handbook.class_item(c.kind, c.class_code)
        areas = joined(f"{handbook.label('area_classes', k)} {v:g}" for k, v in c.by_area.items())
        return row_at(
            c.key,
            file,
            (c.key, "amount"),
            shown(f"{c.class_code} {item.name if item else ''}".strip(), c.key),
            cell(TEXT, c.text, file, c.key, "text"),
            cell(NUMBER, c.amount, file, c.key, "amount", tip=areas),
            cell(units, c.unit, file, c.key, "unit"),
            cell(MAYBE, c.closing_standard, file, c.key, "closing_standard"),
            cell(marks, list(c.milestones), file, c.key, "milestones"),
        )

    listed = [
        Row(
            f"{c.kind}/{c.code}",
            (
                *(shown(handbook.label("kinds", c.kind)), shown(c.code), shown(c.name)),
                *(shown(c.main_name), shown(_basis(c.basis))),
            ),
            Place("classes.csv", (c.kind, c.code)),
        )
        for c in handbook.classes
    ]
    return [
        Sheet(
            translate("HandbookEditor", "立案条件"),
            (
                *(translate("HandbookEditor", "类别"), translate("HandbookEditor", "立案条件")),
                *(translate("HandbookEditor", "时限"), translate("HandbookEditor", "单位")),
                *titles("closing_standard", "milestones"),
            ),
            tuple(row(c) for c in handbook.all_conditions),
            (1,),
            grows=True,
        ),
        Sheet(
            translate("HandbookEditor", "类别"),
            (
                *(
                    translate("HandbookEditor", "种类"),
                    translate("HandbookEditor", "代码"),
                    translate("HandbookEditor", "类别"),
                ),
                *titles("main_name", "basis"),
            ),
            tuple(listed),
            (2, 3),
            handbook.class_edition,
        ),
    ]


def _basis(basis: str) -> str:
    known = {
        "transcribed": translate("HandbookEditor", "标准原文"),
        "inferred": translate("HandbookEditor", "推断"),
        "local": translate("HandbookEditor", "本地增设"),
    }
    return known.get(basis, basis)


def clocks(handbook: Handbook, texts: Mapping[str, str]) -> list[Sheet]:
    file, units = "clocks.toml", kind_of(handbook, "units")
    yes = translate("HandbookEditor", "是")
    area_names = [handbook.label("area_classes", area) for area in ("core", "general", "fringe")]
    rows = []
    for c in handbook.clocks.values():
        limited = not c.of_condition
        own = translate("HandbookEditor", "按立案条件")
        rows.append(
            row_at(
                c.key,
                file,
                ("clock", c.key),
                cell(TEXT, c.label, file, "clock", c.key, "label", tip=c.key),
                cell(NUMBER, c.amount, file, "clock", c.key, "amount") if limited else shown(own),
                cell(units, c.unit, file, "clock", c.key, "unit") if limited else shown(""),
                *(
                    cell(NUMBER, c.by_area.get(area), file, "clock", c.key, "by_area", area)
                    if limited
                    else shown("")
                    for area in ("core", "general", "fringe")
                ),
                shown(joined(handbook.label("states", s) for s in c.pause_in)),
                shown(yes if c.key_cases else ""),
                article(handbook, c.article, file, "clock", c.key),
            )
        )
    marks = [
        row_at(
            m.key,
            file,
            ("milestone", m.key),
            cell(TEXT, m.label, file, "milestone", m.key, "label", tip=m.key),
            cell(NUMBER, m.amount, file, "milestone", m.key, "amount"),
            cell(units, m.unit, file, "milestone", m.key, "unit"),
            article(handbook, m.article, file, "milestone", m.key),
        )
        for m in handbook.milestones.values()
    ]
    limit, unit = translate("HandbookEditor", "时限"), translate("HandbookEditor", "单位")
    return [
        Sheet(
            translate("HandbookEditor", "环节时限"),
            (*titles("label"), limit, unit, *area_names, *titles("pause_in", "key_cases", "article")),
            tuple(rows),
            (8,),
        ),
        Sheet(words.parts()["milestones"], (*titles("label"), limit, unit, *titles("article")), tuple(marks), (0, 3)),
    ]  # fmt: skip


def rules(handbook: Handbook, texts: Mapping[str, str]) -> list[Sheet]:
    r = handbook.rules
    kinds = {
        "return_within.amount": NUMBER,
        "return_within.unit": kind_of(handbook, "units"),
        "extensions.share": SHARE if r.extension_share <= 1 else NUMBER,
        "lights.yellow": SHARE,
        "duplicates.metres": NUMBER,
        "duplicates.hours": NUMBER,
        "endorsed_requests.kinds": kind_of(handbook, "requests", many=True, empty=True),
        "endorsed_requests.post": kind_of(handbook, "posts"),
        "emergency_classes.classes": Kind("words", empty=True),
    }
    values = {place: getattr(r, name) for name, place in words.RULE_FIELDS.items()}
    values["emergency_classes.classes"] = [f"{kind}:{prefix}" for kind, prefix in r.emergency_classes]
    rows = []
    for name, title in words.rules().items():
        rule, key = name.split(".")
        value = list(values[name]) if isinstance(values[name], tuple) else values[name]
        kind = SWITCH if isinstance(value, bool) else kinds.get(name, WHOLE)
        told = article(handbook, r.articles[rule], HEAD, "rules", rule) if rule in r.articles else shown("")
        made = cell(kind, value, HEAD, "rules", rule, key)
        rows.append(row_at(name, HEAD, ("rules", rule), shown(title), made, told))
    columns = (translate("HandbookEditor", "规则"), translate("HandbookEditor", "取值"), *titles("article"))
    duties = [
        Row(
            rule.text,
            (shown(rule.text), shown(joined(rule.classes)), shown(rule.unit), shown(rule.case)),
            Place(HEAD, ("responsibility",)),
        )
        for rule in handbook.responsibilities
    ]
    return [
        Sheet(translate("HandbookEditor", "规则"), columns, tuple(rows), (0,)),
        Sheet(
            words.parts()["responsibilities"],
            (translate("HandbookEditor", "规则"), *titles("classes", "unit", "case")),
            tuple(duties),
            (0,),
            translate("HandbookEditor", "先行处置后明确责任时提出的规则，可在“案卷提出的规则”中纳入草稿。"),
        ),
    ]
