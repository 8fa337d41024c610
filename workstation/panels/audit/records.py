"""Three registers that only grow, each a table with a period, a word and what stands out: looks, attempts, sign-ins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QTableWidgetItem, QVBoxLayout

from workstation.services.personal.looks import PAGE, Period
from workstation.services.personal.personal import TERM
from workstation.shell.context import AppContext
from workstation.shell.look import icons
from workstation.shell.texts.text import full_time_text, joined
from workstation.shell.widgets import kind_label, tool_button
from workstation.shell.widgets.tables import cell, chosen, fill, plain_table

from .pages import AuditPage

Row = tuple[Sequence[QTableWidgetItem], str]
"""The cells of a row, and the words by which it is found."""


class RecordsPage(AuditPage):
    """A register. Subclasses say how it is read, what stands in a row, and of what one is warned."""

    def __init__(
        self, context: AppContext, titles: Sequence[str], widths: Sequence[int], stretch: int, hint: str
    ) -> None:
        super().__init__(context)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 12)
        box.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(8)
        self.days = QComboBox()
        for days, words in (
            (1, self.tr("近一天")),
            (7, self.tr("近七天")),
            (30, self.tr("近三十天")),
            (365, self.tr("近一年")),
        ):
            self.days.addItem(words, days)
        self.days.setCurrentIndex(1)
        self.days.currentIndexChanged.connect(self.reload)
        top.addWidget(self.days)
        self.words = QLineEdit()
        self.words.setPlaceholderText(hint)
        self.words.setClearButtonEnabled(True)
        self.words.addAction(icons.icon("search", "text_3"), QLineEdit.ActionPosition.LeadingPosition)
        self.words.textChanged.connect(lambda _words: self._fill())
        top.addWidget(self.words, 1)
        self.count = kind_label("", "muted")
        top.addWidget(self.count)
        top.addWidget(tool_button("refresh", self.tr("刷新"), self.reload))
        box.addLayout(top)
        self.warning = QFrame()
        self.warning.setProperty("kind", "warn")
        inner = QVBoxLayout(self.warning)
        inner.setContentsMargins(10, 6, 10, 6)
        self.warned = kind_label("")
        self.warned.setWordWrap(True)
        inner.addWidget(self.warned)
        self.warning.hide()
        box.addWidget(self.warning)
        self.table = plain_table(titles, widths, stretch)
        self.table.cellDoubleClicked.connect(lambda *_: self._open())
        box.addWidget(self.table, 1)
        self.foot = kind_label("", "muted")
        self.foot.setWordWrap(True)
        box.addWidget(self.foot)
        self._found: list[Any] = []

    def period(self) -> Period:
        """What is asked for."""
        until = self.context.services.now() + timedelta(minutes=10)
        return Period(until - timedelta(days=int(self.days.currentData())), until)

    def reload(self) -> None:
        """Read again."""
        self.context.tasks.run(
            self.read, self.period(), owner=self, key="read", on_done=self._read, on_error=self._failed
        )

    def _read(self, found: list[Any]) -> None:
        self._found = found
        self._fill()

    def _failed(self, error: BaseException) -> None:
        self._read([])
        self.context.say_error(error)

    def _fill(self) -> None:
        rows = [self.row(item) for item in self._found]
        words = self.words.text().split()
        kept = [cells for cells, text in rows if all(word in text for word in words)]
        fill(self.table, kept)
        self.count.setText(self.tr("{n} 条").format(n=len(kept)))
        told = self.warning_text()
        self.warned.setText(told)
        self.warning.setVisible(bool(told))
        self.foot.setText(
            self.tr("只列出最近 {n} 条，更早的请缩短期限后查找。").format(n=PAGE)
            if len(self._found) >= PAGE
            else ""
        )
        self.foot.setVisible(bool(self.foot.text()))

    def _open(self) -> None:
        if case_id := chosen(self.table):
            self.context.show_case(case_id)

    def who(self, person: str, name: str = "") -> str:
        """A person by name, with the id where two may have one name."""
        return name or self.context.name_of(person)

    def read(self, period: Period) -> list[Any]:
        """The register's rows, the newest first; in the background."""
        raise NotImplementedError

    def row(self, item: Any) -> Row:
        """The cells of a row."""
        raise NotImplementedError

    def warning_text(self) -> str:
        """What stands out among what was read; "" for nothing."""
        return ""


