"""Documents for reading and printing: A4 pages of headings, lines, tables and pictures, as PDF.

The words are those of ``data/documents/words.toml``. Drawing is matplotlib's, which is loaded when a document is made.
"""

from __future__ import annotations

import io
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ...workflow.library import data_folder

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

LOCAL = ZoneInfo("Asia/Shanghai")
A4 = (8.27, 11.69)
LEFT, RIGHT, TOP, BOTTOM = 0.07, 0.93, 0.95, 0.06
TEXT, QUIET, LINE, BAND = "#17202E", "#5B6875", "#C9D1DA", "#F2F5F8"
FAMILIES = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "DejaVu Sans")
LEAD = 0.0172
"""From one line to the next, in heights of the page."""
WIDE = 112
"""Half-width characters in a line of the whole page."""


@cache
def words() -> Mapping[str, Any]:
    """The words of documents, by document and key."""
    with (data_folder() / "documents" / "words.toml").open("rb") as stream:
        return tomllib.load(stream)


def local_time(at: datetime | None) -> str:
    """``2026-11-21 16:05``; "" for None."""
    return "" if at is None else at.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M")


@cache
def _font(size: float, bold: bool = False) -> FontProperties:
    from matplotlib.font_manager import FontProperties, fontManager

    here = {entry.name for entry in fontManager.ttflist}
    families = [name for name in FAMILIES if name in here] or ["sans-serif"]
    return FontProperties(family=families, size=size, weight="bold" if bold else "normal")


WORD = 24
"""Characters of a word in Latin letters that is not torn; what is longer (a hash) is."""


def wrapped(text: str, most: int) -> list[str]:
    """The text in lines of at most so many half-width characters; no line begins with a closing mark."""
    out: list[str] = []
    for part in text.splitlines() or [""]:
        line, width = "", 0
        for character in part:
            wide = 2 if ord(character) > 0x2E7F else 1
            if width + wide > most and character not in "，。、；：）”％%":
                word = _word_at_end(line) if wide == 1 and character != " " else ""
                out.append(line.removesuffix(word).rstrip(" "))
                line, width = word, len(word)
            line += character
            width += wide
        out.append(line)
    return out


def _word_at_end(line: str) -> str:
    """The word that a line ends with, where it is one that may be taken to the next."""
    end = len(line)
    while end and line[end - 1].isascii() and line[end - 1] != " ":
        end -= 1
    word = line[end:]
    return word if end and len(word) <= WORD else ""


