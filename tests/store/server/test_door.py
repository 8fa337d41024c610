"""The program that lies in the database: whole, told apart from another, and in need of nothing that a server lacks."""

from __future__ import annotations

import configparser
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest

import workstation
from tests.postgis import Server
from workstation.cli import main
from workstation.services.cases.standing import CLOCK
from workstation.services.errors import Refused
from workstation.services.services import Services
from workstation.store import columns, tables
from workstation.store.database import Database
from workstation.store.errors import StoreError
from workstation.store.inside import numbered
from workstation.store.server import door
from workstation.workflow.event import Command

# Runs the texts as the server does: no files, and nothing but the standard library.
INSIDE = """
import json, sys, importlib
texts = json.load(sys.stdin)
class Closed:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in sys.stdlib_module_names | {"workstation"} and not top.startswith("_sysconfigdata"):
            raise ImportError("blocked: " + name)
sys.meta_path.insert(0, Closed())
space = {"__name__": "loading"}
exec(texts["workstation/store/server/loading.py"], space)
program = space["load"](texts, "x")
for path in sorted(texts):
    if path.endswith(".py") and path != "workstation/store/server/loading.py":
        importlib.import_module(path.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
module = sys.modules["workstation.workflow.handbook"]
print(json.dumps([module.__spec__.origin, [module.Handbook.named(n).id for n in module.Handbook.available()],
    sys.modules["workstation.workflow.calendar"].WorkCalendar.named("china").name]))
again = space["load"](texts, "y")
assert sys.modules.get("workstation.workflow.handbook") is not module
assert [type(f).__name__ for f in sys.meta_path].count("Program") == 1
"""


