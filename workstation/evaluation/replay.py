"""The same evaluation from the log alone: every case is replayed and its facts are counted. Slow, and beyond doubt.

What the projection says can be held against this at any time; nothing in it is read here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby

from sqlalchemy import Connection, select

from ..store.database import Database
from ..store.log import stored_event
from ..store.tables import case_event, grid
from ..workflow.apply import replay
from ..workflow.case import Case
from .conditions import of_case
from .figures import BY, Report, build
from .indicators import dictionary
from .period import Period


def from_log(db: Database, period: Period, by: str = "unit", as_of: datetime | None = None) -> Report:
    """What :func:`~.figures.report` gives, computed by replaying every case's log. Without names and days."""
    if by not in BY:
        raise ValueError(by)
    at = as_of or datetime.now(UTC)
    with db.read() as conn:
        streets = {
            str(code): str(street) for code, street in conn.execute(select(grid.c.code, grid.c.street_code))
        }
        found = tally(_cases(conn), period, by, at, streets)
    return build(dictionary(), period, by, found, {}, (), at)


def tally(
    found: Iterable[Case], period: Period, by: str, as_of: datetime, streets: dict[str, str]
) -> dict[str, dict[str, int]]:
    """The counts by object of the cases filed in the period. ``streets`` gives the street office of a grid."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: {c.key: 0 for c in dictionary().counters})
    for case in found:
        if case.filed_at is None or not period.since <= case.filed_at < period.until:
            continue
        if by == "unit":
            key = case.lead.unit if case.lead is not None else ""
        else:
            key = case.grid if by == "grid" else streets.get(case.grid, "")
        row = counts[key]
        for name, counted in of_case(case, as_of).items():
            row[name] += counted
    return dict(counts)


def _cases(conn: Connection) -> Iterator[Case]:
    rows = conn.execution_options(stream_results=True, yield_per=5000).execute(
        select(case_event).order_by(case_event.c.case_id, case_event.c.seq)
    )
    for _, group in groupby(rows, key=lambda row: row[0]):
        yield replay([stored_event(row).event for row in group])
