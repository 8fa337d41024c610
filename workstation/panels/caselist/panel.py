"""The dock with the list of cases: parts with counts, words to look for, filters, the table, and the count below."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.panels.case.directing import direct_ids
from workstation.panels.case.menu import ask_menu
from workstation.panels.case.words import WAYS, way_text
from workstation.services.lists.filter import CaseFilter
from workstation.services.lists.lists import CaseLists
from workstation.shell.cases.table import CaseTable
from workstation.shell.context import AppContext
from workstation.shell.look import icons
from workstation.shell.pace import Pace
from workstation.shell.panel import Panel
from workstation.shell.texts.text import kind_text
from workstation.shell.widgets import (
    Card,
    FilterButton,
    SegmentBar,
    button,
    kind_label,
    refresh_icons,
    tool_button,
)

TYPING_MILLISECONDS = 300
SETTLE_MILLISECONDS = 400


class CaseListPanel(Panel):
    """The list. Others ask it to show a filter (:meth:`show_filter`), words (:meth:`search`) or the inbox."""

    key = "caselist"
    icon = "list"
    area = "left"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._given: tuple[CaseFilter, str] | None = None
        self._stale = False
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 10, 10, 8)
        box.setSpacing(8)
        self.tabs = SegmentBar(
            [
                ("todo", self.tr("待办")),
                ("open", self.tr("在办")),
                ("suspended", self.tr("挂账")),
                ("red", self.tr("超期")),
                ("all", self.tr("全部")),
            ]
        )
        self.tabs.changed.connect(lambda _key: self._chosen())
        box.addWidget(self.tabs)
        box.addLayout(self._make_tools())
        self.given = Card(kind="note", margin=6)
        row = QHBoxLayout()
        row.setContentsMargins(4, 0, 0, 0)
        self._given_title = kind_label("", "mono")
        row.addWidget(self._given_title, 1)
        row.addWidget(button(self.tr("清除"), "link", on_click=self.clear_given))
        self.given.body.addLayout(row)
        self.given.hide()
        box.addWidget(self.given)
        self.table = CaseTable(context)
        self.table.opened.connect(context.show_case)
        self.table.menu_asked.connect(self._menu)
        self.table.sort_asked.connect(self._sort_asked)
        self.table.rows.counted.connect(self._counted)
        box.addWidget(self.table, 1)
        foot = QHBoxLayout()
        self.total = kind_label("", "small")
        self.picked = kind_label("", "small")
        foot.addWidget(self.total)
        foot.addStretch(1)
        foot.addWidget(self.picked)
        self.speaking = {}
        for name in ("urge", "supervise"):
            arrow = context.services.handbook.arrow(name)
            if arrow is not None and context.actor.post in arrow.posts:
                made = button(arrow.label + "…", "small", on_click=partial(self.speak, name))
                made.hide()
                foot.addWidget(made)
                self.speaking[name] = made
        box.addLayout(foot)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MILLISECONDS)
        self._typing.timeout.connect(self._show)
        self._settle = Pace(self, SETTLE_MILLISECONDS, self._count)
        context.changed.connect(self._changed)
        context.minute.connect(self._settle.ask)
        context.selection.changed.connect(self._selected)
        context.theme_changed.connect(self._recolor)
        if self.filter_of("todo").ids == ():  # nothing ever waits for this post
            self.tabs.choose("open")
        self._show()
        self._count()
        self._selected()

    @property
    def title(self) -> str:
        return self.tr("案卷列表")

    def _make_tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("案卷号、地址、描述、类别"))
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(110)
        self.words.addAction(icons.icon("search", "text_3"), QLineEdit.ActionPosition.LeadingPosition)
        self.words.textChanged.connect(lambda _words: self._typing.start())
        row.addWidget(self.words, 1)
        self.narrow = FilterButton(
            [
                ("kind", self.tr("类型"), [(kind, kind_text(kind)) for kind in self._kinds()]),
                (
                    "light",
                    self.tr("灯色"),
                    [("green", self.tr("正常")), ("yellow", self.tr("临期")), ("red", self.tr("超期"))],
                ),
                ("emergency", self.tr("状况"), [("yes", self.tr("应急案件"))]),
                ("key_case", "", [("yes", self.tr("重点案件"))]),
                ("suspended", "", [("yes", self.tr("挂账"))]),
                ("coordinating", "", [("yes", self.tr("责任协调中"))]),
                ("directed", "", [("yes", self.tr("督办、批示待回复"))]),
                ("pending", "", [("any", self.tr("有待答复的申请"))]),
                (
                    "way",
                    self.tr("处置方式"),
                    [(way, way_text(self.context.services.handbook, way)) for way in WAYS],
                ),
            ]
        )
        self.narrow.changed.connect(self._show)
        row.addWidget(self.narrow)
        self.sort = QComboBox()
        for key, words in (
            ("deadline", self.tr("先到期在前")),
            ("changed", self.tr("新变动在前")),
            ("code", self.tr("新案卷在前")),
        ):
            self.sort.addItem(words, key)
        self.sort.setMinimumWidth(122)
        self.sort.currentIndexChanged.connect(lambda _row: self._show())
        row.addWidget(self.sort)
        row.addWidget(tool_button("refresh", self.tr("刷新"), self.refresh))
        return row

    def _kinds(self) -> list[str]:
        """The kinds of problem that the handbook in force has classes of."""
        return list(dict.fromkeys(item.kind for item in self.context.services.handbook.classes))

    # ---- what is listed ---------------------------------------------------------------------------------------

    def filter_of(self, tab: str) -> CaseFilter:
        """The filter of a tab for the present actor, without words and choices."""
        if tab == "todo":
            return self.context.lists.inbox(self.context.actor)
        match tab:
            case "open":
                return CaseFilter(open=True)
            case "suspended":
                return CaseFilter(open=True, suspended=True)
            case "red":
                return CaseFilter(open=True, light="red")
            case _:
                return CaseFilter()

    def wanted(self) -> CaseFilter:
        """The filter of what is shown: tab or given list, words, choices and order."""
        base = self._given[0] if self._given is not None else self.filter_of(self.tabs.current)
        changes: dict[str, Any] = {"sort": self.sort.currentData()}
        words = self.words.text().strip()
        if words:
            changes["text"] = f"{base.text} {words}".strip()
        chosen = self.narrow.chosen()
        for name in ("kind", "light", "pending", "way"):
            if chosen.get(name):
                changes[name] = chosen[name]
        for name in ("emergency", "key_case", "suspended", "coordinating", "directed"):
            if chosen.get(name):
                changes[name] = True
        return replace(base, **changes)

    def _show(self) -> None:
        self._typing.stop()
        empty = {
            "todo": self.tr("没有待办的案卷"),
            "suspended": self.tr("没有挂账的案卷"),
            "red": self.tr("没有超期的案卷"),
        }.get(self.tabs.current, "")
        narrowed = self.words.text().strip() or self.narrow.chosen() or self._given
        self.table.set_filter(self.wanted(), "" if narrowed else empty)

    def _chosen(self) -> None:
        self._given = None
        self.given.hide()
        self._show()

    def show_filter(self, wanted: CaseFilter, title: str) -> None:
        """List the cases behind a figure, under its title."""
        self._given = (wanted, title)
        self._given_title.setText(title)
        self.given.show()
        self._clear_choices()
        self._show()

    def clear_given(self) -> None:
        """Back to the tabs."""
        self._chosen()

    def show_inbox(self, light: str = "") -> None:
        """What waits for the person; of that only what has this light."""
        self.tabs.choose("todo")
        self._given = None
        self.given.hide()
        self._clear_choices({"light": light} if light else {})
        self._show()

    def search(self, words: str) -> None:
        """Look for words in all cases; a single hit is opened."""
        self.tabs.choose("all")
        self._given = None
        self.given.hide()
        self._clear_choices()
        self.words.blockSignals(True)
        self.words.setText(words)
        self.words.blockSignals(False)
        self._show()
        self.context.tasks.run(
            _hits, self.context.lists, self.wanted(), owner=self, key="search", on_done=self._found
        )

    def _found(self, ids: list[str]) -> None:
        if len(ids) == 1:
            self.context.show_case(ids[0])

    def _clear_choices(self, chosen: dict[str, str] | None = None) -> None:
        self.narrow.choose(chosen or {})
        self.words.blockSignals(True)
        self.words.clear()
        self.words.blockSignals(False)

    def _sort_asked(self, sort: str) -> None:
        self.sort.setCurrentIndex(self.sort.findData(sort))

    def refresh(self) -> None:
        """Read everything again."""
        self._show()
        self._count()

    # ---- counts -------------------------------------------------------------------------------------------------

    def _changed(self, changes: Any) -> None:
        if not changes.cases:
            return
        if self.isVisible():
            self._settle.ask(changes)
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self._settle.ask()

    def _count(self) -> None:
        filters = {tab: self.filter_of(tab) for tab in ("todo", "open", "suspended", "red")}
        self.context.tasks.run(
            _counts, self.context.lists, filters, owner=self, key="counts", on_done=self._tabs_counted
        )

    def _tabs_counted(self, counts: dict[str, int]) -> None:
        for tab, count in counts.items():
            self.tabs.set_count(tab, count)

    def _counted(self, count: int) -> None:
        self.total.setText(self.tr("共 {n} 件").format(n=f"{count:,}"))

    def _selected(self) -> None:
        count = len(self.context.selection.ids)
        self.picked.setText(self.tr("已选 {n} 件").format(n=count) if count > 1 else "")
        for made in self.speaking.values():
            made.setVisible(count > 0)

    def speak(self, name: str) -> None:
        """Urge or supervise the cases that are chosen: as many as the panel says."""
        ids = self.table.meant()
        if ids:
            direct_ids(self.context, name, ids, self)

    def _recolor(self) -> None:
        refresh_icons(self)

    def _menu(self, ids: list[str], place: QPoint) -> None:
        ask_menu(self.context, ids, place, self)

    def keyPressEvent(self, event: Any) -> None:
        if event.key() == Qt.Key.Key_F5:
            self.refresh()
        else:
            super().keyPressEvent(event)


def _counts(lists: CaseLists, filters: dict[str, CaseFilter]) -> dict[str, int]:
    return {tab: lists.count(wanted) for tab, wanted in filters.items()}


def _hits(lists: CaseLists, wanted: CaseFilter) -> list[str]:
    """The first two cases found: enough to know whether there is just one."""
    return [row.id for row in lists.page(wanted, None, 2).rows]
