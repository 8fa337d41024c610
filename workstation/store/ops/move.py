"""Moving a whole city from one store to the other, or to another server: into an empty place, all or nothing.

Rows stream through memory a few at a time. What arrived is then read back and compared with what was sent (rows and a sum
over all their contents, table by table), the log is replayed with every hash, and only then is it committed. The source is
held still meanwhile, so that nothing is lost that was acknowledged during the move; it stays as it was.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, text

from .. import audit, schema, spatialite
from ..database import Database, parse_url, remove_file
from ..errors import StoreError
from ..tables import metadata
from . import places

VOLATILE = frozenset({"presence"})
"""Tables that say what is so this minute; nobody sits at a city that moves."""
TOLD_SECONDS = 2.0

Row = tuple[Any, ...]
Progress = Callable[[str, int, int], None]
"""Called with a table, the rows of it that were moved, and how many there are."""


@dataclass
class Moved:
    """What was moved. ``rows`` and ``sums`` by table; ``encrypted`` cases whose personal data need the source's keys."""

    rows: dict[str, int] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)
    events: int = 0
    encrypted: int = 0
    key_ids: tuple[str, ...] = ()
    accounts: int = 0


class Sum:
    """A sum over the contents of rows that does not depend on their order."""

    def __init__(self) -> None:
        self.rows = 0
        self._value = 0

    def add(self, row: Row) -> None:
        """Take in a row as :func:`workstation.store.ops.places.read` gives it."""
        digest = hashlib.sha256(repr(row).encode("utf-8", "surrogatepass")).digest()
        self._value = (self._value + int.from_bytes(digest, "big")) % (1 << 256)
        self.rows += 1

    @property
    def text(self) -> str:
        """The sum as 64 hexadecimal digits."""
        return f"{self._value:064x}"


def moved_tables() -> list[Table]:
    """The tables of a city, those that others refer to first."""
    return [table for table in metadata.sorted_tables if table.name not in VOLATILE]


def move(source_url: str, target_url: str, told: Progress | None = None) -> Moved:
    """Move the city. StoreError exists when the target holds one, unsound when what arrived is not in order."""
    source = Database.open(source_url)
    try:
        with _still(source) as sending:
            if parse_url(target_url).get_backend_name() == "sqlite":
                return _to_file(sending, Path(parse_url(target_url).database or ""), told)
            return _to_server(sending, target_url, told)
    finally:
        source.close()


@contextmanager
def _still(source: Database) -> Iterator[Connection]:
    """A connection to read the whole city from while nobody writes to it."""
    with source.write() as conn:
        if source.kind == "postgis":
            # A login that does not see every row shall hear it, rather than move a part.
            conn.execute(text("SET LOCAL row_security = off"))
            conn.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            names = ", ".join(places.quoted(table.name) for table in moved_tables())
            conn.execute(text(f"LOCK TABLE {names} IN SHARE MODE"))
        yield conn


def _to_file(sending: Connection, path: Path, told: Progress | None) -> Moved:
    """Into a new file beside its place, which it takes when it is whole."""
    if path.exists():
        raise StoreError("exists", path=str(path))
    if not path.absolute().parent.is_dir():
        raise StoreError("missing", path=str(path.absolute().parent))
    partial = path.with_name(path.name + ".partial")
    remove_file(partial)
    try:
        spatialite.initialise(partial)
        made = Database(parse_url(str(partial)))
        try:
            with made.write() as conn:
                schema.upgrade(conn)
            with made.write() as conn:
                result = _carry(sending, conn, told)
        finally:
            made.close()
        partial.rename(path)
    except OSError as error:
        raise StoreError("unwritable", path=str(path), reason=error.strerror or str(error)) from error
    finally:
        remove_file(partial)
    return result


def _to_server(sending: Connection, url: str, told: Progress | None) -> Moved:
    """In one transaction, the making of the schema with it."""
    database = Database(parse_url(url))
    try:
        with database.write() as conn:
            conn.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            if schema.revision(conn) is not None:
                raise StoreError("exists", url=database.url)
            conn.execute(text("CREATE EXTENSION IF NOT EXISTS postgis"))
            schema.upgrade(conn)
            result = _carry(sending, conn, told)
            conn.execute(text("ANALYZE"))
        return result
    finally:
        database.close()


def _carry(sending: Connection, receiving: Connection, told: Progress | None) -> Moved:
    """Everything, and the proof that it arrived."""
    result = Moved()
    with places.without_triggers(receiving, moved_tables()):
        # What making the schema has put there is among the rows that come.
        for table in reversed(moved_tables()):
            receiving.exec_driver_sql(f"DELETE FROM {places.quoted(table.name)}")
        for table in moved_tables():
            total = int(
                sending.exec_driver_sql(f"SELECT count(*) FROM {places.quoted(table.name)}").scalar_one()
            )
            sent = Sum()
            rows = _counted(
                _without_roles(table, places.read(sending, table)), sent, _Teller(table, total, told)
            )
            places.write(receiving, table, rows)
            result.rows[table.name], result.sums[table.name] = sent.rows, sent.text
    for name, number in places.numbers(sending, moved_tables()).items():
        places.set_number(receiving, name, number)
    _prove(receiving, result)
    result.accounts = result.rows["account"]
    keys = sending.exec_driver_sql(
        "SELECT key_id, count(*) FROM personal WHERE erased_at IS NULL GROUP BY key_id"
    )
    counted = {str(row[0]): int(row[1]) for row in keys}
    result.key_ids, result.encrypted = tuple(sorted(counted)), sum(counted.values())
    return result


def _without_roles(table: Table, rows: Iterable[Row]) -> Iterator[Row]:
    """Accounts without the names of their roles, which belong to one server and are made anew by ``server init``."""
    if table.name != "account":
        yield from rows
        return
    position = [column.name for column in table.columns].index("role")
    for row in rows:
        yield (*row[:position], "", *row[position + 1 :])


def _counted(rows: Iterable[Row], into: Sum, teller: _Teller) -> Iterator[Row]:
    for row in rows:
        into.add(row)
        yield row
        teller.tell(into.rows)
    teller.tell(into.rows, last=True)


class _Teller:
    """Tells the progress of a table, not more often than somebody can read."""

    def __init__(self, table: Table, total: int, told: Progress | None) -> None:
        self._name, self._total, self._told = table.name, total, told
        self._next = time.monotonic() + TOLD_SECONDS

    def tell(self, done: int, *, last: bool = False) -> None:
        """So many rows are through."""
        if self._told is None or not (last or (done % 100 == 0 and time.monotonic() >= self._next)):
            return
        self._next = time.monotonic() + TOLD_SECONDS
        self._told(self._name, done, self._total)


def _prove(conn: Connection, result: Moved) -> None:
    """Read everything back; StoreError unsound names the first thing that is not as it was sent."""
    for table in moved_tables():
        arrived = Sum()
        for row in places.read(conn, table):
            arrived.add(row)
        if (arrived.rows, arrived.text) != (result.rows[table.name], result.sums[table.name]):
            raise StoreError("unsound", what=f"table {table.name}: {arrived.rows} rows arrived differently")
    report = audit.Report()
    findings = [*audit.integrity(conn), *audit.verify_log(conn, report).findings]
    findings += [*audit.check_grid_counts(conn, report), *audit.check_spatial_indexes(conn)]
    result.events = report.events
    for finding in islice(findings, 1):
        detail = f"{finding.code} {finding.key} {finding.detail}".strip()
        raise StoreError(
            "unsound", what=f"{detail} ({len(findings)} findings; run `workstation db check` on the source)"
        )
