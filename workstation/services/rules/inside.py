"""An approved edition of the handbook, inside the server: it is one, it is called what it is, and what it gives each post holds."""

from __future__ import annotations

import json
from typing import Any

from ...store import rights
from ...workflow.handbook import Handbook, HandbookError
from ..server.inside import caller


def keep_rights(plpy: Any, edition: str, city: str, name: str, valid_from: str, content: str) -> str:
    """``door.keep_rights``: "" when the edition's rights are kept (:mod:`workstation.store.rights`), else what is wrong with it."""
    conn, owner, *_ = caller(plpy, "", "{}")
    try:
        # The owner brings editions that an older program accepted.
        handbook = Handbook.from_texts(json.loads(content), kept=owner)
    except HandbookError as error:
        return str(error)
    if (handbook.id, handbook.city, handbook.edition, handbook.valid_from) != (
        edition,
        city,
        name,
        valid_from,
    ):
        return "the row does not say what the edition says"
    rights.keep(conn, handbook, handbook.id)
    return ""
