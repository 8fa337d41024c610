"""Editions of the handbook: drafted by some, approved by others, in force from their day; cases keep what they have."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DatabaseError

from tests.services.conftest import Clock, Desk
from workstation.services.errors import NotFound, Refused
from workstation.services.rules.handbook_texts import with_cell, with_value
from workstation.services.rules.handbooks import Draft, EditionInfo, next_edition
from workstation.services.services import Services
from workstation.store.database import Database
from workstation.store.tables import person_post
from workstation.workflow.event import Actor
from workstation.workflow.handbook import Handbook

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 20)
BODY = "试验市城市管理委员会"

one_store = pytest.mark.parametrize("store_url", ["spatialite"], indirect=True)
"""For what does not depend on the store: who may, in which order, what is refused."""


@pytest.fixture
def writer(desk: Desk) -> Actor:
    """Who writes: the shift leader, by the handbook."""
    return desk.actor("sl1")


@pytest.fixture
def boss(desk: Desk) -> Actor:
    """Who approves: the commander, by the handbook."""
    return desk.actor("com1")


def shorter(texts: Mapping[str, str]) -> dict[str, str]:
    """The condition of the desk's cases gets another limit: 7 working days."""
    return with_cell(texts, "conditions.csv", "component/0101/3", "amount", "7")


def submitted(town: Services, by: Actor) -> Draft:
    """A draft with that limit, handed in."""
    draft = town.handbooks.draft("", by, "缩短时限")
    draft = town.handbooks.save(draft.id, shorter(draft.texts), by, draft.seen)
    town.handbooks.submit(draft.id, by)
    return town.handbooks.open(draft.id)


def approved(town: Services, writer: Actor, boss: Actor, day: date = TODAY) -> EditionInfo:
    """An edition with that limit, approved."""
    return town.handbooks.approve(submitted(town, writer).id, BODY, day, boss)


def limit(handbook: Handbook) -> float:
    """The limit of the desk's cases."""
    condition = handbook.condition("component/0101/3")
    assert condition is not None
    return condition.amount


def refused(caught: pytest.ExceptionInfo[Refused]) -> str:
    """The code of the refusal."""
    return caught.value.refusal.code


@pytest.mark.article("TJA-3-APPROVED")
def test_an_edition_holds_once_approved_and_reached(desk: Desk, writer: Actor, boss: Actor) -> None:
    """Drafted and handed in, it changes nothing; approved for today, it holds at once, with approver and day in it."""
    town = desk.services
    shipped = town.handbook
    draft = submitted(town, writer)
    assert town.handbook.id == shipped.id and limit(town.handbook) == 2
    made = town.handbooks.approve(draft.id, BODY, TODAY, boss)
    assert (made.status, made.author, made.approver, made.valid_from) == ("approved", "sl1", "com1", TODAY)
    assert made.holds and made.id == town.handbook.id and made.base == shipped.id
    assert limit(town.handbook) == 7
    assert (town.handbook.approver, town.handbook.valid_from) == (BODY, "2026-11-20")
    assert [info.id for info in town.handbooks.history() if info.holds] == [made.id]


@one_store
@pytest.mark.article("TJA-3-APPROVED")
def test_who_wrote_it_does_not_approve_it(desk: Desk, store: Database, writer: Actor) -> None:
    """An author who may approve others' editions may not approve this one, nor may somebody who only saved in it."""
    town = desk.services
    with store.write() as conn:
        conn.execute(
            insert(person_post),
            [{"person_id": "sl1", "post": "commander"}, {"person_id": "com1", "post": "admin"}],
        )
    draft = submitted(town, writer)
    with pytest.raises(Refused) as caught:
        town.handbooks.approve(draft.id, BODY, TODAY, Actor("sl1", "人员sl1", "commander", "C"))
    assert refused(caught) == "edition_author"
    town.handbooks.save(draft.id, draft.texts, Actor("com1", "人员com1", "admin", "C"), draft.seen)
    town.handbooks.submit(draft.id, writer)
    with pytest.raises(Refused) as caught:
        town.handbooks.approve(draft.id, BODY, TODAY, Actor("com1", "人员com1", "commander", "C"))
    assert refused(caught) == "edition_author"
    assert limit(town.handbook) == 2


