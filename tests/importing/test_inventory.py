"""Streets, grids, units and components: what comes in, what is refused, and that a second run changes nothing."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.importing.conftest import SOUTH, STEP, WEST, box, line, point, polygon, rows, scalar, take
from workstation.importing import importer
from workstation.importing.errors import ImportRefused
from workstation.importing.importer import Wish, bring_in
from workstation.importing.report import write
from workstation.store.database import Database

MANHOLE = '[source]\nkey = "N"\n[fields]\nclass_code = {constant = "0101"}\nname = "NAME"\n'


# ---- components ---------------------------------------------------------------------------------------------------


def test_components_get_grid_code_and_class(
    city: Database, geojson: Callable[..., Path], mapping: Callable[[str], Path]
) -> None:
    """A point gets the grid it stands in and a code of district, class and number; the grid's count follows."""
    path = geojson(
        [
            (point(WEST + 0.001, SOUTH + 0.001), {"N": 1, "NAME": "甲井"}),
            (point(WEST + 0.003, SOUTH + 0.001), {"N": 2, "NAME": "乙井"}),
        ]
    )
    report = take(city, "components", path, mapping=mapping(MANHOLE))
    assert (report.new, report.refused) == (2, 0)
    assert rows(city, "SELECT code, grid_code, class_code, name, state FROM component ORDER BY code") == [
        ("4201110101000001", "420111001001001", "0101", "甲井", "intact"),
        ("4201110101000002", "420111001001002", "0101", "乙井", "intact"),
    ]
    assert scalar(city, "SELECT sum(components) FROM grid_count") == 2


def test_the_second_run_changes_nothing(
    city: Database, geojson: Callable[..., Path], mapping: Callable[[str], Path]
) -> None:
    """The same file again is unchanged, also in the change log; a moved component is changed and keeps its code."""
    chosen = mapping(MANHOLE)
    features = [(point(WEST + 0.001, SOUTH + 0.001), {"N": n, "NAME": "井"}) for n in (1, 2)]
    take(city, "components", geojson(features), mapping=chosen)
    before = rows(city, "SELECT * FROM component ORDER BY id"), scalar(city, "SELECT max(id) FROM change_log")
    report = take(city, "components", geojson(features[::-1]), mapping=chosen)
    assert (report.new, report.changed, report.unchanged) == (0, 0, 2)
    assert before == (
        rows(city, "SELECT * FROM component ORDER BY id"),
        scalar(city, "SELECT max(id) FROM change_log"),
    )
    moved = [features[0], (point(WEST + 0.003, SOUTH + 0.001), {"N": 2, "NAME": "井"})]
    report = take(city, "components", geojson(moved), mapping=chosen)
    assert (report.changed, report.unchanged) == (1, 1)
    assert rows(city, "SELECT code, grid_code FROM component ORDER BY code")[1] == (
        "4201110101000002",
        "420111001001002",
    )
    assert scalar(city, "SELECT count(*) FROM change_log WHERE topic = 'component'") == 3


def test_an_area_keeps_its_footprint(
    city: Database, geojson: Callable[..., Path], mapping: Callable[[str], Path]
) -> None:
    """A component measured as an area stands at a point inside it, and its outline is kept."""
    bent = polygon(
        (WEST, SOUTH),
        (WEST + 4e-4, SOUTH),
        (WEST + 4e-4, SOUTH + 1e-4),
        (WEST + 1e-4, SOUTH + 1e-4),
        (WEST + 1e-4, SOUTH + 4e-4),
        (WEST, SOUTH + 4e-4),
    )
    take(city, "components", geojson([(bent, {"N": 1, "NAME": "池"})]), mapping=mapping(MANHOLE))
    assert scalar(city, "SELECT ST_Contains(footprint, geom) FROM component") == 1
    assert scalar(city, "SELECT ST_NPoints(footprint) FROM component") == 7


