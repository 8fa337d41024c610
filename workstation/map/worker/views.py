"""Drawing: one picture at a time for each view, the newest request only; of one that takes long, what there is so far."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from qgis.core import (
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsLabelingEngineSettings,
    QgsMapRendererCache,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QSize, QTimer
from qgis.PyQt.QtGui import QColor, QImage, QPainter

from workstation.map import protocol
from workstation.map.protocol import Message
from workstation.map.worker.layers import Layers

_FIRST_PARTIAL_MILLIS = 400
"""Most pictures are whole by then. What there is so far costs the drawing some 30 ms, and the interface as much again."""
_PARTIAL_MILLIS = 300
_DPI = 96.0
_FORMAT = QImage.Format_ARGB32_Premultiplied
_KEPT_BYTES = 160 * 1024 * 1024
"""What a view's pictures of single layers may take in memory, for the next picture of the same place to draw only those
layers that have changed."""


@dataclass(frozen=True)
class Request:
    """One picture wanted. ``width`` and ``height`` are pixels of the picture; ``ratio`` is how many of them make one
    of the screen's points, so that lines and letters keep their size on dense screens."""

    view: str
    number: int
    extent: tuple[float, float, float, float]
    width: int
    height: int
    ratio: float
    hidden: frozenset[str]

    @classmethod
    def of(cls, message: Message) -> Request:
        """From a message. Raises ProtocolError."""
        return cls(
            view=message.text("view"),
            number=message.integer("number", 0, 2**62),
            extent=message.extent(),
            width=message.integer("width", 1, protocol.MAX_SIDE),
            height=message.integer("height", 1, protocol.MAX_SIDE),
            ratio=message.number("ratio", 0.25, 8.0, 1.0),
            hidden=frozenset(message.texts("hidden")),
        )


class View:
    """The pictures of one map window. A new request ends the drawing under way and is drawn as soon as it has ended."""

    def __init__(
        self,
        layers: Layers,
        project: QgsProject,
        background: QColor,
        send: Callable[..., None],
        tell: Callable[[str, dict[str, str]], None],
    ) -> None:
        self._layers = layers
        self._project = project
        self._background = background
        self._send = send
        self._tell = tell
        self._job: QgsMapRendererParallelJob | None = None
        self._kept = QgsMapRendererCache()
        self._current: Request | None = None
        self._next: Request | None = None
        self._began = 0.0
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._send_partial)
        self.settings: QgsMapSettings | None = None
        self.hidden: frozenset[str] = frozenset()

    def request(self, request: Request) -> None:
        """Draws this, instead of what is being drawn."""
        already_cancelled = self._next is not None
        self._next = request
        if self._job is None:
            self._begin()
        elif not already_cancelled:
            # Once: QGIS says "finished" once for each time that a drawing is cancelled, the second time when the next is
            # under way, which would then be sent with nothing on it.
            self._timer.stop()
            self._job.cancelWithoutBlocking()

    def close(self) -> None:
        """Ends drawing and waits for it to have ended."""
        self._next = None
        self._timer.stop()
        if self._job is not None:
            self._job.finished.disconnect(self._finished)
            self._job.cancel()
            self._job = None
        self._kept.clear()

    def _begin(self) -> None:
        request = self._current = self._next
        self._next = None
        if request is None:
            return
        self.settings = map_settings(self._project, request)
        layers = self._layers.shown(set(request.hidden), self.settings.scale())
        self.settings.setLayers(layers)
        self.hidden = request.hidden
        # Whole pictures lie on the map's ground; partial ones on nothing, for what was there before to show through.
        self.settings.setBackgroundColor(QColor(0, 0, 0, 0))
        self._began = time.perf_counter()
        self._job = QgsMapRendererParallelJob(self.settings)
        if (len(layers) + 1) * request.width * request.height * 4 <= _KEPT_BYTES:
            self._job.setCache(self._kept)
        else:
            self._kept.clear()
        self._job.finished.connect(self._finished)
        self._job.start()
        self._timer.start(_FIRST_PARTIAL_MILLIS)

    def _finished(self) -> None:
        self._timer.stop()
        job, request = self._job, self._current
        self._job = self._current = None
        if job is not None and request is not None and self._next is None:
            self._send_frame(
                request,
                self._on_ground(job.renderedImage()),
                job.mapSettings().visibleExtent(),
                partial=False,
            )
            problems = self._problems(job)
            if problems:
                self._kept.clear()  # or what could not be drawn would be kept as empty, and as good
            self._tell(request.view, problems)
        if self._next is not None:
            self._begin()
        if job is not None:
            # Not freed inside its own signal.
            QTimer.singleShot(0, lambda: job.deleteLater())

    def _send_partial(self) -> None:
        if self._job is not None and self._current is not None and self._next is None:
            shown = self._job.mapSettings().visibleExtent()
            self._send_frame(self._current, self._job.renderedImage(), shown, partial=True)
            self._timer.start(_PARTIAL_MILLIS)

    def _on_ground(self, image: QImage) -> QImage:
        painter = QPainter(image)
        painter.setCompositionMode(QPainter.CompositionMode_DestinationOver)
        painter.fillRect(image.rect(), self._background)
        painter.end()
        return image

    def _problems(self, job: QgsMapRendererParallelJob) -> dict[str, str]:
        return {self._layers.key_of(error.layerID): error.message for error in job.errors()}

    def _send_frame(self, request: Request, image: QImage, extent: QgsRectangle, *, partial: bool) -> None:
        if image.isNull():
            return
        if image.format() != _FORMAT:
            image = image.convertToFormat(_FORMAT)
        pixels = image.constBits()
        pixels.setsize(image.sizeInBytes())
        message = Message(
            protocol.FRAME,
            {
                "view": request.view,
                "number": request.number,
                "extent": [extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()],
                "width": image.width(),
                "height": image.height(),
                "stride": image.bytesPerLine(),
                "ratio": request.ratio,
                "partial": partial,
                "millis": round((time.perf_counter() - self._began) * 1000, 1),
            },
            bytes(pixels),
        )
        self._send(
            message, lambda other: other.type == protocol.FRAME and other.fields["view"] == request.view
        )


def map_settings(project: QgsProject, request: Request) -> QgsMapSettings:
    """What to draw and how large, but for the layers."""
    settings = QgsMapSettings()
    settings.setDestinationCrs(project.crs())
    settings.setTransformContext(project.transformContext())
    settings.setExtent(QgsRectangle(*request.extent))
    settings.setOutputSize(QSize(request.width, request.height))
    settings.setOutputDpi(_DPI * request.ratio)
    settings.setOutputImageFormat(_FORMAT)
    settings.setFlag(QgsMapSettings.Antialiasing, True)
    settings.setFlag(QgsMapSettings.DrawLabeling, True)
    settings.setFlag(QgsMapSettings.UseRenderingOptimization, True)
    settings.setFlag(QgsMapSettings.RenderPartialOutput, True)
    labels = QgsLabelingEngineSettings(project.labelingEngineSettings())
    # QGIS tries 5 places a centimetre of street; a fifth of that finds as many names a place, in two thirds of the time.
    labels.setMaximumLineCandidatesPerCm(1.0)
    labels.setMaximumPolygonCandidatesPerCmSquared(1.0)
    settings.setLabelingEngineSettings(labels)
    # What styles call @map_scale and the like comes from here; QGIS leaves it to whoever draws.
    context = QgsExpressionContext()
    context.appendScope(QgsExpressionContextUtils.globalScope())
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    settings.setExpressionContext(context)
    return settings
