"""What an import did: counts, and a line for each record that needs somebody's eyes."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..services.documents.spreadsheet import harmless
from .errors import Problem, RowRefused
from .messages import row_text

COLUMNS = ("file", "row", "field", "value", "taken", "reason", "what to do")
_SHOWN = 200  # characters of a value in the report


@dataclass(slots=True)
class Report:
    """``read`` records gave ``new`` + ``changed`` + ``unchanged`` + ``refused``; ``notes`` are facts for the operator."""

    file: str
    kind: str
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def refuse(self, row: int, error: RowRefused) -> None:
        """Record that a row is not taken."""
        self.refused += 1
        self._add(row, error, taken=False)

    def warn(self, row: int, code: str, field: str = "", value: object = "", /, **data: Any) -> None:
        """Record something about a row that is taken all the same."""
        self._add(row, RowRefused(code, field, value, **data), taken=True)

    def _add(self, row: int, error: RowRefused, *, taken: bool) -> None:
        value = "" if error.value is None else str(error.value)[:_SHOWN]
        self.problems.append(Problem(row, error.field, value, error.code, taken, error.data))

    def summary(self) -> str:
        """One line of counts."""
        warned = len({p.row for p in self.problems if p.taken})
        return (
            f"{self.kind}: {self.read} records read, {self.new} new, {self.changed} changed, "
            f"{self.unchanged} unchanged, {self.refused} refused"
            + (f", {warned} with a remark" if warned else "")
        )


def write(reports: Sequence[Report], path: Path) -> None:
    """Write the reports of one run as CSV that a spreadsheet opens rightly (UTF-8 with a mark)."""
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for report in reports:
            for problem in sorted(report.problems, key=lambda p: p.row):
                reason, advice = row_text(problem.code, problem.data)
                said = (problem.field, problem.value, "yes" if problem.taken else "no", reason, advice)
                writer.writerow((harmless(report.file), problem.row, *map(harmless, said)))
