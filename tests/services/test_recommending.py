"""Recommending a unit: what speaks for it and how strongly, that nobody or two is said plainly, and that the figures are data."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from tests import handmade
from tests.services.conftest import Desk
from workstation.services.recommending import facts as recommending_facts
from workstation.services.recommending.recommending import Reason, Recommendation
from workstation.services.recommending.rules import SettingWrong, problem, switches
from workstation.store import tables


def codes(found: Recommendation) -> dict[str, list[str]]:
    """The reasons of each unit."""
    return {item.unit: [reason.code for reason in item.reasons] for item in found.ranked}


def set_city(desk: Desk, **values: str) -> None:
    """Set settings of the city, the dot written as an underscore."""
    with desk.services.db.write() as conn:
        for key, value in values.items():
            conn.execute(insert(tables.city).values(key=key.replace("_", "."), value=value))


def unit(desk: Desk, code: str, **values: Any) -> None:
    """Change a unit."""
    with desk.services.db.write() as conn:
        conn.execute(update(tables.unit).where(tables.unit.c.code == code).values(**values))
    desk.services.recommending._facts = None


def of(desk: Desk, case_id: str) -> Recommendation:
    """The recommendation for a case."""
    return desk.services.recommending.recommend(desk.services.cases.get(case_id), desk.actor("dis1"))


@pytest.mark.article("TZ-12-DECIDE", "MQ-3-PIPES")
def test_the_owner_of_the_component_is_the_one(desk: Desk) -> None:
    """The component's own unit comes first, each reason with its figures; who answers for it elsewhere is told as that."""
    found = of(desk, desk.filed())
    assert (found.verdict, found.why) == ("one", ())
    assert (
        found.best is not None and found.best.unit == "U1" and found.rank("U2") == 2 and found.rank("W") == 0
    )
    assert codes(found) == {"U1": ["maintainer", "owner", "duty", "area"], "U2": ["duty"]}
    reasons = {reason.code: reason for reason in found.best.reasons}
    assert reasons["owner"].data == {"component": handmade.MANHOLE} and reasons["owner"].weight == 4.0
    assert reasons["duty"].data == {"prefix": "01"} and reasons["area"].data["level"] == "unit"
    assert found.best.score == pytest.approx(sum(reason.weight for reason in found.best.reasons))
    assert [reason.code for reason in found.ranked[1].shortfalls] == ["outside"]


def test_a_unit_that_returned_the_case_is_last(desk: Desk) -> None:
    """After a granted return the suggested unit leads, and the one that returned it is last, with that reason."""
    case_id = desk.dispatched()
    desk.do("rec1", "receive", case_id)
    desk.do("rec1", "ask_return", case_id, request_id="r1", reason="不属我单位", suggested_unit="U2")
    desk.do("dis1", "grant_return", case_id, request_id="r1")
    found = of(desk, case_id)
    assert found.ranked[0].unit == "U2" and codes(found)["U2"][0] == "suggested"
    assert found.ranked[-1].unit == "U1"
    assert found.ranked[-1].shortfalls[0] == Reason("returned", {"times": 1}, -10.0)


@pytest.mark.article("MQ-26-UNCLEAR")
def test_nobody_is_said_with_the_reason(desk: Desk) -> None:
    """No component and nobody there who answers for the class: nobody, and why; the place outside all areas is told so."""
    case = desk.services.cases.get(desk.registered(component="", kind="event", class_code="0101"))
    found = desk.services.recommending.recommend(case)
    assert (found.verdict, found.best) == ("none", None)
    assert found.why == (Reason("no_component"), Reason("outside_areas", {"units": ("U2",)}))
    with desk.services.db.write() as conn:
        conn.execute(tables.unit_duty.delete().where(tables.unit_duty.c.kind == "event"))
    found = desk.services.recommending.recommend(case)
    assert [reason.code for reason in found.why] == ["no_component", "no_duty"] and found.ranked == ()
    with desk.services.db.write() as conn:
        conn.execute(update(tables.component).values(owner_code="X", maintainer_code="", dept_code="C"))
    case = desk.services.cases.get(desk.registered(lon=handmade.EAST + 1.0))
    found = desk.services.recommending.recommend(case)
    assert [reason.code for reason in found.why] == ["no_owner", "outside_areas"]


