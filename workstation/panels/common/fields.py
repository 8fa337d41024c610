"""What an action asks for, as rows that know their value: words, a unit, units, a choice, a number, an instant, a tick."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QDateTime, QObject, QSize, Qt, QTimeZone, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDateTimeEdit,
    QDoubleSpinBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from workstation.shell.context import AppContext
from workstation.shell.widgets import FormRow, PhraseBar, UnitCombo, kind_label
from workstation.workflow.event import format_instant

from .photos import PhotoEntry

ZONE = QTimeZone(b"Asia/Shanghai")
CODE = Qt.ItemDataRole.UserRole
TICK_ROW = 27
"""Pixels between units to be ticked: close enough to compare, apart enough to hit the right one."""


class Field(QObject):
    """One field of a command. ``changed`` when the user alters it in a way that may alter the effect."""

    changed = Signal()

    def __init__(self, name: str, required: bool = False) -> None:
        super().__init__()
        self.name = name
        self.required = required
        self.rows: list[QWidget] = []
        self.row: FormRow | None = None

    def value(self) -> Any:
        """What would be sent; None leaves the field out."""
        raise NotImplementedError

    def trial(self) -> Any:
        """What the effect is asked with while the field is empty; None where it hangs on it."""
        return None

    def require(self, required: bool) -> None:
        """Whether it must be filled in: the handbook's to say."""
        self.required = required
        if self.row is not None:
            self.row.set_required(required)

    def missing(self) -> str:
        """What is wrong with the field as it stands, in words; "" when nothing is."""
        return self.tr("请填写此项") if self.required and self.value() in (None, "", []) else ""

    def focus(self) -> None:
        """Put the cursor here."""
        if self.row is not None:
            self.row.field.setFocus()

    def _row(self, title: str, field: QWidget, hint: str = "") -> None:
        self.row = FormRow(title, field, required=self.required, hint=hint)
        self.rows.append(self.row)


class Words(Field):
    """Several lines of text, with usual phrases. What is possible does not hang on its words."""

    def __init__(
        self, name: str, title: str, *, required: bool = True, phrases: Sequence[str] = (), height: int = 64
    ) -> None:
        super().__init__(name, required)
        self.edit = QPlainTextEdit()
        self.edit.setFixedHeight(height)
        self.edit.setTabChangesFocus(True)
        self._row(title, self.edit)
        if phrases:
            self.rows.append(PhraseBar(phrases, self.edit))

    def value(self) -> Any:
        return self.edit.toPlainText().strip() or None

    def trial(self) -> Any:
        return "-" if self.required else None

    def missing(self) -> str:
        return self.tr("请填写此项") if self.required and self.value() is None else ""


class Line(Field):
    """One line of text."""

    def __init__(
        self, name: str, title: str, *, required: bool = False, placeholder: str = "", text: str = ""
    ) -> None:
        super().__init__(name, required)
        self.edit = QLineEdit(text)
        self.edit.setPlaceholderText(placeholder)
        self._row(title, self.edit)

    def value(self) -> Any:
        return self.edit.text().strip() or None

    def trial(self) -> Any:
        return "-" if self.required else None


class OneUnit(Field):
    """A unit, suggested ones first with their reason."""

    def __init__(
        self, name: str, title: str, *, required: bool = True, hint: str = "", placeholder: str = ""
    ) -> None:
        super().__init__(name, required)
        self.combo = UnitCombo(placeholder=placeholder)
        self.combo.changed.connect(lambda _code: self.changed.emit())
        self._row(title, self.combo, hint)

    def set_units(self, units: Iterable[Any], suggested: Mapping[str, str] | None = None) -> None:
        """Offer these; the best of the suggested is chosen where one must be."""
        self.combo.set_units(units, suggested)
        if self.required and suggested and not self.combo.code:
            self.combo.set_code(next(iter(suggested)))
        self.changed.emit()

    def value(self) -> Any:
        return self.combo.code or None

    def missing(self) -> str:
        if self.combo.currentText().strip() and not self.combo.code:
            return self.tr("没有这个单位，请从列表中选择")
        return self.tr("请选择单位") if self.required and not self.combo.code else ""


