"""The scripted shift of benchmarks/seats.py: what a seat sends for a step, and that pgbench is given the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import seats
from benchmarks._shift import Log, Sent, Shift, recorded, share, visible
from tests import postgis
from workstation.services.services import Services


@pytest.fixture
def city(postgis_server: postgis.Server, demo_template: str) -> Iterator[tuple[postgis.Server, str]]:
    """The server, and the small demo city on it."""
    url = postgis_server.new_database(demo_template)
    yield postgis_server, url
    postgis_server.drop(url)


@pytest.mark.postgis
def test_a_step_is_one_statement_and_pgbench_sends_the_same(
    city: tuple[postgis.Server, str], tmp_path: Path
) -> None:
    """Each of the eight steps of a case goes to the server as one statement, without a transaction around it; sent again
    from the script to a copy of the city, the same statements make the same events."""
    import psycopg

    server, url = city
    copy = server.new_database(url.rsplit("/", 1)[1])
    services = Services.open(url)
    log = Log(0)
    sent: list[Sent] = []
    shift = Shift(services, 0, log, lambda: None)
    with recorded(sent):
        shift.case()
    services.close()
    at = [n for n, (text, _) in enumerate(sent) if "door.perform" in text]
    assert len(at) == len(log.transitions) == 8
    steps = {n: sent[n - 1][0] for n in at}
    assert not any(text.startswith("BEGIN") for text in steps.values())
    script = seats.replayed(sent)
    assert sum(line.startswith("EXECUTE") for line in script) == sum(bool(params) for _, params in sent)
    with psycopg.connect(copy, autocommit=True) as conn:
        for statement in "".join(script).split(";\n"):
            if statement.strip():
                conn.execute(statement.encode())
    kinds = []
    for each in (url, copy):
        with psycopg.connect(each) as conn:
            query = "SELECT kind, count(*) FROM case_event GROUP BY kind ORDER BY kind"
            kinds.append(conn.execute(query).fetchall())
    assert kinds[0] == kinds[1]
    server.drop(copy)


def test_what_was_never_heard_of_is_not_left_out() -> None:
    """The time until others have heard counts each pair of a commit and another seat; the worst decides, not those heard of."""
    one, other = Log(0, committed=[(7, 1.0), (9, 2.0)]), Log(1, heard=[(8, 1.25)], ended=5.0)
    gone = Log(2, ended=0.5)
    assert visible([one, other, gone]) == [0.25, float("inf")]
    assert share([3.0, 1.0, 2.0], 0.5) == 2.0 and share([1.0, 2.0], 0.99) == 2.0
