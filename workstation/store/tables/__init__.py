"""The tables of a city, the same on SpatiaLite and PostGIS.

Geometry is EPSG:4490 (CGCS2000 degrees). Instants are text ``YYYY-MM-DDTHH:MM:SS.ffffffZ``: fixed width, so text
order is time order on both stores, and what is hashed is what is stored. JSON is text for the same reason.
"""

from __future__ import annotations

from .base import SRID, metadata
from .casework import case_code, case_event, case_unit, cases, evidence_file, photo
from .finding import find_entry
from .mobiles import mobile, mobile_place, track_point
from .office import (
    calendar_edition,
    change_log,
    city,
    handbook_edition,
    meeting,
    meeting_item,
    operation,
    operation_event,
    shift_handover,
)
from .people import collector_grid, person, person_change, person_post, unit, unit_contact, unit_duty
from .places import building, component, division, green, grid, grid_count, road, water
from .seats import (
    account,
    account_event,
    attempt,
    personal,
    personal_look,
    post_right,
    presence,
    seal,
    seal_key,
    seal_part,
    seat_session,
)

__all__ = [
    "SRID",
    "account",
    "account_event",
    "attempt",
    "building",
    "calendar_edition",
    "case_code",
    "case_event",
    "case_unit",
    "cases",
    "change_log",
    "city",
    "collector_grid",
    "component",
    "division",
    "evidence_file",
    "find_entry",
    "green",
    "grid",
    "grid_count",
    "handbook_edition",
    "meeting",
    "meeting_item",
    "metadata",
    "mobile",
    "mobile_place",
    "operation",
    "operation_event",
    "person",
    "person_change",
    "person_post",
    "personal",
    "personal_look",
    "photo",
    "post_right",
    "presence",
    "road",
    "seal",
    "seal_key",
    "seal_part",
    "seat_session",
    "shift_handover",
    "track_point",
    "unit",
    "unit_contact",
    "unit_duty",
    "water",
]
