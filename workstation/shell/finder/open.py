"""What Shift+Enter opens of a found thing, besides flying there: the sheet of a case, the cases behind a place, who to call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from ...services.finding.finding import Found
    from ...services.lists.filter import CaseFilter
    from ..context import AppContext
    from .text import Row

STREET_DIGITS = 9
"""A division whose code is so long is a street office, by which lists of cases can be narrowed."""


def hint(row: Row | None) -> str:
    """The line below the list: what the keys do with this row."""
    translate = QCoreApplication.translate
    opening = {
        "case": translate("Finder", "Shift+回车 打开案卷"),
        "cases": translate("Finder", "Shift+回车 列出在办案卷"),
        "contacts": translate("Finder", "Shift+回车 打开通讯录"),
    }.get(_opens(row.found) if row is not None and row.found is not None else "", "")
    parts = (translate("Finder", "回车 飞到"), opening, translate("Finder", "Esc 返回原处"))
    return " · ".join(part for part in parts if part)


def _opens(found: Found) -> str:
    """What there is to open of it: case, cases, contacts, or "" for nothing."""
    if found.kind == "case":
        return "case"
    if found.kind in ("unit", "person"):
        return "contacts"
    if found.kind in ("component", "class", "grid"):
        return "cases"
    return "cases" if found.kind == "division" and len(found.ref) == STREET_DIGITS else ""


def open_found(context: AppContext, found: Found) -> None:
    """Open what belongs to it; of what has nothing, nothing."""
    what = _opens(found)
    if what == "case":
        context.show_case(found.ref)
    elif what == "contacts":
        context.show_panel("contacts")
    elif what == "cases":
        words = QCoreApplication.translate("Finder", "{name} 的在办案卷")
        context.show_cases(_behind(found), words.format(name=found.title))


def _behind(found: Found) -> CaseFilter:
    """The open cases of a component, of a class, in a grid or in a street: open ones, which are found by an index."""
    from ...services.lists.filter import CaseFilter  # not before the window is there

    if found.kind == "component":
        return CaseFilter(open=True, component=found.ref)
    if found.kind == "class":
        return CaseFilter(open=True, class_code=found.ref)
    if found.kind == "grid":
        return CaseFilter(open=True, grid=found.ref)
    return CaseFilter(open=True, street=found.ref)
