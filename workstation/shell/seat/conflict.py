"""Two acted at once: what the other did, how the case stands now, what one wrote, and what can be done about it.

Nothing that was typed is lost: it is shown, and one click sends it on the new state where that allows it. Imported when the
first conflict is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QLabel, QTableWidget, QWidget

from ...panels.case.timeline import Timeline, entries
from ...panels.common.clocks import main_clock
from ...services.cases.scope import case_for
from ...services.errors import Conflict
from ..texts import text
from ..texts.text import joined
from ..widgets.basics import Badge, Card, LightDot, ScrollBody, button, kind_label, state_tone
from ..widgets.dialogs import Dialog
from ..widgets.tables import cell

if TYPE_CHECKING:
    from ...services.services import Services
    from ...store.log import StoredEvent
    from ...workflow.case import Case
    from ...workflow.event import Actor, Refusal
    from ...workflow.flow import Arrow
    from ...workflow.handbook import Handbook
    from ..context import AppContext, Clash, NotDone

MOST_MOVES = 6
NAMED = ("results", "answers", "causes", "ways", "scopes")
"""The handbook's words that a person chooses among."""
HIGHEST = 260


@dataclass(frozen=True)
class Standing:
    """How a case stands after somebody else was quicker."""

    case: Case
    handbook: Handbook
    events: tuple[StoredEvent, ...]
    before: str
    moves: tuple[Arrow, ...]
    refusal: Refusal | None


def read_standing(
    services: Services, name: str, data: Mapping[str, Any], actor: Actor, error: Conflict
) -> Standing:
    """The case now, what has happened since, what the actor may do, and whether the command would be possible.

    NotFound where the actor may no longer look into the case.
    """
    case = case_for(services, error.case.id, actor)
    before = error.case.seq - len(error.events)
    history = services.cases.history(case.id)
    events = tuple(item for item in history if item.event.seq > before)
    state = next((item.event.to for item in reversed(history) if item.event.seq <= before), "")
    preview = services.cases.preview(name, [case.id], data, actor)[0]
    moves = tuple(services.cases.allowed(case, actor))
    return Standing(case, services.handbook_of(case), events, state, moves, preview.refusal)


