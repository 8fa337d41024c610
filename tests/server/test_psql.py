"""With a token and plain psql, whoever sits in any post tries what it should not: all of it is refused, and told of."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests import handmade
from tests.server.seats import STAFF, Seats
from workstation.store.server.grants import ACCESS, KEEPER_OWNS, PERSON_CALLS, SEAT_CALLS
from workstation.store.tables import metadata
from workstation.workflow.handbook import Handbook

pytestmark = pytest.mark.postgis

# One person for each post.
POSTS = {post: person for person, (post, _) in reversed(STAFF.items())}
INVENTORY = frozenset(
    {
        "component",
        "grid",
        "division",
        "road",
        "building",
        "water",
        "green",
        "find_entry",
        "unit_duty",
        "collector_grid",
    }
)
CASE = {
    **{"kind": "component", "class_code": "0101", "source": "collector", "description": "井盖缺失"},
    **{"address": "南门大街1号", "lon": handmade.WEST + 0.001, "lat": handmade.SOUTH + 0.001},
    **{"grid": handmade.GRID_WEST, "area_class": "core", "component": handmade.MANHOLE},
    **{"reporter": "刘晓明", "reporter_phone": "13812345678"},
}
NOW = "2026-11-20T02:00:00.000000Z"


def test_every_post_is_tried() -> None:
    """There is somebody for every post of the handbook but the program's own."""
    posts = {post.key for post in Handbook.national().posts.values() if post.level != "system"}
    assert set(POSTS) == posts


def test_every_table_and_function_is_decided_on(seats: Seats) -> None:
    """No table and no function of the door is open because nobody thought of it."""
    assert set(ACCESS) == set(metadata.tables) | {"alembic_version"}
    listed = "SELECT array_agg(DISTINCT proname::text) FROM pg_proc WHERE pronamespace = 'door'::regnamespace"
    there = set(seats.one(listed))
    assert set(PERSON_CALLS) | set(SEAT_CALLS) | set(KEEPER_OWNS) <= there
    person, seat = seats.tokens["op1"][0], seats.made.prepared.roles.seat
    callable_by = (
        "SELECT array_agg(DISTINCT proname::text) FROM pg_proc WHERE pronamespace = 'door'::regnamespace"
        " AND has_function_privilege(%s, oid, 'EXECUTE')"
    )
    assert set(seats.one(callable_by, person)) == set(PERSON_CALLS)
    assert set(seats.one(callable_by, seat)) == set(SEAT_CALLS)
    runs_as_superuser = (
        "SELECT count(*) FROM pg_proc AS p JOIN pg_roles AS r ON r.oid = p.proowner"
        " WHERE p.pronamespace = 'door'::regnamespace AND r.rolsuper"
    )
    assert seats.one(runs_as_superuser) == 0


def writes(seats: Seats, every: bool) -> list[str]:
    """A statement of each kind on every table, which no post's own work is; of ``every`` column and what
    takes an owner, or less."""
    found = []
    for name, access in ACCESS.items():
        table = f"public.{name}"
        columns = seats.one(
            "SELECT array_agg(quote_ident(column_name) ORDER BY ordinal_position)"
            " FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s",
            name,
        )
        found += [f"TRUNCATE {table}", f"COPY {table} FROM PROGRAM 'echo'"]
        if every:
            found += [
                f"ALTER TABLE {table} DISABLE TRIGGER ALL",
                f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
                f"DROP TABLE {table}",
                f"CREATE INDEX ON {table} ({columns[0]})",
                f"CREATE TRIGGER x BEFORE INSERT ON {table} FOR EACH ROW"
                " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
                f"GRANT ALL ON {table} TO PUBLIC",
            ]
        if not access.read:
            found += [f"SELECT * FROM {table} LIMIT 1", f"COPY {table} TO STDOUT"]
        if name in INVENTORY:
            continue
        if not access.insert:
            found.append(f"INSERT INTO {table} DEFAULT VALUES")
        if not access.delete:
            found.append(f"DELETE FROM {table}")
        if every and not access.delete:
            found += [f"BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE; ROLLBACK"]
        shut = [c for c in columns if c not in access.update]
        found += [f"UPDATE {table} SET {c} = {c}" for c in (shut if every else shut[:1])]
    return found


