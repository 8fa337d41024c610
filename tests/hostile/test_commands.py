"""Commands of any JSON, in any state, in any post: done, or refused by name; the city is as sound afterwards as before."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import handmade
from tests.services.conftest import Clock, Desk
from workstation.services.errors import Conflict, NotFound, Refused
from workstation.services.services import Services
from workstation.store.audit import verify_log
from workstation.store.database import Database
from workstation.workflow.event import Command
from workstation.workflow.handbook import Handbook

FLOW = Handbook.named("national").arrows
FIELDS = sorted({spec.name for arrow in FLOW for spec in arrow.fields} | {"code", "into", "nonsense"})
DEEP: Any = "x"
for _ in range(400):
    DEEP = [DEEP]
ODD = (
    *("", " ", "a\x00b", "\ud800", "'; DROP TABLE cases; --", "0" * 64, "0001-01-01T00:00:00+14:00"),
    *("9999-12-31T23:59:59-14:00", "x" * 100_000, "０１０１", "C", "U1", "op1", "component", "collector"),
    *(None, True, False, 0, -1, 10**400, 2**63, 1e308, math.inf, -math.inf, math.nan, 114.3, 30.5),
    *([], {}, [[]], [None], ["a", "a"], ["a"] * 64, [{"sha256": "0" * 64}], [{"sha256": ["0"] * 64}], DEEP),
    *([{"sha256": "0" * 64, "name": "\ud800"}], [{"sha256": "0" * 64, "role": []}], {"a": {"b": []}}),
)
VALUES = st.one_of(
    st.sampled_from(ODD),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
        max_leaves=6,
    ),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, list[str]]]:
    """The city made by hand, with cases in several states."""
    database = Database.create(str(tmp_path_factory.mktemp("hostile") / "city.sqlite"))
    handmade.fill(database)
    services = Services(database, now=(clock := Clock()))
    made = Desk(services, clock)
    yield made, [made.registered(), made.filed(), made.dispatched(), made.verifying()]
    services.close()


def test_any_command_is_done_or_refused(desk: tuple[Desk, list[str]]) -> None:
    """On a city in a file: nothing but Refused, NotFound and Conflict comes out of any data whatever."""
    city, cases = desk

    @settings(
        max_examples=150,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
    )
    @given(
        st.sampled_from(FLOW),
        st.sampled_from([*cases, "new", "\ud800", "x" * 5000]),
        st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=6),
        st.sampled_from([None, 0, 1, -1, 2**70]),
        st.booleans(),
    )
    def check(arrow: Any, case_id: str, data: dict[str, Any], seq: int | None, good: bool) -> None:
        person = next((who for who, (post, _) in handmade.STAFF.items() if post in arrow.posts), "op1")
        base = {"kind": "component", "class_code": "0101", "source": "collector", "description": "d"}
        base |= {"address": "a", "lon": handmade.WEST + 0.001, "lat": handmade.SOUTH + 0.001}
        names = {spec.name for spec in arrow.fields}
        filled = {name: value for name, value in base.items() if good and name in names}
        command = Command(arrow.name, case_id, city.services.cases.new_command_id(), {**filled, **data}, seq)
        before = _count(city.services.db)
        try:
            city.services.cases.execute(command, city.actor(person))
        except (Refused, NotFound, Conflict):
            assert _count(city.services.db) == before

    check()
    with city.services.db.read() as conn:
        assert verify_log(conn).clean


def _count(database: Database) -> int:
    with database.read() as conn:
        return int(conn.exec_driver_sql("SELECT count(*) FROM case_event").scalar() or 0)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("lon", 10**400),
        ("photos", [{"sha256": "0" * 64, "name": "\ud800"}]),
        ("photos", [{"sha256": ["0"] * 64}]),
        ("reporter", "\ud800"),
        ("reporter", "a\x00b"),
    ],
    ids=["huge", "photo_name", "photo_digest", "half_a_sign", "zero"],
)
def test_what_was_not_refused_by_name_once(desk: tuple[Desk, list[str]], name: str, value: Any) -> None:
    """A number beyond every float, a name that no store keeps, a digest that is a list, a reporter nobody can write down."""
    with pytest.raises(Refused) as caught:
        desk[0].registered(**{name: value})
    assert (caught.value.refusal.code, caught.value.refusal.data["field"]) == ("field_wrong", name)


SENT = (
    *("", "null", "1", "[]", "{}", "[1]", "[{}]", "[[]]", '"x"', "[null]", "[" * 50_000, '[{"name":1}]'),
    *('{"a":' * 50_000, "NaN", "[NaN]", "1e999999", "[" + "9" * 5000 + "]", "\x01", "'", "--", "\\"),
    '[{"name":"register","case_id":"c","id":"i","data":[]}]',
    '[{"name":"register","case_id":"c","id":"i","data":{"lon":1e400}}]',
    '[{"name":"register","case_id":"c\\u0000","id":"i"}]',
    '[{"name":"register","case_id":"c","id":"i","data":{"description":"a\\u0000b","kind":"component"}}]',
    '[{"name":"register","case_id":"c","id":"i","data":{"reporter":"\\ud800"}}]',
    '[{"name":"register","case_id":"c","id":"i","expected_seq":99999999999999999999}]',
    '[{"name":"merge","case_id":"c","id":"i","data":{"into":"\\u0000"}}]',
    '[{"name":"merge","case_id":"c","id":"i","data":{"into":{"a":[]}}}]',
    json.dumps(
        [{"name": "register", "case_id": "c", "id": "i", "data": {"photos": [{"sha256": ["0"] * 64}]}}]
    ),
    json.dumps([{"name": "register", "case_id": "c", "id": "i", "data": {"description": "x" * 2_000_000}}]),
    json.dumps([{"name": "register", "case_id": "c", "id": f"i{n}"} for n in range(2000)]),
)


@pytest.mark.postgis
def test_the_door_takes_any_json(postgis_server: Any, empty_template: str) -> None:
    """On the server, as one who holds a post: an answer that refuses or a plain error of SQL; the session goes on and
    nothing is written."""
    from tests.server import seats as made

    with made.opened(postgis_server, empty_template) as seats:
        seats.sign_in("op1")
        ask = "SELECT door.perform(%s::jsonb, %s, %s, %s::jsonb)::text"
        with psycopg.connect(seats.person_url("op1"), autocommit=True) as conn:
            for text in SENT:
                for post, mode, options in (
                    ("operator", "together", "{}"),
                    ("operator", "each", "[]"),
                    ("operator", "each", '{"actor":[]}'),
                    ("system", "together", "{}"),
                    ("", "", "null"),
                ):
                    try:
                        row = conn.execute(ask.encode(), (text, post, mode, options)).fetchone()
                    except psycopg.Error as error:
                        assert error.sqlstate and "Traceback" not in str(error), text[:60]
                        continue
                    assert row is not None and not _was_done(row[0]), text[:60]
            answer = conn.execute("SELECT door.me()").fetchone()
            assert answer is not None and answer[0] == "op1"
        assert seats.one("SELECT count(*) FROM case_event") == 0
        assert seats.one("SELECT count(*) FROM personal") == 0


def _was_done(answer: str) -> bool:
    return bool(json.loads(answer).get("done"))
