"""The smallest shared widgets: headers, badges, lights, form rows, cards, empty states, the bar of seven stages."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...workflow.case import Stage, State
from ..look import icons
from ..look import theme as themes
from ..texts import text


def kind_label(words: str = "", kind: str = "", parent: QWidget | None = None) -> QLabel:
    """A label with a look of the style sheet: title, heading, section, muted, label, small, error, number."""
    label = QLabel(words, parent)
    label.setProperty("kind", kind)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def button(
    words: str,
    kind: str = "",
    icon: str = "",
    on_click: Callable[[], object] | None = None,
    parent: QWidget | None = None,
) -> QPushButton:
    """A push button with a look: "" (secondary), primary, danger, ghost, link, small, chip."""
    widget = QPushButton(words, parent)
    widget.setProperty("kind", kind)
    if icon:
        widget.setIcon(icons.icon(icon, {"primary": "on_accent", "danger": "danger"}.get(kind, "text_2")))
        widget.setIconSize(QSize(16, 16))
        widget.setProperty("icon-role", icon)
    if on_click is not None:
        widget.clicked.connect(lambda _checked=False: on_click())
    return widget


def tool_button(
    icon: str, tip: str, on_click: Callable[[], object] | None = None, parent: QWidget | None = None
) -> QToolButton:
    """A flat button with an icon and a tooltip."""
    widget = QToolButton(parent)
    widget.setIcon(icons.icon(icon, on="accent"))
    widget.setIconSize(QSize(18, 18))
    widget.setToolTip(tip)
    widget.setAccessibleName(tip)
    widget.setProperty("icon-role", icon)
    if on_click is not None:
        widget.clicked.connect(lambda _checked=False: on_click())
    return widget


def refresh_icons(root: QWidget) -> None:
    """Draw the icons of the buttons below ``root`` again in the colours of the theme now in force."""
    for push in root.findChildren(QPushButton):
        role = push.property("icon-role")
        if role:
            tone = {"primary": "on_accent", "danger": "danger"}.get(str(push.property("kind")), "text_2")
            push.setIcon(icons.icon(str(role), tone))
    for tool in root.findChildren(QToolButton):
        role = tool.property("icon-role")
        if role:
            tool.setIcon(icons.icon(str(role), str(tool.property("icon-tone") or "text_2"), on="accent"))


def line(parent: QWidget | None = None) -> QFrame:
    """A thin horizontal rule."""
    frame = QFrame(parent)
    frame.setProperty("kind", "line")
    return frame


def empty(box: QLayout) -> None:
    """Take every widget out of a layout, and delete it."""
    while box.count():
        item = box.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class Card(QFrame):
    """A surface with a border; ``kind`` card, inset, note, warn or alarm. ``body`` is its vertical layout."""

    def __init__(
        self, parent: QWidget | None = None, kind: str = "card", margin: int = 12, spacing: int = 8
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(spacing)


class ScrollBody(QScrollArea):
    """A vertical scroll area whose content is as wide as the area. ``body`` is the content's layout."""

    def __init__(self, parent: QWidget | None = None, margin: int = 12, spacing: int = 12) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget()
        content.setProperty("kind", "body")
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(spacing)
        self.setWidget(content)


class SectionHeader(QWidget):
    """A heading with an optional count and buttons at its right (:meth:`add`)."""

    def __init__(self, title: str, parent: QWidget | None = None, icon: str = "") -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        if icon:
            sign = QLabel()
            sign.setPixmap(icons.pixmap(icon, 16, "text_2", self.devicePixelRatioF()))
            self._row.addWidget(sign)
        self._title = kind_label(title, "heading")
        self._count = kind_label("", "muted")
        self._row.addWidget(self._title)
        self._row.addWidget(self._count)
        self._row.addStretch(1)

    def set_title(self, title: str) -> None:
        """Another heading."""
        self._title.setText(title)

    def set_count(self, count: int | None) -> None:
        """The number beside the heading; None for none."""
        self._count.setText("" if count is None else f"{count:,}")

    def add(self, widget: QWidget) -> None:
        """Put a widget at the right end."""
        self._row.addWidget(widget)


class FormRow(QWidget):
    """A label above a field, with a mark when required and room for what is wrong or helpful below it."""

    def __init__(
        self,
        title: str,
        field: QWidget,
        parent: QWidget | None = None,
        *,
        required: bool = False,
        hint: str = "",
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._hint = hint
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        self._title = title
        self._caption = QLabel(self)
        self._caption.setProperty("kind", "label")
        self._caption.setTextFormat(Qt.TextFormat.RichText)
        self._caption.setBuddy(field)
        self.set_required(required)
        box.addWidget(self._caption)
        box.addWidget(field)
        self._note = kind_label(hint, "small")
        self._note.setWordWrap(True)
        box.addWidget(self._note)
        self._note.setVisible(bool(hint))

    def set_required(self, required: bool) -> None:
        """Mark the field as required, or take the mark away."""
        star = f' <span style="color:{themes.current().color("danger").name()}">*</span>' if required else ""
        self._caption.setText(self._title + star)

    def set_error(self, words: str) -> None:
        """Say what is wrong with the field; "" when nothing is (the hint comes back)."""
        from ..look.style import set_kind

        self._note.setText(words or self._hint)
        self._note.setVisible(bool(words or self._hint))
        set_kind(self._note, "error" if words else "small")
        self.field.setProperty("bad", "true" if words else "false")
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)


