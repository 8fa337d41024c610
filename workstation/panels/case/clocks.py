"""The clocks of a case as cards: the limit, what is used, the bar with its legend, and (unfolded) every stretch with its cause."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from workstation.shell.texts import text
from workstation.shell.widgets import Badge, Card, LightDot, button, kind_label
from workstation.workflow.case import ClockRun
from workstation.workflow.clockwork import RETURN
from workstation.workflow.handbook import Handbook

from .clockbar import ClockBar
from .clocklegend import ClockLegend
from .clockwords import (
    article_text,
    basis_text,
    cause_text,
    cause_word,
    length_text,
    minutes_text,
    span_text,
)
from .reading import ClockView

MOST_ROWS = 120


class ClockCard(Card):
    """One run of a clock."""

    def __init__(
        self,
        view: ClockView,
        handbook: Handbook,
        names: Mapping[str, str],
        now: datetime,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, "card", 12, 6)
        self._view, self._handbook, self._names = view, handbook, names
        run, ledger = view.run, view.ledger
        stopped, until = run.stopped_at is not None, run.stopped_at or now
        self._add_head(now, stopped)
        used = self.tr("时限 {limit} · 已计 {used}（{share}%）").format(
            limit=self._limit(run), used=minutes_text(ledger.used), share=round(ledger.used_share * 100)
        )
        self.body.addWidget(kind_label(used, "small"))
        self.bar = ClockBar(handbook, names, run.article)
        self.bar.set_ledger(ledger, until, stopped)
        self.body.addWidget(self.bar)
        self.legend = ClockLegend(ledger, until, handbook, names)
        self.body.addWidget(self.legend)
        article = article_text(handbook, run.article)
        if article:
            basis = kind_label(self.tr("时限依据 {article}").format(article=article), "small")
            basis.setWordWrap(True)
            self.body.addWidget(basis)
        self._rows = QWidget()
        self._rows.hide()
        self._more = button(self.tr("展开明细"), "link", on_click=self._toggle)
        row = QHBoxLayout()
        row.addWidget(self._more)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self._rows)

    def _add_head(self, now: datetime, stopped: bool) -> None:
        run = self._view.run
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(LightDot("" if run.name == RETURN else self._view.ledger.light))
        named = self.tr("申请回退") if run.name == RETURN else text.label(self._handbook, "clocks", run.name)
        head.addWidget(kind_label(named, "heading"))
        if run.provisional:
            badge = Badge(self.tr("暂定"), "yellow")
            badge.setToolTip(self.tr("跨年度的放假通知尚未发布，截止时间可能变动"))
            head.addWidget(badge)
        head.addStretch(1)
        head.addWidget(kind_label(self._headline(now, stopped), "label"))
        self.body.addLayout(head)

    def _limit(self, run: ClockRun) -> str:
        limit = text.limit_text(run.amount, run.unit)
        if run.extended:
            limit += self.tr(" + 延时 {extra}").format(extra=text.limit_text(run.extended, run.unit))
        return limit

    def _headline(self, now: datetime, stopped: bool) -> str:
        run, ledger = self._view.run, self._view.ledger
        if run.name == RETURN:
            return self._return_words(now)
        if stopped:
            if run.due_at is not None and run.stopped_at is not None and run.stopped_at > run.due_at:
                over = text.duration_text(run.stopped_at - run.due_at)
                return self.tr("已停 · 超期 {time}").format(time=over)
            return self.tr("已停 · 按时")
        if ledger.due_at is None:
            cause = cause_word(run.pauses[-1].cause, self._handbook) if run.pauses else ""
            return self.tr("{cause}，截止时间待恢复后重算").format(cause=cause)
        return text.remaining_text(ledger.due_at, now)

    def _return_words(self, now: datetime) -> str:
        """A right, not a duty: what is over is over, and nobody is late."""
        run = self._view.run
        if run.stopped_at is not None:
            return self.tr("已申请回退")
        if run.due_at is not None and now > run.due_at:
            return self.tr("已过回退时限，须由本单位处置")
        return self.tr("{time}内可以申请").format(time=text.remaining_text(run.due_at, now))

    def _fill(self) -> None:
        """Every stretch in a row; made when somebody wants to see them."""
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(2, 1)
        entries = self._view.ledger.entries
        for at, entry in enumerate(entries[:MOST_ROWS]):
            tone = "red" if entry.cause == "late" else "accent_hover" if entry.counted else "text_3"
            words = cause_text(entry, self._handbook, self._names)
            # What the limit rests on stands above once for all that counts.
            basis = "" if entry.counted else basis_text(entry, self._handbook, self._view.run.article)
            if basis:
                words = self.tr("{cause}\n依据{basis}").format(cause=words, basis=basis)
            cause = kind_label(words, "label")
            cause.setWordWrap(True)
            grid.addWidget(kind_label(span_text(entry.start, entry.end), "small"), at, 0)
            grid.addWidget(Badge(self.tr("计") if entry.counted else self.tr("不计"), tone), at, 1)
            grid.addWidget(cause, at, 2)
            grid.addWidget(kind_label(length_text(entry), "small"), at, 3, Qt.AlignmentFlag.AlignRight)
        if len(entries) > MOST_ROWS:
            rest = self.tr("其余 {n} 段从略").format(n=len(entries) - MOST_ROWS)
            grid.addWidget(kind_label(rest, "small"), MOST_ROWS, 0, 1, 4)

    def _toggle(self) -> None:
        shown = self._rows.isHidden()
        if shown and self._rows.layout() is None:
            self._fill()
        self._rows.setVisible(shown)
        self._more.setText(self.tr("收起明细") if shown else self.tr("展开明细"))


def clear(box: QVBoxLayout) -> None:
    """Take everything out of a layout and delete it."""
    while box.count():
        item = box.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
