"""A city laid over a base: what merges, what is replaced, what is taken out, and in which file an error is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from workstation.workflow.handbook import Handbook, HandbookError
from workstation.workflow.library import HANDBOOKS

HEAD = """
base = "national"
city = "sixth"
edition = "1"
title = "第六市指挥手册"
approver = "第六市人民政府"
valid_from = 2026-03-01
"""


def texts_of(national: Handbook, own: Mapping[str, str]) -> dict[str, str]:
    """A city's own files and the national ones under them, as an edition in the database holds them."""
    return {"handbook.toml": HEAD, **own} | {f"base/{name}": text for name, text in national.texts.items()}


def city(national: Handbook, **own: str) -> Handbook:
    """A city whose own files are these (``flow`` for flow.toml)."""
    return Handbook.from_texts(texts_of(national, {f"{name}.toml": text for name, text in own.items()}))


def error_of(national: Handbook, own: Mapping[str, str]) -> HandbookError:
    """What is wrong with a city."""
    with pytest.raises(HandbookError) as caught:
        Handbook.from_texts(texts_of(national, own))
    return caught.value


def test_a_city_that_says_nothing_is_its_base(national: Handbook) -> None:
    """Without files of its own a city is its base, under its own name and with an id of its own."""
    made = city(national)
    assert (made.city, made.base, made.approver) == ("sixth", "national", "第六市人民政府")
    assert made.arrows == national.arrows and made.clocks == national.clocks and made.rules == national.rules
    assert made.classes == national.classes and made.all_conditions == national.all_conditions
    assert made.id.startswith("sixth/1/") and made != national and made.note == national.note


def test_a_folder_and_its_texts_are_one(tmp_path: Path, national: Handbook) -> None:
    """Loaded from a folder, its texts hold the base's as base/NAME, and make it again, whatever becomes of the base."""
    (tmp_path / "handbook.toml").write_text(HEAD, "utf-8")
    (tmp_path / "posts.toml").write_text('[operator]\nlabel = "接线员"\n', "utf-8")
    made = Handbook.load(tmp_path)
    assert made.texts["base/posts.toml"] == national.texts["posts.toml"]
    assert Handbook.from_texts(made.texts) == made
    changed = dict(made.texts)
    changed["base/labels.toml"] = changed["base/labels.toml"].replace("待受理", "未受理")
    assert Handbook.from_texts(changed) != made


def test_tables_merge_by_key(national: Handbook) -> None:
    """A post's name changes and its hand stays; a post of the city's own is added; a rule changes with its article."""
    made = city(
        national,
        handbook=HEAD + '[rules]\nextensions = { at_most = 1, article = "TJA-8" }\n',
        posts='[operator]\nlabel = "接线员"\n\n[clerk]\nlabel = "文员"\nhand = ""\nlevel = "centre"\n',
    )
    assert (made.posts["operator"].label, made.posts["operator"].hand) == ("接线员", "supervise")
    assert made.posts["clerk"].label == "文员" == made.label("post", "clerk")
    assert list(made.posts)[:-1] == list(national.posts)
    assert (made.rules.extensions, made.rules.extension_share) == (1, national.rules.extension_share)
    assert made.rules.articles["extensions"] == "TJA-8"
    assert made.rules.articles["suspensions"] == national.rules.articles["suspensions"]


def test_arrows_merge_by_name(national: Handbook) -> None:
    """One key of an arrow changes and the others stay; a removed arrow is gone; a new one stands behind the base's."""
    flow = """
[[arrow]]
name = "dispatch"
required = ["unit", "requirement"]
optional = ["cooperating"]
article = "MQ-7"

[[arrow]]
name = "comment"
remove = true

[[arrow]]
name = "explain"
label = "说明情况"
from = ["working"]
posts = ["receiver"]
required = ["reason"]
article = "TJA-8"
"""
    made = city(national, flow=flow)
    dispatch, before = made.arrow("dispatch"), national.arrow("dispatch")
    assert dispatch is not None and before is not None
    assert (dispatch.guards, dispatch.posts, dispatch.start) == (before.guards, before.posts, before.start)
    assert dispatch.article == "MQ-7" and dispatch.field("requirement").required  # type: ignore[union-attr]
    assert made.arrow("comment") is None
    assert [a.name for a in made.arrows] == [a.name for a in national.arrows if a.name != "comment"] + [
        "explain"
    ]


