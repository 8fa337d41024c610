"""Below the tree: the layer under the cursor, how opaque it is, what is wrong with it, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from workstation.shell.widgets.basics import button, kind_label, line, tool_button

SETTLE_MS = 150


class LayerDetail(QWidget):
    """``opacity_wanted``: 0 to 1, once the hand rests. The rest are the buttons."""

    opacity_wanted = Signal(float)
    retry_wanted = Signal()
    up_wanted = Signal()
    down_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        self.name = kind_label("", "strong")
        self.words = kind_label("", "small")
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100)
        self.slider.setPageStep(10)
        self.slider.setAccessibleName(self.tr("不透明度"))
        self.value = kind_label("", "muted")
        self.value.setFixedWidth(44)
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.slider.valueChanged.connect(self._slid)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(lambda: self.opacity_wanted.emit(self.slider.value() / 100))
        self.up = tool_button("arrow-up", self.tr("上移一层 (Alt+↑)"), self.up_wanted.emit)
        self.down = tool_button("arrow-down", self.tr("下移一层 (Alt+↓)"), self.down_wanted.emit)
        self.remove = tool_button("trash", self.tr("从地图上移除 (Delete)"), self.remove_wanted.emit)
        self.retry = button(self.tr("重试"), on_click=self.retry_wanted.emit)
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.name, 1)
        for widget in (self.up, self.down, self.remove):
            head.addWidget(widget)
        self.opacity_row = QWidget()
        row = QHBoxLayout(self.opacity_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        label = QLabel(self.tr("不透明度"))
        label.setBuddy(self.slider)
        row.addWidget(label)
        row.addWidget(self.slider, 1)
        row.addWidget(self.value)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.words, 1)
        foot.addWidget(self.retry, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 10, 8)
        column.setSpacing(6)
        column.addWidget(line())
        column.addLayout(head)
        column.addWidget(self.opacity_row)
        column.addLayout(foot)

    def show_layer(
        self, name: str, words: str, opacity: float | None, *, failed: bool = False, raster: bool = False
    ) -> None:
        """Tell of this layer; without an opacity it has none to set."""
        self._filling = True
        self.name.setText(name)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.opacity_row.setVisible(opacity is not None)
        if opacity is not None and not self._settle.isActive():
            self.slider.setValue(round(opacity * 100))
            self.value.setText(f"{round(opacity * 100)}%")
        for widget in (self.up, self.down, self.remove):
            widget.setVisible(raster)
        self.retry.setVisible(failed)
        self._filling = False
        self.show()

    def _slid(self, value: int) -> None:
        self.value.setText(f"{value}%")
        if not self._filling:
            self._settle.start()
