"""Is the log still what was sealed? One pass over a stream of records, whether a database or an exported file gives them.

What a seal says of each event (:class:`~.seals.Leaf`) is laid beside the event that is there now. What differs is named:
the case, the event, its number in the log, the day of the seal, and what kind of tampering it looks like.
Memory grows with the number of cases (the newest event of each is kept in mind), not with that of events.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from json.encoder import encode_basestring as quoted
from typing import Any, NamedTuple

from ...workflow.event import GENESIS
from . import merkle
from .sealing_keys import Key, trusted
from .seals import FIRST, Leaf, Seal, other_digest

MOST = 10_000
"""Differences that are kept to be named; of more only the number is told."""
EVERY = 2000
"""Events from one telling of the progress to the next."""


class Row(NamedTuple):
    """An event as it lies in the log, nothing of it read: instants and data are the text that is there."""

    case_id: str
    seq: int
    log_id: int
    kind: str
    at: str
    actor: str
    actor_name: str
    post: str
    unit: str
    command_id: str
    to_state: str
    data: str
    prev_hash: str
    hash: str

    def own_hash(self) -> str:
        """What the hash of this event must be."""
        # Spelt out: texts and whole numbers have one spelling, and this is most of the work of a verification.
        values = ",".join(map(quoted, self[3:11]))
        text = f"[{quoted(self[12])},{quoted(self[0])},{self[1]},{values},{self[11]}]"
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Part:
    """Leaves of the seal that came last, in order. ``leaves`` is None where what is kept cannot be read.

    ``root`` is what is kept beside them, for proofs.
    """

    leaves: list[Leaf] | None
    root: str


@dataclass(frozen=True, slots=True)
class Other:
    """A row of another sealed log."""

    table: str
    values: tuple[Any, ...]


Record = Key | Seal | Part | Row | Other
"""All keys come first; after a seal its parts, each before the events it is over, then the seal's rows of other logs."""


