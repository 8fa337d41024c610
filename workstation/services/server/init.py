"""``workstation server init``: a city on a PostgreSQL that is there, ready for seats, with its first administrator."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from ...store import raw, rights
from ...store.database import Database, parse_url
from ...store.server.init import Prepared, prepare
from ...workflow.handbook import Handbook, HandbookError
from ..accounts import passwords, signing_in
from ..accounts.accounts import ask_door
from ..finding import index as finding_index

CENTRE = "centre"
"""The unit of the first administrator, in a city that has no centre yet."""
DONE, FAILED = 0, 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the city is to be; "" keeps what it is. ``admin``: the first administrator's id."""

    name: str = ""
    district_code: str = ""
    map_crs: str = ""
    handbook: str = ""
    admin: str = "admin"
    admin_name: str = "系统管理员"
    seat_password: str = ""
    new_password: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """What was done. ``password`` is the administrator's, for once; "" where an administrator can sign in already."""

    prepared: Prepared
    admin: str
    password: str
    seat_url: str


def initialise(url: str, wanted: Wanted) -> Made:
    """Prepare the database, say what the city is, and open the first administrator's account. Done again, it keeps what is there.

    StoreError as for :func:`workstation.store.server.init.prepare`; HandbookError; Refused, where the person may not be given the post.
    """
    if wanted.handbook:
        # Before anything is made.
        Handbook.named(wanted.handbook)
    prepared = prepare(url, wanted.seat_password)
    database = Database.connect(url)
    try:
        with database.write() as conn:
            handbook = _city(conn, wanted)
            password = _administrator(conn, wanted, handbook)
            finding_index.refresh(conn)
    finally:
        database.close()
    seat = parse_url(url).set(username=prepared.roles.seat, password=prepared.seat_password or None)
    return Made(prepared, wanted.admin, password, seat.render_as_string(hide_password=False))


def _city(conn: Connection, wanted: Wanted) -> Handbook:
    given = {
        "name": wanted.name,
        "district_code": wanted.district_code,
        "map_crs": wanted.map_crs,
        "handbook": wanted.handbook,
        "sign_in": "password",
    }
    kept = {str(key): str(value) for key, value in raw.all_rows(conn, "SELECT key, value FROM city")}
    handbook = Handbook.named(wanted.handbook or kept.get("handbook", "national"))
    given["handbook"] = given["handbook"] or kept.get("handbook", "national")
    for key, value in given.items():
        if value and kept.get(key) != value:
            statement = "INSERT INTO city (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
            raw.cursor(conn, statement, (key, value))
    rights.refresh(conn)
    return handbook


def _administrator(conn: Connection, wanted: Wanted, handbook: Handbook) -> str:
    """The one-time password of the administrator's account; "" where somebody who keeps accounts can sign in already."""
    staff = list(handbook.staff_posts)
    marks = ", ".join("?" for _ in staff)
    able = raw.first(
        conn,
        "SELECT 1 FROM account AS a JOIN person AS p ON p.id = a.person_id JOIN person_post AS h ON h.person_id = p.id"
        f" WHERE a.active AND p.active AND a.role <> '' AND h.post IN ({marks})",
        staff,
    )
    if able is not None and not wanted.new_password:
        return ""
    person = raw.first(conn, "SELECT unit_code FROM person WHERE id = ?", (wanted.admin,))
    if person is None:
        unit = _centre(conn, wanted.name)
        values = (wanted.admin, wanted.admin_name, unit, "", True)
        raw.cursor(
            conn, "INSERT INTO person (id, name, unit_code, telephone, active) VALUES (?, ?, ?, ?, ?)", values
        )
    held = raw.first(
        conn, f"SELECT 1 FROM person_post WHERE person_id = ? AND post IN ({marks})", (wanted.admin, *staff)
    )
    if held is None:
        raw.cursor(conn, "INSERT INTO person_post (person_id, post) VALUES (?, ?)", (wanted.admin, staff[0]))
    password = passwords.one_time()
    signing_in.set_word(conn)
    proof = passwords.proof(password, signing_in.salt_of(conn, wanted.admin))
    ask_door(conn, "open_account", wanted.admin, proof)
    return password


