"""Choosing a class (kind, main class, sub-class) and choosing a unit: both by looking and by typing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..look import icons
from ..texts import text
from .bars import SegmentBar
from .basics import button, kind_label

if TYPE_CHECKING:
    from ...workflow.handbook import ClassItem, Handbook

_CODE = Qt.ItemDataRole.UserRole
KINDS = ("component", "event")
"""The kinds of problem that every city has."""


class ClassPicker(QWidget):
    """Kind, main class and sub-class of a case. Typing part of a name or a code finds it; one click opens it again.

    ``changed(kind, code)`` when another class is chosen; the code is "" while only the kind is.
    """

    changed = Signal(str, str)

    def __init__(
        self, handbook: Handbook | None = None, parent: QWidget | None = None, kind: str = "component"
    ) -> None:
        super().__init__(parent)
        self._items: list[ClassItem] = []
        self._kind = kind
        self._code = ""
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        self._box = box
        self._kinds = self._make_kinds(tuple(dict.fromkeys((*KINDS, kind))))
        self._kinds.choose(kind)
        box.addWidget(self._kinds)
        self._chosen = QFrame()
        self._chosen.setProperty("kind", "note")
        row = QHBoxLayout(self._chosen)
        row.setContentsMargins(10, 4, 4, 4)
        self._name = kind_label("", "mono")
        self._main = kind_label("", "small")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._main)
        row.addLayout(words, 1)
        row.addWidget(button(self.tr("更改"), "link", on_click=self.open))
        box.addWidget(self._chosen)
        self._search = QLineEdit()
        self._search.setPlaceholderText(self.tr("输入名称或代码查找小类"))
        self._search.setClearButtonEnabled(True)
        self._search.addAction(icons.icon("search", "text_3"), QLineEdit.ActionPosition.LeadingPosition)
        self._search.textChanged.connect(self._find)
        self._search.installEventFilter(self)
        box.addWidget(self._search)
        self._lists = QWidget()
        lists = QHBoxLayout(self._lists)
        lists.setContentsMargins(0, 0, 0, 0)
        lists.setSpacing(6)
        self._mains = QListWidget()
        self._subs = QListWidget()
        for view in (self._mains, self._subs):
            view.setUniformItemSizes(True)
            view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            view.setFixedHeight(176)
        lists.addWidget(self._mains, 4)
        lists.addWidget(self._subs, 6)
        box.addWidget(self._lists)
        self._mains.currentItemChanged.connect(lambda _new, _old: self._fill_subs())
        self._subs.itemClicked.connect(self._sub_chosen)
        self._subs.itemActivated.connect(self._sub_chosen)
        self.setFocusProxy(self._search)
        if handbook is not None:
            self.set_handbook(handbook)
        self._show()

    # ---- value ------------------------------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        """component, event, or warning where the handbook has classes of it."""
        return self._kind

    @property
    def code(self) -> str:
        """The class code, "" while none is chosen."""
        return self._code

    @property
    def item(self) -> ClassItem | None:
        """The chosen class, None while none is."""
        return self._item(self._kind, self._code)

    def set_handbook(self, handbook: Handbook) -> None:
        """Offer this handbook's classes, of each kind that it has."""
        self._items = list(handbook.classes)
        kinds = tuple(dict.fromkeys((*KINDS, *(item.kind for item in self._items), self._kind)))
        if kinds != self._offered:
            old, self._kinds = self._kinds, self._make_kinds(kinds)
            self._box.replaceWidget(old, self._kinds)
            old.hide()
            old.deleteLater()
            self._kinds.choose(self._kind)
        self._fill_mains()
        self._show()

    def set_value(self, kind: str, code: str = "") -> None:
        """Choose without telling; an unknown code leaves only the kind."""
        self._kind = kind or self._kind
        if self._kind in self._offered:
            self._kinds.choose(self._kind)
        self._code = code if self._item(self._kind, code) is not None else ""
        self._fill_mains()
        self._show()

    def clear(self) -> None:
        """No class."""
        self.set_value(self._kind, "")

    def open(self) -> None:
        """Show the lists, to choose another."""
        self._show(opened=True)
        self._search.setFocus()

    # ---- inside -----------------------------------------------------------------------------------------------

    def _make_kinds(self, kinds: tuple[str, ...]) -> SegmentBar:
        self._offered = kinds
        bar = SegmentBar([(kind, text.kind_text(kind)) for kind in kinds])
        bar.changed.connect(self._kind_chosen)
        return bar

    def _item(self, kind: str, code: str) -> ClassItem | None:
        return next((i for i in self._items if i.kind == kind and i.code == code), None)

    def _show(self, opened: bool = False) -> None:
        item = self.item
        closed = item is not None and not opened
        if item is not None:
            self._name.setText(item.name)
            self._main.setText(f"{item.main_name} · {item.code}")
        self._chosen.setVisible(closed)
        self._search.setVisible(not closed)
        self._lists.setVisible(not closed)
        self.updateGeometry()

    def _kind_chosen(self, kind: str) -> None:
        self._kind, self._code = kind, ""
        self._fill_mains()
        self._show()
        self.changed.emit(kind, "")

    def _fill_mains(self) -> None:
        self._search.blockSignals(True)
        self._search.clear()
        self._search.blockSignals(False)
        self._mains.setVisible(True)
        mains: dict[str, str] = {}
        for item in self._items:
            if item.kind == self._kind:
                mains.setdefault(item.main_code, item.main_name)
        self._mains.blockSignals(True)
        self._mains.clear()
        chosen = self.item
        for code, name in mains.items():
            entry = QListWidgetItem(name)
            entry.setData(_CODE, code)
            entry.setToolTip(f"{code} {name}")
            self._mains.addItem(entry)
            if chosen is not None and chosen.main_code == code:
                self._mains.setCurrentItem(entry)
        if self._mains.currentItem() is None and self._mains.count():
            self._mains.setCurrentRow(0)
        self._mains.blockSignals(False)
        self._fill_subs()

    def _fill_subs(self) -> None:
        main = self._mains.currentItem()
        code = main.data(_CODE) if main is not None else None
        self._fill(i for i in self._items if i.kind == self._kind and i.main_code == code)

    def _fill(self, items: Iterable[ClassItem], with_main: bool = False) -> None:
        self._subs.clear()
        for item in items:
            words = f"{item.name}　{item.code}"
            if with_main:
                words = f"{text.kind_text(item.kind)} · {item.main_name} · {item.name}　{item.code}"
            entry = QListWidgetItem(words)
            entry.setData(_CODE, (item.kind, item.code))
            entry.setToolTip(f"{item.main_name} › {item.name}  {item.code}")
            entry.setSizeHint(QSize(0, 28))
            self._subs.addItem(entry)

    def _find(self, words: str) -> None:
        wanted = words.strip().casefold()
        self._mains.setVisible(not wanted)
        if not wanted:
            self._fill_subs()
            return
        hits = [
            i
            for i in self._items
            if wanted in i.name.casefold() or wanted in i.main_name or i.code.startswith(wanted)
        ]
        hits.sort(
            key=lambda i: (
                i.kind != self._kind,
                wanted not in i.name.casefold(),
                not i.name.startswith(wanted),
                i.code,
            )
        )
        self._fill(hits[:60], with_main=True)
        if self._subs.count():
            self._subs.setCurrentRow(0)

    def _sub_chosen(self, entry: QListWidgetItem) -> None:
        self._kind, self._code = entry.data(_CODE)
        self._kinds.choose(self._kind)
        self._fill_mains()
        self._show()
        self.changed.emit(self._kind, self._code)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys and Enter in the search move in and take from the list."""
        if watched is self._search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            row = self._subs.currentRow()
            if event.key() == Qt.Key.Key_Down:
                self._subs.setCurrentRow(min(row + 1, self._subs.count() - 1))
                return True
            if event.key() == Qt.Key.Key_Up:
                self._subs.setCurrentRow(max(row - 1, 0))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                entry = self._subs.currentItem()
                if entry is not None:
                    self._sub_chosen(entry)
                return True
            if event.key() == Qt.Key.Key_Escape and self.item is not None:
                self._show()
                return True
        return super().eventFilter(watched, event)


class UnitCombo(QComboBox):
    """One of the units, found by typing any part of its name. ``changed(code)`` when another is chosen."""

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None, placeholder: str = "") -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(14)
        editor = self.lineEdit()
        if editor is not None:
            editor.setPlaceholderText(placeholder or self.tr("选择或输入单位名称"))
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        self.activated.connect(lambda _row: self.changed.emit(self.code))

    def set_units(self, units: Iterable[Any], suggested: Mapping[str, str] | None = None) -> None:
        """Offer these units; ``suggested`` {code: why} come first, with their reason. The choice is kept if possible."""
        before = self.code
        hints = suggested or {}
        self.clear()
        for unit in sorted(
            units, key=lambda u: (u.code not in hints, list(hints).index(u.code) if u.code in hints else 0)
        ):
            why = hints.get(unit.code, "")
            self.addItem(f"{unit.name}（{why}）" if why else unit.name, unit.code)
        self.set_code(before)

    @property
    def code(self) -> str:
        """The chosen unit's code; "" where the text is no unit's name."""
        row = self.findText(self.currentText())
        return str(self.itemData(row)) if row >= 0 and self.currentText() else ""

    def set_code(self, code: str) -> None:
        """Choose without telling; "" for none."""
        row = self.findData(code) if code else -1
        self.setCurrentIndex(row)
        if row < 0:
            self.clearEditText()
