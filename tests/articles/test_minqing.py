"""Minqing (闽清县, 2016): a county. Its articles on collecting, filing and its people, shown at a centre under its handbook."""

from __future__ import annotations

from datetime import date

import pytest

from workstation.services.documents.evidence import verify
from workstation.services.errors import Refused
from workstation.services.lists.filter import CaseFilter
from workstation.workflow.case import State

from .town import Town

CHANNELS = ("移动巡查", "视频", "领导交办", "新闻媒体", "政府网站", "微博")
"""Ways in which Minqing collects, as its article 7 names them."""


@pytest.mark.article("MQ-7-STEPS")
def test_pass_closes_and_fail_dispatches_again(minqing: Town) -> None:
    """The unit is told what is asked of it, feeds back, and is verified: failed, it is dispatched to it again; passed, closed."""
    case = minqing.do("dis1", "dispatch", minqing.filed(), unit="U1", requirement="更换井盖并清理周边")
    history = minqing.services.cases.history(case.id)
    assert history[-1].event.data["requirement"] == "更换井盖并清理周边"
    case = minqing.verified(minqing.disposed(case), "fail")
    assert minqing.refused("sl1", "close", case).code == "verification_failed"
    case = minqing.do("sl1", "dispose_again", case, reason="未清理")
    assert case.state is State.DISPATCHED and case.lead is not None and case.lead.unit == "U1"
    assert case.id in minqing.waits_for("rec1")
    case = minqing.verified(minqing.disposed(case), "pass")
    assert minqing.do("sl1", "close", case).state is State.CLOSED


@pytest.mark.article("MQ-7-SOURCES")
def test_every_channel_is_registered_at_once(minqing: Town) -> None:
    """Patrol, video, leaders, media, website and microblog are sources of the handbook, and each is registered as itself."""
    sources = minqing.handbook.sources
    for words in CHANNELS:
        found = [key for key, source in sources.items() if words in source.label]
        assert found, words
        case = minqing.registered(source=found[0])
        assert (case.state, case.source) == (State.REGISTERED, found[0])
    assert minqing.refused("op1", "register", **minqing.report(source="pigeon")).code == "source_unknown"


@pytest.mark.article("MQ-5-COMPLAINTS")
def test_complaints_are_followed_and_enquiries_answered(minqing: Town) -> None:
    """An enquiry is answered on the spot; a complaint becomes a case that is urged and found again by the caller's words."""
    asked = minqing.do("op1", "answer", source="hotline_12345", reason="已告知投放时间", reporter="王先生")
    assert (asked.state, asked.outcome_reason) == (State.REJECTED, "已告知投放时间")
    case = minqing.filed(source="hotline_12345", reporter="李女士", description="路灯不亮，已经三天")
    case = minqing.sent(case, "U1")
    case = minqing.do("sl1", "urge", case, direction_id="d1", note="市民再次来电")
    assert case.directions[0].kind == "urge"
    assert minqing.listed(CaseFilter(text="三天", open=True)) == {case.id}


@pytest.mark.article("MQ-14-TRAINED")
def test_only_trained_collectors_collect(minqing: Town) -> None:
    """Who has not passed, or whose pass has run out, can neither report nor check nor verify; with a pass they can."""
    people, admin = minqing.services.people, minqing.actor("adm")
    people.set_certified("col1", date(2026, 3, 1), admin)
    assert minqing.refused("col1", "report", **minqing.report()).code == "not_certified"
    case = minqing.registered(source="hotline_12345")
    people.set_certified("col1", date(2026, 3, 2), admin)
    minqing.do("op1", "send_check", case, to="col1")
    minqing.at(2026, 3, 3, 9, 0)
    assert minqing.refused("col1", "checked", case, result="true_report").code == "not_certified"
    people.set_certified("col1", date(2027, 3, 1), admin)
    assert minqing.do("col1", "checked", case, result="true_report").state is State.CHECKED
    assert minqing.do("col1", "report", **minqing.report()).state is State.REPORTED