def _centre(conn: Connection, name: str) -> str:
    row = raw.first(
        conn, "SELECT code FROM unit WHERE kind = 'centre' AND active ORDER BY parent, code LIMIT 1"
    )
    if row is not None:
        return str(row[0])
    raw.cursor(
        conn,
        "INSERT INTO unit (code, name, short_name, kind, level, parent, head, telephone, active)"
        " VALUES (?, ?, ?, 'centre', 'district', '', '', '', ?)",
        (CENTRE, f"{name}监督指挥中心", "监督指挥中心", True),
    )
    return CENTRE


# ---- the command -----------------------------------------------------------------------------------------------------


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The address of the server, what the city is, and who administers it first."""
    parser.add_argument(
        "--db",
        required=True,
        metavar="URL",
        help="postgresql://SUPERUSER@HOST/DATABASE; the database is made if missing",
    )
    parser.add_argument("--name", default="", help="the city's name")
    parser.add_argument(
        "--district", default="", metavar="CODE", help="the six digits that its codes begin with"
    )
    parser.add_argument(
        "--crs", default="", metavar="EPSG:N", help="the map's system; without it, from where the city lies"
    )
    parser.add_argument(
        "--handbook", default="", help="the handbook that holds (default: what the city has, else national)"
    )
    parser.add_argument("--admin", default="admin", metavar="ID", help="the first administrator's id")
    parser.add_argument("--admin-name", default="系统管理员", metavar="NAME")
    parser.add_argument(
        "--seat-password", default="", help="of the role that seats connect as (default: a random one)"
    )
    parser.add_argument(
        "--new-password",
        action="store_true",
        help="give the administrator a new password, where nobody can sign in any more",
    )


def run(args: argparse.Namespace) -> int:
    """Do it and say what to do next. StoreError is the caller's to tell."""
    wanted = Wanted(
        args.name,
        args.district,
        args.crs,
        args.handbook,
        args.admin,
        args.admin_name,
        args.seat_password,
        args.new_password,
    )
    try:
        made = initialise(args.db, wanted)
    except HandbookError as error:
        print(f"error: {error}")
        return FAILED
    for line in report(made, parse_url(args.db)):
        print(line)
    return DONE


def report(made: Made, url: Any) -> list[str]:
    """What was made and what to do next, line by line."""
    prepared = made.prepared
    lines = [
        f"{'made' if prepared.created else 'found'} database {url.database},"
        f" {'new' if prepared.new_city else 'existing'} city, roles {prepared.roles.prefix}_*",
    ]
    if prepared.seat_password:
        lines += [
            "",
            "Seats open the city at this address (it lets nobody in without a person's own password):",
            f"  {made.seat_url}",
        ]
    else:
        lines.append(f"the password of {prepared.roles.seat} is what it was (--seat-password sets another)")
    if made.password:
        lines += [
            "",
            "The first administrator, shown this once and to be changed at the first sign-in:",
            f"  {made.admin}  {made.password}",
        ]
    else:
        lines.append("an administrator can sign in already (--new-password gives --admin another password)")
    lines += [
        "",
        "Next:",
        "  1. Let pg_hba.conf ask these roles for scram-sha-256, over TLS (hostssl), and nobody else from outside:",
        f"       hostssl {url.database} {prepared.roles.seat},+{prepared.roles.person} NETWORK scram-sha-256",
        "  2. Open accounts in the window (accounts), a second administrator first: nobody changes their own posts.",
        "  3. workstation audit keygen, and seal every day from a machine that is not the server.",
    ]
    if not prepared.says_who:
        lines += [
            "  4. The server's log does not name roles. So that refusals can be read from it:",
            "       ALTER SYSTEM SET log_line_prefix = '%m [%p] %q%u@%d '; SELECT pg_reload_conf();",
        ]
    return lines
