"""The parties of a dispute, a row each: what it has in hand, whether it holds the case, why it gave it back."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.shell.context import AppContext
from workstation.shell.texts.text import time_text
from workstation.shell.widgets import Badge, Card, SectionHeader, kind_label, tool_button

from .effect import CoordinationView, Party


class PartiesCard(Card):
    """Shows them, and their areas on the map when asked."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent, spacing=6)
        self._context = context
        self._codes: tuple[str, ...] = ()
        head = SectionHeader(self.tr("各方情况"))
        head.add(tool_button("map", self.tr("在地图上显示各方责任区"), self.show_on_map))
        self.body.addWidget(head)
        self._box = QVBoxLayout()
        self._box.setSpacing(8)
        self.body.addLayout(self._box)
        self._rows: list[QWidget] = []

    def show_view(self, view: CoordinationView) -> None:
        """Show the case's parties."""
        for row in self._rows:
            self._box.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._codes = tuple(party.unit for party in view.parties)
        self._rows = [self._row(view, party) for party in view.parties]
        for row in self._rows:
            self._box.addWidget(row)
        self.setVisible(bool(self._rows))

    def _row(self, view: CoordinationView, party: Party) -> QWidget:
        row = QWidget()
        box = QVBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(6)
        name = kind_label(party.name, "mono")
        name.setWordWrap(True)
        head.addWidget(name, 1)
        if party.role == "lead":
            head.addWidget(Badge(self.tr("现主办"), "accent"))
        elif party.role == "suggested":
            head.addWidget(Badge(self.tr("被建议"), "yellow"))
        load = self.tr("在办 {n}").format(n=party.load.open)
        if party.load.overdue:
            load += self.tr(" · 超期 {n}").format(n=party.load.overdue)
        head.addWidget(kind_label(load, "small"))
        box.addLayout(head)
        if party.asked_at is not None:
            answer = view.handbook.label("answers", party.answer) if party.answer else self.tr("待答复")
            words = kind_label(
                self.tr("{when} 申请回退（{answer}）：{why}").format(
                    when=time_text(party.asked_at, self._context.services.now()),
                    answer=answer,
                    why=party.reason,
                ),
                "label",
            )
            words.setWordWrap(True)
            box.addWidget(words)
        return row

    def show_on_map(self) -> None:
        """The parties' areas of responsibility, together with the case."""
        self._context.canvas.show_unit_areas(self._codes)