def always(seats: Seats, person: str) -> list[str]:
    """What nobody may, whatever the post."""
    role, roles = seats.tokens[person][0], seats.made.prepared.roles
    other = seats.tokens["eva1" if person != "eva1" else "op1"][0]
    return [
        "CREATE TABLE public.mine (a int)",
        "CREATE TABLE door.mine (a int)",
        "CREATE TEMP TABLE mine (a int)",
        "CREATE SCHEMA mine",
        "CREATE EXTENSION dblink",
        "CREATE EXTENSION plperl",
        "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "DO $$ BEGIN RAISE NOTICE 'x'; END $$",
        "DO LANGUAGE plpython3u $$ import os $$",
        "CREATE OR REPLACE FUNCTION door.me() RETURNS text LANGUAGE sql AS 'SELECT ''adm1'''",
        f"ALTER FUNCTION door.me() OWNER TO {role}",
        f"SET ROLE {roles.owner}",
        f"SET ROLE {roles.keeper}",
        f"SET ROLE {other}",
        f"SET SESSION AUTHORIZATION {other}",
        "SET session_replication_role = replica",
        "SET log_min_error_statement = panic",
        "SET log_min_messages = panic",
        f"ALTER ROLE {role} SUPERUSER",
        f"ALTER ROLE {role} CREATEROLE",
        f"ALTER ROLE {role} BYPASSRLS",
        f"ALTER ROLE {role} VALID UNTIL 'infinity'",
        f"ALTER ROLE {other} PASSWORD 'x'",
        f"GRANT {roles.owner} TO {role}",
        f"GRANT {roles.whole} TO {role}",
        f"GRANT {other} TO {role}",
        "CREATE ROLE mine LOGIN",
        f"DROP ROLE {other}",
        "ALTER SYSTEM SET fsync = off",
        f"ALTER DATABASE {seats.database} SET row_security = off",
        f"DROP DATABASE {seats.database}",
        "SELECT body FROM door.program",
        "UPDATE door.program SET body = ''",
        "SELECT * FROM door.keeping",
        "SELECT salt, verifier FROM account",
        "SELECT detail FROM account_event",
        "SELECT rolpassword FROM pg_authid",
        "SELECT pg_read_file('postgresql.conf')",
        "SELECT pg_ls_dir('.')",
        "COPY (SELECT 1) TO '/tmp/x'",
        "COPY (SELECT 1) TO PROGRAM 'cat'",
        "SELECT lo_create(1)",
        "SELECT lo_from_bytea(0, 'x')",
        "SELECT lo_import('/etc/passwd')",
        "SELECT pg_advisory_lock(1667856505)",
        "SELECT pg_reload_conf()",
        "SELECT pg_rotate_logfile()",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> current_user AND pid IS NOT NULL",
        "SELECT setval('change_log_id_seq', 1)",
        "SELECT nextval('change_log_id_seq')",
        "SET row_security = off; SELECT count(*) FROM seat_session",
        "SELECT door.tell('case', '{a}')",
        "SELECT door.note_attempt('a', 'b', 'c', 'd')",
        "SELECT door.role_make('op1')",
        "SELECT door.role_token('op1', 'x', NULL)",
        "SELECT door.role_whole('rec1', true)",
        "SELECT door.follow('op1')",
        "SELECT door.keep_personal('{}', 'x')",
        "SELECT door.rekey_personal()",
        "SELECT door.keep_rights('', '', '', '', '{}')",
        "SELECT pg_catalog.lo_unlink(1)",
        "INSERT INTO city (key, value) VALUES ('sign_in', 'open')",
        "UPDATE city SET value = 'open' WHERE key = 'sign_in'",
        "DELETE FROM city WHERE key = 'sign_in'",
        "INSERT INTO photo (sha256, mime, width, height, size, content, thumbnail) VALUES ('x', 'a', 1, 1, 1, 'a', 'b')",
        "INSERT INTO shift_handover (id, post, from_person, to_person, at, summary, note) VALUES"
        f" ('x', 'operator', '{'op1' if person != 'op1' else 'sl1'}', '', '{NOW}', '{{}}', '')",
        "INSERT INTO operation_event (operation_id, seq, at, kind, unit, actor, actor_name, post, data) VALUES"
        f" ('o1', 1, '{NOW}', 'order', '', 'com1', 'x', 'commander', '{{}}')",
        "INSERT INTO unit_contact (unit_code, role, since, name, telephone, changed_by) VALUES"
        f" ('U2', 'head', '{NOW}', 'x', '1', '{'op1' if person != 'op1' else 'sl1'}')",
        "INSERT INTO calendar_edition (id, name, text, registered_at, by, note) VALUES"
        f" ('x', 'x', '', '{NOW}', '{'op1' if person != 'op1' else 'sl1'}', '')",
        "INSERT INTO handbook_edition (id, city, edition, registered_at, content, status, author, approver, approved_at,"
        f" valid_from) VALUES ('x', 'national', '9', '{NOW}', '{{}}', 'approved', '', '{person}', '{NOW}', '2099-01-01')",
        "INSERT INTO evidence_file (sha256, case_id, seq, made_at, made_by, size, content) VALUES"
        f" ('x', 'x', 1, '{NOW}', '{person}', 1, 'a')",
    ]


