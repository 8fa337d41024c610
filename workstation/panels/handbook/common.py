"""What the pages of the editor have in common: articles, choices, rows with their place."""

from __future__ import annotations

from typing import Any

from ...workflow.handbook import Handbook
from . import words
from .sheet import Cell, Kind, Place, Row, shown

HEAD, AROUND, REPORTS, ACCOUNTS = "handbook.toml", "around.toml", "reports.toml", "accountability.toml"


def article(handbook: Handbook, id: str, file: str = "", *path: Any) -> Cell:
    """What something rests on: the place and the number of the article; the whole title as its tip."""
    found = handbook.article(id)
    document = next((d for d in handbook.documents if d.key == id.split("-")[0]), None)
    place = document.place or document.title if document else ""
    told = f"{place} {found.where}".strip() or id
    tip = f"{id}\n{found.document} {found.where}\n{found.text}".strip()
    if not file:
        return shown(told, tip)
    kind = Kind("article", {d.key: d.title for d in handbook.documents})
    return Cell(told, id, kind, Place(file, (*path, "article")), tip, id)


def kind_of(handbook: Handbook, group: str, many: bool = False, empty: bool = False) -> Kind:
    return Kind("words" if many else "choice", words.choices(group, handbook), empty)


def row_at(key: str, file: str, path: tuple[Any, ...], *cells: Cell) -> Row:
    return Row(key, cells, Place(file, path))


def titles(*keys: str) -> tuple[str, ...]:
    named = words.fields()
    return tuple(named[key] for key in keys)
