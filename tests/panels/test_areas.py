"""责任区检查: found in the background, listed and hatched on every map, gone to with Enter, exported as a sheet."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
import shapely
from geoalchemy2.shape import from_shape, to_shape
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter
from PySide6.QtTest import QTest
from sqlalchemy import select, update

from tests.panels.desk import Desk
from workstation.map.overlay_cards import CardText
from workstation.map.overlay_findings import REST_MS, FindingShape, FindingsOverlay
from workstation.map.overlay_palette import Palette
from workstation.map.viewport import Viewport
from workstation.panels.areas import AreasPanel, words
from workstation.panels.areas.rows import fitting
from workstation.services.recommending.responsibility import GAP, OVERLAP, Finding
from workstation.store import tables


def shrink(desk: Desk) -> str:
    """Half of a street's area is nobody's, and the other half another street's too; the street's code."""
    u = tables.unit.c
    with desk.services.db.write() as conn:
        code, geom = conn.execute(select(u.code, u.geom).where(u.kind == "street").limit(1)).one()
        other = conn.execute(select(u.code).where(u.kind == "crew")).scalar_one()
        area = to_shape(geom)
        west, south, east, north = area.bounds
        for key, share in ((code, 2), (other, 4)):
            part = area.intersection(shapely.box(west, south, west + (east - west) / share, north))
            whole = shapely.multipolygons(shapely.get_parts(part))
            values = {"geom": from_shape(whole, 4490), "kind": "street"}
            conn.execute(update(tables.unit).where(u.code == key).values(values))
    desk.services.recommending._facts = None
    return str(code)


def of_streets(panel: AreasPanel, kind: str) -> list[Finding]:
    """The streets' findings of a kind that the list shows."""
    return [item for item in panel.shown() if item.kind == kind and item.of == "street"]


@pytest.mark.article("MQ-26-UNCLEAR")
def test_finds_lists_and_goes_there(desk: Desk, tmp_path: Path) -> None:
    """A street's missing half is a gap, a shared quarter an overlap; Enter goes there, its cases can be chosen, a sheet holds all."""
    code = shrink(desk)
    desk.sit("dispatcher")
    panel: AreasPanel = desk.open(AreasPanel, width=620)
    assert panel.state.text() == "尚未检查"
    panel.activated()
    desk.settle()
    (gap,), (overlap,) = of_streets(panel, GAP), of_streets(panel, OVERLAP)
    assert code in overlap.units and gap.grids and "盲区" in panel.state.text()
    assert {words.kind_text(gap), words.kind_text(overlap)} == {"盲区", "重叠"}
    panel.choose(gap.key)
    assert panel.chosen == gap
    desk.canvas.resize(800, 600)
    desk.canvas.show()
    before = desk.canvas.view
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    desk.settle()
    assert desk.canvas.view != before
    west, south, east, north = desk.canvas.bounds()
    assert west < gap.lon < east and south < gap.lat < north
    if gap.cases:
        panel.take_cases()
        assert desk.context.selection.ids == frozenset(gap.cases)
    panel.kinds.setCurrentIndex(panel.kinds.findData(OVERLAP))
    assert panel.shown() and all(item.kind == OVERLAP for item in panel.shown())
    panel.choose(gap.key)  # as from the map: the list shows it again
    assert panel.chosen == gap
    panel.export(tmp_path / "a.xlsx")
    desk.settle()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        text = book.read("xl/worksheets/sheet1.xml").decode()
    assert "盲区" in text and gap.grids[0] in text and "已导出" in desk.said()
    panel.export(tmp_path / "a.geojson")
    desk.settle()
    features = json.loads((tmp_path / "a.geojson").read_text("utf-8"))["features"]
    assert len(features) == sum(1 for item in panel.shown() if item.area_wkb)
    lands = [shapely.from_geojson(json.dumps(one["geometry"])) for one in features]
    assert any(land.equals(shapely.from_wkb(gap.area_wkb)) for land in lands)


def test_is_looked_for_again_when_areas_change(desk: Desk) -> None:
    """While it is seen it follows changes of units; the map's pieces go when they are not wanted there."""
    desk.sit("dispatcher")
    panel: AreasPanel = desk.open(AreasPanel, width=620)
    panel.activated()
    desk.settle()
    assert not of_streets(panel, GAP)
    (overlay,) = panel._overlays.values()
    shrink(desk)
    desk.services.announce(["unit"], [10**9])
    desk.settle()
    assert of_streets(panel, GAP) and overlay.extent() is not None
    panel.hide()  # another dock stands before it: nobody's map is hatched for a list that is not looked at
    assert overlay.extent() is None
    panel.show()
    assert overlay.extent() is not None
    panel.on_map.setChecked(False)
    assert overlay.extent() is None


def finding(**values: object) -> Finding:
    """A finding with nothing remarkable about it."""
    plain = {
        "key": "k",
        "kind": "gap",
        "of": "",
        "classes": ("component:0101",),
        "class_count": 1,
        "units": ("a", "b", "c", "d"),
        "area_m2": 0.0,
        "area_wkb": b"",
        "lon": 0.0,
        "lat": 0.0,
        "bounds": (0.0, 0.0, 0.0, 0.0),
        "grids": (),
        "cases": (),
    }
    return Finding(**{**plain, **values})  # type: ignore[arg-type]


