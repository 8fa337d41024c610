"""What the pages of the contacts share: a table to look something up in, a card about what is looked at, and its past."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QTableWidget, QVBoxLayout, QWidget

from workstation.panels.common.adaptive import AdaptiveSplitter
from workstation.shell.look import icons
from workstation.shell.widgets import Card, ScrollBody, SectionHeader, kind_label


class LookUpPage(QWidget):
    """A page over ``table``, narrowed by the words typed above it. Subclasses fill the table and the card."""

    def __init__(
        self, table: QTableWidget, hint: str, icon: str, past: str, parent: QWidget | None = None
    ) -> None:
        """``hint`` is what may be typed; ``icon`` stands at the card's head; ``past`` is the heading of the changes."""
        super().__init__(parent)
        upper = QWidget()
        top = QVBoxLayout(upper)
        top.setContentsMargins(12, 8, 12, 4)
        top.setSpacing(8)
        self.words = QLineEdit()
        self.words.setPlaceholderText(hint)
        self.words.setClearButtonEnabled(True)
        self.words.addAction(icons.icon("search", "text_3"), QLineEdit.ActionPosition.LeadingPosition)
        self.words.textChanged.connect(lambda _words: self._fill())
        top.addWidget(self.words)
        self.table = table
        self.table.setMinimumHeight(120)
        self.table.currentCellChanged.connect(lambda *_: self._show())
        top.addWidget(self.table, 1)
        scroll = ScrollBody()
        self.body = scroll.body
        self.card = Card()
        self.head = SectionHeader("", icon=icon)
        self.card.body.addWidget(self.head)
        self.about = kind_label("", "small")
        self.about.setWordWrap(True)
        self.card.body.addWidget(self.about)
        scroll.body.addWidget(self.card)
        self.past = Card(kind="inset", spacing=4)
        self.past.body.addWidget(SectionHeader(past, icon="clock"))
        self._past_lines = QVBoxLayout()
        self.past.body.addLayout(self._past_lines)
        scroll.body.addWidget(self.past)
        scroll.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(AdaptiveSplitter(upper, scroll, 460, share=0.52, wide=420))

    def add_to_card(self, spacing: int = 6) -> QVBoxLayout:
        """A new place in the card, below what is there."""
        rows = QVBoxLayout()
        rows.setSpacing(spacing)
        self.card.body.addLayout(rows)
        return rows

    def _fill(self) -> None:
        """Fill the table with what the words leave."""
        raise NotImplementedError

    def _show(self) -> None:
        """Show what the table's current row is about."""
        raise NotImplementedError
