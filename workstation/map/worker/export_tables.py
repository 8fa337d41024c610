"""The legend and the list of cases on a page."""

from __future__ import annotations

from qgis.core import (
    QgsLayerTree,
    QgsLayoutFrame,
    QgsLayoutItemLegend,
    QgsLayoutItemManualTable,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutMultiFrame,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLayoutTable,
    QgsLayoutTableColumn,
    QgsLayoutUtils,
    QgsLegendRenderer,
    QgsLegendStyle,
    QgsLegendSymbolItem,
    QgsLineSymbol,
    QgsMapHitTest,
    QgsMapLayer,
    QgsMapLayerLegendUtils,
    QgsPrintLayout,
    QgsTableCell,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from workstation.map.protocol import Message, ProtocolError
from workstation.map.worker.export_marks import letters
from workstation.map.worker.legend import HEADING, in_millimetres

Box = tuple[float, float, float, float]
"""Left, top, width, height in millimetres."""
MOST_ROWS = 2000
_SMALLEST = 4.5
_DPI = 96.0
_CELL, _GRID, _ROW = 0.7, 0.15, 4.1
_EDGE, _GAP = 10.0, 4.0


def add_legend(
    layout: QgsPrintLayout,
    picture: QgsLayoutItemMap,
    over: list[QgsMapLayer],
    layers: list[QgsMapLayer],
    title: str,
    box: Box,
) -> tuple[float, QgsLayerTree]:
    """The legend of what is on the map, in this box or less: of ``over``, which were made for this page, all that they have, of
    the city's ``layers`` what is in view. Returns its height, and what must live as long as it does."""
    drawn = [
        layer
        for layer in layers
        if isinstance(layer, QgsVectorLayer) and layer.isInScaleRange(picture.scale())
    ]
    settings = picture.mapSettings(picture.extent(), picture.rect().size() * _DPI / 25.4, _DPI, True)
    # QGIS writes the symbol of every feature out to know it again: a millisecond for each case's sign.
    settings.setLayers(drawn)
    seen = QgsMapHitTest(settings)
    seen.run()
    tree = QgsLayerTree()
    for layer in over:
        _entries(tree, layer, None)
    for layer in drawn:
        _entries(tree, layer, seen)
    item = QgsLayoutItemLegend(layout)
    layout.addLayoutItem(item)
    item.setAutoUpdateModel(False)
    item.setLinkedMap(picture)
    item.model().setRootGroup(tree)
    item.setTitle(title)
    item.setBackgroundEnabled(False)
    item.setSplitLayer(True)
    item.setEqualColumnWidth(True)
    item.setColumnSpace(2)
    item.setBoxSpace(0)
    context = QgsLayoutUtils.createRenderContextForLayout(layout, None)
    height = box[3]
    for columns, size in ((1, 7.5), (2, 7.0), (2, 6.0), (3, 5.0), (3, _SMALLEST), (4, _SMALLEST)):
        _dress(item, columns, size)
        # The item itself knows its size only once it has been painted.
        taken = QgsLegendRenderer(item.model(), item.legendSettings()).minimumSize(context)
        height = float(taken.height())
        if taken.height() <= box[3] and taken.width() <= box[2]:
            break
    item.attemptMove(QgsLayoutPoint(box[0], box[1]))
    return min(height, box[3]), tree


def _entries(tree: QgsLayerTree, layer: QgsVectorLayer, seen: QgsMapHitTest | None) -> None:
    """Of a layer what has a name and is on the map (all, without ``seen``), each with its name alone."""
    renderer = layer.renderer()
    items = renderer.legendSymbolItems() if renderer is not None else []
    present = [number for number, item in enumerate(items) if seen is None or _is_seen(item, layer, seen)]
    named = [number for number in present if items[number].label()]
    if not named and not (len(items) == 1 and present):
        return
    node = tree.addLayer(layer)
    for number in named if len(items) > 1 else ():
        label = items[number].label().rpartition(HEADING)[2]
        QgsMapLayerLegendUtils.setLegendNodeUserLabel(node, number, label)
    if named and len(items) > 1:
        QgsMapLayerLegendUtils.setLegendNodeOrder(node, named)
    for number in present:
        symbol = items[number].symbol()
        if isinstance(symbol, QgsLineSymbol):
            shown = symbol.clone()
            in_millimetres(shown)
            QgsMapLayerLegendUtils.setLegendNodeCustomSymbol(node, number, shown)


def _is_seen(item: QgsLegendSymbolItem, layer: QgsVectorLayer, seen: QgsMapHitTest) -> bool:
    """Whether something on the map is drawn so. (Keys do not find categories of several values; symbols do.)"""
    if seen.legendKeyVisible(item.ruleKey(), layer):
        return True
    return item.symbol() is not None and seen.symbolVisible(item.symbol(), layer)


def _dress(item: QgsLayoutItemLegend, columns: int, size: float) -> None:
    item.setColumnCount(columns)
    for style, points, bold in (
        (QgsLegendStyle.Title, size + 2, True),
        (QgsLegendStyle.Group, size + 1, True),
        (QgsLegendStyle.Subgroup, size, True),
        (QgsLegendStyle.SymbolLabel, size, False),
    ):
        form = letters(points, bold=bold, halo=False)
        font = form.font()
        font.setPointSizeF(points)
        dressed = item.style(style)
        if hasattr(dressed, "setTextFormat"):
            dressed.setTextFormat(form)
        else:
            dressed.setFont(font)
        dressed.setMargin(QgsLegendStyle.Top, 1.0 if style == QgsLegendStyle.SymbolLabel else 1.8)
        item.setStyle(style, dressed)
    item.setSymbolWidth(5.0 * size / 7.5)
    item.setSymbolHeight(3.2 * size / 7.5)
    item.setMaximumSymbolSize(4.4 * size / 7.5)


def add_table(layout: QgsPrintLayout, message: Message, box: Box, pages: bool) -> None:
    """The list (``table``: ``headers``, ``widths`` in shares of the box's, ``rows`` of texts) in this box; with ``pages``
    it goes on behind, else it ends with the box."""
    wanted = Message("table", message.mapping("table"))
    headers, rows, widths = wanted.texts("headers"), wanted.fields.get("rows"), wanted.fields.get("widths")
    if not isinstance(rows, list) or len(rows) > MOST_ROWS or not isinstance(widths, list):
        raise ProtocolError("out_of_range", type=message.type, field="rows", low=0, high=MOST_ROWS)
    table = QgsLayoutItemManualTable.create(layout)
    layout.addMultiFrame(table)
    table.setIncludeTableHeader(True)
    table.setHeaders([QgsLayoutTableColumn(header) for header in headers])
    edges = 2 * _CELL + _GRID
    table.setColumnWidths([max(2.0, box[2] * float(width) - edges) for width in widths])
    table.setHeaderTextFormat(letters(6, bold=True, halo=False))
    table.setContentTextFormat(letters(6, halo=False))
    table.setCellMargin(_CELL)
    table.setGridStrokeWidth(_GRID)
    table.setGridColor(QColor("#c9cfd6"))
    table.setWrapBehavior(QgsLayoutTable.WrapText)
    table.setTableContents([[QgsTableCell(str(cell)) for cell in row] for row in rows])
    table.setResizeMode(QgsLayoutMultiFrame.UseExistingFrames)
    _frame(layout, table, box, 0)
    if pages:
        _go_on(layout, table, box, len(rows))
    table.recalculateFrameSizes()


def _frame(layout: QgsPrintLayout, table: QgsLayoutItemManualTable, box: Box, page: int) -> None:
    frame = QgsLayoutFrame(layout, table)
    frame.attemptMove(QgsLayoutPoint(box[0], box[1]), True, False, page)
    frame.attemptResize(QgsLayoutSize(box[2], box[3]))
    table.addFrame(frame, False)


def _go_on(layout: QgsPrintLayout, table: QgsLayoutItemManualTable, box: Box, rows: int) -> None:
    """Pages behind the first, with as many columns of the list as go side by side."""
    size = layout.pageCollection().page(0).pageSize()
    tall = size.height() - 2 * _EDGE
    across = max(1, int((size.width() - 2 * _EDGE + _GAP) / (box[2] + _GAP)))
    missing = max(table.totalSize().height(), (rows + 1) * _ROW) - box[3]
    number = 0
    while missing > 0:
        page = number // across + 1
        if number % across == 0:
            sheet = QgsLayoutItemPage(layout)
            sheet.setPageSize(size)
            layout.pageCollection().addPage(sheet)
        left = _EDGE + (number % across) * (box[2] + _GAP)
        _frame(layout, table, (left, _EDGE, box[2], tall), page)
        missing -= tall - 2 * _ROW  # each column has the headings again, and no row that is cut
        number += 1
