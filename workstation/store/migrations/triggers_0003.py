"""The triggers of the third schema: more logs that only grow, and three hands that are never one person's (TY-1-THREE)."""

KEYS = {
    "account_event": ("id",),
    "personal_look": ("id",),
    "attempt": ("id",),
    "seal": ("day",),
    "seal_part": ("day", "part"),
}
"""The tables to which rows are added and nothing else, and their keys."""


def _refuse(table: str, note: str = "") -> str:
    return f"BEGIN SELECT RAISE(ABORT, '{table} is append only{note}'); END"


def _sqlite(table: str, key: tuple[str, ...]) -> tuple[str, ...]:
    # On SQLite a REPLACE deletes without firing delete triggers.
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


# The hands of the person's other posts against the hand of this one.
_OTHER_HAND = (
    "SELECT 1 FROM post_right AS mine JOIN post_right AS other"
    " ON substr(other.what, 1, 5) = 'hand:' AND other.what <> mine.what"
    " JOIN person_post AS held ON held.post = other.post AND held.person_id = NEW.person_id"
    " WHERE mine.post = NEW.post AND substr(mine.what, 1, 5) = 'hand:'"
)

_HANDS_SQLITE = tuple(
    f"CREATE TRIGGER person_post_hands_{verb.lower()} BEFORE {verb} ON person_post WHEN EXISTS ({_OTHER_HAND})"
    " BEGIN SELECT RAISE(ABORT, 'person_post: two hands'); END"
    for verb in ("INSERT", "UPDATE")
)
# Who grants two posts at one moment on two connections is stopped too: the person's row is locked first.
_HANDS_POSTGIS = (
    "CREATE FUNCTION person_post_hands() RETURNS trigger LANGUAGE plpgsql AS $body$"
    " BEGIN PERFORM 1 FROM person WHERE id = NEW.person_id FOR NO KEY UPDATE;"
    f" IF EXISTS ({_OTHER_HAND}) THEN RAISE EXCEPTION 'person_post: two hands'"
    " USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $body$",
    "CREATE TRIGGER person_post_hands BEFORE INSERT OR UPDATE ON person_post"
    " FOR EACH ROW EXECUTE FUNCTION person_post_hands()",
)

SPATIALITE = (
    *(statement for table, key in KEYS.items() for statement in _sqlite(table, key)),
    *_HANDS_SQLITE,
)
POSTGIS = (
    *(statement for table in KEYS for statement in _postgis(table)),
    *_HANDS_POSTGIS,
    "ALTER TABLE presence SET UNLOGGED",
)
SPATIALITE_DROP = (
    *(f"DROP TRIGGER {table}_{verb}" for table in KEYS for verb in ("update", "delete", "replace")),
    *(f"DROP TRIGGER person_post_hands_{verb}" for verb in ("insert", "update")),
)
POSTGIS_DROP = (
    *(f"DROP FUNCTION {table}_refuse() CASCADE" for table in KEYS),
    "DROP FUNCTION person_post_hands() CASCADE",
)
