"""What is said about signing in: why somebody is not let in and what to do, why a password is not taken, what accounts are like."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from .text import local, time_text

if TYPE_CHECKING:
    from ...services.accounts.accounts import AccountEvent, WeakPassword
    from ...services.accounts.signing_in import Policy, Verdict


def clock_text(instant: datetime, now: datetime) -> str:
    """``10:45`` today, else with the day."""
    same = local(instant).date() == local(now).date()
    return local(instant).strftime("%H:%M") if same else time_text(instant, now)


def verdict_text(verdict: Verdict, now: datetime) -> str:
    """Why somebody was not let in, and what to do. How many tries are left is not told."""
    translate = QCoreApplication.translate
    if verdict.outcome == "locked" and verdict.until is not None:
        return translate(
            "Accounts", "密码多次输错，账号已锁定。请在 {time} 以后再登录，或请管理员解锁。"
        ).format(time=clock_text(verdict.until, now))
    texts = {
        "wrong": translate("Accounts", "工号或密码不对，请重新输入。"),
        "expired": translate("Accounts", "密码已经失效，请管理员重置密码。"),
        "closed": translate("Accounts", "账号已停用。如需使用，请与管理员联系。"),
        "reused": translate("Accounts", "这个密码近期用过，请换一个新的。"),
        "stale": translate("Accounts", "账号刚被管理员变更，请重新登录后再改。"),
    }
    return texts.get(verdict.outcome, verdict.outcome)


def change_text(verdict: Verdict, now: datetime) -> str:
    """Why a password was not changed."""
    if verdict.outcome == "wrong":
        return QCoreApplication.translate("Accounts", "原密码不对，请重新输入。")
    return verdict_text(verdict, now)


def weakness_text(weak: WeakPassword) -> str:
    """Why a password is not taken."""
    translate = QCoreApplication.translate
    texts = {
        "too_short": translate("Accounts", "密码太短，至少 {length} 位。"),
        "too_long": translate("Accounts", "密码太长了。"),
        "known": translate("Accounts", "密码里不能有姓名、工号或电话。"),
        "simple": translate("Accounts", "密码太简单，不要用重复或连续的字符。"),
        "kinds": translate("Accounts", "大写字母、小写字母、数字、符号，至少要有其中 {kinds} 种。"),
    }
    return texts.get(weak.code, weak.code).format(length=weak.least_length, kinds=weak.least_kinds)


def rules_text(policy: Policy) -> str:
    """What a password must be like, before one is typed."""
    return QCoreApplication.translate(
        "Accounts",
        "至少 {length} 位，大写字母、小写字母、数字、符号中至少 {kinds} 种，不含姓名和工号，不用最近 {kept} 次的密码。",
    ).format(length=policy.least_length, kinds=policy.least_kinds, kept=policy.kept)


def ended_text(why: str) -> str:
    """Why the seat is back at the door."""
    translate = QCoreApplication.translate
    texts = {
        "replaced": translate(
            "Accounts", "您已在别的席位登录，本席自动退出。未登记的内容已保留，重新登录后可继续。"
        ),
        "expired": translate("Accounts", "本次登录已到时限。未登记的内容已保留，请重新登录。"),
        "ended": translate(
            "Accounts", "管理员已结束本席的登录。未登记的内容已保留，如需继续请重新登录或与管理员联系。"
        ),
        "refused": translate(
            "Accounts",
            "本席的登录已结束：您在别的席位登录了，或者管理员结束了登录。未登记的内容已保留，重新登录后可继续。",
        ),
        "tries": translate("Accounts", "解锁密码多次输错，本席已退出。请重新登录。"),
    }
    return texts.get(why, "")


def state_text(state: str) -> tuple[str, str]:
    """The word and the tone for the state of an account."""
    translate = QCoreApplication.translate
    texts = {
        "none": (translate("Accounts", "未开通"), "text_3"),
        "active": (translate("Accounts", "正常"), "green"),
        "must_change": (translate("Accounts", "待改密码"), "yellow"),
        "locked": (translate("Accounts", "已锁定"), "red"),
        "expired": (translate("Accounts", "密码失效"), "red"),
        "closed": (translate("Accounts", "已停用"), "text_3"),
    }
    return texts.get(state, (state, "text_3"))


def event_text(event: AccountEvent, now: datetime) -> str:
    """What happened to an account, without when and by whom."""
    translate = QCoreApplication.translate
    texts = {
        "opened": translate("Accounts", "开通账号"),
        "closed": translate("Accounts", "停用账号"),
        "signed_in": translate("Accounts", "登录"),
        "signed_out": translate("Accounts", "退出"),
        "wrong": translate("Accounts", "密码输错"),
        "locked": translate("Accounts", "账号锁定"),
        "unlocked": translate("Accounts", "解除锁定"),
        "changed": translate("Accounts", "修改密码"),
        "expired": translate("Accounts", "密码失效，未能登录"),
        "ended": translate("Accounts", "登录被结束"),
    }
    words = texts.get(event.kind, event.kind)
    if event.kind == "changed" and event.detail == "one_time":
        words = translate("Accounts", "重置密码")
    if event.kind == "locked" and event.detail:
        until = clock_text(datetime.fromisoformat(event.detail), now)
        words = translate("Accounts", "账号锁定至 {time}").format(time=until)
    return words
