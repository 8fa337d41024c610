"""The layers of the map as data: ``layers.toml`` read and checked, ready to be sent to a worker."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_type_hints

RESOURCES = Path(__file__).resolve().parents[2] / "resources" / "map"


class LayerFileError(Exception):
    """A layers.toml that cannot be used: which ``file``, which layer's ``key``, and the ``problem``."""

    def __init__(self, file: Path, key: str, problem: str) -> None:
        self.file = file
        self.key = key
        self.problem = problem
        super().__init__(f"{file}: {key}: {problem}")


@dataclass(frozen=True, slots=True)
class LayerDefinition:
    """One layer. ``min_scale`` and ``max_scale`` are denominators, QGIS's way round: it is drawn from 1:min_scale
    (far out) down to 1:max_scale (near); 0 is no limit. ``label`` is the expression that names a feature when it is
    asked for (identify). A layer that is ``part_of`` another is that layer drawn otherwise at other scales: it is
    shown, hidden and identified as that one, and has no legend of its own. ``subset`` is SQL for what of the table there
    is; ``only`` is an expression for what is found by identify, where the style itself leaves out the rest: with a
    subset QGIS counts the table when it opens it, 0.7 s for a million components."""

    key: str
    title: str
    group: str
    table: str
    kind: str
    style: str
    geometry: str = "geom"
    id: str = ""
    sql: str = ""
    subset: str = ""
    only: str = ""
    label: str = ""
    min_scale: float = 0.0
    max_scale: float = 0.0
    identify: bool = True
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class MapDefinition:
    """The whole map, bottom layer first. ``background`` is what lies under all layers."""

    background: str
    styles: Path
    symbols: Path
    layers: tuple[LayerDefinition, ...]

    @classmethod
    def load(cls, folder: Path = RESOURCES, theme: str = "day") -> MapDefinition:
        """Reads ``layers.toml`` of this folder; styles are ``styles/<theme>/``. Raises LayerFileError."""
        file = folder / "layers.toml"
        try:
            content = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise LayerFileError(file, "", str(error)) from error
        themes, entries = content.get("themes"), content.get("layer", [])
        look = themes.get(theme) if isinstance(themes, dict) else None
        if not isinstance(look, dict) or not isinstance(look.get("background"), str):
            raise LayerFileError(file, "themes", f"no theme {theme} with a background")
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise LayerFileError(file, "layer", "not a list of tables")
        layers = tuple(_layer(file, entry) for entry in entries)
        keys = [layer.key for layer in layers]
        for key in keys:
            if keys.count(key) > 1:
                raise LayerFileError(file, key, "twice")
        for layer in layers:
            if layer.part_of and layer.part_of not in keys:
                raise LayerFileError(file, layer.key, f"part of {layer.part_of}, which is not there")
        return cls(look["background"], folder / "styles" / theme, folder / "symbols", layers)

    def listed(self) -> list[LayerDefinition]:
        """The layers that people know: without those that are part of another, whose scales they take in."""
        return [self._whole(layer) for layer in self.layers if not layer.part_of]

    def known_as(self, key: str) -> str:
        """The key of the layer that people know this one as."""
        return next((layer.part_of for layer in self.layers if layer.key == key and layer.part_of), key)

    def _whole(self, layer: LayerDefinition) -> LayerDefinition:
        parts = [layer, *(part for part in self.layers if part.part_of == layer.key)]
        farthest = [part.min_scale for part in parts]
        return replace(
            layer,
            min_scale=0.0 if 0 in farthest else max(farthest),
            max_scale=min(part.max_scale for part in parts),
        )

    def wire(self) -> dict[str, Any]:
        """The part of an ``open`` message that this is."""
        return {
            "background": self.background,
            "symbols": str(self.symbols),
            "layers": [
                {name: getattr(layer, name) for name in layer.__slots__ if name != "style"}
                | {"style": str(self.styles / layer.style)}
                for layer in self.layers
            ],
        }


_KINDS: dict[str, Any] = {
    name: float | int if hint is float else hint for name, hint in get_type_hints(LayerDefinition).items()
}


def _layer(file: Path, entry: dict[str, Any]) -> LayerDefinition:
    key = str(entry.get("key", "?"))
    try:
        layer = LayerDefinition(**entry)
    except TypeError as error:
        raise LayerFileError(file, key, str(error)) from error
    for name, kind in _KINDS.items():
        if not isinstance(getattr(layer, name), kind):
            raise LayerFileError(file, key, f"{name} is not {kind}")
    if layer.kind not in ("point", "line", "polygon", "multipolygon"):
        raise LayerFileError(file, key, f"unknown kind {layer.kind}")
    if not layer.sql and not layer.table:
        raise LayerFileError(file, key, "neither table nor sql")
    return layer
