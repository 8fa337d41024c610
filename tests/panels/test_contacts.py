"""Contacts of units, looked up and entered; posts given and taken; certificates; who may do what."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from tests.panels.desk import Desk
from workstation.panels.case.people import contact_lines, contact_tip, daily_receiver
from workstation.panels.contacts import ContactsPanel
from workstation.shell.widgets.tables import choose


@pytest.fixture
def panel(desk: Desk) -> Any:
    """The dock of the administrator."""
    people = desk.services.people
    admin = people.with_post("admin")[0]
    desk.actors["admin"] = people.actor(admin.id, "admin")
    desk.context.names = {p.id: p.name for p in people.all()} | {
        unit.code: unit.name for unit in desk.services.units.all()
    }
    desk.sit("admin")
    return desk.open(ContactsPanel, 460, 900)


def named(within: QWidget, name: str) -> QPushButton | None:
    """The button of that name that is shown."""
    found = [item for item in within.findChildren(QPushButton, name) if item.isVisibleTo(within)]
    return found[0] if found else None


@pytest.mark.article("MQ-36-CONTACTS")
def test_a_unit_enters_its_own_and_what_was_stays(desk: Desk, panel: ContactsPanel) -> None:
    """A unit's receiver enters who answers for it, not for another; the one before stays in the record."""
    desk.sit("one")
    unit, other = desk.actors["one"].unit, desk.actors["two"].unit
    mine = desk.open(ContactsPanel, 460, 900)
    assert mine.tabs.parentWidget().isHidden(), "posts are not a unit's business"
    assert choose(mine.units.table, unit)
    desk.settle()
    for name, telephone in (("王芳", "0558-5551001"), ("李明", "0558-5551002")):
        button = named(mine.units, "edit-receiver")
        assert button is not None
        button.click()
        dialog = desk.dialog()
        dialog.fields["name"].edit.setText("")
        dialog.submit()
        assert dialog.isVisible(), "a name is needed"
        dialog.fields["name"].edit.setText(name)
        dialog.fields["telephone"].edit.setText(telephone)
        dialog.submit()
        desk.settle()
    now = [c for c in desk.services.units.contacts(unit) if c.role == "receiver"]
    assert [(c.name, c.telephone) for c in now] == [("李明", "0558-5551002")]
    assert desk.visible_text(mine.units.past, "王芳") and desk.visible_text(mine.units.past, "李明")
    assert choose(mine.units.table, other)
    desk.settle()
    assert named(mine.units, "edit-receiver") is None


def test_a_unit_is_found_by_any_word(desk: Desk, panel: ContactsPanel) -> None:
    """By its name, by somebody's name, by a telephone; the number is copied by one click."""
    unit = desk.actors["two"].unit
    desk.services.units.set_contact(unit, "head", "欧阳海", "13800001234", desk.actors["admin"])
    desk.settle()
    for words in ("欧阳", "13800001234", desk.context.name_of(unit)):
        panel.units.words.setText(words)
        codes = {panel.units.table.item(r, 0).data(256) for r in range(panel.units.table.rowCount())}
        assert unit in codes
    panel.units.words.setText("绝无此人")
    assert panel.units.table.rowCount() == 0
    panel.units._copy("13800001234")
    assert QGuiApplication.clipboard().text() == "13800001234"


def test_contacts_in_words(desk: Desk, panel: ContactsPanel) -> None:
    """Whom to call first stands first, in tooltips and menus and beside the lead unit of a case."""
    unit, admin = desk.actors["one"].unit, desk.actors["admin"]
    for role, name in (("leader", "张建国"), ("receiver", "王芳")):
        desk.services.units.set_contact(unit, role, name, "0558-1", admin)
    contacts = [c for c in desk.services.units.contacts(unit) if c.role != "head"]
    assert [line.split("　")[1] for line in contact_lines(contacts)] == ["王芳", "张建国"]
    assert daily_receiver(contacts) == "王芳 0558-1" and daily_receiver([]) == ""
    assert contact_tip("环卫处", contacts).splitlines()[0] == "环卫处"


@pytest.mark.article("TY-1-THREE")
def test_nobody_gets_posts_of_two_hands(desk: Desk, panel: ContactsPanel) -> None:
    """An operator supervises: a post that disposes is refused, in words, and the dialog stays; one of the same hand is given."""
    people = desk.services.people
    someone = people.with_post("operator")[0]
    panel.show_part("people")
    desk.settle()
    assert choose(panel.people.table, someone.id)
    desk.settle()
    button = named(panel.people, "grant")
    assert button is not None
    button.click()
    dialog = desk.dialog()
    dialog.fields["post"].choose("dispatcher")
    dialog.submit()
    desk.settle()
    assert dialog.isVisible() and dialog.error.text() and "（two_hands）" not in dialog.error.text()
    assert people.posts_of(someone.id) == ["operator"]
    dialog.fields["post"].choose("shift_leader")
    dialog.submit()
    desk.settle()
    assert set(people.posts_of(someone.id)) == {"operator", "shift_leader"}
    away = named(panel.people, "revoke-shift_leader")
    assert away is not None
    away.click()
    desk.dialog().ok.click()
    desk.settle()
    assert people.posts_of(someone.id) == ["operator"]
    assert desk.visible_text(panel.people.past, "授予岗位") and desk.visible_text(
        panel.people.past, "撤销岗位"
    )


@pytest.mark.article("MQ-14-TRAINED")
@pytest.mark.article("MQ-15-QUALITY")
def test_a_collector_is_certified_stopped_and_resumed(desk: Desk, panel: ContactsPanel) -> None:
    """The certificate's last day is entered; a breach stops the collector with its reason; both are on record."""
    people = desk.services.people
    someone = people.with_post("collector")[0]
    panel.show_part("people")
    desk.settle()
    panel.people.words.setText(someone.name)
    assert choose(panel.people.table, someone.id)
    desk.settle()
    button = named(panel.people, "certify")
    assert button is not None
    button.click()
    dialog = desk.dialog()
    dialog.fields["until"].edit.setDate(date(2027, 6, 30))
    dialog.submit()
    desk.settle()
    person = next(p for p in people.all() if p.id == someone.id)
    assert person.certified_until == date(2027, 6, 30)
    if panel.people.may_stop:
        stop = named(panel.people, "stop")
        assert stop is not None
        stop.click()
        desk.give_reason("多次虚报")
        assert next(p for p in people.all() if p.id == someone.id).stopped
        assert desk.visible_text(panel.people.past, "多次虚报")
        resume = named(panel.people, "stop")
        assert resume is not None and resume.text().startswith("恢复")
        resume.click()
        desk.give_reason("重新培训合格")
    assert not next(p for p in people.all() if p.id == someone.id).stopped