def test_the_program_needs_no_file_and_no_library(tmp_path: Path) -> None:
    """Every module of the list is imported from its text with everything but the standard library shut out."""
    script = tmp_path / "inside.py"
    script.write_text(INSIDE)
    ran = subprocess.run(
        [sys.executable, "-I", str(script)],
        input=json.dumps(door.program()),
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert ran.returncode == 0, ran.stderr
    from workstation.workflow.handbook import Handbook

    origin, handbooks, calendar = json.loads(ran.stdout)
    assert origin == "door:workstation/workflow/handbook.py"
    assert handbooks == [Handbook.named(name).id for name in Handbook.available()]
    assert calendar


def test_every_listed_module_is_there() -> None:
    """Nothing in the list has been renamed away."""
    missing = [name for name in door.MODULES if not list(door.ROOT.glob(name))]
    assert missing == []


def test_the_columns_are_the_tables() -> None:
    """What the program writes without SQLAlchemy is what the tables have."""
    assert tuple(column.name for column in tables.case_event.columns) == columns.EVENT_COLUMNS
    assert tuple(column.name for column in tables.cases.columns) == columns.CASE_COLUMNS


def test_marks_are_numbered_and_what_is_missing_is_written_out() -> None:
    """PL/Python wants a type for every value, and a missing value has none."""
    kinds = (str, type(None), int, bool)
    assert numbered("f(?, ?, ?, ?)", kinds) == ("f($1, NULL, $2, $3)", ("text", "int8", "bool"))


# ---- on a server -----------------------------------------------------------------------------------------------------


@pytest.fixture
def url(postgis_server: Server, empty_template: str) -> Any:
    """A new city on the server."""
    made = postgis_server.new_database(empty_template)
    yield made
    postgis_server.drop(made)


def refusal(url: str) -> StoreError:
    with pytest.raises(StoreError) as refused:
        Database.open(url)
    return refused.value


@pytest.mark.parametrize(
    ("version", "code"),
    [("0.0.9", "older_program"), ("99.0", "newer_program"), (None, "other_program")],
)
def test_another_program_on_the_server_is_told(url: str, version: str | None, code: str) -> None:
    """A seat does not open a city whose server decides by another program, nor goes on with one; `db upgrade` renews it."""
    seat = Services.open(url)
    command = Command("file", "nowhere", "asked", {})
    with pytest.raises(Refused):
        seat.cases.execute(command, CLOCK)
    with psycopg.connect(url) as conn:
        conn.execute("UPDATE door.program SET body = 'other' WHERE path = 'digest'")
        if version:
            conn.execute("UPDATE door.program SET body = %s WHERE path = 'version'", (version,))
    told = refusal(url)
    assert told.code == code and told.data["advice"]
    with psycopg.connect(url) as conn:
        # What the server runs is what it says it is.
        conn.execute(
            "UPDATE door.program SET body = %s WHERE path = 'workstation/__init__.py'",
            (f'__version__ = "{version or workstation.__version__}"',),
        )
        conn.execute("DELETE FROM door.compiled")
    with pytest.raises(StoreError) as refused:
        seat.cases.execute(command, CLOCK)
    assert refused.value.code == code
    assert main(["db", "upgrade", "--db", url]) == 0
    with pytest.raises(Refused):
        seat.cases.execute(command, CLOCK)
    seat.close()
    Database.open(url).close()


def test_a_city_without_a_door_is_told(url: str, postgis_server: Server) -> None:
    """A city of a server where nobody has put the program says who must, and does not half work."""
    with psycopg.connect(url) as conn:
        conn.execute("DROP SCHEMA door CASCADE")
    assert refusal(url).code == "no_door"


def test_an_open_connection_takes_the_new_program(url: str) -> None:
    """After an upgrade a connection that has used the old program decides by the new one."""
    with psycopg.connect(url, autocommit=True) as conn:
        ask = "SELECT door.perform('[]', 'operator')"
        assert conn.execute(ask).fetchone() == (
            {"refused": {"code": "unreadable", "data": {"what": "commands"}}},
        )
        conn.execute(
            "UPDATE door.program SET body = replace(body, '\"unreadable\"', '\"illegible\"')"
            " WHERE path = 'workstation/services/server/inside.py'"
        )
        row = conn.execute(ask).fetchone()
        assert row is not None and row[0]["refused"]["code"] == "unreadable"
        conn.execute("UPDATE door.program SET body = 'next' WHERE path = 'digest'")
        conn.execute("DELETE FROM door.compiled WHERE path = 'workstation/services/server/inside.py'")
        row = conn.execute(ask).fetchone()
        assert row is not None and row[0]["refused"]["code"] == "illegible"


def test_a_citys_own_handbook_goes_along(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A handbook in a folder of the city's own lies in the database too, and does not make another program of it."""
    folder = tmp_path / "own"
    folder.mkdir()
    for path in (door.data_folder() / "handbooks" / "taizhou").iterdir():
        (folder / path.name).write_text(path.read_text("utf-8"), "utf-8")
    monkeypatch.setenv("WORKSTATION_HANDBOOKS", str(tmp_path))
    database = Database.connect(url)
    with database.write() as conn:
        door.install(conn)
        found = conn.exec_driver_sql(
            "SELECT count(*) FROM door.program WHERE path LIKE 'data/handbooks/own/%%'"
        )
        assert found.scalar() == len(list(folder.iterdir()))
    database.close()
    monkeypatch.delenv("WORKSTATION_HANDBOOKS")
    Database.open(url).close()


def test_the_import_contract_names_the_same_modules() -> None:
    """What the contract in setup.cfg watches over is what lies in the database."""
    contracts = configparser.ConfigParser()
    contracts.read(door.ROOT / "setup.cfg", "utf-8")
    listed = contracts["importlinter:contract:inside"]["source_modules"].split()
    held = {name.removesuffix(".py").replace("/", ".") for name in door.program() if name.endswith(".py")}
    held = {name for name in held if not name.endswith("__init__")}
    assert {name for name in held if not name.startswith("workstation.workflow.")} == {
        name for name in listed if name != "workstation.workflow"
    }
