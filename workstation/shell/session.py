"""Opening a city step by step in the background, and what is known of it then: the part of the start without widgets."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..services.accounts.entry import Entry
    from ..services.accounts.signing_in import Policy
    from ..services.centre.people import Person
    from ..services.services import Services


@dataclass(frozen=True)
class OpenCity:
    """An open city and who can sit down in it. ``entry``: where they sign in first; None where nobody is asked for a password."""

    url: str
    services: Services
    people: list[Person]
    unit_names: dict[str, str]
    source: dict[str, Any] = field(repr=False)
    policy: Policy
    entry: Entry | None = None


@dataclass(frozen=True)
class Gate:
    """A city on a server, of which a seat sees nothing before somebody has signed in."""

    url: str = field(repr=False)
    name: str
    entry: Entry


def preload() -> None:
    """Import what is heavy and will be needed, on a pool thread, while the window is being built."""
    import_module("workstation.services.services")
    import_module("workstation.map.canvas")


def find_city(url: str) -> OpenCity | Gate:
    """What is at the address: a city to open, or the gate of one that asks who comes first. StoreError and others say why not."""
    if "://" in url and not url.startswith("sqlite"):
        from ..services.accounts.entry import ServerEntry, is_seat_url
        from ..store.database import Database, parse_url

        if is_seat_url(url):
            Database.connect(url).close()  # a wrong address is told before somebody types a password
            return Gate(url, parse_url(url).database or "", ServerEntry(url))
    return open_city(url)


def open_city(url: str) -> OpenCity:
    """Open it and read its people. Imports the services here, off the GUI thread. StoreError and others say why not."""
    from ..services.services import Services

    services = Services.open(url)
    try:
        people = services.people.all()
        units = {unit.code: unit.short_name or unit.name for unit in services.units.all()}
        policy = services.accounts.policy()
        entry: Entry | None = None
        if services.accounts.needs_password():
            from ..services.accounts.entry import FileEntry

            entry = FileEntry(services.db, url, services.now)
        return OpenCity(url, services, people, units, services.db.worker_source(), policy, entry)
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
