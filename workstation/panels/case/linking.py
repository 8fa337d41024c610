"""Moves that touch more than one case: merging one into another, and splitting one into parts. All or nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from workstation.panels.common.fields import Words
from workstation.shell.context import AppContext
from workstation.shell.text import error_text
from workstation.shell.widgets import Card, ClassPicker, Dialog, FormRow, button, kind_label, tool_button
from workstation.workflow.case import Case
from workstation.workflow.flow import Arrow

from .casefield import CaseField
from .phrases import phrases_for

LINKING = frozenset({"merge", "absorb", "split"})
LEAST_PARTS = 2


def open_linking(context: AppContext, case: Case, arrow: Arrow, parent: QWidget | None) -> Dialog:
    """The dialog of one of these moves."""
    dialog: Dialog = (
        SplitDialog(context, case, arrow, parent)
        if arrow.name == "split"
        else MergeDialog(context, case, arrow, parent)
    )
    dialog.open()
    return dialog


class LinkDialog(Dialog):
    """What both have: the case, a reason, and a refusal that is shown where it was asked."""

    def __init__(self, context: AppContext, case: Case, arrow: Arrow, parent: QWidget | None) -> None:
        super().__init__(arrow.label, parent, width=560)
        self._context, self._case, self._arrow = context, case, arrow
        about = kind_label(" · ".join(p for p in (case.code, case.class_name, case.address) if p), "muted")
        about.setWordWrap(True)
        self.body.addWidget(about)

    def _finish(self) -> None:
        self.error = kind_label("", "error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.body.addWidget(self.error)
        self.add_button(self.tr("取消"))
        self.ok = self.add_button(self._arrow.label, "primary", self.submit)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.submit)

    def submit(self) -> None:
        """Do it, if everything is there."""
        raise NotImplementedError

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


class MergeDialog(LinkDialog):
    """Into which case this one goes (``merge``), or which one comes into this (``absorb``)."""

    def __init__(self, context: AppContext, case: Case, arrow: Arrow, parent: QWidget | None) -> None:
        super().__init__(context, case, arrow, parent)
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
        self._finish()
        self.other.focus()

    def submit(self) -> None:
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


class Part(Card):
    """One part of a case that is split: what is wrong there, and of which class that is."""

    def __init__(self, context: AppContext, case: Case, number: int, drop: Callable[[Part], object]) -> None:
        super().__init__(kind="inset", margin=10, spacing=6)
        head = QHBoxLayout()
        self.title = kind_label(self.tr("第{n}件").format(n=number), "section")
        head.addWidget(self.title, 1)
        self.away = tool_button("trash", self.tr("去掉这一件"), lambda: drop(self))
        head.addWidget(self.away)
        self.body.addLayout(head)
        self.words = QPlainTextEdit()
        self.words.setFixedHeight(56)
        self.words.setTabChangesFocus(True)
        self.words.setPlaceholderText(self.tr("这一件要解决的问题"))
        self.row = FormRow(context.label("fields", "description"), self.words, required=True)
        self.body.addWidget(self.row)
        self.picker = ClassPicker(context.services.handbook, kind=case.kind or "component")
        self.picker.set_value(case.kind, case.class_code)
        self.body.addWidget(FormRow(context.label("fields", "class_code"), self.picker))

    def data(self) -> dict[str, Any]:
        """What the part is registered with; the place is the whole case's."""
        out: dict[str, Any] = {"description": self.words.toPlainText().strip(), "kind": self.picker.kind}
        return out | ({"class_code": self.picker.code} if self.picker.code else {})


class SplitDialog(LinkDialog):
    """The parts a case is split into; it is closed when they all are."""

    def __init__(self, context: AppContext, case: Case, arrow: Arrow, parent: QWidget | None) -> None:
        super().__init__(context, case, arrow, parent)
        words = kind_label(
            self.tr("每一件单独立案、派遣和计时；全部办结后，本案卷才能结案。本案卷的计时不变。"), "label"
        )
        words.setWordWrap(True)
        self.body.addWidget(words)
        self.parts: list[Part] = []
        self._row = QHBoxLayout()
        self._row.addWidget(button(self.tr("再加一件"), "link", "plus", self.add_part))
        self._row.addStretch(1)
        self.body.addLayout(self._row)
        self._finish()
        for _ in range(LEAST_PARTS):
            self.add_part()
        self.parts[0].words.setFocus()

    def add_part(self) -> None:
        """One more part."""
        part = Part(self._context, self._case, len(self.parts) + 1, self._drop)
        self.parts.append(part)
        self.body.insertWidget(self.body.indexOf(self._row), part)
        self._number()
        part.words.setFocus()

    def _drop(self, part: Part) -> None:
        self.parts.remove(part)
        self.body.removeWidget(part)
        part.hide()
        part.deleteLater()
        self._number()

    def _number(self) -> None:
        for at, part in enumerate(self.parts, 1):
            part.title.setText(self.tr("第{n}件").format(n=at))
            part.away.setEnabled(len(self.parts) > LEAST_PARTS)

    def submit(self) -> None:
        for part in self.parts:
            empty = not part.words.toPlainText().strip()
            part.row.set_error(self.tr("请填写") if empty else "")
            if empty:
                part.words.setFocus()
                return
        parts = [part.data() for part in self.parts]
        services, actor, case_id = self._context.services, self._context.actor, self._case.id
        self._run(
            lambda: services.cases.split(case_id, parts, actor),
            self.tr("{case} 已拆分为 {n} 件").format(case=self._case.code, n=len(parts)),
        )
