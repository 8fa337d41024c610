"""The approval of an edition: in whose name, from which day, and what it changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QLineEdit, QWidget

from ...shell.widgets.basics import FormRow, kind_label
from ...shell.widgets.dialogs import Dialog
from ...workflow.handbook import Handbook
from ...workflow.handbook_compare import Difference
from .lists import difference_text

SHOWN = 6
"""Differences that the dialog names one by one."""


class ApproveDialog(Dialog):
    """Asks for the body that approves and the day from which the edition holds."""

    def __init__(
        self,
        parent: QWidget | None,
        edition: Handbook,
        differences: Sequence[Difference],
        today: date,
        on_ok: Callable[[str, date], object],
    ) -> None:
        super().__init__(parent=parent, title="", width=520)
        title = self.tr("审批指挥手册 {edition}").format(edition=edition.edition)
        self.setWindowTitle(title)
        self.heading.setText(title)
        self._on_ok = on_ok
        told = kind_label(self.tr("与现行版本有 {n} 处不同：").format(n=len(differences)), "label")
        self.body.addWidget(told)
        for difference in differences[:SHOWN]:
            part, what, before, after = difference_text(difference, edition)
            words = f"{part}　{what}：{_short(before)} → {_short(after)}"
            label = kind_label(words, "small")
            label.setWordWrap(True)
            self.body.addWidget(label)
        if len(differences) > SHOWN:
            self.body.addWidget(kind_label(self.tr("…… 其余见“与现行版本比较”"), "small"))
        self.approver = QLineEdit(edition.approver)
        self.row = FormRow(self.tr("批准机关"), self.approver, required=True)
        self.body.addWidget(self.row)
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        first = QDate(today.year, today.month, today.day)
        self.day.setMinimumDate(first)
        self.day.setDate(first)
        hint = self.tr("从这一天起，新立案的案卷按本版办理；此前立案的案卷仍按原版办理完毕。")
        self.body.addWidget(FormRow(self.tr("生效日期"), self.day, required=True, hint=hint))
        self.add_button(self.tr("取消"))
        self.ok = self.add_button(self.tr("批准"), "primary", self._accept)

    def _accept(self) -> None:
        words = self.approver.text().strip()
        if not words:
            self.row.set_error(self.tr("请填写批准机关"))
            return
        chosen = self.day.date()
        self.accept()
        self._on_ok(words, date(chosen.year(), chosen.month(), chosen.day()))


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:29]}…"
