"""What happens round a disposal, as cards: directions with answers, coordination, the inner order, money, other cases."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from workstation.shell.context import AppContext
from workstation.shell.texts import text
from workstation.shell.texts.text import joined
from workstation.shell.widgets import Badge, Card, FlowLayout, SectionHeader, button, kind_label, state_tone
from workstation.workflow.case import Coordination, Direction

from .grid import facts_grid, wrapped
from .reading import CaseSheet, Linked
from .words import (
    body_text,
    budget_text,
    cause_text,
    direction_kind,
    outcome_text,
    plan_text,
    scope_text,
    way_text,
    yuan,
)

OnMove = Callable[..., object]
"""Takes a move by its name, and the values that are known."""
DIRECTION_TONES = {"urge": "yellow", "supervise": "accent_hover", "instruct": "red"}
COORDINATING = ("escalate", "uphold", "assign", "withdraw_coordination")


def head_row(badges: list[tuple[str, str]], when: str) -> QHBoxLayout:
    """Badges at the left, the time at the right."""
    row = QHBoxLayout()
    row.setSpacing(6)
    for words, tone in badges:
        row.addWidget(Badge(words, tone))
    row.addStretch(1)
    row.addWidget(kind_label(when, "small"))
    return row


# ---- directions ---------------------------------------------------------------------------------------------------


def waiting_direction(context: AppContext, direction: Direction, sheet: CaseSheet, on_move: OnMove) -> Card:
    """A direction that wants an answer, with the button that gives one where the post may."""
    card = Card(kind="warn")
    for part in _direction_parts(context, direction, sheet):
        _put(card.body, part)
    if any(arrow.name == "reply" for arrow in sheet.moves.arrows):
        row = QHBoxLayout()
        row.addStretch(1)
        words = text.label(sheet.handbook, "arrows", "reply")
        answer = button(words, "primary", on_click=partial(on_move, "reply", {"direction_id": direction.id}))
        answer.setObjectName("answer-direction")
        row.addWidget(answer)
        card.body.addLayout(row)
    return card


def directions_card(context: AppContext, sheet: CaseSheet) -> Card:
    """Every direction with its answer, the newest first."""
    card = Card()
    card.body.addWidget(
        SectionHeader(QCoreApplication.translate("CaseAround", "督办与批示"), icon="supervision")
    )
    for direction in reversed(sheet.case.directions):
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 2, 0, 6)
        box.setSpacing(3)
        for part in _direction_parts(context, direction, sheet):
            _put(box, part)
        card.body.addWidget(holder)
    return card


def _direction_parts(context: AppContext, direction: Direction, sheet: CaseSheet) -> list[QWidget | QLayout]:
    translate = QCoreApplication.translate
    now = context.services.now()
    badges = [
        (direction_kind(sheet.handbook, direction), DIRECTION_TONES.get(direction.kind, "accent_hover"))
    ]
    if direction.answered_at is not None:
        badges.append((translate("CaseAround", "已回复"), "green"))
    elif direction.until is not None and direction.until < now:
        badges.append((translate("CaseAround", "逾期未回复"), "red"))
    elif direction.waiting:
        badges.append((translate("CaseAround", "待回复"), "yellow"))
    parts: list[QWidget | QLayout] = [head_row(badges, text.time_text(direction.at, now))]
    who = context.name_of(direction.by)
    parts.append(wrapped(f"{who}：{direction.note}" if direction.note else who, ""))
    if direction.until is not None and direction.answered_at is None:
        parts.append(
            wrapped(
                translate("CaseAround", "限 {time} 前回复（{left}）").format(
                    time=text.time_text(direction.until, now),
                    left=text.remaining_text(direction.until, now),
                ),
                "small",
            )
        )
    if direction.answered_at is not None:
        parts.append(
            wrapped(
                translate("CaseAround", "回复（{who}，{time}）：{answer}").format(
                    who=context.name_of(direction.answered_by),
                    time=text.time_text(direction.answered_at, now),
                    answer=direction.answer,
                )
            )
        )
    return parts


def _put(box: QVBoxLayout, part: QWidget | QLayout) -> None:
    if isinstance(part, QWidget):
        box.addWidget(part)
    else:
        box.addLayout(part)


# ---- coordination -------------------------------------------------------------------------------------------------


def coordination_card(
    context: AppContext, coordination: Coordination, sheet: CaseSheet, on_move: OnMove | None = None
) -> Card:
    """One coordination with its steps and its ruling; with buttons where it is open and the post may act."""
    translate = QCoreApplication.translate
    book, name = sheet.handbook, context.name_of
    card = Card(kind="card" if coordination.outcome else "warn")
    tone = "green" if coordination.outcome in ("upheld", "assigned") else "yellow"
    badges = [(cause_text(coordination.cause), "accent_hover"), (outcome_text(book, coordination), tone)]
    card.body.addLayout(head_row(badges, text.time_text(coordination.opened_at)))
    card.body.addWidget(wrapped(f"{name(coordination.by)}：{coordination.reason}", ""))
    card.body.addLayout(
        facts_grid(
            [
                (translate("CaseAround", "范围"), scope_text(coordination.scope)),
                (translate("CaseAround", "涉及单位"), joined(name(unit) for unit in coordination.units)),
                (translate("CaseAround", "协调机构"), body_text(book, coordination.body)),
            ]
        )
    )
    for step in coordination.steps:
        words = translate("CaseAround", "{time}　报请 {body}（{who}）").format(
            time=text.time_text(step.at), body=body_text(book, step.body), who=name(step.by)
        )
        again = step.note in ("", coordination.reason)
        card.body.addWidget(wrapped(words if again else f"{words}：{step.note}", "label"))
    if coordination.decided_at is not None:
        words = translate("CaseAround", "{time}　{body}：{decision}").format(
            time=text.time_text(coordination.decided_at),
            body=body_text(book, coordination.body),
            decision=coordination.decision,
        )
        card.body.addWidget(wrapped(words, "mono"))
        if coordination.unit:
            card.body.addWidget(
                wrapped(
                    translate("CaseAround", "由 {unit} 负责").format(unit=name(coordination.unit)), "mono"
                )
            )
    allowed = {arrow.name: arrow for arrow in sheet.moves.arrows}
    offered = [allowed[key] for key in COORDINATING if key in allowed] if on_move is not None else []
    if offered and not coordination.outcome and on_move is not None:
        row = QWidget()
        flow = FlowLayout(row, spacing=6)
        for arrow in offered:
            kind = "primary" if arrow.name == offered[0].name else ""
            flow.addWidget(button(arrow.label + "…", kind, on_click=partial(on_move, arrow.name)))
        card.body.addWidget(row)
    return card


# ---- the inner order, money, other cases --------------------------------------------------------------------------


def inner_card(context: AppContext, sheet: CaseSheet) -> Card | None:
    """Whom a district sent inside itself; None where nobody was."""
    translate = QCoreApplication.translate
    inner = sheet.case.inner
    if inner is None:
        return None
    card = Card()
    head = SectionHeader(translate("CaseAround", "二次派遣"), icon="dispatch")
    state = (
        (translate("CaseAround", "已反馈"), "green")
        if inner.fed_back_at
        else (translate("CaseAround", "处置中"), "stage_dispose")
        if inner.received_at
        else (translate("CaseAround", "待接收"), "yellow")
    )
    head.add(Badge(*state))
    card.body.addWidget(head)
    card.body.addLayout(
        facts_grid(
            [
                (translate("CaseAround", "承办单位"), context.name_of(inner.unit)),
                (translate("CaseAround", "要求"), inner.requirement),
                (translate("CaseAround", "派遣"), text.time_text(inner.dispatched_at)),
                (translate("CaseAround", "接收"), text.time_text(inner.received_at)),
                (translate("CaseAround", "反馈"), text.time_text(inner.fed_back_at)),
                (translate("CaseAround", "说明"), inner.note),
            ]
        )
    )
    return card


def money_card(context: AppContext, sheet: CaseSheet, on_move: OnMove) -> Card | None:
    """Rapid or first disposal: plan, budget, what it cost and who answers for it; None for an ordinary case."""
    translate = QCoreApplication.translate
    case, book = sheet.case, sheet.handbook
    if not case.way and not case.costs and not case.settled_unit:
        return None
    card = Card()
    head = SectionHeader(way_text(book, case.way) or translate("CaseAround", "处置费用"), icon="emergency")
    if case.costs:
        head.add(Badge(yuan(case.cost), "accent_hover"))
    card.body.addWidget(head)
    plan = book.plans.get(case.plan)
    rows = [
        (translate("CaseAround", "应急预案"), plan_text(book, case.plan)),
        (translate("CaseAround", "预案步骤"), " → ".join(plan.steps) if plan is not None else ""),
        (translate("CaseAround", "经费"), budget_text(book, case.budget)),
        (
            translate("CaseAround", "责任单位"),
            context.name_of(case.settled_unit) if case.settled_unit else "",
        ),
    ]
    card.body.addLayout(facts_grid(rows))
    for cost in case.costs:
        words = "　".join(
            part
            for part in (
                text.time_text(cost.at),
                yuan(cost.amount),
                budget_text(book, cost.budget),
                cost.note,
            )
            if part
        )
        card.body.addWidget(wrapped(words))
    settle = next((arrow for arrow in sheet.moves.arrows if arrow.name == "settle"), None)
    if settle is not None:
        row = QHBoxLayout()
        row.addWidget(kind_label(translate("CaseAround", "责任单位待明确"), "muted"))
        row.addStretch(1)
        row.addWidget(button(settle.label + "…", "", on_click=partial(on_move, "settle")))
        card.body.addLayout(row)
    return card


def links_card(context: AppContext, sheet: CaseSheet) -> Card | None:
    """Other cases that this one belongs with, each a link; None where there is none."""
    translate = QCoreApplication.translate
    case = sheet.case
    groups = (
        (translate("CaseAround", "上级案卷"), (case.parent,)),
        (translate("CaseAround", "拆分案卷"), case.children),
        (translate("CaseAround", "重复案卷"), case.duplicates),
        (translate("CaseAround", "并入案卷"), (case.merged_into,)),
    )
    if not any(any(ids) for _, ids in groups):
        return None
    card = Card()
    card.body.addWidget(SectionHeader(translate("CaseAround", "关联案卷"), icon="link"))
    for title, ids in groups:
        for case_id in ids:
            if case_id:
                card.body.addLayout(_link(context, sheet, title, sheet.linked.get(case_id), case_id))
    return card


def _link(
    context: AppContext, sheet: CaseSheet, title: str, linked: Linked | None, case_id: str
) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    caption = kind_label(title, "muted")
    caption.setMinimumWidth(58)
    row.addWidget(caption)
    if linked is None:
        row.addWidget(
            kind_label(QCoreApplication.translate("CaseAround", "不由本单位办理，不能查看"), "small"), 1
        )
        return row
    open_it = button(linked.code, "link", on_click=partial(context.show_case, case_id))
    open_it.setObjectName(f"case-{case_id}")
    row.addWidget(open_it)
    row.addWidget(kind_label(linked.class_name, "label"), 1)
    row.addWidget(Badge(sheet.handbook.label("states", linked.state), state_tone(linked.state)))
    return row
