"""The triggers of the second schema: logs beside the case's own, to which rows are added and nothing else.

As in the first: on SQLite a REPLACE deletes without firing delete triggers, so an insert of a row that is there is
refused before it can replace anything.
"""

KEYS = {
    "evidence_file": ("sha256",),
    "operation_event": ("operation_id", "seq"),
    "person_change": ("id",),
    "unit_contact": ("unit_code", "role", "since"),
}
"""The tables and their keys."""


CLOSED = {
    # An edition under which cases live is what it was for ever; a draft may change until it is approved.
    "handbook_edition": "OLD.status = 'approved'",
    # A shift is taken over once, and what was handed over stays as it was.
    "shift_handover": "OLD.accepted_at IS NOT NULL",
    # What a meeting has decided on a case is not decided again.
    "meeting_item": "OLD.decided_at IS NOT NULL",
    "meeting": "OLD.state = 'closed'",
    "operation": "OLD.closed_at IS NOT NULL",
}
"""Tables whose rows may change until this holds of them, and not afterwards."""


def _closed(table: str, condition: str, sqlite: bool) -> tuple[str, ...]:
    if sqlite:
        return tuple(
            f"CREATE TRIGGER {table}_closed_{verb.lower()} BEFORE {verb} ON {table} WHEN {condition}"
            f" BEGIN SELECT RAISE(ABORT, '{table}: this row is closed'); END"
            for verb in ("UPDATE", "DELETE")
        )
    refuse = f"{table}_closed()"
    return (
        f"CREATE FUNCTION {refuse} RETURNS trigger LANGUAGE plpgsql AS"
        f" $body$ BEGIN RAISE EXCEPTION '{table}: this row is closed'; END $body$",
        f"CREATE TRIGGER {table}_closed BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW"
        f" WHEN ({condition}) EXECUTE FUNCTION {refuse}",
    )


def _refuse(table: str, note: str = "") -> str:
    return f"BEGIN SELECT RAISE(ABORT, '{table} is append only{note}'); END"


def _sqlite(table: str, key: tuple[str, ...]) -> tuple[str, ...]:
    same = " AND ".join(f"{name} = NEW.{name}" for name in key)
    return (
        f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} {_refuse(table)}",
        f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {_refuse(table)}",
        f"CREATE TRIGGER {table}_replace BEFORE INSERT ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) {_refuse(table, ': this row is there')}",
    )


def _postgis(table: str) -> tuple[str, ...]:
    refuse = f"{table}_refuse()"
    return (
        f"CREATE FUNCTION {refuse} RETURNS trigger LANGUAGE plpgsql AS"
        f" $body$ BEGIN RAISE EXCEPTION '{table} is append only'; END $body$",
        f"CREATE TRIGGER {table}_refuse BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {refuse}",
        f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {refuse}",
    )


SPATIALITE = (
    *(statement for table, key in KEYS.items() for statement in _sqlite(table, key)),
    *(statement for table, condition in CLOSED.items() for statement in _closed(table, condition, True)),
)
POSTGIS = (
    *(statement for table in KEYS for statement in _postgis(table)),
    *(statement for table, condition in CLOSED.items() for statement in _closed(table, condition, False)),
)
SPATIALITE_DROP = (
    *(f"DROP TRIGGER {table}_{verb}" for table in KEYS for verb in ("update", "delete", "replace")),
    *(f"DROP TRIGGER {table}_closed_{verb}" for table in CLOSED for verb in ("update", "delete")),
)
POSTGIS_DROP = (
    *(f"DROP FUNCTION {table}_refuse() CASCADE" for table in KEYS),
    *(f"DROP FUNCTION {table}_closed() CASCADE" for table in CLOSED),
)
