"""A map on paper: a page with title, legend, north arrow, scale bar, list of cases and note; or the view alone. PDF or
PNG."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qgis.core import (
    QgsLayerTree,
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutMeasurement,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsMapLayer,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsRenderContext,
    QgsSymbolLayerUtils,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QFont

from workstation.map.protocol import Message
from workstation.map.worker.export_marks import FONT, areas, letters, marks, width_mm
from workstation.map.worker.export_tables import Box, add_legend, add_table
from workstation.map.worker.layers import Layers

_PAGES = {"A4": (297.0, 210.0), "A3": (420.0, 297.0)}
_VIEW = "view"
_MARGIN = 10.0
_HEAD = 15.0
_FOOT = 11.0
_SMALLEST = 5.0
"""Points that letters are not made smaller than."""
_LOOSE = 0.96
"""Of a line's place what letters may fill: on the page they are as wide as the printer's dots make them."""
_GAP = 4.0
_INK = QColor("#27303c")
_SOFT = QColor("#5b6672")


class ExportError(Exception):
    """A page that could not be made. ``code``: ``bad_format``, ``not_written``."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code = code
        self.detail = detail
        super().__init__(f"{code}: {detail}")


@dataclass(frozen=True)
class Plan:
    """Where things go on a page, in millimetres. ``side`` is the column (of a page that stands: the band) for legend and
    list; without them it is as small as nothing."""

    width: float
    height: float
    picture: Box
    legend: Box | None
    table: Box | None


def plan(page: str, landscape: bool, legend: bool, table: bool, view: tuple[float, float]) -> Plan:
    """The plan of a page; ``view`` is the size of the view alone. Raises ExportError ``bad_format``."""
    if page == _VIEW:
        return Plan(*view, (0.0, 0.0, *view), None, None)
    if page not in _PAGES:
        raise ExportError("bad_format", page)
    width, height = _PAGES[page] if landscape else _PAGES[page][::-1]
    left, top = _MARGIN, _MARGIN + _HEAD
    inner, tall = width - 2 * _MARGIN, height - 2 * _MARGIN - _HEAD - _FOOT
    if not legend and not table:
        return Plan(width, height, (left, top, inner, tall), None, None)
    if landscape:
        side = inner * (0.29 if table else 0.2)
        column = left + inner - side
        cut = tall * 0.5 if legend and table else 0.0
        return Plan(
            width,
            height,
            (left, top, inner - side - _GAP, tall),
            (column, top, side, cut or tall) if legend else None,
            (column, top + (cut + _GAP if cut else 0), side, tall - (cut + _GAP if cut else 0))
            if table
            else None,
        )
    band = tall * 0.34
    under = top + tall - band
    half = (inner - _GAP) / 2 if legend and table else inner
    return Plan(
        width,
        height,
        (left, top, inner, tall - band - _GAP),
        (left, under, half, band) if legend else None,
        (left + inner - half, under, half, band) if table else None,
    )


def export(layers: Layers, project: QgsProject, background: QColor, message: Message) -> str:
    """Makes the page that the message describes and returns where it is. The file appears when it is whole."""
    path = Path(message.text("path"))
    kind = path.suffix.lower()
    page = message.text("page", "A4")
    if kind not in (".pdf", ".png") or page not in (*_PAGES, _VIEW):
        raise ExportError("bad_format", f"{path.name}, {page}")
    if not path.parent.is_dir():  # QGIS would make it
        raise ExportError("not_written", str(path.parent))
    layout, over, tree = _compose(layers, project, background, message, kind == ".pdf")
    partial = path.with_name(f".{path.stem}.partial{path.suffix}")
    try:
        _write(layout, partial, kind, message.number("dpi", 20, 600, 200))
        partial.replace(path)
    except OSError as error:
        raise ExportError("not_written", str(error)) from error
    finally:
        partial.unlink(missing_ok=True)
        # In this order: the legend draws from the tree, the tree names the layers.
        del layout, tree
        for layer in over:
            project.removeMapLayer(layer.id())
    return str(path)


