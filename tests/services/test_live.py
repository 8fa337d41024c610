"""What others commit is heard of by itself: at once on PostGIS, within a second in a file; once, and after an outage too."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest

from tests import postgis
from tests.services.conftest import Clock, Desk
from workstation.services.services import Changes, Services

SECONDS = 6.0


def wait_until(true: Callable[[], object], seconds: float = SECONDS) -> float:
    """Wait for something that another thread brings; how long it took."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < seconds, "it did not come"
        time.sleep(0.002)
    return time.monotonic() - begun


@pytest.fixture
def other(desk: Desk, store_url: str, clock: Clock) -> Iterator[Services]:
    """Another seat in the same city."""
    opened = Services.open(store_url, now=clock)
    yield opened
    opened.close()


def test_what_another_seat_commits_is_heard_of_once(desk: Desk, other: Services) -> None:
    """A seat that listens is told of each of another's commits once, and of its own as before, once."""
    heard: list[Changes] = []
    other.subscribe(heard.append)
    other.listen()
    other.listen()
    assert sum(thread.name == "listener" for thread in threading.enumerate()) == 1
    case_id = desk.registered()
    wait_until(lambda: heard)
    assert heard[0].cases == {case_id} and heard[0].topics == {"case"} and heard[0].others
    own = Desk(other, desk.clock).registered()
    own_told = [changes for changes in heard if own in changes.cases]
    second = desk.registered()
    wait_until(lambda: any(second in changes.cases for changes in heard))
    assert [changes for changes in heard if own in changes.cases] == own_told and len(own_told) == 1
    assert sum(case_id in changes.cases for changes in heard) == 1
    assert other.poll() is None


def test_an_own_commit_that_is_heard_of_first_is_told_once(desk: Desk, other: Services) -> None:
    """Where the change log is read between a commit and its telling, the commit is not told a second time."""
    heard: list[Changes] = []
    other.listen()
    unsubscribe = other.subscribe(heard.append)
    original = other.told

    def late(done: object, log_ids: object) -> None:
        wait_until(lambda: heard)
        original(done, log_ids)  # type: ignore[arg-type]

    other.told = late  # type: ignore[method-assign,assignment]
    case_id = Desk(other, desk.clock).registered()
    time.sleep(0.1)
    assert [changes.cases for changes in heard] == [frozenset({case_id})]
    unsubscribe()


def test_a_city_of_its_own_is_heard_in_a_storm(desk: Desk, other: Services) -> None:
    """Of a hundred commits none is missed and none told twice, though they are read together."""
    heard: list[Changes] = []
    other.subscribe(heard.append)
    other.listen()
    made = [desk.registered() for _ in range(40)]
    wait_until(lambda: {case for changes in heard for case in changes.cases} >= set(made))
    assert sum(len(changes.cases) for changes in heard) == len(made)


