"""The project of QGIS that a city on PostGIS keeps in itself, in the table that QGIS makes for projects (``qgis_projects``), so
that what staff save there is on every seat. The rows are QGIS's own: name, metadata, and a zipped project."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from . import raw

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from .database import Database
    from .server.names import Roles

NAME = "workstation"
"""The project that the seats wear. Others in the table are drafts of the staff's own."""
MOST = 32 * 1024 * 1024
"""Bytes of a project that is fetched."""
MAP_TABLES = (
    *("division", "grid", "grid_count", "component", "road", "building", "water", "green"),
    *("spatial_ref_sys", "geometry_columns", "geography_columns"),
)
"""What the project's layers read, and what QGIS needs to."""
_TABLE = "public.qgis_projects"


class Kept(NamedTuple):
    """The project as it lies in the database. ``state``: ``there``, ``none``, ``closed`` (this login may not read it) or
    ``too_large``; ``mark`` is another after each saving; ``content`` is empty where the mark was known already."""

    state: str
    mark: str = ""
    content: bytes = b""


def look(database: Database, known: str, name: str = NAME) -> Kept:
    """The project, its content only when its mark is another than ``known``. StoreError when the database cannot be asked."""
    with database.glance() as conn:
        row = raw.first(
            conn,
            "SELECT CASE WHEN t IS NULL THEN 'none' WHEN has_table_privilege(t, 'SELECT') THEN 'there' ELSE 'closed' END"
            f" FROM to_regclass('{_TABLE}') AS t",
        )
        state = str(row[0]) if row else "none"
        if state != "there":
            return Kept(state)
        # A saving is another row version, whatever QGIS writes into the metadata.
        found = raw.first(
            conn,
            f"SELECT xmin::text || ' ' || octet_length(content), octet_length(content) FROM {_TABLE} WHERE name = ?",
            (name,),
        )
        if found is None or not found[1]:
            return Kept("none")
        mark = str(found[0])
        if found[1] > MOST:
            return Kept("too_large", mark)
        if mark == known:
            return Kept("there", mark)
        content = raw.first(conn, f"SELECT content FROM {_TABLE} WHERE name = ?", (name,))
        return Kept("there", mark, bytes(content[0])) if content else Kept("none")


def exists(conn: Connection, name: str = NAME) -> bool:
    """Whether there is a project of that name."""
    if raw.first(conn, f"SELECT 1 WHERE to_regclass('{_TABLE}') IS NOT NULL") is None:
        return False
    return raw.first(conn, f"SELECT 1 FROM {_TABLE} WHERE name = ?", (name,)) is not None


def keep(conn: Connection, project: bytes, name: str = NAME) -> None:
    """Write a project (the text of a .qgs) as QGIS would, instead of the one of that name. Makes the table where it is not
    there, which takes the owner of the city; then it is opened to whom it is for."""
    if raw.first(conn, f"SELECT 1 WHERE to_regclass('{_TABLE}') IS NOT NULL") is None:
        raw.cursor(conn, f"CREATE TABLE {_TABLE} (name TEXT PRIMARY KEY, metadata JSONB, content BYTEA)")
        _open(conn)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.qgs", project)
    raw.cursor(
        conn,
        f"INSERT INTO {_TABLE} (name, metadata, content) VALUES (?, jsonb_build_object("
        "'last_modified_time', (now() AT TIME ZONE 'utc')::text, 'last_modified_user', current_user::text), ?)"
        " ON CONFLICT (name) DO UPDATE SET metadata = excluded.metadata, content = excluded.content",
        (name, packed.getvalue()),
    )


def _open(conn: Connection) -> None:
    from .server.names import database_of, has_roles, quoted, roles_of, run

    roles = roles_of(database_of(conn))
    if has_roles(conn, roles):
        run(conn, f"ALTER TABLE {_TABLE} OWNER TO {quoted(roles.owner)}")
        grant(conn, roles)


def grant(conn: Connection, roles: Roles) -> None:
    """Let every person read projects, who keeps the inventory and the staff of QGIS's own role write them, and that role read
    the map's layers, and nothing else. Where the table or that role is not there yet, what there is."""
    from .server.names import literal, quoted, run

    gis = ""
    if raw.first(conn, "SELECT 1 FROM pg_roles WHERE rolname = ?", (roles.gis,)) is not None:
        gis = quoted(roles.gis)
        database = quoted(str(run(conn, "SELECT current_database()").fetchone()[0]))
        run(conn, f"GRANT CONNECT ON DATABASE {database} TO {gis}")
        run(conn, f"GRANT USAGE ON SCHEMA public TO {gis}")
        run(conn, f"GRANT SELECT ON {', '.join(f'public.{name}' for name in MAP_TABLES)} TO {gis}")
    if run(conn, f"SELECT to_regclass({literal(_TABLE)})").fetchone()[0] is None:
        return
    person = quoted(roles.person)
    run(conn, f"GRANT SELECT, INSERT, UPDATE, DELETE ON {_TABLE} TO {person}{', ' + gis if gis else ''}")
    run(conn, f"ALTER TABLE {_TABLE} ENABLE ROW LEVEL SECURITY")
    rules = [("read", "SELECT", person, "USING (true)")]
    may = "(SELECT door.can('inventory'))"
    rules += [
        ("insert", "INSERT", person, f"WITH CHECK ({may})"),
        ("update", "UPDATE", person, f"USING ({may}) WITH CHECK ({may})"),
        ("delete", "DELETE", person, f"USING ({may})"),
    ]
    if gis:
        rules.append(("gis", "ALL", gis, "USING (true) WITH CHECK (true)"))
    for name, verb, role, rule in rules:
        run(conn, f"DROP POLICY IF EXISTS door_{name} ON {_TABLE}")
        run(conn, f"CREATE POLICY door_{name} ON {_TABLE} FOR {verb} TO {role} {rule}")
