"""Opening a city step by step in the background, and what is known of it then: the part of the start without widgets."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..services.people import Person
    from ..services.services import Services


@dataclass(frozen=True)
class OpenCity:
    """An open city and who can sit down in it."""

    url: str
    services: Services
    people: list[Person]
    unit_names: dict[str, str]
    source: dict[str, Any]


def preload() -> None:
    """Import what is heavy and will be needed, on a pool thread, while the window is being built."""
    import_module("workstation.services.services")
    import_module("workstation.map.canvas")


def open_city(url: str) -> OpenCity:
    """Open it and read its people. Imports the services here, off the GUI thread. StoreError and others say why not."""
    from ..services.services import Services

    services = Services.open(url)
    try:
        people = services.people.all()
        units = {unit.code: unit.short_name or unit.name for unit in services.units.all()}
        return OpenCity(url, services, people, units, services.db.worker_source())
    except BaseException:
        services.close()
        raise


def upgrade_city(url: str) -> OpenCity:
    """Bring an older database to the present schema, a backup beside it first (a file only), and open it."""
    from ..store import schema
    from ..store.database import Database

    database = Database.connect(url)
    try:
        if database.kind == "spatialite":
            copy_file(database.path)
        with database.write() as conn:
            schema.upgrade(conn)
    finally:
        database.close()
    return open_city(url)


def copy_file(path: Path) -> Path:
    """A copy of a SQLite database beside it, made while others may write; its path. Copies made before are kept."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    copy = path.with_name(f"{path.stem}-backup-{stamp}{path.suffix}")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def make_demo(url: str, progress: Callable[[str, int, int], None] | None = None) -> OpenCity:
    """Make the demo city at ``url`` and open it. ``progress(stage, done, total)`` is called in this thread."""
    from ..demo import make_city

    make_city(url, progress=progress)
    return open_city(url)


def actor_problem(opened: OpenCity, person: str, post: str) -> str:
    """Why nobody can act as that: no_person, no_post, or "" when somebody can."""
    found = next((p for p in opened.people if p.id == person or p.name == person), None)
    if found is None:
        return "no_person"
    return "" if post in found.posts else "no_post"