def test_words(desk: Desk) -> None:
    """Areas in the unit that suits them, the first few classes and units by name, an overlap's two in full."""
    handbook, names = desk.services.handbook, {"a": "甲", "b": "乙", "c": "丙", "d": "丁"}
    assert [words.area_text(m2) for m2 in (0, 640.4, 25_500, 3_400_000)] == [
        *("—", "640 平方米", "2.55 公顷", "3.40 平方公里")
    ]
    assert words.units_text(finding(), names) == "甲、乙、丙等"
    assert words.units_text(finding(kind="overlap", units=("a", "b")), names) == "甲 与 乙"
    many = tuple(f"{item.kind}:{item.code}" for item in handbook.classes[:4])
    assert words.about_text(finding(classes=many, class_count=9), handbook).endswith("等 9 类")
    assert words.about_text(finding(classes=("component:9999",)), handbook) == "9999"
    assert words.about_text(finding(of="street"), handbook) == "街道责任区"


def test_a_row_says_as_much_as_there_is_room_for(desk: Desk) -> None:
    """Names are left out and counted before anything is cut; a row is two lines, its open cases at the right."""
    handbook, names = desk.services.handbook, {"a": "甲所", "b": "乙所"}
    many = tuple(f"{item.kind}:{item.code}" for item in handbook.classes[:4])
    item = finding(
        classes=many,
        class_count=9,
        units=("a", "b"),
        area_m2=25_500,
        grids=("g",),
        cases=("c",),
        components=3,
    )
    line = words.line(item, handbook, names)
    assert line.right == "在办 1" and line.under(3) == "2.55 公顷 · 网格 1 个 · 未定责部件 3 个 · 甲所、乙所"
    assert line.under(1).endswith("甲所等") and line.about(0) == "9 类问题"
    metrics = QFontMetrics(QFont())
    wide = metrics.horizontalAdvance(line.about(3))
    assert fitting(line.about, metrics, wide, 3) == line.about(3)
    assert fitting(line.about, metrics, wide - 1, 3) in {line.about(2), line.about(1), line.about(0)}
    assert fitting(line.about, metrics, 20, 3).endswith("…")


def test_each_finding_says_why_and_how_it_is_mended(desk: Desk) -> None:
    """A forgotten piece, a unit of places, two units, nobody: each has its own reason, with its figures, and its own way out."""
    names = {"a": "甲所", "b": "乙所"}
    kinds = [
        finding(units=("a", "b"), why="drawn"),
        finding(units=("a",), why="arisen", reported=4, components=2),
        finding(kind="overlap", units=("a", "b")),
        finding(kind="nobody", units=()),
        finding(of="street", units=()),
    ]
    why = [words.why_text(item, names, 180) for item in kinds]
    mend = [words.mend_text(item, names) for item in kinds]
    assert len(set(why)) == 5 and len(set(mend)) == 5
    assert "180" in why[1] and "4 件" in why[1] and "2 个部件" in why[1] and "甲所" in why[1]
    assert "甲所 与 乙所" in why[2] and "甲所、乙所" in mend[0]
    handbook = desk.services.handbook
    assert "有此职责" in str(words.card(kinds[1], handbook, names).lines) and "相邻" in str(
        words.card(kinds[0], handbook, names).lines
    )


def test_the_map_paints_them_hatched(desk: Desk) -> None:
    """Two pieces differ by their hatching; the picture moves with the map, and only a small piece lies under the pointer."""
    projection = desk.canvas.projection
    lon, lat = desk.services.city.center
    step = 0.002
    clicked: list[str] = []
    overlay = FindingsOverlay(projection, Palette(), clicked.append)
    shapes = [
        shapely.box(lon - step * 2, lat - step, lon, lat),
        shapely.box(lon, lat - step, lon + step * 2, lat),
    ]
    overlay.show_findings(
        FindingShape(kind, kind, shapely.to_wkb(shape), kind, CardText(kind))
        for kind, shape in zip(("gap", "overlap"), shapes, strict=True)
    )
    x, y = projection.point_to_map(lon, lat - step / 2)
    view = Viewport(x, y, 1.0, 800, 600)

    def painted(seen: Viewport) -> QImage:
        image = QImage(800, 600, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        overlay.paint(painter, seen, 1.0, image.rect().toRectF())
        painter.end()
        return image

    first = painted(view)
    left, right = first.copy(220, 260, 100, 60), first.copy(480, 260, 100, 60)
    gray = [picture.convertToFormat(QImage.Format.Format_Grayscale8) for picture in (left, right)]
    assert gray[0] != gray[1]
    moved = painted(view.panned(30, 0))
    assert moved.copy(280, 260, 100, 60) == first.copy(250, 260, 100, 60) or moved.copy(
        220, 260, 100, 60
    ) == first.copy(250, 260, 100, 60)
    assert painted(view.at(x, y, 1.1)) != first
    desk.qtbot.wait(REST_MS + 60)
    drawn = overlay._drawn
    assert drawn is not None and painted(view.at(x, y, 1.1)) != first and overlay._drawn.res == 1.1
    painted(view)
    desk.qtbot.wait(REST_MS + 60)
    painted(view)
    assert overlay.hit(view, 300, 300) == "gap" and overlay.hit(view, 500, 300) == "overlap"
    assert overlay.hit(view, 10, 10) is None
    assert overlay.hit(view.at(x - 60, y, 0.05), 400, 300) is None
    card = overlay.hover_card("gap")
    assert card is not None and card.title == "gap"
    overlay.choose("gap")
    painted(view)  # shows what it has, and has another drawn
    assert painted(view) != first
