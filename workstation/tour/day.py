"""The play: a litter bin reported by telephone goes round the loop, with a wrong dispatch taken back and a verification that fails.

Every step is made on the panel where a person would make it, under the post that may make it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QPointF

from ..demo.pictures import photograph
from ..panels.common.unit_tree import UnitTree
from .director import Director, TourError

LITTER_BIN = "0305"
CLOSE_UP = 2500
"""Scale of the map while working on one place."""


@dataclass
class Story:
    """What the steps hand on to each other."""

    folder: Path
    case_id: str = ""
    code: str = ""
    lon: float = 0.0
    lat: float = 0.0
    unit: str = ""


def play(director: Director, folder: Path) -> Story:
    """Play the whole day; ``folder`` takes the photographs that people add. TourError where it does not go on."""
    story = Story(folder)
    login(director)
    register(director, story)
    check(director, story)
    file(director, story)
    dispatch(director, story)
    dispose(director, story, "已更换损坏箱体，周边已清扫", done=False, picture="disposal")
    verify(director, story, passed=False)
    decide(director, story, "dispose_again", "dispatched")
    dispose(director, story, "已重新安装箱盖并加固，现场已复查", done=True, picture="second-disposal")
    verify(director, story, passed=True)
    decide(director, story, "close", "closed")
    look_back(director, story)
    evaluate(director, story)
    return story


def login(d: Director) -> None:
    """The window as it greets whoever sits down."""
    d.begin("login")
    d.wait("the login page", lambda: d._login_page() is not None)
    d.picture("login")


def register(d: Director, story: Story) -> None:
    """A telephone call: an operator registers it, the component picked on the map, and sends a collector to check."""
    d.begin("acceptance: a call is registered and sent to be checked")
    d.sit_down("operator")
    d.picture("operator-desk")
    bin_ = _a_quiet_bin(d)
    panel = d.panel("acceptance")
    panel.new_report()
    form = panel.form
    source = form.source.findData("hotline_12319")
    form.source.setCurrentIndex(max(source, 0))
    d.canvas.fly_to(bin_.lon, bin_.lat, CLOSE_UP)
    d.wait_for_map()
    form.position.pick_component()
    d.click_map(bin_.lon, bin_.lat)
    d.wait("the component in the form", lambda: form.position.component == bin_.code)
    d.rest()
    d.write(form.description, "市民来电反映：路边垃圾箱箱体破损，垃圾外溢，影响通行。")
    form.photos.add_files([str(_photo(story, False, "report.jpg"))])
    d.wait("the photograph", lambda: len(form.photos.photos()) == 1)
    d.picture("acceptance")
    # Who calls is typed after the picture: no picture of the program names anybody.
    d.write(form.reporter, "刘女士")
    d.write(form.phone, "13900000000")
    known = {marker.id for marker in d.ask(d.context.services.lists.markers)}
    d.press(panel.actions_bar.button("register_send"))
    made = d.wait("the new case", lambda: _new_case(d, known))
    story.case_id, story.lon, story.lat = made.id, made.lon, made.lat
    case = d.until_state(story.case_id, "checking")
    story.code = case.code


def check(d: Director, story: Story) -> None:
    """The collector has called back: the operator records what was found."""
    d.begin("acceptance: the result of the check is recorded")
    panel = d.panel("acceptance")
    d.choose_row(panel, "checking", story.case_id)
    d.write(panel.checks.note, "现场核实属实，箱体破损，需更换。")
    panel.checks.photos.add_files([str(_photo(story, False, "check.jpg"))])
    d.wait("the photograph", lambda: len(panel.checks.photos.photos()) == 1)
    d.picture("check")
    d.press(panel.actions_bar.button("true_report"))
    d.until_state(story.case_id, "checked")


def file(d: Director, story: Story) -> None:
    """The shift leader files it: condition, limit, closing standard and deadline before the button is pressed."""
    d.begin("filing: the shift leader files the case")
    d.sit_down("shift_leader")
    panel = d.panel("filing")
    d.choose_row(panel, "ready", story.case_id)
    panel.conditions.choose(2)
    d.read_on(panel.conditions)
    d.picture("filing")
    d.press(panel.actions_bar.button("file"))
    d.until_state(story.case_id, "filed")


def dispatch(d: Director, story: Story) -> None:
    """The dispatcher drags it: first onto a wrong area, taken back, then onto the right one."""
    d.begin("dispatch: dragged onto a unit's area, taken back, dragged again")
    d.sit_down("dispatcher")
    panel = d.panel("dispatch")
    d.canvas.fly_to(story.lon, story.lat, 9000)
    d.choose_row(panel, "filed", story.case_id)
    d.picture("dispatch-suggestions")
    suggested = [s.unit for s in panel.view.suggestions]
    if not suggested:
        raise TourError(d.step, "nobody is suggested for the case")
    wrong = _carry(d, story, lambda units: suggested[0] not in units, "dispatch-drag-elsewhere")
    if not wrong:
        raise TourError(d.step, "no area on the map takes the case")
    d.until_state(story.case_id, "dispatched")
    d.press_text("撤销")
    d.until_state(story.case_id, "filed")
    d.choose_row(panel, "filed", story.case_id)
    unit = _carry(d, story, lambda units: suggested[0] in units, "dispatch-drag") or _carry_to_tree(
        d, story, panel.choice.tree, suggested[0]
    )
    case = d.until_state(story.case_id, "dispatched")
    if case.lead is None or case.lead.unit != unit or unit == wrong:
        raise TourError(d.step, f"the case went to {case.lead}, not to {unit}")
    story.unit = unit
    d.picture("dispatched")


def dispose(d: Director, story: Story, note: str, *, done: bool, picture: str) -> None:
    """The unit receives it, goes there, and feeds back with a photograph."""
    d.begin("disposal: received and fed back")
    d.sit_down("receiver", unit=story.unit)
    panel = d.panel("disposal")
    d.choose_row(panel, "new", story.case_id)
    d.press(panel.actions_bar.button("receive"))
    d.until_state(story.case_id, "received")
    d.choose_row(panel, "hand", story.case_id)
    d.press(panel.actions_bar.button("on_scene"))
    d.until_state(story.case_id, "working")
    d.choose_row(panel, "hand", story.case_id)
    d.write(panel.note, note)
    panel.photos.add_files([str(_photo(story, done, f"{picture}.jpg"))])
    d.wait("the photograph", lambda: len(panel.photos.photos()) == 1)
    d.picture(picture)
    d.press(panel.actions_bar.button("feed_back"))
    d.until_state(story.case_id, "fed_back")


def verify(d: Director, story: Story, *, passed: bool) -> None:
    """The operator has it verified and records what the collector saw."""
    d.begin(f"verification: {'passed' if passed else 'failed'}")
    d.sit_down("operator")
    panel = d.panel("verification")
    d.choose_row(panel, "fed_back", story.case_id)
    d.press(panel.actions_bar.button("send_verify"))
    d.until_state(story.case_id, "verifying")
    d.choose_row(panel, "verifying", story.case_id)
    d.write(
        panel.note,
        "箱体完好，周边干净，符合结案标准。" if passed else "箱盖缺失，垃圾仍外露，不符合结案标准。",
    )
    panel.photos.add_files([str(_photo(story, passed, f"verify-{passed}.jpg"))])
    d.wait("the photograph", lambda: len(panel.photos.photos()) == 1)
    d.read_on(panel.note)
    d.picture("verification-passed" if passed else "verification-failed")
    d.press(panel.actions_bar.button("pass" if passed else "fail"))
    d.wait(
        "the result", lambda: d.case(story.case_id).verifications[-1].result == ("pass" if passed else "fail")
    )
    d.rest()


def decide(d: Director, story: Story, outcome: str, state: str) -> None:
    """The shift leader takes one of the four outcomes."""
    d.begin(f"closing: {outcome}")
    d.sit_down("shift_leader")
    panel = d.panel("verification")
    d.choose_row(panel, "found", story.case_id)
    d.read_on(panel.outcomes)
    d.picture(f"outcome-{outcome.replace('_', '-')}")
    d.press(panel.outcomes.buttons[outcome])
    if outcome != "close":
        dialog = d.wait("the question for the reason", d.dialog)
        d.write(dialog.edit, "核查不合格，请按结案标准重新处置。")
        d.press(dialog.ok)
    d.until_state(story.case_id, state)


def look_back(d: Director, story: Story) -> None:
    """The case's sheet with everything that happened and its clocks."""
    d.begin("the case's sheet")
    d.context.show_case(story.case_id)
    d.canvas.fly_to(story.lon, story.lat, CLOSE_UP)
    d.rest()
    d.picture("case")


