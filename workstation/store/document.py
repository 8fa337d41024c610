"""The case as text, ``cases.doc``: canonical JSON of :meth:`Case.to_doc`, made piece by piece.

A command changes little of a case. The text of each field is kept beside the case that was last written, and the next
writing takes over every piece whose object is still the same one: cases are immutable, so the same object has the
same text. What comes out is letter for letter ``canonical_json(case.to_doc())``.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from ..workflow.case import Case
from ..workflow.event import canonical_json, format_instant
from ..workflow.plain import to_plain

_DEFAULTS = {field.name: field.default for field in sorted(dataclasses.fields(Case), key=attrgetter("name"))}


@dataclass(frozen=True, slots=True)
class Document:
    """A case and its text in pieces: ``"name":value`` of each field that is not at its default, in the order of names.

    ``items`` holds, of the fields that are lists, the text of each item.
    """

    case: Case
    pieces: dict[str, str]
    items: dict[str, list[str]]

    @property
    def text(self) -> str:
        """The whole text."""
        return "{" + ",".join(self.pieces.values()) + "}"


def document(case: Case, before: Document | None = None) -> Document:
    """The document of a case; ``before`` is an earlier one's, from which it was made."""
    values = vars(case)
    old: dict[str, Any] = vars(before.case) if before is not None else _DEFAULTS
    pieces = dict(before.pieces) if before is not None else {}
    items = dict(before.items) if before is not None else {}
    for name in [name for name, was in old.items() if values[name] is not was]:
        value = values[name]
        if value == _DEFAULTS[name]:
            pieces.pop(name, None)
            items.pop(name, None)
        elif isinstance(value, tuple):
            # An event adds to a list or changes one item of it: the others are the same objects as before.
            known = {id(item): text for item, text in zip(old[name], items.get(name, ()), strict=True)}
            items[name] = [known.get(id(item)) or _text(item) for item in value]
            pieces[name] = f'"{name}":[{",".join(items[name])}]'
        else:
            pieces[name] = f'"{name}":{_text(value)}'
    if before is None or pieces.keys() != before.pieces.keys():
        # What has been added stands at the end as yet.
        pieces = dict(sorted(pieces.items()))
    return Document(case, pieces, items)


def _text(value: Any) -> str:
    if isinstance(value, str):
        # States are strings too, and spelt as such.
        return canonical_json(value)
    if isinstance(value, datetime):
        return f'"{format_instant(value)}"'
    if isinstance(value, tuple):
        return "[" + ",".join([_text(item) for item in value]) + "]"
    if dataclasses.is_dataclass(value):
        return canonical_json(to_plain(value, format_instant))
    return canonical_json(value)
