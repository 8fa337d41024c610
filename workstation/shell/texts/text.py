"""What the program says: instants, limits, remaining time, refusals and errors as Chinese sentences.

Errors below the interface are classes with a code and data; here, and only here, they become text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from ...workflow.calendar import CalendarError
from ...workflow.event import parse_instant
from ...workflow.handbook import HandbookError
from ...workflow.notice import NoticeError
from .calendar import calendar_error_text, notice_error_text
from .handbook import handbook_error_text

ZONE = ZoneInfo("Asia/Shanghai")


class Labels(Protocol):
    """What of a handbook is needed to name things."""

    def label(self, kind: str, key: str) -> str:
        """The Chinese name of a key."""


def utc_now() -> datetime:
    """This instant, aware UTC."""
    return datetime.now(UTC)


def joined(words: Iterable[str]) -> str:
    """The words one after the other, with what the language puts between the parts of a list; what is empty is left out."""
    return QCoreApplication.translate("Lists", "、").join(word for word in words if word)


def local(instant: datetime) -> datetime:
    """The instant on the wall clock of Asia/Shanghai."""
    return instant.astimezone(ZONE)


def time_text(instant: datetime | None, now: datetime | None = None) -> str:
    """``11-21 16:05``; with the year where ``now`` is given and in another one; "" for None."""
    if instant is None:
        return ""
    at = local(instant)
    if now is not None and local(now).year != at.year:
        return at.strftime("%Y-%m-%d %H:%M")
    return at.strftime("%m-%d %H:%M")


def full_time_text(instant: datetime | None) -> str:
    """``2026-11-21 16:05:09``, "" for None."""
    return "" if instant is None else local(instant).strftime("%Y-%m-%d %H:%M:%S")


def duration_text(span: timedelta) -> str:
    """``3天4小时``, ``2小时15分``, ``8分钟`` or ``不足1分钟``: the two largest units, sign left out."""
    translate = QCoreApplication.translate
    minutes = int(abs(span.total_seconds()) // 60)
    days, rest = divmod(minutes, 1440)
    hours, mins = divmod(rest, 60)
    if days:
        return (translate("Text", "{days}天{hours}小时") if hours else translate("Text", "{days}天")).format(
            days=days, hours=hours
        )
    if hours:
        return (
            translate("Text", "{hours}小时{mins}分") if mins else translate("Text", "{hours}小时")
        ).format(hours=hours, mins=mins)
    if mins:
        return translate("Text", "{mins}分钟").format(mins=mins)
    return translate("Text", "不足1分钟")


def remaining_text(due: datetime | None, now: datetime) -> str:
    """``剩 2小时15分`` or ``超期 3天4小时``; "" without a deadline."""
    if due is None:
        return ""
    translate = QCoreApplication.translate
    span = due - now
    if span.total_seconds() < 0:
        return translate("Text", "超期 {time}").format(time=duration_text(span))
    return translate("Text", "剩 {time}").format(time=duration_text(span))


def light_text(light: str) -> str:
    """The word for a light."""
    translate = QCoreApplication.translate
    words = {
        "green": translate("Text", "正常"),
        "yellow": translate("Text", "临期"),
        "red": translate("Text", "超期"),
        "": translate("Text", "不计时"),
    }
    return words[light]


def limit_text(amount: float | None, unit: str) -> str:
    """``4个工作时``, ``3个工作日``, ``2小时（紧急）``; "" without an amount."""
    if amount is None:
        return ""
    translate = QCoreApplication.translate
    forms = {
        "urgent_hours": translate("Text", "{n}小时（连续计时）"),
        "urgent_days": translate("Text", "{n}天（连续计时）"),
        "work_hours": translate("Text", "{n}个工作时"),
        "work_days": translate("Text", "{n}个工作日"),
        "natural_hours": translate("Text", "{n}小时"),
        "natural_days": translate("Text", "{n}个自然日"),
        "work_minutes": translate("Text", "{n}个工作分钟"),
        "minutes": translate("Text", "{n}分钟"),
    }
    if unit == "work_hours" and amount < 1:
        amount, unit = amount * 60, "work_minutes"
    number = f"{amount:g}"
    return forms[unit].format(n=number) if unit in forms else f"{number} {unit}"


def kind_text(kind: str) -> str:
    """部件, 事件 or 预警."""
    translate = QCoreApplication.translate
    return {
        "component": translate("Text", "部件"),
        "event": translate("Text", "事件"),
        "warning": translate("Text", "预警"),
    }.get(kind, kind)


def post_text(post: str, handbook: Labels | None = None) -> str:
    """A post's name: the handbook's, or the common one."""
    named = label(handbook, "posts", post)
    if named and named != post:
        return named
    translate = QCoreApplication.translate
    return {
        "operator": translate("Text", "受理员"),
        "collector": translate("Text", "信息采集员"),
        "shift_leader": translate("Text", "值班长"),
        "dispatcher": translate("Text", "派遣员"),
        "receiver": translate("Text", "处置单位受理员"),
        "unit_leader": translate("Text", "处置单位负责人"),
        "evaluator": translate("Text", "考评员"),
        "gis": translate("Text", "数据管理员"),
        "commander": translate("Text", "指挥长"),
        "admin": translate("Text", "系统管理员"),
        "system": translate("Text", "系统"),
    }.get(post, post)


def label(handbook: Labels | None, kind: str, key: str) -> str:
    """The handbook's name of a key; the key itself where it has none."""
    if handbook is None or not key:
        return key
    try:
        return str(handbook.label(kind, key)) or key
    except KeyError:
        return key


