"""The counting triggers of the fifth schema: a component that is changed without being counted otherwise touches no count.

Before, every change of a component took it out of its grid's count and put it back, so that two who edited components of the
same grid waited for each other until the first had committed. What does change counts is summed for each statement first and
written in the order of the keys, so that two statements never wait for each other in a circle.
"""

from __future__ import annotations

_KEY = "grid_code = {row}.grid_code AND main_code = substr({row}.class_code, 1, 2)"
_OTHERWISE = (
    "(OLD.grid_code <> NEW.grid_code OR substr(OLD.class_code, 1, 2) <> substr(NEW.class_code, 1, 2)"
    " OR (OLD.state = 'removed') <> (NEW.state = 'removed'))"
)
_OUT = (
    f"UPDATE grid_count SET components = components - 1 WHERE {_KEY.format(row='OLD')};"
    f" DELETE FROM grid_count WHERE {_KEY.format(row='OLD')} AND components <= 0;"
)
_IN = (
    "INSERT INTO grid_count (grid_code, main_code, components) VALUES (NEW.grid_code, substr(NEW.class_code, 1, 2), 1)"
    " ON CONFLICT (grid_code, main_code) DO UPDATE SET components = components + 1;"
)

SPATIALITE = (
    "DROP TRIGGER component_count_out",
    "DROP TRIGGER component_count_in",
    "CREATE TRIGGER component_count_out AFTER UPDATE OF grid_code, class_code, state ON component"
    f" WHEN OLD.state <> 'removed' AND {_OTHERWISE} BEGIN {_OUT} END",
    "CREATE TRIGGER component_count_in AFTER UPDATE OF grid_code, class_code, state ON component"
    f" WHEN NEW.state <> 'removed' AND {_OTHERWISE} BEGIN {_IN} END",
)


def _rows(table: str, by: int) -> str:
    return f"SELECT grid_code, substr(class_code, 1, 2) AS main_code, {by} AS n FROM {table} WHERE state <> 'removed'"


def _function(verb: str, rows: str, gone: str) -> str:
    count = (
        "INSERT INTO grid_count AS g (grid_code, main_code, components)"
        f" SELECT grid_code, main_code, sum(n) FROM ({rows}) AS one GROUP BY grid_code, main_code HAVING sum(n) <> 0"
        " ORDER BY grid_code, main_code"
        " ON CONFLICT (grid_code, main_code) DO UPDATE SET components = g.components + EXCLUDED.components;"
    )
    empty = (
        f" DELETE FROM grid_count AS g USING (SELECT DISTINCT grid_code FROM {gone}) AS r"
        " WHERE g.grid_code = r.grid_code AND g.components <= 0;"
        if gone
        else ""
    )
    return (
        f"CREATE OR REPLACE FUNCTION component_count_{verb}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $body$ BEGIN {count}{empty} RETURN NULL; END $body$"
    )


POSTGIS = (
    _function("insert", _rows("added", 1), ""),
    _function("delete", _rows("gone", -1), "gone"),
    _function("update", f"{_rows('gone', -1)} UNION ALL {_rows('added', 1)}", "gone"),
)
