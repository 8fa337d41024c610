"""The program at a seat's address: nothing of the city before the sign-in, then the city as the person; ended from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.server.seats import Seats
from tests.shell.test_app import Client, page
from workstation import app
from workstation.services.accounts import passwords
from workstation.services.accounts.entry import ServerEntry
from workstation.services.services import Services
from workstation.shell.door.pages import ProblemPage
from workstation.shell.door.signin import NewPasswordPage, SignInPage

pytestmark = pytest.mark.postgis

OWN = "Hongqiao-2026"
WAIT = 60_000


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proofs in no time."""
    monkeypatch.setattr(passwords, "MEMORY_KIB", 64)


def test_somebody_works_at_a_seat_of_the_server(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seats: Seats
) -> None:
    """The gate asks; a password of one's own; the city is there as the person; a sign-in elsewhere sends this seat to the door."""
    monkeypatch.setenv("WORKSTATION_HOME", str(tmp_path / "home"))
    services = Services.open(seats.url)
    given = services.accounts.open_as_owner("st1")
    services.close()
    ini = tmp_path / "shell.ini"
    settings = QSettings(str(ini), QSettings.Format.IniFormat)
    station = app.Workstation(qapp, settings, "day", Client())  # type: ignore[arg-type]
    station.window.show()
    try:
        station.open(seats.seat_url, "st1")
        qtbot.waitUntil(lambda: isinstance(page(station), SignInPage), timeout=WAIT)
        assert station.city is None, "nothing of the city is open yet"
        door = page(station)
        door.password.setText(given)
        door.ok.click()
        qtbot.waitUntil(lambda: isinstance(page(station), NewPasswordPage), timeout=WAIT)
        own = page(station)
        own.fields.new.setText(OWN)
        own.fields.again.setText(OWN)
        own.submit()
        qtbot.waitUntil(lambda: station.window.context is not None, timeout=WAIT)
        context = station.window.context
        assert context is not None and context.actor.post == "street_terminal"
        role = context.services.db.url
        assert "_p_st1" in role and given not in role
        qtbot.waitUntil(lambda: not station.tasks.busy, timeout=WAIT)
        settings.sync()
        kept = ini.read_text("utf-8")
        assert "_p_st1" not in kept and OWN not in kept, "no person's way in is kept on the seat"
        elsewhere = ServerEntry(seats.seat_url).sign_in("st1", OWN)
        assert elsewhere.verdict.outcome == "ok"
        station.door._shaken.emit()  # what the listener does whose line the server cuts
        qtbot.waitUntil(lambda: isinstance(page(station), SignInPage), timeout=WAIT)
        assert "已结束" in page(station).note.text() and station.city is None
        qtbot.waitUntil(lambda: not station.tasks.busy, timeout=WAIT)
    finally:
        station.close()
        seats.sign_in_again("st1")


def test_a_seat_with_the_wrong_address_is_told_at_once(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seats: Seats
) -> None:
    """A wrong password of the seat's role is a problem page before anybody types their own."""
    monkeypatch.setenv("WORKSTATION_HOME", str(tmp_path / "home"))
    settings = QSettings(str(tmp_path / "shell.ini"), QSettings.Format.IniFormat)
    station = app.Workstation(qapp, settings, "day", Client())  # type: ignore[arg-type]
    station.window.show()
    try:
        station.open(seats.address(seats.made.prepared.roles.seat, "not this"))
        qtbot.waitUntil(lambda: isinstance(page(station), ProblemPage), timeout=WAIT)
        assert "not this" not in page(station).title.text() + page(station).advice.text()
    finally:
        station.close()