class LooksPage(RecordsPage):
    """查看记录: who looked at which case's reporter, when and why; unusual numbers first of all."""

    def __init__(self, context: AppContext) -> None:
        translate = QCoreApplication.translate
        titles = (
            translate("LooksPage", "时间"),
            translate("LooksPage", "人员"),
            translate("LooksPage", "岗位"),
            translate("LooksPage", "案卷"),
            translate("LooksPage", "理由"),
        )
        super().__init__(context, titles, (164, 90, 90, 160, 220), 4, self.tr("人员、案卷号或理由"))

    def read(self, period: Period) -> list[Any]:
        """Who looked."""
        return self.context.services.personal.looks(period, self.context.actor)

    def row(self, item: Any) -> Row:
        """A look, in yellow where there were too many, or an erasure."""
        tone = "yellow" if item.many else ""
        reason = item.reason
        if item.erased:
            reason = (
                self.tr("保存期满，自动删除") if reason == TERM else self.tr("删除：{why}").format(why=reason)
            )
        told = (
            full_time_text(item.at),
            self.who(item.person, item.name),
            self.context.label("posts", item.post),
            item.code or item.case_id,
            reason,
        )
        cells = [
            cell(words, item.case_id if n == 0 else "", tone if n < 2 else "") for n, words in enumerate(told)
        ]
        return cells, " ".join((*told, item.person))

    def warning_text(self) -> str:
        """Who looked how often in an hour."""
        limit = self.context.services.handbook.personal.looks_per_hour
        names = dict.fromkeys(self.who(look.person, look.name) for look in self._found if look.many)
        if not names:
            return ""
        return self.tr("{who}曾在一小时内查看 {n} 次以上，请核对是否工作需要。").format(
            who=joined(names), n=limit
        )


class AttemptsPage(RecordsPage):
    """未遂操作: what was tried and refused."""

    def __init__(self, context: AppContext) -> None:
        translate = QCoreApplication.translate
        titles = (
            translate("AttemptsPage", "时间"),
            translate("AttemptsPage", "人员"),
            translate("AttemptsPage", "岗位"),
            translate("AttemptsPage", "操作"),
            translate("AttemptsPage", "被拒原因"),
        )
        super().__init__(context, titles, (164, 100, 90, 110, 220), 4, self.tr("人员、操作或原因"))

    def read(self, period: Period) -> list[Any]:
        """What was refused."""
        return self.context.services.personal.attempts(period, self.context.actor)

    def row(self, item: Any) -> Row:
        """An attempt: the refusal's sentence without its data would mislead, so its code and what was noted."""
        told = (
            full_time_text(item.at),
            self.who(item.person) if item.person else item.role,
            self.context.label("posts", item.post),
            what_text(item.what) or self.context.label("arrows", item.what),
            refused_text(item.code) + (f"（{item.detail}）" if item.detail else ""),
        )
        case_id = item.detail.removeprefix("case=") if item.detail.startswith("case=") else ""
        cells = [cell(words, case_id if n == 0 else "") for n, words in enumerate(told)]
        return cells, " ".join((*told, item.person, item.role, item.code))


