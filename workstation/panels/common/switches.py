"""推荐与自动派遣: the two switches, how often what is recommended is followed, and what was dispatched without anybody's hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QHBoxLayout, QTableWidget, QWidget

from workstation.services.recommending.advice import Agreement, AutomaticDispatch
from workstation.services.recommending.rules import AUTOMATIC, RECOMMEND, THRESHOLD, Switches
from workstation.services.services import Services
from workstation.shell.texts.text import joined, time_text
from workstation.shell.widgets import button, kind_label
from workstation.shell.widgets.dialogs import Dialog
from workstation.shell.widgets.tables import cell, chosen, fill, plain_table

from .reasons import reason_text

if TYPE_CHECKING:
    from workstation.shell.context import AppContext

DAYS = 30
"""So far back it is counted and listed."""
MOST_SCORE = 30.0


@dataclass(frozen=True)
class SwitchState:
    """What the dialog shows."""

    switches: Switches
    agreement: Agreement
    made: tuple[AutomaticDispatch, ...]


def read_switches(services: Services) -> SwitchState:
    """Read it; in the background."""
    until = services.now() + timedelta(minutes=1)
    since = until - timedelta(days=DAYS)
    recommending = services.recommending
    return SwitchState(
        recommending.switches(),
        recommending.agreement(since, until),
        tuple(recommending.automatic_dispatches(since, until)),
    )


class SwitchDialog(Dialog):
    """Anybody may look; who may not switch sees why. A double click opens the case, 撤回派遣 takes the dispatch back."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__("", parent, icon="settings", width=760)
        self.setWindowTitle(self.tr("推荐与自动派遣"))
        self.heading.setText(self.windowTitle())
        self._context = context
        self._filling = False
        self._made: Sequence[AutomaticDispatch] = ()
        self.recommend = QCheckBox(self.tr("推荐单位：派遣时列出可能的责任单位和理由"))
        self.automatic = QCheckBox(self.tr("自动派遣：只有一个单位、理由充分的案卷由系统派出"))
        self.recommend.toggled.connect(lambda on: self._set(RECOMMEND, "on" if on else "off"))
        self.automatic.toggled.connect(lambda on: self._set(AUTOMATIC, "on" if on else "off"))
        self.body.addWidget(self.recommend)
        self.body.addWidget(self.automatic)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(kind_label(self.tr("自动派遣的得分不低于"), "label"))
        self.threshold = QDoubleSpinBox()
        self.threshold.setRange(1.0, MOST_SCORE)
        self.threshold.setDecimals(1)
        self.threshold.setSingleStep(0.5)
        self.threshold.setKeyboardTracking(False)
        self.threshold.valueChanged.connect(lambda value: self._set(THRESHOLD, f"{value:g}"))
        row.addWidget(self.threshold)
        row.addWidget(kind_label(self.tr("养护单位 5、权属单位 4、主管部门 3、职责和属地约 4"), "muted"), 1)
        self.body.addLayout(row)
        self.note = kind_label("", "muted")
        self.note.setWordWrap(True)
        self.body.addWidget(self.note)
        self.figures = kind_label("", "label")
        self.figures.setWordWrap(True)
        self.body.addWidget(self.figures)
        titles = (
            *(self.tr("派出时间"), self.tr("案卷"), self.tr("单位")),
            *(self.tr("理由"), self.tr("席位"), self.tr("现在")),
        )
        self.table: QTableWidget = plain_table(titles, (104, 200, 150, 150, 70, 80), 3)
        self.table.setMinimumHeight(220)
        self.table.setAccessibleName(self.tr("自动派遣的案卷"))
        self.table.itemSelectionChanged.connect(self._ready)
        self.table.cellActivated.connect(lambda *_: self.open_case())
        self.body.addWidget(self.table, 1)
        self.none = kind_label(self.tr("近 {days} 天没有自动派遣的案卷").format(days=DAYS), "muted")
        self.none.hide()
        self.body.addWidget(self.none)
        self.open_button = button(self.tr("打开案卷"), "", "case", self.open_case)
        self.back_button = button(self.tr("撤回派遣"), "", "return", self.take_back)
        close = button(self.tr("关闭"), "primary", "", self.close)
        for widget in (self.open_button, self.back_button, close):
            widget.setAutoDefault(False)
            self._buttons.addWidget(widget)
        self._allow()
        context.changed.connect(self._changed)
        self.reload()

    def _allow(self) -> None:
        """Who sits here may switch this and not that."""
        actor, automatic = self._context.actor, self._context.services.automatic
        self.recommend.setEnabled(automatic.may_set(actor, RECOMMEND, "off"))
        self.threshold.setEnabled(automatic.may_set(actor, THRESHOLD, ""))
        may_start = automatic.may_set(actor, AUTOMATIC, "on")
        may_stop = automatic.may_set(actor, AUTOMATIC, "off")
        self.automatic.setEnabled(may_start or (may_stop and self.automatic.isChecked()))
        posts = joined(
            self._context.label("posts", post) for post in self._context.services.handbook.approve_posts
        )
        words = self.tr(
            "自动派遣在派遣员的席位上、以其名义进行，并在案卷经过中注明；从未派遣过的案卷才会自动派出，可照常撤回。"
        )
        if not may_start:
            words += "\n" + self.tr("两个开关由{posts}设置；派遣员可以随时停用自动派遣。").format(posts=posts)
        self.note.setText(words)

    # ---- reading -------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read again."""
        self._context.tasks.run(
            read_switches, self._context.services, owner=self, key="read", on_done=self._show
        )

    def _changed(self, changes: Any) -> None:
        if changes.topics & {"city", "case"}:
            self.reload()

    def _show(self, state: SwitchState) -> None:
        self._filling = True
        self.recommend.setChecked(state.switches.recommend)
        self.automatic.setChecked(state.switches.automatic)
        self.threshold.setValue(state.switches.rules.threshold)
        self._filling = False
        self._allow()
        self._made = state.made
        self.figures.setText(self._figures(state.agreement))
        context = self._context
        now = context.services.now()
        rows = []
        for item in state.made:
            unit, name = context.name_of(item.unit), item.actor_name or context.name_of(item.actor)
            why = joined(reason_text(code) for code in item.reasons)
            state_ = self.tr("已撤回") if item.back else context.label("states", item.state)
            rows.append(
                (
                    cell(time_text(item.at, now), item.case_id),
                    cell(
                        f"{item.class_name} {item.code}", tip=f"{item.code} {item.class_name}\n{item.address}"
                    ),
                    cell(unit),
                    cell(why, tip=self.tr("得分 {n}：{why}").format(n=f"{item.score:g}", why=why)),
                    cell(name),
                    cell(state_, tone="yellow" if item.back else ""),
                )
            )
        fill(self.table, rows)
        for widget in (self.table, self.open_button, self.back_button):
            widget.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.adjustSize()
        self._ready()

    def _figures(self, found: Agreement) -> str:
        words = self.tr("近 {days} 天：派遣 {n} 件").format(days=DAYS, n=found.dispatched)
        if found.rate is not None:
            words += self.tr("；其中人工派遣且推荐唯一单位 {n} 件，按推荐派出 {k} 件（{share}）").format(
                n=found.plain, k=found.plain_followed, share=f"{found.rate:.0%}"
            )
        words += self.tr("；自动派遣 {n} 件").format(n=found.automatic)
        if found.taken_back:
            words += self.tr("，撤回或退回 {n} 件").format(n=found.taken_back)
        return words

    # ---- doing ---------------------------------------------------------------------------------------------------

    def _set(self, key: str, value: str) -> None:
        if self._filling:
            return
        context = self._context

        def failed(error: BaseException) -> None:
            context.say_error(error)
            self.reload()

        context.tasks.run(
            context.services.automatic.set,
            *(key, value, context.actor),
            owner=self,
            on_done=lambda _none: self.reload(),
            on_error=failed,
            priority=1,
        )

    def _item(self) -> AutomaticDispatch | None:
        key = chosen(self.table)
        return next((item for item in self._made if item.case_id == key), None)

    def _ready(self) -> None:
        item = self._item()
        self.open_button.setEnabled(item is not None)
        arrow = self._context.services.handbook.arrow("recall")
        may = arrow is not None and self._context.actor.post in arrow.posts
        self.back_button.setEnabled(may and item is not None and item.state == "dispatched" and not item.back)

    def open_case(self) -> None:
        """Open the sheet of the case that is chosen."""
        item = self._item()
        if item is not None:
            self._context.show_case(item.case_id)

    def take_back(self) -> None:
        """Take the dispatch back, as any dispatch; nobody dispatches that case automatically again."""
        item = self._item()
        if item is not None:
            self._context.execute("recall", item.case_id, {}, on_done=lambda _done: self.reload(), owner=self)

    def keyPressEvent(self, event: Any) -> None:
        """Delete takes back what is chosen."""
        if event.key() == Qt.Key.Key_Delete and self.back_button.isEnabled():
            self.take_back()
        else:
            super().keyPressEvent(event)