def refusal_text(refusal: Any, handbook: Labels | None = None, names: Mapping[str, str] | None = None) -> str:
    """Why a command was refused, as a sentence for the person who gave it. ``names`` are those of units and people."""
    translate = QCoreApplication.translate
    named = label(handbook, "refusals", refusal.code)
    if not named or named == refusal.code:
        if refusal.code == "no_such_case":  # the services' own, of no handbook
            return translate("Text", "没有这个案卷")
        return translate("Text", "这项操作现在不能办理（{code}）").format(code=refusal.code)
    values = {
        key: _refused_value(key, value, handbook, names or {})
        for key, value in dict(refusal.data or {}).items()
    }
    return named.format_map(_Blank(values))


# What a refusal's data are, by name → the handbook's kind of label.
_LABELS_OF = {
    "arrow": "arrows",
    "state": "states",
    "post": "posts",
    "posts": "posts",
    "field": "fields",
    "request": "requests",
    "answer": "answers",
    "time_unit": "units",
    "source": "sources",
    "milestone": "milestones",
    "kind": "kinds",
    "roles": "photo_roles",
    "scope": "scopes",
    "body": "bodies",
    "budget": "budgets",
    "plan": "plans",
}


def _refused_value(key: str, value: Any, handbook: Labels | None, names: Mapping[str, str]) -> str:
    if isinstance(value, list | tuple):
        return joined(_refused_value(key, item, handbook, names) for item in value)
    if key in ("unit", "units", "to", "person"):
        return names.get(str(value), str(value))
    if key == "until":
        return time_text(parse_instant(str(value)))
    if isinstance(value, float):
        return f"{value:g}"
    return label(handbook, _LABELS_OF[key], str(value)) if key in _LABELS_OF else str(value)


class _Blank(dict[str, Any]):
    """Fields a template asks for and the refusal does not have become nothing."""

    def __missing__(self, key: str) -> str:
        return ""


