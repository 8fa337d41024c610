"""``workstation server init`` makes a database ready, and says why where it cannot."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests import postgis
from tests.server.seats import Seats
from workstation import cli
from workstation.services.server.init import Wanted, initialise
from workstation.store.errors import StoreError
from workstation.store.server.names import KEPT, quoted, roles_of

pytestmark = pytest.mark.postgis


def test_everybody_signs_in_as_a_role_of_their_own(seats: Seats) -> None:
    """With a token each person is who they are, and neither the owner nor trusted."""
    with psycopg.connect(seats.person_url("op1")) as conn:
        query = "SELECT session_user::text, door.me(), door.posts(), door.is_owner(), door.trusted()"
        assert conn.execute(query).fetchone() == (seats.tokens["op1"][0], "op1", ["operator"], False, False)


def test_done_again_it_changes_nothing(seats: Seats) -> None:
    """Roles, passwords and accounts stay; an administrator who can sign in keeps the password."""
    kept = "SELECT md5(string_agg(a::text, '' ORDER BY person_id)) FROM account AS a"
    rights = (
        "SELECT md5(string_agg(relname || coalesce(relacl::text, ''), '' ORDER BY relname)) FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace"
    )
    before = seats.one(kept), seats.one(rights)
    made = initialise(seats.url, Wanted())
    assert (made.password, made.prepared.seat_password, made.prepared.new_city) == ("", "", False)
    assert (seats.one(kept), seats.one(rights)) == before
    assert seats.one("SELECT value FROM city WHERE key = 'name'") == "试验市试验区"


def test_a_new_city_from_the_command_line(
    postgis_server: postgis.Server, capsys: pytest.CaptureFixture[str]
) -> None:
    """A database that is not there is made, with a city, a centre and an administrator, whose password is shown once;
    both can be found."""
    url = postgis_server.url("fresh")
    roles = roles_of("fresh")
    try:
        told = ["server", "init", "--db", url, "--name", "试验市", "--district", "329911"]
        assert cli.main([*told, "--handbook", "nowhere"]) == 1
        assert cli.main(told) == 0
        out = capsys.readouterr().out
        assert f"postgresql://{roles.seat}:" in out and "  admin  " in out
        with psycopg.connect(url) as conn:
            row = conn.execute(
                "SELECT p.name, u.name, a.must_change, a.role FROM account AS a JOIN person AS p"
                " ON p.id = a.person_id JOIN unit AS u ON u.code = p.unit_code"
            ).fetchone()
        assert row == ("系统管理员", "试验市监督指挥中心", True, f"{roles.prefix}_p_admin")
        with psycopg.connect(url) as conn:
            named = conn.execute("SELECT kind, name FROM find_entry ORDER BY kind").fetchall()
        assert named == [("person", "系统管理员"), ("unit", "试验市监督指挥中心")]
        assert cli.main(told) == 0
        assert "  admin  " not in capsys.readouterr().out
    finally:
        postgis_server.drop(url)
        with psycopg.connect(postgis_server.url("postgres"), autocommit=True) as conn:
            for name in (
                f"{roles.prefix}_p_admin",
                roles.keeper,
                roles.seat,
                roles.whole,
                roles.gis,
                roles.person,
                roles.owner,
            ):
                conn.execute(f"DROP ROLE IF EXISTS {quoted(name)}".encode())


def test_it_says_why_it_cannot(seats: Seats, tmp_path: Path) -> None:
    """A file is no server, and a person's role prepares nothing."""
    for url, code in ((str(tmp_path), "not_a_server"), (seats.person_url("adm1"), "not_superuser")):
        with pytest.raises(StoreError) as caught:
            initialise(url, Wanted())
        assert caught.value.code == code


def test_names_fit() -> None:
    """A database with a long name has roles with a short one, another for each."""
    long = "x" * 60
    assert len(roles_of(long).prefix) <= KEPT and roles_of(long) != roles_of(long + "y")
    assert roles_of("town").seat == "city_town_seat"
