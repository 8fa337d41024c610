"""The national handbook: complete, consistent, and whole again from its texts."""

from __future__ import annotations

import ast
import re
import shutil
import string
from pathlib import Path

import pytest

from workstation.workflow import decide as decide_module
from workstation.workflow.case import TERMINAL, Stage, State
from workstation.workflow.flow import KNOWN
from workstation.workflow.handbook import Handbook
from workstation.workflow.library import data_folder

FOLDER = data_folder() / "handbooks" / "national"


def test_it_says_what_it_is(national: Handbook) -> None:
    """City, edition, approver, date and the documents it rests on; whose limits it borrows stands in its note."""
    assert (national.city, national.edition, national.valid_from) == ("national", "2026.1", "2026-01-01")
    assert {d.key for d in national.documents} >= {"MOH", "TY", "MQ", "TJA", "TZ"}
    assert "运城市" in national.note
    assert national.class_edition == "GB/T 30428.2-2013"


@pytest.mark.article("TJA-3-APPROVED")
def test_the_id_is_of_the_texts(national: Handbook) -> None:
    """The same texts are the same handbook; one changed word is another."""
    again = Handbook.from_texts(national.texts)
    assert again == national and hash(again) == hash(national) and again is not national
    assert re.fullmatch(r"national/2026\.1/[0-9a-f]{12}", national.id)
    texts = dict(national.texts)
    texts["labels.toml"] = texts["labels.toml"].replace("待受理", "未受理")
    other = Handbook.from_texts(texts)
    assert other != national and other.id != national.id
    assert other.label("states", "reported") == "未受理"
    assert national != "national"


def test_a_folder_may_bring_its_own_classes(tmp_path: Path, national: Handbook) -> None:
    """A class file beside the handbook is taken before the shipped one; local classes may be absent."""
    shutil.copytree(FOLDER, tmp_path / "city")
    shutil.copy(data_folder() / "classes" / "gbt30428.2-2013.csv", tmp_path / "city" / "own.csv")
    head = tmp_path / "city" / "handbook.toml"
    head.write_text(head.read_text("utf-8").replace("gbt30428.2-2013.csv", "own.csv"), "utf-8")
    assert Handbook.load(tmp_path / "city").classes == national.classes
    (tmp_path / "city" / "local_classes.csv").unlink()
    conditions = tmp_path / "city" / "conditions.csv"
    local = {c.code for c in national.classes if c.basis == "local"}
    lines = conditions.read_text("utf-8").splitlines()
    kept = [line for line in lines if line.split(",")[2] not in local]
    conditions.write_text("\n".join(kept) + "\n", "utf-8")
    assert all(c.basis != "local" for c in Handbook.load(tmp_path / "city").classes)


def test_classes_and_conditions(national: Handbook) -> None:
    """Classes of the 2013 edition with local ones from 99 downwards; the limits of 190 of them."""
    assert len(national.classes) == 245 and len(national.all_conditions) == 518
    assert len({(c.kind, c.class_code) for c in national.all_conditions}) == 190
    cover = national.class_item("component", "0101")
    assert cover is not None and (cover.name, cover.main_name) == ("上水井盖", "公用设施")
    assert [c.amount for c in national.conditions("component", "0101")] == [2, 4, 2, 5]
    assert national.conditions("component", "9999") == [] and national.class_item("event", "9999") is None
    assert national.condition("nowhere") is None
    assert {c.basis for c in national.classes} == {"transcribed", "inferred", "local"}
    assert all(int(c.code[2:]) >= 78 for c in national.classes if c.basis == "local")


def test_what_no_parser_may_guess_is_noted(national: Handbook) -> None:
    """Limits that the source words otherwise keep its words beside what they were read as."""
    noted = {c.note for c in national.all_conditions if c.note}
    assert "原文“1紧急工作时制止”" in noted
    assert any("按工作日计" in n for n in noted)


@pytest.mark.article("TZ-13-SAFETY")
def test_dangers_to_the_public_have_milestones(national: Handbook) -> None:
    """Missing covers, collapsed roads and leaning poles: on the scene in 2 hours, repaired in 24, calendar time."""
    told = {c.class_code for c in national.all_conditions if c.milestones == ("on_scene", "repaired")}
    assert {"0101", "0104", "0131", "0505"} <= told
    scene, repaired = national.milestones["on_scene"], national.milestones["repaired"]
    assert (scene.amount, scene.unit) == (2, "natural_hours")
    assert (repaired.amount, repaired.unit) == (24, "natural_hours")


@pytest.mark.article("MQ-21-FILE")
@pytest.mark.article("MQ-22-RECEIVE")
@pytest.mark.article("MQ-24-VERIFY")
def test_stage_limits(national: Handbook) -> None:
    """File and dispatch together 1 hour, in the fringe 2; receive 1; verify 1 and 2; all in working time."""
    clocks = national.clocks
    assert {c.unit for c in clocks.values() if not c.of_condition} == {"work_hours"}
    for area, total in (("core", 1), ("general", 1), ("fringe", 2)):
        assert clocks["file"].amount_for(area) + clocks["dispatch"].amount_for(area) == total
        assert clocks["verify"].amount_for(area) == total
    assert clocks["receive"].amount_for("fringe") == 1


