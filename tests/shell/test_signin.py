"""A city with passwords: the door, a password of one's own, the post, the locked screen, and a session that ends elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QSettings, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.shell.test_app import Client, page, words
from workstation import app
from workstation.services.accounts import passwords
from workstation.services.services import Services
from workstation.shell.door.lock import IdleWatch, ScreenLock
from workstation.shell.door.login import LoginPage
from workstation.shell.door.signin import NewPasswordPage, PostPage, SignInPage
from workstation.shell.tasks import TaskRunner
from workstation.shell.window import LAYOUT_VERSION

OWN = "Hongqiao-2026"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proofs in no time, and never in the thread of the window."""
    monkeypatch.setattr(passwords, "MEMORY_KIB", 64)
    monkeypatch.setattr(passwords, "TIME_COST", 1)
    proof = passwords.proof

    def elsewhere(password: str, salt: str) -> str:
        assert threading.current_thread() is not threading.main_thread() or not watched
        return proof(password, salt)

    monkeypatch.setattr(passwords, "proof", elsewhere)
    watched.clear()


watched: list[bool] = []
"""While it holds something, a proof in the main thread fails the test."""


@pytest.fixture
def guarded(city_url: str) -> Iterator[Services]:
    """The small demo city with passwords on, as its administrators have it open."""
    services = Services.open(city_url)
    services.accounts.set_mode("password")
    yield services
    services.close()


@pytest.fixture
def station(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Any]:
    """The program without its event loop."""
    monkeypatch.setenv("WORKSTATION_HOME", str(tmp_path / "home"))
    settings = QSettings(str(tmp_path / "shell.ini"), QSettings.Format.IniFormat)
    made = app.Workstation(qapp, settings, "day", Client())  # type: ignore[arg-type]
    made.window.resize(1280, 800)
    made.window.show()
    yield made
    made.close()


def someone(services: Services, post: str) -> Any:
    """Whoever holds the post."""
    return services.people.with_post(post)[0]


def given_to(services: Services, person: str, password: str = "") -> str:
    """The one-time password of a fresh account, or with ``password`` one of the person's own."""
    watched.clear()
    given = services.accounts.open_as_owner(person)
    if password:
        services.accounts.change_password(person, given, password)
    return password or given


def at_the_door(qtbot: QtBot, station: Any, services: Services) -> SignInPage:
    """The page that asks who comes."""
    watched.append(True)
    station.open(str(services.db.path))
    qtbot.waitUntil(lambda: isinstance(page(station), SignInPage), timeout=20000)
    door: SignInPage = page(station)
    return door


def type_in(qtbot: QtBot, door: SignInPage, person: str, password: str) -> None:
    """Type and press the button; wait until it has been looked at."""
    door.person.setText(person)
    door.password.setText(password)
    door.ok.click()
    qtbot.waitUntil(lambda: not door._busy, timeout=20000)


def sits(qtbot: QtBot, station: Any, services: Services, post: str = "operator") -> Any:
    """Somebody has signed in and sits under the post."""
    person = someone(services, post)
    given_to(services, person.id, OWN)
    door = at_the_door(qtbot, station, services)
    type_in(qtbot, door, person.id, OWN)
    qtbot.waitUntil(
        lambda: station.window.context is not None or isinstance(page(station), PostPage), timeout=20000
    )
    if isinstance(page(station), PostPage):
        page(station).buttons[post].click()
    qtbot.waitUntil(lambda: station.window.context is not None, timeout=20000)
    qtbot.waitUntil(lambda: not station.tasks.busy, timeout=20000)
    return person


def test_a_wrong_password_stays_outside_and_five_lock(qtbot: QtBot, station: Any, guarded: Services) -> None:
    """Nothing of the city's people is shown; the fifth wrong one says until when, and not how many were left."""
    person = someone(guarded, "operator")
    given_to(guarded, person.id, OWN)
    door = at_the_door(qtbot, station, guarded)
    assert not isinstance(page(station), LoginPage) and door.ok.isEnabled()
    type_in(qtbot, door, person.id, "")
    assert "请输入密码" in door.error.text()
    for _ in range(4):
        type_in(qtbot, door, person.id, "wrong")
        assert door.error.text() == "工号或密码不对，请重新输入。" and not door.password.text()
    type_in(qtbot, door, person.id, "wrong")
    assert "已锁定" in door.error.text() and "以后再登录" in door.error.text()
    type_in(qtbot, door, person.id, OWN)
    assert "已锁定" in door.error.text() and station.window.context is None


