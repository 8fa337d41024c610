"""Who answers for a unit and how they are reached: its leader, its head, its daily receiver (MQ-36-CONTACTS).

A unit enters its own, and what was entered before stays to be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, insert, select

from ...store import changes, raw
from ...store.tables import unit_contact
from ...workflow.event import Actor, Refusal, format_instant, parse_instant
from ..cases.scope import scope_in
from ..errors import NotFound, Refused
from .people import standing_of

if TYPE_CHECKING:
    from ..services import Services

ROLES = ("leader", "head", "receiver")
"""分管领导, 负责人, 日常受理员."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who answers for a unit since ``since``, entered by a person. ``role``: one of ROLES."""

    unit: str
    role: str
    name: str
    telephone: str
    since: datetime
    changed_by: str


class Contacts:
    """Reads and enters the contacts of units."""

    _services: Services

    def contacts(self, code: str = "") -> list[Contact]:
        """Who answers for the unit now, in the order of ROLES; without a code for every unit, by unit."""
        newest: dict[tuple[str, str], Contact] = {}
        for contact in self.contact_history(code):
            newest[contact.unit, contact.role] = contact
        return sorted(newest.values(), key=lambda contact: (contact.unit, ROLES.index(contact.role)))

    def contact_history(self, code: str = "") -> list[Contact]:
        """Everybody who was ever entered for the unit (or for any), the oldest first."""
        c = unit_contact.c
        query = select(c.unit_code, c.role, c.name, c.telephone, c.since, c.changed_by).order_by(c.since)
        with self._services.db.read() as conn:
            rows = conn.execute(query.where(c.unit_code == code) if code else query).all()
        return [Contact(*row[:4], parse_instant(row[4]), row[5]) for row in rows]

    def set_contact(self, code: str, role: str, name: str, telephone: str, by: Actor) -> Contact:
        """Enter who answers for the unit from now on.

        A unit's people enter those of their unit and of the units below it, those who keep the register anybody's.
        Refused: not_your_unit, field_wrong (role), field_missing (name, telephone); NotFound: no_such_unit.
        """
        name, telephone = name.strip(), telephone.strip()
        for field, wrong in (("role", role not in ROLES), ("name", not name), ("telephone", not telephone)):
            if wrong:
                code_of = "field_wrong" if field == "role" else "field_missing"
                raise Refused(Refusal(code_of, {"field": field}))
        now = self._services.now()
        with self._services.db.write() as conn:
            if raw.first(conn, "SELECT 1 FROM unit WHERE code = ?", (code,)) is None:
                raise NotFound("no_such_unit", code)
            if not self._may(conn, code, by, now):
                raise Refused(Refusal("not_your_unit", {"unit": code, "post": by.post}))
            c = unit_contact.c
            last = conn.execute(select(func.max(c.since)).where(c.unit_code == code, c.role == role)).scalar()
            if last is not None:
                # A seat whose clock is behind does not write into the past.
                now = max(now, parse_instant(last) + timedelta(microseconds=1))
            row = {"unit_code": code, "role": role, "since": format_instant(now), "name": name}
            conn.execute(insert(unit_contact), [{**row, "telephone": telephone, "changed_by": by.person}])
            number = changes.add(conn, "unit", code, format_instant(now))
        self._services.announce(["unit"], [number])
        return Contact(code, role, name, telephone, now, by.person)

    def _may(self, conn: Connection, code: str, by: Actor, now: datetime) -> bool:
        handbook = self._services.handbook
        if standing_of(conn, by, now) is None:
            return False
        if by.post in handbook.staff_posts:
            return True
        scope = scope_in(conn, by, handbook)
        return scope is not None and code in scope.units
