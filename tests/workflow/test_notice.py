"""Holiday notices as plain text: the published wordings are read into days, anything else is refused by its sentence."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from typing import Any

import pytest

from workstation.workflow.calendar import WorkCalendar
from workstation.workflow.calendar_writer import write_calendar
from workstation.workflow.library import data_folder
from workstation.workflow.notice import Notice, NoticeError, parse_notice, with_notice

CHINA = tomllib.loads((data_folder() / "calendars" / "china.toml").read_text(encoding="utf-8"))

# The dates of published notices in their wordings. What surrounds them is ours.
WORDINGS = {
    2008: """
一、元旦：2007年12月30日－2008年1月1日放假，共3天。其中，1月1日（星期二）为法定节假日，12月30日（星期日）为公休日，12月29日（星期六）公休日调至12月31日（星期一），12月29日（星期六）上班。
二、春节：2月6日－12日（农历除夕至正月初六）放假，共7天。其中，2月6日（除夕）、2月7日（春节）、2月8日（正月初二）为法定节假日，2月9日（星期六）、2月10日（星期日）照常公休，2月2日（星期六）、2月3日（星期日）两个公休日调至2月11日（星期一）、2月12日（星期二），2月2日（星期六）、2月3日（星期日）上班。
三、清明节：4月4日－6日放假，共3天。其中，4月4日（清明节）为法定节假日，4月5日（星期六）、4月6日（星期日）照常公休。
四、“五一”国际劳动节：5月1日－3日放假，共3天。其中，5月1日为法定节假日，5月3日（星期六）为公休日，5月4日（星期日）公休日调至5月2日（星期五），5月4日（星期日）上班。
五、端午节：6月7日－9日放假，共3天。其中，6月7日（星期六）为公休日，6月8日（农历端午）为法定节假日，6月8日（星期日）公休日调至6月9日（星期一）。
六、中秋节：9月13日－15日放假，共3天。其中，9月13日（星期六）为公休日，9月14日（农历中秋）为法定节假日，9月14日（星期日）公休日调至9月15日（星期一）。
七、国庆节：9月29日－10月5日放假，共7天。其中，10月1日、2日、3日为法定节假日，9月27日（星期六）、9月28日（星期日）两个公休日调至9月29日（星期一）、30日（星期二），10月4日（星期六）、5日（星期日）照常公休，9月27日（星期六）、9月28日（星期日）上班。
""",
    2011: """
一、元旦：1月1日至3日放假公休，共3天。
二、春节：2月2日（农历除夕）至8日放假调休，共7天。1月30日（星期日）、2月12日（星期六）上班。
三、清明节：4月3日至5日放假调休，共3天。4月2日（星期六）上班。
四、劳动节：4月30日至5月2日放假公休，共3天。
五、端午节：6月4日至6日放假公休，共3天。
六、中秋节：9月10日至12日放假公休，共3天。
七、国庆节：10月1日至7日放假调休，共7天。10月8日（星期六）、10月9日（星期日）上班。
""",
    2012: """
一、元旦：2012年1月1日至3日放假调休，共3天。2011年12月31日（星期六）上班。
二、春节：1月22日至28日放假调休，共7天。1月21日（星期六）、1月29日（星期日）上班。
三、清明节：4月2日至4日放假调休，共3天。3月31日（星期六）、4月1日（星期日）上班。
四、劳动节：4月29日至5月1日放假调休，共3天。4月28日（星期六）上班。
五、端午节：6月22日至24日放假公休，共3天。
六、中秋节、国庆节：9月30日至10月7日放假调休，共8天。9月29日（星期六）上班。
""",
    2014: """
