"""Another case, found by its code, address or class while one types: what a case is merged into."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from workstation.panels.common.fields import CODE, Field
from workstation.services.lists.filter import CaseFilter
from workstation.services.lists.lists import CaseLists, CaseRow
from workstation.shell.context import AppContext
from workstation.shell.look import icons
from workstation.shell.texts import text
from workstation.workflow.case import Case

TYPING_MILLISECONDS = 250
MOST = 8


class CaseField(Field):
    """One open case. At first those of the same class nearby are offered: they are what it might be the same as."""

    def __init__(self, context: AppContext, name: str, title: str, case: Case | None = None) -> None:
        super().__init__(name, True)
        self._context, self._case = context, case
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("案卷号、地址或类别"))
        self.words.setClearButtonEnabled(True)
        self.words.addAction(icons.icon("search", "text_3"), QLineEdit.ActionPosition.LeadingPosition)
        self.list = QListWidget()
        self.list.setFixedHeight(128)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(lambda _new, _old: self.changed.emit())
        box.addWidget(self.words)
        box.addWidget(self.list)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MILLISECONDS)
        self._typing.timeout.connect(self._find)
        self.words.textChanged.connect(lambda _words: self._typing.start())
        self._row(title, holder)
        self._find()

    def _find(self) -> None:
        words = self.words.text().strip()
        case = self._case
        if words:
            wanted = CaseFilter(open=True, text=words, sort="changed")
        elif case is not None and case.grid and case.class_code:
            wanted = CaseFilter(
                open=True, kind=case.kind, class_code=case.class_code, grid=case.grid, sort="changed"
            )
        else:
            self.list.clear()
            return
        self._context.tasks.run(
            _found, self._context.lists, wanted, owner=self, key="cases", on_done=self._show
        )

    def _show(self, rows: list[CaseRow]) -> None:
        self.list.clear()
        here = self._case.id if self._case is not None else ""
        for row in rows:
            if row.id == here:
                continue
            what = row.class_name or text.kind_text(row.kind)
            entry = QListWidgetItem(f"{row.code}　{what}　{row.address}")
            entry.setData(CODE, row.id)
            entry.setToolTip(row.description)
            self.list.addItem(entry)
        if not self.list.count():
            nothing = QListWidgetItem(
                self.tr("没有找到")
                if self.words.text().strip()
                else self.tr("本网格没有同类案卷，请输入案卷号或地址查找")
            )
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        elif self.words.text().strip() and self.list.count() == 1:
            self.list.setCurrentRow(0)
        self.changed.emit()

    def focus(self) -> None:
        self.words.setFocus()

    def value(self) -> Any:
        entry = self.list.currentItem()
        return str(entry.data(CODE)) if entry is not None and entry.data(CODE) else None

    def missing(self) -> str:
        return "" if self.value() else self.tr("请选择一件案卷")


def _found(lists: CaseLists, wanted: CaseFilter) -> list[CaseRow]:
    return list(lists.page(wanted, None, MOST + 1).rows)
