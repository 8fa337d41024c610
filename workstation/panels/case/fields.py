"""One editor for each type of field a command may have: what a form made from an arrow is put together from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtCore import QDateTime, QTimeZone
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from workstation.shell.context import AppContext
from workstation.shell.widgets import ClassPicker, PhotoStrip, UnitCombo
from workstation.workflow.case import Case
from workstation.workflow.event import format_instant
from workstation.workflow.flow import Arrow, FieldSpec

LONG = frozenset({"reason", "note", "description", "requirement"})


@dataclass(frozen=True)
class Editor:
    """A widget for a field; ``read`` gives its value for the command, None where nothing was entered."""

    widget: QWidget
    read: Callable[[], Any]


@dataclass(frozen=True)
class Surroundings:
    """What editors offer to choose from: units and people, read in the background before the form opens."""

    units: list[Any]
    people: list[Any]


def editor_for(
    context: AppContext, arrow: Arrow, spec: FieldSpec, case: Case | None, around: Surroundings
) -> Editor | None:
    """The editor of a field; None for one that nobody types (ids of requests, codes, positions)."""
    if spec.name in LONG:
        return _long(spec)
    match spec.name:
        case "unit" | "suggested_unit":
            return _unit(around)
        case "to" if arrow.name in ("send_check", "send_verify"):
            return _collector(context, around)
    match spec.type:
        case "result":
            return _result(context, arrow)
        case "photos":
            strip = PhotoStrip(context, editable=True, role=_photo_role(arrow))
            return Editor(strip, lambda: strip.photos() or None)
        case "amount":
            return _amount(case)
        case "instant":
            return _instant()
        case "boolean":
            box = QCheckBox(spec.label)
            return Editor(box, lambda: True if box.isChecked() else None)
        case "class":
            picker = ClassPicker(context.services.handbook)
            return Editor(picker, lambda: picker.code or None)
        case "text":
            line = QLineEdit()
            return Editor(line, lambda: line.text().strip() or None)
    return None


def _long(spec: FieldSpec) -> Editor:
    edit = QPlainTextEdit()
    edit.setFixedHeight(84)
    edit.setTabChangesFocus(True)
    return Editor(edit, lambda: edit.toPlainText().strip() or None)


def _unit(around: Surroundings) -> Editor:
    combo = UnitCombo()
    combo.set_units(unit for unit in around.units if unit.kind != "centre")
    combo.set_code("")
    return Editor(combo, lambda: combo.code or None)


def _collector(context: AppContext, around: Surroundings) -> Editor:
    combo = QComboBox()
    for person in around.people:
        if "collector" in person.posts:
            combo.addItem(f"{person.name}　{context.name_of(person.unit)}", person.id)
    return Editor(combo, combo.currentData)


def _result(context: AppContext, arrow: Arrow) -> Editor:
    widget = QWidget()
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(20)
    buttons = []
    for key in ("true_report", "false_report") if arrow.name == "checked" else ("pass", "fail"):
        button = QRadioButton(context.label("results", key))
        button.setProperty("key", key)
        row.addWidget(button)
        buttons.append(button)
    row.addStretch(1)
    return Editor(widget, lambda: next((b.property("key") for b in buttons if b.isChecked()), None))


def _amount(case: Case | None) -> Editor:
    box = QDoubleSpinBox()
    box.setRange(0.5, 999)
    box.setDecimals(1)
    box.setSingleStep(0.5)
    run = case.clock("dispose") if case is not None else None
    box.setValue(min(1.0, run.amount) if run is not None else 1.0)
    return Editor(box, box.value)


def _instant() -> Editor:
    zone = QTimeZone(b"Asia/Shanghai")
    edit = QDateTimeEdit()
    edit.setTimeZone(zone)
    edit.setCalendarPopup(True)
    edit.setDisplayFormat("yyyy-MM-dd HH:mm")
    start = datetime.now(UTC) + timedelta(days=3)
    edit.setDateTime(QDateTime.fromSecsSinceEpoch(int(start.timestamp()), zone))
    return Editor(
        edit, lambda: format_instant(datetime.fromtimestamp(edit.dateTime().toSecsSinceEpoch(), UTC))
    )


def _photo_role(arrow: Arrow) -> str:
    return {
        "checked": "check",
        "verified": "verify",
        "feed_back": "after",
        "cooperate_feed_back": "after",
    }.get(arrow.name, "other")
