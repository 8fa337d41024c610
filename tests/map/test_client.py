"""The map client and the real worker: pictures by QGIS, and what happens when the worker does not do as it should."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QColor, QImage

from tests import postgis
from tests.map.qgis_python import needs_qgis
from workstation.map.client import MapClient
from workstation.map.definitions import RESOURCES
from workstation.map.messages import Frame, IdentifyResult, Legend
from workstation.store.database import Database

pytestmark = [pytest.mark.qgis, needs_qgis]

CRS = "EPSG:4549"
WAIT = 40.0
"""Seconds: the machine may be busy. What is expected to be fast is measured in benchmarks/map.py."""


class Heard:
    """Everything a client said, in order."""

    def __init__(self, client: MapClient) -> None:
        self.client = client
        self.frames: list[Frame] = []
        self.ready: list[dict[str, Any]] = []
        self.failed: list[tuple[str, str]] = []
        self.broken: list[tuple[str, str]] = []
        self.recovered: list[str] = []
        self.restarts: list[int] = []
        self.identified: list[IdentifyResult] = []
        self.legends: list[Legend] = []
        self.exports: list[tuple[int, str, str]] = []
        client.frame.connect(self.frames.append)
        client.ready.connect(self.ready.append)
        client.failed.connect(lambda code, detail: self.failed.append((code, detail)))
        client.layer_failed.connect(lambda key, text: self.broken.append((key, text)))
        client.layer_recovered.connect(self.recovered.append)
        client.restarting.connect(self.restarts.append)
        client.identified.connect(self.identified.append)
        client.legend.connect(self.legends.append)
        client.exported.connect(lambda *told: self.exports.append(told))

    def until(self, condition: Callable[[], Any], seconds: float = WAIT) -> Any:
        """Lets Qt run until the condition holds, and returns what it gave."""
        deadline = time.monotonic() + seconds
        while not (met := condition()):
            assert time.monotonic() < deadline, (
                f"waited in vain; failed: {self.failed}, broken: {self.broken}"
            )
            QCoreApplication.processEvents()
            time.sleep(0.005)
        return met

    def picture(self, number: int) -> QImage:
        """The whole picture of a request, once it is there."""
        return self.until(lambda: [f for f in self.frames if f.number == number and not f.partial])[0].image


def stop(client: MapClient) -> None:
    """Ends a client and has Qt delete what is to be deleted."""
    spare = client._spare.worker if client._spare is not None else None
    pids = [worker.pid for worker in (client._worker, spare) if worker is not None]
    client.stop()
    client.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for pid in pids:
        assert not pid or not Path(f"/proc/{pid}").exists(), "a worker outlived its client"


@pytest.fixture(scope="module")
def place(demo_file: Path) -> tuple[float, float]:
    """The middle of the demo city, in the map's CRS."""
    return middle(demo_file)


def middle(file: Path) -> tuple[float, float]:
    """Where a component of the city stands that has many around it, in the map's CRS."""
    from sqlalchemy import text

    database = Database.open(str(file))
    with database.read() as connection:
        lon, lat = connection.execute(
            text("SELECT ST_X(geom), ST_Y(geom) FROM component WHERE class_code = '0305' ORDER BY id LIMIT 1")
        ).one()
    database.close()
    from pyproj import Transformer

    return Transformer.from_crs("EPSG:4490", CRS, always_xy=True).transform(lon, lat)


@pytest.fixture(scope="module")
def heard(qapp: Any, demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Heard]:
    """A client that draws a copy of the demo city, ready."""
    path = tmp_path_factory.mktemp("map") / "city.sqlite"
    shutil.copyfile(demo_file, path)
    client = MapClient(spare=False)
    told = Heard(client)
    client.start({"kind": "spatialite", "path": str(path)}, CRS)
    told.until(lambda: told.ready)
    yield told
    stop(client)


def around(place: tuple[float, float], metres: float) -> tuple[float, float, float, float]:
    """A window of 4:3 about a place, so many metres wide."""
    x, y = place
    return (x - metres / 2, y - metres * 0.375, x + metres / 2, y + metres * 0.375)


def colours(image: QImage) -> set[str]:
    """The colours of a sample of an image's pixels."""
    return {
        image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
    }