class ManyUnits(Field):
    """Units to be ticked; those given first are ticked already."""

    def __init__(self, name: str, title: str, *, required: bool = True, height: int = 4 * TICK_ROW) -> None:
        super().__init__(name, required)
        self.list = QListWidget()
        self.list.setFixedHeight(height)
        self.list.setUniformItemSizes(True)
        self.list.itemChanged.connect(lambda _item: self.changed.emit())
        self._row(title, self.list)

    def set_units(self, units: Iterable[tuple[str, str]], ticked: Sequence[str]) -> None:
        """Offer (code, name); the ticked come first."""
        order = {code: place for place, code in enumerate(ticked)}
        self.list.blockSignals(True)
        self.list.clear()
        for code, name in sorted(units, key=lambda item: (order.get(item[0], len(order)), item[0])):
            entry = QListWidgetItem(name)
            entry.setData(CODE, code)
            entry.setSizeHint(QSize(0, TICK_ROW))
            entry.setFlags(entry.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            entry.setCheckState(Qt.CheckState.Checked if code in order else Qt.CheckState.Unchecked)
            self.list.addItem(entry)
        if self.list.count():
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self.changed.emit()

    def tick(self, code: str, on: bool = True) -> None:
        """Tick a unit, or take the tick away."""
        for place in range(self.list.count()):
            entry = self.list.item(place)
            if entry.data(CODE) == code:
                entry.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def value(self) -> Any:
        ticked = [
            str(self.list.item(place).data(CODE))
            for place in range(self.list.count())
            if self.list.item(place).checkState() == Qt.CheckState.Checked
        ]
        return ticked or None

    def missing(self) -> str:
        return self.tr("请至少勾选一个单位") if self.required and self.value() is None else ""


class Choice(Field):
    """One of a few, each with a word of explanation: radio buttons, so that arrow keys go through them."""

    def __init__(
        self,
        name: str,
        title: str,
        items: Sequence[tuple[str, str, str]],
        *,
        chosen: str = "",
        required: bool = True,
    ) -> None:
        super().__init__(name, required)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        self.buttons: dict[str, QRadioButton] = {}
        for key, words, hint in items:
            radio = QRadioButton(words)
            radio.setChecked(key == chosen)
            radio.toggled.connect(self._toggled)
            column.addWidget(radio)
            if hint:
                small = kind_label(hint, "small")
                small.setWordWrap(True)
                small.setContentsMargins(22, 0, 0, 2)
                column.addWidget(small)
            self.buttons[key] = radio
        self._row(title, box)

    def _toggled(self, on: bool) -> None:
        if on:
            self.changed.emit()

    def choose(self, key: str) -> None:
        """Choose that one."""
        self.buttons[key].setChecked(True)

    def focus(self) -> None:
        next(iter(self.buttons.values())).setFocus()

    def value(self) -> Any:
        return next((key for key, radio in self.buttons.items() if radio.isChecked()), None)

    def missing(self) -> str:
        return self.tr("请选择一项") if self.required and self.value() is None else ""


class Amount(Field):
    """A number with its unit: an extension's days, a cost in yuan."""

    def __init__(
        self,
        name: str,
        title: str,
        *,
        low: float,
        high: float,
        value: float,
        suffix: str = "",
        step: float = 0.5,
        decimals: int = 1,
        hint: str = "",
        required: bool = True,
    ) -> None:
        super().__init__(name, required)
        self.spin = QDoubleSpinBox()
        self.spin.setDecimals(decimals)
        self.spin.setRange(low, high)
        self.spin.setSingleStep(step)
        self.spin.setValue(value)
        self.spin.setSuffix(suffix)
        self.spin.valueChanged.connect(lambda _value: self.changed.emit())
        self._row(title, self.spin, hint)

    def value(self) -> Any:
        return self.spin.value()


class Until(Field):
    """An instant between now and a latest one. With ``tick``, words for a tick, it is left out while that is not set."""

    def __init__(
        self,
        name: str,
        title: str,
        *,
        now: datetime,
        days: float,
        most: float,
        required: bool = True,
        tick: str = "",
        on: bool = True,
    ) -> None:
        super().__init__(name, required and not tick)
        start = QDateTime.fromSecsSinceEpoch(int(now.timestamp()), ZONE)
        self.edit = QDateTimeEdit()
        self.edit.setTimeZone(ZONE)
        self.edit.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.edit.setCalendarPopup(True)
        self.edit.setMinimumDateTime(start)
        self.edit.setMaximumDateTime(start.addSecs(int(most * 86_400)))
        self.edit.setDateTime(start.addSecs(int(days * 86_400)))
        self.edit.dateTimeChanged.connect(lambda _at: self.changed.emit())
        self.box: QCheckBox | None = None
        if tick:
            self.box = QCheckBox(tick)
            self.box.setChecked(on)
            self.box.toggled.connect(self._toggled)
            self.rows.append(self.box)
            self.edit.setEnabled(on)
            self.edit.setAccessibleName(title)
            self.rows.append(self.edit)
        else:
            self._row(title, self.edit)

    def _toggled(self, on: bool) -> None:
        self.edit.setEnabled(on)
        self.changed.emit()

    def value(self) -> Any:
        if self.box is not None and not self.box.isChecked():
            return None
        return format_instant(datetime.fromtimestamp(self.edit.dateTime().toSecsSinceEpoch(), UTC))


class Tick(Field):
    """Yes or no; left out while no."""

    def __init__(self, name: str, words: str, on: bool = False) -> None:
        super().__init__(name)
        self.box = QCheckBox(words)
        self.box.setChecked(on)
        self.box.toggled.connect(lambda _on: self.changed.emit())
        self.rows.append(self.box)

    def focus(self) -> None:
        self.box.setFocus()

    def value(self) -> Any:
        return True if self.box.isChecked() else None


class Photos(Field):
    """Photographs, added by button, drop or paste."""

    def __init__(self, context: AppContext, name: str, title: str, role: str, area: QWidget) -> None:
        super().__init__(name)
        self.entry = PhotoEntry(context, role, area)
        self._row(title, self.entry)

    def value(self) -> Any:
        return self.entry.photos() or None


class Given(Field):
    """A value that is not asked for, made when it is needed."""

    def __init__(self, name: str, make: Callable[[], Any]) -> None:
        super().__init__(name)
        self._make = make

    def value(self) -> Any:
        return self._make()


class Settled(Field):
    """A value that nothing else is possible for: told, not asked."""

    def __init__(self, name: str, value: Any, words: str) -> None:
        super().__init__(name)
        self._value = value
        label = kind_label(words, "label")
        label.setWordWrap(True)
        self.rows.append(label)

    def focus(self) -> None:
        """Nothing to go to."""

    def value(self) -> Any:
        return self._value


def values(fields: Sequence[Field]) -> dict[str, Any]:
    """The data of a command as filled in now."""
    return {field.name: value for field in fields if (value := field.value()) is not None}


def trial_values(fields: Sequence[Field]) -> dict[str, Any] | None:
    """The data that the effect is asked with; None while something it hangs on is still empty."""
    out = {}
    for field in fields:
        value = field.value()
        if value is None:
            value = field.trial()
        if value is None and field.required:
            return None
        if value is not None:
            out[field.name] = value
    return out