@pytest.mark.parametrize(
    ("who", "may"), [("op1", (False, False)), ("sl1", (True, False)), ("com1", (False, True))]
)
@one_store
def test_who_may_is_the_handbooks(desk: Desk, writer: Actor, who: str, may: tuple[bool, bool]) -> None:
    """Posts that the handbook does not name neither write nor approve; an actor without the post does nothing."""
    town, actor = desk.services, desk.actor(who)
    assert (town.handbooks.may_edit(actor), town.handbooks.may_approve(actor)) == may
    draft = submitted(town, writer)
    if not may[0]:
        for attempt in (
            lambda: town.handbooks.draft("", actor),
            lambda: town.handbooks.save(draft.id, draft.texts, actor, draft.seen),
            lambda: town.handbooks.discard(draft.id, actor),
        ):
            with pytest.raises(Refused) as caught:
                attempt()
            assert refused(caught) == "edition_not_yours"
    if not may[1]:
        with pytest.raises(Refused) as caught:
            town.handbooks.approve(draft.id, BODY, TODAY, actor)
        assert refused(caught) == "edition_not_yours"
    with pytest.raises(Refused) as caught:
        town.handbooks.draft("", Actor("op1", "x", "shift_leader", "C"))
    assert refused(caught) == "not_your_post"


@pytest.mark.article("TJA-3-APPROVED")
def test_it_turns_with_the_day(desk: Desk, clock: Clock, writer: Actor, boss: Actor) -> None:
    """Approved for tomorrow, it holds from midnight in Shanghai on, also at a seat that was open all the time."""
    town = desk.services
    other = Services(town.db, now=clock)
    approved(town, writer, boss, date(2026, 11, 21))
    assert other.poll() is not None and limit(other.handbook) == 2
    clock.instant = datetime(2026, 11, 20, 23, 59, 59, tzinfo=ZONE)
    assert limit(town.handbook) == limit(other.handbook) == 2 and other.poll() is None
    clock.instant = datetime(2026, 11, 21, tzinfo=ZONE)
    assert limit(town.handbook) == limit(other.handbook) == 7
    changes = other.poll()
    assert changes is not None and changes.topics == {"handbook"} and other.poll() is None


def test_another_seat_switches_when_it_hears_of_it(
    desk: Desk, clock: Clock, writer: Actor, boss: Actor
) -> None:
    """Approved here for today, it holds at the other seat with its next look; here everybody was told at once."""
    town = desk.services
    other = Services(town.db, now=clock)
    told: list[Any] = []
    town.subscribe(told.append)
    approved(town, writer, boss)
    assert "handbook" in told[-1].topics
    changes = other.poll()
    assert changes is not None and "handbook" in changes.topics
    assert limit(other.handbook) == 7 and town.poll() is None
    assert limit(Services(town.db, now=clock).handbook) == 7


@pytest.mark.article("TY-3-HANDBOOK")
def test_filed_cases_keep_their_edition(desk: Desk, clock: Clock, writer: Actor, boss: Actor) -> None:
    """A case filed before goes on under what it was filed under, for life; one that was not filed takes the new."""
    town = desk.services
    filed, open_ = desk.filed(), desk.registered()
    before = town.handbook
    approved(town, writer, boss)
    for services in (town, Services(town.db, now=clock)):
        assert services.handbook_of(services.cases.get(filed)).id == before.id
        assert services.handbook_of(services.cases.get(open_)).id == services.handbook.id
    desk.do("sl1", "file", open_, kind="component", class_code="0101", condition="component/0101/3")
    assert (town.cases.get(filed).limit, town.cases.get(open_).limit) == (2, 7)
    assert town.cases.get(open_).handbook == town.handbook.id
    desk.do("dis1", "dispatch", filed, unit="U1")
    run = town.cases.get(filed).clock("dispose")
    assert run is not None and run.amount == 2


def test_an_approved_edition_is_never_changed(
    desk: Desk, store: Database, writer: Actor, boss: Actor
) -> None:
    """Not through the services, and not with SQL either."""
    town = desk.services
    made = approved(town, writer, boss)
    for attempt in (
        lambda: town.handbooks.save(made.id, {}, writer, ""),
        lambda: town.handbooks.discard(made.id, writer),
        lambda: town.handbooks.approve(made.id, BODY, TODAY, boss),
    ):
        with pytest.raises(Refused) as caught:
            attempt()
        assert refused(caught) == "edition_closed"
    for statement in (
        "UPDATE handbook_edition SET content = '{}' WHERE id = :id",
        "DELETE FROM handbook_edition WHERE id = :id",
    ):
        with pytest.raises(DatabaseError), store.write() as conn:
            conn.execute(text(statement), {"id": made.id})


