"""Why a unit is recommended, nobody or two, in sentences: every reason that there is has its words and its figures."""

from __future__ import annotations

from typing import Any

import pytest

from workstation.panels.common.reasons import distance_text, reason_sentence, reason_text, verdict_text
from workstation.panels.common.suggestions import SuggestionList
from workstation.services.recommending.recommending import Candidate, Reason, Recommendation
from workstation.services.recommending.rules import shipped
from workstation.shell.widgets import Badge

NAMES = {"a": "环卫处", "b": "园林处"}
HISTORY = {"count": 8, "decided": 7, "in_time": 6, "returned": 1, "again": 2, "days": 180}


def test_every_ground_has_a_word() -> None:
    """Whatever the shipped figures weigh has a word of its own on the screen."""
    weighed = set(shipped()["weights"]) - {"duty_digit"}
    assert all(reason_text(code) != code for code in weighed)
    assert reason_text(Reason("owner")) == reason_text("owner") and reason_text("new") == "new"


@pytest.mark.parametrize(
    ("code", "data", "words"),
    [
        ("suggested", {"by": "a"}, "环卫处退回时建议"),
        ("maintainer", {"component": "C1"}, "部件 C1 的养护单位"),
        ("owner", {"component": "C1"}, "部件 C1 的权属单位"),
        ("department", {"component": "C1"}, "部件 C1 的主管部门"),
        ("rule", {"text": "无主井盖归市政"}, "手册认定：无主井盖归市政"),
        ("duty", {"prefix": "0101"}, "职责包括类别 0101"),
        ("duty", {"prefix": ""}, "负责这一类别的全部问题"),
        ("area", {"unit": "a", "level": "street"}, "位置在其责任区内"),
        ("beside", {"unit": "a", "metres": 46.2}, "距其责任区 46 米"),
        ("near", {"mobile": "m", "name": "一班", "metres": 1240, "by": "street"}, "一班沿道路 1.2 公里"),
        ("near", {"mobile": "m", "name": "一班", "metres": 300, "by": "straight"}, "一班直线 300 米"),
        ("history", HISTORY, "近 180 天在附近办过同类 8 件，按期 6/7，退回 1，返工 2"),
        ("returned", {"times": 2}, "已退回本案卷 2 次"),
        ("outside", {"unit": "a"}, "职责对口，但位置不在其责任区内"),
        ("new", {}, "new"),
    ],
)
def test_reasons_as_sentences(code: str, data: dict[str, Any], words: str) -> None:
    """Each with what it rests on."""
    assert reason_sentence(Reason(code, data), NAMES) == words


@pytest.mark.parametrize(
    ("verdict", "why", "words"),
    [
        ("one", (), ""),
        ("none", (Reason("off"),), ""),
        (
            "none",
            (Reason("no_component"), Reason("no_duty", {"kind": "event", "class_code": "1"})),
            "没有可推荐的单位：案卷没有部件；没有单位负责这一类别",
        ),
        (
            "none",
            (Reason("no_owner", {"component": "C1"}), Reason("outside_areas", {"units": ("a", "b")})),
            "没有可推荐的单位：部件 C1 没有登记权属或养护单位；位置在各对口单位的责任区之外（环卫处、园林处）",
        ),
        (
            "none",
            (Reason("no_place"), Reason("all_returned")),
            "没有可推荐的单位：案卷没有坐标；对口单位都已退回",
        ),
        ("two", (Reason("tie", {"units": ("a", "b")}),), "环卫处、园林处理由相当，请选择"),
        (
            "two",
            (Reason("overlap", {"units": ("a", "b")}), Reason("load", {"units": ("a", "b"), "open": (3, 5)})),
            "环卫处、园林处的责任区在此重叠，请选择；按在办量排序：3 件对 5 件",
        ),
    ],
)
def test_nobody_and_two_as_sentences(verdict: str, why: tuple[Reason, ...], words: str) -> None:
    """Why there is nobody, and between whom to choose."""
    assert verdict_text(Recommendation((), verdict, why), NAMES) == words


def test_distances() -> None:
    """Metres, then kilometres."""
    assert [distance_text(metres) for metres in (0.4, 999, 1000, 12_340)] == [
        *("0 米", "999 米", "1.0 公里", "12.3 公里")
    ]


def test_the_list_says_which_and_why(qtbot: Any) -> None:
    """Two are shown with why above them; what speaks against one is red; nobody leaves the reason alone; off leaves nothing."""
    shown = SuggestionList()
    qtbot.addWidget(shown)
    outside = Reason("outside", {"unit": "b"}, -2.5)
    ranked = (
        Candidate("a", "", 4.0, (Reason("duty", {"prefix": "01"}, 1.8),)),
        Candidate("b", "", 3.8, (Reason("duty", {"prefix": "01"}, 1.8),), (outside,)),
    )
    shown.show_suggestions(Recommendation(ranked, "two", (Reason("tie", {"units": ("a", "b")}),)), NAMES, {})
    assert not shown.isHidden() and "理由相当" in shown.verdict.text()
    assert [badge.words for badge in shown._rows[1].findChildren(Badge)] == ["职责对口", "不在其责任区"]
    assert "职责包括类别 01" in shown._rows[0].toolTip()
    shown.take(2)
    shown.show_suggestions(Recommendation((), "none", (Reason("no_place"),)), NAMES, {})
    assert not shown.isHidden() and "案卷没有坐标" in shown.verdict.text()
    shown.show_suggestions(Recommendation((), "none", (Reason("off"),)), NAMES, {})
    assert shown.isHidden()