def error_text(
    error: BaseException, handbook: Labels | None = None, names: Mapping[str, str] | None = None
) -> str:
    """An error as one sentence; technical details go to the log, not here."""
    translate = QCoreApplication.translate
    name = type(error).__name__
    refusal = getattr(error, "refusal", None)
    if refusal is not None:
        return refusal_text(refusal, handbook, names)
    if name == "Conflict":
        return conflict_text(error, handbook)
    if name == "StoreError":
        title, advice = store_error_text(error)
        return f"{title} · {advice}" if str(getattr(error, "code", "")).endswith("_program") else title
    if name == "PhotoRefused":
        return {
            "not_a_photo": translate("Text", "这个文件不是照片，或者已经损坏"),
            "wrong_format": translate("Text", "不支持这种照片格式，请用 JPEG 或 PNG"),
            "too_large": translate("Text", "照片文件太大，请压缩后再添加"),
            "too_many_pixels": translate("Text", "照片尺寸太大，请缩小后再添加"),
            "empty": translate("Text", "这个照片文件是空的"),
        }.get(str(getattr(error, "code", "")), translate("Text", "这张照片不能使用"))
    if name == "NotFound":
        return {
            "no_such_case": translate("Text", "没有这个案卷"),
            "not_yours": translate("Text", "这件案卷不由本单位办理，不能查看"),
            "no_such_person": translate("Text", "没有这个人员，或者不在这个岗位"),
            "no_such_photo": translate("Text", "没有这张照片"),
            "no_such_unit": translate("Text", "没有这个单位"),
            "no_such_area": translate("Text", "没有这个网格、区域或单位"),
            "no_such_thing": translate("Text", "没有这条道路、这个部件或案卷"),
            "no_such_account": translate("Text", "这个人员没有账号"),
            "no_such_session": translate("Text", "这次登录已经结束"),
            "no_such_operation": translate("Text", "没有这次调度"),
            "no_such_meeting": translate("Text", "没有这个会议"),
            "no_such_handover": translate("Text", "没有这条交班记录"),
            "no_such_evidence": translate("Text", "没有这份证据文件"),
            "no_such_edition": translate("Text", "没有这一版指挥手册"),
        }.get(
            str(getattr(error, "code", "")),
            translate("Text", "没有找到：{what}").format(what=getattr(error, "key", "")),
        )
    if isinstance(error, HandbookError):
        return handbook_error_text(error)
    if isinstance(error, CalendarError):
        return calendar_error_text(error)
    if isinstance(error, NoticeError):
        return notice_error_text(error)
    if isinstance(error, FileNotFoundError):
        return translate("Text", "找不到文件：{name}").format(name=error.filename or "")
    if isinstance(error, PermissionError):
        return translate("Text", "没有权限读写：{name}").format(name=error.filename or "")
    if isinstance(error, OSError):
        return translate("Text", "读写失败：{reason}").format(reason=error.strerror or name)
    return translate("Text", "程序内部出错（{name}），这一步没有完成，详情已写入日志").format(name=name)


def conflict_text(error: BaseException, handbook: Labels | None = None) -> str:
    """Who was faster, and with what."""
    translate = QCoreApplication.translate
    events = list(getattr(error, "events", ()) or ())
    if not events:
        return translate("Text", "案卷刚被他人办理，请看最新情况后再办")
    last = getattr(events[-1], "event", events[-1])
    return translate("Text", "案卷刚被{who}（{what}，{when}）办理，请看最新情况后再办").format(
        who=last.actor_name, what=label(handbook, "arrows", last.kind), when=time_text(last.at)
    )


