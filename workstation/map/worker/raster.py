"""Imagery and other layers from files on this machine: opened only where the file's own bytes say that it is of a kind we
take, so that nothing is fetched and no driver is led elsewhere by a file's name."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsMapLayer,
    QgsRasterBlockFeedback,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QImage

from workstation.map.worker.layers import LayerError

LARGE = 6000
"""Pixels a side from which on a picture without overviews is slow to draw from afar."""
_STORE_CRS = "EPSG:4490"
_SQLITE = b"SQLite format 3\x00"
# Ending: what such a file begins with.
RASTERS: dict[str, tuple[bytes, ...]] = {
    ".tif": (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"),
    ".tiff": (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"),
    ".mbtiles": (_SQLITE,),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
}
VECTORS: dict[str, tuple[bytes, ...]] = {
    ".gpkg": (_SQLITE,),
    ".shp": (b"\x00\x00\x27\x0a",),
    ".geojson": (b"{", b"\xef\xbb\xbf{"),
    ".fgb": (b"fgb",),
}
_TILES = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF")
"""What tiles begin with: PNG, JPEG, WebP (which Qt reads with a plugin only)."""
_WORLD_FILES = {
    ".png": (".pgw", ".pngw", ".wld"),
    ".jpg": (".jgw", ".jpgw", ".wld"),
    ".jpeg": (".jgw", ".jpegw", ".wld"),
}
# Drivers that fetch, or that read other files than the one they are given.
_SKIPPED = (
    "VRT", "GTI", "DERIVED", "WMS", "WMTS", "WCS", "HTTP", "PLMOSAIC", "PLSCENES", "EEDA", "EEDAI", "DAAS", "OGCAPI",
    "STACTA", "STACIT", "PostGISRaster", "NGW", "RDA", "IIP", "KMLSUPEROVERLAY", "LIBKML", "OGR_VRT", "WFS", "OAPIF",
)  # fmt: skip
_state = {"restricted": False}


def restrict_drivers() -> None:
    """Keeps GDAL's drivers that reach beyond their file out of this process; once."""
    if not _state["restricted"]:
        for name in _SKIPPED:
            QgsApplication.skipGdalDriver(name)
        QgsApplication.applyGdalSkippedDrivers()
        _state["restricted"] = True


def local_file(path: Path, kinds: dict[str, tuple[bytes, ...]]) -> Path:
    """The file, if it lies on this machine and is of one of these kinds by its ending and its first bytes. Raises
    LayerError: ``not_local``, ``missing``, ``unsupported``."""
    text = str(path)
    if "://" in text or text.startswith(("\\\\", "//", "/vsi")) or not path.is_absolute():
        raise LayerError("not_local", text)
    if not path.is_file():
        raise LayerError("missing", text)
    beginnings = kinds.get(path.suffix.lower())
    if beginnings is None:
        raise LayerError("unsupported", text)
    try:
        with path.open("rb") as file:
            first = file.read(16).lstrip() if path.suffix.lower() == ".geojson" else file.read(16)
    except OSError as error:
        raise LayerError("unreadable", str(error)) from error
    if not first.startswith(beginnings):
        raise LayerError("unsupported", text)
    return path


def open_raster(path: Path, title: str, map_crs: QgsCoordinateReferenceSystem) -> QgsRasterLayer:
    """A picture of the ground. Raises LayerError, also ``no_place`` where nothing says where on the ground it lies."""
    restrict_drivers()
    file = local_file(path, RASTERS)
    world = _WORLD_FILES.get(file.suffix.lower())
    if world is not None and not any(file.with_suffix(ending).is_file() for ending in world):
        raise LayerError("no_place", str(file))
    options = QgsRasterLayer.LayerOptions(False)
    options.skipCrsValidation = True
    layer = QgsRasterLayer(str(file), title, "gdal", options)
    if not layer.isValid():
        problem = layer.error()
        raise LayerError("unreadable", "" if problem.isEmpty() else problem.summary())
    if file.suffix.lower() == ".mbtiles":
        _require_tiles(file)
    _require_pixels(layer)
    if not layer.crs().isValid():
        extent = layer.extent()
        if extent.width() <= 0 or (extent.xMinimum() == 0 and extent.yMaximum() == 0):
            raise LayerError("no_place", str(file))  # counted in pixels: nobody has placed it
        degrees = abs(extent.xMaximum()) <= 180 and abs(extent.yMaximum()) <= 90
        layer.setCrs(QgsCoordinateReferenceSystem(_STORE_CRS) if degrees else map_crs)
    return layer


def _require_pixels(layer: QgsRasterLayer) -> None:
    """Raises LayerError where pixels in the corners or the middle cannot be read: of a file that was copied in part the head is
    sound, and QGIS would draw it as nothing without a word."""
    extent, provider = layer.extent(), layer.dataProvider()
    wide, high = extent.width() / max(1, layer.width()), extent.height() / max(1, layer.height())
    for across, up in ((0.0, 0.0), (1.0, 0.0), (0.5, 0.5), (0.0, 1.0), (1.0, 1.0)):
        left = extent.xMinimum() + across * (extent.width() - wide)
        below = extent.yMinimum() + up * (extent.height() - high)
        said = QgsRasterBlockFeedback()
        block = provider.block(1, QgsRectangle(left, below, left + wide, below + high), 1, 1, said)
        if not block.error().isEmpty():
            raise LayerError("unreadable", "; ".join(said.errors()) or block.error().summary())


def _require_tiles(file: Path) -> None:
    """Raises LayerError where a tile is no picture: GDAL takes such as empty."""
    try:
        connection = sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)
        try:
            row = connection.execute("SELECT tile_data FROM tiles LIMIT 1").fetchone()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise LayerError("unreadable", str(error)) from error
    tile = bytes(row[0]) if row is not None and isinstance(row[0], bytes) else b""
    if not tile.startswith(_TILES) or (not tile.startswith(b"RIFF") and QImage.fromData(tile).isNull()):
        raise LayerError("unreadable", "its tiles are no pictures" if row else "no tiles")


def hint(layer: QgsMapLayer) -> str:
    """``no_overviews`` where a large picture has none, with its size; else nothing."""
    if not isinstance(layer, QgsRasterLayer) or max(layer.width(), layer.height()) < LARGE:
        return ""
    if any(_exists(level) for level in layer.dataProvider().buildPyramidList()):
        return ""
    return f"no_overviews: {layer.width()} x {layer.height()}"


def _exists(level: Any) -> bool:
    """QGIS 3.20 made a method of what had been a value."""
    return bool(level.getExists() if hasattr(level, "getExists") else level.exists)


def open_vector(path: Path, name: str, title: str) -> QgsVectorLayer:
    """Features of a file; ``name`` is that of the table where it has several. Raises LayerError."""
    restrict_drivers()
    file = local_file(path, VECTORS)
    options = QgsVectorLayer.LayerOptions(False)
    options.skipCrsValidation = True
    address = f"{file}|layername={name}" if name else str(file)
    layer = QgsVectorLayer(address, title, "ogr", options)
    if not layer.isValid():
        problem = layer.error()
        raise LayerError("unreadable", "" if problem.isEmpty() else problem.summary())
    if not layer.crs().isValid():
        layer.setCrs(QgsCoordinateReferenceSystem(_STORE_CRS))
    layer.setReadOnly(True)
    return layer
