"""Text that somebody types or sends is text: never SQL, never a pattern, never lost, on both stores."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from workstation.services.errors import Refused
from workstation.services.lists.filter import CaseFilter
from workstation.services.services import Services
from workstation.store.database import Database
from workstation.workflow.event import Command
from workstation.workflow.fields import storable

NASTY = (
    "'; DROP TABLE cases; --",
    "' OR '1'='1",
    '" OR ""="',
    "%",
    "_",
    "\\",
    "\\' OR 1=1 --",
    "$$; DELETE FROM case_event; $$",
    "%s %(x)s ? :name {0} {x.__class__}",
    "a\x00b",
    "\ud800",
    "𠮷野家 🕳 ‮",
    "\x1b[31m",
    "1 UNION SELECT content FROM photo",
    '=HYPERLINK("http://x")',
    "<img src=x onerror=alert(1)>",
)
ONE = (
    "text",
    "unit",
    "cooperator",
    "inner_unit",
    "parent",
    "pending",
    "way",
    "collector",
    "grid",
    "street",
    "component",
)
ONE += ("kind", "class_code", "within")
MANY = ("sources", "bodies", "inner_states", "ids")


@pytest.fixture
def open_city(city_store: Database) -> Services:
    """The services over the small demo city, on each store."""
    return Services(city_store)


def _state(services: Services) -> tuple[int, int]:
    with services.db.read() as conn:
        count = conn.exec_driver_sql("SELECT count(*) FROM case_event").scalar()
    return services.lists.count(CaseFilter()), int(count or 0)


@pytest.mark.parametrize("word", NASTY, ids=repr)
def test_a_filter_finds_nothing_and_breaks_nothing(open_city: Services, word: str) -> None:
    """Each field of a filter, given something nasty, finds the cases that have it (none) and leaves everything there."""
    before = _state(open_city)
    fields = (*ONE, *MANY) if storable(word) else ("text",)  # the others are codes of the program's own
    for name in fields:
        value: Any = [word] if name in MANY else word
        filter = replace(CaseFilter(), **{name: value})
        assert open_city.lists.page(filter).rows == [], name
        assert open_city.lists.count(filter) == 0, name
    assert open_city.places.component(word) is None
    operator = open_city.people.actor(open_city.people.with_post("operator")[0].id, "operator")
    assert open_city.finding.addresses(word, operator) == []
    open_city.finding.search(word, operator)  # may find something of what letters there are in it
    assert _state(open_city) == before


@pytest.mark.parametrize("word", NASTY, ids=repr)
def test_a_report_keeps_its_words(open_city: Services, word: str) -> None:
    """What is registered is read back as it was typed, or refused by name; never half, never something else."""
    people = open_city.people.all()
    person = next(p for p in people if "operator" in p.posts)
    actor = open_city.people.actor(person.id, "operator")
    grid = open_city.places.grids()[0]
    data = {
        "kind": "component",
        "class_code": "0101",
        "source": "hotline_12319",
        "description": word,
        "address": f"{word} 12",
    }
    data |= {"grid": grid.code, "lon": 114.3, "lat": 30.5}
    command = Command("register", open_city.cases.new_case_id(), open_city.cases.new_command_id(), data)
    try:
        done = open_city.cases.execute(command, actor)
    except Refused as refused:
        assert refused.refusal.code == "field_wrong", refused.refusal
        assert not storable(word)
        return
    kept = open_city.cases.get(done.case.id)
    assert kept.description == word
    assert open_city.lists.page(CaseFilter(ids=[kept.id])).rows[0].address == f"{word} 12"
