"""The start: from an address to somebody at work; what cannot be opened says why and what to do."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.map.canvas_world import FakeClient
from workstation import app
from workstation.shell import errors, session
from workstation.shell.door.login import LoginPage
from workstation.shell.door.pages import OpeningPage, ProblemPage


class Client(FakeClient):
    """A map client that draws nothing."""

    def start(self, source: Any, map_crs: str, theme: str = "day") -> None:
        """Nothing to draw."""

    def warm_up(self) -> None:
        """Nothing to start."""

    def stop(self) -> None:
        """Nothing to stop."""


@pytest.fixture
def station(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Any]:
    """The program without its event loop."""
    monkeypatch.setenv("WORKSTATION_HOME", str(tmp_path / "home"))
    settings = QSettings(str(tmp_path / "shell.ini"), QSettings.Format.IniFormat)
    made = app.Workstation(qapp, settings, "day", Client())  # type: ignore[arg-type]
    made.window.resize(1600, 900)
    made.window.show()
    yield made
    made.close()


def page(station: Any) -> Any:
    """What the window shows."""
    return station.window.stack.currentWidget()


def words(widget: Any) -> str:
    """All the words on a page."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_the_window_is_there_before_the_city(station: Any, city_url: str) -> None:
    """While a city is being opened the window says so."""
    station.open(city_url)
    assert isinstance(page(station), OpeningPage) and city_url in words(page(station))


def test_somebody_sits_down(qtbot: QtBot, station: Any, city_url: str) -> None:
    """The login lists posts and their people; entering shows the docks and remembers who it was."""
    station.open(city_url)
    qtbot.waitUntil(lambda: isinstance(page(station), LoginPage), timeout=15000)
    login = page(station)
    posts = [login.posts.item(n).text() for n in range(login.posts.count())]
    assert posts[:3] == ["受理员", "值班长", "派遣员"]
    login.posts.setCurrentRow(2)
    name = login.people.item(0).text()
    login.search.setText("没有这个人")
    assert not login.enter.isEnabled()
    login.search.clear()
    with qtbot.waitSignal(station.window.usable, timeout=15000):
        login.enter.click()
    assert station.window.context.actor.name == name and station.settings.value("post") == "dispatcher"
    qtbot.waitUntil(lambda: not station.tasks.busy, timeout=15000)
    station.show_login()
    assert isinstance(page(station), LoginPage)
    assert page(station).posts.currentItem().text() == "派遣员"


def test_the_command_line_can_name_person_and_post(qtbot: QtBot, station: Any, city_url: str) -> None:
    """--as and --post skip the login; a person who is not there does not."""
    station.open(city_url, "", "gis")
    with qtbot.waitSignal(station.window.usable, timeout=15000):
        pass
    assert station.window.context.actor.post == "gis"
    qtbot.waitUntil(lambda: not station.tasks.busy, timeout=15000)
    station.open(city_url, "没有这个人", "gis")
    qtbot.waitUntil(lambda: isinstance(page(station), LoginPage), timeout=15000)
    assert station.window.toasts.shown


@pytest.mark.parametrize(
    ("content", "words_of_title", "first_choice"),
    [
        (None, "找不到城市数据库", "生成演示城市"),
        (b"", "空的", "生成演示城市"),
        (b"hello, this is no database at all" * 40, "不是数据库", "打开另一个…"),
    ],
    ids=["missing", "empty", "not a database"],
)
def test_what_cannot_be_opened_says_why_and_what_to_do(
    qtbot: QtBot, station: Any, tmp_path: Path, content: bytes | None, words_of_title: str, first_choice: str
) -> None:
    """A page with the reason, an advice, and buttons; no traceback."""
    path = tmp_path / "城市.sqlite"
    if content is not None:
        path.write_bytes(content)
    station.open(str(path))
    qtbot.waitUntil(lambda: isinstance(page(station), ProblemPage), timeout=15000)
    assert words_of_title in page(station).title.text() and page(station).advice.text()
    buttons = [button.text() for button in page(station).findChildren(QPushButton)]
    assert buttons[0] == first_choice and len(buttons) == 3
    assert "Traceback" not in words(page(station))


def test_an_older_database_is_upgraded_after_a_backup(
    qtbot: QtBot, station: Any, city_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page offers 备份并升级; it makes a copy beside the file, upgrades and opens."""
    from workstation.services.services import Services
    from workstation.store.errors import StoreError

    opened = Services.open
    state = {"old": True}

    def open_old(url: str) -> Any:
        if state["old"]:
            state["old"] = False
            raise StoreError("older_schema", url=url)
        return opened(url)

    monkeypatch.setattr(Services, "open", open_old)
    station.open(city_url)
    qtbot.waitUntil(lambda: isinstance(page(station), ProblemPage), timeout=15000)
    button = page(station).findChildren(QPushButton)[0]
    assert button.text() == "备份并升级"
    button.click()
    qtbot.waitUntil(lambda: isinstance(page(station), LoginPage), timeout=20000)
    assert list(Path(city_url).parent.glob("*-backup-*.sqlite"))


def test_a_copy_is_a_whole_database(city_url: str) -> None:
    """The backup can be opened as a city."""
    copy = session.copy_file(Path(city_url))
    opened = session.open_city(str(copy))
    assert opened.people and opened.source["kind"] == "spatialite"
    opened.services.close()


def test_an_unexpected_error_goes_to_the_log_and_to_the_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, qapp: QApplication
) -> None:
    """The hook writes the traceback to the log and gives the window a sentence without it."""
    told: list[str] = []
    relay = errors.ErrorRelay()
    relay.happened.connect(told.append)
    monkeypatch.setattr(errors, "relay", relay)
    try:
        raise ZeroDivisionError("secret detail")
    except ZeroDivisionError:
        with caplog.at_level(logging.ERROR):
            errors.unexpected(*sys.exc_info())  # type: ignore[arg-type]
    assert told and "secret detail" not in told[0] and "日志" in told[0]
    assert "secret detail" in caplog.text


def test_a_password_is_never_shown() -> None:
    """Addresses are shown without user and password."""
    assert app._shown("postgresql://me:secret@host/city") == "postgresql://host/city"


def test_the_window_needs_no_database_to_be_imported() -> None:
    """What is heavy is imported after the window is there: the program's module alone brings in none of it."""
    heavy = ("sqlalchemy", "geoalchemy2", "shapely", "numpy", "matplotlib", "pyproj", "psycopg")
    code = f"import sys, workstation.app; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
