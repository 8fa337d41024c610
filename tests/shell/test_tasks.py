"""Background tasks: results arrive in the GUI thread, for whom they were meant, and only while somebody waits."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from workstation.shell.tasks import TaskRunner


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    """A runner that is shut down after the test."""
    made = TaskRunner()
    yield made
    assert made.shutdown()


def test_the_work_runs_elsewhere_and_the_answer_comes_here(qtbot: QtBot, runner: TaskRunner) -> None:
    """The function runs on a pool thread; its callback runs in the GUI thread."""
    owner = QObject()
    seen: list[tuple[int, int]] = []
    runner.run(
        threading.get_ident, owner=owner, on_done=lambda ident: seen.append((ident, threading.get_ident()))
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] != seen[0][1] == threading.get_ident()


def test_a_newer_task_of_the_same_key_drops_the_older_answer(qtbot: QtBot, runner: TaskRunner) -> None:
    """Typing fast: only the last search is shown, even where an older one ends later."""
    owner = QObject()
    gate = threading.Event()
    seen: list[str] = []

    def slow() -> str:
        gate.wait(5)
        return "old"

    runner.run(slow, owner=owner, key="search", on_done=seen.append)
    runner.run(lambda: "new", owner=owner, key="search", on_done=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    gate.set()
    qtbot.waitUntil(lambda: not runner.busy)
    assert seen == ["new"]


def test_nobody_is_called_when_the_owner_is_gone(qtbot: QtBot, runner: TaskRunner) -> None:
    """A panel that was closed meanwhile gets no answer, and nothing breaks."""
    import shiboken6

    owner = QObject()
    gate = threading.Event()
    seen: list[object] = []
    runner.run(lambda: gate.wait(5), owner=owner, on_done=seen.append)
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: not runner.busy)
    assert seen == []


def test_an_error_goes_to_its_handler_or_is_told_to_all(qtbot: QtBot, runner: TaskRunner) -> None:
    """An exception reaches on_error; without one, it is emitted as unhandled and never lost."""
    owner = QObject()
    own: list[BaseException] = []
    told: list[BaseException] = []
    runner.unhandled.connect(told.append)

    def fail() -> None:
        raise OSError("disk")

    runner.run(fail, owner=owner, on_error=own.append)
    runner.run(fail, owner=owner)
    qtbot.waitUntil(lambda: bool(own) and bool(told))
    assert isinstance(own[0], OSError) and isinstance(told[0], OSError)


def test_a_cancelled_task_is_silent(qtbot: QtBot, runner: TaskRunner) -> None:
    """Cancelling drops the answer."""
    owner = QObject()
    gate = threading.Event()
    seen: list[object] = []
    task = runner.run(lambda: gate.wait(5), owner=owner, on_done=seen.append)
    task.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not runner.busy)
    assert seen == []


def test_what_belongs_to_a_thread_outlives_the_task(qtbot: QtBot) -> None:
    """Libraries keep things for each thread, PROJ's for one: the next task on that thread finds them as they were."""
    runner, owner, kept = TaskRunner(threads=1), QObject(), threading.local()
    seen: list[str] = []

    def remember() -> str:
        before = getattr(kept, "words", "nothing")
        kept.words = "kept"
        return before

    for _ in range(2):
        runner.run(remember, owner=owner, on_done=seen.append)
        qtbot.waitUntil(lambda: not runner.busy)
    assert seen == ["nothing", "kept"]
    assert runner.shutdown()


def test_what_matters_more_goes_first(qtbot: QtBot) -> None:
    """Of what waits for a thread, a command goes before what only reads, and each in its order."""
    runner, owner, gate = TaskRunner(threads=1), QObject(), threading.Event()
    seen: list[str] = []
    runner.run(lambda: gate.wait(5), owner=owner)
    for words, priority in (("read", 0), ("read more", 0), ("names", -1), ("command", 1)):
        runner.run(lambda told=words: seen.append(told), owner=owner, priority=priority)
    gate.set()
    qtbot.waitUntil(lambda: not runner.busy)
    assert seen == ["command", "read", "read more", "names"]
    assert runner.shutdown() and runner.shutdown()


def test_a_runner_goes_on_after_it_was_shut_down(qtbot: QtBot) -> None:
    """Work that did not end in time is waited for no longer; what is asked for afterwards is done, and leaves no thread."""
    runner, owner, gate = TaskRunner(threads=1), QObject(), threading.Event()
    begun = threading.Event()
    seen: list[str] = []

    def slow() -> None:
        begun.set()
        gate.wait(5)

    runner.run(slow, owner=owner)
    assert begun.wait(5) and not runner.shutdown(50)
    gate.set()
    runner.run(lambda: "later", owner=owner, on_done=seen.append)
    qtbot.waitUntil(lambda: seen == ["later"])
