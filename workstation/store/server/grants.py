"""Who may read and write what in a city on PostGIS, and call which function: everything that is not named here is closed.

What may be read of a table is said by a condition on its rows (row-level security), what may be written by columns here and by the
guards of ``guards.sql``. Whoever sees every case is in a group of their own, whose condition is simply true, so that the
server drops it while planning and a list of the centre costs what it costs the owner.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from ..map_projects import grant as open_map_projects
from .names import Roles, literal, quoted, run

ALL = "true"
"""Every row."""


@dataclass(frozen=True, slots=True)
class Access:
    """What persons may do with a table. ``read``: which rows, and ``columns`` of them, () being all; "" nothing.

    ``insert``: whether rows are added; ``update``: columns that are changed; ``delete``: whether rows go. A guard says which.
    """

    read: str = ALL
    columns: tuple[str, ...] = ()
    insert: bool = False
    update: tuple[str, ...] = ()
    delete: bool = False


CLOSED = Access("")
KEPT = Access(insert=True, update=("*",), delete=True)

_MINE = (
    "unit = ANY ((SELECT door.my_units())::text[]) OR inner_unit = ANY ((SELECT door.my_units())::text[])"
    " OR grid = ANY ((SELECT door.my_grids())::text[])"
    " OR id IN (SELECT door.my_cooperation())"
)
_OF_SEEN = "EXISTS (SELECT 1 FROM public.cases AS c WHERE c.id = case_id)"
_OUT = (
    "(SELECT door.can('do:dispatch', 'do:send_check', 'do:send_verify'))"
    " OR unit_code = ANY ((SELECT door.my_people())::text[])"
    " OR person_id = (SELECT door.me())"
)
"""Where people and vehicles are concerns those who send them, their own unit's people, and each of themselves: as
``services/spatial/positions.py`` says it."""
_OF_OUT = "EXISTS (SELECT 1 FROM public.mobile AS m WHERE m.id = mobile_id)"
BY_SCOPE = {
    "cases": _MINE,
    "case_event": _OF_SEEN,
    "case_unit": _OF_SEEN,
}
"""The rows that somebody sees who does not see all: as ``services/cases/scope.py`` says it."""

ACCESS = {
    "cases": Access(_MINE),
    "case_event": Access(_OF_SEEN),
    "case_unit": Access(BY_SCOPE["case_unit"]),
    "case_code": CLOSED,
    "photo": Access(insert=True),
    "evidence_file": Access("(SELECT door.can('do:transfer', 'reporter', 'audit'))", insert=True),
    "city": Access("key NOT IN ('sign_in.word')", insert=True, update=("value",), delete=True),
    "change_log": Access(),
    "handbook_edition": Access(
        insert=True, update=("content", "status", "author", "edition", "note"), delete=True
    ),
    "calendar_edition": Access(insert=True),
    "shift_handover": Access(
        "post = ANY ((SELECT door.posts())::text[])",
        insert=True,
        update=("accepted_at", "accepted_by", "accepted_note"),
    ),
    "operation": Access(insert=True, update=("closed_at", "closed_by")),
    "operation_event": Access(insert=True),
    "meeting": Access(insert=True, update=("state", "note")),
    "meeting_item": Access(insert=True, update=("decision", "decided_at", "decided_by")),
    "unit": Access(),
    "unit_contact": Access(insert=True),
    "unit_duty": KEPT,
    "person": Access(),
    "person_change": Access(),
    "person_post": Access(),
    "post_right": Access(),
    "collector_grid": KEPT,
    "division": KEPT,
    "grid": KEPT,
    "component": KEPT,
    "grid_count": Access(),
    "road": KEPT,
    "building": KEPT,
    "water": KEPT,
    "green": KEPT,
    "mobile": Access(_OUT),
    "mobile_place": Access(_OF_OUT),
    "track_point": Access(_OF_OUT),
    "find_entry": KEPT,
    "account": Access(
        "person_id = (SELECT door.me()) OR (SELECT door.can('staff', 'audit'))",
        (
            *("person_id", "role", "failures", "locked_until", "must_change", "password_at", "expires_at"),
            *("active", "opened_by", "opened_at"),
        ),
    ),
    "account_event": Access(
        "person_id = (SELECT door.me()) OR (SELECT door.can('staff', 'audit'))",
        ("id", "person_id", "at", "kind", "by", "seat"),
    ),
    "seat_session": Access("person_id = (SELECT door.me()) OR (SELECT door.can('staff', 'audit'))"),
    "personal": CLOSED,
    "personal_look": Access("person_id = (SELECT door.me()) OR (SELECT door.can('audit'))"),
    "attempt": Access("(SELECT door.can('audit', 'staff'))"),
    # Its policy comes with it.
    "presence": Access("by_itself"),
    "seal": Access(),
    "seal_part": Access(),
    "seal_key": Access(),
    "alembic_version": Access(),
}
"""Every table of the city."""

PERSON_CALLS = (
    *(
        "me",
        "is_owner",
        "trusted",
        "posts",
        "my_unit",
        "my_name",
        "can",
        "person_may",
        "post_may",
        "sees_whole",
    ),
    *(
        "my_units",
        "my_people",
        "my_grids",
        "my_cooperation",
        "instant",
        "near",
        "tell",
        "refuse",
        "same_but_approval",
        "prefix",
    ),
    *("change_person", "perform", "ready", "edition", "ask_look", "open_look", "erase_personal", "erase_due"),
    "erase_positions",
    *("present", "presence_instant", "presence_since"),
    *("sign_in_salt", "sign_in", "signed_in", "sign_out", "touch", "change_password"),
    *("open_account", "close_account", "unlock", "end_session", "accounts", "account_history"),
)
"""The functions of the schema ``door`` that a person may call."""
SEAT_CALLS = ("sign_in_salt", "sign_in", "signed_in")
"""Those that a seat may call before anybody has signed in."""
KEEPER_OWNS = ("role_make", "role_token", "role_until", "role_end", "role_whole")
"""Those that run as the keeper."""

_POSTGIS = "(SELECT d.objid FROM pg_depend AS d WHERE d.deptype = 'e' AND d.classid = '{of}'::regclass)"


def close(conn: Connection, roles: Roles) -> None:
    """Give everything to the owner, take everything from everybody, and give back what :data:`ACCESS` and the calls name."""
    _own(conn, roles)
    _shut(conn, roles)
    for table, access in ACCESS.items():
        _table(conn, table, access, roles)
    open_map_projects(conn, roles)
    _calls(conn, roles)


def _names(conn: Connection, query: str) -> list[str]:
    return [str(row[0]) for row in run(conn, query).fetchall()]


def _own(conn: Connection, roles: Roles) -> None:
    owner, keeper = quoted(roles.owner), quoted(roles.keeper)
    relations = (
        "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace"
        " WHERE n.nspname IN ('public', 'door') AND c.relkind IN ('r', 'p', 'v', 'm')"
        # What lies there runs as the server itself: whoever puts it there stays its owner.
        " AND NOT (n.nspname = 'door' AND c.relname IN ('program', 'compiled'))"
        f" AND c.oid NOT IN {_POSTGIS.format(of='pg_class')}"
    )
    for name in _names(conn, relations):
        run(conn, f"ALTER TABLE {name} OWNER TO {owner}")
    functions = (
        "SELECT p.oid::regprocedure::text FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace"
        " WHERE n.nspname {schema} AND {which} p.proname = ANY ({listed}) AND p.prokind = 'f'"
        f" AND p.oid NOT IN {_POSTGIS.format(of='pg_proc')}"
    )
    listed = "'{" + ",".join(KEEPER_OWNS) + "}'"
    for name in _names(conn, functions.format(schema="IN ('public', 'door')", which="NOT", listed=listed)):
        run(conn, f"ALTER FUNCTION {name} OWNER TO {owner}")
    for name in _names(conn, functions.format(schema="= 'door'", which="", listed=listed)):
        run(conn, f"ALTER FUNCTION {name} OWNER TO {keeper}")
    run(conn, f"GRANT SELECT ON door.program, door.compiled TO {owner}")
    run(conn, f"ALTER SCHEMA door OWNER TO {owner}")
    # Counting components is not a right of its own.
    for verb in ("insert", "delete", "update"):
        run(
            conn,
            f"ALTER FUNCTION public.component_count_{verb}() SECURITY DEFINER SET search_path = pg_catalog, public",
        )


def _shut(conn: Connection, roles: Roles) -> None:
    named = "', '".join((roles.person, roles.whole, roles.seat, roles.gis))  # the last is not in older cities
    there = _names(
        conn, f"SELECT quote_ident(rolname) FROM pg_roles WHERE rolname IN ('{named}') ORDER BY rolname"
    )
    everybody = ", ".join(["PUBLIC", *there])
    database = run(conn, "SELECT quote_ident(current_database())").fetchone()[0]
    run(conn, f"REVOKE ALL ON DATABASE {database} FROM {everybody}")
    run(conn, f"GRANT CONNECT ON DATABASE {database} TO {quoted(roles.person)}, {quoted(roles.seat)}")
    run(conn, f"GRANT CONNECT, TEMPORARY, CREATE ON DATABASE {database} TO {quoted(roles.owner)}")
    for schema in ("public", "door"):
        run(conn, f"REVOKE ALL ON SCHEMA {schema} FROM {everybody}")
        run(conn, f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {everybody}")
        run(conn, f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM {everybody}")
        run(conn, f"GRANT USAGE ON SCHEMA {schema} TO {quoted(roles.person)}")
    run(conn, f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA door FROM {everybody}")
    run(conn, f"GRANT USAGE ON SCHEMA door TO {quoted(roles.seat)}, {quoted(roles.keeper)}")
    run(conn, f"GRANT USAGE, CREATE ON SCHEMA public TO {quoted(roles.owner)}")
    # What the map needs to name a reference system.
    run(conn, f"GRANT SELECT ON public.spatial_ref_sys, public.geometry_columns TO {quoted(roles.person)}")
    run(conn, f"GRANT SELECT ON public.geography_columns TO {quoted(roles.person)}")
    # Locks that everybody waits for, objects outside any table, and code of one's own: nobody needs them.
    system = (
        "SELECT p.oid::regprocedure::text FROM pg_proc AS p WHERE p.pronamespace = 'pg_catalog'::regnamespace"
        " AND (p.proname ~ '^pg_(try_)?advisory_' OR p.proname ~ '^(lo_|loread|lowrite)')"
    )
    for name in _names(conn, system):
        run(conn, f"REVOKE ALL ON FUNCTION {name} FROM {everybody}")
        run(conn, f"GRANT EXECUTE ON FUNCTION {name} TO {quoted(roles.owner)}")
    run(conn, f"REVOKE ALL ON LANGUAGE plpgsql FROM {everybody}")
    run(conn, f"GRANT USAGE ON LANGUAGE plpgsql TO {quoted(roles.owner)}")


def _table(conn: Connection, table: str, access: Access, roles: Roles) -> None:
    name, person = f"public.{quoted(table)}", quoted(roles.person)
    if not access.read:
        run(conn, f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
        return
    columns = f" ({', '.join(quoted(column) for column in access.columns)})" if access.columns else ""
    run(conn, f"GRANT SELECT{columns} ON {name} TO {person}")
    if access.insert:
        run(conn, f"GRANT INSERT ON {name} TO {person}")
    if access.update == ("*",):
        run(conn, f"GRANT UPDATE ON {name} TO {person}")
    elif access.update:
        listed = ", ".join(quoted(column) for column in access.update)
        run(conn, f"GRANT UPDATE ({listed}) ON {name} TO {person}")
    if access.delete:
        run(conn, f"GRANT DELETE ON {name} TO {person}")
    if access.insert:
        # The numbers that such a table gives out by itself.
        sequences = (
            "SELECT s.oid::regclass::text FROM pg_class AS s JOIN pg_depend AS d ON d.objid = s.oid"
            f" WHERE s.relkind = 'S' AND d.refobjid = {literal(name)}::regclass"
        )
        for sequence in _names(conn, sequences):
            run(conn, f"GRANT USAGE ON SEQUENCE {sequence} TO {person}")
    if access.read in (ALL, "by_itself"):
        return
    run(conn, f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
    _policy(conn, name, "door_read", "SELECT", person, f"USING ({access.read})")
    if table in BY_SCOPE:
        _policy(conn, name, "door_whole", "SELECT", quoted(roles.whole), "USING (true)")
    if access.insert:
        _policy(conn, name, "door_insert", "INSERT", person, "WITH CHECK (true)")
    if access.update:
        _policy(conn, name, "door_update", "UPDATE", person, "USING (true) WITH CHECK (true)")
    if access.delete:
        _policy(conn, name, "door_delete", "DELETE", person, "USING (true)")


def _policy(conn: Connection, table: str, policy: str, verb: str, role: str, rule: str) -> None:
    run(conn, f"DROP POLICY IF EXISTS {policy} ON {table}")
    run(conn, f"CREATE POLICY {policy} ON {table} FOR {verb} TO {role} {rule}")


def _calls(conn: Connection, roles: Roles) -> None:
    query = (
        "SELECT p.oid::regprocedure::text FROM pg_proc AS p WHERE p.pronamespace = 'door'::regnamespace"
        " AND p.proname = ANY ('{{{listed}}}')"
    )
    for role, calls in (
        (roles.person, PERSON_CALLS),
        (roles.seat, SEAT_CALLS),
        (roles.owner, KEEPER_OWNS),
        (roles.keeper, ("prefix", "role_of", "has_roles")),
    ):
        for name in _names(conn, query.format(listed=",".join(calls))):
            run(conn, f"GRANT EXECUTE ON FUNCTION {name} TO {quoted(role)}")