def evaluate(d: Director, story: Story) -> None:
    """The evaluator sees it in the figures, opens the cases behind one, and exports the document."""
    d.begin("evaluation: table, chart, and PDF")
    d.sit_down("evaluator")
    panel = d.panel("evaluation")
    panel.choose("days30")
    report = d.wait("the report", lambda: panel.report)
    d.rest()
    if not any(row.key == story.unit for row in report.rows):
        raise TourError(d.step, f"the unit {story.unit} is not in the evaluation")
    d.picture("evaluation")
    path = d.out / "evaluation.pdf"
    panel.export(path)
    d.wait("the PDF", lambda: path.exists() and path.stat().st_size > 5000)
    d.rest()


# ---- parts ------------------------------------------------------------------------------------------------------


def _a_quiet_bin(d: Director) -> Any:
    """A litter bin that nobody has reported yet, near the middle of the city."""
    services = d.context.services
    lon, lat = services.city.center

    def find() -> Any:
        for bin_ in services.places.components_near(lon, lat, 1500.0, LITTER_BIN, limit=200):
            if not services.places.nearby_cases(bin_.lon, bin_.lat, LITTER_BIN, 60.0, 24 * 60):
                return bin_
        return None

    found = d.ask(find)
    if found is None:
        raise TourError(d.step, "the city has no litter bin without an open case near its middle")
    return found


