"""Names in memory, laid out so that any part of any of them is found by a few comparisons of whole arrays.

A city has some ten thousand names: together a few megabytes. Looking through all of them for two characters takes a
millisecond, which no index of grams in a database does better, and nothing is too short to be looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from ...store import raw
from ..lists.statement_parts import listed
from . import pinyin

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

EXACT, PREFIX, WORD = 90.0, 80.0, 70.0
PINYIN, PINYIN_PREFIX = 65.0, 60.0
INITIALS, INITIALS_PREFIX, MIXED = 55.0, 50.0, 52.0
INSIDE, PINYIN_INSIDE, BESIDE = 40.0, 30.0, 20.0
"""What a match is worth; ``BESIDE``: it stands in the detail only."""
UNUSUAL = 7.0
"""What initials are worth less where a character is read as it seldom is."""
WORD_ENDS = "省市区县镇乡村道路街巷号与"
"""What follows one of these begins a word of a Chinese name."""
MIXED_CANDIDATES = 200
ENOUGH = 30
"""Where so many match better, mixed writing is not looked for."""
LONGEST_QUERY = 64


class Lines:
    """Many short texts as one array of code units, each between two zeros; several may belong to one row."""

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        """``texts``: row and text. A text that has none but ASCII characters takes one byte for each, else two."""
        rows, parts = [], []
        for row, text in texts:
            rows.append(row)
            parts.append(text)
        whole = "\0" + "\0".join(parts) + "\0"
        self._wide = not whole.isascii()
        units = whole.encode("utf-16-le", "replace") if self._wide else whole.encode("ascii")
        self._units = np.frombuffer(units, dtype=np.uint16 if self._wide else np.uint8)
        self._starts: NDArray[np.int32] = (np.flatnonzero(self._units == 0)[:-1] + 1).astype(np.int32)
        self._rows = np.array(rows, dtype=np.int32)
        self._firsts = np.ones(len(rows), dtype=np.bool_)
        self._firsts[1:] = self._rows[1:] != self._rows[:-1]

    @property
    def nbytes(self) -> int:
        """Bytes of memory."""
        return int(self._units.nbytes + self._starts.nbytes + self._rows.nbytes)

    def find(self, needle: str) -> tuple[Ints, Ints]:
        """Where the needle stands: the places of its first and behind its last character."""
        if not needle or (not self._wide and not needle.isascii()):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        wanted = np.frombuffer(
            needle.encode("utf-16-le", "replace") if self._wide else needle.encode("ascii"), self._units.dtype
        )
        if len(wanted) >= len(self._units):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        at: Ints = np.flatnonzero(self._units[: len(self._units) - len(wanted)] == wanted[0])
        for step, unit in enumerate(wanted[1:], 1):
            at = at[self._units[at + step] == unit]
            if not len(at):
                break
        return at, at + len(wanted)

    def _lines(self, places: Ints) -> Ints:
        line: Ints = np.searchsorted(self._starts, places, side="right") - 1
        return line

    def rows(self, places: Ints) -> Ints:
        """The rows of places."""
        found: Ints = self._rows[self._lines(places)].astype(np.int64)
        return found

    def firsts(self, places: Ints) -> NDArray[np.bool_]:
        """Whether the text of each place is the first of its row."""
        answer: NDArray[np.bool_] = self._firsts[self._lines(places)]
        return answer

    def begins(self, places: Ints) -> NDArray[np.bool_]:
        """Whether a text begins at each place."""
        answer: NDArray[np.bool_] = self._units[places - 1] == 0
        return answer

    def ends(self, places: Ints) -> NDArray[np.bool_]:
        """Whether a text ends before each place."""
        answer: NDArray[np.bool_] = self._units[places] == 0
        return answer

    def follows(self, places: Ints, characters: str) -> NDArray[np.bool_]:
        """Whether one of the characters stands before each place."""
        units = np.frombuffer(characters.encode("utf-16-le"), np.uint16)
        return np.isin(self._units[places - 1], units)


class Beginnings:
    """The first letters of short ASCII texts in order, so that those with a beginning are found by halving."""

    LONGEST = 8

    def __init__(self, texts: Sequence[tuple[int, str]]) -> None:
        """``texts``: row and text."""
        keys = np.array([text.encode("ascii", "replace") for _, text in texts], dtype=f"S{self.LONGEST}")
        order = np.argsort(keys, kind="stable")
        self._keys = keys[order]
        self._rows = np.array([row for row, _ in texts], dtype=np.int32)[order]

    @property
    def nbytes(self) -> int:
        """Bytes of memory."""
        return int(self._keys.nbytes + self._rows.nbytes)

    def find(self, beginning: str) -> Ints:
        """The rows of texts that begin so, as far as :data:`LONGEST` letters tell."""
        wanted = beginning.encode("ascii", "replace")[: self.LONGEST]
        low = np.searchsorted(self._keys, wanted)
        high = np.searchsorted(self._keys, wanted + b"\xff" * (self.LONGEST - len(wanted)), side="right")
        found: Ints = self._rows[low:high].astype(np.int64)
        return found


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one kind: from ``start`` to before ``end``."""

    kind: str
    start: int
    end: int


