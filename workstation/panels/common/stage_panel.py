"""The frame of a work panel: segments with counts, the worklist, the case being worked on, and its buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workstation.services.lists.lists import CaseLists
from workstation.services.services import Services
from workstation.shell.context import AppContext
from workstation.shell.pace import Pace
from workstation.shell.panel import Panel
from workstation.shell.seat.presentline import PresentLine
from workstation.shell.texts import text
from workstation.shell.widgets import EmptyState, SegmentBar, refresh_icons
from workstation.workflow.event import Actor
from workstation.workflow.flow import KNOWN, Arrow

from .action import ActionDialog
from .actions import ActionBar
from .adaptive import AdaptiveSplitter
from .effects import Consequence, effect_text, foremost, foresee_each, rests_on
from .fields import Field, Photos, Words
from .keep import KeptTexts
from .listview import WorkList
from .view import load_view

FIELDS = (QLineEdit, QPlainTextEdit, QRadioButton, QComboBox)
SAID = 2
"""So many effects are said over the buttons; the others are in the button's tip."""
PLAIN_FIELDS = ("reason", "note", "photos")
SETTLE_MILLISECONDS = 120
"""Changes that come in quick succession are counted once."""
REST_MILLISECONDS = 200
"""Nothing is chosen for so long before the list takes the height: between two cases it stays as it is."""


@dataclass(frozen=True)
class Tab:
    """One segment of the worklist: its key, its word, the filter, and what is said where it is empty."""

    key: str
    label: str
    wanted: Any
    empty: str


def count_all(lists: CaseLists, tabs: list[Tab]) -> dict[str, int]:
    """How many cases each segment holds."""
    return {tab.key: lists.count(tab.wanted) for tab in tabs}


