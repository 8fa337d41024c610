"""移送执法: a case that shows a breach of law goes to the enforcement body, with its evidence file (MQ-42-TRANSFER)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from workstation.services.services import Services
from workstation.workflow.event import Actor

from .action import ActionDialog
from .fields import Line, Words
from .phrases import phrases

if TYPE_CHECKING:
    from .stage_panel import StagePanel

ANY_HASH = "0" * 64


def keep_evidence(services: Services, case_id: str, actor: Actor) -> str:
    """Make the case's evidence file as it stands now and keep it; its SHA-256."""
    return services.evidence.store(services.evidence.make(case_id, actor))


def ask_transfer(panel: StagePanel) -> ActionDialog:
    """Ask to whom and why; then the file is made, kept and named by the transfer."""
    translate = QCoreApplication.translate
    context, case = panel.context, panel.view.case

    def agreed(data: dict[str, Any]) -> None:
        def made(sha256: str) -> None:
            panel.act("transfer", case, {**data, "evidence": sha256}, lambda _done: panel.done_with(case.id))

        context.tasks.run(
            keep_evidence,
            context.services,
            case.id,
            context.actor,
            owner=panel,
            on_done=made,
            on_error=context.say_error,
            priority=1,
        )

    to = Line(
        "to", translate("Transfer", "移送单位"), required=True, text=translate("Transfer", "综合行政执法局")
    )
    reason = Words("reason", translate("Transfer", "移送理由"), phrases=phrases("transfer"))
    dialog = ActionDialog(
        context,
        "transfer",
        [case],
        [to, reason],
        agreed,
        panel,
        intro=translate(
            "Transfer", "同时生成并留存证据材料：案卷、办理日志（带校验值）、现场照片原件和可打印文书。"
        ),
        danger=True,
        trial=lambda: {"to": to.value() or "-", "reason": "-", "evidence": ANY_HASH},
    )
    dialog.open()
    return dialog
