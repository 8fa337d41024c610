"""A sixth city takes no code: a folder written here, in words, posts, clocks, classes and arrows of its own, and a case in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.articles.town import Town, build
from workstation.workflow.case import State
from workstation.workflow.handbook import Handbook
from workstation.workflow.library import HANDBOOKS

FILES = {
    "handbook.toml": """
base = "national"
city = "qinglan"
edition = "2026.3"
title = "青岚市数字化城市管理指挥手册"
approver = "青岚市人民政府"
valid_from = 2026-03-01
class_edition = "青岚市2026版"
class_file = "qinglan.csv"
note = "虚构的城市。"

[[document]]
key = "QL"
title = "青岚市数字化城市管理规定"
place = "青岚市"
year = "2026"

[rules]
emergency_classes = { classes = ["event:X"], article = "QL-9" }
extensions = { at_most = 1, share = 0.5, article = "QL-10" }
lights = { yellow = 0.5, article = "QL-11" }
""",
    "posts.toml": """
[operator]
label = "坐席员"

[shift_leader]
label = "当班组长"

[receiver]
label = "属地联络员"

# A post that no other city has.
[inspector]
label = "巡视专员"
hand = "dispose"
level = "unit"
""",
    "clocks.toml": """
[clock.receive]
amount = 30
unit = "natural_days"
article = "QL-12"

[clock.verify]
label = "回头看"
amount = 3
unit = "work_hours"
by_area = { remove = true }
article = "QL-13"

[clock.prepare]
label = "进场准备"
amount = 2
unit = "natural_hours"
article = "QL-14"

[clock.accept]
remove = true
""",
    "flow.toml": """
# The city does not close what is not good.
[[arrow]]
name = "close_unqualified"
remove = true

[[arrow]]
name = "receive"
start = ["prepare"]
stop = ["receive"]
article = "QL-12"

# Barriers stand before anything is done: a step that the program does not know.
[[arrow]]
name = "fence_off"
label = "围挡进场"
from = ["received"]
to = "working"
posts = ["inspector", "receiver"]
hand = "dispose"
unit = "lead"
required = ["note"]
optional = ["photos"]
stop = ["prepare"]
article = "QL-14"

[[arrow]]
name = "feed_back"
from = ["working"]
article = "QL-15"
""",
    "labels.toml": """
[states]
registered = "等着立案"
working = "正在干"
closed = "办好了"
""",
    "around.toml": """
[plan.incident]
classes = ["event:X"]
article = "QL-9"

[plan.public_safety]
remove = true

[rapid]
classes = ["component:A"]
article = "QL-16"
""",
    "qinglan.csv": """kind,code,main_code,main_name,name,basis,note
component,A1,A,地面设施,井盖,local,
component,A22,A,地面设施,路缘石,local,
event,B7,B,市容,乱堆乱放,local,
event,X,X,突发,突发事件,local,
""",
    "conditions.csv": """key,kind,class_code,text,amount,unit,closing_standard,milestones,note,amount_fringe
