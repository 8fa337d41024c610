"""What can go wrong with a whole import, and with one row of it. Codes and data; the sentences are in ``messages``."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any


class ImportRefused(Exception):
    """The import cannot be done at all, and nothing of it has been done. ``code`` is stable, ``data`` says with what."""

    def __init__(self, code: str, **data: Any) -> None:
        super().__init__(code, data)
        self.code = code
        self.data = data


class RowRefused(Exception):
    """One row cannot be taken. The other rows of the file are not touched by it."""

    def __init__(self, code: str, field: str = "", value: object = "", /, **data: Any) -> None:
        super().__init__(code, field, value, data)
        self.code = code
        self.field = field
        self.value = value
        self.data = data


@dataclass(frozen=True, slots=True)
class Problem:
    """A line of the report. ``row`` is the number of the record in the file, from 1; ``taken`` says whether it is in all the same."""

    row: int
    field: str
    value: str
    code: str
    taken: bool
    data: dict[str, Any] = dataclasses.field(default_factory=dict)
