"""The command line: exit codes, messages, reports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.importing.conftest import SOUTH, WEST, line, point
from workstation.cli import main
from workstation.store.database import Database


def test_create_and_import(
    geojson: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One command makes the city and brings the file in; the second run says that nothing changed."""
    path, url = (
        geojson([(line((WEST, SOUTH), (WEST + 1e-3, SOUTH)), {"name": "中山路"})]),
        str(tmp_path / "new.sqlite"),
    )
    create = ["--create", "--name", "试验区", "--district", "420111"]
    assert main(["import", "streets", str(path), "--db", url, *create]) == 0
    assert "1 new" in capsys.readouterr().out
    assert main(["import", "streets", str(path), "--db", url]) == 0
    assert "1 unchanged" in capsys.readouterr().out
    assert main(["import", "streets", str(path), "--db", url, *create]) == 1
    assert "leave --create out" in capsys.readouterr().err


def test_a_failed_creation_leaves_no_city(
    table: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A city that was made for a file that cannot be taken is gone again, so that the next try can make it."""
    path, url = table(("a", "b"), [(1, 2)]), tmp_path / "new.sqlite"
    assert (
        main(
            [
                "import",
                "grids",
                str(path),
                "--db",
                str(url),
                "--create",
                "--name",
                "x",
                "--district",
                "420111",
            ]
        )
        == 1
    )
    assert "Its fields are: a, b" in capsys.readouterr().err
    assert not url.exists()


def test_no_district_no_city(
    geojson: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A city needs a name and a district code of six digits."""
    path, url = geojson([(point(WEST, SOUTH), {})]), tmp_path / "new.sqlite"
    assert main(["import", "units", str(path), "--db", str(url), "--create"]) == 1
    assert "--district" in capsys.readouterr().err
    assert (
        main(
            ["import", "streets", str(path), "--db", str(url), "--create", "--name", "x", "--district", "42"]
        )
        == 1
    )
    assert "six digits" in capsys.readouterr().err and not url.exists()


def test_a_missing_city(
    geojson: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A city that is not there is named, with no traceback."""
    path = geojson([(point(WEST, SOUTH), {})])
    assert main(["import", "units", str(path), "--db", str(tmp_path / "none.sqlite")]) == 1
    assert "none.sqlite" in capsys.readouterr().err


def test_the_report_is_written(
    city: Database, table: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Refused rows do not fail the run; they are on the screen, or in the report file."""
    path = table(("class_code", "lon", "lat"), [("0101", WEST, SOUTH), ("zzz", WEST, SOUTH)])
    url, report = str(city.path), tmp_path / "report.csv"
    assert main(["import", "components", str(path), "--db", url, "--crs", "EPSG:4490"]) == 0
    assert "record 2, class_code 'zzz'" in capsys.readouterr().out
    assert (
        main(["import", "components", str(path), "--db", url, "--crs", "EPSG:4490", "--report", str(report)])
        == 0
    )
    assert "zzz" in report.read_text("utf-8-sig")
