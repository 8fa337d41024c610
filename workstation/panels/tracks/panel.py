"""The dock 轨迹回放: who and which day above, figures of each way, and the controls that play them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QDateEdit,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from workstation.map.overlay_mobiles import kind_title
from workstation.map.overlay_tracks import GAP, TOKENS, placed
from workstation.paths import home
from workstation.services.cases.standing import LOCAL
from workstation.services.spatial.export import export_tracks
from workstation.services.spatial.positions import Mobile, TooMany
from workstation.shell.context import AppContext
from workstation.shell.maps import work as mapwork
from workstation.shell.panel import Panel
from workstation.shell.texts.text import duration_text, joined
from workstation.shell.widgets import button, kind_label, refresh_icons, tool_button
from workstation.shell.widgets.tables import cell, fill, plain_table

from .player import Player
from .reading import Told, read

ROLE = Qt.ItemDataRole.UserRole
MOST = len(TOKENS)
"""So many ways at once have a colour each."""


class TracksPanel(Panel):
    """Shows where people were. Others ask it by :meth:`show_mobiles`."""

    key = "tracks"
    icon = "play"
    area = "right"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.work = mapwork.of(context)
        self._register: dict[str, Mobile] = {}
        self._wanted: list[str] = []
        self.told: list[Told] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 10, 10, 8)
        box.setSpacing(8)
        box.addLayout(self._make_head())
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(self.tr("人员和车辆"))
        self.tree.itemChanged.connect(self._ticked)
        box.addWidget(self.tree, 3)
        self.table = plain_table(
            [
                self.tr("姓名"),
                self.tr("里程"),
                self.tr("在本责任区"),
                self.tr("停留"),
                self.tr("无记录"),
            ],
            [90, 78, 82, 40, 72],
            0,
        )
        self.table.itemActivated.connect(lambda _item: self._go())
        box.addWidget(self.table, 2)
        self.words = kind_label("", "small")
        self.words.setWordWrap(True)
        box.addWidget(self.words)
        self.player = Player()
        self.player.moment.connect(self.work.set_moment)
        box.addWidget(self.player)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.save = button(self.tr("导出…"), "small", "download", self._export)
        self.save.setVisible(context.services.positions.sees_all(context.actor))
        self.clear_button = button(self.tr("清除"), "small", on_click=self.clear)
        foot.addWidget(self.save)
        foot.addWidget(self.clear_button)
        box.addLayout(foot)
        context.actor_changed.connect(self._actor_changed)
        context.theme_changed.connect(self._recolor)
        self._read_register()
        self._show_told()

    @property
    def title(self) -> str:
        """The panel's name."""
        return self.tr("轨迹回放")

    def _make_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("姓名、单位、车牌"))
        self.name.setAccessibleName(self.tr("查找人员和车辆"))
        self.name.setClearButtonEnabled(True)
        self.name.textChanged.connect(lambda _text: self._filter())
        today = self._today()
        self.day = QDateEdit(QDate(today.year, today.month, today.day))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setAccessibleName(self.tr("日期"))
        self.day.dateChanged.connect(lambda _day: self._read())
        row.addWidget(self.name, 1)
        row.addWidget(tool_button("chevron-left", self.tr("前一天"), partial(self._move_day, -1)))
        row.addWidget(self.day)
        row.addWidget(tool_button("chevron-right", self.tr("后一天"), partial(self._move_day, 1)))
        return row

    def _today(self) -> date:
        return self.context.services.now().astimezone(LOCAL).date()

    def _move_day(self, days: int) -> None:
        self.day.setDate(self.day.date().addDays(days))

    # ---- who ----

    def _read_register(self) -> None:
        context = self.context
        context.tasks.run(
            context.services.positions.register,
            context.actor,
            owner=self,
            key="register",
            on_done=self._register_known,
        )

    def _register_known(self, found: list[Mobile]) -> None:
        self._register = {one.id: one for one in found}
        self.tree.blockSignals(True)
        self.tree.clear()
        units: dict[str, QTreeWidgetItem] = {}
        for one in found:
            unit = units.get(one.unit)
            if unit is None:
                unit = units[one.unit] = QTreeWidgetItem(self.tree, [self.context.name_of(one.unit)])
                unit.setFlags(Qt.ItemFlag.ItemIsEnabled)
            words = " ".join(part for part in (kind_title(one.kind), one.name, one.plate) if part)
            item = QTreeWidgetItem(unit, [words])
            item.setData(0, ROLE, one.id)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
            )
            item.setCheckState(0, self._tick(one.id))
        self.tree.blockSignals(False)
        self._filter()
        if self._wanted and not self.told:
            self._read()

    def _tick(self, mobile: str) -> Qt.CheckState:
        return Qt.CheckState.Checked if mobile in self._wanted else Qt.CheckState.Unchecked

    def _items(self) -> list[QTreeWidgetItem]:
        out = []
        for at in range(self.tree.topLevelItemCount()):
            unit = self.tree.topLevelItem(at)
            out += (
                [child for n in range(unit.childCount()) if (child := unit.child(n)) is not None]
                if unit
                else []
            )
        return out

    def _filter(self) -> None:
        """Those whose words hold what is typed; of many units, only the ones with somebody chosen are open."""
        words = self.name.text().strip().lower()
        for at in range(self.tree.topLevelItemCount()):
            unit = self.tree.topLevelItem(at)
            if unit is None:
                continue
            named = words in unit.text(0).lower()
            shown = 0
            chosen = False
            for n in range(unit.childCount()):
                item = unit.child(n)
                if item is None:
                    continue
                fits = named or words in item.text(0).lower()
                item.setHidden(not fits)
                shown += fits
                chosen = chosen or item.checkState(0) == Qt.CheckState.Checked
            unit.setHidden(not shown)
            unit.setExpanded(bool(words) or chosen or self.tree.topLevelItemCount() < 4)

    def _ticked(self, item: QTreeWidgetItem) -> None:
        mobile = str(item.data(0, ROLE) or "")
        if not mobile:
            return
        if item.checkState(0) == Qt.CheckState.Checked:
            if len(self._wanted) >= MOST:
                self.context.notify(self.tr("最多同时看 {} 条轨迹").format(MOST), "warning")
                self._tick_all()
                return
            self._wanted.append(mobile)
        elif mobile in self._wanted:
            self._wanted.remove(mobile)
        self._read()

    def _tick_all(self) -> None:
        self.tree.blockSignals(True)
        for item in self._items():
            item.setCheckState(0, self._tick(str(item.data(0, ROLE))))
        self.tree.blockSignals(False)

    def show_mobiles(self, ids: list[str]) -> None:
        """Show these of the last day that there is a track of the first."""
        self._wanted = list(ids)[:MOST]
        self._tick_all()
        self._filter()
        if ids:
            context = self.context
            context.tasks.run(
                context.services.positions.days,
                ids[0],
                context.actor,
                owner=self,
                key="days",
                on_done=self._days_known,
            )

    def _days_known(self, span: tuple[datetime, datetime] | None) -> None:
        if span is None:
            self.told = []
            self._show_told()
            self.words.setText(self.tr("没有轨迹记录"))
            return
        last = span[1].astimezone(LOCAL).date()
        day = QDate(last.year, last.month, last.day)
        if day == self.day.date():
            self._read()
        else:
            self.day.setDate(day)

    # ---- what is shown ----

    def _read(self) -> None:
        context = self.context
        wanted = [
            (mobile, self._register[mobile].name) for mobile in self._wanted if mobile in self._register
        ]
        if not wanted:
            self.told = []
            self._show_told()
            return
        day = self.day.date()
        since = datetime.combine(date(day.year(), day.month(), day.day()), time(), LOCAL)
        self.words.setText(self.tr("正在读取轨迹…"))
        context.tasks.run(
            read,
            context.services,
            wanted,
            since,
            since + timedelta(days=1),
            context.actor,
            owner=self,
            key="read",
            on_done=self._read_done,
            on_error=self._failed,
        )

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, TooMany):
            self.words.setText(self.tr("轨迹点超过 {} 个，请少选几个").format(f"{error.most:,}"))
        else:
            self.words.setText("")
            self.context.say_error(error)

    def _read_done(self, told: list[Told]) -> None:
        first = not self.told
        self.told = [replace(one, way=placed(one.way, self.work.field.projection)) for one in told]
        self._show_told()
        missing = [self._register[m].name for m in self._wanted if m not in {t.way.mobile for t in told}]
        words = self.tr("虚线是没有记录的时段，两端之间怎么走的不知道。方块是停留 5 分钟以上的地方。")
        if missing:
            words = self.tr("这天没有记录：{}。").format(joined(missing)) + (words if told else "")
        self.words.setText(words)
        if told and first:
            self._fit()

    def _show_told(self) -> None:
        told = self.told
        self.work.show_ways([one.way for one in told])
        fill(self.table, [self._row(number, one) for number, one in enumerate(told)])
        if told:
            self.player.set_span(
                min(float(one.track.at[0]) for one in told), max(float(one.track.at[-1]) for one in told)
            )
        else:
            self.player.set_span(0.0, 0.0)
            self.work.set_moment(None)
        self.save.setEnabled(bool(told))
        self.clear_button.setEnabled(bool(self._wanted))

    def _row(self, number: int, one: Told) -> list[Any]:
        known = one.seconds - one.way.unknown_seconds
        own = "—" if one.own_seconds is None else f"{one.own_seconds / known:.0%}" if known > 0 else "—"
        gaps = int(one.way.gaps.sum())
        missing = duration_text(timedelta(seconds=one.way.unknown_seconds)) if gaps else "—"
        name = cell(one.way.name, one.way.mobile)
        name.setIcon(self._swatch(number))
        return [
            name,
            cell(self.tr("{} 千米").format(f"{one.way.metres / 1000:.1f}")),
            cell(own, tip=self.tr("有记录的时间里，在自己网格或责任区内的份额")),
            cell(str(len(one.way.stops))),
            cell(missing, tip=self.tr("{n} 段没有记录").format(n=gaps)),
        ]

    def _swatch(self, number: int) -> QIcon:
        side, dpr = 14, self.devicePixelRatioF()
        picture = QPixmap(round(side * dpr), round(side * dpr))
        picture.setDevicePixelRatio(dpr)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.context.theme.color(TOKENS[number % MOST])))
        painter.drawRoundedRect(QRectF(1, 4, side - 2, side - 8), 2, 2)
        painter.end()
        return QIcon(picture)

    def _fit(self) -> None:
        """Show all ways whole."""
        lon = [float(x) for one in self.told for x in (one.track.lon.min(), one.track.lon.max())]
        lat = [float(y) for one in self.told for y in (one.track.lat.min(), one.track.lat.max())]
        margin = 0.0006
        self.context.canvas.fit_extent(
            (min(lon) - margin, min(lat) - margin, max(lon) + margin, max(lat) + margin)
        )

    def _go(self) -> None:
        """To the chosen one, where it is at the moment that is shown."""
        number = self.table.currentRow()
        if 0 <= number < len(self.told):
            track = self.told[number].track
            at = int(track.at.searchsorted(self.player.now, side="right")) - 1
            at = max(0, at)
            self.context.canvas.fly_to(float(track.lon[at]), float(track.lat[at]), 2500)

    def clear(self) -> None:
        """No ways on the maps."""
        self._wanted = []
        self.told = []
        self._tick_all()
        self.words.setText("")
        self._show_told()

    def _actor_changed(self, actor: Any) -> None:
        self.clear()
        self.save.setVisible(self.context.services.positions.sees_all(actor))
        self._read_register()

    def _recolor(self) -> None:
        refresh_icons(self)
        fill(self.table, [self._row(number, one) for number, one in enumerate(self.told)])

    # ---- files ----

    def _export(self) -> None:
        names = {".gpx": self.tr("GPX 轨迹 (*.gpx)"), ".geojson": self.tr("GeoJSON (*.geojson)")}
        title = self.tr("轨迹") + self.day.date().toString(" yyyy-MM-dd")
        dialog = QFileDialog(
            self, self.tr("导出轨迹"), str(home() / f"{title}.gpx"), ";;".join(names.values())
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def taken(path: str) -> None:
            chosen = next(key for key, name in names.items() if name == dialog.selectedNameFilter())
            file = Path(path)
            self.export(file if file.suffix.lower() in names else file.with_name(file.name + chosen))

        dialog.fileSelected.connect(taken)
        dialog.open()

    def export(self, path: Path) -> None:
        """Write the ways that are shown, for those who may see everybody's; the end is told by a message."""
        context = self.context
        if not self.told or not context.services.positions.sees_all(context.actor):
            return

        def done(count: int) -> None:
            words = self.tr("已导出 {n} 个点到 {file}").format(n=f"{count:,}", file=path.name)
            context.notify(words, "success")

        def failed(error: BaseException) -> None:
            if isinstance(error, OSError):
                context.notify(self.tr("文件写不进去：{}").format(error.strerror or error), "error")
            else:
                context.say_error(error)

        tracks = [(one.way.name, one.track, GAP) for one in self.told]
        context.tasks.run(export_tracks, tracks, path, owner=self, on_done=done, on_error=failed)
