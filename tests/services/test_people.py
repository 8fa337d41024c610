"""People: three hands of which nobody holds two, certificates, stops, areas, and the contacts of units with their history."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from tests import handmade
from tests.services.conftest import Desk
from tests.services.test_together import refused
from workstation.services.centre.contacts import ROLES
from workstation.services.errors import NotFound, Refused
from workstation.services.services import Services
from workstation.store import tables
from workstation.store.database import Database

REPORT = {
    "kind": "component", "class_code": "0101", "source": "collector", "description": "井盖缺失", "address": "南门大街",
    "lon": handmade.WEST + 0.001, "lat": handmade.SOUTH + 0.001,
}  # fmt: skip


@pytest.mark.article("TY-1-THREE")
def test_nobody_gets_posts_of_two_hands(desk: Desk) -> None:
    """An operator may become shift leader as well, but neither dispatcher nor evaluator; posts of no hand are free."""
    people, admin = desk.services.people, desk.actor("adm1")
    people.grant("op1", "shift_leader", admin)
    people.grant("op1", "gis", admin)
    for post in ("dispatcher", "evaluator", "receiver"):
        with pytest.raises(Refused) as caught:
            people.grant("op1", post, admin)
        assert caught.value.refusal.code == "two_hands"
    assert people.posts_of("op1") == ["gis", "operator", "shift_leader"]
    people.revoke("op1", "operator", admin)
    people.revoke("op1", "shift_leader", admin)
    people.grant("op1", "evaluator", admin)
    assert [(c.kind, c.detail, c.by) for c in people.changes("op1")] == [
        ("grant", "shift_leader", "adm1"),
        ("grant", "gis", "adm1"),
        ("revoke", "operator", "adm1"),
        ("revoke", "shift_leader", "adm1"),
        ("grant", "evaluator", "adm1"),
    ]


def test_who_may_change_people_is_the_handbooks(desk: Desk) -> None:
    """Others are refused, whatever they ask; so are unknown persons and posts, and nothing is kept of it."""
    people, admin = desk.services.people, desk.actor("adm1")
    for person in ("sl1", "com1", "rec1"):
        with pytest.raises(Refused) as caught:
            people.grant("col1", "gis", desk.actor(person))
        assert caught.value.refusal.code == "not_your_staff"
    for post in ("system", "mayor"):
        with pytest.raises(Refused) as caught:
            people.grant("col1", post, admin)
        assert caught.value.refusal.code == "post_unknown"
    with pytest.raises(Refused) as caught:
        people.revoke("col1", "operator", admin)
    assert caught.value.refusal.code == "not_held"
    with pytest.raises(NotFound):
        people.grant("nobody", "gis", admin)
    assert people.changes("col1") == []


@pytest.mark.article("MQ-14-TRAINED")
def test_only_who_is_trained_collects(desk: Desk) -> None:
    """When the certificate has run out the collector is refused, and nobody sends them; renewed, they go on."""
    people, admin, today = desk.services.people, desk.actor("adm1"), date(2026, 11, 20)
    people.set_certified("col1", today, admin)
    desk.do("col1", "report", desk.services.cases.new_case_id(), **REPORT)
    case_id = desk.registered(source="hotline_12319")
    desk.clock.instant += timedelta(days=1)
    assert refused(desk, "col1", "report", desk.services.cases.new_case_id(), **REPORT) == "not_certified"
    assert refused(desk, "op1", "send_check", case_id, to="col1") == "collector_stopped"
    assert people.collector_for(handmade.GRID_WEST) is None
    people.set_certified("col1", today + timedelta(days=365), admin)
    desk.do("op1", "send_check", case_id, to="col1")
    desk.do("col1", "checked", case_id, result="true_report")
    people.set_certified("col1", None, admin)
    assert [c.detail for c in people.changes("col1")] == ["2026-11-20", "2027-11-20", ""]


@pytest.mark.article("MQ-15-QUALITY")
def test_a_collector_in_breach_is_stopped(desk: Desk) -> None:
    """Stopped with a reason, they collect nothing, not even what they were sent for; resumed, they do."""
    people, leader = desk.services.people, desk.actor("sl1")
    case_id = desk.registered(source="hotline_12319")
    desk.do("op1", "send_check", case_id, to="col1")
    with pytest.raises(Refused) as caught:
        people.stop("col1", "  ", leader)
    assert caught.value.refusal.code == "field_missing"
    people.stop("col1", "虚报三次", leader)
    assert refused(desk, "col1", "checked", case_id, result="true_report") == "not_certified"
    (preview,) = desk.services.cases.preview(
        "checked", [case_id], {"result": "true_report"}, desk.actor("col1")
    )
    assert preview.refusal is not None and preview.refusal.code == "not_certified"
    assert next(person for person in people.all() if person.id == "col1").stopped
    people.resume("col1", "重新培训合格", leader)
    desk.do("col1", "checked", case_id, result="true_report")
    assert [(c.kind, c.detail, c.by) for c in people.changes("col1")] == [
        ("stop", "虚报三次", "sl1"),
        ("resume", "重新培训合格", "sl1"),
    ]


@pytest.mark.article("TY-3-AREAS")
def test_the_grid_s_own_collector_is_found(town: Services) -> None:
    """Each collector walks their own grids; of two who walk one grid, the one who may collect is found."""
    with town.db.write() as conn:
        conn.execute(insert(tables.collector_grid), [{"person_id": "col2", "grid_code": handmade.GRID_WEST}])
    west = town.people.collector_for(handmade.GRID_WEST)
    assert west is not None and west.id == "col1"
    town.people.stop("col1", "离岗", town.people.actor("sl1", "shift_leader"))
    west = town.people.collector_for(handmade.GRID_WEST)
    assert west is not None and west.id == "col2"


@pytest.mark.article("MQ-36-CONTACTS")
def test_a_unit_enters_its_contacts(desk: Desk) -> None:
    """Leader, head and receiver are entered by the unit itself; a change keeps what was there, with when and by whom."""
    units, mine = desk.services.units, desk.actor("rec1")
    assert units.contacts("U1") == []
    for role, name in zip(ROLES, ("王局", "李科", "赵办"), strict=True):
        units.set_contact("U1", role, name, "0589-1234567", mine)
    desk.clock.forward(60)
    units.set_contact("U1", "head", "孙科", "0589-7654321", desk.actor("lead1"))
    now = {contact.role: contact for contact in units.contacts("U1")}
    assert [now[role].name for role in ROLES] == ["王局", "孙科", "赵办"]
    assert (now["head"].changed_by, now["leader"].changed_by) == ("lead1", "rec1")
    heads = [contact.name for contact in units.contact_history("U1") if contact.role == "head"]
    assert heads == ["李科", "孙科"]
    info = next(unit for unit in units.all() if unit.code == "U1")
    assert (info.head, info.telephone) == ("孙科", "0589-7654321")
    desk.clock.forward(-600)
    units.set_contact("U1", "head", "周科", "0589-1", mine)
    assert {contact.role: contact.name for contact in units.contacts()}["head"] == "周科"


def test_whose_contacts_one_may_enter(desk: Desk) -> None:
    """One's own unit's and those of the units below it; anybody's for who keeps the register; nobody else's."""
    units = desk.services.units
    for person, unit in (("dd1", "D"), ("dd1", "K1"), ("st1", "S1"), ("adm1", "U2")):
        units.set_contact(unit, "head", "某人", "1", desk.actor(person))
    for person, unit in (("rec1", "U2"), ("st1", "D"), ("sl1", "U1"), ("op1", "C")):
        with pytest.raises(Refused) as caught:
            units.set_contact(unit, "head", "某人", "1", desk.actor(person))
        assert caught.value.refusal.code == "not_your_unit"
    for role, name, telephone, code in (
        ("boss", "某人", "1", "field_wrong"),
        ("head", " ", "1", "field_missing"),
        ("head", "某人", "", "field_missing"),
    ):
        with pytest.raises(Refused) as caught:
            units.set_contact("D", role, name, telephone, desk.actor("dd1"))
        assert caught.value.refusal.code == code
    with pytest.raises(NotFound):
        units.set_contact("nowhere", "head", "某人", "1", desk.actor("adm1"))


def test_other_seats_hear_of_it(store_url: str) -> None:
    """A changed person is told under the topic person, a changed contact under unit: here at once, elsewhere by the poll."""
    database = Database.open(store_url)
    handmade.fill(database)
    here, there = Services(database), Services.open(store_url)
    told: list[frozenset[str]] = []
    here.subscribe(lambda changes: told.append(changes.topics))
    here.people.grant("col1", "gis", here.people.actor("adm1", "admin"))
    here.units.set_contact("U1", "head", "某人", "1", here.people.actor("rec1", "receiver"))
    assert told == [{"person"}, {"unit"}]
    assert here.poll() is None
    heard = there.poll()
    assert heard is not None and heard.topics == {"person", "unit"} and not heard.cases
    here.close()
    there.close()
