"""The cases on the map: lights, groups, hits, selection by box and loop, and that painting never takes long."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF
from pytestqt.qtbot import QtBot

from tests.map.canvas_world import LAT, LON, MAP_CRS, NOW, Case
from workstation.map import overlay_bubbles, overlay_cases
from workstation.map.overlay_bubbles import BubblePictures, count_text, look_of
from workstation.map.overlay_cases import CaseLayer, Touched
from workstation.map.overlay_clusters import cluster, level_of, radius_of
from workstation.map.overlay_markers import LIGHTS, STAGES, MarkerPictures
from workstation.map.overlay_palette import Palette
from workstation.map.transform import Projection
from workstation.map.viewport import Viewport
from workstation.workflow.case import STAGE_OF
from workstation.workflow.clock import light as light_of

PAST = NOW - timedelta(minutes=1)
PROJECTION = Projection(MAP_CRS)


class Grey(Palette):
    """All lights in one grey."""

    def color(self, token: str, alpha: int = 255) -> QColor:
        return QColor("#606060") if token in (*LIGHTS, "text_3") else super().color(token, alpha)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def layer_of(*cases: Case, clock: Clock | None = None) -> CaseLayer:
    """A layer with these cases."""
    layer = CaseLayer(PROJECTION, Palette(), clock or Clock())
    layer.set_cases(cases)
    return layer


def view_at(scale: float = 2000) -> Viewport:
    """A window of 800 x 600 over the middle of the city."""
    x, y = PROJECTION.point_to_map(LON, LAT)
    return Viewport(x, y, PROJECTION.resolution(scale, y), 800, 600)


def spread(count: int, seed: int = 5) -> list[Case]:
    """So many cases over the city."""
    rnd = random.Random(seed)
    states = [state.value for state, stage in STAGE_OF.items() if stage.value != "evaluate"]
    return [
        Case(
            f"c{n}",
            LON + rnd.gauss(0, 0.02),
            LAT + rnd.gauss(0, 0.015),
            rnd.choice(states),
            clock_due_at=NOW + timedelta(hours=rnd.choice([-5, 1, 9])),
            clock_yellow_at=NOW + timedelta(hours=0.5),
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("minutes", [-1, 0, 1, 119, 120, 121, 239, 240, 241, 6000])
def test_lights_on_the_map_are_those_of_the_lists(minutes: int) -> None:
    """At every moment, to the minute around yellow and due, map and list show the same light."""
    clock = Clock()
    case = Case("a")
    layer = layer_of(case, clock=clock)
    clock.now = NOW + timedelta(minutes=minutes)
    layer.refresh_lights()
    assert layer.light("a") == light_of(case.clock_yellow_at, case.clock_due_at, clock.now)


def test_time_alone_turns_a_light() -> None:
    """No data changes, the clock does: the light follows and says that it did, once."""
    clock = Clock()
    layer = layer_of(Case("a"), clock=clock)
    assert layer.light("a") == "green"
    assert not layer.refresh_lights()
    clock.now = NOW + timedelta(hours=5)
    assert layer.refresh_lights()
    assert layer.light("a") == "red"


def test_a_suspended_case_has_no_light() -> None:
    """Its clock stands, so it is neither green nor red, whatever instants it carries."""
    layer = layer_of(Case("a", suspended=True, clock_due_at=NOW - timedelta(days=3)))
    assert layer.light("a") == ""


def test_cases_are_counted_by_stage_and_light() -> None:
    """The layer tree shows how many there are of each."""
    layer = layer_of(
        Case("a", state="filed"),
        Case("b", state="working", clock_due_at=PAST),
        Case("c", state="received", suspended=True),
    )
    stages, lights = layer.counts()
    assert (stages["dispatch"], stages["dispose"], stages["collect"]) == (1, 2, 0)
    assert lights == {"none": 1, "green": 1, "yellow": 0, "red": 1}


def test_hidden_stages_and_lights_are_neither_seen_nor_hit() -> None:
    """Leaving a stage out leaves out its cases for the pointer and the lasso, too."""
    layer = layer_of(Case("a", state="filed"), Case("b", LON + 0.001, state="working", clock_due_at=PAST))
    view = view_at()
    everything = QRectF(0, 0, 800, 600)
    assert layer.inside_rect(view, everything) == {"a", "b"}
    layer.set_hidden(frozenset({"dispatch"}), frozenset())
    assert layer.inside_rect(view, everything) == {"b"}
    assert layer.hit(view, 400, 300) is None
    layer.set_hidden(frozenset(), frozenset({"red"}))
    assert layer.inside_rect(view, everything) == {"a"}


def test_cases_near_each_other_are_one_bubble_far_out_and_part_near() -> None:
    """Four cases 30 m apart are one group at 1:50,000 and four markers at 1:1,000."""
    layer = layer_of(*(Case(f"c{n}", LON + n * 0.0003) for n in range(4)))
    far = layer.hit(view_at(50_000), *layer.screen_position(view_at(50_000), "c1") or (0, 0))
    assert far is not None and set(far.ids) == {"c0", "c1", "c2", "c3"}
    near = view_at(1000)
    for n in range(3):
        hit = layer.hit(near, *layer.screen_position(near, f"c{n}") or (0, 0))
        assert hit is not None and hit.id == f"c{n}"


def test_an_emergency_is_never_hidden_in_a_bubble() -> None:
    """However far out, it stands alone."""
    layer = layer_of(*(Case(f"c{n}", LON + n * 0.0003, emergency=n == 2) for n in range(5)))
    view = view_at(50_000)
    hit = layer.hit(view, *layer.screen_position(view, "c2") or (0, 0))
    assert hit is not None and hit.id == "c2"
    assert len(layer.emergencies(view)) == 1


def test_a_selected_case_is_painted_out_of_its_bubble() -> None:
    """The operator sees what is selected at any scale."""
    layer = layer_of(*(Case(f"c{n}", LON + n * 0.0003) for n in range(5)))
    layer.selection = frozenset({"c3"})
    view = view_at(50_000)
    hit = layer.hit(view, *layer.screen_position(view, "c3") or (0, 0))
    assert hit is not None and hit.id == "c3"


def test_every_case_is_in_exactly_one_group_or_alone() -> None:
    """At every level nothing is lost and nothing is counted twice; the bubble's lights add up to its cases."""
    layer = layer_of(*spread(3000))
    rows = np.arange(3000)
    for scale in (1000, 5000, 20_000, 80_000, 300_000):
        level = level_of(view_at(scale).res)
        found = cluster(layer._x, layer._y, layer._light, rows, radius_of(level))
        seen = np.concatenate([found.singles, *found.members])
        assert sorted(seen.tolist()) == rows.tolist()
        assert [len(m) for m in found.members] == found.lights.sum(axis=1).tolist()


