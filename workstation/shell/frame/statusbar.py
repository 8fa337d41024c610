"""The bar at the bottom: database, map, what waits for the person (待办, 临期, 超期), the last message, scale and place."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from ..look import icons
from ..look import theme as themes
from ..widgets.basics import paint_light


class StatusBar(QWidget):
    """One row of 30 pixels. ``counter_asked(key)``: the person wants to see todo, yellow or red; ``outbox_asked``: what waits
    to be sent."""

    counter_asked = Signal(str)
    outbox_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(30)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(10)
        self._database = _State("database")
        self._database.clicked.connect(self.outbox_asked)
        self._map = _State("map")
        row.addWidget(self._database)
        row.addWidget(self._map)
        self._message = QLabel()
        self._message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self._message, 1)
        self._counters: dict[str, _Counter] = {}
        for key, title, light in (
            ("todo", self.tr("待办"), ""),
            ("yellow", self.tr("临期"), "yellow"),
            ("red", self.tr("超期"), "red"),
        ):
            counter = _Counter(title, light)
            counter.clicked.connect(lambda _checked=False, k=key: self.counter_asked.emit(k))
            counter.hide()
            self._counters[key] = counter
            row.addWidget(counter)

    def set_database(
        self, words: str, tone: str = "green", tip: str = "", *, away: bool = False, opens: bool = False
    ) -> None:
        """What the database does, with a tone: green, yellow or red. ``opens``: a click shows what waits to be sent."""
        self._database.set(words, tone, tip, "offline" if away else "", opens)

    @property
    def database_words(self) -> str:
        """What it says of the database."""
        return self._database.words

    def set_map(self, words: str, tone: str = "green", tip: str = "") -> None:
        """What the map does."""
        self._map.set(words, tone, tip)

    def set_counters(self, counts: dict[str, int] | None) -> None:
        """How many wait; None: nobody is at work."""
        for key, counter in self._counters.items():
            counter.setVisible(counts is not None)
            if counts is not None:
                counter.set_count(counts[key])

    def counter(self, key: str) -> QToolButton:
        """The button of a counter."""
        return self._counters[key]

    def say(self, words: str) -> None:
        """The last message, in one line."""
        self._message.setText(
            self._message.fontMetrics().elidedText(
                words, Qt.TextElideMode.ElideRight, max(80, self._message.width())
            )
        )
        self._message.setToolTip(words)

    def recolor(self) -> None:
        """Draw the icons in the colours of the theme."""
        self._database.recolor()
        self._map.recolor()


class _State(QWidget):
    clicked = Signal()

    def __init__(self, role: str) -> None:
        super().__init__()
        self._usual = self._role = role
        self._tone = "text_3"
        self._opens = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        self._sign = QLabel()
        self._words = QLabel()
        row.addWidget(self._sign)
        row.addWidget(self._words)
        self.recolor()

    @property
    def words(self) -> str:
        return self._words.text()

    def set(self, words: str, tone: str, tip: str, role: str = "", opens: bool = False) -> None:
        self._words.setText(words)
        self.setToolTip(tip or words)
        self.setAccessibleName(words)
        self._tone = tone
        self._role = role or self._usual
        self._opens = opens
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)
        self.recolor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._opens and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def recolor(self) -> None:
        self._sign.setPixmap(icons.pixmap(self._role, 14, self._tone, self.devicePixelRatioF()))


class _Counter(QToolButton):
    def __init__(self, title: str, light: str) -> None:
        super().__init__()
        self._title, self._light, self._count = title, light, 0
        self.setAutoRaise(True)
        self.setAccessibleName(title)

    def set_count(self, count: int) -> None:
        self._count = count
        self.setToolTip(self.tr("{title} {n} 件，点击查看").format(title=self._title, n=count))
        self.updateGeometry()
        self.update()

    @property
    def count(self) -> int:
        return self._count

    def sizeHint(self) -> QSize:
        words = f"{self._title} {self._count:,}"
        return QSize(self.fontMetrics().horizontalAdvance(words) + (34 if self._light else 18), 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(self.rect(), 5, 5)
        left = 9
        if self._light:
            paint_light(painter, self._light if self._count else "", QPointF(14, self.height() / 2), 10)
            left = 25
        font = themes.base_font(12)
        painter.setFont(font)
        painter.setPen(theme.color("text_2"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), flags, self._title)
        left += painter.fontMetrics().horizontalAdvance(self._title + " ")
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(theme.light_color(self._light) if self._light and self._count else theme.color("text"))
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), flags, f"{self._count:,}")
