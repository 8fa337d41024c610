"""The case as text, ``cases.doc``: canonical JSON of :meth:`Case.to_doc`, made piece by piece.

A command changes little of a case. The text of each field is kept beside the case that was last written, and the next
writing takes over every piece whose object is still the same one: cases are immutable, so the same object has the
same text. What comes out is letter for letter ``canonical_json(case.to_doc())``.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from ..workflow.case import Case
from ..workflow.event import canonical_json, format_instant
from ..workflow.plain import to_plain

_FIELDS = sorted((field.name, field.default) for field in dataclasses.fields(Case))


Pieces = dict[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Document:
    """A case and the text of each of its fields that is not at its default; of a list, the text of each item."""

    case: Case
    pieces: Pieces

    @property
    def text(self) -> str:
        """The whole text."""
        return (
            "{"
            + ",".join(
                [
                    f'"{name}":{piece}' if isinstance(piece, str) else f'"{name}":[{",".join(piece)}]'
                    for name, piece in self.pieces.items()
                ]
            )
            + "}"
        )


def document(case: Case, before: Document | None = None) -> Document:
    """The document of a case; ``before`` is an earlier one's, from which it was made."""
    pieces: Pieces = {}
    for name, default in _FIELDS:
        value = getattr(case, name)
        if value is default or value == default:
            continue
        old = getattr(before.case, name) if before is not None else None
        if before is not None and old is value:
            pieces[name] = before.pieces[name]
        elif isinstance(value, tuple):
            texts = before.pieces.get(name, ()) if before is not None else ()
            known = {id(item): text for item, text in zip(old or (), texts, strict=True)}
            pieces[name] = tuple([known.get(id(item)) or _text(item) for item in value])
        else:
            pieces[name] = _text(value)
    return Document(case, pieces)


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return "[" + ",".join([_text(item) for item in value]) + "]"
    if dataclasses.is_dataclass(value):
        return canonical_json(to_plain(value, format_instant))
    if isinstance(value, datetime):
        return f'"{format_instant(value)}"'
    if isinstance(value, Enum):
        return canonical_json(value.value)
    return canonical_json(value)
