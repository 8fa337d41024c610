"""A server of the test's own, stopped and started, killed in the middle of commits, and on a disk that is full."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests import postgis
from tests.outage.conftest import Seat
from workstation.services.seat.outbox import Kept
from workstation.store.errors import StoreError

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS = ROOT / "benchmarks"
pytestmark = pytest.mark.postgis


def chaos(store: str, points: int) -> dict[str, float]:
    """A small run of the benchmark: its figures by the last words of their titles."""
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / "chaos.py"), "--points", str(points), "--store", store],
        capture_output=True,
        text=True,
        timeout=170,
    )
    assert done.returncode == 0, done.stderr
    return {figure["figure"].rsplit(": ", 1)[1]: figure["value"] for figure in json.loads(done.stdout)}


@pytest.mark.parametrize("store", ["spatialite", "postgis"])
def test_nothing_acknowledged_is_lost_when_processes_are_killed(store: str) -> None:
    """Seats, the server's processes and the server are killed with -9 at random instants; the log has everything once."""
    if store == "postgis":
        postgis.require_programs()
    figures = chaos(store, 10)
    assert figures["commands acknowledged"] > 10
    lost = ("acknowledged, not in the log", "done twice", "half done", "findings of the check, refusals")
    assert {name: figures[name] for name in lost} == dict.fromkeys(lost, 0)


def test_a_server_that_is_stopped_and_started_again(
    postgis_server: postgis.Server, demo_template: str, home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Every backend is ended and nobody is let in (as while a server is down); then work goes on, and what waited is sent."""
    url = postgis_server.new_database(demo_template)
    name = url.rsplit("/", 1)[1]
    seat = Seat(url)
    try:
        postgis_server.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        postgis_server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        registration = seat.registration()
        assert isinstance(seat.services.outbox.execute([registration], seat.operator), Kept)
        seat.wait(lambda: not seat.services.link.state.online)
        postgis_server.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        seat.services.link.try_now()
        seat.wait(lambda: seat.services.outbox.waiting == 0)
        assert seat.times(registration.id) == 1
    finally:
        seat.services.close()
        postgis_server.drop(url)


@pytest.fixture
def small_disk(
    postgis_server: postgis.Server, demo_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path]]:
    """A demo city on a disk of the test's own that has a few megabytes left, and where the disk is mounted."""
    folder = Path("/tmp") / f"workstation-disk-{postgis_server.port}"
    folder.mkdir(mode=0o755)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=120m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        folder.rmdir()
        pytest.skip("a small disk cannot be mounted here (needs root)")
    space = folder / "space"
    space.mkdir(mode=0o700)
    owner = postgis._account()
    if owner is not None:
        subprocess.run(["chown", owner, str(space)], check=True)
    url = ""
    try:
        postgis_server.run(f"CREATE TABLESPACE small LOCATION '{space}'")
        url = postgis_server.url("city_on_small_disk")
        postgis_server.run(f"CREATE DATABASE city_on_small_disk TEMPLATE {demo_template} TABLESPACE small")
        yield url, folder
    finally:
        if url:
            postgis_server.drop(url)
        postgis_server.run("DROP TABLESPACE IF EXISTS small")
        subprocess.run(["umount", "-l", str(folder)], check=True)
        folder.rmdir()


def test_a_full_disk_of_the_server_is_said_and_survived(small_disk: tuple[str, Path], home: Path) -> None:
    """Real ENOSPC: reading goes on, the state says why nothing is written, a report is kept, and sent when there is room."""
    url, folder = small_disk
    seat = Seat(url)
    try:
        with (folder / "filler").open("wb") as filler:
            try:
                while True:
                    filler.write(b"\0" * 65536)
                    filler.flush()
            except OSError:
                pass
        picture = io.BytesIO()
        Image.effect_noise((700, 700), 90).save(picture, "PNG")
        seat.services.photos.add(picture.getvalue(), "现场.png")
        assert seat.services.link.state.code == "disk_full"
        assert seat.services.link.state.online and not seat.services.link.state.writing
        assert seat.services.units.all()
        registration = seat.registration()
        with pytest.raises(StoreError) as caught:
            for _ in range(2000):
                seat.services.cases.execute(seat.registration(), seat.operator)
        assert caught.value.code == "disk_full", caught.value.__cause__
        assert isinstance(seat.services.outbox.execute([registration], seat.operator), Kept)
        (folder / "filler").unlink()
        seat.services.outbox.send()
        seat.wait(lambda: seat.services.outbox.waiting == 0)
        assert seat.times(registration.id) == 1
        assert seat.services.link.state.writing
    finally:
        seat.services.close()