def answered(seats: Seats, person: str, post: str, case: str) -> list[tuple[str, str]]:
    """Questions to the door that are answered with a refusal, and its code."""
    other = "eva1" if person != "eva1" else "op1"

    def perform(name: str, post: str = post, options: dict[str, Any] | None = None, **data: Any) -> str:
        command = {"name": name, "case_id": case, "id": f"{person}/{name}/{len(found)}", "data": data}
        said = json.dumps(options or {})
        return f"door.perform('{json.dumps([command])}', '{post}', 'together', '{said}')"

    found: list[tuple[str, str]] = []
    handbook = Handbook.national()
    # The case is registered: what begins elsewhere is not possible, whoever asks.
    found.append((perform("close"), ""))
    found.append((perform("receive"), ""))
    found.append((perform("nonsense"), ""))
    found += [
        (perform("file", other_post, None, condition="component/0101/3"), "not_your_post")
        for other_post in sorted(handbook.posts)
        if other_post != post and handbook.posts[other_post].level != "system"
    ]
    if post not in handbook.arrow("file").posts:  # type: ignore[union-attr]
        found.append((perform("file", kind="component", class_code="0101", condition="component/0101/3"), ""))
    found.append((perform("file", options={"actor": {"person": other}}), ""))
    found.append((perform("close", options={"now": NOW}), ""))
    found.append((perform("resume", "system"), ""))
    found += [
        (f"door.{call}", "oneself" if post == "admin" else "not_your_accounts")
        for call in (f"close_account('{person}')", f"open_account('{person}', 'x')", f"unlock('{person}')")
    ]
    found.append(("door.end_session('x')", "no_such_session"))
    if post != "admin":
        found += [
            (f"door.{call}", "not_your_accounts")
            for call in (f"close_account('{other}')", f"open_account('{other}', 'x')", f"unlock('{other}')")
        ]
        found.append(("door.accounts()", "not_your_accounts"))
        found.append((f"door.account_history('{other}')", "not_your_accounts"))
    return found


@pytest.fixture(scope="module")
def case(seats: Seats) -> str:
    """A registered case, with somebody who reported it."""
    command = [{"name": "register", "case_id": "case-of-psql", "id": "register-psql", "data": CASE}]
    script = f"SELECT door.perform('{json.dumps(command, ensure_ascii=False)}', 'operator');\n"
    out, err = seats.psql(seats.person_url("op1"), script)
    assert '"done"' in out, out + err
    with seats.owner() as conn:
        conn.execute(
            "INSERT INTO operation (id, title, kind, plan, note, opened_at, opened_by) VALUES"
            " ('o1', 'x', 'weather', '', '', %s, 'com1')",
            (NOW,),
        )
    return "case-of-psql"


# Giving away what one has not to give is answered with a warning.
REFUSED = re.compile(r"ERROR:|WARNING:  no privileges were granted")
CONTENTS = "SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM public.{} AS t"


