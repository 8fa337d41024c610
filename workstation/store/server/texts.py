"""The scripts beside this module, with what differs from city to city put in."""

from __future__ import annotations

from ..changes import LOCK_KEY
from .names import Roles, literal


def script(text: str, roles: Roles) -> str:
    """The statements with ``$prefix$`` and ``$lock$`` replaced."""
    return text.replace("$prefix$", literal(roles.prefix)).replace("$lock$", str(LOCK_KEY))
