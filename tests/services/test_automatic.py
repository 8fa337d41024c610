"""What was recommended is kept with the dispatch, agreement is counted from the log, and the automatic does only what is plain."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests import handmade
from tests.services.conftest import Desk
from workstation.services.errors import Refused
from workstation.services.recommending.advice import Agreement
from workstation.services.recommending.rules import SettingWrong
from workstation.store import audit
from workstation.workflow.case import State
from workstation.workflow.event import Command

SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


def send(desk: Desk, case_id: str, unit: str, **data: Any) -> dict[str, Any]:
    """Dispatch as a seat does; the data of the event."""
    desk.clock.forward(1)
    command = Command("dispatch", case_id, desk.services.cases.new_command_id(), {"unit": unit, **data})
    done: Any = desk.services.outbox.execute([command], desk.actor("dis1"))
    return dict(done.event.data)


def on(desk: Desk) -> None:
    """The automatic is on, and what was filed has lain for a while."""
    desk.services.automatic.set("dispatch.automatic", "on", desk.actor("com1"))
    desk.clock.forward(5)


def test_what_was_recommended_is_kept(desk: Desk) -> None:
    """The event holds the units named, the rank of the one it went to and who chose; counted it is the agreement."""
    kept = send(desk, desk.filed(), "U1")["advice"]
    assert kept["units"] == ["U1", "U2"] and (kept["by"], kept["verdict"], kept["rank"]) == ("hand", "one", 1)
    assert kept["score"] > 10 and kept["reasons"] == ["maintainer", "owner", "duty", "area"]
    assert send(desk, desk.filed(), "U2")["advice"]["rank"] == 2
    nowhere = send(desk, desk.filed(), "W")["advice"]
    assert (nowhere["rank"], nowhere["reasons"], nowhere["score"]) == (0, [], 0.0)
    several = desk.services.outbox.execute_many(
        [Command("dispatch", desk.filed(), f"m{n}", {"unit": "U1"}) for n in range(2)], desk.actor("dis1")
    )
    assert all(done.event.data["advice"]["rank"] == 1 for done in several)
    desk.dispatched("U1")  # not by a seat: nothing was shown to anybody
    found = desk.services.recommending.agreement(SINCE, UNTIL)
    assert found == Agreement(
        dispatched=6, advised=5, by_hand=5, followed=3, other=1, outside=1, plain=5, plain_followed=3
    )
    assert found.rate == pytest.approx(0.6)
    assert desk.services.recommending.agreement(UNTIL, UNTIL).rate is None
    with desk.services.db.read() as conn:
        assert audit.verify_log(conn).clean


def test_off_nothing_is_recommended_nor_kept(desk: Desk) -> None:
    """Switched off nothing is kept with a dispatch; switched on again it is."""
    boss = desk.actor("com1")
    desk.services.automatic.set("dispatch.recommend", "off", boss)
    assert "advice" not in send(desk, desk.filed(), "U1")
    desk.services.automatic.set("dispatch.recommend", "on", boss)
    assert "advice" in send(desk, desk.filed(), "U1")


def test_the_automatic_dispatches_what_is_plain(desk: Desk) -> None:
    """Off it does nothing; on, only the plain case goes, once, marked, at the dispatcher's seat; it can be taken back for good."""
    plain = desk.filed()
    unclear = desk.filed(component="")
    dispatcher, automatic = desk.actor("dis1"), desk.services.automatic
    desk.clock.forward(5)
    assert automatic.run(dispatcher) == []
    on(desk)
    assert automatic.run(desk.actor("sl1")) == []
    (done,) = automatic.run(dispatcher)
    assert (done.case.id, done.event.actor, done.case.lead and done.case.lead.unit) == (plain, "dis1", "U1")
    assert done.event.data["advice"]["by"] == "automatic"
    assert automatic.run(dispatcher) == []
    assert desk.services.cases.get(unclear).state is State.FILED
    (told,) = desk.services.recommending.automatic_dispatches(SINCE, UNTIL)
    assert (told.case_id, told.unit, told.actor, told.back) == (plain, "U1", "dis1", False)
    assert told.reasons[:2] == ("maintainer", "owner")
    desk.do("dis1", "recall", plain)
    desk.clock.forward(5)
    assert automatic.run(dispatcher) == []
    (told,) = desk.services.recommending.automatic_dispatches(SINCE, UNTIL)
    assert told.back
    found = desk.services.recommending.agreement(SINCE, UNTIL)
    assert (found.automatic, found.taken_back, found.by_hand) == (1, 1, 0)


def test_the_automatic_leaves_to_people_what_is_theirs(desk: Desk) -> None:
    """A case just touched waits; below the threshold, with the recommender off, or the seat's city away: nothing goes."""
    on(desk)
    desk.filed()
    dispatcher, automatic, boss = desk.actor("dis1"), desk.services.automatic, desk.actor("com1")
    assert automatic.run(dispatcher) == []
    desk.clock.forward(5)
    automatic.set("dispatch.threshold", "99", boss)
    assert automatic.run(dispatcher) == []
    automatic.set("dispatch.threshold", "", boss)
    automatic.set("dispatch.recommend", "off", boss)
    assert automatic.run(dispatcher) == []
    automatic.set("dispatch.recommend", "on", boss)
    assert len(automatic.run(dispatcher)) == 1


def test_who_may_switch(desk: Desk) -> None:
    """Whoever approves handbooks switches; a dispatcher only stops the automatic; a value that is none is refused."""
    automatic = desk.services.automatic
    on(desk)
    dispatcher = desk.actor("dis1")
    automatic.set("dispatch.automatic", "off", dispatcher)
    assert not desk.services.recommending.switches().automatic
    for key, value in (("dispatch.automatic", "on"), ("dispatch.recommend", "off")):
        with pytest.raises(Refused) as refused:
            automatic.set(key, value, dispatcher)
        assert refused.value.refusal.code == "wrong_post"
    with pytest.raises(SettingWrong):
        automatic.set("dispatch.automatic", "maybe", desk.actor("com1"))
    assert handmade.STAFF["com1"][0] == "commander"
