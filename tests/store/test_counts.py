"""Counts by grid while many edit components at once: right, and nobody waits who does not have to."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import insert, select, text

from tests import handmade, postgis
from workstation.store import audit, tables
from workstation.store.database import Database


@pytest.fixture
def postgis_store(postgis_server: postgis.Server, empty_template: str) -> Iterator[Database]:
    """An empty city on PostGIS."""
    url = postgis_server.new_database(empty_template)
    database = Database.open(url)
    yield database
    database.close()
    postgis_server.drop(url)


def counted(database: Database) -> dict[tuple[str, str], int]:
    """What ``grid_count`` holds."""
    with database.read() as conn:
        return {(row[0], row[1]): row[2] for row in conn.execute(select(tables.grid_count))}


def filled(database: Database, many: int) -> None:
    """A city with so many components, in turns in its two grids."""
    handmade.fill(database)
    grids = (handmade.GRID_WEST, handmade.GRID_EAST)
    rows = [handmade.component(f"y{n}", grid_code=grids[n % 2]) for n in range(many)]
    with database.write() as conn:
        conn.execute(insert(tables.component), rows)


def test_what_does_not_change_a_count_writes_none(store: Database) -> None:
    """A component that is edited otherwise (a note, its damage, its place inside the grid) leaves the count as it is, and an
    exchange between two grids is counted right."""
    filled(store, 4)
    before = counted(store)
    with store.write() as conn:
        conn.execute(
            text(
                "UPDATE component SET note = 'x', state = 'damaged', grid_code = grid_code WHERE code = 'y0'"
            )
        )
        other = "CASE grid_code WHEN :west THEN :east ELSE :west END"
        conn.execute(
            text(f"UPDATE component SET grid_code = {other} WHERE code IN ('y0', 'y1')"),
            {"west": handmade.GRID_WEST, "east": handmade.GRID_EAST},
        )
        assert audit.check_grid_counts(conn) == []
    assert counted(store) == before
    with store.write() as conn:
        conn.execute(text("UPDATE component SET state = 'removed'"))
    assert counted(store) == {}


@pytest.mark.postgis
def test_two_who_edit_in_one_grid_do_not_wait(postgis_store: Database) -> None:
    """While somebody's change of a component is not committed yet, somebody else changes another of the same grid."""
    filled(postgis_store, 4)
    edit = text("UPDATE component SET note = 'x', state = 'damaged' WHERE code = :code")
    with postgis_store.write() as first, postgis_store.write() as second:
        first.execute(edit, {"code": "y0"})
        second.execute(text("SET LOCAL lock_timeout = '2s'"))
        second.execute(edit, {"code": "y2"})
    with postgis_store.read() as conn:
        assert audit.check_grid_counts(conn) == []


@pytest.mark.postgis
def test_many_at_once_are_counted_right(postgis_store: Database) -> None:
    """Six seats take out and put back components of the same grids, several in one statement: no count is lost, and no two
    of them wait for each other in a circle."""
    filled(postgis_store, 24)
    errors: list[BaseException] = []

    def work(seat: int) -> None:
        chance = random.Random(seat)
        try:
            for _ in range(15):
                codes = [f"y{n}" for n in range(seat * 4, seat * 4 + 4)]
                state = chance.choice(("removed", "intact", "damaged"))
                with postgis_store.write() as conn:
                    conn.execute(
                        text("UPDATE component SET state = :state WHERE code = ANY(:codes)"),
                        {"state": state, "codes": chance.sample(codes, 3)},
                    )
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(seat,)) for seat in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    with postgis_store.read() as conn:
        assert audit.check_grid_counts(conn) == []
