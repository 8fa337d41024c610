"""Taiyuan (太原市, 2007): a city with districts and two platforms. Its articles, shown at a centre under its handbook."""

from __future__ import annotations

import pytest

from tests import handmade
from workstation.services.cases.scope import case_for
from workstation.services.errors import NotFound, Refused
from workstation.services.lists.filter import CaseFilter
from workstation.workflow.case import State

from .town import Town


@pytest.mark.article("TY-1-THREE")
def test_nobody_gets_posts_of_two_hands(taiyuan: Town) -> None:
    """Who supervises can be given another supervising post, but none that disposes or evaluates, and the other way round."""
    people, admin = taiyuan.services.people, taiyuan.actor("adm")
    for who, post in (
        ("op1", "dispatcher"),
        ("dis1", "evaluator"),
        ("eva1", "shift_leader"),
        ("rec1", "operator"),
    ):
        with pytest.raises(Refused) as refused:
            people.grant(who, post, admin)
        assert refused.value.refusal.code == "two_hands"
        assert people.posts_of(who) == [handmade.STAFF[who][0]]
    people.grant("op1", "shift_leader", admin)
    assert people.posts_of("op1") == ["operator", "shift_leader"]
    hands = {post.hand for post in taiyuan.handbook.posts.values()}
    assert {"supervise", "dispose", "evaluate"} <= hands


@pytest.mark.article("TY-4-SOURCES", "TY-4-ACCEPT")
def test_two_families_of_source_are_accepted_in_two_ways(taiyuan: Town) -> None:
    """A patrol's report is judged by the operator; a hotline's or a superior's item is checked on the spot before filing."""
    condition = taiyuan.condition()
    sources = taiyuan.handbook.sources
    assert {"patrol", "hotline", "superior"} <= {source.family for source in sources.values()}
    patrol = taiyuan.do("col1", "report", **taiyuan.report())
    assert patrol.id in taiyuan.waits_for("op1")
    patrol = taiyuan.do("op1", "register", patrol)
    assert patrol.id in taiyuan.waits_for("sl1")
    assert taiyuan.do("sl1", "file", patrol, condition=condition.key).state is State.FILED
    for key in [key for key, source in sources.items() if source.family in ("hotline", "superior")]:
        case = taiyuan.registered(condition, source=key)
        assert case.id in taiyuan.waits_for("op1") and case.id not in taiyuan.waits_for("sl1")
        assert taiyuan.refused("sl1", "file", case, condition=condition.key).code == "check_first"
        taiyuan.do("op1", "send_check", case, to="col1")
        case = taiyuan.do("col1", "checked", case, result="true_report")
        assert taiyuan.do("sl1", "file", case, condition=condition.key).state is State.FILED


@pytest.mark.article("TY-4-FILE")
def test_the_shift_leader_files_by_the_handbook(taiyuan: Town) -> None:
    """Only the shift leader files, only by a condition of the class; the case then waits for the command side."""
    condition = taiyuan.condition()
    other = taiyuan.condition(test=lambda c: c.class_code != condition.class_code)
    case = taiyuan.registered(condition)
    assert taiyuan.refused("op1", "file", case, condition=condition.key).code == "wrong_post"
    assert taiyuan.refused("dis1", "file", case, condition=condition.key).code == "wrong_post"
    assert taiyuan.refused("sl1", "file", case, condition=other.key).code == "condition_unknown"
    case = taiyuan.do("sl1", "file", case, condition=condition.key)
    assert case.id in taiyuan.waits_for("dis1") and case.id not in taiyuan.waits_for("sl1")


@pytest.mark.article("TY-4-OWNER")
def test_who_files_closes(taiyuan: Town) -> None:
    """The shift leader of another body cannot close what this one has filed; a colleague of the same body can."""
    case = taiyuan.verified(taiyuan.fed_back(), "pass")
    assert taiyuan.refused("qsl", "close", case).code == "other_filed"
    assert taiyuan.do("sl2", "close", case).state is State.CLOSED


@pytest.mark.article("TY-3-DISPATCH")
def test_two_platforms_hand_a_case_to_each_other(taiyuan: Town) -> None:
    """Supervision files, command dispatches, supervision has it verified: no post holds both sides of a handing over."""
    book = taiyuan.handbook
    for name, hand in (
        ("file", "supervise"),
        ("dispatch", "dispose"),
        ("send_verify", "supervise"),
        ("close", "supervise"),
    ):
        arrow = book.arrow(name)
        assert arrow is not None and {book.posts[post].hand for post in arrow.posts} == {hand}
    case = taiyuan.filed()
    assert taiyuan.refused("sl1", "dispatch", case, unit="U1").code == "wrong_post"
    case = taiyuan.disposed(taiyuan.sent(case, "U1"))
    assert case.id in taiyuan.waits_for("op1") and case.id not in taiyuan.waits_for("dis1")
    assert taiyuan.refused("dis1", "send_verify", case, to="col1").code == "wrong_post"


