"""How a city on PostgreSQL and its server are: facts for a screen or a monitor, and what needs somebody's attention."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from .. import schema
from ..errors import StoreError
from . import partition

CROWDED = 0.8
"""The part of all connections beyond which somebody should look."""
LAG_SECONDS = 30.0
BACKUP_HOURS = 26
SEAL_DAYS = 2
MONTHS_AHEAD = 2
LARGEST = 6
"""Tables whose size is told one by one."""


@dataclass
class Status:
    """``facts`` by name, in the order in which they are told; ``attention`` sentences."""

    facts: dict[str, Any] = field(default_factory=dict)
    attention: list[str] = field(default_factory=list)


def look(conn: Connection) -> Status:
    """Everything there is to see. What the login may not see is left out."""
    status = Status()
    _versions(conn, status)
    _program(conn, status)
    _connections(conn, status)
    _replication(conn, status)
    _archive(conn, status)
    _seals(conn, status)
    _sizes(conn, status)
    _months(conn, status)
    return status


def _one(conn: Connection, statement: str, **values: Any) -> Any:
    return conn.execute(text(statement), values).scalar()


def _versions(conn: Connection, status: Status) -> None:
    facts = status.facts
    facts["server"] = _one(conn, "SELECT current_setting('server_version')")
    facts["postgis"] = _one(conn, "SELECT extversion FROM pg_extension WHERE extname = 'postgis'")
    facts["database"] = _one(conn, "SELECT current_database()")
    facts["read_only"] = bool(_one(conn, "SELECT pg_is_in_recovery()"))
    facts["schema"] = schema.revision(conn)
    facts["started"] = _instant(_one(conn, "SELECT pg_postmaster_start_time()"))
    facts["checksums"] = _one(conn, "SELECT current_setting('data_checksums')") == "on"
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        if _one(conn, f"SELECT current_setting('{setting}')") == "off":
            status.attention.append(f"{setting} is off: an acknowledged command may not survive a power cut")


def _program(conn: Connection, status: Status) -> None:
    """The roles of the city, and whether the program in the database is this one."""
    from ..server.door import require_program
    from ..server.names import database_of, has_roles, roles_of

    roles = roles_of(database_of(conn))
    status.facts["roles"] = (
        _one(conn, "SELECT count(*) FROM pg_roles WHERE starts_with(rolname, :p)", p=f"{roles.prefix}_")
        if has_roles(conn, roles)
        else 0
    )
    if not status.facts["roles"]:
        status.attention.append(
            "the city has no roles: whoever connects is its owner (`workstation server init`)"
        )
    try:
        require_program(conn, "")
        status.facts["program_matches"] = True
    except StoreError as error:
        status.facts["program_matches"] = False
        status.attention.append(
            f"the program in the database is not this one ({error.code}): `workstation db upgrade`"
        )


def _connections(conn: Connection, status: Status) -> None:
    most = int(_one(conn, "SELECT current_setting('max_connections')"))
    used = int(_one(conn, "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"))
    here = "datname = current_database() AND backend_type = 'client backend'"
    status.facts["connections"] = {"used": used, "of": most}
    status.facts["connected"] = {
        "persons": int(
            _one(
                conn,
                f"SELECT count(DISTINCT usename) FROM pg_stat_activity WHERE {here} AND usename LIKE '%\\_p\\_%'",
            )
        ),
        "waiting_for_locks": int(
            _one(conn, f"SELECT count(*) FROM pg_stat_activity WHERE {here} AND wait_event_type = 'Lock'")
        ),
        "oldest_transaction_s": int(
            _one(
                conn,
                f"SELECT coalesce(max(extract(epoch FROM now() - xact_start)), 0) FROM pg_stat_activity WHERE {here}",
            )
        ),
    }
    if used > CROWDED * most:
        status.attention.append(f"{used} of {most} connections are in use")


def _replication(conn: Connection, status: Status) -> None:
    if status.facts["read_only"]:
        # Where everything has been replayed, the age of the last commit says nothing.
        lag = float(
            _one(
                conn,
                "SELECT CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0"
                " ELSE coalesce(extract(epoch FROM now() - pg_last_xact_replay_timestamp()), 0) END",
            )
        )
        receiving = bool(_one(conn, "SELECT count(*) FROM pg_stat_wal_receiver WHERE status = 'streaming'"))
        status.facts["replica"] = {"streaming": receiving, "lag_s": round(lag, 1)}
        if not receiving:
            status.attention.append("this replica receives nothing from its primary")
        if lag > LAG_SECONDS:
            status.attention.append(f"this replica is {lag:.0f} s behind")
        return
    rows = conn.execute(
        text(
            "SELECT application_name, state, coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn), 0)::bigint,"
            " coalesce(extract(epoch FROM replay_lag), 0)::float FROM pg_stat_replication ORDER BY 1"
        )
    )
    replicas = [{"name": r[0], "state": r[1], "behind_bytes": r[2], "lag_s": round(r[3], 2)} for r in rows]
    status.facts["replicas"] = replicas
    for replica in replicas:
        if replica["lag_s"] > LAG_SECONDS:
            status.attention.append(f"replica {replica['name']} is {replica['lag_s']:.0f} s behind")
    idle = conn.execute(
        text(
            "SELECT slot_name, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint FROM pg_replication_slots"
            " WHERE NOT active AND restart_lsn IS NOT NULL ORDER BY 1"
        )
    )
    for slot, kept in idle:
        status.attention.append(
            f"nobody reads replication slot {slot}: it keeps {kept:,} bytes of log on the disk"
        )


def _archive(conn: Connection, status: Status) -> None:
    mode = _one(conn, "SELECT current_setting('archive_mode')")
    row = conn.execute(
        text(
            "SELECT archived_count, last_archived_time, failed_count, last_failed_time FROM pg_stat_archiver"
        )
    ).one()
    status.facts["archive"] = {"on": mode != "off", "last": _instant(row[1]), "failed": int(row[2])}
    if mode == "off":
        if not status.facts["read_only"]:
            status.attention.append(
                "the log is not archived: there is no going back to a moment between two backups"
            )
    elif row[3] is not None and (row[1] is None or row[3] > row[1]):
        status.attention.append(f"archiving the log fails since {_instant(row[3])}")


def look_at_backups(folder: Path, status: Status) -> None:
    """When the newest thing was put into the folder of the backups, and whether that is too long ago."""
    made = [path.stat().st_mtime for path in folder.glob("*") if not path.name.endswith(".partial")]
    newest = datetime.fromtimestamp(max(made), UTC) if made else None
    status.facts["last_backup"] = _instant(newest)
    if newest is None or datetime.now(UTC) - newest > timedelta(hours=BACKUP_HOURS):
        status.attention.append(f"there is no backup of the last {BACKUP_HOURS} hours in {folder}")


def _seals(conn: Connection, status: Status) -> None:
    if status.facts["schema"] != schema.REVISIONS[-1]:
        status.attention.append("the city needs `workstation db upgrade`")
        return
    last = _one(conn, "SELECT max(day) FROM seal")
    status.facts["last_seal"] = last
    events = bool(_one(conn, "SELECT EXISTS (SELECT 1 FROM case_event)"))
    if last is None:
        if events:
            status.attention.append("the log was never sealed (`workstation audit seal`)")
    else:
        age = (datetime.now(UTC).date() - datetime.fromisoformat(last).date()).days
        if age > SEAL_DAYS:
            status.attention.append(f"the last seal is {age} days old")


def _sizes(conn: Connection, status: Status) -> None:
    status.facts["size_bytes"] = int(_one(conn, "SELECT pg_database_size(current_database())"))
    rows = conn.execute(
        text(
            "SELECT coalesce(root.relname, c.relname) AS name, sum(pg_total_relation_size(c.oid))::bigint AS bytes"
            " FROM pg_class AS c LEFT JOIN pg_inherits AS i ON i.inhrelid = c.oid"
            " LEFT JOIN pg_class AS root ON root.oid = i.inhparent"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'"
            f" GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {LARGEST}"
        )
    )
    status.facts["largest"] = {row[0]: int(row[1]) for row in rows}


def _months(conn: Connection, status: Status) -> None:
    if not partition.is_divided(conn):
        status.facts["divided"] = False
        return
    months = partition.months(conn)
    now = partition.Month.of(datetime.now(UTC))
    ahead = sum(month > now for month in months)
    status.facts["divided"] = {"months": len(months), "ahead": ahead, "aside": len(partition.put_aside(conn))}
    if ahead < MONTHS_AHEAD:
        status.attention.append(
            f"only {ahead} months are made ahead (`workstation server partition --ahead 12`)"
        )


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
