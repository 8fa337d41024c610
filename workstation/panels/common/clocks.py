"""Which of a case's clocks a person looks at first."""

from __future__ import annotations

from workstation.workflow.case import Case, ClockRun


def main_clock(case: Case) -> ClockRun | None:
    """The clock a person looks at first: the disposal's while it runs, else the first due of those that run."""
    dispose = case.clock("dispose")
    if dispose is not None and dispose.stopped_at is None:
        return dispose
    ticking = [clock for clock in case.running() if clock.due_at is not None]
    return min(ticking, key=lambda clock: clock.due_at or clock.started_at, default=None)
