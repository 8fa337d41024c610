"""Finding, on both stores: codes, names in every writing, addresses; and who finds what."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, insert, select, update

from tests import handmade
from tests.services.conftest import Desk
from workstation.services.finding import index as finding_index
from workstation.services.finding.codes import Codes
from workstation.services.finding.finding import Found
from workstation.services.finding.names import Lines, Names
from workstation.store import tables
from workstation.workflow.event import Actor

in_a_file = pytest.mark.parametrize("store_url", ["spatialite"], indirect=True)
"""For what lies in memory and is the same whichever store it was read from."""
LON, LAT = handmade.WEST + 0.001, handmade.SOUTH + 0.001


def line(name: str, *points: tuple[float, float], **values: object) -> dict[str, object]:
    """A road of the handmade city."""
    listed = ", ".join(f"{handmade.WEST + x} {handmade.SOUTH + y}" for x, y in points)
    return {
        "name": name,
        "kind": "main",
        "width_m": 20.0,
        "geom": f"SRID=4490;LINESTRING({listed})",
        **values,
    }


def house(name: str, x: float, y: float) -> dict[str, object]:
    """A building of the handmade city."""
    west, south = handmade.WEST + x, handmade.SOUTH + y
    ring = [
        (west, south),
        (west + 1e-4, south),
        (west + 1e-4, south + 1e-4),
        (west, south + 1e-4),
        (west, south),
    ]
    listed = ", ".join(f"{a} {b}" for a, b in ring)
    return {"name": name, "kind": "shop", "floors": 2, "geom": f"SRID=4490;POLYGON(({listed}))"}


@pytest.fixture
def named(desk: Desk) -> Desk:
    """The handmade city with roads, crossings and buildings to be found."""
    with desk.services.db.write() as conn:
        conn.execute(delete(tables.road))
        conn.execute(delete(tables.building))
        conn.execute(
            insert(tables.road),
            [
                line("建设路", (0.0, 0.002), (0.009, 0.002)),
                line("重庆路", (0.003, 0.0), (0.003, 0.004)),
                line("中山路", (0.006, 0.0), (0.006, 0.004)),
                line("建设北路", (0.0, 0.004), (0.009, 0.004)),
            ],
        )
        conn.execute(
            insert(tables.building),
            [
                house("便民超市", 0.001, 0.0021),
                house("便民超市", 0.0061, 0.003),
                house("Ａ座大厦", 0.002, 0.0021),
            ],
        )
        finding_index.refresh(conn)
    return desk


def found(desk: Desk, text: str, person: str = "op1", **values: object) -> list[Found]:
    """What a person finds."""
    return desk.services.finding.search(text, desk.actor(person), **values)  # type: ignore[arg-type]


def titles(desk: Desk, text: str, kind: str = "", **values: object) -> list[str]:
    """The titles of what the operator finds, of one kind."""
    return [item.title for item in found(desk, text, **values) if kind in ("", item.kind)]


def test_a_road_in_every_writing(named: Desk) -> None:
    """Two characters, pinyin, initials and mixtures find the road, however wide, spaced or large they are written."""
    writings = ["建设", "建设路", "jianshelu", "jsl", "js路", "建sl", "jians", "ＪＳＬ"]
    for text in (*writings, " 建设　路 ", "建、设路", "JianShe"):
        road = next(item for item in found(named, text) if item.kind == "road")
        assert road.title == "建设路", text
        assert (road.lon, road.lat) == pytest.approx((handmade.WEST + 0.0045, handmade.SOUTH + 0.002))


@in_a_file
def test_readings_of_a_character(named: Desk) -> None:
    """重庆路 is found by cql and chongqing as it is said, and by zql and zhongqing as it might be read."""
    for text in ("cql", "zql", "chongqing", "zhongqing", "zhongql", "chongq路"):
        assert "重庆路" in titles(named, text, "road"), text
    assert titles(named, "zsl", "road")[0] == "中山路"


def test_better_matches_come_first() -> None:
    """Exact before prefix before word before inside, pinyin after characters."""
    names = Names(
        [
            (n, "road", str(n), name, "", whole, first, None, None)
            for n, (name, whole, first) in enumerate(
                [
                    ("人民路", "renminlu", "rml"),
                    ("人民路北巷", "renminlubeixiang", "rmlbx"),
                    ("新区人民路", "xinqurenminlu", "xqrml"),
                    ("小人民路", "xiaorenminlu", "xrml"),
                ]
            )
        ]
    )
    scores = names.scores("人民路")
    assert list(scores) == sorted(scores, reverse=True)
    assert len(set(scores)) == 4
    assert names.scores("renminlu")[0] < scores[2]
    assert names.scores("rml")[0] < names.scores("renmin")[0]
    assert names.scores("不在").max() == 0


@in_a_file
def test_the_nearer_of_two_alike_comes_first(named: Desk) -> None:
    """Of two shops of one name the one nearer to the middle of the view is first, and their details differ."""
    for near in (0.001, 0.0061):
        shops = [
            item
            for item in found(named, "便民超市", near=(handmade.WEST + near, handmade.SOUTH + 0.002))
            if item.kind == "building"
        ]
        assert len(shops) == 2
        assert shops[0].lon == pytest.approx(handmade.WEST + near + 5e-5)
        assert shops[0].detail != shops[1].detail


def test_addresses(named: Desk) -> None:
    """A crossing of two roads in either order, a building on its road, and a road for a house whose number nobody has."""
    for text in ("中山路建设路", "建设路与中山路交叉口", "建设路、中山路", "中山路建设路口东北角"):
        best = found(named, text)[0]
        assert best.kind == "crossing", text
        assert (best.lon, best.lat) == pytest.approx((handmade.WEST + 0.006, handmade.SOUTH + 0.002))
    best = found(named, "中山路便民超市")[0]
    assert (best.kind, best.lon) == ("building", pytest.approx(handmade.WEST + 0.0061 + 5e-5))
    best = found(named, "建设路12号")[0]
    assert (best.kind, best.title, best.note) == ("road", "建设路", "12号")
    assert found(named, "建设路")[0].note == ""
    only = named.services.finding.addresses("南门", named.actor("op1"))
    assert {item.kind for item in only} <= {"crossing", "building", "road", "water", "green"}


@in_a_file
def test_words_apart(named: Desk) -> None:
    """Each word must stand in name or detail; where no thing has them all, those are found that have one."""
    assert titles(named, "超市 中山", "building") == ["便民超市"]
    assert {"重庆路", "中山路"} <= set(titles(named, "重庆 中山", "road"))


@in_a_file
def test_places_units_and_grids(named: Desk) -> None:
    """Divisions, grids by name and code, and units by name and what they are called for short."""
    assert "城南街道" in titles(named, "cnjd", "division")
    grid = found(named, handmade.GRID_WEST)[0]
    assert (grid.kind, grid.ref, grid.score) == ("grid", handmade.GRID_WEST, 100)
    with named.services.db.read() as conn:
        unit = conn.execute(select(tables.unit.c.name, tables.unit.c.short_name).limit(1)).one()
    for name in unit:
        if name:
            assert unit[0] in titles(named, name, "unit")


def test_case_codes(named: Desk) -> None:
    """A case is found by its whole code, its end and a part; one made later is found at once."""
    case = named.services.cases.get(named.filed())
    for text in (case.code, case.code[-6:], case.code[5:12], " " + case.code + " "):
        assert case.id in [item.ref for item in found(named, text) if item.kind == "case"], text
    assert found(named, case.code)[0].score == 100
    later = named.services.cases.get(named.filed())
    assert later.id in [item.ref for item in found(named, later.code[-5:]) if item.kind == "case"]
    assert found(named, "99999999") == []


def test_cases_of_others_are_not_found(named: Desk) -> None:
    """A unit's people find their own unit's cases and nobody else's; the centre finds both."""
    own = named.services.cases.get(named.dispatched("U1"))
    other = named.services.cases.get(named.dispatched("U2"))
    part = own.code[:10]
    for person, seen in (("rec1", {own.id}), ("rec2", {other.id}), ("op1", {own.id, other.id})):
        for text in (part, own.code[-8:-2], own.code, other.code):
            refs = {item.ref for item in found(named, text, person) if item.kind == "case"}
            assert refs <= seen, (person, text)
        assert {item.ref for item in found(named, part, person) if item.kind == "case"} == seen


