"""The triggers of the first schema, in each store's own language.

``grid_count``: components by grid and main class, without those removed. The main class is the first two digits of the
class code in every edition of the code standard so far.

``case_event``: rows are added and nothing else. On SQLite a REPLACE deletes without firing delete triggers, so an
insert of a row that is there is refused before it can replace anything.
"""

_APPEND_ONLY = "case_event is append only"


def _count(row: str, sign: str) -> str:
    if sign == "+":
        return (
            f"INSERT INTO grid_count (grid_code, main_code, components) VALUES ({row}.grid_code,"
            f" substr({row}.class_code, 1, 2), 1) ON CONFLICT (grid_code, main_code)"
            " DO UPDATE SET components = components + 1;"
        )
    key = f"grid_code = {row}.grid_code AND main_code = substr({row}.class_code, 1, 2)"
    return (
        f"UPDATE grid_count SET components = components - 1 WHERE {key};"
        f" DELETE FROM grid_count WHERE {key} AND components <= 0;"
    )


SPATIALITE = (
    "CREATE TRIGGER component_count_insert AFTER INSERT ON component WHEN NEW.state <> 'removed'"
    f" BEGIN {_count('NEW', '+')} END",
    "CREATE TRIGGER component_count_delete AFTER DELETE ON component WHEN OLD.state <> 'removed'"
    f" BEGIN {_count('OLD', '-')} END",
    "CREATE TRIGGER component_count_out AFTER UPDATE OF grid_code, class_code, state ON component"
    f" WHEN OLD.state <> 'removed' BEGIN {_count('OLD', '-')} END",
    "CREATE TRIGGER component_count_in AFTER UPDATE OF grid_code, class_code, state ON component"
    f" WHEN NEW.state <> 'removed' BEGIN {_count('NEW', '+')} END",
    f"CREATE TRIGGER case_event_update BEFORE UPDATE ON case_event BEGIN SELECT RAISE(ABORT, '{_APPEND_ONLY}'); END",
    f"CREATE TRIGGER case_event_delete BEFORE DELETE ON case_event BEGIN SELECT RAISE(ABORT, '{_APPEND_ONLY}'); END",
    "CREATE TRIGGER case_event_replace BEFORE INSERT ON case_event WHEN"
    " EXISTS (SELECT 1 FROM case_event WHERE case_id = NEW.case_id AND seq = NEW.seq)"
    " OR EXISTS (SELECT 1 FROM case_event WHERE command_id = NEW.command_id)"
    " OR EXISTS (SELECT 1 FROM case_event WHERE log_id = NEW.log_id)"
    f" BEGIN SELECT RAISE(ABORT, '{_APPEND_ONLY}: this event is there'); END",
)

_PG_ADD = (
    "INSERT INTO grid_count AS g (grid_code, main_code, components)"
    " SELECT grid_code, substr(class_code, 1, 2), count(*) FROM {rows} WHERE state <> 'removed' GROUP BY 1, 2"
    " ON CONFLICT (grid_code, main_code) DO UPDATE SET components = g.components + EXCLUDED.components;"
)
_PG_TAKE = (
    "UPDATE grid_count AS g SET components = g.components - r.n FROM (SELECT grid_code, substr(class_code, 1, 2) AS m,"
    " count(*) AS n FROM {rows} WHERE state <> 'removed' GROUP BY 1, 2) AS r"
    " WHERE g.grid_code = r.grid_code AND g.main_code = r.m;"
    " DELETE FROM grid_count AS g USING {rows} AS r WHERE g.components <= 0 AND g.grid_code = r.grid_code;"
)


def _function(name: str, body: str) -> str:
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN {body} END $body$"


POSTGIS = (
    _function("component_count_insert", _PG_ADD.format(rows="added") + " RETURN NULL;"),
    _function("component_count_delete", _PG_TAKE.format(rows="gone") + " RETURN NULL;"),
    _function(
        "component_count_update",
        _PG_TAKE.format(rows="gone") + " " + _PG_ADD.format(rows="added") + " RETURN NULL;",
    ),
    "CREATE TRIGGER component_count_insert AFTER INSERT ON component REFERENCING NEW TABLE AS added"
    " FOR EACH STATEMENT EXECUTE FUNCTION component_count_insert()",
    "CREATE TRIGGER component_count_delete AFTER DELETE ON component REFERENCING OLD TABLE AS gone"
    " FOR EACH STATEMENT EXECUTE FUNCTION component_count_delete()",
    "CREATE TRIGGER component_count_update AFTER UPDATE ON component REFERENCING OLD TABLE AS gone NEW TABLE AS added"
    " FOR EACH STATEMENT EXECUTE FUNCTION component_count_update()",
    _function("case_event_refuse", f"RAISE EXCEPTION '{_APPEND_ONLY}';"),
    "CREATE TRIGGER case_event_refuse BEFORE UPDATE OR DELETE ON case_event"
    " FOR EACH ROW EXECUTE FUNCTION case_event_refuse()",
    "CREATE TRIGGER case_event_truncate BEFORE TRUNCATE ON case_event"
    " FOR EACH STATEMENT EXECUTE FUNCTION case_event_refuse()",
)
POSTGIS_DROP = (
    "DROP FUNCTION component_count_insert()",
    "DROP FUNCTION component_count_delete()",
    "DROP FUNCTION component_count_update()",
    "DROP FUNCTION case_event_refuse()",
)