def test_what_is_removed_is_gone(national: Handbook) -> None:
    """A source, a clock and a post are taken out; the base's arrows no longer name them."""
    made = city(
        national,
        sources="[app]\nremove = true\n",
        clocks='[clock.accept]\nremove = true\n\n[clock.check]\nby_area = { remove = true }\narticle = "TY-4"\n',
        posts="[street_terminal]\nremove = true\n",
        labels="[lights]\nred = { remove = true }\n",
    )
    assert "app" not in made.sources and "accept" not in made.clocks and "street_terminal" not in made.posts
    assert made.clocks["check"].by_area == {} and national.clocks["check"].by_area
    assert "red" not in made.labels["lights"]
    report = made.arrow("report")
    assert report is not None and report.start == ()
    assert "street_terminal" not in report.posts and "collector" in report.posts
    assert "accept" in national.arrow("report").start  # type: ignore[union-attr]


def test_lists_are_replaced(national: Handbook) -> None:
    """The bodies of a coordination are those that the city names, in its order."""
    around = '[coordination]\nacross = ["government"]\narticle = "MQ-26"\n'
    made = city(national, around=around)
    assert made.coordination == {"inside": national.coordination["inside"], "across": ("government",)}


def test_documents_are_added(national: Handbook) -> None:
    """A city's own document stands beside the base's, with its own way of numbering."""
    own = '[[document]]\nkey = "SX"\ntitle = "第六市办法"\nnumbering = "{}款"\n'
    made = city(
        national,
        handbook=HEAD + own,
        clocks='[clock.receive]\namount = 2\nunit = "work_hours"\narticle = "SX-12"\n',
    )
    assert [d.key for d in made.documents] == [*(d.key for d in national.documents), "SX"]
    told = made.article(made.clocks["receive"].article)
    assert (told.document, told.where) == ("第六市办法", "十二款")


def test_tables_of_a_city(national: Handbook) -> None:
    """conditions.csv replaces the base's; added_conditions.csv adds to them and replaces those of its keys."""
    head = "key,kind,class_code,text,amount,unit,closing_standard,milestones,note,amount_fringe\n"
    row = "component/0101/1,component,0101,缺失,3,work_hours,恢复,,,6\n"
    alone = Handbook.from_texts(texts_of(national, {"conditions.csv": head + row}))
    assert [c.key for c in alone.all_conditions] == ["component/0101/1"]
    added = Handbook.from_texts(texts_of(national, {"added_conditions.csv": head + row}))
    assert len(added.all_conditions) == len(national.all_conditions)
    condition = added.condition("component/0101/1")
    assert condition is not None
    assert (condition.amount_for("core"), condition.amount_for(""), condition.amount_for("fringe")) == (
        3,
        3,
        6,
    )


def test_additions_add_up(national: Handbook) -> None:
    """What the base adds stays when the city adds too; a table of the city's own is instead of all of the base's."""
    head = "key,kind,class_code,text,amount,unit,closing_standard,milestones,note\n"
    texts = texts_of(
        national, {"added_conditions.csv": head + "own,component,0101,晃动,1,work_days,固定,,\n"}
    )
    texts["base/added_conditions.csv"] = head + "theirs,component,0105,缺失,2,urgent_hours,恢复,,\n"
    made = Handbook.from_texts(texts)
    assert [c.key for c in made.all_conditions[-2:]] == ["theirs", "own"]
    texts["conditions.csv"] = head + "alone,component,0101,缺失,2,urgent_hours,恢复,,\n"
    assert [c.key for c in Handbook.from_texts(texts).all_conditions] == ["alone", "own"]


