"""In a demo city people walk while the program runs, and a menu stops them; a real city has neither."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from PySide6.QtWidgets import QWidget

from tests.panels.desk import Desk
from workstation.shell.menus import demopatrol
from workstation.shell.menus.actions import Actions
from workstation.shell.menus.demopatrol import DemoPatrol
from workstation.store.errors import StoreError


def offered(desk: Desk) -> tuple[DemoPatrol, Any]:
    """The patrol of the desk's context and its switch, in a window that has no more than it needs."""
    desk.sit("dispatcher")
    host = QWidget()
    desk.qtbot.addWidget(host)
    window = SimpleNamespace(context=desk.context, actions_=Actions(host))
    demopatrol.offer(window)  # type: ignore[arg-type]
    patrol = desk.context.findChild(DemoPatrol)
    assert patrol is not None
    return patrol, window.actions_.action("map.patrols")


def newest(desk: Desk) -> str:
    """When anybody was heard of last."""
    with desk.services.db.read() as conn:
        return str(conn.exec_driver_sql("SELECT max(at) FROM mobile_place").scalar())


def test_a_demo_city_is_fed_until_it_is_switched_off(desk: Desk) -> None:
    """The switch is seen once it is known that the city is a demo; off, nothing more is told, and that is remembered."""
    patrol, switch = offered(desk)
    assert not switch.isVisible()
    before = newest(desk)
    now = desk.services.now()
    desk.services.now = lambda: now + timedelta(minutes=30)
    patrol.look()
    desk.settle()
    assert switch.isVisible() and switch.isChecked() and newest(desk) > before
    switch.trigger()
    assert not patrol.on and not patrol._timer.isActive()
    _, again = offered(desk)  # somebody else sits down: the menu is made anew
    assert again.isVisible() and not again.isChecked()
    again.trigger()
    assert patrol.on and patrol._timer.isActive()
    patrol._not_fed(StoreError("read_only"))
    assert not patrol._timer.isActive()


def test_a_real_city_has_no_such_switch(desk: Desk) -> None:
    """Without the mark of a demo nobody is made to walk."""
    with desk.services.db.write() as conn:
        conn.exec_driver_sql("DELETE FROM city WHERE key = 'demo'")
    patrol, switch = offered(desk)
    before = newest(desk)
    patrol.look()
    desk.settle()
    patrol.feed()
    desk.settle()
    assert not switch.isVisible() and newest(desk) == before
