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
    QgsMapHitTest,
    QgsMapLayer,
    QgsMapLayerLegendUtils,
    QgsPrintLayout,
    QgsSymbol,
    QgsTableCell,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from workstation.map.protocol import Message, ProtocolError
from workstation.map.worker.export_marks import letters, width_mm
from workstation.map.worker.legend import HEADING, in_millimetres

Box = tuple[float, float, float, float]
"""Left, top, width, height in millimetres."""
MOST_ROWS = 2000
_SMALLEST = 4.5
_DPI = 96.0
_LETTERS, _LINE, _GRID = 6, 2.5, 0.15
"""The list's letters in points, a line of them and the lines between in millimetres."""
_CELLS = (0.7, 0.5, 0.35)
"""Margins of its cells: the first, unless the list fits with a smaller one and would else need another page."""
_EDGE, _GAP, _HEAD = 10.0, 4.0, 7.0


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
        if symbol is not None and symbol.type() != QgsSymbol.Marker:
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
    """The list (``table``: ``headers``, ``widths`` in shares of the box's, ``rows`` of texts, ``more`` and ``none`` as words for
    what is ``left_out`` and for an empty list) in this box; with ``pages`` it goes on behind, else it ends with the box and
    says how many it leaves out (but for the first of several pages, ``goes_on``)."""
    wanted = Message("table", message.mapping("table"))
    headers, rows, widths = wanted.texts("headers"), wanted.fields.get("rows"), wanted.fields.get("widths")
    if not isinstance(rows, list) or len(rows) > MOST_ROWS or not isinstance(widths, list):
        raise ProtocolError("out_of_range", type=message.type, field="rows", low=0, high=MOST_ROWS)
    rows = [[str(cell) for cell in row] for row in rows]
    left_out = wanted.integer("left_out", 0, 10**9, 0)
    margin = next((cell for cell in _CELLS if (len(rows) + 1) * _row(cell) <= box[3]), _CELLS[0])
    fitting = int(box[3] / _row(margin)) - 1
    if not pages and len(rows) > fitting and message.fields.get("goes_on") is not True:
        left_out += len(rows) - max(0, fitting - 1)
        del rows[max(0, fitting - 1) :]
    blank = [""] * max(0, len(headers) - 2)
    columns = [headers, *rows]
    if left_out:
        rows.append(["", wanted.text("more", "{n}").replace("{n}", str(left_out)), *blank])
    elif not rows:
        rows.append(["", wanted.text("none", ""), *blank])
    table = QgsLayoutItemManualTable.create(layout)
    layout.addMultiFrame(table)
    table.setIncludeTableHeader(True)
    table.setHeaders([QgsLayoutTableColumn(header) for header in headers])
    edges = 2 * margin + _GRID
    inner = [width - edges for width in _widths(columns, [float(share) for share in widths], box[2], edges)]
    table.setColumnWidths([max(2.0, width) for width in inner])
    table.setHeaderTextFormat(letters(_LETTERS, bold=True, halo=False))
    table.setContentTextFormat(letters(_LETTERS, halo=False))
    table.setCellMargin(margin)
    table.setGridStrokeWidth(_GRID)
    table.setGridColor(QColor("#c9cfd6"))
    table.setWrapBehavior(QgsLayoutTable.WrapText)
    table.setTableContents([[QgsTableCell(cell) for cell in row] for row in rows])
    table.setResizeMode(QgsLayoutMultiFrame.UseExistingFrames)
    _frame(layout, table, box, 0)
    if pages:
        _go_on(layout, table, box, len(rows), _row(margin))
    table.recalculateFrameSizes()


def _row(margin: float) -> float:
    """The height of a row with such a margin."""
    return _LINE + 2 * margin + _GRID


def _widths(rows: list[list[str]], shares: list[float], width: float, edges: float) -> list[float]:
    """How wide each column is, edges included: as its texts need, what is left by the shares; where they need more than there
    is, the widest give way."""
    needed = [
        max(width_mm(row[at], _LETTERS, bold=number == 0) for number, row in enumerate(rows)) + edges + 0.4
        for at in range(len(shares))
    ]
    left = width - sum(needed)
    if left >= 0:
        return [need + left * shares[at] / sum(shares) for at, need in enumerate(needed)]
    while sum(needed) > width:
        widest = max(needed)
        needed = [min(need, widest - 0.25) for need in needed]
    return needed


def _frame(layout: QgsPrintLayout, table: QgsLayoutItemManualTable, box: Box, page: int) -> None:
    frame = QgsLayoutFrame(layout, table)
    frame.attemptMove(QgsLayoutPoint(box[0], box[1]), True, False, page)
    frame.attemptResize(QgsLayoutSize(box[2], box[3]))
    table.addFrame(frame, False)


def _go_on(layout: QgsPrintLayout, table: QgsLayoutItemManualTable, box: Box, rows: int, row: float) -> None:
    """Pages behind the first, with as many columns of the list as go side by side, below room for a line that says which page
    it is."""
    size = layout.pageCollection().page(0).pageSize()
    tall = size.height() - 2 * _EDGE - _HEAD
    across = max(1, int((size.width() - 2 * _EDGE + _GAP) / (box[2] + _GAP)))
    missing = rows - max(0, int(box[3] / row) - 1)  # the headings are on each
    number = 0
    while missing > 0:
        page = number // across + 1
        if number % across == 0:
            sheet = QgsLayoutItemPage(layout)
            sheet.setPageSize(size)
            layout.pageCollection().addPage(sheet)
        left = _EDGE + (number % across) * (box[2] + _GAP)
        _frame(layout, table, (left, _EDGE + _HEAD, box[2], tall), page)
        missing -= int(tall / row) - 1
        number += 1
