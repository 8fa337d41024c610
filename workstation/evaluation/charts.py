"""Charts of a report, drawn on a figure that the caller owns: the same code for the screen and for paper. No pyplot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, DateFormatter
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.ticker import MaxNLocator

from .figures import Report

FAMILIES = ["Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "DejaVu Sans"]
MOST_BARS = 12
"""Bars that can still be read; of more objects those with the most cases are shown."""


@dataclass(frozen=True, slots=True)
class Look:
    """Colours as #RRGGBB. ``grades`` by the names that the dictionary uses; on a dark ground black is not black."""

    ground: str = "#FFFFFF"
    text: str = "#17202E"
    quiet: str = "#74818F"
    line: str = "#DDE3EA"
    filed: str = "#1D4E9E"
    closed: str = "#0A8F6A"
    grades: Mapping[str, str] | None = None

    def grade(self, colour: str) -> str:
        """The colour of a grade; without one the quiet colour."""
        return (self.grades or PAPER_GRADES).get(colour, self.quiet)


PAPER_GRADES = {
    "green": "#0A8F6A",
    "blue": "#2F6FBF",
    "yellow": "#D99000",
    "red": "#C8321F",
    "black": "#3A4350",
}


@cache
def _families() -> list[str]:
    """Those of the wanted families that this machine has: asking for others fills the log with warnings."""
    here = {entry.name for entry in fontManager.ttflist}
    return [name for name in FAMILIES if name in here] or ["sans-serif"]


def font(size: float, bold: bool = False) -> FontProperties:
    """A typeface with Chinese characters."""
    return FontProperties(family=_families(), size=size, weight="bold" if bold else "normal")


def rate_bars(
    figure: Figure,
    report: Report,
    rate: str,
    look: Look,
    title: str,
    no_data: str,
    place: Any = None,
    most: int = MOST_BARS,
) -> Axes:
    """A bar for each object with its figure in percent, coloured by grade; objects without data say so."""
    axes = _axes(figure, look, place)
    rows = [row for row in report.rows if row.key][:most][::-1]
    for index, row in enumerate(rows):
        value = row.rates[rate]
        if value is None:
            axes.text(1.5, index, no_data, va="center", color=look.quiet, fontproperties=font(8))
            continue
        grade = report.grade(row, rate)
        axes.barh(index, value, height=0.62, color=look.grade(grade.colour if grade else ""))
        inside = value > 18
        axes.text(
            value - 1.5 if inside else value + 1.5,
            index,
            f"{value:.1f}%",
            va="center",
            ha="right" if inside else "left",
            color="#FFFFFF" if inside else look.text,
            fontproperties=font(8, bold=True),
        )
    axes.set_yticks(range(len(rows)), [shortened(row.name, 22) for row in rows])
    axes.set_xlim(0, 100)
    # Few objects keep slim bars, at the top.
    axes.set_ylim(min(0, len(rows) - 4) - 0.6, len(rows) - 0.4)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.grid(axis="x", color=look.line, linewidth=0.8)
    _finish(axes, look, title)
    axes.tick_params(axis="y", labelcolor=look.text)
    return axes


def daily_lines(
    figure: Figure, report: Report, look: Look, title: str, filed: str, closed: str, place: Any = None
) -> Axes:
    """How many cases were filed and closed each day."""
    axes = _axes(figure, look, place)
    # matplotlib's days: whole days since 1970.
    days = [float(day.toordinal() - date(1970, 1, 1).toordinal()) for day, _, _ in report.daily]
    series = (
        (filed, look.filed, [n for _, n, _ in report.daily]),
        (closed, look.closed, [n for _, _, n in report.daily]),
    )
    for name, colour, values in series:
        axes.plot(
            days,
            values,
            color=colour,
            linewidth=1.8,
            label=name,
            marker="o" if len(days) <= 31 else "",
            markersize=3,
        )
        if name == filed:
            axes.fill_between(days, values, color=colour, alpha=0.08, linewidth=0)
    axes.set_ylim(bottom=0)
    axes.margins(x=0.02)
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.xaxis.set_major_locator(AutoDateLocator(minticks=3, maxticks=8))  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(DateFormatter("%m-%d" if len(days) <= 180 else "%Y-%m"))  # type: ignore[no-untyped-call]
    axes.grid(axis="y", color=look.line, linewidth=0.8)
    _finish(axes, look, title)
    legend = axes.legend(
        loc="lower right",
        bbox_to_anchor=(1.0, 1.0),
        borderaxespad=0.4,
        ncols=2,
        frameon=False,
        prop=font(8),
        handlelength=1.4,
    )
    for text in legend.get_texts():
        text.set_color(look.text)
    return axes


def _axes(figure: Figure, look: Look, place: Any) -> Axes:
    axes = figure.add_subplot(111) if place is None else figure.add_axes(place)
    axes.set_facecolor(look.ground)
    axes.set_axisbelow(True)
    return axes


def _finish(axes: Axes, look: Look, title: str) -> None:
    axes.set_title(title, loc="left", color=look.text, fontproperties=font(10.5, bold=True), pad=12)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(look.line)
    axes.tick_params(length=0, colors=look.quiet)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(font(8))


def shortened(name: str, most: int) -> str:
    """A name cut to a width in half-width characters: Chinese ones are twice as wide as others."""
    width, out = 0, ""
    for character in name:
        width += 2 if ord(character) > 0x2E7F else 1
        if width > most:
            return f"{out.rstrip()}…"
        out += character
    return out
