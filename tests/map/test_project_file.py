"""What a seat adds to its map is kept in its settings, and what the worker says of it is told once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from tests.map.canvas_world import FakeClient
from workstation.map.project_file import Added, MapAdditions, Raster

SOURCE = {"kind": "spatialite", "path": "/data/city.sqlite"}


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    """Settings of a seat."""
    return QSettings(str(tmp_path / "seat.ini"), QSettings.Format.IniFormat)


def made(settings: QSettings, source: dict[str, Any] = SOURCE) -> tuple[MapAdditions, FakeClient]:
    """The additions and the client they go to."""
    client = FakeClient()
    return MapAdditions(client, settings, source), client  # type: ignore[arg-type]


def test_imagery_is_kept_per_city(qtbot: QtBot, settings: QSettings) -> None:
    """Pictures, their order and how opaque they are come back at the next start, in this city and no other."""
    additions, client = made(settings)
    first, second = additions.add("/maps/a.tif"), additions.add("/maps/b.mbtiles")
    assert first and second and additions.add("/maps/a.tif") is None
    additions.move(second.key, 0)
    additions.set_opacity(first.key, 0.4)
    additions.set_opacity("building", 0.5)
    again, client = made(settings)
    assert [(r.title, r.opacity) for r in again.rasters] == [("b", 1.0), ("a", 0.4)]
    again.start()
    rasters, project, opacities = client.additions[-1]
    assert [raster["path"] for raster in rasters] == ["/maps/b.mbtiles", "/maps/a.tif"]
    assert project == "/data/city.qgs" and opacities == {"building": 0.5}
    again.stop()
    again.remove(first.key)
    assert len(again.rasters) == 1
    other, _ = made(settings, {"kind": "spatialite", "path": "/data/other.sqlite"})
    assert other.rasters == () and other.opacity("building") == 1.0


def test_spoilt_settings_cost_only_themselves(qtbot: QtBot, settings: QSettings) -> None:
    """Entries that are none of ours are passed over."""
    additions, _ = made(settings)
    additions.add("/maps/a.tif")
    folder = next(key for key in settings.allKeys() if key.endswith("rasters"))
    good = settings.value(folder)
    for spoilt in ("", "{", "[1, {}]", '{"a": 1}', str(good)[:-1] + ', {"key": "k", "opacity": 7}]'):
        settings.setValue(folder, spoilt)
        again, _ = made(settings)
        assert all(isinstance(raster, Raster) for raster in again.rasters)
    assert len(again.rasters) == 1


def test_which_project(qtbot: QtBot, settings: QSettings) -> None:
    """The one beside the file unless another was chosen or none is wanted; on a server only a chosen one."""
    additions, client = made(settings)
    assert additions.project == "/data/city.qgs"
    additions.choose_project("/gis/look.qgs")
    assert client.additions[-1][1] == "/gis/look.qgs"
    additions.set_opacity("road", 0.3)
    additions.factory_looks()
    assert client.additions[-1][1:] == ("", {})
    assert made(settings)[0].project == ""
    additions.usual_looks()
    assert additions.project == "/data/city.qgs"
    server, _ = made(settings, {"kind": "postgis", "host": "h", "password": "secret"})
    assert server.project == ""
    server.choose_project("/gis/look.qgs")
    assert not any("secret" in key for key in settings.allKeys())


def test_what_the_worker_says_is_told_once(qtbot: QtBot, settings: QSettings) -> None:
    """A report is told when it is another; layers that the project hides are hidden once, and not again after a restart
    of the worker when somebody has switched one on."""
    additions, client = made(settings)
    told, hidden = [], []
    additions.changed.connect(lambda: told.append(1))
    additions.hidden_changed.connect(lambda before, now: hidden.append((before, now)))
    layer = {"key": "project:x", "title": "拆迁", "code": "not_local", "detail": "wms", "group": "project"}
    said = {
        "problem": "",
        "styled": ["road"],
        "layers": [layer],
        "hidden": ["green"],
        "project": "/data/city.qgs",
    }
    for _ in range(3):
        client.added.emit({**said, "changed": True})
    assert len(told) == 1 and hidden == [([], ["green"])]
    assert additions.added == (Added("project:x", "拆迁", "not_local", "wms", "", True),)
    assert additions.has_looks and additions.problem == ""
    client.added.emit({**said, "hidden": [], "problem": "missing: /data/city.qgs", "styled": []})
    assert hidden[-1] == (["green"], []) and additions.problem == "" and not additions.has_looks
    client.added.emit({**said, "problem": "bad_project: cut"})
    assert additions.problem == "bad_project: cut"
