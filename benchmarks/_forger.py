"""Somebody who may write every table, has read the documentation, and does not have the key."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from benchmarks._sealed_city import Sealed
from workstation.services.audit import merkle, seals
from workstation.services.audit.proof import Report, Row
from workstation.services.audit.sealing_keys import Signer, register
from workstation.services.audit.seals import SEAL_COLUMNS, Leaf, Seal
from workstation.store import raw
from workstation.store.database import Database
from workstation.workflow.event import GENESIS, canonical_json

CLOSED = ("case_event", "seal", "seal_part", "account_event", "personal_look", "person_change", "attempt")


@dataclass
class Expected:
    """What must be named: one of these cases (and events), or one of these days."""

    cases: set[str] = field(default_factory=set)
    events: set[tuple[str, int]] = field(default_factory=set)
    days: set[str] = field(default_factory=set)


def names(report: Report, expected: Expected) -> bool:
    """Whether the report names it."""
    if expected.events:
        return any((finding.case_id, finding.seq) in expected.events for finding in report.findings)
    if expected.cases:
        return any(finding.case_id in expected.cases for finding in report.findings)
    return any(finding.day in expected.days for finding in report.findings)


@contextmanager
def tampered(
    database: Database, kind: str, rng: random.Random, sealed: Sealed
) -> Iterator[tuple[Any, Expected]]:
    """The city with one tampering in it, for the length of the block; and what must be named."""
    with database.write() as conn:
        if database.kind == "spatialite":
            for (name,) in raw.all_rows(conn, "SELECT name FROM sqlite_master WHERE type = 'trigger'"):
                if any(name.startswith(table) for table in CLOSED):
                    raw.cursor(conn, f'DROP TRIGGER "{name}"')
        else:
            raw.cursor(conn, "SET LOCAL session_replication_role = replica")
        try:
            yield conn, _KINDS[kind](Forger(conn, rng, sealed))
        finally:
            conn.rollback()


class Forger:
    """The hands."""

    def __init__(self, conn: Any, rng: random.Random, sealed: Sealed) -> None:
        self.conn, self.rng, self.sealed = conn, rng, sealed
        self.last = seals.seals_of(conn)[-1].last_log

    def run(self, statement: str, *values: Any) -> None:
        raw.cursor(self.conn, statement, values)

    def rows(self, where: str, *values: Any) -> list[Row]:
        columns = ", ".join(Row._fields)
        found = raw.all_rows(self.conn, f"SELECT {columns} FROM case_event WHERE {where}", values)
        return [Row._make(row) for row in found]

    def any_row(self, where: str = "1 = 1") -> Row:
        """One of the sealed events."""
        found = self.rows(f"log_id <= ? AND {where} ORDER BY log_id", self.last)
        return self.rng.choice(found)

    def day_of(self, log_id: int) -> str:
        return next(s.day for s in seals.seals_of(self.conn) if log_id <= s.last_log)

    def put(self, row: Row) -> None:
        marks = ", ".join("?" * len(row))
        self.run(f"INSERT INTO case_event ({', '.join(Row._fields)}) VALUES ({marks})", *row)

    def take(self, row: Row) -> None:
        self.run("DELETE FROM case_event WHERE case_id = ? AND seq = ?", row.case_id, row.seq)

    def other_value(self, row: Row, name: str) -> str:
        if name == "data":
            told = json.loads(row.data)
            key = self.rng.choice([*sorted(told), "note"])
            value = told.get(key, "")
            told[key] = f"{value}改" if isinstance(value, str) else None
            return canonical_json(told)
        if name == "at":
            return self.other_time(row)
        value = str(getattr(row, name))
        return f"{value[:-1]}{'x' if value[-1:] != 'x' else 'y'}"

    def other_time(self, row: Row) -> str:
        hour = self.rng.choice([h for h in range(24) if h != int(row.at[11:13])])
        return f"{row.at[:11]}{hour:02}{row.at[13:]}"

    def rechain(self, rows: list[Row]) -> list[Row]:
        """A case's rows with every hash made anew."""
        out, previous = [], GENESIS
        for row in sorted(rows, key=lambda row: row.seq):
            made = row._replace(prev_hash=previous)
            out.append(made._replace(hash=made.own_hash()))
            previous = out[-1].hash
        return out

    def write_case(self, case_id: str, rows: list[Row]) -> None:
        """These rows in the place of the case's, and its projection told."""
        self.run("DELETE FROM case_event WHERE case_id = ?", case_id)
        for row in rows:
            self.put(row)
        last = max(rows, key=lambda row: row.seq)
        self.run(
            "UPDATE cases SET seq = ?, last_hash = ?, state = ?, changed_at = ? WHERE id = ?",
            *(last.seq, last.hash, last.to_state, last.at, case_id),
        )

    def case(self, case_id: str) -> list[Row]:
        return self.rows("case_id = ? ORDER BY seq", case_id)

    def free_number(self) -> int:
        """A number in the sealed part of the log that no event has."""
        taken = {row[0] for row in raw.all_rows(self.conn, "SELECT log_id FROM case_event")}
        free = [number for number in range(1, self.last) if number not in taken]
        return self.rng.choice([*free[:50], 0, -1, -self.rng.randrange(2, 10**6)])

    def reindex(self) -> None:
        """Make what is kept of the seals agree with what is in the log now, and the seals' roots where asked."""
        for seal in seals.seals_of(self.conn):
            self.run("DELETE FROM seal_part WHERE day = ?", seal.day)
            for part, (leaves, root) in enumerate(self.parts(seal)):
                self.run(
                    "INSERT INTO seal_part (day, part, last_log, root, content) VALUES (?, ?, ?, ?, ?)",
                    *(seal.day, part, leaves[-1].log_id, root.hex(), seals.packed(leaves)),
                )

    def parts(self, seal: Seal) -> list[tuple[list[Leaf], bytes]]:
        rows = self.rows("log_id >= ? AND log_id <= ? ORDER BY log_id", seal.first_log, seal.last_log)
        leaves = [Leaf(row.log_id, row.case_id, row.seq, row.at, row.hash) for row in rows]
        cut = [leaves[n : n + merkle.PART] for n in range(0, len(leaves), merkle.PART)]
        return [(part, merkle.root_of(leaf.digest for leaf in part)) for part in cut]

    def remake_seals(self, signer: Signer | None, since: str = "") -> list[Seal]:
        """Seals over what is there now, chained; signed by somebody's own key, or with the old signatures left."""
        out: list[Seal] = []
        for seal in seals.seals_of(self.conn):
            made = seal
            if seal.day >= since:
                parts = self.parts(seal)
                made = replace(
                    seal,
                    events=sum(len(leaves) for leaves, _ in parts),
                    root=merkle.root_of(root for _, root in parts).hex(),
                    previous=out[-1].hash if out else seal.previous,
                    key_id=signer.key_id if signer is not None else seal.key_id,
                )
                if signer is not None:
                    made = signer.sealed(made)
                self.write_seal(made)
            out.append(made)
        return out

    def write_seal(self, seal: Seal) -> None:
        self.run("DELETE FROM seal WHERE day = ?", seal.day)
        marks = ", ".join("?" * len(SEAL_COLUMNS))
        values = [getattr(seal, name) for name in SEAL_COLUMNS]
        self.run(f"INSERT INTO seal ({', '.join(SEAL_COLUMNS)}) VALUES ({marks})", *values)


