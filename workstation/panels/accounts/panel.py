"""The dock of accounts, for the posts that keep the register of people: a list to look in, and one person's account.

Everything is read and done in the background. What is done here is kept in the account's history with who did it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.panels.case.grid import wrapped
from workstation.panels.contacts.page import LookUpPage
from workstation.panels.contacts.posts import PostsOf
from workstation.services.accounts.accounts import AccountEvent, AccountInfo
from workstation.shell.context import AppContext
from workstation.shell.panel import Panel
from workstation.shell.texts import accounts as account_text
from workstation.shell.texts import text
from workstation.shell.texts.text import joined
from workstation.shell.widgets import (
    Badge,
    ConfirmDialog,
    EmptyState,
    FlowLayout,
    SegmentBar,
    button,
    empty,
    kind_label,
    refresh_icons,
)
from workstation.shell.widgets.tables import cell, chosen, fill, plain_table

from .onetime import OneTimeDialog

SETTLE_MILLISECONDS = 150
MINUTE = 60_000
WANTS_SOMEBODY = ("locked", "expired", "must_change")
"""States that an administrator may have to do something about."""


class AccountsPanel(Panel):
    """Filters above a page to look people up in."""

    key = "accounts"
    icon = "key"
    area = "left"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._stale = True
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.filter = SegmentBar(
            [
                ("all", self.tr("全部")),
                ("here", self.tr("在席")),
                ("wants", self.tr("待处理")),
                ("none", self.tr("未开通")),
            ]
        )
        holder = QWidget()
        row = QVBoxLayout(holder)
        row.setContentsMargins(12, 10, 12, 0)
        row.addWidget(self.filter)
        box.addWidget(holder)
        self.page = AccountsPage(context, self.filter)
        self.filter.changed.connect(lambda _key: self.page.refill())
        box.addWidget(self.page, 1)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MILLISECONDS)
        self._settle.timeout.connect(self.page.reload)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE)
        self._minute.timeout.connect(self._look_again)
        context.changed.connect(self._changed)
        context.theme_changed.connect(self._redraw)

    @property
    def title(self) -> str:
        return self.tr("账号")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._minute.start()
        if self._stale:
            self._stale = False
            self.page.reload()

    def _look_again(self) -> None:
        if self.isVisible():
            self.page.reload()

    def _changed(self, changes: Any) -> None:
        if "person" in changes.topics:
            if self.isVisible():
                self._settle.start()
            else:
                self._stale = True

    def _redraw(self) -> None:
        refresh_icons(self)
        self.page.refill()


class AccountsPage(LookUpPage):
    """Everybody with the state of the account and the seat; below, one of them with what can be done."""

    def __init__(self, context: AppContext, filter: SegmentBar, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(
            plain_table(
                [
                    translate("AccountsPage", "姓名"),
                    translate("AccountsPage", "单位"),
                    translate("AccountsPage", "账号"),
                    translate("AccountsPage", "在席"),
                ],
                [76, 120, 76, 126],
                1,
            ),
            translate("AccountsPage", "姓名、工号、单位或岗位"),
            "person",
            translate("AccountsPage", "账号记录"),
            parent,
        )
        self._context = context
        self._filter = filter
        self._one_time_hours = 0
        self.infos: list[AccountInfo] = []
        self.nothing = EmptyState("key", translate("AccountsPage", "没有符合条件的人员"), "")
        self.nothing.hide()
        self.open_city = wrapped(
            translate("AccountsPage", "本城市未启用密码登录：账号可以先开通，启用后每人凭密码登录。"),
            "small",
        )
        self.open_city.hide()
        self.body.insertWidget(0, self.nothing)
        self.body.insertWidget(0, self.open_city)
        self._state = self.add_to_card()
        self._buttons = self.add_to_card()
        self._title_posts = kind_label(translate("AccountsPage", "岗位"), "label")
        place = self.add_to_card()
        place.addWidget(self._title_posts)
        self.posts = PostsOf(context)
        self.posts.changed.connect(self.reload)
        place.addWidget(self.posts)

    # ---- everybody ----------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read everybody's account."""
        accounts = self._context.services.accounts

        def read() -> tuple[list[AccountInfo], int, bool]:
            policy = accounts.policy()
            return accounts.listing(), policy.one_time_hours, not accounts.guarded(policy)

        self._context.tasks.run(read, owner=self, key="accounts", on_done=self._take)

    def _take(self, read: tuple[list[AccountInfo], int, bool]) -> None:
        self.infos, self._one_time_hours, is_open = read
        self.open_city.setVisible(is_open)
        self.refill()

    def refill(self) -> None:
        """Show who is left by the words and the filter."""
        self._fill()

    def _unit(self, info: AccountInfo) -> str:
        return self._context.name_of(info.unit) if info.unit else ""

    def _fill(self) -> None:
        now = self._context.services.now()
        words = self.words.text().strip().casefold()
        book = self._context.services.handbook
        rows = []
        for info in self.infos:
            state = info.state(now)
            wanted = {
                "all": True,
                "here": info.sitting is not None,
                "wants": state in WANTS_SOMEBODY,
                "none": state == "none",
            }[self._filter.current or "all"]
            posts = joined(text.post_text(post, book) for post in info.posts)
            about = f"{info.name} {info.person} {self._unit(info)} {posts}".casefold()
            if not wanted or (words and words not in about):
                continue
            label, tone = account_text.state_text(state)
            sitting = info.sitting
            seat = (
                f"{sitting.seat} · {account_text.clock_text(sitting.at, now)}" if sitting is not None else ""
            )
            rows.append(
                [cell(info.name, info.person), cell(self._unit(info)), cell(label, tone=tone), cell(seat)]
            )
        fill(self.table, rows)
        self.nothing.setVisible(not rows and bool(self.infos))
        if not chosen(self.table) and rows:
            self.table.setCurrentCell(0, 0)
        self._show()

    @property
    def info(self) -> AccountInfo | None:
        """Whose account is looked at."""
        key = chosen(self.table)
        return next((info for info in self.infos if info.person == key), None)

    # ---- one person ---------------------------------------------------------------------------------------------

    def _show(self) -> None:
        info = self.info
        self.card.setVisible(info is not None)
        self.past.hide()
        if info is None:
            return
        now = self._context.services.now()
        self.head.set_title(info.name)
        self.about.setText(" · ".join(part for part in (info.person, self._unit(info)) if part))
        self._show_state(info)
        self._show_buttons(info)
        self.posts.show_person(info.person, info.name, info.posts)
        accounts = self._context.services.accounts
        self._context.tasks.run(
            accounts.history,
            info.person,
            owner=self,
            key="history",
            on_done=lambda events: self._show_past(events, now),
        )

    def _show_state(self, info: AccountInfo) -> None:
        empty(self._state)
        now = self._context.services.now()
        state = info.state(now)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Badge(*account_text.state_text(state)))
        row.addWidget(kind_label(self._state_words(info, state), "small"), 1)
        self._state.addWidget(line)
        if info.sitting is not None:
            words = self.tr("在席：{seat}，{at} 登录，最近活动 {seen}，有效至 {until}").format(
                seat=info.sitting.seat,
                at=account_text.clock_text(info.sitting.at, now),
                seen=account_text.clock_text(info.sitting.seen_at, now),
                until=account_text.clock_text(info.sitting.valid_until, now),
            )
            self._state.addWidget(wrapped(words, "small"))

    def _state_words(self, info: AccountInfo, state: str) -> str:
        now = self._context.services.now()
        if state == "locked" and info.locked_until is not None:
            return self.tr("{time} 自动解锁").format(time=account_text.clock_text(info.locked_until, now))
        if state in ("active", "must_change") and info.expires_at is not None:
            return self.tr("密码 {time} 失效").format(time=text.time_text(info.expires_at, now))
        return ""

    def _show_buttons(self, info: AccountInfo) -> None:
        empty(self._buttons)
        if info.person == self._context.actor.person:
            words = self.tr("自己的账号请由另一位管理员办理；修改密码在右上角。")
            self._buttons.addWidget(wrapped(words, "muted"))
            return
        holder = QWidget()
        flow = FlowLayout(holder, spacing=8)

        def add(name: str, words: str, kind: str, icon: str, act: Callable[[], object]) -> None:
            widget = button(words, kind, icon, act)
            widget.setObjectName(name)
            flow.addWidget(widget)

        if info.sitting is not None:
            add("end", self.tr("结束登录"), "small", "logout", self.end_session)
        if info.state(self._context.services.now()) == "locked":
            add("unlock", self.tr("解除锁定"), "small", "restore", self.unlock)
        if info.account == "active":
            add("reset", self.tr("重置密码"), "small", "key", self.reset)
            add("close", self.tr("停用账号"), "small", "close-circle", self.close_account)
        else:
            add("open", self.tr("开通账号"), "small", "plus", self.open_account)
        self._buttons.addWidget(holder)

    def _show_past(self, events: list[AccountEvent], now: Any) -> None:
        empty(self._past_lines)
        for event in events:
            by = self._context.name_of(event.by) if event.by else ""
            parts = [account_text.event_text(event, now), event.seat, by]
            words = self.tr("{time}　{what}").format(
                time=text.full_time_text(event.at)[:16], what=" · ".join(part for part in parts if part)
            )
            self._past_lines.addWidget(wrapped(words, "small"))
        self.past.setVisible(bool(events))

    # ---- changing -----------------------------------------------------------------------------------------------

    def open_account(self) -> None:
        """Open the account and show the password that it begins with."""
        info = self.info
        if info is not None:
            self._give_password(info)

    def reset(self) -> None:
        """Give another password, after a question: whoever sits there is sent away."""
        info = self.info
        if info is None:
            return
        self._confirm(
            self.tr("重置密码"),
            self.tr("重置 {name} 的密码？原密码作废，已登录的席位会退出。").format(name=info.name),
            lambda: self._give_password(info),
        )

    def _give_password(self, info: AccountInfo) -> None:
        accounts, actor = self._context.services.accounts, self._context.actor
        hours = self._one_time_hours

        def show(password: str) -> None:
            OneTimeDialog(info.name, info.person, password, hours, self.window()).open()
            self.reload()

        self._context.tasks.run(accounts.open, info.person, actor, owner=self, priority=1, on_done=show)

    def close_account(self) -> None:
        """Close it, after a question."""
        info = self.info
        if info is None:
            return
        accounts, actor = self._context.services.accounts, self._context.actor
        self._confirm(
            self.tr("停用账号"),
            self.tr("停用 {name} 的账号？停用后不能登录，已登录的席位会退出。").format(name=info.name),
            lambda: self._run(lambda: accounts.close(info.person, actor)),
        )

    def unlock(self) -> None:
        """Lift the lock."""
        info = self.info
        if info is not None:
            accounts, actor = self._context.services.accounts, self._context.actor
            self._run(lambda: accounts.unlock(info.person, actor))

    def end_session(self) -> None:
        """Send away whoever sits there, after a question."""
        info = self.info
        if info is None or info.sitting is None:
            return
        sitting = info.sitting
        accounts, actor = self._context.services.accounts, self._context.actor
        self._confirm(
            self.tr("结束登录"),
            self.tr("结束 {name} 在 {seat} 的登录？对方会回到登录页，未登记的内容保留在该席位。").format(
                name=info.name, seat=sitting.seat
            ),
            lambda: self._run(lambda: accounts.end_session(sitting, info.person, actor)),
        )

    def _confirm(self, title: str, words: str, act: Callable[[], object]) -> None:
        ConfirmDialog(self.window(), title, words, title, act, danger=True).open()

    def _run(self, work: Callable[[], Any]) -> None:
        self._context.tasks.run(work, owner=self, priority=1, on_done=lambda _done: self.reload())