class SignInsPage(RecordsPage):
    """登录: what happened to accounts, wrong passwords and locks in yellow."""

    def __init__(self, context: AppContext) -> None:
        translate = QCoreApplication.translate
        titles = (
            translate("SignInsPage", "时间"),
            translate("SignInsPage", "账号"),
            translate("SignInsPage", "事件"),
            translate("SignInsPage", "经办"),
            translate("SignInsPage", "席位"),
        )
        super().__init__(context, titles, (164, 110, 130, 100, 180), 4, self.tr("账号、事件或席位"))

    def read(self, period: Period) -> list[Any]:
        """What happened to accounts."""
        return self.context.services.personal.sign_ins(period, self.context.actor)

    def row(self, item: Any) -> Row:
        """An event of an account."""
        told = (
            full_time_text(item.at),
            self.who(item.person),
            kind_text(item.kind),
            self.who(item.by) if item.by else "",
            item.seat,
        )
        tone = "yellow" if item.kind in ("wrong", "locked") else ""
        return [cell(words, "", tone if n < 3 else "") for n, words in enumerate(told)], " ".join(
            (*told, item.person)
        )

    def warning_text(self) -> str:
        """Whose account was locked."""
        names = dict.fromkeys(self.who(item.person) for item in self._found if item.kind == "locked")
        return self.tr("曾因多次输错密码被锁定：{who}").format(who=joined(names)) if names else ""


def what_text(what: str) -> str:
    """What was tried that is no move of a case; "" for a move."""
    translate = QCoreApplication.translate
    return {
        "look": translate("AuditWhat", "查看反映人信息"),
        "open_look": translate("AuditWhat", "查看反映人信息"),
        "erase_personal": translate("AuditWhat", "删除反映人信息"),
        "keep_personal": translate("AuditWhat", "写入反映人信息"),
        "rekey_personal": translate("AuditWhat", "更换密钥"),
        "?": translate("AuditWhat", "不明操作"),
    }.get(what, "")


def refused_text(code: str) -> str:
    """Why it was refused, in a few words; the code where there are none."""
    translate = QCoreApplication.translate
    return {
        "wrong_state": translate("AuditReasons", "状态不符"),
        "wrong_post": translate("AuditReasons", "岗位无权"),
        "wrong_unit": translate("AuditReasons", "不是本单位的案卷"),
        "not_yours": translate("AuditReasons", "不是本单位的案卷"),
        "not_your_post": translate("AuditReasons", "没有这一岗位"),
        "not_yourself": translate("AuditReasons", "冒用他人"),
        "not_trusted": translate("AuditReasons", "越权指定"),
        "look_not_yours": translate("AuditReasons", "岗位无权查看个人信息"),
        "look_reason": translate("AuditReasons", "查看个人信息没有理由"),
        "look_unknown": translate("AuditReasons", "查看他人的记录"),
        "look_uncommitted": translate("AuditReasons", "试图不留记录地查看"),
        "erase_not_yours": translate("AuditReasons", "岗位无权删除个人信息"),
        "field_missing": translate("AuditReasons", "缺少必填项"),
        "field_unknown": translate("AuditReasons", "多余的数据"),
        "field_wrong": translate("AuditReasons", "数据不合格"),
        "unreadable": translate("AuditReasons", "不能识别的命令"),
        "no_such_case": translate("AuditReasons", "没有这个案卷"),
    }.get(code, code)


def kind_text(kind: str) -> str:
    """What happened to an account."""
    translate = QCoreApplication.translate
    return {
        "opened": translate("AccountKinds", "开户"),
        "closed": translate("AccountKinds", "停用"),
        "signed_in": translate("AccountKinds", "登录"),
        "wrong": translate("AccountKinds", "密码错误"),
        "asked": translate("AccountKinds", "尝试登录"),
        "locked": translate("AccountKinds", "锁定"),
        "unlocked": translate("AccountKinds", "解锁"),
        "changed": translate("AccountKinds", "修改密码"),
        "expired": translate("AccountKinds", "密码到期"),
        "ended": translate("AccountKinds", "会话被结束"),
        "signed_out": translate("AccountKinds", "退出"),
    }.get(kind, kind)
