"""A one-time password, shown once: to be told to the person, and changed by them at the first sign-in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from workstation.shell.widgets import Card, Dialog, button, kind_label


class OneTimeDialog(Dialog):
    """The password goes with the dialog; what was copied leaves the clipboard with it, unless something else was copied since."""

    def __init__(self, name: str, person: str, password: str, hours: int, parent: QWidget | None) -> None:
        translated = self.tr("一次性密码 · {name}").format(name=name)
        super().__init__(translated, parent, icon="key", width=440)
        self._password = password
        about = kind_label(
            self.tr(
                "密码只显示这一次。请当面或电话告知本人，{hours} 小时内有效，首次登录时须改成自己的密码。"
            ).format(hours=hours),
            "label",
        )
        about.setWordWrap(True)
        self.body.addWidget(about)
        card = Card(kind="inset")
        row = QHBoxLayout()
        self.words = QLabel(password)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setProperty("kind", "hero")
        row.addWidget(self.words, 1)
        self.copy = button(self.tr("复制"), "small", "copy", self._copy)
        row.addWidget(self.copy)
        card.body.addWidget(kind_label(self.tr("工号 {person}").format(person=person), "muted"))
        card.body.addLayout(row)
        self.body.addWidget(card)
        self.add_button(self.tr("已告知，关闭"), "primary")
        self.finished.connect(self._forget)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._password)
        self.copy.setText(self.tr("已复制"))

    def _forget(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard.text() == self._password:
            clipboard.clear()
        self.words.clear()
        self._password = ""
