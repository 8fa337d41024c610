"""What GIS staff changed in QGIS: a project file read as a description of styles, never opened as a project.

Of layers that the program knows (custom property ``workstation/key``) it takes how they look: symbols, names, opacity,
scales, order, whether they are shown. Never where their data come from. Other layers of the project are shown where they
are files on this machine. Macros, forms, actions, joins and functions are not looked at.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from qgis.core import QgsMapLayer
from qgis.PyQt.QtXml import QDomDocument, QDomElement

from workstation.map.worker.layers import LayerError

KEY = "workstation/key"
MAX_BYTES = 32 * 1024 * 1024
MAX_DEPTH = 200
MAX_LAYERS = 500
# What of a layer is its looks. All else of it stays in the file.
_VECTOR_PARTS = (
    "renderer-v2",
    "labeling",
    "blendMode",
    "featureBlendMode",
    "layerOpacity",
    "layerGeometryType",
)
_RASTER_PARTS = ("pipe", "blendMode")
_ATTRIBUTES = (
    "version", "hasScaleBasedVisibilityFlag", "minScale", "maxScale", "labelsEnabled", "simplifyDrawingHints",
    "simplifyDrawingTol", "simplifyMaxScale", "simplifyAlgorithm", "simplifyLocal", "symbologyReferenceScale",
)  # fmt: skip
_TABLE = re.compile(r"layername=([\w .-]+)")


@dataclass(frozen=True)
class Entry:
    """One layer of a project. ``key`` is ours, empty for one that staff added; ``source`` is only looked at for those."""

    id: str
    key: str
    title: str
    kind: str
    provider: str
    source: str
    style: QDomDocument
    scales: tuple[float, float]


@dataclass
class Described:
    """A project as far as it concerns us: its layers, top first, and the ids of those that are switched off."""

    folder: Path
    entries: list[Entry] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)


def read_project(path: Path) -> Described:
    """Reads a .qgs or .qgz. Raises LayerError: ``missing``, ``too_large``, ``bad_project``."""
    document = _parsed(_content(path))
    root = document.documentElement()
    if root.tagName() != "qgis":
        raise LayerError("bad_project", f"<{root.tagName()[:40]}>")
    described = Described(path.parent)
    found: dict[str, Entry] = {}
    layers = root.firstChildElement("projectlayers")
    node = layers.firstChildElement("maplayer")
    while not node.isNull():
        if len(found) >= MAX_LAYERS:
            raise LayerError("too_large", f"{MAX_LAYERS} layers")
        entry = _entry(node)
        found[entry.id] = entry
        node = node.nextSiblingElement("maplayer")
    order: list[str] = []
    tree = root.firstChildElement("layer-tree-group")
    _walk(tree, True, order, described.hidden)
    order = _own_order(tree) or order
    # What an order of its own leaves out was added after it was made: on top, where it is looked for.
    described.entries = [entry for name, entry in found.items() if name not in order]
    described.entries += [found[name] for name in order if name in found]
    return described


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise LayerError("missing", str(path))
        if path.stat().st_size > MAX_BYTES:
            raise LayerError("too_large", str(path))
        if path.suffix.lower() != ".qgz":
            return path.read_bytes()
        with zipfile.ZipFile(path) as archive:
            inside = next(
                (item for item in archive.infolist() if item.filename.lower().endswith(".qgs")), None
            )
            if inside is None:
                raise LayerError("bad_project", "no .qgs inside")
            with archive.open(inside) as file:
                data = file.read(MAX_BYTES + 1)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise LayerError("bad_project", str(error)) from error
    if len(data) > MAX_BYTES:
        raise LayerError("too_large", str(path))
    return data


def _parsed(data: bytes) -> QDomDocument:
    """Goes through the text first with a parser that builds nothing: entities and towers of elements are refused there,
    before QGIS's own, which would follow and copy them."""
    depth = [0]

    def begin(name: str, attributes: dict[str, str]) -> None:
        depth[0] += 1
        if depth[0] > MAX_DEPTH:
            raise LayerError("bad_project", "nested too deep")

    def end(name: str) -> None:
        depth[0] -= 1

    def entity(*_: object) -> None:
        raise LayerError("bad_project", "has entities")

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.EntityDeclHandler = entity
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise LayerError("bad_project", str(error)) from error
    document = QDomDocument()
    result = document.setContent(data)
    good = result[0] if isinstance(result, tuple) else bool(result)
    if not good:
        raise LayerError("bad_project", "not XML")
    return document


