"""What the window shows while no city is open: that one is being opened, or why it cannot be and what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from ..look import icons
from ..widgets.basics import Card, button, kind_label


class CenterPage(QWidget):
    """A card in the middle of the window; ``body`` is its layout."""

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        row = QHBoxLayout()
        self.card = Card(margin=32, spacing=12)
        self.card.setFixedWidth(width)
        self.body = self.card.body
        row.addStretch(1)
        row.addWidget(self.card)
        row.addStretch(1)
        outer.addStretch(2)
        outer.addLayout(row)
        outer.addStretch(3)


class OpeningPage(CenterPage):
    """A city is being opened, made or upgraded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(460, parent)
        self._title = kind_label(self.tr("正在打开城市数据"), "title")
        self._detail = kind_label("", "muted")
        self._detail.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self.body.addWidget(self._title)
        self.body.addWidget(self._detail)
        self.body.addSpacing(4)
        self.body.addWidget(self._bar)

    def say(self, title: str, detail: str = "", share: float | None = None) -> None:
        """What is being done; ``share`` 0 to 1 where it is known."""
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        if share is None:
            self._bar.setRange(0, 0)
        else:
            self._bar.setRange(0, 1000)
            self._bar.setValue(round(share * 1000))


@dataclass(frozen=True)
class Choice:
    """A way out of a problem: a button."""

    text: str
    run: Callable[[], object]
    icon: str = ""
    kind: str = ""


class ProblemPage(CenterPage):
    """Something is wrong: what, what to do, and buttons that do it."""

    def __init__(
        self, title: str, advice: str, choices: Sequence[Choice], parent: QWidget | None = None
    ) -> None:
        super().__init__(560, parent)
        head = QHBoxLayout()
        head.setSpacing(12)
        sign = QLabel()
        sign.setPixmap(icons.pixmap("warning", 32, "yellow", self.devicePixelRatioF()))
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        self.title = kind_label(title, "title")
        self.title.setWordWrap(True)
        head.addWidget(self.title, 1)
        self.body.addLayout(head)
        self.advice = kind_label(advice, "label")
        self.advice.setWordWrap(True)
        self.body.addWidget(self.advice)
        self.body.addSpacing(8)
        self.buttons = []
        row = QHBoxLayout()
        row.setSpacing(8)
        for choice in choices:
            widget = button(choice.text, choice.kind, choice.icon, choice.run)
            self.buttons.append(widget)
            row.addWidget(widget)
        row.addStretch(1)
        self.body.addLayout(row)
