"""The dock of the shift handover: take over what was left, hand over what one leaves, look up what was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workstation.panels.case.grid import facts_grid, wrapped
from workstation.panels.common.actions import ActionBar
from workstation.services.centre.handover import HandoverInfo, Summary
from workstation.services.centre.people import Person
from workstation.services.services import Services
from workstation.shell.context import AppContext
from workstation.shell.pace import Pace
from workstation.shell.panel import Panel
from workstation.shell.texts import text
from workstation.shell.widgets import (
    Card,
    EmptyState,
    FormRow,
    PhraseBar,
    ScrollBody,
    SectionHeader,
    SegmentBar,
    empty,
    refresh_icons,
)
from workstation.workflow.event import Actor

from .summary import SummaryView

SETTLE_MILLISECONDS = 400
ID = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Shift:
    """What the panel shows: what waits to be taken over, the own shift so far, its people, the handovers before."""

    waiting: HandoverInfo | None
    summary: Summary
    people: list[Person]
    history: list[HandoverInfo]


def read_shift(services: Services, actor: Actor) -> Shift:
    """Read a post's shift."""
    handover = services.handover
    people = [
        person
        for person in services.people.with_post(actor.post)
        if person.id != actor.person and (not actor.unit or person.unit == actor.unit)
    ]
    return Shift(handover.waiting(actor), handover.summary(actor), people, handover.history(actor))