def test_the_command_line_opens_no_door(qtbot: QtBot, station: Any, guarded: Services) -> None:
    """--as names who comes, and no more; a name that only one has is as good as the number."""
    person = someone(guarded, "gis")
    given_to(guarded, person.id, OWN)
    station.open(str(guarded.db.path), person.id, "gis")
    qtbot.waitUntil(lambda: isinstance(page(station), SignInPage), timeout=20000)
    door = page(station)
    assert door.person.text() == person.id and station.window.context is None
    door.person.setText(person.name)
    assert door.named() == person.id
    door.person.setText(f"{person.name}  {person.id}")
    assert door.named() == person.id
    station.show_login()
    assert isinstance(page(station), SignInPage), "there is no other way in"


def test_a_given_password_is_changed_before_anything_else(
    qtbot: QtBot, station: Any, guarded: Services
) -> None:
    """Weak, unlike or used ones are refused with what to do; then the post is chosen, and the new one unlocks the screen."""
    person = someone(guarded, "operator")
    given = given_to(guarded, person.id)
    door = at_the_door(qtbot, station, guarded)
    type_in(qtbot, door, person.id, given)
    qtbot.waitUntil(lambda: isinstance(page(station), NewPasswordPage), timeout=20000)
    own = page(station)

    def offer(new: str, again: str) -> str:
        own.fields.new.setText(new)
        own.fields.again.setText(again)
        own.submit()
        qtbot.waitUntil(lambda: own.ok.isEnabled(), timeout=20000)
        return str(own.fields.error.text())

    assert "不一样" in offer(OWN, OWN + "x")
    assert "太短" in offer("Ab1", "Ab1")
    assert "姓名" in offer(f"{person.id}-Abcd", f"{person.id}-Abcd")
    assert "近期用过" in offer(given, given)
    own.fields.new.setText(OWN)
    own.fields.again.setText(OWN)
    own.submit()
    qtbot.waitUntil(
        lambda: station.window.context is not None or isinstance(page(station), PostPage), timeout=20000
    )
    if isinstance(page(station), PostPage):
        page(station).buttons["operator"].click()
    qtbot.waitUntil(lambda: station.window.context is not None, timeout=20000)
    assert station.window.context.actor.person == person.id
    assert not station.door._password, "the given password is forgotten"
    station.door.lock_now()
    station.door.lock.cover.password.setText(OWN)
    station.door.lock.cover.ok.click()
    qtbot.waitUntil(lambda: not station.door.lock.locked, timeout=20000)
    qtbot.waitUntil(lambda: not station.tasks.busy, timeout=20000)


def test_the_locked_screen_shows_nothing_and_lets_the_owner_back(
    qtbot: QtBot, station: Any, guarded: Services
) -> None:
    """Ctrl+L: bars, docks and dialogs are gone from sight, keys reach nothing, the work is there again after the password."""
    person = sits(qtbot, station, guarded)
    window = station.window
    dialog = QDialog(window)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    typed = QLineEdit("张某反映井盖缺失")
    QVBoxLayout(dialog).addWidget(typed)
    dialog.open()
    floating = QWidget(None, Qt.WindowType.Window)
    QVBoxLayout(floating).addWidget(QLabel("案卷"))
    floating.resize(200, 100)
    floating.show()
    title = window.windowTitle()
    window.actions_.action("file.lock").trigger()
    lock = station.door.lock
    assert lock.locked and person.name not in window.windowTitle()
    assert not dialog.isVisible()
    assert window.childAt(QPoint(400, 20)) is lock.cover
    assert floating.childAt(50, 50) in lock._covers
    seen = window.grab(lock.cover.geometry()).toImage()
    alone = lock.cover.grab().toImage()
    inside = lock.cover.findChild(QLabel).window().rect()
    assert inside.size() == seen.size() and _same_but_caret(seen, alone)
    before = window.top.search.text()
    window.top.search.setFocus()
    assert QApplication.focusWidget() in (None, lock.cover.password)
    QApplication.sendEvent(
        window.top.search, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier(0), "a")
    )
    assert window.top.search.text() == before
    late = QDialog(window)
    late.show()
    qtbot.waitUntil(lambda: not late.isVisible(), timeout=5000)
    lock.cover.password.setText("wrong")
    lock.cover.ok.click()
    qtbot.waitUntil(lambda: lock.cover.error.isVisible(), timeout=20000)
    assert lock.locked
    lock.cover.password.setText(OWN)
    lock.cover.ok.click()
    qtbot.waitUntil(lambda: not lock.locked, timeout=20000)
    assert window.windowTitle() == title
    assert dialog.isVisible() and typed.text() == "张某反映井盖缺失"
    for extra in (dialog, late, floating):
        extra.close()
        extra.deleteLater()


