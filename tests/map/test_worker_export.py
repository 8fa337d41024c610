"""Pages: what is on them, and that it is there as letters and lines."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from tests.map.qgis_python import needs_qgis
from tests.map.test_worker import Talk
from tests.map.test_worker_additions import Map
from workstation.map import protocol
from workstation.services.services import Services

pytestmark = [pytest.mark.qgis, needs_qgis]

SIGN = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">'
    '<circle cx="12" cy="12" r="10" fill="#ff00fe"/></svg>'
)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory, demo_file: Path) -> Iterator[Map]:
    """A worker with the city open."""
    talk = Talk(tmp_path_factory.mktemp("w"))
    talk.hear(protocol.HELLO)
    services = Services.open(str(demo_file))
    yield Map(talk, services)
    services.close()
    assert talk.close()[0] == 0


def write(shown: Map, path: Path, **fields: Any) -> str:
    """Has a page written; what was refused, or nothing."""
    asked = {"page": "A4", "dpi": 60, "title": "城市管理专题图", "source": "数据来源", **fields}
    shown.talk.say("export", request=7, path=str(path), extent=shown.extent, hidden=[], **asked)
    message = shown.talk.hear(protocol.EXPORTED, protocol.REFUSED)
    return "" if message.type == protocol.EXPORTED else str(message.fields["code"])


def cases(shown: Map) -> dict[str, Any]:
    """Two cases with a sign of their own, at the middle and beside it."""
    west, south, east, north = shown.extent
    x, y = (west + east) / 2, (south + north) / 2
    points = [[x, y, "dispose/red", "1"], [x + (east - west) / 4, y, "dispose/red", "2"]]
    return {
        "title": "案卷",
        "signs": {"dispose/red": {"svg": SIGN, "mm": 6, "label": "处置（超期）"}},
        "points": points,
    }


def rows(number: int) -> dict[str, Any]:
    """A list of so many rows."""
    return {
        "headers": ["号", "案卷"],
        "widths": [0.2, 0.8],
        "rows": [[str(n), f"3299{n:06}"] for n in range(number)],
    }


def count(image: QImage, colour: int) -> int:
    """How many pixels have this colour."""
    return sum(
        image.pixel(x, y) & 0xFFFFFF == colour for y in range(image.height()) for x in range(image.width())
    )


@pytest.mark.parametrize(("page", "landscape"), [("A4", True), ("A4", False), ("A3", True)])
def test_a_page_has_its_size(shown: Map, tmp_path: Path, page: str, landscape: bool) -> None:
    """Paper and the way it lies; the signs of cases are on it."""
    path = tmp_path / "page.png"
    assert write(shown, path, page=page, landscape=landscape, marks=cases(shown), legend=True, dpi=40) == ""
    image = QImage(str(path))
    long, short = (420, 297) if page == "A3" else (297, 210)
    wanted = (long, short) if landscape else (short, long)
    assert abs(image.width() - wanted[0] / 25.4 * 40) <= 2
    assert abs(image.height() - wanted[1] / 25.4 * 40) <= 2
    assert count(image, 0xFF00FE) > 60
    assert [file.name for file in tmp_path.iterdir()] == ["page.png"]


def test_a_pdf_has_letters_and_goes_on_behind(shown: Map, tmp_path: Path) -> None:
    """Chinese is in the file as letters of an embedded font; a list too long for the page goes on on others, in a picture
    it ends; nothing of the sort is drawn as pixels."""
    path = tmp_path / "page.pdf"
    fields = {"landscape": True, "legend": True, "marks": cases(shown)}
    assert write(shown, path, table=rows(150), **fields) == ""
    data = path.read_bytes()
    assert re.findall(rb"/Count (\d+)", data)[0] == b"2"
    assert b"NotoSansCJK" in data and b"/FontFile" in data and b"/ToUnicode" in data
    assert b"/Subtype /Image" not in data
    text = b"".join(_streams(data))
    assert text.count(b"Tj") > 300
    assert write(shown, tmp_path / "page.png", table=rows(150), **fields) == ""
    assert sorted(file.name for file in tmp_path.iterdir()) == ["page.pdf", "page.png"]


def words(path: Path) -> str:
    """What poppler reads on a PDF's pages."""
    done = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_nothing_on_a_page_is_cut(shown: Map, tmp_path: Path) -> None:
    """A long title is written smaller; columns are as wide as their words; pages behind say what they belong to and which they
    are; what a list leaves out is counted, on the last page or where a picture ends; an empty list says so."""
    path = tmp_path / "page.pdf"
    title = "Urban management map of the district of 云澜市清和区, whole"
    table = {
        **{"headers": ["No.", "Case", "Stage"], "widths": [0.1, 0.8, 0.1]},
        **{"rows": [[str(n), f"3299{n:06}", "Being checked"] for n in range(200)]},
        **{"more": "另有 {n} 件未列出", "left_out": 77, "none": "范围内没有案卷"},
    }
    assert write(shown, path, landscape=False, title=title, table=table) == ""
    said = words(path)
    pages = said.count("\f")
    assert pages > 2 and said.count(title) == pages
    numbers = re.findall(rf"(\d) */ *{pages}\b", said)
    assert numbers == [str(page) for page in range(2, pages + 1)]
    assert said.count("Being checked") == 200 and said.count("Stage") == said.count("Case")
    assert "另有 77 件未列出" in said
    assert write(shown, path, table={**table, "rows": [], "left_out": 0}) == ""
    assert "范围内没有案卷" in words(path)


def _streams(data: bytes) -> Iterator[bytes]:
    """What is packed in a PDF."""
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            yield zlib.decompress(found.group(1))
        except zlib.error:
            continue


def test_the_view_alone(shown: Map, tmp_path: Path) -> None:
    """Without furniture: as large as the window, the map to its edges, with cases and areas."""
    west, south, east, north = shown.extent
    ring = b"".join(
        _double(v) for x, y in ((west, south), (east, south), (east, north), (west, south)) for v in (x, y)
    )
    wkb = b"\x01\x03\x00\x00\x00\x01\x00\x00\x00\x04\x00\x00\x00" + ring
    path = tmp_path / "view.png"
    areas = {"title": "责任区", "shapes": [[wkb.hex(), "环卫一所", "#0000fe"]]}
    size = {"width_mm": 254, "height_mm": 127}
    assert write(shown, path, page="view", marks=cases(shown), areas=areas, dpi=50, **size) == ""
    image = QImage(str(path))
    assert (image.width(), image.height()) == (500, 250)
    assert image.pixel(1, 1) & 0xFFFFFF == 0xF0EDE6
    assert count(image, 0xFF00FE) > 60
    pixels = [image.pixelColor(x, y) for y in range(250) for x in range(500)]
    assert sum(p.blue() > 200 and p.red() < 90 and p.green() < 90 for p in pixels) > 60


def _double(value: float) -> bytes:
    return struct.pack("<d", value)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"page": "B5"}, "bad_format"),
        ({"marks": {"signs": {}, "points": [[1]]}}, "wrong_type"),
        (
            {"marks": {"signs": {"a": {"svg": "<svg href='file:///etc/passwd'/>"}}, "points": []}},
            "out_of_range",
        ),
        ({"areas": {"shapes": [["zz", 1, 2]]}}, "wrong_type"),
        ({"table": {"headers": ["a"], "widths": [1], "rows": [[]] * 3000}}, "out_of_range"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    shown: Map, tmp_path: Path, fields: dict[str, Any], code: str
) -> None:
    """With the reason; nothing is written, and the worker goes on."""
    assert write(shown, tmp_path / "page.png", **fields) == code
    assert not list(tmp_path.iterdir())
