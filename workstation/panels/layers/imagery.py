"""What the seat and the project of QGIS added, as groups of the layer tree, and what can be done with pictures of the ground."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QFileDialog, QTreeWidgetItem, QWidget

from workstation.map.overlay_palette import Palette
from workstation.map.project_file import Added, MapAdditions
from workstation.panels.layers.project import additions_folder
from workstation.panels.layers.tree import RASTER, LayerTree, make_item

PATTERNS = "*.tif *.tiff *.mbtiles *.png *.jpg *.jpeg"
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class Imagery(QObject):
    """The groups for imagery and for the project's own layers, and their order. ``go_to`` puts the cursor on a layer."""

    def __init__(self, additions: MapAdditions, go_to: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._additions = additions
        self._go_to = go_to
        self._parent = parent
        self.added: dict[str, Added] = {}
        """What became of them, by key."""

    def fill(self, tree: LayerTree, palette: Palette, hidden: frozenset[str]) -> dict[str, QTreeWidgetItem]:
        """The groups, each where it has something; their layers' items by key."""
        translate = QCoreApplication.translate
        self.added = {added.key: added for added in self._additions.added}
        imagery = [(raster.key, raster.title, raster.path) for raster in reversed(self._additions.rasters)]
        staff = [
            (added.key, added.title, added.detail)
            for added in reversed(self._additions.added)
            if added.project
        ]
        project = translate("LayersPanel", "项目附加图层（QGIS）")
        layers: dict[str, QTreeWidgetItem] = {}
        for title, role, entries in (
            (translate("LayersPanel", "影像底图"), "imagery", imagery),
            (project, "project", staff),
        ):
            if not entries:
                continue
            group = make_item(tree.invisibleRootItem(), title, f"group:{role}", palette, bold=True)
            group.setFlags(group.flags() | Qt.ItemFlag.ItemIsAutoTristate)
            if role == "imagery":
                group.setFlags(group.flags() | Qt.ItemFlag.ItemIsDropEnabled)
            for key, name, tip in entries:
                item = make_item(group, name, f"layer:{key}", palette)
                item.setCheckState(0, UNCHECKED if key in hidden else CHECKED)
                item.setToolTip(0, tip)
                if role == "imagery":
                    moving = Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
                    item.setFlags(item.flags() | moving)
                layers[key] = item
        return layers

    def problem(self, key: str) -> str:
        """What is wrong with one of them: a code and a detail; empty for nothing."""
        added = self.added.get(key)
        return f"{added.code}: {added.detail}" if added is not None and added.code else ""

    def ask(self) -> None:
        """Ask for files."""
        translate = QCoreApplication.translate
        pattern = translate("LayersPanel", "影像与栅格 ({patterns})").format(patterns=PATTERNS)
        start = str(additions_folder(self._additions))
        dialog = QFileDialog(self._parent, translate("LayersPanel", "添加影像或栅格底图"), start, pattern)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self.add)
        dialog.open()

    def add(self, paths: list[str]) -> None:
        """Put these files on the map, over the painted areas and under roads, borders and components."""
        for path in paths:
            raster = self._additions.add(path)
            if raster is not None:
                self._go_to(raster.key)

    def move(self, role: str, place: int) -> None:
        """A picture to this place from the top."""
        key = role.removeprefix("layer:")
        self._additions.move(key, len(self._additions.rasters) - 1 - place)
        self._go_to(key)

    def remove(self, role: str) -> str:
        """Take a picture off; its key, "" where the role is none's."""
        if not role.startswith(RASTER):
            return ""
        key = role.removeprefix("layer:")
        self._additions.remove(key)
        return key
