"""What is added to the map beside the city's layers: a project that staff saved in QGIS, imagery of a seat."""

from __future__ import annotations

import json
import os
import sqlite3
import struct
import subprocess
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyproj
import pytest

from tests import postgis
from tests.map.qgis_python import needs_qgis, qgis_python
from tests.map.test_worker import Talk
from workstation.map import protocol
from workstation.map.definitions import MapDefinition
from workstation.map.project_command import write
from workstation.map.worker_process import worker_environment
from workstation.services.services import Services

pytestmark = [pytest.mark.qgis, needs_qgis]

ROOT = Path(__file__).resolve().parents[2]
# What somebody at a desk does in QGIS, in one go: look at the shipped project, colour the land red, then blue, hide two
# layers, then add layers of a file and of memory, and a macro.
DESK = """
import os, sys
from qgis.core import *
from qgis.PyQt.QtGui import QColor
shipped, folder, root = sys.argv[1:4]
app = QgsApplication([], False)
app.initQgis()
sys.path.insert(0, root)
from workstation.map.worker.project_writer import without_secrets
print(without_secrets("dbname='c' host=h user='a b' password='x\\\\'y&amp;' key='id' password=z sslmode=1"))
project = QgsProject.instance()
assert project.read(shipped), project.error()
by_key = {layer.customProperty("workstation/key"): layer for layer in project.mapLayers().values()}
bad = [key for key, layer in by_key.items() if not layer.isValid()]
print("layers", len(by_key), "bad", bad, "crs", project.crs().authid())
print([node.name() for node in project.layerTreeRoot().children()])
print(by_key["building"].minimumScale(), by_key["road"].renderer().type(), by_key["component"].readOnly())
def colour(*parts):
    for symbol in by_key["land"].renderer().symbols(QgsRenderContext()):
        symbol.setColor(QColor(*parts))
copy = by_key["road"].clone()
project.addMapLayer(copy)
for symbol in copy.renderer().symbols(QgsRenderContext()):
    symbol.setColor(QColor(7, 250, 130))
assert project.write(os.path.join(folder, "twice.qgs"))
project.removeMapLayer(copy.id())
for key in ("grid_count", "component"):
    project.layerTreeRoot().findLayer(by_key[key].id()).setItemVisibilityChecked(False)
colour(255, 0, 10)
assert project.write(os.path.join(folder, "red.qgs"))
colour(0, 10, 255)
assert project.write(os.path.join(folder, "blue.qgs"))
zone = QgsVectorLayer(os.path.join(folder, "zone.geojson"), "拆迁范围", "ogr")
assert zone.isValid()
zone.renderer().symbol().setColor(QColor(1, 250, 2))
project.addMapLayer(zone)
project.addMapLayer(QgsVectorLayer("Point?crs=EPSG:4490", "临时", "memory"))
project.writeEntry("Macros", "/pythonCode", "def openProject(): open(%r, 'w').close()" % os.path.join(folder, "ran"))
assert project.write(os.path.join(folder, "more.qgs"))
from osgeo import gdal
west, south, east, north = map(float, sys.argv[4:8])
def tiff(name, colour, side):
    place = os.path.join(folder, name)
    made = gdal.GetDriverByName("GTiff").Create(place, side, side, 3, gdal.GDT_Byte, ["SPARSE_OK=TRUE"])
    made.SetGeoTransform([west, (east - west) / side, 0, north, 0, (south - north) / side])
    made.SetProjection(QgsCoordinateReferenceSystem("EPSG:4490").toWkt())
    for band, value in enumerate(colour, 1):
        made.GetRasterBand(band).Fill(value)
tiff("ground.tif", (250, 128, 3), 256)
tiff("cut.tif", (250, 128, 3), 512)
tiff("wide.tif", (), 6001)
sys.stdout.flush()
os._exit(0)
"""


