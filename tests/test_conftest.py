"""The watch over threads works: it fails what it should fail."""

from __future__ import annotations

import threading

import pytest

from tests import conftest


def test_a_thread_left_running_is_noticed() -> None:
    """A thread that goes on after a test is named; one that has ended is not."""
    before = set(threading.enumerate())
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait, name="left-over")
    thread.start()
    assert conftest._running(before, []) == ["thread left-over"]
    stop.set()
    thread.join()
    assert conftest._running(before, []) == []


def test_a_qthread_left_running_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A QThread and a pool's task that go on are named until they have ended."""
    from PySide6.QtCore import QRunnable, QSemaphore, QThread, QThreadPool

    class Waiting(QRunnable):
        def run(self) -> None:
            gate.acquire(1)

    gate = QSemaphore(0)
    started: list[tuple[str, object]] = []
    conftest._watch_qt(monkeypatch, started)
    pool, thread = QThreadPool(), QThread()
    pool.start(Waiting())
    thread.start()
    everybody = set(threading.enumerate())
    assert len(conftest._running(everybody, started)) == 2
    gate.release(1)
    thread.quit()
    assert thread.wait(3000) and pool.waitForDone(3000)
    assert conftest._running(everybody, started) == []
