"""Pictures of a city on a server for the operator guide: signing in, somebody quicker, offline, accounts, audit.

``.venv/bin/python scripts/shared_pictures.py FOLDER``: a private PostgreSQL, a small demo city with accounts, the window offscreen
with the real map, and another seat that acts. ``scripts/pictures.sh`` calls it and makes JPEG of what it leaves.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPoint, QSettings
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog

from benchmarks._chaos_server import Server
from benchmarks._seat_server import durable

OWN_WORD = "Hongqiao-2026"
SIZE = (1920, 1080)


class Seat:
    """The window, worked by a script."""

    def __init__(self, home: Path, out: Path, words: dict[str, str], theme: str = "day") -> None:
        from workstation import app

        self._out, self._words = out, words
        settings = QSettings(str(home / "shell.ini"), QSettings.Format.IniFormat)
        self.station = app.Workstation(app.make_application(["workstation"]), settings, theme)
        self.window = self.station.window
        self.window.resize(*SIZE)
        self.window.show()

    def settle(
        self, done: Callable[[], object] = lambda: True, seconds: float = 40.0, least: float = 0.3
    ) -> None:
        """Let the window go on until nothing is under way and it is so."""
        begun = time.monotonic()
        while time.monotonic() - begun < seconds:
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # no event loop does it here
            time.sleep(0.01)
            if time.monotonic() - begun > least and done() and not self.station.tasks.busy:
                return
        raise SystemExit("the window does not come to where a picture is taken")

    def page(self) -> Any:
        """What fills the window."""
        return self.window.stack.currentWidget()

    def at(self, name: str) -> Callable[[], bool]:
        """Whether that page is shown."""
        return lambda: type(self.page()).__name__ == name

    def sit(self, url: str, post: str) -> None:
        """Work at a city without passwords, as the first who has the post."""
        from workstation.services.services import Services

        services = Services.open(url)
        person = services.people.with_post(post)[0].id
        services.close()
        before = self.window.context
        self.station.open(url, person, post)
        self.settle(lambda: self.window.context not in (None, before), least=4)

    def take(
        self, name: str, least: float = 2.0, over: Callable[[QPainter], object] = lambda _painter: None
    ) -> None:
        """The picture of the window with what lies over it, and what ``over`` adds."""
        self.settle(least=least)
        picture = self.window.grab()
        painter = QPainter(picture)
        for other in QApplication.topLevelWidgets():
            if isinstance(other, QDialog) and other.isVisible():
                middle = self.window.rect().center() - other.rect().center()
                painter.drawPixmap(QPoint(middle.x(), middle.y() - 80), other.grab())
        over(painter)
        painter.end()
        if not picture.save(str(self._out / f"{name}.png")):
            raise SystemExit(f"{self._out / name}.png cannot be written")

    def enter(self, person: str, post: str) -> None:
        """Sign in, with a password of one's own at the first time."""
        self.settle(self.at("SignInPage"))
        door = self.page()
        door.person.setText(person)
        door.password.setText(self._words[person])
        door.ok.click()
        self.settle(lambda: not self.at("SignInPage")())
        if self.at("NewPasswordPage")():
            for field in (self.page().fields.new, self.page().fields.again):
                field.setText(OWN_WORD)
            self.page().submit()
            self._words[person] = OWN_WORD
            self.settle(lambda: self.window.context is not None or self.at("PostPage")())
        if self.at("PostPage")():
            self.page().buttons[post].click()
        self.settle(lambda: self.window.context is not None, least=4)

    def leave(self) -> None:
        """Sign out."""
        self.station.door.leave("")
        self.settle(self.at("SignInPage"))


def play(server: Server, home: Path, out: Path) -> None:
    """Make the city, let people work in it, take the pictures."""
    from workstation import demo
    from workstation.services.lists.filter import CaseFilter
    from workstation.services.seat.presence import WORK
    from workstation.services.server.init import Wanted, initialise
    from workstation.services.services import Services
    from workstation.store.database import Database
    from workstation.workflow.case import State
    from workstation.workflow.event import Command

    url = server.create("city")
    database = Database.create(url)
    demo.build(database, components=4000, cases=400)
    database.close()
    made = initialise(url, Wanted())
    other = Services.open(url)
    people = {
        post: other.people.with_post(post)
        for post in ("dispatcher", "shift_leader", "receiver", "evaluator", "admin")
    }
    words = {found[0].id: other.accounts.open_as_owner(found[0].id) for found in people.values()}
    seat = Seat(home, out, words)
    seat.station.open(made.seat_url)
    seat.settle(seat.at("SignInPage"))
    seat.take("40-sign-in")

    seat.enter(people["dispatcher"][0].id, "dispatcher")
    context = seat.window.context
    assert context is not None
    row = next(
        r
        for r in context.services.lists.page(CaseFilter(states=(State.FILED,)), None, 9).rows
        if not r.pending
    )
    case = context.services.cases.get(row.id)
    context.selection.set([case.id], case.id)
    context.case_requested.emit(case.id)
    other.presence.tell(other.people.actor(people["shift_leader"][0].id, "shift_leader"), case.id, WORK)
    seat.settle(least=4)
    units = sorted({person.unit for person in people["receiver"]})
    second = other.people.actor(people["dispatcher"][1].id, "dispatcher")
    other.cases.execute(
        Command("dispatch", case.id, other.cases.new_command_id(), {"unit": units[0]}, case.seq), second
    )
    context.execute("dispatch", case, {"unit": units[1], "requirement": "夜间施工，注意防护"})
    seat.take("42-somebody-was-quicker", 3)
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog):
            dialog.reject()

    server.stop("immediate")
    seat.settle(lambda: context.link.away)
    # What was seen before can go on being worked: the case that is open.
    seen = context.services.outbox.known(case.id)
    if seen is not None:
        context.execute("urge", seen, {"note": "请尽快接收"})
    context.link.shown_asked.emit()
    seat.take("43-offline", 6)
    server.start()
    seat.settle(lambda: not context.link.away, least=3)
    seat.leave()

    seat.enter(people["admin"][0].id, "admin")
    seat.window.open_panel("accounts")
    seat.take("44-accounts", 3)
    seat.leave()
    seat.enter(people["evaluator"][0].id, "evaluator")
    seat.window.open_panel("audit")
    panel = seat.window.panel("audit")
    next(push for push in panel.findChildren(QAbstractButton) if push.text().startswith("登录")).click()
    seat.take("45-audit", 3)
    seat.station.close()
    other.close()


def main() -> int:
    """Take them into the folder that is named."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: scripts/shared_pictures.py FOLDER")
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    with durable() as server, tempfile.TemporaryDirectory(prefix="workstation-pictures-") as home:
        os.environ["WORKSTATION_HOME"] = home
        play(server, Path(home), out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
