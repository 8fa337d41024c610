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


# The edition of the handbook that holds now, of those whose rights are kept; the one that ships while none does.
_IN_FORCE = (
    "coalesce((SELECT e.id FROM handbook_edition AS e WHERE e.status = 'approved' AND e.approved_at IS NOT NULL"
    " AND e.city = coalesce((SELECT c.value FROM city AS c WHERE c.key = 'handbook'), 'national')"
    " AND e.valid_from <= {today} AND EXISTS (SELECT 1 FROM post_right AS k WHERE k.edition = e.id)"
    " ORDER BY e.valid_from DESC, e.approved_at DESC LIMIT 1), '')"
)
_TODAY_SQLITE = "date('now', '+8 hours')"
_TODAY_POSTGIS = "to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')"

# The hands of the person's other posts against the hand of this one.
_OTHER_HAND = (
    "SELECT 1 FROM post_right AS mine JOIN post_right AS other"
    " ON other.edition = mine.edition AND substr(other.what, 1, 5) = 'hand:' AND other.what <> mine.what"
    " JOIN person_post AS held ON held.post = other.post AND held.person_id = NEW.person_id"
    " WHERE mine.post = NEW.post AND substr(mine.what, 1, 5) = 'hand:' AND mine.edition = {edition}"
)

_HANDS_SQLITE = tuple(
    f"CREATE TRIGGER person_post_hands_{verb.lower()} BEFORE {verb} ON person_post WHEN EXISTS"
    f" ({_OTHER_HAND.format(edition=_IN_FORCE.format(today=_TODAY_SQLITE))})"
    " BEGIN SELECT RAISE(ABORT, 'person_post: two hands'); END"
    for verb in ("INSERT", "UPDATE")
)
# Who grants two posts at one moment on two connections is stopped too: the person's row is locked first.
_HANDS_POSTGIS = (
    "CREATE FUNCTION rights_edition() RETURNS text LANGUAGE sql STABLE AS"
    f" $body$ SELECT {_IN_FORCE.format(today=_TODAY_POSTGIS)} $body$",
    "CREATE FUNCTION person_post_hands() RETURNS trigger LANGUAGE plpgsql AS $body$"
    " BEGIN PERFORM 1 FROM person WHERE id = NEW.person_id FOR NO KEY UPDATE;"
    f" IF EXISTS ({_OTHER_HAND.format(edition='rights_edition()')}) THEN RAISE EXCEPTION 'person_post: two hands'"
    " USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $body$",
    "CREATE TRIGGER person_post_hands BEFORE INSERT OR UPDATE ON person_post"
    " FOR EACH ROW EXECUTE FUNCTION person_post_hands()",
)

# Whoever heads a unit stands in the unit's own row as well, from the newest entry.
_HEAD = (
    "UPDATE unit SET head = NEW.name, telephone = NEW.telephone WHERE code = NEW.unit_code AND NOT EXISTS (SELECT 1"
    " FROM unit_contact AS c WHERE c.unit_code = NEW.unit_code AND c.role = NEW.role AND c.since > NEW.since)"
)
_HEAD_SQLITE = (
    f"CREATE TRIGGER unit_contact_head AFTER INSERT ON unit_contact WHEN NEW.role = 'head' BEGIN {_HEAD}; END",
)
# With the rights of the table's owner: who enters a contact may have none on the unit itself.
_HEAD_POSTGIS = (
    "CREATE FUNCTION unit_contact_head() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
    f" SET search_path = pg_catalog, public AS $body$ BEGIN {_HEAD}; RETURN NULL; END $body$",
    "CREATE TRIGGER unit_contact_head AFTER INSERT ON unit_contact FOR EACH ROW WHEN (NEW.role = 'head')"
    " EXECUTE FUNCTION unit_contact_head()",
)

# Which event a command has made is asked with every command. Where the log is divided by months, no index of the log can
# answer that at once, and a table of this name takes the view's place.
_COMMANDS = "CREATE VIEW case_command AS SELECT command_id, log_id, case_id, seq FROM case_event"

SPATIALITE = (
    *(statement for table, key in KEYS.items() for statement in _sqlite(table, key)),
    *_HANDS_SQLITE,
    *_HEAD_SQLITE,
)
POSTGIS = (
    *(statement for table in KEYS for statement in _postgis(table)),
    *_HANDS_POSTGIS,
    *_HEAD_POSTGIS,
    "ALTER TABLE presence SET UNLOGGED",
    _COMMANDS,
)
SPATIALITE_DROP = (
    *(f"DROP TRIGGER {table}_{verb}" for table in KEYS for verb in ("update", "delete", "replace")),
    *(f"DROP TRIGGER person_post_hands_{verb}" for verb in ("insert", "update")),
    "DROP TRIGGER unit_contact_head",
)
POSTGIS_DROP = (
    # The door (``store/server``) and the triggers and policies that it has put on the tables of every revision.
    "DROP SCHEMA IF EXISTS door CASCADE",
    *(f"DROP FUNCTION {table}_refuse() CASCADE" for table in KEYS),
    "DROP FUNCTION person_post_hands() CASCADE",
    "DROP FUNCTION rights_edition() CASCADE",
    "DROP FUNCTION unit_contact_head() CASCADE",
    "DROP VIEW case_command",
)
