"""What a seat adds to its map, kept in its settings: imagery, how opaque layers are, and the project of QGIS whose looks
they wear. The worker reads the files; the interface's thread never touches them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import PurePath
from typing import Any, Protocol

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from .project_database import DatabaseProject

POLL_MILLIS = 2000
"""Between looks at the project, in its file or in the database: so soon is on the map what was saved in QGIS."""
_NONE = "none"
MOST = 40
"""Pictures of the ground that one seat may have."""


class Client(Protocol):
    """What is needed of the map's client."""

    added: Any

    def set_additions(
        self,
        rasters: list[dict[str, Any]],
        project: str,
        opacities: Mapping[str, float] | None = None,
    ) -> None:
        """Hands the worker what to add."""


@dataclass(frozen=True)
class Raster:
    """A picture of the ground: its key among the layers, its name, its file, and how opaque it is (0 to 1)."""

    key: str
    title: str
    path: str
    opacity: float = 1.0


@dataclass(frozen=True)
class Added:
    """What became of a layer that was added. ``code`` is empty where it is drawn, else ``missing``, ``unsupported``,
    ``unreadable``, ``no_place``, ``not_local``, ``bad_style``; ``hint`` is ``no_overviews: W x H`` or empty. ``project``:
    whether it comes from the project of QGIS."""

    key: str
    title: str
    code: str = ""
    detail: str = ""
    hint: str = ""
    project: bool = False


