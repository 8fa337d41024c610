"""The disposal panel: what the receiver's unit has to receive, has in hand, and has fed back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QMenu, QPlainTextEdit, QWidget

from workstation.panels.common.card import CaseCard
from workstation.panels.common.photos import PhotoEntry
from workstation.panels.common.phrases import phrases
from workstation.panels.common.stage_panel import StagePanel, Tab
from workstation.panels.common.worklist import read_rows
from workstation.services.filter import CaseFilter
from workstation.services.services import Services
from workstation.shell.context import AppContext
from workstation.shell.widgets import Card, FormRow, PhraseBar, ScrollBody, SectionHeader, button
from workstation.workflow.case import Order, State
from workstation.workflow.event import Actor

from .ask import AskDialog
from .cards import MilestoneCard, PendingCard
from .effect import DisposalView, read_disposal

ASKS = ("ask_return", "ask_extension", "ask_suspension", "ask_void")
MANY = 2000
"""Receiving all takes this many at once at most."""


class DisposalPanel(StagePanel):
    """A unit's receiver: receive one or all, report the arrival, feed back with photographs, or apply."""

    key = "disposal"
    icon = "disposal"
    posts = frozenset({"receiver", "unit_leader"})
    area = "right"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        self._photos_of: dict[str, list[dict[str, str]]] = {}
        self._photo_case = ""
        super().__init__(context, parent)
        self._all = button(self.tr("全部接收"), "small", on_click=self.receive_all)
        self.add_tool(self._all)

    @property
    def title(self) -> str:
        """The panel's name."""
        return self.tr("处置反馈")

    def tabs(self, actor: Actor) -> list[Tab]:
        """Only the unit's own cases, led or cooperated in."""

        def mine(*states: State) -> CaseFilter:
            return CaseFilter(open=True, within=actor.unit, states=states)

        return [
            Tab("new", self.tr("待接收"), mine(State.DISPATCHED), self.tr("没有待接收的案卷")),
            Tab("hand", self.tr("在办"), mine(State.RECEIVED, State.WORKING), self.tr("没有在办的案卷")),
            Tab(
                "back",
                self.tr("已反馈"),
                mine(State.FED_BACK, State.VERIFYING),
                self.tr("没有等待核查的案卷"),
            ),
        ]

    def tab_shown(self) -> None:
        """Receiving all belongs to what is to be received."""
        self._all.setVisible(self.tab == "new" and self.context.actor.post == "receiver")

    def reader(self) -> Callable[[Services, str, Actor], Any]:
        """Besides the case: why it came again."""
        return read_disposal

    def wants(self, view: DisposalView) -> bool:
        """Only the unit's own."""
        units = {order.unit for order in (view.case.lead, *view.case.cooperating) if order is not None}
        return view.unit in units

    def badges(self, row: Any) -> list[tuple[str, str]]:
        """Also whether the unit only cooperates, and what it has applied for."""
        out = super().badges(row)
        if row.unit != self.context.actor.unit:
            out.append((self.tr("协办"), "accent"))
        if row.pending:
            out.append(
                (self.tr("已申请{kind}").format(kind=self.context.label("requests", row.pending)), "accent")
            )
        return out

    # ---- how it looks -------------------------------------------------------------------------------------------

    def build(self) -> QWidget:
        """Card, milestones, application under way, feedback."""
        scroll = ScrollBody(margin=14)
        self.card = CaseCard(self.context)
        scroll.body.addWidget(self.card)
        self.milestones = MilestoneCard(self.context)
        scroll.body.addWidget(self.milestones)
        self.pending = PendingCard(self.context)
        scroll.body.addWidget(self.pending)
        self._feed = Card()
        self._feed_head = SectionHeader("")
        self._feed.body.addWidget(self._feed_head)
        self.note = QPlainTextEdit()
        self.note.setFixedHeight(76)
        self.note.setTabChangesFocus(True)
        self.note.setPlaceholderText(self.tr("怎样处置、结果如何"))
        self.texts.add("note", self.note)
        self._feed.body.addWidget(FormRow(self.tr("处置说明"), self.note))
        self._feed.body.addWidget(PhraseBar(phrases("feed_back"), self.note))
        self.photos = PhotoEntry(self.context, "after", self)
        self._feed.body.addWidget(FormRow(self.tr("处置后照片"), self.photos))
        scroll.body.addWidget(self._feed)
        scroll.body.addStretch(1)
        bar = self.actions_bar
        asking = bar.add("ask", self.tr("申请"), lambda: None, tip=self.tr("回退、延时、挂账、作废"))
        self._menu = QMenu(asking)
        for name in ASKS:
            self._menu.addAction(self.context.label("arrows", name)).setData(name)
        self._menu.triggered.connect(lambda action: self.ask(action.data()))
        asking.setMenu(self._menu)
        bar.add("withdraw_request", self.tr("撤销申请"), self._withdraw, "", "undo")
        bar.add("on_scene", self.tr("到场"), self._on_scene, "", "pin")
        bar.add("receive", self.tr("接收"), self.receive, "primary", "inbox")
        bar.add(
            "cooperate_receive",
            self.tr("协同接收"),
            lambda: self._do("cooperate_receive", {}),
            "primary",
            "inbox",
        )
        bar.add("feed_back", self.tr("反馈"), lambda: self._feed_back("feed_back"), "primary", "send")
        bar.add(
            "cooperate_feed_back",
            self.tr("协同反馈"),
            lambda: self._feed_back("cooperate_feed_back"),
            "primary",
            "send",
        )
        return scroll

    def show_view(self, view: DisposalView) -> None:
        """Show what the unit must do and until when."""
        case, base = view.case, view.base
        lead = base.unit_names.get(case.lead.unit, case.lead.unit) if case.lead else ""
        self.card.show_view(
            base,
            [
                (self.tr("处置要求"), case.requirement),
                (self.tr("结案标准"), case.closing_standard),
                (self.tr("主办单位"), "" if view.leads else lead),
                (self.tr("协办单位"), "、".join(self._order_text(view, order) for order in case.cooperating)),
                (self.tr("再次处置"), view.again),
                (self.tr("核查意见"), view.verdict),
            ],
        )
        self.milestones.show_view(view)
        self.pending.show_view(view)
        self._keep_photos(case.id)
        feeding = bool(view.allowed & {"feed_back", "cooperate_feed_back"})
        waiting = view.leads and case.state in (State.RECEIVED, State.WORKING) and not feeding
        self._feed.setVisible(feeding or waiting)
        self._feed_head.set_title(
            self.tr("待协办单位反馈后方可反馈")
            if waiting
            else self.tr("处置反馈")
            if view.leads
            else self.tr("协同反馈")
        )
        mark = self._next_mark()
        self.actions_bar.button("on_scene").setText(
            view.handbook.milestones[mark].label if mark else self.tr("到场")
        )
        offered = set(view.allowed) - {"ask"}
        asks = [name for name in ASKS if name in view.allowed]
        for action in self._menu.actions():
            action.setVisible(action.data() in asks)
        if asks:
            offered.add("ask")
        if "cooperate_receive" in offered:
            offered.discard("cooperate_feed_back")
        self.actions_bar.offer(offered)

    def _order_text(self, view: DisposalView, order: Order) -> str:
        name = view.base.unit_names.get(order.unit, order.unit)
        if order.fed_back_at:
            return self.tr("{unit}（已反馈）").format(unit=name)
        return self.tr("{unit}（已接收）").format(unit=name) if order.received_at else name

    def _keep_photos(self, case_id: str) -> None:
        """Photographs added and not yet sent stay with their case."""
        if case_id != self._photo_case:
            if self._photo_case:
                self._photos_of[self._photo_case] = self.photos.photos()
            self._photo_case = case_id
            self.photos.set_photos(self._photos_of.get(case_id, []))

    # ---- doing --------------------------------------------------------------------------------------------------

    def _do(self, name: str, data: dict[str, Any]) -> None:
        case = self.view.case
        self.act(name, case, data, lambda _done: self.list.advance_from(case.id))

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
        rows = [row for row in result[0] if row.unit == self.context.actor.unit]
        if rows:
            self.context.execute_many("receive", rows, {}, owner=self)
        else:
            self.context.notify(self.tr("没有待接收的案卷"))

    def _feed_back(self, name: str) -> None:
        case = self.view.case
        data: dict[str, Any] = {}
        if note := self.note.toPlainText().strip():
            data["note"] = note
        if photos := self.photos.photos():
            data["photos"] = photos

        def done(_result: Any) -> None:
            self._photos_of.pop(case.id, None)
            if self._photo_case == case.id:
                self.photos.clear()
            self.done_with(case.id)

        self.act(name, case, data, done)

    def ask(self, name: str) -> AskDialog:
        """Open the application of that kind."""
        case = self.view.case
        dialog = AskDialog(
            self.context,
            name,
            self.view,
            lambda data: self.act(name, case, data),
            self,
        )
        dialog.open()
        return dialog

    def _withdraw(self) -> None:
        request = self.view.case.pending()
        if request is not None:
            self._do("withdraw_request", {"request_id": request.id})
