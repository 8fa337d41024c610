"""Centres of the five cities: each test gets one of its own, under the handbook that it names."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .town import Town, build


@pytest.fixture(scope="session")
def town_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city made by hand, to be copied."""
    path = tmp_path_factory.mktemp("town") / "city.sqlite"
    build(path)
    return path


@pytest.fixture
def open_town(town_file: Path, tmp_path: Path) -> Iterator[Callable[[str], Town]]:
    """Opens a centre under the named handbook."""
    opened: list[Town] = []

    def make(handbook: str) -> Town:
        path = tmp_path / f"{handbook}-{len(opened)}.sqlite"
        shutil.copyfile(town_file, path)
        opened.append(Town(path, handbook))
        return opened[-1]

    yield make
    for town in opened:
        town.close()


@pytest.fixture
def national(open_town: Callable[[str], Town]) -> Town:
    """A centre under the national default (MOH)."""
    return open_town("national")


@pytest.fixture
def tianjiaan(open_town: Callable[[str], Town]) -> Town:
    """The centre of a district that works under a city (TJA)."""
    return open_town("tianjiaan")


@pytest.fixture
def taiyuan(open_town: Callable[[str], Town]) -> Town:
    """The centre of a city with districts and two platforms (TY)."""
    return open_town("taiyuan")


@pytest.fixture
def minqing(open_town: Callable[[str], Town]) -> Town:
    """The centre of a county with the strictest clocks (MQ)."""
    return open_town("minqing")


@pytest.fixture
def taizhou(open_town: Callable[[str], Town]) -> Town:
    """The centre of a city under one network, with warnings of sensors (TZ)."""
    return open_town("taizhou")
