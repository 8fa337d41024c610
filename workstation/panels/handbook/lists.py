"""The lists about an edition as a whole: what differs from the edition in force, proposed rules, the history."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from workstation.shell.texts.text import joined

from ...services.rules.handbooks import EditionInfo, Proposal
from ...shell.look.theme import Theme
from ...shell.texts.text import full_time_text
from ...shell.widgets.basics import EmptyState, button, kind_label
from ...workflow.handbook import Handbook
from ...workflow.handbook_compare import WHOLE, Difference
from . import words


class _Table(QTableWidget):
    """Rows to read and choose from; ``shares`` are the columns' parts of the width."""

    def __init__(self, titles: Sequence[str], shares: Sequence[int], wrap: bool = False) -> None:
        super().__init__(0, len(titles))
        self._shares = shares
        self.setHorizontalHeaderLabels(list(titles))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(34)
        self.setShowGrid(wrap)
        self.setWordWrap(wrap)
        self._wrap = wrap
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def fill(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows."""
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setToolTip(text if len(text) > 14 else "")
                self.setItem(number, column, item)
        self._fit()

    def _fit(self) -> None:
        total = sum(self._shares)
        room = max(self.viewport().width(), 60 * len(self._shares))
        for column, share in enumerate(self._shares):
            self.setColumnWidth(column, room * share // total)
        if self._wrap:
            self.resizeRowsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class _BeforeAfter(QStyledItemDelegate):
    """What it was on a red ground, what it is on a green one. The style sheet leaves no other way to colour a cell."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        token = {2: "red_soft", 3: "green_soft"}.get(index.column(), "")
        if token and index.data():
            painter.fillRect(option.rect, self._theme.color(token))
        super().paint(painter, option, index)


class ComparePage(QWidget):
    """What this edition says otherwise than the one in force: part, what, before, after."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = kind_label("", "label")
        titles = (self.tr("部分"), self.tr("项目"), self.tr("现行"), self.tr("本版"))
        self.table = _Table(titles, (2, 4, 5, 5), wrap=True)
        self.table.setItemDelegate(_BeforeAfter(theme, self.table))
        self.empty = EmptyState("check-circle", self.tr("与现行版本没有差别"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.count)
        box.addWidget(self.table, 1)
        box.addWidget(self.empty, 1)
        self.show_differences([], None)

    def show_differences(self, found: Sequence[Difference], handbook: Handbook | None) -> None:
        """Show them; ``handbook`` gives the words that it has itself."""
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.count.setText(self.tr("共 {n} 处不同").format(n=len(found)) if found else "")
        self.table.fill([difference_text(d, handbook) for d in found])


def difference_text(difference: Difference, handbook: Handbook | None) -> tuple[str, str, str, str]:
    """A difference in words: part, what of it, before, after."""
    part = words.parts().get(difference.part, difference.part)
    name = difference.name or difference.key
    if difference.part == "rules":
        name = words.rules().get(words.RULE_FIELDS.get(difference.key, ""), difference.key)
    elif difference.part == "head":
        name = words.fields().get(difference.key, difference.key)
    elif difference.part == "coordination" and handbook is not None:
        name = words.choices("scopes", handbook).get(difference.key, difference.key)
    elif difference.part == "accountability" and handbook is not None:
        name = words.choices("accounts", handbook).get(difference.key, difference.key)
    elif difference.part == "conditions":
        name = f"{difference.name} {difference.key.split('/', 1)[-1]}"
    field = words.fields().get(difference.field, "") if difference.field not in (WHOLE, "value") else ""
    what = f"{name} · {field}" if field else name
    return part, what, _value(difference.before), _value(difference.after)


def _value(text: str) -> str:
    known = {"true": words.yes(), "false": words.no()}
    return known.get(text, text)


class HistoryPage(QWidget):
    """Every edition and draft. ``opened(id)``: somebody wants to see one."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editions: list[EditionInfo] = []
        titles = (self.tr("版本"), self.tr("状态"), self.tr("生效日期"), self.tr("起草"), self.tr("审批"))
        self.table = _Table((*titles, self.tr("批准时间"), self.tr("说明")), (3, 2, 3, 3, 3, 4, 4))
        self.table.itemDoubleClicked.connect(lambda item: self.opened.emit(self._editions[item.row()].id))
        self.view = button(self.tr("查看"), "small", "eye", self._view)
        row = QHBoxLayout()
        row.addWidget(kind_label(self.tr("双击打开一个版本或草稿"), "small"), 1)
        row.addWidget(self.view)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(row)
        box.addWidget(self.table, 1)

    def show_editions(self, editions: list[EditionInfo], name_of: Callable[[str], str]) -> None:
        """Show them, with the names of persons."""
        self._editions = editions
        self.table.fill(
            [
                (
                    *(info.edition, words.status(info)[0]),
                    info.valid_from.isoformat() if info.valid_from else "",
                    joined(name_of(person) for person in info.author.split(",") if person),
                    name_of(info.approver),
                    full_time_text(info.approved_at)[:16],
                    info.note,
                )
                for info in editions
            ]
        )

    def _view(self) -> None:
        number = self.table.currentRow()
        if 0 <= number < len(self._editions):
            self.opened.emit(self._editions[number].id)


class ProposalsPage(QWidget):
    """Rules that settled cases propose. ``taken(proposal)``: into the draft; ``case_wanted(id)``: show the case."""

    taken = Signal(object)
    case_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._proposals: list[Proposal] = []
        self._known: frozenset[str] = frozenset()
        self._writable = False
        titles = (
            self.tr("规则"),
            self.tr("责任单位"),
            self.tr("出自案卷"),
            self.tr("提出时间"),
            self.tr("状态"),
        )
        self.table = _Table(titles, (6, 3, 3, 3, 2))
        self.table.itemSelectionChanged.connect(self._update)
        self.take = button(self.tr("纳入草稿"), "primary", "plus", self._take)
        self.case = button(self.tr("查看案卷"), "", "case", self._show_case)
        self.empty = EmptyState(
            "info",
            self.tr("没有案卷提出的规则"),
            self.tr("先行处置的案卷明确责任时，可以提出补入手册的规则"),
        )
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.case)
        row.addWidget(self.take)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.table, 1)
        box.addWidget(self.empty, 1)
        box.addLayout(row)
        self.show_proposals([], (), False, str)

    def show_proposals(
        self, proposals: list[Proposal], known: Sequence[str], writable: bool, name_of: Callable[[str], str]
    ) -> None:
        """Show them; ``known`` are the rules of the edition that is shown, which may be a draft to write in."""
        self._proposals, self._known, self._writable = proposals, frozenset(known), writable
        self.table.setVisible(bool(proposals))
        self.empty.setVisible(not proposals)
        self.table.fill(
            [
                (p.rule, name_of(p.unit), p.case_code, full_time_text(p.at)[:16], self._state(p))
                for p in proposals
            ]
        )
        if proposals and self.table.currentRow() < 0:
            self.table.selectRow(0)
        self._update()

    def _state(self, proposal: Proposal) -> str:
        if proposal.taken:
            return self.tr("现行")
        return self.tr("已在本版") if proposal.rule in self._known else self.tr("待纳入")

    def _chosen(self) -> Proposal | None:
        number = self.table.currentRow()
        return self._proposals[number] if 0 <= number < len(self._proposals) else None

    def _update(self) -> None:
        chosen = self._chosen()
        self.case.setEnabled(chosen is not None)
        fresh = chosen is not None and chosen.rule not in self._known
        self.take.setEnabled(self._writable and fresh)
        self.take.setToolTip("" if self._writable else self.tr("请先起草新版本"))

    def _take(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.taken.emit(chosen)

    def _show_case(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.case_wanted.emit(chosen.case_id)
