"""The pages of the editor: what each shows of a handbook, and where each value stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ...workflow.handbook import Handbook
from . import pages_around, pages_limits, pages_who
from .sheet import Sheet

_PAGES: dict[str, Callable[[Handbook, Mapping[str, str]], list[Sheet]]] = {
    "head": pages_who.head,
    "posts": pages_who.posts,
    "sources": pages_who.sources,
    "flow": pages_who.flow,
    "classes": pages_limits.classes,
    "clocks": pages_limits.clocks,
    "rules": pages_limits.rules,
    "plans": pages_around.plans,
    "coordination": pages_around.coordination,
    "accountability": pages_around.accountability,
    "reports": pages_around.reports,
    "labels": pages_who.labels,
}


def sheets(page: str, handbook: Handbook, texts: Mapping[str, str]) -> list[Sheet]:
    """The tables of a page."""
    return _PAGES[page](handbook, texts)
