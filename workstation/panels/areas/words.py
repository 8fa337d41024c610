"""What is found of areas of responsibility, in words: for the list, the map and the exported sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from workstation.map.overlay_cards import CardText, Line
from workstation.map.overlay_findings import FindingShape

if TYPE_CHECKING:
    from workstation.services.responsibility import Finding
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


def about_text(finding: Finding, handbook: Handbook, most: int = NAMED) -> str:
    """Of which level of units, or of which classes of problems, it is."""
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
    words = "、".join(names)
    if finding.class_count > most:
        return translate("Areas", "{names}等 {n} 类").format(names=words, n=finding.class_count)
    return words


def units_text(finding: Finding, names: Mapping[str, str], most: int = NAMED) -> str:
    """The units: of an overlap both, of a gap those beside it."""
    translate = QCoreApplication.translate
    listed = [names.get(code, code) for code in finding.units]
    if finding.kind == "overlap":
        return translate("Areas", " 与 ").join(listed)
    words = "、".join(listed[:most])
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


def card(finding: Finding, handbook: Handbook, names: Mapping[str, str]) -> CardText:
    """What stands beside the pointer on the map."""
    translate = QCoreApplication.translate
    lines = [
        Line(translate("Areas", "面积 {area}").format(area=area_text(finding.area_m2))),
        Line(
            translate("Areas", "网格 {grids} 个 · 在办案卷 {cases} 件").format(
                grids=len(finding.grids), cases=len(finding.cases)
            ),
            strong=bool(finding.cases),
        ),
    ]
    units = units_text(finding, names)
    if units:
        told = (
            translate("Areas", "涉及 {units}")
            if finding.kind == "overlap"
            else translate("Areas", "相邻 {units}")
        )
        lines.append(Line(told.format(units=units)))
    token = "red" if finding.kind == "gap" else "stage_dispatch"
    return CardText(about_text(finding, handbook), lines, token, kind_text(finding), token)


def shape(finding: Finding, handbook: Handbook, names: Mapping[str, str]) -> FindingShape:
    """The finding as the map paints it."""
    return FindingShape(
        finding.key,
        finding.kind,
        finding.area_wkb,
        kind_text(finding),
        card(finding, handbook, names),
    )
