"""移送执法: a case that shows a breach of law goes to the enforcement body, with its evidence file (MQ-42-TRANSFER)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from workstation.services.services import Services
from workstation.workflow.event import Actor

from .action import ActionDialog
from .effects import ClockEffect, Consequence, consequence
from .fields import Line, Words
from .phrases import phrases
from .place_picture import PlacePicture

if TYPE_CHECKING:
    from .stage_panel import StagePanel


class TransferDialog(ActionDialog):
    """Its file is made when the person has agreed, so that it holds everything up to then; what will be is told before."""

    def foresee(self) -> None:
        """Ask what the transfer would do; that the file is not there yet is no obstacle."""
        context, fields = self._context, self.fields
        context.tasks.run(
            foreseen_transfer,
            context.services,
            self._ids[0],
            {field.name: field.value() or "-" for field in fields},
            context.actor,
            owner=self,
            key="effect",
            on_done=self.note.show_answers,
        )


def foreseen_transfer(
    services: Services, case_id: str, data: Mapping[str, Any], actor: Actor
) -> list[Consequence]:
    """What the transfer would do to the case once its file is made: every clock stops."""
    told = consequence(services, "transfer", case_id, data, actor)
    case = told.before
    if case is None or told.refusal is None or told.refusal.code != "evidence_missing":
        return [told]
    stops = tuple(ClockEffect("stop", run, run) for run in case.running())
    return [replace(told, refusal=None, after=case, clocks=stops)]


def keep_evidence(services: Services, case_id: str, actor: Actor, place: bytes) -> str:
    """Make the case's evidence file as it stands now and keep it; its SHA-256. ``place``: a picture of the map."""
    return services.evidence.store(services.evidence.make(case_id, actor, place))


def ask_transfer(panel: StagePanel) -> ActionDialog:
    """Ask to whom and why; then the file is made, kept and named by the transfer."""
    translate = QCoreApplication.translate
    context, case = panel.context, panel.view.case

    def agreed(data: dict[str, Any]) -> None:
        def made(sha256: str) -> None:
            panel.act("transfer", case, {**data, "evidence": sha256}, lambda _done: panel.done_with(case.id))

        def drawn(place: bytes) -> None:
            context.tasks.run(
                keep_evidence,
                context.services,
                case.id,
                context.actor,
                place,
                owner=panel,
                on_done=made,
                on_error=context.say_error,
                priority=1,
            )

        context.notify(translate("Transfer", "正在生成证据材料，随后移送"))
        PlacePicture(context, case, panel, drawn)

    to = Line(
        "to", translate("Transfer", "移送单位"), required=True, text=translate("Transfer", "综合行政执法局")
    )
    reason = Words("reason", translate("Transfer", "移送理由"), phrases=phrases("transfer"))
    dialog = TransferDialog(
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
    )
    dialog.open()
    return dialog
