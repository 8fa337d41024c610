"""What an operator has typed and not yet registered, as plain data: one draft a case, and one for the next caller.

A draft outlives the panel, a change of post and a crash: :class:`DraftBook` writes it to the seat's settings as it is
typed, and forgets it once the case is registered or the operator clears it. It names people, so what is written is sealed
with the key of this workstation's account (:mod:`workstation.services.personal.keys`).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from workstation.services.personal import keys
from workstation.services.personal.masking import masked
from workstation.workflow.case import Case
from workstation.workflow.fields import storable

log = logging.getLogger(__name__)

SEALED = "drafts"
"""What sealed drafts belong to."""
NEW = ""
"""The key of the draft that belongs to no case yet."""


@dataclass
class Draft:
    """A report being taken down. Coordinates are EPSG:4490 degrees; ``photos`` are the command's photo items."""

    case_id: str = NEW
    kind: str = "event"
    class_code: str = ""
    source: str = ""
    reporter: str = ""
    reporter_phone: str = ""
    description: str = ""
    address: str = ""
    address_typed: bool = False
    lon: float | None = None
    lat: float | None = None
    grid: str = ""
    area_class: str = ""
    component: str = ""
    emergency: bool = False
    upstream_code: str = ""
    photos: list[dict[str, str]] = field(default_factory=list)

    @classmethod
    def of_case(cls, case: Case) -> Draft:
        """The form filled with what a reported case already says."""
        # Masked in a log of before too: what is not typed again stays what it was.
        return cls(
            case_id=case.id,
            kind=case.kind or "event",
            class_code=case.class_code,
            source=case.source,
            reporter=masked("reporter", case.reporter),
            reporter_phone=masked("reporter_phone", case.reporter_phone),
            description=case.description,
            address=case.address,
            address_typed=bool(case.address),
            lon=case.lon,
            lat=case.lat,
            grid=case.grid,
            area_class=case.area_class,
            component=case.component,
            emergency=case.emergency,
            upstream_code=case.upstream_code,
        )

    def empty(self) -> bool:
        """Whether nothing is lost when this draft is forgotten. Kind and source alone are not worth keeping."""
        blank = Draft(case_id=self.case_id, kind=self.kind, source=self.source)
        return self == blank

    def missing(self) -> list[str]:
        """The names of the fields that registering needs and that are still empty, in the form's order."""
        needed = ("source", "position", "address", "description")
        return [name for name in needed if not self._has(name)]

    def _has(self, name: str) -> bool:
        if name == "position":
            return self.lon is not None
        return bool(str(getattr(self, name)).strip())

    def data(self) -> dict[str, Any]:
        """The data of ``register``; what is empty is left out."""
        out: dict[str, Any] = {
            "kind": self.kind,
            "class_code": self.class_code,
            "source": self.source,
            "reporter": self.reporter.strip(),
            "reporter_phone": self.reporter_phone.strip(),
            "description": self.description.strip(),
            "address": self.address.strip(),
            "lon": self.lon,
            "lat": self.lat,
            "grid": self.grid,
            "area_class": self.area_class,
            "component": self.component,
            "upstream_code": self.upstream_code.strip(),
            "photos": [dict(item) for item in self.photos],
        }
        if self.emergency:
            out["emergency"] = True
        return {key: value for key, value in out.items() if value not in ("", None, [])}


class DraftBook:
    """The drafts of this seat by case id. ``load`` and ``save`` read and write one text of the seat's settings."""

    def __init__(
        self,
        load: Callable[[], str],
        save: Callable[[str], None],
        put_aside: Callable[[str], None] = lambda text: None,
    ) -> None:
        """``put_aside`` is given a sealed text that cannot be opened: its key may come back."""
        self._save = save
        self._drafts: dict[str, Draft] = {}
        known = {f.name for f in fields(Draft)}
        for key, value in _read(load(), put_aside).items():
            if isinstance(value, dict):
                told = {name: item for name, item in value.items() if name in known}
                if _sound(told) and told.get("case_id", NEW) == key:
                    self._drafts[key] = Draft(**told)
                    continue
            log.warning("a draft of this seat is not one: %r", key)

    def get(self, case_id: str) -> Draft | None:
        """The draft kept for that case (:data:`NEW`: for none), if there is one."""
        return self._drafts.get(case_id)

    def keep(self, draft: Draft) -> None:
        """Keep what has been typed so far; an empty draft is forgotten."""
        if draft.empty():
            self.forget(draft.case_id)
        elif self._drafts.get(draft.case_id) != draft:
            self._drafts[draft.case_id] = Draft(**asdict(draft))
            self._write()

    def forget(self, case_id: str) -> None:
        """Drop the draft: it is registered, or was cleared on purpose."""
        if self._drafts.pop(case_id, None) is not None:
            self._write()

    def _write(self) -> None:
        text = json.dumps({key: asdict(draft) for key, draft in self._drafts.items()}, ensure_ascii=False)
        self._save(keys.seal_here(text, SEALED) if self._drafts else "")


def _read(text: str, put_aside: Callable[[str], None]) -> dict[str, Any]:
    """What was written. Drafts that cannot be opened any more are put aside; those of a program of before were not sealed."""
    if not text:
        return {}
    try:
        found: Any = json.loads(text if text.startswith("{") else keys.unseal_here(text, SEALED))
    except (keys.Sealed, keys.KeyMissing, ValueError, RecursionError) as error:
        log.warning("the drafts of this seat cannot be read: %s", error)
        if not text.startswith("{"):
            put_aside(text)
        return {}
    if not isinstance(found, dict):
        log.warning("the drafts of this seat cannot be read: no drafts")
        return {}
    return found


def _sound(told: dict[str, Any]) -> bool:
    """Whether each value is of the kind that a form can show: the text may be anybody's."""
    return all(_fits(name, value) for name, value in told.items())


def _fits(name: str, value: Any) -> bool:
    if name in ("address_typed", "emergency"):
        return isinstance(value, bool)
    if name in ("lon", "lat"):
        return value is None or (
            isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= 180
        )
    if name == "photos":
        return isinstance(value, list) and all(
            isinstance(item, dict)
            and "sha256" in item
            and all(isinstance(text, str) and storable(text) for text in (*item, *item.values()))
            for item in value
        )
    return isinstance(value, str) and storable(value)
