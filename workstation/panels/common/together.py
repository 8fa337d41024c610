"""Answering the applications of several cases at once: those of one kind, each with its own request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from workstation.services.services import Services
from workstation.workflow.case import Case
from workstation.workflow.event import Actor

from .action import ActionDialog
from .fields import Field, Words
from .phrases import phrases

if TYPE_CHECKING:
    from .stage_panel import StagePanel


def read_together(
    services: Services, case_ids: Sequence[str], kind: str, name: str, actor: Actor
) -> list[tuple[Case, str]]:
    """Of these cases, those with an open request of the kind, each with its request's id, where the post may take the
    arrow ``name``."""
    out = []
    for case in services.cases.get_many(case_ids):
        request = case.pending(kind)
        if request is not None and any(a.name == name for a in services.cases.allowed(case, actor)):
            out.append((case, request.id))
    return out


def ask_together(panel: StagePanel, case_ids: Sequence[str], kind: str, name: str) -> None:
    """Read the requests of the selected cases, then ask once and take the arrow ``name`` with all of them."""
    context = panel.context

    def ask(found: list[tuple[Case, str]]) -> None:
        answer_together(panel, found, kind, len(case_ids), name)

    context.tasks.run(
        read_together,
        context.services,
        list(case_ids),
        kind,
        name,
        context.actor,
        owner=panel,
        on_done=ask,
    )


def answer_together(
    panel: StagePanel, found: Sequence[tuple[Case, str]], kind: str, selected: int, name: str
) -> ActionDialog | None:
    """The dialog: what agreeing would do to each; then one command a case, the results told together."""
    context = panel.context
    translate = QCoreApplication.translate
    word = context.label("requests", kind)
    if not found:
        context.notify(translate("Together", "所选案卷没有可答复的{kind}申请").format(kind=word), "warning")
        return None
    requests = {case.id: request for case, request in found}
    cases = [case for case, _ in found]
    refuse = name == "refuse_request"
    field = "note" if name == "endorse_request" else "reason"
    fields: list[Field] = [
        Words(field, translate("Together", "答复意见"), required=refuse, phrases=phrases("refuse"))
    ]

    def values(case_id: str, data: Mapping[str, Any]) -> dict[str, Any]:
        return {"request_id": requests[case_id], **data}

    def answered(results: list[Any]) -> None:
        for one in results:
            if not isinstance(one, BaseException):
                panel.done_with(one.case.id)

    def agreed(data: dict[str, Any]) -> None:
        context.execute_many(name, cases, lambda case: values(case.id, data), answered, owner=panel)

    intro = ""
    if len(found) < selected:
        intro = translate("Together", "所选 {n} 件中，{m} 件有{kind}申请待答复。").format(
            n=selected, m=len(found), kind=word
        )
    trial = {"reason": "-"} if refuse else {}
    dialog = ActionDialog(
        context,
        name,
        cases,
        fields,
        agreed,
        panel,
        title=(
            translate("Together", "不同意{kind} {n} 件")
            if refuse
            else translate("Together", "同意{kind} {n} 件")
        ).format(kind=word, n=len(found)),
        intro=intro,
        danger=refuse,
        trial=lambda: lambda case_id: values(case_id, trial),
    )
    dialog.open()
    return dialog
