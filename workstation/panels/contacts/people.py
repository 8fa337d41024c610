"""Who holds which post, whose certificate runs out when, and who was stopped; given and taken here (TY-1-THREE)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, QDate
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QWidget

from workstation.panels.case.grid import wrapped
from workstation.panels.common.fields import Field
from workstation.panels.common.fieldsdialog import FieldsDialog
from workstation.services.centre.people import Person, PersonChange
from workstation.shell.context import AppContext
from workstation.shell.texts import text
from workstation.shell.texts.text import joined
from workstation.shell.widgets import (
    Badge,
    ReasonDialog,
    button,
    empty,
)
from workstation.shell.widgets.tables import cell, chosen, fill, plain_table

from .page import LookUpPage
from .posts import PostsOf

ON_THE_SPOT = "field"
"""The level of posts that collect: they need a certificate and can be stopped."""


class Day(Field):
    """A day."""

    def __init__(self, name: str, title: str, day: date) -> None:
        super().__init__(name, True)
        self.edit = QDateEdit(QDate(day.year, day.month, day.day))
        self.edit.setCalendarPopup(True)
        self.edit.setDisplayFormat("yyyy-MM-dd")
        self._row(title, self.edit)

    def value(self) -> date:
        day = self.edit.date()
        return date(day.year(), day.month(), day.day())


class PeoplePage(LookUpPage):
    """A table to look somebody up in, and the person who is looked at."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(
            plain_table(
                [
                    translate("PeoplePage", "姓名"),
                    translate("PeoplePage", "单位"),
                    translate("PeoplePage", "岗位"),
                ],
                [84, 140, 130],
                2,
            ),
            translate("PeoplePage", "姓名、单位或岗位"),
            "person",
            translate("PeoplePage", "变更记录"),
            parent,
        )
        self._context = context
        self.people: list[Person] = []
        book, post = context.services.handbook, context.actor.post
        self.may_staff = post in book.staff_posts
        self.may_stop = post in book.stop_posts
        self.posts = PostsOf(context)
        self.posts.changed.connect(self.reload)
        self.add_to_card().addWidget(self.posts)
        self._collecting = self.add_to_card()

    def reload(self) -> None:
        """Read who there is."""
        context = self._context
        context.tasks.run(context.services.people.all, owner=self, key="people", on_done=self._take)

    def _take(self, people: list[Person]) -> None:
        self.people = people
        self._fill()

    def _post(self, key: str) -> str:
        return text.post_text(key, self._context.services.handbook)

    def _fill(self) -> None:
        words = self.words.text().strip().casefold()
        today = text.local(self._context.services.now()).date()
        rows = []
        for person in self.people:
            unit = self._context.name_of(person.unit) if person.unit else ""
            posts = joined(self._post(post) for post in person.posts)
            if words and words not in f"{person.name} {unit} {posts}".casefold():
                continue
            out = person.stopped or (person.certified_until is not None and person.certified_until < today)
            rows.append(
                [
                    cell(person.name, person.id, "red" if out else ""),
                    cell(unit),
                    cell(posts or self.tr("没有岗位"), tone="" if posts else "text_3"),
                ]
            )
        fill(self.table, rows)
        if not chosen(self.table) and rows:
            self.table.setCurrentCell(0, 0)
        self._show()

    @property
    def person(self) -> Person | None:
        """Who is looked at."""
        key = chosen(self.table)
        return next((person for person in self.people if person.id == key), None)

    # ---- one person ---------------------------------------------------------------------------------------------

    def _show(self) -> None:
        person = self.person
        self.card.setVisible(person is not None)
        self.past.hide()
        if person is None:
            return
        self.head.set_title(person.name)
        unit = self._context.name_of(person.unit) if person.unit else ""
        self.about.setText(" · ".join(part for part in (person.id, unit, person.telephone) if part))
        self.posts.show_person(person.id, person.name, person.posts)
        empty(self._collecting)
        posts = self._context.services.handbook.posts
        if any(posts[key].level == ON_THE_SPOT for key in person.posts if key in posts):
            self._collecting.addWidget(self._certificate(person))
        context = self._context
        context.tasks.run(
            context.services.people.changes, person.id, owner=self, key="past", on_done=self._show_past
        )

    def _certificate(self, person: Person) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(8)
        today = text.local(self._context.services.now()).date()
        until = person.certified_until
        if person.stopped:
            row.addWidget(Badge(self.tr("已停止采集"), "red"))
        elif until is None:
            row.addWidget(Badge(self.tr("无需证书"), "text_3"))
        elif until < today:
            row.addWidget(Badge(self.tr("培训证书 {day} 到期").format(day=until), "red"))
        else:
            row.addWidget(Badge(self.tr("培训合格，至 {day}").format(day=until), "green"))
        row.addStretch(1)
        if self.may_staff:
            certify = button(self.tr("登记培训…"), "small", on_click=self.certify)
            certify.setObjectName("certify")
            row.addWidget(certify)
        if self.may_stop:
            words = self.tr("恢复采集…") if person.stopped else self.tr("停止采集…")
            stop = button(words, "small", on_click=self.stop_or_resume)
            stop.setObjectName("stop")
            row.addWidget(stop)
        return line

    def _show_past(self, changes: list[PersonChange]) -> None:
        empty(self._past_lines)
        for change in reversed(changes):
            words = self.tr("{time}　{what}（{who}）").format(
                time=text.full_time_text(change.at)[:16],
                what=self._change_text(change),
                who=self._context.name_of(change.by),
            )
            self._past_lines.addWidget(wrapped(words, "small"))
        self.past.setVisible(bool(changes))

    def _change_text(self, change: PersonChange) -> str:
        words = {
            "grant": self.tr("授予岗位 {what}").format(what=self._post(change.detail)),
            "revoke": self.tr("撤销岗位 {what}").format(what=self._post(change.detail)),
            "certify": self.tr("培训合格，至 {what}").format(what=change.detail)
            if change.detail
            else self.tr("无需证书"),
            "stop": self.tr("停止采集：{what}").format(what=change.detail),
            "resume": self.tr("恢复采集：{what}").format(what=change.detail),
        }
        return words.get(change.kind, change.kind)

    # ---- changing -----------------------------------------------------------------------------------------------

    def certify(self) -> FieldsDialog | None:
        """Ask until when the certificate holds."""
        person = self.person
        if person is None:
            return None
        now = text.local(self._context.services.now()).date()
        day = person.certified_until or now.replace(year=now.year + 1, day=min(now.day, 28))
        title = self.tr("培训合格 · {name}").format(name=person.name)
        fields: list[Field] = [Day("until", self.tr("证书有效期至"), day)]
        dialog = FieldsDialog(self._context, title, self.tr("登记"), fields, self.window())
        services, actor = self._context.services, self._context.actor
        dialog.work = lambda data: services.people.set_certified(person.id, data["until"], actor)
        dialog.on_done = lambda _done: self.reload()
        dialog.open()
        return dialog

    def stop_or_resume(self) -> None:
        """Stop a collector, or let one collect again; why is asked."""
        person = self.person
        if person is None:
            return
        services, actor = self._context.services, self._context.actor
        change = services.people.resume if person.stopped else services.people.stop
        title = self.tr("恢复采集") if person.stopped else self.tr("停止采集")
        ReasonDialog.ask(
            self.window(),
            f"{title} · {person.name}",
            lambda reason: self._run(lambda: change(person.id, reason, actor)),
            phrases=(self.tr("重新培训合格"),)
            if person.stopped
            else (self.tr("多次虚报"), self.tr("漏报严重"), self.tr("瞒报")),
            ok_text=title,
            danger=not person.stopped,
        )

    def _run(self, work: Callable[[], Any]) -> None:
        self._context.tasks.run(work, owner=self, priority=1, on_done=lambda _done: self.reload())