@one_store
def test_what_cannot_be_approved(desk: Desk, writer: Actor, boss: Actor) -> None:
    """Not before it is handed in, not for a day that is over, not faulty, not under a name that is used."""
    town = desk.services
    draft = town.handbooks.draft("", writer)

    def no(day: date = TODAY) -> str:
        with pytest.raises(Refused) as caught:
            town.handbooks.approve(draft.id, BODY, day, boss)
        return refused(caught)

    assert no() == "edition_not_submitted"
    broken = {**draft.texts, "flow.toml": draft.texts["flow.toml"] + "\n[[arrow]\n"}
    draft = town.handbooks.save(draft.id, broken, writer, draft.seen)
    with pytest.raises(Refused) as caught:
        town.handbooks.submit(draft.id, writer)
    assert refused(caught) == "edition_faulty"
    assert caught.value.refusal.data["file"] == "flow.toml"
    named = with_value(town.handbook.texts, "handbook.toml", ("edition",), town.handbook.edition)
    draft = town.handbooks.save(draft.id, named, writer, draft.seen)
    town.handbooks.submit(draft.id, writer)
    assert no(date(2026, 11, 19)) == "edition_past"
    assert no() == "edition_used"
    foreign = with_value(named, "handbook.toml", ("city",), "elsewhere")
    draft = town.handbooks.save(draft.id, foreign, writer, town.handbooks.open(draft.id).seen)
    with pytest.raises(Refused) as caught:
        town.handbooks.submit(draft.id, writer)
    assert refused(caught) == "edition_other_city"


def test_nobody_overwrites_what_they_have_not_seen(desk: Desk, writer: Actor) -> None:
    """Two who work on one draft: the second to save is told, and nothing of the first is lost."""
    town = desk.services
    draft = town.handbooks.draft("", writer)
    town.handbooks.save(draft.id, shorter(draft.texts), writer, draft.seen)
    with pytest.raises(Refused) as caught:
        town.handbooks.save(draft.id, draft.texts, writer, draft.seen)
    assert refused(caught) == "draft_changed"
    assert limit(town.handbooks.get(draft.id)) == 7


@one_store
def test_sent_back_and_thrown_away(desk: Desk, writer: Actor, boss: Actor) -> None:
    """What is not approved goes back with a word why; a draft can be thrown away; the shipped edition goes on."""
    town = desk.services
    draft = submitted(town, writer)
    back = town.handbooks.send_back(draft.id, boss, "时限过长")
    assert (back.status, back.note) == ("draft", "时限过长")
    town.handbooks.discard(draft.id, writer)
    with pytest.raises(NotFound):
        town.handbooks.open(draft.id)
    assert [(info.status, info.holds) for info in town.handbooks.history()] == [("shipped", True)]


@one_store
def test_a_new_edition_is_numbered_on(desk: Desk, writer: Actor, boss: Actor) -> None:
    """Drafts get the next number that is free; a second edition replaces the first, which stays in the history."""
    town = desk.services
    assert next_edition("2026.1", {"2026.2"}) == "2026.3"
    assert next_edition("试行", set()) == "试行.2"
    first = approved(town, writer, boss)
    draft = town.handbooks.draft(first.id, writer)
    assert draft.info.edition == next_edition(first.edition, ())
    town.handbooks.submit(draft.id, writer)
    second = town.handbooks.approve(draft.id, BODY, TODAY, boss)
    assert [info.edition for info in town.handbooks.history() if info.status == "approved"].count(
        first.edition
    ) == 1
    assert town.handbook.id == second.id and town.handbooks.get(first.id).edition == first.edition


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "line_of"),
    [
        ("clocks.toml", 'unit = "work_hours"', 'unit = "hours"', "unknown_unit", 'unit = "hours"'),
        ("posts.toml", 'hand = "supervise"', "hand = supervise", "not_toml", "hand = supervise"),
        ("conditions.csv", ",urgent_hours,", ",bald,", "unknown_unit", ",bald,"),
    ],
)
def test_errors_are_told_with_their_place(file: str, old: str, new: str, code: str, line_of: str) -> None:
    """File, line, key and advice of what is wrong; nothing where nothing is."""
    texts = dict(Handbook.national().texts)
    assert not problems(texts)
    broken = {**texts, file: texts[file].replace(old, new, 1)}
    (problem,) = problems(broken)
    assert (problem.code, problem.file) == (code, file) and problem.advice
    assert line_of in broken[file].splitlines()[problem.line - 1]


