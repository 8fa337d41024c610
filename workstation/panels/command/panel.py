"""The dock of operations: which are going on, what was ordered, and how far each unit is, as it happens."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from workstation.panels.case.grid import facts_grid, wrapped
from workstation.panels.common.actions import ActionBar
from workstation.panels.common.adaptive import AdaptiveSplitter
from workstation.panels.common.fieldsdialog import FieldsDialog
from workstation.services.centre.operations import NOTE, OperationInfo
from workstation.shell.context import AppContext
from workstation.shell.panel import Panel
from workstation.shell.texts import text
from workstation.shell.widgets import (
    Badge,
    Card,
    EmptyState,
    ReasonDialog,
    ScrollBody,
    SectionHeader,
    SegmentBar,
    button,
    empty,
    refresh_icons,
)

from .dialogs import open_form, order_form
from .order import OrderCard
from .reading import OperationLine, OperationView, read_operation, read_operations
from .words import kind_text, step_text

SETTLE_MILLISECONDS = 120
ID = Qt.ItemDataRole.UserRole


class CommandPanel(Panel):
    """Operations. Who commands opens, orders and ends them; a unit's people see those they were called to, and respond."""

    key = "command"
    icon = "command"
    area = "right"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.view: OperationView | None = None
        self._wanted = ""
        self._stale = True
        self._cards: dict[int, OrderCard] = {}
        upper = QWidget()
        top = QVBoxLayout(upper)
        top.setContentsMargins(10, 10, 10, 0)
        top.setSpacing(8)
        self.tabs = SegmentBar([("open", self.tr("进行中")), ("closed", self.tr("已结束"))])
        self.tabs.changed.connect(lambda _key: self.reload())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.tabs, 1)
        self.open_button = button(self.tr("发起调度"), "", "plus", self.open_operation)
        self.open_button.hide()
        row.addWidget(self.open_button)
        top.addLayout(row)
        self.list = QListWidget()
        self.list.setMinimumHeight(90)
        self.list.currentItemChanged.connect(self._chosen)
        top.addWidget(self.list, 1)
        self._pages = QStackedWidget()
        self.empty = EmptyState("command", self.tr("没有进行中的调度"), "")
        self._pages.addWidget(self.empty)
        self._scroll = ScrollBody()
        self._pages.addWidget(self._scroll)
        self._make_body()
        self.actions_bar = ActionBar(self)
        self.actions_bar.add("note", self.tr("记事"), self.write_note, icon="comment")
        self.actions_bar.add("close", self.tr("结束调度"), self.close_operation, icon="check")
        self.actions_bar.add("order", self.tr("下达指令"), self.send_order, "primary", "urge")
        lower = QWidget()
        box = QVBoxLayout(lower)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._pages, 1)
        box.addWidget(self.actions_bar)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(AdaptiveSplitter(upper, lower, 210))
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MILLISECONDS)
        self._settle.timeout.connect(self.reload)
        context.changed.connect(self._changed)
        context.minute.connect(self._minute)
        context.theme_changed.connect(self._redraw)
        self.actions_bar.offer(())

    @property
    def title(self) -> str:
        return self.tr("指挥调度")

    def _make_body(self) -> None:
        body = self._scroll.body
        self.head = SectionHeader("", icon="command")
        self.kind = Badge(tone="accent_hover")
        self.head.add(self.kind)
        body.addWidget(self.head)
        self._facts = QWidget()
        self._facts_box = QVBoxLayout(self._facts)
        self._facts_box.setContentsMargins(0, 0, 0, 0)
        body.addWidget(self._facts)
        self._orders = QVBoxLayout()
        self._orders.setSpacing(10)
        body.addLayout(self._orders)
        self._log = Card(kind="inset", spacing=4)
        self._log.body.addWidget(SectionHeader(self.tr("记事"), icon="list"))
        self._log_lines = QVBoxLayout()
        self._log.body.addLayout(self._log_lines)
        body.addWidget(self._log)
        body.addStretch(1)

    # ---- reading ------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.reload()

    def _changed(self, changes: Any) -> None:
        if changes.topics & {"operation", "unit"}:
            if self.isVisible():
                self._settle.start()
            else:
                self._stale = True

    def _minute(self) -> None:
        if self.isVisible() and self.view is not None and self.view.info.open:
            self._show(self.view)

    def reload(self) -> None:
        """Read the list again, and the operation that is looked at."""
        context = self.context
        self.open_button.setVisible(context.services.operations.may_command(context.actor))
        context.tasks.run(
            read_operations,
            context.services,
            context.actor,
            self.tabs.current == "open",
            owner=self,
            key="operations",
            on_done=self._listed,
        )

    def _listed(self, found: list[OperationLine]) -> None:
        open_ones = self.tabs.current == "open"
        if open_ones:
            self.tabs.set_count("open", len(found) or None)
        self.list.blockSignals(True)
        self.list.clear()
        now = self.context.services.now()
        for line in found:
            words = self.tr("{title}\n{kind} · {time} · 响应 {n}/{all}").format(
                title=line.info.title,
                kind=kind_text(line.info.kind),
                time=text.time_text(line.info.opened_at, now),
                n=line.answered,
                all=line.called,
            )
            item = QListWidgetItem(words)
            item.setData(ID, line.info.id)
            item.setSizeHint(QSize(0, 48))
            self.list.addItem(item)
        ids = [line.info.id for line in found]
        at = ids.index(self._wanted) if self._wanted in ids else 0 if ids else -1
        self.list.setCurrentRow(at)
        self.list.blockSignals(False)
        self.empty.set_text(self.tr("没有进行中的调度") if open_ones else self.tr("没有已结束的调度"))
        self._chosen()

    def _chosen(self, _new: object = None, _old: object = None) -> None:
        item = self.list.currentItem()
        self._wanted = str(item.data(ID)) if item is not None else ""
        if not self._wanted:
            self.view = None
            self._pages.setCurrentIndex(0)
            self.actions_bar.offer(())
            return
        context = self.context
        context.tasks.run(
            read_operation,
            context.services,
            self._wanted,
            context.actor,
            owner=self,
            key="operation",
            on_done=self._show,
        )

    def _show(self, view: OperationView) -> None:
        if view.info.id != self._wanted:
            return
        fresh = self.view is None or self.view.info.id != view.info.id
        self.view = view
        self._pages.setCurrentIndex(1)
        self._show_head(view)
        self._show_orders(view, fresh)
        self._show_log(view)
        self.actions_bar.offer(("note", "close", "order") if view.commands and view.info.open else ())

    def _show_head(self, view: OperationView) -> None:
        info, name = view.info, self.context.name_of
        self.head.set_title(info.title)
        self.kind.set(kind_text(info.kind) if info.open else self.tr("已结束"))
        empty(self._facts_box)
        holder = QWidget()
        rows = [
            (
                self.tr("发起"),
                f"{name(info.opened_by)} · {text.time_text(info.opened_at)}",
            ),
            (
                self.tr("结束"),
                f"{name(info.closed_by)} · {text.time_text(info.closed_at)}" if info.closed_at else "",
            ),
            (self.tr("说明"), info.note),
            (self.tr("应急预案"), view.plan.label if view.plan is not None else ""),
            (self.tr("步骤"), " → ".join(view.plan.steps) if view.plan is not None and view.commands else ""),
        ]
        holder.setLayout(facts_grid(rows))
        self._facts_box.addWidget(holder)

    def _show_orders(self, view: OperationView, fresh: bool) -> None:
        """The orders, the newest first. Cards stay while the same operation is looked at: a choice in them is kept."""
        if fresh:
            empty(self._orders)
            self._cards = {}
        now = self.context.services.now() if view.info.open else view.info.closed_at
        for order in sorted({response.order for response in view.responses}):
            if order not in self._cards:
                card = OrderCard(self.context)
                card.said.connect(self._respond)
                self._orders.insertWidget(0, card)
                self._cards[order] = card
            responses = [response for response in view.responses if response.order == order]
            self._cards[order].show_order(view, responses, now or self.context.services.now())

    def _show_log(self, view: OperationView) -> None:
        empty(self._log_lines)
        lines = []
        for event in view.events:
            words = str(event.data.get("text") or event.data.get("note") or "")
            if event.kind == NOTE or (words and event.unit):
                who = self.context.name_of(event.unit) if event.unit else event.actor_name
                step = "" if event.kind == NOTE else step_text(event.kind) + "，"
                lines.append(f"{text.time_text(event.at)}　{who}：{step}{words}")
            elif event.kind == "close":
                words = words or self.tr("调度结束")
                lines.append(f"{text.time_text(event.at)}　{event.actor_name}：{words}")
        for words in reversed(lines):
            self._log_lines.addWidget(wrapped(words))
        self._log.setVisible(bool(lines))

    # ---- doing --------------------------------------------------------------------------------------------------

    def _respond(self, order: int, unit: str, step: str) -> None:
        context, operation_id = self.context, self._wanted
        services, actor = context.services, context.actor
        context.tasks.run(
            lambda: services.operations.respond(operation_id, order, unit, step, actor),
            owner=self,
            priority=1,
            on_done=lambda _event: self.reload(),
            on_error=self._refused,
        )

    def _refused(self, error: BaseException) -> None:
        self.context.say_error(error)
        self.reload()

    def open_operation(self) -> None:
        """Ask what for and whom; the new operation is looked at."""

        def made(info: OperationInfo) -> None:
            self._wanted = info.id
            self.tabs.choose("open")
            self.reload()

        self._with_units(lambda units: open_form(self.context, units, made, self.window()))

    def send_order(self) -> None:
        """A further order in the operation looked at."""
        view = self.view
        if view is None:
            return
        called = list(dict.fromkeys(response.unit for response in view.responses))

        def ask(units: list[Any]) -> FieldsDialog:
            return order_form(
                self.context, view.info.id, units, called, lambda _made: self.reload(), self.window()
            )

        self._with_units(ask)

    def _with_units(self, then: Any) -> None:
        self.context.tasks.run(self.context.services.units.all, owner=self, key="units", on_done=then)

    def write_note(self) -> None:
        """Write something down."""
        self._write(self.tr("记事"), note=True)

    def close_operation(self) -> None:
        """End it; how it went may be said."""
        self._write(self.tr("结束调度"), note=False)

    def _write(self, title: str, *, note: bool) -> None:
        operation_id, context = self._wanted, self.context

        def do(words: str) -> None:
            operations, actor = context.services.operations, context.actor
            work = (
                (lambda: operations.note(operation_id, words, actor))
                if note
                else (lambda: operations.close(operation_id, actor, words))
            )
            context.tasks.run(
                work,
                owner=self,
                priority=1,
                on_done=lambda _made: self.reload(),
                on_error=self._refused,
            )

        ReasonDialog.ask(
            self.window(),
            title,
            do,
            caption=self.tr("内容") if note else self.tr("总结"),
            ok_text=title,
            required=note,
        )

    def _redraw(self) -> None:
        refresh_icons(self)
        if self.view is not None:
            self._show(self.view)
