"""The anchor of map.py: QGIS's own QgsMapCanvas. Reads extents from standard input, a JSON list a line, and prints for
each how many milliseconds it took to draw. ``/usr/bin/python3 _canvas.py CITY.json WIDTH HEIGHT``"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from qgis.core import QgsApplication, QgsProject, QgsRectangle
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QEventLoop
from qgis.PyQt.QtGui import QColor

from workstation.map.worker.layers import Layers


def main(city: str, width: str, height: str) -> None:
    """Serves until the input ends."""
    application = QgsApplication([], True)
    application.initQgis()
    wanted = json.loads(Path(city).read_text(encoding="utf-8"))
    QgsApplication.setSvgPaths([wanted["symbols"]])
    layers = Layers(QgsProject.instance())
    failed = layers.open(wanted["source"], wanted["map_crs"], wanted["layers"])
    if failed:
        raise SystemExit(str(failed))
    canvas = QgsMapCanvas()
    canvas.resize(int(width), int(height))
    canvas.setCanvasColor(QColor(wanted["background"]))
    canvas.enableAntiAliasing(True)
    canvas.setParallelRenderingEnabled(True)
    canvas.setCachingEnabled(True)
    canvas.setPreviewJobsEnabled(False)  # it would go on drawing while our turn is
    canvas.setDestinationCrs(QgsProject.instance().crs())
    canvas.show()
    layers_shown = False
    loop = QEventLoop()
    canvas.mapCanvasRefreshed.connect(loop.quit)
    for line in sys.stdin:
        begun = time.perf_counter()
        canvas.setExtent(QgsRectangle(*json.loads(line)))
        if not layers_shown:
            canvas.setLayers(layers.shown(set()))
            layers_shown = True
        canvas.refresh()
        loop.exec_()
        print((time.perf_counter() - begun) * 1000, flush=True)
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
