"""What the sheet says under each event: what was decided, in words, then the person's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from workstation.panels.common.reasons import reason_text
from workstation.shell.texts import text
from workstation.shell.texts.text import joined
from workstation.workflow.event import Event, parse_instant
from workstation.workflow.handbook import Handbook

from .words import body_text, budget_text, cause_text, plan_text, scope_text, yuan

_OPINIONS = ("reason", "note", "requirement", "decision", "description", "cost_note")
# The unit an event names, by the event: what else is dispatched to is the lead.
_UNIT_OF = {
    "rapid": "crew",
    "first_response": "crew",
    "dispatch_inside": "inner",
    "assign": "ruled",
    "settle": "settled",
}

Names = Callable[[str], str]


def lines(event: Event, handbook: Handbook, name_of: Names, code_of: Names) -> list[str]:
    """The lines of one event. ``name_of``: units and people; ``code_of``: a case's code by its id."""
    data = event.data
    out = [*_what(data, handbook), *_who(event.kind, data, name_of), *_answer(event.kind, data, handbook)]
    out += _advice(data, name_of)
    out += _coordination(event.kind, data, handbook, name_of)
    out += _money(data, handbook)
    out += _others(data, code_of)
    out += [f"“{data[name]}”" for name in _OPINIONS if data.get(name)]
    return out


def _what(data: Mapping[str, Any], handbook: Handbook) -> list[str]:
    translate = QCoreApplication.translate
    out = []
    if data.get("class_name"):
        limit = data.get("limit") or {}
        words = translate("Timeline", "类别：{name}").format(name=data["class_name"])
        if isinstance(limit, Mapping) and limit.get("amount"):
            words += translate("Timeline", "　时限：{limit}").format(
                limit=text.limit_text(limit["amount"], str(limit.get("unit", "")))
            )
        out.append(words)
    if data.get("upstream_code"):
        out.append(translate("Timeline", "上级案卷号：{code}").format(code=data["upstream_code"]))
    if data.get("plan"):
        out.append(
            translate("Timeline", "应急预案：{plan}").format(plan=plan_text(handbook, str(data["plan"])))
        )
    if data.get("milestone"):
        known = handbook.milestones.get(str(data["milestone"]))
        what = known.label if known is not None else str(data["milestone"])
        out.append(translate("Timeline", "节点：{what}").format(what=what))
    return out


def _who(kind: str, data: Mapping[str, Any], name_of: Names) -> list[str]:
    translate = QCoreApplication.translate
    out = []
    if data.get("unit"):
        unit = name_of(str(data["unit"]))
        out.append(
            {
                "crew": translate("Timeline", "处置队伍：{unit}"),
                "inner": translate("Timeline", "派往：{unit}"),
                "ruled": translate("Timeline", "裁定由 {unit} 负责"),
                "settled": translate("Timeline", "责任单位：{unit}"),
            }.get(_UNIT_OF.get(kind, ""), translate("Timeline", "主办单位：{unit}")).format(unit=unit)
        )
    if data.get("cooperating"):
        names = joined(name_of(str(code)) for code in data["cooperating"])
        out.append(translate("Timeline", "协办单位：{units}").format(units=names))
    if data.get("to"):
        words = (
            translate("Timeline", "移送：{who}")
            if kind == "transfer"
            else translate("Timeline", "发往：{who}")
        )
        out.append(words.format(who=name_of(str(data["to"]))))
    if data.get("suggested_unit"):
        out.append(
            translate("Timeline", "建议单位：{unit}").format(unit=name_of(str(data["suggested_unit"])))
        )
    return out


def _advice(data: Mapping[str, Any], name_of: Names) -> list[str]:
    """What was recommended when it was dispatched, and that nobody's hand did it, where so."""
    translate = QCoreApplication.translate
    told = data.get("advice")
    if not isinstance(told, Mapping):
        return []
    why = joined(reason_text(str(code)) for code in told["reasons"])
    if told["by"] == "automatic":
        return [translate("Timeline", "系统按推荐自动派遣：{why}").format(why=why)]
    if told["rank"] == 1:
        return [translate("Timeline", "按推荐派遣：{why}").format(why=why)]
    if not told["units"] or told["verdict"] == "none":
        return [translate("Timeline", "派遣时没有可推荐的单位")]
    first = name_of(str(told["units"][0]))
    return [translate("Timeline", "派遣时推荐的是 {unit}").format(unit=first)]


def _answer(kind: str, data: Mapping[str, Any], handbook: Handbook) -> list[str]:
    translate = QCoreApplication.translate
    out = []
    if data.get("result"):
        out.append(
            translate("Timeline", "结果：{what}").format(
                what=text.label(handbook, "results", str(data["result"]))
            )
        )
    if data.get("amount"):
        out.append(translate("Timeline", "延长：{n}").format(n=f"{data['amount']:g}"))
    if data.get("until"):
        at = text.time_text(parse_instant(str(data["until"])))
        if kind in ("urge", "supervise", "instruct"):
            out.append(translate("Timeline", "限 {time} 前回复").format(time=at))
        else:
            out.append(translate("Timeline", "挂账至：{time}").format(time=at))
    if data.get("binding"):
        out.append(translate("Timeline", "经协调裁定，不得再申请回退"))
    if data.get("photos"):
        out.append(translate("Timeline", "照片 {n} 张").format(n=len(data["photos"])))
    if data.get("evidence"):
        out.append(translate("Timeline", "证据文件 {sha}").format(sha=str(data["evidence"])[:16]))
    if data.get("rule"):
        out.append(translate("Timeline", "建议写入指挥手册：{rule}").format(rule=data["rule"]))
    return out


def _coordination(kind: str, data: Mapping[str, Any], handbook: Handbook, name_of: Names) -> list[str]:
    translate = QCoreApplication.translate
    out = []
    if kind == "coordinate":
        out.append(
            "，".join(
                part
                for part in (
                    cause_text(str(data.get("cause", ""))),
                    scope_text(str(data.get("scope", ""))),
                )
                if part
            )
        )
        if data.get("units"):
            names = joined(name_of(str(code)) for code in data["units"])
            out.append(translate("Timeline", "涉及单位：{units}").format(units=names))
    if data.get("body"):
        out.append(
            translate("Timeline", "协调机构：{body}").format(body=body_text(handbook, str(data["body"])))
        )
    return out


def _money(data: Mapping[str, Any], handbook: Handbook) -> list[str]:
    translate = QCoreApplication.translate
    out = []
    if data.get("budget"):
        out.append(
            translate("Timeline", "经费：{budget}").format(budget=budget_text(handbook, str(data["budget"])))
        )
    if data.get("cost") is not None:
        out.append(translate("Timeline", "处置费用：{cost}").format(cost=yuan(float(data["cost"]))))
    return out


def _others(data: Mapping[str, Any], code_of: Names) -> list[str]:
    translate = QCoreApplication.translate
    out = []
    for name, words in (
        ("into", translate("Timeline", "并入案卷 {code}")),
        ("duplicate", translate("Timeline", "并入了案卷 {code}")),
        ("parent", translate("Timeline", "由案卷 {code} 拆分")),
    ):
        if data.get(name):
            out.append(words.format(code=code_of(str(data[name]))))
    if data.get("children"):
        codes = joined(code_of(str(case_id)) for case_id in data["children"])
        out.append(translate("Timeline", "拆分为 {codes}").format(codes=codes))
    return out
