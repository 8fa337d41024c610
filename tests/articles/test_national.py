"""The ministry's guideline (建设导则, 2009): the national default. Its articles, shown at a centre under that handbook."""

from __future__ import annotations

import pytest

from workstation.services.cases.scope import sees_reporter
from workstation.workflow.case import State

from .town import Town


@pytest.mark.article("MOH-1-HOTLINE")
def test_the_mayors_line_and_12319_are_sources(national: Town) -> None:
    """A call to either is registered with the caller and the number, and is checked on the spot before it is filed."""
    lines = {key: s.label for key, s in national.handbook.sources.items() if s.family == "hotline"}
    assert any("12319" in label for label in lines.values())
    assert any("市长" in label or "12345" in label for label in lines.values())
    for key in lines:
        case = national.registered(source=key, reporter="刘女士", reporter_phone="13900000000")
        assert (case.state, case.source, case.reporter) == (State.REGISTERED, key, "刘**")
        assert case.reporter_phone == "139****0000"
        assert national.refused("sl1", "file", case, condition=national.condition().key).code == "check_first"
    assert sees_reporter(national.actor("op1"), national.handbook)


@pytest.mark.article("MOH-1-SATISFACTION")
def test_the_reporter_is_asked_whether_it_is_well_done(national: Town) -> None:
    """Once a case has ended the operator calls back and records the answer; the case stays closed when it was closed."""
    case = national.fed_back(source="hotline_12319", reporter="刘女士", reporter_phone="13900000000")
    assert national.refused("op1", "visit", case, result="satisfied").code == "wrong_state"
    case = national.do("sl1", "close", national.verified(case, "pass"))
    assert "visit" not in national.may("dis1", case)
    assert national.refused("op1", "visit", case, result="delighted").code == "field_wrong"
    closed_at = case.closed_at
    national.later(days=1)
    case = national.do("op1", "visit", case, result="satisfied", note="处理很及时")
    assert (case.satisfaction, case.state, case.closed_at) == ("satisfied", State.CLOSED, closed_at)
    assert national.refused("op1", "visit", case, result="unsatisfied").code == "visited"
    history = national.services.cases.history(case.id)
    assert history[-1].event.kind == "visit" and history[-1].event.data["note"] == "处理很及时"
