"""The migrated schema is the one the code believes in, and its triggers keep what they promise."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from geoalchemy2 import alembic_helpers
from sqlalchemy import Connection, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from tests import handmade
from workstation.store import audit, schema, tables
from workstation.store.database import Database
from workstation.store.errors import StoreError


def differences(conn: Connection) -> list[Any]:
    """What alembic would migrate. SpatiaLite's own tables are not ours: everything outside the models is left out."""

    def ours(item: Any, name: str | None, kind: str, reflected: bool, compared: Any) -> bool:
        table = item if kind == "table" else getattr(item, "table", None)
        if table is not None and table.name not in tables.metadata.tables:
            return False
        return bool(alembic_helpers.include_object(item, name, kind, reflected, compared))

    context = MigrationContext.configure(conn, opts={"include_object": ours, "compare_type": True})
    return list(compare_metadata(context, tables.metadata))


def test_models_and_migrations_agree(store: Database) -> None:
    """Nothing is left to migrate on a new city, on both stores."""
    with store.read() as conn:
        assert differences(conn) == []


def test_the_comparison_would_notice(store: Database) -> None:
    """The check above can fail: a column taken away is reported."""
    with store.write() as conn:
        conn.execute(text("ALTER TABLE photo DROP COLUMN width"))
    with store.read() as conn:
        assert [(found[0], found[3].name) for found in differences(conn)] == [("add_column", "width")]


def test_the_listed_revisions_are_alembics() -> None:
    """The list that opening compares with is the history of the migrations."""
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    history = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(history)) == schema.REVISIONS


def counts(conn: Connection) -> dict[tuple[str, str], int]:
    """What ``grid_count`` holds."""
    return {(row[0], row[1]): row[2] for row in conn.execute(select(tables.grid_count))}


def test_grid_counts_follow_the_components(store: Database) -> None:
    """Adding, moving, reclassifying, removing and deleting components are all counted, row by row and in bulk."""
    handmade.fill(store)
    c = tables.component
    with store.write() as conn:
        rows = [handmade.component(f"x{n}", class_code="0203" if n % 2 else "0101") for n in range(10)]
        conn.execute(insert(c), rows)
        assert counts(conn) == {(handmade.GRID_WEST, "01"): 6, (handmade.GRID_WEST, "02"): 5}
        conn.execute(update(c).where(c.c.code == "x1").values(grid_code=handmade.GRID_EAST))
        conn.execute(update(c).where(c.c.code == "x3").values(class_code="0101"))
        conn.execute(update(c).where(c.c.code == "x5").values(state="removed"))
        assert counts(conn) == {
            (handmade.GRID_WEST, "01"): 7,
            (handmade.GRID_WEST, "02"): 2,
            (handmade.GRID_EAST, "02"): 1,
        }
        conn.execute(update(c).where(c.c.code == "x5").values(state="intact"))
        conn.execute(delete(c).where(c.c.class_code == "0203"))
        assert counts(conn) == {(handmade.GRID_WEST, "01"): 7}
        assert audit.check_grid_counts(conn) == []
        conn.execute(delete(c))
        assert counts(conn) == {}


EVENT = {
    "case_id": "a",
    "seq": 1,
    "log_id": 1,
    "kind": "report",
    "at": "2026-11-20T00:00:00.000000Z",
    "actor": "p",
    "actor_name": "n",
    "post": "collector",
    "unit": "C",
    "command_id": "c1",
    "to_state": "reported",
    "data": "{}",
    "prev_hash": "0",
    "hash": "1",
}


def test_the_log_is_neither_changed_nor_deleted(store: Database) -> None:
    """The database itself refuses to change or delete a row of the log, and says that it is append only."""
    with store.write() as conn:
        conn.execute(insert(tables.case_event), [EVENT])
    for statement in (
        "UPDATE case_event SET data = '[]'",
        "UPDATE case_event SET seq = seq",
        "DELETE FROM case_event",
        "DELETE FROM case_event WHERE case_id = 'a'",
    ):
        with pytest.raises((DBAPIError, StoreError), match="append only"), store.write() as conn:
            conn.execute(text(statement))
    with store.read() as conn:
        assert conn.execute(select(tables.case_event.c.data)).scalars().all() == ["{}"]


@pytest.mark.postgis
@pytest.mark.parametrize("store_url", ["postgis"], indirect=True)
def test_the_log_is_not_truncated(store: Database) -> None:
    """TRUNCATE, which fires no row triggers, is refused too (PostGIS)."""
    with pytest.raises((DBAPIError, StoreError), match="append only"), store.write() as conn:
        conn.execute(text("TRUNCATE case_event CASCADE"))


