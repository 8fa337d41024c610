"""Many seats race to dispatch the same cases: the small race of benchmarks/race.py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from benchmarks import race
from tests import postgis
from workstation.services.services import Services
from workstation.store import audit

SEATS, CASES = 12, 60


@pytest.fixture
def url(postgis_server: postgis.Server, demo_template: str) -> Iterator[str]:
    """The small demo city on the server."""
    made = postgis_server.new_database(demo_template)
    yield made
    postgis_server.drop(made)


@pytest.mark.postgis
def test_each_case_is_dispatched_once_and_every_loser_is_told_by_whom(url: str) -> None:
    """Twelve seats, sixty cases, each seat tries all: one dispatch a case, every command answered, every loser told the
    winner's name, no deadlock, a log without a fault."""
    services = Services.open(url)
    cases = race.filed(services, CASES)
    actors = race.employ(services, SEATS)
    unit = services.people.with_post("receiver")[0].unit
    seats = [Services.open(url) for _ in actors]
    try:
        outcomes = race.in_threads(seats, actors, cases, unit)
        assert race.faults(services, cases, outcomes) == []
        assert race.deadlocks(services) == 0
        assert audit.check(services.db).findings == []
    finally:
        for seat in seats:
            seat.close()
        services.close()
    answers = Counter(what for outcome in outcomes for _, what, _ in outcome.answers)
    assert answers == {"done": CASES, "conflict": (SEATS - 1) * CASES}
    winners = {outcome.seat for outcome in outcomes if any(what == "done" for _, what, _ in outcome.answers)}
    assert len(winners) > 1, "one seat had all: that was no race"


def test_the_judge_of_the_race_sees_what_is_wrong(services: Services) -> None:
    """A winner that was made up, a second winner and a command without an answer are each found."""
    ((case_id, seq),) = race.filed(services, 1)
    (actor, other) = race.employ(services, 2)
    unit = services.people.with_post("receiver")[0].unit

    class Now:
        def wait(self) -> None:
            """No race."""

    won = race.race(services, actor, 0, [(case_id, seq)], unit, Now())
    lost = race.race(services, other, 1, [(case_id, seq)], unit, Now())
    cases = [(case_id, seq)]
    assert race.faults(services, cases, [won, lost]) == []
    assert lost.answers == [(case_id, "conflict", actor.name)]
    lied = race.Outcome(1, [(case_id, "conflict", "某人")])
    assert len(race.faults(services, cases, [won, lied])) == 1
    twice = race.Outcome(1, [(case_id, "done", actor.name)])
    assert len(race.faults(services, cases, [won, twice])) == 1
    assert len(race.faults(services, cases, [won, race.Outcome(1)])) == 1
