"""The note in which an action's effect on the clocks is read before it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from workstation.shell.context import AppContext
from workstation.shell.look.style import set_kind
from workstation.shell.texts.text import refusal_text, time_text
from workstation.shell.widgets import Card, kind_label

from .effects import Consequence, DataOf, consequences, effect_lines

MOST = 5


class EffectNote(Card):
    """Asks in the background and says the answer: a sentence a clock, with the article. ``told(possible)`` when it is known."""

    told = Signal(bool)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent, kind="note", margin=10, spacing=3)
        self._context = context
        self._lines: list[tuple[QLabel, QLabel]] = []
        self.answers: list[Consequence] = []
        self.possible = False
        for _ in range(MOST):
            words, article = kind_label(""), kind_label("", "small")
            words.setWordWrap(True)
            article.setWordWrap(True)
            self.body.addWidget(words)
            self.body.addWidget(article)
            self._lines.append((words, article))
        self.say([])

    @property
    def words(self) -> str:
        """Everything that is said, a line each."""
        return "\n".join(
            label.text() for pair in self._lines for label in pair if not label.isHidden() and label.text()
        )

    def ask(self, name: str, case_ids: Sequence[str], data: Mapping[str, Any] | DataOf) -> None:
        """Find out what the action would do to these cases; the answer replaces what is said now."""
        context = self._context
        context.tasks.run(
            consequences,
            context.services,
            name,
            list(case_ids),
            data if callable(data) else dict(data),
            context.actor,
            owner=self,
            key="effect",
            on_done=self.show_answers,
        )

    def show_answers(self, answers: list[Consequence]) -> None:
        """Say what these would do: one case in full, several by their number and the first deadline."""
        self.answers = answers
        now, names = self._context.services.now(), self._context.names
        refused = [answer for answer in answers if answer.refusal is not None]
        self.possible = len(refused) < len(answers)
        if len(answers) == 1:
            self.say(effect_lines(answers[0], now, names), bad=bool(refused))
        else:
            self.say(self._several(answers, refused), bad=not self.possible)
        self.told.emit(self.possible)

    def _several(self, answers: list[Consequence], refused: list[Consequence]) -> list[tuple[str, str]]:
        now, names = self._context.services.now(), self._context.names
        good = [answer for answer in answers if answer.refusal is None]
        lines = [(self.tr("所选 {n} 件，可办 {good} 件").format(n=len(answers), good=len(good)), "")]
        dues = [
            effect.after.due_at
            for answer in good
            for effect in answer.clocks
            if effect.after.due_at is not None and effect.what in ("start", "resume", "move")
        ]
        if dues:
            lines.append(
                (
                    self.tr("截止时间从 {first} 到 {last}").format(
                        first=time_text(min(dues), now), last=time_text(max(dues), now)
                    ),
                    "",
                )
            )
        elif good:
            lines.append((self.tr("计时都不停"), ""))
        for answer in refused[:2]:
            if answer.refusal is not None:
                code = answer.before.code if answer.before is not None else ""
                why = refusal_text(answer.refusal, answer.handbook, names)
                lines.append((self.tr("{code} 不能办：{why}").format(code=code, why=why), ""))
        return lines

    def say(self, lines: Sequence[tuple[str, str]], bad: bool = False) -> None:
        """Say these sentences, each with its small line; none hides the note."""
        set_kind(self, "warn" if bad else "note")
        self.setVisible(bool(lines))
        for place, (words, article) in enumerate(self._lines):
            shown = lines[place] if place < len(lines) else ("", "")
            words.setText(shown[0])
            words.setVisible(bool(shown[0]))
            article.setText(shown[1])
            article.setVisible(bool(shown[1]))
