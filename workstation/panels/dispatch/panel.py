"""The dispatch panel: what waits for a unit, who it should be, and what units apply for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from workstation.map.targets import UNIT, Target
from workstation.panels.common.card import CaseCard
from workstation.panels.common.directing import direction_fields
from workstation.panels.common.directions import DirectionCard
from workstation.panels.common.dispute import DisputeCard, way_facts
from workstation.panels.common.fields import Words
from workstation.panels.common.phrases import phrases
from workstation.panels.common.requests import RequestCard
from workstation.panels.common.split import SplitDialog
from workstation.panels.common.stage_panel import StagePanel, Tab
from workstation.panels.common.together import ask_together
from workstation.panels.common.ways import Ways
from workstation.services.lists.filter import CaseFilter
from workstation.services.services import Services
from workstation.shell.context import AppContext
from workstation.shell.texts.text import joined
from workstation.shell.widgets import ScrollBody
from workstation.workflow.case import State
from workstation.workflow.event import Actor

from .choice import UnitChoice
from .effect import DispatchView, read_dispatch
from .sending import Sending

BUTTONS = ("recall", "resume", "withdraw_coordination", "dispatch")
MORE = (
    "coordinate",
    "rapid",
    "first_response",
    "return_to_filing",
    "urge",
    "settle",
    "split",
    "propose_void",
)
ASKED = ("return", "extension", "suspension", "void")


class DispatchPanel(StagePanel):
    """The dispatcher's. Drag a case onto a unit here or on the map, or choose a unit and press 派遣.

    What cannot be dispatched in the ordinary way goes by the menu 其他办理, each way with what it does to the clocks.
    """

    key = "dispatch"
    icon = "dispatch"
    posts = frozenset({"dispatcher", "commander"})
    area = "right"
    others_menu = "more"
    foretold = ("recall",)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        tree = self.choice.tree
        drags = context.drags
        self.list.drag_begun.connect(drags.begin)
        tree.drag_entered.connect(drags.begin)
        tree.dropped.connect(self.dispatch_many)
        drags.desk.told.connect(tree.set_drop_info)
        drags.desk.sent.connect(self._sent)
        drags.prepared = self._prepared

    @property
    def title(self) -> str:
        """The panel's name."""
        return self.tr("任务派遣")

    def tabs(self, actor: Actor) -> list[Tab]:
        """To dispatch, applications to answer, disputes, what is sent and not yet received, and what is put off."""
        endorsed = self.context.services.handbook.rules.endorsed
        asked = tuple(
            CaseFilter(pending=kind, endorsed=True) if kind in endorsed else CaseFilter(pending=kind)
            for kind in ASKED
            if self.may_post(f"grant_{kind}")
        )
        return [
            Tab(
                "filed",
                self.tr("待派遣"),
                CaseFilter(open=True, states=(State.FILED,), coordinating=False),
                self.tr("没有待派遣的案卷"),
            ),
            Tab(
                "requests", self.tr("申请"), CaseFilter(open=True, any_of=asked), self.tr("没有待答复的申请")
            ),
            Tab(
                "coordinating",
                self.tr("协调"),
                CaseFilter(open=True, coordinating=True),
                self.tr("没有正在协调的案卷"),
            ),
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
        """From filing to the end of the disposal, later where nobody is responsible yet, and what is to be answered."""
        unsettled = view.case.way == "first" and not view.case.settled_unit
        asked = view.request is not None and view.request.may_grant
        return (
            unsettled
            or asked
            or view.case.state
            in (
                State.FILED,
                State.DISPATCHED,
                State.RECEIVED,
                State.WORKING,
            )
        )

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
        scroll = ScrollBody(margin=14)
        self.card = CaseCard(self.context)
        scroll.body.addWidget(self.card)
        self.request = RequestCard(self.context)
        self.request.answer.connect(self._answer)
        scroll.body.addWidget(self.request)
        self.dispute = DisputeCard(self.context)
        scroll.body.addWidget(self.dispute)
        self.directions = DirectionCard(self.context)
        self.directions.reply.connect(lambda case, data: self.act("reply", case, data))
        scroll.body.addWidget(self.directions)
        self.choice = UnitChoice(self.context)
        self.choice.ready.connect(self._ready)
        self.texts.add("requirement", self.choice.requirement)
        scroll.body.addWidget(self.choice, 1)
        scroll.body.addStretch(0)
        self._scroll = scroll
        bar = self.actions_bar
        self.ways = Ways(self.context, self)
        self.choice.units_known.connect(self.ways.set_units)
        takes = {
            **self.ways.takes(),
            "return_to_filing": lambda: self._ask("return_to_filing"),
            "urge": self.urge,
            "split": self.split,
            "withdraw_request": self.withdraw,
        }
        label = self.context.label
        bar.add_menu(
            "more",
            self.tr("其他办理"),
            {name: (label("arrows", name), takes[name]) for name in MORE},
            self.tr("协调、快速处置、先行处置、回退、催办、子案卷、作废"),
        )
        bar.add("recall", self.tr("撤回派遣"), self.recall, "", "undo")
        bar.add("resume", self.tr("恢复计时"), self.resume, "", "play")
        bar.add("withdraw_coordination", self.tr("撤回协调"), self.ways.withdraw_coordination, "", "undo")
        bar.add("decide", self.tr("转协调会商"), self._to_coordination, "", "meeting")
        bar.add("refuse", self.tr("不同意"), self.refuse)
        bar.add("grant", self.tr("同意"), self.grant, "primary", "check")
        bar.add("dispatch", self.tr("派遣"), self.dispatch, "primary", "send")
        for number in (1, 2, 3):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda n=number: self.choice.suggestions.take(n))
        return scroll

    def show_view(self, view: DispatchView) -> None:
        """Show the case with what can be decided about it."""
        case, base = view.case, view.base
        lead = base.unit_names.get(case.lead.unit, case.lead.unit) if case.lead else ""
        others = joined(base.unit_names.get(order.unit, order.unit) for order in case.cooperating)
        self.card.show_view(
            base,
            [
                (self.tr("主办单位"), lead),
                (self.tr("协办单位"), others),
                (self.tr("结案标准"), case.closing_standard),
                (self.tr("处置要求"), case.requirement),
                *way_facts(base),
            ],
        )
        self.dispute.show_view(base)
        self.directions.show_view(base)
        self.request.show_request(base, view.request)
        choosing = "dispatch" in view.allowed
        self.choice.setVisible(choosing)
        self._scroll.body.setStretch(self._scroll.body.count() - 1, 0 if choosing else 1)
        offered = {name for name in (*BUTTONS, *MORE) if name in view.allowed}
        if case.coordinating is not None and "coordinate" not in offered:
            offered.add("decide")
        self.actions_bar.offer(offered | self.request.offers())
        self.actions_bar.button("grant").setEnabled(self.request.possible)
        if choosing:
            self.choice.show_view(view, max(len(self.list.ids()), 1))
        else:
            self.choice.clear()

    def _read_lists(self) -> None:
        super()._read_lists()
        self.choice.read_units()

    def _show_tab(self) -> None:
        super()._show_tab()
        self.choice.read_units()

    def _ready(self, ready: bool) -> None:
        self.actions_bar.button("dispatch").setEnabled(ready)

    # ---- doing --------------------------------------------------------------------------------------------------

    def dispatch(self) -> None:
        """Send the case, or all that are selected in the list, to the chosen unit; the message offers to take it back."""
        case = self.view.case
        unit = self.choice.tree.chosen
        several = self.list.ids()
        if len(several) > 1:
            self.dispatch_many(several, unit)
            return
        data = self.choice.data(unit)

        def done(result: Any) -> None:
            self.context.drags.desk.record(self._target(unit), "dispatch", data, result)
            self.done_with(case.id)

        self.act("dispatch", case, data, done, ("recall", {}))

    def dispatch_many(self, ids: Any, unit: str) -> None:
        """Send cases to a unit: what becomes of each is told, and all that went can be taken back.

        What goes to an own crew goes by rapid disposal, where the handbook lets it.
        """
        if self.may_post("dispatch"):
            self.context.drags.give(list(ids), self._target(unit))

    def _target(self, unit: str) -> Target:
        return Target(UNIT, unit, self.context.name_of(unit))

    def _prepared(self, ids: Sequence[str]) -> Mapping[str, Any] | None:
        """What is filled in was meant for the case that is shown, or for all that are selected."""
        if not isValid(self) or self.view is None or list(ids) not in ([self.view.case.id], self.list.ids()):
            return None
        return {key: value for key, value in self.choice.data("").items() if key != "unit"}

    def _sent(self, sending: Sending) -> None:
        for one in sending.sent:
            self.done_with(one.case_id)

    def recall(self) -> None:
        """Take back what was sent and is not yet received."""
        self._do("recall", {})

    def _do(self, name: str, data: dict[str, Any]) -> None:
        self._answer(name, self.view.case, data)

    def _answer(self, name: str, case: Any, data: Any) -> None:
        self.act(name, case, data, lambda _done: self.done_with(case.id))

    def _ask(self, name: str) -> None:
        self.ask_for(name, [Words("reason", self.tr("理由"), phrases=phrases(name))])

    def resume(self) -> None:
        """End a suspension before its time; the deadline that results is shown."""
        self.ask_for("resume", [Words("reason", self.tr("理由"), required=False, height=52)])

    def urge(self) -> None:
        """催办: a word to the unit, perhaps with a time by which it must answer."""
        self.ask_for("urge", direction_fields(self.context, "urge"), lambda _done: None)

    def split(self) -> None:
        """登记子案卷: the parts of a problem that others have to dispose of."""
        SplitDialog(self.context, self.view.base, self).open()

    def withdraw(self) -> None:
        """Take back a void that was proposed here and nobody has answered."""
        case = self.view.case
        request = case.pending("void")
        if request is not None:
            self.act("withdraw_request", case, {"request_id": request.id})

    def _to_coordination(self) -> None:
        self.context.show_panel("coordination")

    # ---- answering several --------------------------------------------------------------------------------------

    def grant(self) -> None:
        """Agree: to the application that is shown, or to all of its kind among the selected."""
        ids = self.list.ids()
        if len(ids) < 2:
            self.request.grant()
            return
        kind = self.view.request.request.kind
        ask_together(self, ids, kind, f"grant_{kind}")

    def refuse(self) -> None:
        """Do not agree: to the one that is shown, or to all of its kind among the selected."""
        ids = self.list.ids()
        if len(ids) < 2:
            self.request.refuse()
            return
        ask_together(self, ids, self.view.request.request.kind, "refuse_request")
