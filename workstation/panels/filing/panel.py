"""The filing panel: cases to judge, one by one with all that is known, or several at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QWidget

from workstation.panels.common.card import CaseCard
from workstation.panels.common.fields import Given, Words
from workstation.panels.common.phrases import phrases
from workstation.panels.common.requests import RequestCard
from workstation.panels.common.split import SplitDialog
from workstation.panels.common.stage_panel import StagePanel, Tab
from workstation.panels.common.transfer import ask_transfer
from workstation.services.lists.filter import CaseFilter
from workstation.services.services import Services
from workstation.shell.texts.text import limit_text, refusal_text, time_text
from workstation.shell.widgets import (
    Card,
    ClassPicker,
    ScrollBody,
    SectionHeader,
    kind_label,
)
from workstation.workflow.case import State
from workstation.workflow.event import Actor

from .batch import BatchFiling
from .check import CheckCard
from .conditions import ConditionList
from .effect import FilingEffect, FilingView, filing_effect, read_batch, read_filing

OFFERED = frozenset({"send_back", "reject", "file"})
MORE = ("mark_key", "unmark_key", "split", "transfer", "propose_void", "withdraw_request")


class FilingPanel(StagePanel):
    """The shift leader's: files by a condition of the handbook, or rejects, sends back, voids; always with the reason."""

    key = "filing"
    icon = "filing"
    posts = frozenset({"shift_leader"})
    area = "right"
    others_menu = "more"

    @property
    def title(self) -> str:
        """The panel's name."""
        return self.tr("立案审核")

    # ---- what is listed -----------------------------------------------------------------------------------------

    def tabs(self, actor: Actor) -> list[Tab]:
        """Checked cases and patrols' reports can be filed; what waits for a check is shown apart."""
        sources = self.context.services.handbook.sources
        patrol = frozenset(key for key, source in sources.items() if source.family == "patrol")
        ready = CaseFilter(
            open=True,
            any_of=(
                CaseFilter(states=frozenset({State.CHECKED})),
                CaseFilter(states=frozenset({State.REGISTERED}), sources=patrol),
            ),
        )
        checking = CaseFilter(
            open=True,
            any_of=(
                CaseFilter(states=frozenset({State.CHECKING})),
                CaseFilter(states=frozenset({State.REGISTERED}), sources=frozenset(sources) - patrol),
            ),
        )
        return [
            Tab("ready", self.tr("待立案"), ready, self.tr("没有待立案的案卷")),
            Tab("void", self.tr("作废申请"), CaseFilter(open=True, pending="void"), self.tr("没有作废申请")),
            Tab("checking", self.tr("核实中"), checking, self.tr("没有正在核实的案卷")),
        ]

    def reader(self) -> Callable[[Services, str, Actor], Any]:
        """Besides the case: what the check found."""
        return read_filing

    def wants(self, view: FilingView) -> bool:
        """Before filing; later only where a unit applies for the case to be voided."""
        before = view.case.state in (State.REGISTERED, State.CHECKING, State.CHECKED)
        return before or (view.request is not None and view.request.request.kind == "void")

    # ---- how it looks -------------------------------------------------------------------------------------------

    def build(self) -> QWidget:
        """The sheet, the check, the choice; or the table of several."""
        self._kind, self._code = "", ""
        self._shown: tuple[str, ...] = ()
        self.effect: FilingEffect | None = None
        pages = QStackedWidget()
        scroll = ScrollBody(margin=14)
        self.card = CaseCard(self.context, reporter=True)
        scroll.body.addWidget(self.card)
        self.request = RequestCard(self.context)
        self.request.answer.connect(self._answer)
        scroll.body.addWidget(self.request)
        self.check = CheckCard(self.context)
        scroll.body.addWidget(self.check)
        self._choice = self._build_choice()
        scroll.body.addWidget(self._choice)
        scroll.body.addStretch(1)
        self.batch = BatchFiling(self.context)
        self.batch.ready.connect(self._batch_ready)
        pages.addWidget(scroll)
        pages.addWidget(self.batch)
        self._pages = pages
        bar = self.actions_bar
        label = self.context.label
        takes = {
            "mark_key": lambda: self.mark("mark_key"),
            "unmark_key": lambda: self.mark("unmark_key"),
            "split": lambda: SplitDialog(self.context, self.view.base, self).open(),
            "transfer": lambda: ask_transfer(self),
            "propose_void": self.propose_void,
            "withdraw_request": self.withdraw,
        }
        bar.add_menu(
            "more",
            self.tr("其他办理"),
            {name: (label("arrows", name), takes[name]) for name in MORE},
            self.tr("重点案件、子案卷、移送执法、作废"),
        )
        bar.add("send_back", self.tr("立案回退"), lambda: self._ask("send_back"))
        bar.add("reject", self.tr("不予立案"), lambda: self._ask("reject"))
        bar.add("refuse", self.tr("不同意"), self.request.refuse)
        bar.add("grant", self.tr("同意作废"), self.request.grant, "primary", "check")
        bar.add("file", self.tr("立案"), self.file, "primary", "check")
        bar.add("batch", self.tr("批量立案"), self.batch.file, "primary", "check")
        for number in range(1, 10):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda n=number: self.conditions.choose(n))
        return pages

    def _build_choice(self) -> QWidget:
        box = Card()
        head = SectionHeader(self.tr("类别与立案条件"))
        self.emergency = QCheckBox(self.tr("应急案件"))
        self.emergency.setToolTip(self.tr("应急案件连续计时，自受理起算，不分工作日"))
        self.emergency.toggled.connect(self._emergency_toggled)
        head.add(self.emergency)
        box.body.addWidget(head)
        self.picker = ClassPicker(self.context.services.handbook)
        self.picker.changed.connect(self._class_chosen)
        box.body.addWidget(self.picker)
        self.conditions = ConditionList()
        self.conditions.changed.connect(self._foresee)
        box.body.addWidget(self.conditions)
        self._effect = Card(kind="note", margin=10, spacing=4)
        self._effect_text = kind_label("")
        self._effect_text.setWordWrap(True)
        self._effect.body.addWidget(self._effect_text)
        box.body.addWidget(self._effect)
        return box

    # ---- one case -----------------------------------------------------------------------------------------------

    def show_view(self, view: FilingView) -> None:
        """Show the case; its class and condition as they were chosen, if they were."""
        self._pages.setCurrentIndex(0)
        case = view.case
        self.card.show_view(view.base, [(self.tr("退回原因"), view.back)])
        self.request.show_request(view.base, view.request)
        filing = case.state in (State.REGISTERED, State.CHECKING, State.CHECKED)
        self.check.setVisible(filing)
        self._choice.setVisible(filing)
        offered = set(view.allowed & OFFERED) | set(view.allowed & frozenset(MORE)) | self.request.offers()
        self.actions_bar.button("grant").setEnabled(self.request.possible)
        if not filing:
            self.actions_bar.offer(offered - OFFERED)
            return
        handbook = view.handbook
        self.check.show_view(view)
        shown = (case.id, case.state, case.class_code)
        if shown == self._shown:
            # The same case read again: what the leader has chosen so far stays chosen.
            self.actions_bar.offer(offered)
            self._foresee()
            return
        self._shown = shown
        self.picker.set_handbook(handbook)
        self.picker.set_value(case.kind or "event", case.class_code)
        self.emergency.blockSignals(True)
        self.emergency.setChecked(case.emergency or handbook.is_emergency(case.kind, case.class_code))
        self.emergency.blockSignals(False)
        self._class_chosen(case.kind, case.class_code)
        self.actions_bar.offer(offered)
        self._ready()

    def _class_chosen(self, kind: str, code: str) -> None:
        self._kind, self._code = kind, code
        handbook = self.view.handbook
        conditions = handbook.conditions(kind, code) if code else []
        self.conditions.say_none(
            self.tr("本手册中这一类别没有立案条件，请改选类别") if code else self.tr("请先选定类别")
        )
        case = self.view.case
        self.conditions.set_conditions(
            conditions, case.condition, self.emergency.isChecked(), case.area_class
        )
        self._foresee()

    def _emergency_toggled(self) -> None:
        if self.view is not None:
            chosen = self.conditions.chosen
            conditions = self.view.handbook.conditions(self._kind, self._code) if self._code else []
            self.conditions.set_conditions(
                conditions,
                chosen.key if chosen else "",
                self.emergency.isChecked(),
                self.view.case.area_class,
            )
            self._foresee()

    def data(self) -> dict[str, Any]:
        """The data of ``file`` as chosen now."""
        condition = self.conditions.chosen
        return {
            "kind": self._kind,
            "class_code": self._code,
            "condition": condition.key if condition else "",
            "emergency": self.emergency.isChecked(),
        }

    def _foresee(self) -> None:
        self.effect = None
        self._effect_text.setText(self.tr("请选择立案条件（Alt+1 至 Alt+9）"))
        self._effect.setVisible(self.conditions.count > 1)
        self._ready()
        view = self.view
        if self.conditions.chosen is None or view is None or "file" not in view.allowed:
            return
        self.context.tasks.run(
            filing_effect,
            self.context.services,
            view.case,
            self.data(),
            self.context.actor,
            owner=self,
            key="effect",
            on_done=self._foreseen,
        )

    def _foreseen(self, effect: FilingEffect) -> None:
        if self.view is None or self.conditions.chosen is None:
            return
        self.effect = effect
        now = self.context.services.now()
        if effect.refusal is not None:
            words = refusal_text(effect.refusal, self.view.handbook, self.context.names)
        else:
            words = self.tr("处置时限 {limit}；若现在派遣，处置截止 {due}。须在 {dispatch} 前派遣。").format(
                limit=limit_text(effect.amount, effect.unit),
                due=time_text(effect.dispose_due, now),
                dispatch=time_text(effect.dispatch_due, now),
            )
        self._effect_text.setText(words)
        self._effect.show()
        self._ready()

    def _ready(self) -> None:
        ready = self.conditions.chosen is not None and (self.effect is None or self.effect.refusal is None)
        self.actions_bar.button("file").setEnabled(ready)

    def file(self) -> None:
        """File the case by the chosen condition."""
        case = self.view.case
        self.act("file", case, self.data(), lambda _done: self.done_with(case.id))

    def _answer(self, name: str, case: Any, data: Any) -> None:
        self.act(name, case, data, lambda _done: self.done_with(case.id))

    def _ask(self, name: str) -> None:
        case = self.view.case
        self.ask_for(
            name,
            [Words("reason", self.tr("理由"), phrases=phrases(name))],
            lambda _done: self.done_with(case.id),
            danger=name == "reject",
        )

    def mark(self, name: str) -> None:
        """列为重点 or 撤销重点: a key case reports its progress by a clock of its own (TZ-3-KEY)."""
        usual = phrases(name) if name == "mark_key" else ()
        self.ask_for(name, [Words("reason", self.tr("理由"), phrases=usual)], lambda _done: None)

    def propose_void(self) -> None:
        """提请作废: asked for here, agreed to by somebody else."""
        new = self.context.services.cases.new_command_id()
        self.ask_for(
            "propose_void",
            [Given("request_id", lambda: new), Words("reason", self.tr("理由"), phrases=phrases("void"))],
            lambda _done: None,
            intro=self.tr("须由值班长或指挥长批准，提请人不能批准。"),
        )

    def withdraw(self) -> None:
        """Take back what was proposed and nobody has answered."""
        case = self.view.case
        request = case.pending("void")
        if request is not None:
            self._answer("withdraw_request", case, {"request_id": request.id})

    # ---- several ------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Several selected in the list: the table; else the one."""
        ids = self.list.ids()
        if len(ids) < 2:
            super().reload()
            return
        self._wanted = ""
        self.context.tasks.run(
            read_batch,
            self.context.services,
            ids,
            self.context.actor,
            owner=self,
            key="view",
            on_done=self._show_batch,
        )

    def _show_batch(self, items: Any) -> None:
        self.view = None
        self.work.setCurrentIndex(1)
        self._pages.setCurrentIndex(1)
        self.actions_bar.offer({"batch"})
        self.batch.show_items(items)

    def _batch_ready(self, count: int) -> None:
        button = self.actions_bar.button("batch")
        button.setEnabled(count > 0)
        button.setText(self.tr("批量立案 {n} 件").format(n=count) if count else self.tr("批量立案"))