def test_bubbles_hardly_overlap() -> None:
    """At 1:30,000 the middles of bubbles keep at least half a grouping distance, all but a few in a hundred."""
    layer = layer_of(*spread(3000))
    level = level_of(view_at(30_000).res)
    found = cluster(layer._x, layer._y, layer._light, np.arange(3000), radius_of(level))
    gap = np.hypot(found.x[:, None] - found.x[None, :], found.y[:, None] - found.y[None, :])
    np.fill_diagonal(gap, np.inf)
    assert (gap.min(axis=1) < radius_of(level) * 0.5).mean() < 0.05


def test_panning_regroups_nothing() -> None:
    """Groups belong to the ground, not to the window: the same cases stay together while the map is pulled."""
    layer = layer_of(*spread(400))
    view = view_at(40_000)
    before = layer._clusters(view)
    assert layer._clusters(view.panned(173, 91)) is before


def test_cases_at_one_address_fan_out() -> None:
    """Where going nearer cannot part a group, its members stand around it, each to be hit by itself."""
    layer = layer_of(*(Case(f"c{n}") for n in range(5)))
    view = view_at(500)
    group = layer.hit(view, 400, 300)
    assert group is not None and len(group.ids) == 5
    layer.open_fan(group.ids, view)
    places = [layer.screen_position(view, f"c{n}") for n in range(5)]
    assert len({(round(x), round(y)) for x, y in places if x}) == 5
    for n, place in enumerate(places):
        assert place is not None
        hit = layer.hit(view, *place)
        assert hit is not None and hit.id == f"c{n}"
    layer.view_changed(view_at(4000))
    assert layer.fan == ()


def test_a_loop_takes_what_is_inside_it() -> None:
    """A triangle over the left half takes the left case, and the bubble's members one by one."""
    layer = layer_of(Case("west", LON - 0.002), Case("east", LON + 0.002), Case("twin", LON - 0.00201))
    view = view_at(4000)
    loop = QPolygonF([QPointF(0, 0), QPointF(395, 300), QPointF(0, 600)])
    assert layer.inside_polygon(view, loop) == {"west", "twin"}
    assert layer.inside_polygon(view, QPolygonF([QPointF(0, 0), QPointF(9, 9)])) == frozenset()