def test_what_cannot_be_taken_is_reported_and_the_rest_is_in(
    city: Database, table: Callable[..., Path], mapping: Callable[[str], Path], tmp_path: Path
) -> None:
    """Each bad row is in the report with file, row, field, value, reason and advice; the good ones are in."""
    path = table(
        ("N", "CLASS", "lon", "lat", "STATE"),
        [
            (1, "0101", WEST + 0.001, SOUTH + 0.001, "完好"),
            (2, "9999", WEST + 0.001, SOUTH + 0.001, "完好"),
            (3, "0101", "abc", SOUTH, "完好"),
            (4, "0101", "", "", "完好"),
            (5, "0101", 0, 0, "完好"),
            (1, "0101", WEST, SOUTH, "完好"),
            (6, "", WEST + 0.001, SOUTH + 0.001, "完好"),
            (7, "0101", 999, SOUTH, "完好"),
            (8, "0101", WEST + 0.001, SOUTH + 0.001, "=cmd|' /C calc'!A0"),
            (9, "0101", WEST + 1, SOUTH, "破损"),
        ],
    )
    chosen = mapping(
        '[source]\nkey = "N"\ncrs = "EPSG:4490"\n[fields]\nclass_code = "CLASS"\nstate = "STATE"\n'
    )
    report = take(city, "components", path, mapping=chosen)
    assert (report.read, report.new, report.refused) == (10, 2, 8)
    assert {p.row: p.code for p in report.problems} == {
        2: "unknown_class", 3: "not_a_number", 4: "no_geometry", 5: "zero_coordinates", 6: "key_twice", 7: "missing",
        8: "out_of_range", 9: "not_allowed", 10: "outside",
    }  # fmt: skip
    write([report], tmp_path / "report.csv")
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert [line["row"] for line in lines] == [str(n) for n in range(2, 11)]
    assert lines[0]["file"] == str(path) and lines[0]["field"] == "CLASS" and lines[0]["value"] == "9999"
    assert all(line["reason"] and line["what to do"] for line in lines)
    assert lines[7]["value"].startswith("'="), "a spreadsheet must not run what a file holds"
    assert [line["taken"] for line in lines] == ["no"] * 8 + ["yes"]


def test_units_by_name(city: Database, table: Callable[..., Path], mapping: Callable[[str], Path]) -> None:
    """An owner may be given by name; an unknown one refuses the row, or is made where the mapping says so."""
    path = table(
        ("N", "OWNER", "lon", "lat"), [(1, "监督指挥中心", WEST, SOUTH), (2, "供水公司", WEST, SOUTH)]
    )
    content = '[source]\nkey="N"\ncrs="4490"\n[fields]\nclass_code={constant="0101"}\nowner_code="OWNER"\n'
    report = take(city, "components", path, mapping=mapping(content))
    assert (report.new, report.refused) == (1, 1)
    report = take(
        city, "components", path, mapping=mapping(content + "[units]\ncreate=true\nkind='enterprise'\n")
    )
    assert (report.new, report.unchanged) == (1, 1)
    assert rows(
        city, "SELECT u.name, u.kind FROM component c JOIN unit u ON u.code = c.owner_code ORDER BY c.code"
    )[1] == ("供水公司", "enterprise")


