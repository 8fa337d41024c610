"""Writes the city's map as a project for QGIS itself: ``/usr/bin/python3 -s -E project_writer.py`` with the request as
JSON on standard input (``source``, ``map_crs``, ``title``, ``out``, ``extent``, and ``layers``, ``symbols``,
``background`` as they are sent to a worker). Prints the names of layers that could not be written."""

from __future__ import annotations

import base64
import json
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    # The folder of this file is on the path only because Python puts it there.
    sys.path[0] = str(Path(__file__).resolve().parents[3])
    sys.modules["qgis.gui"] = None  # type: ignore[assignment]

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsLayerTreeGroup,
    QgsProject,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtXml import QDomDocument

from workstation.map.worker.layers import LayerError, open_layer
from workstation.map.worker.project import KEY

_SVG = re.compile(r'(?<=")([a-z0-9_]+\.svg)(?=")')
_SECRETS = re.compile(r" (?:user|password)=(?:'(?:[^'\\]|\\.)*'|[^\s'\"<]+)")


def write_project(request: Mapping[str, Any]) -> list[str]:
    """Writes the file. Without user and password: who opens it is asked for theirs, or uses a service or an
    authentication of QGIS. Returns ``key: what is wrong`` of layers that are not in it. Raises LayerError
    ``not_written``."""
    project = QgsProject.instance()
    project.setCrs(QgsCoordinateReferenceSystem(str(request["map_crs"])))
    project.setTitle(str(request["title"]))
    project.setBackgroundColor(QColor(str(request["background"])))
    group: QgsLayerTreeGroup | None = None
    failed = []
    for definition in reversed(request["layers"]):  # top first, as the tree of layers has it
        try:
            layer = _layer(request["source"], definition, Path(str(request["symbols"])))
        except LayerError as error:
            failed.append(f"{definition['key']}: {error}")
            continue
        project.addMapLayer(layer, False)
        # The tree is the order of drawing, so a group comes again where others lie between its layers. (An order beside
        # the tree would do with one of each, but QGIS puts what staff add under all of it.)
        if group is None or group.name() != str(definition["group"]):
            group = project.layerTreeRoot().addGroup(str(definition["group"]))
        group.addLayer(layer).setExpanded(False)
    crs = QgsCoordinateReferenceSystem("EPSG:4490")
    view = QgsReferencedRectangle(QgsRectangle(*request["extent"]), crs)
    project.viewSettings().setDefaultViewExtent(view)
    out = Path(str(request["out"]))
    if not project.write(str(out)):
        raise LayerError("not_written", project.error())
    out.write_text(without_secrets(out.read_text(encoding="utf-8")), encoding="utf-8")
    return failed


def without_secrets(text: str) -> str:
    """A project without the names and passwords in its addresses."""
    return _SECRETS.sub("", text)


def _layer(source: Mapping[str, Any], definition: Mapping[str, Any], symbols: Path) -> QgsVectorLayer:
    layer = open_layer(source, definition)
    layer.setName(_title(definition))
    layer.setCustomProperty(KEY, str(definition["key"]))
    # The symbols go into the file: the desk where it is opened does not know our folder of them.
    style = QDomDocument()
    text = Path(str(definition["style"])).read_text(encoding="utf-8")
    style.setContent(_SVG.sub(lambda found: _embedded(symbols / found.group(1)), text))
    scales = layer.minimumScale(), layer.maximumScale(), layer.hasScaleBasedVisibility()
    layer.importNamedStyle(style)
    layer.setMinimumScale(scales[0])
    layer.setMaximumScale(scales[1])
    layer.setScaleBasedVisibility(scales[2])
    return layer


def _title(definition: Mapping[str, Any]) -> str:
    """Parts of one layer are told apart by the scales that they are drawn at."""
    far, near = float(definition.get("min_scale") or 0), float(definition.get("max_scale") or 0)
    if not definition.get("part_of"):
        return str(definition["title"])
    return (
        f"{definition['title']} 1:{far:,.0f} – 1:{near:,.0f}"
        if far
        else f"{definition['title']} > 1:{near:,.0f}"
    )


def _embedded(symbol: Path) -> str:
    return "base64:" + base64.b64encode(symbol.read_bytes()).decode("ascii")


def main() -> int:
    """Exit codes: 0 written, 1 not, with the reason on standard error."""
    request = json.load(sys.stdin)
    application = QgsApplication([], False)
    application.initQgis()
    try:
        for line in write_project(request):
            print(line)
    except (LayerError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