def test_classes_of_a_city(tmp_path: Path, national: Handbook) -> None:
    """Another edition of the codes does not take over the base's local classes; its own are added."""
    head = HEAD + 'class_edition = "CJ/T 214-2007"\nclass_file = "cjt214-2007.csv"\n'
    head += '[rules]\nemergency_classes = { classes = ["event:04"], article = "MQ-29" }\n'
    (tmp_path / "handbook.toml").write_text(head, "utf-8")
    columns = "kind,code,main_code,main_name,name,basis,note\n"
    (tmp_path / "added_classes.csv").write_text(columns + "event,0598,05,街面秩序,占道促销,local,\n", "utf-8")
    conditions = "key,kind,class_code,text,amount,unit,closing_standard,milestones,note\n"
    conditions += "event/0598/1,event,0598,占道,4,work_hours,清除,,\n"
    (tmp_path / "conditions.csv").write_text(conditions, "utf-8")
    around = '[plan.incident]\nclasses = ["event:04"]\narticle = "MQ-27"\n'
    (tmp_path / "around.toml").write_text(around, "utf-8")
    made = Handbook.load(tmp_path)
    assert {c.edition for c in made.classes} == {"CJ/T 214-2007"} and len(made.classes) == 140
    assert [c.name for c in made.classes if c.basis == "local"] == ["占道促销"]
    assert made.is_emergency("event", "0401") and not made.is_emergency("event", "0501")


WRONG = [
    # own file, text, code, file of the error, line, key
    ("flow.toml", '\n\n[[arrow]]\nname = "file"\nposts = ["boss"]\narticle = "PRACTICE"\n', "unknown_post", "flow.toml", 5,
     "arrow[file].posts"),
    ("flow.toml", '[[arrow]]\nname = "file"\nspeed = 1\narticle = "PRACTICE"\n', "unknown_key", "flow.toml", 3,
     "arrow[file].speed"),
    ("flow.toml", '[[arrow]]\nlabel = "x"\n', "missing_key", "flow.toml", 1, "arrow[0].name"),
    ("flow.toml", '[[arrow]]\nname = "file"\nlabel = "a"\n[[arrow]]\nname = "file"\nlabel = "b"\n', "duplicate_key",
     "flow.toml", 5, "arrow[file].name"),
    ("flow.toml", '[[arrow]]\nname = "fyle"\nremove = true\n', "nothing_to_remove", "flow.toml", 1, "arrow[fyle]"),
    ("flow.toml", '[[arrow]]\nname = "file"\nremove = false\n', "wrong_type", "flow.toml", 3, "arrow[file].remove"),
    ("flow.toml", '[[arrow]]\nname = "file"\nlabel = "x"\nremove = true\n', "unknown_key", "flow.toml", 3,
     "arrow[file].label"),
    ("flow.toml", '[[arrow]]\nname = "file"\nposts = ["commander"]\n', "missing_article", "flow.toml", 3,
     "arrow[file].posts"),
    ("clocks.toml", '[clock.verify]\namount = 2\n', "missing_article", "clocks.toml", 2, "clock.verify.amount"),
    ("clocks.toml", '[clock.nap]\nremove = true\n', "nothing_to_remove", "clocks.toml", 1, "clock.nap"),
    ("posts.toml", '[operator]\nhand = "dispose"\n', "mixed_hands", "base/flow.toml", 0, "arrow[register].posts"),
    ("posts.toml", '[shift_leader]\nremove = true\n', "no_posts", "base/flow.toml", 0, "arrow[send_back].posts"),
    ("labels.toml", '[states]\nfiled = { remove = true }\n', "missing_label", "labels.toml", 0, "states.filed"),
    ("handbook.toml", HEAD.replace('city = "sixth"', ""), "missing_key", "handbook.toml", 0, "city"),
    ("handbook.toml", HEAD.replace("valid_from = 2026-03-01", ""), "missing_key", "handbook.toml", 0, "valid_from"),
    ("conditions.csv", "key\n", "missing_column", "conditions.csv", 1, "kind"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "text", "code", "where", "line", "key"), WRONG, ids=lambda v: str(v)[:30])
def test_errors_name_the_file(
    national: Handbook, file: str, text: str, code: str, where: str, line: int, key: str
) -> None:
    """An error is in the file where the faulty line stands, the city's own or the base's, and says which line."""
    error = error_of(national, {file: text})
    assert (error.code, error.file, error.key) == (code, where, key), str(error)
    if where.startswith("base/"):
        name = key.split("[")[1].split("]")[0]
        at = national.texts["flow.toml"].splitlines().index(f'name = "{name}"')
        assert at < error.line <= at + 12
    else:
        assert error.line == line or line == 0
    assert error.advice


