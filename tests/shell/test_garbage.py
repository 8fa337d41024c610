"""Garbage is collected in the GUI thread, and only there."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from workstation.shell.garbage import GarbageCollector


class Knot:
    """Refers to itself, and remembers in which thread it ended."""

    def __init__(self, ends: list[int]) -> None:
        self.itself = self
        self.ends = ends

    def __del__(self) -> None:
        self.ends.append(threading.get_ident())


def test_a_dead_cycle_made_in_another_thread_ends_in_this_one(qtbot: QtBot) -> None:
    """While another thread allocates without end, cycles are collected here and nowhere else."""
    ends: list[int] = []
    parent = QObject()
    gc.enable()
    collector = GarbageCollector(parent)
    assert not gc.isenabled()

    def work() -> None:
        for _ in range(20_000):
            Knot(ends)

    thread = threading.Thread(target=work)
    thread.start()
    qtbot.waitUntil(lambda: bool(ends) and not thread.is_alive(), timeout=10_000)
    collector.stop()
    assert gc.isenabled()
    gc.disable()
    assert set(ends) == {threading.get_ident()}
