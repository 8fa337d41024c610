"""What the heat of a map window shows: asked in a dialog, applied at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QRadioButton,
    QSpinBox,
    QWidget,
)

from ..texts.text import local
from ..widgets.basics import FormRow, kind_label
from ..widgets.dialogs import Dialog
from .heat import COMPONENTS, LEAST, MOST, PERIOD, SHOWN, HeatChoice, day_of

if TYPE_CHECKING:
    from .window import MapWindow

FORMAT = "yyyy-MM-dd"
RADII = (100, 200, 300, 500, 800, 1000, 2000)


class HeatDialog(Dialog):
    """``ok`` shows the heat, ``off`` takes it away."""

    def __init__(self, window: MapWindow, parent: QWidget | None = None) -> None:
        super().__init__("", parent, icon="heat", width=440)
        self.setWindowTitle(self.tr("热力图"))
        self.heading.setText(self.tr("「{name}」的热力图").format(name=window.name))
        self._window = window
        heat = window.ensure_heat()
        choice = heat.choice
        self.what = QButtonGroup(self)
        self.kinds = {
            SHOWN: QRadioButton(self.tr("本窗口显示的在办案卷")),
            PERIOD: QRadioButton(self.tr("一段时间内立案的案卷")),
            COMPONENTS: QRadioButton(self.tr("部件（按单元网格统计）")),
        }
        for key, radio in self.kinds.items():
            self.what.addButton(radio)
            radio.setChecked(key == choice.what)
            self.body.addWidget(radio)
            if key == PERIOD:
                self._add_days(choice)
            elif key == COMPONENTS:
                self._add_classes(choice)
        self.radius = QSpinBox()
        self.radius.setRange(LEAST, MOST)
        self.radius.setSingleStep(50)
        self.radius.setSuffix(self.tr(" 米"))
        self.radius.setValue(choice.radius)
        self.body.addWidget(FormRow(self.tr("统计半径"), self.radius))
        self.weighted = QCheckBox(self.tr("按紧急程度加权（超时、临期、紧急案卷权重更大）"))
        self.weighted.setChecked(choice.weighted)
        self.markers = QCheckBox(self.tr("同时显示案卷标记"))
        self.markers.setChecked(choice.markers)
        self.body.addWidget(self.weighted)
        self.body.addWidget(self.markers)
        self.off = self.add_button(self.tr("关闭热力图"), on_click=self._turn_off)
        self.off.setEnabled(heat.on)
        self.add_button(self.tr("取消"))
        self.ok = self.add_button(self.tr("显示"), "primary", self._agree)

    def _add_days(self, choice: HeatChoice) -> None:
        today = local(self._window.context.services.now()).date()
        until = day_of(choice.until) or today
        since = day_of(choice.since) or until - timedelta(days=29)
        self.since, self.until = QDateEdit(), QDateEdit()
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 0, 0)
        for edit, day in ((self.since, since), (self.until, until)):
            edit.setCalendarPopup(True)
            edit.setDisplayFormat(FORMAT)
            edit.setDate(QDate(day.year, day.month, day.day))
            edit.dateChanged.connect(lambda _day: self.kinds[PERIOD].setChecked(True))
        row.addWidget(self.since)
        row.addWidget(kind_label(self.tr("至"), "label"))
        row.addWidget(self.until)
        row.addStretch(1)
        self.body.addLayout(row)

    def _add_classes(self, choice: HeatChoice) -> None:
        self.classes = QComboBox()
        self.classes.addItem(self.tr("全部大类"), "")
        handbook = self._window.context.services.handbook
        mains = {c.main_code: c.main_name for c in handbook.classes if c.kind == "component"}
        for code, name in sorted(mains.items()):
            self.classes.addItem(f"{code} {name}", code)
        self.classes.setCurrentIndex(max(0, self.classes.findData(choice.main_class)))
        self.classes.activated.connect(lambda _row: self.kinds[COMPONENTS].setChecked(True))
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 0, 0)
        row.addWidget(self.classes)
        row.addStretch(1)
        self.body.addLayout(row)

    def chosen(self) -> HeatChoice:
        """What the fields say."""
        return HeatChoice(
            what=next(key for key, radio in self.kinds.items() if radio.isChecked()),
            radius=self.radius.value(),
            weighted=self.weighted.isChecked(),
            since=self.since.date().toString(FORMAT),
            until=self.until.date().toString(FORMAT),
            main_class=str(self.classes.currentData()),
            markers=self.markers.isChecked(),
        )

    def _agree(self) -> None:
        self._window.ensure_heat().show(self.chosen())
        self.accept()

    def _turn_off(self) -> None:
        self._window.ensure_heat().hide()
        self.accept()
