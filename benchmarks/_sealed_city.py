"""Cities with sealed logs, to be tampered with or to be found clean."""

from __future__ import annotations

import csv
import gzip
import importlib
import json
import random
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests import handmade
from tests.importing.test_cases import FIELDS, MAPPING, record
from tests.services.conftest import Clock, Desk
from workstation import demo
from workstation.importing.importer import Wish, bring_in
from workstation.services.audit import log_records, seals
from workstation.services.audit.proof import Pin, Row
from workstation.services.audit.sealing_keys import Key, Signer, follow, keys_of
from workstation.services.services import Services
from workstation.store import raw, schema
from workstation.store.database import Database, parse_url
from workstation.store.rebuild import rebuild
from workstation.store.spatialite import initialise
from workstation.workflow.event import GENESIS

OLD_CITY = Path(__file__).resolve().parents[1] / "tests" / "store" / "city_0001.json.gz"


@dataclass(frozen=True)
class Sealed:
    """What is known outside of a sealed city."""

    pins: list[Pin]
    made_at: datetime
    others_day: str
    """The day of the seal that is over the rows of the other logs."""


def pin(database: Database) -> list[Pin]:
    """The newest seal, as somebody outside would note it."""
    with database.read() as conn:
        seal = seals.newest(conn)
        keys: dict[str, Key] = {key.key_id: key for key in keys_of(conn)}
    return [Pin(seal.day, seal.hash, keys[seal.key_id].public)] if seal is not None else []


def make(database: Database, cases: int = 250) -> Sealed:
    """A demo city with mergers and divisions, a few entries in every other log, eleven seals and two keys."""
    demo.build(database, components=300, cases=cases, grids=30)
    now = datetime.now(UTC)
    with database.write() as conn:
        person = raw.all_rows(conn, "SELECT id FROM person ORDER BY id LIMIT 1")[0][0]
        for number in range(6):
            at = f"2026-01-0{number + 1}T01:00:00.000000Z"
            _insert(
                conn, "account_event", person_id=person, at=at, kind="wrong", by=person, seat="s", detail=""
            )
            _insert(
                conn, "attempt", at=at, person_id=person, role="r", post="p", what="w", code="c", detail="d"
            )
            _insert(conn, "person_change", person_id=person, at=at, kind="grant", detail="x", by=person)
            look = {
                "case_id": "c",
                "person_id": person,
                "name": "n",
                "post": "p",
                "reason": "r",
                "fields": "f",
            }
            _insert(conn, "personal_look", id=uuid.uuid4().hex, at=at, xact="", **look)
    first, second = Signer.new(), Signer.new()
    begin = seals.day_of(now) - timedelta(days=11)
    made = seals.seal(database, first, now, begin)
    seals.seal(database, first, now, begin + timedelta(days=6))
    with database.write() as conn:
        follow(conn, first, second.public, now)
    seals.seal(database, second, now)
    return Sealed(pin(database), now, made[0].day)


def _insert(conn: Any, table: str, **values: Any) -> None:
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    raw.cursor(conn, f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))


# ---- clean ----------------------------------------------------------------------------------------------------------


@contextmanager
def clean(path: Path, rng: random.Random) -> Iterator[tuple[Database, list[Pin]]]:
    """A city that was worked in and sealed as it happens: by hand with imports between, a demo, or an upgraded one."""
    kind = rng.choice(("worked", "worked", "demo", "old"))
    {"worked": _worked, "demo": _demo, "old": _old}[kind](path, rng)
    database = Database.open(str(path))
    try:
        yield database, pin(database)
    finally:
        database.close()
        path.unlink()


def _empty(path: Path) -> None:
    template = path.with_name("empty.template")
    if not template.exists():
        Database.create(str(template)).close()
    shutil.copyfile(template, path)


def _worked(path: Path, rng: random.Random) -> None:
    """Days of work, with mergers, divisions and imports of old cases; some nights nobody seals."""
    _empty(path)
    database = Database.open(str(path))
    handmade.fill(database)
    clock, signer = Clock(), Signer.new()
    desk = Desk(Services(database, now=clock), clock)
    numbers = iter(range(1, 10_000))
    for _ in range(rng.randrange(2, 5)):
        for _ in range(rng.randrange(1, 4)):
            _step(desk, path, rng, numbers)
        clock.forward(rng.randrange(600, 3000))
        if rng.random() < 0.7:
            seals.seal(database, signer, clock())
    if rng.random() < 0.3:
        _step(desk, path, rng, numbers)
    desk.services.close()


