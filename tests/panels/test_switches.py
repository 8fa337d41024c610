"""推荐与自动派遣: who may switch what, what was done by itself as a list, and how often what is recommended is followed."""

from __future__ import annotations

from tests.panels.desk import Desk
from workstation.panels.common.switches import SwitchDialog
from workstation.shell.widgets.tables import choose
from workstation.workflow.case import State


def opened(desk: Desk) -> SwitchDialog:
    """The dialog, read."""
    dialog = SwitchDialog(desk.context)
    desk._panels.append(dialog)  # type: ignore[arg-type]
    dialog.open()
    desk.settle()
    return dialog


def test_only_who_may_switches(desk: Desk) -> None:
    """The commander switches both and the threshold; a dispatcher may only stop the automatic, and is told who may more."""
    desk.employ("boss", "commander")
    desk.sit("boss")
    dialog = opened(desk)
    assert dialog.recommend.isChecked() and not dialog.automatic.isChecked()
    assert dialog.recommend.isEnabled() and dialog.automatic.isEnabled() and dialog.threshold.isEnabled()
    dialog.automatic.click()
    dialog.threshold.setValue(5.5)
    desk.settle()
    switches = desk.services.recommending.switches()
    assert switches.automatic and switches.rules.threshold == 5.5
    desk.sit("dispatcher")
    other = opened(desk)
    assert not other.recommend.isEnabled() and not other.threshold.isEnabled()
    assert other.automatic.isEnabled() and other.automatic.isChecked() and "指挥长" in other.note.text()
    other.automatic.click()
    desk.settle()
    assert not desk.services.recommending.switches().automatic
    assert not other.automatic.isEnabled()
    desk.sit("operator")
    third = opened(desk)
    assert not third.automatic.isEnabled()


def test_switched_off_nothing_is_suggested(desk: Desk) -> None:
    """With the recommender off the dispatch panel shows no suggestions, and chooses nobody."""
    from workstation.panels.dispatch import DispatchPanel

    case = desk.case("filed")
    boss = desk.employ("boss", "commander")
    desk.services.automatic.set("dispatch.recommend", "off", boss)
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    desk.select(panel, case)
    assert panel.choice.suggestions.isHidden() and panel.choice.tree.chosen == ""


def test_what_was_done_by_itself_is_listed_and_taken_back(desk: Desk) -> None:
    """What the seat dispatched stands in the list with its reasons; 撤回派遣 takes it back, and it is counted."""
    with desk.services.db.read() as conn:
        component = conn.exec_driver_sql(
            "SELECT code FROM component WHERE maintainer_code IN (SELECT code FROM unit) LIMIT 1"
        ).scalar_one()
    case = desk.case("filed", component=component)
    boss = desk.employ("boss", "commander")
    desk.services.automatic.set("dispatch.weights", '{"verdict": {"wait_seconds": 0}}', boss)
    desk.services.automatic.set("dispatch.automatic", "on", boss)
    desk.sit("dispatcher")
    desk.context._look_after()
    desk.settle()
    assert desk.now_of(case).state is State.DISPATCHED and "自动派遣" in desk.said()
    dialog = opened(desk)
    assert choose(dialog.table, case.id) and "自动派遣" in dialog.figures.text()
    assert dialog.back_button.isEnabled()
    seen: list[str] = []
    desk.context.case_requested.connect(seen.append)
    dialog.open_case()
    assert seen == [case.id]
    dialog.take_back()
    desk.settle()
    assert desk.now_of(case).state is State.FILED
    assert choose(dialog.table, case.id) and not dialog.back_button.isEnabled()
    assert "撤回或退回 1 件" in dialog.figures.text()
    desk.context._look_after()
    desk.settle()
    assert desk.now_of(case).state is State.FILED
