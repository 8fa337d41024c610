"""The case sheet off the happy way: directions, coordination, money, inner orders, other cases, the evidence file."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from tests.panels.desk import Desk
from workstation.panels.case import CasePanel
from workstation.panels.case.evidence import EvidenceCard, finding_text
from workstation.panels.case.forms import ArrowForm, read_moves, take
from workstation.panels.case.menu import build_menu
from workstation.panels.case.requests import request_text, waits_for_head
from workstation.panels.case.sentences import lines
from workstation.services.documents.evidence import Finding, verify
from workstation.shell.texts.text import limit_text
from workstation.shell.widgets import Badge
from workstation.workflow.case import Case, Request, State
from workstation.workflow.event import Event
from workstation.workflow.flow import FIELD_TYPES
from workstation.workflow.handbook import Handbook

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.fixture
def panel(desk: Desk) -> Any:
    """The dock of a dispatcher."""
    someone = desk.services.people.with_post("commander")[0]
    desk.actors["commander"] = desk.services.people.actor(someone.id, "commander")
    desk.context.names = {p.id: p.name for p in desk.services.people.all()} | {
        unit.code: unit.name for unit in desk.services.units.all()
    }
    desk.sit("dispatcher")
    return desk.open(CasePanel, 480, 900)


def look_at(desk: Desk, panel: CasePanel, case: Case) -> None:
    """Choose the case and wait until it is shown as it stands."""
    desk.context.selection.set([case.id], case.id)
    desk.qtbot.wait(150)
    desk.settle()
    assert panel.sheet is not None and panel.sheet.case == desk.now_of(case)


def named(within: QWidget, name: str) -> list[QPushButton]:
    """The buttons of that name that are shown."""
    return [item for item in within.findChildren(QPushButton, name) if item.isVisibleTo(within)]


def form_of(desk: Desk, panel: CasePanel, case: Case, name: str) -> ArrowForm:
    """The form of a move."""
    moves = read_moves(desk.services, case.id, desk.context.actor)
    form = take(desk.context, moves, next(a for a in moves.arrows if a.name == name), panel)
    assert isinstance(form, ArrowForm)
    desk.settle()
    return form


# ---- directions ---------------------------------------------------------------------------------------------------


def test_the_direction_that_is_answered_is_the_one_shown(desk: Desk, panel: CasePanel) -> None:
    """Two directions wait, each with its button; answering the older one leaves the other."""
    case = desk.case("received")
    for number, name in enumerate(("supervise", "supervise")):
        case = desk.do(name, case, "shift_leader", direction_id=f"d{number}", note=f"督办{number}")
    desk.sit("one")
    look_at(desk, panel, case)
    answers = named(panel.facts, "answer-direction")
    assert len(answers) == 2
    answers[1].click()  # the older one, below
    form = desk.dialog()
    form.editor("note").setPlainText("已到场")
    form.submit()
    desk.settle()
    answered = {d.id: d.answer for d in desk.now_of(case).directions}
    assert answered == {"d0": "已到场", "d1": ""}
    look_at(desk, panel, case)
    panel.show_part("records")
    assert desk.visible_text(panel.records, "已到场") and len(named(panel.facts, "answer-direction")) == 1


# ---- coordination -------------------------------------------------------------------------------------------------


@pytest.mark.article("MQ-26-UNCLEAR")
@pytest.mark.article("TZ-15-DISPUTE")
def test_coordination_is_asked_for_shown_and_ruled(desk: Desk, panel: CasePanel) -> None:
    """Cause, reach, units and reason are asked for and that disposal goes on is said; steps and ruling stand in the sheet."""
    case = desk.case("received")
    form = form_of(desk, panel, case, "coordinate")
    form.field("cause").choose("disputed")
    form.field("scope").choose("across")
    form.field("units").tick(desk.actors["two"].unit)
    form.editor("reason").setPlainText("两家单位均称不属本单位")
    desk.qtbot.wait(220)
    desk.settle()
    assert "计时不停" in form.note.words
    form.submit()
    desk.settle()
    look_at(desk, panel, case)
    made = desk.now_of(case).coordinating
    assert made is not None and set(made.units) == {desk.actors["one"].unit, desk.actors["two"].unit}
    assert desk.visible_text(panel.facts, "两家单位均称不属本单位")
    assert desk.visible_text(panel.facts, "监督指挥中心")
    panel._move_named("escalate")
    desk.settle()
    desk.dialog().editor("note").setPlainText("协调未达成一致")
    desk.dialog().submit()
    desk.settle()
    look_at(desk, panel, case)
    assert desk.visible_text(panel.facts, "本级人民政府") and desk.visible_text(panel.facts, "协调未达成一致")
    desk.sit("commander")
    look_at(desk, panel, case)
    panel._move_named("assign")
    desk.settle()
    ruling = desk.dialog()
    ruling.field("unit").combo.set_code(desk.actors["two"].unit)
    ruling.editor("decision").setPlainText("按权属确定")
    ruling.foresee()
    desk.settle()
    assert "停止" in ruling.note.words and "派遣" in ruling.note.words
    ruling.submit()
    desk.settle()
    look_at(desk, panel, case)
    ruled = desk.context.name_of(desk.actors["two"].unit)
    assert desk.visible_text(panel.facts, ruled)
    panel.show_part("records")
    assert desk.visible_text(panel.records, "按权属确定") and desk.visible_text(
        panel.records, f"由 {ruled} 负责"
    )


# ---- money --------------------------------------------------------------------------------------------------------


@pytest.mark.article("TZ-16-RAPID")
def test_rapid_disposal_goes_to_a_crew_and_its_cost_is_shown(desk: Desk, panel: CasePanel) -> None:
    """Only crews are offered, the budget is chosen; feeding back asks for the cost, which an ordinary case is not asked."""
    case = desk.case("filed")
    form = form_of(desk, panel, case, "rapid")
    combo = form.field("unit").combo
    offered = {combo.itemData(row) for row in range(combo.count())}
    crews = {unit.code for unit in desk.services.units.all() if unit.kind == "crew"}
    assert offered == crews
    receivers = desk.services.people.with_post("receiver")
    crew = next(person for person in receivers if person.unit in crews)
    combo.set_code(crew.unit)
    form.field("budget").choose(form.field("budget").value() or "rapid")
    form.foresee()
    desk.settle()
    assert "截止" in form.note.words
    form.submit()
    desk.settle()
    desk.actors["crew"] = desk.services.people.actor(crew.id, "receiver")
    case = desk.do("receive", desk.now_of(case), "crew")
    assert case.way == "rapid" and case.budget == "rapid"
    desk.sit("crew")
    feed = form_of(desk, panel, case, "feed_back")
    feed.field("cost").spin.setValue(1280)
    feed.editor("note").setPlainText("已更换")
    feed.submit()
    desk.settle()
    look_at(desk, panel, case)
    assert desk.visible_text(panel.facts, "1,280元") and desk.visible_text(panel.facts, "快速处置专项经费")
    other = desk.case("received")
    desk.sit("one")
    plain = form_of(desk, panel, other, "feed_back")
    assert "cost" not in plain._fields
    plain.reject()


@pytest.mark.article("TY-3-EMERGENCYFUND")
@pytest.mark.article("MQ-27-FIRST")
def test_first_disposal_by_plan_and_fund_and_responsibility_settled_later(
    desk: Desk, panel: CasePanel
) -> None:
    """Plan with its steps and fund are chosen; who should have answered is settled afterwards, with a rule."""
    case = desk.case("filed")
    form = form_of(desk, panel, case, "first_response")
    form.field("unit").combo.set_code(desk.actors["one"].unit)
    form.field("plan").choose("public_safety")
    form.field("budget").choose("emergency")
    form.submit()
    desk.settle()
    look_at(desk, panel, case)
    assert desk.visible_text(panel.facts, "应急处置经费") and desk.visible_text(panel.facts, "实施排险措施")
    assert desk.visible_text(panel.facts, "责任单位待明确")
    settle = form_of(desk, panel, desk.now_of(case), "settle")
    settle.field("unit").combo.set_code(desk.actors["two"].unit)
    settle.editor("rule").setPlainText("该路段井盖由二单位管护")
    settle.submit()
    desk.settle()
    look_at(desk, panel, case)
    assert not desk.visible_text(panel.facts, "责任单位待明确")
    assert desk.visible_text(panel.facts, desk.context.name_of(desk.actors["two"].unit))
    told = lines(
        desk.services.cases.history(case.id)[-1].event,
        desk.services.handbook,
        desk.context.name_of,
        str,
    )
    assert any("该路段井盖" in line for line in told)


# ---- levels -------------------------------------------------------------------------------------------------------


@pytest.mark.article("TZ-10-REDISPATCH")
def test_a_district_sends_on_inside_itself(desk: Desk, panel: CasePanel) -> None:
    """Only units below are offered; the inner order stands in the sheet with its requirement and its times."""
    units = desk.services.units.all()
    people = desk.services.people
    over = {unit.parent for unit in units if unit.parent}
    head = next(p for p in people.with_post("receiver") if p.unit in over)
    admin = people.actor(people.with_post("admin")[0].id, "admin")
    if "district_dispatcher" not in people.posts_of(head.id):
        people.grant(head.id, "district_dispatcher", admin)
    desk.actors["head"] = people.actor(head.id, "receiver")
    desk.actors["district"] = people.actor(head.id, "district_dispatcher")
    case = desk.case("received", "head")
    desk.sit("district")
    form = form_of(desk, panel, case, "dispatch_inside")
    combo = form.field("unit").combo
    offered = {combo.itemData(row) for row in range(combo.count())}
    assert offered == desk.services.units.subtree(head.unit) - {head.unit}
    inner = sorted(offered)[0]
    combo.set_code(inner)
    form.editor("requirement").setPlainText("请于今日内处置")
    form.foresee()
    desk.settle()
    assert "计时不停" in form.note.words, "the disposal clock goes on"
    form.submit()
    desk.settle()
    look_at(desk, panel, case)
    assert desk.visible_text(panel.facts, "请于今日内处置")
    assert desk.visible_text(panel.facts, desk.context.name_of(inner))


# ---- other cases --------------------------------------------------------------------------------------------------


def test_parts_and_duplicates_are_links(desk: Desk, panel: CasePanel) -> None:
    """A part names its whole, the whole its parts and its duplicates; a link opens the other case."""
    case = desk.case("filed")
    done = desk.services.cases.split(
        case.id,
        [{"description": "井盖缺失"}, {"description": "路面塌陷"}],
        desk.actors["dispatcher"],
    )
    part = done[1].case
    duplicate = desk.case("registered")
    desk.services.cases.merge(duplicate.id, case.id, "同一地点同一问题", desk.actors["operator"])
    look_at(desk, panel, case)
    links = {item.objectName().removeprefix("case-") for item in panel.facts.findChildren(QPushButton)}
    assert {part.id, done[2].case.id, duplicate.id} <= links
    named(panel.facts, f"case-{part.id}")[0].click()
    desk.qtbot.wait(150)
    desk.settle()
    assert panel.sheet is not None and panel.sheet.case.id == part.id
    assert named(panel.facts, f"case-{case.id}")
    told = [line for entry in panel.timeline._entries for line in entry.lines]
    assert any(case.code in line for line in told)


def test_a_case_is_merged_by_looking_for_the_other(desk: Desk, panel: CasePanel) -> None:
    """Cases of the class in the same grid are offered at once; typing finds any; both cases know of each other."""
    stays, goes = desk.case("registered"), desk.case("registered")
    desk.sit("operator")
    moves = read_moves(desk.services, goes.id, desk.context.actor)
    take(desk.context, moves, next(a for a in moves.arrows if a.name == "merge"), panel)
    desk.settle()
    dialog = desk.dialog()
    assert stays.code in {
        dialog.other.list.item(n).text().split("　")[0] for n in range(dialog.other.list.count())
    }
    dialog.submit()
    assert dialog.isVisible()
    dialog.other.words.setText(stays.code)
    desk.qtbot.wait(300)
    desk.settle()
    assert dialog.other.value() == stays.id
    dialog.reason.edit.setPlainText("同一地点同一问题")
    dialog.submit()
    desk.settle()
    assert desk.now_of(goes).state is State.MERGED and goes.id in desk.now_of(stays).duplicates


# ---- evidence -----------------------------------------------------------------------------------------------------


@pytest.mark.article("MQ-19-EVIDENCE")
@pytest.mark.article("MQ-42-TRANSFER")
def test_the_evidence_file_is_made_saved_and_checked(desk: Desk, panel: CasePanel, tmp_path: Path) -> None:
    """Made and kept, saved byte for byte, whole when checked; a changed copy is told from it; others are not offered it."""
    case = desk.case("dispatched")
    look_at(desk, panel, case)
    assert not panel.facts.findChildren(EvidenceCard), "not a dispatcher's business"
    desk.sit("shift_leader")
    look_at(desk, panel, case)
    card = panel.facts.findChildren(EvidenceCard)[0]
    assert not card.save.isEnabled()
    card.make.click()
    desk.settle()
    kept = desk.services.evidence.of_case(case.id)
    assert len(kept) == 1
    card = next(c for c in panel.facts.findChildren(EvidenceCard) if c._files)
    assert card.save.isEnabled() and desk.visible_text(card, kept[0].sha256)
    path = tmp_path / "evidence.zip"
    card.save_as(str(path))
    desk.settle()
    assert verify(path.read_bytes()) == []
    card.check.click()
    desk.settle()
    assert "未被改动" in desk.dialog().windowTitle()
    desk.dialog().reject()
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(changed, "w") as copy:
        for name in whole.namelist():
            content = whole.read(name)
            copy.writestr(
                name, content.replace("井盖".encode(), "路灯".encode()) if name == "case.json" else content
            )
    card.check_path(str(changed))
    desk.settle()
    assert "有问题" in desk.dialog().windowTitle()
    desk.dialog().reject()


def test_a_transfer_takes_its_evidence_along(desk: Desk, panel: CasePanel) -> None:
    """The form makes the file where there is none, and the case names it."""
    case = desk.case("filed")
    desk.sit("shift_leader")
    form = form_of(desk, panel, case, "transfer")
    form.field("to").edit.setText("综合行政执法局")
    form.editor("reason").setPlainText("涉嫌违法")
    form.field("evidence").make.click()
    desk.settle()
    form.submit()
    desk.settle()
    gone = desk.now_of(case)
    assert gone.state is State.TRANSFERRED
    assert [info.sha256 for info in desk.services.evidence.of_case(case.id)] == [gone.evidence]


def test_findings_in_words() -> None:
    """Everything that can be wrong with a file has its sentence."""
    codes = (
        "not_a_zip",
        "no_manifest",
        "missing",
        "extra",
        "altered",
        "chain",
        "hash",
        "case",
        "photo_missing",
    )
    told = {finding_text(Finding(code, "log.jsonl")) for code in codes}
    assert len(told) == len(codes) and all(words for words in told)
    assert verify(io.BytesIO(b"x").getvalue())[0].code == "not_a_zip"


# ---- requests -----------------------------------------------------------------------------------------------------


@pytest.mark.article("TJA-8-RETURN")
def test_what_waits_for_the_units_head_is_said(desk: Desk, panel: CasePanel) -> None:
    """Where the handbook wants the head's word first, an open request says whether it was given, and by whom."""
    book = desk.services.handbook
    strict = replace(book, rules=replace(book.rules, endorsed=("extension",), endorser="unit_leader"))
    plain = replace(book, rules=replace(book.rules, endorsed=()))
    request = Request("r", "extension", AT, "P1", desk.actors["one"].unit, "需采购配件", {"amount": 1.0})
    assert waits_for_head(request, strict) and not waits_for_head(request, plain)
    given = replace(request, endorsed_at=AT, endorsed_by="P2")
    desk.context.names |= {"P2": "杨学宇"}
    case = desk.case("received")
    clock = case.clock("dispose")
    assert clock is not None
    told = request_text(desk.context, given, case)
    assert not waits_for_head(given, strict) and "单位已审批：杨学宇" in told
    assert f"延长：{limit_text(1.0, clock.unit)}" in told


