"""Those who only pass problems on: a street's terminal and a collector report; a collector puts right what they can."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from tests.panels.desk import Desk
from workstation.panels.acceptance import AcceptancePanel
from workstation.panels.acceptance.panel import own_source
from workstation.panels.case import CasePanel
from workstation.panels.case.forms import ArrowForm, read_moves, take
from workstation.shell import registry
from workstation.workflow.case import State


def sit(desk: Desk, post: str) -> Any:
    """Somebody of that post sits down."""
    someone = desk.services.people.with_post(post)[0]
    desk.actors[post] = desk.services.people.actor(someone.id, post)
    return desk.sit(post)


def photo(desk: Desk, role: str, shade: int) -> dict[str, str]:
    """A photograph that is kept, as a command names it."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (shade, shade, shade)).save(out, "JPEG")
    return {
        "sha256": desk.services.photos.add(out.getvalue(), f"{role}.jpg").sha256,
        "role": role,
        "name": f"{role}.jpg",
    }


def fill(desk: Desk, panel: AcceptancePanel, words: str) -> None:
    """Take a report down in the form."""
    lon, lat = desk.place()
    draft = panel.form.draft()
    draft.description, draft.address, draft.address_typed = words, "文昌街与运河路交叉口", True
    draft.lon, draft.lat = lon, lat
    panel.form.set_draft(draft, None)
    desk.settle()


@pytest.mark.article("TY-3-TERMINALS")
@pytest.mark.parametrize("post", ["street_terminal", "collector"])
def test_a_report_is_passed_on_to_the_centre(desk: Desk, post: str) -> None:
    """The form is the operator's, but it reports: the case waits to be accepted, with the source that is theirs."""
    actor = sit(desk, post)
    assert "acceptance" in {item.key for item in registry.panels_for(post, desk.services.handbook)}
    panel = desk.open(AcceptancePanel, 440, 900)
    assert desk.offered(panel) == {"clear", "report"}
    fill(desk, panel, "路面坑洼")
    before = {row.id for row in desk.services.lists.page(_reported(), None, 200).rows}
    panel.actions_bar.take_primary()
    desk.settle()
    rows = [row for row in desk.services.lists.page(_reported(), None, 200).rows if row.id not in before]
    assert len(rows) == 1
    case = desk.services.cases.get(rows[0].id)
    assert case.state is State.REPORTED and case.reported_by == actor.person
    assert case.source == own_source(desk.services.handbook, post) and case.description == "路面坑洼"
    assert not panel.form.draft().description, "ready for the next one"


def test_a_collector_puts_right_what_they_reported(desk: Desk) -> None:
    """自行处置 asks for no more than why and the photographs; without one of after it says what is missing."""
    sit(desk, "collector")
    panel = desk.open(AcceptancePanel, 440, 900)
    fill(desk, panel, "共享单车倒伏")
    before = {row.id for row in desk.services.lists.page(_reported(), None, 200).rows}
    panel.actions_bar.take_primary()
    desk.settle()
    case_id = next(
        row.id for row in desk.services.lists.page(_reported(), None, 200).rows if row.id not in before
    )
    sheet = desk.open(CasePanel, 480, 900)
    moves = read_moves(desk.services, case_id, desk.context.actor)
    form = take(desk.context, moves, next(a for a in moves.arrows if a.name == "self_dispose"), sheet)
    assert isinstance(form, ArrowForm)
    assert not {"description", "address", "source", "kind"} & set(form._fields), "the case says so already"
    desk.settle()
    assert "照片" in form.note.words
    form.field("photos").strip.set_photos([photo(desk, "before", 80)])
    form.field("photos").after.set_photos([photo(desk, "after", 200)])
    form.editor("note").setPlainText("已扶正摆放")
    form.foresee()
    desk.settle()
    assert "停止" in form.note.words
    form.submit()
    desk.settle()
    done = desk.services.cases.get(case_id)
    assert done.state is State.CLOSED and done.filed_at is None
    assert {item.role for item in done.photos} == {"before", "after"}


def _reported() -> Any:
    from workstation.services.lists.filter import CaseFilter

    return CaseFilter(open=True, states=(State.REPORTED,), sort="changed")
