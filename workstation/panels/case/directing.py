"""Urging 催办, supervising 督办 and instructing 批示: one case or many, with a result for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from workstation.panels.common.directing import answer_by
from workstation.panels.common.effectnote import EffectNote
from workstation.panels.common.fields import Words, trial_values, values
from workstation.services.services import Services
from workstation.shell.context import AppContext
from workstation.shell.look import icons
from workstation.shell.texts import text
from workstation.shell.widgets import Dialog, kind_label
from workstation.workflow.case import Case
from workstation.workflow.flow import DIRECTION_KINDS

from .phrases import phrases_for

DIRECTING = frozenset(DIRECTION_KINDS)


@dataclass(frozen=True)
class Target:
    """A case that is spoken to, whatever happened to it since it was looked at: a word from above is meant all the same."""

    id: str
    code: str


class DirectionDialog(Dialog):
    """Asks for the words, and by when an answer is wanted; what cannot be done is listed with its reason."""

    def __init__(self, context: AppContext, name: str, cases: Sequence[Any], parent: QWidget | None) -> None:
        """``name``: urge, supervise or instruct. ``cases``: cases or rows of a list."""
        label = context.label("arrows", name)
        many = QCoreApplication.translate("DirectionDialog", "{action} · {n} 个案卷")
        title = label if len(cases) == 1 else many.format(action=label, n=len(cases))
        super().__init__(title, parent, width=560)
        self._context, self._name, self._cases = context, name, list(cases)
        self.about = kind_label(_about(context, self._cases), "muted")
        self.about.setWordWrap(True)
        self.body.addWidget(self.about)
        arrow = context.services.handbook.arrow(name)
        phrases = phrases_for(arrow) if arrow is not None else ()
        self.note = Words("note", context.label("fields", "note"), phrases=phrases)
        self.until = answer_by(context, name != "urge")
        for field in (self.note, self.until):
            field.setParent(self)
            for row in field.rows:
                self.body.addWidget(row)
        self.until.changed.connect(self.foresee)
        self.effect = EffectNote(context)
        self.effect.told.connect(self._told)
        self.body.addWidget(self.effect)
        self.results = _result_table()
        self.results.hide()
        self.body.addWidget(self.results)
        self.cancel = self.add_button(self.tr("取消"))
        self.ok = self.add_button(label, "primary", self.submit)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.submit)
        self.note.focus()
        self.foresee()

    def foresee(self) -> None:
        """Ask for how many it is possible, and that no clock stops."""
        trial = trial_values([self.note, self.until])
        if trial is not None:
            data = {**trial, "direction_id": "preview"}
            self.effect.ask(self._name, [case.id for case in self._cases], data)

    def _told(self, possible: bool) -> None:
        self.ok.setEnabled(possible)

    def submit(self) -> None:
        """Do it for all of them; what could not be done stays on show."""
        if not self.ok.isEnabled():
            return
        wrong = self.note.missing()
        if self.note.row is not None:
            self.note.row.set_error(wrong)
        if wrong:
            self.note.focus()
            return
        self.ok.setEnabled(False)
        data = values([self.note, self.until])
        fresh = self._context.services.cases.new_command_id

        def data_of(_case: Any) -> dict[str, Any]:
            return {**data, "direction_id": fresh()}

        targets = [Target(case.id, case.code) for case in self._cases]
        self._context.execute_many(self._name, targets, data_of, self._done, owner=self)

    def _done(self, results: list[Any]) -> None:
        if not any(isinstance(result, BaseException) for result in results):
            self.accept()
            return
        for widget in (*self.note.rows, *self.until.rows, self.effect):
            widget.hide()
        book, names = self._context.services.handbook, self._context.names
        order = sorted(
            zip(self._cases, results, strict=True), key=lambda pair: not isinstance(pair[1], BaseException)
        )
        self.results.setRowCount(len(order))
        for row, (case, result) in enumerate(order):
            failed = isinstance(result, BaseException)
            words = text.error_text(result, book, names) if failed else self.tr("已完成")
            mark = QTableWidgetItem(words)
            mark.setIcon(
                icons.icon("close-circle" if failed else "check-circle", "red" if failed else "green")
            )
            self.results.setItem(row, 0, QTableWidgetItem(case.code))
            self.results.setItem(row, 1, mark)
        self.results.setMinimumHeight(min(320, 44 + 32 * len(order)))
        self.results.show()
        self.cancel.hide()
        self.ok.setText(self.tr("关闭"))
        self.ok.setEnabled(True)
        self.ok.clicked.disconnect()
        self.ok.clicked.connect(self.accept)


def direct(
    context: AppContext, name: str, cases: Sequence[Any], parent: QWidget | None
) -> DirectionDialog | None:
    """Open the dialog for these cases; None where there is none."""
    if not cases:
        return None
    dialog = DirectionDialog(context, name, cases, parent)
    dialog.open()
    return dialog


def direct_ids(context: AppContext, name: str, ids: Sequence[str], parent: QWidget) -> None:
    """The same for cases by their ids, read in the background first."""

    def ask(cases: list[Case]) -> None:
        direct(context, name, cases, parent.window())

    context.tasks.run(_read, context.services, list(ids), owner=parent, key="direct", on_done=ask)


def _read(services: Services, ids: list[str]) -> list[Case]:
    return services.cases.get_many(ids)


def _about(context: AppContext, cases: Sequence[Any]) -> str:
    if len(cases) == 1:
        case = cases[0]
        return " · ".join(part for part in (case.code, case.class_name, case.address) if part)
    units: dict[str, int] = {}
    for case in cases:
        lead = getattr(case, "lead", None)
        unit = lead.unit if lead is not None else getattr(case, "unit", "")
        name = context.name_of(unit) if unit else "—"
        units[name] = units.get(name, 0) + 1
    return "　".join(f"{name} {n}" for name, n in sorted(units.items(), key=lambda item: -item[1]))


def _result_table() -> QTableWidget:
    table = QTableWidget(0, 2)
    translate = QCoreApplication.translate
    table.setHorizontalHeaderLabels(
        [translate("DirectionDialog", "案卷号"), translate("DirectionDialog", "结果")]
    )
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    table.setColumnWidth(0, 180)
    return table
