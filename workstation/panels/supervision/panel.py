"""The dock of those who look after the cases of others: what is late or silent, whose it is, and a word to them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.panels.case.directing import direct_ids
from workstation.panels.case.menu import ask_menu, take_ids
from workstation.panels.case.people import contact_tip
from workstation.panels.common.actions import ActionBar
from workstation.panels.common.adaptive import AdaptiveSplitter
from workstation.services.lists.filter import CaseFilter
from workstation.shell.cases.table import CaseTable
from workstation.shell.context import AppContext
from workstation.shell.pace import Pace
from workstation.shell.panel import Panel
from workstation.shell.widgets import SegmentBar, kind_label, refresh_icons
from workstation.shell.widgets.tables import cell, chosen, fill, plain_table
from workstation.workflow.case import STAGE_OF, Stage, State

from .answers import AnswersView
from .reading import PARTS, Board, read_board

SETTLE_MILLISECONDS = 400
ALL, NOBODY = "*", "-"
"""Rows of the units' table that stand for no single unit: all of them, and that the case is not dispatched yet."""
BEFORE = frozenset(
    state for state in State if STAGE_OF[state] in (Stage.COLLECT, Stage.BUILD, Stage.DISPATCH)
)
WORDS = ("urge", "supervise", "instruct")


class SupervisionPanel(Panel):
    """Parts with their numbers, the units with theirs, the cases, and what can be said about those that are chosen."""

    key = "supervision"
    icon = "supervision"
    area = "left"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.board: Board | None = None
        self._stale = True
        self._shown: CaseFilter | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        holder = QWidget()
        top = QVBoxLayout(holder)
        top.setContentsMargins(10, 10, 10, 6)
        self.tabs = SegmentBar(
            [
                ("red", self.tr("超期")),
                ("yellow", self.tr("临期")),
                ("key", self.tr("重点无进展")),
                ("directed", self.tr("待回复")),
            ]
        )
        self.tabs.changed.connect(lambda _key: self._show_cases())
        top.addWidget(self.tabs)
        outer.addWidget(holder)
        self.units = plain_table(
            [
                self.tr("单位"),
                self.tr("超期"),
                self.tr("临期"),
                self.tr("重点"),
                self.tr("待回复"),
            ],
            [120, 54, 54, 54, 62],
        )
        self.units.setMinimumHeight(100)
        self.units.currentCellChanged.connect(lambda *_: self._show_cases())
        outer.addWidget(AdaptiveSplitter(self._padded(self.units), self._make_cases(), 190), 1)
        self.actions_bar = ActionBar(self)
        handbook, post = context.services.handbook, context.actor.post
        for name, icon in (("mark_key", "warning"), ("instruct", "instruct"), ("supervise", "supervision")):
            self.actions_bar.add(name, context.label("arrows", name), self._doer(name), icon=icon)
        self.actions_bar.add("urge", context.label("arrows", "urge"), self._doer("urge"), "primary", "urge")
        self._may = {
            name
            for name in (*WORDS, "mark_key")
            if (arrow := handbook.arrow(name)) is not None and post in arrow.posts
        }
        self.actions_bar.offer(self._may)
        outer.addWidget(self.actions_bar)
        self._settle = Pace(self, SETTLE_MILLISECONDS, self.reload)
        context.changed.connect(self._changed)
        context.minute.connect(self._changed_by_time)
        context.selection.changed.connect(self._selected)
        context.theme_changed.connect(self._redraw)
        self._selected()

    @property
    def title(self) -> str:
        return self.tr("督办催办")

    @staticmethod
    def _padded(widget: QWidget) -> QWidget:
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(10, 0, 10, 4)
        box.addWidget(widget)
        return holder

    def _make_cases(self) -> QWidget:
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(10, 4, 10, 6)
        box.setSpacing(6)
        self.says = kind_label("", "small")
        box.addWidget(self.says)
        self.table = CaseTable(self.context)
        self.table.opened.connect(self.context.show_case)
        self.table.menu_asked.connect(self._menu)
        box.addWidget(self.table, 3)
        self.answers = AnswersView(self.context)
        box.addWidget(self.answers, 2)
        return holder

    # ---- reading ------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.answers.reload()
        if self._stale:
            self._stale = False
            self.reload()

    def _changed(self, changes: Any) -> None:
        if changes.cases:
            self._changed_by_time(changes)

    def _changed_by_time(self, changes: Any = None) -> None:
        if self.isVisible():
            self._settle.ask(changes)
        else:
            self._stale = True

    def reload(self) -> None:
        """Read everything again."""
        context = self.context
        context.tasks.run(
            read_board, context.services, context.actor, owner=self, key="board", on_done=self._show
        )

    def _show(self, board: Board) -> None:
        self.board = board
        for part in PARTS:
            self.tabs.set_count(part, board.counts[part])
        total = [cell(self.tr("全部单位"), ALL), *(cell(_number(board.counts[part])) for part in PARTS)]
        rows = [total]
        for unit in board.units():
            name = board.names.get(unit, unit) if unit else self.tr("未派遣")
            tip = contact_tip(self.context.name_of(unit) if unit else name, board.contacts.get(unit, []))
            row = [cell(name, unit or NOBODY, tip=tip)]
            for part in PARTS:
                count = board.by_unit[part].get(unit, 0)
                row.append(cell(_number(count), tone="red" if part == "red" and count else "", tip=tip))
            rows.append(row)
        fill(self.units, rows)
        if not chosen(self.units):
            self.units.blockSignals(True)
            self.units.setCurrentCell(0, 0)
            self.units.blockSignals(False)
        self._show_cases()

    @property
    def part(self) -> str:
        """The part that is shown."""
        return self.tabs.current

    def wanted(self) -> CaseFilter:
        """The filter of what is listed: the part, of the chosen unit."""
        if self.board is None:
            return CaseFilter(ids=())
        wanted, unit = self.board.filters[self.part], chosen(self.units)
        if unit in ("", ALL):
            return wanted
        if unit == NOBODY:
            return replace(wanted, states=BEFORE)
        return replace(wanted, unit=unit)

    def _show_cases(self) -> None:
        if self.board is None:
            return
        empty = {
            "red": self.tr("没有超期的案卷"),
            "yellow": self.tr("没有临期的案卷"),
            "key": self.tr("重点案卷都有进展"),
            "directed": self.tr("督办和批示都已回复"),
        }[self.part]
        wanted = self.wanted()
        if wanted != self._shown:
            self._shown = wanted
            self.table.set_filter(wanted, empty)

    # ---- doing --------------------------------------------------------------------------------------------------

    def _selected(self) -> None:
        count = len(self.context.selection.ids)
        self.says.setText(
            self.tr("已选 {n} 件").format(n=count) if count else self.tr("选择案卷后催办、督办，可多选")
        )
        for name in self._may:
            self.actions_bar.button(name).setEnabled(count > 0)

    def _doer(self, name: str) -> Any:
        return lambda: self.speak(name)

    def speak(self, name: str) -> None:
        """Urge, supervise, instruct, or mark as key cases, those that are chosen: as many as the panel says."""
        ids = self.table.meant()
        if not ids:
            self.context.notify(self.tr("请先在列表中选择案卷"), "warning")
            return
        if name in WORDS:
            direct_ids(self.context, name, ids, self)
        else:
            take_ids(self.context, name, ids, self)

    def _menu(self, ids: list[str], place: QPoint) -> None:
        ask_menu(self.context, ids, place, self)

    def _redraw(self) -> None:
        refresh_icons(self)
        if self.board is not None:
            self._show(self.board)


def _number(count: int) -> str:
    return str(count) if count else ""