def _step(desk: Desk, path: Path, rng: random.Random, numbers: Iterator[int]) -> None:
    what = rng.choice(("close", "merge", "split", "import", "leave"))
    if what == "close":
        desk.closed()
    elif what == "merge":
        one, other = desk.registered(), desk.registered()
        desk.services.cases.merge(one, other, "同一井盖", desk.actor("op1"))
    elif what == "split":
        desk.services.cases.split(
            desk.filed(), [{"description": "甲"}, {}], desk.actor("dis1"), reason="两家"
        )
    elif what == "leave":
        desk.dispatched()
    else:
        _import(desk.services.db, path, rng, numbers, desk.clock())


def _import(
    database: Database, path: Path, rng: random.Random, numbers: Iterator[int], now: datetime
) -> None:
    """Cases of another system, ten years old, of which one was known already and has gone on."""
    table, mapping = path.with_suffix(".csv"), path.with_suffix(".toml")
    mapping.write_text(MAPPING, "utf-8")
    place = {"lon": str(handmade.WEST + 0.001), "lat": str(handmade.SOUTH + 0.001)}
    known = next(numbers)
    done = "2016-03-03T10:00:00.000Z"
    for records in (
        [record(known, "OPEN", **place)],
        [
            record(known, "DONE", done, FILE="2016-04-10", **place),
            record(next(numbers), "DONE", done, **place),
        ],
    ):
        with table.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            writer.writerow(FIELDS)
            writer.writerows(records)
        bring_in(database, Wish("cases", table, mapping=mapping), now)


def _demo(path: Path, rng: random.Random) -> None:
    """A demo city, sealed up to some day and to some later one."""
    template = path.with_name("demo.template")
    if not template.exists():
        made = Database.create(str(template))
        demo.build(made, components=300, cases=80, grids=30)
        made.close()
    shutil.copyfile(template, path)
    database = Database.open(str(path))
    now, signer = datetime.now(UTC), Signer.new()
    for back in sorted(rng.sample(range(1, 60), 3), reverse=True):
        seals.seal(database, signer, now, seals.day_of(now) - timedelta(days=back))
    database.close()


def _old(path: Path, rng: random.Random) -> None:
    """A city of the first schema, upgraded, its projection made anew; sealed before or after."""
    initialise(path)
    database = Database(parse_url(str(path)))
    with database.write() as conn:
        schema.upgrade(conn, "0001")
        metadata = importlib.import_module("workstation.store.migrations.versions.0001_city").metadata
        rows = json.loads(gzip.decompress(OLD_CITY.read_bytes()))
        for table in metadata.sorted_tables:
            if table.name in rows:
                part = rows[table.name]
                conn.execute(
                    table.insert(), [dict(zip(part["columns"], row, strict=True)) for row in part["rows"]]
                )
        schema.upgrade(conn)
    signer, now = Signer.new(), datetime.now(UTC)
    back = rng.randrange(1, 40)
    seals.seal(database, signer, now, date.today() - timedelta(days=back + 1))
    with database.write() as conn:
        rebuild(conn)
    seals.seal(database, signer, now)
    database.close()


# ---- large ----------------------------------------------------------------------------------------------------------


def large(path: Path, events: int) -> tuple[Database, int]:
    """A sealed log of about so many events, as a demo city's cases make them; how many."""
    database = Database.create(str(path))
    demo.build(database, components=300, cases=250, grids=30)
    with database.read() as conn:
        rows = sorted(log_records.events(conn), key=lambda row: (row.case_id, row.seq))
    number, made = max(row.log_id for row in rows), len(rows)
    insert = f"INSERT INTO case_event ({', '.join(Row._fields)}) VALUES ({', '.join('?' * len(Row._fields))})"
    with database.write() as conn:
        while made < events:
            prefix, previous, new = uuid.uuid4().hex, GENESIS, []
            for row in rows:
                number += 1
                copy = row._replace(
                    case_id=f"{prefix}{row.case_id}"[-32 - len(row.case_id) :],
                    log_id=number,
                    command_id=uuid.uuid4().hex,
                    prev_hash=GENESIS if row.seq == 1 else previous,
                )
                copy = copy._replace(hash=copy.own_hash())
                previous = copy.hash
                new.append(tuple(copy))
            raw.many(conn, insert, new)
            made += len(new)
    seals.seal(database, Signer.new(), datetime.now(UTC) + timedelta(days=2))
    return database, made
