"""The handbook command: says what is in a handbook, what is wrong with it, and what two of them have otherwise."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from workstation.cli import main
from workstation.workflow.library import data_folder


def test_the_shipped_handbooks_are_sound(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a name all there are are checked; what each is laid over, its size and its gaps are said."""
    assert main(["handbook", "check"]) == 0
    out = capsys.readouterr().out
    assert "national/2026.1/" in out and "518 filing conditions; 55 classes have none" in out
    for city in ("tianjiaan/2019/", "taiyuan/2007/", "minqing/2016/", "taizhou/draft/"):
        assert city in out
    assert out.count("(over national)") == 4
    assert "draft 尚未发布（公开征求意见稿）, no date yet" in out


def test_an_error_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken handbook gives file, line and advice on the error output, and exit code 1; the others are checked still."""
    shutil.copytree(data_folder() / "handbooks" / "national", tmp_path / "x")
    posts = tmp_path / "x" / "posts.toml"
    posts.write_text(posts.read_text("utf-8").replace('hand = "evaluate"', 'hand = "judge"'), "utf-8")
    assert main(["handbook", "check", str(tmp_path / "x"), "minqing"]) == 1
    told = capsys.readouterr()
    assert told.err.startswith("posts.toml:") and "evaluator.hand" in told.err and "Use one of" in told.err
    assert "minqing/2016/" in told.out


def test_no_such_handbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is not there, and no name either, is said to be missing, and which names there are."""
    assert main(["handbook", "check", str(tmp_path / "nowhere")]) == 1
    err = capsys.readouterr().err
    assert "no such folder" in err and "taizhou" in err
    assert main(["handbook", "show", "nowhere"]) == 1
    assert main(["handbook", "diff", "national", "nowhere"]) == 2
    assert main(["handbook", "diff", "nowhere", "national"]) == 2


def test_what_two_have_otherwise(capsys: pytest.CaptureFixture[str]) -> None:
    """By part and key, + - ~ and old → new; 0 when there is nothing, 1 when there is; only the parts asked for."""
    assert main(["handbook", "diff", "national", "national"]) == 0
    assert "no difference" in capsys.readouterr().out
    assert main(["handbook", "diff", "national", "minqing", "--part", "flow", "--part", "rules"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("--- national/2026.1/") and lines[1].startswith("+++ minqing/2016/")
    assert lines.index("[flow]") < lines.index("[rules]") and "[posts]" not in lines
    assert any(line.startswith("- redispatch 重新派遣: ") for line in lines)
    at = lines.index("~ dispatch 下达派遣指令")
    assert "    label: 派遣 → 下达派遣指令" in lines[at : at + 4]
    assert "    value: false → true" in lines[lines.index("~ leader_approves") :]
    assert lines[-1].endswith("differences")
    assert main(["handbook", "diff", "minqing", "national", "--part", "flow"]) == 1
    assert any(line.startswith("+ redispatch 重新派遣: ") for line in capsys.readouterr().out.splitlines())


def test_what_one_says(capsys: pytest.CaptureFixture[str]) -> None:
    """Everything, or one part; what is empty or not so is left out."""
    assert main(["handbook", "show", "taizhou", "--part", "coordination", "--part", "clocks"]) == 0
    out = capsys.readouterr().out
    assert "市数字化城市管理中心 → 市城市管理委员会" in out
    assert "verify 核查\n    limit: 1 工作时" in out and "false" not in out and "[posts]" not in out
    assert main(["handbook", "show", "national"]) == 0
    whole = capsys.readouterr().out
    assert "MQ-21-FILE\n" in whole and "~" not in whole
    for part in ("[head]", "[posts]", "[evaluation]", "[labels]"):
        assert part in whole