def test_floating_docks_are_put_away_and_come_back(qtbot: QtBot, station: Any, guarded: Services) -> None:
    """A floating dock lies above the window, so it goes while the screen is locked; what was typed in it is there afterwards."""
    sits(qtbot, station, guarded)
    window = station.window
    panel = window.open_panel("contacts")
    window.host._docks["contacts"].setFloating()
    panel.units.words.setText("供水")
    assert len(window.host.floats()) == 1
    station.door.lock_now()
    assert not window.host.floats() and not panel.isVisible()
    window.save_layout()
    kept = window.settings.value(f"layout/{LAYOUT_VERSION}/operator")
    assert kept == window._away, "a layout that is kept meanwhile is the one that comes back"
    station.door.lock.release()
    assert window.host.is_open("contacts") and window.host._docks["contacts"].isFloating()
    assert window.panel("contacts") is panel and panel.units.words.text() == "供水"
    qtbot.waitUntil(lambda: not station.tasks.busy, timeout=20000)


def _same_but_caret(one: Any, other: Any) -> bool:
    """Two pictures of the cover: all the edge, where bars and docks would shine through, is alike and of one colour."""
    width, height = one.width(), one.height()
    edge = [(x, y) for x in range(0, width, 7) for y in (*range(0, 120, 5), *range(height - 60, height, 5))]
    return len({one.pixel(x, y) for x, y in edge} | {other.pixel(x, y) for x, y in edge}) == 1


def test_somebody_else_takes_over_a_locked_seat(qtbot: QtBot, station: Any, guarded: Services) -> None:
    """The one before is signed out; five wrong passwords at the screen do so too, and say why."""
    person = sits(qtbot, station, guarded)
    station.door.lock_now()
    station.door.lock.cover.other.click()
    qtbot.waitUntil(lambda: isinstance(page(station), SignInPage), timeout=20000)
    qtbot.waitUntil(lambda: not station.tasks.busy, timeout=20000)
    assert station.door.lock is None and not station.door.guards
    assert guarded.accounts.history(person.id)[0].kind == "signed_out"
    other = sits(qtbot, station, guarded, "shift_leader")
    station.door.lock_now()
    for n in range(5):
        station.door.lock.cover.password.setText(f"wrong{n}")
        station.door.lock.cover.ok.click()
        qtbot.waitUntil(
            lambda: station.door.lock is None or station.door.lock.cover.ok.isEnabled(), timeout=20000
        )
    qtbot.waitUntil(lambda: isinstance(page(station), SignInPage), timeout=20000)
    assert "多次输错" in page(station).note.text()
    qtbot.waitUntil(lambda: not station.tasks.busy, timeout=20000)
    assert guarded.accounts.history(other.id)[0].kind == "signed_out"


def test_a_session_that_was_ended_goes_to_the_door_and_says_why(
    qtbot: QtBot, station: Any, guarded: Services
) -> None:
    """An administrator ends it: the seat is at the door at once, with a calm sentence; a sign-in elsewhere does the same."""
    person = sits(qtbot, station, guarded)
    admin = someone(guarded, "admin")
    actor = guarded.people.actor(admin.id, "admin")
    sitting = next(i.sitting for i in guarded.accounts.listing() if i.person == person.id)
    assert sitting is not None
    guarded.accounts.end_session(sitting, person.id, actor)
    qtbot.waitUntil(lambda: isinstance(page(station), SignInPage), timeout=20000)
    assert "管理员已结束" in page(station).note.text() and "已保留" in words(page(station))
    type_in(qtbot, page(station), person.id, OWN)
    qtbot.waitUntil(lambda: station.window.context is not None, timeout=20000)
    from workstation.services.accounts.entry import FileEntry

    watched.clear()
    elsewhere = FileEntry(guarded.db, "", guarded.now).sign_in(person.id, OWN)
    assert elsewhere.verdict.outcome == "ok"
    station.door.touch()
    qtbot.waitUntil(lambda: isinstance(page(station), SignInPage), timeout=20000)
    assert "别的席位" in page(station).note.text()
    qtbot.waitUntil(lambda: not station.tasks.busy, timeout=20000)
    guarded.accounts.session = elsewhere.verdict.session
    assert guarded.accounts.touch() == "", "the seat that left does not end the one that replaced it"


