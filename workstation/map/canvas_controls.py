"""The buttons that stand on the map: tools, zoom, whole city, back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QWidget

from workstation.map.kept import KeptPicture
from workstation.map.overlay_palette import Palette

SIDE = 34
HOLD_MS = 350
"""How long a group's button is held until it opens."""
STANDARD = (
    ("navigate", ""),
    ("select_box", "select"),
    ("select_lasso", "select"),
    ("zoom_box", ""),
    ("identify", ""),
    ("measure", "measure"),
    ("measure_area", "measure"),
)
"""The tools that every map has, and the group in which each stands."""
SIGNS = {"navigate": "pan"}
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


def _measure_area(p: QPainterPath) -> None:
    p.moveTo(-6.5, 4.5)
    p.lineTo(-3.5, -6)
    p.lineTo(6, -4)
    p.lineTo(4.5, 6)
    p.closeSubpath()
    for x, y in ((-6.5, 4.5), (-3.5, -6), (6, -4), (4.5, 6)):
        p.addEllipse(QPointF(x, y), 1.2, 1.2)


def _looking_glass(p: QPainterPath) -> None:
    p.addEllipse(QPointF(3.2, 3.0), 3.0, 3.0)
    p.moveTo(5.4, 5.2)
    p.lineTo(7.6, 7.4)


def _query_box(p: QPainterPath) -> None:
    p.moveTo(-1.5, 4.5)
    p.lineTo(-6.5, 4.5)
    p.lineTo(-6.5, -6)
    p.lineTo(5.5, -6)
    p.lineTo(5.5, -2)
    _looking_glass(p)


def _query_polygon(p: QPainterPath) -> None:
    p.moveTo(-1.5, 5.5)
    p.lineTo(-5, 4.5)
    p.lineTo(-7, -2.5)
    p.lineTo(-0.5, -6.8)
    p.lineTo(5.8, -2.5)
    _looking_glass(p)


def _query_circle(p: QPainterPath) -> None:
    p.arcMoveTo(QRectF(-7, -7, 12, 12), 20)
    p.arcTo(QRectF(-7, -7, 12, 12), 20, 240)
    _looking_glass(p)


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
    "measure_area": _measure_area,
    "query_box": _query_box,
    "query_polygon": _query_polygon,
    "query_circle": _query_circle,
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
        self._dashed = shape in ("select_box", "query_box")
        self._filled = shape == "pan"
        self._palette = palette
        self._kept = KeptPicture(self)
        self.setObjectName(f"map-{shape}" if isinstance(shape, str) else "")
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(SIDE, SIDE)

    def _take_shape(self, other: MapButton) -> None:
        """Look like another button."""
        self._shape, self._dashed, self._filled = other._shape, other._dashed, other._filled

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
        state = self.isChecked(), self.isDown(), self.underMouse(), self.isEnabled(), self._palette.generation
        self._kept.show((*state, id(self._shape)), self._draw)

    def _draw(self, painter: QPainter) -> None:
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