def test_qgis_draws_the_city_with_its_styles(heard: Heard, place: tuple[float, float]) -> None:
    """A view is drawn by QGIS with all layers and the day's colours, opaque, of the size asked for."""
    number = heard.client.render("styles", around(place, 1500), 640, 480, hidden=frozenset({"grid_count"}))
    image = heard.picture(number)
    frame = next(frame for frame in heard.frames if frame.number == number and not frame.partial)
    assert "component" in heard.ready[0]["layers"] and heard.ready[0]["qgis"].startswith(("3.", "4."))
    assert (image.width(), image.height()) == (640, 480)
    assert frame.extent == pytest.approx(around(place, 1500), abs=1e-6)
    assert heard.broken == []
    assert {"#ffffff", QColor("#f9f6ef").name()} <= colours(image)  # streets and land
    assert all(image.pixelColor(x, 0).alpha() == 255 for x in range(0, 640, 40))


def test_the_same_city_is_not_opened_twice(heard: Heard, place: tuple[float, float]) -> None:
    """Another person sits down at the same city: the worker keeps its layers, draws nothing anew, and is ready at once."""
    client = heard.client
    number = client.render("again", around(place, 900), 200, 150)
    heard.picture(number)
    told, drawn = len(heard.ready), len(heard.frames)
    for _ in range(3):
        client.start(client._source, CRS)
    heard.until(lambda: len(heard.ready) >= told + 3)
    assert heard.ready[-1] == heard.ready[0]
    other = client.render("after", around(place, 900), 200, 150)
    assert len(colours(heard.picture(other))) > 5
    assert {frame.view for frame in heard.frames[drawn:]} == {"after"}
    client.start(client._source, CRS, theme="night")
    heard.until(
        lambda: [frame for frame in heard.frames[drawn:] if frame.view == "again" and not frame.partial]
    )
    client.start(client._source, CRS)
    heard.until(lambda: len(heard.ready) >= told + 5)
    client.drop_view("again"), client.drop_view("after")


def test_dense_screens_get_more_pixels_of_the_same_map(heard: Heard, place: tuple[float, float]) -> None:
    """With two pixels a point the picture has twice the pixels each way, and knows it."""
    image = heard.picture(heard.client.render("dense", around(place, 800), 200, 150, dpr=2.0))
    assert (image.width(), image.height(), image.devicePixelRatio()) == (400, 300, 2.0)


def test_the_map_is_laid_out_by_scale(heard: Heard, place: tuple[float, float]) -> None:
    """Far out there are tints of counts and no components; near there are components and no tints."""
    near = around(place, 150)
    far = around(place, 5000)
    everything = frozenset({"component", "grid_count"})
    for extent, layer, other in ((near, "component", "grid_count"), (far, "grid_count", "component")):
        whole = heard.picture(heard.client.render("scale", extent, 640, 480))
        without_both = heard.picture(heard.client.render("scale", extent, 640, 480, hidden=everything))
        without_other = heard.picture(
            heard.client.render("scale", extent, 640, 480, hidden=frozenset({other}))
        )
        assert whole != without_both, f"{layer} is not drawn"
        assert whole == without_other, f"{other} is drawn"


def test_hidden_layers_are_not_drawn_and_not_identified(heard: Heard, place: tuple[float, float]) -> None:
    """What a view hides is neither in its picture nor found in it; another view still has it."""
    hidden = heard.picture(
        heard.client.render("hidden", around(place, 150), 320, 240, hidden=frozenset({"component"}))
    )
    shown = heard.picture(heard.client.render("shown", around(place, 150), 320, 240))
    assert hidden != shown
    questions = {view: heard.client.identify(view, *place, 5.0) for view in ("hidden", "shown")}
    heard.until(lambda: {r.request for r in heard.identified} >= set(questions.values()))
    found = {r.request: {f["layer"] for f in r.features} for r in heard.identified}
    assert "component" not in found[questions["hidden"]]
    assert "component" in found[questions["shown"]]


def test_identify_gives_the_nearest_first(heard: Heard, place: tuple[float, float]) -> None:
    """At a component's place comes that component, before its neighbours and before the grid it stands in, with its attributes."""
    heard.picture(heard.client.render("identify", around(place, 150), 320, 240))
    number = heard.client.identify("identify", *place, 30.0)
    result = heard.until(lambda: [r for r in heard.identified if r.request == number])[0]
    first = result.features[0]
    assert result.done
    assert (first["layer"], first["attributes"]["class_code"], first["distance"]) == (
        "component",
        "0305",
        0.0,
    )
    points = [feature["distance"] for feature in result.features if feature["layer"] == "component"]
    assert points == sorted(points)
    assert [f["layer"] for f in result.features].index("grid") >= len(points)


