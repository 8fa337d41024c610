"""Splitting (拆分): a problem of several parts becomes a case a part, registered at once and closed before the whole."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.shell.context import AppContext
from workstation.shell.texts.text import kind_text
from workstation.shell.widgets import Dialog, button, kind_label, tool_button
from workstation.workflow.handbook import Handbook

from .effectnote import EffectNote
from .view import CaseView

MOST = 6
LEAST = 1


class ClassCombo(QComboBox):
    """A class of the handbook in one line, found by typing any part of its name or code."""

    def __init__(self, handbook: Handbook, kind: str, code: str) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        for item in handbook.classes:
            self.addItem(f"{item.name}　{kind_text(item.kind)} {item.code}", f"{item.kind}:{item.code}")
        self.setCurrentIndex(self.findData(f"{kind}:{code}"))
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)

    @property
    def chosen(self) -> tuple[str, str]:
        """Kind and code; empty while the text is no class."""
        place = self.findText(self.currentText()) if self.currentText() else -1
        kind, _, code = str(self.itemData(place) if place >= 0 else "").partition(":")
        return kind, code


class SplitDialog(Dialog):
    """A line a part: what it is about, and its class. The place and the reporter are the whole case's."""

    def __init__(self, context: AppContext, view: CaseView, parent: QWidget) -> None:
        super().__init__(context.label("arrows", "split"), parent, width=600)
        self._context = context
        self._view = view
        self.parts: list[tuple[QLineEdit, ClassCombo, QWidget]] = []
        intro = kind_label(
            self.tr(
                "每个子案卷单独登记、立案、派遣；地点、来源与本案卷相同。子案卷全部办结后，本案卷才能结案。"
            ),
            "label",
        )
        intro.setWordWrap(True)
        self.body.addWidget(intro)
        self._box = QVBoxLayout()
        self._box.setSpacing(6)
        self.body.addLayout(self._box)
        self._more = button(self.tr("再加一个"), "small", "plus", self.add_part)
        row = QHBoxLayout()
        row.addWidget(self._more)
        row.addStretch(1)
        self.body.addLayout(row)
        self._error = kind_label("", "error")
        self._error.hide()
        self.body.addWidget(self._error)
        self.note = EffectNote(context)
        self.note.told.connect(self._told)
        self.body.addWidget(self.note)
        self.add_button(self.tr("取消"))
        self.ok = self.add_button(self.tr("登记子案卷"), "primary", self._accept)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._accept)
        self.add_part()
        self.add_part()
        self.parts[0][0].setFocus()

    def add_part(self) -> None:
        """One part more."""
        if len(self.parts) >= MOST:
            return
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        words = QLineEdit()
        words.setPlaceholderText(self.tr("子案卷 {n} 的问题描述").format(n=len(self.parts) + 1))
        case = self._view.case
        chosen = ClassCombo(self._view.handbook, case.kind, case.class_code)
        row.addWidget(words, 6)
        row.addWidget(chosen, 5)
        row.addWidget(tool_button("minus", self.tr("去掉这一个"), partial(self._remove, line)))
        self._box.addWidget(line)
        self.parts.append((words, chosen, line))
        words.setFocus()
        self._changed()

    def _remove(self, line: QWidget) -> None:
        if len(self.parts) > LEAST:
            self.parts = [part for part in self.parts if part[2] is not line]
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
            self._changed()

    def _changed(self) -> None:
        self._more.setEnabled(len(self.parts) < MOST)
        children = [f"part-{place}" for place in range(len(self.parts))]
        self.note.ask("split", [self._view.case.id], {"children": children})

    def _told(self, possible: bool) -> None:
        self.ok.setEnabled(possible)

    def data(self) -> list[dict[str, Any]]:
        """What each part is registered with besides what it has of the whole."""
        out = []
        for words, chosen, _ in self.parts:
            kind, code = chosen.chosen
            out.append({"description": words.text().strip(), "kind": kind, "class_code": code})
        return out

    def _accept(self) -> None:
        parts = self.data()
        wrong = next((n for n, p in enumerate(parts) if not p["description"] or not p["class_code"]), None)
        self._error.setVisible(wrong is not None)
        if wrong is not None:
            self._error.setText(self.tr("请填写第 {n} 个子案卷的问题描述，并选定类别").format(n=wrong + 1))
            self.parts[wrong][0].setFocus()
            return
        context, case = self._context, self._view.case
        owner = self.parent()
        told = self.tr("已登记 {n} 个子案卷 · {code}").format(n=len(parts), code=case.code)
        self.accept()

        def done(_result: Any) -> None:
            context.notify(told, "success")

        context.tasks.run(
            context.services.cases.split,
            case.id,
            parts,
            context.actor,
            owner=owner or context,
            on_done=done,
            on_error=context.say_error,
            priority=1,
        )