def test_one_changes_ones_password_at_work(qtbot: QtBot, station: Any, guarded: Services) -> None:
    """The old one is asked; the new one unlocks the screen from then on."""
    sits(qtbot, station, guarded)
    station.window.actions_.action("file.password").trigger()
    dialog = next(d for d in station.window.findChildren(QDialog) if d.isVisible())
    edits = list(dialog.findChildren(QLineEdit))
    for edit, typed in zip(edits, ("wrong", "Nanmen-4321", "Nanmen-4321"), strict=True):
        edit.setText(typed)
    edits[-1].returnPressed.emit()
    qtbot.waitUntil(lambda: any("原密码不对" in label.text() for label in dialog.findChildren(QLabel)))
    edits[0].setText(OWN)
    edits[-1].returnPressed.emit()
    qtbot.waitUntil(lambda: not station.tasks.busy, timeout=20000)
    station.door.lock_now()
    station.door.lock.cover.password.setText("Nanmen-4321")
    station.door.lock.cover.ok.click()
    qtbot.waitUntil(lambda: not station.door.lock.locked, timeout=20000)


def test_a_password_that_ends_soon_is_told(qtbot: QtBot, station: Any, guarded: Services) -> None:
    """In the last week one is reminded, with a way to change it now; before that nothing is said."""
    guarded.accounts.set_figure("password_days", 30)
    sits(qtbot, station, guarded)
    assert not any("到期" in toast.notice.text for toast in station.window.toasts.shown)
    guarded.accounts.set_figure("password_days", 6)
    station.door.leave("")
    qtbot.waitUntil(lambda: isinstance(page(station), SignInPage), timeout=20000)
    type_in(qtbot, page(station), someone(guarded, "operator").id, OWN)
    qtbot.waitUntil(
        lambda: station.window.context is not None or isinstance(page(station), PostPage), timeout=20000
    )
    if isinstance(page(station), PostPage):
        page(station).buttons["operator"].click()
    qtbot.waitUntil(lambda: station.window.context is not None, timeout=20000)
    assert any("到期" in toast.notice.text for toast in station.window.toasts.shown)
    qtbot.waitUntil(lambda: not station.tasks.busy, timeout=20000)


def test_an_idle_screen_locks_itself(qtbot: QtBot) -> None:
    """After so many minutes without keys or pointer, counted by the wall's clock; never with none."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    now = [1000.0]
    watch = IdleWatch(10, clock=lambda: now[0])
    told: list[bool] = []
    watch.idle.connect(lambda: told.append(True))
    watch._listen(window.windowHandle())
    now[0] += 599
    watch.look()
    assert not told
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier(0), "a")
    QApplication.sendEvent(window.windowHandle(), key)
    now[0] += 599
    watch.look()
    assert not told, "a key had been pressed"
    now[0] += 1
    watch.look()
    assert told == [True]
    watch.stop()
    never = IdleWatch(0, clock=lambda: now[0])
    never.idle.connect(lambda: told.append(False))
    now[0] += 10**6
    never.look()
    assert told == [True]


def test_tab_goes_round_on_the_cover(qtbot: QtBot) -> None:
    """The keyboard never leaves the locked screen."""
    window = QWidget()
    below = QLineEdit(window)
    below.setText("机密")
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    tasks = TaskRunner()
    lock = ScreenLock(window, "张三", lambda password: password == "ok", tasks)
    lock.lock()
    lock.lock()
    assert lock.cover is not None
    for _ in range(7):
        qtbot.keyClick(lock.cover, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is not below
    qtbot.keyClick(below, Qt.Key.Key_X)
    assert below.text() == "机密"
    lock.cover.password.setText("ok")
    with qtbot.waitSignal(lock.unlocked, timeout=5000):
        qtbot.keyClick(lock.cover.password, Qt.Key.Key_Return)
    assert not lock.locked
    tasks.shutdown()