def _compose(
    layers: Layers, project: QgsProject, background: QColor, message: Message, pages: bool
) -> tuple[QgsPrintLayout, list[QgsMapLayer], QgsLayerTree | None]:
    """The layout, the layers that were made for it alone, and the legend's tree of layers."""
    tree = None
    page = message.text("page", "A4")
    has_table = "table" in message.fields
    wanted = plan(
        page,
        message.fields.get("landscape") is not False,
        message.fields.get("legend") is True,
        has_table,
        (message.number("width_mm", 10, 3000, 297.0), message.number("height_mm", 10, 3000, 210.0)),
    )
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.pageCollection().page(0).setPageSize(QgsLayoutSize(wanted.width, wanted.height))
    over = [layer for layer in (marks(project, message), areas(project, message)) if layer is not None]
    for layer in over:
        project.addMapLayer(layer, False)
    picture = _map(layout, background, message, wanted.picture)
    shown = layers.shown(set(message.texts("hidden")), picture.scale())
    picture.setKeepLayerSet(True)
    picture.setLayers([*over, *shown])
    if page != _VIEW:
        picture.setFrameEnabled(True)
        picture.setFrameStrokeColor(_SOFT)
        picture.setFrameStrokeWidth(QgsLayoutMeasurement(0.25))
        _furniture(layout, project, message, wanted, picture)
        if wanted.legend is not None:
            title = message.text("legend_title", "")
            taken, tree = add_legend(layout, picture, over, shown, title, wanted.legend)
            if wanted.table is not None and wanted.legend[0] == wanted.table[0]:
                # What the legend leaves of the column is the list's.
                left, _, width, _ = wanted.table
                top = wanted.legend[1] + taken + _GAP
                wanted = Plan(
                    wanted.width,
                    wanted.height,
                    wanted.picture,
                    wanted.legend,
                    (left, top, width, wanted.picture[1] + wanted.picture[3] - top),
                )
        if wanted.table is not None:
            add_table(layout, message, wanted.table, pages)
            _number_pages(layout, message.text("title", ""), wanted)
    return layout, over, tree


def _map(layout: QgsPrintLayout, background: QColor, message: Message, box: Box) -> QgsLayoutItemMap:
    item = QgsLayoutItemMap(layout)
    left, top, width, height = box
    item.attemptMove(QgsLayoutPoint(left, top))
    # An item without a size has no extent, and setting an extent changes the size to its shape.
    item.setRect(0, 0, width, height)
    item.setExtent(QgsRectangle(*message.extent()))
    item.attemptResize(QgsLayoutSize(width, height))
    item.setBackgroundColor(background)
    layout.addLayoutItem(item)
    item.zoomToExtent(QgsRectangle(*message.extent()))
    scale = message.number("scale", 0, 1e9, 0)
    if scale >= 1:
        item.setScale(scale)
    return item


def _furniture(
    layout: QgsPrintLayout, project: QgsProject, message: Message, wanted: Plan, picture: QgsLayoutItemMap
) -> None:
    """Title above; north in the map's corner; note, source, scale below."""
    inner = wanted.width - 2 * _MARGIN
    right = min(90.0, inner * 0.4)
    _text(layout, message.text("title", ""), (_MARGIN, _MARGIN - 2, inner - right, _HEAD - 3), 18, bold=True)
    place = (_MARGIN + inner - right, _MARGIN - 2, right, _HEAD - 3)
    _text(layout, message.text("subtitle", ""), place, 8.5, right=True, ink=_SOFT)
    below = wanted.height - _MARGIN - _FOOT + 2
    notes = "\n".join(part for part in (message.text("note", ""), message.text("source", "")) if part)
    bar = _scale_bar(layout, picture)
    _text(layout, notes, (_MARGIN, below, inner - bar - 34, _FOOT - 1), 7, ink=_SOFT)
    left = wanted.width - _MARGIN - bar
    layout_item = layout.itemById("scale bar")
    layout_item.attemptMove(QgsLayoutPoint(left, below))
    scale = f"1:{round(picture.scale()):,}"
    _text(layout, scale, (left - 32, below, 30, _FOOT - 2), 9, bold=True, right=True)
    _north(layout, project, picture, wanted.picture)


