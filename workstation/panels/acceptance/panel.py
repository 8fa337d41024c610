"""The acceptance panel: the list of what waits, and the form that is always ready for the next call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from workstation.panels.common.stage_panel import StagePanel, Tab
from workstation.services.lists.filter import CaseFilter
from workstation.services.services import Services
from workstation.shell.context import AppContext
from workstation.shell.widgets import ScrollBody, button
from workstation.workflow.case import State
from workstation.workflow.event import Actor
from workstation.workflow.handbook import Handbook

from .checks import AcceptanceView, CheckPage, read_acceptance
from .draft import NEW, Draft, DraftBook
from .form import AcceptanceForm
from .registrar import Registrar

KEEP_MILLISECONDS = 400
FORM, CASE = 0, 1


class AcceptancePanel(StagePanel):
    """The operator's. A selection on the map or elsewhere never takes the form away from a call; the own list does,
    and what was typed is there again on return."""

    key = "acceptance"
    icon = "acceptance"
    posts = frozenset({"operator", "shift_leader"})
    area = "left"
    others_menu = "more"
    foretold = ("send_check",)
    list_height = 208

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        self._current = NEW
        self._book = self._open_book(context)
        super().__init__(context, parent)
        self._new = button(self.tr("新登记"), "small", "plus", self.new_report)
        self._new.setToolTip(self.tr("登记新问题（Ctrl+N）；未登记的内容会保留"))
        self.add_tool(self._new)
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(KEEP_MILLISECONDS)
        self._keep.timeout.connect(self.keep_draft)
        self.list.opened.connect(self.open_case)
        for keys, do in (
            ("Ctrl+N", self.new_report),
            ("F2", self.form.position.pick_point),
            ("F3", self.form.position.pick_component),
            ("Ctrl+Shift+Return", self._press_both),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)
        self.first_move = ""
        """What a new report is recorded by: ``register``, ``report`` by those who only pass it on, "" by nobody here."""
        self._ask_posts()

    @property
    def title(self) -> str:
        """The panel's name."""
        return self.tr("受理登记")

    def _open_book(self, context: AppContext) -> DraftBook:
        key = f"acceptance/drafts/{context.actor.person}"
        return DraftBook(
            lambda: str(context.settings.value(key, "")),
            lambda text: context.settings.setValue(key, text),
            lambda text: context.settings.setValue(f"{key}.damaged", text),
        )

    # ---- what is listed -----------------------------------------------------------------------------------------

    def tabs(self, actor: Actor) -> list[Tab]:
        """Reported, to be sent to a check, and being checked."""
        sources = self.context.services.handbook.sources
        others = frozenset(key for key, source in sources.items() if source.family != "patrol")
        return [
            Tab(
                "reported",
                self.tr("待受理"),
                CaseFilter(open=True, states=(State.REPORTED,)),
                self.tr("没有待受理的上报"),
            ),
            Tab(
                "registered",
                self.tr("待派核实"),
                CaseFilter(open=True, states=(State.REGISTERED,), sources=others),
                self.tr("没有待派核实的案卷"),
            ),
            Tab(
                "checking",
                self.tr("核实中"),
                CaseFilter(open=True, states=(State.CHECKING,)),
                self.tr("没有正在核实的案卷"),
            ),
        ]

    def reader(self) -> Callable[[Services, str, Actor], Any]:
        """Besides the case: who may check it."""
        return read_acceptance

    def wants(self, view: AcceptanceView) -> bool:
        """Before filing."""
        return view.case.state in (State.REPORTED, State.REGISTERED, State.CHECKING)

    # ---- how it looks -------------------------------------------------------------------------------------------

    def build(self) -> QWidget:
        """The form, or a case on its way to filing."""
        self.registrar = Registrar(self.context, self)
        pages = QStackedWidget()
        scroll = ScrollBody(margin=14)
        self.form = AcceptanceForm(self.context, self)
        self.form.changed.connect(self._form_changed)
        self.form.merge.connect(self.registrar.merge_into)
        scroll.body.addWidget(self.form, 0, Qt.AlignmentFlag.AlignTop)
        self.form_scroll = scroll
        self.checks = CheckPage(self.context, self)
        self.checks.changed.connect(self._ready)
        self.texts.add("note", self.checks.note)
        pages.addWidget(scroll)
        pages.addWidget(self.checks)
        self.pages = pages
        bar = self.actions_bar
        bar.add("clear", self.tr("清空"), self.clear, "ghost")
        label = self.context.label
        bar.add_menu(
            "more",
            self.tr("其他办理"),
            {
                "split": (label("arrows", "split"), self.registrar.split),
                "propose_void": (label("arrows", "propose_void"), self.registrar.propose_void),
                "withdraw_request": (label("arrows", "withdraw_request"), self.registrar.withdraw),
            },
        )
        bar.add("reject", self.tr("不予立案"), lambda: self.registrar.ask("reject"))
        bar.add("answer", self.tr("答复咨询"), self.registrar.answer)
        bar.add("false_report", self.tr("不属实"), lambda: self.registrar.record("false_report"), "danger")
        bar.add("report", label("arrows", "report"), self.registrar.register, "primary", "send")
        bar.add("register", self.tr("登记"), self.registrar.register, main=True)
        both = bar.add(
            "register_send", self.tr("登记并派核实"), self.registrar.register_and_send, "primary", "send"
        )
        both.setToolTip(self.tr("登记，并派给所选采集员核实（Ctrl+Shift+Enter）"))
        bar.add("send_check", self.tr("派核实"), self.registrar.send_check, "primary", "send")
        bar.add(
            "true_report", self.tr("属实"), lambda: self.registrar.record("true_report"), "primary", "check"
        )
        return pages

    # ---- which case ---------------------------------------------------------------------------------------------

    def _ask_posts(self) -> None:
        services, actor = self.context.services, self.context.actor
        self.context.tasks.run(
            lambda: (
                {arrow.name for arrow in services.cases.allowed(None, actor)},
                services.people.with_post("collector"),
            ),
            owner=self,
            key="posts",
            on_done=self._posts_known,
        )

    def _posts_known(self, known: tuple[set[str], list[Any]]) -> None:
        self.first_move = next((name for name in ("register", "report") if name in known[0]), "")
        self._new.setVisible(bool(self.first_move))
        self.form.set_collectors(known[1])
        if self._current == NEW:
            self.show_nothing()

    def show_nothing(self) -> None:
        """No case: the form for the next call, for those who may register or report."""
        super().show_nothing()
        if not getattr(self, "first_move", ""):
            self.empty.set_text(self.tr("请选择一件上报"), self.tr("登记新问题由受理员办理"))
            return
        self._show_form(self._book.get(NEW) or self._blank())

    def _blank(self) -> Draft:
        if self.first_move == "report":
            return Draft(source=own_source(self.context.services.handbook, self.context.actor.post))
        source = str(self.context.settings.value("acceptance/source", "hotline_12345"))
        return Draft(source=source)

    def _show_form(self, draft: Draft, view: AcceptanceView | None = None) -> None:
        self.work.setCurrentIndex(1)
        self.pages.setCurrentIndex(FORM)
        self.form.set_draft(draft, view.case if view is not None else None)
        self._offer_form(view)

    def _offer_form(self, view: AcceptanceView | None) -> None:
        offered = {"clear"}
        if view is None:
            offered |= (
                {"register", "register_send", "answer"}
                if self.first_move == "register"
                else {self.first_move}
            )
        if view is not None:
            offered |= view.allowed & {"register", "answer", "reject"}
            offered |= {"register_send"} if "register" in view.allowed else set()
        source = self.context.services.handbook.sources.get(self.form.draft().source)
        if source is not None and source.family == "patrol":
            offered.discard("register_send")
        self.actions_bar.offer(offered)

    def new_report(self) -> None:
        """The form for the next call; what was typed for it before is there again."""
        self.keep_draft()
        self._current = NEW
        self.list.clearSelection()
        self.show_nothing()
        self.form_scroll.verticalScrollBar().setValue(0)
        self.form.start()

    def open_case(self, case_id: str) -> None:
        """Come to a case of the own list."""
        self.keep_draft()
        self._current = case_id
        self.reload()

    def reload(self) -> None:
        """Read the case that is worked on here again, whatever is selected elsewhere."""
        if self._current == NEW:
            return
        self._wanted = self._current
        self.context.tasks.run(
            self.reader(),
            self.context.services,
            self._current,
            self.context.actor,
            owner=self,
            key="view",
            on_done=self._loaded,
        )

    def _selected(self) -> None:
        """Looking at something elsewhere leaves the form alone."""

    def _loaded(self, view: Any) -> None:
        if view.case.id == self._current and not self.wants(view):
            # Another seat has moved it on: say so, and be ready for the next call.
            self._current = NEW
        super()._loaded(view)

    def show_view(self, view: AcceptanceView) -> None:
        """A reported case in the form; a registered one with its check."""
        case = view.case
        if case.state is State.REPORTED and view.may("register"):
            known = self._book.get(case.id)
            if known is None and self.form.draft().case_id == case.id and self.in_form:
                return
            self._show_form(known or Draft.of_case(case), view)
            return
        self.pages.setCurrentIndex(CASE)
        self.form.position.show_pin(False)
        self.checks.show_view(view)
        offered = view.allowed & {
            "send_check",
            "reject",
            "answer",
            "split",
            "propose_void",
            "withdraw_request",
        }
        if view.may("checked"):
            offered = offered | {"true_report", "false_report"}
        self.actions_bar.offer(offered)
        self._ready()

    def trial_data(self, name: str) -> dict[str, Any] | None:
        """To be sent to whoever is chosen."""
        return {"to": self.checks.collector.person} if self.checks.collector.person else None

    def _ready(self) -> None:
        self.actions_bar.button("send_check").setEnabled(bool(self.checks.collector.person))

    # ---- drafts -------------------------------------------------------------------------------------------------

    def _form_changed(self) -> None:
        self._keep.start()
        self._offer_form(self.view if self._current != NEW else None)

    def keep_draft(self) -> None:
        """Put away what has been typed; also done when the panel is hidden."""
        self._keep.stop()
        if self.in_form and self.work.currentIndex() == 1:
            draft = self.form.draft()
            shown = self.view
            if draft.case_id and shown is not None and draft == _as_form(Draft.of_case(shown.case), draft):
                self._book.forget(draft.case_id)
            else:
                self._book.keep(draft)
        self._new.setText(
            self.tr("继续登记") if self._current != NEW and self._book.get(NEW) else self.tr("新登记")
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing typed is lost by looking at another panel; the pin on the map is this form's."""
        self.keep_draft()
        self.form.position.show_pin(False)
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """The pin comes back with the form."""
        super().showEvent(event)
        self.form.position.show_pin(self.in_form)

    def _actor_changed(self, actor: Actor) -> None:
        self.keep_draft()
        self._book = self._open_book(self.context)
        self._current = NEW
        self.first_move = ""
        super()._actor_changed(actor)
        self._ask_posts()

    def _read_lists(self) -> None:
        super()._read_lists()
        if self.in_form:
            self.form.refresh_near()

    def clear(self) -> None:
        """Forget what was typed and begin anew; the message gives it back."""
        draft = self.form.draft()
        self._book.forget(draft.case_id)
        if self._current == NEW:
            self._show_form(self._blank())
        elif self.view is not None:
            self._show_form(Draft.of_case(self.view.case), self.view)
        if not draft.empty():
            self.context.notify(self.tr("已清空"), "info", (self.tr("恢复"), lambda: self._bring_back(draft)))

    def _bring_back(self, draft: Draft) -> None:
        self._book.keep(draft)
        if self._current == draft.case_id:
            self._show_form(draft, self.view if draft.case_id else None)

    @property
    def in_form(self) -> bool:
        """Whether the form is shown, not a case on its way to filing."""
        return self.pages.currentIndex() == FORM

    def finished(self, draft: Draft) -> None:
        """What the form said is recorded: forget it, and be ready for the next call, or come to the next report."""
        self._book.forget(draft.case_id)
        if self._current == draft.case_id:
            if draft.case_id:
                self.list.advance_from(draft.case_id)
            self._current = NEW
            self.show_nothing()
            self.form_scroll.verticalScrollBar().setValue(0)
            self.form.start()

    def case_done(self, case_id: str) -> None:
        """Something was done with a case of the list."""
        self._book.forget(case_id)
        self.done_with(case_id)

    def _press_both(self) -> None:
        both = self.actions_bar.button("register_send")
        if both.isVisible() and both.isEnabled():
            both.click()


def own_source(handbook: Handbook, post: str) -> str:
    """Where what a post reports comes from: the source named like its level or one above, else the patrol's."""
    known = handbook.posts.get(post)
    level = known.level if known is not None else ""
    while level and level not in handbook.sources:
        above = handbook.levels.get(level)
        level = above.over if above is not None else ""
    patrol = next((key for key, source in handbook.sources.items() if source.family == "patrol"), "")
    return level or patrol


def _as_form(draft: Draft, shown: Draft) -> Draft:
    """A case's draft with what the form finds out by itself, so that an untouched form counts as untouched."""
    draft.grid, draft.area_class = shown.grid, shown.area_class
    return draft
