"""Small things painted over the map: pin, snap mark, ripple, the empty map; and what the card of a case says."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from workstation.map.overlay_cards import CardText, Line
from workstation.map.overlay_cases import CaseLayer, Hit
from workstation.map.overlay_palette import Palette, font
from workstation.map.overlay_units import UnitLayer
from workstation.map.viewport import Viewport
from workstation.shell.texts.text import light_text, remaining_text, time_text
from workstation.shell.widgets.basics import stage_names
from workstation.workflow.case import STAGE_OF, Stage, State

_TOKENS = {"green": "green", "yellow": "yellow", "red": "red", "": "text_3"}


def case_card(hit: Hit, cases: CaseLayer, units: UnitLayer, now: datetime) -> CardText:
    """What the card beside the pointer says of a case, or of a group of cases."""
    if not hit.id:
        return _group_card(hit, cases)
    marker = cases.marker(hit.id)
    assert marker is not None
    light = cases.light(hit.id)
    stage = STAGE_OF[State(marker.state)]
    lines = [Line(marker.code, "text_2")]
    if marker.unit:
        lines.append(
            Line(
                QCoreApplication.translate("Overlay", "责任单位：{}").format(units.name(marker.unit)),
                "text_2",
            )
        )
    if marker.suspended:
        lines.append(Line(QCoreApplication.translate("Overlay", "已挂账，计时暂停"), "text_3", True))
    elif marker.clock_due_at is not None:
        due = QCoreApplication.translate("Overlay", "{remaining}（截止 {due}）").format(
            remaining=remaining_text(marker.clock_due_at, now), due=time_text(marker.clock_due_at, now)
        )
        lines.append(Line(due, _TOKENS[light], True))
    title = marker.class_name or QCoreApplication.translate("Overlay", "未定类别")
    if marker.emergency:
        lines.insert(0, Line(QCoreApplication.translate("Overlay", "突发事件"), "red", True))
    return CardText(
        title, lines, bar=_TOKENS[light], badge=stage_names()[stage], badge_token=f"stage_{stage.value}"
    )


def _group_card(hit: Hit, cases: CaseLayer) -> CardText:
    stages, lights = cases.counts_of(hit.ids)
    counts = {light: lights[light or "none"] for light in ("red", "yellow", "green", "")}
    parts = [
        Line(f"{light_text(light)} {number}", _TOKENS[light], light == "red")
        for light, number in counts.items()
        if number
    ]
    names = stage_names()
    parts.append(
        Line("  ".join(f"{names[Stage(stage)]} {number}" for stage, number in stages.items() if number))
    )
    worst = next(light for light, number in counts.items() if number)
    title = QCoreApplication.translate("Overlay", "{} 件案卷").format(len(hit.ids))
    return CardText(
        title,
        [*parts, Line(QCoreApplication.translate("Overlay", "单击展开，Ctrl+单击全选"), "text_3")],
        bar=_TOKENS[worst],
    )


def paint_pin(painter: QPainter, view: Viewport, place: tuple[float, float], palette: Palette) -> None:
    """The pin whose tip is the position being registered."""
    x, y = view.to_screen(*place)
    painter.save()
    painter.translate(round(x), round(y))
    painter.setPen(Qt.PenStyle.NoPen)
    for grow, alpha in ((3.0, 30), (1.5, 50), (0.0, 80)):
        painter.setBrush(QColor(10, 20, 40, alpha))
        painter.drawEllipse(QPointF(0, 0), 7 + grow, 2.8 + grow / 2)
    path = QPainterPath(QPointF(0, 0))
    path.cubicTo(-3, -10, -13, -16, -13, -26)
    path.arcTo(QRectF(-13, -39, 26, 26), 180, -180)
    path.cubicTo(13, -16, 3, -10, 0, 0)
    painter.setPen(QPen(QColor("#FFFFFF"), 2))
    painter.setBrush(palette.color("accent"))
    painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#FFFFFF"))
    painter.drawEllipse(QPointF(0, -26), 5.4, 5.4)
    painter.restore()


def paint_snap(
    painter: QPainter, view: Viewport, place: tuple[float, float], title: str, palette: Palette
) -> None:
    """The mark on the component that a click would take, and its name."""
    x, y = view.to_screen(*place)
    accent = palette.color("accent")
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(QColor(255, 255, 255, 230), 5), QPen(accent, 2.4)):
        painter.setPen(pen)
        painter.drawEllipse(QPointF(x, y), 11, 11)
    if not title:
        return
    face = font(12, bold=True)
    width = QFontMetricsF(face).horizontalAdvance(title) + 16
    box = QRectF(x - width / 2, y + 16, width, 22)
    painter.setPen(QPen(accent, 1))
    painter.setBrush(palette.color("surface", 245))
    painter.drawRoundedRect(box, 6, 6)
    painter.setFont(face)
    painter.setPen(palette.color("text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, title)


def paint_ripple(
    painter: QPainter, view: Viewport, place: tuple[float, float], share: float, palette: Palette
) -> None:
    """Two rings that run out from where the map has just gone to."""
    x, y = view.to_screen(*place)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for delay in (0.0, 0.3):
        part = (share - delay) / 0.7
        if 0 < part < 1:
            painter.setPen(QPen(palette.color("accent", round(220 * (1 - part))), 3.2))
            painter.drawEllipse(QPointF(x, y), 14 + 42 * part, 14 + 42 * part)


def paint_empty(painter: QPainter, view: Viewport, palette: Palette, text: str) -> None:
    """What is seen before the first frame."""
    painter.setPen(palette.color("text_3"))
    painter.setFont(font(14))
    painter.drawText(QRectF(0, 0, view.width, view.height), Qt.AlignmentFlag.AlignCenter, text)
