"""What lies in an area: exactly, on both stores, of cases what the actor's post sees and nothing of who reported them."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
import shapely
from pyproj import Geod
from sqlalchemy import insert, text

from tests import handmade
from tests.services.conftest import Desk
from workstation.services.errors import NotFound
from workstation.services.spatial import query as module
from workstation.services.spatial.query import Asked, BadArea, Cancelled, FoundCase, FoundComponent
from workstation.store import tables

CENTRE = (handmade.MIDDLE, handmade.SOUTH + 0.0025)
GEOD = Geod(ellps="GRS80")  # CGCS2000's to a tenth of a millimetre


@pytest.fixture
def spread(desk: Desk) -> tuple[Desk, Any]:
    """Components at distances from a centre that are known on the ellipsoid; every tenth is of another class."""
    chance = np.random.default_rng(5)
    far = np.r_[chance.uniform(1, 400, 296), [199.9, 200.1, 0.0, 399.0]]
    lon, lat, _ = GEOD.fwd(*(np.full(300, value) for value in CENTRE), chance.uniform(0, 360, 300), far)
    rows = [
        handmade.component(f"32991101{n % 10:02d}{n:06d}", class_code="0201" if n % 10 == 0 else "0101")
        | {"state": "removed" if n == 1 else "damaged" if n == 2 else "intact"}
        for n in range(300)
    ]
    with desk.services.db.write() as conn:
        conn.execute(text("DELETE FROM component"))
        for row, x, y in zip(rows, lon.tolist(), lat.tolist(), strict=True):
            conn.execute(insert(tables.component), [row | {"geom": f"SRID=4490;POINT({x!r} {y!r})"}])
    return desk, far


def test_a_buffer_holds_what_is_near_on_the_ellipsoid(spread: tuple[Desk, Any]) -> None:
    desk, far = spread
    spatial, actor = desk.services.spatial, desk.actor("dis1")
    seen: list[int] = []
    found = spatial.find(Asked("component", spatial.circle(*CENTRE, 200)), actor, progress=seen.append)
    wanted = int(((far <= 200) & (np.arange(300) != 1)).sum())
    assert len(found) == wanted == len(found.lon) == len(found.classes)
    assert seen and seen[-1] >= wanted
    assert sum(n for _, n in found.by_class()) == wanted and found.by_class()[0][0] == "0101"
    assert dict(found.by_state()).get("removed") is None
    streets = spatial.find(Asked("component", spatial.circle(*CENTRE, 200), "02"), actor)
    assert len(streets) == len(found.only("0201")) and set(streets.classes.tolist()) == {"0201"}
    assert len(found.only(state="damaged")) == int(far[2] <= 200)


def test_pages_of_rows_in_the_order_of_the_ids(spread: tuple[Desk, Any]) -> None:
    desk, _ = spread
    spatial, actor = desk.services.spatial, desk.actor("dis1")
    found = spatial.find(Asked("component", spatial.circle(*CENTRE, 5000)), actor)
    pages = [spatial.rows(found, start, start + 100, actor) for start in range(0, 400, 100)]
    assert [len(page) for page in pages] == [100, 100, 99, 0]
    rows = [row for page in pages for row in page]
    assert [row.id for row in rows] == found.ids.tolist()
    assert isinstance(rows[7], FoundComponent) and rows[7].lon == found.lon[7]


def test_borders_count_and_holes_do_not(spread: tuple[Desk, Any]) -> None:
    desk, _ = spread
    spatial, actor = desk.services.spatial, desk.actor("dis1")
    one = spatial.find(Asked("component", spatial.circle(*CENTRE, 0.5)), actor)
    assert len(one) == 1
    x, y = float(one.lon[0]), float(one.lat[0])
    corner = spatial.polygon([(x, y), (x + 1e-6, y), (x, y + 1e-6)])
    assert spatial.find(Asked("component", corner), actor).ids.tolist() == one.ids.tolist()
    ring = spatial.circle(*CENTRE, 5000).difference(spatial.circle(*CENTRE, 200))
    whole = spatial.find(Asked("component", spatial.circle(*CENTRE, 5000)), actor)
    inner = spatial.find(Asked("component", spatial.circle(*CENTRE, 200)), actor)
    assert len(spatial.find(Asked("component", ring), actor)) == len(whole) - len(inner)


def test_cases_are_those_that_the_post_sees(desk: Desk) -> None:
    mine, other = desk.dispatched("U1"), desk.dispatched("U2")
    done = desk.closed()
    spatial = desk.services.spatial
    area = spatial.circle(*CENTRE, 5000)

    def ids(person: str, open: bool | None = True) -> set[str]:
        return set(spatial.find(Asked("case", area, open=open), desk.actor(person)).ids.tolist())

    assert ids("dis1") == {mine, other}
    assert ids("dis1", None) == {mine, other, done}
    assert ids("rec1") == {mine}
    assert ids("rec2") == {other}
    found = spatial.find(Asked("case", area, "0101"), desk.actor("dis1"))
    (row,) = spatial.rows(found, 0, 10, desk.actor("rec2"))  # pages are cut as the search was
    assert isinstance(row, FoundCase) and row.id == other and row.class_name
    assert not {"reporter", "reporter_phone"} & {f.name for f in dataclasses.fields(FoundCase)}
    with pytest.raises(NotFound):
        spatial.thing("case", other, desk.actor("rec1"))
    assert spatial.thing("case", mine, desk.actor("rec1")).geom_type == "Point"


def test_areas_of_grids_divisions_units_and_around_things(desk: Desk) -> None:
    spatial, actor = desk.services.spatial, desk.actor("dis1")
    grid = spatial.area_of("grid", handmade.GRID_WEST)
    assert shapely.contains_xy(grid, handmade.WEST + 0.001, handmade.SOUTH + 0.001)
    for kind, key in (("grid", "none"), ("unit", "none"), ("street", "none")):
        with pytest.raises(NotFound):
            spatial.area_of(kind, key)
    with pytest.raises(NotFound):
        spatial.thing("component", "none", actor)
    with pytest.raises(NotFound):
        spatial.thing("road", "没有这条路", actor)
    point = spatial.thing("component", handmade.MANHOLE, actor)
    around = spatial.buffer(point, 30)
    area = abs(GEOD.geometry_area_perimeter(around)[0])
    assert area == pytest.approx(np.pi * 900, rel=2e-3)
    found = spatial.find(Asked("component", around), actor)
    assert handmade.MANHOLE in {row.code for row in spatial.rows(found, 0, 10, actor)}


def test_what_is_no_area_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    spatial, actor = desk.services.spatial, desk.actor("dis1")
    bow = [(0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 1.0)]
    for code, make in {
        "crossing": lambda: spatial.polygon(bow),
        "empty": lambda: spatial.polygon(bow[:2]),
        "too_wide": lambda: spatial.circle(*CENTRE, 1e6),
    }.items():
        with pytest.raises(BadArea) as caught:
            make()
        assert caught.value.code == code
    for nothing in (lambda: spatial.box(1, 0, 1, 2), lambda: spatial.circle(*CENTRE, 0)):
        with pytest.raises(BadArea):
            nothing()
    with pytest.raises(BadArea):
        spatial.find(Asked("component", shapely.Polygon()), actor)
    monkeypatch.setattr(module, "BATCH", 1)
    with pytest.raises(Cancelled):
        spatial.find(Asked("component", spatial.circle(*CENTRE, 5000)), actor, lambda: True)
    nobody = spatial.find(Asked("component", spatial.circle(0.0, 0.0, 10)), actor)
    assert len(nobody) == 0 and nobody.by_class() == []
