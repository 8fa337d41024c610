"""The time slider of one map window: the cases as they stood at any moment of a day, and the day played.

The window shows no present while it is there: other windows do. Nothing can be done to what it shows. A day is read once
(:meth:`workstation.services.lists.moments.Moments.span`) in the background; going about in it needs no database.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, QElapsedTimer, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QVBoxLayout, QWidget

from ..look import icons
from ..texts.text import ZONE, local
from ..widgets.basics import kind_label, refresh_icons, tool_button
from .timeband import MINUTES, QUARTERS, TONES, TimeBand

if TYPE_CHECKING:
    from ...map.canvas import MapCanvas
    from ...services.lists.moments import Span
    from ...services.services import Changes
    from ..context import AppContext

TICK_MS = 50
SPEEDS = (1, 5, 15, 30, 60)
"""Minutes of the day to a second of ours."""
NARROW, NARROWEST = 560, 360
"""Pixels; with fewer than the first not all of the controls have room."""
AT_FIRST = 15
SOON_MS, AGAIN_MS = 2_000, 60_000
"""What happens today is read so long after it is heard of; without any of it the day grows by the minute."""


class TimeSlider(QWidget):
    """Stands below its canvas; :meth:`finish` gives the canvas back to the present."""

    closed = Signal()
    """Somebody wants the present again."""
    shown = Signal()
    """Another moment is on the map."""

    def __init__(self, context: AppContext, canvas: MapCanvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from ...map.overlay import MOBILES  # not before the window is there
        from ...map.overlay_past import PastMark

        self._context = context
        self._canvas = canvas
        self._span: Span | None = None
        self._growing = False
        self._now = context.services.now()
        self._instant = self._now
        self._clock = QElapsedTimer()
        self._ticker = QTimer(self, interval=TICK_MS)
        self._ticker.timeout.connect(self._tick)
        self._touched: set[str] = set()
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._grow)
        self._minutely = QTimer(self, interval=AGAIN_MS)
        self._minutely.timeout.connect(self._grow)
        self._minutely.start()
        self._mark = PastMark(canvas.palette_)
        canvas.add_overlay(self._mark)
        if context.bridge is not None:
            context.bridge.set_live(canvas, False)
        canvas.set_focus(())
        # Where people are is the present's too, and would lie.
        self._put_off = [o for o in canvas.overlays if o.z == MOBILES and o.visible]
        self._show_people(False)
        self._make_widgets()
        context.actor_changed.connect(self._somebody_else)
        context.changed.connect(self._changed)
        self._show_words()
        self._read(local(self._instant).date())

    def _make_widgets(self) -> None:
        self._narrow = False
        self.setProperty("kind", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.when = kind_label("", "heading")
        self.when.setMinimumWidth(88)
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setMaximumDate(_qdate(local(self._now).date()))
        self.day.setAccessibleName(self.tr("日期"))
        self.day.dateChanged.connect(self._day_chosen)
        self.play = tool_button("play", self.tr("播放（空格）"), self.toggle)
        self.back = tool_button("step-back", self.tr("上一件事（Ctrl+←）"), lambda: self.step(-1))
        self.forth = tool_button("step-next", self.tr("下一件事（Ctrl+→）"), lambda: self.step(1))
        self.loop = tool_button("repeat", self.tr("循环播放"))
        self.loop.setCheckable(True)
        self.speed = QComboBox()
        self.speed.setAccessibleName(self.tr("播放速度"))
        for minutes in SPEEDS:
            self.speed.addItem("", minutes)
        self._say_speeds()
        self.speed.setCurrentIndex(SPEEDS.index(AT_FIRST))
        self.totals = kind_label("", "muted")
        self.totals.setTextFormat(Qt.TextFormat.RichText)
        self.end = tool_button("close", self.tr("回到现在"), self.closed.emit)
        self.band = TimeBand()
        self.setFocusProxy(self.band)
        self.band.moved.connect(self._moved)
        self.band.stepped.connect(self.step)
        self.band.toggled.connect(self.toggle)
        row = QHBoxLayout()
        row.setContentsMargins(10, 4, 6, 0)
        row.setSpacing(4)
        for widget in (self.when, self.day, self.back, self.play, self.forth, self.speed, self.loop):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addWidget(self.totals)
        row.addStretch(1)
        row.addWidget(self.end)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.band)

    def _say_speeds(self, *, briefly: bool = False) -> None:
        for place, minutes in enumerate(SPEEDS):
            if briefly:
                words = self.tr("{n} 分/秒") if minutes < 60 else self.tr("1 时/秒")
            else:
                words = self.tr("每秒 {n} 分钟") if minutes < 60 else self.tr("每秒 1 小时")
            self.speed.setItemText(place, words.format(n=minutes))

    def minimumSizeHint(self) -> QSize:
        """What is left on the narrowest map."""
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow map what keys do as well, and the counts, make room for day and speed."""
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            for widget in (self.back, self.forth, self.loop, self.totals):
                widget.setVisible(not narrow)
            self.day.setDisplayFormat("MM-dd" if narrow else "yyyy-MM-dd")
            self._say_speeds(briefly=narrow)
            for shrunk in (self.day, self.speed):
                shrunk.setMinimumWidth(shrunk.sizeHint().width() if narrow else 0)

    # ---- a day -------------------------------------------------------------------------------------------------

    def _read(self, day: date) -> None:
        """Read a day up to its end, or to now."""
        self._span = None
        self._touched.clear()
        since = datetime.combine(day, time(), ZONE)
        until = min(since + timedelta(days=1), self._context.services.now())
        self.day.blockSignals(True)
        self.day.setDate(_qdate(day))
        self.day.blockSignals(False)
        self.totals.setText(self.tr("正在读取当天的经过…"))
        self._context.tasks.run(
            self._context.services.moments.span,
            since,
            max(since, until),
            self._context.actor,
            owner=self,
            key="day",
            on_done=self._show_day,
        )

    def _show_day(self, span: Span) -> None:
        self._span = span
        self._tell_day(span)
        self._instant = min(max(self._instant, span.since), span.until)
        self.refill()
        self._grow()

    def _tell_day(self, span: Span) -> None:
        counts = span.counts(QUARTERS) if span.until - span.since >= timedelta(days=1) else self._counts(span)
        self.band.set_day(counts, (span.until - span.since) / timedelta(minutes=1))
        names = {
            "received": self.tr("受理"),
            "filed": self.tr("立案"),
            "dispatched": self.tr("派遣"),
            "closed": self.tr("结案"),
        }
        self.totals.setText(
            "　".join(
                f'<span style="color:{self._context.theme.color(tone).name()}">■</span> {names[name]} {sum(counts[name]):,}'
                for name, tone in TONES.items()
            )
        )

    # ---- a day that is not over -----------------------------------------------------------------------------------

    @Slot(object)
    def _changed(self, changes: Changes) -> None:
        """Something has happened: to be seen in the band of today, wherever one stands in it."""
        self._touched |= changes.cases
        if changes.cases and not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _grow(self) -> None:
        """Read what has happened since, up to now or to the day's end."""
        now = self._context.services.now()
        self.day.setMaximumDate(_qdate(local(now).date()))
        span = self._span
        if span is None or self._growing:
            return
        end = span.since + timedelta(days=1)
        if span.until >= end:
            self._touched.clear()
            return
        ids, self._touched = frozenset(self._touched), set()
        self._growing = True
        self._context.tasks.run(
            self._context.services.moments.grow,
            span,
            min(now, end),
            ids,
            self._context.actor,
            owner=self,
            on_done=partial(self._grown, span, ids),
            on_error=partial(self._not_grown, ids),
        )

    def _grown(self, before: Span, ids: frozenset[str], span: Span) -> None:
        self._growing = False
        if self._touched:
            self._soon.start()
        if self._span is not before:  # another day meanwhile, read up to then
            return
        self._span = span
        self._tell_day(span)
        if ids and self._context.bridge is not None:
            markers = self._context.bridge.kept(self._canvas, span.shown(ids, self._instant))
            self._canvas.touch_cases(ids, markers)

    def _not_grown(self, ids: frozenset[str], error: BaseException) -> None:
        self._growing = False
        self._touched |= ids
        self._context.say_error(error)

    @staticmethod
    def _counts(span: Span) -> dict[str, list[int]]:
        """Of a day that is not over: its quarters so far, the others empty."""
        out = {name: [0] * QUARTERS for name in TONES}
        for step in span.steps:
            if step.counts:
                out[step.counts][min(QUARTERS - 1, int((step.at - span.since).total_seconds() // 900))] += 1
        return out

    def _day_chosen(self, chosen: QDate) -> None:
        """The same hour of another day."""
        day = date(chosen.year(), chosen.month(), chosen.day())
        at = local(self._instant)
        self._instant = datetime.combine(day, at.timetz())
        self._read(day)

    # ---- a moment ----------------------------------------------------------------------------------------------

    @property
    def instant(self) -> datetime:
        """The moment that the map shows."""
        return self._instant

    def refill(self) -> None:
        """Put the cases of the moment on the map, all of them anew."""
        if self._span is not None and self._context.bridge is not None:
            markers = self._context.bridge.kept(self._canvas, self._span.at(self._instant))
            self._show_words()
            self._canvas.set_cases(markers)
            self.shown.emit()

    def go(self, instant: datetime) -> None:
        """Another moment of the day: what differs is painted, and the lights as they were then."""
        span, bridge = self._span, self._context.bridge
        if span is None or bridge is None:
            return
        instant = min(max(instant, span.since), span.until)
        ids, markers = span.between(self._instant, instant)
        self._instant = instant
        self._show_words()
        if 2 * len(ids) > len(span):
            self._canvas.set_cases(bridge.kept(self._canvas, span.at(instant)))
        elif ids:
            self._canvas.touch_cases(ids, bridge.kept(self._canvas, markers))
        self.shown.emit()

    def _show_words(self) -> None:
        at = local(self._instant)
        words = self.tr("历史时刻 {time}，不可操作").format(time=at.strftime("%Y-%m-%d %H:%M"))
        self._mark.say(words)
        self.when.setText(at.strftime("%H:%M:%S"))
        self._canvas.set_clock(self._at, words)
        start = datetime.combine(at.date(), time(), ZONE) if self._span is None else self._span.since
        self.band.set_minute(min(MINUTES, (self._instant - start) / timedelta(minutes=1)))

    def _at(self) -> datetime:
        return self._instant

    def _moved(self, minute: float) -> None:
        if self._span is not None:
            self.go(self._span.since + timedelta(minutes=minute))

    def step(self, way: int) -> None:
        """To the next thing that happened, or the last one before."""
        if self._span is not None:
            found = self._span.next(self._instant) if way > 0 else self._span.previous(self._instant)
            if found is not None:
                self.stop()
                self.go(found.at)

    # ---- playing -----------------------------------------------------------------------------------------------

    @property
    def playing(self) -> bool:
        """Whether the day goes by."""
        return self._ticker.isActive()

    def toggle(self) -> None:
        """Play, or stop; at the end of the day from its beginning."""
        if self.playing:
            self.stop()
            return
        if self._span is None:
            return
        if self._instant >= self._span.until:
            self.go(self._span.since)
        self._clock.start()
        self._ticker.start()
        self._say_playing()

    def stop(self) -> None:
        """Stay at this moment."""
        self._ticker.stop()
        self._say_playing()

    def _say_playing(self) -> None:
        role = "pause" if self.playing else "play"
        self.play.setProperty("icon-role", role)
        self.play.setIcon(icons.icon(role, on="accent"))
        words = self.tr("暂停（空格）") if self.playing else self.tr("播放（空格）")
        self.play.setToolTip(words)
        self.play.setAccessibleName(words)

    def _tick(self) -> None:
        if self._span is None or not self._canvas.isVisible():
            self._clock.restart()
            return
        seconds = self._clock.restart() / 1000
        there = self._instant + timedelta(minutes=seconds * self.speed.currentData())
        if there >= self._span.until:
            if self.loop.isChecked():
                self.go(self._span.since)
                return
            self.stop()
        self.go(there)

    # ---- the end -----------------------------------------------------------------------------------------------

    def _somebody_else(self, _actor: Any) -> None:
        """Another person or post sees other cases, and begins in the present."""
        self.closed.emit()

    def _show_people(self, on: bool) -> None:
        for overlay in self._put_off:
            overlay.visible = on
            overlay.changed()

    def finish(self) -> None:
        """The canvas shows the present again; this is not used any more."""
        self._show_people(True)
        self._ticker.stop()
        self._minutely.stop()
        self._soon.stop()
        self._context.changed.disconnect(self._changed)
        self._context.actor_changed.disconnect(self._somebody_else)
        self._canvas.remove_overlay(self._mark)
        self._canvas.set_clock(self._canvas.present)
        if self._context.bridge is not None:
            self._context.bridge.set_live(self._canvas, True)

    def recolor(self) -> None:
        """Another theme."""
        refresh_icons(self)
        self.band.recolor()


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
