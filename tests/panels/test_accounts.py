"""The dock of accounts: who sees it, what it lists, and what an administrator does there."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPushButton

from tests.panels.desk import Desk
from workstation.panels.accounts import AccountsPanel
from workstation.panels.accounts.onetime import OneTimeDialog
from workstation.services.accounts import passwords
from workstation.services.accounts.accounts import AccountInfo
from workstation.services.accounts.entry import FileEntry
from workstation.shell import registry
from workstation.shell.widgets import ConfirmDialog
from workstation.shell.widgets.tables import choose


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proofs in no time."""
    monkeypatch.setattr(passwords, "MEMORY_KIB", 64)
    monkeypatch.setattr(passwords, "TIME_COST", 1)


@pytest.fixture
def panel(desk: Desk) -> Any:
    """The dock of the administrator."""
    people = desk.services.people
    desk.actors["admin"] = people.actor(people.with_post("admin")[0].id, "admin")
    desk.context.names = {p.id: p.name for p in people.all()}
    desk.sit("admin")
    return desk.open(AccountsPanel, 460, 900)


def press(desk: Desk, panel: AccountsPanel, name: str) -> None:
    """Press a button of the person, and say yes if there is a question."""
    desk.settle()
    found = panel.page.card.findChildren(QPushButton, name)
    buttons = [item for item in found if item.isVisibleTo(panel.page.card)]
    assert len(buttons) == 1, name
    buttons[0].click()
    for dialog in panel.window().findChildren(ConfirmDialog):
        if dialog.isVisible():
            dialog.ok.click()
    desk.settle()


def offered(panel: AccountsPanel) -> set[str]:
    """What can be done about the account."""
    names = ("open", "reset", "close", "unlock", "end")
    card = panel.page.card
    return {name for name in names for item in card.findChildren(QPushButton, name) if item.isVisibleTo(card)}


def shown_password(panel: AccountsPanel) -> str:
    """The one-time password that the dialog shows; the dialog is closed."""
    dialog = next(d for d in panel.window().findChildren(OneTimeDialog) if d.isVisible())
    password = dialog.words.text()
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == password
    dialog.accept()
    assert password not in (dialog.words.text(), QGuiApplication.clipboard().text())
    return password


def about(panel: AccountsPanel, person: str) -> AccountInfo:
    """What the panel knows of a person."""
    return next(info for info in panel.page.infos if info.person == person)


def test_an_account_is_opened_used_and_closed(desk: Desk, panel: AccountsPanel) -> None:
    """The password is shown once; who signs in is seen with the seat, sent away, locked out, unlocked, and closed out."""
    person = desk.actors["operator"].person
    assert choose(panel.page.table, person)
    desk.settle()
    assert offered(panel) == {"open"}
    press(desk, panel, "open")
    password = shown_password(panel)
    entry = FileEntry(desk.services.db, "", desk.services.now)
    assert entry.sign_in(person, password).verdict.outcome == "ok"
    panel.page.reload()
    desk.settle()
    assert offered(panel) == {"end", "reset", "close"}
    panel.filter._buttons["here"].click()
    assert panel.page.table.rowCount() == 1
    press(desk, panel, "end")
    assert about(panel, person).sitting is None and not panel.page.nothing.isHidden()
    panel.filter._buttons["all"].click()
    assert choose(panel.page.table, person)
    for _ in range(5):
        entry.sign_in(person, "wrong")
    panel.page.reload()
    desk.settle()
    assert offered(panel) == {"unlock", "reset", "close"}
    press(desk, panel, "unlock")
    assert offered(panel) == {"reset", "close"}
    press(desk, panel, "reset")
    other = shown_password(panel)
    assert entry.sign_in(person, password).verdict.outcome == "wrong"
    assert entry.sign_in(person, other).verdict.outcome == "ok"
    press(desk, panel, "close")
    assert offered(panel) == {"open"} and about(panel, person).account == "closed"
    desk.settle()
    words = desk.visible_text
    for what in ("开通账号", "登录被结束", "账号锁定至", "解除锁定", "重置密码", "停用账号"):
        assert words(panel.page.past, what), what


def test_posts_are_given_here_but_never_to_oneself(desk: Desk, panel: AccountsPanel) -> None:
    """Another's posts can be changed here; one's own account offers nothing, and one's own posts neither."""
    assert choose(panel.page.table, desk.actors["operator"].person)
    desk.settle()
    panel.page.posts.grant().reject()
    assert panel.page.posts.findChildren(QPushButton, "grant")
    assert choose(panel.page.table, desk.actors["admin"].person)
    desk.settle()
    assert offered(panel) == set()
    card = panel.page.posts
    assert not [item for item in card.findChildren(QPushButton, "grant") if item.isVisibleTo(card)]


def test_words_and_filters_leave_those_who_fit(desk: Desk, panel: AccountsPanel) -> None:
    """By name, number, unit or post; an empty list says so."""
    everybody = panel.page.table.rowCount()
    assert everybody == len(panel.page.infos) > 3
    panel.page.words.setText("系统管理员")
    assert 0 < panel.page.table.rowCount() < everybody
    panel.page.words.setText("没有这样的人")
    assert panel.page.table.rowCount() == 0 and not panel.page.nothing.isHidden()
    assert panel.page.card.isHidden()
    panel.page.words.clear()
    panel.filter._buttons["none"].click()
    assert panel.page.table.rowCount() == everybody
    panel.filter._buttons["wants"].click()
    assert panel.page.table.rowCount() == 0
    assert not panel.page.open_city.isHidden(), "a city without passwords says so"


def test_only_who_keeps_the_people_sees_it(desk: Desk) -> None:
    """The handbook says who that is."""
    book = desk.services.handbook
    seen = {post for post in book.posts if registry.entry("accounts").visible_to(post, book)}
    assert seen == set(book.staff_posts) == {"admin"}
    assert not registry.entry("accounts").visible_to("admin")


def test_a_refusal_is_shown_and_nothing_is_done(desk: Desk, panel: AccountsPanel) -> None:
    """A post that is no administrator's gets a sentence, not an account."""
    desk.sit("operator")
    panel.page.reload()
    desk.settle()
    person = desk.actors["dispatcher"].person
    assert choose(panel.page.table, person)
    panel.page.open_account()
    desk.settle()
    assert desk.notices[-1].text == "本岗位不管理账号。"
    assert not [d for d in panel.window().findChildren(QDialog) if d.isVisible()]
    assert about(panel, person).account == ""
