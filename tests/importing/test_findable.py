"""What is brought in is found by the seats that are open, at once, on both stores."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.importing.conftest import NOW, SOUTH, STEP, WEST, box, line, point
from workstation.importing.importer import Founding, Wish, bring_in
from workstation.services.finding import index as finding_index
from workstation.services.services import Services
from workstation.store.database import Database
from workstation.workflow.event import Actor

FOUNDING = Founding("试验区", "420111")
CENTRE = Actor("dispatcher", "", "dispatcher", "")
OWNED = """
[source]
name = "inventory"
key = "id"
[fields]
class_code = "class_code"
owner_code = "owner"
[units]
create = true
"""


def test_what_an_import_brings_in_or_renames_is_found_at_once(
    store: Database, geojson: Callable[..., Path], mapping: Callable[[str], Path]
) -> None:
    """Roads, grids, units (those too that a component's owner makes) and components are found by an open seat as soon as it has
    heard of the import; what is called otherwise now is found as that, and no more as what it was."""
    square = (
        (WEST, SOUTH),
        (WEST + STEP, SOUTH),
        (WEST + STEP, SOUTH + STEP),
        (WEST, SOUTH + STEP),
        (WEST, SOUTH),
    )

    def street(name: str) -> Wish:
        made = geojson([(line(*square), {"id": 7, "name": name})], "streets")
        return Wish("streets", made, mapping('[source]\nname = "roads"\nkey = "id"\n'), from_streets=True)

    def owned(*codes: int) -> Wish:
        features = [
            (point(WEST + n * 1e-4, SOUTH + 1e-4), {"id": n, "class_code": "0101", "owner": "路灯管理处"})
            for n in codes
        ]
        return Wish("components", geojson(features, "components"), mapping(OWNED))

    def bring(wish: Wish) -> None:
        for report in bring_in(store, wish, NOW):
            assert report.refused == 0, report
        heard = services.poll()
        assert heard is not None
        services._tell(heard)

    first = street("环城路")
    bring_in(store, Wish("streets", first.path, first.mapping, from_streets=True, founding=FOUNDING), NOW)
    services = Services(store)
    found = services.finding.search
    assert "环城路" in [item.title for item in found("hcl", CENTRE)]
    bring(street("滨江大道"))
    assert "滨江大道" in [item.title for item in found("bjdd", CENTRE)]
    assert "环城路" not in [item.title for item in found("环城路", CENTRE)]
    bring(Wish("units", geojson([(box(WEST, SOUTH), {"name": "供水公司", "code": "GS"})], "units")))
    assert [item.ref for item in found("供水公司", CENTRE) if item.kind == "unit"] == ["GS"]
    assert found("000002", CENTRE) == []
    bring(owned(1))
    assert found("路灯管理处", CENTRE)[0].kind == "unit"
    bring(owned(1, 2))
    assert [item.ref for item in found("000002", CENTRE)] == ["4201110101000002"]
    with store.write() as conn:
        assert finding_index.refresh(conn) == 0  # nothing is left for the seat that comes next
