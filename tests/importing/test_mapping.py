"""Mapping files and guesses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from workstation.importing.components import TARGETS
from workstation.importing.errors import ImportRefused, RowRefused
from workstation.importing.mapping import Mapping, Rule, load, resolve
from workstation.importing.messages import refusal_text

FOLDER = Path(__file__).parents[2] / "data" / "mappings"


def test_guesses_by_the_standards_names() -> None:
    """Fields with the standard's own names need no mapping, whatever their case."""
    rules = resolve(
        Mapping(), TARGETS, ["OBJID", "OBJNAME", "DEPTNAME1", "DEPTCODE1", "OBJSTATE", "小类代码"], "f"
    )
    assert rules["code"].field == "OBJID" and rules["dept_code"].field == "DEPTCODE1"
    assert rules["class_code"].field == "小类代码"


def test_what_cannot_be_guessed_is_asked_with_the_fields() -> None:
    """A file without anything like a class is refused; the message lists its fields and a mapping to begin with."""
    with pytest.raises(ImportRefused) as refused:
        resolve(Mapping(), TARGETS, ["A1", "B2"], "f.shp")
    sentence = refusal_text(refused.value.code, refused.value.data)
    assert "A1, B2" in sentence and 'class_code = "..."' in sentence


def test_a_field_that_is_not_there_is_named() -> None:
    """A mapping for another file is found out."""
    with pytest.raises(ImportRefused, match="mapping_field"):
        resolve(Mapping(fields={"class_code": Rule(field="CLASS")}), TARGETS, ["A1"], "f.shp")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("[fields\n", "mapping_unreadable"),
        ("[sauce]\nname='x'", "mapping_key"),
        ("[fields]\nclas_code='X'", "mapping_key"),
        ("[fields]\nclass_code={field='X', constant='1'}", "mapping_value"),
        ("[fields]\nclass_code=7", "mapping_value"),
        ("[source]\nkey=[1]", "mapping_value"),
        ("[source]\nzone='Middle/Earth'", "mapping_value"),
        ("fields='x'", "mapping_value"),
    ],
)
def test_mistakes_in_a_mapping_are_named(mapping: Callable[[str], Path], content: str, code: str) -> None:
    """A wrong mapping is refused before anything is read, and the message names file and key."""
    path = mapping(content)
    with pytest.raises(ImportRefused) as refused:
        load(path, TARGETS)
    assert refused.value.code == code
    assert str(path) in refusal_text(refused.value.code, refused.value.data)


def test_rules() -> None:
    """Constants, value maps with and without an otherwise, and templates with padding."""
    record = {"S": "A", "W": 4, "E": None}
    assert Rule(constant="x").read(record) == "x"
    assert Rule(field="S", values={"A": "intact"}).read(record) == "intact"
    assert Rule(field="S", values={"B": "x"}, otherwise="y").read(record) == "y"
    assert Rule(template="110001{W:03}").read(record) == "110001004"
    assert Rule(template="110001{E:03}").read(record) == ""
    with pytest.raises(RowRefused, match="unknown_value"):
        Rule(field="S", values={"B": "x"}).read(record)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda p: p.stem)
def test_the_example_mappings_load(path: Path) -> None:
    """Every mapping that ships with the program is sound."""
    from workstation.importing.importer import KINDS

    kinds = {
        "dc_wards": "units",
        "dc_anc": "units",
        "dc_smd": "grids",
        "dc_311": "cases",
        "osm_streets": "streets",
    }
    assert load(path, KINDS[kinds.get(path.stem, "components")][0]).path
