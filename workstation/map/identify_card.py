"""The card that says what stands at a place: name, code, unit, grid, state, and whatever else the layer tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from workstation.map.overlay_cards import place_beside
from workstation.map.overlay_palette import Palette, font

SHOWN = 8
"""Rows of attributes a card shows."""
LINE_WIDTH, VALUE_WIDTH = 300, 190


def field_title(key: str) -> str:
    """A column's name in the operator's words; the column itself where nobody gave it one."""
    titles = {
        "code": QCoreApplication.translate("IdentifyCard", "标识码"),
        "name": QCoreApplication.translate("IdentifyCard", "名称"),
        "class_name": QCoreApplication.translate("IdentifyCard", "类别"),
        "class_code": QCoreApplication.translate("IdentifyCard", "类别代码"),
        "dept_code": QCoreApplication.translate("IdentifyCard", "主管部门"),
        "owner_code": QCoreApplication.translate("IdentifyCard", "权属单位"),
        "maintainer_code": QCoreApplication.translate("IdentifyCard", "养护单位"),
        "grid_code": QCoreApplication.translate("IdentifyCard", "单元网格"),
        "state": QCoreApplication.translate("IdentifyCard", "状态"),
        "street_code": QCoreApplication.translate("IdentifyCard", "街道"),
        "community_code": QCoreApplication.translate("IdentifyCard", "社区"),
        "area_class": QCoreApplication.translate("IdentifyCard", "区域类别"),
        "area_m2": QCoreApplication.translate("IdentifyCard", "面积（平方米）"),
        "perimeter_m": QCoreApplication.translate("IdentifyCard", "周长（米）"),
        "kind": QCoreApplication.translate("IdentifyCard", "种类"),
        "floors": QCoreApplication.translate("IdentifyCard", "层数"),
        "width_m": QCoreApplication.translate("IdentifyCard", "宽度（米）"),
        "level": QCoreApplication.translate("IdentifyCard", "级别"),
        "parent": QCoreApplication.translate("IdentifyCard", "上级"),
        "components": QCoreApplication.translate("IdentifyCard", "部件数"),
    }
    return titles.get(key, key)


def value_title(key: str, value: str) -> str:
    """A value of a closed list in words (a component's state, the kind of a road); any other as it is."""
    titles = {
        ("state", "intact"): QCoreApplication.translate("IdentifyCard", "完好"),
        ("state", "damaged"): QCoreApplication.translate("IdentifyCard", "破损"),
        ("state", "missing"): QCoreApplication.translate("IdentifyCard", "丢失"),
        ("state", "abandoned"): QCoreApplication.translate("IdentifyCard", "废弃"),
        ("state", "removed"): QCoreApplication.translate("IdentifyCard", "已移除"),
        ("level", "city"): QCoreApplication.translate("IdentifyCard", "市"),
        ("level", "district"): QCoreApplication.translate("IdentifyCard", "区"),
        ("level", "street"): QCoreApplication.translate("IdentifyCard", "街道"),
        ("level", "community"): QCoreApplication.translate("IdentifyCard", "社区"),
        ("kind", "expressway"): QCoreApplication.translate("IdentifyCard", "快速路"),
        ("kind", "main"): QCoreApplication.translate("IdentifyCard", "主干路"),
        ("kind", "secondary"): QCoreApplication.translate("IdentifyCard", "次干路"),
        ("kind", "branch"): QCoreApplication.translate("IdentifyCard", "支路"),
        ("kind", "lane"): QCoreApplication.translate("IdentifyCard", "街巷"),
        ("kind", "river"): QCoreApplication.translate("IdentifyCard", "河流"),
        ("kind", "lake"): QCoreApplication.translate("IdentifyCard", "湖泊"),
        ("kind", "canal"): QCoreApplication.translate("IdentifyCard", "河渠"),
        ("kind", "park"): QCoreApplication.translate("IdentifyCard", "公园"),
        ("kind", "verge"): QCoreApplication.translate("IdentifyCard", "绿化带"),
        ("kind", "square"): QCoreApplication.translate("IdentifyCard", "广场"),
        ("area_class", "core"): QCoreApplication.translate("IdentifyCard", "核心区域"),
        ("area_class", "general"): QCoreApplication.translate("IdentifyCard", "一般区域"),
        ("area_class", "fringe"): QCoreApplication.translate("IdentifyCard", "城乡结合部"),
    }
    return titles.get((key, value), value)


_FIRST = (
    "code",
    "class_name",
    "class_code",
    "state",
    "maintainer_code",
    "owner_code",
    "dept_code",
    "grid_code",
)
_LEFT_OUT = frozenset(
    {
        "id",
        "geom",
        "footprint",
        "name",
        "attributes",
        "source",
        "source_key",
        "class_edition",
        "valid_from",
        "valid_to",
    }
    | {"changed_at", "note"}
)


def rows_of(attributes: Mapping[str, Any], unit_name: Callable[[str], str]) -> list[tuple[str, str]]:
    """What the card lists: label and value, what identifies the thing first; empty values are left out."""
    keys = [key for key in _FIRST if key in attributes]
    keys += [key for key in attributes if key not in _FIRST and key not in _LEFT_OUT]
    rows = []
    for key in keys:
        value = attributes[key]
        if value is None or value == "":
            continue
        text = f"{value:,.1f}" if isinstance(value, float) else str(value)
        if key in ("dept_code", "owner_code", "maintainer_code"):
            text = unit_name(text)
        else:
            text = value_title(key, text)
        rows.append((field_title(key), text))
    return rows[:SHOWN]


@dataclass(frozen=True)
class Thing:
    """One thing at a place: what kind it is, what it is called, its facts, where it stands on the map (None: everywhere
    here), and what can be done with it: words and what they do."""

    kind: str
    title: str
    rows: Sequence[tuple[str, str]] = ()
    place: tuple[float, float] | None = None
    actions: Sequence[tuple[str, Callable[[], object]]] = ()


def things_of(features: Sequence[Mapping[str, Any]], unit_name: Callable[[str], str]) -> list[Thing]:
    """What QGIS found at a place."""
    out = []
    for feature in features:
        attributes = feature.get("attributes") or {}
        kind = str(feature.get("layer_title") or feature.get("layer", ""))
        title = str(feature.get("title") or attributes.get("name") or attributes.get("code") or kind)
        x, y = feature.get("x"), feature.get("y")
        place = None if x is None or y is None else (float(x), float(y))
        out.append(Thing(kind, title, rows_of(attributes, unit_name), place))
    return out


class IdentifyCard(QWidget):
    """Shows everything at a place, each in a line, and one of them whole. Up and Down choose, Enter and the digits do what
    can be done with it; closes itself with its cross or Esc."""

    closed = Signal()
    chosen = Signal()

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        self._palette = palette
        self._things: Sequence[Thing] = ()
        self._at = 0
        self._anchor = QPoint()
        self._count = QLabel(self)
        self._head = QLabel(self)
        self._previous = self._button("‹", self.tr("上一个（↑）"), -1)
        self._next = self._button("›", self.tr("下一个（↓）"), 1)
        close = self._button("×", self.tr("关闭（Esc）"), 0)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._head)
        head.addStretch(1)
        for widget in (self._previous, self._count, self._next, close):
            head.addWidget(widget)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(22, 16, 18, 20)
        self._column.setSpacing(4)
        self._column.addLayout(head)
        self._body: QWidget | None = None
        self.hide()

    def _button(self, text: str, tip: str, step: int) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setAutoRaise(True)
        button.setFixedSize(22, 22)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setStyleSheet("QToolButton{border:none;background:transparent;padding:0;font-size:16px}")
        button.clicked.connect(lambda: self.step(step) if step else self.dismiss())
        return button

    @property
    def feature(self) -> Thing | None:
        """The thing that is shown whole."""
        return self._things[self._at] if self._things and self.isVisibleTo(self._host) else None

    def rows(self) -> list[tuple[str, str]]:
        """The labels and values of the thing that is shown whole."""
        return list(self._things[self._at].rows)

    def things(self) -> list[Thing]:
        """All that is in the card."""
        return list(self._things)

    def show_features(
        self,
        point: QPoint,
        features: Sequence[Mapping[str, Any]],
        unit_name: Callable[[str], str],
    ) -> None:
        """Show what QGIS found beside a point of the parent; nothing when there is none."""
        self.show_things(point, things_of(features, unit_name))

    def show_things(self, point: QPoint, things: Sequence[Thing]) -> None:
        """Show these beside a point of the parent, the first whole; nothing when there are none."""
        self._things, self._at, self._anchor = things, 0, point
        if not things:
            self.dismiss()
            return
        self._fill()
        self.show()
        self.raise_()

    def dismiss(self) -> None:
        """Close."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def step(self, step: int) -> None:
        """The next thing, or the one before."""
        self.choose((self._at + step) % len(self._things))

    def choose(self, number: int) -> None:
        """Show this thing whole."""
        self._at = number
        self._fill()
        self._host.update()
        self.chosen.emit()

    def key(self, event: QKeyEvent) -> bool:
        """Up, Down, Enter and the digits while the card is there; True when it was one of them."""
        if not self.isVisible() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(1 if key == Qt.Key.Key_Down else -1)
            return True
        number = 0 if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) else key - Qt.Key.Key_1
        actions = self._things[self._at].actions
        if 0 <= number < min(len(actions), 9):
            actions[number][1]()
            return True
        return False

    # ---- what it is made of ----

    def _fill(self) -> None:
        several = len(self._things) > 1
        color = self._palette.color
        self._head.setText(
            self.tr("此处共 {} 项").format(len(self._things)) if several else self._things[0].kind
        )
        self._head.setStyleSheet(f"color:{color('accent').name()};background:transparent;font-weight:600")
        self._count.setText(f"{self._at + 1}/{len(self._things)}")
        self._count.setStyleSheet(f"color:{color('text_3').name()};background:transparent")
        for widget in (self._previous, self._count, self._next):
            widget.setVisible(several)
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        body = self._body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for number, thing in enumerate(self._things):
            if several:
                column.addWidget(self._line(number, thing))
            if number == self._at:
                column.addWidget(self._whole(thing, several))
        self._column.addWidget(body)
        body.show()
        self._column.activate()
        self.adjustSize()
        self.move(place_beside(self._anchor, self.size(), self._host.rect()))

    def _line(self, number: int, thing: Thing) -> QPushButton:
        line = QPushButton()
        metrics = QFontMetrics(font(12))
        text = f"{thing.kind}　{thing.title}"
        line.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, LINE_WIDTH))
        line.setToolTip(text)
        line.setAccessibleName(text)
        line.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        line.setCursor(Qt.CursorShape.PointingHandCursor)
        color = self._palette.color
        ink, back = (
            ("accent", color("accent_soft").name()) if number == self._at else ("text_2", "transparent")
        )
        line.setStyleSheet(
            f"QPushButton{{border:none;border-radius:4px;padding:3px 6px;text-align:left;background:{back};"
            f"color:{color(ink).name()};font-size:12px;min-height:16px}}"
            f"QPushButton:hover{{background:{color('hover').name()}}}"
        )
        line.clicked.connect(lambda: self.choose(number))
        return line

    def _whole(self, thing: Thing, several: bool) -> QWidget:
        color = self._palette.color
        out = QWidget()
        column = QVBoxLayout(out)
        column.setContentsMargins(6 if several else 0, 2, 0, 6)
        column.setSpacing(5)
        if not several:
            title = QLabel(thing.title)
            title.setFont(font(14, bold=True))
            title.setStyleSheet(f"color:{color('text').name()};background:transparent")
            column.addWidget(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        for row, (caption, value) in enumerate(thing.rows):
            left, right = QLabel(caption), QLabel(value)
            left.setStyleSheet(f"color:{color('text_3').name()};background:transparent")
            right.setStyleSheet(f"color:{color('text').name()};background:transparent")
            right.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            right.setWordWrap(True)
            right.setMinimumWidth(VALUE_WIDTH)
            grid.addWidget(left, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(right, row, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        if thing.actions:
            row_ = QHBoxLayout()
            row_.setSpacing(6)
            for number, (words, run) in enumerate(thing.actions):
                row_.addWidget(self._action(number, words, run))
            row_.addStretch(1)
            column.addLayout(row_)
        return out

    def _action(self, number: int, words: str, run: Callable[[], object]) -> QToolButton:
        color = self._palette.color
        button = QToolButton()
        button.setText(f"{number + 1} {words}")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setStyleSheet(
            f"QToolButton{{border:1px solid {color('border_strong').name()};border-radius:5px;padding:3px 8px;"
            f"background:{color('surface').name()};color:{color('accent').name()};font-size:12px}}"
            f"QToolButton:hover{{background:{color('hover').name()}}}"
        )
        button.clicked.connect(lambda: run())
        return button

    def paintEvent(self, event: QPaintEvent) -> None:
        """The plate and its shadow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect()).adjusted(8, 6, -8, -10)
        painter.setPen(Qt.PenStyle.NoPen)
        for grow, alpha in ((6, 10), (4, 16), (2, 24), (1, 30)):
            painter.setBrush(QColor(10, 20, 40, alpha))
            painter.drawRoundedRect(body.adjusted(-grow, -grow + 2, grow, grow + 2), 9 + grow, 9 + grow)
        painter.setPen(QPen(self._palette.rim(), 1))
        painter.setBrush(self._palette.color("surface"))
        painter.drawRoundedRect(body, 9, 9)
        painter.end()
