"""The branch of the layer tree for open cases: by stage, by light, and the units' areas of responsibility."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QTreeWidgetItem

from workstation.map.overlay_markers import LIGHTS, MarkerPictures
from workstation.map.overlay_palette import Palette
from workstation.panels.layers.tree import COUNT_COLUMN, ICON, LayerTree, make_item
from workstation.shell.texts.text import light_text
from workstation.shell.widgets.basics import stage_names
from workstation.workflow.case import Stage

if TYPE_CHECKING:
    from workstation.map.canvas import MapCanvas

CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class CaseBranch:
    """Items for one map's cases, made anew by :meth:`fill`; the panel calls :meth:`apply` when something was ticked."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._pictures = MarkerPictures(palette)
        self.stages: dict[str, QTreeWidgetItem] = {}
        self.lights: dict[str, QTreeWidgetItem] = {}
        self.root: QTreeWidgetItem
        self.areas: QTreeWidgetItem

    def fill(self, tree: LayerTree, canvas: MapCanvas) -> None:
        """The branch as this map has it."""
        translate = QCoreApplication.translate
        words = translate("LayersPanel", "在办案卷")
        self.root = make_item(tree.invisibleRootItem(), words, "cases", self._palette, bold=True)
        self.root.setCheckState(0, CHECKED if canvas.cases.visible else UNCHECKED)
        by_stage = make_item(self.root, translate("LayersPanel", "按阶段"), "stages", self._palette)
        by_light = make_item(self.root, translate("LayersPanel", "按时限"), "lights", self._palette)
        for parent in (by_stage, by_light):
            parent.setFlags(parent.flags() | Qt.ItemFlag.ItemIsAutoTristate)
        hidden_stages, hidden_lights = canvas.cases.hidden()
        dpr = tree.devicePixelRatioF()
        for stage, name in stage_names().items():
            if stage is Stage.EVALUATE:
                continue
            item = make_item(by_stage, name, f"stage:{stage.value}", self._palette)
            item.setCheckState(0, UNCHECKED if stage.value in hidden_stages else CHECKED)
            item.setIcon(0, QIcon(self._pictures.sign(stage.value, 0, ICON, dpr)))
            self.stages[stage.value] = item
        for light in ("red", "yellow", "green", "none"):
            key = "" if light == "none" else light
            item = make_item(by_light, light_text(key), f"light:{light}", self._palette)
            item.setCheckState(0, UNCHECKED if light in hidden_lights else CHECKED)
            item.setIcon(0, QIcon(self._pictures.sign("", LIGHTS.index(key), ICON, dpr)))
            self.lights[light] = item
        self.areas = make_item(self.root, translate("LayersPanel", "责任区"), "areas", self._palette)
        self.areas.setIcon(0, self._areas_icon(dpr))
        self.show_areas(canvas.areas_shown)

    def _areas_icon(self, dpr: float) -> QIcon:
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

    def show_counts(self, canvas: MapCanvas) -> None:
        """How many cases there are of each."""
        stages, lights = canvas.cases.counts()
        for items, counts in ((self.stages, stages), (self.lights, lights)):
            for key, item in items.items():
                item.setText(COUNT_COLUMN, f"{counts[key]:,}" if counts[key] else "")
        self.root.setText(COUNT_COLUMN, f"{len(canvas.cases):,}")

    def show_areas(self, shown: bool) -> None:
        """Whether the map shows the areas."""
        self.areas.setCheckState(0, CHECKED if shown else UNCHECKED)

    def show_all(self) -> None:
        """Tick all but the areas."""
        for item in (*self.stages.values(), *self.lights.values(), self.root):
            item.setCheckState(0, CHECKED)

    def apply(self, canvas: MapCanvas) -> None:
        """Show what is ticked."""
        canvas.set_cases_visible(self.root.checkState(0) != UNCHECKED)
        canvas.set_case_filter(_unchecked(self.stages), _unchecked(self.lights))
        shown = self.areas.checkState(0) == CHECKED
        if shown != canvas.areas_shown:
            canvas.show_unit_areas(None if shown else ())


def _unchecked(items: dict[str, QTreeWidgetItem]) -> list[str]:
    return [key for key, item in items.items() if item.checkState(0) == UNCHECKED]
