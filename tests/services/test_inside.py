"""The door inside the server: it decides what a seat would, believes nobody about who and when, and leaves nothing half done."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests import handmade
from tests.postgis import Server
from workstation.services.cases.cases import Done
from workstation.services.errors import Conflict, NotFound, Refused
from workstation.services.services import Services
from workstation.store import audit
from workstation.store.database import Database
from workstation.workflow.event import Command, format_instant
from workstation.workflow.handbook import Handbook

from .conftest import Clock, Desk

REPORT = {
    "kind": "component",
    "class_code": "0101",
    "source": "collector",
    "description": "井盖缺失",
    "address": "南门大街1号",
    "lon": handmade.WEST + 0.001,
    "lat": handmade.SOUTH + 0.0011,
    "component": handmade.MANHOLE,
}
FILED = {"kind": "component", "class_code": "0101", "condition": "component/0101/3"}
# person, arrow, case, data: a loop, a merger, a division, what is refused, what comes twice, what is late.
SCRIPT: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("op1", "register", "a", REPORT),
    ("op1", "register", "b", {**REPORT, "grid": handmade.GRID_EAST, "area_class": "general"}),
    ("op1", "register", "a", REPORT),
    ("dis1", "file", "a", FILED),
    ("sl1", "file", "a", {**FILED, "condition": "component/0101/99"}),
    ("sl1", "file", "a", FILED),
    ("op1", "merge", "b", {"into": "a", "reason": "同一处"}),
    ("dis1", "dispatch", "a", {"unit": "U1"}),
    ("dis1", "dispatch", "nowhere", {"unit": "U1"}),
    ("rec2", "feed_back", "a", {}),
    ("recs", "receive", "a", {}),
    ("rec1", "receive", "a", {}),
    ("rec1", "ask_extension", "a", {"request_id": "r", "reason": "缺件", "amount": 1.0}),
    ("lead1", "endorse_request", "a", {"request_id": "r", "note": "属实"}),
    ("rec1", "feed_back", "a", {"note": "已更换"}),
    ("op1", "send_verify", "a", {"to": "nobody"}),
    ("op1", "send_verify", "a", {"to": "col1"}),
    ("col1", "verified", "a", {"result": "fail", "note": "松动"}),
    ("sl1", "close", "a", {}),
    ("sl1", "split", "a", {"children": ["c"]}),
)


class Both:
    """The same city on both stores, moved by the same clock."""

    def __init__(self, cities: list[Services], clock: Clock) -> None:
        self.cities = cities
        self.clock = clock

    def do(self, ask: Callable[[Services], Any]) -> list[Any]:
        """What each city answers."""
        self.clock.forward(1)
        return [told(ask, city) for city in self.cities]


def told(ask: Callable[[Services], Any], city: Services) -> Any:
    """What was answered, as something that can be compared."""
    try:
        return plain(ask(city))
    except (Refused, Conflict, NotFound) as error:
        return plain(error)


def plain(answer: Any) -> Any:
    if isinstance(answer, list):
        return [plain(item) for item in answer]
    if isinstance(answer, Refused):
        return "refused", answer.refusal.code, json.loads(json.dumps(dict(answer.refusal.data)))
    if isinstance(answer, NotFound):
        return "not found", answer.code, answer.key
    if isinstance(answer, Conflict):
        return "conflict", answer.events, answer.case
    assert isinstance(answer, Done)
    return answer


@pytest.fixture
def both(tmp_path: Path, postgis_server: Server, empty_template: str) -> Iterator[Both]:
    """The city made by hand, in a file and on the server."""
    clock = Clock()
    url = postgis_server.new_database(empty_template)
    cities = []
    for database in (Database.create(str(tmp_path / "a.sqlite")), Database.open(url)):
        handmade.fill(database)
        cities.append(Services(database, now=clock))
    yield Both(cities, clock)
    for city in cities:
        city.close()
    postgis_server.drop(url)


def actor(city: Services, person: str) -> Any:
    return city.people.actor(person, handmade.STAFF[person][0])


def execute(sent: Command, person: str, city: Services) -> Done:
    return city.cases.execute(sent, actor(city, person))


def test_both_stores_record_the_same(both: Both) -> None:
    """The same commands make the same events, hashes, rows and refusals, whether a seat or the server decides."""
    codes = set()
    for n, (person, name, case_id, data) in enumerate(SCRIPT):
        sent = Command(name, case_id, f"k{n}", data)
        here, there = both.do(partial(execute, sent, person))
        assert here == there, (n, name)
        codes.add(here[1] if isinstance(here, tuple) else "done")
    # It compares something.
    assert {"done", "wrong_post", "wrong_state", "no_case", "not_yours", "collector_unknown"} <= codes
    before = Command("feed_back", "a", "k14", {})
    late = Command("urge", "a", "late", {"reason": "快"}, expected_seq=2)
    batch = [Command("register", f"m{n}", f"m{n}", REPORT) for n in range(3)]
    batch[1] = replace(batch[1], data={**REPORT, "class_code": "9999"})
    for ask in (
        lambda city: city.cases.execute(before, actor(city, "rec1")),
        lambda city: city.cases.execute(replace(before, name="close"), actor(city, "rec1")),
        lambda city: city.cases.execute(late, actor(city, "dis1")),
        lambda city: city.cases.execute(late, actor(city, "recs")),
        lambda city: city.cases.execute_many(batch, actor(city, "op1")),
        lambda city: city.cases.execute_together(
            [replace(c, case_id=c.id + "x", id=c.id + "x") for c in batch], actor(city, "op1")
        ),
        lambda city: city.cases.execute(
            Command("register", "n", "n", {**REPORT, "address": "a\0b"}), actor(city, "op1")
        ),
    ):
        here, there = both.do(ask)
        assert here == there
    # A number that was taken and given back is lost on a server.
    logs = [
        {c: [replace(event, log_id=0) for event in city.cases.history(c)] for c in ("a", "b", "m0", "m2")}
        for city in both.cities
    ]
    assert logs[0] == logs[1]
    assert len(logs[0]["a"]) > 8 and logs[0]["m2"]
    rows = []
    for city in both.cities:
        with city.db.read() as conn:
            assert audit.verify_log(conn).clean
            rows.append(
                [
                    [tuple(map(str, row)) for row in conn.exec_driver_sql(f"SELECT {what} ORDER BY 1")]
                    for what in (
                        "id, code, grid, street, unit, due_key, last_hash, doc FROM cases",
                        "case_id || unit FROM case_unit",
                        "row_number() OVER (ORDER BY id), key, at FROM change_log WHERE topic = 'case'",
                        "day, last FROM case_code",
                    )
                ]
            )
    assert rows[0] == rows[1]


# ---- the city on the server alone --------------------------------------------------------------------------------


@pytest.fixture
def served(postgis_server: Server, empty_template: str) -> Iterator[tuple[Desk, str]]:
    """The desk of the handmade city on the server, and the city's address."""
    clock = Clock()
    url = postgis_server.new_database(empty_template)
    database = Database.open(url)
    handmade.fill(database)
    services = Services(database, now=clock)
    yield Desk(services, clock), url
    services.close()
    postgis_server.drop(url)


