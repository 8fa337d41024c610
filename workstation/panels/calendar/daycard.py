"""One day: what it is and by which notice, and the place's own arrangement for it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from workstation.shell.texts.calendar import calendar_error_text
from workstation.shell.widgets import Badge, Card, FormRow, button, kind_label
from workstation.workflow.calendar import CalendarError

from .draft import Draft, hours_text
from .yearview import day_tone, kind_words, weekday_words


class DayCard(Card):
    """The chosen day. ``edited`` follows each change that the draft took."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, "card", 12, 6)
        self._draft: Draft | None = None
        self._day: date | None = None
        head = QHBoxLayout()
        self.title = kind_label("", "heading")
        self.badge = Badge("", "text_3")
        head.addWidget(self.title)
        head.addWidget(self.badge)
        head.addStretch(1)
        self.body.addLayout(head)
        self.told = kind_label("", "label")
        self.told.setWordWrap(True)
        self.body.addWidget(self.told)
        self._form = QWidget()
        row = QHBoxLayout(self._form)
        row.setContentsMargins(0, 0, 0, 0)
        self.hours = QLineEdit()
        self.hours.setPlaceholderText(self.tr("留空为休息"))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(self.tr("如：暴雪停工、创城值守"))
        self._hours_row = FormRow(self.tr("本地时段"), self.hours)
        self._reason_row = FormRow(self.tr("事由"), self.reason, required=True)
        row.addWidget(self._hours_row, 1)
        row.addWidget(self._reason_row, 1)
        self.body.addWidget(self._form)
        acts = QHBoxLayout()
        self.put = button(self.tr("设为本地安排"), "small", on_click=self._put)
        self.drop = button(self.tr("取消本地安排"), "small", on_click=self._drop)
        acts.addWidget(self.put)
        acts.addWidget(self.drop)
        acts.addStretch(1)
        self.body.addLayout(acts)
        self.hide()

    def show_day(self, draft: Draft, day: date, editable: bool) -> None:
        """A day of the draft; only read where the post may not edit."""
        self._draft, self._day = draft, day
        what, own = draft.calendar.day(day), draft.exception(day)
        weekday = weekday_words()[day.weekday()]
        self.title.setText(self.tr("{day} 周{weekday}").format(day=f"{day:%Y-%m-%d}", weekday=weekday))
        self.badge.set(kind_words(what), day_tone(what) or "text_3")
        lines = [hours_text(what.slots) or self.tr("休息")]
        if what.name:
            lines.append(what.name)
        if what.kind in ("holiday", "make_up") and what.notice:
            lines.append(self.tr("依据《{title}》").format(title=what.notice))
        self.told.setText("\n".join(lines))
        self._form.setVisible(editable)
        self.put.setVisible(editable)
        self.drop.setVisible(editable and own is not None)
        self.hours.setText(hours_text(what.slots))
        self.reason.setText(str(own["reason"]) if own else "")
        self._hours_row.set_error("")
        self._reason_row.set_error("")
        self.show()

    def _put(self) -> None:
        if self._draft is None or self._day is None:
            return
        reason = self.reason.text().strip()
        self._reason_row.set_error("" if reason else self.tr("请写明事由"))
        if not reason:
            self.reason.setFocus()
            return
        try:
            self._draft.set_exception(self._day, self.hours.text(), reason)
        except CalendarError as error:
            self._hours_row.set_error(calendar_error_text(error))
            return
        self.edited.emit()

    def _drop(self) -> None:
        if self._draft is not None and self._day is not None:
            self._draft.drop_exception(self._day)
            self.edited.emit()