lid,component,A1,缺失,5,work_hours,补齐,,,7
kerb,component,A22,松动,2,work_days,稳固,,,
pile,event,B7,占道超过两平方米,1,natural_days,清走,,,
sudden,event,X,突发,2,urgent_hours,排除,on_scene,,
""",
}


@pytest.fixture
def qinglan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """A centre under the handbook of that city, which lies in a folder of its own."""
    folder = tmp_path / "handbooks" / "qinglan"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    monkeypatch.setenv(HANDBOOKS, str(folder.parent))
    build(tmp_path / "city.sqlite")
    town = Town(tmp_path / "city.sqlite", "qinglan")
    yield town
    town.close()


@pytest.mark.article("TY-3-HANDBOOK")
def test_a_case_goes_round_in_a_sixth_city(qinglan: Town) -> None:
    """Its own class and limit, its own clocks, a step of its own that the log shows, and nothing of what it left out."""
    town, handbook = qinglan, qinglan.handbook
    lid = handbook.condition("lid")
    assert lid is not None and (handbook.city, handbook.base) == ("qinglan", "national")
    case = town.filed(lid, area_class="fringe")
    assert case.class_edition == "青岚市2026版" and case.class_name == "井盖" and case.handbook == handbook.id
    assert (
        handbook.label("states", State.REGISTERED) == "等着立案"
        and handbook.label("post", "operator") == "坐席员"
    )
    case = town.do("dis1", "dispatch", case, unit="U1")
    dispose, receive = case.clock("dispose"), case.clock("receive")
    assert dispose is not None and (dispose.amount, dispose.unit) == (7, "work_hours")
    assert receive is not None and (receive.amount, receive.unit, receive.article) == (
        30,
        "natural_days",
        "QL-12",
    )
    assert handbook.article(receive.article).where == "第十二条"
    case = town.do("rec1", "receive", case)
    prepare = case.clock("prepare")
    assert prepare is not None and prepare.stopped_at is None
    assert town.refused("rec1", "feed_back", case, note="已补齐").code == "wrong_state"
    assert "fence_off" in town.may("rec1", case)
    assert town.refused("rec1", "fence_off", case).code == "field_missing"
    assert town.not_theirs("rec2", "fence_off", case, note="围挡")
    case = town.do("rec1", "fence_off", case, note="已设围挡")
    assert case.state is State.WORKING and handbook.label("states", case.state) == "正在干"
    stopped = case.clock("prepare")
    assert stopped is not None and stopped.stopped_with == "fence_off"
    last = town.services.cases.history(case.id)[-1].event
    assert (last.kind, last.data["note"], handbook.label("arrows", last.kind)) == (
        "fence_off",
        "已设围挡",
        "围挡进场",
    )
    case = town.do("rec1", "feed_back", case, note="已补齐")
    verify = case.clock("verify")
    assert verify is not None and (verify.amount, verify.unit) == (3, "work_hours")
    case = town.verified(case, "fail")
    assert "close_unqualified" not in town.may("sl1", case)
    assert town.refused("sl1", "close_unqualified", case, reason="x").code == "unknown_command"
    case = town.do("sl1", "dispose_again", case, reason="未补牢")
    case = town.do("rec1", "receive", case)
    case = town.do("rec1", "fence_off", case, note="再设围挡")
    case = town.verified(town.do("rec1", "feed_back", case), "pass")
    case = town.do("sl1", "close", case)
    assert case.state is State.CLOSED and handbook.label("states", case.state) == "办好了"
    assert town.services.handbook_of(case) == handbook


def test_figures_of_its_own_hold(qinglan: Town) -> None:
    """One extension of at most half the limit; the light is yellow from half on; what is sudden is an emergency."""
    town = qinglan
    lid, sudden = town.handbook.condition("lid"), town.handbook.condition("sudden")
    assert lid is not None and sudden is not None
    case = town.do("dis1", "dispatch", town.filed(lid), unit="U1")
    run = case.clock("dispose")
    assert run is not None and run.yellow_at is not None and run.due_at is not None
    assert (run.amount, run.yellow_at < run.due_at) == (5, True)
    case = town.do("rec1", "receive", case)
    assert (
        town.refused("rec1", "ask_extension", case, request_id="q0", reason="雨", amount=3.0).code
        == "extension_too_long"
    )
    case = town.do("rec1", "ask_extension", case, request_id="q1", reason="雨", amount=2.5)
    case = town.do("lead1", "endorse_request", case, request_id="q1")
    case = town.do("dis1", "grant_extension", case, request_id="q1")
    assert (
        town.refused("rec1", "ask_extension", case, request_id="q2", reason="雨").code == "no_extension_left"
    )
    urgent = town.do("dis1", "dispatch", town.filed(sudden), unit="U1")
    assert urgent.emergency and [c.name for c in urgent.running() if c.name == "on_scene"] == ["on_scene"]


def test_it_is_checked_and_shown_like_the_others(qinglan: Town, capsys: pytest.CaptureFixture[str]) -> None:
    """The command knows it by its name; the difference from the national handbook is its own files and nothing else."""
    from workstation.cli import main

    assert main(["handbook", "check", "qinglan"]) == 0
    assert "4 classes of 青岚市2026版, 4 filing conditions; 0 classes have none" in capsys.readouterr().out
    assert main(["handbook", "diff", "national", "qinglan", "--part", "flow", "--part", "clocks"]) == 1
    lines = capsys.readouterr().out.splitlines()
    flow = ["report", "register", "self_dispose", "receive", "feed_back", "close_unqualified", "fence_off"]
    clocks = ["accept", "receive", "verify", "prepare"]
    told = [line.split()[1] for line in lines if line[:2] in ("+ ", "- ", "~ ")]
    assert sorted(told) == sorted([*flow, *clocks])
    assert Handbook.from_texts(qinglan.handbook.texts) == qinglan.handbook