@pytest.fixture
def logged_in(served: tuple[Desk, str]) -> Iterator[Callable[[str], psycopg.Connection[Any]]]:
    """Log in as a person of the city, with a role that may do nothing but call the door."""
    _, url = served
    made: list[tuple[str, psycopg.Connection[Any]]] = []
    with psycopg.connect(url, autocommit=True) as owner:

        def login(person: str) -> psycopg.Connection[Any]:
            role = f"p_{person}_{url.rsplit('_', 1)[1]}"
            owner.execute(f"CREATE ROLE {role} LOGIN".encode())
            owner.execute(f"GRANT USAGE ON SCHEMA door TO {role}".encode())
            owner.execute(
                "INSERT INTO account (person_id, role, salt, verifier, failures, must_change, password_at, active,"
                " opened_by, opened_at) VALUES (%s, %s, '', '', 0, false, '', true, '', '')",
                (person, role),
            )
            conn = psycopg.connect(url.replace("tester@", f"{role}@"), autocommit=True)
            made.append((role, conn))
            return conn

        yield login
        for role, conn in made:
            conn.close()
            owner.execute(f"DROP OWNED BY {role}".encode())
            owner.execute(f"DROP ROLE {role}".encode())


def ask(
    conn: psycopg.Connection[Any],
    post: str,
    *commands: dict[str, Any],
    mode: str = "together",
    **options: Any,
) -> dict[str, Any]:
    """Call the door."""
    row = conn.execute(
        "SELECT door.perform(%s::jsonb, %s, %s, %s::jsonb)",
        (json.dumps(commands), post, mode, json.dumps(options)),
    ).fetchone()
    assert row is not None
    answer: dict[str, Any] = row[0]
    return answer


