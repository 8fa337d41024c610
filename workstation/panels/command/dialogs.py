"""Opening an operation, and sending a further order in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from workstation.panels.common.fields import Choice, Field, Line, ManyUnits, Until, Words
from workstation.panels.common.fieldsdialog import FieldsDialog
from workstation.services.centre.operations import KINDS
from workstation.shell.context import AppContext
from workstation.workflow.event import parse_instant

from .words import kind_text

HALF_AN_HOUR = 30 / 1440
MOST_DAYS = 30.0


def open_form(
    context: AppContext, units: Sequence[Any], on_done: Callable[[Any], object], parent: QWidget | None
) -> FieldsDialog:
    """A new operation, with its first order."""
    translate = QCoreApplication.translate
    book = context.services.handbook
    plans = [(plan.key, plan.label, " → ".join(plan.steps)) for plan in book.plans.values()]
    none = translate("Command", "不用预案")
    fields: list[Field] = [
        Line(
            "title",
            translate("Command", "名称"),
            required=True,
            placeholder=translate("Command", "如：台风防御、文昌街路面塌陷"),
        ),
        Choice(
            "kind", translate("Command", "类别"), [(k, kind_text(k), "") for k in KINDS], chosen=KINDS[-1]
        ),
    ]
    if plans:
        fields.append(
            Choice(
                "plan", translate("Command", "应急预案"), [("", none, ""), *plans], chosen="", required=False
            )
        )
    fields += _order_fields(context, units)
    dialog = FieldsDialog(
        context, translate("Command", "发起调度"), translate("Command", "发起调度"), fields, parent
    )
    services, actor = context.services, context.actor

    def work(data: dict[str, Any]) -> Any:
        return services.operations.open(
            data["title"],
            data["kind"],
            data["units"] or (),
            actor,
            plan=data.get("plan") or "",
            order=data["text"] or "",
            until=_instant(data["until"]),
        )

    dialog.work, dialog.on_done = work, on_done
    dialog.open()
    return dialog


def order_form(
    context: AppContext,
    operation_id: str,
    units: Sequence[Any],
    called: Sequence[str],
    on_done: Callable[[Any], object],
    parent: QWidget | None,
) -> FieldsDialog:
    """A further order; the units called so far are ticked."""
    translate = QCoreApplication.translate
    fields = _order_fields(context, units, called)
    dialog = FieldsDialog(
        context, translate("Command", "下达指令"), translate("Command", "下达指令"), fields, parent
    )
    services, actor = context.services, context.actor
    dialog.work = lambda data: services.operations.order(
        operation_id, data["text"], data["units"], actor, _instant(data["until"])
    )
    dialog.on_done = on_done
    dialog.open()
    return dialog


def _order_fields(context: AppContext, units: Sequence[Any], called: Sequence[str] = ()) -> list[Field]:
    translate = QCoreApplication.translate
    phrases = (
        translate("Command", "立即赶赴现场，设置围挡警示"),
        translate("Command", "全员到岗待命，保持通讯畅通"),
        translate("Command", "排查责任区隐患，随时报告"),
    )
    many = ManyUnits("units", translate("Command", "调度单位"), height=170)
    many.set_units(((unit.code, unit.name) for unit in units if unit.kind != "centre"), called)
    return [
        Words("text", translate("Command", "指令内容"), phrases=phrases),
        many,
        Until(
            "until",
            translate("Command", "响应时间"),
            now=context.services.now(),
            days=HALF_AN_HOUR,
            most=MOST_DAYS,
            tick=translate("Command", "要求响应，限时"),
            on=True,
        ),
    ]


def _instant(value: Any) -> datetime | None:
    return parse_instant(value) if value else None
