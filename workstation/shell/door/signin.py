"""The pages at the door of a city that asks for a password: who comes, a password of one's own, and under which post.

Making a proof takes a good part of a second, so each try is a task; the page stays alive, says that it is looking, and
keeps what was typed but the password.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..look import icons
from ..tasks import TaskRunner
from ..texts import accounts as account_text
from ..texts import text
from ..widgets.basics import FormRow, button, kind_label
from .pages import CenterPage

if TYPE_CHECKING:
    from ...services.accounts.entry import Admitted, Entry
    from ...services.accounts.signing_in import Policy

WIDTH = 440


class PasswordEdit(QLineEdit):
    """A password: dots, an eye that shows it while it is pressed, no menu and no way out by copying."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.setMaxLength(256)
        eye = self.addAction(icons.icon("eye", "text_3"), QLineEdit.ActionPosition.TrailingPosition)
        eye.setToolTip(self.tr("按住显示密码"))
        for tool in self.findChildren(QToolButton):
            tool.pressed.connect(lambda: self.setEchoMode(QLineEdit.EchoMode.Normal))
            tool.released.connect(lambda: self.setEchoMode(QLineEdit.EchoMode.Password))


class SignInPage(CenterPage):
    """``entered(Admitted, password)`` when somebody is let in; the password goes no further than the page that changes it."""

    entered = Signal(object, str)
    other_asked = Signal()

    def __init__(
        self,
        city: str,
        entry: Entry,
        tasks: TaskRunner,
        known: Sequence[tuple[str, str]] = (),
        person: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``known``: (id, name) of who may be named instead of numbered; ``person``: the id that stands there at first."""
        super().__init__(WIDTH, parent)
        self._entry = entry
        self._tasks = tasks
        self._known = list(known)
        self._busy = False
        self.body.setSpacing(12)
        self.body.addWidget(kind_label(city, "hero"))
        self.note = kind_label(self.tr("请登录后进入工作台"), "muted")
        self.note.setWordWrap(True)
        self.body.addWidget(self.note)
        self.person = QLineEdit(person)
        self.person.setPlaceholderText(self.tr("工号或姓名"))
        self.person.setMaxLength(64)
        self.person.addAction(icons.icon("person", "text_3"), QLineEdit.ActionPosition.LeadingPosition)
        completer = QCompleter([f"{name}  {key}" for key, name in self._known], self.person)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.person.setCompleter(completer)
        self.person.returnPressed.connect(self._on_to_password)
        self.body.addWidget(FormRow(self.tr("工号"), self.person))
        self.password = PasswordEdit()
        self.password.addAction(icons.icon("key", "text_3"), QLineEdit.ActionPosition.LeadingPosition)
        self.password.returnPressed.connect(self.submit)
        self.body.addWidget(FormRow(self.tr("密码"), self.password))
        self.error = kind_label("", "error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.body.addWidget(self.error)
        foot = QHBoxLayout()
        other = button(self.tr("打开另一个城市…"), "link", on_click=self.other_asked.emit)
        foot.addWidget(other)
        foot.addStretch(1)
        self.ok = button(self.tr("登录"), "primary", on_click=self.submit)
        self.ok.setMinimumWidth(140)
        foot.addWidget(self.ok)
        self.body.addSpacing(4)
        self.body.addLayout(foot)
        self.setFocusProxy(self.password if person else self.person)

    def say(self, words: str) -> None:
        """Say calmly why one stands here again."""
        self.note.setText(words or self.tr("请登录后进入工作台"))

    def _on_to_password(self) -> None:
        if self.password.text():
            self.submit()
        else:
            self.password.setFocus()

    def named(self) -> str:
        """The id of who was typed: an id, a name that only one has, or what the list of names put there."""
        words = self.person.text().strip()
        parts = words.split()
        ids = {key for key, _ in self._known}
        if len(parts) > 1 and parts[-1] in ids:
            return parts[-1]
        found = [key for key, name in self._known if name == words]
        return found[0] if len(found) == 1 and words not in ids else words

    def submit(self) -> None:
        """Ask to be let in."""
        if self._busy:
            return
        person, password = self.named(), self.password.text()
        if not person or not password:
            self._say_error(self.tr("请输入工号。") if not person else self.tr("请输入密码。"))
            (self.password if person else self.person).setFocus()
            return
        self._set_busy(True)
        self.error.hide()

        def answered(admitted: Admitted) -> None:
            self._set_busy(False)
            self.password.clear()
            if admitted.verdict.outcome == "ok":
                self.entered.emit(admitted, password)
            else:
                self._say_error(account_text.verdict_text(admitted.verdict, text.utc_now()))
                self.password.setFocus()

        def failed(error: BaseException) -> None:
            self._set_busy(False)
            self._say_error(text.error_text(error))

        self._tasks.run(
            self._entry.sign_in, person, password, owner=self, on_done=answered, on_error=failed, priority=1
        )

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        for widget in (self.person, self.password, self.ok):
            widget.setEnabled(not busy)
        self.ok.setText(self.tr("正在核对…") if busy else self.tr("登录"))

    def _say_error(self, words: str) -> None:
        self.error.setText(words)
        self.error.show()


class NewPassword(QWidget):
    """The fields for another password: the old one where it is asked, the new one twice, and what is wrong with them."""

    submitted = Signal()

    def __init__(self, policy: Policy, ask_old: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        self.old, self.new, self.again = PasswordEdit(), PasswordEdit(), PasswordEdit()
        if ask_old:
            box.addWidget(FormRow(self.tr("原密码"), self.old))
        self._ask_old = ask_old
        box.addWidget(FormRow(self.tr("新密码"), self.new, hint=account_text.rules_text(policy)))
        box.addWidget(FormRow(self.tr("再输一遍"), self.again))
        self.error = kind_label("", "error")
        self.error.setWordWrap(True)
        self.error.hide()
        box.addWidget(self.error)
        self.old.returnPressed.connect(self.new.setFocus)
        self.new.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self.submitted)
        self.setFocusProxy(self.old if ask_old else self.new)

    def ready(self) -> bool:
        """Whether everything is there and typed alike; says what is not."""
        if self._ask_old and not self.old.text():
            return self._stop(self.tr("请输入原密码。"), self.old)
        if not self.new.text():
            return self._stop(self.tr("请输入新密码。"), self.new)
        if self.new.text() != self.again.text():
            return self._stop(self.tr("两次输入的新密码不一样，请重新输入。"), self.again)
        return True

    def _stop(self, words: str, field: QLineEdit) -> bool:
        self.say(words)
        field.setFocus()
        field.selectAll()
        return False

    def say(self, words: str) -> None:
        """What is wrong; "" for nothing."""
        self.error.setText(words)
        self.error.setVisible(bool(words))

    def say_why(self, error: BaseException) -> None:
        """Why the password was not taken."""
        name = type(error).__name__
        if name == "WeakPassword":
            self.say(account_text.weakness_text(error))  # type: ignore[arg-type]
        elif name == "WrongPassword":
            self.say(account_text.change_text(error.verdict, text.utc_now()))  # type: ignore[attr-defined]
        else:
            self.say(text.error_text(error))

    def clear(self) -> None:
        """Forget what was typed."""
        for field in (self.old, self.new, self.again):
            field.clear()


class NewPasswordPage(CenterPage):
    """Before anything else: a password of one's own. ``changed(new password, Verdict)`` when there is one."""

    changed = Signal(str, object)
    left = Signal()

    def __init__(
        self,
        name: str,
        policy: Policy,
        tasks: TaskRunner,
        change: Callable[[str], Any],
        parent: QWidget | None = None,
    ) -> None:
        """``change(new)`` does it, on a background thread."""
        super().__init__(WIDTH, parent)
        self._tasks = tasks
        self._change = change
        self.body.setSpacing(12)
        self.body.addWidget(kind_label(self.tr("设置自己的密码"), "title"))
        about = kind_label(
            self.tr("{name}，您好。密码由管理员给定或已用满期限，请设置自己的密码后再进入工作台。").format(
                name=name
            ),
            "muted",
        )
        about.setWordWrap(True)
        self.body.addWidget(about)
        self.fields = NewPassword(policy, ask_old=False)
        self.fields.submitted.connect(self.submit)
        self.body.addWidget(self.fields)
        foot = QHBoxLayout()
        foot.addWidget(button(self.tr("退出登录"), "link", on_click=self.left.emit))
        foot.addStretch(1)
        self.ok = button(self.tr("保存并进入"), "primary", on_click=self.submit)
        self.ok.setMinimumWidth(140)
        foot.addWidget(self.ok)
        self.body.addLayout(foot)
        self.setFocusProxy(self.fields)

    def submit(self) -> None:
        """Take the new password, when it is typed twice alike."""
        if not self.ok.isEnabled() or not self.fields.ready():
            return
        self.ok.setEnabled(False)
        self.fields.say("")
        new = self.fields.new.text()

        def done(verdict: object) -> None:
            self.fields.clear()
            self.changed.emit(new, verdict)

        def failed(error: BaseException) -> None:
            self.ok.setEnabled(True)
            self.fields.say_why(error)

        self._tasks.run(self._change, new, owner=self, on_done=done, on_error=failed, priority=1)


class PostPage(CenterPage):
    """Under which of one's own posts. ``chosen(post)``."""

    chosen = Signal(str)

    def __init__(
        self,
        name: str,
        posts: Mapping[str, str],
        signs: Mapping[str, str],
        last: str,
        parent: QWidget | None = None,
    ) -> None:
        """``posts`` {key: name}, ``signs`` {key: icon}; ``last`` stands first."""
        super().__init__(WIDTH, parent)
        self.body.addWidget(kind_label(self.tr("{name}，您好").format(name=name), "title"))
        self.body.addWidget(kind_label(self.tr("请选择本次上岗的岗位，进入后可在右上角换岗。"), "muted"))
        self.buttons: dict[str, QPushButton] = {}
        for key in sorted(posts, key=lambda key: key != last):
            row = button(posts[key], "primary" if not self.buttons else "", signs.get(key, "person"))
            row.setMinimumHeight(40)
            row.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self.buttons[key] = row
            self.body.addWidget(row)
        if self.buttons:
            self.setFocusProxy(next(iter(self.buttons.values())))
