"""The dock 审计: who sees it, what its registers show, and that nothing is left for whoever comes after."""

from __future__ import annotations

from typing import Any

import pytest

from tests.panels.desk import Desk
from workstation.panels.audit import AuditPanel
from workstation.panels.audit.pages import PAGES, title_of
from workstation.panels.audit.records import kind_text, refused_text
from workstation.shell.registry import entry
from workstation.store import raw
from workstation.workflow.handbook import Handbook

pytestmark = pytest.mark.article("TZ-5-PRIVACY")


def as_auditor(desk: Desk) -> None:
    """Sit down as somebody who audits."""
    person = desk.services.people.with_post("evaluator")[0]
    desk.context.set_actor(desk.services.people.actor(person.id, "evaluator"))
    desk.settle()


@pytest.mark.parametrize("name", Handbook.available())
def test_auditors_are_the_handbooks(name: str) -> None:
    """In every handbook somebody audits, nobody who audits sees reporters, and the administrator does not audit."""
    handbook = Handbook.named(name)
    seeing = {post for post in handbook.posts if entry("audit").visible_to(post, handbook)}
    assert seeing and "admin" not in seeing
    assert all(handbook.posts[post].reporter == "masked" for post in seeing)
    assert not entry("audit").visible_to("evaluator") and not entry("audit").visible_to("nobody", handbook)


def test_looks_are_shown_with_what_stands_out(desk: Desk) -> None:
    """Each look with who, which case and why; too many of them are warned of; words narrow; a double click goes to the case."""
    case = desk.case("dispatched", reporter="周女士", reporter_phone="13900001111")
    reasons = desk.services.handbook.personal.reasons
    operator = desk.actors["operator"]
    for _ in range(desk.services.handbook.personal.looks_per_hour):
        desk.services.personal.look(case.id, reasons[0], operator)
    desk.services.personal.erase(case.id, "反映人撤回", desk.actors["shift_leader"])
    as_auditor(desk)
    panel = desk.open(AuditPanel, 820, 700)
    desk.settle()
    page: Any = panel.pages["looks"]
    count = desk.services.handbook.personal.looks_per_hour + 1
    assert page.table.rowCount() == count
    told = [page.table.item(0, column).text() for column in range(page.table.columnCount())]
    assert case.code in told and "删除：反映人撤回" in told
    assert page.table.item(1, 4).text() == reasons[0] and page.table.item(1, 1).text() == operator.name
    marked = any(look.many for look in page._found)
    assert page.warning.isVisible() == marked and (not marked or operator.name in page.warned.text())
    page.words.setText("撤回")
    assert page.table.rowCount() == 1
    asked: list[str] = []
    desk.context.case_requested.connect(asked.append)
    page.table.setCurrentCell(0, 0)
    page._open()
    assert asked == [case.id]
    assert not desk.visible_text(panel, "13900001111") and not desk.visible_text(panel, "周女士")


def test_attempts_and_sign_ins(desk: Desk) -> None:
    """What was refused and what happened to accounts stand in words; a locked account is warned of."""
    case = desk.case("dispatched")
    now = "2026-11-20T01:30:00.000000Z"
    with desk.services.db.write() as conn:
        now = desk.services.now().isoformat().replace("+00:00", "Z")
        raw.cursor(
            conn,
            "INSERT INTO attempt (at, person_id, role, post, what, code, detail) VALUES (?, 'p1', 'r', 'receiver',"
            " 'dispatch', 'wrong_post', ?)",
            (now, f"case={case.id}"),
        )
        for kind in ("wrong", "locked", "signed_in"):
            raw.cursor(
                conn,
                "INSERT INTO account_event (person_id, at, kind, \"by\", seat, detail) VALUES ('p1', ?, ?, '', 'A1', '')",
                (now, kind),
            )
    as_auditor(desk)
    panel = desk.open(AuditPanel, 820, 700)
    panel.show_part("attempts")
    desk.settle()
    page: Any = panel.pages["attempts"]
    row = [page.table.item(0, column).text() for column in range(5)]
    assert row[2] == "处置单位受理员" and row[3] == "派遣" and row[4].startswith("岗位无权")
    panel.show_part("sign_ins")
    desk.settle()
    page = panel.pages["sign_ins"]
    assert page.table.rowCount() == 3 and page.warning.isVisible() and "p1" in page.warned.text()
    assert {page.table.item(at, 2).text() for at in range(3)} == {"密码错误", "锁定", "登录"}


def test_the_next_person_finds_nothing(desk: Desk) -> None:
    """Who comes after an auditor finds no page read, and is refused by the services."""
    as_auditor(desk)
    panel = desk.open(AuditPanel, 820, 700)
    desk.settle()
    assert set(panel.pages) == {"looks"}
    before = panel.pages["looks"]
    desk.sit("operator")
    desk.settle()
    assert panel.pages.get("looks") is not before
    assert "审计" in desk.said()


def test_every_page_has_a_name() -> None:
    """A page that is added needs a title; codes without words are shown as they are."""
    assert all(title_of(item.key) != item.key for item in PAGES)
    assert title_of("x") == refused_text("x") == kind_text("x") == "x"