def test_nothing_is_found_in_the_middle_of_nowhere(heard: Heard, place: tuple[float, float]) -> None:
    """A place far outside the city, and a view never drawn, have nothing."""
    heard.picture(heard.client.render("nowhere", around(place, 150), 320, 240))
    for view, x in (("nowhere", place[0] + 90_000), ("never", place[0])):
        number = heard.client.identify(view, x, place[1], 5.0)
        assert heard.until(lambda n=number: [r for r in heard.identified if r.request == n])[0].features == []


def test_a_newer_request_takes_the_place_of_older_ones(heard: Heard, place: tuple[float, float]) -> None:
    """Of twenty requests in a row the last is drawn whole, and nearly none of the others."""
    numbers = [heard.client.render("cancel", around(place, 3000 + step), 1600, 1200) for step in range(20)]
    assert len(colours(heard.picture(numbers[-1]))) > 50, "the last one is blank"
    whole = {frame.number for frame in heard.frames if frame.view == "cancel" and not frame.partial}
    assert numbers[-1] in whole
    assert len(whole) <= 3


def test_views_do_not_disturb_each_other(heard: Heard, place: tuple[float, float]) -> None:
    """Two views asked for at once are both drawn; a dropped one sends no more."""
    first = heard.client.render("first", around(place, 900), 400, 300)
    second = heard.client.render("second", around(place, 2900), 400, 300)
    assert heard.picture(first) != heard.picture(second)
    heard.client.render("dropped", around(place, 2900), 1600, 1200)
    heard.client.drop_view("dropped")
    heard.picture(heard.client.render("first", around(place, 901), 400, 300))
    assert not [frame for frame in heard.frames if frame.view == "dropped" and not frame.partial]


def test_the_legend_has_names_and_pictures(heard: Heard) -> None:
    """Every known layer has its legend, with a picture that is not empty for each entry that is not a heading."""
    heard.client.request_legend(dpr=2.0)
    legend = heard.until(lambda: heard.legends)[0]
    layers = {layer.key: layer for layer in legend.layers}
    assert {"road", "water", "component"} <= set(layers) and "component_dots" not in layers
    names = [entry.label for entry in layers["component"].entries]
    assert "雨水井盖" in names and "路灯" in names
    pictures = [entry.image for layer in legend.layers for entry in layer.entries if entry.image is not None]
    assert len(pictures) > 40
    for picture in pictures:
        assert picture.width() == 40
        assert any(picture.pixelColor(x, y).alpha() for x in range(0, 40, 2) for y in range(0, 40, 2))


@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_a_page_is_written_whole_or_not_at_all(
    heard: Heard, place: tuple[float, float], tmp_path: Path, kind: str
) -> None:
    """An export makes the file, with nothing half-made beside it; into a folder that is not there it says so."""
    extent = around(place, 2000)
    good = heard.client.export_map(tmp_path / f"page.{kind}", extent, title="部件图", dpi=60)
    told = heard.until(lambda: [e for e in heard.exports if e[0] == good])[0]
    assert told[2] == ""
    assert [file.name for file in tmp_path.iterdir()] == [f"page.{kind}"]
    assert (tmp_path / f"page.{kind}").stat().st_size > 5000
    if kind == "pdf":
        bad = heard.client.export_map(tmp_path / "nowhere" / "page.pdf", extent)
        assert "not_written" in heard.until(lambda: [e for e in heard.exports if e[0] == bad])[0][2]


