"""Who reported a case: masked, and for those who need it one action away (TZ-5-PRIVACY).

The action asks for a reason, has the look recorded, and shows the clear text for a minute; then, and whenever the case, the
person or the panel changes, it is masked again. No window system offers an application a way to keep others from filming
a screen that works everywhere; what limits it is the minute, and that every look has a name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListWidget, QVBoxLayout, QWidget

from workstation.services.personal.masking import masked
from workstation.shell.context import AppContext
from workstation.shell.widgets import ReasonDialog, button, kind_label, tool_button
from workstation.workflow.case import Case

SHOWN_SECONDS = 60
"""How long the clear text stays."""
GONE = 300
"""Milliseconds out of sight after which it is masked at once."""


def masked_reporter(case: Case) -> str:
    """Name and telephone as everybody may see them who may ask for more; logs of before have them in the clear."""
    parts = (masked("reporter", case.reporter), masked("reporter_phone", case.reporter_phone))
    return "  ".join(part for part in parts if part)


class WhyPopup(QFrame):
    """Why: one of the handbook's reasons, and words of one's own. Enter confirms, Escape closes; deleted when closed."""

    def __init__(
        self, reasons: Sequence[str], on_ok: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "card")
        self.setMinimumWidth(300)
        self._on_ok = on_ok
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 12, 14, 12)
        box.setSpacing(8)
        box.addWidget(kind_label(self.tr("查看反映人信息的理由"), "heading"))
        self.reasons = QListWidget()
        self.reasons.addItems(list(reasons))
        self.reasons.setFixedHeight(self.reasons.sizeHintForRow(0) * max(1, len(reasons)) + 6)
        self.reasons.setVisible(bool(reasons))
        self.reasons.itemActivated.connect(lambda _item: self.confirm())
        self.reasons.installEventFilter(self)
        box.addWidget(self.reasons)
        self.error = kind_label("", "error")
        self.error.hide()
        box.addWidget(self.error)
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("补充说明（可不填）") if reasons else self.tr("请填写理由"))
        self.words.setMaxLength(120)
        self.words.returnPressed.connect(self.confirm)
        box.addWidget(self.words)
        foot = QHBoxLayout()
        foot.addWidget(kind_label(self.tr("每次查看都有记录，供审计"), "muted"), 1)
        self.ok = button(self.tr("查看"), "primary", on_click=self.confirm)
        foot.addWidget(self.ok)
        box.addLayout(foot)
        (self.reasons if reasons else self.words).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the list confirms on every platform."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]
            self.confirm()
            return True
        return super().eventFilter(watched, event)

    def confirm(self) -> None:
        """Give the reason, if there is one."""
        item = self.reasons.currentItem()
        words = self.words.text().strip()
        if self.reasons.count() and item is None:
            self.error.setText(self.tr("请选择一项理由"))
            self.error.show()
            self.reasons.setFocus()
            return
        reason = "：".join(part for part in (item.text() if item is not None else "", words) if part)
        if not reason:
            self.words.setFocus()
            return
        self.close()
        self._on_ok(reason)


class ReporterLine(QWidget):
    """The masked reporter of a case with 「查看」; hidden where the handbook masks the post, or the case names nobody."""

    def __init__(
        self, context: AppContext, parent: QWidget | None = None, *, caption: str = "", erasing: bool = False
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._case: Case | None = None
        self._erasing = erasing
        self._left = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._caption = kind_label(caption, "muted")
        self._caption.setMinimumWidth(58)
        self._caption.setVisible(bool(caption))
        row.addWidget(self._caption)
        if caption:
            row.addSpacing(6)
        self.text = kind_label("")
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setWordWrap(True)
        row.addWidget(self.text, 1)
        self.rest = kind_label("", "muted")
        row.addWidget(self.rest)
        self._copy = tool_button("copy", self.tr("复制电话"), self._copy_phone)
        row.addWidget(self._copy)
        self.ask = button(self.tr("查看"), "link", "eye", self._pressed)
        row.addWidget(self.ask)
        self.erase = button(self.tr("删除"), "link", "trash", self._ask_erase)
        self.erase.setToolTip(self.tr("反映人要求撤回个人信息时，永久删除"))
        row.addWidget(self.erase)
        self._phone = ""
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)
        context.actor_changed.connect(self._actor_changed)
        self.hide()

    def show_case(self, case: Case | None) -> None:
        """The reporter of this case, masked. What was clear stays for its minute while the case is the same."""
        same = case is not None and self._case is not None and case.id == self._case.id
        self._case = case
        if not same:
            self.cover()
        elif not self._left:
            self._draw()
        self._fit()

    def _fit(self) -> None:
        personal, case = self._context.services.personal, self._case
        named = case is not None and bool(case.reporter or case.reporter_phone)
        actor = self._context.actor
        self.setVisible(named and personal.may_look(actor, case))
        self.erase.setVisible(self._erasing and named and personal.may_erase(actor))

    @property
    def clear(self) -> bool:
        """Whether the clear text is shown."""
        return self._left > 0

    def cover(self) -> None:
        """Masked from now on."""
        self._timer.stop()
        self._left, self._phone = 0, ""
        self._draw()

    def _draw(self) -> None:
        self.text.setText(masked_reporter(self._case) if self._case is not None else "")
        self.rest.setText("")
        self._copy.hide()
        self.ask.setText(self.tr("查看"))
        self.ask.setEnabled(True)

    def _pressed(self) -> None:
        if self.clear:
            self.cover()
            return
        popup = WhyPopup(self._context.services.handbook.personal.reasons, self.look, self)
        popup.adjustSize()
        corner = self.ask.mapToGlobal(QPoint(self.ask.width() - popup.width(), self.ask.height() + 2))
        screen = self.screen().availableGeometry()
        corner.setX(max(screen.left(), min(corner.x(), screen.right() - popup.width())))
        if corner.y() + popup.height() > screen.bottom():
            corner.setY(corner.y() - popup.height() - self.ask.height() - 4)
        popup.move(corner)
        popup.show()

    def look(self, reason: str) -> None:
        """Have the look recorded, and show what it opens."""
        case = self._case
        if case is None:
            return
        self.ask.setEnabled(False)
        self._context.tasks.run(
            self._context.services.personal.look,
            case.id,
            reason,
            self._context.actor,
            owner=self,
            key="look",
            on_done=self._opened,
            on_error=self._failed,
            priority=1,
        )

    def _opened(self, seen: Any) -> None:
        if self._case is None or seen.case_id != self._case.id or not self.isVisible():
            # Somebody went on meanwhile; the look stays recorded.
            self.ask.setEnabled(True)
            return
        self._left, self._phone = SHOWN_SECONDS, seen.reporter_phone
        self.text.setText("  ".join(part for part in (seen.reporter, seen.reporter_phone) if part))
        self._copy.setVisible(bool(self._phone))
        self.ask.setText(self.tr("隐藏"))
        self.ask.setEnabled(True)
        self._tell_rest()
        self._timer.start()

    def _failed(self, error: BaseException) -> None:
        self.ask.setEnabled(True)
        self._context.say_error(error)

    def _tick(self) -> None:
        self._left -= 1
        if self._left > 0:
            self._tell_rest()
        else:
            self.cover()

    def _tell_rest(self) -> None:
        self.rest.setText(self.tr("{n} 秒后隐藏").format(n=self._left))

    def _copy_phone(self) -> None:
        QGuiApplication.clipboard().setText(self._phone)

    def _ask_erase(self) -> None:
        case = self._case
        if case is None:
            return

        def agreed(reason: str) -> None:
            self._context.tasks.run(
                self._context.services.personal.erase,
                case.id,
                reason,
                self._context.actor,
                owner=self,
                on_done=lambda _none: self._erased(),
                on_error=self._context.say_error,
                priority=1,
            )

        ReasonDialog.ask(
            self.window(),
            self.tr("永久删除这件案卷的反映人信息"),
            agreed,
            danger=True,
            ok_text=self.tr("删除"),
            caption=self.tr("理由（谁在何时删除会被记录）"),
        )

    def _erased(self) -> None:
        self.cover()
        self._context.notify(self.tr("反映人信息已删除"), "success")

    def _actor_changed(self, _actor: object) -> None:
        self.cover()
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody looks at is not left open; a sheet that is drawn again hides it for a moment only."""
        if self.clear:
            QTimer.singleShot(GONE, self, self._hidden)
        super().hideEvent(event)

    def _hidden(self) -> None:
        if not self.isVisible():
            self.cover()
