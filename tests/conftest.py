"""What every test has: an offscreen Qt, no threads left behind, and cities on both stores.

- ``store``: an open, empty city; the test runs once on SpatiaLite and once on PostGIS.
- ``city_store``: the same with the small demo city in it.
- ``city_url``: a copy of its own of the small demo city (SpatiaLite) to open by its URL.
- ``services``: the services over such a copy.

It also notes which tests carry which article (``pytest.mark.article``), and ends a run that names an unknown one.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")
# Keys and settings of the tests are the tests' own.
os.environ["WORKSTATION_HOME"] = tempfile.mkdtemp(prefix="workstation-home-")

import pytest

from tests import postgis
from tests.articles import registry
from workstation.shell.garbage import collect_due
from workstation.store.database import Database

pytest_plugins = ["pytester"]

THREAD_SECONDS = 3.0
"""How long a thread may take to end after its test."""


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave no key behind."""
    shutil.rmtree(os.environ["WORKSTATION_HOME"], ignore_errors=True)


# ---- articles -----------------------------------------------------------------------------------------------------


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Before -k and -m leave anything out: the tests of each article; an unknown article ends the run."""
    registry.collected(config, items)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """After a run of the whole suite: which articles are left to later work."""
    found = config.stash.get(registry.COLLECTED, None)
    if found is not None and found.whole and not config.option.collectonly:
        waiting = ", ".join(article.id for article in registry.later(registry.load()))
        terminalreporter.write_line(f"articles left to later work (docs/articles.md): {waiting}")


# ---- threads ------------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def garbage_collected_in_this_thread() -> Iterator[None]:
    """As in the program: a collection in a pool's thread would destroy Qt objects there."""
    gc.disable()
    yield
    collect_due()


@pytest.fixture(autouse=True)
def no_thread_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test that leaves a thread, a QThread or a pool's task running fails: the next test would pay for it."""
    before = set(threading.enumerate())
    started: list[tuple[str, Any]] = []
    if "PySide6.QtCore" in sys.modules:
        _watch_qt(monkeypatch, started)
    yield
    deadline = time.monotonic() + THREAD_SECONDS
    while (left := _running(before, started)) and time.monotonic() < deadline:
        time.sleep(0.02)
    if left:
        pytest.fail(f"the test left running: {', '.join(left)}", pytrace=False)


def _watch_qt(monkeypatch: pytest.MonkeyPatch, started: list[tuple[str, Any]]) -> None:
    from PySide6.QtCore import QThread, QThreadPool

    for kind in (QThread, QThreadPool):
        original = kind.start

        def start(self: Any, *args: Any, _original: Any = original, **kwargs: Any) -> Any:
            started.append((repr(self), weakref.ref(self)))
            return _original(self, *args, **kwargs)

        monkeypatch.setattr(kind, "start", start)


def _running(before: set[threading.Thread], started: list[tuple[str, Any]]) -> list[str]:
    left = [
        f"thread {thread.name}"
        for thread in threading.enumerate()
        # Threads that Qt made show up as dummies for ever; they are watched as QThreads.
        if thread not in before and thread.is_alive() and type(thread).__name__ != "_DummyThread"
    ]
    if started:
        from shiboken6 import isValid

        for name, reference in started:
            watched = reference()
            if watched is None or not isValid(watched):
                continue
            busy = watched.isRunning() if hasattr(watched, "isRunning") else watched.activeThreadCount() > 0
            if busy:
                left.append(name)
    return left


# ---- cities -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgis_server() -> Iterator[postgis.Server]:
    """The tests' own PostgreSQL."""
    with postgis.running(postgis.require_programs()) as server:
        yield server


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new city, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "city.sqlite"
    Database.create(str(path)).close()
    return path


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small demo city, to be copied."""
    path = tmp_path_factory.mktemp("demo") / "city.sqlite"
    database = Database.create(str(path))
    build_demo(database)
    database.close()
    return path


def build_demo(database: Database) -> None:
    """Fill an empty city with the small demo city."""
    from workstation import demo

    demo.build(database, components=600, cases=80, grids=30)


@pytest.fixture(scope="session")
def empty_template(postgis_server: postgis.Server) -> str:
    """The name of a PostGIS database with a new city, to be copied."""
    url = postgis_server.new_database()
    database = Database.create(url)
    if os.environ.get("WORKSTATION_DIVIDED"):
        # The same tests on cities whose log is divided by months.
        from workstation.store.ops import partition

        with database.write() as conn:
            partition.divide(conn, 12, datetime.now(UTC))
    database.close()
    return url.rsplit("/", 1)[1]


@pytest.fixture(scope="session")
def demo_template(postgis_server: postgis.Server, empty_template: str) -> str:
    """The name of a PostGIS database with the small demo city, to be copied."""
    url = postgis_server.new_database(empty_template)
    database = Database.open(url)
    build_demo(database)
    database.close()
    return url.rsplit("/", 1)[1]


BOTH = [pytest.param("spatialite"), pytest.param("postgis", marks=pytest.mark.postgis)]


def copied(request: pytest.FixtureRequest, tmp_path: Path, what: str) -> Iterator[str]:
    """The URL of a copy of the "empty" or the "demo" city on the store that the fixture's parameter names."""
    if request.param == "spatialite":
        path = tmp_path / "city.sqlite"
        shutil.copyfile(request.getfixturevalue(f"{what}_file"), path)
        yield str(path)
        return
    server: postgis.Server = request.getfixturevalue("postgis_server")
    url = server.new_database(request.getfixturevalue(f"{what}_template"))
    yield url
    server.drop(url)


@pytest.fixture(params=BOTH)
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty city of the test's own, on each store."""
    yield from copied(request, tmp_path, "empty")


@pytest.fixture
def store(store_url: str) -> Iterator[Database]:
    """An empty city of the test's own, open, on each store."""
    database = Database.open(store_url)
    yield database
    database.close()


@pytest.fixture(params=BOTH)
def city_store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a small demo city of the test's own, on each store."""
    yield from copied(request, tmp_path, "demo")


@pytest.fixture
def city_store(city_store_url: str) -> Iterator[Database]:
    """The small demo city, open, on each store."""
    database = Database.open(city_store_url)
    yield database
    database.close()


@pytest.fixture
def city_url(demo_file: Path, tmp_path: Path) -> str:
    """The small demo city in a SpatiaLite file of the test's own."""
    path = tmp_path / "demo_city.sqlite"
    shutil.copyfile(demo_file, path)
    return str(path)


@pytest.fixture
def services(city_url: str) -> Iterator[Any]:
    """The services over a copy of the small demo city."""
    from workstation.services.services import Services

    opened = Services.open(city_url)
    yield opened
    opened.close()