一、元旦：1月1日放假1天。
二、春节：1月31日至2月6日放假调休，共7天。1月26日（星期日）、2月8日（星期六）上班。
三、清明节：4月5日放假，4月7日（星期一）补休。
四、劳动节：5月1日至3日放假调休，共3天。5月4日（星期日）上班。
五、端午节：6月2日放假，与周末连休。
六、中秋节：9月8日放假，与周末连休。
七、国庆节：10月1日至7日放假调休，共7天。9月28日（星期日）、10月11日（星期六）上班。
""",
    2016: (
        "一、元旦：1月1日放假，与周末连休。二、春节：2月7日至13日放假调休，共7天。2月6日（星期六）、2月14日（星期日）上班。"
        "三、清明节：4月4日放假，与周末连休。四、劳动节：5月1日放假，5月2日（星期一）补休。"
        "五、端午节：6月9日至11日放假调休，共3天。6月12日（星期日）上班。"
        "六、中秋节：9月15日至17日放假调休，共3天。9月18日（星期日）上班。"
        "七、国庆节：10月1日至7日放假调休，共7天。10月8日（星期六）、10月9日（星期日）上班。节日期间请安排好值班。"
    ),
    2023: """
国务院办公厅关于2023年部分节假日安排的通知
各有关单位：现将2023年元旦等节日放假调休日期的具体安排通知如下。

一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。

二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。

三、清明节：4月5日放假，共1天。

四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。

五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。

六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。

请安排好值班。

2022年12月8日
""",
    2026: """国务院办公厅关于2026年
    部分节假日安排的通知
　　一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
　　二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
　　三、清明节：4月4日（周六）至6日（周一）放假，共3天。
　　四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
　　五、端午节：6月19日（周五）至21日（周日）放假，共3天。
　　六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
　　七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
""".replace("\n    部分", "部分"),
}


@pytest.mark.parametrize("year", WORDINGS)
def test_published_wordings(year: int) -> None:
    """Every day of the year comes out as the shipped calendar has it."""
    others = {**CHINA, "year": [y for y in CHINA["year"] if y["year"] != year]}
    made = WorkCalendar.from_text(write_calendar(with_notice(others, parse_notice(WORDINGS[year], year))))
    shipped = WorkCalendar.named("china")
    # A notice begins with days of the December before.
    days = [date(year - 1, 12, 20) + timedelta(days=n) for n in range(366)]
    assert [d for d in days if made.is_working_day(d) != shipped.is_working_day(d)] == []


def test_names_and_title() -> None:
    """A holiday has the notice's name for it, a make-up day that of its holiday; the title is the notice's own."""
    notice = parse_notice(WORDINGS[2023])
    assert (notice.year, notice.title) == (2023, "国务院办公厅关于2023年部分节假日安排的通知")
    assert [b.name for b in notice.holidays] == [
        "元旦",
        "春节",
        "清明节",
        "劳动节",
        "端午节",
        "中秋节、国庆节",
    ]
    assert {m.name for m in notice.make_up if m.day.month == 10} == {"中秋节、国庆节"}
    assert parse_notice("一、元旦：1月1日放假。", 2030).title == "国务院办公厅关于2030年部分节假日安排的通知"


def test_december_before_the_year() -> None:
    """New Year's days of December without a year are those of the December before; a year that is said holds."""
    notice = parse_notice("一、元旦：12月30日至2031年1月1日放假，共3天。12月29日上班。", 2031)
    assert [(b.first, b.last) for b in notice.holidays] == [(date(2030, 12, 30), date(2031, 1, 1))]
    assert [m.day for m in notice.make_up] == [date(2030, 12, 29)]


def test_the_year_may_stand_in_the_text() -> None:
    """Without a title the year is that of the sentence that introduces the days."""
    assert (
        parse_notice("现将2025年元旦放假安排通知如下。\n一、元旦：1月1日（周三）放假1天，不调休。").year
        == 2025
    )


