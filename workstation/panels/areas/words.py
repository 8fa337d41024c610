"""What is found of areas of responsibility, in words: for the list, the map and the exported sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from workstation.map.overlay_cards import CardText
from workstation.map.overlay_cards import Line as CardLine
from workstation.map.overlay_findings import FindingShape
from workstation.services.recommending.responsibility import ARISEN, NOBODY, OVERLAP
from workstation.shell.texts.text import joined

from .rows import Line

if TYPE_CHECKING:
    from workstation.services.recommending.responsibility import Finding
    from workstation.workflow.handbook import Handbook

NAMED = 3
"""Classes, and units, that are named before the rest is only counted."""


def kind_text(finding: Finding) -> str:
    """盲区, 重叠, 无人负责."""
    translate = QCoreApplication.translate
    return {
        "gap": translate("Areas", "盲区"),
        "overlap": translate("Areas", "重叠"),
        "nobody": translate("Areas", "无人负责"),
    }[finding.kind]


def tone(finding: Finding) -> str:
    """The theme's colour of its kind, as on the map."""
    return "stage_dispatch" if finding.kind == OVERLAP else "red"


def about_text(finding: Finding, handbook: Handbook, most: int = NAMED) -> str:
    """Of which level of units, or of which classes of problems, it is: at most so many by name."""
    translate = QCoreApplication.translate
    if finding.of:
        return {
            "district": translate("Areas", "各区责任区"),
            "street": translate("Areas", "街道责任区"),
            "community": translate("Areas", "社区责任区"),
        }.get(finding.of, finding.of)
    names = []
    for key in finding.classes[:most]:
        kind, _, code = key.partition(":")
        item = handbook.class_item(kind, code)
        names.append(item.name if item is not None else code)
    if not names:
        return translate("Areas", "{n} 类问题").format(n=finding.class_count)
    words = joined(names)
    if finding.class_count > len(names):
        return translate("Areas", "{names}等 {n} 类").format(names=words, n=finding.class_count)
    return words


def units_text(finding: Finding, names: Mapping[str, str], most: int = NAMED) -> str:
    """The units: of an overlap both, of a gap those beside it."""
    translate = QCoreApplication.translate
    listed = [names.get(code, code) for code in finding.units]
    if finding.kind == OVERLAP:
        return translate("Areas", " 与 ").join(listed)
    if not most:
        return ""
    words = joined(listed[:most])
    return translate("Areas", "{units}等").format(units=words) if len(listed) > most else words


def area_text(m2: float) -> str:
    """``0.35 公顷``, ``12.4 平方公里``; small ones in square metres."""
    translate = QCoreApplication.translate
    if not m2:
        return translate("Areas", "—")
    if m2 < 10_000:
        return translate("Areas", "{n} 平方米").format(n=f"{m2:,.0f}")
    if m2 < 1_000_000:
        return translate("Areas", "{n} 公顷").format(n=f"{m2 / 10_000:,.2f}")
    return translate("Areas", "{n} 平方公里").format(n=f"{m2 / 1_000_000:,.2f}")


def concerned(finding: Finding) -> list[str]:
    """How large it is and what it concerns, a few words each."""
    translate = QCoreApplication.translate
    out = [area_text(finding.area_m2)] if finding.area_m2 else []
    if finding.grids:
        out.append(translate("Areas", "网格 {n} 个").format(n=len(finding.grids)))
    if finding.components:
        out.append(translate("Areas", "未定责部件 {n} 个").format(n=finding.components))
    return out


def line(finding: Finding, handbook: Handbook, names: Mapping[str, str]) -> Line:
    """The finding's row."""
    translate = QCoreApplication.translate
    facts = concerned(finding)

    def under(most: int) -> str:
        return " · ".join(part for part in (*facts, units_text(finding, names, most)) if part)

    return Line(
        kind_text(finding),
        tone(finding),
        lambda most: about_text(finding, handbook, most),
        under,
        translate("Areas", "在办 {n}").format(n=len(finding.cases)) if finding.cases else "",
    )


def why_text(finding: Finding, names: Mapping[str, str], days: int) -> str:
    """Why it is one, in a sentence."""
    translate = QCoreApplication.translate
    units = units_text(finding, names)
    if finding.kind == OVERLAP:
        return translate("Areas", "{units} 都负责这一块，推荐时会同时给出两家。").format(units=units)
    if finding.kind == NOBODY:
        return translate("Areas", "没有单位有这些类别的职责，手册也没有指定。")
    if finding.of:
        return translate("Areas", "同级单位的责任区拼不满全市，这一块不属于任何一家。")
    if finding.why == ARISEN:
        parts = []
        if finding.reported:
            parts.append(
                translate("Areas", "近 {days} 天区外报过 {n} 件").format(days=days, n=finding.reported)
            )
        if finding.components:
            parts.append(translate("Areas", "区外有 {n} 个部件未写明责任单位").format(n=finding.components))
        told = translate("Areas", "责任区只划了局部（{units}），{what}。")
        return told.format(units=units, what=joined(parts))
    return translate("Areas", "这些问题按责任区分工，这一块没有划给任何单位。")


def mend_text(finding: Finding, names: Mapping[str, str]) -> str:
    """How it is put right, in a sentence."""
    translate = QCoreApplication.translate
    units = units_text(finding, names)
    if finding.kind == OVERLAP:
        return translate("Areas", "改法：定下归谁，改另一家的责任区；或在手册“责任认定”里按类别指定。")
    if finding.kind == NOBODY:
        return translate("Areas", "改法：在手册“责任认定”里给这些类别指定单位，或给部件写明养护单位。")
    if finding.why == ARISEN:
        return translate("Areas", "改法：扩大责任区，或不划范围、由它负责全市；部件可写明养护单位。")
    if units:
        return translate("Areas", "改法：把这一块划给相邻的一家（{units}）。").format(units=units)
    return translate("Areas", "改法：把这一块划给一家单位。")


def card(finding: Finding, handbook: Handbook, names: Mapping[str, str]) -> CardText:
    """What stands beside the pointer on the map."""
    translate = QCoreApplication.translate
    lines = [
        CardLine(" · ".join(concerned(finding))),
        CardLine(
            translate("Areas", "在办案卷 {cases} 件").format(cases=len(finding.cases)),
            strong=bool(finding.cases),
        ),
    ]
    units = units_text(finding, names)
    if units:
        told = (
            translate("Areas", "涉及 {units}")
            if finding.kind == OVERLAP
            else translate("Areas", "相邻 {units}")
        )
        if finding.why == ARISEN:
            told = translate("Areas", "有此职责的 {units}")
        lines.append(CardLine(told.format(units=units)))
    return CardText(about_text(finding, handbook), lines, tone(finding), kind_text(finding), tone(finding))


def shape(finding: Finding, handbook: Handbook, names: Mapping[str, str]) -> FindingShape:
    """The finding as the map paints it."""
    return FindingShape(
        finding.key,
        finding.kind,
        finding.area_wkb,
        kind_text(finding),
        card(finding, handbook, names),
    )