def test_people_are_found_by_whom_they_concern(named: Desk) -> None:
    """The centre finds everybody, a unit its own people, somebody without a unit nobody; no telephone number is told."""
    with named.services.db.read() as conn:
        rows = conn.execute(select(tables.person.c.id, tables.person.c.name, tables.person.c.telephone)).all()
    names = {row.id: row.name for row in rows}
    numbers = {row.telephone for row in rows if row.telephone}
    mine = {key for key, (_, unit) in handmade.STAFF.items() if unit == handmade.STAFF["rec1"][1]}
    for key, name in names.items():
        assert key in [item.ref for item in found(named, name) if item.kind == "person"]
        seen = key in [item.ref for item in found(named, name, "rec1") if item.kind == "person"]
        assert seen == (key in mine), key
        for item in found(named, name):
            assert not any(number in f"{item.title}{item.detail}" for number in numbers)
    lone = Actor("rec1", "", "receiver", "")
    assert not [i for i in named.services.finding.search(names["rec1"], lone) if i.kind == "person"]
    for number in numbers:
        assert not [item for item in found(named, number) if item.kind == "person"]


def test_components_by_code_and_class(named: Desk) -> None:
    """A component is found by its code, beginning and end, the nearest of its class by the class's name; not a removed one."""
    step = 1e-4
    with named.services.db.write() as conn:
        conn.execute(
            insert(tables.component),
            [
                handmade.component("3299110101000777", geom=f"SRID=4490;POINT({LON + step} {LAT})"),
                handmade.component("3299110101000778", geom=f"SRID=4490;POINT({LON + 5 * step} {LAT})"),
                handmade.component("3299110101000779", geom=f"SRID=4490;POINT({LON} {LAT})", state="removed"),
            ],
        )
    for text in ("3299110101000777", "000777", "32991101010007"):
        assert "3299110101000777" in [item.ref for item in found(named, text)], text
    assert "3299110101000779" not in [item.ref for item in found(named, "32991101010007")]
    kind = next(c for c in named.services.handbook.classes if c.kind == "component" and c.code == "0101")
    listed = found(named, kind.name, near=(LON + 5 * step, LAT))
    assert listed[0].kind == "class"
    refs = [item.ref for item in listed if item.kind == "component"]
    assert refs[0] == "3299110101000778"
    assert "3299110101000779" not in refs


