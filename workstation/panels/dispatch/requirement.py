"""What a sending asks of whoever gets it, filled in before the cases go or changed while they wait to be received."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from workstation.map.targets import COLLECTOR, Target
from workstation.panels.common.drop import DropFacts, drop_facts, errand_facts
from workstation.panels.common.phrases import phrases
from workstation.services.services import Services
from workstation.shell.context import AppContext
from workstation.shell.widgets import Dialog, FormRow, PhraseBar, kind_label
from workstation.workflow.event import Actor


class RequirementDialog(Dialog):
    """派遣要求: shows what the sending would do, takes the words; ``on_ok(data)``. ``before``: as they were sent already."""

    def __init__(
        self,
        context: AppContext,
        ids: Sequence[str],
        target: Target,
        on_ok: Callable[[Mapping[str, Any]], object],
        parent: QWidget | None,
        *,
        before: str | None = None,
    ) -> None:
        super().__init__("", parent, icon="send", width=480)
        self._context, self._on_ok = context, on_ok
        self._field = "note" if target.kind == COLLECTOR else "requirement"
        name = target.name or context.name_of(target.id)
        again = before is not None
        title = self.tr("修改派遣要求 · {name} {n} 件") if again else self.tr("派遣要求 · {name} {n} 件")
        self.heading.setText(title.format(name=name, n=len(ids)))
        self.setWindowTitle(self.heading.text())
        self.note = kind_label(
            self.tr("未接收的案卷撤回后立即按新要求重新派遣，时限从现在重新计。")
            if again
            else self.tr("正在计算时限与负荷…"),
            "label",
        )
        self.note.setWordWrap(True)
        self.body.addWidget(self.note)
        self.edit = QPlainTextEdit(before or "")
        self.edit.setFixedHeight(76)
        self.edit.setTabChangesFocus(True)
        self.body.addWidget(FormRow(self.tr("处置要求"), self.edit))
        self.body.addWidget(PhraseBar(phrases("requirement"), self.edit))
        self.add_button(self.tr("取消"))
        self.ok = self.add_button(self.tr("重新派遣") if again else self.tr("派遣"), "primary", self._accept)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._accept)
        self.edit.setFocus()
        if not again:
            context.tasks.run(
                _facts, context.services, list(ids), target, context.actor, owner=self, on_done=self._told
            )

    def _told(self, facts: DropFacts | None) -> None:
        if facts is None:
            return
        info = self._context.drags.desk.guide.info(facts)
        self.note.setText("\n".join([*info.lines, info.due, *info.refused]).replace("\n\n", "\n"))
        self.ok.setEnabled(info.allowed)

    def _accept(self) -> None:
        if not self.ok.isEnabled():
            return
        words = self.edit.toPlainText().strip()
        self.accept()
        self._on_ok({self._field: words} if words else {})


def _facts(services: Services, ids: list[str], target: Target, actor: Actor) -> DropFacts | None:
    if target.kind == COLLECTOR:
        return errand_facts(services, ids, actor, target.id, target.name)
    code = target.unit or target.id
    return drop_facts(services, ids, actor, [u for u in services.units.listed() if u.code == code]).facts.get(
        code
    )
