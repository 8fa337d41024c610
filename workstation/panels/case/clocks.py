"""The clocks of a case as cards: the limit, what is used, the bar, and (unfolded) every stretch with its cause."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from workstation.shell import text
from workstation.shell.widgets import Badge, Card, LightDot, button, kind_label
from workstation.workflow.handbook import Handbook

from .clockbar import ClockBar, cause_text, span_text
from .reading import ClockView

MOST_ROWS = 60


def article_text(handbook: Handbook, article: str) -> str:
    """What a limit rests on: 《闽清县…暂行规定》第21条; the document alone where no number is given."""
    if not article:
        return ""
    key, _, rest = article.partition("-")
    title = next((document.title for document in handbook.documents if document.key == key), "")
    number = rest.split("-")[0]
    if title and number.isdigit():
        return QCoreApplication.translate("Clocks", "《{title}》第{n}条").format(title=title, n=number)
    return QCoreApplication.translate("Clocks", "《{title}》").format(title=title) if title else article


def minutes_text(minutes: float) -> str:
    """Counted minutes as hours and minutes, never as days: a working day is not 24 hours."""
    translate = QCoreApplication.translate
    hours, mins = divmod(round(minutes), 60)
    if hours and mins:
        return translate("Clocks", "{h}小时{m}分").format(h=hours, m=mins)
    return (
        translate("Clocks", "{h}小时").format(h=hours)
        if hours
        else translate("Clocks", "{m}分钟").format(m=mins)
    )


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
        run, ledger = view.run, view.ledger
        stopped = run.stopped_at is not None
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(LightDot(ledger.light))
        head.addWidget(kind_label(text.label(handbook, "clocks", run.name), "heading"))
        if run.provisional:
            badge = Badge(self.tr("暂定"), "yellow")
            badge.setToolTip(self.tr("跨年度的放假通知尚未发布，截止时间可能变动"))
            head.addWidget(badge)
        head.addStretch(1)
        head.addWidget(kind_label(self._headline(view, now, stopped), "label"))
        self.body.addLayout(head)
        limit = text.limit_text(run.amount, run.unit)
        if run.extended:
            limit += self.tr(" + 延时 {extra}").format(extra=text.limit_text(run.extended, run.unit))
        used = self.tr("时限 {limit} · 已计 {used}（{share}%）").format(
            limit=limit, used=minutes_text(ledger.used), share=round(ledger.used_share * 100)
        )
        self.body.addWidget(kind_label(used, "small"))
        bar = ClockBar(handbook, names)
        bar.set_ledger(ledger, run.stopped_at or now, stopped)
        self.body.addWidget(bar)
        article = article_text(handbook, run.article)
        if article:
            basis = kind_label(self.tr("依据 {article}").format(article=article), "small")
            basis.setWordWrap(True)
            self.body.addWidget(basis)
        self._rows = QWidget()
        self._fill(view, handbook, names)
        self._rows.hide()
        self._more = button(self.tr("展开明细"), "link", on_click=self._toggle)
        row = QHBoxLayout()
        row.addWidget(self._more)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self._rows)

    def _headline(self, view: ClockView, now: datetime, stopped: bool) -> str:
        run, ledger = view.run, view.ledger
        if stopped:
            late = run.due_at is not None and run.stopped_at is not None and run.stopped_at > run.due_at
            if late and run.due_at is not None and run.stopped_at is not None:
                over = text.duration_text(run.stopped_at - run.due_at)
                return self.tr("已停 · 超期 {time}").format(time=over)
            return self.tr("已停 · 按时")
        if ledger.due_at is None:
            return self.tr("挂账中，暂停计时")
        return text.remaining_text(ledger.due_at, now)

    def _fill(self, view: ClockView, handbook: Handbook, names: Mapping[str, str]) -> None:
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(2, 1)
        listed = view.ledger.entries[:MOST_ROWS]
        for at, entry in enumerate(listed):
            minutes = (entry.end - entry.start).total_seconds() / 60
            grid.addWidget(kind_label(span_text(entry.start, entry.end), "small"), at, 0)
            mark = self.tr("计") if entry.counted else self.tr("不计")
            grid.addWidget(
                Badge(
                    mark, "red" if entry.cause == "late" else "accent_hover" if entry.counted else "text_3"
                ),
                at,
                1,
            )
            cause = kind_label(cause_text(entry, handbook, names), "label")
            cause.setWordWrap(True)
            grid.addWidget(cause, at, 2)
            grid.addWidget(kind_label(minutes_text(minutes), "small"), at, 3, Qt.AlignmentFlag.AlignRight)
        if len(view.ledger.entries) > MOST_ROWS:
            rest = len(view.ledger.entries) - MOST_ROWS
            grid.addWidget(
                kind_label(self.tr("其余 {n} 段从略").format(n=rest), "small"), len(listed), 0, 1, 4
            )

    def _toggle(self) -> None:
        shown = self._rows.isHidden()
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