class EmptyState(QWidget):
    """What a view shows when it has nothing: a sign, a sentence, and perhaps a button."""

    def __init__(
        self,
        icon: str,
        title: str,
        hint: str = "",
        parent: QWidget | None = None,
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 24, 24, 24)
        box.setSpacing(8)
        box.addStretch(1)
        self._sign = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        box.addWidget(self._sign)
        self._title = kind_label(title, "heading")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title.setWordWrap(True)
        box.addWidget(self._title)
        self._hint = kind_label(hint, "muted")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setWordWrap(True)
        box.addWidget(self._hint)
        self._hint.setVisible(bool(hint))
        if action is not None:
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(button(action[0], "primary", on_click=action[1]))
            row.addStretch(1)
            box.addLayout(row)
        box.addStretch(2)
        self._draw()
        themes.current().changed.connect(self._draw)

    def _draw(self) -> None:
        self._sign.setPixmap(icons.pixmap(self._icon, 40, "border_strong", self.devicePixelRatioF()))

    def set_text(self, title: str, hint: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))


def soft(color: QColor) -> QColor:
    """A quiet background in the hue of a colour, for the theme in force."""
    return themes.current().soft(color)


def paint_light(painter: QPainter, light: str, center: QPointF, size: float = 10.0) -> None:
    """A light at a point: a disc for green, a triangle for yellow, a square on its tip for red, a ring for none."""
    color = themes.current().light_color(light)
    half = size / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    x, y = center.x(), center.y()
    if light == "green":
        painter.drawEllipse(center, half * 0.86, half * 0.86)
    elif light == "yellow":
        painter.drawPolygon(
            QPolygonF(
                [QPointF(x, y - half), QPointF(x + half, y + half * 0.8), QPointF(x - half, y + half * 0.8)]
            )
        )
    elif light == "red":
        painter.drawPolygon(
            QPolygonF(
                [QPointF(x, y - half), QPointF(x + half, y), QPointF(x, y + half), QPointF(x - half, y)]
            )
        )
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color, 1.4))
        painter.drawEllipse(center, half * 0.7, half * 0.7)
    painter.restore()


class LightDot(QWidget):
    """A light: colour and shape, with its word as tooltip."""

    def __init__(self, light: str = "", parent: QWidget | None = None, size: int = 12) -> None:
        super().__init__(parent)
        self._light = ""
        self._size = size
        self.setFixedSize(size + 4, size + 4)
        self.set_light(light)

    @property
    def light(self) -> str:
        """green, yellow, red or ""."""
        return self._light

    def set_light(self, light: str) -> None:
        """Show another light."""
        self._light = light
        self.setToolTip(text.light_text(light))
        self.setAccessibleName(text.light_text(light))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_light(painter, self._light, QPointF(self.width() / 2, self.height() / 2), self._size)


def paint_badge(painter: QPainter, rect: QRectF, words: str, color: QColor, solid: bool = False) -> None:
    """A word in a rounded box of its colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color if solid else soft(color))
    painter.drawRoundedRect(rect, 4, 4)
    painter.setPen(themes.current().color("on_accent") if solid else color)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()


class Badge(QWidget):
    """A word in a coloured box. ``tone`` is a token of the theme, such as accent, green, red, stage_verify."""

    def __init__(
        self, words: str = "", tone: str = "text_3", parent: QWidget | None = None, solid: bool = False
    ) -> None:
        super().__init__(parent)
        self._words, self._tone, self._solid = words, tone, solid
        font = themes.base_font(12)
        self.setFont(font)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if not words:
            self.hide()

    def set(self, words: str, tone: str | None = None) -> None:
        """Another word, perhaps another tone; no word hides the badge."""
        self._words = words
        self._tone = tone or self._tone
        self.setVisible(bool(words))
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(themes.base_font(12)).horizontalAdvance(self._words) + 16, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(themes.base_font(12))
        paint_badge(
            painter,
            QRectF(self.rect()).adjusted(0, 1, 0, -1),
            self._words,
            themes.current().color(self._tone),
            self._solid,
        )


def state_tone(state: State | str) -> str:
    """The token a state is coloured by: its stage's; the ends by how they ended."""
    from ...workflow.case import STAGE_OF

    value = State(state)
    ends = {
        State.CLOSED: "green",
        State.CLOSED_UNQUALIFIED: "red",
        State.REJECTED: "text_3",
        State.VOID: "text_3",
        State.TRANSFERRED: "text_3",
        State.MERGED: "text_3",
    }
    return ends.get(value, f"stage_{STAGE_OF[value].value}")


def stage_names() -> dict[Stage, str]:
    """The seven stages by name, in order."""
    translate = QCoreApplication.translate
    return {
        Stage.COLLECT: translate("Stages", "信息收集"),
        Stage.BUILD: translate("Stages", "案卷建立"),
        Stage.DISPATCH: translate("Stages", "任务派遣"),
        Stage.DISPOSE: translate("Stages", "问题处理"),
        Stage.FEED_BACK: translate("Stages", "结果反馈"),
        Stage.VERIFY: translate("Stages", "核实结案"),
        Stage.EVALUATE: translate("Stages", "综合评价"),
    }


def short_stage_names() -> dict[Stage, str]:
    """The seven stages in a word each, for where there is little room."""
    translate = QCoreApplication.translate
    return {
        Stage.COLLECT: translate("Stages", "信息"),
        Stage.BUILD: translate("Stages", "案卷"),
        Stage.DISPATCH: translate("Stages", "任务"),
        Stage.DISPOSE: translate("Stages", "问题"),
        Stage.FEED_BACK: translate("Stages", "结果"),
        Stage.VERIFY: translate("Stages", "核实"),
        Stage.EVALUATE: translate("Stages", "综合"),
    }