def test_a_case_without_a_place_on_this_map_is_left_out() -> None:
    """A position that cannot be projected is not painted at the edge of the world."""
    layer = layer_of(Case("a"), Case("lost", float("inf"), float("inf")))
    assert layer.inside_rect(view_at(), QRectF(-1e9, -1e9, 2e9, 2e9)) == {"a"}
    assert layer.extent() is not None


def test_every_stage_and_light_has_a_picture_of_its_own(qtbot: QtBot) -> None:
    """Seven stages by four lights, large and small: no two pictures are equal, not even without colour."""
    pictures = MarkerPictures(Palette())
    for small in (False, True):
        seen = set()
        for stage in STAGES:
            for light in range(4):
                picture = pictures.marker(stage, light, small=small, selected=False, hovered=False, dpr=1.0)
                grey = picture.toImage().convertToFormat(QImage.Format.Format_Grayscale8)
                seen.add(bytes(grey.constBits()))
        assert len(seen) == 28


def test_pictures_are_sharp_on_fine_screens(qtbot: QtBot) -> None:
    """At two pixels a point the picture has twice the pixels and the same size."""
    pictures = MarkerPictures(Palette())
    plain = pictures.marker("dispatch", 1, small=False, selected=False, hovered=False, dpr=1.0)
    fine = pictures.marker("dispatch", 1, small=False, selected=False, hovered=False, dpr=2.0)
    assert fine.width() == pytest.approx(2 * plain.width(), abs=3)
    assert fine.deviceIndependentSize().width() == pytest.approx(plain.width(), abs=1.5)