def test_an_address_and_an_earlier_import() -> None:
    """A notice imported again replaces itself, and keeps the address that it is given."""
    notice = parse_notice(WORDINGS[2026])
    again = with_notice(with_notice(CHINA, notice), notice, "https://example.org/")
    entries = [y for y in again["year"] if y["year"] == 2026]
    assert len(entries) == 1 and entries[0]["url"] == "https://example.org/"
    assert [y["year"] for y in again["year"]] == sorted(y["year"] for y in CHINA["year"])


FIRST = "一、元旦：1月1日放假。"


@pytest.mark.parametrize(
    ("text", "code", "data"),
    [
        ("一、元旦：1月1日放假。", "no_year", {}),
        ("关于2026年放假的通知", "no_year", {}),
        ("现将2026年放假安排通知如下：1月1日放假。", "no_items", {}),
        ("现将2026年放假。2月15日起放假。\n一、元旦：1月1日放假。", "unread", {}),
        ("现将2026年。一、元旦：1月1日左右放假。", "unread", {}),
        ("现将2026年。一、元旦：1月1日放假，请错峰出行。", "unread", {}),
        ("现将2026年。一、元旦：1月1日放假。1月4日酌情上班。", "unread", {}),
        ("现将2026年。一、元旦：待定。\n二、春节：2月15日放假。", "unread", {}),
        ("现将2026年。一、元旦：1月4日（周日）上班。", "unread", {}),
        ("现将2026年。" + FIRST + "\n另：1月4日上班。", "unread", {}),
        ("现将2026年。一、清明节：4月31日放假。", "no_such_date", {"day": "4月31日"}),
        (
            "现将2026年。一、元旦：1月1日（星期五）放假。",
            "wrong_weekday",
            {"day": date(2026, 1, 1), "said": "星期五"},
        ),
        ("现将2026年。一、元旦：1月1日至3日放假，共4天。", "wrong_count", {"said": "4", "found": 3}),
        ("现将2026年。一、元旦：1月3日至1日放假。", "reversed", {"last": date(2026, 1, 1)}),
        ("现将2026年。" + FIRST + "二、春节：1月1日放假。", "twice", {"day": date(2026, 1, 1)}),
        ("现将2026年。" + FIRST + "1月5日上班。", "not_weekend", {"day": date(2026, 1, 5)}),
    ],
)
def test_what_cannot_be_read_names_its_sentence(text: str, code: str, data: dict[str, Any]) -> None:
    """A sentence that is not understood to its last word, or contradicts itself, is refused with what was found."""
    with pytest.raises(NoticeError) as caught:
        parse_notice(text)
    assert caught.value.code == code
    assert data.items() <= caught.value.data.items()
    assert caught.value.sentence or code == "no_year"


def test_nothing_else_is_read() -> None:
    """An empty text has neither year nor days."""
    with pytest.raises(NoticeError) as caught:
        parse_notice("")
    assert caught.value.code == "no_year"
    with pytest.raises(NoticeError) as caught:
        parse_notice("", 2026)
    assert caught.value.code == "no_items"


def test_writing_a_calendar() -> None:
    """What is written reads back the same: quotes, exceptions, plain lists, days without hours."""
    raw: dict[str, Any] = {
        "name": "x",
        "title": 'the "city"\\',
        "timezone": "Asia/Shanghai",
        "makeup_like": "tuesday",
        "holidays": [date(2026, 1, 1)],
        "workdays": [date(2026, 1, 4), date(2026, 1, 10)],
        "week": {"monday": [], "tuesday": ["08:00-12:00"]},
        "year": [{"year": 2027, "notice": "n"}, Notice(2028, "m", (), ()).entry("u")],
        "exception": [{"day": date(2026, 5, 1), "hours": ["09:00-10:00"], "reason": "值守\x7f"}],
    }
    text = write_calendar(raw)
    back = tomllib.loads(text)
    assert back["exception"] == raw["exception"] and back["title"] == raw["title"]
    assert {k: v for k, v in back.items() if k != "year"} == {k: v for k, v in raw.items() if k != "year"}
    assert WorkCalendar.from_text(text).noticed == {2027, 2028}
