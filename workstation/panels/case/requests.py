"""What a unit asks for and somebody else grants, as it stands in the case's sheet: endorsement, answer, reasons."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.shell.context import AppContext
from workstation.shell.texts import text
from workstation.shell.widgets import Badge, Card, FlowLayout, SectionHeader, button, kind_label
from workstation.workflow.case import Case, Request
from workstation.workflow.event import parse_instant
from workstation.workflow.handbook import Handbook

from .grid import wrapped
from .reading import CaseSheet

ANSWER_TONES = {"": "yellow", "granted": "green", "refused": "red", "withdrawn": "text_3", "lapsed": "text_3"}


def pending_card(
    context: AppContext, request: Request, sheet: CaseSheet, on_move: Callable[..., object]
) -> Card:
    """An open request with the buttons that answer it, as far as the post may."""
    translate = QCoreApplication.translate
    card = Card(kind="warn")
    head = QHBoxLayout()
    title = translate("CaseFacts", "待答复：申请{kind}").format(
        kind=sheet.handbook.label("requests", request.kind)
    )
    head.addWidget(kind_label(title, "heading"), 1)
    head.addWidget(kind_label(text.time_text(request.asked_at), "small"))
    card.body.addLayout(head)
    card.body.addWidget(wrapped(request_text(context, request, sheet.case)))
    if waits_for_head(request, sheet.handbook):
        card.body.addWidget(
            Badge(
                translate("CaseFacts", "待{post}审批").format(
                    post=text.post_text(sheet.handbook.rules.endorser, sheet.handbook)
                ),
                "yellow",
            )
        )
    answers = [arrow for arrow in sheet.moves.arrows if arrow.of_request in ("any", request.kind)]
    if answers:
        row = QWidget()
        flow = FlowLayout(row, spacing=8)
        for arrow in answers:
            main = arrow.name.startswith("grant_") or arrow.name == "endorse_request"
            flow.addWidget(
                button(
                    arrow.label,
                    "primary" if main else "",
                    on_click=partial(on_move, arrow.name, {"request_id": request.id}),
                )
            )
        card.body.addWidget(row)
    return card


def answered_card(context: AppContext, requests: list[Request], sheet: CaseSheet) -> Card:
    """The requests that were answered, the newest first."""
    translate = QCoreApplication.translate
    card = Card()
    card.body.addWidget(SectionHeader(translate("CaseFacts", "申请记录"), icon="inbox"))
    for request in reversed(requests):
        widget = QWidget()
        box = QVBoxLayout(widget)
        box.setContentsMargins(0, 2, 0, 4)
        box.setSpacing(2)
        head = QHBoxLayout()
        title = translate("CaseFacts", "申请{kind}").format(
            kind=sheet.handbook.label("requests", request.kind)
        )
        head.addWidget(kind_label(title, "mono"))
        head.addWidget(
            Badge(sheet.handbook.label("answers", request.answer), ANSWER_TONES.get(request.answer, "text_3"))
        )
        head.addStretch(1)
        head.addWidget(kind_label(text.time_text(request.answered_at), "small"))
        box.addLayout(head)
        lines = request_text(context, request, sheet.case)
        if request.answer_reason:
            lines += "\n" + translate("CaseFacts", "答复：{why}").format(why=request.answer_reason)
        box.addWidget(wrapped(lines))
        card.body.addWidget(widget)
    return card


def waits_for_head(request: Request, handbook: Handbook) -> bool:
    """Whether the unit's own head has still to agree that it be asked."""
    return not request.answer and request.endorsed_at is None and request.kind in handbook.rules.endorsed


def request_text(context: AppContext, request: Request, case: Case) -> str:
    """Who asks for what and why, and who agreed that it be asked."""
    translate = QCoreApplication.translate
    who = context.name_of(request.unit or request.by)
    parts = [translate("CaseFacts", "{unit}：{reason}").format(unit=who, reason=request.reason)]
    data = request.data
    if data.get("suggested_unit"):
        parts.append(
            translate("CaseFacts", "建议单位：{unit}").format(
                unit=context.name_of(str(data["suggested_unit"]))
            )
        )
    if data.get("amount"):
        clock = case.clock("dispose")  # an extension is in the unit of the limit that it extends
        unit = clock.unit if clock is not None else case.limit_unit
        parts.append(translate("CaseFacts", "延长：{n}").format(n=text.limit_text(data["amount"], unit)))
    if data.get("until"):
        parts.append(
            translate("CaseFacts", "挂账至：{time}").format(
                time=text.time_text(parse_instant(str(data["until"])))
            )
        )
    if request.endorsed_at is not None:
        parts.append(
            translate("CaseFacts", "单位已审批：{who}，{time}").format(
                who=context.name_of(request.endorsed_by), time=text.time_text(request.endorsed_at)
            )
        )
    return "\n".join(parts)