def _entry(node: QDomElement) -> Entry:
    style = QDomDocument("qgis")
    root = style.createElement("qgis")
    for name in _ATTRIBUTES:
        if node.hasAttribute(name):
            root.setAttribute(name, node.attribute(name))
    kind = node.attribute("type")
    for name in _RASTER_PARTS if kind == "raster" else _VECTOR_PARTS:
        part = node.firstChildElement(name)
        if not part.isNull():
            root.appendChild(style.importNode(part, True))
    style.appendChild(root)
    limited = node.attribute("hasScaleBasedVisibilityFlag") == "1"
    scales = (_number(node, "minScale"), _number(node, "maxScale")) if limited else (0.0, 0.0)
    return Entry(
        node.firstChildElement("id").text(),
        _key(node),
        node.firstChildElement("layername").text()[:80],
        kind,
        node.firstChildElement("provider").text(),
        node.firstChildElement("datasource").text(),
        style,
        scales,
    )


def _number(node: QDomElement, name: str) -> float:
    try:
        value = float(node.attribute(name, "0"))
    except ValueError:
        return 0.0
    return value if 0 <= value < 1e12 else 0.0


def _key(node: QDomElement) -> str:
    """Our name of a layer, as QGIS keeps it: in one map of options since 3.20, in single properties before."""
    properties = node.firstChildElement("customproperties")
    for tag, name in (("Option", "name"), ("property", "key")):
        inside = properties.firstChildElement("Option") if tag == "Option" else properties
        item = inside.firstChildElement(tag)
        while not item.isNull():
            if item.attribute(name) == KEY:
                return str(item.attribute("value"))[:80]
            item = item.nextSiblingElement(tag)
    return ""


def _walk(group: QDomElement, shown: bool, order: list[str], hidden: set[str]) -> None:
    node = group.firstChildElement()
    while not node.isNull():
        checked = shown and node.attribute("checked", "Qt::Checked") != "Qt::Unchecked"
        if node.tagName() == "layer-tree-layer":
            order.append(node.attribute("id"))
            if not checked:
                hidden.add(node.attribute("id"))
        elif node.tagName() == "layer-tree-group":
            _walk(node, checked, order, hidden)
        node = node.nextSiblingElement()


def _own_order(tree: QDomElement) -> list[str]:
    """The order of drawing where staff gave one that is not the tree's."""
    node = tree.firstChildElement("custom-order")
    if node.attribute("enabled") != "1":
        return []
    order = []
    item = node.firstChildElement("item")
    while not item.isNull():
        order.append(item.text())
        item = item.nextSiblingElement("item")
    return order


def wear(layer: QgsMapLayer, entry: Entry) -> None:
    """Gives a layer the looks of a project's. Raises LayerError ``bad_style``; the layer may then be half dressed."""
    wanted = {"vector": QgsMapLayer.VectorLayer, "raster": QgsMapLayer.RasterLayer}.get(entry.kind)
    if wanted is None or layer.type() != wanted:
        raise LayerError("bad_style", entry.kind)
    part = entry.style.documentElement().firstChildElement(
        "pipe" if entry.kind == "raster" else "renderer-v2"
    )
    if part.isNull():
        raise LayerError("bad_style", "no renderer")
    result = layer.importNamedStyle(entry.style)
    good, message = (result[0], str(result[1])) if isinstance(result, tuple) else (bool(result), "")
    if not good or (entry.kind == "vector" and layer.renderer() is None):
        raise LayerError("bad_style", message)
    layer.setScaleBasedVisibility(any(entry.scales))
    layer.setMinimumScale(entry.scales[0])
    layer.setMaximumScale(entry.scales[1])


def place_of(entry: Entry, folder: Path) -> tuple[Path, str]:
    """The file of a layer that staff added, and its table. Raises LayerError ``not_local`` for what is no file here."""
    if entry.provider not in ("gdal", "ogr"):
        raise LayerError("not_local", entry.provider)
    address = entry.source.split("|")[0]
    if not address or "://" in address or ":" in address[:9] or address.startswith(("/vsi", "//", "\\\\")):
        raise LayerError("not_local", address[:120])
    table = _TABLE.search(entry.source)
    path = Path(address)
    return (path if path.is_absolute() else folder / path), table.group(1) if table else ""