def one(row: Row) -> Expected:
    return Expected({row.case_id}, {(row.case_id, row.seq)})


# ---- what is done ----------------------------------------------------------------------------------------------------

_TEXTS = ("kind", "actor", "actor_name", "post", "unit", "command_id", "to_state", "data")


def changed(f: Forger) -> Expected:
    """A value of one event."""
    row = f.any_row()
    name = f.rng.choice(_TEXTS)
    f.run(
        f"UPDATE case_event SET {name} = ? WHERE case_id = ? AND seq = ?",
        *(f.other_value(row, name), row.case_id, row.seq),
    )
    return one(row)


def hash_written(f: Forger) -> Expected:
    """A hash, or what it is chained to."""
    row = f.any_row()
    name = f.rng.choice(("hash", "prev_hash"))
    f.run(
        f"UPDATE case_event SET {name} = ? WHERE case_id = ? AND seq = ?",
        *(f"{f.rng.getrandbits(256):064x}", row.case_id, row.seq),
    )
    return one(row)


def changed_with_hash(f: Forger) -> Expected:
    """A value and the event's own hash."""
    row = f.any_row()
    name = f.rng.choice(_TEXTS)
    made = row._replace(**{name: f.other_value(row, name)})
    f.take(row)
    f.put(made._replace(hash=made.own_hash()))
    return one(row)