class Names:
    """What ``find_entry`` has, to be looked through. Immutable; another one is made when the names have changed."""

    def __init__(
        self,
        entries: Sequence[tuple[Any, ...]],
        *,
        kept: bool = False,
    ) -> None:
        """``entries``: id, kind, ref, name, detail, pinyin, initials, lon, lat; those of one kind together. ``kept``: they
        stand in no table, and what is told of them is kept here."""
        self.kept = kept
        self._told = [tuple(row[:5]) for row in entries] if kept else []
        self.ids = np.array([row[0] for row in entries], dtype=np.int64)
        self.groups: list[Group] = []
        for at, row in enumerate(entries):
            if not self.groups or self.groups[-1].kind != row[1]:
                self.groups.append(Group(row[1], at, at))
            last = self.groups[-1]
            self.groups[-1] = Group(last.kind, last.start, at + 1)
        nan = float("nan")
        self.lon = np.array([nan if row[7] is None else row[7] for row in entries], dtype=np.float64)
        self.lat = np.array([nan if row[8] is None else row[8] for row in entries], dtype=np.float64)
        folded = [pinyin.fold(row[3]) for row in entries]
        self._names = Lines(
            text
            for at, row in enumerate(entries)
            for text in ((at, folded[at]), (at, pinyin.fold(row[4].partition(" · ")[0])))[
                : 1
                + (
                    row[1] == "unit" and " " in row[5]
                )  # what a unit is called for short is read too
            ]
        )
        self._details = Lines((at, pinyin.fold(row[4])) for at, row in enumerate(entries))
        self._refs = Lines(
            (at, pinyin.fold(row[2]))
            for at, row in enumerate(entries)
            if row[1] in ("grid", "division", "unit", "person")
        )
        self._pinyin = Lines((at, said) for at, row in enumerate(entries) for said in row[5].split())
        said = [(at, text) for at, row in enumerate(entries) for text in row[6].split()]
        self._initials = Lines(said)
        self._beginnings = Beginnings(said)
        self._folded = folded
        self.roads: dict[str, list[int]] = {}
        self.buildings: dict[str, list[int]] = {}
        for at, row in enumerate(entries):
            if row[1] in ("road", "building"):
                (self.roads if row[1] == "road" else self.buildings).setdefault(folded[at], []).append(at)
        self.longest = max(map(len, (*self.roads, *self.buildings)), default=0)

    @classmethod
    def read(cls, conn: Connection) -> Names:
        """Those of a city."""
        query = (
            "SELECT id, kind, ref, name, detail, pinyin, initials, lon, lat FROM find_entry ORDER BY kind, id"
        )
        return cls([tuple(row) for row in conn.exec_driver_sql(query)])

    def __len__(self) -> int:
        return len(self.ids)

    def told(self, conn: Connection, places: Sequence[int]) -> list[tuple[Any, ...]]:
        """Id, kind, ref, name and detail of the rows at these places; of those that still are."""
        if self.kept:
            return [self._told[at] for at in places]
        clause, value = listed(conn, self.ids[list(places)].tolist())
        query = f"SELECT id, kind, ref, name, detail FROM find_entry WHERE id {clause}"
        return raw.all_rows(conn, query, (value,))

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays."""
        lines = (self._names, self._details, self._refs, self._pinyin, self._initials, self._beginnings)
        return sum(part.nbytes for part in lines) + 3 * self.ids.nbytes

    def scores(self, query: str) -> Floats:
        """What each row is worth for the folded query; 0: nothing."""
        scores = np.zeros(len(self.ids))
        query = query[:LONGEST_QUERY]
        if not query or not len(self.ids):
            return scores

        def say(rows: Ints, worth: Floats | float) -> None:
            np.maximum.at(scores, rows, worth)

        at, end = self._names.find(query)
        if len(at):
            begins, ends = self._names.begins(at), self._names.ends(end)
            worth = np.where(self._names.follows(at, WORD_ENDS), WORD, INSIDE)
            worth = np.where(begins, np.where(ends, EXACT, PREFIX), worth)
            say(self._names.rows(at), worth)
        if query.isascii():
            self._say_codes(query, say)
        if pinyin.is_latin(query):
            self._say_pinyin(query, say)
            self._say_mixed(query, scores)
        return scores

    def _say_codes(self, query: str, say) -> None:  # type: ignore[no-untyped-def]
        at, end = self._refs.find(query)
        if len(at) and (len(query) >= 3):
            begins, ends = self._refs.begins(at), self._refs.ends(end)
            worth = np.where(begins | ends, PREFIX - 2 * ~begins, INSIDE)
            say(self._refs.rows(at), np.where(begins & ends, 100.0, worth))

    def _say_pinyin(self, query: str, say) -> None:  # type: ignore[no-untyped-def]
        at, end = self._pinyin.find(query)
        begins, ends = self._pinyin.begins(at), self._pinyin.ends(end)
        inside = PINYIN_INSIDE if len(query) >= 4 else 0.0
        say(self._pinyin.rows(at), np.where(begins, np.where(ends, PINYIN, PINYIN_PREFIX), inside))
        at, end = self._initials.find(query)
        begins, ends = self._initials.begins(at), self._initials.ends(end)
        inside = BESIDE if len(query) >= 3 else 0.0
        usual = np.where(begins, np.where(ends, INITIALS, INITIALS_PREFIX), inside)
        say(self._initials.rows(at), np.where(self._initials.firsts(at), usual, usual - UNUSUAL * begins))

    def _say_mixed(self, query: str, scores: Floats) -> None:
        """«zs路», «zhongsl»: rows whose initials could be meant are looked at one by one."""
        if np.count_nonzero(scores >= INITIALS) >= ENOUGH:
            return  # they were all worth more
        seen: dict[int, None] = {}
        for said in pinyin.openings(query):
            if len(said) >= 2 and len(seen) < MIXED_CANDIDATES:
                rows = self._beginnings.find(said)
                seen.update(dict.fromkeys(rows[scores[rows] < MIXED].tolist()))
        for row in islice(seen, MIXED_CANDIDATES):
            if pinyin.means(query, self._folded[row], usual=True):
                scores[row] = max(scores[row], MIXED)
            elif pinyin.means(query, self._folded[row]):
                scores[row] = max(scores[row], MIXED - UNUSUAL)

    def all_of(self, tokens: Sequence[str]) -> Floats:
        """What each row is worth where each of the folded tokens stands in its name or its detail, one in its name;
        where that is true of none, of those that have one of them."""
        total = np.full(len(self.ids), np.inf)
        best = np.zeros(len(self.ids))
        for token in tokens:
            named = self.scores(token)
            beside = np.zeros(len(self.ids))
            at, _ = self._details.find(token)
            beside[self._details.rows(at)] = BESIDE
            best = np.maximum(best, named)
            total = np.minimum(total, np.maximum(named, beside))
        together = (total > 0) & (best > 0)
        if together.any():
            worth: Floats = np.where(together, WORD / 2 + (best + total) / 6, 0.0)
        else:  # each by itself then
            worth = best / 2
        return worth

    def beside(self, query: str) -> Ints:
        """The rows in whose detail the folded query stands."""
        at, _ = self._details.find(query)
        return np.unique(self._details.rows(at))

    def exactly(self, name: str) -> Ints:
        """The rows of that folded name."""
        at, end = self._names.find(name)
        return self._names.rows(at[self._names.begins(at) & self._names.ends(end)])

    def within(self, text: str) -> list[str]:
        """The names of roads and buildings that the folded text has in it, the longest where they lie over each other."""
        out: list[str] = []
        at = 0
        while at < len(text):
            for length in range(min(self.longest, len(text) - at), 1, -1):
                part = text[at : at + length]
                if part in self.roads or part in self.buildings:
                    out.append(part)
                    at += length
                    break
            else:
                at += 1
        return out