@pytest.fixture(scope="module")
def desk(shipped: Path, opened: Services, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder with what was saved in QGIS, and what QGIS said of the shipped project."""
    folder = tmp_path_factory.mktemp("desk")
    west, south, east, north = box = opened.places.extent
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    shape = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    (folder / "zone.geojson").write_text(json.dumps(shape), encoding="utf-8")
    done = subprocess.run(
        [qgis_python(), "-s", "-E", "-c", DESK, str(shipped), str(folder), str(ROOT), *map(str, box)],
        env={**worker_environment("", folder / "settings"), "QGIS_PROVIDER_FILE": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talk]:
    """A worker that goes through all of this module alive."""
    made = Talk(tmp_path_factory.mktemp("w"))
    made.hear(protocol.HELLO)
    yield made
    assert made.close()[0] == 0


@pytest.fixture(scope="module")
def opened(demo_file: Path) -> Iterator[Services]:
    """The small demo city, to look at only."""
    services = Services.open(str(demo_file))
    yield services
    services.close()


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory, opened: Services) -> Path:
    """The project as the command writes it."""
    out = tmp_path_factory.mktemp("p") / "city.qgs"
    write(opened.db.worker_source(), opened.city.map_crs, opened.city.name, out)
    return out


class Map:
    """The worker with the city open, asked for pictures."""

    def __init__(self, talk: Talk, services: Services) -> None:
        self.talk = talk
        self.crs = services.city.map_crs
        west, south, east, north = services.places.extent
        turn = pyproj.Transformer.from_crs("EPSG:4490", self.crs, always_xy=True).transform
        self.extent = [*turn(west, south), *turn(east, north)]
        self.number = 0
        wire = MapDefinition.load().wire()
        talk.say("open", source=services.db.worker_source(), map_crs=self.crs, **wire)
        talk.hear(protocol.OPENED)

    def add(
        self,
        project: str = "",
        rasters: list[dict[str, Any]] | None = None,
        opacities: dict[str, float] | None = None,
    ) -> dict[str, Any]:
        """Hands the worker a project, rasters and how opaque layers are; what it says."""
        self.talk.say("additions", project=project, rasters=rasters or [], opacities=opacities or {})
        return dict(self.talk.hear(protocol.ADDED).fields)

    def colours(self, hidden: list[str] | None = None) -> dict[tuple[int, int, int], int]:
        """How often each colour is in a picture of the whole city."""
        self.number += 1
        self.talk.say(
            "render",
            view="v",
            number=self.number,
            extent=self.extent,
            width=300,
            height=200,
            hidden=hidden or [],
        )
        while (frame := self.talk.hear(protocol.FRAME)).fields.get("partial"):
            pass
        body = bytes(frame.body)
        found: dict[tuple[int, int, int], int] = {}
        for at in range(0, len(body), 4):
            colour = (body[at + 2], body[at + 1], body[at])
            found[colour] = found.get(colour, 0) + 1
        return found


@pytest.fixture
def shown(talk: Talk, opened: Services) -> Map:
    """The map as it ships."""
    return Map(talk, opened)


def test_the_project_opens_in_qgis(shipped: Path, desk: tuple[Path, str]) -> None:
    """QGIS itself opens the shipped project with every layer valid, in groups, with its scales and embedded symbols; no
    name and no password would be in it."""
    said = desk[1]
    assert f"layers {len(MapDefinition.load().layers)} bad [] crs EPSG:" in said
    assert "'部件'" in said and "4000.0 RuleRenderer True" in said
    assert "base64:" in shipped.read_text(encoding="utf-8")
    assert "dbname='c' host=h key='id' sslmode=1" in said


def test_a_change_made_in_qgis_is_in_the_next_frame(
    shown: Map, desk: tuple[Path, str], tmp_path: Path
) -> None:
    """Staff colour the land red, hide the counts, save: the next picture is red. Saved again in blue, it is blue; without
    the project it is as it ships."""
    project = tmp_path / "city.qgs"
    red, blue = (255, 0, 10), (0, 10, 255)
    plain = shown.colours()
    assert red not in plain
    project.write_bytes((desk[0] / "red.qgs").read_bytes())
    said = shown.add(str(project))
    assert (
        said["problem"] == "" and not said["refused"] and set(said["hidden"]) == {"grid_count", "component"}
    )
    assert set(said["styled"]) == {layer.key for layer in MapDefinition.load().layers}
    assert shown.colours(hidden=said["hidden"])[red] > 5000
    assert shown.add(str(project))["changed"] is False
    project.write_bytes((desk[0] / "blue.qgs").read_bytes())
    assert shown.add(str(project))["changed"] is True
    assert shown.colours(hidden=said["hidden"])[blue] > 5000
    assert shown.add()["styled"] == []
    assert shown.colours() == plain


def test_a_layer_that_is_there_twice(shown: Map, desk: tuple[Path, str]) -> None:
    """Of a layer duplicated in QGIS the upper one is taken, the other is named; every other layer is still drawn once."""
    said = shown.add(str(desk[0] / "twice.qgs"))
    assert [(refused["code"], refused["detail"]) for refused in said["refused"]] == [("twice", "road")]
    assert len(said["styled"]) == len(set(said["styled"])) == len(MapDefinition.load().layers)
    assert shown.colours()[(7, 250, 130)] > 300


def test_data_are_never_taken_from_the_project(shown: Map, shipped: Path, tmp_path: Path) -> None:
    """A project that names another database for a known layer changes nothing of what is drawn, and asks nobody."""
    project = tmp_path / "other.qgs"
    text = shipped.read_text(encoding="utf-8")
    changed = text.replace("dbname=", "host=203.0.113.1 dbname=").replace("city.sqlite", "nowhere.sqlite")
    project.write_text(changed, encoding="utf-8")
    before = shown.colours()
    assert not shown.add(str(project))["refused"]
    assert shown.colours() == before


BOMB = "<!DOCTYPE qgis [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><qgis><x>&b;</x></qgis>"
OUTSIDE = "<!DOCTYPE qgis [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><qgis><x>&e;</x></qgis>"
HOSTILE = {
    "empty": b"",
    "zeros": b"\0" * 300,
    "html": b"<html/>",
    "bomb": BOMB.encode(),
    "outside": OUTSIDE.encode(),
    "utf16": OUTSIDE.encode("utf-16"),
    "tower": b"<qgis>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</qgis>",
    "cut": b"<qgis><projectlayers><maplayer>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_project_that_is_none_costs_nothing(shown: Map, tmp_path: Path, name: str) -> None:
    """It is said what is wrong with the file, and the map is drawn as it ships."""
    project = tmp_path / "bad.qgs"
    project.write_bytes(HOSTILE[name])
    before = shown.colours()
    assert shown.add(str(project))["problem"].startswith("bad_project")
    assert shown.colours() == before


def test_a_project_too_large_is_not_read(shown: Map, tmp_path: Path) -> None:
    """A file of more than 32 MB is refused by its size; one that is not there is said to be missing."""
    project = tmp_path / "large.qgs"
    with project.open("wb") as file:
        file.truncate(33 * 1024 * 1024)
    assert shown.add(str(project))["problem"].startswith("too_large")
    assert shown.add(str(tmp_path / "no.qgs"))["problem"].startswith("missing")


def test_layers_that_staff_added(shown: Map, desk: tuple[Path, str]) -> None:
    """A file's layer added in QGIS is drawn on top; one of memory is named as not taken; macros are not run."""
    said = shown.add(str(desk[0] / "more.qgs"))
    told = {layer["title"]: layer["code"] for layer in said["layers"]}
    assert told == {"拆迁范围": "", "临时": "not_local"}
    assert shown.colours()[(1, 250, 2)] > 20_000
    assert not (desk[0] / "ran").exists()


def picture(path: Path, side: int, colour: tuple[int, int, int]) -> None:
    """A PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + bytes(colour) * side) * side)
    head = struct.pack("!IIBBBBB", side, side, 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))


def placed(path: Path, extent: list[float], side: int) -> None:
    """The world file beside a picture."""
    step_x, step_y = (extent[2] - extent[0]) / side, (extent[3] - extent[1]) / side
    path.write_text(f"{step_x}\n0\n0\n{-step_y}\n{extent[0]}\n{extent[3]}\n", encoding="ascii")


def test_imagery_of_a_seat(shown: Map, tmp_path: Path) -> None:
    """A placed picture covers the ground, as opaque as it was set, in the order given; what cannot be read is named with
    the reason."""
    picture(tmp_path / "a.png", 64, (250, 128, 3))
    placed(tmp_path / "a.pgw", shown.extent, 64)
    picture(tmp_path / "b.png", 64, (3, 128, 250))
    placed(tmp_path / "b.pgw", shown.extent, 64)
    picture(tmp_path / "loose.png", 8, (9, 9, 9))
    (tmp_path / "fake.tif").write_text("<VRTDataset/>", encoding="ascii")
    (tmp_path / "half.tif").write_bytes(b"II*\x00" + os.urandom(64))

    def raster(name: str, opacity: float = 1.0) -> dict[str, Any]:
        return {"key": f"raster:{name}", "title": name, "path": str(tmp_path / name), "opacity": opacity}

    first, second = raster("a.png"), raster("b.png")
    assert [layer["code"] for layer in shown.add(rasters=[first, second])["layers"]] == ["", ""]
    assert shown.colours()[(3, 128, 250)] > 5000
    shown.add(rasters=[second, first])
    assert shown.colours()[(250, 128, 3)] > 5000
    shown.add(rasters=[raster("a.png", 0.0)])
    assert (250, 128, 3) not in shown.colours()
    bad = [raster("loose.png"), raster("fake.tif"), raster("half.tif"), raster("none.tif"), raster("a.pgw")]
    bad.append({"key": "raster:net", "title": "net", "path": "https://example.org/a.tif", "opacity": 1})
    said = shown.add(rasters=[first, *bad])
    codes = [layer["code"] for layer in said["layers"]]
    assert codes == ["", "no_place", "unsupported", "unreadable", "missing", "unsupported", "not_local"]
    assert shown.colours()[(250, 128, 3)] > 5000


def mbtiles(path: Path, extent: tuple[float, float, float, float], tile: bytes) -> None:
    """Tiles of one picture over an extent in degrees."""
    zoom = 12
    turn = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True).transform
    half, size = 20037508.342789244, 2 * 20037508.342789244 / 2**zoom
    west, south = turn(*extent[:2])
    east, north = turn(*extent[2:])
    columns = range(int((west + half) / size), int((east + half) / size) + 1)
    rows = range(int((south + half) / size), int((north + half) / size) + 1)
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("CREATE TABLE metadata (name text, value text)")
        conn.execute(
            "CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)"
        )
        bounds = ",".join(str(value) for value in extent)
        told = {
            "name": "t",
            "format": "png",
            "bounds": bounds,
            "minzoom": zoom,
            "maxzoom": zoom,
            "type": "baselayer",
        }
        conn.executemany("INSERT INTO metadata VALUES (?, ?)", told.items())
        conn.executemany(
            "INSERT INTO tiles VALUES (?, ?, ?, ?)",
            [(zoom, column, row, tile) for column in columns for row in rows],
        )


def test_real_imagery(shown: Map, desk: tuple[Path, str], opened: Services, tmp_path: Path) -> None:
    """A GeoTIFF and an MBTiles cover the ground in their colours, where they say that they lie; one that is broken off, or
    whose tiles are none, is told with the reason, and what is beside it is drawn."""
    orange, blue = (250, 128, 3), (3, 128, 250)
    picture(tmp_path / "tile.png", 256, blue)
    good = (tmp_path / "tile.png").read_bytes()
    mbtiles(tmp_path / "tiles.mbtiles", opened.places.extent, good)
    mbtiles(tmp_path / "spoilt.mbtiles", opened.places.extent, good[:60])
    whole = (desk[0] / "cut.tif").read_bytes()
    (tmp_path / "cut.tif").write_bytes(whole[: len(whole) // 3])
    (tmp_path / "half.mbtiles").write_bytes((tmp_path / "tiles.mbtiles").read_bytes()[:4096])

    def raster(path: Path) -> dict[str, Any]:
        return {"key": f"raster:{path.name}", "title": path.stem, "path": str(path), "opacity": 1.0}

    ground, tiles = raster(desk[0] / "ground.tif"), raster(tmp_path / "tiles.mbtiles")
    assert [layer["code"] for layer in shown.add(rasters=[ground])["layers"]] == [""]
    covered = shown.colours()[orange]
    assert covered > 5000
    assert [layer["code"] for layer in shown.add(rasters=[ground, tiles])["layers"]] == ["", ""]
    on_top = shown.colours()
    assert on_top[blue] > 5000 and on_top.get(orange, 0) < covered / 20
    wide = shown.add(rasters=[raster(desk[0] / "wide.tif")])["layers"]
    assert wide[0]["hint"] == "no_overviews: 6001 x 6001"
    bad = [raster(tmp_path / name) for name in ("cut.tif", "spoilt.mbtiles", "half.mbtiles")]
    said = shown.add(rasters=[*bad, ground])["layers"]
    assert [layer["code"] for layer in said] == ["unreadable"] * 3 + [""]
    assert "cut.tif, band 1" in said[0]["detail"] and "no pictures" in said[1]["detail"]
    assert shown.colours()[orange] == covered


def test_how_opaque_layers_are(shown: Map, desk: tuple[Path, str], tmp_path: Path) -> None:
    """A seat's opacity lies over the project's looks and over a picture, is taken by all parts of a layer, and taken back
    leaves the looks as they were; pictures under way are drawn anew with it."""
    project, red, blue = str(desk[0] / "red.qgs"), (255, 0, 10), (3, 128, 250)
    counts = ["grid_count", "component"]
    shown.add(project)
    full = shown.colours(counts)
    assert shown.add(project, opacities={"land": 0.0})["changed"] is True
    assert red not in shown.colours(counts)
    assert shown.add(project, opacities={"land": 0.0})["changed"] is False
    shown.add(project, opacities={"road": 0.5})
    assert shown.colours(counts)[red] > 5000
    shown.add(project)
    assert shown.colours(counts) == full
    picture(tmp_path / "b.png", 64, blue)
    placed(tmp_path / "b.pgw", shown.extent, 64)
    raster = {"key": "raster:b", "title": "b", "path": str(tmp_path / "b.png"), "opacity": 0.0}
    shown.add(project, [raster])
    assert blue not in shown.colours(counts)
    shown.add(project, [{**raster, "opacity": 1.0}])
    assert shown.colours(counts)[blue] > 5000
    shown.add()
    plain = shown.colours()
    shown.add(opacities={"grid_count": 0.0})
    assert shown.colours() == shown.colours(["grid_count"]) != plain  # street offices' counts are part of it
    shown.add()
    assert shown.colours() == plain


@pytest.mark.postgis
def test_a_project_of_a_city_on_a_server_has_no_password(
    postgis_server: postgis.Server, demo_template: str, tmp_path: Path
) -> None:
    """It is written with every layer, and neither who wrote it nor a password is in it."""
    url = postgis_server.new_database(demo_template)
    services = Services.open(url)
    try:
        source = {**services.db.worker_source(), "password": "open-sesame"}
        assert write(source, services.city.map_crs, "城", tmp_path / "city.qgs") == []
    finally:
        services.close()
        postgis_server.drop(url)
    text = (tmp_path / "city.qgs").read_text(encoding="utf-8")
    assert text.count("<maplayer ") == len(MapDefinition.load().layers)
    assert "open-sesame" not in text and "user=" not in text and "password=" not in text
    assert "dbname=" in text
