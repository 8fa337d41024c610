"""The card that says what stands at a place: name, code, unit, grid, state, and whatever else the layer tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from workstation.map.overlay_cards import place_beside
from workstation.map.overlay_palette import Palette, font

SHOWN = 8
"""Rows of attributes a card shows."""


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
        "area_m2": QCoreApplication.translate("IdentifyCard", "面积(平方米)"),
        "perimeter_m": QCoreApplication.translate("IdentifyCard", "周长(米)"),
        "kind": QCoreApplication.translate("IdentifyCard", "种类"),
        "floors": QCoreApplication.translate("IdentifyCard", "层数"),
        "width_m": QCoreApplication.translate("IdentifyCard", "宽度(米)"),
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


class IdentifyCard(QWidget):
    """Shows one feature of several, with arrows to the next; closes itself with its cross or Esc."""

    closed = Signal()

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        self._palette = palette
        self._features: Sequence[Mapping[str, Any]] = ()
        self._at = 0
        self._unit_name: Callable[[str], str] = str
        self._title = QLabel(self)
        self._title.setFont(font(14, bold=True))
        self._layer = QLabel(self)
        self._count = QLabel(self)
        self._previous = self._button("‹", self.tr("上一个"), -1)
        self._next = self._button("›", self.tr("下一个"), 1)
        close = self._button("×", self.tr("关闭"), 0)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._layer)
        head.addStretch(1)
        for widget in (self._previous, self._count, self._next, close):
            head.addWidget(widget)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(5)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 16, 18, 20)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._title)
        column.addLayout(self._grid)
        self.hide()

    def _button(self, text: str, tip: str, step: int) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setAutoRaise(True)
        button.setFixedSize(22, 22)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setStyleSheet("QToolButton{border:none;background:transparent;padding:0;font-size:16px}")
        button.clicked.connect(lambda: self._step(step) if step else self.dismiss())
        return button

    @property
    def feature(self) -> Mapping[str, Any] | None:
        """The feature that is shown."""
        return self._features[self._at] if self._features and self.isVisibleTo(self._host) else None

    def rows(self) -> list[tuple[str, str]]:
        """The labels and values of the feature that is shown."""
        feature = self._features[self._at]
        return rows_of(feature.get("attributes") or {}, self._unit_name)

    def show_features(
        self,
        point: QPoint,
        features: Sequence[Mapping[str, Any]],
        unit_name: Callable[[str], str],
    ) -> None:
        """Show the first of these beside a point of the parent; nothing when there are none."""
        self._features, self._at = features, 0
        self._unit_name = unit_name
        if not features:
            self.dismiss()
            return
        self._fill()
        self.adjustSize()
        self.move(place_beside(point, self.size(), self._host.rect()))
        self.show()
        self.raise_()

    def dismiss(self) -> None:
        """Close."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def _step(self, step: int) -> None:
        self._at = (self._at + step) % len(self._features)
        self._fill()
        self.adjustSize()
        self._host.update()

    def _fill(self) -> None:
        feature = self._features[self._at]
        attributes = feature.get("attributes") or {}
        color = self._palette.color
        layer = str(feature.get("layer_title") or feature.get("layer", ""))
        name = str(feature.get("title") or attributes.get("name") or attributes.get("code") or layer)
        self._title.setText(name)
        self._title.setStyleSheet(f"color:{color('text').name()};background:transparent")
        self._layer.setText(layer)
        self._layer.setStyleSheet(f"color:{color('accent').name()};background:transparent;font-weight:600")
        several = len(self._features) > 1
        self._count.setText(f"{self._at + 1}/{len(self._features)}")
        self._count.setStyleSheet(f"color:{color('text_3').name()};background:transparent")
        for widget in (self._previous, self._count, self._next):
            widget.setVisible(several)
        while self._grid.count():
            item = self._grid.takeAt(0)
            label = item.widget() if item is not None else None
            if label is not None:
                label.hide()
                label.deleteLater()
        for row, (caption, value) in enumerate(self.rows()):
            left, right = QLabel(caption, self), QLabel(value, self)
            left.setStyleSheet(f"color:{color('text_3').name()};background:transparent")
            right.setStyleSheet(f"color:{color('text').name()};background:transparent")
            right.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(left, row, 0)
            self._grid.addWidget(right, row, 1)
        self._grid.setColumnStretch(1, 1)

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
