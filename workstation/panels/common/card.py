"""The case at a glance: what, where, since when, how much time is left. The same at the head of every work area."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from workstation.shell.context import AppContext
from workstation.shell.texts.text import kind_text, limit_text, remaining_text, time_text
from workstation.shell.widgets import Badge, LightDot, kind_label, state_tone, tool_button
from workstation.shell.widgets.photos import PhotoStrip
from workstation.workflow.case import Case, ClockRun, State
from workstation.workflow.clock import light

from .clocks import main_clock
from .reporter import ReporterLine
from .view import CaseView

LABEL_WIDTH = 60


def wrapped(words: str = "") -> QLabel:
    """A value that wraps and can be selected with the mouse."""
    label = kind_label(words)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def way_text(way: str) -> str:
    """How a case was sent out of turn: 快速处置 by the centre's own crew, 先行处置 before anybody is responsible."""
    translate = QCoreApplication.translate
    return {"rapid": translate("Ways", "快速处置"), "first": translate("Ways", "先行处置")}.get(way, "")


class Facts(QWidget):
    """Label and value, one below the other, the labels in one column. Values without text are left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[QLabel, QLabel]] = []

    def set(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these."""
        shown = [(name, value) for name, value in facts if value]
        while len(self._rows) < len(shown):
            name, value = kind_label("", "muted"), wrapped()
            place = len(self._rows)
            self._grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, place, 1)
            self._rows.append((name, value))
        for place, (name, value) in enumerate(self._rows):
            here = place < len(shown)
            name.setVisible(here)
            value.setVisible(here)
            if here:
                name.setText(shown[place][0])
                value.setText(shown[place][1])


class ClockLine(QWidget):
    """One clock in one line: its light, what it limits, until when, how long still."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._dot = LightDot()
        self._text = kind_label()
        self._left = kind_label("", "mono")
        row.addWidget(self._dot)
        row.addWidget(self._text, 1)
        row.addWidget(self._left)

    def show_clock(self, clock: ClockRun | None, label: str) -> None:
        """Show this run of a clock; None hides the line."""
        self.setVisible(clock is not None)
        if clock is None:
            return
        now = self._context.services.now()
        limit = limit_text(clock.amount + clock.extended, clock.unit)
        if clock.due_at is None:
            self._dot.set_light("")
            cause = clock.pauses[-1].cause if clock.pauses else "suspended"
            self._text.setText(self.tr("{what}时限 {limit} · 已暂停").format(what=label, limit=limit))
            self._left.setText(
                self.tr("挂账中") if cause == "suspended" else self._context.label("causes", cause)
            )
            return
        until = clock.stopped_at or now
        self._dot.set_light(light(clock.yellow_at, clock.due_at, until))
        due = time_text(clock.due_at, now)
        self._text.setText(
            self.tr("{what}时限 {limit} · {due} 截止").format(what=label, limit=limit, due=due)
        )
        self._left.setText(remaining_text(clock.due_at, until))


class CaseCard(QWidget):
    """Title, badges, clock, facts and the first photographs of a case.

    Who reported it is shown only where ``reporter`` says that the work needs it, and then masked (TZ-5-PRIVACY).
    """

    def __init__(
        self,
        context: AppContext,
        parent: QWidget | None = None,
        *,
        photo_roles: frozenset[str] = frozenset({"before"}),
        reporter: bool = False,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._roles = photo_roles
        self._case: Case | None = None
        self._view: CaseView | None = None
        self._title = kind_label("", "title")
        self._title.setWordWrap(True)
        self._code = kind_label("", "muted")
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._state = Badge(solid=False)
        self._flags = [
            Badge(tone="red", solid=True),
            Badge(tone="yellow"),
            Badge(tone="yellow"),
            Badge(tone="accent"),
            Badge(tone="accent"),
        ]
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        for badge in (*self._flags, self._state):
            head.addWidget(badge)
        under = QHBoxLayout()
        under.setSpacing(2)
        under.addWidget(self._code, 1)
        under.addWidget(tool_button("pin", self.tr("在地图上定位"), self._locate))
        under.addWidget(tool_button("case", self.tr("打开案卷详情"), self._open))
        self._clock = ClockLine(context)
        self.facts = Facts()
        self.reporter = ReporterLine(context, caption=self.tr("反映人")) if reporter else None
        self.photos = PhotoStrip(context)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(head)
        box.addLayout(under)
        box.addWidget(self._clock)
        box.addWidget(self.facts)
        if self.reporter is not None:
            box.addWidget(self.reporter)
        box.addWidget(self.photos)
        context.minute.connect(self._tick)

    def show_view(self, view: CaseView, more: Sequence[tuple[str, str]] = ()) -> None:
        """Show the case, with further facts after the usual ones."""
        case = view.case
        self._case, self._view = case, view
        now = self._context.services.now()
        self._title.setText(case.class_name or self.tr("未定类别的{kind}").format(kind=kind_text(case.kind)))
        self._code.setText(
            " · ".join(p for p in (case.code, time_text(case.reported_at or case.registered_at, now)) if p)
        )
        self._state.set(view.handbook.label("states", case.state), state_tone(case.state))
        self._flags[0].set(self.tr("紧急") if case.emergency else "")
        self._flags[1].set(self.tr("重点") if case.key_case else "")
        self._flags[2].set(self.tr("第{n}次处置").format(n=case.rework + 1) if case.rework else "")
        # What a collector put right on the spot was never filed (自行处置).
        alone = case.state is State.CLOSED and case.filed_at is None
        self._flags[3].set(self.tr("自行处置") if alone else way_text(case.way))
        self._flags[4].set(self.tr("协调中") if case.coordinating is not None else "")
        self._tick()
        # A description that says the place says it once: on a small screen each line keeps the work out of sight.
        facts = [
            (self.tr("问题描述"), case.description),
            (self.tr("地点"), "" if case.address in case.description else case.address),
            (self.tr("网格"), view.place or case.grid),
            (self.tr("部件"), case.component),
            (self.tr("办结说明"), case.outcome_reason if not case.open else ""),
            (self.tr("上级案号"), case.upstream_code),
            (
                self.tr("并入案卷"),
                self.tr("{n} 件").format(n=len(case.duplicates)) if case.duplicates else "",
            ),
            (self.tr("子案卷"), self.tr("{n} 件").format(n=len(case.children)) if case.children else ""),
        ]
        if self.reporter is not None:
            facts.append((self.tr("来源"), view.handbook.label("sources", case.source)))
            self.reporter.show_case(case)
        self.facts.set([*facts, *more])
        self.photos.set_photos(photo for photo in case.photos if photo.role in self._roles)

    def _tick(self) -> None:
        if self._case is not None and self._view is not None:
            clock = main_clock(self._case)
            self._clock.show_clock(clock, self._view.handbook.label("clocks", clock.name) if clock else "")

    def _locate(self) -> None:
        if self._case is not None and self._case.lon is not None and self._case.lat is not None:
            self._context.canvas.fly_to(self._case.lon, self._case.lat)

    def _open(self) -> None:
        if self._case is not None:
            self._context.show_case(self._case.id)