def chain_rewritten(f: Forger) -> Expected:
    """A value, and every hash of the case after it; the projection follows."""
    row = f.any_row()
    name = f.rng.choice(_TEXTS)
    rows = [r._replace(**{name: f.other_value(r, name)}) if r == row else r for r in f.case(row.case_id)]
    f.write_case(row.case_id, f.rechain(rows))
    return one(row)


def redated(f: Forger) -> Expected:
    """When it happened."""
    row = f.any_row()
    f.run(
        "UPDATE case_event SET at = ? WHERE case_id = ? AND seq = ?", f.other_time(row), row.case_id, row.seq
    )
    return one(row)


def redated_with_chain(f: Forger) -> Expected:
    """When it happened, every hash after it, and the change log."""
    row = f.any_row()
    at = f.other_time(row)
    rows = [r._replace(at=at) if r == row else r for r in f.case(row.case_id)]
    f.write_case(row.case_id, f.rechain(rows))
    f.run("UPDATE change_log SET at = ? WHERE id = ?", at, row.log_id)
    return one(row)


def deleted(f: Forger) -> Expected:
    """One event, the newest of a case or one in the middle."""
    row = f.any_row("seq > 1")
    f.take(row)
    return one(row)


def deleted_and_closed_up(f: Forger) -> Expected:
    """One event; those after it are numbered and chained anew, the change log's line goes too."""
    row = f.any_row("seq > 1")
    rows = [
        r._replace(seq=r.seq - 1) if r.seq > row.seq else r for r in f.case(row.case_id) if r.seq != row.seq
    ]
    f.write_case(row.case_id, f.rechain(rows))
    f.run("DELETE FROM change_log WHERE id = ?", row.log_id)
    return Expected({row.case_id})


def cut_short(f: Forger) -> Expected:
    """The last events of a case."""
    row = f.any_row("seq > 2")
    f.write_case(row.case_id, [r for r in f.case(row.case_id) if r.seq < row.seq])
    return one(row)


def inserted(f: Forger) -> Expected:
    """An event at the end of a case, rightly chained, at a number of the sealed log that is free."""
    last = f.case(f.any_row().case_id)[-1]
    made = last._replace(
        seq=last.seq + 1, log_id=f.free_number(), command_id=uuid.uuid4().hex, prev_hash=last.hash
    )
    f.put(made._replace(hash=made.own_hash()))
    return Expected({last.case_id}, {(last.case_id, last.seq + 1)})


def inserted_between(f: Forger) -> Expected:
    """An event in the middle of a case; those after it are numbered and chained anew."""
    row = f.any_row("seq > 1")
    rows = [r._replace(seq=r.seq + 1) if r.seq >= row.seq else r for r in f.case(row.case_id)]
    rows.append(row._replace(log_id=f.free_number(), command_id=uuid.uuid4().hex, data='{"note":"-"}'))
    f.write_case(row.case_id, f.rechain(rows))
    return Expected({row.case_id})