def test_a_visit_and_the_code_above_are_shown(desk: Desk, panel: CasePanel) -> None:
    """What the reporter said when called back, and the code that the system above gave the case."""
    case = desk.case("verifying", upstream_code="SJ-2026-0815")
    desk.do("verified", case, "operator", result="pass", note="已恢复")
    case = desk.do("close", desk.now_of(case), "shift_leader")
    desk.do("visit", case, "operator", result="satisfied", note="很快")
    look_at(desk, panel, case)
    assert desk.visible_text(panel.facts, "SJ-2026-0815") and desk.visible_text(panel.facts, "满意")


def test_another_clock_that_is_late_is_marked(desk: Desk, panel: CasePanel) -> None:
    """The head tells of the disposal's limit; that the unit is late in receiving is said beside it."""
    case = desk.case("dispatched")
    late = next(clock.due_at for clock in case.running() if clock.name == "receive")
    assert late is not None
    desk.services.now = lambda: late + timedelta(minutes=1)  # type: ignore[method-assign]
    look_at(desk, panel, case)
    marks = {badge.words for badge in panel._marks.findChildren(Badge)}
    assert any(words.startswith("接收") and words.endswith("超期") for words in marks), marks
    assert not any("return" in words for words in marks), "a return that is too late is no duty missed"
    assert panel.due.text().startswith("处置")