@pytest.mark.article("TJA-2-LOOP")
def test_seven_stages() -> None:
    """Every state belongs to one of the seven stages of the loop."""
    from workstation.workflow.case import STAGE_OF

    assert len(Stage) == 7 and set(STAGE_OF) == set(State)
    assert set(STAGE_OF.values()) == set(Stage)


@pytest.mark.article("TY-1-THREE")
def test_nobody_holds_two_hands(national: Handbook) -> None:
    """No person's post takes arrows of two of the three hands: supervise, dispose, evaluate."""
    for post in national.posts.values():
        if post.key == "system":
            continue
        hands = {a.hand for a in national.arrows if post.key in a.posts} | {post.hand}
        assert len(hands - {""}) <= 1, post.key


@pytest.mark.article("MQ-7-SOURCES")
@pytest.mark.article("TZ-11-SOURCES")
@pytest.mark.article("MOH-1-HOTLINE")
def test_sources(national: Handbook) -> None:
    """Patrol, video, leaders, media, website, microblog, the public, sensors, data sharing, transfers, 12319."""
    assert set(national.sources) >= {
        "collector",
        "video",
        "leader",
        "media",
        "website",
        "microblog",
        "visit",
        "sensor",
        "sharing",
        "transfer",
        "hotline_12319",
    }
    assert {s.key for s in national.sources.values() if s.family == "patrol"} == {"collector", "video"}


def test_every_known_arrow_is_in_the_flow(national: Handbook) -> None:
    """The national flow uses everything that the program can do, but lets nobody void a case alone."""
    assert {a.name for a in national.arrows} == set(KNOWN) - {"void"}
    assert national.arrow("nothing") is None
    births = {"report", "register", "register_part", "answer", "self_dispose"}
    assert {a.name for a in national.arrows_from(None)} == births
    for state in TERMINAL:
        assert {a.name for a in national.arrows_from(state)} <= {"visit", "report_up", "settle"}
        assert all(a.to is None for a in national.arrows_from(state))
    dispatch = national.arrow("dispatch")
    assert dispatch is not None
    unit = dispatch.field("unit")
    assert unit is not None and unit.required and unit.label == "处置单位"
    assert dispatch.field("reason") is None


def test_everything_has_a_chinese_name(national: Handbook) -> None:
    """States, stages, posts, arrows, sources, clocks, requests, units, fields: each key has a word, and it is Chinese."""
    chinese = re.compile(r"[\u4e00-\u9fff]")
    kinds = {
        "states": State,
        "stages": Stage,
        "posts": national.posts,
        "arrows": KNOWN,
        "sources": national.sources,
        "clocks": {**national.clocks, **national.milestones},
        "documents": {d.key for d in national.documents},
    }
    for kind, keys in kinds.items():
        for key in keys:
            assert chinese.search(national.label(kind, key)), (kind, key)
    for kind, words in national.labels.items():
        for key, word in words.items():
            assert chinese.search(word), (kind, key)


def test_labels_take_the_singular_too(national: Handbook) -> None:
    """A kind may be asked for in the singular; a key without a word is its own word."""
    assert national.label("state", State.FILED) == national.label("states", "filed") == "待派遣"
    assert national.label("request_kind", "return") == national.label("requests", "return") == "回退"
    assert national.label("class", "component/0101") == "上水井盖"
    assert national.label("area_class", "fringe") == "城乡结合部"
    assert national.label("states", "unheard") == national.label("nonsense", "unheard") == "unheard"


def _refusals() -> dict[str, set[str]]:
    """Every refusal in the code: its code, and the keys of its data."""
    found: dict[str, set[str]] = {}
    for path in sorted(Path(str(decide_module.__file__)).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal":
                assert isinstance(node.args[0], ast.Constant)
                keys: set[str] = set()
                if len(node.args) > 1:
                    assert isinstance(node.args[1], ast.Dict)
                    keys = {str(k.value) for k in node.args[1].keys if isinstance(k, ast.Constant)}
                code = str(node.args[0].value)
                found[code] = found.get(code, keys) & keys
    return found


def test_every_refusal_has_its_sentence(national: Handbook) -> None:
    """Whatever can be refused has a sentence, and the sentence asks for nothing that the refusal does not carry."""
    for code, keys in _refusals().items():
        sentence = national.labels["refusals"].get(code)
        assert sentence is not None, code
        asked = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
        assert asked <= keys, code


def test_no_sentence_is_idle(national: Handbook) -> None:
    """Every sentence belongs to a refusal that stands in the code of the domain or of the services."""
    domain = Path(str(decide_module.__file__)).parent
    said = {
        node.value
        for folder in (domain, domain.parent / "services")
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(national.labels["refusals"]) <= said
