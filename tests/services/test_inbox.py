"""Inboxes of the ways around: what waits for a unit's head, a district, an inner unit, a body, the commander."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import update

from tests import handmade
from tests.services.conftest import Clock, Desk
from workstation.services.lists.filter import CaseFilter
from workstation.services.lists.inbox import NOTHING, inbox
from workstation.services.services import Services
from workstation.store import tables
from workstation.store.database import Database
from workstation.workflow.event import Actor
from workstation.workflow.handbook import Handbook


def waits(desk: Desk, case_id: str, book: Handbook | None = None) -> set[str]:
    """For whom of the city the case waits; counting agrees with listing."""
    found = set()
    for person in handmade.STAFF:
        actor = desk.actor(person)
        lists = desk.services.lists.seen_by(actor)
        wanted = inbox(actor, book or desk.services.handbook)
        rows = lists.page(wanted).rows
        assert lists.count(wanted) == len(rows)
        if case_id in {row.id for row in rows}:
            found.add(person)
    return found


@pytest.fixture
def county(store: Database, clock: Clock) -> Iterator[Desk]:
    """The city made by hand under the handbook of Minqing, where the units' heads approve and endorse."""
    handmade.fill(store)
    with store.write() as conn:
        conn.execute(update(tables.city).where(tables.city.c.key == "handbook").values(value="minqing"))
    services = Services(store, now=clock)
    yield Desk(services, clock)
    services.close()


@pytest.mark.article("TZ-10-REDISPATCH")
def test_a_case_goes_down_and_comes_back_up(desk: Desk) -> None:
    """It waits for the district, then for the unit it was sent on to, then for the district again, then for the centre."""
    case_id = desk.dispatched("D")
    assert waits(desk, case_id) == {"dd1"}
    desk.do("dd1", "receive", case_id)
    assert waits(desk, case_id) == {"dd1"}
    desk.do("dd1", "dispatch_inside", case_id, unit="S1", requirement="今日办结")
    assert waits(desk, case_id) == {"recs"}
    desk.do("recs", "receive_inside", case_id)
    assert waits(desk, case_id) == {"recs"}
    desk.do("recs", "feed_back_inside", case_id, note="已更换")
    assert waits(desk, case_id) == {"dd1"}
    desk.do("dd1", "feed_back", case_id, note="已更换")
    assert waits(desk, case_id) == {"op1"}


@pytest.mark.article("MQ-22-RECEIVE")
def test_the_head_approves_what_was_received(county: Desk) -> None:
    """Where the handbook has the head approve, it waits for the head after the receipt, and no longer than until then."""
    case_id = county.filed()
    county.do("dis1", "dispatch", case_id, unit="U1", requirement="补齐井盖")
    assert waits(county, case_id) == {"rec1"}
    county.do("rec1", "receive", case_id)
    assert waits(county, case_id) == {"rec1", "lead1"}
    assert waits(county, case_id, Handbook.national()) == {"rec1"}
    county.do("lead1", "approve_receipt", case_id, note="同意")
    assert waits(county, case_id) == {"rec1"}


@pytest.mark.article("TJA-8-RETURN")
def test_the_head_endorses_before_the_centre_grants(county: Desk) -> None:
    """A request of a kind that the head endorses first waits for the head, then for the dispatcher."""
    case_id = county.filed()
    county.do("dis1", "dispatch", case_id, unit="U1", requirement="补齐井盖")
    county.do("rec1", "receive", case_id)
    county.do("lead1", "approve_receipt", case_id, note="同意")
    county.do("rec1", "ask_extension", case_id, request_id="r1", reason="缺配件", amount=1.0)
    assert waits(county, case_id) == {"rec1", "lead1"}
    county.do("lead1", "endorse_request", case_id, request_id="r1", note="属实")
    assert waits(county, case_id) == {"rec1", "dis1"}


@pytest.mark.article("MQ-26-UNCLEAR")
def test_a_coordination_waits_for_its_body(desk: Desk) -> None:
    """While whose a case is is being coordinated it waits for those who sit in the body, not for its dispatch."""
    case_id = desk.filed()
    assert waits(desk, case_id) == {"dis1"}
    data = {"cause": "unclear", "scope": "across", "reason": "责任不明", "units": ["U1", "U2"]}
    desk.do("dis1", "coordinate", case_id, coordination_id="k1", **data)
    handbook = desk.services.handbook
    for _ in handbook.coordination["across"]:
        body = desk.services.cases.get(case_id).coordinating
        assert body is not None
        seated = {p for p, (post, _) in handmade.STAFF.items() if post in handbook.bodies[body.body].posts}
        assert seated and waits(desk, case_id) == seated
        if body.body != handbook.coordination["across"][-1]:
            desk.do("dis1", "escalate", case_id, coordination_id="k1", note="协调不成")


@pytest.mark.article("TY-3-EMERGENCYFUND")
def test_what_was_disposed_of_first_waits_for_its_responsibility(desk: Desk) -> None:
    """After the disposal, closed or not, the case stays in the dispatcher's inbox until somebody was made responsible."""
    case_id = desk.filed()
    handbook = desk.services.handbook
    plan = next(key for key, plan in handbook.plans.items() if plan.covers("component", "0101"))
    budget = next(key for key, budget in handbook.budgets.items() if "first" in budget.ways)
    desk.do("dis1", "first_response", case_id, unit="W", plan=plan, budget=budget)
    desk.do("recw", "receive", case_id)
    assert waits(desk, case_id) >= {"recw", "dis1"}
    desk.do("dis1", "settle", case_id, unit="U1", note="产权单位")
    assert waits(desk, case_id) == {"recw"}


def test_nothing_waits_for_some(desk: Desk) -> None:
    """Posts that take no case on have an empty inbox, and so have a unit's posts without a unit."""
    handbook = desk.services.handbook
    for post in ("evaluator", "gis", "admin", "street_terminal"):
        assert inbox(Actor("x", "某人", post, "S1"), handbook) == NOTHING
    desk.dispatched("U1")
    lists = desk.services.lists
    assert (
        lists.seen_by(Actor("x", "某人", "receiver", "")).count(
            inbox(Actor("x", "某人", "receiver"), handbook)
        )
        == 0
    )


def test_no_post_is_named_but_by_the_handbook(desk: Desk) -> None:
    """Somebody in a post of another name, to which a city gives the same moves, has the same inbox."""
    handbook = desk.services.handbook
    arrows = tuple(
        replace(a, posts=(*a.posts, "boss")) if "commander" in a.posts else a for a in handbook.arrows
    )
    posts = {**handbook.posts, "boss": replace(handbook.posts["commander"], key="boss")}
    bodies = {
        key: replace(body, posts=(*body.posts, "boss")) if "commander" in body.posts else body
        for key, body in handbook.bodies.items()
    }
    other = replace(handbook, arrows=arrows, posts=posts, bodies=bodies)
    first, second = (inbox(Actor("x", "某人", post, "C"), other) for post in ("commander", "boss"))
    assert first == second != NOTHING
    assert CaseFilter(light="red") in first.any_of or any(part.light == "red" for part in first.any_of)
