"""`workstation demo`: refuses, replaces, and never leaves half a city."""

from __future__ import annotations

from pathlib import Path

import pytest

from workstation import cli
from workstation.demo import casebook
from workstation.demo.casework import Stopped
from workstation.demo.recipe import Recipe
from workstation.services.services import Services
from workstation.store.database import Database
from workstation.workflow.handbook import Handbook

SMALL = ["--grids", "16", "--components", "120", "--cases", "12", "--today", "2026-11-20"]


def run(path: Path, *more: str) -> int:
    """The command on a small city in a file."""
    return cli.main(["demo", "--db", str(path), *SMALL, *more])


def test_makes_refuses_and_replaces(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is there stays as it is and the message says what to do; --force puts a new city in its place."""
    path = tmp_path / "city.db"
    assert run(path) == 0
    assert "16 grids, 120 components, 12 cases" in capsys.readouterr().out
    before = path.read_bytes()
    assert run(path) == 1
    assert "--force" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert run(path, "--force", "--cases", "3") == 0
    assert path.read_bytes() != before
    assert [p.name for p in tmp_path.iterdir()] == ["city.db"]
    Database.open(str(path)).close()


def test_a_failure_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the making fails in the middle, the unfinished file is gone and an earlier city is untouched."""
    path = tmp_path / "city.db"
    path.write_bytes(b"an earlier city")

    def fail(*args: object) -> None:
        raise Stopped

    monkeypatch.setattr(casebook.Casebook, "openings", fail)
    with pytest.raises(Stopped):
        run(path, "--force")
    assert path.read_bytes() == b"an earlier city"
    assert [p.name for p in tmp_path.iterdir()] == ["city.db"]


def test_a_broken_recipe_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A recipe that cannot be read is a message, not a traceback."""
    broken = tmp_path / "broken.toml"
    broken.write_text("[city\n", encoding="utf-8")
    load = Recipe.load
    monkeypatch.setattr(Recipe, "load", classmethod(lambda cls: load(broken)))
    assert run(tmp_path / "city.db") == 1
    assert "error:" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["broken.toml"]


def test_run_by_a_named_handbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--handbook names one that ships, and the city says so; a name that there is not is told with those that there are."""
    path = tmp_path / "city.db"
    assert run(path, "--handbook", "minqing") == 0
    opened = Services.open(str(path))
    try:
        assert opened.city.handbook == "minqing" and opened.handbook == Handbook.named("minqing")
    finally:
        opened.close()
    capsys.readouterr()
    assert run(tmp_path / "other.db", "--handbook", "atlantis") == 1
    told = capsys.readouterr().err
    assert "atlantis" in told and "taizhou" in told
    assert [p.name for p in tmp_path.iterdir()] == ["city.db"]


@pytest.mark.postgis
def test_a_place_with_a_city_is_refused(city_store_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither a file nor a server's database that holds a city is written into; the message says so."""
    assert cli.main(["demo", "--db", city_store_url, *SMALL]) == 1
    assert "already" in capsys.readouterr().err
