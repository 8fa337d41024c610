"""责任区检查: gaps and overlaps of areas of responsibility as a list and, hatched, on every map."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
)

from workstation.map.canvas import MapCanvas
from workstation.map.overlay_findings import FindingsOverlay
from workstation.services.documents.spreadsheet import Value, whole, write_xlsx
from workstation.services.recommending.responsibility import GAP, NOBODY, OVERLAP, Finding, Findings
from workstation.services.services import Services
from workstation.shell.context import AppContext
from workstation.shell.panel import Panel
from workstation.shell.texts.text import joined
from workstation.shell.widgets import button, kind_label, tool_button

from . import words
from .rows import KEY, LINE, FindingRows

RENEWED_BY = frozenset({"unit", "grid", "city", "handbook"})
"""What makes the findings old."""


def write_land(
    path: Path, titles: Sequence[str], rows: Sequence[Sequence[Value]], land: Sequence[bytes]
) -> int:
    """The findings that have land as GeoJSON, the titles as names of what is known of each; how many."""
    import shapely

    features = [
        {
            "type": "Feature",
            "geometry": json.loads(shapely.to_geojson(shapely.from_wkb(wkb))),
            "properties": dict(zip(titles, row, strict=True)),
        }
        for row, wkb in zip(rows, land, strict=True)
        if wkb
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    path.write_text(text, "utf-8")
    return len(features)


def find(services: Services, cancelled: Any = bool) -> Findings:
    """Look for them; in the background."""
    return services.responsibility.find(cancelled=cancelled)


class AreasPanel(Panel):
    """For whoever dispatches or keeps the areas. Enter goes to a finding, Ctrl+Enter chooses its cases."""

    key = "areas"
    icon = "areas"
    area = "left"

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._found = Findings((), 0, 0.0, 0.0)
        self._known = False
        self._overlays: dict[MapCanvas, FindingsOverlay] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 10, 12, 12)
        box.setSpacing(8)
        box.addLayout(self._top())
        self.state = kind_label("", "muted")
        self.state.setWordWrap(True)
        box.addWidget(self.state)
        self.list = QListWidget()
        self.list.setAccessibleName(self.title)
        self.list.setItemDelegate(FindingRows(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemDoubleClicked.connect(lambda *_: self.go())
        self.list.currentRowChanged.connect(lambda _row: self._mark())
        box.addWidget(self.list, 1)
        self.why = kind_label("", "label")
        self.mend = kind_label("", "muted")
        for label in (self.why, self.mend):
            label.setWordWrap(True)
            box.addWidget(label)
        box.addLayout(self._bottom())
        self.list.installEventFilter(self)
        context.on_each_canvas(self._put_on)
        context.canvas_removed.connect(self._take_off)
        context.changed.connect(self._changed)
        self._say()

    @property
    def title(self) -> str:
        """The panel's name."""
        return self.tr("责任区检查")

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(8)
        self.kinds = QComboBox()
        for key, label in (
            ("", self.tr("全部情形")),
            (GAP, self.tr("盲区")),
            (OVERLAP, self.tr("重叠")),
            (NOBODY, self.tr("无人负责")),
        ):
            self.kinds.addItem(label, key)
        self.kinds.currentIndexChanged.connect(lambda _index: self._fill())
        top.addWidget(self.kinds)
        self.on_map = QCheckBox(self.tr("在地图上显示"))
        self.on_map.setChecked(True)
        self.on_map.toggled.connect(lambda _on: self._paint())
        top.addWidget(self.on_map)
        top.addStretch(1)
        self.again = tool_button("refresh", self.tr("重新检查"), self.reload)
        top.addWidget(self.again)
        return top

    def _bottom(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.go_button = button(self.tr("定位"), "primary", "pin", self.go)
        self.go_button.setToolTip(self.tr("到地图上看（回车）"))
        self.take_button = button(self.tr("选中其案卷"), "", "case", self.take_cases)
        self.export_button = button(self.tr("导出…"), "", "download", self.ask_export)
        for widget in (self.go_button, self.take_button):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.export_button)
        return row

    # ---- looking -------------------------------------------------------------------------------------------------

    def activated(self) -> None:
        """Look, the first time it is shown and whenever something has changed since."""
        if not self._known:
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """What the list holds lies on the maps while the list is on the screen."""
        super().showEvent(event)
        self._paint()

    def hideEvent(self, event: QHideEvent) -> None:
        """The maps are free of it again."""
        super().hideEvent(event)
        self._paint()

    def reload(self) -> None:
        """Look again, in the background."""
        self._known = True
        self.again.setEnabled(False)
        self.state.setText(self.tr("正在检查各单位的责任区…"))
        services = self.context.services
        self.context.tasks.run(
            find, services, owner=self, key="find", on_done=self._told, on_error=self._failed
        )

    def _told(self, found: Findings) -> None:
        self._found = found
        self.again.setEnabled(True)
        self._fill()

    def _failed(self, error: BaseException) -> None:
        self._known = False
        self.again.setEnabled(True)
        self._say()
        self.context.say_error(error)

    def _changed(self, changes: Any) -> None:
        if not changes.topics & RENEWED_BY or not self._known:
            return
        self._known = False
        if self.isVisible():
            self.reload()

    # ---- what it shows -------------------------------------------------------------------------------------------

    def shown(self) -> list[Finding]:
        """The findings of the kind that is chosen."""
        kind = self.kinds.currentData()
        return [item for item in self._found.found if not kind or item.kind == kind]

    def _fill(self) -> None:
        handbook, names = self.context.services.handbook, self.context.names
        before = self.list.currentItem()
        key = str(before.data(KEY)) if before is not None else ""
        self.list.blockSignals(True)
        self.list.clear()
        for item in self.shown():
            row = QListWidgetItem(words.about_text(item, handbook))
            told = words.line(item, handbook, names)
            row.setData(KEY, item.key)
            row.setData(LINE, told)
            whole_ = (told.sign, words.about_text(item, handbook, 12), told.under(6), told.right)
            row.setToolTip("\n".join(part for part in whole_ if part))
            row.setData(Qt.ItemDataRole.AccessibleTextRole, joined(part for part in whole_ if part))
            self.list.addItem(row)
        self.list.setCurrentRow(max(self._place(key), 0))
        self.list.blockSignals(False)
        self._say()
        self._paint()

    def _place(self, key: str) -> int:
        """The row of the finding; -1 where it is not listed."""
        return next((at for at, item in enumerate(self.shown()) if item.key == key), -1)

    def _say(self) -> None:
        found = self._found
        if not self._known:
            self.state.setText(self.tr("尚未检查"))
            return
        gaps = sum(1 for item in found.found if item.kind == GAP)
        overlaps = sum(1 for item in found.found if item.kind == OVERLAP)
        words_ = self.tr("盲区 {gaps} 处，重叠 {overlaps} 处").format(gaps=gaps, overlaps=overlaps)
        lost = sum(item.class_count for item in found.found if item.kind == NOBODY)
        if lost:
            words_ += self.tr("，无人负责 {n} 类").format(n=lost)
        if not found.found:
            words_ = self.tr("没有发现盲区和重叠")
        if found.slivers:
            words_ += self.tr("；另有边界误差 {n} 处（共 {area}）未列出").format(
                n=found.slivers, area=words.area_text(found.sliver_m2)
            )
        self.state.setText(words_)

    @property
    def chosen(self) -> Finding | None:
        """The finding whose row is chosen."""
        shown, at = self.shown(), self.list.currentRow()
        return shown[at] if 0 <= at < min(len(shown), self.list.count()) else None

    def choose(self, key: str) -> None:
        """Choose a finding's row, as from the map."""
        if self._place(key) < 0:
            self.kinds.setCurrentIndex(0)
        self.list.setCurrentRow(self._place(key))

    # ---- on the maps ---------------------------------------------------------------------------------------------

    def _put_on(self, canvas: MapCanvas) -> None:

        def draw(work: Callable[[], Any], done: Callable[[Any], None]) -> None:
            self.context.tasks.run(work, owner=self, key=f"draw/{id(overlay)}", on_done=done)

        overlay = FindingsOverlay(canvas.projection, canvas.palette_, self.choose, draw)
        self._overlays[canvas] = overlay
        canvas.add_overlay(overlay)
        self._paint_on(overlay)

    def _take_off(self, canvas: MapCanvas) -> None:
        overlay = self._overlays.pop(canvas, None)
        if overlay is not None:
            canvas.remove_overlay(overlay)

    def _paint(self) -> None:
        for overlay in self._overlays.values():
            self._paint_on(overlay)

    def _paint_on(self, overlay: FindingsOverlay) -> None:
        handbook, names = self.context.services.handbook, self.context.names
        # Hatching over half a city is for whoever looks at the list, and in the way of everybody else's work.
        listed = self.shown() if self.on_map.isChecked() and self.isVisible() else []
        overlay.show_findings([words.shape(item, handbook, names) for item in listed if item.area_wkb])
        self._mark()

    def _mark(self) -> None:
        item = self.chosen
        for overlay in self._overlays.values():
            overlay.choose(item.key if item is not None else "")
        has_land = item is not None and bool(item.area_wkb)
        self.go_button.setEnabled(has_land)
        self.take_button.setEnabled(item is not None and bool(item.cases))
        self.export_button.setEnabled(bool(self._found.found))
        names = self.context.names
        self.why.setText(words.why_text(item, names, self._found.days) if item is not None else "")
        self.mend.setText(words.mend_text(item, names) if item is not None else "")
        for label in (self.why, self.mend):
            label.setVisible(item is not None)

    # ---- what can be done ----------------------------------------------------------------------------------------

    def go(self) -> None:
        """Show the chosen finding on the map in hand."""
        item = self.chosen
        if item is not None and item.area_wkb:
            self.context.canvas.fit_extent(item.bounds)

    def take_cases(self) -> None:
        """Choose the open cases inside, on maps and in lists."""
        item = self.chosen
        if item is not None and item.cases:
            self.context.selection.set(set(item.cases), item.cases[0])

    def ask_export(self) -> None:
        """Ask where to, then write what the list shows as a sheet."""
        path, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("导出责任区检查"),
            self.tr("责任区检查.xlsx"),
            self.tr("工作表 (*.xlsx);;地块，供 QGIS 修改责任区 (*.geojson)"),
        )
        if path:
            self.export(Path(path))

    def export(self, path: Path) -> None:
        """Write what the list shows: a sheet, or where the path ends so, its land as GeoJSON to mend the areas by."""
        handbook, names = self.context.services.handbook, dict(self.context.names)
        days = self._found.days
        titles = [
            *(
                self.tr("情形"),
                self.tr("范围"),
                self.tr("面积（平方米）"),
                self.tr("网格数"),
                self.tr("网格"),
            ),
            *(self.tr("未定责部件数"), self.tr("在办案卷数"), self.tr("单位")),
            *(self.tr("原因"), self.tr("改法"), self.tr("经度"), self.tr("纬度")),
        ]
        rows: list[list[Value]] = [
            [
                *(words.kind_text(item), words.about_text(item, handbook, 12), item.area_m2),
                *(len(item.grids), joined(item.grids[:50]), item.components, len(item.cases)),
                *(words.units_text(item, names, 12), words.why_text(item, names, days)),
                words.mend_text(item, names),
                *((item.lon, item.lat) if item.area_wkb else (None, None)),
            ]
            for item in self.shown()
        ]
        land = [item.area_wkb for item in self.shown()]

        def work() -> int:
            with whole(path) as partial:
                if path.suffix.lower() == ".geojson":
                    return write_land(partial, titles, rows, land)
                return write_xlsx(partial, titles, rows)

        def done(count: int) -> None:
            self.context.notify(self.tr("已导出 {n} 行：{path}").format(n=count, path=path), "success")

        self.context.tasks.run(work, owner=self, on_done=done, on_error=self.context.say_error)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the list."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            (self.take_cases if control else self.go)()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F5 looks again."""
        if event.key() == Qt.Key.Key_F5:
            self.reload()
        else:
            super().keyPressEvent(event)