def replaced(f: Forger) -> Expected:
    """An event of one case in the place of another's."""
    row, other = f.any_row(), f.any_row()
    last = f.case(other.case_id)[-1]
    f.take(row)
    made = last._replace(
        seq=last.seq + 1, log_id=row.log_id, command_id=uuid.uuid4().hex, prev_hash=last.hash
    )
    f.put(made._replace(hash=made.own_hash()))
    return one(row)


def swapped_numbers(f: Forger) -> Expected:
    """Two events change places in the log."""
    row = f.any_row()
    other = f.any_row(f"log_id <> {row.log_id}")
    f.take(row)
    f.take(other)
    f.put(row._replace(log_id=other.log_id))
    f.put(other._replace(log_id=row.log_id))
    return Expected({row.case_id, other.case_id}, {(row.case_id, row.seq), (other.case_id, other.seq)})


def swapped_events(f: Forger) -> Expected:
    """Two events of a case change places, chained anew."""
    row = f.any_row("seq > 2")
    rows = f.case(row.case_id)
    one_, two = rows[row.seq - 2], rows[row.seq - 1]
    rows[row.seq - 2] = two._replace(seq=one_.seq, log_id=one_.log_id)
    rows[row.seq - 1] = one_._replace(seq=two.seq, log_id=two.log_id)
    f.write_case(row.case_id, f.rechain(rows))
    return Expected({row.case_id}, {(row.case_id, row.seq), (row.case_id, row.seq - 1)})


def shifted(f: Forger) -> Expected:
    """Everything after some event moves up by one, and something is put into the gap."""
    row = f.any_row("seq > 1")
    later = f.rows("log_id >= ? ORDER BY log_id DESC", row.log_id)
    for r in later:
        f.run(
            "UPDATE case_event SET log_id = ? WHERE case_id = ? AND seq = ?", r.log_id + 1, r.case_id, r.seq
        )
    last = f.case(row.case_id)[-1]
    made = last._replace(
        seq=last.seq + 1, log_id=row.log_id, command_id=uuid.uuid4().hex, prev_hash=last.hash
    )
    f.put(made._replace(hash=made.own_hash()))
    return Expected({row.case_id})


def case_removed(f: Forger) -> Expected:
    """A whole case, from every table."""
    case_id = f.any_row().case_id
    for table, key in (("case_event", "case_id"), ("case_unit", "case_id"), ("cases", "id")):
        f.run(f"DELETE FROM {table} WHERE {key} = ?", case_id)
    f.run("DELETE FROM change_log WHERE topic = 'case' AND key = ?", case_id)
    return Expected({case_id})


def case_added(f: Forger) -> Expected:
    """A whole case that never was, well chained, at numbers before the log's beginning or that are free."""
    rows = f.case(f.any_row().case_id)
    new, begin = uuid.uuid4().hex, -f.rng.randrange(100, 10**6)
    made = [
        r._replace(case_id=new, log_id=begin + n, command_id=uuid.uuid4().hex) for n, r in enumerate(rows)
    ]
    for row in f.rechain(made):
        f.put(row)
    return Expected({new})


def case_exchanged(f: Forger) -> Expected:
    """Two cases take each other's log."""
    row = f.any_row()
    other = f.any_row(f"case_id <> '{row.case_id}'")
    mine, its = f.case(row.case_id), f.case(other.case_id)
    f.run("DELETE FROM case_event WHERE case_id = ?", other.case_id)
    f.write_case(row.case_id, f.rechain([r._replace(case_id=row.case_id) for r in its]))
    f.write_case(other.case_id, f.rechain([r._replace(case_id=other.case_id) for r in mine]))
    return Expected({row.case_id, other.case_id})


def index_follows(f: Forger) -> Expected:
    """A case rewritten, and what the seals say of each event written to match."""
    row = f.any_row()
    chain_of = [r._replace(actor_name="他人") if r == row else r for r in f.case(row.case_id)]
    f.write_case(row.case_id, f.rechain(chain_of))
    f.reindex()
    return Expected(days={f.day_of(row.log_id)})