@pytest.mark.article("TZ-15-DISPUTE")
def test_two_are_said_as_two(desk: Desk) -> None:
    """Two of one kind whose areas overlap there and who answer for the class alike are both named; the load orders them."""
    with desk.services.db.write() as conn:
        conn.execute(insert(tables.unit_duty).values(unit_code="U1", kind="event", class_prefix=""))
    unit(desk, "U1", kind="department")
    east = {"component": "", "kind": "event", "class_code": "0101", "lon": handmade.MIDDLE + 0.001}
    found = of(desk, desk.registered(**east))
    assert found.verdict == "two" and [item.unit for item in found.ranked] == ["U1", "U2"]
    assert found.why == (Reason("overlap", {"units": ("U1", "U2"), "difference": 0.0}),)
    desk.dispatched("U1")
    found = of(desk, desk.registered(**east))
    assert [item.unit for item in found.ranked] == ["U2", "U1"]
    assert found.why[1] == Reason("load", {"units": ("U2", "U1"), "open": (0, 1)})
    unit(desk, "U2", parent="U1")
    assert of(desk, desk.registered(**east)).verdict == "one"


def test_beside_a_line_counts_as_near_it(desk: Desk) -> None:
    """What stands along a line belongs to an area up to 80 m away; a place farther off, or of another class, does not."""
    place = {"component": "", "lat": handmade.SOUTH + 0.001}
    near = desk.registered(**place, class_code="0201", lon=handmade.MIDDLE - 0.0005)
    reasons = {r.code: r for r in next(i for i in of(desk, near).ranked if i.unit == "U2").reasons}
    assert 40 < reasons["beside"].data["metres"] < 50
    far = desk.registered(**place, class_code="0201", lon=handmade.MIDDLE - 0.0015)
    other = desk.registered(**place, class_code="0101", lon=handmade.MIDDLE - 0.0005)
    for case_id in (far, other):
        assert codes(of(desk, case_id))["U2"] == ["duty"]


def test_history_around_the_place(desk: Desk) -> None:
    """Who disposed of such cases around there, and in time, gains by it; what lies longer back says nothing."""
    before = of(desk, desk.filed()).ranked[0].score
    for _ in range(3):
        case_id = desk.dispatched()
        desk.do("rec1", "receive", case_id)
        desk.do("rec1", "feed_back", case_id)
    found = of(desk, desk.filed())
    history = next(reason for reason in found.ranked[0].reasons if reason.code == "history")
    assert (history.data["count"], history.data["decided"], history.data["in_time"]) == (3, 3, 3)
    assert found.ranked[0].score == pytest.approx(before + history.weight) and 0 < history.weight <= 0.5
    desk.do("dis1", "dispatch", case_id := desk.filed(), unit="U1")
    desk.do("rec1", "receive", case_id)
    desk.do("rec1", "ask_return", case_id, request_id="r1", reason="不属我单位", suggested_unit="U2")
    worse = next(r for r in of(desk, desk.filed()).ranked[0].reasons if r.code == "history")
    assert worse.data["returned"] == 1 and worse.weight < history.weight
    desk.clock.instant += timedelta(days=200)
    assert "history" not in codes(of(desk, desk.filed()))["U1"]


