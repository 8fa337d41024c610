"""A shift's summary as cards: figures that open their cases, and how often each move was made."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from workstation.panels.case.grid import wrapped
from workstation.services.centre.handover import SECTIONS, Summary
from workstation.services.lists.filter import CaseFilter
from workstation.shell.context import AppContext
from workstation.shell.texts import text
from workstation.shell.widgets import button, kind_label

COLUMNS = 3


def section_text(key: str) -> str:
    """What a figure of the summary counts."""
    translate = QCoreApplication.translate
    return {
        "came_in": translate("Handover", "本班收到"),
        "went_out": translate("Handover", "本班办出"),
        "open": translate("Handover", "待办"),
        "overdue": translate("Handover", "其中超期"),
        "requests": translate("Handover", "待答复申请"),
        "directions": translate("Handover", "待回复督办"),
        "suspensions": translate("Handover", "即将到期挂账"),
        "key": translate("Handover", "重点案卷"),
        "disputed": translate("Handover", "责任协调中"),
    }.get(key, key)


ALARMING = {"overdue": "red", "requests": "yellow", "directions": "yellow"}


class SummaryView(QWidget):
    """The figures of one shift; a click lists the cases behind one."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self.period = kind_label("", "muted")
        box.addWidget(self.period)
        self._grid = QGridLayout()
        self._grid.setSpacing(6)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        box.addLayout(self._grid)
        self.buttons = {}
        for at, key in enumerate(SECTIONS):
            item = button("", "tile")
            item.setObjectName(f"figure-{key}")
            item.clicked.connect(partial(self._open, key))
            self._grid.addWidget(item, at // COLUMNS, at % COLUMNS)
            self.buttons[key] = item
        self.done = wrapped("")
        box.addWidget(self.done)
        self._summary: Summary | None = None

    def show_summary(self, summary: Summary) -> None:
        """Show a shift."""
        self._summary = summary
        now = self._context.services.now()
        self.period.setText(
            self.tr("{since} 至 {until}").format(
                since=text.time_text(summary.since, now), until=text.time_text(summary.until, now)
            )
        )
        for key, item in self.buttons.items():
            section = summary.sections.get(key)
            count = section.count if section is not None else 0
            item.setText(self.tr("{what}　{n}").format(what=section_text(key), n=count))
            item.setEnabled(count > 0)
            item.setProperty("tone", ALARMING.get(key, "") if count else "")
            item.style().unpolish(item)
            item.style().polish(item)
        made = sorted(summary.done.items(), key=lambda pair: -pair[1])
        self.done.setText(
            self.tr("本班办理：{what}").format(
                what="，".join(f"{self._context.label('arrows', name)} {n}" for name, n in made)
            )
        )
        self.done.setVisible(bool(made))

    def _open(self, key: str, _checked: bool = False) -> None:
        if self._summary is None:
            return
        section = self._summary.sections[key]
        self._context.show_cases(CaseFilter(ids=section.ids), section_text(key))
