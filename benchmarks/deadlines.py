"""A million deadlines in one call, against the single call asked a million times.

Units mixed, a fifth of the rows with a pause, starts over three years. The anchor is a loop over the single call on a part of
the same rows, extrapolated to all; the same rows are compared, and a difference of a microsecond ends the run. The two take
turns. ``python benchmarks/deadlines.py [--rows N] [--rounds N]``
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from workstation.workflow.batch import Pauses, deadlines
from workstation.workflow.calendar import WorkCalendar
from workstation.workflow.case import Pause
from workstation.workflow.clock import deadline
from workstation.workflow.limits import UNITS

GOAL = 3.0
PART = 20_000
"""Rows that the single call is asked for."""


def main(argv: list[str] | None = None) -> int:
    """Measure, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description="Deadlines in one call.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each kind; the median counts")
    args = parser.parse_args(argv)
    calendar = WorkCalendar.named("china")
    rng = np.random.default_rng(11)
    span = 3 * 365 * 86_400_000_000
    starts = np.datetime64("2024-01-01", "us") + rng.integers(0, span, args.rows).astype("timedelta64[us]")
    units = [UNITS[i] for i in rng.integers(0, len(UNITS), args.rows)]
    amounts = rng.choice([0.5, 1.0, 2.0, 4.0, 5.0, 7.0, 15.0], args.rows)
    row = np.sort(rng.choice(args.rows, args.rows // 5, replace=False))
    begun = starts[row] + rng.integers(0, 10**11, len(row)).astype("timedelta64[us]")
    pauses = Pauses(row, begun, begun + rng.integers(0, 10**12, len(row)).astype("timedelta64[us]"))
    part = rng.choice(args.rows, min(PART, args.rows), replace=False)
    alone = [_alone(int(i), starts, pauses) for i in part]
    batch, single = [], []
    for _ in range(args.rounds):
        clock = time.perf_counter()
        told = deadlines(starts, amounts, units, calendar, pauses)
        batch.append(time.perf_counter() - clock)
        clock = time.perf_counter()
        loop = [
            deadline(start, float(amounts[i]), units[i], calendar, own)
            for i, (start, own) in zip(part, alone, strict=True)
        ]
        single.append((time.perf_counter() - clock) * args.rows / len(part))
        for i, due in zip(part, loop, strict=True):
            if _aware(told[i]) != due:
                raise SystemExit(f"row {i}: {told[i]} in the batch, {due} alone")
    value, anchor = statistics.median(batch), statistics.median(single)
    figure = {
        "figure": f"{args.rows:,} deadlines in one call",
        "value": round(value, 3),
        "unit": "s",
        "anchor": round(anchor, 2),
        "ratio": round(statistics.median(b / s for b, s in zip(batch, single, strict=True)), 4),
        "goal": f"<= {GOAL} s",
        "met": value <= GOAL,
    }
    print(json.dumps([figure], ensure_ascii=False, indent=1))
    return 0


def _alone(i: int, starts: np.ndarray, pauses: Pauses) -> tuple[datetime, tuple[Pause, ...]]:
    """A row as the single call takes it."""
    at = np.searchsorted(pauses.row, i)
    if at == len(pauses.row) or pauses.row[at] != i:
        return _aware(starts[i]), ()
    return _aware(starts[i]), (Pause(_aware(pauses.start[at]), _aware(pauses.end[at]), "", ""),)


def _aware(value: np.datetime64) -> datetime:
    at: datetime = value.astype(datetime)
    return at.replace(tzinfo=UTC)


if __name__ == "__main__":
    raise SystemExit(main())
