"""Docks: both libraries behave alike; contents are made when they are first seen; layouts come back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from workstation.shell import docking
from workstation.shell.arrangement import Arrangement
from workstation.shell.docks import DockHost
from workstation.shell.look import icons

DEFAULT = Arrangement(left=(("a",),), right=(("b", "c"), ("d",)), closed=frozenset({"d"}))


class Bench:
    """Four docks round a map in a window."""

    def __init__(self, qtbot: QtBot, plain: bool) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(1500, 800)
        box = QVBoxLayout(self.window)
        self.host = docking.make_host(self.window, plain=plain)
        box.addWidget(self.host.widget())
        self.host.set_center(QLabel("map"))
        self.made: list[str] = []
        for key in "abcd":
            holder = self.host.add(key, f"面板{key}", icons.icon("list"), lambda: QLabel("content"))
            holder.made.connect(lambda k, _w: self.made.append(k))
        self.window.show()
        qtbot.waitExposed(self.window)


@pytest.fixture(params=[False, True], ids=["ads", "plain"])
def bench(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Bench]:
    """A bench for each library."""
    if not request.param and docking.ads is None:
        pytest.skip("QtAds is not installed")
    made = Bench(qtbot, request.param)
    yield made
    made.host.dispose()


def opened(host: DockHost) -> set[str]:
    """The docks that are open."""
    return {key for key in host.names() if host.is_open(key)}


def test_only_what_is_seen_is_made(qtbot: QtBot, bench: Bench) -> None:
    """Docks behind others and closed ones have no content yet; bringing one to the front makes it."""
    bench.host.arrange(DEFAULT)
    qtbot.waitUntil(lambda: {"a", "b"} <= set(bench.made))
    assert "d" not in bench.made and opened(bench.host) == {"a", "b", "c"}
    if isinstance(
        bench.host, docking.AdsHost
    ):  # Qt's own docks show a tab for a moment before they put it behind
        assert "c" not in bench.made
    bench.host.open("c")
    qtbot.waitUntil(lambda: "c" in bench.made)
    bench.host.open("d")
    qtbot.waitUntil(lambda: "d" in bench.made)
    assert opened(bench.host) == {"a", "b", "c", "d"}


def test_a_layout_comes_back(qtbot: QtBot, bench: Bench) -> None:
    """Saved, changed, restored: the same docks are open."""
    bench.host.arrange(DEFAULT)
    qtbot.wait(20)
    state = bench.host.save()
    bench.host.close("a")
    bench.host.open("d")
    qtbot.wait(20)
    assert opened(bench.host) == {"b", "c", "d"}
    assert bench.host.restore(state)
    qtbot.wait(20)
    assert opened(bench.host) == {"a", "b", "c"}


def test_arranging_again_is_the_same(qtbot: QtBot, bench: Bench) -> None:
    """The default arrangement can be asked for any time."""
    for _ in range(3):
        bench.host.arrange(DEFAULT)
        qtbot.wait(10)
        bench.host.close("b")
        bench.host.open("d")
    bench.host.arrange(DEFAULT)
    assert opened(bench.host) == {"a", "b", "c"}


@pytest.mark.qt_log_ignore("qUncompress: Input data is corrupted", extend=True)
def test_nonsense_is_no_layout(bench: Bench) -> None:
    """A state that was not saved by us is refused."""
    from PySide6.QtCore import QByteArray

    bench.host.arrange(DEFAULT)
    assert not bench.host.restore(QByteArray(b"nonsense"))


def test_a_dropped_content_is_made_anew(qtbot: QtBot, bench: Bench) -> None:
    """After a change of post a panel is built again for the new one."""
    bench.host.arrange(DEFAULT)
    qtbot.waitUntil(lambda: "a" in bench.made)
    bench.host.holder("a").drop()
    assert bench.host.holder("a").content is None
    bench.host.holder("a").ensure()
    assert bench.made.count("a") == 2


def test_tabs_are_there_and_the_map_has_none(qtbot: QtBot) -> None:
    """Each open dock shows its tab, alone or among others; the map has no title bar."""
    if docking.ads is None:
        pytest.skip("QtAds is not installed")
    bench = Bench(qtbot, False)
    bench.host.arrange(DEFAULT)
    qtbot.wait(30)
    docks = bench.host._docks  # type: ignore[attr-defined]
    assert all(docks[key].tabWidget().isVisible() for key in "abc")
    assert docks["map"].dockAreaWidget().titleBar().height() == 0
    bench.host.dispose()


def test_docks_without_a_place_share_one_column(qtbot: QtBot) -> None:
    """Docks the arrangement does not know open as tabs of one column; each in its own would leave no map."""
    if docking.ads is None:
        pytest.skip("QtAds is not installed")
    made = Bench(qtbot, plain=False)
    made.host.arrange(Arrangement(left=(("a",),)))
    for key in "bcd":
        made.host.open(key)
    assert opened(made.host) == set("abcd") and made.host.in_front("d")
    qtbot.waitUntil(lambda: made.host.holder("d").isVisible())
    left, right = made.host.holder("a"), made.host.holder("d")
    map_width = made.window.width() - left.width() - right.width()
    assert map_width > made.window.width() / 3, "the map keeps its room"
    made.host.dispose()