# ---- words --------------------------------------------------------------------------------------------------------


def test_every_kind_of_event_is_told_in_words(desk: Desk) -> None:
    """Each arrow of the handbook, with all its fields filled, is told with no key of the program left in it."""
    book = desk.services.handbook
    samples: dict[str, Any] = {
        "cause": "disputed",
        "scope": "across",
        "plan": "incident",
        "budget": "emergency",
        "cost": 36.5,
        "until": "2026-11-21T02:00:00Z",
        "amount": 2.0,
        "units": ["u1", "u2"],
        "cooperating": ["u2"],
        "children": ["c1", "c2"],
        "photos": [{"sha256": "0" * 64, "role": "before"}],
        "binding": True,
        "milestone": next(iter(book.milestones)),
        "evidence": "ab" * 32,
        "advice": {"by": "hand", "verdict": "one", "rank": 2, "units": ["u1"], "score": 1.0, "reasons": []},
    }
    results = {"checked": "true_report", "visit": "satisfied"}
    names = {"u1": "环卫处", "u2": "市政所", "c1": "0001", "c2": "0002"}
    skipped = {"code", "kind", "class_code", "condition", "source", "lon", "lat", "area_class"}
    for arrow in book.arrows:
        data: dict[str, Any] = {}
        for spec in arrow.fields:
            if spec.name in skipped or spec.type in ("boolean", "photos"):
                continue
            default = "u1" if spec.name in ("unit", "suggested_unit", "to") else "c1"
            text = "有话要说" if FIELD_TYPES[spec.name] == "text" and default == "c1" else default
            data[spec.name] = samples.get(spec.name, text)
        if "result" in data:
            data["result"] = results.get(arrow.name, "pass")
        event = Event("c", 1, arrow.name, AT, "p", "某人", "operator", "", "x", "filed", data)
        told = "\n".join(lines(event, book, lambda key: names.get(key, key), lambda key: names.get(key, key)))
        for key in (
            "disputed",
            "across",
            "incident",
            "emergency",
            "satisfied",
            "u1",
            "u2",
            "c1",
            "c2",
            "None",
        ):
            assert key not in told.replace("c1c1", ""), (arrow.name, told)
        if {"note", "reason", "decision", "unit", "children"} & set(data):
            assert told, arrow.name