def roots_follow(f: Forger) -> Expected:
    """A case rewritten, what the seals say, and their roots; the signatures are as they were."""
    row = f.any_row()
    day = f.day_of(row.log_id)
    f.write_case(
        row.case_id, f.rechain([r._replace(unit="X") if r == row else r for r in f.case(row.case_id)])
    )
    f.reindex()
    f.remake_seals(None)
    return Expected(days={day})


def own_key(f: Forger) -> Expected:
    """A case rewritten, and all made anew and signed with a key of one's own that is put into the database."""
    row = f.any_row()
    day = f.day_of(row.log_id)
    f.write_case(
        row.case_id, f.rechain([r._replace(unit="X") if r == row else r for r in f.case(row.case_id)])
    )
    f.reindex()
    signer = Signer.new()
    if f.rng.random() < 0.5:
        # All the city's keys make place for it.
        f.run("DELETE FROM seal_key")
    register(f.conn, signer, f.sealed.made_at)
    f.remake_seals(signer, day)
    return Expected(days={day})


def index_removed(f: Forger) -> Expected:
    """A case rewritten, and what the seals say of each event taken away."""
    row = f.any_row()
    f.write_case(
        row.case_id, f.rechain([r._replace(actor="x") if r == row else r for r in f.case(row.case_id)])
    )
    f.run("DELETE FROM seal_part WHERE day = ?", f.day_of(row.log_id))
    return Expected(days={f.day_of(row.log_id)})


def seal_removed(f: Forger) -> Expected:
    """A seal, or the newest ones (which only what was told outside can tell)."""
    all_ = seals.seals_of(f.conn)
    at = f.rng.randrange(len(all_))
    gone = all_[at:] if f.rng.random() < 0.4 else [all_[at]]
    for seal in gone:
        f.run("DELETE FROM seal WHERE day = ?", seal.day)
    following = all_[at + 1].day if at + 1 < len(all_) else ""
    return Expected(days={following, f.sealed.pins[-1].day, *(seal.day for seal in gone)} - {""})


def seal_changed(f: Forger) -> Expected:
    """A value of a seal."""
    seal = f.rng.choice(seals.seals_of(f.conn))
    name = f.rng.choice(
        ("events", "last_log", "first_log", "root", "previous", "made_at", "signature", "others")
    )
    value = getattr(seal, name)
    made = replace(
        seal,
        **{
            name: value + 1
            if isinstance(value, int)
            else "{}"
            if name == "others"
            else "00" + value[2:] + "0"
        },
    )
    f.write_seal(made)
    return Expected(days={seal.day})


def other_log(f: Forger) -> Expected:
    """A row of the log of accounts, of persons, of what was refused or of looks at personal data."""
    table = f.rng.choice(("account_event", "personal_look", "person_change", "attempt"))
    day = f.sealed.others_day
    ids = [row[0] for row in raw.all_rows(f.conn, f"SELECT id FROM {table} ORDER BY id")]
    chosen = f.rng.choice(ids)
    what = f.rng.choice(("delete", "change"))
    if what == "delete":
        f.run(f"DELETE FROM {table} WHERE id = ?", chosen)
    else:
        column = {"personal_look": "reason"}.get(table, "detail")
        f.run(f"UPDATE {table} SET {column} = ? WHERE id = ?", "无", chosen)
    return Expected(days={day})


_KINDS: dict[str, Callable[[Forger], Expected]] = {
    function.__name__: function
    for function in (
        *(changed, hash_written, changed_with_hash, chain_rewritten, redated, redated_with_chain),
        *(deleted, deleted_and_closed_up, cut_short, inserted, inserted_between, replaced),
        *(swapped_numbers, swapped_events, shifted, case_removed, case_added, case_exchanged),
        *(index_follows, roots_follow, own_key, index_removed, seal_removed, seal_changed, other_log),
    )
}
KINDS = tuple(_KINDS)
