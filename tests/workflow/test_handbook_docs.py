"""docs/handbooks.md: whatever a reader knows is written there, and what it shows works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from workstation.workflow import (
    handbook_around,
    handbook_flow,
    handbook_folder,
    handbook_personal,
    handbook_reader,
    handbook_rules,
    handbook_sections,
    handbook_tables,
)
from workstation.workflow.handbook import Handbook
from workstation.workflow.library import data_folder

DOCS = Path(__file__).resolve().parents[2] / "docs" / "handbooks.md"
KNOWN = {
    "files": (*handbook_folder.NEEDED, *handbook_folder.MORE),
    "handbook.toml": handbook_reader._HEAD_KEYS - {"rules"},
    "rules": handbook_rules._NEEDED | handbook_rules._MORE,
    "personal": handbook_personal._KEYS | {"reporter", "audit", *handbook_sections.REPORTER},
    "clocks": handbook_sections._CLOCK_KEYS,
    "families": handbook_sections.FAMILIES,
    "arrows": handbook_flow._ARROW_KEYS,
    "roles": handbook_flow.UNIT_ROLES,
    "conditions": (*handbook_tables._CONDITION_COLUMNS, *handbook_tables._AREA_COLUMNS),
    "classes": handbook_tables._CLASS_COLUMNS,
    "accountability": handbook_around.ACCOUNTABILITY,
    "periods": handbook_around.PERIODS,
    "topics": handbook_around.TOPICS,
}


@pytest.mark.parametrize("of", KNOWN)
def test_everything_is_described(of: str) -> None:
    """Each file, key, column and choice that the readers know stands in the description."""
    text = re.sub(r"```.*?```", "", DOCS.read_text("utf-8"), flags=re.DOTALL)
    code = set(re.findall(r"[a-z_]+(?:\.toml|\.csv)?", " ".join(re.findall(r"`[^`]+`", text))))
    assert {word for word in KNOWN[of] if word} - code == set()


def test_the_example_is_a_handbook(tmp_path: Path) -> None:
    """The city that the description begins with can be used as it is printed."""
    example = re.findall(r"```toml\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)[0]
    (tmp_path / "handbook.toml").write_text(example, "utf-8")
    made = Handbook.load(tmp_path)
    assert (made.city, made.base, made.documents[-1].key) == ("qinglan", "national", "QL")


def test_the_table_names_those_that_ship() -> None:
    """The table of handbooks has each that ships, with the date from which it holds."""
    lines = DOCS.read_text("utf-8").splitlines()
    for name in (p.name for p in (data_folder() / "handbooks").iterdir() if p.is_dir()):
        (row,) = [line for line in lines if line.startswith(f"| `{name}` |")]
        book = Handbook.named(name)
        assert name == "national" or (book.valid_from or "draft") in row
