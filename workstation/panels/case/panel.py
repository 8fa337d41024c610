"""The dock of one case: follows the selection, shows the sheet, offers what the post may do."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workstation.shell.context import AppContext
from workstation.shell.panel import Panel
from workstation.shell.seat.presentline import PresentLine
from workstation.shell.texts import text
from workstation.shell.widgets import (
    Badge,
    EmptyState,
    FlowLayout,
    LightDot,
    ScrollBody,
    SegmentBar,
    StageBar,
    button,
    kind_label,
    line,
    refresh_icons,
    state_tone,
    tool_button,
)
from workstation.workflow.clock import light
from workstation.workflow.flow import Arrow

from .clocks import ClockCard, clear
from .facts import FactsView
from .forms import DANGER, PANEL_OF, take
from .reading import CaseSheet, read_sheet
from .records import RecordsView
from .timeline import Timeline, entries
from .words import way_text

SETTLE_MILLISECONDS = 120
SHOWN_BUTTONS = 3
PARTS = ("facts", "records", "flow", "clocks")
# The moves shown as buttons before others, the usual one of a stage first; the rest is in the menu.
PREFERRED = (
    "register",
    "file",
    "send_check",
    "checked",
    "dispatch",
    "endorse_request",
    "reply",
    "approve_receipt",
    "receive",
    "receive_inside",
    "feed_back_inside",
    "self_dispose",
    "feed_back",
    "dispatch_inside",
    "on_scene",
    "progress",
    "cooperate_receive",
    "cooperate_feed_back",
    "send_verify",
    "verified",
    "close",
    "dispose_again",
    "grant_return",
    "grant_extension",
    "grant_suspension",
    "grant_void",
    "resume",
    "recall",
    "visit",
    "report_up",
    "instruct",
    "supervise",
    "urge",
    "comment",
)


class CasePanel(Panel):
    """One case. Empty while none is chosen; read again when it changes, here or elsewhere."""

    key = "case"
    icon = "case"
    area = "right"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.sheet: CaseSheet | None = None
        self._wanted = ""
        self._stale = True
        self._pages = QStackedWidget(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self.empty = EmptyState(
            "case", self.tr("请选择一件案卷"), self.tr("在列表或地图上点选，这里显示流转单、时限和照片")
        )
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self._make_sheet())
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MILLISECONDS)
        self._settle.timeout.connect(self.reload)
        context.selection.changed.connect(self._selected)
        context.changed.connect(self._changed)
        context.minute.connect(self._minute)
        context.theme_changed.connect(self._redraw)
        context.actor_changed.connect(self._selected)

    @property
    def title(self) -> str:
        return self.tr("案卷详情")

    def _make_sheet(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._make_head())
        box.addWidget(line())
        self.parts = SegmentBar(
            [
                ("facts", self.tr("概况")),
                ("records", self.tr("往来")),
                ("flow", self.tr("流转单")),
                ("clocks", self.tr("时限")),
            ]
        )
        self.parts.changed.connect(self._part_chosen)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(12, 10, 12, 2)
        row.addWidget(self.parts)
        box.addWidget(holder)
        self.bodies = QStackedWidget()
        self._scrolls: list[ScrollBody] = []
        self.facts = FactsView(self.context, self._move_named)
        self.records = RecordsView(self.context, self._move_named)
        self.timeline = Timeline()
        self.clocks = QWidget()
        self._clock_box = QVBoxLayout(self.clocks)
        self._clock_box.setContentsMargins(0, 0, 0, 0)
        self._clock_box.setSpacing(10)
        for content in (self.facts, self.records, self.timeline, self.clocks):
            scroll = ScrollBody()
            self._scrolls.append(scroll)
            scroll.body.addWidget(content)
            scroll.body.addStretch(1)
            self.bodies.addWidget(scroll)
        box.addWidget(self.bodies, 1)
        self.bar = QFrame()
        self.bar.setProperty("kind", "bar")
        self._bar_row = QHBoxLayout(self.bar)
        self._bar_row.setContentsMargins(12, 8, 12, 8)
        self._bar_row.setSpacing(8)
        box.addWidget(self.bar)
        return page

    def _make_head(self) -> QWidget:
        head = QWidget()
        box = QVBoxLayout(head)
        box.setContentsMargins(12, 10, 12, 10)
        box.setSpacing(8)
        first = QHBoxLayout()
        first.setSpacing(4)
        self.name = kind_label("", "title")
        self.name.setWordWrap(True)
        first.addWidget(self.name, 1)
        self.state = Badge()
        first.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(first)
        second = QHBoxLayout()
        second.setSpacing(4)
        self.code = kind_label("", "label")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        second.addWidget(self.code)
        copy = tool_button("copy", self.tr("复制案卷号"), self._copy)
        copy.setIconSize(copy.iconSize() * 0.75)
        second.addWidget(copy)
        second.addStretch(1)
        self.lamp = LightDot()
        second.addWidget(self.lamp)
        self.remaining = kind_label("", "mono")
        second.addWidget(self.remaining)
        box.addLayout(second)
        self._marks = QWidget()
        self._marks_row = FlowLayout(self._marks, spacing=6)
        box.addWidget(self._marks)
        self.stages = StageBar()
        box.addWidget(self.stages)
        self.due = QLabel()
        self.due.setProperty("kind", "small")
        self.due.setWordWrap(True)
        box.addWidget(self.due)
        self.present = PresentLine(self.context)
        box.addWidget(self.present)
        return head

    # ---- reading ------------------------------------------------------------------------------------------------

    def _selected(self, _actor: object = None) -> None:
        if self.isVisible():
            self._settle.start()
        else:
            self._stale = True

    def _changed(self, changes: Any) -> None:
        if self._wanted and self._wanted in changes.cases:
            if self.isVisible():
                self.reload()
            else:
                self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.reload()

    def reload(self) -> None:
        """Read the case looked at."""
        case_id = self.context.selection.current
        self._wanted = case_id
        if not case_id:
            self.sheet = None
            self._pages.setCurrentIndex(0)
            return
        self.context.tasks.run(
            read_sheet,
            self.context.services,
            case_id,
            self.context.actor,
            owner=self,
            key="sheet",
            on_done=self._show,
            on_error=self._failed,
        )

    def _failed(self, error: BaseException) -> None:
        before = self.context.link.recall(("sheet", self._wanted, self.context.actor))
        if before is not None:  # as it was when the database could be read
            self._show(before)
            return
        self.sheet = None
        if self.context.link.away:
            self.empty.set_text(
                self.tr("现在读不到这件案卷"), self.tr("连接恢复后自动读出；看过的案卷仍可查看")
            )
            self._pages.setCurrentIndex(0)
            return
        self.empty.set_text(
            self.tr("这件案卷读不出来"), text.error_text(error, self.context.services.handbook)
        )
        self._pages.setCurrentIndex(0)

    def _show(self, sheet: CaseSheet) -> None:
        if sheet.case.id != self._wanted:
            return
        before = self.sheet.case.id if self.sheet is not None else ""
        self.sheet = sheet
        self.context.link.remember(("sheet", sheet.case.id, self.context.actor), sheet)
        self._pages.setCurrentIndex(1)
        self._show_head(sheet)
        self.facts.show_sheet(sheet)
        self.records.show_sheet(sheet)
        self.timeline.set_entries(
            entries(sheet.history, sheet.handbook, self.context.name_of, partial(_code, sheet))
        )
        self._show_clocks(sheet)
        self._show_moves(sheet)
        self.parts.set_count("flow", len(sheet.history))
        self.parts.set_count("records", self.records.count(sheet) or None)
        if before != sheet.case.id:
            for scroll in self._scrolls:
                scroll.verticalScrollBar().setValue(0)

    def _show_head(self, sheet: CaseSheet) -> None:
        case = sheet.case
        self.present.set_case(case.id)
        self.name.setText(case.class_name or case.address or self.tr("未定类别"))
        self.code.setText(case.code)
        self.state.set(sheet.handbook.label("states", case.state), state_tone(case.state))
        self.stages.set_stage(case.stage)
        while self._marks_row.count():
            item = self._marks_row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        pending = case.pending()
        for shown, words, tone in (
            (case.emergency, self.tr("应急"), "red"),
            (case.key_case, self.tr("重点"), "accent_hover"),
            (case.way != "", way_text(sheet.handbook, case.way), "stage_dispose"),
            (case.suspended, self.tr("挂账"), "stage_dispatch"),
            (case.coordinating is not None, self.tr("责任协调中"), "yellow"),
            (case.directed, self.tr("督办待回复"), "yellow"),
            (pending is not None, self._pending_words(sheet), "yellow"),
            (case.rework > 0, self.tr("第{n}次处置").format(n=case.rework + 1), "stage_verify"),
            (case.no_return, self.tr("协调裁定，不得回退"), "text_2"),
            (case.overdue_counted, self.tr("计超期"), "red"),
        ):
            if shown:
                self._marks_row.addWidget(Badge(words, tone))
        now = self.context.services.now()
        main = sheet.main_clock
        for run in case.running():
            if (main is None or run is not main.run) and light(run.yellow_at, run.due_at, now) == "red":
                name = sheet.handbook.label("clocks", run.name)
                self._marks_row.addWidget(Badge(self.tr("{clock}超期").format(clock=name), "red"))
        self._marks.setVisible(self._marks_row.count() > 0)
        self._minute()

    def _pending_words(self, sheet: CaseSheet) -> str:
        pending = sheet.case.pending()
        if pending is None:
            return ""
        return self.tr("申请{kind}待答复").format(kind=sheet.handbook.label("requests", pending.kind))

    def _minute(self) -> None:
        """The time that is left, as it is now."""
        sheet = self.sheet
        if sheet is None:
            return
        now = self.context.services.now()
        clock = sheet.main_clock
        if clock is None:
            self.lamp.set_light("")
            closed = sheet.case.closed_at
            self.remaining.setText("")
            self.due.setText(
                self.tr("办结于 {time}").format(time=text.full_time_text(closed)) if closed else ""
            )
            self.due.setVisible(bool(closed))
            return
        due = clock.ledger.due_at
        self.lamp.set_light(light(clock.ledger.yellow_at, due, now))
        self.remaining.setText(text.remaining_text(due, now) if due is not None else self.tr("挂账中"))
        name = sheet.handbook.label("clocks", clock.run.name)
        if due is None:
            words = self.tr("{clock}时限暂停计时").format(clock=name)
        else:
            words = self.tr("{clock}时限 {limit}，{time} 截止").format(
                clock=name,
                limit=text.limit_text(clock.run.amount + clock.run.extended, clock.run.unit),
                time=text.time_text(due, now),
            )
        self.due.setText(words)
        self.due.show()

    def _show_clocks(self, sheet: CaseSheet) -> None:
        clear(self._clock_box)
        now = self.context.services.now()
        for view in reversed(sheet.clocks):
            self._clock_box.addWidget(ClockCard(view, sheet.handbook, self.context.names, now))

    def _part_chosen(self, key: str) -> None:
        self.bodies.setCurrentIndex(PARTS.index(key))

    def show_part(self, key: str) -> None:
        """Bring a part to the front: facts, records, flow or clocks."""
        self.parts.choose(key)
        self._part_chosen(key)

    # ---- doing --------------------------------------------------------------------------------------------------

    def _show_moves(self, sheet: CaseSheet) -> None:
        while self._bar_row.count():
            item = self._bar_row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        arrows = sorted(sheet.moves.arrows, key=_preference)
        self.bar.setVisible(bool(arrows))
        shown = [arrow for arrow in arrows if arrow.name in PREFERRED][:SHOWN_BUTTONS]
        rest = [arrow for arrow in arrows if arrow not in shown]
        if rest:
            more = button(self.tr("更多"))
            more.setProperty("menu", "true")
            menu = QMenu(more)
            menu.setToolTipsVisible(True)
            for arrow in rest:
                menu.addAction(_words(arrow), partial(self.move_on, arrow)).setToolTip(
                    sheet.effects.get(arrow.name, "")
                )
            more.setMenu(menu)
            self._bar_row.addWidget(more)
        self._bar_row.addStretch(1)
        for at, arrow in enumerate(reversed(shown)):
            main = at == len(shown) - 1 and arrow.name not in ("instruct", "supervise", "urge", "comment")
            kind = "danger" if arrow.name in DANGER else "primary" if main else ""
            made = button(_words(arrow), kind, on_click=partial(self.move_on, arrow))
            made.setObjectName(f"do-{arrow.name}")
            made.setToolTip(sheet.effects.get(arrow.name, ""))
            self._bar_row.addWidget(made)

    def move_on(self, arrow: Arrow, fixed: Mapping[str, Any] | None = None) -> Any:
        """Take one arrow with the case shown; ``fixed``: values that are known, such as which request is answered."""
        if self.sheet is None:
            return None
        return take(self.context, self.sheet.moves, arrow, self.window(), fixed)

    def _move_named(self, name: str, fixed: Mapping[str, Any] | None = None) -> None:
        if self.sheet is not None:
            for arrow in self.sheet.moves.arrows:
                if arrow.name == name:
                    self.move_on(arrow, fixed)
                    return

    def _copy(self) -> None:
        if self.sheet is not None:
            QGuiApplication.clipboard().setText(self.sheet.case.code)
            self.context.notify(self.tr("已复制案卷号 {code}").format(code=self.sheet.case.code))

    def _redraw(self) -> None:
        refresh_icons(self)
        if self.sheet is not None:
            self._show(self.sheet)


def _code(sheet: CaseSheet, case_id: str) -> str:
    """The code of another case that this one names; a stand-in for one that the actor may not look into."""
    linked = sheet.linked.get(case_id)
    return linked.code if linked is not None else "……"


def _preference(arrow: Arrow) -> int:
    return PREFERRED.index(arrow.name) if arrow.name in PREFERRED else len(PREFERRED)


def _words(arrow: Arrow) -> str:
    return arrow.label + ("…" if arrow.fields and arrow.name not in PANEL_OF else "")