def test_a_unit_is_called_from_the_menu(desk: Desk, panel: CasePanel) -> None:
    """The lead unit's people with their telephones are in the menu on a case."""
    unit = desk.actors["one"].unit
    admin = desk.services.people.actor(desk.services.people.with_post("admin")[0].id, "admin")
    desk.services.units.set_contact(unit, "receiver", "王芳", "0558-5551001", admin)
    case = desk.case("dispatched")
    moves = read_moves(desk.services, case.id, desk.context.actor)
    menu = build_menu(desk.context, [moves], panel, desk.services.units.contacts(unit))
    calls = next(action for action in menu.actions() if action.text() == "联系主办单位").menu()
    first = calls.actions()[0]  # type: ignore[union-attr]
    assert "王芳" in first.text() and "0558-5551001" in first.text()
    first.trigger()
    assert "0558-5551001" in desk.said()
    menu.close()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"by": "automatic", "rank": 1}, "系统按推荐自动派遣：养护单位、属地"),
        ({"rank": 1}, "按推荐派遣：养护单位、属地"),
        ({"rank": 2}, "派遣时推荐的是 环卫处"),
        ({"rank": 0, "verdict": "none"}, "派遣时没有可推荐的单位"),
    ],
)
def test_the_history_tells_what_was_recommended(told: dict[str, Any], words: str) -> None:
    """Under a dispatch stands whether it followed what was recommended, and that nobody's hand did it, where so."""
    kept = {
        "by": "hand",
        "verdict": "one",
        "units": ["u1"],
        "score": 9.0,
        "reasons": ["maintainer", "area"],
        **told,
    }
    event = Event("c", 1, "dispatch", AT, "p", "某人", "dispatcher", "", "x", "dispatched", {"advice": kept})
    assert words in lines(event, Handbook.national(), lambda key: {"u1": "环卫处"}.get(key, key), str)
