"""The dock with the layer tree: cases by stage and light on top, then QGIS's layers by group, each with its legend, then
what this seat and the project of QGIS added. It is about the map in hand."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QBrush, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QTreeWidgetItem, QVBoxLayout, QWidget

from workstation.map.canvas import MapCanvas
from workstation.map.messages import Legend, LegendEntry
from workstation.map.overlay_markers import LIGHTS, MarkerPictures
from workstation.map.overlay_palette import Palette
from workstation.map.project_file import Added, MapAdditions
from workstation.panels.layers.detail import LayerDetail
from workstation.panels.layers.project import ProjectBar, additions_folder
from workstation.panels.layers.texts import advice, in_short, reason, split
from workstation.panels.layers.tree import ICON, ROLE, LayerTree
from workstation.shell.basics import kind_label, refresh_icons, stage_names, tool_button
from workstation.shell.context import AppContext
from workstation.shell.panel import Panel
from workstation.shell.text import light_text
from workstation.workflow.case import Stage

from .mobiles import KINDS, MobileBranch

SCALE_ROLE = Qt.ItemDataRole.UserRole + 1
COUNT_COLUMN = 1
SETTLE_MS = 120
OPEN_AT_FIRST = ("stages", "lights")
IMAGERY = "*.tif *.tiff *.mbtiles *.png *.jpg *.jpeg"

CHECKED, UNCHECKED, PARTLY = Qt.CheckState.Checked, Qt.CheckState.Unchecked, Qt.CheckState.PartiallyChecked


class LayersPanel(Panel):
    """Switches layers and cases on and off on the context's map, and explains their symbols."""

    key = "layers"
    icon = "layers"
    area = "right"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._filling = False
        self._legend: Legend | None = None
        self._failed: dict[str, str] = {}
        self._palette = Palette(context.theme)
        self._pictures = MarkerPictures(self._palette)
        self._mobiles = MobileBranch(context, self)
        self._stages: dict[str, QTreeWidgetItem] = {}
        self._lights: dict[str, QTreeWidgetItem] = {}
        self._layers: dict[str, QTreeWidgetItem] = {}
        self._added: dict[str, Added] = {}
        self._own_scales: dict[str, tuple[float, float]] = {}
        self._additions: MapAdditions | None = (
            context.bridge.additions if context.bridge is not None else None
        )
        self._canvas: MapCanvas | None = None
        self._make_widgets()
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._show_scale)
        client = context.client
        context.canvas_changed.connect(self._follow)
        context.canvas_removed.connect(self._let_go)
        if self._additions is not None:
            self._additions.changed.connect(self._additions_changed)
        client.legend.connect(self._take_legend)
        client.ready.connect(self._ask_legend)
        client.layer_failed.connect(self._layer_failed)
        client.layer_recovered.connect(self._layer_recovered)
        context.theme_changed.connect(self._theme_changed)
        self._follow()
        self._ask_legend()

    @property
    def title(self) -> str:
        """The panel's name."""
        return self.tr("图层图例")

    def _make_widgets(self) -> None:
        self.tree = LayerTree(self)
        self.tree.setAccessibleName(self.title)
        self.tree.itemChanged.connect(self._item_changed)
        self.tree.currentItemChanged.connect(lambda *_: self._show_detail())
        self.tree.moved.connect(self._move)
        self.tree.removed.connect(self._remove)
        self.detail = LayerDetail(self)
        self.detail.hide()
        self.detail.opacity_wanted.connect(self._set_opacity)
        self.detail.retry_wanted.connect(self.retry)
        self.detail.up_wanted.connect(lambda: self._shift(-1))
        self.detail.down_wanted.connect(lambda: self._shift(1))
        self.detail.remove_wanted.connect(lambda: self._remove(self._current_role()))
        self._scale = kind_label("", "muted")
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 8, 4)
        row.setSpacing(2)
        row.addWidget(self._scale)
        row.addStretch(1)
        if self._additions is not None:
            row.addWidget(tool_button("plus", self.tr("添加影像或栅格底图…"), self._ask_imagery))
        row.addWidget(tool_button("eye", self.tr("全部显示"), self.show_all))
        row.addWidget(tool_button("chevron-down", self.tr("展开图例"), self.tree.expandAll))
        row.addWidget(tool_button("chevron-up", self.tr("收起图例"), self._fold))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        if self._additions is not None:
            column.addWidget(ProjectBar(self.context, self._additions, self))
        column.addWidget(self.tree, 1)
        column.addWidget(self.detail)

    # ---- the tree ----

    def _fill(self) -> None:
        open_items = self._open_items()
        current, scrolled = self._current_layer(), self.tree.verticalScrollBar().value()
        self._filling = True
        self.tree.clear()
        self._layers.clear()
        self._fill_cases()
        groups: dict[str, QTreeWidgetItem] = {}
        hidden = self.context.canvas.hidden_layers()
        for definition in reversed(self.context.canvas.layer_definitions()):
            group = groups.get(definition.group)
            if group is None:
                group = self._item(
                    self.tree.invisibleRootItem(), definition.group, f"group:{definition.group}", bold=True
                )
                group.setFlags(group.flags() | Qt.ItemFlag.ItemIsAutoTristate)
                groups[definition.group] = group
            item = self._item(group, definition.title, f"layer:{definition.key}")
            item.setCheckState(0, UNCHECKED if definition.key in hidden else CHECKED)
            limits = self._own_scales.get(definition.key, (definition.min_scale, definition.max_scale))
            item.setData(0, SCALE_ROLE, limits)
            self._layers[definition.key] = item
        self._fill_added(hidden)
        self._fill_legend()
        self._filling = False
        self._open(open_items)
        self._go_to(current)
        self.tree.verticalScrollBar().setValue(scrolled)
        self._show_counts()
        self._show_scale()

    def _fill_added(self, hidden: frozenset[str]) -> None:
        """Imagery of this seat, and layers that staff put into the project: each group with its mark."""
        if self._additions is None:
            return
        self._added = {added.key: added for added in self._additions.added}
        imagery = [(raster.key, raster.title, raster.path) for raster in reversed(self._additions.rasters)]
        staff = [
            (added.key, added.title, added.detail)
            for added in reversed(self._additions.added)
            if added.project
        ]
        project = self.tr("项目附加图层（QGIS）")
        for title, role, entries in (
            (self.tr("影像底图"), "imagery", imagery),
            (project, "project", staff),
        ):
            if not entries:
                continue
            group = self._item(self.tree.invisibleRootItem(), title, f"group:{role}", bold=True)
            group.setFlags(group.flags() | Qt.ItemFlag.ItemIsAutoTristate)
            if role == "imagery":
                group.setFlags(group.flags() | Qt.ItemFlag.ItemIsDropEnabled)
            for key, name, tip in entries:
                item = self._item(group, name, f"layer:{key}")
                item.setCheckState(0, UNCHECKED if key in hidden else CHECKED)
                item.setToolTip(0, tip)
                if role == "imagery":
                    moving = Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
                    item.setFlags(item.flags() | moving)
                self._layers[key] = item

    def _fill_cases(self) -> None:
        canvas = self.context.canvas
        root = self._item(self.tree.invisibleRootItem(), self.tr("在办案件"), "cases", bold=True)
        self._cases = root
        root.setCheckState(0, CHECKED if canvas.cases.visible else UNCHECKED)
        stages = self._item(root, self.tr("按阶段"), "stages")
        lights = self._item(root, self.tr("按时限"), "lights")
        for parent in (stages, lights):
            parent.setFlags(parent.flags() | Qt.ItemFlag.ItemIsAutoTristate)
        hidden_stages, hidden_lights = canvas.cases.hidden()
        for stage, name in stage_names().items():
            if stage is Stage.EVALUATE:
                continue
            item = self._item(stages, name, f"stage:{stage.value}")
            item.setCheckState(0, UNCHECKED if stage.value in hidden_stages else CHECKED)
            self._stages[stage.value] = item
        for light in ("red", "yellow", "green", "none"):
            item = self._item(lights, light_text("" if light == "none" else light), f"light:{light}")
            item.setCheckState(0, UNCHECKED if light in hidden_lights else CHECKED)
            self._lights[light] = item
        areas = self._item(root, self.tr("责任区"), "areas")
        areas.setCheckState(0, CHECKED if canvas.areas_shown else UNCHECKED)
        areas.setIcon(0, self._areas_icon())
        self._areas = areas
        self._paint_case_icons()
        if not self._mobiles.empty:
            self._fill_mobiles()

    def _fill_mobiles(self) -> None:
        branch = self._item(self.tree.invisibleRootItem(), MobileBranch.title(), "mobiles", bold=True)
        branch.setFlags(branch.flags() | Qt.ItemFlag.ItemIsAutoTristate)
        kinds = {kind: self._item(branch, "", f"mobile:{kind}") for kind in KINDS}
        self._mobiles.fill(kinds, self._palette, self.devicePixelRatioF())

    def _item(self, parent: QTreeWidgetItem, text: str, role: str, *, bold: bool = False) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent, [text, ""])
        item.setFlags(
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
        )
        item.setData(0, ROLE, role)
        item.setTextAlignment(COUNT_COLUMN, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setForeground(COUNT_COLUMN, QBrush(self._palette.color("text_3")))
        if bold:
            font = item.font(0)
            font.setBold(True)
            item.setFont(0, font)
        return item

    def _paint_case_icons(self) -> None:
        dpr = self.devicePixelRatioF()
        for stage, item in self._stages.items():
            item.setIcon(0, QIcon(self._pictures.sign(stage, 0, ICON, dpr)))
        for light, item in self._lights.items():
            number = LIGHTS.index("" if light == "none" else light)
            item.setIcon(0, QIcon(self._pictures.sign("", number, ICON, dpr)))

    def _areas_icon(self) -> QIcon:
        dpr = self.devicePixelRatioF()
        picture = QPixmap(round(ICON * dpr), round(ICON * dpr))
        picture.setDevicePixelRatio(dpr)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._palette.color("accent"))
        painter.setBrush(self._palette.color("accent", 50))
        painter.drawRoundedRect(QRectF(3.5, 4.5, ICON - 7, ICON - 9), 3, 3)
        painter.end()
        return QIcon(picture)

    # ---- the legend ----

    def _ask_legend(self, _info: object = None) -> None:
        self.context.client.request_legend(self.devicePixelRatioF())

    def _take_legend(self, legend: Legend) -> None:
        self._legend = legend
        self._fill()

    def _fill_legend(self) -> None:
        if self._legend is None:
            return
        for layer in self._legend.layers:
            item = self._layers.get(layer.key)
            if item is None:
                continue
            if len(layer.entries) == 1 and layer.entries[0].image is not None:
                # One symbol for the whole layer: it stands at the layer itself.
                item.setIcon(0, _icon(layer.entries[0].image))
                continue
            parents = [item]
            for entry in layer.entries:
                del parents[entry.level + 1 :]
                parents.append(self._legend_item(parents[-1], entry))

    def _legend_item(self, parent: QTreeWidgetItem, entry: LegendEntry) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent, [entry.label, ""])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setFirstColumnSpanned(True)
        item.setData(0, ROLE, "legend")
        item.setData(0, SCALE_ROLE, (entry.min_scale, entry.max_scale))
        if entry.image is not None:
            item.setIcon(0, _icon(entry.image))
        return item

    # ---- what the operator does ----

    def _item_changed(self, item: QTreeWidgetItem, column: int) -> None:
        if self._filling or column != 0:
            return
        self._apply()

    def _apply(self) -> None:
        """Show on the map what the tree says."""
        canvas = self.context.canvas
        self._filling = True
        canvas.set_hidden_layers(key for key, item in self._layers.items() if item.checkState(0) == UNCHECKED)
        canvas.set_cases_visible(self._cases.checkState(0) != UNCHECKED)
        canvas.set_case_filter(_unchecked(self._stages), _unchecked(self._lights))
        self._mobiles.apply()
        shown = self._areas.checkState(0) == CHECKED
        if shown != canvas.areas_shown:
            canvas.show_unit_areas(None if shown else ())
        self._filling = False

    def show_all(self) -> None:
        """Everything on, but the areas."""
        self._filling = True
        for item in (*self._layers.values(), *self._stages.values(), *self._lights.values(), self._cases):
            item.setCheckState(0, CHECKED)
        self._mobiles.show_all()
        self._filling = False
        self._apply()

    def _fold(self) -> None:
        """Groups open, legends closed."""
        self.tree.collapseAll()
        for item in _children(self.tree.invisibleRootItem()):
            item.setExpanded(True)

    # ---- what the map tells ----

    def _show_counts(self) -> None:
        stages, lights = self.context.canvas.cases.counts()
        self._filling = True
        for key, item in self._stages.items():
            item.setText(COUNT_COLUMN, f"{stages[key]:,}" if stages[key] else "")
        for key, item in self._lights.items():
            item.setText(COUNT_COLUMN, f"{lights[key]:,}" if lights[key] else "")
        self._cases.setText(COUNT_COLUMN, f"{len(self.context.canvas.cases):,}")
        self._filling = False

    def _show_scale(self) -> None:
        """Grey what is not drawn at this scale, and say from which it is."""
        scale = self.context.canvas.scale()
        self._scale.setText(self.tr("当前比例尺 1 : {}").format(f"{scale:,.0f}"))
        self._filling = True
        for key, item in self._layers.items():
            inside = self._mark_scale(item, scale)
            problem = self._problem(key)
            if problem:
                item.setText(COUNT_COLUMN, self.tr("无法载入"))
                item.setForeground(COUNT_COLUMN, QBrush(self._palette.color("red")))
                item.setToolTip(0, reason(*split(problem)))
                continue
            slow = bool(key in self._added and self._added[key].hint)
            item.setText(COUNT_COLUMN, self.tr("较慢") if slow else "" if inside else self._range_text(item))
            item.setForeground(COUNT_COLUMN, QBrush(self._palette.color("yellow" if slow else "text_3")))
            item.setToolTip(0, "" if inside else self.tr("在当前比例尺下不显示"))
        self._filling = False
        self._show_detail()

    def _problem(self, key: str) -> str:
        """What is wrong with a layer, as the worker says it; empty for nothing."""
        added = self._added.get(key)
        if added is not None and added.code:
            return f"{added.code}: {added.detail}"
        return self._failed.get(key, "")

    def _mark_scale(self, item: QTreeWidgetItem, scale: float, parent_inside: bool = True) -> bool:
        inside = parent_inside and _inside(item.data(0, SCALE_ROLE), scale)
        item.setForeground(0, QBrush(self._palette.color("text" if inside else "disabled")))
        for child in _children(item):
            self._mark_scale(child, scale, inside)
        return inside

    def _range_text(self, item: QTreeWidgetItem) -> str:
        far, near = item.data(0, SCALE_ROLE)
        scale = self.context.canvas.scale()
        if far and scale > far:
            return self.tr("1:{} 起显示").format(f"{far:,.0f}")
        return self.tr("1:{} 以外显示").format(f"{near:,.0f}")

    # ---- the layer under the cursor ----

    def _current_role(self) -> str:
        item = self.tree.currentItem()
        return str(item.data(0, ROLE)) if item is not None else ""

    def _current_layer(self) -> str:
        """The key of the layer under the cursor, be the cursor on its legend; "" for none."""
        item = self.tree.currentItem()
        while item is not None:
            role = str(item.data(0, ROLE))
            if role.startswith("layer:"):
                return role.removeprefix("layer:")
            item = item.parent()
        return ""

    def _show_detail(self) -> None:
        key = self._current_layer()
        item = self._layers.get(key)
        if self._filling or item is None:
            if item is None:
                self.detail.hide()
            return
        words, failed = [], self._problem(key)
        added = self._added.get(key)
        if failed:
            words.append(in_short(reason(*split(failed))))
        elif not _inside(item.data(0, SCALE_ROLE), self.context.canvas.scale()):
            words.append(self.tr("在当前比例尺下不显示：{range}").format(range=self._range_text(item)))
        if added is not None and added.hint:
            words.append(advice(added.hint))
        if added is not None and added.project:
            words.append(self.tr("来自 QGIS 项目，请在 QGIS 中修改"))
        can_thin = self._additions is not None and not (added is not None and added.project)
        opacity = self._additions.opacity(key) if self._additions is not None and can_thin else None
        self.detail.show_layer(
            item.text(0),
            "\n".join(words),
            opacity,
            failed=bool(failed),
            raster=key.startswith("raster:"),
        )
        self.detail.words.setToolTip(reason(*split(failed)) if failed else "")
        QTimer.singleShot(SETTLE_MS, self, self._keep_in_sight)  # the room for this was the tree's

    def _keep_in_sight(self) -> None:
        item = self.tree.currentItem()
        if item is not None:
            self.tree.scrollToItem(item)

    def _set_opacity(self, opacity: float) -> None:
        key = self._current_layer()
        if self._additions is not None and key in self._layers:
            self._additions.set_opacity(key, opacity)

    def retry(self) -> None:
        """Try again what could not be read."""
        if self._additions is not None:
            self._additions.read_again()
        self.context.client.reload()

    def _shift(self, step: int) -> None:
        item = self.tree.currentItem()
        if item is not None:
            self.tree.shift(item, step)

    def _move(self, role: str, place: int) -> None:
        """A picture to this place from the top."""
        if self._additions is not None:
            self._additions.move(role.removeprefix("layer:"), len(self._additions.rasters) - 1 - place)
            self._go_to(role.removeprefix("layer:"))

    def _remove(self, role: str) -> None:
        if self._additions is not None and role.startswith("layer:raster:"):
            key = role.removeprefix("layer:")
            canvas = self.context.canvas
            canvas.set_hidden_layers(canvas.hidden_layers() - {key})
            self._additions.remove(key)

    def _go_to(self, key: str) -> None:
        item = self._layers.get(key)
        if item is not None:
            self.tree.setCurrentItem(item)

    def _ask_imagery(self) -> None:
        if self._additions is None:
            return
        pattern = self.tr("影像与栅格 ({patterns})").format(patterns=IMAGERY)
        start = str(additions_folder(self._additions))
        dialog = QFileDialog(self, self.tr("添加影像或栅格底图"), start, pattern)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self.add_imagery)
        dialog.open()

    def add_imagery(self, paths: list[str]) -> None:
        """Put these files on the map, over the painted areas and under roads, borders and components."""
        if self._additions is not None:
            for path in paths:
                raster = self._additions.add(path)
                if raster is not None:
                    self._go_to(raster.key)

    # ---- the map in hand ----

    def _follow(self) -> None:
        """Be about the map in hand."""
        canvas = self.context.canvas
        if canvas is self._canvas:
            return
        if self._canvas is not None:
            self._let_go(self._canvas)
        self._canvas = canvas
        canvas.cases_changed.connect(self._show_counts)
        canvas.areas_changed.connect(self._areas_changed)
        canvas.layers_changed.connect(self._layers_changed)
        canvas.view_changed.connect(self._settle.start)
        self._fill()

    def _let_go(self, canvas: MapCanvas) -> None:
        if canvas is self._canvas:
            self._canvas = None
            canvas.cases_changed.disconnect(self._show_counts)
            canvas.areas_changed.disconnect(self._areas_changed)
            canvas.layers_changed.disconnect(self._layers_changed)
            canvas.view_changed.disconnect(self._settle.start)

    def _additions_changed(self) -> None:
        scales = (self._additions.report.get("scales") or {}) if self._additions is not None else {}
        self._own_scales = {str(key): (float(v[0]), float(v[1])) for key, v in scales.items()}
        self._fill()
        self._ask_legend()

    def _areas_changed(self, shown: bool) -> None:
        self._filling = True
        self._areas.setCheckState(0, CHECKED if shown else UNCHECKED)
        self._filling = False

    def _layers_changed(self) -> None:
        if not self._filling:
            self._fill()

    def _layer_failed(self, key: str, detail: str) -> None:
        self._failed[key] = detail
        self._show_scale()

    def _layer_recovered(self, key: str) -> None:
        self._failed.pop(key, None)
        self._show_scale()

    def _theme_changed(self) -> None:
        self._palette.refresh()
        refresh_icons(self)
        self._fill()

    # ---- what is open stays open ----

    def _open_items(self) -> set[str] | None:
        if not self.tree.topLevelItemCount():
            return None
        return {path for path, item in self._paths() if item.isExpanded()}

    def _open(self, paths: set[str] | None) -> None:
        for path, item in self._paths():
            item.setExpanded(
                item.data(0, ROLE) in OPEN_AT_FIRST or item.parent() is None
                if paths is None
                else path in paths
            )

    def _paths(self) -> list[tuple[str, QTreeWidgetItem]]:
        found: list[tuple[str, QTreeWidgetItem]] = []

        def walk(item: QTreeWidgetItem, above: str) -> None:
            path = f"{above}/{item.data(0, ROLE)}:{item.text(0)}"
            found.append((path, item))
            for child in _children(item):
                walk(child, path)

        for item in _children(self.tree.invisibleRootItem()):
            walk(item, "")
        return found


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [child for number in range(item.childCount()) if (child := item.child(number)) is not None]


def _unchecked(items: dict[str, QTreeWidgetItem]) -> list[str]:
    return [key for key, item in items.items() if item.checkState(0) == UNCHECKED]


def _inside(limits: Any, scale: float) -> bool:
    """Whether a layer with these limits (far, near; 0 is none) is drawn at a scale's denominator."""
    far, near = limits or (0.0, 0.0)
    return (not far or scale <= far) and (not near or scale >= near)


def _icon(image: QImage) -> QIcon:
    return QIcon(QPixmap.fromImage(image))
