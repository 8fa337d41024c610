"""Words for the parts of a case that the handbook names by their move, or that are the same in every city."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from workstation.shell.texts import text
from workstation.workflow.case import Coordination, Direction
from workstation.workflow.handbook import Handbook

WAYS = {"rapid": "rapid", "first": "first_response"}
"""A case's way → the move that chose it, whose name the handbook has."""
OUTCOMES = {"upheld": "uphold", "assigned": "assign", "withdrawn": "withdraw_coordination"}


def direction_kind(handbook: Handbook, direction: Direction) -> str:
    """催办, 督办 or 批示: the move's name in the handbook."""
    return text.label(handbook, "arrows", direction.kind)


def way_text(handbook: Handbook, way: str) -> str:
    """快速处置 or 先行处置; "" for the ordinary way."""
    return text.label(handbook, "arrows", WAYS[way]) if way in WAYS else way


def cause_text(cause: str) -> str:
    """Why a responsibility is coordinated."""
    translate = QCoreApplication.translate
    return {
        "unclear": translate("CaseWords", "责任不明"),
        "disputed": translate("CaseWords", "责任争议"),
    }.get(cause, cause)


def scope_text(scope: str) -> str:
    """How far a dispute reaches."""
    translate = QCoreApplication.translate
    return {
        "inside": translate("CaseWords", "同一辖区或行业内"),
        "across": translate("CaseWords", "跨辖区或部门"),
    }.get(scope, scope)


def body_text(handbook: Handbook, body: str) -> str:
    """The name of a body that decides."""
    known = handbook.bodies.get(body)
    return known.label if known is not None else body


def outcome_text(handbook: Handbook, coordination: Coordination) -> str:
    """How a coordination ended; 协调中 while it has not."""
    translate = QCoreApplication.translate
    if not coordination.outcome:
        return translate("CaseWords", "协调中")
    if coordination.outcome in OUTCOMES:
        return text.label(handbook, "arrows", OUTCOMES[coordination.outcome])
    return translate("CaseWords", "已失效")


def yuan(amount: float) -> str:
    """``1,280元``, ``36.50元``."""
    number = f"{amount:,.2f}".removesuffix(".00")
    return QCoreApplication.translate("CaseWords", "{n}元").format(n=number)


def budget_text(handbook: Handbook, budget: str) -> str:
    """The name of a budget."""
    known = handbook.budgets.get(budget)
    return known.label if known is not None else budget


def plan_text(handbook: Handbook, plan: str) -> str:
    """The name of an emergency plan."""
    known = handbook.plans.get(plan)
    return known.label if known is not None else plan