def test_entries_follow_the_city(named: Desk) -> None:
    """What is renamed, gone or new is found as that after a refresh; a refresh with nothing new writes nothing."""
    services = named.services
    services.finding.prepare(named.actor("op1"))
    with services.db.write() as conn:
        assert finding_index.refresh(conn) == 0
        conn.execute(update(tables.road).where(tables.road.c.name == "中山路").values(name="孙文路"))
        conn.execute(delete(tables.building).where(tables.building.c.name == "Ａ座大厦"))
        assert finding_index.outdated(conn)
        assert finding_index.refresh(conn) > 0
        assert not finding_index.outdated(conn)
    services.announce(["grid"], [10**6])
    services.finding.prepare(named.actor("op1"))
    assert titles(named, "孙文路", "road") == ["孙文路"]
    assert titles(named, "中山路", "road") == []
    assert titles(named, "a座") == []


def test_a_city_without_entries_gets_them_when_first_asked(named: Desk) -> None:
    """A city that was upgraded, or written past the program, is made findable by the first search."""
    with named.services.db.write() as conn:
        conn.execute(delete(tables.find_entry))
    assert titles(named, "建设路", "road") == ["建设路"]


@in_a_file
def test_pieces_of_a_road_are_one_road_and_its_course_is_whole(named: Desk) -> None:
    """Two pieces end to end are found once, with the whole course; a road of that name far away is another."""
    with named.services.db.write() as conn:
        conn.execute(
            insert(tables.road),
            [line("建设路", (0.009, 0.002), (0.0095, 0.003)), line("建设路", (0.2, 0.2), (0.21, 0.2))],
        )
        finding_index.refresh(conn)
    roads = [item for item in found(named, "建设路") if item.kind == "road" and item.title == "建设路"]
    assert len(roads) == 2
    shapes = [named.services.finding.shape(road) for road in roads]
    assert sorted(len(shape.lines) for shape in shapes if shape) == [1, 2]


