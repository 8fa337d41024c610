"""The filing conditions (立案条件) of a class as a list to choose from, each with its limit and closing standard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from workstation.shell.look.style import set_kind
from workstation.shell.texts.text import limit_text
from workstation.shell.widgets import kind_label
from workstation.workflow.handbook import Condition

from .effect import limit_of


class ConditionRow(QFrame):
    """One condition: its number, text, limit and closing standard. A click anywhere chooses it."""

    def __init__(self, number: int, condition: Condition, emergency: bool, area_class: str) -> None:
        super().__init__()
        self.condition = condition
        self.setProperty("kind", "inset")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 7, 10, 7)
        row.setSpacing(8)
        self.radio = QRadioButton()
        self.radio.setAccessibleName(condition.text)
        self.radio.setToolTip(self.tr("按 {n} 选择").format(n=number))
        row.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        text = QLabel(condition.text)
        text.setWordWrap(True)
        words.addWidget(text)
        standard = kind_label(self.tr("结案标准：{text}").format(text=condition.closing_standard), "small")
        standard.setWordWrap(True)
        words.addWidget(standard)
        row.addLayout(words, 1)
        limit = kind_label(limit_text(*limit_of(condition, emergency, area_class)), "mono")
        row.addWidget(limit, 0, Qt.AlignmentFlag.AlignTop)
        self.radio.toggled.connect(self._toggled)

    def _toggled(self, on: bool) -> None:
        set_kind(self, "note" if on else "inset")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        self.radio.setChecked(True)
        self.radio.setFocus()


class ConditionList(QWidget):
    """One of a class's conditions. ``changed`` when another is chosen by the user."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(5)
        self._group = QButtonGroup(self)
        self._rows: list[ConditionRow] = []
        self._none = kind_label(self.tr("请先选定类别"), "muted")
        self._box.addWidget(self._none)
        self._group.buttonToggled.connect(self._toggled)

    def set_conditions(
        self,
        conditions: Sequence[Condition],
        chosen: str = "",
        emergency: bool = False,
        area_class: str = "",
    ) -> None:
        """Offer these. The only one is chosen by itself; of several none is, unless ``chosen`` names it."""
        self._group.blockSignals(True)
        for row in self._rows:
            self._group.removeButton(row.radio)
            self._box.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for number, condition in enumerate(conditions, 1):
            row = ConditionRow(number, condition, emergency, area_class)
            self._group.addButton(row.radio)
            self._box.addWidget(row)
            self._rows.append(row)
            if condition.key == chosen or len(conditions) == 1:
                row.radio.setChecked(True)
        self._group.blockSignals(False)
        self._none.setVisible(not conditions)

    def say_none(self, words: str) -> None:
        """Why there is nothing to choose from."""
        self._none.setText(words)

    @property
    def count(self) -> int:
        """How many there are to choose from."""
        return len(self._rows)

    @property
    def chosen(self) -> Condition | None:
        """The chosen condition."""
        return next((row.condition for row in self._rows if row.radio.isChecked()), None)

    def choose(self, number: int) -> bool:
        """Choose the ``number``-th (from 1); False where there is none."""
        if 1 <= number <= len(self._rows):
            self._rows[number - 1].radio.setChecked(True)
            return True
        return False

    def _toggled(self, _button: object, on: bool) -> None:
        if on:
            self.changed.emit()
