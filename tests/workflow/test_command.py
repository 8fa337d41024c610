"""The handbook command: says what is in a handbook, or what is wrong with it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from workstation.cli import main
from workstation.workflow.library import data_folder


def test_the_national_handbook_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a folder the national handbook is checked; its size and its gaps are said."""
    assert main(["handbook", "check"]) == 0
    out = capsys.readouterr().out
    assert "national/2026.1/" in out and "518 filing conditions; 55 classes have none" in out


def test_an_error_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken handbook gives file, line and advice on the error output, and exit code 1."""
    shutil.copytree(data_folder() / "handbooks" / "national", tmp_path / "x")
    posts = tmp_path / "x" / "posts.toml"
    posts.write_text(posts.read_text("utf-8").replace('hand = "evaluate"', 'hand = "judge"'), "utf-8")
    assert main(["handbook", "check", str(tmp_path / "x")]) == 1
    err = capsys.readouterr().err
    assert err.startswith("posts.toml:") and "evaluator.hand" in err and "Use one of" in err


def test_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is not there is said to be missing."""
    assert main(["handbook", "check", str(tmp_path / "nowhere")]) == 1
    assert "no such folder" in capsys.readouterr().err