@pytest.mark.article("TY-3-EMERGENCYFUND")
def test_solved_first_out_of_the_fund_and_settled_afterwards(taiyuan: Town) -> None:
    """What nobody answers for is done out of the fund, its cost recorded; later somebody is, and the rule is proposed."""
    (fund,) = [b for b in taiyuan.handbook.budgets.values() if "first" in b.ways]
    case = taiyuan.filed()
    case = taiyuan.do("dis1", "first_response", case, unit="CR", budget=fund.key)
    assert (case.state, case.way, case.budget) == (State.DISPATCHED, "first", fund.key)
    case = taiyuan.taken(case)
    assert taiyuan.refused("crew", "feed_back", case, note="已处置").code == "cost_missing"
    case = taiyuan.do("crew", "feed_back", case, note="已处置", cost=860.0, cost_note="水泥两吨")
    assert case.cost == 860.0 and case.costs[0].budget == fund.key
    case = taiyuan.do("sl1", "close", taiyuan.verified(case, "pass"))
    closed_at = case.closed_at
    case = taiyuan.do("dis1", "settle", case, unit="U2", note="属环卫", rule="此类问题由环卫中心负责")
    assert (case.settled_unit, case.state, case.closed_at) == ("U2", State.CLOSED, closed_at)
    assert taiyuan.refused("dis1", "settle", case, unit="U1").code == "nothing_to_settle"
    assert taiyuan.refused("dis1", "settle", taiyuan.dispatched("U1"), unit="U2").code == "nothing_to_settle"
    assert any("环卫中心" in str(proposal) for proposal in taiyuan.services.handbooks.proposals())


@pytest.mark.article("TY-4-LEVELS")
def test_each_level_sees_its_own_part(taiyuan: Town) -> None:
    """The city's centre sees everything, a district what its units have, a unit its own; the collector reports, no more."""
    book = taiyuan.handbook
    levels = {book.posts[post].level for post in ("operator", "district_dispatcher", "receiver", "collector")}
    assert len(levels) == 4 and levels <= set(book.levels)
    district, unit = taiyuan.dispatched("QA"), taiyuan.dispatched("A1")
    elsewhere = taiyuan.dispatched("U2")
    seen = {
        who: {
            row.id
            for row in taiyuan.services.lists.seen_by(taiyuan.actor(who)).page(CaseFilter(open=True)).rows
        }
        for who in ("op1", "qad", "qbd", "a1")
    }
    assert seen["op1"] >= {district.id, unit.id, elsewhere.id}
    assert seen["qad"] == {district.id, unit.id}
    assert seen["a1"] == {unit.id} and seen["qbd"] == set()
    with pytest.raises(NotFound):
        case_for(taiyuan.services, elsewhere.id, taiyuan.actor("qad"))
    assert taiyuan.may("qad", district) >= {"receive"}
    assert taiyuan.refused("qad", "dispatch", taiyuan.filed(), unit="A1").code == "wrong_post"


@pytest.mark.article("TY-3-TERMINALS")
def test_streets_and_communities_have_terminals(taiyuan: Town) -> None:
    """A terminal sees what lies in its division, not what lies elsewhere, and may report; it can move nothing on."""
    here = taiyuan.dispatched("U1")
    assert taiyuan.handbook.posts["street_terminal"].level == "street"
    assert taiyuan.handbook.posts["community_terminal"].level == "community"
    elsewhere = taiyuan.registered(lon=handmade.EAST + 0.5, lat=handmade.NORTH + 0.5, grid="", area_class="")
    for who in ("st", "cm"):
        rows = taiyuan.services.lists.seen_by(taiyuan.actor(who)).page(CaseFilter(open=True)).rows
        assert here.id in {row.id for row in rows} and elsewhere.id not in {row.id for row in rows}
        case = taiyuan.do(who, "report", **taiyuan.report(source="street"))
        assert case.state is State.REPORTED and case.source == "street"
        assert taiyuan.may(who, here) <= {"comment", "report"}


@pytest.mark.article("TY-3-AREAS")
def test_every_grid_has_its_collector(taiyuan: Town) -> None:
    """The grid of a case names the collector who walks it, and only the one who was sent can say what was found."""
    people = taiyuan.services.people
    case = taiyuan.registered(source="hotline_12345")
    walker = people.collector_for(case.grid)
    assert walker is not None and walker.id == "col1"
    other = people.collector_for(handmade.GRID_EAST)
    assert other is not None and other.id == "col2"
    case = taiyuan.do("op1", "send_check", case, to=walker.id)
    assert case.id in taiyuan.waits_for("col1") and case.id not in taiyuan.waits_for("col2")
    assert taiyuan.refused("col2", "checked", case, result="true_report").code == "not_sent_to_you"


@pytest.mark.article("TY-3-HANDBOOK")
def test_the_program_runs_on_the_handbook(taiyuan: Town) -> None:
    """Flow, class standards and units' duties are its data: what it does not have cannot be done, and a case names it."""
    book = taiyuan.handbook
    assert book.arrows and book.posts and book.all_conditions and book.documents
    assert book.title and "太原" in book.title
    case = taiyuan.filed()
    assert case.handbook == book.id
    condition = book.condition(case.condition)
    assert condition is not None and (case.limit, case.closing_standard) == (
        condition.amount,
        condition.closing_standard,
    )
    assert taiyuan.refused("dis1", "hand_to_the_mayor", case).code == "unknown_command"