def painted(layer: CaseLayer, view: Viewport) -> QImage:
    """What a layer paints of a view, on nothing."""
    image = QImage(view.width, view.height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    layer.paint(painter, view, 1.0, QRectF(0, 0, view.width, view.height))
    painter.end()
    return image


@pytest.mark.parametrize("scale", [60_000, 3000])
def test_a_painting_that_has_no_time_is_made_good(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, scale: float
) -> None:
    """With no time for new pictures every case is shown plainly and the layer owes; made a few at a time they are there
    with the next painting, and all cases stand where they stood."""
    layer = layer_of(*spread(400))
    view = view_at(scale)
    monkeypatch.setattr(overlay_cases, "NEW_PICTURES_S", -1.0)
    plain = painted(layer, view)
    assert layer.owing
    turns = 1
    while not layer.make_pictures(0.0):
        turns += 1
    assert turns > 3 and not layer.owing
    whole = painted(layer, view)
    assert not layer.owing and painted(layer, view) == whole
    assert plain != whole
    rows = layer._alone(view)
    places = list(zip(*view.to_screen_arrays(layer._x[rows], layer._y[rows]), strict=True))
    groups = layer._clusters(view)
    places += list(zip(*view.to_screen_arrays(groups.x, groups.y), strict=True))
    inside = [(round(x), round(y)) for x, y in places if 0 <= x < 799 and 0 <= y < 599]
    assert len(inside) > 10
    for x, y in inside:
        assert plain.pixelColor(x, y).alpha() > 0 and whole.pixelColor(x, y).alpha() > 0


def test_bubbles_tell_lights_without_colour(qtbot: QtBot) -> None:
    """In one grey the rings of bubbles all overdue, all due soon, all in time and without a clock differ, and so does a
    bubble with one overdue case from one without."""
    layer = layer_of(*(Case(f"c{n}") for n in range(6)))
    looks = [
        look_of(lights, 0, hovered=False)
        for lights in ((6, 0, 0, 0), (0, 6, 0, 0), (0, 0, 6, 0), (0, 0, 0, 6), (0, 5, 0, 1))
    ]
    pictures = BubblePictures(Grey())
    greys = {bytes(pictures.picture(look, "6", 1.0).toImage().constBits()) for look in looks}
    assert len(greys) == 5 and len(layer) == 6


def test_a_bubble_is_ringed_when_its_cases_are_selected() -> None:
    """Some or all: a ring of its own for each; a few selected stand alone instead, many stay where they are."""
    cases = spread(1000)
    layer = layer_of(*cases)
    view = view_at(60_000)
    before = len(layer._clusters(view).members)
    layer.selection = frozenset(case.id for case in cases)
    groups = layer._clusters(view)
    assert len(groups.members) == before
    assert {look.selected for look, _ in layer._looks_of(groups, level_of(view.res))} == {2}
    layer.selection = frozenset(case.id for case in cases[:500])
    assert 1 in {look.selected for look, _ in layer._looks_of(layer._clusters(view), level_of(view.res))}
    layer.selection = frozenset(case.id for case in cases[:100])
    assert {look.selected for look, _ in layer._looks_of(layer._clusters(view), level_of(view.res))} == {0}
    assert set(np.flatnonzero(layer._selected)) <= set(layer._order(view).tolist())


def test_bubbles_kept_are_bounded(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many different ones a shift brings, their memory does not grow without end, and the newest is there."""
    monkeypatch.setattr(overlay_bubbles, "MOST_BYTES", 200_000)
    pictures = BubblePictures(Palette())
    for count in range(2, 90):
        look = look_of((count % 3, count, count % 5, 0), 0, hovered=False)
        pictures.picture(look, str(count), 1.0)
        assert pictures.known(look, str(count), 1.0) is not None
    assert sum(p.width() * p.height() * 4 for p in pictures._whole.values()) <= 200_000


@pytest.mark.parametrize(
    ("total", "text"), [(2, "2"), (999, "999"), (1000, "1.0k"), (12_345, "12.3k"), (99_999, "99k+")]
)
def test_the_count_of_a_bubble_fits_it(total: int, text: str) -> None:
    """Never more than five signs, whatever a city reports in a day."""
    assert count_text(total) == text


def test_what_waits_for_me_stands_in_front() -> None:
    """Far out, among five cases in one bubble, the one that waits for the person at this seat is hit by itself."""
    layer = layer_of(*(Case(f"c{n}", LON + n * 0.0003) for n in range(5)))
    view = view_at(50_000)
    layer.set_focus({"c2", "gone"})
    place = layer.screen_position(view, "c2") or (0, 0)
    hit = layer.hit(view, *place)
    assert hit is not None and hit.id == "c2"
    layer.set_cases([Case(f"c{n}", LON + n * 0.0003) for n in range(5)])
    hit = layer.hit(view, *place)
    assert hit is not None and hit.id == "c2"


def test_when_everything_waits_nothing_is_in_front() -> None:
    """A thousand waiting cases are grouped like any others."""
    cases = spread(1000)
    layer = layer_of(*cases)
    layer.set_focus(case.id for case in cases)
    assert len(layer._clusters(view_at(60_000)).members) > 10


def same(one: CaseLayer, other: CaseLayer) -> bool:
    """Whether two layers show the same, wherever it lies in their arrays."""
    ids = [sorted(layer._row) for layer in (one, other)]
    return ids[0] == ids[1] and all(
        one.marker(i) == other.marker(i)
        and one.light(i) == other.light(i)
        and one.position(i) == other.position(i)
        and one._stage[one._row[i]] == other._stage[other._row[i]]
        and one._emergency[one._row[i]] == other._emergency[other._row[i]]
        and one._apart[one._row[i]] == other._apart[other._row[i]]
        for i in ids[0]
    )


def test_touching_some_cases_is_as_good_as_reading_all() -> None:
    """Cases that change, come, go and move one by one leave the layer as if all had been set anew."""
    rnd = random.Random(7)
    cases = {case.id: case for case in spread(60)}
    layer = layer_of(*cases.values())
    layer.set_focus(list(cases)[:5])
    for step in range(120):
        touched = [*rnd.sample(sorted(cases), min(len(cases), rnd.randint(1, 3))), f"new{step}"]
        for case_id in touched:
            fate = rnd.random()
            if fate < 0.2:
                cases.pop(case_id, None)
            elif fate < 0.5 or case_id not in cases:
                cases[case_id] = Case(case_id, LON + rnd.gauss(0, 0.02), LAT, emergency=rnd.random() < 0.3)
            else:
                due = NOW + timedelta(minutes=rnd.randint(-60, 60))
                cases[case_id] = replace(
                    cases[case_id], clock_due_at=due, clock_yellow_at=due - timedelta(minutes=20)
                )
        layer.touch(touched, [cases[i] for i in touched if i in cases])
    fresh = layer_of(*cases.values())
    fresh.set_focus(layer._focus)
    assert same(layer, fresh) and len(layer) == len(cases)


def test_touching_tells_where_to_paint() -> None:
    """A case that looks as before costs no painting; another light is painted at its place; one that moves, everywhere."""
    layer = layer_of(*(Case(f"c{n}", LON + n * 0.01) for n in range(4)))
    assert layer.touch(["c1"], [Case("c1", LON + 0.01)]) == Touched((), False)
    assert layer.touch(["elsewhere"], []) == Touched((), False)
    late = Case("c1", LON + 0.01, clock_yellow_at=PAST, clock_due_at=PAST)
    told = layer.touch(["c1"], [late])
    assert told == Touched((layer.position("c1"),), False) and layer.light("c1") == "red"
    before = layer.position("c2")
    told = layer.touch(["c2"], [Case("c2", LON - 0.02)])
    assert told.others and set(told.places) == {before, layer.position("c2")}
