"""A project that the city's database keeps: written there by the command, changed and saved there by QGIS itself, worn by the
map at every seat."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from PySide6.QtCore import QObject, QSettings
from pytestqt.qtbot import QtBot

from tests import postgis
from tests.map.canvas_world import FakeClient
from tests.map.qgis_python import needs_qgis, qgis_python
from tests.map.test_worker import Talk
from tests.map.test_worker_additions import Map
from workstation import cli
from workstation.map import protocol
from workstation.map.definitions import MapDefinition
from workstation.map.project_database import DatabaseProject
from workstation.map.project_file import MapAdditions
from workstation.map.worker_process import worker_environment
from workstation.services.services import Services

pytestmark = [pytest.mark.qgis, pytest.mark.postgis, needs_qgis]

# What somebody at a desk does in QGIS: opens the project from the database, colours the land, saves it there.
DESK = """
import os, sys
from qgis.core import *
from qgis.PyQt.QtGui import QColor
app = QgsApplication([], False)
app.initQgis()
project = QgsProject.instance()
assert project.read(sys.argv[1]), project.error()
by_key = {layer.customProperty("workstation/key"): layer for layer in project.mapLayers().values()}
bad = [key for key, layer in by_key.items() if not layer.isValid()]
print(len(by_key), bad)
for symbol in by_key["land"].renderer().symbols(QgsRenderContext()):
    symbol.setColor(QColor(255, 0, 10))
assert project.write(), project.error()
sys.stdout.flush()
os._exit(0)
"""


class AtOnce:
    """Background work that is done where it is asked for."""

    def run(self, fn: Any, *args: Any, owner: QObject, on_done: Any = None, on_error: Any = None) -> None:
        """Does it now."""
        try:
            result = fn(*args)
        except Exception as error:
            on_error(error)
        else:
            on_done(result)


def in_qgis(address: str, folder: Path) -> str:
    """Has QGIS open the project at an address, change and save it; what it says."""
    settings = worker_environment("", folder / "settings")
    done = subprocess.run(
        [qgis_python(), "-s", "-E", "-c", DESK, address],
        env={**settings, "QGIS_PROVIDER_FILE": "", "PGUSER": postgis.USER},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def city(postgis_server: postgis.Server, demo_template: str) -> Iterator[Services]:
    """The small demo city on the server."""
    url = postgis_server.new_database(demo_template)
    services = Services.open(url)
    yield services
    services.close()
    postgis_server.drop(url)


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    """A worker."""
    made = Talk(tmp_path)
    made.hear(protocol.HELLO)
    yield made
    assert made.close()[0] == 0


def test_saved_in_qgis_shown_here(
    city: Services, talk: Talk, tmp_path: Path, capsys: pytest.CaptureFixture[str], qtbot: QtBot
) -> None:
    """The command puts the project into the database, and not over one that is there; QGIS opens it there with every layer,
    turns the land red and saves it there; the next look of a seat has it, and its map is red. No password is in it."""
    url = city.db.secret_url
    stored = DatabaseProject(AtOnce(), city.db, tmp_path / "copies")
    settings = QSettings(str(tmp_path / "seat.ini"), QSettings.Format.IniFormat)
    client = FakeClient()
    source = city.db.worker_source()
    additions = MapAdditions(client, settings, source, None, stored)  # type: ignore[arg-type]
    additions.start()
    additions.stop()
    assert additions.project == "" and stored.state == "none"

    assert cli.main(["map", "project", "--db", url]) == 0
    address = capsys.readouterr().out.strip()
    assert cli.main(["map", "project", "--db", url]) == 2
    assert "--force" in capsys.readouterr().err
    with psycopg.connect(url) as conn:
        row = conn.execute(
            "SELECT content, metadata FROM qgis_projects WHERE name = 'workstation'"
        ).fetchone()
    assert row is not None and {"last_modified_time", "last_modified_user"} == set(row[1])
    text = zipfile.ZipFile(io.BytesIO(row[0])).read("workstation.qgs").decode()
    assert "user=" not in text and "password=" not in text
    assert text.count("<maplayer ") == len(MapDefinition.load().layers)

    stored.look()
    shown = Map(talk, city)
    plain = shown.colours()
    red = (255, 0, 10)
    assert red not in plain and not shown.add(additions.project)["refused"]
    told = []
    stored.looked.connect(lambda: told.append(client.additions[-1][1]))
    stored.look()
    assert shown.add(told[-1])["changed"] is False

    assert in_qgis(address, tmp_path) == f"{len(MapDefinition.load().layers)} []"
    stored.look()
    said = shown.add(told[-1])
    assert said["changed"] is True and said["problem"] == ""
    assert shown.colours(hidden=["grid_count", "component"])[red] > 5000  # counts lie over the land

    with psycopg.connect(url) as conn:
        conn.execute("DROP TABLE qgis_projects")
    stored.look()
    assert additions.project == "" and not list((tmp_path / "copies").iterdir())


def test_a_server_that_is_away_leaves_the_looks(city: Services, tmp_path: Path, qtbot: QtBot) -> None:
    """What was fetched stays when the database cannot be asked, also for the next start; what the login may not read is
    said."""
    from workstation.store import map_projects

    with city.db.write() as conn:
        map_projects.keep(conn, b"<qgis/>")
    stored = DatabaseProject(AtOnce(), city.db, tmp_path)
    stored.look()
    kept = Path(stored.path).read_bytes()

    class Away:
        """A database that nobody answers for."""

        def glance(self) -> None:
            raise OSError

    again = DatabaseProject(AtOnce(), Away(), tmp_path)  # type: ignore[arg-type]
    looks = []
    again.looked.connect(lambda: looks.append(again.path))
    again.look()
    again.look()
    assert looks == [again.path] * 2 and Path(again.path).read_bytes() == kept
    assert [path.name for path in tmp_path.iterdir()] == ["workstation.qgz"]


def test_a_city_in_a_file_needs_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --out there is nowhere to write the project of a city in a file, and it is said."""
    assert cli.main(["map", "project", "--db", str(tmp_path / "city.sqlite")]) == 2
    assert "--out" in capsys.readouterr().err
