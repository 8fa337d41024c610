"""The ways around the ordinary dispatch: own crew, first response, coordination, settling, voiding with approval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from workstation.services.centre.units import UnitInfo
from workstation.services.recommending.recommending import Candidate, Recommendation
from workstation.shell.context import AppContext
from workstation.shell.texts.text import joined
from workstation.workflow.handbook import Handbook

from .action import ActionDialog
from .drop import CREW
from .fields import Choice, Field, Given, Line, ManyUnits, OneUnit, Settled, Words
from .phrases import phrases
from .suggestions import reason_text
from .units_inside import one_house
from .view import StageView

if TYPE_CHECKING:
    from .stage_panel import StagePanel


@dataclass(frozen=True)
class SuggestedView(StageView):
    """A case with the units that something speaks for; ``recommendation`` is empty where none was asked for."""

    recommendation: Recommendation

    @property
    def suggestions(self) -> tuple[Candidate, ...]:
        """The units, the best first."""
        return self.recommendation.ranked


class Ways(QObject):
    """Opens the dialogs for one panel, whose view is a :class:`SuggestedView`; what they ask for is the handbook's."""

    def __init__(self, context: AppContext, panel: StagePanel) -> None:
        super().__init__(panel)
        self._context = context
        self._panel = panel
        self._units: tuple[UnitInfo, ...] = ()

    def set_units(self, units: Sequence[UnitInfo]) -> None:
        """Every unit there is."""
        self._units = tuple(units)

    @property
    def _view(self) -> SuggestedView:
        view: SuggestedView = self._panel.view
        return view

    # ---- sending out of turn ------------------------------------------------------------------------------------

    def rapid(self) -> ActionDialog:
        """快速处置: to one of the centre's own crews, paid from its own budget line (TZ-16-RAPID)."""
        crew = OneUnit("unit", self.tr("作业队伍"), placeholder=self.tr("选择本中心的作业队伍"))
        crews = [unit for unit in self._units if unit.kind == CREW]
        crew.set_units(crews, {unit.code: self.tr("本中心") for unit in crews[:1]})
        fields: list[Field] = [crew, *self._budget("rapid"), self._requirement("rapid")]
        return self._send("rapid", fields, self.tr("由本中心作业队伍直接处置，反馈时登记费用。"))

    def first_response(self) -> ActionDialog:
        """先行处置: nobody is responsible yet; disposed of first by a plan, out of a fund (MQ-27-FIRST)."""
        unit = OneUnit("unit", self.tr("先行处置单位"))
        unit.set_units(self._dispose_units(), self._suggested())
        book, case = self._view.handbook, self._view.case
        fields: list[Field] = [unit]
        plans = book.plans_for(case.kind, case.class_code)
        if len(plans) > 1:
            items = [(plan.key, plan.label, " → ".join(plan.steps)) for plan in plans]
            fields.append(Choice("plan", self.tr("应急预案"), items, chosen=plans[0].key))
        elif plans:
            words = self.tr("应急预案：{plan}（{steps}）").format(
                plan=plans[0].label, steps=" → ".join(plans[0].steps)
            )
            fields.append(Settled("plan", plans[0].key, words))
        fields += [*self._budget("first"), self._requirement("first_response")]
        return self._send(
            "first_response",
            fields,
            self.tr("暂无责任单位，先处置、后明责。费用从应急经费列支，事后明确责任。"),
        )

    def _budget(self, way: str) -> list[Field]:
        items = [
            (key, budget.label, "")
            for key, budget in self._view.handbook.budgets.items()
            if way in budget.ways
        ]
        if len(items) == 1:
            key, label, _ = items[0]
            return [Settled("budget", key, self.tr("经费来源：{budget}").format(budget=label))]
        return [Choice("budget", self.tr("经费来源"), items, chosen=items[0][0])] if items else []

    def _requirement(self, purpose: str) -> Field:
        return Words("requirement", self.tr("处置要求"), required=False, phrases=phrases(purpose), height=52)

    def _dispose_units(self) -> list[UnitInfo]:
        return [unit for unit in self._units if unit.kind != "centre"]

    def _suggested(self) -> dict[str, str]:
        return {
            item.unit: joined(reason_text(reason) for reason in item.reasons)
            for item in self._view.suggestions
            if not item.shortfalls
        }

    def _send(self, name: str, fields: Sequence[Field], intro: str) -> ActionDialog:
        case = self._view.case
        return self._panel.ask_for(name, fields, lambda _done: self._panel.done_with(case.id), intro=intro)

    # ---- whose it is --------------------------------------------------------------------------------------------

    def coordinate(self) -> ActionDialog:
        """提请协调: nobody says it is theirs, or two say it is not (MQ-26-UNCLEAR, TZ-15-DISPUTE)."""
        view, book = self._view, self._view.handbook
        parties = likely_parties(view)
        units = ManyUnits("units", self.tr("涉及单位"))
        names = [(unit.code, unit.name) for unit in self._dispose_units()]
        units.set_units(names, parties)
        disputed = any(r.kind == "return" for r in view.case.requests)
        cause = Choice(
            "cause",
            self.tr("原因"),
            [
                ("unclear", self.tr("责任不明（查不到责任单位，或都不认领）"), ""),
                ("disputed", self.tr("责任争议（对由谁负责意见不一）"), ""),
            ],
            chosen="disputed" if disputed else "unclear",
        )
        chosen = suggested_scope(self._units, parties)
        scope = Choice(
            "scope",
            self.tr("范围"),
            [
                (key, self._with_bodies(book, key, words), "")
                for key, words in (
                    ("inside", self.tr("同一区（系统）内")),
                    ("across", self.tr("跨区或跨部门")),
                )
                if book.coordination.get(key)
            ],
            chosen=chosen,
        )
        touched = [False]

        def parties_changed() -> None:
            if not touched[0] and scope.value() is not None:
                wanted = suggested_scope(self._units, units.value() or ())
                if wanted in scope.buttons and scope.value() != wanted:
                    scope.buttons[wanted].blockSignals(True)
                    scope.choose(wanted)
                    scope.buttons[wanted].blockSignals(False)

        units.changed.connect(parties_changed)
        for radio in scope.buttons.values():
            radio.clicked.connect(lambda: touched.__setitem__(0, True))
        new = self._context.services.cases.new_command_id()
        fields: list[Field] = [
            Given("coordination_id", lambda: new),
            cause,
            units,
            scope,
            Words("reason", self.tr("争议情况"), phrases=phrases("coordinate"), height=60),
        ]
        return self._panel.ask_for("coordinate", fields, self._stay, width=520)

    def _with_bodies(self, book: Handbook, scope: str, words: str) -> str:
        """A scope with the bodies that it comes before, one after the other."""
        order = [book.bodies[key].label for key in book.coordination.get(scope, ()) if key in book.bodies]
        return (
            self.tr("{scope}：报{bodies}").format(scope=words, bodies=" → ".join(order)) if order else words
        )

    def settle(self) -> ActionDialog:
        """明确责任: who was responsible after all, and the rule that the handbook should have had (TY-3-EMERGENCYFUND)."""
        unit = OneUnit("unit", self.tr("责任单位"))
        unit.set_units(self._dispose_units(), self._suggested())
        fields: list[Field] = [
            unit,
            Words("note", self.tr("认定依据"), phrases=phrases("settle"), height=60),
            Line(
                "rule",
                self.tr("补入手册的规定"),
                placeholder=self.tr("今后同类问题由谁负责（可不填，填写后列入手册修订建议）"),
            ),
        ]
        return self._panel.ask_for("settle", fields, self._stay)

    def propose_void(self) -> ActionDialog:
        """提请作废: asked for here, agreed to by somebody else."""
        new = self._context.services.cases.new_command_id()
        fields: list[Field] = [
            Given("request_id", lambda: new),
            Words("reason", self.tr("理由"), phrases=phrases("void")),
        ]
        return self._panel.ask_for(
            "propose_void", fields, self._stay, intro=self.tr("须由值班长或指挥长批准，提请人不能批准。")
        )

    def withdraw_coordination(self) -> ActionDialog | None:
        """撤回协调: the parties have agreed between themselves."""
        found = self._view.case.coordinating
        if found is None:
            return None
        fields: list[Field] = [
            Given("coordination_id", lambda: found.id),
            Words("reason", self.tr("理由"), height=60),
        ]
        return self._panel.ask_for("withdraw_coordination", fields, self._stay)

    def _stay(self, _done: Any) -> None:
        """The case stays where it is in the list, or leaves it by what it has become."""

    def takes(self) -> dict[str, Callable[[], Any]]:
        """The dialogs by arrow."""
        return {
            "coordinate": self.coordinate,
            "withdraw_coordination": self.withdraw_coordination,
            "rapid": self.rapid,
            "first_response": self.first_response,
            "settle": self.settle,
            "propose_void": self.propose_void,
        }


def likely_parties(view: SuggestedView) -> list[str]:
    """The units that a coordination is most likely about: the lead, who gave it back, who was suggested instead."""
    case = view.case
    found: dict[str, None] = {}
    if case.lead is not None:
        found[case.lead.unit] = None
    for request in case.requests:
        if request.kind == "return":
            found[request.unit] = None
            suggested = str(request.data.get("suggested_unit", ""))
            if suggested:
                found[suggested] = None
    for item in view.suggestions[:2]:
        if len(found) < 2:
            found[item.unit] = None
    return list(found)


def suggested_scope(units: Sequence[UnitInfo], parties: Sequence[str]) -> str:
    """Inside where the parties stand below one district or department; across otherwise (TZ-15-DISPUTE)."""
    return "inside" if len(parties) < 2 or one_house(units, parties) else "across"
