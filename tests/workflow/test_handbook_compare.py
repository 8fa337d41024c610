"""Two handbooks beside each other: what differs is told once, in words, where it stands."""

from __future__ import annotations

from dataclasses import replace

from workstation.workflow.handbook import Handbook
from workstation.workflow.handbook_compare import NEW, PARTS, WHOLE, Difference, compare, facts, summary


def test_the_same_is_no_difference(national: Handbook) -> None:
    """A handbook differs in nothing from itself."""
    assert compare(national, national) == []


def test_a_renamed_post_is_one_difference(national: Handbook) -> None:
    """Another word for a post and for a state is told where the word is, not in every arrow that names it."""
    texts = dict(national.texts)
    texts["posts.toml"] = texts["posts.toml"].replace('label = "派遣员"', 'label = "指挥员"')
    texts["labels.toml"] = texts["labels.toml"].replace("待派遣", "未派遣")
    assert compare(national, Handbook.from_texts(texts)) == [
        Difference("posts", "dispatcher", "派遣员", "指挥员", "指挥员", "label"),
        Difference("labels", "states/filed", "待派遣", "未派遣", "未派遣", "value"),
    ]


def test_what_is_new_and_what_is_gone(national: Handbook) -> None:
    """A whole thing that only one of the two has is one difference, in the order of the parts."""
    fewer = replace(
        national,
        arrows=tuple(a for a in national.arrows if a.name != "comment"),
        clocks={k: c for k, c in national.clocks.items() if k != "accept"},
        rapid=None,
        texts={**national.texts, "x": ""},
    )
    gone = compare(national, fewer)
    assert [(d.part, d.key, d.field) for d in gone] == [
        ("flow", "comment", WHOLE),
        ("clocks", "accept", WHOLE),
        ("rapid", "rapid", WHOLE),
    ]
    assert all(d.before and not d.after for d in gone)
    back = compare(fewer, national)
    assert [d.after for d in back] == [d.before for d in gone] and not any(d.before for d in back)


def test_values_are_told_in_words(national: Handbook) -> None:
    """Limits with their unit, states and posts by their names, optional fields in brackets, yes and no as such."""
    told = facts(national)
    assert set(told) == set(PARTS)
    assert told["clocks"]["verify"][1]["limit"] == "1 工作时"
    assert told["clocks"]["verify"][1]["by_area"] == "城乡结合部 2"
    assert told["clocks"]["key_feedback"][1]["pause_in"] == "待核查、核查中"
    dispatch = told["flow"]["dispatch"][1]
    assert (dispatch["frm"], dispatch["to"]) == ("待派遣", "待接收") and "（协办单位）" in dispatch["fields"]
    assert told["flow"]["report"][1]["frm"] == NEW
    assert told["rules"]["lead_waits"] == ("", {"value": "true"})
    assert told["rules"]["emergency_classes"] == ("", {"value": "event:05"})
    assert told["rules"]["extension_share"] == ("", {"value": "1"})
    assert told["coordination"]["across"] == ("", {"value": "监督指挥中心 → 本级人民政府"})
    assert summary({"a": "", "b": "x", "c": "true", "d": "y"}) == "x；y"


def test_a_changed_limit(national: Handbook) -> None:
    """A limit of a clock and of a filing condition: old and new, each at its key."""
    texts = dict(national.texts)
    texts["clocks.toml"] = texts["clocks.toml"].replace("fringe = 2 }", "fringe = 3 }")
    texts["conditions.csv"] = texts["conditions.csv"].replace(
        "component,0102,破损超过25c㎡,4,", "component,0102,破损超过25c㎡,6,"
    )
    assert compare(national, Handbook.from_texts(texts)) == [
        Difference("conditions", "component/0102/2", "4 工作时", "6 工作时", "污水井盖", "limit"),
        Difference("clocks", "verify", "城乡结合部 2", "城乡结合部 3", "核查", "by_area"),
    ]
