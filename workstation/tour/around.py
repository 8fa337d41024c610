"""The second half of the play: the ways around, with cases that the city has: a disputed responsibility up to its ruling, an
extension, a second dispatch inside a district, urging many at once, and the centre's own papers.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from ..services.lists.filter import CaseFilter
from ..workflow.case import State
from .director import Director, TourError


def play(d: Director) -> None:
    """Play the half-day. TourError where it does not go on."""
    case_id, unit = coordinate(d)
    rule(d, case_id, unit)
    inside(d)
    extend(d)
    urge(d)
    command(d)
    papers(d)


# ---- whose it is --------------------------------------------------------------------------------------------------


def coordinate(d: Director) -> tuple[str, str]:
    """Nobody says a filed case is theirs: the dispatcher asks for a coordination, and takes it to the next body."""
    d.begin("coordination: nobody says it is theirs")
    d.sit_down("dispatcher")
    case_id = _first(d, CaseFilter(open=True, states=(State.FILED,), coordinating=False), _disputable)
    panel = d.panel("dispatch")
    d.choose_row(panel, "filed", case_id)
    panel.actions_bar.choose("more", "coordinate")
    dialog = d.wait("the question who is concerned", d.dialog)
    d.write(dialog.field("reason").edit, "新建路段尚未移交，两单位均认为不属本单位职责。")
    d.rest()
    d.picture("coordination-asked", over=dialog)
    d.press(dialog.ok)
    d.wait("the coordination", lambda: d.case(case_id).coordinating)
    d.rest()
    panel = d.panel("coordination")
    d.choose_row(panel, "open", case_id)
    d.press(panel.actions_bar.button("escalate"))
    dialog = d.wait("the question for words", d.dialog)
    d.press(dialog.ok)
    d.wait("the next body", lambda: len(d.case(case_id).coordinating.steps) > 1)
    units = d.case(case_id).coordinating.units
    if not units:
        raise TourError(d.step, "no unit is concerned")
    return case_id, str(units[0])


def rule(d: Director, case_id: str, unit: str) -> None:
    """The commander writes down what was decided; it binds, and the case can only go there."""
    d.begin("coordination: a ruling that binds")
    d.sit_down("commander")
    panel = d.panel("coordination")
    d.choose_row(panel, "mine", case_id)
    d.pick(panel.decide.unit, unit)
    d.write(panel.decide.decision, "按属地管理原则，由该单位负责处置，不得退回。")
    d.read_on(panel.decide)
    d.picture("coordination-ruling")
    d.press(panel.actions_bar.button("decide"))
    d.wait("the ruling", lambda: d.case(case_id).ruled_unit == unit)
    d.rest()


# ---- what a unit does ---------------------------------------------------------------------------------------------


def inside(d: Director) -> None:
    """A district sends what the city sent it on to one of its own units."""
    d.begin("disposal: a district dispatches inside itself")
    d.sit_down("dispatcher")
    heads = {p.unit: p.id for p in d.context.services.people.with_post("district_dispatcher")}
    wanted = CaseFilter(
        open=True, states=(State.RECEIVED,), suspended=False, inner_states=("",), light="green"
    )
    row = next((row for row in _rows(d, wanted) if row.unit in heads and not row.pending), None)
    if row is None:
        raise TourError(d.step, "no district has a case that it has not sent on")
    d.sit_down("district_dispatcher", unit=row.unit)
    panel = d.panel("disposal")
    d.choose_row(panel, "hand", row.id)
    d.picture("inside-a-district")
    d.press(panel.actions_bar.button("dispatch_inside"))
    d.wait("the inner order", lambda: d.case(row.id).inner)
    d.rest()


def extend(d: Director) -> None:
    """A unit needs more time: it sees what it would get before it asks, its head agrees where the handbook says so, and the
    dispatcher sees what would be given."""
    d.begin("extension: asked for and granted")
    d.sit_down("dispatcher")
    wanted = CaseFilter(
        open=True, states=(State.RECEIVED,), suspended=False, light="green", inner_states=("",)
    )
    rules, people = d.context.services.handbook.rules, d.context.services.people
    seats = {p.unit for p in people.with_post("receiver")}
    endorsed = "extension" in rules.endorsed
    if endorsed:
        seats &= {p.unit for p in people.with_post(rules.endorser)}
    now = d.context.services.now()
    rows = [
        row
        for row in _rows(d, wanted)
        if row.unit in seats
        and not row.pending
        and row.dispose_due_at
        and timedelta(days=1) < row.dispose_due_at - now < timedelta(days=8)
    ]
    if not rows:
        raise TourError(d.step, "no unit has a case in hand that is in time")
    row = rows[-1]
    d.sit_down("receiver", unit=row.unit)
    panel = d.panel("disposal")
    d.choose_row(panel, "hand", row.id)
    panel.actions_bar.choose("ask", "ask_extension")
    dialog = d.wait("the application", d.dialog)
    d.write(dialog.field("reason").edit, "配件需从外地调运，预计三日到货。")
    d.rest()
    d.picture("extension-asked", over=dialog)
    d.press(dialog.ok)
    d.wait("the application", lambda: d.case(row.id).pending("extension"))
    if endorsed:
        d.sit_down(rules.endorser, unit=row.unit)
        panel = d.panel("disposal")
        d.choose_row(panel, "endorse", row.id)
        d.press(panel.actions_bar.button("endorse"))
        d.wait("the head's word", lambda: d.case(row.id).requests[-1].endorsed_at)
        d.rest()
    d.sit_down("dispatcher")
    panel = d.panel("dispatch")
    d.choose_row(panel, "requests", row.id)
    d.panel("case").show_part("clocks")
    d.rest()
    d.picture("extension-granted")
    d.press(panel.actions_bar.button("grant"))
    d.wait("the answer", lambda: d.case(row.id).requests[-1].answer == "granted")
    d.rest()


# ---- above and beside ---------------------------------------------------------------------------------------------


def urge(d: Director) -> None:
    """Everything that is late is urged at once; each gets its own entry."""
    d.begin("supervision: many are urged at once")
    panel = d.panel("supervision")
    d.wait("what is late", lambda: panel.board is not None and panel.table.model().rowCount() > 0)
    panel.table.selectAll()
    d.rest()
    ids = panel.table.chosen()
    d.press(panel.actions_bar.button("urge"))
    dialog = d.wait("the words", d.dialog)
    d.write(dialog.note.edit, "已超期，请今日内办结并反馈。")
    d.rest()
    d.picture("urging-many", over=dialog)
    d.press(dialog.ok)
    d.wait(
        "the urging",
        lambda: any(x.kind == "urge" and x.note.startswith("已超期") for x in d.case(ids[0]).directions),
    )
    d.wait("the end of the question", lambda: d.dialog() is None)


def command(d: Director) -> None:
    """The commander follows an operation as its units answer, and holds the regular meeting."""
    d.begin("command and meeting")
    d.sit_down("commander")
    panel = d.panel("command")
    d.wait("an operation", lambda: panel.list.count() > 0 or not panel.tabs.isVisible())
    d.picture("operation")
    panel = d.panel("meeting")
    d.rest()
    d.press(panel.actions_bar.button("hold"))
    d.wait(
        "the meeting",
        lambda: panel.agenda is not None and panel.agenda.meeting is not None and panel.tree.case_id,
    )
    d.rest()
    d.picture("meeting")


def papers(d: Director) -> None:
    """The shift is handed over; whom to call; the handbook and the calendar that everything goes by."""
    d.begin("handover, contacts, handbook and calendar")
    d.sit_down("dispatcher")
    d.panel("handover")
    d.rest()
    d.picture("handover")
    d.sit_down("admin")
    for key in ("contacts", "handbook", "calendar"):
        panel = d.panel(key)
        d.rest()
        if key == "handbook":
            panel.show_page("rules")
        d.picture(key)


# ---- parts --------------------------------------------------------------------------------------------------------


def _rows(d: Director, wanted: CaseFilter) -> list[Any]:
    return list(d.ask(lambda: d.context.services.lists.page(wanted, None, 400).rows))


def _disputable(d: Director, case_id: str) -> bool:
    """Whether there are units to be asked whose it is: of a class that nobody has the duty for there are none."""
    services = d.context.services
    return bool(d.ask(lambda: services.recommending.recommend(services.cases.get(case_id))).ranked)


def _first(
    d: Director, wanted: CaseFilter, fits: Callable[[Director, str], bool] = lambda _d, _id: True
) -> str:
    rows = [row for row in _rows(d, wanted) if fits(d, row.id)]
    if not rows:
        raise TourError(d.step, "the city has no case for this")
    return str(next((row for row in rows if not row.pending), rows[0]).id)