class MapAdditions(QObject):
    """The additions of this seat to this city's map. ``changed``: what there is, or what became of it, has changed.
    ``hidden_changed``: the keys of the layers that the project hid before, and of those that it hides now."""

    changed = Signal()
    hidden_changed = Signal(list, list)

    def __init__(
        self,
        client: Client,
        settings: QSettings,
        source: Mapping[str, Any],
        parent: QObject | None = None,
        stored: DatabaseProject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client = client
        self.stored = stored
        """The project in the database, of a city on a server."""
        self._settings = settings
        self._source = source
        self._folder = f"map_additions/{city_key(source)}"
        self.rasters: tuple[Raster, ...] = _read_rasters(settings.value(f"{self._folder}/rasters"))
        """Bottom first."""
        self.opacities: dict[str, float] = _read_opacities(settings.value(f"{self._folder}/opacities"))
        self.report: dict[str, Any] = {}
        """What the worker said last of the project: ``problem``, ``styled``, ``refused``, ``scales``."""
        self.added: tuple[Added, ...] = ()
        """What became of rasters and of the project's own layers, bottom first."""
        self._hidden: list[str] = []
        self._stored_state = stored.state if stored is not None else ""
        client.added.connect(self._take)
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MILLIS)
        self._poll.timeout.connect(self._look)
        if stored is not None:
            stored.looked.connect(self._stored_looked)

    def start(self) -> None:
        """Hand over what is kept, and look after the project's file from now on."""
        self._send()
        self._look()
        self._poll.start()

    def stop(self) -> None:
        """Look no more."""
        self._poll.stop()

    # ---- the project

    @property
    def project(self) -> str:
        """The project whose looks are worn: the one chosen here, or the city's usual one; "" for none."""
        chosen = str(self._settings.value(f"{self._folder}/project") or "")
        if chosen:
            return "" if chosen == _NONE else chosen
        return self.usual_project

    @property
    def usual_project(self) -> str:
        """``<city>.qgs`` beside a city's file; of a city on a server the copy of what its database keeps, "" for none."""
        if self.stored is not None:
            return self.stored.path
        path = str(self._source.get("path", ""))
        if self._source.get("kind") != "spatialite" or not path:
            return ""
        return str(PurePath(path).with_suffix(".qgs"))

    @property
    def wears_stored(self) -> bool:
        """Whether the project in the database is the one that is worn, or would be if there were one."""
        return self.stored is not None and not self._settings.value(f"{self._folder}/project")

    @property
    def has_looks(self) -> bool:
        """Whether a project's looks are on the map."""
        return bool(self.report.get("styled"))

    @property
    def problem(self) -> str:
        """What is wrong with the project: a code and a detail, or nothing. That the usual one is not there is nothing
        wrong."""
        if self.wears_stored and self.stored is not None and self.stored.state in ("closed", "too_large"):
            return self.stored.state
        problem = str(self.report.get("problem", ""))
        return "" if problem.startswith("missing") and self.project == self.usual_project else problem

    def choose_project(self, path: str) -> None:
        """Wear the looks of this file from now on."""
        self._settings.setValue(f"{self._folder}/project", path)
        self._send()
        self.changed.emit()

    def factory_looks(self) -> None:
        """Wear what ships, whatever project there is, and every layer as opaque as its style says."""
        self._settings.setValue(f"{self._folder}/project", _NONE)
        self.opacities = {}
        self._settings.remove(f"{self._folder}/opacities")
        self._send()
        self.changed.emit()

    def usual_looks(self) -> None:
        """Go back to the project beside the city's file, or in its database."""
        self._settings.remove(f"{self._folder}/project")
        self._send()
        self._look()
        self.changed.emit()

    # ---- imagery

    def add(self, path: str) -> Raster | None:
        """Adds a picture on top of the others; None where it is there already, or there are too many."""
        if len(self.rasters) >= MOST or any(raster.path == path for raster in self.rasters):
            return None
        key = f"raster:{hashlib.sha1(path.encode(), usedforsecurity=False).hexdigest()[:10]}"
        raster = Raster(key, PurePath(path).stem, path)
        self._keep((*self.rasters, raster))
        return raster

    def remove(self, key: str) -> None:
        """Takes a picture off; its file stays."""
        self._keep(tuple(raster for raster in self.rasters if raster.key != key))

    def move(self, key: str, to: int) -> None:
        """Puts a picture at this place, 0 the bottom."""
        moved = [raster for raster in self.rasters if raster.key == key]
        rest = [raster for raster in self.rasters if raster.key != key]
        at = max(0, min(to, len(rest)))
        self._keep((*rest[:at], *moved, *rest[at:]))

    def opacity(self, key: str) -> float:
        """How opaque a layer is here, 0 to 1."""
        for raster in self.rasters:
            if raster.key == key:
                return raster.opacity
        return self.opacities.get(key, 1.0)

    def set_opacity(self, key: str, opacity: float) -> None:
        """Makes a picture or a layer this opaque."""
        opacity = round(max(0.0, min(1.0, opacity)), 2)
        if opacity == self.opacity(key):
            return
        if any(raster.key == key for raster in self.rasters):
            self._keep(
                tuple(
                    replace(raster, opacity=opacity) if raster.key == key else raster
                    for raster in self.rasters
                )
            )
            return
        self.opacities = {name: value for name, value in self.opacities.items() if name != key}
        if opacity < 1.0:
            self.opacities[key] = opacity
        self._settings.setValue(f"{self._folder}/opacities", json.dumps(self.opacities))
        self._send()

    def read_again(self) -> None:
        """Have the worker try again what it could not read, also where no file has changed since."""
        self._client.set_additions([], "", {})
        self._send()

    def _keep(self, rasters: tuple[Raster, ...]) -> None:
        if rasters != self.rasters:
            self.rasters = rasters
            kept = json.dumps([asdict(raster) for raster in rasters], ensure_ascii=False)
            self._settings.setValue(f"{self._folder}/rasters", kept)
            self._send()
            self.changed.emit()

    # ---- the worker

    def _look(self) -> None:
        """Has the project looked at: in its file by the worker, in the database first here."""
        if self.wears_stored and self.stored is not None:
            self.stored.look()
        else:
            self._send()

    def _stored_looked(self) -> None:
        if self.stored is not None and self.stored.state != self._stored_state:
            self._stored_state = self.stored.state
            self.changed.emit()
        self._send()

    def _send(self) -> None:
        self._client.set_additions([asdict(raster) for raster in self.rasters], self.project, self.opacities)

    def _take(self, said: dict[str, Any]) -> None:
        told = tuple(
            Added(
                str(layer.get("key", "")),
                str(layer.get("title", "")),
                str(layer.get("code", "")),
                str(layer.get("detail", "")),
                str(layer.get("hint", "")),
                layer.get("group") == "project",
            )
            for layer in said.get("layers", [])
            if isinstance(layer, dict)
        )
        report = {name: said.get(name) for name in ("problem", "styled", "refused", "scales", "project")}
        if (told, report) != (self.added, self.report):
            self.added, self.report = told, report
            self.changed.emit()
        hidden = [str(key) for key in said.get("hidden", [])]
        if (
            hidden != self._hidden
        ):  # not each time that a worker opens the city: somebody may have switched one on
            before, self._hidden = self._hidden, hidden
            self.hidden_changed.emit(before, hidden)


def city_key(source: Mapping[str, Any]) -> str:
    """A name for a city among settings and folders, without what is secret."""
    what = {name: str(source.get(name, "")) for name in ("kind", "path", "host", "port", "database")}
    text = json.dumps(what, sort_keys=True)
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:12]


def _read_rasters(kept: object) -> tuple[Raster, ...]:
    """What the settings hold; what is none of ours is passed over (the file can be edited)."""
    rasters = []
    for entry in _parsed(kept, list):
        if not isinstance(entry, dict):
            continue
        key, title, path, opacity = (entry.get(name) for name in ("key", "title", "path", "opacity"))
        good = all(isinstance(value, str) and value for value in (key, title, path))
        if good and isinstance(opacity, (int, float)) and 0 <= opacity <= 1:
            rasters.append(Raster(str(key), str(title), str(path), float(opacity)))
    return tuple({raster.key: raster for raster in rasters}.values())[:MOST]


def _read_opacities(kept: object) -> dict[str, float]:
    entries = _parsed(kept, dict).items()
    return {
        str(key): float(value)
        for key, value in entries
        if isinstance(value, (int, float)) and 0 <= value <= 1
    }


def _parsed(kept: object, kind: type) -> Any:
    try:
        value = json.loads(str(kept)) if kept else kind()
    except ValueError:
        return kind()
    return value if isinstance(value, kind) else kind()
