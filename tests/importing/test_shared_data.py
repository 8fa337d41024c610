"""The import on real cities: Wuhan's streets and Washington's wards, components and requests."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from sqlalchemy import func, select

from tests.importing.conftest import rows, scalar
from workstation.importing import areas
from workstation.importing.errors import ImportRefused
from workstation.importing.importer import Founding, Wish, bring_in
from workstation.importing.report import Report
from workstation.store import log
from workstation.store.database import Database
from workstation.store.tables import grid
from workstation.workflow.apply import replay

ROOT = Path(__file__).resolve().parents[2]
MAPPINGS = ROOT / "data" / "mappings"
SHARED = ROOT.parent / "shared" / "data"
CASES = 1500
"""Every so-many-th request is enough to show it; the whole file takes a minute."""

pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the shared real data is not beside the checkout"),
]


@pytest.fixture(scope="module")
def washington(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Washington with its wards, commissions and districts."""
    database = Database.create(str(tmp_path_factory.mktemp("washington") / "city.sqlite"))
    founding = Founding("Washington", "110001")
    for kind, file, mapping in (
        ("units", "ward-2012", "dc_wards"),
        ("units", "advisory-neighborhood-commission-2013", "dc_anc"),
        ("grids", "single-member-district-2013", "dc_smd"),
    ):
        report = inventory(database, kind, file, mapping, founding)
        assert report.refused == 0
    yield database
    database.close()


def inventory(
    database: Database, kind: str, file: str, mapping: str, founding: Founding | None = None
) -> Report:
    """Bring one file of Washington's inventory in."""
    path = SHARED / "dc_inventory" / f"{file}.geojson"
    return bring_in(database, Wish(kind, path, MAPPINGS / f"{mapping}.toml", founding=founding))[0]


def test_areas(washington: Database) -> None:
    """Eight wards and 40 commissions are units with areas and divisions; 296 districts are grids of 15 digits in them."""
    assert rows(washington, "SELECT level, count(*) FROM division GROUP BY level ORDER BY level") == [
        ("community", 40),
        ("street", 8),
    ]
    assert scalar(washington, "SELECT count(*) FROM unit WHERE geom IS NOT NULL") == 48
    assert (
        scalar(
            washington,
            "SELECT count(*) FROM grid WHERE length(code) = 15 AND code LIKE community_code || '%'",
        )
        == 296
    )
    assert scalar(washington, "SELECT value FROM city WHERE key = 'map_crs'") == "EPSG:32618"


@pytest.mark.parametrize(
    ("file", "mapping", "count"),
    [("litter-cans", "dc_litter_cans", 5265), ("sewers-inlets", "dc_inlets", 2772)],
)
def test_components(washington: Database, file: str, mapping: str, count: int) -> None:
    """Litter cans as points and inlets as areas with footprints are all in, and a second run changes nothing."""
    report = inventory(washington, "components", file, mapping)
    assert (report.new, report.refused) == (count, 0)
    assert inventory(washington, "components", file, mapping).unchanged == count
    footprints = scalar(
        washington, "SELECT count(footprint) FROM component WHERE source_key LIKE 'dc_inlet:%'"
    )
    assert footprints == (count if file == "sewers-inlets" else 0)


def test_requests(washington: Database, tmp_path: Path) -> None:
    """Requests become cases whose logs replay to what is stored; of all 33,864 wards by place 33,811 or more agree."""
    source = SHARED / "dc_cases" / "dc311_2015_2016.csv"
    with source.open(encoding="utf-8-sig", newline="") as stream:
        found = list(csv.DictReader(stream))
    some = found[:: len(found) // CASES]
    path = tmp_path / "some.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, found[0].keys())
        writer.writeheader()
        writer.writerows(some)
    wish = Wish("cases", path, MAPPINGS / "dc_311.toml")
    report = bring_in(washington, wish)[0]
    assert (report.new, report.refused) == (len(some), 0)
    assert bring_in(washington, wish)[0].unchanged == len(some)
    with washington.read() as conn:
        for record in some[:200]:
            case_id = f"dc311-{record['SERVICEREQUESTID']}"
            case = log.load_case(conn, case_id)
            assert case is not None and replay([s.event for s in log.history(conn, case_id)]) == case
            assert case.reported_at is not None
            assert case.reported_at.strftime("%Y-%m-%dT%H:%M:%S.000Z") == record["ADDDATE"]
            told = record["RESOLUTIONDATE"]
            if case.state == "closed":
                assert (
                    case.closed_at is not None and case.closed_at.strftime("%Y-%m-%dT%H:%M:%S.000Z") == told
                )
            assert (record["SERVICEORDERSTATUS"] == "CLOSED") == (case.state == "closed")


def test_wards(washington: Database) -> None:
    """The ward found by place agrees with the record's in 33,811 of 33,864 requests."""
    with (SHARED / "dc_cases" / "dc311_2015_2016.csv").open(encoding="utf-8-sig", newline="") as stream:
        found = [r for r in csv.DictReader(stream) if r["WARD"].isdigit()]
    with washington.read() as conn:
        wards = areas.divisions(conn, "street").at_all(
            list(shapely.points([[float(r["LON"]), float(r["LAT"])] for r in found]))
        )
    assert len(found) == 33_864
    assert sum(ward == f"110001{int(r['WARD']):03}" for ward, r in zip(wards, found, strict=True)) >= 33_811


def test_wuhan_from_streets(tmp_path: Path) -> None:
    """Wuhan's simplified streets enclose about 4,851 blocks; their grids do not overlap and have good codes."""
    database = Database.create(str(tmp_path / "wuhan.sqlite"))
    try:
        path = SHARED / "wuhan" / "streets_simplified.gpkg"
        report = bring_in(
            database, Wish("grids", path, from_streets=True, founding=Founding("武汉", "420100"))
        )[0]
        assert report.refused == 0 and 4_700 <= report.new <= 4_870
        assert (
            scalar(
                database,
                "SELECT count(DISTINCT code) FROM grid WHERE code GLOB '420100[0-9]*' AND length(code) = 15",
            )
            == report.new
        )
        assert scalar(database, "SELECT min(area_m2) FROM grid") >= 100
        assert scalar(database, "SELECT value FROM city WHERE key = 'map_crs'") == "EPSG:4547"
        inside = "SELECT max(n) FROM (SELECT count(*) AS n FROM grid GROUP BY community_code)"
        assert scalar(database, inside) <= 60
        with database.read() as conn:
            wkb = [bytes(row[0]) for row in conn.execute(select(func.ST_AsBinary(grid.c.geom)))]
        polygons = shapely.from_wkb(wkb)
        assert shapely.area(polygons).sum() == pytest.approx(
            shapely.area(shapely.union_all(polygons)), rel=1e-9
        )
    finally:
        database.close()


def test_no_prj_is_refused(tmp_path: Path) -> None:
    """Shenzhen's districts have no .prj: they are refused until --crs is given."""
    database = Database.create(str(tmp_path / "city.sqlite"))
    try:
        path = SHARED / "shenzhen_noprj" / "sz_grid500m.shp"
        founding = Founding("深圳", "440300")
        with pytest.raises(ImportRefused, match="no_crs"):
            bring_in(database, Wish("grids", path, founding=founding))
        assert bring_in(database, Wish("grids", path, founding=founding, crs="EPSG:4326"))[0].new == 9005
        assert scalar(database, "SELECT value FROM city WHERE key = 'map_crs'") == "EPSG:4547"
    finally:
        database.close()
