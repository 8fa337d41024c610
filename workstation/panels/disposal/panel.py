"""The disposal panel: what a unit has to receive, has in hand and has fed back, and what its head or district decides."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from workstation.panels.common.card import CaseCard
from workstation.panels.common.directions import DirectionCard
from workstation.panels.common.dispute import DisputeCard, way_facts
from workstation.panels.common.drags import DropGuide
from workstation.panels.common.fields import Photos, Words
from workstation.panels.common.phrases import phrases
from workstation.panels.common.requests import RequestCard
from workstation.panels.common.stage_panel import StagePanel, Tab
from workstation.panels.common.together import ask_together
from workstation.panels.common.worklist import read_rows
from workstation.services.lists.filter import CaseFilter
from workstation.services.services import Services
from workstation.shell.context import AppContext
from workstation.shell.look.style import set_kind
from workstation.shell.texts.text import joined
from workstation.shell.widgets import ScrollBody, button, refresh_icons
from workstation.workflow.case import Order, State
from workstation.workflow.event import Actor

from .ask import AskDialog
from .cards import MilestoneCard, PendingCard
from .effect import DisposalView, read_disposal
from .feed import FeedCard
from .inside import InsideCard

ASKS = ("ask_return", "ask_extension", "ask_suspension", "ask_void")
FEEDING = ("feed_back", "feed_back_inside", "cooperate_feed_back")
IN_HAND = (State.RECEIVED, State.WORKING)
CROWDED = 5
"""With so many tabs a button beside them has an icon only."""
MANY = 2000
"""Receiving all takes this many at once at most."""


class DisposalPanel(StagePanel):
    """A unit's: its receiver receives, feeds back and applies; its head approves; a district passes cases on inside."""

    key = "disposal"
    icon = "disposal"
    posts = frozenset({"receiver", "unit_leader", "district_dispatcher"})
    area = "right"
    others_menu = "ask"
    foretold = (
        "receive",
        "receive_inside",
        "cooperate_receive",
        "on_scene",
        "feed_back",
        "feed_back_inside",
        "cooperate_feed_back",
        "withdraw_request",
    )

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._all = button("", "small", "inbox", self.receive_all)
        self._all.setToolTip(self.tr("接收列表中的全部案卷"))
        self._all.setAccessibleName(self.tr("全部接收"))
        self.add_tool(self._all)
        tree = self.inside.tree
        self.guide = DropGuide(
            context,
            tree,
            self,
            lambda: self.may_post("dispatch_inside"),
            self.inside.units,
            lambda _unit: "dispatch_inside",
        )
        self.list.drag_begun.connect(context.drags.begin)
        tree.drag_entered.connect(context.drags.begin)
        tree.dropped.connect(self.send_inside)
        context.drags.began.connect(self.guide.begin)
        context.drags.unit_given.connect(self.send_inside)

    @property
    def title(self) -> str:
        """The panel's name."""
        return self.tr("处置反馈")

    def tabs(self, actor: Actor) -> list[Tab]:
        """Only the unit's own cases; what the post has to decide comes first."""
        rules = self.context.services.handbook.rules

        def mine(*states: State, **more: Any) -> CaseFilter:
            return CaseFilter(open=True, within=actor.unit, states=states, **more)

        deciding = []
        if rules.leader_approves and self.may_post("approve_receipt"):
            deciding.append(
                Tab(
                    "approve",
                    self.tr("待批办"),
                    mine(*IN_HAND, approved=False, unit=actor.unit),
                    self.tr("没有待批办的案卷"),
                )
            )
        if rules.endorsed and self.may_post("endorse_request"):
            asked = tuple(CaseFilter(pending=kind, endorsed=False) for kind in rules.endorsed)
            deciding.append(
                Tab("endorse", self.tr("待审批"), mine(any_of=asked), self.tr("没有待审批的申请"))
            )
        new = Tab("new", self.tr("待接收"), self._to_receive(actor), self.tr("没有待接收的案卷"))
        hand = Tab("hand", self.tr("在办"), mine(*IN_HAND), self.tr("没有在办的案卷"))
        back = Tab(
            "back",
            self.tr("已反馈"),
            mine(State.FED_BACK, State.VERIFYING),
            self.tr("没有等待核查的案卷"),
        )
        if not self.may_post("dispatch_inside"):
            return [*deciding, new, hand, back]
        inside = Tab(
            "inside",
            self.tr("区内"),
            mine(*IN_HAND, inner_states=("sent", "received")),
            self.tr("没有派到区内单位的案卷"),
        )
        ready = Tab(
            "ready",
            self.tr("待上报"),
            mine(*IN_HAND, inner_states=("fed_back",)),
            self.tr("没有待上报的案卷"),
        )
        direct = Tab("hand", self.tr("待派"), mine(*IN_HAND, inner_states=("",)), self.tr("没有待派的案卷"))
        return [*deciding, new, direct, inside, ready, back]

    def _to_receive(self, actor: Actor) -> CaseFilter:
        """What the centre sent and nobody received, and what the district sent inside."""
        sent = CaseFilter(states=(State.DISPATCHED,))
        inner = CaseFilter(inner_unit=actor.unit, inner_states=("sent",))
        return CaseFilter(open=True, within=actor.unit, any_of=(sent, inner))

    def tab_shown(self) -> None:
        """Receiving all belongs to what is to be received."""
        self._all.setVisible(self.tab == "new" and self.may_post("receive"))
        self._all.setText(self.tr("全部接收") if len(self._tabs) < CROWDED else "")

    def reader(self) -> Callable[[Services, str, Actor], Any]:
        """Besides the case: why it came again, what waits for an answer, and whom it may be passed on to."""
        return read_disposal

    def wants(self, view: DisposalView) -> bool:
        """Only the unit's own."""
        orders = (view.case.lead, view.case.inner, *view.case.cooperating)
        return view.unit in {order.unit for order in orders if order is not None}

    def badges(self, row: Any) -> list[tuple[str, str]]:
        """Also what part the unit has in it, and what it has applied for."""
        out = super().badges(row)
        unit = self.context.actor.unit
        if row.inner_unit == unit:
            out.append((self.tr("区派"), "accent"))
        elif row.unit != unit:
            out.append((self.tr("协办"), "accent"))
        if row.pending:
            out.append(
                (self.tr("已申请{kind}").format(kind=self.context.label("requests", row.pending)), "accent")
            )
        return out

    # ---- how it looks -------------------------------------------------------------------------------------------

    def build(self) -> QWidget:
        """Card, words from above, milestones, applications, the unit inside, feedback."""
        scroll = ScrollBody(margin=14)
        self.card = CaseCard(self.context)
        self.directions = DirectionCard(self.context)
        self.directions.reply.connect(lambda case, data: self.act("reply", case, data))
        self.milestones = MilestoneCard(self.context)
        self.pending = PendingCard(self.context)
        self.request = RequestCard(self.context)
        self.request.answer.connect(self._answer)
        self.dispute = DisputeCard(self.context)
        self.inside = InsideCard(self.context)
        self.inside.ready.connect(lambda on: self.actions_bar.button("dispatch_inside").setEnabled(on))
        self.feed = FeedCard(self.context, self)
        self.note, self.photos = self.feed.note, self.feed.photos
        self.texts.add("note", self.note)
        self.texts.add("cost_note", self.feed.cost_note)
        self.texts.add("inside", self.inside.requirement)
        for part in (
            self.card,
            self.directions,
            self.milestones,
            self.request,
            self.pending,
            self.dispute,
            self.inside,
            self.feed,
        ):
            scroll.body.addWidget(part)
        scroll.body.addStretch(1)
        self._build_bar()
        return scroll

    def _build_bar(self) -> None:
        bar, label = self.actions_bar, self.context.label
        asks = {name: (label("arrows", name), partial(self.ask, name)) for name in ASKS}
        bar.add_menu("ask", self.tr("申请"), asks, self.tr("回退、延时、挂账、作废"))
        bar.add("withdraw_request", self.tr("撤销申请"), self._withdraw, "", "undo")
        bar.add("return_inside", self.tr("退回"), lambda: self._ask_why("return_inside"), "", "return")
        bar.add("recall_inside", self.tr("撤回派遣"), lambda: self._ask_why("recall_inside"), "", "undo")
        bar.add("progress", self.tr("进展反馈"), self.progress, "", "comment")
        bar.add("on_scene", self.tr("到场"), self._on_scene, "", "pin")
        bar.add("refuse", self.tr("不同意"), self.refuse)
        bar.add("receive", self.tr("接收"), self.receive, "primary", "inbox")
        bar.add("receive_inside", self.tr("接收"), lambda: self._do("receive_inside", {}), "primary", "inbox")
        bar.add("approve_receipt", self.tr("批办"), self.approve, "primary", "check")
        bar.add("endorse", self.tr("同意申请"), self.endorse, "primary", "check")
        bar.add(
            "cooperate_receive",
            self.tr("协同接收"),
            lambda: self._do("cooperate_receive", {}),
            "primary",
            "inbox",
        )
        bar.add("dispatch_inside", self.tr("二次派遣"), self._send_chosen, "primary", "send")
        feeding = {"feed_back": self.tr("反馈"), "feed_back_inside": self.tr("反馈")}
        for name in FEEDING:
            words = feeding.get(name, self.tr("协同反馈"))
            bar.add(name, words, partial(self._feed_back, name), "primary", "send")

    def show_view(self, view: DisposalView) -> None:
        """Show what the unit must do and until when."""
        case, base = view.case, view.base
        lead = base.unit_names.get(case.lead.unit, case.lead.unit) if case.lead else ""
        inner = view.inner
        self.card.show_view(
            base,
            [
                (self.tr("处置要求"), case.requirement),
                (self.tr("区内要求"), inner.requirement if inner is not None else ""),
                (self.tr("结案标准"), case.closing_standard),
                (self.tr("主办单位"), "" if view.leads else lead),
                (self.tr("区内派往"), self._inner_text(view) if view.leads else ""),
                (self.tr("协办单位"), joined(self._order_text(view, order) for order in case.cooperating)),
                (self.tr("再次处置"), view.again),
                (self.tr("核查意见"), view.verdict),
                *way_facts(base),
            ],
        )
        self.directions.show_view(base)
        self.milestones.show_view(view)
        self.pending.show_view(view)
        effect = view.request
        deciding = effect is not None and (effect.may_endorse or effect.may_grant)
        self.request.show_request(base, effect if deciding else None)
        self.dispute.show_view(base)
        self.inside.show_view(view)
        feeding = next((name for name in self._feeding(view)), "")
        waits = self._waits_for(view, feeding)
        self.feed.setVisible(bool(feeding or waits))
        self.feed.show_view(view, feeding, waits or self._feed_title(view, feeding))
        self.actions_bar.offer(self._offered(view, deciding))
        self.actions_bar.button("endorse").setEnabled(self.request.possible)

    def _feeding(self, view: DisposalView) -> list[str]:
        """The feedbacks that can be given now: none before the order was received."""
        first = {"feed_back_inside": "receive_inside", "cooperate_feed_back": "cooperate_receive"}
        return [name for name in FEEDING if view.may(name) and not view.may(first.get(name, ""))]

    def _offered(self, view: DisposalView, deciding: bool) -> set[str]:
        bar = self.actions_bar
        offered = set(view.allowed) - {"ask", "refuse", "endorse"}
        if deciding:
            # Who decides about an application does not take it back as well.
            offered = offered - {"withdraw_request", *ASKS} | self.request.offers()
        if not view.case.key_case:
            offered.discard("progress")
        offered -= set(FEEDING) - set(self._feeding(view))
        lead = view.case.lead
        if lead is not None and lead.approved_at is not None:
            offered.discard("approve_receipt")
        mark = self._next_mark()
        bar.button("on_scene").setText(view.handbook.milestones[mark].label if mark else self.tr("到场"))
        # One of the two is the usual one: passing on, until a unit inside has it.
        passing = "dispatch_inside" in offered
        set_kind(bar.button("feed_back"), "" if passing else "primary")
        refresh_icons(bar)
        return offered

    def _waits_for(self, view: DisposalView, feeding: str) -> str:
        """Why the lead cannot feed back yet, "" where it can or has nothing to."""
        if feeding or not view.leads or view.case.state not in IN_HAND or not self.may_post("feed_back"):
            return ""
        inner, lead = view.case.inner, view.case.lead
        if inner is not None and inner.fed_back_at is None:
            return self.tr("待区内单位反馈后方可上报")
        if any(order.fed_back_at is None for order in view.case.cooperating):
            return self.tr("待协办单位反馈后方可反馈")
        if view.handbook.rules.leader_approves and lead is not None and lead.approved_at is None:
            return self.tr("待单位负责人批办后方可处置")
        return ""

    def _feed_title(self, view: DisposalView, feeding: str) -> str:
        if feeding == "cooperate_feed_back":
            return self.tr("协同反馈")
        if feeding == "feed_back" and view.case.inner is not None:
            return self.tr("处置反馈（上报）")
        return self.tr("处置反馈")

    def _inner_text(self, view: DisposalView) -> str:
        order = view.case.inner
        if order is None:
            return ""
        words = self._order_text(view, order)
        return f"{words}：{order.note}" if order.note else words

    def _order_text(self, view: DisposalView, order: Order) -> str:
        name = view.base.unit_names.get(order.unit, order.unit)
        if order.fed_back_at:
            return self.tr("{unit}（已反馈）").format(unit=name)
        return self.tr("{unit}（已接收）").format(unit=name) if order.received_at else name

    def trial_data(self, name: str) -> dict[str, Any] | None:
        """As if it were sent now; the next milestone is meant where there is one."""
        if name == "on_scene":
            mark = self._next_mark()
            return {"milestone": mark} if mark else {}
        if name == "withdraw_request":
            request = self.view.own_request
            return {"request_id": request.id} if request is not None else None
        return {"cost": 0.0} if name == "feed_back" and self.view.case.way else {}

    # ---- doing --------------------------------------------------------------------------------------------------

    def _do(self, name: str, data: dict[str, Any]) -> None:
        case = self.view.case
        self.act(name, case, data, lambda _done: self.list.advance_from(case.id))

    def _answer(self, name: str, case: Any, data: Any) -> None:
        self.act(name, case, data, lambda _done: self.done_with(case.id))

    def _next_mark(self) -> str:
        """The first milestone of the case that is not reached yet, "" where it has none."""
        marks = self.view.handbook.milestones
        return next((c.name for c in self.view.case.running() if c.name in marks), "")

    def _on_scene(self) -> None:
        mark = self._next_mark()
        self._do("on_scene", {"milestone": mark} if mark else {})

    def receive(self) -> None:
        """Receive the case, or all that are selected in the list."""
        several = self.list.ids()
        if len(several) < 2:
            self._do("receive", {})
            return
        self.context.tasks.run(
            self.context.lists.rows,
            several,
            owner=self,
            on_done=lambda rows: self._receive_rows((rows, None)),
        )

    def receive_all(self) -> None:
        """Receive everything that waits; each result is told."""
        tab = next(tab for tab in self._tabs if tab.key == "new")
        self.context.tasks.run(
            read_rows, self.context.lists, tab.wanted, None, MANY, owner=self, on_done=self._receive_rows
        )

    def _receive_rows(self, result: tuple[list[Any], Any]) -> None:
        unit = self.context.actor.unit
        sent = [row for row in result[0] if row.unit == unit and row.state == State.DISPATCHED]
        inner = [row for row in result[0] if row.inner_unit == unit]
        if sent:
            self.context.execute_many("receive", sent, {}, owner=self)
        if inner:
            self.context.execute_many("receive_inside", inner, {}, owner=self)
        if not sent and not inner:
            self.context.notify(self.tr("没有待接收的案卷"))

    def _feed_back(self, name: str) -> None:
        case = self.view.case

        def done(_result: Any) -> None:
            self.feed.used(case.id)
            self.done_with(case.id)

        self.act(name, case, self.feed.data(self.view, name), done)

    def progress(self) -> None:
        """进展反馈: how a key case stands; its own clock starts anew (TZ-3-KEY)."""
        self.ask_for(
            "progress",
            [
                Words("note", self.tr("进展情况"), phrases=phrases("progress")),
                Photos(self.context, "photos", self.tr("照片"), "other", self),
            ],
        )

    def ask(self, name: str) -> AskDialog:
        """Open the application of that kind."""
        case = self.view.case
        dialog = AskDialog(self.context, name, self.view, lambda data: self.act(name, case, data), self)
        dialog.open()
        return dialog

    def _withdraw(self) -> None:
        request = self.view.own_request
        if request is not None:
            self._do("withdraw_request", {"request_id": request.id})

    # ---- the unit's head ----------------------------------------------------------------------------------------

    def approve(self) -> None:
        """批办: the case, or all that are selected, may be handled (MQ-22-RECEIVE)."""
        self.ask_for(
            "approve_receipt",
            [Words("note", self.tr("批办意见"), required=False, phrases=phrases("approve"), height=60)],
            many=True,
        )

    def endorse(self) -> None:
        """Agree to the unit's application; the dispatcher answers it next."""
        ids = self.list.ids()
        if len(ids) < 2:
            self.request.endorse()
        else:
            ask_together(self, ids, self.view.request.request.kind, "endorse_request")

    def refuse(self) -> None:
        """Do not agree; the application ends here."""
        self.request.refuse()

    # ---- inside a district --------------------------------------------------------------------------------------

    def _send_chosen(self) -> None:
        data = self.inside.data()
        self.send_inside(self.list.ids() or [self.view.case.id], str(data["unit"]))

    def send_inside(self, ids: Any, unit: str) -> None:
        """Pass cases on to a unit below, by button or by a drag onto tree or map; each result is told."""
        if not unit or not self.may_post("dispatch_inside"):
            return
        data = {**self.inside.data(), "unit": unit}
        self.context.tasks.run(
            self.context.lists.rows,
            list(ids),
            owner=self,
            on_done=lambda rows: self._pass_on(rows, data),
        )

    def _pass_on(self, rows: list[Any], data: dict[str, Any]) -> None:
        def done(results: Any) -> None:
            for one in results if isinstance(results, list) else [results]:
                if not isinstance(one, BaseException):
                    self.done_with(one.case.id)
            self.reload()

        undo = ("recall_inside", {"reason": self.tr("撤销")})
        if len(rows) == 1:
            self.context.execute("dispatch_inside", rows[0], data, done, owner=self, undo=undo)
        elif rows:
            self.context.execute_many("dispatch_inside", rows, data, done, owner=self, undo=undo)

    def _ask_why(self, name: str) -> None:
        self.ask_for(name, [Words("reason", self.tr("理由"), phrases=phrases(name), height=60)])
