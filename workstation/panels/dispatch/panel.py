"""The dispatch panel: what waits for a unit, who it should be, and what units apply for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from workstation.panels.common.card import CaseCard
from workstation.panels.common.phrases import phrases
from workstation.panels.common.requests import RequestCard
from workstation.panels.common.stage_panel import StagePanel, Tab
from workstation.services.filter import CaseFilter
from workstation.services.services import Services
from workstation.shell.context import AppContext
from workstation.shell.text import refusal_text, time_text
from workstation.shell.widgets import Card, PhraseBar, ReasonDialog, ScrollBody, SectionHeader, kind_label
from workstation.workflow.case import State
from workstation.workflow.event import Actor

from .drags import DropGuide
from .effect import DispatchEffect, DispatchView, UnitState, dispatch_effect, read_dispatch, read_units
from .suggestions import SuggestionList
from .tree import UnitTree

BUTTONS = ("return_to_filing", "recall", "resume", "urge", "dispatch")


class DispatchPanel(StagePanel):
    """The dispatcher's. Drag a case onto a unit here or on the map, or choose a unit and press 派遣."""

    key = "dispatch"
    icon = "dispatch"
    posts = frozenset({"dispatcher", "commander"})
    area = "right"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.guide = DropGuide(context, self.tree, self)
        self.list.drag_begun.connect(self.guide.begin)
        self.tree.drag_entered.connect(self.guide.begin)
        self.tree.dropped.connect(self.dispatch_many)
        context.canvas.drag_started.connect(self.guide.begin)
        context.canvas.cases_dropped.connect(self.dispatch_many)

    @property
    def title(self) -> str:
        """The panel's name."""
        return self.tr("任务派遣")

    def tabs(self, actor: Actor) -> list[Tab]:
        """To dispatch, applications to answer, and what is sent and not yet received."""
        mine = tuple(CaseFilter(pending=kind) for kind in ("return", "extension", "suspension"))
        return [
            Tab(
                "filed",
                self.tr("待派遣"),
                CaseFilter(open=True, states=(State.FILED,)),
                self.tr("没有待派遣的案卷"),
            ),
            Tab("requests", self.tr("申请"), CaseFilter(open=True, any_of=mine), self.tr("没有待答复的申请")),
            Tab(
                "sent",
                self.tr("待接收"),
                CaseFilter(open=True, states=(State.DISPATCHED,), suspended=False),
                self.tr("派出的案卷都已接收"),
            ),
            Tab(
                "suspended", self.tr("挂账"), CaseFilter(open=True, suspended=True), self.tr("没有挂账的案卷")
            ),
        ]

    def reader(self) -> Callable[[Services, str, Actor], Any]:
        """Besides the case: suggestions and the open request."""
        return read_dispatch

    def wants(self, view: DispatchView) -> bool:
        """From filing to the end of the disposal."""
        return view.case.state in (State.FILED, State.DISPATCHED, State.RECEIVED, State.WORKING)

    def badges(self, row: Any) -> list[tuple[str, str]]:
        """Also what is applied for."""
        out = super().badges(row)
        if row.pending:
            out.append(
                (self.tr("申请{kind}").format(kind=self.context.label("requests", row.pending)), "accent")
            )
        return out

    # ---- how it looks -------------------------------------------------------------------------------------------

    def build(self) -> QWidget:
        """Card, application, choice of unit, requirement."""
        self._state = UnitState((), {})
        self.effect: DispatchEffect | None = None
        scroll = ScrollBody(margin=14)
        self.card = CaseCard(self.context)
        scroll.body.addWidget(self.card)
        self.request = RequestCard(self.context)
        self.request.answered.connect(self.done_with)
        scroll.body.addWidget(self.request)
        self._choice = Card()
        self._choice.body.addWidget(SectionHeader(self.tr("派遣给")))
        self.suggestions = SuggestionList()
        self.suggestions.chosen.connect(self.choose_unit)
        self._choice.body.addWidget(self.suggestions)
        self._note_text = kind_label("", "label")
        self._note_text.setWordWrap(True)
        self._choice.body.addWidget(self._note_text)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("查找单位；也可把案卷拖到单位或地图上"))
        self.search.setClearButtonEnabled(True)
        self._choice.body.addWidget(self.search)
        self.tree = UnitTree(self.context)
        self.tree.setMinimumHeight(210)
        self.tree.unit_chosen.connect(self._unit_chosen)
        self.tree.joined.connect(self._foresee)
        self.search.textChanged.connect(self.tree.filter)
        self._choice.body.addWidget(self.tree, 1)
        scroll.body.addWidget(self._choice, 1)
        self._words = Card()
        self._words.body.addWidget(SectionHeader(self.tr("处置要求")))
        self.requirement = QPlainTextEdit()
        self.requirement.setFixedHeight(58)
        self.requirement.setTabChangesFocus(True)
        self.requirement.setPlaceholderText(self.tr("可不填"))
        self.texts.add("requirement", self.requirement)
        self._words.body.addWidget(self.requirement)
        self._words.body.addWidget(PhraseBar(phrases("requirement"), self.requirement))
        scroll.body.addWidget(self._words)
        scroll.body.addStretch(0)
        self._scroll = scroll
        bar = self.actions_bar
        bar.add("return_to_filing", self.tr("派遣回退"), lambda: self._ask("return_to_filing"))
        bar.add("recall", self.tr("撤回派遣"), self.recall, "", "undo")
        bar.add("resume", self.tr("恢复计时"), lambda: self._do("resume", {}))
        bar.add("urge", self.tr("督办"), lambda: self._ask("urge", "note"), "", "urge")
        bar.add("refuse", self.tr("不同意"), self.request.refuse)
        bar.add("grant", self.tr("同意"), self.request.grant, "primary", "check")
        bar.add("dispatch", self.tr("派遣"), self.dispatch, "primary", "send")
        for number in (1, 2, 3):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda n=number: self.suggestions.take(n))
        return scroll

    def show_view(self, view: DispatchView) -> None:
        """Show the case with what can be decided about it."""
        case, base = view.case, view.base
        lead = base.unit_names.get(case.lead.unit, case.lead.unit) if case.lead else ""
        others = "、".join(base.unit_names.get(order.unit, order.unit) for order in case.cooperating)
        self.card.show_view(
            base,
            [
                (self.tr("主办单位"), lead),
                (self.tr("协办单位"), others),
                (self.tr("结案标准"), case.closing_standard),
                (self.tr("处置要求"), case.requirement),
            ],
        )
        self.request.show_request(base, view.request)
        choosing = "dispatch" in view.allowed
        self._choice.setVisible(choosing)
        self._scroll.body.setStretch(self._scroll.body.count() - 1, 0 if choosing else 1)
        self._words.setVisible(choosing)
        offered = {name for name in BUTTONS if name in view.allowed}
        self.actions_bar.offer(offered | self.request.offers())
        self.actions_bar.button("grant").setEnabled(self.request.possible)
        if choosing:
            self.tree.clear_cooperating()
            self._show_suggestions()
            self.choose_unit(view.suggestions[0].unit if view.suggestions else "")

    def _read_lists(self) -> None:
        super()._read_lists()
        self._read_units()

    def _show_tab(self) -> None:
        super()._show_tab()
        self._read_units()

    def _read_units(self) -> None:
        self.context.tasks.run(
            read_units, self.context.services, owner=self, key="units", on_done=self._show_units
        )

    def _show_units(self, state: UnitState) -> None:
        self._state = state
        self.tree.set_units(state.units, state.loads)
        if self.view is not None and "dispatch" in self.view.allowed:
            self._show_suggestions()
            if not self.tree.chosen and self.view.suggestions:
                self.choose_unit(self.view.suggestions[0].unit)

    def _show_suggestions(self) -> None:
        self.suggestions.show_suggestions(self.view.suggestions, self.view.base.unit_names, self._state.loads)
        self.suggestions.mark(self.tree.chosen)

    # ---- choosing -----------------------------------------------------------------------------------------------

    def choose_unit(self, code: str) -> None:
        """Make this unit the lead."""
        self.tree.choose(code)
        self._unit_chosen(self.tree.chosen)

    def _unit_chosen(self, code: str) -> None:
        self.suggestions.mark(code)
        self._foresee()

    def data(self, unit: str) -> dict[str, Any]:
        """The data of ``dispatch`` to that unit with what is filled in now."""
        out: dict[str, Any] = {"unit": unit}
        cooperating = [code for code in self.tree.cooperating() if code != unit]
        if cooperating:
            out["cooperating"] = cooperating
        if requirement := self.requirement.toPlainText().strip():
            out["requirement"] = requirement
        return out

    def _foresee(self) -> None:
        self.effect = None
        unit = self.tree.chosen
        self.actions_bar.button("dispatch").setEnabled(bool(unit))
        self._note_text.setText(self.tr("请选择主办单位") if not unit else "")
        if not unit or self.view is None or "dispatch" not in self.view.allowed:
            return
        self.context.tasks.run(
            dispatch_effect,
            self.context.services,
            self.view.case.id,
            self.data(unit),
            self.context.actor,
            owner=self,
            key="effect",
            on_done=self._foreseen,
        )

    def _foreseen(self, effect: DispatchEffect) -> None:
        if self.view is None or effect.unit != self.tree.chosen:
            return
        self.effect = effect
        if effect.refusal is not None:
            words = refusal_text(effect.refusal, self.view.base.handbook, self.context.names)
        else:
            name = self.view.base.unit_names.get(effect.unit, effect.unit)
            due = time_text(effect.due_at, self.context.services.now())
            words = self.tr("派给{unit}，处置截止 {due}。").format(unit=name, due=due)
            if (count := len(self.list.ids())) > 1:
                words = self.tr("所选 {n} 件都派给{unit}；本件处置截止 {due}。").format(
                    n=count, unit=name, due=due
                )
        self._note_text.setText(words)
        self.actions_bar.button("dispatch").setEnabled(effect.refusal is None)

    # ---- doing --------------------------------------------------------------------------------------------------

    def dispatch(self) -> None:
        """Send the case, or all that are selected in the list, to the chosen unit; the message offers to take it back."""
        case = self.view.case
        unit = self.tree.chosen
        several = self.list.ids()
        if len(several) > 1:
            self.dispatch_many(several, unit)
            return
        self.context.execute(
            "dispatch",
            case,
            self.data(unit),
            lambda _done: self.done_with(case.id),
            owner=self,
            undo=("recall", {}),
        )

    def dispatch_many(self, ids: Any, unit: str) -> None:
        """Send dropped cases to a unit: each result is told, and all that went can be taken back."""
        wanted = list(ids)
        data: dict[str, Any] = {"unit": unit}
        # What is filled in was meant for the case that is shown, or for all that are selected.
        if self.view is not None and wanted in ([self.view.case.id], self.list.ids()):
            data = self.data(unit)
        self.context.tasks.run(
            self.context.services.lists.rows,
            wanted,
            owner=self,
            on_done=lambda rows: self._send(rows, data),
        )

    def _send(self, rows: list[Any], data: dict[str, Any]) -> None:
        current = self.context.selection.current
        done: Callable[[Any], None] = lambda _result: self.done_with(current)  # noqa: E731
        if len(rows) == 1:
            self.context.execute("dispatch", rows[0], data, done, owner=self, undo=("recall", {}))
        else:
            self.context.execute_many("dispatch", rows, data, done, owner=self, undo=("recall", {}))

    def recall(self) -> None:
        """Take back what was sent and is not yet received."""
        self._do("recall", {})

    def _do(self, name: str, data: dict[str, Any]) -> None:
        case = self.view.case
        self.context.execute(name, case, data, lambda _done: self.done_with(case.id), owner=self)

    def _ask(self, name: str, field: str = "reason") -> None:
        label = self.context.label("arrows", name)
        usual = phrases(name) if name == "return_to_filing" else ()
        caption = "" if field == "reason" else self.tr("督办意见")
        ReasonDialog.ask(
            self,
            label,
            lambda words: self._do(name, {field: words}),
            phrases=usual,
            ok_text=label,
            caption=caption,
        )
