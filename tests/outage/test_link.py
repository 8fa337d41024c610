"""The connection: lost and found again, whatever the network does, and no wait without an end."""

from __future__ import annotations

import threading
import time

import pytest
from sqlalchemy import text

from tests.outage.conftest import Seat
from tests.outage.proxy import PASS, REFUSE, SILENT, Proxy
from workstation.services.seat.link import LinkState
from workstation.store import patience
from workstation.store.errors import StoreError

pytestmark = pytest.mark.postgis


@pytest.mark.parametrize("reset", [False, True], ids=["closed", "reset"])
def test_a_cut_is_noticed_and_healed_without_a_restart(seat: Seat, proxy: Proxy, reset: bool) -> None:
    """After a cut the state says trying, then offline, with the reason; when the network is back the seat reads again."""
    told: list[LinkState] = []
    seat.services.link.subscribe(told.append)
    before = seat.services.link.state.as_of
    proxy.mode = REFUSE
    proxy.drop(reset=reset)
    with pytest.raises(StoreError) as caught:
        seat.services.units.all()
    assert caught.value.code == "unreachable"
    assert seat.services.link.state.state == "trying"
    begun = time.monotonic()
    with pytest.raises(StoreError):  # nobody else tries while one does
        seat.services.units.all()
    assert time.monotonic() - begun < 0.05
    seat.wait_for("offline", 6)
    state = seat.services.link.state
    assert state.code == "unreachable"
    assert state.next_try is not None and state.next_try > state.since >= state.as_of >= before
    proxy.mode = PASS
    seat.services.link.try_now()
    assert seat.wait_for("online", 6) < 6
    assert seat.services.units.all()
    assert told[0].state == "trying"
    assert {s.state for s in told} == {"trying", "offline", "online"}
    assert told[-1].state == "online"


def test_a_silent_network_is_noticed_within_ten_seconds(
    seat: Seat, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half open: everything is taken, nothing is answered. The waiting read ends, and the state says so."""
    monkeypatch.setattr(patience, "PROBE_SECONDS", 1.0)
    monkeypatch.setattr(patience, "PATIENCE", 1.0)
    seat.services.units.all()
    proxy.mode = SILENT
    begun = time.monotonic()
    with pytest.raises(StoreError):
        seat.services.units.all()
    assert time.monotonic() - begun < 10.0
    assert not seat.services.link.state.online
    proxy.mode = PASS
    proxy.drop()
    seat.wait_for("online", 10)
    assert seat.services.units.all()


def test_a_lost_answer_is_noticed_while_others_are_answered(
    seat: Seat, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One connection is half open, the server is well: it says that it is not at work for us, and we stop waiting."""
    monkeypatch.setattr(patience, "PATIENCE", 0.5)
    monkeypatch.setattr(patience, "AGAIN", 0.5)
    failed: list[BaseException] = []

    def read() -> None:
        try:
            with seat.services.db.read() as conn:
                conn.execute(text("SELECT pg_sleep(0.4)"))
        except StoreError as error:
            failed.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    time.sleep(0.2)
    proxy.mode = SILENT  # what the server answers now is lost on the way
    time.sleep(0.6)
    with proxy._lock:
        stale = list(proxy._pairs)
    proxy.mode = PASS
    for _, server in stale:  # the pump would go on with the answer: take it away from it
        server.setblocking(False)
        try:
            server.recv(65536)
        except OSError:
            continue
    thread.join(8)
    assert not thread.is_alive()


def test_a_long_reading_is_left_alone(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server is at work: waiting longer than the patience is no failure."""
    monkeypatch.setattr(patience, "PATIENCE", 0.2)
    monkeypatch.setattr(patience, "AGAIN", 0.2)
    with seat.services.db.read() as conn:
        assert conn.execute(text("SELECT 7 FROM pg_sleep(1.2)")).scalar() == 7
    assert seat.services.link.state.online


def test_every_wait_of_a_session_has_a_bound(seat: Seat) -> None:
    """Locks, readings, idle transactions and dead peers are bounded on the server as well."""
    with seat.services.db.read() as conn:
        shown = {name: conn.exec_driver_sql(f"SHOW {name}").scalar() for name in patience.READING}
    assert "0" not in shown.values()
    with seat.services.db.write() as conn:
        shown = {name: conn.exec_driver_sql(f"SHOW {name}").scalar() for name in patience.SESSION}
    assert "0" not in shown.values()


def test_what_others_did_meanwhile_is_told_on_return(
    seat: Seat, proxy: Proxy, city_behind: tuple[str, Proxy]
) -> None:
    """A seat that was away reads the change log from where it was: nothing is missed, nothing told twice."""
    seen: list[str] = []
    seat.services.subscribe(lambda changes: seen.extend(changes.cases))
    seat.services.listen()
    proxy.mode = REFUSE
    proxy.drop()
    seat.wait_for("offline", 10)
    other = Seat(city_behind[0].replace(f":{proxy.port}/", f":{proxy._target}/"))
    case = other.services.cases.execute(other.registration(), other.operator).case
    other.services.close()
    proxy.mode = PASS
    seat.wait(lambda: case.id in seen, 10)
    assert seen.count(case.id) == 1
