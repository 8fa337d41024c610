"""Cases as they stood: any moment is what replaying the log makes of it, for whoever may see it, on both stores."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests import handmade
from tests.services.conftest import Clock, Desk
from workstation.services.lists.lists import Marker
from workstation.services.lists.moments import Moments
from workstation.services.services import Services
from workstation.store.database import Database
from workstation.store.log import stored_event
from workstation.store.projection import row as projected
from workstation.store.tables import case_event, cases
from workstation.workflow.apply import apply
from workstation.workflow.case import Case
from workstation.workflow.event import Event, format_instant, parse_instant


@pytest.fixture
def city(city_store: Database) -> Iterator[Services]:
    """The demo city, on both stores."""
    services = Services(city_store)
    yield services
    services.close()


def log_of(services: Services) -> dict[str, list[Event]]:
    """The whole log, by case."""
    found: dict[str, list[Event]] = defaultdict(list)
    with services.db.read() as conn:
        query = select(case_event).order_by(case_event.c.case_id, case_event.c.seq)
        for line in conn.execute(query):
            event = stored_event(tuple(line)).event
            found[event.case_id].append(event)
    return found


def replayed(events: list[Event], instant: datetime) -> Case | None:
    """The case that the events up to the instant make."""
    case = None
    for event in events:
        if event.at > instant:
            break
        case = apply(case, event)
    return case


def plain(marker: Marker) -> dict[str, Any]:
    """A marker in the words of the projection."""
    out = marker._asdict() | {"state": marker.state.value}
    for name in ("clock_yellow_at", "clock_due_at"):
        out[name] = None if out[name] is None else format_instant(out[name])
    return out


def expected(log: dict[str, list[Event]], instant: datetime) -> dict[str, dict[str, Any]]:
    """What the map would have shown, by the long way: applying every event and projecting the case."""
    out = {}
    for case_id, events in log.items():
        case = replayed(events, instant)
        if case is not None and case.open and case.lon is not None and case.lat is not None:
            row = projected(case, "", instant, "")
            out[case_id] = {name: row[name] for name in Marker._fields}
    return out


def test_any_moment_is_what_replaying_the_log_makes_of_it(city: Services) -> None:
    """At random instants of the demo city's weeks, before its first and after its last event, read at once or played to."""
    log = log_of(city)
    actor = city.people.actor(city.people.with_post("operator")[0].id, "operator")
    instants = sorted(event.at for events in log.values() for event in events)
    seen = {event.kind for events in log.values() for event in events}
    assert {"dispatch", "grant_suspension", "grant_extension", "grant_return", "dispose_again"} <= seen
    kept = Moments(city)
    span = kept.span(instants[0], instants[-1], actor)
    rng = random.Random(11)
    chosen = [
        instants[0] - timedelta(days=1),
        *rng.sample(instants, 4),
        instants[-1],
        instants[-1] + timedelta(days=1),
    ]
    for instant in chosen:
        wanted = expected(log, instant)
        assert {m.id: plain(m) for m in kept.at(instant, actor)} == wanted
        if instants[0] <= instant <= instants[-1]:
            assert {m.id: plain(m) for m in span.at(instant)} == wanted
    assert expected(log, instants[-1]), "there is something to show"


def test_steps_back_and_forth_lead_to_the_same_as_a_jump(city: Services) -> None:
    """What :meth:`Span.between` says has changed turns the picture of one instant into that of another, either way."""
    log = log_of(city)
    actor = city.people.actor(city.people.with_post("operator")[0].id, "operator")
    last = max(event.at for events in log.values() for event in events)
    span = Moments(city).span(last - timedelta(days=12), last, actor)
    seconds = int((span.until - span.since).total_seconds())

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.integers(0, seconds), min_size=2, max_size=6))
    def walk(places: list[int]) -> None:
        here = span.since + timedelta(seconds=places[0])
        shown = {marker.id: marker for marker in span.at(here)}
        for place in places[1:]:
            there = span.since + timedelta(seconds=place)
            ids, markers = span.between(here, there)
            shown = {i: m for i, m in shown.items() if i not in ids} | {m.id: m for m in markers}
            here = there
            assert shown == {marker.id: marker for marker in span.at(here)}

    walk()
    assert span.steps and span.steps == tuple(sorted(span.steps, key=lambda step: step.at))
    assert span.next(span.since) == span.steps[0]
    assert span.previous(span.until + timedelta(seconds=1)) == span.steps[-1]
    assert span.next(span.until) is None and span.previous(span.steps[0].at) is None


