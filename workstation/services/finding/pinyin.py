"""How Chinese names are read: whole syllables, first letters, and whether what somebody typed means a name.

Readings come from ``data/pinyin/readings.txt``; it is read when first asked for. What is typed may mix characters,
syllables and first letters («中sl», «zhongshl», «zsl» for 中山路), in every reading of a character.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import heappop, heappush
from itertools import islice, product

from ...paths import data_dir

LONGEST_PHRASE = 3
ALTERNATIVES = 24
"""So many different initials of one name are kept: 重 has three first letters, and 长重乐行 would have more than help."""
DOUBLE = ("zh", "ch", "sh")
SEGMENTATIONS = 16
STEPS = 600
"""A text that is cut in this many places and still is no name is none."""


def fold(text: str) -> str:
    """The text without what makes no difference: width, case, blanks and marks."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in wide if char.isalnum())


@dataclass(slots=True)
class _Table:
    readings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    phrases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    beginnings: frozenset[str] = frozenset()
    syllables: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def _table() -> _Table:
    readings: dict[str, tuple[str, ...]] = {}
    phrases: dict[str, tuple[str, ...]] = {}
    for line in (data_dir() / "pinyin" / "readings.txt").read_text(encoding="utf-8").splitlines():
        place, _, rest = line.partition(" ")
        if place == "=":
            phrase, *said = rest.split()
            phrases[phrase] = tuple(said)
        elif place.isdigit():  # in the order of the places
            syllable, chars = rest.split()
            for char in chars:
                readings[char] = (*readings.get(char, ()), syllable)
    syllables = frozenset(syllable for said in readings.values() for syllable in said)
    beginnings = frozenset(syllable[:n] for syllable in syllables for n in range(1, len(syllable) + 1))
    return _Table(readings, phrases, beginnings, syllables)


def readings(char: str) -> tuple[str, ...]:
    """Every reading of a character, the usual one first; none where it is not Chinese."""
    return _table().readings.get(char, ())


def syllables(name: str) -> list[str]:
    """The name read: a syllable for each character as the phrase it stands in is read; other characters as they are."""
    table = _table()
    out: list[str] = []
    at = 0
    while at < len(name):
        for length in range(min(LONGEST_PHRASE, len(name) - at), 1, -1):
            said = table.phrases.get(name[at : at + length])
            if said is not None:
                out += said
                at += length
                break
        else:
            known = table.readings.get(name[at])
            out.append(known[0] if known else name[at])
            at += 1
    return out


def whole(name: str) -> str:
    """The name in full syllables: ``chongqinglu`` of 重庆路."""
    return "".join(syllables(fold(name)))


def initials(name: str) -> str:
    """First letters, in every reading of each character, those of the usual reading first, parted by blanks: ``cql zql tql``."""
    folded = fold(name)
    table = _table()
    letters = [
        tuple(dict.fromkeys((said[0], *(reading[0] for reading in table.readings.get(char, ())))))
        for char, said in zip(folded, syllables(folded), strict=True)
    ]
    return " ".join("".join(choice) for choice in islice(_by_fewest_changes(letters), ALTERNATIVES))


def _by_fewest_changes(letters: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The usual one, then those in which one character is read otherwise, then all others as far as they are wanted."""
    usual = tuple(choice[0] for choice in letters)
    out = dict.fromkeys([usual])
    for place, choice in enumerate(letters):
        for other in choice[1:]:
            out.setdefault((*usual[:place], other, *usual[place + 1 :]))
    for found in islice(product(*letters), ALTERNATIVES):
        out.setdefault(found)
    return list(out)


def is_latin(text: str) -> bool:
    """Whether the text has letters that could be pinyin."""
    return any("a" <= char <= "z" for char in text)


def openings(query: str) -> list[str]:
    """What the initials of a name may read where the folded ``query`` means it, the likeliest first.

    Latin runs are cut into syllables, first letters and, at their end, the beginning of a syllable; a Chinese character stands for the first letters of
    all its readings, which multiplies; at most :data:`SEGMENTATIONS`.
    """
    table = _table()
    found: dict[str, None] = {}
    heap = [
        (0, 0, "")
    ]  # initials and unfinished syllables so far, place (negative: the farthest first), initials
    for _ in range(STEPS):
        if not heap or len(found) >= SEGMENTATIONS:
            break
        cost, place, said = heappop(heap)
        at = -place
        if at == len(query):
            found[said] = None
            continue
        char = query[at]
        if not "a" <= char <= "z":
            for letter in dict.fromkeys(reading[0] for reading in table.readings.get(char, (char,))):
                heappush(heap, (cost + 1, place - 1, said + letter))
            continue
        for length in range(1, min(6, len(query) - at) + 1):
            part = query[at : at + length]
            if part not in table.beginnings:
                break
            unfinished = part not in table.syllables
            if length == 1 or not unfinished or part in DOUBLE or at + length == len(query):
                heappush(heap, (cost + 1 + unfinished, place - length, said + part[0]))
    return list(found)


def means(query: str, name: str, start: int = 0, *, usual: bool = False) -> int:
    """How many characters of the folded ``name`` from ``start`` on the folded ``query`` stands for; 0: it does not.

    Each character of the name is met by itself, or by a beginning of one of its readings, one letter at least;
    with ``usual`` of its usual reading.
    """
    table = _table()
    ways = {0}  # letters of the query that are used up
    for at in range(start, len(name)):
        char = name[at]
        further: set[int] = set()
        for used in ways:
            if query[used] == char:
                further.add(used + 1)
            for reading in table.readings.get(char, ())[: 1 if usual else None]:
                length = 0
                while (
                    length < len(reading)
                    and used + length < len(query)
                    and query[used + length] == reading[length]
                ):
                    length += 1
                    further.add(used + length)
        if len(query) in further:
            return at - start + 1
        if not further:
            return 0
        ways = further
    return 0
