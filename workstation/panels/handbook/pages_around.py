"""The pages about what is around the flow: plans and money, disputes, accountability, reports and meetings."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from ...workflow.handbook import Handbook
from . import words
from .common import ACCOUNTS, AROUND, REPORTS, article, kind_of, row_at, titles
from .sheet import TEXT, Cell, Kind, Row, Sheet, cell, shown

translate = QCoreApplication.translate


def plans(handbook: Handbook, texts: Mapping[str, str]) -> list[Sheet]:
    ways = kind_of(handbook, "ways", many=True)
    plans = [
        row_at(
            p.key,
            AROUND,
            ("plan", p.key),
            cell(TEXT, p.label, AROUND, "plan", p.key, "label", tip=p.key),
            cell(Kind("words"), list(p.classes), AROUND, "plan", p.key, "classes"),
            shown(" → ".join(p.steps), "\n".join(f"{n}. {step}" for n, step in enumerate(p.steps, 1))),
            article(handbook, p.article, AROUND, "plan", p.key),
        )
        for p in handbook.plans.values()
    ]
    budgets = [
        row_at(
            b.key,
            AROUND,
            ("budget", b.key),
            cell(TEXT, b.label, AROUND, "budget", b.key, "label", tip=b.key),
            cell(ways, list(b.ways), AROUND, "budget", b.key, "ways"),
            article(handbook, b.article, AROUND, "budget", b.key),
        )
        for b in handbook.budgets.values()
    ]
    rapid = handbook.rapid
    rows = (
        ()
        if rapid is None
        else (
            row_at(
                "rapid",
                AROUND,
                ("rapid",),
                cell(Kind("words"), list(rapid.classes), AROUND, "rapid", "classes"),
                article(handbook, rapid.article, AROUND, "rapid"),
            ),
        )
    )
    names = words.parts()
    return [
        Sheet(names["plans"], titles("label", "classes", "steps", "article"), tuple(plans), (2,)),
        Sheet(names["budgets"], titles("label", "ways", "article"), tuple(budgets), (0,)),
        Sheet(names["rapid"], titles("classes", "article"), rows, (0,)),
    ]


def coordination(handbook: Handbook, texts: Mapping[str, str]) -> list[Sheet]:
    posts = kind_of(handbook, "posts", many=True)
    bodies = [
        row_at(
            b.key,
            AROUND,
            ("body", b.key),
            shown(b.key),
            cell(TEXT, b.label, AROUND, "body", b.key, "label"),
            cell(posts, list(b.posts), AROUND, "body", b.key, "posts"),
            article(handbook, b.article, AROUND, "body", b.key),
        )
        for b in handbook.bodies.values()
    ]
    order = Kind("words", {b.key: b.label for b in handbook.bodies.values()})
    scopes = words.choices("scopes", handbook)
    orders = [
        row_at(
            scope,
            AROUND,
            ("coordination", scope),
            shown(scopes.get(scope, scope)),
            cell(order, list(keys), AROUND, "coordination", scope),
        )
        for scope, keys in handbook.coordination.items()
    ]
    names = words.parts()
    columns = (translate("HandbookEditor", "范围"), translate("HandbookEditor", "依次报请"))
    key = translate("HandbookEditor", "代号")
    return [
        Sheet(names["coordination"], columns, tuple(orders), (1,)),
        Sheet(names["bodies"], (key, *titles("label", "posts", "article")), tuple(bodies), (1, 2)),
    ]


def accountability(handbook: Handbook, texts: Mapping[str, str]) -> list[Sheet]:
    kinds, periods = words.choices("accounts", handbook), words.choices("periods", handbook)
    rows = [
        row_at(
            f"{a.kind}/{step.count}",
            ACCOUNTS,
            (a.kind,),
            shown(kinds.get(a.kind, a.kind)),
            shown(translate("HandbookEditor", "{period}第 {count} 次起").format(period=periods[step.period], count=step.count)),
            shown(step.label),
            article(handbook, a.article, ACCOUNTS, a.kind),
        )
        for a in handbook.accountability
        for step in a.steps
    ]  # fmt: skip
    columns = (
        translate("HandbookEditor", "情形"),
        translate("HandbookEditor", "次数"),
        translate("HandbookEditor", "措施"),
    )
    return [Sheet(words.parts()["accountability"], (*columns, *titles("article")), tuple(rows), (2,))]


def reports(handbook: Handbook, texts: Mapping[str, str]) -> list[Sheet]:
    periods = Kind("choice", words.choices("periods", handbook), empty=True)
    topics, free = kind_of(handbook, "topics", many=True), Kind("words", empty=True)

    def made(name: str, key: str, *cells: Cell) -> Row:
        return row_at(key, REPORTS, (name, key), *cells)

    reports = [
        made(
            "report",
            r.key,
            cell(TEXT, r.label, REPORTS, "report", r.key, "label", tip=r.key),
            cell(periods, r.period, REPORTS, "report", r.key, "period"),
            cell(free, list(r.recipients), REPORTS, "report", r.key, "recipients"),
            cell(free, list(r.copies), REPORTS, "report", r.key, "copies"),
            article(handbook, r.article, REPORTS, "report", r.key),
        )
        for r in handbook.reports.values()
    ]
    publications = [
        made(
            "publication",
            p.key,
            cell(TEXT, p.label, REPORTS, "publication", p.key, "label", tip=p.key),
            cell(periods, p.period, REPORTS, "publication", p.key, "period"),
            cell(TEXT, p.channel, REPORTS, "publication", p.key, "channel"),
            article(handbook, p.article, REPORTS, "publication", p.key),
        )
        for p in handbook.publications.values()
    ]
    meetings = [
        made(
            "meeting",
            m.key,
            cell(TEXT, m.label, REPORTS, "meeting", m.key, "label", tip=m.key),
            cell(periods, m.period, REPORTS, "meeting", m.key, "period"),
            cell(topics, list(m.agenda), REPORTS, "meeting", m.key, "agenda"),
            article(handbook, m.article, REPORTS, "meeting", m.key),
        )
        for m in handbook.meetings.values()
    ]
    names = words.parts()
    report_columns = titles("label", "period", "recipients", "copies", "article")
    return [
        Sheet(names["reports"], report_columns, tuple(reports), (0, 2)),
        Sheet(names["publications"], titles("label", "period", "channel", "article"), tuple(publications), (0,)),
        Sheet(names["meetings"], titles("label", "period", "agenda", "article"), tuple(meetings), (0, 2)),
    ]  # fmt: skip
