"""Commands through the services: the whole loop, sent twice, at the same time, refused, in bulk, previewed."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from tests import handmade
from tests.services.conftest import Desk
from workstation.services.cases.cases import Done
from workstation.services.errors import Conflict, NotFound, Refused
from workstation.services.services import Changes, Services
from workstation.store import audit, log
from workstation.workflow.case import State
from workstation.workflow.event import Command


def test_a_case_goes_round_the_loop(desk: Desk) -> None:
    """From registration to closing, each step is recorded by the person who took it, and the store agrees."""
    case_id = desk.closed()
    case = desk.services.cases.get(case_id)
    assert case.state is State.CLOSED
    kinds = [item.event.kind for item in desk.services.cases.history(case_id)]
    assert kinds == [
        "register",
        "file",
        "dispatch",
        "receive",
        "feed_back",
        "send_verify",
        "verified",
        "close",
    ]
    assert [item.event.seq for item in desk.services.cases.history(case_id)] == list(range(1, 9))


def test_the_case_code_is_district_day_and_number(desk: Desk) -> None:
    """Codes count up within the local day and begin anew on the next."""
    first, second = (desk.services.cases.get(desk.registered()).code for _ in range(2))
    assert (first, second) == ("3299112026112000001", "3299112026112000002")
    desk.clock.forward(24 * 60)
    assert desk.services.cases.get(desk.registered()).code == "3299112026112100001"


def test_a_refused_registration_uses_no_number(desk: Desk) -> None:
    """A registration without its position is refused, and the next one gets the first number."""
    with pytest.raises(Refused) as refused:
        desk.registered(lon=None)
    assert refused.value.refusal.code == "field_missing"
    assert desk.services.cases.get(desk.registered()).code.endswith("00001")


def test_a_command_sent_twice_is_done_once(desk: Desk) -> None:
    """The second answer is the first one, even when the case has moved on in between, and nothing is written."""
    case_id = desk.filed()
    command = Command("dispatch", case_id, "one-click", {"unit": "U1"}, expected_seq=2)
    first = desk.services.cases.execute(command, desk.actor("dis1"))
    desk.do("rec1", "receive", case_id)
    again = desk.services.cases.execute(command, desk.actor("dis1"))
    assert again == first
    assert again.case.state is State.DISPATCHED
    assert len(desk.services.cases.history(case_id)) == 4


def test_a_command_id_cannot_be_used_for_something_else(desk: Desk) -> None:
    """The same id with another wish is refused instead of answered with what it did the first time."""
    case_id = desk.filed()
    desk.services.cases.execute(Command("dispatch", case_id, "x", {"unit": "U1"}), desk.actor("dis1"))
    with pytest.raises(Refused) as refused:
        desk.services.cases.execute(Command("receive", case_id, "x", {}), desk.actor("rec1"))
    assert refused.value.refusal.code == "command_id_used"


def test_a_stale_view_is_a_conflict_that_shows_what_happened(desk: Desk) -> None:
    """A dispatcher who acts on what is no longer so gets the events since, and the case as it is."""
    case_id = desk.filed()
    desk.do("dis1", "dispatch", case_id, unit="U1")
    with pytest.raises(Conflict) as conflict:
        desk.services.cases.execute(
            Command("dispatch", case_id, "late", {"unit": "U2"}, expected_seq=2), desk.actor("dis1")
        )
    assert [item.event.kind for item in conflict.value.events] == ["dispatch"]
    assert conflict.value.case.lead is not None and conflict.value.case.lead.unit == "U1"


def test_two_dispatchers_at_the_same_time(desk: Desk) -> None:
    """Of many who dispatch one case at once exactly one succeeds; the others see a conflict or a refusal."""
    case_id = desk.filed()
    actor = desk.actor("dis1")
    outcomes: list[str] = []
    barrier = threading.Barrier(6)

    def dispatch(number: int) -> None:
        command = Command(
            "dispatch", case_id, f"c{number}", {"unit": "U1"}, expected_seq=2 if number % 2 else None
        )
        barrier.wait()
        try:
            desk.services.cases.execute(command, actor)
            outcomes.append("done")
        except (Conflict, Refused) as error:
            outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=dispatch, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("done") == 1
    assert len(outcomes) == 6
    assert len(desk.services.cases.history(case_id)) == 3


def test_two_seats_take_turns_on_one_case(desk: Desk, store_url: str) -> None:
    """What a seat remembers of a case gives way to what another seat has made of it, and the rows stay the log's."""
    other = Desk(Services.open(store_url, now=desk.clock), desk.clock)
    case_id = desk.registered()
    other.do("sl1", "file", case_id, kind="component", class_code="0101", condition="component/0101/3")
    desk.do("dis1", "dispatch", case_id, unit="U1", cooperating=["U2"])
    other.do("dis1", "recall", case_id)
    desk.do("dis1", "dispatch", case_id, unit="U2")
    other.services.close()
    case = desk.services.cases.get(case_id)
    assert case.seq == 5
    assert case.lead is not None and case.lead.unit == "U2"
    assert not case.cooperating
    assert audit.check(desk.services.db).findings == []


