"""The coordination panel: disputes that lie before the own body, all that are open, and what nobody answers for yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from workstation.panels.common.card import CaseCard
from workstation.panels.common.dispute import DisputeCard, body_text, way_facts
from workstation.panels.common.fields import Given, Words
from workstation.panels.common.phrases import phrases
from workstation.panels.common.stage_panel import StagePanel, Tab
from workstation.panels.common.ways import Ways
from workstation.services.lists.filter import CaseFilter
from workstation.services.services import Services
from workstation.shell.widgets import ScrollBody
from workstation.workflow.event import Actor

from .decide import DecideCard
from .effect import CoordinationView, read_coordination
from .parties import PartiesCard

BUTTONS = frozenset({"withdraw_coordination", "escalate", "settle"})


class CoordinationPanel(StagePanel):
    """For those who decide whose a case is (MQ-26-UNCLEAR, TZ-15-DISPUTE), and for those who brought it before them."""

    key = "coordination"
    icon = "coordination"
    posts = frozenset({"dispatcher", "commander"})
    area = "right"

    @property
    def title(self) -> str:
        """The panel's name."""
        return self.tr("协调会商")

    def tabs(self, actor: Actor) -> list[Tab]:
        """What the actor's own bodies have to decide first; then all that is open, and what has to be settled."""
        book = self.context.services.handbook
        bodies = frozenset(key for key, body in book.bodies.items() if actor.post in body.posts)
        own = CaseFilter(open=True, coordinating=True, bodies=bodies)
        out = [Tab("mine", self.tr("待裁定"), own, self.tr("没有等待裁定的争议"))] if bodies else []
        out.append(
            Tab(
                "open",
                self.tr("协调中"),
                CaseFilter(open=True, coordinating=True),
                self.tr("没有正在协调的案卷"),
            )
        )
        if self.may_post("settle"):
            unsettled = CaseFilter(way="first", settled=False)
            out.append(Tab("settle", self.tr("待明责"), unsettled, self.tr("先行处置的案卷都已明确责任")))
        return out

    def reader(self) -> Callable[[Services, str, Actor], Any]:
        """Besides the case: the parties and what they have in hand."""
        return read_coordination

    def wants(self, view: CoordinationView) -> bool:
        """Open or decided disputes, and disposals that came first."""
        return bool(view.case.coordinations) or view.case.way == "first"

    def build(self) -> QWidget:
        """Card, dispute with its steps, parties, decision."""
        scroll = ScrollBody(margin=14)
        self.card = CaseCard(self.context)
        self.dispute = DisputeCard(self.context)
        self.parties = PartiesCard(self.context)
        self.decide = DecideCard(self.context)
        self.decide.ready.connect(self._ready)
        self.texts.add("decision", self.decide.decision)
        for part in (self.card, self.dispute, self.parties, self.decide):
            scroll.body.addWidget(part)
        scroll.body.addStretch(1)
        self.ways = Ways(self.context, self)
        bar = self.actions_bar
        bar.add("withdraw_coordination", self.tr("撤回协调"), self.ways.withdraw_coordination, "", "undo")
        bar.add("escalate", self.tr("报请裁定"), self.escalate, "", "arrow-up")
        bar.add("settle", self.tr("明确责任"), self.ways.settle, "primary", "check")
        bar.add("decide", self.tr("作出裁定"), self.rule, "primary", "check")
        return scroll

    def show_view(self, view: CoordinationView) -> None:
        """Show who says what, and what may be decided."""
        case, base = view.case, view.base
        self.ways.set_units(view.units)
        lead = base.unit_names.get(case.lead.unit, case.lead.unit) if case.lead else ""
        self.card.show_view(
            base,
            [
                (self.tr("现主办"), lead),
                (self.tr("退回次数"), self.tr("{n} 次").format(n=case.returns) if case.returns else ""),
                *way_facts(base),
            ],
        )
        self.dispute.show_view(base)
        self.parties.show_view(view)
        self.decide.show_view(view)
        offered = set(view.allowed & BUTTONS)
        if case.coordinating is not None and view.allowed & {"uphold", "assign"}:
            offered.add("decide")
        self.actions_bar.offer(offered)
        if view.next_body:
            self.actions_bar.button("escalate").setText(
                self.tr("报{body}").format(body=body_text(view.handbook, view.next_body))
            )

    def _ready(self, ready: bool) -> None:
        self.actions_bar.button("decide").setEnabled(ready)

    def rule(self) -> None:
        """Write the decision down: it binds, and the case goes where it says."""
        if not self.decide.complete():
            return
        case = self.view.case
        self.act(self.decide.name, case, self.decide.data(), lambda _done: self.done_with(case.id))

    def escalate(self) -> None:
        """报请裁定: the next body decides."""
        found = self.view.case.coordinating
        if found is None:
            return
        self.ask_for(
            "escalate",
            [
                Given("coordination_id", lambda: found.id),
                Words("note", self.tr("协调情况"), required=False, phrases=phrases("escalate"), height=60),
            ],
            title=self.actions_bar.button("escalate").text(),
        )
