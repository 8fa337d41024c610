"""Errors of handbooks, in words."""

from __future__ import annotations

import ast
from pathlib import Path

from workstation import workflow
from workstation.shell.texts.handbook import _problems, handbook_error_text
from workstation.workflow.handbook import HandbookError


def _codes() -> set[str]:
    """Every code that reading a handbook can raise, as the source has it."""
    codes = set()
    for file in Path(str(workflow.__file__)).parent.glob("handbook*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            place = {"fail": 0, "HandbookError": 0, "one_of": 3}.get(name)
            if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                codes.add(str(node.args[place].value))
    return codes | {"not_toml", "duplicate_key"}


def test_every_error_has_its_sentence() -> None:
    """Whatever reading a handbook can find wrong is told in Chinese, with advice."""
    assert set(_problems()) == _codes()


def test_the_sentence_leads_to_the_place() -> None:
    """File, line and key stand in the sentence; what has none of them goes without."""
    error = HandbookError("unknown_post", "flow.toml", 12, "arrow[1].posts", "p", "a")
    assert handbook_error_text(error).startswith(
        "指挥手册有错误：flow.toml 第 12 行“arrow[1].posts”：没有这一岗位。"
    )
    assert "第" not in handbook_error_text(
        HandbookError("missing_file", "posts.toml", 0, "posts.toml", "p", "a")
    )
    row = handbook_error_text(HandbookError("bad_row", "conditions.csv", 3, "", "p", "a"))
    assert "conditions.csv 第 3 行：这一行的列数不对" in row


def test_an_unheard_of_error_is_still_said() -> None:
    """A code that the table does not know is told in its own words."""
    assert "odd" in handbook_error_text(HandbookError("x", "a.toml", 1, "k", "odd", "do"))