@pytest.mark.article("TY-1-THREE")
def test_nobody_does_more_than_their_post(seats: Seats, case: str) -> None:
    """As each post, every table, every internal function and every trick with roles is tried: errors, every one, that the
    server's log tells with the role's name; questions to the door are answered with refusals, of which there is a record.
    Nothing has changed afterwards."""
    tables = [name for name in ACCESS if name not in ("attempt", "account_event", "alembic_version")]
    before = {name: seats.one(CONTENTS.format(name)) for name in tables}
    for post, person in POSTS.items():
        role = seats.tokens[person][0]
        # Every person has the same rights on the tables themselves: each column, and what takes an owner, is tried by two.
        tried = always(seats, person) + writes(seats, every=post in ("admin", "receiver"))
        script = "".join(f"\\warn ## {n}\n{statement};\n" for n, statement in enumerate(tried))
        told = len(seats.log())
        _, err = seats.psql(seats.person_url(person), script)
        parts = re.split(r"^## (\d+)$", err, flags=re.MULTILINE)[1:]
        errors = {int(n): text for n, text in zip(parts[::2], parts[1::2], strict=True)}
        passed = [tried[n] for n in range(len(tried)) if not REFUSED.search(errors.get(n, ""))]
        assert passed == [], (post, passed)
        log = seats.log()[told:]
        told_of = re.findall(rf" {role}@{seats.database} (?:ERROR|WARNING):", log)
        assert len(told_of) >= len(tried), post

        asked = answered(seats, person, post, case)
        noted = seats.one("SELECT count(*) FROM attempt WHERE person_id = %s", person)
        script = "".join(f"SELECT coalesce({call}::jsonb, '{{}}');\n" for call, _ in asked)
        out, err = seats.psql(seats.person_url(person), script)
        assert not err, (post, err)
        answers = [json.loads(line) for line in out.splitlines()]
        for (call, code), answer in zip(asked, answers, strict=True):
            assert not {"done", "session"} & set(answer), (post, call, answer)
            refused = answer.get("refused") or answer.get("not_found")
            assert refused and code in ("", refused["code"]), (post, call, answer)
        assert seats.one("SELECT count(*) FROM attempt WHERE person_id = %s", person) == noted + len(asked), (
            post
        )
    assert {name: seats.one(CONTENTS.format(name)) for name in tables} == before


def test_who_keeps_the_inventory_and_who_does_not(seats: Seats) -> None:
    """Components are changed by who keeps them and by nobody else."""
    moved = f"UPDATE component SET note = 'x' WHERE code = '{handmade.MANHOLE}'"
    for person in ("op1", "rec1", "adm1"):
        assert "wrong_post" in seats.psql(seats.person_url(person), moved + ";\n")[1]
    assert seats.psql(seats.person_url("gis1"), moved + ";\n")[1] == ""
    assert seats.one("SELECT note FROM component WHERE code = %s", handmade.MANHOLE) == "x"


@pytest.mark.article("TZ-5-PRIVACY")
def test_no_role_reads_who_reported(seats: Seats, case: str) -> None:
    """Neither name nor telephone is anywhere that a person's role may read."""
    for post, person in POSTS.items():
        script = "".join(
            f"SELECT t::text FROM public.{name} AS t;\n"
            for name, access in ACCESS.items()
            if access.read and not access.columns
        )
        out, err = seats.psql(seats.person_url(person), script)
        assert not err, (post, err)
        assert "刘晓明" not in out and "13812345678" not in out, post
        assert ("case-of-psql" in out) or post not in ("operator", "evaluator", "collector")


def test_a_seat_may_only_ask_to_be_let_in(seats: Seats) -> None:
    """The role of seats reads no table and calls nothing but the functions for signing in."""
    tried = [f"SELECT 1 FROM public.{name}" for name in ACCESS] + [
        *("SELECT door.me()", "SELECT door.accounts()", "SELECT door.perform('[]', 'operator')"),
        *("CREATE TEMP TABLE x (a int)", "SELECT door.tell('unit', '{a}')"),
    ]
    _, err = seats.psql(seats.seat_url, "".join(f"{statement};\n" for statement in tried))
    assert err.count("ERROR") == len(tried)
    out, err = seats.psql(seats.seat_url, "SELECT door.sign_in_salt('nobody') ->> 'salt' <> '';\n")
    assert (out.strip(), err) == ("t", "")
