"""A city on PostGIS that ``workstation server init`` has prepared, with an account for a person of every post, and plain psql."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests import handmade, postgis
from workstation.services.server.init import Made, Wanted, initialise
from workstation.services.services import Services
from workstation.store.database import Database, parse_url
from workstation.store.server.names import quoted

STAFF = {**handmade.STAFF, "gis1": ("gis", "C")}
"""Person → (post, unit): one of every post of the national handbook."""


@dataclass
class Seats:
    """The city, and everybody's way into it."""

    server: postgis.Server
    url: str
    made: Made
    tokens: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def database(self) -> str:
        """The database's name."""
        return self.url.rsplit("/", 1)[1]

    def address(self, role: str, password: str) -> str:
        """The city's URL for a role."""
        url = parse_url(self.url).set(username=role, password=password)
        return url.render_as_string(hide_password=False)

    @property
    def seat_url(self) -> str:
        """For whoever has not signed in yet."""
        return self.made.seat_url

    def owner(self) -> psycopg.Connection[Any]:
        """A connection of the superuser."""
        return psycopg.connect(self.url, autocommit=True)

    def one(self, statement: str, *values: Any) -> Any:
        """What a statement of the superuser gives first."""
        with self.owner() as conn:
            row = conn.execute(statement.encode(), values or None).fetchone()
            return row[0] if row else None

    def sign_in(self, *people: str) -> None:
        """Sign these people in, with plain psql as the role of seats: each gets a token."""
        script = "".join(
            f"SELECT door.sign_in('{who}', 'proof of {who}', 'test') ->> 'ticket' AS ticket \\gset\n"
            "SELECT a ->> 'person', a ->> 'role', a ->> 'token' FROM door.signed_in(:'ticket') AS a;\n"
            for who in people
        )
        out, err = self.psql(self.seat_url, script)
        assert not err, err
        for line in out.splitlines():
            person, role, token = line.split("|")
            self.tokens[person] = role, token
        assert set(people) <= set(self.tokens)

    def sign_in_again(self, person: str) -> None:
        """Give a person whose account a test has used the proof that the other tests know, and sign them in."""
        with self.owner() as conn:
            conn.execute("SELECT door.open_account(%s, %s)", (person, f"proof of {person}"))
        self.sign_in(person)

    def person_url(self, person: str) -> str:
        """The city's URL for a person who has signed in."""
        return self.address(*self.tokens[person])

    def services(self, person: str) -> Services:
        """The program, opened as the person's role."""
        return Services.open(self.person_url(person))

    def psql(self, url: str, script: str) -> tuple[str, str]:
        """What plain psql writes and complains of, statement by statement, whatever fails."""
        program = self.server.bin_folder / "psql"
        done = subprocess.run(
            [str(program), "-X", "-q", "-A", "-t", "-d", url],
            input=script,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PGOPTIONS": ""},
        )
        return done.stdout, done.stderr

    def log(self) -> str:
        """The server's log."""
        folder = Path(self.one("SHOW data_directory")).parent
        return (folder / "log").read_text("utf-8", "replace")


def fill(url: str) -> None:
    """The city made by hand, with somebody who keeps the inventory."""
    database = Database.open(url)
    handmade.fill(database)
    with database.write() as conn:
        conn.exec_driver_sql(
            "INSERT INTO person (id, name, unit_code, telephone, active) VALUES ('gis1', '人员gis1', 'C', '', true)"
        )
        conn.exec_driver_sql("INSERT INTO person_post (person_id, post) VALUES ('gis1', 'gis')")
    database.close()


@contextmanager
def opened(server: postgis.Server, template: str) -> Iterator[Seats]:
    """Such a city for the length of the block; its roles and itself are removed afterwards."""
    url = server.new_database(template)
    fill(url)
    made = initialise(url, Wanted(admin="adm1"))
    seats = Seats(server, url, made)
    try:
        _ask_passwords(seats)
        with seats.owner() as conn:
            for person in STAFF:
                conn.execute("SELECT door.open_account(%s, %s)", (person, f"proof of {person}"))
        yield seats
    finally:
        server.drop(url)
        with psycopg.connect(server.url("postgres"), autocommit=True) as conn:
            query = (
                "SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s) ORDER BY rolname ~ '_p_' DESC"
            )
            for (role,) in conn.execute(query, (made.prepared.roles.prefix + "_",)).fetchall():
                conn.execute(f"DROP OWNED BY {quoted(role)}".encode())
                conn.execute(f"DROP ROLE {quoted(role)}".encode())


def _ask_passwords(seats: Seats) -> None:
    """Let the server ask the city's roles for their passwords, and name roles in its log."""
    path = Path(seats.one("SHOW hba_file"))
    line = f"host {seats.database} all 127.0.0.1/32 scram-sha-256\n"
    trusted = f"host all {postgis.USER} 127.0.0.1/32 trust\n"
    text = path.read_text("utf-8")
    if line not in text:
        path.write_text(trusted + line + text, "utf-8")
    with seats.owner() as conn:
        conn.execute("ALTER SYSTEM SET log_line_prefix = '%m [%p] %q%u@%d '")
        conn.execute("SELECT pg_reload_conf()")
