"""The buttons that stand on the map: tools, zoom, whole city, back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from workstation.map.overlay_palette import Palette

SIDE = 34
Shape = str | Callable[[QPainterPath], None]
"""What a button shows: the name of a sign here, or what draws one within seven pixels around the origin."""


def _zoom_in(p: QPainterPath) -> None:
    p.moveTo(-6, 0)
    p.lineTo(6, 0)
    p.moveTo(0, -6)
    p.lineTo(0, 6)


def _zoom_out(p: QPainterPath) -> None:
    p.moveTo(-6, 0)
    p.lineTo(6, 0)


def _home(p: QPainterPath) -> None:
    for sx in (-1, 1):
        for sy in (-1, 1):
            p.moveTo(sx * 6.5, sy * 2.5)
            p.lineTo(sx * 6.5, sy * 6.5)
            p.lineTo(sx * 2.5, sy * 6.5)
    p.addRect(QRectF(-2.2, -2.2, 4.4, 4.4))


def _back(p: QPainterPath) -> None:
    p.moveTo(-2.5, -6)
    p.lineTo(-6.5, -2)
    p.lineTo(-2.5, 2)
    p.moveTo(-6.5, -2)
    p.lineTo(2, -2)
    p.cubicTo(8, -2, 8, 6, 2, 6)
    p.lineTo(-2, 6)


def _pan(p: QPainterPath) -> None:
    p.moveTo(-4.5, -7)
    p.lineTo(6, 2.2)
    p.lineTo(1, 2.8)
    p.lineTo(-1.8, 7)
    p.closeSubpath()


def _identify(p: QPainterPath) -> None:
    p.addEllipse(QPointF(0, 0), 7, 7)
    p.moveTo(0, -0.6)
    p.lineTo(0, 3.6)
    p.addEllipse(QPointF(0, -3.4), 0.5, 0.5)


def _zoom_box(p: QPainterPath) -> None:
    p.addEllipse(QPointF(-1.5, -1.5), 5, 5)
    p.moveTo(2.2, 2.2)
    p.lineTo(6.8, 6.8)
    p.moveTo(-3.8, -1.5)
    p.lineTo(0.8, -1.5)
    p.moveTo(-1.5, -3.8)
    p.lineTo(-1.5, 0.8)


def _select_box(p: QPainterPath) -> None:
    p.addRect(QRectF(-6.5, -5.5, 13, 11))


def _lasso(p: QPainterPath) -> None:
    p.moveTo(-3.5, 3.6)
    p.cubicTo(-9, 1.5, -7.5, -6, 0.5, -6)
    p.cubicTo(8.5, -6, 8.5, 3.2, 0.5, 3.6)
    p.cubicTo(-2.5, 3.8, -4.5, 3, -4.2, 5)
    p.cubicTo(-4, 6.5, -2, 6.6, -2.4, 8)


def _measure(p: QPainterPath) -> None:
    p.moveTo(-7.2, 3)
    p.lineTo(3, -7.2)
    p.lineTo(7.2, -3)
    p.lineTo(-3, 7.2)
    p.closeSubpath()
    for n in (-1, 0, 1):
        x, y = -2.1 + n * 2.6, -2.1 - n * 2.6
        p.moveTo(x, y)
        p.lineTo(x + 1.9, y + 1.9)


def _areas(p: QPainterPath) -> None:
    p.moveTo(-6.5, -4.5)
    p.lineTo(0, -6.5)
    p.lineTo(6.5, -3.5)
    p.lineTo(6, 5)
    p.lineTo(-0.5, 6.5)
    p.lineTo(-6.5, 3.5)
    p.closeSubpath()
    p.moveTo(0, -6.5)
    p.lineTo(-0.5, 6.5)


_SHAPES: dict[str, Callable[[QPainterPath], None]] = {
    "zoom_in": _zoom_in,
    "zoom_out": _zoom_out,
    "home": _home,
    "back": _back,
    "pan": _pan,
    "identify": _identify,
    "zoom_box": _zoom_box,
    "select_box": _select_box,
    "select_lasso": _lasso,
    "measure": _measure,
    "areas": _areas,
}


class MapButton(QAbstractButton):
    """A square button with a line drawing."""

    def __init__(
        self, shape: Shape, tip: str, palette: Palette, parent: QWidget, *, checkable: bool = False
    ) -> None:
        super().__init__(parent)
        self._shape = QPainterPath()
        (_SHAPES[shape] if isinstance(shape, str) else shape)(self._shape)
        self._dashed = shape == "select_box"
        self._filled = shape == "pan"
        self._palette = palette
        self.setObjectName(f"map-{shape}" if isinstance(shape, str) else "")
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(SIDE, SIDE)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(SIDE, SIDE)

    def enterEvent(self, event: QEvent) -> None:
        """Show that it can be pressed."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """As before."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Background by state, then the drawing."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._palette.color
        box = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        painter.setPen(Qt.PenStyle.NoPen)
        ink = color("text_2")
        if self.isChecked():
            painter.setBrush(color("accent"))
            painter.drawRoundedRect(box, 6, 6)
            ink = color("on_accent")
        elif self.isDown() or self.underMouse():
            painter.setBrush(color("accent_soft") if self.isDown() else color("hover"))
            painter.drawRoundedRect(box, 6, 6)
            ink = color("accent")
        if not self.isEnabled():
            ink = color("disabled")
        painter.translate(self.width() / 2, self.height() / 2)
        pen = QPen(ink, 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        if self._dashed:
            pen.setDashPattern([2.2, 2.2])
        painter.setPen(pen)
        painter.setBrush(ink if self._filled else Qt.BrushStyle.NoBrush)
        painter.drawPath(self._shape)
        painter.end()


class ButtonStrip(QWidget):
    """A rounded strip of buttons, one under the other."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self._palette = palette
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(5, 4, 5, 6)
        self._column.setSpacing(0)

    def add(self, shape: Shape, tip: str, *, checkable: bool = False) -> MapButton:
        """One more button at the end."""
        button = MapButton(shape, tip, self._palette, self, checkable=checkable)
        self._column.addWidget(button)
        return button

    def paintEvent(self, event: QPaintEvent) -> None:
        """A soft shadow and a plate."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect()).adjusted(4, 3, -4, -5)
        painter.setPen(Qt.PenStyle.NoPen)
        for grow, alpha in ((3, 14), (2, 20), (1, 30)):
            painter.setBrush(QColor(10, 20, 40, alpha))
            painter.drawRoundedRect(body.adjusted(-grow, -grow + 1.5, grow, grow + 1.5), 9, 9)
        painter.setPen(QPen(self._palette.rim(), 1))
        painter.setBrush(self._palette.color("surface", 246))
        painter.drawRoundedRect(body, 8, 8)
        painter.end()


class Controls(QWidget):
    """Both strips: tools above, view below. Emits what was pressed."""

    tool_chosen = Signal(str)
    zoom = Signal(float)
    home = Signal()
    back = Signal()
    areas_toggled = Signal(bool)

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        tools = self._tool_strip = ButtonStrip(palette, self)
        self.tools = {
            "navigate": tools.add("pan", self.tr("浏览与派遣:拖动地图,拖动案件到责任区"), checkable=True),
            "select_box": tools.add("select_box", self.tr("框选案件(按住 Ctrl 拖动)"), checkable=True),
            "select_lasso": tools.add("select_lasso", self.tr("套索选择案件"), checkable=True),
            "zoom_box": tools.add("zoom_box", self.tr("拉框放大(按住 Shift 拖动)"), checkable=True),
            "identify": tools.add("identify", self.tr("查询部件"), checkable=True),
            "measure": tools.add("measure", self.tr("量测距离"), checkable=True),
        }
        for name, button in self.tools.items():
            button.clicked.connect(lambda _=False, tool=name: self.tool_chosen.emit(tool))
        view = ButtonStrip(palette, self)
        view.add("zoom_in", self.tr("放大(+)")).clicked.connect(lambda: self.zoom.emit(2.0))
        view.add("zoom_out", self.tr("缩小(-)")).clicked.connect(lambda: self.zoom.emit(0.5))
        view.add("home", self.tr("全图(Home)")).clicked.connect(self.home)
        view.add("back", self.tr("上一视图(Backspace)")).clicked.connect(self.back)
        self.areas = view.add("areas", self.tr("显示责任区"), checkable=True)
        self.areas.toggled.connect(self.areas_toggled)
        column.addWidget(tools)
        column.addWidget(view)
        self.adjustSize()

    def add_tool(self, name: str, shape: Shape, tip: str) -> None:
        """A button for one more tool, below the others."""
        button = self._tool_strip.add(shape, tip, checkable=True)
        button.setObjectName(f"map-{name}")
        button.clicked.connect(lambda: self.tool_chosen.emit(name))
        self.tools[name] = button
        self.adjustSize()

    def show_tool(self, name: str) -> None:
        """Mark the tool that is in hand."""
        for key, button in self.tools.items():
            button.setChecked(key == name)
