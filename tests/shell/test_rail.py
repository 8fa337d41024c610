"""The rail on a low screen: what has no room is in a menu, and can be opened from there."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from workstation.shell import registry
from workstation.shell.frame.rail import Rail


@pytest.fixture
def rail(qtbot: QtBot) -> Rail:
    """The rail with every panel there is."""
    made = Rail()
    qtbot.addWidget(made)
    made.set_panels(registry.PANELS)
    made.show()
    return made


def test_all_panels_have_a_button_where_there_is_room(rail: Rail) -> None:
    """On a tall screen there is no menu."""
    rail.resize(76, 2000)
    assert not rail.apart and rail.more.isHidden()
    assert all(not rail.button(item.key).isHidden() for item in registry.PANELS)  # type: ignore[union-attr]


def test_what_has_no_room_is_in_the_menu(rail: Rail, qtbot: QtBot) -> None:
    """On a low screen the last panels are in a menu that opens them; its button is lit while one of them is open."""
    rail.resize(76, 400)
    assert rail.apart and not rail.more.isHidden()
    last = rail.apart[-1]
    assert rail.button(last).isHidden()  # type: ignore[union-attr]
    shown = [item.key for item in registry.PANELS if item.key not in rail.apart]
    assert len(shown) * 60 + 2 * 60 <= 400
    rail.set_open(last, True)
    assert rail.more.isChecked()
    rail.more.menu().aboutToShow.emit()
    action = rail.more.menu().actions()[-1]
    assert action.text() == registry.title_of(registry.entry(last)) and action.isChecked()
    with qtbot.waitSignal(rail.asked) as asked:
        action.trigger()
    assert asked.args == [last]
    rail.set_open(last, False)
    assert not rail.more.isChecked()
    rail.recolor()