def command(name: str, case_id: str, data: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"name": name, "case_id": case_id, "id": f"{case_id}/{name}", "data": data or {}, **more}


def attempts(desk: Desk) -> list[tuple[str, ...]]:
    with desk.services.db.read() as conn:
        query = "SELECT person_id, post, what, code, detail FROM attempt ORDER BY id"
        return [tuple(row) for row in conn.exec_driver_sql(query)]


@pytest.mark.article("TY-1-THREE")
def test_a_person_is_who_logged_in_and_now_is_now(
    served: tuple[Desk, str], logged_in: Callable[[str], psycopg.Connection[Any]]
) -> None:
    """Name, unit and time of an event are the database's; saying otherwise, or a post not held, is refused and recorded."""
    desk, _ = served
    conn = logged_in("op1")
    done = ask(conn, "operator", command("register", "p", REPORT))["done"][0]
    assert (done["event"]["actor"], done["event"]["actor_name"]) == ("op1", desk.actor("op1").name)
    assert done["event"]["at"] > "2026-11-20T02" and done["case"]["grid"] == handmade.GRID_WEST
    refused = [
        ask(conn, "operator", command("urge", "p"), now="2020-01-01T00:00:00.000000Z"),
        ask(conn, "operator", command("urge", "p"), actor={"person": "sl1"}),
        ask(conn, "shift_leader", command("file", "p", FILED)),
        ask(conn, "operator", command("file", "p", FILED)),
        ask(conn, "operator", command("dispatch", "p", {"unit": "U1"})),
        ask(conn, "system", command("register", "q", REPORT)),
        ask(conn, "operator", command("register", "r", {**REPORT, "clocks": [{"do": "stop"}]})),
        ask(conn, "operator", {"name": "register", "case_id": "r" * 400, "id": "x"}),
        ask(conn, "operator"),
        ask(conn, "operator", command("register", "r", REPORT), mode="all"),
    ]
    codes = [answer["refused"]["code"] for answer in refused]
    assert codes[:6] == [
        "not_trusted",
        "not_trusted",
        "not_your_post",
        "wrong_post",
        "wrong_state",
        "not_your_post",
    ]
    assert codes[7:] == ["unreadable"] * 3
    kept = attempts(desk)
    assert [row[3] for row in kept] == codes
    assert kept[2] == ("op1", "shift_leader", "file", "not_your_post", "case=p")
    assert [event.event.kind for event in desk.services.cases.history("p")] == ["register"]


def test_nobody_learns_of_another_units_case(
    served: tuple[Desk, str], logged_in: Callable[[str], psycopg.Connection[Any]]
) -> None:
    """A receiver of another unit is not shown the case by a conflict, by a command done before, nor by a refusal."""
    desk, _ = served
    case_id = desk.dispatched("U1")
    conn = logged_in("rec2")
    with desk.services.db.read() as read:
        known = read.exec_driver_sql("SELECT command_id FROM case_event WHERE seq = 1").scalar()
    for sent in (
        command("receive", case_id),
        command("receive", case_id, expected_seq=1),
        {**command("register", case_id), "id": known},
        {**command("register", case_id), "id": known, "post": "shift_leader"},
        {**command("recompute", case_id), "post": "system"},
    ):
        answer = ask(conn, sent.get("post", "receiver"), sent)
        # That receivers never register says nothing of the case.
        assert answer == {"not_found": {"code": "not_yours", "key": case_id}} or (
            sent["name"] == "register" and answer["refused"]["code"] in ("wrong_post", "not_your_post")
        )
    assert len(attempts(desk)) == 5