@pytest.mark.article("MQ-15-QUALITY")
def test_a_collector_in_breach_is_stopped(minqing: Town) -> None:
    """A collector who was stopped can be sent nowhere and reports nothing more; what was found false stays on record."""
    case = minqing.do("op1", "register", minqing.do("col1", "report", **minqing.report()))
    minqing.do("op1", "send_check", case, to="col2")
    case = minqing.do("col2", "checked", case, result="false_report", note="现场无此问题")
    assert minqing.do("sl1", "reject", case, reason="虚报").state is State.REJECTED
    history = minqing.services.cases.history(case.id)
    assert (history[0].event.actor, history[3].event.data["result"]) == ("col1", "false_report")
    minqing.services.people.stop("col1", "多次虚报", minqing.actor("adm"))
    with pytest.raises(Refused):
        minqing.do("col1", "report", **minqing.report())
    other = minqing.registered(source="hotline_12345")
    assert minqing.refused("op1", "send_check", other, to="col1").code == "collector_stopped"


@pytest.mark.article("MQ-19-EVIDENCE", "MQ-42-TRANSFER")
def test_a_case_goes_to_the_enforcers_with_its_evidence(minqing: Town) -> None:
    """A transfer needs the evidence file of the case as it stands; the file can be checked, and a changed one shows."""
    case = minqing.filed(description="擅自占道施工")
    assert (
        minqing.refused("sl1", "transfer", case, to="执法大队", reason="涉嫌违法").code == "evidence_missing"
    )
    made = minqing.services.evidence.make(case.id, minqing.actor("sl1"))
    minqing.services.evidence.store(made)
    case = minqing.do("sl1", "transfer", case, to="执法大队", reason="涉嫌违法占道", evidence=made.sha256)
    assert case.state is State.TRANSFERRED and case.evidence == made.sha256
    kept = minqing.services.evidence.get(case.evidence, minqing.actor("sl1"))
    assert kept.content == made.content and verify(kept.content) == []
    assert verify(kept.content.replace(b"case.json", b"cas3.json")) != []


@pytest.mark.article("MQ-36-CONTACTS")
def test_units_register_whom_to_call(minqing: Town) -> None:
    """Leader, head and receiver of a unit are kept with their numbers; a change is told at once and the old entry stays."""
    units, admin = minqing.services.units, minqing.actor("adm")
    for role, name in (("leader", "陈局"), ("head", "林科"), ("receiver", "黄工")):
        units.set_contact("U1", role, name, "0591-1000000", admin)
    minqing.later(days=30)
    units.set_contact("U1", "receiver", "郑工", "0591-2000000", minqing.actor("lead1"))
    with pytest.raises(Refused) as refused:
        units.set_contact("U1", "receiver", "别人", "0591-3000000", minqing.actor("lead2"))
    assert refused.value.refusal.code == "not_your_unit"
    now = {contact.role: (contact.name, contact.telephone) for contact in units.contacts("U1")}
    assert now == {
        "leader": ("陈局", "0591-1000000"),
        "head": ("林科", "0591-1000000"),
        "receiver": ("郑工", "0591-2000000"),
    }
    told = [(c.name, c.changed_by) for c in units.contact_history("U1") if c.role == "receiver"]
    assert told == [("黄工", "adm"), ("郑工", "lead1")]


@pytest.mark.article("MQ-6-ONE-TWO")
def test_one_supervision_two_levels_of_command(minqing: Town) -> None:
    """Supervising posts are the centre's alone; command is at the centre and below it; units dispose of what is theirs."""
    posts = minqing.handbook.posts
    levels = {hand: {p.level for p in posts.values() if p.hand == hand} for hand in ("supervise", "dispose")}
    assert levels["supervise"] <= {"centre", "field"}
    assert {"centre", "unit"} <= levels["dispose"] and len(levels["dispose"]) >= 3
    case = minqing.dispatched("QA")
    assert minqing.refused("qad", "file", minqing.registered(), condition=case.condition).code == "wrong_post"
    case = minqing.approved(minqing.do("qad", "receive", case))
    case = minqing.do("qad", "dispatch_inside", case, unit="A1", requirement="今日内")
    assert case.inner is not None and case.inner.unit == "A1"
    assert minqing.not_theirs("rec1", "feed_back", case)
