"""The same import on both stores."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.importing.conftest import NOW, SOUTH, STEP, WEST, box, line, point, rows, scalar
from workstation.importing.importer import Founding, Wish, bring_in
from workstation.store import log
from workstation.store.database import Database
from workstation.workflow.apply import replay

FOUNDING = Founding("试验区", "420111")
CASES = """
[source]
name = "old"
key = "ID"
crs = "EPSG:4490"
[fields]
code = "ID"
class_edition = {constant = "local:old"}
class_code = "CLASS"
unit = "UNIT"
reported_at = "ADDED"
closed_at = "DONE"
due_at = "DUE"
[units]
create = true
"""


def test_streets_grids_components_cases(
    store: Database, geojson: Callable[..., Path], table: Callable[..., Path], mapping: Callable[[str], Path]
) -> None:
    """A city grows from files alone, on SpatiaLite and on PostGIS alike, and every file again changes nothing."""
    square = (
        (WEST, SOUTH),
        (WEST + STEP, SOUTH),
        (WEST + STEP, SOUTH + STEP),
        (WEST, SOUTH + STEP),
        (WEST, SOUTH),
    )
    streets = Wish(
        "streets",
        geojson([(line(*square), {"name": "环路"})], "streets"),
        from_streets=True,
        founding=FOUNDING,
    )
    features = [
        (point(WEST + 1e-4, SOUTH + 1e-4), {"id": 1, "class_code": "0101"}),
        (box(WEST + 1e-3, SOUTH + 1e-3, 1e-5), {"id": 2, "class_code": "0103"}),
    ]
    components = Wish("components", geojson(features, "components"))
    wards = Wish("units", geojson([(box(WEST, SOUTH), {"name": "供水公司", "code": "GS"})], "units"))
    records = table(
        ("ID", "CLASS", "UNIT", "ADDED", "DONE", "DUE", "lon", "lat"),
        [
            ("R1", "P", "供水公司", "2026-03-01", "2026-03-02", "2026-03-03", WEST + 1e-4, SOUTH + 1e-4),
            ("R2", "P", "Roads", "2026-03-01", "", "", WEST, SOUTH),
        ],
    )
    cases = Wish("cases", records, mapping(CASES))
    for wish, new in ((streets, 1), (wards, 1), (components, 2), (cases, 2)):
        for report in bring_in(store, wish, NOW):
            assert (report.new, report.refused) == (new, 0), wish.kind
    for wish, same in ((streets, 1), (wards, 1), (components, 2), (cases, 2)):
        for report in bring_in(store, wish, NOW):
            assert (report.new, report.changed, report.unchanged) == (0, 0, same), wish.kind
    assert rows(store, "SELECT code, grid_code FROM component ORDER BY code") == [
        ("4201110101000001", "420111001001001"), ("4201110103000001", "420111001001001"),
    ]  # fmt: skip
    assert rows(store, "SELECT code, state, unit, street FROM cases ORDER BY code") == [
        ("R1", "closed", "GS", "420111001"), ("R2", "dispatched", "ROADS", "420111001"),
    ]  # fmt: skip
    assert scalar(store, "SELECT sum(components) FROM grid_count") == 2
    with store.read() as conn:
        for name in ("R1", "R2"):
            assert replay([s.event for s in log.history(conn, f"old-{name}")]) == log.load_case(
                conn, f"old-{name}"
            )