def test_what_is_refused_or_rolled_back_leaves_nothing(served: tuple[Desk, str]) -> None:
    """Codes, cases, events and kept editions of commands that fail together are gone, and so are those of a ROLLBACK."""
    desk, url = served
    case_id = desk.registered()
    tables = ("case_event", "cases", "change_log", "case_code", "handbook_edition")

    def all_rows() -> list[Any]:
        with desk.services.db.read() as conn:
            return [conn.exec_driver_sql(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in tables]

    before = all_rows()
    leader = desk.actor("sl1")
    with pytest.raises(Refused):
        desk.services.cases.execute_together(
            [
                Command("file", case_id, "f", FILED),
                Command("file", case_id, "g", FILED),
            ],
            leader,
        )
    assert all_rows() == before
    said = {"person": "sl1", "name": leader.name, "unit": "C"}
    with psycopg.connect(url) as conn:
        assert ask(conn, "shift_leader", command("file", case_id, FILED), actor=said)["done"]
        assert "refused" in ask(
            conn, "shift_leader", {**command("file", case_id, FILED), "id": "h"}, actor=said
        )
        conn.rollback()
        assert all_rows() == before
        # What the connection remembers of the case is not what was taken back.
        done = ask(conn, "shift_leader", command("file", case_id, FILED), actor=said)["done"][0]
    assert done["event"]["seq"] == 2 and len(desk.services.cases.history(case_id)) == 2


def test_the_clock_does_what_is_due_whoever_asks(
    served: tuple[Desk, str], logged_in: Callable[[str], psycopg.Connection[Any]]
) -> None:
    """A seat may ask for the end of a suspension that has run out; not for one that has not, nor for anything else."""
    desk, _ = served
    desk.clock.instant = datetime.now(UTC) - timedelta(days=3)
    cases = []
    for days in (1, 10):
        case_id = desk.dispatched()
        until = format_instant(desk.clock.instant + timedelta(days=days))
        desk.do("rec1", "ask_suspension", case_id, request_id="r", reason="待料", until=until)
        desk.do("dis1", "grant_suspension", case_id, request_id="r")
        cases.append(case_id)
    over, running = cases
    conn = logged_in("rec1")
    for refused in (
        command("resume", running),
        command("resume", over, {"reason": "快"}),
        command("close", over),
    ):
        assert ask(conn, "system", refused)["refused"]["code"] == "not_your_post"
    done = ask(conn, "system", command("resume", over))
    assert done["done"][0]["event"]["actor"] == "system"
    assert ask(conn, "system", command("resume", over))["done"][0]["log_id"] == 0
    assert len(attempts(desk)) == 3 and desk.services.cases.get(running).suspended


def test_an_edition_that_was_rolled_back_is_not_decided_by(served: tuple[Desk, str]) -> None:
    """The handbook that a connection decides by is the one approved in what it sees: also after a ROLLBACK."""
    desk, url = served
    texts = {**desk.services.handbook.texts}
    texts["handbook.toml"] += "\n# 试行\n"
    handbook = Handbook.from_texts(texts)
    row = (handbook.id, handbook.city, handbook.edition, json.dumps(dict(handbook.texts)))
    insert = (
        "INSERT INTO handbook_edition (id, city, edition, registered_at, content, status, approved_at, valid_from)"
        " VALUES (%s, %s, %s, '2026', %s, 'approved', '2026-01-01T00:00:00.000000Z', '2026-01-01')"
    )
    said = {"person": "sl1", "name": "", "unit": "C"}
    first, second = desk.registered(), desk.registered()
    with psycopg.connect(url) as conn:
        conn.execute(insert, row)
        done = ask(conn, "shift_leader", command("file", first, FILED), actor=said)["done"][0]
        assert done["case"]["handbook"] == handbook.id
        conn.rollback()
        done = ask(conn, "shift_leader", command("file", second, FILED), actor=said)["done"][0]
        assert done["case"]["handbook"] == desk.services.handbook.id != handbook.id
