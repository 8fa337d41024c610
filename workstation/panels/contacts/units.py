"""The units with whom to call there; who was entered before; and entering somebody else (MQ-36-CONTACTS)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workstation.map.targets import UNIT, Target
from workstation.panels.case.grid import wrapped
from workstation.panels.case.people import contact_tip, role_text
from workstation.panels.common.droprows import RowDrops
from workstation.panels.common.fields import Line
from workstation.panels.common.fieldsdialog import FieldsDialog
from workstation.services.cases.scope import sees_all
from workstation.services.centre.contacts import ROLES, Contact
from workstation.services.centre.units import UnitInfo
from workstation.services.services import Services
from workstation.shell.context import AppContext
from workstation.shell.texts import text
from workstation.shell.widgets import button, empty, kind_label, tool_button
from workstation.shell.widgets.tables import KEY, cell, choose, chosen, fill, plain_table
from workstation.workflow.event import Actor

from .page import LookUpPage


@dataclass(frozen=True)
class Book:
    """Every unit with its contacts; ``mine`` are those whose contacts the actor may enter, None: all of them."""

    units: Sequence[UnitInfo]
    contacts: dict[str, list[Contact]]
    mine: frozenset[str] | None


def read_book(services: Services, actor: Actor) -> Book:
    """Read the book."""
    found: dict[str, list[Contact]] = {}
    for contact in services.units.contacts():
        found.setdefault(contact.unit, []).append(contact)
    mine: frozenset[str] | None = frozenset()
    if actor.post in services.handbook.staff_posts:
        mine = None
    elif not sees_all(actor, services.handbook) and actor.unit:
        mine = services.units.subtree(actor.unit)
    return Book(services.units.all(), found, mine)


class UnitsPage(LookUpPage):
    """A table to look up a unit in, and the unit that is looked at."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(
            plain_table(
                [
                    translate("UnitsPage", "单位"),
                    translate("UnitsPage", "日常受理员"),
                    translate("UnitsPage", "电话"),
                ],
                [160, 92, 124],
            ),
            translate("UnitsPage", "单位、姓名或电话"),
            "unit",
            translate("UnitsPage", "变更记录"),
            parent,
        )
        self._context = context
        self.book: Book | None = None
        self._rows = self.add_to_card(8)
        RowDrops(context, self.table, self._target_at)

    def _target_at(self, position: QPoint) -> Target | None:
        """The unit of a row, for cases that are let go on it."""
        row = self.table.rowAt(position.y())
        item = self.table.item(row, 0) if row >= 0 else None
        if item is None:
            return None
        code = str(item.data(KEY))
        return Target(UNIT, code, self._context.name_of(code))

    def reload(self) -> None:
        """Read the book again."""
        context = self._context
        context.tasks.run(
            read_book, context.services, context.actor, owner=self, key="book", on_done=self._take
        )

    def _take(self, book: Book) -> None:
        self.book = book
        self._fill()

    def _fill(self) -> None:
        book = self.book
        if book is None:
            return
        words = self.words.text().strip().casefold()
        rows = []
        for unit in book.units:
            contacts = book.contacts.get(unit.code, [])
            told = " ".join((unit.name, unit.short_name, *(f"{c.name} {c.telephone}" for c in contacts)))
            if words and words not in told.casefold():
                continue
            first = next((c for c in contacts if c.role == "receiver"), None)
            tip = contact_tip(unit.name, contacts)
            rows.append(
                [
                    cell(unit.short_name or unit.name, unit.code, tip=tip),
                    cell(first.name if first else self.tr("未登记"), tone="" if first else "text_3", tip=tip),
                    cell(first.telephone if first else "", tip=tip),
                ]
            )
        fill(self.table, rows)
        if not chosen(self.table) and rows:
            mine = self._context.actor.unit
            if not (mine and choose(self.table, mine)):
                self.table.setCurrentCell(0, 0)
        self._show()

    # ---- one unit -----------------------------------------------------------------------------------------------

    def _show(self) -> None:
        code = chosen(self.table)
        unit = next((u for u in self.book.units if u.code == code), None) if self.book is not None else None
        self.card.setVisible(unit is not None)
        self.past.hide()
        if unit is None or self.book is None:
            return
        self.head.set_title(unit.name)
        book = self._context.services.handbook
        over = self._context.name_of(unit.parent) if unit.parent else ""
        self.about.setText(
            " · ".join(
                part
                for part in (
                    text.label(book, "unit_kinds", unit.kind),
                    text.label(book, "levels", unit.level),
                    self.tr("上级：{unit}").format(unit=over) if over else "",
                )
                if part
            )
        )
        empty(self._rows)
        contacts = {contact.role: contact for contact in self.book.contacts.get(code, [])}
        may = self.book.mine is None or code in self.book.mine
        for role in reversed(ROLES):
            self._rows.addWidget(self._line(code, role, contacts.get(role), may))
        context = self._context
        context.tasks.run(
            context.services.units.contact_history, code, owner=self, key="past", on_done=self._show_past
        )

    def _line(self, code: str, role: str, contact: Contact | None, may: bool) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        caption = kind_label(role_text(role), "muted")
        caption.setMinimumWidth(76)
        row.addWidget(caption)
        name = kind_label(contact.name if contact is not None else self.tr("未登记"), "mono")
        row.addWidget(name)
        if contact is not None:
            row.addWidget(kind_label(contact.telephone))
            copy = tool_button("copy", self.tr("复制电话"), partial(self._copy, contact.telephone))
            row.addWidget(copy)
            name.setToolTip(
                self.tr("{who} 于 {time} 登记").format(
                    who=self._context.name_of(contact.changed_by), time=text.full_time_text(contact.since)
                )
            )
        row.addStretch(1)
        if may:
            change = button(self.tr("更改…"), "small", on_click=partial(self.edit, code, role))
            change.setObjectName(f"edit-{role}")
            row.addWidget(change)
        return line

    def _show_past(self, history: list[Contact]) -> None:
        code = chosen(self.table)
        empty(self._past_lines)
        entered = [contact for contact in history if contact.unit == code]
        for contact in reversed(entered):
            self._past_lines.addWidget(
                wrapped(
                    "　".join(
                        (
                            text.full_time_text(contact.since)[:16],
                            role_text(contact.role),
                            contact.name,
                            contact.telephone,
                            self.tr("（{who}登记）").format(who=self._context.name_of(contact.changed_by)),
                        )
                    ),
                    "small",
                )
            )
        self.past.setVisible(bool(entered))

    def _copy(self, telephone: str) -> None:
        QGuiApplication.clipboard().setText(telephone)
        self._context.notify(self.tr("已复制电话 {number}").format(number=telephone))

    def edit(self, code: str, role: str) -> FieldsDialog:
        """Ask who answers for the unit from now on."""
        contacts = self.book.contacts.get(code, []) if self.book is not None else []
        now = next((contact for contact in contacts if contact.role == role), None)
        fields = [
            Line("name", self.tr("姓名"), required=True, text=now.name if now else ""),
            Line("telephone", self.tr("电话"), required=True, text=now.telephone if now else ""),
        ]
        title = f"{self._context.name_of(code)} · {role_text(role)}"
        dialog = FieldsDialog(self._context, title, self.tr("登记"), fields, self.window())
        services, actor = self._context.services, self._context.actor

        def work(data: dict[str, Any]) -> Contact:
            return services.units.set_contact(code, role, data["name"], data["telephone"], actor)

        dialog.work = work
        dialog.on_done = lambda _contact: self.reload()
        dialog.open()
        return dialog
