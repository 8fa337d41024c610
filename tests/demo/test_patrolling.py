"""In a demo city people go on walking: by the time alone, near their grids and streets, in shifts; in no other city."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.demo.conftest import make
from workstation import cli
from workstation.demo.patrolling import SILENT, Patrol, whereabouts
from workstation.services.services import Services
from workstation.store.database import Database

TEN = datetime(2026, 11, 20, 2, 40, tzinfo=UTC)  # 10:40 in China, ten minutes after the story's end


def opened(town: Database, now: list[datetime]) -> Services:
    """The city's services with a clock that the test holds."""
    return Services(town, now=lambda: now[0])


def test_they_are_heard_of_again_and_move(tmp_path: Path) -> None:
    """Ten minutes later nobody has been heard of; fed, almost all are, each told once a step, at places near before."""
    town, now = make(tmp_path / "walk.sqlite"), [TEN]
    try:
        services, other = opened(town, now), opened(town, now)
        with town.read() as conn:
            query = "SELECT mobile_id, at, lon, lat, doing FROM mobile_place ORDER BY mobile_id"
            before = {row[0]: row for row in conn.exec_driver_sql(query)}
        patrol = Patrol(services)
        told = patrol.feed()
        assert told > len(before) / 2 and patrol.feed() == 0
        assert Patrol(other).feed() == 0  # another seat at the same moment has nothing new
        now[0] += timedelta(seconds=60)
        assert patrol.feed() > 0
        with town.read() as conn:
            after = {row[0]: row for row in conn.exec_driver_sql(query)}
        fresh = [key for key, row in after.items() if row[1] > before[key][1]]
        assert len(fresh) > 0.6 * len(after)
        assert all(abs(after[key][2] - before[key][2]) < 0.08 for key in fresh)
        assert any(after[key][2:4] != before[key][2:4] for key in fresh)
        assert {after[key][4] for key in fresh} <= {"duty", "task", "rest", "off"}
    finally:
        town.close()


def test_a_day_has_shifts_tasks_and_a_rest() -> None:
    """Between two instants nobody goes further than the pace; at noon the day's shifts rest; by night few are out."""
    at = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
    done = dict.fromkeys(range(0, 7000, 97), -1.0)
    out: dict[int, Counter[str]] = {}
    for minute in range(0, 16 * 60, 5):
        when = at + timedelta(minutes=minute)
        counted: Counter[str] = Counter()
        for number in done:
            doing, metres, _ = whereabouts(number, 1.0, when)
            counted[doing] += 1
            if when.astimezone(UTC).hour < 16:  # the day's metres, up to midnight in China
                assert done[number] <= metres <= max(done[number], 0.0) + 300.0 + 1e-6 or done[number] < 0
                done[number] = metres
        out[minute] = counted
    assert out[4 * 60 + 20]["rest"] > 0.5 * len(done)  # 12:20
    assert out[2 * 60]["duty"] > out[2 * 60]["task"] > 0 and out[2 * 60]["off"] < 0.5 * len(done)
    assert out[15 * 60 + 30]["off"] > 0.7 * len(done)  # 23:30
    assert SILENT > 1


def test_no_other_city_is_fed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A city that is no demo gets no made-up positions, whoever asks; the command says so, and feeds a demo city."""
    town = make(tmp_path / "real.sqlite", grids=16, components=50, cases=0)
    with town.write() as conn:
        conn.exec_driver_sql("DELETE FROM city WHERE key = 'demo'")
    patrol = Patrol(Services(town))
    assert not patrol.possible()
    with pytest.raises(ValueError, match="only a demo city"):
        patrol.feed()
    town.close()
    assert cli.main(["demo", "patrol", "--db", str(tmp_path / "real.sqlite")]) == 1
    assert "no demo city" in capsys.readouterr().err
    assert cli.main(["demo", "patrol", "--db", str(tmp_path / "none.sqlite")]) == 1
    make(tmp_path / "demo.sqlite", grids=16, components=50, cases=0).close()
    assert cli.main(["demo", "patrol", "--db", str(tmp_path / "demo.sqlite"), "--minutes", "0"]) == 0
    assert "points told" in capsys.readouterr().out
