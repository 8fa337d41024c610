"""A page of tables: those of one part of the handbook, one in front; a footer says what is wrong while one types."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ...shell.look.style import set_kind
from ...shell.widgets.bars import SegmentBar
from ...shell.widgets.basics import button, kind_label
from ...workflow.handbook import Handbook
from .pages import sheets
from .sheet import Sheet
from .table import SheetModel, SheetTable


class SheetPage(QWidget):
    """The tables of a page. ``edited(place, value)``: a cell was changed; ``jump(place)``: show it in the files;
    ``added(key)``: another row like that one is wanted; ``removed(key)``: none any more.

    ``wanted`` is the key of a row to choose as soon as it is there.
    """

    edited = Signal(object, object)
    jump = Signal(object)
    added = Signal(str)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheets: list[Sheet] = []
        self._page = ""
        self._bar: SegmentBar | None = None
        self._chosen: dict[str, int] = {}
        self.wanted = ""
        self.model = SheetModel(self)
        self.model.edited.connect(self.edited)
        self.table = SheetTable(self.model)
        self.table.cells.said.connect(self._said)
        self.table.selectionModel().currentChanged.connect(lambda now, _old: self._selected(now))
        self.foot = kind_label("", "small")
        self.foot.setWordWrap(True)
        self.open_text = button(self.tr("在文本中查看"), "link", on_click=self._jump)
        self._top = QHBoxLayout()
        self._top.setContentsMargins(0, 0, 0, 0)
        self._count = kind_label("", "muted")
        self._top.addWidget(self._count)
        self._top.addStretch(1)
        self.add = button(self.tr("照此增加"), "small", "plus", lambda: self._tell_row(self.added))
        self.add.setToolTip(self.tr("在选中的一项之后增加同样的一项，再作修改"))
        self.remove = button(self.tr("删除"), "small", "trash", lambda: self._tell_row(self.removed))
        self._top.addWidget(self.add)
        self._top.addWidget(self.remove)
        below = QHBoxLayout()
        below.addWidget(self.foot, 1)
        below.addWidget(self.open_text)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(self._top)
        box.addWidget(self.table, 1)
        box.addLayout(below)
        self._selected(QModelIndex())

    def show_page(self, page: str, handbook: Handbook, texts: Mapping[str, str], writable: bool) -> None:
        """Show the tables of that page."""
        self._sheets = sheets(page, handbook, texts)
        self.model.writable = writable
        titles = [sheet.title for sheet in self._sheets]
        if page != self._page:
            self._page = page
            self._make_bar(titles)
        self._show()

    def _make_bar(self, titles: list[str]) -> None:
        if self._bar is not None:
            self._top.removeWidget(self._bar)
            self._bar.hide()
            self._bar.deleteLater()
            self._bar = None
        if len(titles) > 1:
            self._bar = SegmentBar([(str(n), title) for n, title in enumerate(titles)])
            self._bar.choose(str(self._chosen.get(self._page, 0)))
            self._bar.changed.connect(lambda key: self.choose(int(key)))
            self._top.insertWidget(0, self._bar)

    def choose(self, number: int) -> None:
        """Bring a table of the page to the front."""
        self._chosen[self._page] = number
        if self._bar is not None:
            self._bar.choose(str(number))
        self._show()

    def narrow(self, text: str) -> None:
        """Show only the rows in which every word occurs."""
        self.model.narrow(text)
        self._tell()

    def _show(self) -> None:
        number = min(self._chosen.get(self._page, 0), len(self._sheets) - 1)
        self.model.show(self._sheets[number])
        self._tell()
        self._choose_wanted()
        self._selected(self.table.currentIndex())

    def _choose_wanted(self) -> None:
        for row in range(self.model.rowCount() if self.wanted else 0):
            if self.model.row_at(row).key == self.wanted:
                self.wanted = ""
                self.table.setCurrentIndex(self.model.index(row, self.model.sheet.wide[0]))
                self.table.scrollTo(self.table.currentIndex())
                return

    def _tell(self) -> None:
        total, shown = len(self.model.sheet.rows), self.model.rowCount()
        words = self.tr("{n} 项").format(n=total)
        if shown != total:
            words = self.tr("{shown} / {n} 项").format(shown=shown, n=total)
        self._count.setText(words)
        self._said("")

    def _said(self, wrong: str) -> None:
        """What is wrong with what is being typed, else the note of the table."""
        hint = self.tr("双击或直接键入可修改，回车确认") if self.model.writable else ""
        self.foot.setText(wrong or self.model.sheet.note or hint)
        set_kind(self.foot, "error" if wrong else "small")

    def _selected(self, index: QModelIndex) -> None:
        self.open_text.setVisible(index.isValid() and self.model.row_at(index.row()).at is not None)
        grows = self.model.writable and self.model.sheet.grows
        self.add.setVisible(grows)
        self.remove.setVisible(grows)
        self.add.setEnabled(index.isValid())
        self.remove.setEnabled(index.isValid())

    def _tell_row(self, signal: SignalInstance) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            signal.emit(self.model.row_at(index.row()).key)

    def _jump(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            place = self.model.cell_at(index).place or self.model.row_at(index.row()).at
            if place is not None:
                self.jump.emit(place)
