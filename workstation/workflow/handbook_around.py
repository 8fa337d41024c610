"""Reading what is around the flow: who settles disputes, plans, money, answering for it, reports, meetings, articles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .flow import SCOPES, WAYS
from .handbook import (
    Accountability,
    AccountStep,
    Article,
    Body,
    Budget,
    ClassItem,
    Document,
    Evaluation,
    Meeting,
    Plan,
    Post,
    Publication,
    Rapid,
    Report,
)
from .handbook_rules import prefixes
from .handbook_toml import Articles, Path, TomlFile

ACCOUNTABILITY = ("late_receipt", "late_disposal", "substandard")
PERIODS = ("week", "two_weeks", "month", "quarter", "year")
TOPICS = ("overdue", "returned", "disputed", "key", "suspended")


def read_around(
    source: TomlFile, posts: Mapping[str, Post], classes: tuple[ClassItem, ...], articles: Articles
) -> dict[str, Any]:
    """around.toml, as the fields of a handbook: bodies, coordination, plans, budgets, rapid."""
    source.only(source.raw, {"body", "coordination", "plan", "budget", "rapid"}, ())
    bodies = {}
    for key, table in source.tables(source.raw, ("body",)).items():
        path: Path = ("body", key)
        source.only(table, {"label", "posts", "article"}, path)
        members = _some(source, table, (*path, "posts"), "no_posts", "nobody writes its decision down.")
        for post in members:
            source.one_of(post, posts, (*path, "posts"), "unknown_post", "a post of posts.toml")
        label, article = _told(source, table, path, articles)
        bodies[key] = Body(key, label, members, article)
    plans = {}
    for key, table in source.tables(source.raw, ("plan",)).items():
        path = ("plan", key)
        source.only(table, {"label", "classes", "steps", "article"}, path)
        label, article = _told(source, table, path, articles)
        of = prefixes(source, table, (*path, "classes"), classes)
        steps = _some(source, table, (*path, "steps"), "no_steps", "a plan without steps is none.")
        plans[key] = Plan(key, label, of, steps, article)
    budgets = {}
    for key, table in source.tables(source.raw, ("budget",)).items():
        path = ("budget", key)
        source.only(table, {"label", "ways", "article"}, path)
        ways = _some(source, table, (*path, "ways"), "no_ways", "nothing is paid from it.")
        for way in ways:
            source.one_of(way, WAYS.values(), (*path, "ways"), "unknown_way", "a way that costs")
        label, article = _told(source, table, path, articles)
        budgets[key] = Budget(key, label, ways, article)
    return {
        "bodies": bodies,
        "coordination": _coordination(source, bodies, articles),
        "plans": plans,
        "budgets": budgets,
        "rapid": _rapid(source, classes, articles),
    }


def _coordination(
    source: TomlFile, bodies: Mapping[str, Body], articles: Articles
) -> dict[str, tuple[str, ...]]:
    if "coordination" not in source.raw:
        return {}
    table = source.table(source.raw, ("coordination",))
    source.only(table, {*SCOPES, "article"}, ("coordination",))
    articles.read(source, table, ("coordination", "article"))
    out = {}
    for scope in SCOPES:
        path = ("coordination", scope)
        out[scope] = _some(source, table, path, "no_body", "nobody would decide.")
        for body in out[scope]:
            source.one_of(body, bodies, path, "unknown_body", "a body of around.toml")
    return out


def _rapid(source: TomlFile, classes: tuple[ClassItem, ...], articles: Articles) -> Rapid | None:
    if "rapid" not in source.raw:
        return None
    table = source.table(source.raw, ("rapid",))
    source.only(table, {"classes", "article"}, ("rapid",))
    of = prefixes(source, table, ("rapid", "classes"), classes)
    return Rapid(of, articles.read(source, table, ("rapid", "article")))


def read_accountability(source: TomlFile, articles: Articles) -> tuple[Accountability, ...]:
    """accountability.toml: for each kind its steps, the counts rising within one period."""
    out = []
    for kind, table in source.tables(source.raw, ()).items():
        source.one_of(kind, ACCOUNTABILITY, (kind,), "unknown_accountability", "a kind of accountability")
        source.only(table, {"steps", "article"}, (kind,))
        steps: list[AccountStep] = []
        path = (kind, "steps")
        for step in source.value(table, path, list):
            if not isinstance(step, dict):
                source.fail("wrong_type", path, f"{step!r} is no table.", "Write a list of tables in braces.")
            source.only(step, {"count", "period", "measure", "label"}, path)
            count = source.value(step, (*path, "count"), int)
            if count <= (steps[-1].count if steps else 0):
                source.fail("bad_count", path, f"{count} does not rise.", "Write the steps in rising order.")
            period = source.text(step, (*path, "period"))
            source.one_of(period, PERIODS, path, "unknown_period", "a period")
            measure = source.text(step, (*path, "measure"))
            steps.append(AccountStep(count, period, measure, source.text(step, (*path, "label"))))
        out.append(Accountability(kind, tuple(steps), articles.read(source, table, (kind, "article"))))
    return tuple(out)


def read_reports(source: TomlFile, articles: Articles) -> dict[str, Any]:
    """reports.toml, as the fields of a handbook: reports, publications, meetings."""
    source.only(source.raw, {"report", "publication", "meeting"}, ())
    reports, publications, meetings = {}, {}, {}
    for key, table in source.tables(source.raw, ("report",)).items():
        path: Path = ("report", key)
        source.only(table, {"label", "period", "recipients", "copies", "article"}, path)
        label, article = _told(source, table, path, articles)
        period = source.one_of(
            source.text(table, (*path, "period")), PERIODS, (*path, "period"), "unknown_period", "a period"
        )
        to = _some(source, table, (*path, "recipients"), "no_recipients", "nobody gets it.")
        copies = tuple(source.words(table, (*path, "copies"), []))
        reports[key] = Report(key, label, period, to, copies, article)
    for key, table in source.tables(source.raw, ("publication",)).items():
        path = ("publication", key)
        source.only(table, {"label", "period", "channel", "article"}, path)
        label, article = _told(source, table, path, articles)
        channel = source.text(table, (*path, "channel"))
        publications[key] = Publication(key, label, _period(source, table, path), channel, article)
    for key, table in source.tables(source.raw, ("meeting",)).items():
        path = ("meeting", key)
        source.only(table, {"label", "period", "agenda", "article"}, path)
        label, article = _told(source, table, path, articles)
        agenda = _some(
            source, table, (*path, "agenda"), "no_agenda", "a meeting needs something to meet about."
        )
        for topic in agenda:
            source.one_of(topic, TOPICS, (*path, "agenda"), "unknown_topic", "a topic of meetings")
        meetings[key] = Meeting(key, label, _period(source, table, path), agenda, article)
    return {"reports": reports, "publications": publications, "meetings": meetings}


def _period(source: TomlFile, table: Any, path: Path) -> str:
    """A period, or "" for what has none."""
    where = (*path, "period")
    return source.one_of(source.text(table, where, ""), ("", *PERIODS), where, "unknown_period", "a period")


def read_evaluation(source: TomlFile, articles: Articles) -> Evaluation | None:
    """evaluation.toml; None where it says nothing."""
    if not source.raw:
        return None
    source.only(source.raw, {"indicators", "article", "weights", "bands", "uses"}, ())
    figures: dict[str, dict[str, float]] = {}
    for name, highest in (("weights", 1000), ("bands", 100)):
        figures[name] = {}
        for key in source.value(source.raw, (name,), dict, {}):
            value = source.value(source.raw[name], (name, key), (int, float))
            if not 0 <= value <= highest:
                advice = f"Write a number from 0 to {highest}."
                source.fail("bad_limit", (name, key), f"{value!r} is out of range.", advice)
            figures[name][key] = float(value)
    return Evaluation(
        indicators=source.text(source.raw, ("indicators",)),
        article=articles.known(source, source.text(source.raw, ("article",)), ("article",)),
        uses=tuple(source.words(source.raw, ("uses",), [])),
        **figures,
    )


def read_articles(
    source: TomlFile, documents: tuple[Document, ...], articles: Articles
) -> dict[str, Article]:
    """articles.toml: where an article stands and what it asks, for people to read."""
    titles = {d.key: d.title for d in documents}
    out = {}
    for id, table in source.tables(source.raw, ()).items():
        source.only(table, {"where", "text"}, (id,))
        articles.known(source, id, (id,))
        where = source.text(table, (id, "where"))
        out[id] = Article(id, titles[id.split("-")[0]], where, source.text(table, (id, "text"), ""))
    return out


def _told(source: TomlFile, table: Any, path: Path, articles: Articles) -> tuple[str, str]:
    return source.text(table, (*path, "label")), articles.read(source, table, (*path, "article"))


def _some(source: TomlFile, table: Any, path: Path, code: str, problem: str) -> tuple[str, ...]:
    words = source.words(table, path)
    if not words:
        source.fail(code, path, problem, "Name at least one.")
    return tuple(words)
