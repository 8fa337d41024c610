"""Why a unit is recommended for a case, and why nobody or two are: in a word, and in a sentence with its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from workstation.services.recommending.recommending import Reason, Recommendation

Names = Mapping[str, str]
"""Names of units by code."""


def reason_text(reason: Reason | str) -> str:
    """Why a unit is recommended, in a word."""
    translate = QCoreApplication.translate
    code = reason if isinstance(reason, str) else reason.code
    return {
        "suggested": translate("Suggestions", "退回单位建议"),
        "maintainer": translate("Suggestions", "养护单位"),
        "owner": translate("Suggestions", "权属单位"),
        "department": translate("Suggestions", "主管部门"),
        "duty": translate("Suggestions", "职责对口"),
        "rule": translate("Suggestions", "手册认定"),
        "area": translate("Suggestions", "属地"),
        "beside": translate("Suggestions", "紧邻属地"),
        "near": translate("Suggestions", "队伍最近"),
        "history": translate("Suggestions", "办过同类"),
        "returned": translate("Suggestions", "曾退回"),
        "outside": translate("Suggestions", "不在其责任区"),
    }.get(code, code)


def distance_text(metres: float) -> str:
    """``350 米`` or ``1.2 公里``."""
    translate = QCoreApplication.translate
    if metres < 1000:
        return translate("Suggestions", "{n} 米").format(n=round(metres))
    return translate("Suggestions", "{n} 公里").format(n=round(metres / 1000, 1))


def reason_sentence(reason: Reason, names: Names) -> str:
    """The reason with what it rests on."""
    translate = QCoreApplication.translate
    data = reason.data
    match reason.code:
        case "suggested":
            by = str(data["by"])
            return translate("Suggestions", "{unit}退回时建议").format(unit=names.get(by, by))
        case "maintainer":
            return translate("Suggestions", "部件 {code} 的养护单位").format(code=data["component"])
        case "owner":
            return translate("Suggestions", "部件 {code} 的权属单位").format(code=data["component"])
        case "department":
            return translate("Suggestions", "部件 {code} 的主管部门").format(code=data["component"])
        case "rule":
            return translate("Suggestions", "手册认定：{text}").format(text=data["text"])
        case "duty":
            if not data["prefix"]:
                return translate("Suggestions", "负责这一类别的全部问题")
            return translate("Suggestions", "职责包括类别 {prefix}").format(prefix=data["prefix"])
        case "area":
            return translate("Suggestions", "位置在其责任区内")
        case "beside":
            return translate("Suggestions", "距其责任区 {away}").format(away=distance_text(data["metres"]))
        case "near":
            return _near(reason)
        case "history":
            return _history(reason)
        case "returned":
            return translate("Suggestions", "已退回本案卷 {n} 次").format(n=data["times"])
        case "outside":
            return translate("Suggestions", "职责对口，但位置不在其责任区内")
    return reason.code


def _near(reason: Reason) -> str:
    translate = QCoreApplication.translate
    away = distance_text(reason.data["metres"])
    if reason.data["by"] == "street":
        return translate("Suggestions", "{name}沿道路 {away}").format(name=reason.data["name"], away=away)
    return translate("Suggestions", "{name}直线 {away}").format(name=reason.data["name"], away=away)


def _history(reason: Reason) -> str:
    translate = QCoreApplication.translate
    data = reason.data
    words = [
        translate("Suggestions", "近 {days} 天在附近办过同类 {n} 件").format(
            days=data["days"], n=data["count"]
        )
    ]
    if data["decided"]:
        words.append(
            translate("Suggestions", "按期 {good}/{all}").format(good=data["in_time"], all=data["decided"])
        )
    if data["returned"]:
        words.append(translate("Suggestions", "退回 {n}").format(n=data["returned"]))
    if data["again"]:
        words.append(translate("Suggestions", "返工 {n}").format(n=data["again"]))
    return translate("Suggestions", "，").join(words)


def reasons_text(reasons: Sequence[Reason], names: Names) -> str:
    """Each reason as a sentence, one a line."""
    return "\n".join(reason_sentence(reason, names) for reason in reasons)


def verdict_text(found: Recommendation, names: Names) -> str:
    """Why there is nobody or are two; "" where there is one, or nothing is recommended at all."""
    translate = QCoreApplication.translate
    words = [_why(reason, names) for reason in found.why if reason.code != "off"]
    if not words:
        return ""
    if found.verdict == "two":
        return translate("Suggestions", "；").join(words)
    why = translate("Suggestions", "；").join(words)
    return translate("Suggestions", "没有可推荐的单位：{why}").format(why=why)


def _why(reason: Reason, names: Names) -> str:
    translate = QCoreApplication.translate
    data = reason.data
    units = [names.get(code, code) for code in data.get("units", ())]
    both = translate("Suggestions", "、").join(units)
    match reason.code:
        case "no_component":
            return translate("Suggestions", "案卷没有部件")
        case "no_owner":
            return translate("Suggestions", "部件 {code} 没有登记权属或养护单位").format(
                code=data["component"]
            )
        case "no_duty":
            return translate("Suggestions", "没有单位负责这一类别")
        case "outside_areas":
            return translate("Suggestions", "位置在各对口单位的责任区之外（{units}）").format(units=both)
        case "no_place":
            return translate("Suggestions", "案卷没有坐标")
        case "all_returned":
            return translate("Suggestions", "对口单位都已退回")
        case "overlap":
            return translate("Suggestions", "{units}的责任区在此重叠，请选择").format(units=both)
        case "tie":
            return translate("Suggestions", "{units}理由相当，请选择").format(units=both)
        case "load":
            first, second = data["open"]
            return translate("Suggestions", "按在办量排序：{first} 件对 {second} 件").format(
                first=first, second=second
            )
    return reason.code