class Paper:
    """A document that is written from top to bottom; pages are turned by themselves. :meth:`pdf` gives the bytes."""

    def __init__(self, title: str, city: str, made_at: datetime) -> None:
        self._title = title
        self._figures: list[Figure] = []
        self._y = 0.0
        self._turn()
        self._put(LEFT, title, 17, bold=True)
        self._y -= 0.034
        self._put(LEFT, words()["page"]["made"].format(city=city, at=local_time(made_at)), 9, QUIET)
        self._y -= 0.03

    # ---- writing -------------------------------------------------------------------------------------------------

    def heading(self, text: str) -> None:
        """A heading, never alone at the foot of a page."""
        self._room(0.09)
        self._y -= 0.008
        self._put(LEFT, text, 12, bold=True)
        self._y -= 0.026

    def line(self, text: str, quiet: bool = False) -> None:
        """A paragraph."""
        for part in wrapped(text, WIDE):
            self._room(LEAD)
            self._put(LEFT, part, 9, QUIET if quiet else TEXT)
            self._y -= LEAD
        self._y -= 0.004

    def gap(self) -> None:
        """A little room."""
        self._y -= LEAD / 2

    def values(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Names and what they are, below each other; empty ones are left out."""
        for name, value in pairs:
            if not value:
                continue
            lines = wrapped(value, 82)
            self._room(LEAD * len(lines))
            self._put(LEFT, name, 9, QUIET)
            for part in lines:
                self._put(LEFT + 0.15, part, 9)
                self._y -= LEAD
            self._y -= 0.003

    def table(self, columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]]) -> None:
        """A table; ``columns`` are headings with their shares of the width. Cells are wrapped, headings repeated."""
        total = sum(share for _, share in columns)
        edges = [LEFT]
        for _, share in columns:
            edges.append(edges[-1] + (RIGHT - LEFT) * share / total)
        self._heads([name for name, _ in columns], edges)
        for row in rows:
            cells = [
                wrapped(cell, max(4, int((edges[n + 1] - edges[n] - 0.01) / (RIGHT - LEFT) * 118)))
                for n, cell in enumerate(row)
            ]
            height = LEAD * max(map(len, cells)) + 0.004
            if self._y - height < BOTTOM:
                self._turn()
                self._heads([name for name, _ in columns], edges)
            for n, lines in enumerate(cells):
                for number, part in enumerate(lines):
                    self._put(edges[n] + 0.005, part, 8, below=0.003 + LEAD * number)
            self._y -= height
            self._rule()
        self._y -= 0.012

    def _heads(self, names: Sequence[str], edges: Sequence[float]) -> None:
        from matplotlib.patches import Rectangle

        self._room(0.06)
        band = Rectangle((LEFT, self._y - 0.022), RIGHT - LEFT, 0.022, color=BAND, linewidth=0)
        self._figures[-1].add_artist(band)
        for name, edge in zip(names, edges, strict=False):
            self._put(edge + 0.005, name, 8, bold=True, below=0.005)
        self._y -= 0.022
        self._rule()

    def picture(self, content: bytes, caption: str, height: float = 0.3) -> None:
        """A photograph, made small for the page, with a line below it."""
        from PIL import Image, ImageOps

        lines = wrapped(caption, WIDE)
        self._room(height + LEAD * (len(lines) + 1))
        with Image.open(io.BytesIO(content)) as opened:
            image = ImageOps.exif_transpose(opened).convert("RGB")
        image.thumbnail((1200, 1200))
        # The page is not square: how much wider than tall the picture is in shares of the page.
        ratio = image.width / image.height * A4[1] / A4[0]
        tall = min(height, (RIGHT - LEFT) / ratio)
        axes: Any = self._figures[-1].add_axes((LEFT, self._y - tall, tall * ratio, tall))
        axes.imshow(image, aspect="auto", interpolation="lanczos")
        axes.axis("off")
        self._y -= tall + 0.006
        for part in lines:
            self._put(LEFT, part, 8, QUIET)
            self._y -= LEAD
        self._y -= 0.01

    # ---- the page ------------------------------------------------------------------------------------------------

    def _turn(self) -> None:
        from matplotlib.figure import Figure

        self._figures.append(Figure(figsize=A4, facecolor="#FFFFFF"))
        self._y = TOP

    def _room(self, height: float) -> None:
        if self._y - height < BOTTOM:
            self._turn()

    def _put(
        self, x: float, text: str, size: float, colour: str = TEXT, bold: bool = False, below: float = 0.0
    ) -> None:
        self._figures[-1].text(
            x,
            self._y - below,
            # A dollar sign would begin a formula.
            text.replace("$", r"\$"),
            fontproperties=_font(size, bold),
            color=colour,
            va="top",
        )

    def _rule(self) -> None:
        from matplotlib.lines import Line2D

        self._figures[-1].add_artist(Line2D([LEFT, RIGHT], [self._y, self._y], color=LINE, linewidth=0.6))

    @property
    def pages(self) -> int:
        """How many pages there are so far."""
        return len(self._figures)

    def pdf(self) -> bytes:
        """The document. Nothing in it depends on when or where it is made but what was written."""
        from matplotlib.backends.backend_pdf import PdfPages

        out = io.BytesIO()
        metadata = {"Title": self._title, "CreationDate": None, "Creator": None, "Producer": None}
        with PdfPages(out, metadata=metadata) as pdf:
            for number, figure in enumerate(self._figures, 1):
                label = words()["page"]["number"].format(page=number, pages=self.pages)
                figure.text(0.5, 0.025, label, fontproperties=_font(7.5), color=QUIET, ha="center", va="top")
                pdf.savefig(figure)
        return out.getvalue()