def test_how_things_lie(named: Desk) -> None:
    """Areas, grids, units and what a collector walks have a box that holds their place; a crossing is a point."""
    services = named.services
    for text, kind in (("城南街道", "division"), ("南门西", "grid"), ("便民超市", "building")):
        item = next(i for i in found(named, text) if i.kind == kind)
        shape = services.finding.shape(item)
        assert shape is not None and item.lon is not None and item.lat is not None
        west, south, east, north = shape.bounds
        assert west <= item.lon <= east and south <= item.lat <= north
    crossing = next(i for i in found(named, "建设路中山路") if i.kind == "crossing")
    assert services.finding.shape(crossing) is None
    collector = next(i for i in found(named, "col1") if i.kind == "person")
    assert services.finding.shape(collector) is not None


@in_a_file
def test_strange_queries_find_nothing_and_raise_nothing(named: Desk) -> None:
    """Marks, quotes, wild cards, NUL, emoji and very long texts are only texts."""
    for text in (
        "",
        "　",
        "%",
        "'; --",
        "\0",
        "😀",
        "路" * 5000,
        "a" * 5000,
        "1" * 5000,
        "\ud800",
        "%s ? :x",
    ):
        assert isinstance(found(named, text), list)


@in_a_file
def test_a_kind_does_not_take_all_the_room(named: Desk) -> None:
    """Of a short list one kind has no more than a fifth, and one, while others are found too."""
    listed = found(named, "建设", limit=4)
    assert len(listed) == 4
    assert len({item.kind for item in listed}) > 1


def test_codes_of_other_lengths() -> None:
    """Codes of several lengths lie in blocks of their own; ends, beginnings and parts are found in all."""
    import numpy as np

    def block(*codes: str) -> np.ndarray:
        joined = "".join(codes).encode()
        return np.ascontiguousarray(np.frombuffer(joined, np.uint8).reshape(len(codes), -1).T)

    codes = Codes([block("A-1", "B-2"), block("2026-1", "2026-2", "1026-2")])
    assert codes.ending("-2", 9) == ["B-2", "2026-2", "1026-2"]
    assert codes.ending("-2", 1) == ["B-2"]
    assert codes.beginning("2026", 9) == ["2026-2", "2026-1"]
    assert codes.having("26-", 9) == ["2026-2", "2026-1", "1026-2"]
    assert codes.having("x", 9) == codes.having("", 9) == codes.ending("é", 9) == []
    assert len(codes) == 5


def test_lines_of_any_characters() -> None:
    """Texts of two bytes a character and texts of one are looked through alike, at their edges as well."""
    for lines, needle in ((Lines([(7, "建设路"), (9, "路")]), "路"), (Lines([(7, "jsl"), (9, "l")]), "l")):
        at, end = lines.find(needle)
        assert lines.rows(at).tolist() == [7, 9]
        assert lines.begins(at).tolist() == [False, True]
        assert lines.ends(end).tolist() == [True, True]
    assert Lines([]).find("x")[0].tolist() == []
    assert Lines([(1, "abc")]).find("路")[0].tolist() == []