def test_what_was_taken_back_is_not_remembered(desk: Desk) -> None:
    """After a transaction that came to nothing the next command begins with the case as it lies in the database."""
    case_id = desk.filed()
    cases, actor = desk.services.cases, desk.actor("dis1")
    with pytest.raises(ZeroDivisionError), desk.services.db.write() as conn:
        cases._performer.perform(conn, Command("dispatch", case_id, "lost", {"unit": "U2"}), actor)
        raise ZeroDivisionError
    done = desk.do("dis1", "dispatch", case_id, unit="U1")
    assert done.event.seq == 3
    assert done.case.lead is not None and done.case.lead.unit == "U1"
    assert audit.check(desk.services.db).findings == []


def test_two_seats_give_no_code_twice(desk: Desk, store_url: str) -> None:
    """Two seats that register at the same time never give the same case code."""
    other = Desk(Services.open(store_url, now=desk.clock), desk.clock)
    threads = [
        threading.Thread(target=lambda seat=seat: [seat.registered() for _ in range(10)])
        for seat in (desk, other)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    codes = [row.code for row in desk.services.lists.page(desk.services.lists.everything(), None, 100).rows]
    other.services.close()
    assert len(codes) == len(set(codes)) == 20


def test_a_post_that_is_not_held_is_refused(desk: Desk) -> None:
    """Nobody acts in a post, or for a unit, that the city has not given them."""
    case_id = desk.dispatched()
    operator = desk.actor("op1")
    for actor in (
        replace(operator, post="receiver", unit="U1"),
        replace(desk.actor("rec2"), unit="U1"),
        replace(operator, person="nobody"),
    ):
        with pytest.raises(Refused) as refused:
            desk.services.cases.execute(Command("receive", case_id, f"c-{actor.person}-{actor.post}"), actor)
        assert refused.value.refusal.code == "not_your_post"


def test_many_commands_do_not_stop_each_other(desk: Desk) -> None:
    """Of three commands the refused one is answered in its place and the others are done."""
    filed, registered, other = desk.filed(), desk.registered(), desk.filed()
    commands = [
        Command("dispatch", case_id, f"many-{case_id}", {"unit": "U1"})
        for case_id in (filed, registered, other)
    ]
    results = desk.services.cases.execute_many(commands, desk.actor("dis1"))
    assert [type(result) for result in results] == [Done, Refused, Done]
    assert desk.services.cases.get(other).state is State.DISPATCHED
    assert desk.services.cases.get(registered).state is State.REGISTERED


def test_previewing_writes_nothing_and_tells_the_deadline(desk: Desk) -> None:
    """What a dispatch would do: the deadline it would set, or why not; the case stays as it is."""
    filed, registered = desk.filed(), desk.registered()
    before = desk.services.poll()
    good, bad = desk.services.cases.preview(
        "dispatch", [filed, registered], {"unit": "U1"}, desk.actor("dis1")
    )
    assert good.refusal is None and good.clock is not None and good.clock.name == "dispose"
    assert bad.refusal is not None and bad.refusal.code == "wrong_state"
    assert desk.services.cases.get(filed).state is State.FILED
    assert before is None and desk.services.poll() is None
    done = desk.services.cases.execute(Command("dispatch", filed, "real", {"unit": "U1"}), desk.actor("dis1"))
    told = done.case.clock("dispose")
    assert told is not None and told.due_at == good.due_at


def test_several_commands_are_previewed_by_one_reading(desk: Desk) -> None:
    """Each of them as if it were asked alone: cases in their order, one that is not there among them."""
    ids = [desk.filed(), "nowhere", desk.registered(), desk.dispatched()]
    commands = [
        ("dispatch", {"unit": "U1"}),
        ("dispatch", {"unit": "nobody"}),
        ("receive", {}),
    ]
    for actor in (desk.actor("dis1"), desk.actor("rec1")):
        together = desk.services.cases.preview_each(commands, ids, actor)
        assert together == [desk.services.cases.preview(name, ids, data, actor) for name, data in commands]
        assert [told.case_id for told in together[0]] == ids
    codes = [told.refusal.code if told.refusal else "" for told in together[1]]
    assert codes[1] == "no_such_case"


def test_many_cases_are_read_in_the_order_in_which_they_are_asked_for(desk: Desk) -> None:
    """Those that there are; each as it is read alone."""
    ids = [desk.filed(), desk.registered(), desk.closed()]
    asked = [ids[2], "nowhere", ids[0], ids[1]]
    found = desk.services.cases.get_many(asked)
    assert found == [desk.services.cases.get(case_id) for case_id in (ids[2], ids[0], ids[1])]
    assert desk.services.cases.get_many([]) == []


def test_what_a_drag_asks_of_its_cases_is_what_their_rows_say(desk: Desk) -> None:
    """How far they are, and of which kind; a unit's people are told of their own alone."""
    ids = [desk.dispatched(), desk.filed(), desk.registered()]
    for actor in (desk.actor("dis1"), desk.actor("rec1")):
        lists = desk.services.lists.seen_by(actor)
        rows = lists.rows(ids)
        assert lists.numbers([*ids, "nowhere"]) == {row.id: row.seq for row in rows}
        kinds = lists.kinds(ids)
        assert [case_id for case_id, _, _ in kinds] == [row.id for row in rows]
        for (_, standing, of_class), row in zip(kinds, rows, strict=True):
            assert standing[0] == row.state.value and standing[-1] == (row.rework > 0)
            assert of_class == (row.class_edition, row.kind, row.class_code)
    assert len(rows) < len(ids)


def test_units_without_their_areas_are_the_same_units(desk: Desk) -> None:
    """What is asked for at every drag leaves out what takes long to read, and nothing else."""
    whole = desk.services.units.all()
    assert desk.services.units.listed() == [replace(unit, area_wkb=None) for unit in whole]
    assert whole


def test_what_is_allowed_is_what_the_post_may_do(desk: Desk) -> None:
    """A dispatcher may dispatch a filed case, a receiver may not."""
    case = desk.services.cases.get(desk.filed())
    assert "dispatch" in [arrow.name for arrow in desk.services.cases.allowed(case, desk.actor("dis1"))]
    assert "dispatch" not in [arrow.name for arrow in desk.services.cases.allowed(case, desk.actor("rec1"))]


def test_a_case_that_is_not_there(desk: Desk) -> None:
    """Asking for an unknown case says so."""
    with pytest.raises(NotFound) as missing:
        desk.services.cases.get("nowhere")
    assert missing.value.code == "no_such_case"
    with pytest.raises(Refused):
        desk.do("dis1", "dispatch", "nowhere", unit="U1")


def test_the_grid_is_found_where_the_report_does_not_tell_it(desk: Desk) -> None:
    """A registration with a position and no grid gets the grid that holds the point, with its area class."""
    case_id = desk.registered(grid="", area_class="", lon=handmade.EAST - 0.001)
    case = desk.services.cases.get(case_id)
    assert (case.grid, case.area_class) == (handmade.GRID_EAST, "core")
    assert desk.services.lists.rows([case_id])[0].street == "329911001"


def test_subscribers_hear_own_commits_and_poll_tells_the_others(desk: Desk, store_url: str) -> None:
    """The seat that commits is told by callback, another seat by polling; nobody hears the same thing twice."""
    other = Services.open(store_url, now=desk.clock)
    heard: list[Changes] = []
    unsubscribe = desk.services.subscribe(heard.append)
    case_id = desk.registered()
    assert [changes.cases for changes in heard] == [frozenset({case_id})]
    assert desk.services.poll() is None
    told = other.poll()
    assert told is not None and told.cases == {case_id} and told.topics == {"case"}
    assert other.poll() is None
    unsubscribe()
    desk.registered()
    assert len(heard) == 1
    other.close()


def test_a_case_keeps_the_edition_it_was_filed_under(desk: Desk) -> None:
    """The handbook of a filed case is read back from the city, whole, and equals the one it was filed under."""
    case = desk.services.cases.get(desk.filed())
    again = Services(desk.services.db, now=desk.clock)
    again.editions._known.clear()
    assert again.handbook_of(case) == desk.services.handbook
    assert dict(again.handbook_of(case).texts) == dict(desk.services.handbook.texts)


def test_the_log_survives_in_order(desk: Desk) -> None:
    """Numbers of the log grow with time over all cases, and each event's hash names the one before."""
    ids = [desk.registered(), desk.filed()]
    with desk.services.db.read() as conn:
        events = [item for case_id in ids for item in log.history(conn, case_id)]
    assert [item.log_id for item in events] == sorted(item.log_id for item in events)
    assert events[2].prev_hash == events[1].hash