def test_an_idle_file_costs_nothing(desk: Desk, other: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """While nobody commits, a listener on a file reads no table."""
    if other.db.kind != "spatialite":
        pytest.skip("only a file is looked at again and again")
    other.listen()
    hearing = other._listener
    assert hearing is not None
    wait_until(lambda: hearing._version >= 0)  # type: ignore[attr-defined]
    read: list[str] = []
    monkeypatch.setattr(hearing, "_read", lambda statement: read.append(statement) or [])
    hearing.nudge()
    time.sleep(0.1)
    assert read == []
    desk.registered()
    hearing.nudge()
    wait_until(lambda: read)


@pytest.mark.postgis
@pytest.mark.parametrize("store_url", ["postgis"], indirect=True)
class TestServer:
    """On PostGIS."""

    def test_visible_within_milliseconds(self, desk: Desk, other: Services) -> None:
        """From the call to the other seat's hearing of it: far below the fallback of seconds."""
        heard: list[Changes] = []
        other.subscribe(heard.append)
        other.listen()
        desk.registered()
        wait_until(lambda: heard)
        spent = []
        for _ in range(5):
            before = len(heard)
            time.sleep(0.1)
            case_id = desk.registered()
            spent.append(wait_until(lambda: any(case_id in c.cases for c in heard[before:])))  # noqa: B023
        assert sorted(spent)[2] < 0.2

    def test_what_happens_while_the_connection_is_away_is_told_afterwards(
        self, desk: Desk, other: Services, postgis_server: postgis.Server, store_url: str
    ) -> None:
        """The server ends the connection: that is told, a new one is made, and what was committed between is heard of."""
        heard: list[Changes] = []
        state: list[BaseException | None] = []
        other.subscribe(heard.append)
        other.watch(state.append)
        other.listen()
        desk.registered()
        wait_until(lambda: heard)
        refuse = "ALTER DATABASE {} ALLOW_CONNECTIONS {}"
        name = store_url.rsplit("/", 1)[1]
        postgis_server.run(refuse.format(name, "false"))
        postgis_server.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            f" WHERE datname = '{name}' AND application_name = 'workstation listening'"
        )
        wait_until(lambda: state and isinstance(state[-1], psycopg.Error))
        missed = desk.registered()  # its connection was there before
        assert not any(missed in changes.cases for changes in heard)
        postgis_server.run(refuse.format(name, "true"))
        other.look_now()
        wait_until(lambda: any(missed in changes.cases for changes in heard))
        wait_until(lambda: state[-1] is None)
        assert sum(missed in changes.cases for changes in heard) == 1

    def test_what_notifications_say_is_not_read_again(
        self, desk: Desk, other: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """One commit after another is told by the notifications alone; a gap between them has the change log asked."""
        heard: list[Changes] = []
        other.subscribe(heard.append)
        other.listen()
        desk.registered()
        wait_until(lambda: heard)
        hearing = other._listener
        assert hearing is not None
        read: list[str] = []
        original = hearing._read
        monkeypatch.setattr(hearing, "_read", lambda statement: read.append(statement) or original(statement))
        monkeypatch.setattr("workstation.store.listener.FALLBACK_SECONDS", 60.0)
        made = [desk.registered() for _ in range(5)]
        wait_until(lambda: {case for changes in heard for case in changes.cases} >= set(made))
        assert read == []
        with desk.services.db.write() as conn:  # takes a number that nobody is ever told of
            conn.exec_driver_sql("SELECT nextval(pg_get_serial_sequence('change_log', 'id'))")
        after = desk.registered()
        wait_until(lambda: any(after in changes.cases for changes in heard))
        assert len(read) == 1

    def test_a_forged_notification_hides_nothing(
        self, desk: Desk, other: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Anybody who has logged in can send one. Nonsense is let be, and what a false one was taken for is read in the log."""
        monkeypatch.setattr("workstation.store.listener.FALLBACK_SECONDS", 1.5)
        heard: list[Changes] = []
        other.subscribe(heard.append)
        other.listen()
        desk.registered()
        wait_until(lambda: heard)
        number = heard[-1].last_id
        for nonsense in ("", "[", "[1]", '["x", 5]', "[[], {}]", '{"a": 1}', "99999999", "[1e400, [1]]"):
            with desk.services.db.write() as conn:
                conn.exec_driver_sql("SELECT pg_notify('workstation', %s)", (nonsense,))
        time.sleep(0.3)
        false = f'[{number + 1}, ["nobody\'s", "nobody\'s", "nobody\'s"]]'
        with desk.services.db.write() as conn:
            conn.exec_driver_sql("SELECT pg_notify('workstation', %s)", (false,))
        wait_until(lambda: any("nobody's" in changes.cases for changes in heard))
        true = desk.registered()
        wait_until(lambda: any(true in changes.cases for changes in heard))
        time.sleep(1.6)
        last = desk.registered()
        wait_until(lambda: any(last in changes.cases for changes in heard))
        told = [case for changes in heard for case in changes.cases]
        assert told.count(true) == told.count(last) == 1

    def test_a_server_that_says_nothing_more_is_given_up(
        self, desk: Desk, other: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An answer that does not come is waited for no longer than some seconds; then a new connection is tried."""
        monkeypatch.setattr("workstation.store.listener.ANSWER_SECONDS", 0.2)
        state: list[BaseException | None] = []
        other.watch(state.append)
        other.listen()
        hearing = other._listener
        assert hearing is not None
        wait_until(lambda: hearing._conn is not None)  # type: ignore[attr-defined]
        original = type(hearing).since
        monkeypatch.setattr(
            hearing, "since", lambda _number: hearing._read("SELECT 1, pg_sleep(30)::text, ''")
        )
        desk.registered()
        wait_until(lambda: state)
        assert "does not answer" in str(state[0])
        monkeypatch.setattr(hearing, "since", original.__get__(hearing))
        wait_until(lambda: state[-1] is None)
