"""Guides a drag: when one starts, what each unit would mean is asked in the background and told to tree and map."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from workstation.map.dragging import Candidate, DropInfo
from workstation.services.units import UnitInfo
from workstation.shell.context import AppContext
from workstation.shell.text import refusal_text, time_text

from .drop import DropAnswer, DropFacts, MoveOf, drop_facts
from .suggestions import reason_text
from .unit_tree import UnitTree


class DropGuide(QObject):
    """Keeps tree and canvas told about the drag under way, while ``acts()`` says that a drop here would do something.

    ``units()``: the only targets (None: all units); ``move_of``: the arrow that sends to a unit (None: the dispatcher's).
    """

    def __init__(
        self,
        context: AppContext,
        tree: UnitTree,
        parent: QObject,
        acts: Callable[[], bool],
        units: Callable[[], Sequence[UnitInfo]] | None = None,
        move_of: MoveOf | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._tree = tree
        self._acts = acts
        self._units = units
        self._move_of = move_of
        self._ids: tuple[str, ...] = ()
        self._answer = DropAnswer({}, ())

    def begin(self, ids: Sequence[str]) -> None:
        """A drag with these cases has started or come here."""
        if not self._acts():
            return
        self._ids = tuple(ids)
        self._answer = DropAnswer({}, ())
        self._context.tasks.run(
            drop_facts,
            self._context.services,
            self._ids,
            self._context.actor,
            None if self._units is None else self._units(),
            self._move_of,
            owner=self,
            key="facts",
            on_done=self._tell,
        )

    def move(self, ids: Sequence[str], unit: str) -> str:
        """The arrow that the drop of these on that unit takes, as far as it was told; "" where it was not."""
        facts = self._answer.facts.get(unit)
        return facts.move if facts is not None and tuple(ids) == self._ids else ""

    def _tell(self, answer: DropAnswer) -> None:
        self._answer = answer
        info = {code: self.info(item) for code, item in answer.facts.items()}
        self._tree.set_drop_info(info)
        self._context.canvas.set_drop_info(info)
        self._context.canvas.set_candidates(
            Candidate(unit, "、".join(reason_text(reason) for reason in reasons))
            for unit, reasons in answer.candidates
        )

    def info(self, facts: DropFacts) -> DropInfo:
        """One unit's facts in words."""
        lines = [
            self.tr("在办 {open} · 超期 {overdue} · 今日到期 {today}").format(
                open=facts.open, overdue=facts.overdue, today=facts.due_today
            )
        ]
        total = len(self._ids)
        if facts.suggested:
            lines.append(
                self.tr("推荐") if total == 1 else self.tr("其中 {n} 件推荐给它").format(n=facts.suggested)
            )
        if facts.due_first is not None:
            due = time_text(facts.due_first, self._context.services.now())
            lines.append(
                self.tr("处置截止 {due}").format(due=due)
                if total == 1
                else self.tr("最早 {due} 截止").format(due=due)
            )
        if facts.refusals:
            why = refusal_text(facts.refusals[0], self._context.services.handbook, self._context.names)
            if total > 1:
                why = self.tr("{n} 件不能派遣：{why}").format(n=len(facts.refusals), why=why)
            lines.append(why)
        verb = "" if facts.move == "dispatch" else self._context.label("arrows", facts.move)
        return DropInfo(facts.name, lines, facts.accepted > 0, verb)