class StagePanel(Panel):
    """Subclasses say what is listed (:meth:`tabs`), build the work area (:meth:`build`) and fill it (:meth:`show_view`)."""

    foretold: ClassVar[tuple[str, ...]] = ()
    """Moves that a button does at once: what each does to the clocks is said over the buttons before."""
    others_menu: ClassVar[str] = ""
    """The menu of the bar that takes the moves which only a city's own flow has."""
    list_height: ClassVar[int] = 236
    """How tall the list is at first, in pixels, where it stands above the work."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.view: Any = None
        self.texts = KeptTexts(lambda case_id, typed: context.presence.work(case_id, self.key, typed))
        self._tabs: list[Tab] = []
        self._wanted = ""
        self._stale = True
        self.segments: SegmentBar | None = None
        self.list = WorkList(context, self.badges, self.second_line)
        self.list.work_wanted.connect(self.focus_work)
        self.actions_bar = ActionBar(self)

        self._top = QHBoxLayout()
        self._top.setContentsMargins(10, 10, 10, 8)
        self._top.setSpacing(8)
        upper = QWidget()
        upper_box = QVBoxLayout(upper)
        upper_box.setContentsMargins(0, 0, 0, 0)
        upper_box.setSpacing(0)
        upper_box.addLayout(self._top)
        upper_box.addWidget(self.list)

        self.empty = EmptyState("inbox", self.tr("请选择一件案卷"), "")
        self.work = QStackedWidget()
        self.work.addWidget(self.empty)
        self._body = self.build()
        self.work.addWidget(self._body)
        self._lower = QWidget()
        lower_box = QVBoxLayout(self._lower)
        lower_box.setContentsMargins(0, 0, 0, 0)
        lower_box.setSpacing(0)
        lower_box.addWidget(self.work, 1)
        self.present = PresentLine(context, margin=12)
        lower_box.addWidget(self.present)
        lower_box.addWidget(self.actions_bar)

        self.splitter = AdaptiveSplitter(upper, self._lower, self.list_height)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MILLISECONDS)
        self._rest.timeout.connect(self._make_room)
        self.work.currentChanged.connect(self._work_changed)
        self.list.rows.refreshed.connect(self._make_room)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.splitter)

        self._settle = Pace(self, SETTLE_MILLISECONDS, self._read_lists)
        context.presence.changed.connect(self.list.rows.marked)
        context.changed.connect(self._changed)
        context.actor_changed.connect(self._actor_changed)
        context.selection.changed.connect(self._selected)
        context.minute.connect(self._minute)
        context.theme_changed.connect(self._theme_changed)
        self.actions_bar.name_after(context.services.handbook)
        self._make_tabs()
        self.show_nothing()
        self.splitter.rest(self._idle)

    # ---- for subclasses -----------------------------------------------------------------------------------------

    def tabs(self, actor: Actor) -> list[Tab]:
        """What is listed for this actor, the most urgent first."""
        raise NotImplementedError

    def build(self) -> QWidget:
        """The work area, made once. Buttons go to :attr:`actions_bar`."""
        raise NotImplementedError

    def show_view(self, view: Any) -> None:
        """Fill the work area with what :meth:`reader` read."""
        raise NotImplementedError

    def reader(self) -> Callable[[Services, str, Actor], Any]:
        """What reads a case in the background."""
        return load_view

    def wants(self, view: Any) -> bool:
        """Whether there is anything to do here with this case; else only its whereabouts are told."""
        return bool(view.allowed)

    def badges(self, row: Any) -> list[tuple[str, str]]:
        """Words beside a row's title, each with the token of its colour."""
        out = []
        if row.emergency:
            out.append((self.tr("急"), "red"))
        if row.key_case:
            out.append((self.tr("重点"), "yellow"))
        if row.rework:
            out.append((self.tr("第{n}次").format(n=row.rework + 1), "yellow"))
        if row.directed:
            out.append((self.tr("待回复"), "red"))
        if row.coordinating:
            out.append((self.tr("协调"), "accent"))
        if row.way:
            out.append((self.tr("快速") if row.way == "rapid" else self.tr("先行"), "accent"))
        return out

    def second_line(self, row: Any) -> str:
        """What stands under a row's title."""
        return str(row.address)

    def add_tool(self, widget: QWidget) -> None:
        """Put a button beside the segments."""
        self._top.addWidget(widget)

    # ---- tabs and list ------------------------------------------------------------------------------------------

    @property
    def tab(self) -> str:
        """The key of the segment that is shown."""
        return self.segments.current if self.segments is not None else ""

    def choose_tab(self, key: str) -> None:
        """Show another segment."""
        if self.segments is not None:
            self.segments.choose(key)
        self._show_tab()

    def _make_tabs(self) -> None:
        if self.segments is not None:
            self._top.removeWidget(self.segments)
            self.segments.hide()
            self.segments.deleteLater()
        self._tabs = self.tabs(self.context.actor)
        self.segments = SegmentBar([(tab.key, tab.label) for tab in self._tabs])
        self.segments.changed.connect(self._show_tab)
        self._top.insertWidget(0, self.segments, 1)

    def _show_tab(self) -> None:
        tab = next(t for t in self._tabs if t.key == self.tab)
        self.list.set_empty_text(tab.empty)
        self.list.set_filter(tab.wanted)
        self.tab_shown()
        self._count()

    def focus_work(self) -> None:
        """Put the cursor where work on the case begins: the first field, else the main button."""
        shown = self.work.currentWidget()
        for field in shown.findChildren(QWidget) if shown is not None else ():
            if isinstance(field, FIELDS) and field.isVisible() and field.isEnabled():
                field.setFocus(Qt.FocusReason.TabFocusReason)
                return
        self.actions_bar.focus_primary()

    def tab_shown(self) -> None:
        """Another segment was chosen; nothing by default."""

    def _count(self) -> None:
        self.context.tasks.run(
            count_all, self.context.lists, self._tabs, owner=self, key="count", on_done=self._counted
        )

    def _counted(self, counts: dict[str, int]) -> None:
        if self.segments is not None:
            for tab in self._tabs:
                if tab.key in counts:
                    self.segments.set_count(tab.key, counts[tab.key])

    def _read_lists(self) -> None:
        """What is summed up over cases; the rows follow each change by themselves."""
        self._count()

    # ---- the case -----------------------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """No case is being worked on."""
        self.present.set_case("")
        self.view = None
        self._wanted = ""
        self.texts.switch("")
        self.work.setCurrentWidget(self.empty)
        self.actions_bar.hide()
        self.actions_bar.setEnabled(True)
        self._rest.start()

    @property
    def _idle(self) -> bool:
        return self.work.currentWidget() is self.empty and not self._wanted

    def _work_changed(self) -> None:
        if self.work.currentWidget() is not self.empty:
            self._make_room()

    def _make_room(self) -> None:
        """Nothing chosen: the list has the height, all of it where it is empty. Else its share, the case in sight."""
        idle, before = self._idle, self.splitter.resting
        self._lower.setVisible(not (idle and self.list.rows.loaded and not self.list.rows.rowCount()))
        self.splitter.rest(idle or (before and self.work.currentWidget() is self.empty))
        if before and not self.splitter.resting and self.list.currentIndex().isValid():
            self.list.scrollTo(self.list.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    def reload(self) -> None:
        """Read the selected case again."""
        case_id = self.context.selection.current
        if not case_id:
            self.show_nothing()
            return
        self._wanted = case_id
        self.context.tasks.run(
            self.reader(),
            self.context.services,
            case_id,
            self.context.actor,
            owner=self,
            key="view",
            on_done=self._loaded,
            on_error=self._not_loaded,
        )

    def _not_loaded(self, error: BaseException) -> None:
        self.actions_bar.setEnabled(True)
        link = self.context.link
        if link.away and link.keeps:  # as it was when the database could be read; the bar says so
            before = link.recall((self.key, self._wanted, self.context.actor))
            if before is not None:
                self._loaded(before)
            else:
                self.view = None
                self.actions_bar.hide()
                self.empty.set_text(
                    self.tr("现在读不到这件案卷"), self.tr("连接恢复后自动读出；看过的案卷仍可办理")
                )
                self.work.setCurrentWidget(self.empty)
            return
        if getattr(error, "code", "") == "not_yours":  # it was, until it went to another unit
            self.show_nothing()
            self.empty.set_text(self.tr("这件案卷现在不在本环节"), text.error_text(error))
            return
        self.context.say_error(error)

    def _loaded(self, view: Any) -> None:
        if view.case.id != self._wanted:
            return
        self.view = view
        self.context.link.remember((self.key, view.case.id, self.context.actor), view)
        self.actions_bar.setEnabled(True)
        self.texts.switch(view.case.id)
        self.present.set_case(view.case.id)
        if self.wants(view):
            self.work.setCurrentWidget(self._body)
            self.actions_bar.name_after(view.handbook)
            if self.others_menu:
                self._offer_others(view)
            self.show_view(view)
            self._foretell()
        else:
            self.actions_bar.hide()
            state = view.handbook.label("states", view.case.state)
            self.empty.set_text(
                self.tr("这件案卷现在不在本环节"),
                self.tr("{code} · 当前状态：{state}").format(code=view.case.code, state=state),
            )
            self.work.setCurrentWidget(self.empty)

    def trial_data(self, name: str) -> Mapping[str, Any] | None:
        """What the move would send as filled in now; None where that cannot be told yet."""
        return {}

    def _foretell(self) -> None:
        bar, view = self.actions_bar, self.view
        offered = [name for name in self.foretold if bar.offers(name)]
        asked = {name: data for name in offered if (data := self.trial_data(name)) is not None}
        bar.foretell({}, {})
        if asked:
            self.context.tasks.run(
                foresee_each,
                self.context.services,
                view.case.id,
                asked,
                self.context.actor,
                owner=self,
                key="foretold",
                on_done=self._foretold,
            )

    def _foretold(self, answers: dict[str, Consequence]) -> None:
        if self.view is None:
            return
        now = self.context.services.now()
        short, full = {}, {}
        for name, told in answers.items():
            if told.before is None or told.before.id != self.view.case.id:
                continue
            what = told.handbook.label("arrows", name)
            lines = [effect_text(effect, told.handbook, now) for effect in foremost(told)]
            words = self.tr("{what}后：{effects}")
            full[name] = "\n".join([*lines, rests_on(told.handbook, told.article)]).strip()
            if lines:
                short[name] = words.format(what=what, effects="；".join(lines[:SAID]))
        self.actions_bar.foretell(short, full)

    def _offer_others(self, view: Any) -> None:
        """Moves that only this handbook has, such as 说明情况: what they ask for is words and photographs."""
        others = {}
        for name in sorted(view.allowed - set(KNOWN)):
            arrow = view.handbook.arrow(name)
            if arrow is not None and all(spec.name in PLAIN_FIELDS for spec in arrow.fields if spec.required):
                others[name] = (arrow.label, partial(self._ask_other, arrow))
        self.actions_bar.extend_menu(self.others_menu, others)

    def _ask_other(self, arrow: Arrow) -> None:
        fields: list[Field] = [
            Photos(self.context, spec.name, spec.label, "other", self)
            if spec.name == "photos"
            else Words(spec.name, spec.label, required=spec.required)
            for spec in arrow.fields
            if spec.name in PLAIN_FIELDS
        ]
        self.ask_for(arrow.name, fields)

    def act(
        self,
        name: str,
        case: Any,
        data: Mapping[str, Any],
        done: Callable[[Any], object] | None = None,
        undo: tuple[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """Do a command on the case. Until its answer is here and the case read again, no button can be pressed twice."""
        self.actions_bar.setEnabled(False)

        def finished(result: Any) -> None:
            if done is not None:
                done(result)
            self.reload()

        self.context.execute(name, case, data, finished, lambda _error: self.reload(), owner=self, undo=undo)

    def ask_for(
        self,
        name: str,
        fields: Sequence[Field] = (),
        done: Callable[[Any], object] | None = None,
        *,
        many: bool = False,
        **options: Any,
    ) -> ActionDialog:
        """Ask for an action's fields, show what it will do to the clocks, and do it to the case that is shown.

        ``many``: to all that are selected in the list, where several are; the results are told together.
        """
        case = self.view.case
        rows = [row for row in map(self.list.rows.row, self.list.ids()) if row is not None] if many else []
        cases: list[Any] = rows if len(rows) > 1 else [case]

        def one(result: Any) -> None:
            (done or (lambda _result: self.list.advance_from(case.id)))(result)

        def several(results: list[Any]) -> None:
            for result in results:
                if not isinstance(result, BaseException):
                    self.done_with(result.case.id)

        def agreed(data: dict[str, Any]) -> None:
            if len(cases) > 1:
                self.context.execute_many(name, cases, data, several, owner=self)
            else:
                self.act(name, case, data, one)

        book = self.view.handbook
        dialog = ActionDialog(self.context, name, cases, fields, agreed, self, handbook=book, **options)
        dialog.open()
        return dialog

    def may_post(self, name: str) -> bool:
        """Whether the handbook in force lets the actor's post take that arrow at all."""
        arrow = self.context.services.handbook.arrow(name)
        return arrow is not None and self.context.actor.post in arrow.posts

    def done_with(self, case_id: str) -> None:
        """An action on the case succeeded: what was typed is used, and the list moves on when the case leaves it."""
        self.texts.forget(case_id)
        self.list.advance_from(case_id)

    # ---- what happens outside -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self._show_tab()
            self.reload()

    def _selected(self) -> None:
        if self.isVisible():
            self.reload()
        else:
            self._stale = True

    def _changed(self, changes: Any) -> None:
        if not self.isVisible():
            self._stale = True
            return
        if changes.cases:
            self.list.rows.touch(changes.cases)
            self._settle.ask(changes)
            if self._wanted in changes.cases:
                self.reload()

    def _actor_changed(self, actor: Actor) -> None:
        self.show_nothing()
        self._make_tabs()
        if self.isVisible():
            self._show_tab()
        else:
            self._stale = True

    def _minute(self) -> None:
        self.list.viewport().update()

    def _theme_changed(self) -> None:
        refresh_icons(self)
        self.list.viewport().update()
