"""The dock with the layer tree: cases by stage and light on top, then QGIS's layers by group, each with its legend, then
what this seat and the project of QGIS added. It is about the map in hand."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QBrush, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QTreeWidgetItem, QVBoxLayout, QWidget

from workstation.map.canvas import MapCanvas
from workstation.map.messages import Legend, LegendEntry
from workstation.map.overlay_palette import Palette
from workstation.map.project_file import Added, MapAdditions
from workstation.map.scalebar import three_figures
from workstation.panels.layers.cases import CaseBranch
from workstation.panels.layers.detail import LayerDetail
from workstation.panels.layers.imagery import Imagery
from workstation.panels.layers.project import ProjectBar
from workstation.panels.layers.texts import advice, in_short, reason, split, what_to_do
from workstation.panels.layers.tree import COUNT_COLUMN, ROLE, LayerTree, children, make_item
from workstation.shell.context import AppContext
from workstation.shell.panel import Panel
from workstation.shell.widgets.basics import kind_label, refresh_icons, tool_button

from .mobiles import KINDS, MobileBranch

SCALE_ROLE = Qt.ItemDataRole.UserRole + 1
SETTLE_MS = 120

CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class LayersPanel(Panel):
    """Switches layers and cases on and off on the context's map, and explains their symbols."""

    key = "layers"
    icon = "layers"
    area = "right"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._filling = False
        self._legend: Legend | None = None
        self._failed: dict[str, str] = dict(context.client.problems)
        self._palette = Palette(context.theme)
        self.cases = CaseBranch(self._palette)
        self._mobiles = MobileBranch(context, self)
        self._layers: dict[str, QTreeWidgetItem] = {}
        self._own_scales: dict[str, tuple[float, float]] = {}
        self._additions: MapAdditions | None = (
            context.bridge.additions if context.bridge is not None else None
        )
        self._imagery = Imagery(self._additions, self._go_to, self) if self._additions is not None else None
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
        if self._imagery is not None:
            self.tree.moved.connect(self._imagery.move)
            row.addWidget(tool_button("plus", self.tr("添加影像或栅格底图…"), self._imagery.ask))
        row.addWidget(tool_button("eye", self.tr("全部显示"), self.show_all))
        row.addWidget(tool_button("chevron-down", self.tr("展开图例"), self.tree.expandAll))
        row.addWidget(tool_button("chevron-up", self.tr("收起图例"), self.tree.fold))
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
        open_items = self.tree.open_paths()
        current, scrolled = self._current_layer(), self.tree.verticalScrollBar().value()
        self._filling = True
        self.tree.clear()
        self._layers.clear()
        self.cases.fill(self.tree, self.context.canvas)
        if not self._mobiles.empty:
            self._fill_mobiles()
        groups: dict[str, QTreeWidgetItem] = {}
        hidden = self.context.canvas.hidden_layers()
        for definition in reversed(self.context.canvas.layer_definitions()):
            group = groups.get(definition.group)
            if group is None:
                role = f"group:{definition.group}"
                group = self._item(self.tree.invisibleRootItem(), definition.group, role, bold=True)
                group.setFlags(group.flags() | Qt.ItemFlag.ItemIsAutoTristate)
                groups[definition.group] = group
            item = self._item(group, definition.title, f"layer:{definition.key}")
            item.setCheckState(0, UNCHECKED if definition.key in hidden else CHECKED)
            limits = self._own_scales.get(definition.key, (definition.min_scale, definition.max_scale))
            item.setData(0, SCALE_ROLE, limits)
            self._layers[definition.key] = item
        if self._imagery is not None:
            self._layers.update(self._imagery.fill(self.tree, self._palette, hidden))
        self._fill_legend()
        self._filling = False
        self.tree.open_again(open_items)
        self._go_to(current)
        self.tree.verticalScrollBar().setValue(scrolled)
        self._show_counts()
        self._show_scale()

    def _fill_mobiles(self) -> None:
        branch = self._item(self.tree.invisibleRootItem(), MobileBranch.title(), "mobiles", bold=True)
        branch.setFlags(branch.flags() | Qt.ItemFlag.ItemIsAutoTristate)
        kinds = {kind: self._item(branch, "", f"mobile:{kind}") for kind in KINDS}
        self._mobiles.fill(kinds, self._palette, self.devicePixelRatioF())

    def _item(self, parent: QTreeWidgetItem, text: str, role: str, *, bold: bool = False) -> QTreeWidgetItem:
        return make_item(parent, text, role, self._palette, bold=bold)

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
        self._mobiles.apply()
        self.cases.apply(canvas)
        self._filling = False

    def show_all(self) -> None:
        """Everything on, but the areas."""
        self._filling = True
        for item in self._layers.values():
            item.setCheckState(0, CHECKED)
        self.cases.show_all()
        self._mobiles.show_all()
        self._filling = False
        self._apply()

    # ---- what the map tells ----

    def _show_counts(self) -> None:
        self._filling = True
        self.cases.show_counts(self.context.canvas)
        self._filling = False

    def _show_scale(self) -> None:
        """Grey what is not drawn at this scale, and say from which it is."""
        scale = self.context.canvas.scale()
        self._scale.setText(self.tr("当前比例尺 1 : {}").format(f"{three_figures(scale):,.0f}"))
        self._filling = True
        for key, item in self._layers.items():
            inside = self._mark_scale(item, scale)
            problem = self._problem(key)
            if problem:
                item.setText(COUNT_COLUMN, self.tr("无法载入"))
                item.setForeground(COUNT_COLUMN, QBrush(self._palette.color("red")))
                item.setToolTip(0, reason(*split(problem)))
                continue
            added = self._added(key)
            slow = added is not None and bool(added.hint)
            item.setText(COUNT_COLUMN, self.tr("较慢") if slow else "" if inside else self._range_text(item))
            item.setForeground(COUNT_COLUMN, QBrush(self._palette.color("yellow" if slow else "text_3")))
            item.setToolTip(0, "" if inside else self.tr("在当前比例尺下不显示"))
        self._filling = False
        self._show_detail()

    def _problem(self, key: str) -> str:
        """What is wrong with a layer, as the worker says it; empty for nothing."""
        of_added = self._imagery.problem(key) if self._imagery is not None else ""
        return of_added or self._failed.get(key, "")

    def _added(self, key: str) -> Added | None:
        return self._imagery.added.get(key) if self._imagery is not None else None

    def _mark_scale(self, item: QTreeWidgetItem, scale: float, parent_inside: bool = True) -> bool:
        inside = parent_inside and _inside(item.data(0, SCALE_ROLE), scale)
        item.setForeground(0, QBrush(self._palette.color("text" if inside else "disabled")))
        for child in children(item):
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
        added = self._added(key)
        if failed:
            code, detail = split(failed)
            words += [reason(code), what_to_do(code, key.startswith("raster:")), in_short(detail)]
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
            "\n".join(word for word in words if word),
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

    def _remove(self, role: str) -> None:
        key = self._imagery.remove(role) if self._imagery is not None else ""
        if key:
            canvas = self.context.canvas
            canvas.set_hidden_layers(canvas.hidden_layers() - {key})

    def _go_to(self, key: str) -> None:
        item = self._layers.get(key)
        if item is not None:
            self.tree.setCurrentItem(item)

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
        self.cases.show_areas(shown)
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


def _inside(limits: Any, scale: float) -> bool:
    """Whether a layer with these limits (far, near; 0 is none) is drawn at a scale's denominator."""
    far, near = limits or (0.0, 0.0)
    return (not far or scale <= far) and (not near or scale >= near)


def _icon(image: QImage) -> QIcon:
    return QIcon(QPixmap.fromImage(image))