class HandoverPanel(Panel):
    """The post's own: of a unit's post, the unit's."""

    key = "handover"
    icon = "handover"
    area = "right"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.shift: Shift | None = None
        self._stale = True
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        holder = QWidget()
        row = QVBoxLayout(holder)
        row.setContentsMargins(12, 10, 12, 2)
        self.tabs = SegmentBar([("shift", self.tr("本班")), ("history", self.tr("交班记录"))])
        self.tabs.changed.connect(self._tab_chosen)
        row.addWidget(self.tabs)
        box.addWidget(holder)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._make_shift())
        self.pages.addWidget(self._make_history())
        box.addWidget(self.pages, 1)
        self.actions_bar = ActionBar(self)
        self.actions_bar.add("accept", self.tr("确认接班"), self.accept, "primary", "check")
        self.actions_bar.add("hand_over", self.tr("交班"), self.hand_over, "primary", "handover")
        box.addWidget(self.actions_bar)
        self._settle = Pace(self, SETTLE_MILLISECONDS, self.reload)
        context.changed.connect(self._changed)
        context.theme_changed.connect(lambda: refresh_icons(self))
        self.actions_bar.offer(())

    @property
    def title(self) -> str:
        return self.tr("交接班")

    def _make_shift(self) -> QWidget:
        scroll = ScrollBody()
        self.waiting = Card(kind="warn")
        self.waiting_head = SectionHeader("", icon="handover")
        self.waiting.body.addWidget(self.waiting_head)
        self.waiting_note = wrapped("", "")
        self.waiting.body.addWidget(self.waiting_note)
        self.waiting_summary = SummaryView(self.context)
        self.waiting.body.addWidget(self.waiting_summary)
        self.accept_note = QPlainTextEdit()
        self.accept_note.setFixedHeight(56)
        self.accept_note.setTabChangesFocus(True)
        self.waiting.body.addWidget(FormRow(self.tr("接班说明"), self.accept_note))
        scroll.body.addWidget(self.waiting)
        self.own = Card()
        self.own.body.addWidget(SectionHeader(self.tr("本班情况"), icon="clock"))
        self.summary = SummaryView(self.context)
        self.own.body.addWidget(self.summary)
        self.to = QComboBox()
        self.own.body.addWidget(FormRow(self.tr("交给"), self.to))
        self.note = QPlainTextEdit()
        self.note.setFixedHeight(96)
        self.note.setTabChangesFocus(True)
        self.own.body.addWidget(FormRow(self.tr("交班说明"), self.note))
        phrases = (
            self.tr("无特殊情况"),
            self.tr("有应急案卷正在处置，请持续跟踪"),
            self.tr("有反映人待回复"),
            self.tr("设备运行正常"),
        )
        self.own.body.addWidget(PhraseBar(phrases, self.note))
        scroll.body.addWidget(self.own)
        scroll.body.addStretch(1)
        return scroll

    def _make_history(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(12, 10, 12, 10)
        box.setSpacing(8)
        self.history = QListWidget()
        self.history.setMinimumHeight(90)
        self.history.currentRowChanged.connect(self._show_past)
        box.addWidget(self.history, 2)
        self.past = QStackedWidget()
        self.past.addWidget(EmptyState("handover", self.tr("还没有交班记录")))
        scroll = ScrollBody(margin=0)
        self._past_facts = QVBoxLayout()
        scroll.body.addLayout(self._past_facts)
        self.past_summary = SummaryView(self.context)
        scroll.body.addWidget(self.past_summary)
        scroll.body.addStretch(1)
        self.past.addWidget(scroll)
        box.addWidget(self.past, 3)
        return page

    # ---- reading ------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.reload()

    def _changed(self, changes: Any) -> None:
        if changes.cases or changes.topics & {"handover", "person"}:
            if self.isVisible():
                self._settle.ask(changes)
            else:
                self._stale = True

    def reload(self) -> None:
        """Read the shift again."""
        self.context.tasks.run(
            read_shift,
            self.context.services,
            self.context.actor,
            owner=self,
            key="shift",
            on_done=self._show,
        )

    def _show(self, shift: Shift) -> None:
        self.shift = shift
        waiting = shift.waiting
        self.waiting.setVisible(waiting is not None)
        self.own.setVisible(waiting is None)
        if waiting is not None:
            self.waiting_head.set_title(
                self.tr("{who} 于 {time} 交班，请接班").format(
                    who=self.context.name_of(waiting.from_person),
                    time=text.time_text(waiting.at, self.context.services.now()),
                )
            )
            self.waiting_note.setText(waiting.note or self.tr("没有交班说明"))
            self.waiting_summary.show_summary(waiting.summary)
        self.summary.show_summary(shift.summary)
        chosen = self.to.currentData()
        self.to.clear()
        self.to.addItem(self.tr("下一班（谁接班都可以）"), "")
        for person in shift.people:
            self.to.addItem(person.name, person.id)
        self.to.setCurrentIndex(max(0, self.to.findData(chosen)))
        self._show_history(shift.history)
        self._offer()

    def _show_history(self, history: list[HandoverInfo]) -> None:
        row = max(0, self.history.currentRow())
        self.history.blockSignals(True)
        self.history.clear()
        now = self.context.services.now()
        for info in history:
            taken = (
                self.tr("{who} 已接班").format(who=self.context.name_of(info.accepted_by))
                if info.accepted_at is not None
                else self.tr("等待接班")
            )
            words = self.tr("{time}　{who} 交班　{taken}").format(
                time=text.time_text(info.at, now), who=self.context.name_of(info.from_person), taken=taken
            )
            item = QListWidgetItem(words)
            item.setData(ID, info.id)
            self.history.addItem(item)
        self.history.setCurrentRow(min(row, len(history) - 1))
        self.history.blockSignals(False)
        self.tabs.set_count("history", len(history) or None)
        self._show_past(self.history.currentRow())

    def _show_past(self, row: int) -> None:
        history = self.shift.history if self.shift is not None else []
        if not 0 <= row < len(history):
            self.past.setCurrentIndex(0)
            return
        info, name = history[row], self.context.name_of
        empty(self._past_facts)
        holder = QWidget()
        facts = [
            (self.tr("交班"), f"{name(info.from_person)} · {text.full_time_text(info.at)}"),
            (self.tr("交给"), name(info.to_person) if info.to_person else self.tr("下一班")),
            (self.tr("说明"), info.note),
            (
                self.tr("接班"),
                f"{name(info.accepted_by)} · {text.full_time_text(info.accepted_at)}"
                if info.accepted_at is not None
                else self.tr("等待接班"),
            ),
            (self.tr("接班说明"), info.accepted_note),
        ]
        holder.setLayout(facts_grid(facts))
        self._past_facts.addWidget(holder)
        self.past_summary.show_summary(info.summary)
        self.past.setCurrentIndex(1)

    def _tab_chosen(self, key: str) -> None:
        self.pages.setCurrentIndex(0 if key == "shift" else 1)
        self._offer()

    def show_part(self, key: str) -> None:
        """Bring a part to the front: shift or history."""
        self.tabs.choose(key)
        self._tab_chosen(key)

    def _offer(self) -> None:
        if self.shift is None or self.tabs.current != "shift":
            self.actions_bar.offer(())
            return
        self.actions_bar.offer(("accept",) if self.shift.waiting is not None else ("hand_over",))
        open_own = next(iter(self.shift.history), None)
        still = (
            open_own is not None
            and open_own.accepted_at is None
            and open_own.from_person == self.context.actor.person
        )
        hand_over = self.actions_bar.button("hand_over")
        hand_over.setEnabled(not still)
        hand_over.setText(self.tr("已交班，等待接班") if still else self.tr("交班"))

    # ---- doing --------------------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Take over."""
        shift = self.shift
        if shift is None or shift.waiting is None:
            return
        services, actor, waiting = self.context.services, self.context.actor, shift.waiting
        note = self.accept_note.toPlainText().strip()
        self._run(
            lambda: services.handover.accept(waiting.id, actor, note),
            self.tr("已接班：{who} 于 {time} 交出").format(
                who=self.context.name_of(waiting.from_person), time=text.time_text(waiting.at)
            ),
            self.accept_note,
        )

    def hand_over(self) -> None:
        """Hand over, with what is written."""
        services, actor = self.context.services, self.context.actor
        note, to = self.note.toPlainText().strip(), str(self.to.currentData() or "")
        self._run(
            lambda: services.handover.hand_over(actor, note, to),
            self.tr("已交班，等待{who}接班").format(
                who=self.context.name_of(to) if to else self.tr("下一班")
            ),
            self.note,
        )

    def _run(self, work: Any, said: str, typed: QPlainTextEdit) -> None:
        self.actions_bar.setEnabled(False)

        def finished(_info: HandoverInfo) -> None:
            self.actions_bar.setEnabled(True)
            typed.clear()
            self.context.notify(said, "success")
            self.reload()

        def failed(error: BaseException) -> None:
            self.actions_bar.setEnabled(True)
            self.context.say_error(error)
            self.reload()

        self.context.tasks.run(work, owner=self, on_done=finished, on_error=failed, priority=1)
