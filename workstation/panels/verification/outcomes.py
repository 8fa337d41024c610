"""The four outcomes of verification (TZ-14-OUTCOMES), each with what it does and, where it is closed, why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from workstation.panels.common.effects import Consequence, effect_text, rests_on
from workstation.shell.texts.text import refusal_text
from workstation.shell.widgets import Card, button, kind_label

from .effect import OUTCOMES


def consequence(name: str) -> str:
    """What an outcome does, in a sentence."""
    translate = QCoreApplication.translate
    return {
        "close": translate("Outcomes", "案卷结案，全部计时停止。"),
        "dispose_again": translate("Outcomes", "退回原单位再次处置，处置时限重新计算，计返工一次。"),
        "close_unqualified": translate("Outcomes", "以不合格办结，评价时计入该单位。"),
        "redispatch": translate("Outcomes", "回到待派遣，由派遣员改派其他单位。"),
    }[name]


class OutcomeCards(QWidget):
    """Two by two. ``taken(name)`` when one is chosen; what is not possible is shown with its reason."""

    taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        self.buttons = {}
        self._cards: dict[str, Card] = {}
        self._words = {}
        self._why = {}
        for place, name in enumerate(OUTCOMES):
            card = Card(kind="inset", margin=10, spacing=4)
            take = button("", "primary" if name == "close" else "", on_click=partial(self.taken.emit, name))
            take.setObjectName(f"outcome-{name}")
            card.body.addWidget(take)
            words = kind_label(consequence(name), "small")
            words.setWordWrap(True)
            card.body.addWidget(words)
            why = kind_label("", "error")
            why.setWordWrap(True)
            card.body.addWidget(why)
            card.body.addStretch(1)
            grid.addWidget(card, place // 2, place % 2)
            self.buttons[name] = take
            self._cards[name] = card
            self._words[name] = words
            self._why[name] = why
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def show_outcomes(
        self, outcomes: Mapping[str, Consequence], now: datetime, names: Mapping[str, str]
    ) -> None:
        """Offer those without a refusal, each with what it does to the clocks."""
        for name, take in self.buttons.items():
            told = outcomes[name]
            # A city's flow may have fewer outcomes.
            self._cards[name].setVisible(told.handbook.arrow(name) is not None)
            refusal, handbook = told.refusal, told.handbook
            lines = [consequence(name)]
            lines += [effect_text(e, handbook, now) for e in told.clocks if e.what != "stop"]
            self._words[name].setText("\n".join(lines))
            self._words[name].setToolTip(rests_on(handbook, told.article))
            take.setText(handbook.label("arrows", name))
            take.setEnabled(refusal is None)
            self._why[name].setText(refusal_text(refusal, handbook, names) if refusal is not None else "")
            self._why[name].setVisible(refusal is not None)
