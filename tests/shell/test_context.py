"""The context: commands in the background, refusals and conflicts in words, changes of other seats, what is chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.panels.desk import CONDITION, Desk
from workstation.services.errors import Conflict, Refused
from workstation.services.services import Changes, Services
from workstation.shell.context import Clash, NotDone, Selection
from workstation.shell.texts.text import error_text
from workstation.workflow.case import State


def test_a_command_is_done_and_told(desk: Desk) -> None:
    """Executing moves the case, tells the caller, toasts with code and arrow, and announces the change."""
    case = desk.case("filed")
    desk.sit("dispatcher")
    done: list[Any] = []
    changes: list[Any] = []
    desk.context.changed.connect(changes.append)
    desk.context.execute("dispatch", case, {"unit": desk.actors["one"].unit}, done.append)
    desk.settle()
    assert done[0].case.state is State.DISPATCHED
    assert "派遣" in desk.said() and case.code in desk.said()
    assert any(case.id in c.cases for c in changes)


def test_a_refusal_is_told_in_the_handbooks_words(desk: Desk) -> None:
    """What the handbook forbids is a sentence on the screen and an exception for the caller; nothing changes."""
    case = desk.case("registered")
    desk.sit("dispatcher")
    errors: list[BaseException] = []
    desk.context.execute("dispatch", case, {"unit": "x"}, on_error=errors.append)
    desk.settle()
    assert isinstance(errors[0], Refused)
    assert "待立案" in desk.said() and desk.notices[-1].kind == "error"
    assert desk.now_of(case).state is State.REGISTERED


def test_who_was_faster_is_named(desk: Desk) -> None:
    """Acting on a case that somebody else has moved says who did what, and does nothing."""
    case = desk.case("filed")
    other = desk.do("dispatch", case, "dispatcher", unit=desk.actors["one"].unit)
    desk.sit("dispatcher")
    errors: list[BaseException] = []
    clashes: list[Clash] = []
    desk.context.clashed.connect(clashes.append)
    desk.context.execute("dispatch", case, {"unit": desk.actors["two"].unit}, on_error=errors.append)
    desk.settle()
    assert isinstance(errors[0], Conflict) and clashes[0].error is errors[0] and desk.notices == []
    words = error_text(errors[0], desk.services.handbook)
    assert desk.actors["dispatcher"].name in words and "派遣" in words
    assert desk.now_of(case).seq == other.seq


def test_what_was_done_can_be_taken_back(desk: Desk) -> None:
    """The message of a dispatch has 撤销; pressing it recalls the case."""
    case = desk.case("filed")
    desk.sit("dispatcher")
    desk.context.execute("dispatch", case, {"unit": desk.actors["one"].unit}, undo=("recall", {}))
    desk.settle()
    action = desk.notices[-1].action
    assert action is not None and action[0] == "撤销"
    action[1]()
    desk.settle()
    assert desk.now_of(case).state is State.FILED


def test_a_batch_goes_on_past_what_is_refused(desk: Desk) -> None:
    """Two of three are filed; the message counts them and offers to show which was not, and why."""
    good = [desk.case("checked"), desk.case("checked")]
    bad = desk.case("registered")
    desk.sit("shift_leader")
    shown: list[NotDone] = []
    desk.context.many_failed.connect(shown.append)
    results: list[list[Any]] = []
    desk.context.execute_many("file", [*good, bad], {"condition": CONDITION}, results.append)
    desk.settle()
    assert [isinstance(r, BaseException) for r in results[0]] == [False, False, True]
    notice = desk.notices[-1]
    assert "2" in notice.text and notice.kind == "warning" and notice.action is not None
    notice.action[1]()
    assert shown[0].title == "立案" and [item.id for item, _ in shown[0].pairs] == [bad.id]
    assert all(desk.now_of(case).state is State.FILED for case in good)


def test_a_batch_can_be_taken_back(desk: Desk) -> None:
    """撤销 after a batch takes back each of its cases."""
    cases = [desk.case("filed"), desk.case("filed")]
    desk.sit("dispatcher")
    desk.context.execute_many("dispatch", cases, {"unit": desk.actors["one"].unit}, undo=("recall", {}))
    desk.settle()
    action = desk.notices[-1].action
    assert action is not None
    action[1]()
    desk.settle()
    assert all(desk.now_of(case).state is State.FILED for case in cases)


def test_what_another_seat_does_arrives_by_itself(desk: Desk, city_url: str) -> None:
    """A commit through other services on the same city becomes a change here within a few seconds, once."""
    case = desk.case("filed")
    desk.settle()
    changes: list[Any] = []
    desk.context.changed.connect(changes.append)
    desk.context.start()
    other = Services.open(city_url)
    try:
        command = desk.context.command("dispatch", case, {"unit": desk.actors["one"].unit})
        other.cases.execute(command, desk.actors["dispatcher"])
    finally:
        other.close()
    desk.qtbot.waitUntil(lambda: any(case.id in c.cases for c in changes), timeout=6000)
    seen = sum(case.id in c.cases for c in changes)
    desk.qtbot.wait(1200)
    assert sum(case.id in c.cases for c in changes) == seen == 1


def test_a_database_that_stops_answering_is_told_once(desk: Desk) -> None:
    """While the store cannot be read there is one message, and another when it can be read again."""
    for _ in range(3):
        desk.services._lost(OSError("network"))
        desk.settle()
    assert len(desk.notices) == 1 and desk.notices[0].kind == "warning"
    desk.services._found()
    desk.settle()
    assert desk.notices[-1].kind == "success"


def test_a_storm_of_other_seats_changes_is_told_together(desk: Desk) -> None:
    """The first of a burst at once, the rest together after some milliseconds; an own commit does not wait, and takes
    what waits along."""
    told: list[Any] = []
    desk.context.changed.connect(told.append)
    one = Changes(frozenset({"a"}), frozenset({"case"}), 1, others=True)
    for n in range(2, 40):
        desk.context._arrived(replace(one, cases=frozenset({f"c{n}"}), last_id=n))
    assert [change.last_id for change in told] == [2]
    desk.qtbot.waitUntil(lambda: len(told) == 2, timeout=1000)
    assert len(told[1].cases) == 37 and told[1].last_id == 39 and told[1].others
    desk.context._arrived(replace(one, cases=frozenset({"late"}), last_id=40))
    desk.context._arrived(replace(one, cases=frozenset({"own"}), last_id=41, others=False))
    assert told[2].cases == {"late", "own"} and not told[2].others


def test_another_person_starts_with_nothing_chosen(desk: Desk) -> None:
    """Changing the actor tells everybody and empties the selection."""
    case = desk.case("filed")
    desk.context.selection.set([case.id])
    told: list[Any] = []
    desk.context.actor_changed.connect(told.append)
    desk.context.set_actor(desk.actors["dispatcher"])
    assert told == [desk.actors["dispatcher"]] and desk.context.selection.ids == frozenset()


def test_the_selection_tells_only_what_is_new() -> None:
    """Choosing the same again is silent; the case looked at stays while it is among the chosen."""
    selection = Selection()
    told: list[int] = []
    selection.changed.connect(lambda: told.append(1))
    selection.set(["a", "b"], "b")
    selection.set(["b", "a"])
    assert selection.current == "b" and len(told) == 1
    selection.set(["a", "c"])
    assert selection.current == "a" and len(told) == 2
    selection.clear()
    assert selection.current == "" and len(told) == 3