def test_an_error_of_the_base_is_the_bases(national: Handbook) -> None:
    """A base that is wrong is named with its file, its line and its place in its own list."""
    texts = texts_of(national, {"flow.toml": '[[arrow]]\nname = "file"\nlabel = "建档"\n'})
    texts["base/flow.toml"] = texts["base/flow.toml"].replace(
        'guards = ["checked_or_patrol"]', 'guards = ["luck"]'
    )
    with pytest.raises(HandbookError) as caught:
        Handbook.from_texts(texts)
    error = caught.value
    assert (error.code, error.file, error.key) == ("unknown_guard", "base/flow.toml", "arrow[file].guards")
    assert texts["base/flow.toml"].splitlines()[error.line - 1] == 'guards = ["luck"]'


def test_a_base_must_be_there_and_stand_alone(
    tmp_path: Path, national: Handbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No base of that name, a base that is laid over another, texts without their base: each is said."""
    (tmp_path / "a").mkdir()
    head = tmp_path / "a" / "handbook.toml"
    head.write_text(HEAD.replace('"national"', '"nowhere"'), "utf-8")
    with pytest.raises(HandbookError) as caught:
        Handbook.load(tmp_path / "a")
    assert (caught.value.code, caught.value.key, caught.value.line) == ("unknown_base", "base", 2)
    monkeypatch.setenv(HANDBOOKS, str(tmp_path))
    head.write_text(HEAD.replace('"national"', '"a"'), "utf-8")
    with pytest.raises(HandbookError) as caught:
        Handbook.load(tmp_path / "a")
    assert caught.value.code == "base_of_base"
    with pytest.raises(HandbookError) as caught:
        Handbook.from_texts({"handbook.toml": HEAD})
    assert (caught.value.code, caught.value.file) == ("missing_file", "base/handbook.toml")
    texts = texts_of(national, {})
    texts["base/handbook.toml"] = HEAD
    with pytest.raises(HandbookError) as caught:
        Handbook.from_texts(texts)
    assert (caught.value.code, caught.value.file) == ("base_of_base", "base/handbook.toml")
    with pytest.raises(HandbookError) as caught:
        Handbook.from_texts({**national.texts, "base/posts.toml": ""})
    assert (caught.value.code, caught.value.key) == ("missing_key", "base")


def test_a_city_brings_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Handbooks lie in the program's folder and in those that the environment names; the program's names come first."""
    for name in ("sixth", "taiyuan"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "handbook.toml").write_text(HEAD, "utf-8")
    assert "sixth" not in Handbook.available()
    monkeypatch.setenv(HANDBOOKS, str(tmp_path))
    assert Handbook.available()[0] == "national" and Handbook.available()[-1] == "sixth"
    assert Handbook.named("sixth").city == "sixth" and Handbook.named("taiyuan").city == "taiyuan"
    with pytest.raises(HandbookError) as caught:
        Handbook.named("seventh")
    assert caught.value.code == "unknown_handbook" and "sixth" in caught.value.advice


def test_a_file_that_nobody_reads_is_named(tmp_path: Path) -> None:
    """A file with a slip in its name is not passed over in silence."""
    (tmp_path / "handbook.toml").write_text(HEAD, "utf-8")
    (tmp_path / "condition.csv").write_text("key\n", "utf-8")
    with pytest.raises(HandbookError) as caught:
        Handbook.load(tmp_path)
    assert (caught.value.code, caught.value.key) == ("unknown_file", "condition.csv")
    assert "conditions.csv" in caught.value.advice


def test_the_indicators_must_be_there(tmp_path: Path) -> None:
    """A handbook that is evaluated by a file that does not ship is refused when its folder is read."""
    (tmp_path / "handbook.toml").write_text(HEAD, "utf-8")
    evaluation = tmp_path / "evaluation.toml"
    evaluation.write_text('uses = ["年底考核"]\narticle = "TY-7"\n', "utf-8")
    made = Handbook.load(tmp_path).evaluation
    assert made is not None and (made.indicators, made.uses) == ("performance.toml", ("年底考核",))
    evaluation.write_text('uses = []\nindicators = "guesses.toml"\narticle = "TY-7"\n', "utf-8")
    with pytest.raises(HandbookError) as caught:
        Handbook.load(tmp_path)
    error = caught.value
    assert (error.code, error.file, error.line, error.key) == (
        "missing_file",
        "evaluation.toml",
        2,
        "indicators",
    )
