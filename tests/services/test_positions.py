"""Where people are: kept as terminals say it, told at most once a second, seen by those who send and by nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from tests.services.conftest import Clock, Desk
from workstation.services.services import Services
from workstation.services.spatial import positions as module
from workstation.services.spatial.positions import SETTING, Report, TooMany
from workstation.store import tables


@pytest.fixture
def out(desk: Desk) -> Desk:
    """A collector and the crews of two units."""
    rows = [
        ("M-col1", "collector", "采集一", "C", "col1"),
        ("M-U1", "crew", "一处处置组", "U1", ""),
        ("M-U2", "vehicle", "二处巡查车", "U2", ""),
    ]
    with desk.services.db.write() as conn:
        conn.execute(
            insert(tables.mobile),
            [
                {"id": r[0], "kind": r[1], "name": r[2], "unit_code": r[3], "person_id": r[4], "active": True}
                for r in rows
            ],
        )
    return desk


def report(desk: Desk, mobile: str, minutes: float = 0, lon: float = 118.5, doing: str = "duty") -> int:
    at = desk.clock.instant + timedelta(minutes=minutes)
    return desk.services.positions.report([Report(mobile, at, lon, 32.5, 4.0, 90.0, doing)])


def seen(services: Services, desk: Desk, person: str) -> set[str]:
    return {place.id for place in services.positions.mobiles(desk.actor(person))}


def test_the_newest_place_and_the_track(out: Desk) -> None:
    positions, dispatcher = out.services.positions, out.actor("dis1")
    assert report(out, "M-col1", -3, 118.50) == 1
    assert report(out, "M-col1", -1, 118.51, "task") == 1
    assert report(out, "M-col1", -2, 118.59, "rest") == 1  # came late: of the track only
    assert report(out, "M-col1", -2, 118.77) == 0  # again: nothing new
    assert report(out, "nobody") == 0
    (place,) = positions.mobiles(dispatcher)
    assert (place.lon, place.doing, place.kind, place.person) == (118.51, "task", "collector", "col1")
    assert not place.silent(out.clock.instant)
    assert place.silent(out.clock.instant + timedelta(minutes=10))
    begin = out.clock.instant - timedelta(hours=1)
    track = positions.tracks(["M-col1", "M-U1"], begin, out.clock.instant, dispatcher)
    assert list(track) == ["M-col1"]
    assert track["M-col1"].lon.tolist() == [118.50, 118.59, 118.51]
    assert (track["M-col1"].at[1] - track["M-col1"].at[0]) == pytest.approx(60.0)
    assert positions.tracks([], begin, out.clock.instant, dispatcher) == {}
    first, last = positions.days("M-col1", dispatcher) or (None, None)
    assert last is not None and first is not None and last - first == timedelta(minutes=2)
    assert positions.days("M-U1", dispatcher) is None


def test_who_sees_whom(out: Desk) -> None:
    for mobile in ("M-col1", "M-U1", "M-U2"):
        report(out, mobile)
    services = out.services
    everybody = {"M-col1", "M-U1", "M-U2"}
    assert seen(services, out, "dis1") == everybody
    assert seen(services, out, "op1") == everybody  # sends for checks
    assert seen(services, out, "rec1") == {"M-U1"}
    assert seen(services, out, "eva1") == set()  # sees every case, sends nobody
    assert seen(services, out, "col1") == {"M-col1"}
    assert seen(services, out, "col2") == set()
    positions = services.positions
    since, until = out.clock.instant - timedelta(hours=1), out.clock.instant + timedelta(hours=1)
    assert set(positions.tracks(everybody, since, until, out.actor("rec1"))) == {"M-U1"}
    assert positions.days("M-U2", out.actor("rec1")) is None
    assert [m.id for m in positions.register(out.actor("rec1"))] == ["M-U1"]


def test_cases_in_hand(out: Desk) -> None:
    out.dispatched("U1")
    out.verifying()
    found = out.services.positions.in_hand(out.actor("dis1"))
    assert found == {"M-col1": 1, "M-U1": 1}


def test_told_at_most_once_a_second_and_in_one_line(out: Desk) -> None:
    told: list[frozenset[str]] = []
    out.services.subscribe(lambda changes: told.append(changes.topics))
    for _ in range(5):
        out.clock.forward(0.3 / 60)
        report(out, "M-U1")
    assert told == [frozenset({"position"})] * 2  # at 0.3 and at 1.5 seconds
    with out.services.db.read() as conn:
        lines = conn.exec_driver_sql("SELECT count(*) FROM change_log WHERE topic = 'position'").scalar()
    assert lines == 1


def test_tracks_are_erased_after_their_term(out: Desk, clock: Clock) -> None:
    positions = out.services.positions
    report(out, "M-U1", -60 * 24 * 9)
    report(out, "M-U2", -5)
    assert positions.keep_days() == 30
    assert positions.erase_due() == 0
    with out.services.db.write() as conn:
        conn.execute(insert(tables.city), [{"key": SETTING, "value": "7"}])
    assert positions.erase_due() == 0  # looked less than an hour ago
    clock.forward(61)
    assert positions.keep_days() == 7
    assert positions.erase_due() == 1
    assert seen(out.services, out, "dis1") == {"M-U2"}
    with out.services.db.write() as conn:
        conn.execute(update(tables.city).where(tables.city.c.key == SETTING).values(value="many"))
    assert positions.keep_days() == 30


def test_more_than_is_read_at_once(out: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_POINTS", 2)
    for minute in range(3):
        report(out, "M-U1", -minute)
    since = out.clock.instant - timedelta(hours=1)
    with pytest.raises(TooMany):
        out.services.positions.tracks(
            ["M-U1"], since, out.clock.instant + timedelta(hours=1), out.actor("dis1")
        )