class GroupButton(MapButton):
    """A button for several tools of a kind: it takes the one that was used last. Held, pressed with the right button or
    pressed again, it opens the others beside it."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__("pan", "", palette, parent, checkable=True)
        self.members: dict[str, MapButton] = {}
        self.current = ""
        self._was_checked = False
        self._flyout = ButtonStrip(palette, self, QBoxLayout.Direction.LeftToRight)
        self._flyout.setWindowFlags(Qt.WindowType.Popup | Qt.WindowType.NoDropShadowWindowHint)
        self._flyout.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._held = QTimer(self, singleShot=True, interval=HOLD_MS)
        self._held.timeout.connect(self.open_flyout)

    def add(self, name: str, shape: Shape, tip: str) -> MapButton:
        """One more tool in the group; the first is the one that the button takes."""
        member = self.members[name] = self._flyout.add(shape, tip, checkable=True)
        member.setObjectName(f"map-{name}")
        member.clicked.connect(self._flyout.hide)
        if not self.current:
            self.show_member(name)
        return member

    def show_member(self, name: str) -> None:
        """Stand for this tool."""
        self.current = name
        self._take_shape(self.members[name])
        self.setToolTip(self.tr("{}（按住或右键：同类工具）").format(self.members[name].toolTip()))
        self.setAccessibleName(self.members[name].accessibleName())
        self.update()

    def open_flyout(self) -> None:
        """Show all tools of the group, to the left of the button."""
        self._held.stop()
        self.setDown(False)
        for name, member in self.members.items():
            member.setChecked(self.isChecked() and name == self.current)
        self._flyout.adjustSize()
        corner = self.mapToGlobal(
            QPoint(-self._flyout.width() - 6, (self.height() - self._flyout.height()) // 2)
        )
        self._flyout.move(corner)
        self._flyout.show()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The right button opens at once, the left one when it is held."""
        if event.button() == Qt.MouseButton.RightButton:
            self.open_flyout()
            return
        self._was_checked = self.isChecked()
        self._held.start()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Pressed again while its tool is in hand: the others are wanted."""
        held = not self._held.isActive()
        self._held.stop()
        if not held:
            super().mouseReleaseEvent(event)
            if self._was_checked:
                self.open_flyout()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A corner says that there are more."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._palette.color("on_accent" if self.isChecked() else "text_3"))
        corner = QPainterPath()
        corner.moveTo(6, SIDE - 6)
        corner.lineTo(6, SIDE - 11)
        corner.lineTo(11, SIDE - 6)
        corner.closeSubpath()
        painter.drawPath(corner)
        painter.end()


class ButtonStrip(QWidget):
    """A rounded strip of buttons, one under the other or side by side."""

    def __init__(
        self,
        palette: Palette,
        parent: QWidget,
        direction: QBoxLayout.Direction = QBoxLayout.Direction.TopToBottom,
    ) -> None:
        super().__init__(parent)
        self._palette = palette
        self._kept = KeptPicture(self)
        self._column = QBoxLayout(direction, self)
        self._column.setContentsMargins(5, 4, 5, 6)
        self._column.setSpacing(0)

    def add(self, shape: Shape, tip: str, *, checkable: bool = False) -> MapButton:
        """One more button at the end."""
        button = MapButton(shape, tip, self._palette, self, checkable=checkable)
        self._column.addWidget(button)
        return button

    def add_group(self, name: str) -> GroupButton:
        """A button for several tools at the end."""
        group = GroupButton(self._palette, self)
        group.setObjectName(f"map-group-{name}")
        self._column.addWidget(group)
        return group

    def paintEvent(self, event: QPaintEvent) -> None:
        """A soft shadow and a plate."""
        self._kept.show((self._palette.generation,), self._draw)

    def _draw(self, painter: QPainter) -> None:
        body = QRectF(self.rect()).adjusted(4, 3, -4, -5)
        painter.setPen(Qt.PenStyle.NoPen)
        for grow, alpha in ((3, 14), (2, 20), (1, 30)):
            painter.setBrush(QColor(10, 20, 40, alpha))
            painter.drawRoundedRect(body.adjusted(-grow, -grow + 1.5, grow, grow + 1.5), 9, 9)
        painter.setPen(QPen(self._palette.rim(), 1))
        painter.setBrush(self._palette.color("surface", 246))
        painter.drawRoundedRect(body, 8, 8)


class Controls(QWidget):
    """Both strips: tools above, view below; side by side where the map is low. Emits what was pressed."""

    tool_chosen = Signal(str)
    zoom = Signal(float)
    home = Signal()
    back = Signal()
    areas_toggled = Signal(bool)

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        strip = self._tool_strip = ButtonStrip(palette, self)
        self.tools: dict[str, MapButton] = {}
        self._groups: dict[str, GroupButton] = {}
        tips = self._tips()
        for name, group in STANDARD:
            if group and group not in self._groups:
                self._groups[group] = strip.add_group(group)
            self.add_tool(name, SIGNS.get(name, name), tips[name], group)
        view = self._view_strip = ButtonStrip(palette, self)
        view.add("zoom_in", self.tr("放大（+）")).clicked.connect(lambda: self.zoom.emit(2.0))
        view.add("zoom_out", self.tr("缩小（-）")).clicked.connect(lambda: self.zoom.emit(0.5))
        view.add("home", self.tr("全图（Home）")).clicked.connect(self.home)
        view.add("back", self.tr("上一视图（Backspace）")).clicked.connect(self.back)
        self.areas = view.add("areas", self.tr("显示责任区"), checkable=True)
        self.areas.toggled.connect(self.areas_toggled)
        self._box.addWidget(strip, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self._box.addWidget(view, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self.adjustSize()

    def _tips(self) -> dict[str, str]:
        return {
            "navigate": self.tr("浏览与派遣：拖动地图，拖动案卷到责任区（Esc）"),
            "select_box": self.tr("框选案卷（按住 Ctrl 拖动）"),
            "select_lasso": self.tr("套索选择案卷"),
            "zoom_box": self.tr("拉框放大（按住 Shift 拖动）"),
            "identify": self.tr("查询此处的一切：部件、案卷、网格、责任单位、人员（Ctrl+Alt+I）"),
            "measure": self.tr("量测距离：双击或回车结束，Backspace 撤点，S 捕捉（Ctrl+Alt+L）"),
            "measure_area": self.tr("量测面积：双击或回车结束，Backspace 撤点，S 捕捉（Ctrl+Alt+A）"),
        }

    def add_tool(self, name: str, shape: Shape, tip: str, group: str = "") -> None:
        """A button for one more tool, below the others; with ``group``, in the flyout of that group's button."""
        if group:
            if group not in self._groups:
                self._groups[group] = self._tool_strip.add_group(group)
            button = self._groups[group].add(name, shape, tip)
        else:
            button = self._tool_strip.add(shape, tip, checkable=True)
            button.setObjectName(f"map-{name}")
        button.clicked.connect(lambda _=False: self.tool_chosen.emit(name))
        if group and len(self._groups[group].members) == 1:
            head = self._groups[group]
            head.clicked.connect(lambda _=False: self.tool_chosen.emit(head.current))
        self.tools[name] = button
        self.adjustSize()

    def fit(self, height: int) -> None:
        """Stand in this height: the strips side by side where they are too high for it one below the other."""
        whole = (
            self._tool_strip.sizeHint().height() + self._view_strip.sizeHint().height() + self._box.spacing()
        )
        low = whole > height
        direction = QBoxLayout.Direction.RightToLeft if low else QBoxLayout.Direction.TopToBottom
        if direction != self._box.direction():
            self._box.setDirection(direction)
        self.adjustSize()

    def show_tool(self, name: str) -> None:
        """Mark the tool that is in hand."""
        for key, button in self.tools.items():
            button.setChecked(key == name)
        for group in self._groups.values():
            if name in group.members:
                group.show_member(name)
            group.setChecked(name in group.members)
