"""What the map client hands on: frames, what was identified, the legend; made from the worker's messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtGui import QImage

from workstation.map import protocol
from workstation.map.protocol import Message, ProtocolError

_ANY = 2**62
_MAX_ICON = 512


@dataclass(frozen=True)
class PictureMessage(Message):
    """A message whose body was read straight into a picture."""

    image: QImage = field(default_factory=QImage)


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture of the map. ``extent`` is what it shows (xmin, ymin, xmax, ymax in the map's CRS). A ``partial`` one
    has what is drawn so far on a transparent ground; the whole one is opaque. ``number`` is that of the request;
    ``millis`` is how long the worker drew."""

    view: str
    number: int
    image: QImage
    extent: tuple[float, float, float, float]
    partial: bool
    millis: float


@dataclass(frozen=True, slots=True)
class IdentifyResult:
    """What lies at a place, nearest first: each a dictionary with ``layer`` (key), ``layer_title``, ``title``, ``id``,
    ``distance`` and the nearest point ``x``, ``y`` (map units) and ``attributes``. ``done`` is False when the worker could not say."""

    request: int
    features: list[dict[str, Any]] = field(default_factory=list)
    done: bool = True


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of a legend. ``level`` is how deep it lies; without ``image`` it is a heading. Drawn from
    1:``min_scale`` to 1:``max_scale``, 0 without limit."""

    label: str
    level: int
    image: QImage | None
    min_scale: float
    max_scale: float


@dataclass(frozen=True, slots=True)
class LayerLegend:
    """The legend of a layer."""

    key: str
    title: str
    entries: tuple[LegendEntry, ...]


@dataclass(frozen=True, slots=True)
class Legend:
    """The legend of the map, bottom layer first."""

    request: int
    layers: tuple[LayerLegend, ...]


def frame_of(message: Message) -> Frame:
    """The frame in a message. Raises ProtocolError when its pixels do not fit its numbers."""
    width = message.integer("width", 1, protocol.MAX_SIDE)
    height = message.integer("height", 1, protocol.MAX_SIDE)
    stride = message.integer("stride", width * 4, protocol.MAX_SIDE * 8)
    image = (
        message.image if isinstance(message, PictureMessage) else _image(message, 0, width, height, stride)
    )
    image.setDevicePixelRatio(message.number("ratio", 0.25, 8.0))
    return Frame(
        message.text("view"),
        message.integer("number", 0, _ANY),
        image,
        message.extent(),
        message.fields.get("partial") is True,
        message.number("millis", 0, 1e9),
    )


def legend_of(message: Message) -> Legend:
    """The legend in a message. Raises ProtocolError."""
    layers = []
    for layer in message.mappings("layers"):
        part = Message(message.type, layer)
        entries = tuple(_entry(message, Message(message.type, entry)) for entry in part.mappings("entries"))
        layers.append(LayerLegend(part.text("layer"), part.text("title"), entries))
    return Legend(message.integer("request", 0, _ANY), tuple(layers))


def _entry(message: Message, entry: Message) -> LegendEntry:
    offset = entry.integer("offset", -1, protocol.MAX_BODY)
    side = entry.integer("side", 1, _MAX_ICON)
    return LegendEntry(
        entry.text("label"),
        entry.integer("level", 0, 20),
        None if offset < 0 else _image(message, offset, side, side, side * 4),
        entry.number("min_scale", 0, 1e12),
        entry.number("max_scale", 0, 1e12),
    )


def _image(message: Message, offset: int, width: int, height: int, stride: int) -> QImage:
    data = memoryview(message.body)[offset : offset + stride * height]
    if len(data) != stride * height:
        raise ProtocolError("wrong_type", type=message.type, field="body", wanted=offset + stride * height)
    borrowed = QImage(data, width, height, stride, QImage.Format.Format_ARGB32_Premultiplied)
    return borrowed.copy()  # the bytes go away with the message
