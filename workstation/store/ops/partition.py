"""Dividing the log of a city on PostgreSQL by months, so that it can grow for decades and old months can be put aside.

``case_event`` is divided by ranges of the case id: a case's id begins with the millisecond it was made in, so a case lies
whole in the month in which it began, and (case_id, seq) stays unique within it. Cases that were imported under ids of
their own lie in a part for the rest. What no index of a divided table can keep unique by itself, the ids of commands and
the numbers of the log, a table beside it keeps: ``case_command``, which is a view of the log while that is whole.
``change_log`` is divided by its number. ``cases`` stays whole: see docs/adr/0023-partitions-and-growth.md.

Statements, triggers, policies and rights go on working: the divided table has those of the whole one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, text

from ..errors import StoreError
from .places import quoted

LOG = "case_event"
KEYS = "case_command"
CHANGES = "change_log"
REST = "rest"
BLOCK = 10_000_000
"""Numbers of the change log in one part."""
SHELF = "archive"
"""The schema in which months lie that were put aside."""
_NAME = re.compile(r"case_event_(\d{4})_(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of the universal calendar."""

    year: int
    number: int

    @classmethod
    def read(cls, words: str) -> Month:
        """From ``2026-03``; StoreError no_month for anything else."""
        found = re.fullmatch(r"(\d{4})-(\d{2})", words)
        if found is None or not 1 <= int(found[2]) <= 12:
            raise StoreError("no_month", month=words)
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, at: datetime) -> Month:
        """The month of an instant."""
        at = at.astimezone(UTC)
        return cls(at.year, at.month)

    def after(self, count: int) -> Month:
        """So many months later."""
        number = self.year * 12 + self.number - 1 + count
        return Month(number // 12, number % 12 + 1)

    @property
    def prefix(self) -> str:
        """The first id that a case of this month can have."""
        begins = datetime(self.year, self.number, 1, tzinfo=UTC)
        return f"{int(begins.timestamp() * 1000):012x}"

    @property
    def table(self) -> str:
        """The part of the log that holds it."""
        return f"{LOG}_{self.year:04d}_{self.number:02d}"

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


@dataclass(frozen=True, slots=True)
class Divided:
    """What was done: the months that were made, and how many events lie in the part for the rest."""

    made: tuple[Month, ...]
    rest: int


def is_divided(conn: Connection) -> bool:
    """Whether the log is divided."""
    return _kind(conn, LOG) == "p"


def months(conn: Connection) -> list[Month]:
    """The months that are parts of the log now, in order."""
    return _months(conn, "public", attached=True)


def put_aside(conn: Connection) -> list[Month]:
    """The months that were put aside, in order."""
    return _months(conn, SHELF, attached=False)


def _months(conn: Connection, namespace: str, *, attached: bool) -> list[Month]:
    rows = conn.execute(
        text(
            "SELECT c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace"
            " WHERE n.nspname = :namespace AND c.relispartition = :attached AND c.relkind = 'r'"
        ),
        {"namespace": namespace, "attached": attached},
    ).scalars()
    found = (_NAME.fullmatch(name) for name in rows)
    return sorted(Month(int(match[1]), int(match[2])) for match in found if match)


def divide(conn: Connection, ahead: int, now: datetime) -> Divided:
    """Divide the log, or make the months that are missing up to ``ahead`` after this one, in one transaction.

    Whoever writes waits for the end of it: for a moment where only months are made, for the copying of the whole log the
    first time. StoreError unordered when the server sorts text in another way than ids count.
    """
    conn.execute(text("SET LOCAL row_security = off"))
    first = not is_divided(conn)
    if first:
        _divide_log(conn)
        _divide_changes(conn)
    wanted = _wanted(conn, Month.of(now).after(ahead), Month.of(now))
    _require_order(conn, wanted)
    there = set(months(conn))
    aside = set(put_aside(conn))
    made = [month for month in wanted if month not in there and month not in aside]
    _make_months(conn, made)
    if first:
        _keep_keys(conn)
    _make_blocks(conn, ahead)
    conn.execute(text(f"ANALYZE {LOG}"))
    rest = conn.execute(text(f"SELECT count(*) FROM {LOG}_{REST}")).scalar_one()
    return Divided(tuple(made), int(rest))


def _wanted(conn: Connection, last: Month, now: Month) -> list[Month]:
    """The months from the first that any case in the part for the rest began in."""
    found = conn.execute(
        text(
            f"SELECT substr(case_id, 1, 12) FROM {LOG}_{REST} WHERE case_id ~ '^0[0-9a-f]{{31}}$' ORDER BY case_id LIMIT 1"
        )
    ).scalar()
    first = now if found is None else min(now, Month.of(datetime.fromtimestamp(int(found, 16) / 1000, UTC)))
    out = [first]
    while out[-1] < last:
        out.append(out[-1].after(1))
    return out


def _require_order(conn: Connection, wanted: Sequence[Month]) -> None:
    prefixes = [month.prefix for month in [*wanted, wanted[-1].after(1)]]
    kept = conn.execute(
        text(
            "SELECT coalesce(bool_and(p < n), true) FROM unnest(CAST(:a AS varchar[]), CAST(:b AS varchar[])) AS t (p, n)"
        ),
        {"a": prefixes[:-1], "b": prefixes[1:]},
    ).scalar_one()
    if not kept:
        raise StoreError("unordered")


# ---- the first time ---------------------------------------------------------------------------------------------


def _divide_log(conn: Connection) -> None:
    """The log becomes the part for the rest of a divided table of its name."""
    remade = _Remade(conn, LOG)
    conn.execute(text(f"DROP VIEW {KEYS}"))
    conn.execute(text(f"ALTER TABLE {LOG} RENAME TO {LOG}_{REST}"))
    for name, definition in remade.constraints:
        conn.execute(text(f"ALTER TABLE {LOG}_{REST} DROP CONSTRAINT {quoted(name)}"))
        if definition.startswith("UNIQUE"):
            column = definition[definition.index("(") + 1 : -1]
            conn.execute(text(f"CREATE INDEX ix_{LOG}_{REST}_{column} ON {LOG}_{REST} ({column})"))
    conn.execute(text(f"ALTER TABLE {LOG}_{REST} ADD CONSTRAINT pk_{LOG}_{REST} PRIMARY KEY (case_id, seq)"))
    _drop_rules(conn, remade, f"{LOG}_{REST}")
    conn.execute(
        text(f"CREATE TABLE {LOG} (LIKE {LOG}_{REST} INCLUDING DEFAULTS) PARTITION BY RANGE (case_id)")
    )
    conn.execute(text(f"ALTER TABLE {LOG} ADD CONSTRAINT pk_{LOG} PRIMARY KEY (case_id, seq)"))
    for column in ("command_id", "log_id"):
        conn.execute(text(f"CREATE INDEX ix_{LOG}_{column} ON {LOG} ({column})"))
    conn.execute(text(f"ALTER TABLE {LOG} ATTACH PARTITION {LOG}_{REST} DEFAULT"))
    remade.put_on(conn)
    _close(conn, f"{LOG}_{REST}")


def _divide_changes(conn: Connection) -> None:
    """The change log as it is becomes the first part, up to the number at which the next block begins."""
    remade = _Remade(conn, CHANGES)
    sequence = conn.execute(
        text("SELECT pg_get_serial_sequence(:table, 'id')"), {"table": CHANGES}
    ).scalar_one()
    last = int(conn.execute(text(f"SELECT last_value FROM {sequence}")).scalar_one())
    until = (last // BLOCK + 1) * BLOCK
    conn.execute(text(f"ALTER TABLE {CHANGES} RENAME TO {CHANGES}_0"))
    _drop_rules(conn, remade, f"{CHANGES}_0")
    for name, _ in remade.constraints:
        conn.execute(
            text(f"ALTER TABLE {CHANGES}_0 RENAME CONSTRAINT {quoted(name)} TO {quoted(name + '_0')}")
        )
    conn.execute(
        text(f"CREATE TABLE {CHANGES} (LIKE {CHANGES}_0 INCLUDING DEFAULTS) PARTITION BY RANGE (id)")
    )
    conn.execute(text(f"ALTER TABLE {CHANGES} ADD CONSTRAINT pk_{CHANGES} PRIMARY KEY (id)"))
    # A sequence and the table it belongs to have one owner.
    conn.execute(text(f"ALTER TABLE {CHANGES} OWNER TO {quoted(remade.owner)}"))
    conn.execute(text(f"ALTER SEQUENCE {sequence} OWNED BY {CHANGES}.id"))
    conn.execute(text(f"ALTER TABLE {CHANGES}_0 ALTER COLUMN id DROP DEFAULT"))
    conn.execute(
        text(f"ALTER TABLE {CHANGES} ATTACH PARTITION {CHANGES}_0 FOR VALUES FROM (MINVALUE) TO ({until})")
    )
    conn.execute(text(f"CREATE TABLE {CHANGES}_{REST} PARTITION OF {CHANGES} DEFAULT"))
    remade.put_on(conn)
    for part in (f"{CHANGES}_0", f"{CHANGES}_{REST}"):
        _close(conn, part)


def _make_blocks(conn: Connection, ahead: int) -> None:
    """Blocks of the change log for as many numbers as may be used ahead; each is empty when it is made."""
    sequence = conn.execute(
        text("SELECT pg_get_serial_sequence(:table, 'id')"), {"table": CHANGES}
    ).scalar_one()
    last = int(conn.execute(text(f"SELECT last_value FROM {sequence}")).scalar_one())
    begin = last // BLOCK + 1
    for number in range(begin, begin + max(1, ahead // 3)):
        name = f"{CHANGES}_{number}"
        if _kind(conn, name) is None:
            bounds = f"FROM ({number * BLOCK}) TO ({(number + 1) * BLOCK})"
            conn.execute(text(f"CREATE TABLE {name} PARTITION OF {CHANGES} FOR VALUES {bounds}"))
            _close(conn, name)


def _keep_keys(conn: Connection) -> None:
    """The table that knows every command and every number of the log, and the trigger that enters them."""
    statements = (
        f"CREATE TABLE {KEYS} (command_id varchar NOT NULL, log_id bigint NOT NULL, case_id varchar NOT NULL,"
        " seq integer NOT NULL)",
        f"INSERT INTO {KEYS} SELECT command_id, log_id, case_id, seq FROM {LOG}",
        f"ALTER TABLE {KEYS} ADD CONSTRAINT pk_{KEYS} PRIMARY KEY (command_id)",
        f"ALTER TABLE {KEYS} ADD CONSTRAINT uq_{KEYS}_log_id UNIQUE (log_id)",
        f"CREATE FUNCTION {KEYS}_enter() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
        " SET search_path = pg_catalog, public AS $body$ BEGIN"
        f" INSERT INTO {KEYS} VALUES (NEW.command_id, NEW.log_id, NEW.case_id, NEW.seq); RETURN NULL; END $body$",
        f"REVOKE ALL ON FUNCTION {KEYS}_enter() FROM PUBLIC",
        f"CREATE TRIGGER {KEYS}_enter AFTER INSERT ON {LOG} FOR EACH ROW EXECUTE FUNCTION {KEYS}_enter()",
        f"CREATE TRIGGER {KEYS}_refuse BEFORE UPDATE OR DELETE ON {KEYS}"
        f" FOR EACH ROW EXECUTE FUNCTION {LOG}_refuse()",
        f"CREATE TRIGGER {KEYS}_truncate BEFORE TRUNCATE ON {KEYS}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {LOG}_refuse()",
        f"ANALYZE {KEYS}",
    )
    for statement in statements:
        conn.execute(text(statement))
    owner = _owner(conn, LOG)
    conn.execute(text(f"ALTER TABLE {KEYS} OWNER TO {quoted(owner)}"))
    conn.execute(text(f"ALTER FUNCTION {KEYS}_enter() OWNER TO {quoted(owner)}"))


# ---- months -----------------------------------------------------------------------------------------------------


def _make_months(conn: Connection, made: Sequence[Month]) -> None:
    """Make months; what of them lies in the part for the rest moves into them."""
    if not made:
        return
    span = {"first": made[0].prefix, "last": made[-1].after(1).prefix}
    there = f"SELECT EXISTS (SELECT 1 FROM {LOG}_{REST} WHERE case_id >= :first AND case_id < :last)"
    moving = conn.execute(text(there), span).scalar_one()
    if not moving:
        for month in made:
            _attach_new(conn, month)
        return
    conn.execute(text(f"ALTER TABLE {LOG} DETACH PARTITION {LOG}_{REST}"))
    for month in made:
        _attach_new(conn, month)
        # Straight into the part, which has no trigger of its own while its keys are known already.
        conn.execute(text(f"ALTER TABLE {month.table} DISABLE TRIGGER USER"))
        bounds = {"first": month.prefix, "last": month.after(1).prefix}
        conn.execute(
            text(
                f"INSERT INTO {month.table} SELECT * FROM {LOG}_{REST}"
                " WHERE case_id >= :first AND case_id < :last ORDER BY case_id, seq"
            ),
            bounds,
        )
        conn.execute(text(f"ALTER TABLE {month.table} ENABLE TRIGGER USER"))
    # Detached it has left its row triggers behind; only that against emptying it as a whole is its own.
    conn.execute(text(f"ALTER TABLE {LOG}_{REST} DISABLE TRIGGER USER"))
    outside = [f"(case_id >= '{month.prefix}' AND case_id < '{month.after(1).prefix}')" for month in made]
    conn.execute(text(f"DELETE FROM {LOG}_{REST} WHERE {' OR '.join(outside)}"))
    conn.execute(text(f"ALTER TABLE {LOG}_{REST} ENABLE TRIGGER USER"))
    conn.execute(text(f"ALTER TABLE {LOG} ATTACH PARTITION {LOG}_{REST} DEFAULT"))


def _attach_new(conn: Connection, month: Month) -> None:
    bounds = f"FROM ('{month.prefix}') TO ('{month.after(1).prefix}')"
    conn.execute(text(f"CREATE TABLE {month.table} PARTITION OF {LOG} FOR VALUES {bounds}"))
    _close(conn, month.table)


def _close(conn: Connection, part: str) -> None:
    """A part is reached through the whole alone: nobody has rights on it, and it cannot be emptied."""
    owner = _owner(conn, part.rsplit("_", 1)[0] if part.startswith(CHANGES) else LOG)
    conn.execute(text(f"ALTER TABLE {part} OWNER TO {quoted(owner)}"))
    conn.execute(text(f"REVOKE ALL ON {part} FROM PUBLIC"))
    if part.startswith(LOG):
        conn.execute(
            text(
                f"CREATE TRIGGER {LOG}_truncate BEFORE TRUNCATE ON {part}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION {LOG}_refuse()"
            )
        )


# ---- putting aside ----------------------------------------------------------------------------------------------


def put_month_aside(conn: Connection, month: Month) -> int:
    """Take a month's cases with their log out of the city, onto the shelf; how many cases. All of them must be closed.

    Their command ids and numbers stay known, so that nothing of them can be done again.
    """
    _require_divided(conn)
    if month not in months(conn):
        raise StoreError("no_month", month=str(month))
    conn.execute(text("SET LOCAL row_security = off"))
    conn.execute(text(f"LOCK TABLE {LOG}, cases IN SHARE ROW EXCLUSIVE MODE"))
    bounds = {"first": month.prefix, "last": month.after(1).prefix}
    inside = "id >= :first AND id < :last"
    opened = conn.execute(text(f"SELECT count(*), min(id) FROM cases WHERE {inside} AND open"), bounds).one()
    if opened[0]:
        raise StoreError("open_month", month=str(month), count=int(opened[0]), case=str(opened[1]))
    conn.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SHELF}"))
    for table, key in (("cases", "id"), ("case_unit", "case_id")):
        shelf = f"{SHELF}.{table}_{month.year:04d}_{month.number:02d}"
        within = f"{key} >= :first AND {key} < :last"
        conn.execute(text(f"CREATE TABLE {shelf} AS SELECT * FROM {table} WHERE {within}"), bounds)
        conn.execute(text(f"DELETE FROM {table} WHERE {within}"), bounds)
    count = conn.execute(
        text(f"SELECT count(*) FROM {SHELF}.cases_{month.year:04d}_{month.number:02d}")
    ).scalar_one()
    conn.execute(text(f"ALTER TABLE {LOG} DETACH PARTITION {month.table}"))
    conn.execute(text(f"ALTER TABLE {month.table} SET SCHEMA {SHELF}"))
    return int(count)


def take_back(conn: Connection, month: Month) -> int:
    """Put a month that lies aside into the city again; how many cases."""
    _require_divided(conn)
    if month not in put_aside(conn):
        raise StoreError("no_month", month=str(month))
    conn.execute(text(f"ALTER TABLE {SHELF}.{month.table} SET SCHEMA public"))
    bounds = f"FROM ('{month.prefix}') TO ('{month.after(1).prefix}')"
    conn.execute(text(f"ALTER TABLE {LOG} ATTACH PARTITION {month.table} FOR VALUES {bounds}"))
    count = 0
    for table in ("cases", "case_unit"):
        shelf = f"{table}_{month.year:04d}_{month.number:02d}"
        found = conn.execute(
            text(
                "SELECT attname FROM pg_attribute WHERE attrelid = CAST(:shelf AS regclass)"
                " AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
            ),
            {"shelf": f"{SHELF}.{shelf}"},
        ).scalars()
        names = ", ".join(quoted(name) for name in found)
        done = conn.execute(text(f"INSERT INTO {table} ({names}) SELECT {names} FROM {SHELF}.{shelf}"))
        count = done.rowcount if table == "cases" else count
        conn.execute(text(f"DROP TABLE {SHELF}.{shelf}"))
    return count


def _require_divided(conn: Connection) -> None:
    if not is_divided(conn):
        raise StoreError("undivided", url=conn.engine.url.render_as_string())


# ---- the catalogue ----------------------------------------------------------------------------------------------


def _kind(conn: Connection, table: str) -> str | None:
    found = conn.execute(
        text("SELECT relkind FROM pg_class WHERE oid = to_regclass(:name)"), {"name": f"public.{table}"}
    ).scalar()
    return None if found is None else str(found)


def _owner(conn: Connection, table: str) -> str:
    owner = "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = CAST(:name AS regclass)"
    return str(conn.execute(text(owner), {"name": f"public.{table}"}).scalar_one())


def _drop_rules(conn: Connection, remade: _Remade, table: str) -> None:
    """Triggers and policies go over to the divided table, which hands them on to its parts."""
    for name, _ in remade.triggers:
        conn.execute(text(f"DROP TRIGGER {quoted(name)} ON {table}"))
    for name, _ in remade.policies:
        conn.execute(text(f"DROP POLICY {quoted(name)} ON {table}"))
    conn.execute(text(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"))
    conn.execute(text(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"))
    for grantee in {grantee for _, grantee, _ in remade.grants}:
        conn.execute(text(f"REVOKE ALL ON {table} FROM {grantee}"))


class _Remade:
    """What hangs on a table besides its rows, read before it is divided, so that it can be put on the divided one."""

    def __init__(self, conn: Connection, table: str) -> None:
        def rows(statement: str) -> list[tuple[str, ...]]:
            return [tuple(row) for row in conn.execute(text(statement), {"name": f"public.{table}"})]

        which = "CAST(:name AS regclass)"
        self.table = table
        self.owner = _owner(conn, table)
        self.constraints = rows(
            f"SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = {which} AND contype IN ('p', 'u')"
        )
        self.triggers = rows(
            f"SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = {which} AND NOT tgisinternal"
        )
        self.policies = [
            (name, self._policy(name, *rest))
            for name, *rest in rows(
                "SELECT policyname, permissive, cmd, array_to_string(ARRAY(SELECT quote_ident(r) FROM unnest(roles) AS r),"
                " ', '), coalesce(qual, ''), coalesce(with_check, '') FROM pg_policies"
                " WHERE schemaname = 'public' AND 'public.' || tablename = :name"
            )
        ]
        self.security = rows(f"SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = {which}")[
            0
        ]
        to = "CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END"
        self.grants = rows(
            f"SELECT a.privilege_type, {to}, '' FROM pg_class AS c, aclexplode(c.relacl) AS a"
            f" WHERE c.oid = {which} AND a.grantee <> c.relowner UNION ALL"
            f" SELECT a.privilege_type, {to}, quote_ident(t.attname) FROM pg_attribute AS t, aclexplode(t.attacl) AS a"
            f" WHERE t.attrelid = {which}"
        )

    def _policy(self, name: str, permissive: str, command: str, roles: str, using: str, check: str) -> str:
        words = f"CREATE POLICY {quoted(name)} ON {self.table} AS {permissive} FOR {command} TO {roles}"
        return words + (f" USING ({using})" if using else "") + (f" WITH CHECK ({check})" if check else "")

    def put_on(self, conn: Connection) -> None:
        """Put everything on the table that has the name now."""
        conn.execute(text(f"ALTER TABLE {self.table} OWNER TO {quoted(self.owner)}"))
        for _, definition in (*self.triggers, *self.policies):
            conn.exec_driver_sql(definition.replace("%", "%%"))
        for on, words in zip(self.security, ("ENABLE", "FORCE"), strict=True):
            if on:
                conn.execute(text(f"ALTER TABLE {self.table} {words} ROW LEVEL SECURITY"))
        for privilege, grantee, column in self.grants:
            what = f"{privilege} ({column})" if column else privilege
            conn.execute(text(f"GRANT {what} ON {self.table} TO {grantee}"))