def test_the_nearest_crew_is_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The unit's nearest crew on duty is told, straight until the streets are known, then along them; one that rests is not."""
    now = desk.clock()

    def at(key: str, kind: str, lon: float, doing: str = "duty") -> dict[str, Any]:
        return {
            "id": key,
            "kind": kind,
            "name": key,
            "unit": "U1",
            "lon": lon,
            "lat": handmade.SOUTH + 0.001,
            "doing": doing,
        }

    class Place:
        def __init__(self, values: dict[str, Any]) -> None:
            self.__dict__.update(values)

        def silent(self, when: Any) -> bool:
            return bool(when > now + timedelta(hours=1))

    west = handmade.WEST
    places = [
        Place(at("far", "crew", west + 0.006)),
        Place(at("near", "vehicle", west + 0.003)),
        Place(at("rest", "crew", west + 0.001, "rest")),
        Place(at("col", "collector", west + 0.001)),
    ]
    monkeypatch.setattr(desk.services.positions, "mobiles", lambda actor: places)
    case_id = desk.filed()
    found = of(desk, case_id)
    near = next(reason for reason in found.ranked[0].reasons if reason.code == "near")
    assert found.ranked[0].mobile == "near" and near.data["by"] == "straight"
    assert near.data["metres"] == pytest.approx(188, abs=3) and 0 < near.weight < 0.3
    desk.services.streets.get()
    along = next(reason for reason in of(desk, case_id).ranked[0].reasons if reason.code == "near")
    assert along.data["by"] == "street" and along.weight == near.weight
    assert along.data["metres"] == pytest.approx(188 + 2 * 22, abs=4)
    desk.clock.instant += timedelta(hours=2)
    assert of(desk, case_id).ranked[0].mobile == ""


def test_many_at_once_are_what_each_is_alone(desk: Desk) -> None:
    """Asked for together, cases get what they get alone, in their order; inside a district only units below it count."""
    ids = [
        desk.filed(),
        desk.dispatched(),
        desk.registered(component=""),
        desk.filed(lon=handmade.EAST - 0.001),
    ]
    cases = desk.services.cases.get_many(ids)
    actor = desk.actor("dis1")
    recommending = desk.services.recommending
    assert recommending.recommend_many(cases, actor) == [
        recommending.recommend(case, actor) for case in cases
    ]
    assert recommending.recommend(cases[0], actor, inside="D").ranked == ()
    unit(desk, "U2", parent="D")
    assert [item.unit for item in recommending.recommend(cases[3], actor, inside="D").ranked] == ["U2"]


def test_the_figures_are_the_citys(desk: Desk) -> None:
    """Off means nobody is named; other weights change the order; a setting that cannot be read counts as not set."""
    set_city(desk, dispatch_weights='{"weights": {"owner": 1.5}}', dispatch_threshold="9")
    rules = desk.services.recommending.switches().rules
    assert (rules.weights["owner"], rules.weights["maintainer"], rules.threshold) == (1.5, 5.0, 9.0)
    found = of(desk, desk.filed())
    assert next(r.weight for r in found.ranked[0].reasons if r.code == "owner") == 1.5
    set_city(desk, dispatch_recommend="off")
    assert of(desk, desk.filed()) == Recommendation((), "none", (Reason("off"),))
    odd = switches({"dispatch.recommend": "perhaps", "dispatch.weights": "[1]", "dispatch.threshold": "much"})
    assert (odd.recommend, odd.automatic, odd.rules.threshold) == (True, False, 4.0)
    wrong = [
        '{"weights": {"owner": "much"}}',
        '{"weights": {"new": 1}}',
        '{"line": {"classes": [1]}}',
        '{"new": {}}',
        "{",
    ]
    assert all(problem("dispatch.weights", value) for value in wrong)
    assert not problem("dispatch.weights", '{"line": {"classes": ["component:02"]}}')
    with pytest.raises(KeyError):
        problem("dispatch.other", "on")
    assert str(SettingWrong("dispatch.recommend", "x")) == "dispatch.recommend: x"


def test_a_damaged_area_is_none(desk: Desk) -> None:
    """An area that cannot be read keeps nobody from dispatching: the unit has none then, and is told as before."""
    case_id = desk.filed()
    facts = recommending_facts.Facts
    with desk.services.db.read() as conn:
        rows = recommending_facts.raw.all_rows

        def damaged(conn: Any, statement: str, values: Any = ()) -> Any:
            found = rows(conn, statement, values)
            if "FROM unit WHERE active AND kind" in statement:
                found = [(*row[:5], b"\x01\x02" if row[5] is not None else None) for row in found]
            return found

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(recommending_facts.raw, "all_rows", damaged)
            desk.services.recommending._facts = facts.read(conn)
    found = of(desk, case_id)
    assert codes(found) == {"U1": ["maintainer", "owner", "duty"], "U2": ["duty"]} and found.verdict == "one"
