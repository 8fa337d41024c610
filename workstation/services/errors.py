"""What the services answer when they do not do what was asked. Classes with data; the interface makes the sentence."""

from __future__ import annotations

from collections.abc import Sequence

from ..store.log import StoredEvent
from ..workflow.case import Case
from ..workflow.event import Refusal


class Refused(Exception):
    """The handbook, the case's state or the actor's post does not allow the command."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code, dict(refusal.data))
        self.refusal = refusal


class Conflict(Exception):
    """Somebody else has moved the case on since the sender looked at it. Nothing was written.

    ``events`` are those the sender has not seen, ``case`` is the case as it is now.
    """

    def __init__(self, events: Sequence[StoredEvent], case: Case) -> None:
        super().__init__(case.id, case.seq)
        self.events = tuple(events)
        self.case = case


class NotFound(Exception):
    """There is nothing of that key. ``code``: no_such_case, not_yours (another unit's case), no_such_person, no_such_photo,
    no_such_edition, no_such_unit."""

    def __init__(self, code: str, key: str) -> None:
        super().__init__(code, key)
        self.code = code
        self.key = key


class PhotoRefused(Exception):
    """Bytes that are not taken as a photograph. ``code``: empty, too_large, not_a_photo, wrong_format, too_many_pixels."""

    def __init__(self, code: str, name: str, **data: int | str) -> None:
        super().__init__(code, name, data)
        self.code = code
        self.name = name
        self.data = data