class ConflictDialog(Dialog):
    """Says what happened and offers to go on. Opened at once with what the conflict says; the rest is read behind it."""

    def __init__(self, context: AppContext, clash: Clash, parent: QWidget | None = None) -> None:
        self._context, self._clash = context, clash
        error = clash.error
        assert isinstance(error, Conflict)
        self._action = text.label(context.services.handbook_of(error.case), "arrows", clash.name)
        title = QCoreApplication.translate("Conflict", "「{action}」没有办：案卷刚被他人办理")
        super().__init__(title.format(action=self._action), parent, icon="warning", width=580)
        self.standing: Standing | None = None
        case = error.case
        about = kind_label(
            " · ".join(part for part in (case.code, case.class_name, case.address) if part), "muted"
        )
        about.setWordWrap(True)
        self.body.addWidget(about)
        self.happened = kind_label("", "label")
        self.body.addWidget(self.happened)
        self.timeline = Timeline()
        self._scroll = ScrollBody(margin=0)
        self._scroll.body.addWidget(self.timeline)
        self._scroll.body.addStretch(1)
        self.body.addWidget(self._scroll)
        self.body.addWidget(self._make_state())
        self.mine = Card(kind="note", margin=10, spacing=4)
        self.body.addWidget(self.mine)
        self._show_mine(case)
        self.says = kind_label("", "label")
        self.says.setWordWrap(True)
        self.body.addWidget(self.says)
        self.add_button(self.tr("关闭"))
        self.look = self.add_button(self.tr("打开案卷"), "", self._look)
        self.redo = self.add_button(
            self.tr("按最新情况「{action}」").format(action=self._action), "primary", self._redo
        )
        self.redo.setEnabled(False)
        self._show_events(error.events, context.services.handbook_of(case))
        self._show_state(case, context.services.handbook_of(case))
        context.tasks.run(
            read_standing,
            context.services,
            clash.name,
            clash.data,
            context.actor,
            error,
            owner=self,
            key="standing",
            on_done=self._show,
            on_error=self._gone,
        )

    def _make_state(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(kind_label(self.tr("现在"), "label"))
        self.state = Badge()
        row.addWidget(self.state)
        self.where = kind_label("", "")
        row.addWidget(self.where)
        row.addStretch(1)
        self.lamp = LightDot()
        row.addWidget(self.lamp)
        self.remaining = kind_label("", "mono")
        row.addWidget(self.remaining)
        return holder

    def _show_events(self, events: Sequence[StoredEvent], handbook: Handbook, before: str = "") -> None:
        self.happened.setText(
            self.tr("您打开以后，又办了 {n} 步：").format(n=len(events))
            if events
            else self.tr("同一时刻有人先办了一步：")
        )
        self.timeline.set_entries(entries(list(events), handbook, self._context.name_of, before=before))
        self._scroll.setFixedHeight(min(HIGHEST, self.timeline.height() + 8))
        self._scroll.setVisible(bool(events))

    def _show_state(self, case: Case, handbook: Handbook) -> None:
        from ...store.projection import stage_clock
        from ...workflow.clock import light

        now = self._context.services.now()
        self.state.set(handbook.label("states", case.state), state_tone(case.state))
        self.where.setText(self._context.name_of(case.lead.unit) if case.lead is not None else "")
        clock = main_clock(case) or stage_clock(case)  # as the case's own page has it
        due = clock.due_at if clock is not None else None
        self.lamp.set_light(light(clock.yellow_at, due, now) if clock is not None else "")
        self.remaining.setText(text.remaining_text(due, now))

    def _show_mine(self, case: Case) -> None:
        """What the person had filled in, as far as it is words or choices that mean something by themselves."""
        handbook = self._context.services.handbook_of(case)
        lines = written(self._clash.data, handbook, self._context.name_of)
        self.mine.setVisible(bool(lines))
        if not lines:
            return
        head = QHBoxLayout()
        head.addWidget(kind_label(self.tr("您填写的内容（已保留）"), "small"), 1)
        self.copy = button(self.tr("复制"), "link", on_click=lambda: _copy("\n".join(lines)))
        head.addWidget(self.copy)
        self.mine.body.addLayout(head)
        for line in lines:
            label = QLabel(line)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.mine.body.addWidget(label)

    def _show(self, standing: Standing) -> None:
        self.standing = standing
        self._show_events(standing.events, standing.handbook, standing.before)
        self._show_state(standing.case, standing.handbook)
        self.redo.setEnabled(standing.refusal is None)
        if standing.refusal is None:
            self.says.setText(
                self.tr("以上情况不妨碍「{action}」，可以按最新情况办理。").format(action=self._action)
            )
            self.redo.setFocus()
            return
        why = text.refusal_text(standing.refusal, standing.handbook, self._context.names)
        words = self.tr("「{action}」已不能再办：{why}").format(action=self._action, why=why)
        names = [arrow.label for arrow in standing.moves][:MOST_MOVES]
        if names:
            words += "\n" + self.tr("现在可以：{moves}").format(moves=joined(names))
        self.says.setText(words)
        self.redo.hide()
        self.look.setFocus()

    def _gone(self, error: BaseException) -> None:
        """The case went where this post does not see it."""
        self.says.setText(text.error_text(error, self._context.services.handbook, self._context.names))
        self.redo.hide()
        self.look.hide()

    def _look(self) -> None:
        self.accept()
        if isinstance(self._clash.error, Conflict):
            self._context.show_case(self._clash.error.case.id)

    def _redo(self) -> None:
        if self.standing is not None:
            self.accept()
            self._clash.redo(self.standing.case)


class NotDoneDialog(Dialog):
    """Which cases of a batch were not done and why; those for which it is possible all the same are one click away."""

    def __init__(self, context: AppContext, batch: NotDone, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("Conflict", "「{action}」未办的案卷")
        super().__init__(title.format(action=batch.title), parent, icon="warning", width=760)
        self._context, self._batch = context, batch
        self._again: list[Any] = []
        self.table = QTableWidget(len(batch.pairs), 4)
        self.table.setHorizontalHeaderLabels(
            [self.tr("案卷号"), self.tr("为什么没有办"), self.tr("现在"), self.tr("还能办吗")]
        )
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setWordWrap(True)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for column, width in ((0, 176), (2, 96), (3, 96)):
            self.table.setColumnWidth(column, width)
        handbook = context.services.handbook
        for place, (item, error) in enumerate(batch.pairs):
            self.table.setItem(place, 0, cell(getattr(item, "code", "") or str(getattr(item, "id", item))))
            why = text.error_text(error, handbook, context.names)
            self.table.setItem(place, 1, cell(why, tip=why))
            for column in (2, 3):
                self.table.setItem(place, column, cell("…"))
        self.table.resizeRowsToContents()
        self.table.setMinimumHeight(min(420, 48 + 34 * len(batch.pairs)))
        self.table.itemDoubleClicked.connect(lambda item: self._open(item.row()))
        self.body.addWidget(self.table)
        self.body.addWidget(kind_label(self.tr("双击一行打开案卷"), "small"))
        self.add_button(self.tr("关闭"))
        self.redo = self.add_button(self.tr("重新办理"), "primary", self._redo)
        self.redo.setEnabled(False)
        context.tasks.run(
            read_again,
            context.services,
            batch.name,
            [(str(getattr(item, "id", item)), dict(batch.data_of(item))) for item, _ in batch.pairs],
            context.actor,
            owner=self,
            key="again",
            on_done=self._show,
            on_error=context.say_error,
        )

    def _show(self, found: Sequence[tuple[Case | None, Refusal | None]]) -> None:
        self._again = [case for case, refusal in found if case is not None and refusal is None]
        services = self._context.services
        for place, (case, refusal) in enumerate(found):
            state = text.label(services.handbook_of(case), "states", case.state) if case is not None else ""
            may = refusal is None and case is not None
            tip = (
                text.refusal_text(refusal, services.handbook, self._context.names)
                if refusal is not None
                else ""
            )
            self.table.setItem(place, 2, cell(state))
            words = self.tr("可以办") if may else self.tr("不能办")
            self.table.setItem(place, 3, cell(words, tone="green" if may else "text_3", tip=tip))
        self.redo.setVisible(bool(self._again))
        self.redo.setEnabled(bool(self._again))
        self.redo.setText(self.tr("对可办的 {n} 件重新办理").format(n=len(self._again)))

    def _open(self, place: int) -> None:
        item = self._batch.pairs[place][0]
        self._context.show_case(str(getattr(item, "id", item)))

    def _redo(self) -> None:
        self.accept()
        self._batch.redo(self._again)


def read_again(
    services: Services, name: str, wanted: Sequence[tuple[str, Mapping[str, Any]]], actor: Actor
) -> list[tuple[Case | None, Refusal | None]]:
    """Each case as it is now (None where the actor does not see it), and why the command is not possible, if it is not."""
    made = []
    for case_id, data in wanted:
        preview = services.cases.preview(name, [case_id], data, actor)[0]
        made.append((preview.before, preview.refusal))
    return made


def written(data: Mapping[str, Any], handbook: Handbook, name_of: Callable[[str], str]) -> list[str]:
    """``field：value`` of what a person fills in: words, and choices that have a name. Ids and places say nothing here."""
    lines = []
    for key, value in data.items():
        label = text.label(handbook, "fields", key)
        if not isinstance(value, str) or not value or label == key or key.endswith("_id"):
            continue
        shown = name_of(value)
        if shown == value:
            shown = next(
                (named for kind in NAMED if (named := text.label(handbook, kind, value)) != value),
                value,
            )
        lines.append(f"{label}：{shown}")
    return lines


def _copy(words: str) -> None:
    QGuiApplication.clipboard().setText(words)