def _new_case(d: Director, known: set[str]) -> Any:
    return next(
        (marker for marker in d.ask(d.context.services.lists.markers) if marker.id not in known), None
    )


def _carry(d: Director, story: Story, wanted: Callable[[list[str]], bool], picture: str) -> str:
    """Drag the case from its place to the nearest spot whose areas are wanted, take a picture in the air, and let go.

    The unit that got it; "" where no area in view is wanted.
    """
    canvas, drops = d.canvas, d.canvas.drops
    start = d.pixel(story.lon, story.lat)
    spots = [
        QPoint(canvas.width() * x // 24, canvas.height() * y // 24)
        for x in range(3, 22)
        for y in range(3, 22)
    ]
    for spot in sorted(spots, key=lambda p: (p - start).manhattanLength()):
        units = canvas.units.at(*canvas.view.to_map(spot.x(), spot.y()))
        if not units or not wanted(units):
            continue
        mime = d.drag_over(canvas, [story.case_id], _way(start, spot))
        d.wait("what a drop would do", lambda: drops.state.info)
        unit = drops.state.target
        if unit and wanted([unit]) and drops.state.allowed(unit):
            d.picture(picture)
            drops.choose(drops.state.here.index(unit) + 1)  # where areas overlap, as its number key does
            d.drop(canvas, mime, spot)
            return unit
        drops.finish()
    return ""


def _carry_to_tree(d: Director, story: Story, tree: UnitTree, unit: str) -> str:
    """Drag the case onto a unit in the tree: a unit without an area of its own is nowhere on the map."""
    tree.choose(unit)
    d.rest()
    place = tree.visualRect(tree.currentIndex()).center()
    mime = d.drag_over(tree.viewport(), [story.case_id], [QPointF(place)])
    d.picture("dispatch-drag")
    d.drop(tree.viewport(), mime, place)
    return unit


def _way(start: QPoint, end: QPoint, steps: int = 12) -> list[QPointF]:
    return [QPointF(start) + (QPointF(end) - QPointF(start)) * (n / steps) for n in range(steps + 1)]


def _photo(story: Story, done: bool, name: str) -> Path:
    path = story.folder / name
    path.write_bytes(photograph("bin", done))
    return path
