"""Pinyin: names are read as their phrases are, and what is typed means them in every reading."""

from __future__ import annotations

import pytest

from workstation.services.finding import pinyin


def test_whole_names_are_read_as_their_phrases() -> None:
    """重庆 is chong here, 银行 hang, 绿 lv, and digits and letters stay."""
    assert pinyin.whole("重庆路") == "chongqinglu"
    assert pinyin.whole("重要路") == "zhongyaolu"
    assert pinyin.whole("银行巷") == "yinhangxiang"
    assert pinyin.whole("绿地（A座）12") == "lvdiazuo12"


def test_initials_in_every_reading() -> None:
    """Each reading's first letter is there, and that of the phrase's reading first."""
    said = pinyin.initials("重庆路").split()
    assert said[0] == "cql"
    assert "zql" in said
    assert pinyin.initials("建设路") == "jsl"
    assert len(pinyin.initials("长重乐行单朝曾会" * 3).split()) <= pinyin.ALTERNATIVES


@pytest.mark.parametrize(
    ("query", "name", "count"),
    [
        *(("jsl", "建设路", 3), ("jianshelu", "建设路", 3), ("js路", "建设路", 3), ("建sl", "建设路", 3)),
        *(
            ("jians", "建设路", 2),
            ("jshel", "建设路", 3),
            ("zhongqing", "重庆路", 2),
            ("chongq", "重庆路", 2),
        ),
        *(("xian", "西安路", 2), ("xian", "仙桃", 1), ("jsj", "建设路", 0), ("sl", "建设路", 0)),
        *(("jsll", "建设路", 0), ("建社", "建设路", 0)),
    ],
)
def test_mixed_writing_means_the_name(query: str, name: str, count: int) -> None:
    """Characters, syllables, beginnings of syllables and first letters mix; what is too much or another sound does not."""
    assert pinyin.means(query, name) == count


def test_means_from_inside() -> None:
    """From the second character on, the rest of a name is meant."""
    assert pinyin.means("sl", "建设路", 1) == 2


@pytest.mark.parametrize(
    ("query", "wanted"),
    [("jianshelu", "jsl"), ("jsl", "jsl"), ("xian", "xa"), ("xian", "x"), ("js路", "jsl")],
)
def test_openings_hold_the_initials_of_what_is_meant(query: str, wanted: str) -> None:
    """Whichever way it is cut, the initials of what is meant are among those looked for."""
    assert wanted in pinyin.openings(query)


def test_openings_are_bounded() -> None:
    """A long run of letters is not cut in more ways than are looked for."""
    assert len(pinyin.openings("xianganjianshengxianliang" * 3)) <= pinyin.SEGMENTATIONS


def test_fold() -> None:
    """Width, case, blanks and marks make no difference."""
    assert pinyin.fold("　建设路、Ａ １２-3（北） ") == "建设路a123北"
