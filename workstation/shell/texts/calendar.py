"""What is wrong with a calendar or a holiday notice, in the user's language and with what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication

from ...workflow.calendar import WEEKDAYS, CalendarError
from ...workflow.notice import NoticeError


def calendar_error_text(error: CalendarError) -> str:
    """One sentence that names the key and the value at fault and says what to do."""
    found = _calendar().get(error.code, _unknown())
    return found.format_map(_Words(error.data))


def notice_error_text(error: NoticeError) -> str:
    """One sentence that quotes the notice's own and says what is wrong with it."""
    found = _notice().get(error.code, _unknown())
    return found.format_map(_Words({"sentence": error.sentence, **error.data}))


class _Words(dict[str, Any]):
    """Values as people read them; what is not told becomes nothing."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__({key: _plain(value) for key, value in data.items()})

    def __missing__(self, key: str) -> str:
        return ""


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if value in WEEKDAYS:
        return _weekdays()[WEEKDAYS.index(value)]
    return (
        QCoreApplication.translate("Lists", "、").join(map(str, value))
        if isinstance(value, list)
        else str(value)
    )


def _weekdays() -> tuple[str, ...]:
    translate = QCoreApplication.translate
    return (
        translate("Calendar", "周一"),
        translate("Calendar", "周二"),
        translate("Calendar", "周三"),
        translate("Calendar", "周四"),
        translate("Calendar", "周五"),
        translate("Calendar", "周六"),
        translate("Calendar", "周日"),
    )


def _unknown() -> str:
    return QCoreApplication.translate("Calendar", "工作日历不能使用，请检查内容。")


def _calendar() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "not_toml": translate("Calendar", "日历文件的写法不对：{problem}。请按提示的行列更正。"),
        "not_text": translate("Calendar", "日历文件不是 UTF-8 文本，请另存为 UTF-8。"),
        "missing": translate("Calendar", "日历缺少“{key}”，请补上。"),
        "bad_type": translate("Calendar", "“{key}”的值“{value}”类型不对，请参照日历说明更正。"),
        "unknown_key": translate("Calendar", "日历没有“{key}”这一项，请改正拼写或删去。"),
        "unknown_zone": translate("Calendar", "没有“{value}”这个时区，请写成 Asia/Shanghai 这样的名称。"),
        "bad_time": translate("Calendar", "“{value}”不是工作时段，请写成 08:00-12:00。"),
        "bad_date": translate("Calendar", "“{value}”不是日期，请写成 2026-10-01。"),
        "reversed_slot": translate("Calendar", "时段 {value} 的结束早于开始，请把较早的时间写在前面。"),
        "empty_slot": translate("Calendar", "时段 {value} 没有长度，请删去或改正。"),
        "overlapping_slots": translate("Calendar", "时段 {value} 重叠，请让前一段先结束。"),
        "no_working_time": translate("Calendar", "一周没有一天上班，请至少填写一天的工作时段。"),
        "reversed_holiday": translate("Calendar", "假期 {value} 的末日早于首日，请更正。"),
        "duplicate_day": translate("Calendar", "{value} 已经另有安排，同一天只能写一次。"),
        "twice": translate("Calendar", "“{key}”写了两处，请只留一处。"),
        "bad_makeup_like": translate(
            "Calendar", "调休上班日比照的“{value}”没有工作时段，请改成有工作时段的星期。"
        ),
        "no_such_calendar": translate("Calendar", "没有“{value}”这份日历，现有：{names}。"),
        "out_of_range": translate("Calendar", "时限超出可计算的年份（1950—2200年），请核对时限。"),
    }


def _notice() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "no_year": translate("Calendar", "通知里没有写明是哪一年，请连同标题一起粘贴。"),
        "no_items": translate("Calendar", "没有找到“一、元旦：……”这样的条目，请粘贴通知全文。"),
        "unread": translate("Calendar", "这一句不能识别：“{sentence}”。请核对原文，或改在日历上逐日设置。"),
        "no_such_date": translate("Calendar", "“{sentence}”中的 {day} 不是有效日期，请核对原文。"),
        "wrong_weekday": translate("Calendar", "“{sentence}”：{day} 不是{said}，请核对原文和年份。"),
        "wrong_count": translate("Calendar", "“{sentence}”：写明共 {said} 天，数得 {found} 天，请核对原文。"),
        "reversed": translate("Calendar", "“{sentence}”：{last} 早于 {first}，请核对原文。"),
        "twice": translate("Calendar", "“{sentence}”：{day} 在通知里安排了两次，请核对原文。"),
        "not_weekend": translate("Calendar", "“{sentence}”：{day} 本来就上班，不是调休，请核对原文。"),
    }
