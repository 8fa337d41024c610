"""Garbage is collected in the GUI thread, and only there."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from workstation.shell import garbage
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


def test_what_was_set_aside_is_looked_at_again_when_the_pointer_lies_still(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cycle that died after it had been set aside stays while hands are at work, and ends when they rest."""
    ends: list[int] = []
    collector = GarbageCollector()
    knot = Knot(ends)
    gc.collect()
    gc.freeze()
    del knot
    gc.collect()
    assert not ends and gc.get_freeze_count() > 0
    monkeypatch.setattr(garbage, "AT_REST_S", -1.0)
    monkeypatch.setattr(garbage, "WHOLE_EVERY_S", -1.0)
    collector._look()
    assert len(ends) == 1 and gc.get_freeze_count() > 0
    collector.stop()
    assert gc.get_freeze_count() == 0
