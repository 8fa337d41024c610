"""What falls due by the clock alone, and references that have to exist."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.services.conftest import Desk
from workstation.services.cases.upkeep import resume_due
from workstation.services.errors import Refused
from workstation.workflow.event import format_instant


def _suspended(desk: Desk, hours: float) -> str:
    case_id = desk.filed()
    desk.do("dis1", "dispatch", case_id, unit="U1")
    desk.do("rec1", "receive", case_id)
    until = format_instant(desk.clock.instant + timedelta(hours=hours))
    desk.do("rec1", "ask_suspension", case_id, request_id="r1", reason="等待配件", until=until)
    desk.do("dis1", "grant_suspension", case_id, request_id="r1")
    return case_id


def test_a_suspension_ends_by_itself_when_its_term_is_over(desk: Desk) -> None:
    """Before the term nothing happens; after it the clock goes on from the granted instant; twice is once."""
    case_id = _suspended(desk, 48)
    assert resume_due(desk.services) == []
    assert desk.services.cases.get(case_id).suspended
    desk.clock.forward(72 * 60)
    assert [done.case.id for done in resume_due(desk.services)] == [case_id]
    case = desk.services.cases.get(case_id)
    assert not case.suspended
    clock = case.clock("dispose")
    assert clock is not None
    assert format_instant(clock.pauses[-1].end) == case.requests[-1].data["until"]  # type: ignore[arg-type]
    assert resume_due(desk.services) == []
    assert desk.services.cases.history(case_id)[-1].event.post == "system"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("dispatch", {"unit": "nobody"}, "unit_unknown"),
        ("dispatch", {"unit": "U1", "cooperating": ["ghost"]}, "unit_unknown"),
        ("merge", {"into": "no-such-case", "reason": "重复"}, "into_unknown"),
    ],
)
def test_what_a_command_names_must_exist(desk: Desk, name: str, data: dict[str, object], code: str) -> None:
    """A unit or a case that is not there is refused, and nothing is written."""
    case_id = desk.filed()
    before = desk.services.cases.get(case_id)
    with pytest.raises(Refused) as refused:
        desk.do("sl1" if name == "merge" else "dis1", name, case_id, **data)
    assert refused.value.refusal.code == code
    assert desk.services.cases.get(case_id) == before


def test_a_photograph_that_was_never_stored_is_refused(desk: Desk) -> None:
    """A registration cannot name the hash of a picture that nobody has."""
    with pytest.raises(Refused) as refused:
        desk.registered(photos=[{"sha256": "0" * 64, "role": "before", "name": "a.jpg"}])
    assert refused.value.refusal.code == "photo_unknown"


def test_a_check_goes_to_a_collector(desk: Desk) -> None:
    """Somebody who is no collector cannot be sent to check."""
    case_id = desk.registered()
    with pytest.raises(Refused) as refused:
        desk.do("op1", "send_check", case_id, to="dis1")
    assert refused.value.refusal.code == "collector_unknown"