def test_nothing_is_half_done(
    city: Database,
    geojson: Callable[..., Path],
    mapping: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """When the system fails in the middle, not one row of the file is in."""
    targets, run, wants = importer.KINDS["components"]

    def fail(job: object) -> None:
        run(job)  # type: ignore[arg-type]
        raise OSError("the disk is gone")

    monkeypatch.setitem(importer.KINDS, "components", (targets, fail, wants))
    path = geojson([(point(WEST, SOUTH), {"N": 1, "NAME": "井"})])
    with pytest.raises(OSError, match="disk"):
        take(city, "components", path, mapping=mapping(MANHOLE))
    assert scalar(city, "SELECT count(*) FROM component") == 0
    assert scalar(city, "SELECT count(*) FROM change_log WHERE topic = 'component'") == 0


# ---- streets and grids --------------------------------------------------------------------------------------------


def _town() -> list[tuple[dict[str, object], dict[str, object]]]:
    """Three by three blocks, and a doubled line that leaves a sliver a metre wide."""
    side = 3 * STEP
    lines = [line((WEST + n * STEP, SOUTH), (WEST + n * STEP, SOUTH + side)) for n in range(4)]
    lines += [line((WEST, SOUTH + n * STEP), (WEST + side, SOUTH + n * STEP)) for n in range(4)]
    lines.append(
        line((WEST + STEP, SOUTH), (WEST + STEP + 1e-7, SOUTH + STEP), (WEST + STEP, SOUTH + 1.5 * STEP))
    )
    return [
        (geometry, {"highway": "primary" if n == 0 else "residential"}) for n, geometry in enumerate(lines)
    ]


def test_grids_from_streets(empty_file: Path, geojson: Callable[..., Path], tmp_path: Path) -> None:
    """Blocks between streets become grids without gap or overlap, with codes of 15 digits; slivers go to a neighbour."""
    database = Database.create(str(tmp_path / "new.sqlite"))
    try:
        path = geojson(_town())
        wish = Wish("streets", path, from_streets=True, founding=importer.Founding("试验区", "420111"))
        streets, grids = bring_in(database, wish)
        assert (streets.new, grids.new) == (9, 9)
        assert rows(database, "SELECT kind, count(*) FROM road GROUP BY kind ORDER BY kind") == [
            ("branch", 8),
            ("main", 1),
        ]
        codes = [row[0] for row in rows(database, "SELECT code FROM grid ORDER BY code")]
        assert codes == [f"420111001001{n:03}" for n in range(1, 10)]
        whole, parts = (
            scalar(database, "SELECT ST_Area(ST_Union(geom)) FROM grid"),
            scalar(database, "SELECT sum(ST_Area(geom)) FROM grid"),
        )
        assert whole == pytest.approx(9 * STEP * STEP, rel=1e-6) and parts == pytest.approx(whole, rel=1e-6)
        assert scalar(database, "SELECT min(area_m2) FROM grid") > 30_000
        north_west = (
            "SELECT code FROM grid ORDER BY ST_Y(ST_Centroid(geom)) - ST_X(ST_Centroid(geom)) DESC LIMIT 1"
        )
        assert scalar(database, north_west).endswith("001"), "numbered from north-west"
        assert rows(database, "SELECT level, count(*) FROM division GROUP BY level ORDER BY level") == [
            ("community", 1),
            ("district", 1),
            ("street", 1),
        ]
        again = bring_in(database, wish)
        assert [(r.new, r.changed, r.unchanged) for r in again] == [(0, 0, 9), (0, 0, 9)]
    finally:
        database.close()


def test_lines_that_enclose_nothing(city: Database, geojson: Callable[..., Path]) -> None:
    """Streets without a single block give a refusal, not an empty city."""
    path = geojson([(line((WEST, SOUTH), (WEST + 1e-3, SOUTH)), {})])
    with pytest.raises(ImportRefused, match="no_blocks"):
        take(city, "grids", path, from_streets=True)


def test_grids_from_areas(city: Database, geojson: Callable[..., Path]) -> None:
    """Areas get codes in the community that holds them, after those that were used; given codes are kept; parts are refused."""
    far = {
        "type": "MultiPolygon",
        "coordinates": [box(WEST, SOUTH, 1e-3)["coordinates"], box(WEST + 0.01, SOUTH, 1e-3)["coordinates"]],
    }
    bow = polygon((WEST, SOUTH), (WEST + 1e-3, SOUTH + 1e-3), (WEST + 1e-3, SOUTH), (WEST, SOUTH + 1e-3))
    path = geojson(
        [
            (box(WEST, SOUTH + STEP, 1e-3), {"name": "西"}),
            (box(WEST + 2e-3, SOUTH + STEP, 1e-3), {"name": "东"}),
            (box(WEST + 5e-3, SOUTH, 1e-3), {"name": "旧", "code": "420111009009123"}),
            (box(WEST + 7e-3, SOUTH, 1e-3), {"name": "错", "code": "42X"}),
            (far, {"name": "两块"}),
            (bow, {"name": "结"}),
        ]
    )
    report = take(city, "grids", path)
    assert (report.new, {p.code for p in report.problems}) == (3, {"bad_code", "several_parts"})
    assert rows(city, "SELECT code, name FROM grid WHERE source_key IS NOT NULL ORDER BY code") == [
        ("420111001001003", "西"), ("420111001001004", "东"), ("420111009009123", "旧"),
    ]  # fmt: skip


# ---- units and the city itself ------------------------------------------------------------------------------------


def test_a_city_begins_with_its_units(
    geojson: Callable[..., Path], mapping: Callable[[str], Path], tmp_path: Path
) -> None:
    """A city founded by a file knows its place and map system, its divisions, and somebody for every post."""
    database = Database.create(str(tmp_path / "new.sqlite"))
    try:
        path = geojson([(box(-77.0, 38.9, 0.05), {"WARD": 1, "NAME": "Ward 1"})])
        wish = Wish(
            "units", path, mapping('[source]\nkey="WARD"\n[fields]\nname="NAME"\n[units]\nkind="street"\nlevel="street"\n'),
            founding=importer.Founding("Washington", "110001"),
        )  # fmt: skip
        assert bring_in(database, wish)[0].new == 1
        assert scalar(database, "SELECT value FROM city WHERE key = 'map_crs'") == "EPSG:32618"
        assert rows(database, "SELECT code, name, level FROM division") == [("110001001", "Ward 1", "street")]
        assert rows(database, "SELECT code, division FROM unit WHERE kind = 'street'") == [
            ("110001001", "110001001")
        ]
        posts = {row[0] for row in rows(database, "SELECT post FROM person_post")}
        assert posts >= {
            "operator",
            "shift_leader",
            "dispatcher",
            "receiver",
            "collector",
            "evaluator",
            "admin",
        }
        assert bring_in(database, wish)[0].unchanged == 1
    finally:
        database.close()


def test_no_city_no_import(empty_file: Path, geojson: Callable[..., Path], tmp_path: Path) -> None:
    """An empty store is refused with what to do."""
    database = Database.create(str(tmp_path / "new.sqlite"))
    try:
        with pytest.raises(ImportRefused, match="no_city"):
            bring_in(database, Wish("streets", geojson(_town())))
        with database.read() as conn:
            assert conn.execute(text("SELECT count(*) FROM road")).scalar() == 0
    finally:
        database.close()
