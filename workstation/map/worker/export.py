"""A map on paper: one page with title, frame, scale bar and note, as PDF or PNG."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutMeasurement,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsSymbolLayerUtils,
    QgsTextFormat,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QFont

from workstation.map.protocol import Message
from workstation.map.worker.layers import Layers

_PAGES = {"A4": (297.0, 210.0), "A3": (420.0, 297.0)}
_MARGIN = 12.0
_HEAD = 16.0
_FOOT = 10.0
_FONT = "Noto Sans CJK SC"
_INK = QColor("#3b4148")


class ExportError(Exception):
    """A page that could not be made. ``code``: ``bad_format``, ``not_written``."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code = code
        self.detail = detail
        super().__init__(f"{code}: {detail}")


def export(layers: Layers, project: QgsProject, background: QColor, message: Message) -> str:
    """Makes the page that the message describes and returns where it is. The file appears when it is whole."""
    path = Path(message.text("path"))
    kind = path.suffix.lower()
    page = message.text("page", "A4")
    if kind not in (".pdf", ".png") or page not in _PAGES:
        raise ExportError("bad_format", f"{path.name}, {page}")
    if not path.parent.is_dir():  # QGIS would make it
        raise ExportError("not_written", str(path.parent))
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    width, height = _PAGES[page]
    layout.pageCollection().page(0).setPageSize(QgsLayoutSize(width, height))
    picture = _map(layout, layers, background, message, width, height)
    _text(
        layout,
        message.text("title", ""),
        (_MARGIN, _MARGIN - 2),
        (width - 2 * _MARGIN - 60, _HEAD - 4),
        18,
        bold=True,
    )
    _text(
        layout, message.text("subtitle", ""), (width - _MARGIN - 60, _MARGIN), (60, _HEAD - 6), 9, right=True
    )
    _text(layout, message.text("note", ""), (_MARGIN, height - _MARGIN - 4), (width - 2 * _MARGIN - 90, 6), 8)
    _scale_bar(layout, picture, width, height)
    _north(layout, project, width)
    partial = path.with_name(f".{path.stem}.partial{path.suffix}")
    try:
        _write(layout, partial, kind, message.number("dpi", 50, 600, 200))
        partial.replace(path)
    except OSError as error:
        raise ExportError("not_written", str(error)) from error
    finally:
        partial.unlink(missing_ok=True)
    return str(path)


def _map(
    layout: QgsPrintLayout, layers: Layers, background: QColor, message: Message, width: float, height: float
) -> QgsLayoutItemMap:
    item = QgsLayoutItemMap(layout)
    item.attemptMove(QgsLayoutPoint(_MARGIN, _MARGIN + _HEAD - 4))
    size = QgsLayoutSize(width - 2 * _MARGIN, height - 2 * _MARGIN - _HEAD - _FOOT + 8)
    # An item without a size has no extent, and setting an extent changes the size to its shape.
    item.setRect(0, 0, size.width(), size.height())
    item.setExtent(QgsRectangle(*message.extent()))
    item.attemptResize(size)
    item.setBackgroundColor(background)
    item.setFrameEnabled(True)
    item.setFrameStrokeColor(_INK)
    item.setFrameStrokeWidth(QgsLayoutMeasurement(0.3))
    layout.addLayoutItem(item)
    item.zoomToExtent(QgsRectangle(*message.extent()))
    item.setKeepLayerSet(True)
    item.setLayers(layers.shown(set(message.texts("hidden")), item.scale()))
    return item


def _text(
    layout: QgsPrintLayout,
    text: str,
    place: tuple[float, float],
    size: tuple[float, float],
    points: float,
    *,
    bold: bool = False,
    right: bool = False,
) -> None:
    if not text:
        return
    item = QgsLayoutItemLabel(layout)
    item.setText(text)
    font = QFont(_FONT)
    font.setPointSizeF(points)
    font.setBold(bold)
    item.setFont(font)
    item.setFontColor(_INK)
    item.setHAlign(Qt.AlignRight if right else Qt.AlignLeft)
    item.setVAlign(Qt.AlignVCenter)
    item.attemptMove(QgsLayoutPoint(*place))
    item.attemptResize(QgsLayoutSize(*size))
    layout.addLayoutItem(item)


def _scale_bar(layout: QgsPrintLayout, picture: QgsLayoutItemMap, width: float, height: float) -> None:
    bar = QgsLayoutItemScaleBar(layout)
    bar.setStyle("Line Ticks Up")
    bar.setLinkedMap(picture)
    far = picture.scale() > 20_000
    bar.setUnits(QgsUnitTypes.DistanceKilometers if far else QgsUnitTypes.DistanceMeters)
    bar.setUnitLabel("km" if far else "m")
    bar.setMapUnitsPerScaleBarUnit(1)
    metres = _round(picture.scale() * 0.02)
    bar.setUnitsPerSegment(metres / 1000 if far else metres)
    bar.setNumberOfSegments(2)
    bar.setNumberOfSegmentsLeft(0)
    form = QgsTextFormat()
    form.setFont(QFont(_FONT))
    form.setSize(8)
    form.setColor(_INK)
    bar.setTextFormat(form)
    layout.addLayoutItem(bar)
    bar.update()
    bar.attemptMove(QgsLayoutPoint(width - _MARGIN - bar.rect().width(), height - _MARGIN - 5))


def _round(metres: float) -> float:
    """The next rounder length: 1, 2 or 5 and noughts."""
    step = 1.0
    while step * 10 <= metres:
        step *= 10
    for factor in (5, 2):
        if step * factor <= metres:
            return step * factor
    return step


def _north(layout: QgsPrintLayout, project: QgsProject, width: float) -> None:
    item = QgsLayoutItemPicture(layout)
    item.setPicturePath(QgsSymbolLayerUtils.svgSymbolNameToPath("north.svg", project.pathResolver()))
    item.attemptMove(QgsLayoutPoint(width - _MARGIN - 14, _MARGIN + _HEAD))
    item.attemptResize(QgsLayoutSize(10, 14))
    layout.addLayoutItem(item)


def _write(layout: QgsPrintLayout, path: Path, kind: str, dpi: float) -> None:
    exporter = QgsLayoutExporter(layout)
    if kind == ".pdf":
        settings = QgsLayoutExporter.PdfExportSettings()
        settings.dpi = dpi
        result = exporter.exportToPdf(str(path), settings)
    else:
        image = QgsLayoutExporter.ImageExportSettings()
        image.dpi = dpi
        result = exporter.exportToImage(str(path), image)
    if result != QgsLayoutExporter.Success:
        raise ExportError("not_written", f"{path.parent}: {exporter.errorMessage() or result}")
