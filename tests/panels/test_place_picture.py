"""The picture of a case's place: asked of the map's worker, cut out of its page, marked; without a map there is none."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from tests.panels.desk import Desk
from workstation.panels.common.place_picture import PAGE, PlacePicture, marked

pytestmark = pytest.mark.article("MQ-19-EVIDENCE")


def asked(desk: Desk, problem: str | None) -> list[bytes]:
    """Ask for a picture of a case's place; what was answered."""
    got: list[bytes] = []
    desk.client.page_problem = problem
    PlacePicture(desk.context, desk.case("dispatched"), desk.context, got.append)
    return got


def test_the_map_is_cut_out_and_marked(desk: Desk) -> None:
    """A few hundred metres around the place; in its middle a red ring, at the edge the map and not the page."""
    got = asked(desk, None)
    number, path, wish = desk.client.pages[-1]
    west, south, east, north = wish["extent"]
    assert 100 < east - west < 2000 and 100 < north - south < 2000
    page = Image.new("RGB", (round(PAGE[0] * 4), round(PAGE[1] * 4)), "#FFFFFF")
    page.paste("#DDEEDD", (48, 98, 1139, 764))
    page.save(path)
    desk.client.exported.emit(number + 1, str(path), "")
    desk.client.exported.emit(number, str(path), "")
    desk.settle()
    (content,) = got
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    x, y = picture.width // 2, picture.height // 2
    assert picture.getpixel((x - 23, y))[0] > 180 > picture.getpixel((x - 23, y))[1]
    assert picture.getpixel((x, y - 60)) == (0xDD, 0xEE, 0xDD) == picture.getpixel((3, y))
    assert not Path(path).exists()


def test_without_a_map_or_a_place_there_is_none(desk: Desk) -> None:
    """The answer is empty, once, whatever comes later."""
    got = asked(desk, "no_qgis")
    desk.settle()
    assert got == [b""]
    got.clear()
    PlacePicture(desk.context, replace(desk.case("dispatched"), lon=None), desk.context, got.append)
    desk.settle()
    assert got == [b""]
    got = asked(desk, None)
    number, path, _ = desk.client.pages[-1]
    Path(path).write_bytes(b"no picture")
    desk.client.exported.emit(number, str(path), "")
    desk.settle()
    assert got == [b""]


def test_a_broken_page_raises(tmp_path: Path) -> None:
    """What is no picture is not taken for one."""
    (tmp_path / "x.png").write_bytes(b"x")
    with pytest.raises(OSError):
        marked(tmp_path / "x.png")
