"""Rows to choose from and to read: the seven stages, joined tabs with counts, and the button of filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from ...workflow.case import Stage
from ..look import icons
from ..look import theme as themes
from .basics import short_stage_names, soft, stage_names


class StageBar(QWidget):
    """The seven stages as a row of arrows: what is done filled, where the case stands in strong colour, the rest quiet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage: Stage | None = None
        self.setMinimumHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_stage(self, stage: Stage | None) -> None:
        """Where the case stands; None for a case not there yet."""
        self._stage = stage
        names = stage_names()
        self.setToolTip(" › ".join(names.values()))
        self.setAccessibleName(names[stage] if stage else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, 32)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stages = list(Stage)
        at = stages.index(self._stage) if self._stage else -1
        width = (self.width() + 5 * (len(stages) - 1)) / len(stages)
        height = self.height() - 4.0
        names = short_stage_names() if width < 62 else stage_names()
        painter.setFont(themes.base_font(11 if width < 76 else 12))
        for i, stage in enumerate(stages):
            left = i * (width - 5)
            path = _arrow(left, 2.0, width, height, first=i == 0, last=i == len(stages) - 1)
            if i == at:
                fill, ink = theme.stage_color(stage.value), theme.color("on_accent")
            elif i < at:
                fill, ink = soft(theme.color("accent")), theme.color("text_2")
            else:
                fill, ink = theme.color("sunken"), theme.color("text_3")
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawPath(path)
            painter.setPen(ink)
            painter.drawText(
                QRectF(left + (2 if i == 0 else 7), 2, width - 10, height),
                Qt.AlignmentFlag.AlignCenter,
                names[stage],
            )


def _arrow(x: float, y: float, w: float, h: float, *, first: bool, last: bool) -> QPainterPath:
    tip = 8.0
    path = QPainterPath()
    path.moveTo(x, y)
    path.lineTo(x + w - (0 if last else tip), y)
    if not last:
        path.lineTo(x + w, y + h / 2)
    path.lineTo(x + w - (0 if last else tip), y + h)
    path.lineTo(x, y + h)
    if not first:
        path.lineTo(x + tip, y + h / 2)
    path.closeSubpath()
    return path


DENSE = 4
"""More tabs than these stand closer together."""


class SegmentBar(QWidget):
    """Tabs as one row of joined buttons, each with an optional count. ``changed(key)`` when another is chosen."""

    changed = Signal(str)

    def __init__(self, items: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._titles = dict(items)
        self._buttons: dict[str, QPushButton] = {}
        for i, (key, title) in enumerate(items):
            item = QPushButton(title)
            item.setCheckable(True)
            item.setAutoExclusive(True)
            item.setProperty("kind", "segment")
            edge = (
                "only"
                if len(items) == 1
                else "first"
                if i == 0
                else "last"
                if i == len(items) - 1
                else "middle"
            )
            item.setProperty("edge", edge)
            item.setProperty("dense", "true" if len(items) > DENSE else "false")
            item.clicked.connect(lambda _checked=False, k=key: self.changed.emit(k))
            row.addWidget(item, 1)
            self._buttons[key] = item
        if items:
            self._buttons[items[0][0]].setChecked(True)

    @property
    def current(self) -> str:
        """The chosen key."""
        return next((k for k, b in self._buttons.items() if b.isChecked()), "")

    def choose(self, key: str) -> None:
        """Choose without telling."""
        self._buttons[key].setChecked(True)

    def set_count(self, key: str, count: int | None) -> None:
        """The number after the title; None for none."""
        title = self._titles[key]
        self._buttons[key].setText(title if count is None else f"{title} {short_number(count)}")


class FilterButton(QPushButton):
    """A button 筛选 with a menu of choices in groups, one of each group at most. ``changed`` follows each choice.

    A group without a title stands under the one before it.
    """

    changed = Signal()

    def __init__(
        self, groups: Sequence[tuple[str, str, Sequence[tuple[str, str]]]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setIcon(icons.icon("filter"))
        self.setProperty("icon-role", "filter")
        self.setProperty("menu", "true")
        self._actions: dict[tuple[str, str], QAction] = {}
        menu = QMenu(self)
        for group, title, items in groups:
            if title:
                menu.addSection(title)
            for key, words in items:
                action = menu.addAction(words)
                action.setCheckable(True)
                action.triggered.connect(lambda checked, g=group, k=key: self._pick(g, k, checked))
                self._actions[group, key] = action
        menu.addSeparator()
        menu.addAction(self.tr("清除筛选"), lambda: self._set({}))
        self.setMenu(menu)
        self._tell()

    def chosen(self) -> dict[str, str]:
        """Group → key of what is chosen; groups without a choice are left out."""
        return {group: key for (group, key), action in self._actions.items() if action.isChecked()}

    def choose(self, chosen: Mapping[str, str]) -> None:
        """Choose without telling."""
        for (group, key), action in self._actions.items():
            action.setChecked(chosen.get(group) == key)
        self._tell()

    def _pick(self, group: str, key: str, checked: bool) -> None:
        self._set({**self.chosen(), group: key} if checked else self.chosen())

    def _set(self, chosen: Mapping[str, str]) -> None:
        self.choose(chosen)
        self.changed.emit()

    def _tell(self) -> None:
        count = len(self.chosen())
        self.setText(self.tr("筛选 {n}").format(n=count) if count else self.tr("筛选"))
        self.setChecked(bool(count))


def short_number(count: int) -> str:
    """A count that fits on a tab: 9,999 then 1.2万."""
    if count < 10_000:
        return str(count)
    wan = f"{count / 10_000:.1f}".rstrip("0").rstrip(".")
    # Chinese counts in ten thousands, English in thousands: each takes the number it has a word for.
    return QCoreApplication.translate("Basics", "{wan}万").format(wan=wan, thousand=round(count / 1000))
