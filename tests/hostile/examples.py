"""Sound examples that take a city to make: made once for a run, so that what is damaged in them lies deep."""

from __future__ import annotations

import io
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from PIL import Image

from tests import handmade
from tests.services.conftest import Clock, Desk
from workstation.services.audit import log_records, seals
from workstation.services.audit.sealing_keys import Signer, keys_of
from workstation.services.seat.outbox_store import OutboxStore
from workstation.services.services import Services
from workstation.store.backup import backup
from workstation.store.database import Database


@dataclass(frozen=True)
class Examples:
    """Of one city: a case's evidence file, the exported log, a pin, the sealing key, a backup, an outbox."""

    evidence: bytes
    log: bytes
    pins: bytes
    key: bytes
    locked_key: bytes
    backup: bytes
    outbox: bytes


@cache
def examples() -> Examples:
    """The city made by hand with one case, sealed the day after."""
    with tempfile.TemporaryDirectory(prefix="workstation-hostile-") as name:
        folder = Path(name)
        database = Database.create(str(folder / "city.sqlite"))
        handmade.fill(database)
        services = Services(database, now=(clock := Clock()))
        try:
            return _made(Desk(services, clock), folder)
        finally:
            services.close()


def _made(desk: Desk, folder: Path) -> Examples:
    services, signer = desk.services, Signer.new()
    stream = io.BytesIO()
    Image.new("RGB", (16, 12), "red").save(stream, "JPEG")
    sha256 = services.photos.add(stream.getvalue(), "红.jpg").sha256
    case_id = desk.dispatched(photos=[{"sha256": sha256, "role": "before", "name": "红.jpg"}])
    desk.clock.instant += timedelta(days=1)
    seals.seal(services.db, signer, desk.clock())
    lines = io.StringIO()
    with services.db.read() as conn:
        log_records.write(lines, log_records.of_database(conn), "城", desk.clock())
        seal, key = seals.newest(conn), keys_of(conn)[0]
    assert seal is not None
    signer.write(folder / "key")
    signer.write(folder / "locked", "geheim")
    backup(services.db, folder / "backup")
    return Examples(
        services.evidence.make(case_id, desk.actor("sl1")).content,
        lines.getvalue().encode(),
        f"{log_records.pin_line(seal, key)}\n".encode(),
        (folder / "key").read_bytes(),
        (folder / "locked").read_bytes(),
        (folder / "backup").read_bytes(),
        _outbox(folder),
    )


def _outbox(folder: Path) -> bytes:
    store = OutboxStore(folder / "outbox", "city")
    with store.writing() as conn:
        conn.execute(
            "INSERT INTO item (command_id, name, person, person_name, post, unit, at, state, body)"
            " VALUES ('c', 'file', 'p', '人', 'operator', '', '2026-11-20T01:30:00.000000Z', 'waiting', ?)",
            (store.seal({"commands": []}, "c"),),
        )
    store.close()  # what is in its journal goes into the file
    return store.path.read_bytes()
