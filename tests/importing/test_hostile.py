"""Whatever a file holds: every record is either in or in the report, and nothing fails."""

from __future__ import annotations

import csv
import json
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.importing.conftest import scalar, take
from workstation.importing.report import write
from workstation.store.database import Database

_VALUES = st.one_of(
    st.text(max_size=12),
    st.floats().map(str),
    st.integers().map(str),
    st.sampled_from(
        [
            "",
            "NULL",
            "0101",
            "完好",
            "1e309",
            "NaN",
            "=1+1",
            "\x00",
            "'; DROP TABLE cases; --",
            "114.301",
            "30.501",
            "９",
        ]
    ),
)
_FIELDS = ("code", "class_code", "state", "valid_from", "owner_code", "lon", "lat")
_ROWS = st.lists(st.lists(_VALUES, min_size=len(_FIELDS), max_size=len(_FIELDS)), min_size=1, max_size=6)
_COORDINATE = st.one_of(st.floats(-200, 200), st.sampled_from([114.301, 30.501, 1e300]))
_RING = st.lists(st.tuples(_COORDINATE, _COORDINATE), min_size=0, max_size=6)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_ROWS)
def test_any_table(city: Database, found: list[list[str]]) -> None:
    """Components from a table of anything: new + changed + unchanged + refused is what was read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        with path.open("w", newline="", encoding="utf-8", errors="replace") as stream:
            writer = csv.writer(stream)
            writer.writerow(_FIELDS)
            writer.writerows([[v.replace("\x00", "") for v in row] for row in found])
            writer.writerows([["", "0101", "完好", "", "", "114.301", "30.501"]] * 8)
        report = take(city, "components", path, crs="EPSG:4490")
        write([report], Path(folder) / "report.csv")
    assert report.new + report.changed + report.unchanged + report.refused == report.read
    assert scalar(city, "SELECT count(*) FROM component WHERE class_code = '0101' AND state = 'intact'") >= 1
    assert scalar(city, "SELECT count(*) FROM component WHERE ST_X(geom) NOT BETWEEN -180 AND 180") == 0


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_RING, min_size=1, max_size=4))
def test_any_polygon(city: Database, found: list[list[tuple[float, float]]]) -> None:
    """Grids from rings that cross themselves, collapse or leave the earth: taken when sound, else reported."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.geojson"
        features = [
            {
                "type": "Feature",
                "properties": {},
                "geometry": {"type": "Polygon", "coordinates": [[*ring, *ring[:1]]] if ring else []},
            }
            for ring in found
        ]
        sound = {
            "type": "Polygon",
            "coordinates": [[[114.5, 30.5], [114.501, 30.5], [114.501, 30.501], [114.5, 30.5]]],
        }
        features += [{"type": "Feature", "properties": {}, "geometry": sound}] * 5
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        report = take(city, "grids", path)
    assert report.new + report.changed + report.unchanged + report.refused == report.read == len(found) + 5
    assert scalar(city, "SELECT count(*) FROM grid WHERE NOT ST_IsValid(geom) OR area_m2 < 1") == 0
