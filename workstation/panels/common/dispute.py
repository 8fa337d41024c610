"""A coordination (协调) at a glance: what is unclear or disputed, who are the parties, what was decided by whom."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workstation.shell.context import AppContext
from workstation.shell.texts.text import joined, time_text
from workstation.shell.widgets import Badge, Card, SectionHeader, kind_label
from workstation.workflow.case import Coordination
from workstation.workflow.handbook import Handbook

from .card import Facts, way_text
from .effects import rests_on
from .view import CaseView


def cause_text(cause: str) -> str:
    """Why whose it is must be decided."""
    translate = QCoreApplication.translate
    return {
        "unclear": translate("Dispute", "责任不明"),
        "disputed": translate("Dispute", "责任争议"),
    }.get(cause, cause)


def scope_text(scope: str) -> str:
    """How far apart the parties stand."""
    translate = QCoreApplication.translate
    return {
        "inside": translate("Dispute", "同一区（系统）内"),
        "across": translate("Dispute", "跨区或跨部门"),
    }.get(scope, scope)


def outcome_text(outcome: str) -> str:
    """How a coordination ended."""
    translate = QCoreApplication.translate
    return {
        "": translate("Dispute", "协调中"),
        "upheld": translate("Dispute", "维持责任单位"),
        "assigned": translate("Dispute", "裁定责任单位"),
        "withdrawn": translate("Dispute", "已撤回"),
        "lapsed": translate("Dispute", "已失效"),
    }.get(outcome, outcome)


def body_text(handbook: Handbook, body: str) -> str:
    """A body's name."""
    found = handbook.bodies.get(body)
    return found.label if found is not None else body


def way_facts(view: CaseView) -> list[tuple[str, str]]:
    """What a case that was sent out of turn says: by which plan, out of which budget, what it cost, whose it was."""
    translate = QCoreApplication.translate
    case, book = view.case, view.handbook
    plan, budget = book.plans.get(case.plan), book.budgets.get(case.budget)
    settled = view.unit_names.get(case.settled_unit, case.settled_unit)
    if case.way == "first" and not settled:
        settled = translate("Dispute", "待明确")
    return [
        (translate("Dispute", "处置方式"), way_text(case.way)),
        (
            translate("Dispute", "应急预案"),
            f"{plan.label}：{' → '.join(plan.steps)}" if plan is not None else "",
        ),
        (translate("Dispute", "经费来源"), budget.label if budget is not None else ""),
        (
            translate("Dispute", "费用"),
            translate("Dispute", "{yuan:,.2f} 元").format(yuan=case.cost) if case.costs else "",
        ),
        (translate("Dispute", "责任单位"), settled),
    ]


class DisputeCard(Card):
    """The open coordination, else the latest decided one; hidden where there is none."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent, kind="inset", spacing=6)
        self._context = context
        head = QHBoxLayout()
        self._head = SectionHeader("")
        self._state = Badge()
        head.addWidget(self._head, 1)
        head.addWidget(self._state)
        self.body.addLayout(head)
        self._facts = Facts()
        self.body.addWidget(self._facts)
        self._article = kind_label("", "small")
        self._article.setWordWrap(True)
        self.body.addWidget(self._article)

    def show_view(self, view: CaseView) -> None:
        """Show the case's."""
        case, book = view.case, view.handbook
        found = case.coordinating or next(
            (item for item in reversed(case.coordinations) if item.outcome in ("upheld", "assigned")), None
        )
        self.setVisible(found is not None)
        if found is None:
            return
        now = self._context.services.now()
        self._head.set_title(
            self.tr("{cause} · {scope}").format(cause=cause_text(found.cause), scope=scope_text(found.scope))
        )
        self._state.set(outcome_text(found.outcome), "green" if found.outcome else "accent")
        names = joined(view.unit_names.get(code, code) for code in found.units)
        decided = ""
        if found.decided_at is not None:
            decided = self.tr("{unit}。{why}（{who} {when}，不得再退）").format(
                unit=view.unit_names.get(found.unit, found.unit),
                why=found.decision,
                who=view.people.get(found.decided_by, found.decided_by),
                when=time_text(found.decided_at, now),
            )
        self._facts.set(
            [
                (self.tr("涉及单位"), names),
                (self.tr("情况"), found.reason),
                (self.tr("协调经过"), "\n".join(self._steps(view, found))),
                (self.tr("裁定"), decided),
            ]
        )
        body = book.bodies.get(found.body)
        article = rests_on(book, body.article) if body is not None else ""
        self._article.setText(article)
        self._article.setVisible(bool(article))

    def _steps(self, view: CaseView, found: Coordination) -> list[str]:
        now = self._context.services.now()
        lines = []
        for step in found.steps:
            words = self.tr("{when} 报{body}（{who}）").format(
                when=time_text(step.at, now),
                body=body_text(view.handbook, step.body),
                who=view.people.get(step.by, step.by),
            )
            lines.append(f"{words}：{step.note}" if step.note else words)
        if not lines:
            lines.append(
                self.tr("{when} 报{body}（{who}）").format(
                    when=time_text(found.opened_at, now),
                    body=body_text(view.handbook, found.body),
                    who=view.people.get(found.by, found.by),
                )
            )
        return lines