def test_a_page_has_the_days_colours(heard: Heard, place: tuple[float, float], tmp_path: Path) -> None:
    """By night too what is printed is light: the middle of the page is not the night's ground."""
    client = heard.client
    client.start(client._source, CRS, theme="night")
    number = client.export_map(tmp_path / "page.png", around(place, 2000), dpi=60)
    told = heard.until(lambda: [e for e in heard.exports if e[0] == number])[0]
    client.start(client._source, CRS)
    assert told[2] == ""
    page = QImage(str(tmp_path / "page.png"))
    inside = page.copy(page.width() // 4, page.height() // 4, page.width() // 2, page.height() // 2)
    lightness = [QColor(name).lightness() for name in colours(inside.scaled(60, 40))]
    assert sum(lightness) / len(lightness) > 110


def test_changed_data_are_drawn_after_a_reload(
    qapp: Any, demo_file: Path, tmp_path: Path, place: tuple[float, float]
) -> None:
    """A component removed while the worker has the city open is not in the picture after a reload, without asking again;
    and a layer whose table is missing is told of while the others are drawn."""
    from sqlalchemy import text

    path = tmp_path / "city.sqlite"
    shutil.copyfile(demo_file, path)
    styles = tmp_path / "map"
    shutil.copytree(RESOURCES, styles)
    layers = (styles / "layers.toml").read_text(encoding="utf-8")
    (styles / "layers.toml").write_text(
        layers.replace('table = "water"', 'table = "no_such_table"'), encoding="utf-8"
    )
    client = MapClient(spare=False)
    told = Heard(client)
    try:
        client.start({"kind": "spatialite", "path": str(path)}, CRS, styles)
        hidden = frozenset({"road", "building", "grid", "division", "green"})
        number = client.render("main", around(place, 150), 640, 480, hidden=hidden)
        before = told.picture(number)
        assert [key for key, _ in told.broken] == ["water"]
        database = Database.open(str(path))
        with database.write() as connection:
            connection.execute(text("UPDATE component SET state = 'removed' WHERE class_code = '0305'"))
        database.close()
        told.frames.clear()
        client.reload(["component"])
        after = told.picture(number)
        assert after != before
    finally:
        stop(client)


@pytest.mark.postgis
def test_a_city_on_a_server_is_drawn_the_same(
    qapp: Any, heard: Heard, place: tuple[float, float], postgis_server: postgis.Server, demo_template: str
) -> None:
    """The same city on PostGIS gives the same picture as on SpatiaLite, but for the order of what lies on one another."""
    url = postgis_server.new_database(demo_template)
    database = Database.open(url)
    source = database.worker_source()
    database.close()
    client = MapClient(spare=False)
    told = Heard(client)
    try:
        client.start(source, CRS)
        extent = around(place, 5000)
        there = told.picture(client.render("main", extent, 400, 300))
        here = heard.picture(heard.client.render("server", extent, 400, 300))
        assert told.broken == []
        different = sum(
            there.pixelColor(x, y) != here.pixelColor(x, y)
            for x in range(0, 400, 2)
            for y in range(0, 300, 2)
        )
        assert different < 0.03 * 200 * 150
    finally:
        stop(client)
        postgis_server.drop(url)


def test_killed_while_panning_it_comes_back_by_itself(
    qapp: Any, demo_file: Path, place: tuple[float, float]
) -> None:
    """SIGKILL in the middle of panning: the client says it restarts, and the last view asked for is drawn by another
    process without anybody asking again. Questions that were under way are answered too."""
    client = MapClient()
    told = Heard(client)
    try:
        client.start({"kind": "spatialite", "path": str(demo_file)}, CRS)
        told.picture(client.render("main", around(place, 1500), 800, 600))
        told.until(lambda: client._spare is not None and client._spare.is_ready)
        assert client._worker is not None
        killed = client._worker.pid
        for step in range(10):
            number = client.render("main", around((place[0] + step * 10, place[1]), 1500), 800, 600)
            if step == 5:
                os.kill(killed, signal.SIGKILL)
            QCoreApplication.processEvents()
        question = client.identify("main", *place, 5.0)
        begun = time.monotonic()
        told.picture(number)
        assert time.monotonic() - begun < 10
        assert told.restarts == [1] and told.failed == []
        assert client._worker is not None and client._worker.pid != killed
        told.until(lambda: [r for r in told.identified if r.request == question and r.done])
        assert not Path(f"/proc/{killed}").exists(), "the dead worker is still a zombie"
    finally:
        stop(client)


def test_a_page_is_written_by_the_worker_kept_ready(
    qapp: Any, demo_file: Path, place: tuple[float, float], tmp_path: Path
) -> None:
    """Nobody waits for QGIS to start to see a page: the spare worker draws it, in the day's colours though the screen is dark,
    and the map has another spare soon."""
    client = MapClient()
    told = Heard(client)
    pages = []
    client.exported.connect(lambda number, path, problem: pages.append((number, problem)))
    try:
        client.start({"kind": "spatialite", "path": str(demo_file)}, CRS, theme="night")
        told.picture(client.render("main", around(place, 1500), 200, 150))
        client._start_spare()
        told.until(lambda: client._spare is not None and client._spare.is_ready)
        assert client._spare is not None and client._spare.worker is not None
        ready = client._spare.worker.pid
        extent = around(place, 1500)
        number = client.export_map(tmp_path / "a.png", extent, page="view", dpi=60)
        assert client._exporters[0]._worker.pid == ready
        told.until(lambda: pages)
        assert pages == [(number, "")]
        assert QImage(str(tmp_path / "a.png")).pixelColor(2, 2).lightness() > 150
        assert client._start_spare_later.isActive() or client._spare is not None
    finally:
        stop(client)


def test_a_worker_that_keeps_dying_is_restarted_ever_later(
    qapp: Any, demo_file: Path, tmp_path: Path
) -> None:
    """A worker that dies at once is started again with growing pauses, and after some times the user is told."""
    python = fake_python(tmp_path, "echo 'out of luck' >&2\nexit 1")
    client = MapClient(pythons=[str(python)], spare=False)
    told = Heard(client)
    try:
        client.start({"kind": "spatialite", "path": str(demo_file)}, CRS)
        told.until(lambda: told.failed)
        assert told.failed[0][0] == "keeps_crashing" and "out of luck" in told.failed[0][1]
        assert told.restarts[:3] == [1, 2, 3]
    finally:
        stop(client)


def fake_python(folder: Path, script: str) -> Path:
    """A program that takes the place of a Python."""
    path = folder / "python3"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_without_qgis_the_user_is_told_what_was_tried(qapp: Any, demo_file: Path, tmp_path: Path) -> None:
    """A Python without QGIS and one that is not there at all: the next is tried, then both are named, once."""
    bare = fake_python(
        tmp_path, 'exec /usr/bin/python3 -S "$@"'
    )  # -S: without Debian's packages, so without qgis
    client = MapClient(pythons=["/nowhere/python3", str(bare)], spare=False)
    told = Heard(client)
    try:
        client.start({"kind": "spatialite", "path": str(demo_file)}, CRS)
        told.until(lambda: told.failed)
        assert told.failed == [("no_qgis", f"/nowhere/python3, {bare}")]
        assert told.restarts == []
        number = client.export_map(tmp_path / "page.pdf", (0, 0, 1, 1))
        assert told.until(lambda: told.exports) == [(number, str(tmp_path / "page.pdf"), "no_qgis")]
    finally:
        stop(client)


def test_a_missing_database_is_told_layer_by_layer(qapp: Any, tmp_path: Path) -> None:
    """Without its file no layer can be opened; each says so, and the view is drawn empty instead of hanging."""
    client = MapClient(spare=False)
    told = Heard(client)
    try:
        client.start({"kind": "spatialite", "path": str(tmp_path / "gone.sqlite")}, CRS)
        image = told.picture(client.render("main", (0, 0, 100, 100), 40, 30))
        assert colours(image) == {QColor("#f0ede6").name()}
        assert len(told.broken) == 10 and all("no_database" in text for _, text in told.broken)
    finally:
        stop(client)


def test_a_worker_dies_with_its_interface(demo_file: Path, tmp_path: Path) -> None:
    """When the interface is killed, its worker is gone within seconds: nothing is left behind."""
    script = (
        "import sys\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from workstation.map.client import MapClient\n"
        "app = QCoreApplication([])\n"
        "client = MapClient(spare=False)\n"
        "client.ready.connect(lambda told: print(told['pid'], flush=True))\n"
        "client.start({'kind': 'spatialite', 'path': sys.argv[1]}, 'EPSG:4549')\n"
        "app.exec()\n"
    )
    interface = subprocess.Popen(
        [sys.executable, "-c", script, str(demo_file)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=RESOURCES.parents[1],
    )
    try:
        assert interface.stdout is not None
        pid = int(interface.stdout.readline())
        assert Path(f"/proc/{pid}").exists()
    finally:
        interface.kill()
        interface.wait(10)
        if interface.stdout is not None:
            interface.stdout.close()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}/exe").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}/exe").exists()


def test_a_question_that_kills_workers_is_given_up(qapp: Any, demo_file: Path, tmp_path: Path) -> None:
    """A question that was under way in two workers that died is not asked of a third, and its answer says so."""
    client = MapClient(pythons=[str(fake_python(tmp_path, "exit 1"))], spare=False)
    told = Heard(client)
    try:
        client.start({"kind": "spatialite", "path": str(demo_file)}, CRS)
        number = client.identify("main", 0, 0, 1)
        told.until(lambda: told.identified)
        assert told.identified == [IdentifyResult(number, [], done=False)]
        assert told.restarts == [1, 2]
    finally:
        stop(client)
