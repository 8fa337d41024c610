"""What waits to be sent: a card over the foot of the window, and marks that say of when it is what the panels show.

The card comes when somebody asks for it and takes no focus. What became impossible stands first, with the reason and
what can be done: look at the case, send it anew, or discard it with a reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ...workflow.event import Refusal, parse_instant
from ..texts import text
from ..widgets.basics import Badge, Card, ScrollBody, SectionHeader, button, empty, kind_label, tool_button
from ..widgets.dialogs import ReasonDialog
from .link import hour_text

if TYPE_CHECKING:
    from ...services.seat.outbox import Item
    from ..context import AppContext

NEEDING = frozenset({"meeting", "handover", "handbook", "calendar", "contacts", "accounts", "audit"})
"""Panels that do more than give commands on cases: what they do is about things that others change meanwhile."""
WIDTH = 480
HEAD, BESIDE_STATE = 96, 140
"""Pixels that the card needs besides its words: above and around them, and to their sides."""
MOST_OF_WINDOW = 0.62
PHRASES_PLACES = ("description", "address", "note", "reason", "requirement")


class OutboxCard(QFrame):
    """Over the left foot of ``host``. :meth:`toggle` shows or hides it."""

    def __init__(self, context: AppContext, host: QWidget | None, bottom: int) -> None:
        super().__init__(host)
        self._context = context
        self._bottom = bottom
        self.setObjectName("toast")  # the look of what lies over the window
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 10, 10, 12)
        outer.setSpacing(8)
        head = SectionHeader(self.tr("待发与已发"), icon="send")
        head.add(tool_button("close", self.tr("关闭"), self.hide))
        outer.addWidget(head)
        state = QHBoxLayout()
        self._state = kind_label("", "label")
        self._state.setWordWrap(True)
        state.addWidget(self._state, 1)
        self._retry = button(self.tr("立即重试"), "small", "refresh", self._try_now)
        state.addWidget(self._retry, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(state)
        self._scroll = ScrollBody(margin=0, spacing=6)
        self._scroll.setMinimumHeight(36)
        outer.addWidget(self._scroll, 1)
        self.items: list[Item] = []
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._say_state)
        context.link.changed.connect(self._changed)
        context.theme_changed.connect(self._changed)
        if host is not None:
            host.installEventFilter(self)
        self.hide()

    def toggle(self) -> None:
        """Show it with what is there now, or hide it."""
        if self.isVisible():
            self.hide()
        else:
            self.come()

    def come(self) -> None:
        """Show it."""
        self._place()
        self.show()
        self.raise_()
        self._tick.start()
        self._read()

    def _changed(self) -> None:
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        self._say_state()
        self._context.tasks.run(
            self._context.services.outbox.items, owner=self, key="outbox", on_done=self._show_items
        )

    def _say_state(self) -> None:
        if not self.isVisible():
            self._tick.stop()
            return
        link = self._context.link
        state = link.state
        self._retry.setVisible(link.away)
        if link.away:
            words = self.tr("连不上中心数据库，自 {since}。列表、地图和案卷是截至 {as_of} 的情况。").format(
                since=hour_text(state.since), as_of=hour_text(state.as_of)
            )
            if state.next_try is not None:
                left = max(0, round((state.next_try - self._context.services.now()).total_seconds()))
                words += "\n" + self.tr("{n} 秒后再试。").format(n=left)
            words += "\n" + self.tr("登记和办理照常：先存在本机，恢复后自动送出。")
        elif state.code:
            words = self.tr("中心数据库现在不能写入，正在重试。登记和办理先存在本机，恢复后自动送出。")
        else:
            words = self.tr("已连接中心数据库。")
        for path in self._context.services.outbox.aside:
            words += "\n" + self.tr("本机的待发文件已损坏，原文件保留在 {path}，请交给系统管理员。").format(
                path=path
            )
        if words != self._state.text():
            self._state.setText(words)
            self._place()

    def _try_now(self) -> None:
        self._context.services.link.try_now()

    # ---- the list --------------------------------------------------------------------------------------------------

    def _show_items(self, items: list[Item]) -> None:
        self.items = items
        body = self._scroll.body
        empty(body)
        groups = (
            (self.tr("已不能按原来办理"), [i for i in items if i.state == "impossible"]),
            (self.tr("等待送出"), [i for i in items if i.state == "waiting"]),
            (self.tr("已送出"), [i for i in items if i.state == "sent"]),
            (self.tr("已不再送出"), [i for i in items if i.state == "discarded"]),
        )
        for title, found in groups:
            if found:
                head = SectionHeader(title)
                head.set_count(len(found))
                body.addWidget(head)
                for item in found:
                    body.addWidget(self._row(item))
        if not items:
            body.addWidget(kind_label(self.tr("没有待发的操作"), "muted"))
        body.addStretch(1)
        # Rows know their height only once they are laid out.
        QTimer.singleShot(0, self, self._place)

    def _row(self, item: Item) -> QWidget:
        card = Card(kind="warn" if item.state == "impossible" else "inset", margin=8, spacing=4)
        top = QHBoxLayout()
        top.setSpacing(6)
        title = kind_label(self._title(item), "heading")
        title.setWordWrap(True)
        top.addWidget(title, 1)
        top.addWidget(self._badge(item), 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(top)
        card.body.addWidget(kind_label(self._line(item), "small"))
        why = self.why(item)
        if why:
            label = kind_label(why, "label")
            label.setWordWrap(True)
            card.body.addWidget(label)
        buttons = self._buttons(item)
        if buttons is not None:
            card.body.addLayout(buttons)
        return card

    def _title(self, item: Item) -> str:
        said = next((str(item.data[name]) for name in PHRASES_PLACES if item.data.get(name)), "")
        of_case = " ".join(str(item.data.get(name, "")) for name in ("case_code", "case_name")).strip()
        parts = [self._context.label("arrows", item.name), item.code or of_case, said]
        return " · ".join(part for part in parts if part)

    def _line(self, item: Item) -> str:
        post = text.post_text(item.actor.post, self._context.services.handbook)
        words = self.tr("{time} {who}（{post}）").format(
            time=hour_text(item.at), who=item.actor.name, post=post
        )
        if item.state == "sent" and item.settled_at is not None:
            words += self.tr("，{time} 送出").format(time=hour_text(item.settled_at))
        return words

    def _badge(self, item: Item) -> Badge:
        if item.held:
            return Badge(self.tr("等前一项"), "yellow")
        if item.state == "waiting" and item.actor.person != self._context.actor.person:
            return Badge(self.tr("等本人登录"), "text_3")
        words, tone = {
            "waiting": (self.tr("待发"), "accent"),
            "sent": (self.tr("已送出"), "green"),
            "impossible": (self.tr("待处理"), "red"),
        }.get(item.state, (self.tr("不再送出"), "text_3"))
        return Badge(words, tone)

    def why(self, item: Item) -> str:
        """Why it is not done, as a sentence."""
        if item.state == "discarded":
            return self.tr("理由：{reason}").format(reason=item.reason)
        if item.held:
            return self.tr("同一案卷的前一项还没有办成，处理好前一项后自动接着送出")
        if item.state != "impossible":
            return ""
        handbook, names = self._context.services.handbook, self._context.names
        why = dict(item.why)
        code = str(why.get("code", ""))
        if "refusal" in why:
            return text.refusal_text(Refusal(code, why["refusal"]), handbook, names)
        if code == "conflict" and why.get("who"):
            return self.tr("案卷已被{who}于 {time} 办理（{what}）").format(
                who=why["who"],
                time=hour_text(parse_instant(str(why["when"]))),
                what=text.label(handbook, "arrows", str(why["what"])),
            )
        return {
            "conflict": self.tr("案卷已被他人办理"),
            "depends": self.tr("它所接续的前一项已不再送出"),
            "no_such_case": self.tr("没有这个案卷"),
            "not_yours": self.tr("这件案卷已不由本单位办理"),
            "unreadable": self.tr("本机保存的内容读不出来，请重新填写"),
        }.get(code, self.tr("没有办成（{code}），详情已写入日志").format(code=code))

    def _buttons(self, item: Item) -> QHBoxLayout | None:
        if item.state not in ("impossible", "waiting"):
            return None
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addStretch(1)
        case_id = item.case_ids[0] if item.case_ids else ""
        if case_id and (item.state == "impossible" or item.name not in ("register", "report")):
            row.addWidget(
                button(self.tr("看案卷"), "small", "case", lambda: self._context.show_case(case_id))
            )
        if item.state == "impossible":
            again = button(self.tr("重新送出"), "small", "redo", lambda: self._redo(item, case_id))
            again.setEnabled(not self._context.link.away and item.why.get("code") != "unreadable")
            if self._context.link.away:
                again.setToolTip(self.tr("要先看到案卷现在的情况，恢复连接后再办"))
            row.addWidget(again)
        row.addWidget(button(self.tr("不再送出…"), "small", "trash", lambda: self._discard(item)))
        return row

    def _redo(self, item: Item, case_id: str) -> None:
        services = self._context.services

        def work() -> None:
            from ...services.errors import NotFound

            try:
                seq = services.cases.get(case_id).seq
            except NotFound:
                seq = None  # a new report
            services.outbox.redo(item.number, seq)

        self._context.tasks.run(work, owner=self, on_error=self._context.say_error)

    def _discard(self, item: Item) -> None:
        outbox = self._context.services.outbox

        def agreed(reason: str) -> None:
            self._context.tasks.run(outbox.discard, item.number, reason, owner=self)

        ReasonDialog.ask(
            self.window(),
            self.tr("不再送出「{what}」").format(what=self._context.label("arrows", item.name)),
            agreed,
            phrases=(self.tr("已由他人办理"), self.tr("情况已变化"), self.tr("重复登记")),
            ok_text=self.tr("不再送出"),
        )

    # ---- place -----------------------------------------------------------------------------------------------------

    def _place(self) -> None:
        host = self.parentWidget()
        if host is None:
            return
        content = self._scroll.widget()
        words = max(0, self._state.heightForWidth(WIDTH - BESIDE_STATE))
        self._state.setMinimumHeight(words)  # the list below gives way, not the words
        wanted = HEAD + words + (content.sizeHint().height() if content is not None else 0)
        height = min(max(150, wanted), round(host.height() * MOST_OF_WINDOW))
        self.resize(WIDTH, height)
        self.move(QPoint(10, host.height() - self._bottom - height - 6))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False


class NeedsServer(QObject):
    """While the database is away, what a panel does that cannot be kept is disabled, with the reason."""

    def __init__(self, context: AppContext, panel: QWidget) -> None:
        super().__init__(panel)
        self._context = context
        self._panel = panel
        self._held: list[tuple[QPushButton, str]] = []
        context.link.changed.connect(self._tell)
        self._tell()

    def _tell(self) -> None:
        if self._context.link.away:
            words = self.tr("要用中心数据库的最新情况，恢复连接后再办")
            for push in self._panel.findChildren(QPushButton):
                if push.isEnabled() and push.property("kind") in ("primary", "danger"):
                    self._held.append((push, push.toolTip()))
                    push.setEnabled(False)
                    push.setToolTip(words)
            return
        held, self._held = self._held, []
        for push, tip in held:
            if isValid(push):
                push.setEnabled(True)
                push.setToolTip(tip)


class AsOf(QLabel):
    """``截至 10:32`` in a lower corner of what is shown, while the database is away; it lets every click through.

    ``map``: in the upper left one, where the map has nothing of its own.
    """

    def __init__(self, context: AppContext, over: QWidget, *, map: bool = False) -> None:
        super().__init__(over)
        self._context = context
        self._map = map
        self.setProperty("kind", "as-of")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        over.installEventFilter(self)
        context.link.changed.connect(self._tell)
        self._tell()

    def _tell(self) -> None:
        self.setVisible(self._context.link.away)
        if self._context.link.away:
            self.setText(self._context.link.as_of_text())
            self.adjustSize()
            self._place()

    def _place(self) -> None:
        over = self.parentWidget()
        if over is not None:
            lower = QPoint(over.width() - self.width() - 16, over.height() - self.height() - 8)
            self.move(QPoint(12, 56) if self._map else lower)  # below the box of finding
            self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the corner."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show) and not self.isHidden():
            self._place()
        return False


def prepare(context: AppContext, key: str, panel: QWidget) -> None:
    """Have a panel that was just made say of when it is what it shows, and offer only what can be done."""
    if not context.link.keeps:
        return
    for area in _shown(key, panel):
        AsOf(context, area)
    if key in NEEDING:
        NeedsServer(context, panel)


def _shown(key: str, panel: QWidget) -> list[QWidget]:
    """What of a panel shows cases: the case's pages, else the first list; not those that drop down from a field."""
    if key == "case":
        return list(panel.findChildren(QScrollArea))
    own = [getattr(panel, name, None) for name in ("list", "table")]
    found = [view for view in own if isinstance(view, QAbstractItemView)]
    found += [view for view in panel.findChildren(QAbstractItemView) if view.window() is panel.window()]
    return list(found[:1])