def _text(
    layout: QgsPrintLayout,
    text: str,
    box: Box,
    points: float,
    *,
    bold: bool = False,
    right: bool = False,
    ink: QColor = _INK,
    page: int = 0,
) -> None:
    if not text:
        return
    # One line stays one: what is too long for its place is written smaller, and cut at last.
    lines = text.split("\n")
    widest = max(width_mm(line, points, bold=bold) for line in lines)
    room = (box[2] - 1) * _LOOSE
    if widest > room:
        points = max(_SMALLEST, points * room / widest)
        lines = [_cut(line, points, bold, room + 0.1) for line in lines]
    item = QgsLayoutItemLabel(layout)
    item.setText("\n".join(lines))
    font = QFont(FONT)
    font.setPointSizeF(points)
    font.setBold(bold)
    item.setFont(font)
    item.setFontColor(ink)
    item.setHAlign(Qt.AlignRight if right else Qt.AlignLeft)
    item.setVAlign(Qt.AlignVCenter)
    item.setMarginX(0)
    item.attemptMove(QgsLayoutPoint(box[0], box[1]), True, False, page)
    item.attemptResize(QgsLayoutSize(box[2], box[3]))
    layout.addLayoutItem(item)


def _cut(line: str, points: float, bold: bool, width: float) -> str:
    while len(line) > 1 and width_mm(line, points, bold=bold) > width:
        line = f"{line[:-2]}…"
    return line


def _number_pages(layout: QgsPrintLayout, title: str, wanted: Plan) -> None:
    """Says on the pages behind what they belong to."""
    pages = layout.pageCollection().pageCount()
    inner = wanted.width - 2 * _MARGIN
    for page in range(1, pages):
        line = (_MARGIN, _MARGIN - 2, inner - 30, 6.0)
        _text(layout, title, line, 10, bold=True, page=page)
        line = (_MARGIN + inner - 30, _MARGIN - 2, 30.0, 6.0)
        _text(layout, f"{page + 1} / {pages}", line, 8.5, right=True, ink=_SOFT, page=page)


def _scale_bar(layout: QgsPrintLayout, picture: QgsLayoutItemMap) -> float:
    """Its width; whoever lays out the foot moves it."""
    bar = QgsLayoutItemScaleBar(layout)
    bar.setId("scale bar")
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
    bar.setTextFormat(letters(7.5, halo=False))
    bar.setBoxContentSpace(0.5)
    layout.addLayoutItem(bar)
    bar.update()
    return float(bar.rect().width())


def _round(metres: float) -> float:
    """The next rounder length: 1, 2 or 5 and noughts."""
    step = 1.0
    while step * 10 <= metres:
        step *= 10
    for factor in (5, 2):
        if step * factor <= metres:
            return step * factor
    return step


def _north(layout: QgsPrintLayout, project: QgsProject, picture: QgsLayoutItemMap, box: Box) -> None:
    item = QgsLayoutItemPicture(layout)
    item.setPicturePath(QgsSymbolLayerUtils.svgSymbolNameToPath("north.svg", project.pathResolver()))
    item.setLinkedMap(picture)
    item.setBackgroundEnabled(True)
    item.setBackgroundColor(QColor(255, 255, 255, 215))  # names and numbers lie below it
    item.attemptMove(QgsLayoutPoint(box[0] + box[2] - 13, box[1] + 3))
    item.attemptResize(QgsLayoutSize(10, 14))
    layout.addLayoutItem(item)


def _write(layout: QgsPrintLayout, path: Path, kind: str, dpi: float) -> None:
    exporter = QgsLayoutExporter(layout)
    if kind == ".pdf":
        settings = QgsLayoutExporter.PdfExportSettings()
        settings.dpi = dpi
        # Letters as letters: the file is smaller, is searched, and has its fonts inside.
        settings.textRenderFormat = QgsRenderContext.TextFormatAlwaysText
        result = exporter.exportToPdf(str(path), settings)
    else:
        image = QgsLayoutExporter.ImageExportSettings()
        image.dpi = dpi
        image.pages = [0]
        result = exporter.exportToImage(str(path), image)
    if result != QgsLayoutExporter.Success:
        raise ExportError("not_written", f"{path.parent}: {exporter.errorMessage() or result}")
