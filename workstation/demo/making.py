"""Making a demo city where there is none: whole, or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ..store.database import Database, parse_url
from ..store.errors import StoreError
from .city import build
from .plan import Progress


def make_city(
    url: str,
    *,
    components: int = 20_000,
    cases: int = 3_000,
    grids: int = 240,
    seed: int = 2026,
    today: date | None = None,
    progress: Progress | None = None,
    processes: int = 1,
    force: bool = False,
    handbook: str = "national",
) -> None:
    """Create the city at ``url`` (see :meth:`Database.open`) and fill it as :func:`build` does.

    A file is made beside its place and moved there when it is whole, so that a failure leaves neither half a city nor
    no city. StoreError ``exists`` when there is a file already, unless ``force``; NotEmpty when the server's database is a
    city with something in it; HandbookError when none of that name ships.
    """

    def fill(database: Database) -> None:
        try:
            build(
                database, components=components, cases=cases, grids=grids, seed=seed, today=today,
                progress=progress, processes=processes, handbook=handbook,
            )  # fmt: skip
        finally:
            database.close()

    parsed = parse_url(url)
    if parsed.get_backend_name() == "postgresql":
        fill(_empty(url))
        return
    path = Path(parsed.database or "")
    if path.exists() and not force:
        raise StoreError("exists", path=str(path))
    beside = path.with_name(path.name + ".building")
    _remove(beside)
    try:
        fill(Database.create(str(beside)))
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        beside.replace(path)
    finally:
        _remove(beside)


def _empty(url: str) -> Database:
    """An empty city on a server: a new one, or one that nobody has put anything in yet."""
    try:
        return Database.create(url)
    except StoreError as error:
        if error.code != "exists":
            raise
        return Database.open(url)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
