"""Moves that touch more than one case: merging one into another, and splitting one into parts. All or nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from workstation.panels.common.fields import Words
from workstation.panels.common.split import SplitDialog
from workstation.panels.common.view import CaseView, load_view
from workstation.shell.context import AppContext
from workstation.shell.texts.text import error_text
from workstation.shell.widgets import Card, Dialog, kind_label
from workstation.workflow.case import Case
from workstation.workflow.flow import Arrow

from .casefield import CaseField
from .phrases import phrases_for

LINKING = frozenset({"merge", "absorb", "split"})


def open_linking(context: AppContext, case: Case, arrow: Arrow, parent: QWidget | None) -> Dialog | None:
    """The dialog of one of these moves; splitting reads the case first and opens its own."""
    if arrow.name == "split":
        _split(context, case, parent)
        return None
    dialog = MergeDialog(context, case, arrow, parent)
    dialog.open()
    return dialog


def _split(context: AppContext, case: Case, parent: QWidget | None) -> None:
    if parent is None:
        return

    def ask(view: CaseView) -> None:
        SplitDialog(context, view, parent).open()

    context.tasks.run(
        load_view, context.services, case.id, context.actor, owner=parent, key="split", on_done=ask
    )


class MergeDialog(Dialog):
    """Into which case this one goes (``merge``), or which one comes into this (``absorb``)."""

    def __init__(self, context: AppContext, case: Case, arrow: Arrow, parent: QWidget | None) -> None:
        super().__init__(arrow.label, parent, width=560)
        self._context, self._case, self._arrow = context, case, arrow
        about = kind_label(" · ".join(p for p in (case.code, case.class_name, case.address) if p), "muted")
        about.setWordWrap(True)
        self.body.addWidget(about)
        self.into = arrow.name == "merge"
        title = self.tr("并入案卷") if self.into else self.tr("重复案卷")
        self.other = CaseField(context, "into" if self.into else "duplicate", title, case)
        self.reason = Words(
            "reason",
            context.label("fields", "reason"),
            phrases=(self.tr("同一地点同一问题"), self.tr("同一问题多人反映"), *phrases_for(arrow)),
        )
        for field in (self.other, self.reason):
            field.setParent(self)
            for row in field.rows:
                self.body.addWidget(row)
        effect = Card(kind="note", margin=10, spacing=3)
        words = kind_label(self.tr("被并入的案卷到此为止，它的全部计时停止；并入的案卷照常计时。"))
        words.setWordWrap(True)
        effect.body.addWidget(words)
        self.body.addWidget(effect)
        self.error = kind_label("", "error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.body.addWidget(self.error)
        self.add_button(self.tr("取消"))
        self.ok = self.add_button(self._arrow.label, "primary", self.submit)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.submit)
        self.other.focus()

    def submit(self) -> None:
        """Do it, if everything is there."""
        for field in (self.other, self.reason):
            wrong = field.missing()
            if field.row is not None:
                field.row.set_error(wrong)
            if wrong:
                field.focus()
                return
        other, reason = str(self.other.value()), str(self.reason.value())
        pair = (self._case.id, other) if self.into else (other, self._case.id)
        services, actor = self._context.services, self._context.actor
        self._run(
            lambda: services.cases.merge(pair[0], pair[1], reason, actor),
            self.tr("「{action}」已完成 · {case}").format(action=self._arrow.label, case=self._case.code),
        )

    def _run(self, work: Callable[[], Any], done: str) -> None:
        self.ok.setEnabled(False)
        self.error.hide()

        def finished(_result: Any) -> None:
            self._context.notify(done, "success")
            self.accept()

        self._context.tasks.run(work, owner=self, on_done=finished, on_error=self._failed, priority=1)

    def _failed(self, error: BaseException) -> None:
        self.ok.setEnabled(True)
        self.error.setText(error_text(error, self._context.services.handbook, self._context.names))
        self.error.show()