@dataclass(frozen=True, slots=True)
class Pin:
    """What was told outside of a seal that was made: its day and hash, and the public half of its key."""

    day: str
    seal: str
    public: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not what was sealed, or never was sound.

    ``kind``, of an event: changed, rewritten (its hash, too), redated, deleted, inserted, reordered, chain (does not
    follow the one before), gap (one before it is missing); of a case: case_removed, case_added; of a seal: seal_signature,
    seal_chain, seal_range, seal_key, seal_index (what it says of the events is damaged), day (events of that day are not
    what was sealed, and which cannot be told), other_log (``detail``: the table), pinned. ``log_id`` 0: of no one event.
    """

    kind: str
    day: str = ""
    case_id: str = ""
    seq: int = 0
    log_id: int = 0
    detail: str = ""


@dataclass
class Report:
    """What was looked at, and what was found."""

    findings: list[Finding] = field(default_factory=list)
    events: int = 0
    cases: int = 0
    seals: int = 0
    sealed: int = 0
    """Events that a seal is over."""
    last_day: str = ""
    last_seal: str = ""
    """Its hash: what to compare with what was told outside."""
    keys: list[Key] = field(default_factory=list)
    more: int = 0
    """Differences that were counted and not named."""

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


class Cancelled(Exception):
    """Whoever asked does not want to know any more."""


def verify(
    records: Iterable[Record],
    *,
    pins: Iterable[Pin] = (),
    publics: frozenset[str] = frozenset(),
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    others: bool = True,
) -> Report:
    """Everything that is wrong. ``publics``: public keys (hex) that are trusted; without any, the city's first.

    ``others``: whether the records bring the rows of the other logs, which not everybody may read whole.
    Raises Cancelled when ``cancelled`` says so.
    """
    check = _Check(list(pins), publics, others)
    for record in records:
        if isinstance(record, Row):
            check.event(record)
            if check.report.events % EVERY == 0:
                if cancelled is not None and cancelled():
                    raise Cancelled
                if progress is not None:
                    progress(check.report.events)
        elif isinstance(record, Part):
            check.part(record)
        elif isinstance(record, Seal):
            check.seal(record)
        elif isinstance(record, Key):
            check.report.keys.append(record)
        else:
            check.other(record)
    return check.finish()


class _Check:
    """The state of one pass."""

    def __init__(self, pins: list[Pin], publics: frozenset[str], others: bool) -> None:
        self.report = Report()
        self._with_others = others
        self._pins = {pin.day: pin for pin in pins}
        self._publics = publics | {pin.public for pin in pins}
        self._good: dict[str, Key] | None = None
        self._heads: dict[str, tuple[int, str]] = {}
        self._seal: Seal | None = None
        self._before: Seal | None = None
        # Between what the seal before and this one are over lies what no seal is over.
        self._low = self._first = self._last = 0
        self._signed = True
        # Of the seal under way: leaves still to come, what they and the events there make, and what differs.
        self._due: deque[tuple[Leaf, bytes]] = deque()
        self._index, self._index_count, self._index_whole = merkle.Growing(), 0, True
        self._rows, self._rows_count = merkle.Growing(), 0
        self._odd: list[Finding] = []
        self._others: dict[str, merkle.Growing] = {}
        # Of the whole log.
        self._missing: list[tuple[str, Leaf]] = []
        self._extra: list[tuple[str, Row]] = []
        self._missing_mark = self._extra_mark = 0
        self._chain: list[Finding] = []

    # ---- events --------------------------------------------------------------------------------------------------

    def event(self, row: Row) -> None:
        """An event that is there."""
        self.report.events += 1
        sound = row.own_hash() == row.hash
        seal = self._seal
        if seal is not None and row.log_id <= self._last and not self._low < row.log_id < self._first:
            self.report.sealed += 1
            self._compare(seal, row, sound)
        elif not sound:
            self._note(self._odd, Finding("changed", "", row.case_id, row.seq, row.log_id))
        head = self._heads.get(row.case_id)
        seq, digest = head if head is not None else (0, GENESIS)
        if row.seq != seq + 1:
            kind = "gap" if row.seq > seq + 1 else "chain"
            self._note(self._chain, Finding(kind, "", row.case_id, row.seq, row.log_id))
        elif row.prev_hash != digest:
            self._note(self._chain, Finding("chain", "", row.case_id, row.seq, row.log_id))
        self._heads[row.case_id] = (row.seq, row.hash)

    def _compare(self, seal: Seal, row: Row, sound: bool) -> None:
        leaf = Leaf(row.log_id, row.case_id, row.seq, row.at, row.hash)
        self._rows_count += 1
        due = self._due
        while due and due[0][0].log_id < row.log_id:
            self._gone(seal, due.popleft()[0])
        if not due or due[0][0].log_id != row.log_id:
            self._rows.add(leaf.digest)
            self._added(seal, row)
            return
        was, digest = due.popleft()
        if was == leaf:
            self._rows.add(digest)
            if sound:
                return
        else:
            self._rows.add(leaf.digest)
        if (was.case_id, was.seq) != (row.case_id, row.seq):
            self._gone(seal, was)
            self._added(seal, row)
            return
        kind = "redated" if was.at != row.at else "rewritten" if sound else "changed"
        self._note(self._odd, Finding(kind, seal.day, row.case_id, row.seq, row.log_id))

    def _gone(self, seal: Seal, leaf: Leaf) -> None:
        self._keep(self._missing, (seal.day, leaf))

    def _added(self, seal: Seal, row: Row) -> None:
        self._keep(self._extra, (seal.day, row))

    def _note(self, into: list[Finding], finding: Finding) -> None:
        self._keep(into, finding)

    def _keep(self, into: list[Any], item: Any) -> None:
        if len(into) < MOST:
            into.append(item)
        else:
            self.report.more += 1

    # ---- seals ---------------------------------------------------------------------------------------------------

    def part(self, part: Part) -> None:
        """Leaves of the seal under way."""
        if self._seal is None:
            return
        self._flush(self._seal)
        if part.leaves is None:
            self._index_whole = False
            return
        digests = [leaf.digest for leaf in part.leaves]
        root = merkle.root_of(digests)
        self._index_whole = self._index_whole and root.hex() == part.root
        self._index.add(root)
        self._index_count += len(part.leaves)
        if not self._signed and part.leaves:
            self._last = max(self._last, part.leaves[-1].log_id)
        self._due.extend(zip(part.leaves, digests, strict=True))

    def _flush(self, seal: Seal) -> None:
        while self._due:
            self._gone(seal, self._due.popleft()[0])

    def other(self, other: Other) -> None:
        """A row of another log, of the seal under way."""
        self._others.setdefault(other.table, merkle.Growing()).add(other_digest(other.table, other.values))

    def seal(self, seal: Seal) -> None:
        """The next seal; what was under way is closed."""
        self._close()
        report, before = self.report, self._before
        if self._good is None:
            self._good, strange = trusted(report.keys, self._publics)
            report.findings += [Finding("seal_key", "", detail=key.key_id) for key in strange]
        key = self._good.get(seal.key_id)
        self._signed = key is not None and key.signed(seal.statement, seal.signature)
        if key is None:
            report.findings.append(Finding("seal_key", seal.day, detail=seal.key_id))
        elif not self._signed:
            report.findings.append(Finding("seal_signature", seal.day, detail=seal.key_id))
        if seal.previous != (before.hash if before is not None else FIRST):
            report.findings.append(Finding("seal_chain", seal.day))
        if seal.first_log != (before.last_log + 1 if before is not None else 1):
            report.findings.append(Finding("seal_range", seal.day))
        pin = self._pins.pop(seal.day, None)
        if pin is not None and pin.seal != seal.hash:
            report.findings.append(Finding("pinned", seal.day, detail=pin.seal))
        # Where nobody stands for what the seal says, its leaves say what it is over.
        self._low = before.last_log if before is not None else 0
        self._first, self._last = (seal.first_log, seal.last_log) if self._signed else (self._low + 1, 0)
        report.seals += 1
        report.last_day, report.last_seal = seal.day, seal.hash
        self._seal = self._before = seal
        self._index, self._index_count, self._index_whole = merkle.Growing(), 0, True
        self._rows, self._rows_count = merkle.Growing(), 0
        self._others = {}
        self._missing_mark, self._extra_mark = len(self._missing), len(self._extra)

    def _close(self) -> None:
        seal = self._seal
        if seal is None:
            self.report.findings += self._odd
            self._odd = []
            return
        self._flush(seal)
        report = self.report
        index = self._index_whole and (self._index_count, self._index.root.hex()) == (seal.events, seal.root)
        if index:
            report.findings += self._odd
        else:
            # What it says of the events is not what was signed: only the events themselves can tell.
            report.findings.append(Finding("seal_index", seal.day))
            report.findings += [odd for odd in self._odd if not odd.day]
            del self._missing[self._missing_mark :], self._extra[self._extra_mark :]
            changed = [odd for odd in self._odd if odd.day and odd.kind == "changed"]
            report.findings += changed
            if (self._rows_count, self._rows.root.hex()) != (seal.events, seal.root):
                report.findings.append(Finding("day", seal.day))
        self._odd = []
        for table, said in self._said(seal) if self._with_others else ():
            tree = self._others.pop(table, merkle.Growing())
            if (tree.count, tree.root.hex()) != said:
                report.findings.append(Finding("other_log", seal.day, detail=table))

    def _said(self, seal: Seal) -> list[tuple[str, tuple[Any, Any]]]:
        try:
            others = json.loads(seal.others)
            return [(table, (said["count"], said["root"])) for table, said in sorted(others.items())]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            # Not what was signed, and that has been said.
            return []

    # ---- the end -------------------------------------------------------------------------------------------------

    def finish(self) -> Report:
        """Put together what belongs together."""
        self._close()
        report = self.report
        report.cases = len(self._heads)
        if not report.seals and report.keys:
            report.findings.append(Finding("seal_chain", detail="none"))
        report.findings += self._moved()
        named = {finding.case_id for finding in report.findings if finding.case_id}
        report.findings += [odd for odd in self._chain if odd.case_id not in named]
        report.findings += [
            Finding("pinned", day, detail=pin.seal) for day, pin in sorted(self._pins.items())
        ]
        return report

    def _moved(self) -> list[Finding]:
        """Of what is missing at its place and what stands where nothing did: what was moved, taken away, put in."""
        extra = {(row.case_id, row.seq): (day, row) for day, row in self._extra}
        removed: dict[str, tuple[str, int]] = {}
        out: list[Finding] = []
        for day, leaf in self._missing:
            moved = extra.pop((leaf.case_id, leaf.seq), None)
            if moved is not None:
                # The same event at another place; the hash tells whether it is the same in all else.
                same = moved[1].hash == leaf.hash
                kind = "reordered" if same else "rewritten"
                out.append(Finding(kind, day, leaf.case_id, leaf.seq, leaf.log_id))
            elif leaf.case_id in self._heads:
                out.append(Finding("deleted", day, leaf.case_id, leaf.seq, leaf.log_id))
            else:
                first, count = removed.get(leaf.case_id, (day, 0))
                removed[leaf.case_id] = (first, count + 1)
        out += [
            Finding("case_removed", day, case, detail=str(count)) for case, (day, count) in removed.items()
        ]
        begun = {case for case, seq in extra if seq == 1}
        whole = Counter(case for case, _ in extra if case in begun)
        for (case, seq), (day, row) in extra.items():
            if case not in whole:
                out.append(Finding("inserted", day, case, seq, row.log_id))
            elif seq == 1:
                out.append(Finding("case_added", day, case, log_id=row.log_id, detail=str(whole[case])))
        return out
