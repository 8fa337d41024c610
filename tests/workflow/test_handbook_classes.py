"""The three editions of the class codes: row by row as they were transcribed, inferred rows marked; any of them usable."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from workstation.workflow.handbook import Handbook
from workstation.workflow.library import data_folder

EDITIONS = {
    "CJ/T 214-2007": "cjt214-2007.csv",
    "GB/T 30428.2-2013": "gbt30428.2-2013.csv",
    "GB/T 47678.5-2026": "gbt47678.5-2026.csv",
}
KINDS = {"部件": "component", "事件": "event", "事项": "event"}
DOMAIN = Path(__file__).resolve().parents[3] / "shared" / "domain"


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.shared_data
@pytest.mark.skipif(not DOMAIN.is_dir(), reason="the shared facts do not lie beside the checkout")
@pytest.mark.parametrize("edition", [*EDITIONS, "local"])
def test_classes_are_those_transcribed(edition: str) -> None:
    """Each row of an edition has the kind, codes, names and certainty of the transcription; none is missing or more."""
    wanted = [
        (KINDS[r["kind"]], r["main_code"] + r["sub_code"], r["main_code"], r["main_name"], r["sub_name"], r["confidence"])
        for r in rows(DOMAIN / "classes.csv")
        if r["edition"] == edition
    ]  # fmt: skip
    local = data_folder() / "handbooks" / "national" / "local_classes.csv"
    shipped = data_folder() / "classes" / EDITIONS[edition] if edition in EDITIONS else local
    found = [
        (r["kind"], r["code"], r["main_code"], r["main_name"], r["name"], r["basis"]) for r in rows(shipped)
    ]
    assert wanted and sorted(found) == sorted(wanted)


@pytest.mark.shared_data
@pytest.mark.skipif(not DOMAIN.is_dir(), reason="the shared facts do not lie beside the checkout")
def test_conditions_are_those_of_the_table(national: Handbook) -> None:
    """Each filing condition has the text, the amount and the closing standard of the one city's table that it is borrowed from."""
    wanted = Counter(
        (KINDS[r["kind"]], r["main_code"] + r["sub_code"], r["filing_condition"], float(r["limit_value"]), r["closing_condition"])
        for r in rows(DOMAIN / "timelimits.csv")
    )  # fmt: skip
    found = Counter(
        (c.kind, c.class_code, c.text, c.amount, c.closing_standard) for c in national.all_conditions
    )
    assert found == wanted and found.total() == 518


def test_every_row_says_how_sure_it_is() -> None:
    """Shipped rows are transcribed or inferred; what was inferred says why or is of a marked kind; codes are whole."""
    lengths = {"CJ/T 214-2007": 4, "GB/T 30428.2-2013": 4, "GB/T 47678.5-2026": 5}
    inferred = {}
    for edition, file in EDITIONS.items():
        found = rows(data_folder() / "classes" / file)
        assert {r["basis"] for r in found} <= {"transcribed", "inferred"}
        assert {len(r["code"]) for r in found} == {lengths[edition]}
        assert len({(r["kind"], r["code"]) for r in found}) == len(found)
        inferred[edition] = sum(r["basis"] == "inferred" for r in found)
    assert inferred == {"CJ/T 214-2007": 5, "GB/T 30428.2-2013": 55, "GB/T 47678.5-2026": 0}


@pytest.mark.parametrize(("edition", "emergencies", "count"), [
    ("CJ/T 214-2007", "event:04", 139),
    ("GB/T 47678.5-2026", "event:10", 403),
])  # fmt: skip
def test_a_city_may_choose_its_edition(tmp_path: Path, edition: str, emergencies: str, count: int) -> None:
    """A city names an edition and its own conditions, and is on that edition's codes, four digits or five; no code changes."""
    head = f"""
base = "national"
city = "other"
edition = "1"
title = "另一市指挥手册"
approver = "另一市人民政府"
valid_from = 2026-07-01
class_edition = "{edition}"
class_file = "{EDITIONS[edition]}"

[rules]
emergency_classes = {{ classes = ["{emergencies}"], article = "MQ-29-EMERGENCY" }}
"""
    (tmp_path / "handbook.toml").write_text(head, "utf-8")
    around = f'[plan.incident]\nclasses = ["{emergencies}"]\narticle = "MQ-27-FIRST"\n'
    (tmp_path / "around.toml").write_text(around, "utf-8")
    classes = rows(data_folder() / "classes" / EDITIONS[edition])
    cover = next(r for r in classes if r["name"] == "污水井盖")
    columns = "key,kind,class_code,text,amount,unit,closing_standard,milestones,note\n"
    condition = f"c/1,component,{cover['code']},缺失,2,urgent_hours,恢复,on_scene;repaired,\n"
    (tmp_path / "conditions.csv").write_text(columns + condition, "utf-8")
    made = Handbook.load(tmp_path)
    assert len(made.classes) == count and {c.edition for c in made.classes} == {edition}
    assert [c.key for c in made.conditions("component", cover["code"])] == ["c/1"]
    assert made.is_emergency(
        "event", next(c.code for c in made.classes if f"event:{c.code}".startswith(emergencies))
    )
    assert Handbook.from_texts(made.texts) == made