def store_error_text(error: Any) -> tuple[str, str]:
    """What is wrong with a database, and what to do about it."""
    translate = QCoreApplication.translate
    data: Mapping[str, Any] = getattr(error, "data", {}) or {}
    where = str(data.get("path") or data.get("url") or data.get("file") or "")
    other = translate("Text", "请选择另一个城市数据库，或者生成演示城市。")
    texts: dict[str, tuple[str, str]] = {
        "bad_url": (
            translate("Text", "数据库地址写得不对"),
            translate("Text", "请检查地址，或者选择一个数据库文件。"),
        ),
        "missing": (translate("Text", "找不到城市数据库"), other),
        "empty": (translate("Text", "这个数据库文件是空的"), other),
        "half_written": (
            translate("Text", "这个数据库没有建完"),
            translate("Text", "上次建库中途停止了。请重新生成，或者从备份恢复。"),
        ),
        "not_a_database": (translate("Text", "这个文件不是数据库"), other),
        "damaged": (
            translate("Text", "数据库文件已损坏"),
            translate("Text", "请从备份恢复，或者选择另一个数据库。"),
        ),
        "not_a_city": (translate("Text", "这是数据库，但不是城市数据库"), other),
        "older_schema": (
            translate("Text", "数据库来自较早的版本"),
            translate("Text", "升级后即可打开。升级前会自动备份。"),
        ),
        "newer_schema": (
            translate("Text", "数据库来自更新的版本"),
            translate("Text", "请安装新版程序，或者选择另一个数据库。"),
        ),
        "exists": (translate("Text", "文件已经存在"), translate("Text", "请换一个文件名。")),
        "unreachable": (
            translate("Text", "连接不上数据库服务器"),
            translate("Text", "请检查网络和服务器地址，然后重试。"),
        ),
        "starting": (
            translate("Text", "数据库服务器正在启动或停止"),
            translate("Text", "稍候会自动重试。"),
        ),
        "crowded": (
            translate("Text", "数据库服务器的连接已满"),
            translate("Text", "请稍后重试，或请管理员增加连接数。"),
        ),
        "refused_login": (
            translate("Text", "数据库服务器拒绝登录"),
            translate(
                "Text", "请检查用户名和密码。程序不保存所有者的密码：请写在地址里，或写入密码文件 .pgpass。"
            ),
        ),
        "no_database": (
            translate("Text", "服务器上没有这个数据库"),
            translate("Text", "请检查数据库名称，或请管理员建库。"),
        ),
        "no_spatialite": (
            translate("Text", "缺少空间数据库组件 SpatiaLite"),
            translate("Text", "请安装 libsqlite3-mod-spatialite 后重试。"),
        ),
        "no_extensions": (
            translate("Text", "当前 Python 不能加载 SQLite 扩展"),
            translate("Text", "请用系统自带的 Python 建立运行环境。"),
        ),
        "no_postgis": (
            translate("Text", "数据库服务器没有 PostGIS"),
            translate("Text", "请管理员安装 PostGIS 扩展。"),
        ),
        "no_plpython": (
            translate("Text", "数据库服务器没有 PL/Python"),
            translate("Text", "请管理员安装 postgresql-plpython3 和 python3-cryptography，再升级数据库。"),
        ),
        "no_door": (
            translate("Text", "数据库里没有办案程序"),
            translate("Text", "请管理员用数据库超级用户运行 workstation db upgrade。"),
        ),
        "older_program": (
            translate("Text", "数据库里的办案程序比本席位的旧"),
            translate("Text", "请管理员用数据库超级用户运行 workstation db upgrade。"),
        ),
        "newer_program": (
            translate("Text", "数据库里的办案程序比本席位的新"),
            translate("Text", "请在本席位安装同一版本的程序。"),
        ),
        "other_program": (
            translate("Text", "数据库里的办案程序与本席位的不同"),
            translate("Text", "请让本席位与数据库使用同一个程序，或请管理员升级数据库。"),
        ),
        "busy": (translate("Text", "数据库正忙"), translate("Text", "请稍后重试。")),
        "read_only": (
            translate("Text", "数据库只能读取，不能写入"),
            translate("Text", "只读副本只供查看；若是文件，请检查文件和文件夹的写入权限。"),
        ),
        "unwritable": (
            translate("Text", "数据库写不进去"),
            translate("Text", "请检查文件和文件夹的写入权限。"),
        ),
        "not_a_backup": (
            translate("Text", "这个文件不是备份"),
            translate("Text", "请选择由本程序备份的文件。"),
        ),
        "tool_missing": (
            translate("Text", "缺少数据库工具"),
            translate("Text", "请安装 postgresql-client 后重试。"),
        ),
        "tool_failed": (translate("Text", "数据库工具没有完成工作"), translate("Text", "详情已写入日志。")),
        "disk_full": (translate("Text", "磁盘空间不足"), translate("Text", "请清理磁盘后重试。")),
    }
    title, advice = texts.get(
        str(getattr(error, "code", "")),
        (
            translate("Text", "数据库打不开"),
            translate("Text", "详情已写入日志。请重试，或选择另一个数据库。"),
        ),
    )
    return (
        translate("Text", "{title}：{where}").format(title=title, where=where) if where else title
    ), advice
