"""Whom to call at a unit: its leader, its head and its daily receiver with their telephones (MQ-36-CONTACTS)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QCoreApplication

ROLES = ("receiver", "head", "leader")
"""Who is called first."""


def role_text(role: str) -> str:
    """What a contact is at the unit."""
    translate = QCoreApplication.translate
    return {
        "leader": translate("Contacts", "分管领导"),
        "head": translate("Contacts", "负责人"),
        "receiver": translate("Contacts", "日常受理员"),
    }.get(role, role)


def contact_entries(contacts: Iterable[Any]) -> list[tuple[str, str]]:
    """A line, ``日常受理员　王芳　0558-5551234``, and the number in it, in the order in which one calls."""
    return [
        ("　".join(part for part in (role_text(c.role), c.name, c.telephone) if part), c.telephone)
        for c in _in_order(contacts)
    ]


def contact_lines(contacts: Iterable[Any]) -> list[str]:
    """The lines alone."""
    return [line for line, _ in contact_entries(contacts)]


def _in_order(contacts: Iterable[Any]) -> list[Any]:
    return sorted(contacts, key=lambda one: ROLES.index(one.role) if one.role in ROLES else len(ROLES))


def contact_tip(name: str, contacts: Iterable[Any]) -> str:
    """The tooltip of a unit: its name, and under it whom to call."""
    return "\n".join((name, *contact_lines(contacts)))


def daily_receiver(contacts: Iterable[Any]) -> str:
    """Name and telephone of the daily receiver, of another contact where there is none, "" for none."""
    found = _in_order(contacts)
    return " ".join(part for part in (found[0].name, found[0].telephone) if part) if found else ""