@pytest.mark.parametrize("store_url", ["spatialite"], indirect=True)
@pytest.mark.parametrize("same", [{"case_id", "seq"}, {"command_id"}, {"log_id"}])
def test_the_log_is_not_replaced(store: Database, same: set[str]) -> None:
    """SQLite's INSERT OR REPLACE, which deletes without delete triggers, is refused for every unique key."""
    other = {"case_id": "b", "seq": 7, "log_id": 9, "command_id": "c9"}
    row = {**EVENT, **{key: value for key, value in other.items() if key not in same}, "data": "[]"}
    with store.write() as conn:
        conn.execute(insert(tables.case_event), [EVENT])
    with pytest.raises(DBAPIError, match="append only"), store.write() as conn:
        conn.execute(insert(tables.case_event).prefix_with("OR REPLACE"), [row])
    with store.read() as conn:
        assert conn.execute(select(tables.case_event.c.data)).scalars().all() == ["{}"]


@pytest.mark.parametrize("store_url", ["spatialite"], indirect=True)
def test_another_program_cannot_change_the_log_either(store: Database) -> None:
    """The guard lies in the file and not in the program: the plain sqlite3 module is refused too."""
    with store.write() as conn:
        conn.execute(insert(tables.case_event), [EVENT])
    plain = sqlite3.connect(store.path)
    with pytest.raises(sqlite3.DatabaseError, match="append only"):
        plain.execute("UPDATE case_event SET data = '[]'")
    plain.close()


def test_every_geometry_has_its_spatial_index(store: Database) -> None:
    """All nine map tables are indexed, and the check notices one that is not."""
    with store.write() as conn:
        assert audit.check_spatial_indexes(conn) == []
        if store.kind == "spatialite":
            conn.exec_driver_sql("SELECT DisableSpatialIndex('grid', 'geom')")
        else:
            conn.exec_driver_sql("DROP INDEX idx_grid_geom")
        assert [(finding.code, finding.key) for finding in audit.check_spatial_indexes(conn)] == [
            ("spatial_index", "grid")
        ]


GROWING = {
    "account_event": {"person_id": "p", "at": "t", "kind": "wrong", "by": "p", "seat": "s", "detail": ""},
    "personal_look": {
        **{"id": "l", "case_id": "a", "person_id": "p", "name": "n", "post": "operator"},
        **{"reason": "r", "fields": "reporter", "at": "t"},
    },
    "attempt": {
        **{"at": "t", "person_id": "p", "role": "r", "post": "", "what": "w", "code": "c"},
        "detail": "",
    },
    "seal": {
        **{"day": "2026-11-20", "first_log": 1, "last_log": 1, "events": 1, "root": "r", "previous": ""},
        **{"key_id": "k", "signature": "s", "made_at": "t"},
    },
}


@pytest.mark.parametrize("name", GROWING)
def test_what_tells_who_did_what_only_grows(store: Database, name: str) -> None:
    """Sign-ins, looks, refusals and seals are added; the database refuses to change, remove or replace one."""
    table = tables.metadata.tables[name]
    key = next(iter(table.primary_key.columns)).name
    with store.write() as conn:
        conn.execute(insert(table), [GROWING[name]])
        made = dict(conn.execute(select(table)).mappings().one())
    wrong = [f"UPDATE {name} SET {key} = {key}", f"DELETE FROM {name}"]
    wrong.append(
        f"TRUNCATE {name}" if store.kind == "postgis" else f"REPLACE INTO {name} SELECT * FROM {name}"
    )
    for statement in wrong:
        with pytest.raises((DBAPIError, StoreError), match="append only"), store.write() as conn:
            conn.execute(text(statement))
    with store.read() as conn:
        assert dict(conn.execute(select(table)).mappings().one()) == made


@pytest.mark.article("TY-1-THREE")
def test_two_hands_are_refused_by_the_database(store: Database) -> None:
    """Whoever writes it: a person who supervises is not given a post that disposes, whatever the program allows."""
    handmade.fill(store)
    with store.write() as conn:
        held = conn.execute(select(tables.person_post)).mappings().first()
        assert held is not None
        conn.execute(delete(tables.post_right))
        rows = [(held["post"], "hand:supervise"), ("one_more", "hand:supervise"), ("other", "hand:dispose")]
        rows += [("plain", "level:centre")]
        conn.execute(
            insert(tables.post_right), [{"edition": "", "post": post, "what": what} for post, what in rows]
        )
        for post in ("one_more", "plain"):
            conn.execute(insert(tables.person_post), [{"person_id": held["person_id"], "post": post}])
    for statement in (
        insert(tables.person_post).values(person_id=held["person_id"], post="other"),
        update(tables.person_post).where(tables.person_post.c.post == "plain").values(post="other"),
    ):
        with pytest.raises(DBAPIError, match="two hands"), store.write() as conn:
            conn.execute(statement)


@pytest.mark.postgis
@pytest.mark.parametrize("store_url", ["postgis"], indirect=True)
def test_presence_is_not_written_to_the_servers_log(store: Database) -> None:
    """The one table that is of no worth a minute later is unlogged, and no other (PostGIS)."""
    with store.read() as conn:
        found = conn.execute(
            text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relpersistence = 'u'")
        )
        assert found.scalars().all() == ["presence"]
