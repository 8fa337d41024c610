"""Codes in memory: a million of them, of which any end, beginning or part is found within milliseconds.

No index of a database serves the end of a code. A code is sixteen or nineteen digits, so a million of them are sixteen
or nineteen megabytes: held as columns of one digit, each further digit that was typed leaves a tenth to look at.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from ...store import raw

CHUNK = 100_000

Bytes = NDArray[np.uint8]


class Codes:
    """The codes of a table's column ``code``. Immutable."""

    def __init__(self, blocks: list[Bytes]) -> None:
        """``blocks``: codes of one length each, as (length, count) digits."""
        self._blocks = blocks

    @classmethod
    def read(cls, conn: Connection, table: str) -> Codes:
        """All codes of ``table`` (cases or component). Read in pieces joined by the database, which costs no objects."""
        joined = "string_agg(code, '')" if conn.dialect.name == "postgresql" else "group_concat(code, '')"
        widths = [row[0] for row in raw.all_rows(conn, f"SELECT DISTINCT length(code) FROM {table}")]
        blocks = []
        for width in sorted(int(width) for width in widths if width):
            pieces: list[Bytes] = []
            last = ""
            while True:
                part = f"SELECT code FROM {table} WHERE code > ? AND length(code) = ? ORDER BY code LIMIT {CHUNK}"
                row: Any = raw.first(
                    conn, f"SELECT {joined}, max(code), count(*) FROM ({part}) AS p", (last, width)
                )
                if row is None or not row[2]:
                    break
                text = str(row[0])
                if text.isascii():  # others are found whole, by the table's own index
                    pieces.append(np.frombuffer(text.encode("ascii"), np.uint8).reshape(-1, width))
                last = row[1]
                if row[2] < CHUNK:
                    break
            if pieces:
                blocks.append(np.ascontiguousarray(np.concatenate(pieces).T))
        return cls(blocks)

    def __len__(self) -> int:
        return sum(block.shape[1] for block in self._blocks)

    @property
    def nbytes(self) -> int:
        """Bytes of memory."""
        return sum(block.nbytes for block in self._blocks)

    def ending(self, part: str, limit: int) -> list[str]:
        """Codes that end so, the greatest first."""
        return self._at(part, lambda width: [width - len(part)], limit)

    def beginning(self, part: str, limit: int) -> list[str]:
        """Codes that begin so, the greatest first."""
        return self._at(part, lambda width: [0], limit)

    def having(self, part: str, limit: int) -> list[str]:
        """Codes that have this in them somewhere, the greatest first."""
        return self._at(part, lambda width: range(width - len(part) + 1), limit)

    def _at(self, part: str, places: Any, limit: int) -> list[str]:
        if not part or not part.isascii():
            return []
        wanted = part.encode("ascii")
        out: list[str] = []
        for block in self._blocks:
            width = block.shape[0]
            if len(wanted) > width:
                continue
            found: set[int] = set()
            for place in places(width):
                found.update(_matching(block, wanted, place)[-limit:].tolist())
            out += [block[:, at].tobytes().decode("ascii") for at in sorted(found)[-limit:]]
        return sorted(out, reverse=True)[:limit]


def _matching(block: Bytes, wanted: bytes, place: int) -> NDArray[np.intp]:
    """The columns of the block with the wanted digits from ``place`` on. From the last digit, for codes begin alike."""
    at: NDArray[np.intp] | None = None
    mask: NDArray[np.bool_] | None = None
    for step in range(len(wanted) - 1, -1, -1):
        row = block[place + step]
        if at is not None:
            at = at[row[at] == wanted[step]]
            continue
        same = row == wanted[step]
        mask = same if mask is None else np.logical_and(mask, same, out=mask)
        if step == 0 or np.count_nonzero(mask) * 8 < len(mask):
            at = np.flatnonzero(mask)
    return np.empty(0, np.intp) if at is None else at