def test_which_cases_there_were_needs_no_row_of_other_years(city: Services) -> None:
    """A case is there from its report on, in the first half of the city's time and in the second, and nothing but an index is
    read to find which of those that have ended were."""
    actor = city.people.actor(city.people.with_post("operator")[0].id, "operator")
    with city.db.read() as conn:
        rows = conn.execute(
            select(cases.c.id, cases.c.reported_at, cases.c.closed_at).where(cases.c.closed_at.is_not(None))
        ).all()
    low, high = min(row.reported_at for row in rows), max(row.closed_at for row in rows)
    halves = set()
    for row in rows[::7]:
        since = parse_instant(row.reported_at)
        halves.add(since - parse_instant(low) < parse_instant(high) - since)
        ids = set(Moments(city).span(since, since, actor)._histories)
        there = {r.id for r in rows if r.reported_at <= row.reported_at < r.closed_at}
        assert there <= ids and (row.id in ids) == (row.closed_at > row.reported_at)
    assert halves == {True, False}
    if city.db.kind == "spatialite":
        with city.db.read() as conn:
            for index in ("ix_cases_reported_at", "ix_cases_closed_at"):
                query = (
                    f"SELECT id FROM cases INDEXED BY {index} WHERE reported_at <= 'b' AND closed_at > 'a'"
                )
                plan = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
                assert f"USING COVERING INDEX {index}" in plan[0][3]


def test_a_span_grows_by_what_has_changed(desk: Desk, clock: Clock, town: Services) -> None:
    """Reading only the cases that changed makes of a span what reading all of it anew does; for a unit's people, too, from
    whom a case is taken meanwhile."""
    since = clock.instant
    desk.closed()
    moved = desk.dispatched("U1")
    clock.forward(60)
    kept = Moments(town)
    for person in ("op1", "rec1"):
        actor = desk.actor(person)
        span = kept.span(since, clock.instant, actor)
        clock.forward(60)
        if person == "rec1":
            desk.do("dis1", "recall", moved)
        new = desk.dispatched("U2")
        clock.forward(60)
        grown = kept.grow(span, clock.instant, {moved, new}, actor)
        anew = kept.span(since, clock.instant, actor)
        assert grown.steps == anew.steps and grown._histories == anew._histories
        assert grown.until == anew.until > span.until


def test_a_day_is_counted_and_everybody_sees_their_own_part(desk: Desk, clock: Clock, town: Services) -> None:
    """Received, filed, dispatched and closed stand in the part of the day where they happened; a unit sees its own cases."""
    since = clock.instant
    one = desk.closed()
    clock.forward(60)
    two = desk.dispatched("U2")
    until = clock.instant
    kept, operator = Moments(town), desk.actor("op1")
    span = kept.span(since, until, operator)
    assert {name: sum(bars) for name, bars in span.counts(4).items()} == {
        "received": 2,
        "filed": 2,
        "dispatched": 2,
        "closed": 1,
    }
    assert span.counts(2)["received"] == [1, 1] and span.counts(2)["closed"] == [1, 0]
    assert [marker.id for marker in span.at(until)] == [two]
    assert [step.kind for step in kept.between(since, until, operator) if step.case_id == two] == [
        "register",
        "file",
        "dispatch",
    ]
    dispatched = next(step.at for step in span.steps if step.case_id == one and step.counts == "dispatched")
    shown = kept.at(dispatched, desk.actor("rec1"))
    assert [(marker.id, marker.unit) for marker in shown] == [(one, "U1")]
    assert kept.at(dispatched - timedelta(seconds=1), desk.actor("rec1"))[0].unit == "", (
        "before it was theirs"
    )
    assert kept.span(since, until, desk.actor("rec1")).at(until) == [], (
        "the other unit's is not theirs to see"
    )
    with pytest.raises(ValueError, match="span"):
        kept.span(until, since, operator)
    assert handmade.STAFF["rec1"][0] == "receiver"
