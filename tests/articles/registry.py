"""The registry of articles (docs/articles.toml): what it holds, what is wrong with it, and the page made from it.

Which tests show an article is found by collecting: :func:`collected` notes the markers of every test of a run.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
REGISTRY = ROOT / "docs" / "articles.toml"
PAGE = ROOT / "docs" / "articles.md"
_FIELDS = {"article", "title", "does", "where", "later"}


@dataclass(frozen=True, slots=True)
class Article:
    """One behaviour. ``later`` is "" where it has to be there, else ``area: what is missing``."""

    id: str
    article: str
    title: str
    does: str
    where: tuple[str, ...]
    later: str = ""

    @property
    def document(self) -> str:
        """The key of the document: what the id begins with."""
        return self.id.split("-", 1)[0]


@dataclass(frozen=True)
class Registry:
    """All articles, in the registry's order, and the documents they are of."""

    articles: Mapping[str, Article]
    documents: Mapping[str, Mapping[str, str]]


@dataclass
class Collected:
    """What a run of pytest has collected: per article the tests that carry it. ``whole``: the whole suite was collected."""

    whole: bool
    tests: dict[str, list[str]] = field(default_factory=dict)


COLLECTED = pytest.StashKey[Collected]()


def load(text: str | None = None) -> Registry:
    """The registry; ValueError names the article that is not told as it should be."""
    raw = tomllib.loads(REGISTRY.read_text(encoding="utf-8") if text is None else text)
    articles = {}
    for key, table in raw["article"].items():
        odd = set(table) - _FIELDS or _FIELDS - {"later"} - set(table)
        if odd:
            raise ValueError(f"{key}: {', '.join(sorted(odd))} unknown or missing")
        articles[key] = Article(key, **{**table, "where": tuple(table["where"])})
    return Registry(articles, raw["document"])


# ---- collecting ---------------------------------------------------------------------------------------------------


def collected(config: pytest.Config, items: Iterable[pytest.Item]) -> Collected:
    """The markers of the collected tests; kept in ``config.stash``. UsageError where a test names no article there is."""
    found = Collected(whole=_whole(config))
    for item in items:
        name = item.nodeid.split("[", 1)[0]
        for marker in item.iter_markers("article"):
            for key in marker.args:
                names = found.tests.setdefault(str(key), [])
                if name not in names:
                    names.append(name)
    known = load().articles
    unknown = {key: names for key, names in found.tests.items() if key not in known}
    if unknown:
        told = "; ".join(f"{key} ({names[0]})" for key, names in sorted(unknown.items()))
        raise pytest.UsageError(f"articles that {REGISTRY.name} does not have: {told}")
    config.stash[COLLECTED] = found
    return found


def _whole(config: pytest.Config) -> bool:
    """Whether the run collects every test there is (what -k and -m leave out afterwards has been collected)."""
    wanted = [Path(config.invocation_params.dir, arg.split("::", 1)[0]).resolve() for arg in config.args]
    everything = any((ROOT / "tests").is_relative_to(path) for path in wanted)
    left_out = any(config.getoption(name, None) for name in ("lf", "ignore", "ignore_glob", "stepwise"))
    return everything and not left_out


# ---- judging ------------------------------------------------------------------------------------------------------


def unshown(registry: Registry, tests: Mapping[str, list[str]]) -> list[str]:
    """The articles that have neither a test nor a reason to be later."""
    return [key for key, article in registry.articles.items() if not article.later and not tests.get(key)]


def later(registry: Registry) -> list[Article]:
    """The articles that belong to later work."""
    return [article for article in registry.articles.values() if article.later]


# ---- the page -----------------------------------------------------------------------------------------------------


def page(registry: Registry, tests: Mapping[str, list[str]]) -> str:
    """The text of docs/articles.md."""
    waiting = later(registry)
    shown = len(registry.articles) - len(waiting)
    lines = [
        "# Articles",
        "",
        "What five documents ask of such a program, what this one does about it, where, and which tests show it.",
        "Made by `scripts/articles.py` from `articles.toml` and the tests that carry the ids; not to be edited by hand.",
        "",
        f"{len(registry.articles)} behaviours: {shown} shown by tests, {len(waiting)} left to later work in whole or in part"
        " ([list](#later-work)).",
    ]
    for key, document in registry.documents.items():
        lines += ["", f"## {key} · {document['title']}（{document['place']}）", ""]
        lines += [f"Handbook: `data/handbooks/{document['handbook']}`"]
        for article in registry.articles.values():
            if article.document == key:
                lines += _entry(article, tests.get(article.id, []))
    lines += ["", "## Later work", "", "| id | what is still missing |", "|---|---|"]
    lines += [f"| [{a.id}](#{a.id.lower()}) | {a.later} |" for a in waiting]
    return "\n".join(lines) + "\n"


def _entry(article: Article, tests: list[str]) -> list[str]:
    lines = [
        "",
        f"### {article.id}",
        "",
        f"**{article.title}**（{article.article}）  ",
        f"{article.does}",
        "",
    ]
    lines.append("- lives in: " + ", ".join(f"[`{place}`](../{place})" for place in article.where))
    if article.later:
        lines.append(f"- later: {article.later}")
    # Those that were written for the article first.
    order = sorted(tests, key=lambda name: (not name.startswith("tests/articles/"), name))
    lines += [f"- test: `{name}`" for name in order]
    return lines
