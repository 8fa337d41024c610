"""Guides a drag: when one starts, what each unit would mean is asked in the background and told to tree and maps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from workstation.map.dragging import Candidate, DropInfo
from workstation.services.centre.units import UnitInfo
from workstation.services.recommending.recommending import Reason
from workstation.shell.context import AppContext
from workstation.shell.texts.text import refusal_text, time_text
from workstation.workflow.event import Refusal

from .drop import SAMPLE, SUGGESTED, DropAnswer, DropFacts, MoveOf, drop_facts
from .reasons import reason_sentence, reason_text, verdict_text
from .unit_tree import UnitTree

FRESH_MS = 8000
"""What was told of the same cases so long ago is told again at once; what may have changed since is asked anew."""
TOLD_REFUSALS = 2
FIGURES = frozenset({"near", "history", "outside", "returned"})
"""Reasons that say little without their figures."""


class DropGuide(QObject):
    """Keeps tree and maps told about the drag under way, while ``acts()`` says that a drop here would do something.

    ``units()``: the only targets (None: all units); ``move_of``: the arrow that sends to a unit (None: the dispatcher's).
    ``told(info)`` follows with what is known, at first from a sample where the cases are many.
    """

    told = Signal(object)

    def __init__(
        self,
        context: AppContext,
        tree: UnitTree | None,
        parent: QObject,
        acts: Callable[[], bool],
        units: Callable[[], Sequence[UnitInfo]] | None = None,
        move_of: MoveOf | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._acts = acts
        self._units = units
        self._move_of = move_of
        self._ids: tuple[str, ...] = ()
        self._answer = DropAnswer({}, ())
        self._loads: dict[tuple[int, int, int], tuple[str, str]] = {}
        self._outcomes: dict[tuple[object, ...], tuple[object, tuple[str, str, list[str]]]] = {}
        self._age = QElapsedTimer()
        if tree is not None:
            self.told.connect(tree.set_drop_info)

    @property
    def ids(self) -> tuple[str, ...]:
        """The cases that were asked about last."""
        return self._ids

    @property
    def answer(self) -> DropAnswer:
        """What is known of them."""
        return self._answer

    def begin(self, ids: Sequence[str]) -> None:
        """A drag with these cases has started or come here."""
        if not self._acts():
            return
        again = tuple(ids) == self._ids and bool(self._answer.facts)
        if again and self._age.isValid() and self._age.elapsed() < FRESH_MS:
            self._say()
            return
        self._ids = tuple(ids)
        self._answer = DropAnswer({}, ())
        self._ask(exact=len(ids) <= SAMPLE)

    def forget(self) -> None:
        """What was told may be wrong by now."""
        self._age.invalidate()

    def _ask(self, *, exact: bool) -> None:
        self._context.tasks.run(
            drop_facts,
            self._context.services,
            self._ids,
            self._context.actor,
            None if self._units is None else self._units(),
            self._move_of,
            exact,
            owner=self,
            key="facts",
            on_done=partial(self._tell, self._ids),
            priority=0 if exact and len(self._ids) > SAMPLE else 1,
        )

    def move(self, ids: Sequence[str], unit: str) -> str:
        """The arrow that the drop of these on that unit takes, as far as it was told; "" where it was not."""
        facts = self._answer.facts.get(unit)
        return facts.move if facts is not None and tuple(ids) == self._ids else ""

    def _tell(self, ids: tuple[str, ...], answer: DropAnswer) -> None:
        if ids != self._ids:
            return
        self._answer = answer
        self._outcomes.clear()
        self._loads.clear()
        self._age.start()
        self._say()
        if not answer.exact:
            self._ask(exact=True)

    def _say(self) -> None:
        info = {code: self.info(item) for code, item in self._answer.facts.items()}
        self.told.emit(info)
        self._context.drags.tell(info, self.candidates(SUGGESTED), self.doubt())

    def candidates(self, most: int | None = None) -> list[Candidate]:
        """Who is proposed (the first so many), best first, with the reasons in words; nobody who would take none of the cases."""
        facts = self._answer.facts
        taking = (
            (unit, reasons)
            for unit, reasons in self._answer.candidates
            if unit in facts and facts[unit].accepted
        )
        return [
            Candidate(unit, self._why(reasons, facts[unit].suggested))
            for unit, reasons in islice(taking, most)
        ]

    def _why(self, reasons: Sequence[Reason], suggested: int) -> str:
        elsewhere = any(
            reason.code == "outside" for reason in reasons
        )  # whose sentence tells of the duty as well
        plain = [
            reason_text(reason)
            for reason in reasons
            if reason.code not in FIGURES and not (elsewhere and reason.code == "duty")
        ]
        figures = [
            reason_sentence(reason, self._context.names) for reason in reasons if reason.code in FIGURES
        ]
        why = self.tr("；").join([self.tr("、").join(plain)] * bool(plain) + figures)
        if len(self._ids) == 1:
            return why
        return self.tr("其中 {n} 件推荐给它：{why}").format(n=suggested, why=why)

    def doubt(self) -> str:
        """Why of the one case that is dragged nobody, or two, are recommended; "" where it is plain."""
        single = self._answer.single
        return verdict_text(single, self._context.names) if single is not None else ""

    def info(self, facts: DropFacts, title: str = "") -> DropInfo:
        """One target's facts in words."""
        badge, line = self._load(facts)
        verb, due, refused = self._outcome(facts)
        return DropInfo(title or facts.name, [line], facts.accepted > 0, verb, badge, due, list(refused))

    def _outcome(self, facts: DropFacts) -> tuple[str, str, list[str]]:
        """Action, deadlines and refusals in words: the same for most units, so they are made once of one answer."""
        key = (
            id(facts.refusals),
            facts.exact,
            facts.move,
            facts.due_first,
            facts.due_last,
            facts.accepted,
            facts.asked,
        )
        found = self._outcomes.get(key)
        if found is not None and found[0] is facts.refusals:
            return found[1]
        total = facts.asked or len(self._ids)
        verb = "" if facts.move == "dispatch" else self._context.label("arrows", facts.move)
        due = self._due(facts, total) if facts.due_first is not None else ""
        refused = self._refusals(facts, total)
        if facts.accepted and facts.accepted < total:
            words = self.tr("可办 {good} 件，{why}") if facts.exact else self.tr("约可办 {good} 件，{why}")
            refused[0] = words.format(good=facts.accepted, why=refused[0])
        self._outcomes[key] = facts.refusals, (verb, due, refused)
        return verb, due, refused

    def _load(self, facts: DropFacts) -> tuple[str, str]:
        """What the unit has in hand, for its badge and for the card: made once of the same figures. What is nought is not told,
        on the card but for the whole."""
        key = facts.open, facts.overdue, facts.due_today
        found = self._loads.get(key)
        if found is None:
            whole = self.tr("在办 {n}").format(n=facts.open)
            found = self._loads[key] = (whole if facts.open else "", self._load_line(facts, whole))
        return found

    def _load_line(self, facts: DropFacts, whole: str) -> str:
        parts = [whole]
        if facts.overdue:
            parts.append(self.tr("超期 {n}").format(n=facts.overdue))
        if facts.due_today:
            parts.append(self.tr("今日到期 {n}").format(n=facts.due_today))
        return " · ".join(parts)

    def _due(self, facts: DropFacts, total: int) -> str:
        now = self._context.services.now()
        first = time_text(facts.due_first, now)
        if total == 1:
            return self.tr("处置截止 {due}").format(due=first)
        if facts.due_last is None or facts.due_last == facts.due_first:
            return self.tr("最早 {due} 截止").format(due=first)
        return self.tr("截止最早 {due}，最晚 {last}").format(due=first, last=time_text(facts.due_last, now))

    def _refusals(self, facts: DropFacts, total: int) -> list[str]:
        """Why cases would be refused, the most frequent reasons with their numbers."""
        counted: Counter[str] = Counter()
        for refusal, number in facts.refusals:
            counted[self._refused(refusal)] += number
        if total == 1:
            return list(counted)[:1]
        share = (total - facts.accepted) / max(1, counted.total())
        lines = [
            self.tr("{n} 件不能办：{why}").format(n=max(1, round(n * share)), why=why)
            for why, n in counted.most_common(TOLD_REFUSALS)
        ]
        more = len(counted) - TOLD_REFUSALS
        if more > 0:
            lines.append(self.tr("另有 {n} 种原因").format(n=more))
        return lines

    def _refused(self, refusal: Refusal) -> str:
        return refusal_text(refusal, self._context.services.handbook, self._context.names)