def problems(texts: Mapping[str, str]) -> list[Any]:
    from workstation.services.rules.handbooks import Handbooks

    return Handbooks.check(texts)


@one_store
def test_differences_in_words(desk: Desk, writer: Actor) -> None:
    """A changed limit, rule, post and label: part, key, what it was and what it is, in the handbook's words."""
    town = desk.services
    draft = town.handbooks.draft("", writer)
    texts = shorter(draft.texts)
    texts = with_value(texts, "clocks.toml", ("clock", "file", "amount"), 2)
    texts = with_value(texts, "handbook.toml", ("rules", "filers_close", "on"), False)
    texts = with_value(texts, "posts.toml", ("operator", "label"), "接线员")
    found = town.handbooks.compare(town.handbook, Handbook.from_texts(texts))
    told = {(d.part, d.key, d.field): (d.before, d.after) for d in found}
    hours, days = town.handbook.label("units", "work_hours"), town.handbook.label("units", "work_days")
    assert told["conditions", "component/0101/3", "limit"] == (f"2 {days}", f"7 {days}")
    assert told["clocks", "file", "limit"] == (f"0.75 {hours}", f"2 {hours}")
    assert told["rules", "filers_close", "value"] == ("true", "false")
    assert told["posts", "operator", "label"] == ("受理员", "接线员")
    assert ("head", "edition", "value") in told
    assert not town.handbooks.compare(town.handbook, town.handbook)


# ---- what cases teach --------------------------------------------------------------------------------------------------


@pytest.mark.article("TY-3-EMERGENCYFUND")
def test_a_settled_case_proposes_its_rule(desk: Desk, writer: Actor, boss: Actor) -> None:
    """Solved first out of the fund, responsibility settled later: the rule is proposed, drafted, approved, in force."""
    town = desk.services
    case_id = desk.filed()
    desk.do("dis1", "first_response", case_id, unit="U2", plan="", budget="emergency", requirement="先行排险")
    desk.do("dis1", "settle", case_id, unit="U1", note="权属查明", rule="无主供水井盖由供水公司负责")
    (proposal,) = town.handbooks.proposals()
    case = town.cases.get(case_id)
    assert (proposal.rule, proposal.case_code, proposal.unit) == (
        "无主供水井盖由供水公司负责",
        case.code,
        "U1",
    )
    assert not proposal.taken
    draft = town.handbooks.draft("", writer)
    texts = town.handbooks.with_proposal(draft.texts, proposal)
    assert town.handbooks.with_proposal(texts, proposal) == texts
    draft = town.handbooks.save(draft.id, texts, writer, draft.seen)
    town.handbooks.submit(draft.id, writer)
    town.handbooks.approve(draft.id, BODY, TODAY, boss)
    (rule,) = town.handbook.responsibilities
    assert (rule.text, rule.unit, rule.case) == (proposal.rule, "U1", case.code)
    assert rule.covers("component", "0101") and town.handbooks.proposals()[0].taken
    found = town.recommending.recommend(town.cases.get(desk.filed()))
    suggested = {item.unit: {reason.code for reason in item.reasons} for item in found.ranked}
    assert "rule" in suggested["U1"] and "rule" not in suggested["U2"]


def test_a_fresh_city_has_the_shipped_one(desk: Desk, store: Database) -> None:
    """Nothing in the database: what the city names holds, and that is what the history shows."""
    (info,) = desk.services.handbooks.history()
    assert (info.status, info.holds, info.id) == ("shipped", True, Handbook.national().id)
    assert desk.services.handbooks.in_force().id == info.id
    case = desk.services.cases.get(desk.filed())
    kept = [i for i in desk.services.handbooks.history() if i.status == "kept"]
    assert [(i.id, i.holds) for i in kept] == [(case.handbook, True)]
