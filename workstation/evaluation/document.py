"""The evaluation as a document: an A4 PDF with table, charts and definitions, and the table as CSV."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from ..services.documents.spreadsheet import harmless
from . import charts
from .charts import Look, font, shortened
from .figures import Report, Row
from .period import ZONE

A4 = (8.27, 11.69)
_LEFT, _RIGHT, _TOP, _BOTTOM = 0.07, 0.93, 0.95, 0.05
ROWS_FIRST, ROWS_NEXT, MOST_PAGES = 18, 38, 12
SHOWN = (
    "filed",
    "should_dispose",
    "disposed_in_time",
    "disposal_in_time_rate",
    "closed",
    "closing_in_time_rate",
    "rework",
    "rework_rate",
)


def write_pdf(report: Report, path: Path, city: str, name_of: dict[str, str] | None = None) -> int:
    """Write the document and return its number of pages. ``name_of`` overrides names of rows (of "" above all)."""
    look = Look()
    words = report.definitions.words
    rows = list(report.rows)
    first, rest = rows[:ROWS_FIRST], rows[ROWS_FIRST:]
    chunks = [rest[n : n + ROWS_NEXT] for n in range(0, len(rest), ROWS_NEXT)][:MOST_PAGES]
    left_out = len(rest) - sum(map(len, chunks))
    pages = 2 + len(chunks)
    names = {"": words["nobody"] if report.by == "unit" else words["no_place"], **(name_of or {})}
    with PdfPages(path, metadata={"Title": report.definitions.title, "Subject": city}) as pdf:
        for number in range(1, pages + 1):
            figure = Figure(figsize=A4, facecolor=look.ground)
            if number == 1:
                y = _heading(figure, report, city, look)
                y = _table(figure, report, [*first, report.totals], y, names, look)
                _figures(figure, report, y, look)
            elif number < pages:
                last = number == pages - 1 and left_out > 0
                y = _table(figure, report, chunks[number - 2], _TOP, names, look)
                if last:
                    _text(figure, _LEFT, y - 0.02, words["more"].format(count=left_out), 8, look.quiet)
            else:
                _definitions(figure, report, look)
            _text(
                figure,
                0.5,
                0.025,
                words["page"].format(page=number, pages=pages),
                7.5,
                look.quiet,
                ha="center",
            )
            pdf.savefig(figure)
    return pages


def write_csv(report: Report, path: Path, name_of: dict[str, str] | None = None) -> None:
    """Write the whole table, with a mark so that spreadsheets read it as UTF-8. No data is an empty cell."""
    words = report.definitions.words
    columns = report.columns()
    names = {"": words["nobody"] if report.by == "unit" else words["no_place"], **(name_of or {})}
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        writer = csv.writer(stream)
        writer.writerow([words["key"], "", *(report.label(column) for column in columns)])
        for row in (*report.rows, report.totals):
            name = row.name if row is report.totals else names.get(row.key, row.name)
            writer.writerow(
                [harmless(name), harmless(row.key), *(_plain(row.value(column)) for column in columns)]
            )


def figure_text(row: Row, column: str, no_data: str) -> str:
    """A figure as it is shown: counts whole, rates with one decimal and %, no data in words."""
    value = row.value(column)
    if value is None:
        return no_data
    if column in row.counts:
        return f"{int(value)}"
    return f"{value:.1f}" if column == "score" else f"{value:.1f}%"


def _plain(value: float | None) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value:.2f}"


def _text(
    figure: Figure,
    x: float,
    y: float,
    text: str,
    size: float,
    colour: str,
    ha: str = "left",
    bold: bool = False,
) -> None:
    figure.text(x, y, text, fontproperties=font(size, bold), color=colour, ha=ha, va="top")


def _heading(figure: Figure, report: Report, city: str, look: Look) -> float:
    words = report.definitions.words
    _text(figure, _LEFT, _TOP, f"{city} {report.definitions.title}".strip(), 17, look.text, bold=True)
    by = words[f"by_{report.by}"]
    period = f"{report.period.first_day:%Y-%m-%d} — {report.period.last_day:%Y-%m-%d}"
    line = f"{words['period']} {period}    {by}    {words['as_of']} {_local(report.as_of)}"
    _text(figure, _LEFT, _TOP - 0.032, line, 9, look.quiet)
    return _TOP - 0.062


def _local(at: datetime) -> str:
    return at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


def _table(
    figure: Figure, report: Report, rows: list[Row], top: float, names: dict[str, str], look: Look
) -> float:
    """Draw rows of the table from ``top`` down; return where it ends."""
    words = report.definitions.words
    columns = [*SHOWN, *(["score"] if "score" in report.columns() else [])]
    height, name_width = 0.0205, 0.2
    step = (_RIGHT - _LEFT - name_width) / len(columns)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.axis("off")
    _band(axes, top, height, look.text)
    middle = top - height / 2
    axes.text(
        _LEFT + 0.008, middle, words["key"], va="center", color="#FFFFFF", fontproperties=font(8, bold=True)
    )
    for index, column in enumerate(columns):
        x = _LEFT + name_width + step * (index + 1) - 0.008
        axes.text(
            x,
            middle,
            report.label(column),
            va="center",
            ha="right",
            color="#FFFFFF",
            fontproperties=font(7.4, bold=True),
        )
    y = top - height
    for number, row in enumerate(rows):
        total = row is report.totals
        if total or number % 2:
            _band(axes, y, height, "#E6EEFA" if total else "#F5F7FA")
        middle = y - height / 2
        name = row.name if total else names.get(row.key, row.name)
        axes.text(
            _LEFT + 0.008,
            middle,
            shortened(name, 25),
            va="center",
            color=look.text,
            fontproperties=font(8, bold=total),
        )
        for index, column in enumerate(columns):
            grade = report.grade(row, column)
            x = _LEFT + name_width + step * (index + 1) - 0.008
            text = figure_text(row, column, words["no_data"])
            colour = (
                look.quiet if row.value(column) is None else look.grade(grade.colour) if grade else look.text
            )
            axes.text(
                x,
                middle,
                text,
                va="center",
                ha="right",
                color=colour,
                fontproperties=font(8, bold=total or grade is not None),
            )
        y -= height
    axes.plot([_LEFT, _RIGHT], [y, y], color=look.line, linewidth=0.8)
    return y


def _band(axes: Axes, top: float, height: float, colour: str) -> None:
    axes.fill_between([_LEFT, _RIGHT], top - height, top, color=colour, linewidth=0)


def _figures(figure: Figure, report: Report, top: float, look: Look) -> None:
    words = report.definitions.words
    room = top - _BOTTOM - 0.03
    half = room / 2
    if report.by == "grid" or not any(row.key for row in report.rows):
        charts.daily_lines(
            figure,
            report,
            look,
            words["daily_chart"],
            words["filed"],
            words["closed"],
            (0.1, _BOTTOM + 0.02, 0.82, min(0.3, room - 0.09)),
        )
        return
    height = max(0.08, half - 0.075)
    charts.rate_bars(
        figure,
        report,
        "disposal_in_time_rate",
        look,
        words["rate_chart"],
        words["no_data"],
        (0.24, _BOTTOM + half + 0.02, 0.68, height),
    )
    charts.daily_lines(
        figure,
        report,
        look,
        words["daily_chart"],
        words["filed"],
        words["closed"],
        (0.1, _BOTTOM + 0.02, 0.82, height),
    )


def _definitions(figure: Figure, report: Report, look: Look) -> None:
    definitions = report.definitions
    _text(figure, _LEFT, _TOP, definitions.words["definitions"], 14, look.text, bold=True)
    y = _TOP - 0.04
    for counter in definitions.counters:
        y = _entry(figure, y, counter.label, counter.meaning, look)
    y -= 0.012
    for rate in definitions.rates:
        formula = f"{definitions.counter(rate.numerator).label} ÷ {definitions.counter(rate.denominator).label} × 100%"
        y = _entry(figure, y, rate.label, formula if not rate.note else f"{formula}。{rate.note}", look)
    if report.by in definitions.score.by:
        parts = []
        for key, weight in definitions.score.weights.items():
            name = (
                definitions.counter(key).label + definitions.words["points"]
                if key == "filed"
                else definitions.rate(key).label
            )
            less = key != "filed" and definitions.rate(key).better == "low"
            parts.append(f"{'（1 − ' + name + '）' if less else name} × {weight:.0%}")
        y = _entry(figure, y, definitions.score.label, f"{' + '.join(parts)}。{definitions.score.note}", look)
    bands = "  ".join(f"{grade.key} ≥ {grade.least:g}" for grade in definitions.grades)
    y = _entry(figure, y, definitions.words["grade"], bands, look)
    for source in sorted({c.source for c in definitions.counters} | {r.source for r in definitions.rates}):
        y = _entry(figure, y, definitions.words["source"], source, look)


def _entry(figure: Figure, y: float, label: str, text: str, look: Look) -> float:
    lines = _wrapped(text, 104)
    _text(figure, _LEFT, y, label, 9, look.text, bold=True)
    for index, line in enumerate(lines):
        _text(figure, _LEFT + 0.15, y - 0.017 * index, line, 8.5, look.text)
    return y - 0.017 * len(lines) - 0.009


def _wrapped(text: str, most: int) -> list[str]:
    """The text in lines of a width in half-width characters; no line begins with a closing mark."""
    lines, line, width = [], "", 0
    for character in text:
        wide = 2 if ord(character) > 0x2E7F else 1
        if width + wide > most and character not in "，。、；：）”％%":
            lines.append(line)
            line, width = "", 0
        line += character
        width += wide
    return [*lines, line]
