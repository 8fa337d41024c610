"""Before a calendar is saved: which days change, and how many running deadlines move, worked out in the background."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QLineEdit, QProgressBar, QWidget

from workstation.services.cases.upkeep import Recomputed, moving
from workstation.shell.context import AppContext
from workstation.shell.texts import text
from workstation.shell.widgets import FormRow, kind_label
from workstation.shell.widgets.dialogs import Dialog

from .draft import Draft, hours_text
from .yearview import kind_words, weekday_words

MOST_DAYS = 12


class Steps(QObject):
    """How far a background task is, told in the GUI thread."""

    at = Signal(int, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._stop = threading.Event()

    def stop(self) -> None:
        """Let the task end where it is."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        """Whether it was told to end."""
        return self._stop.is_set()


class SaveDialog(Dialog):
    """``on_ok(note)`` is called when the person agrees. Closing it ends the counting."""

    def __init__(
        self, parent: QWidget | None, context: AppContext, draft: Draft, on_ok: Callable[[str], object]
    ) -> None:
        super().__init__(parent=parent, title=self.tr("保存为新版工作日历"), icon="calendar", width=520)
        self._on_ok = on_ok
        self._context = context
        days = kind_label("\n".join(self._days(draft)), "label")
        days.setWordWrap(True)
        self.body.addWidget(days)
        self.effect = kind_label(self.tr("正在核对正在计时的时限…"), "label")
        self.effect.setWordWrap(True)
        self.body.addWidget(self.effect)
        self.bar = QProgressBar()
        self.body.addWidget(self.bar)
        self.note = QLineEdit()
        self.body.addWidget(FormRow(self.tr("说明"), self.note, hint=self.tr("记入日历的版本记录，可不填")))
        self.add_button(self.tr("取消"))
        self.ok = self.add_button(self.tr("保存并重算时限"), "primary", self._accept)
        self.steps = Steps(self)
        self.steps.at.connect(self._step)
        self.finished.connect(self.steps.stop)
        calendar, services, steps = draft.calendar, context.services, self.steps

        def count() -> Recomputed:
            return moving(services, calendar, steps.at.emit, lambda: steps.stopped)

        context.tasks.run(count, owner=self, on_done=self._counted, on_error=self._failed)

    def _days(self, draft: Draft) -> Sequence[str]:
        lines = []
        for i in range(7):
            before, after = draft.base.week_slots(i), draft.calendar.week_slots(i)
            if before != after:
                lines.append(
                    self.tr("每周{day}：{before} 改为 {after}").format(
                        day=weekday_words()[i],
                        before=hours_text(before) or self.tr("休息"),
                        after=hours_text(after) or self.tr("休息"),
                    )
                )
        found = draft.days()
        if found:
            lines.append(self.tr("{n} 天的安排有变化：").format(n=len(found)))
        for change in found[:MOST_DAYS]:
            name = change.after.name or change.before.name
            lines.append(
                self.tr("  {day} {name}：{before} → {after}").format(
                    day=f"{change.day:%Y-%m-%d}",
                    name=name,
                    before=kind_words(change.before),
                    after=kind_words(change.after),
                )
            )
        if len(found) > MOST_DAYS:
            lines.append(self.tr("  其余 {n} 天见日历上的黄点").format(n=len(found) - MOST_DAYS))
        return lines or [self.tr("工作时间没有变化。")]

    def _step(self, at: int, of: int) -> None:
        self.bar.setRange(0, of)
        self.bar.setValue(at)

    def _counted(self, found: Recomputed) -> None:
        self.bar.hide()
        self.effect.setText(moved_words(found))

    def _failed(self, error: BaseException) -> None:
        self.bar.hide()
        self.effect.setText(text.error_text(error))

    def _accept(self) -> None:
        note = self.note.text().strip()
        self.accept()
        self._on_ok(note)


def moved_words(found: Recomputed) -> str:
    """How many deadlines move, and which way."""
    translate = QCoreApplication.translate
    if not found.moved:
        return translate("Calendar", "{n} 件在办案卷中，没有截止时间因此移动。").format(n=found.looked)
    later = sum(m.after > m.before for m in found.moved)
    return translate(
        "Calendar",
        "{n} 件在办案卷中，{cases} 件的 {clocks} 个截止时间移动：{later} 个推后，{earlier} 个提前。",
    ).format(
        n=found.looked,
        cases=len({m.case_id for m in found.moved}),
        clocks=len(found.moved),
        later=later,
        earlier=len(found.moved) - later,
    )
