"""Importing a holiday notice: paste it or open a file, see what was read from it, take it into the draft."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QWidget

from workstation.shell.texts.calendar import notice_error_text
from workstation.shell.texts.text import error_text, joined
from workstation.shell.widgets import Card, FormRow, button, kind_label
from workstation.shell.widgets.dialogs import Dialog
from workstation.workflow.notice import Break, MakeUp, Notice, NoticeError, parse_notice


class NoticeDialog(Dialog):
    """``on_ok(notice)`` is called when the person takes what was read."""

    def __init__(self, parent: QWidget | None, on_ok: Callable[[Notice], object]) -> None:
        super().__init__(parent=parent, title=self.tr("导入放假通知"), icon="calendar", width=560)
        self._on_ok = on_ok
        self._notice: Notice | None = None
        self.edit = QPlainTextEdit()
        self.edit.setFixedHeight(170)
        self.edit.setTabChangesFocus(True)
        self.edit.setPlaceholderText(self.tr("把国务院办公厅放假通知的全文粘贴在这里，连同标题。"))
        self.edit.textChanged.connect(self._read)
        self.body.addWidget(FormRow(self.tr("通知原文"), self.edit, required=True))
        row = QHBoxLayout()
        row.addWidget(button(self.tr("从文件打开"), "small", "open", on_click=self._choose))
        row.addStretch(1)
        self.body.addLayout(row)
        self.wrong = kind_label("", "error")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        self.body.addWidget(self.wrong)
        self.card = Card(None, "inset", 10, 4)
        self.read = kind_label("", "label")
        self.read.setWordWrap(True)
        self.card.body.addWidget(self.read)
        self.card.hide()
        self.body.addWidget(self.card)
        self.add_button(self.tr("取消"))
        self.ok = self.add_button(self.tr("加入日历"), "primary", self._accept)
        self.ok.setEnabled(False)

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("打开放假通知"), "", self.tr("文本文件 (*.txt)"))
        if name:
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Read the notice from a file of text (UTF-8, or GBK as older systems write it)."""
        try:
            raw = path.read_bytes()
        except OSError as error:
            self._refuse(error_text(error))
            return
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                self.edit.setPlainText(raw.decode(encoding))
                return
            except UnicodeDecodeError:
                continue
        self._refuse(self.tr("“{name}”不是文本文件，请复制通知的文字再粘贴。").format(name=path.name))

    def _refuse(self, words: str) -> None:
        self._notice = None
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))
        self.card.hide()
        self.ok.setEnabled(False)

    def _read(self) -> None:
        words = self.edit.toPlainText()
        if not words.strip():
            self._refuse("")
            return
        try:
            self._notice = parse_notice(words)
        except NoticeError as error:
            self._refuse(notice_error_text(error))
            return
        self.wrong.hide()
        self.read.setText("\n".join(notice_lines(self._notice)))
        self.card.show()
        self.ok.setEnabled(True)

    def _accept(self) -> None:
        notice = self._notice
        if notice is not None:
            self.accept()
            self._on_ok(notice)


def notice_lines(notice: Notice) -> list[str]:
    """What was read, a line for each holiday: 春节 2月5日–2月11日，7天；1月30日、2月13日上班."""
    translate = QCoreApplication.translate
    off = sum((b.last - b.first).days + 1 for b in notice.holidays)
    lines = [
        translate("Calendar", "《{title}》：放假 {off} 天，调休上班 {on} 天").format(
            title=notice.title, off=off, on=len(notice.make_up)
        )
    ]
    for name in dict.fromkeys(b.name for b in notice.holidays):
        breaks = [b for b in notice.holidays if b.name == name]
        worked = [m for m in notice.make_up if m.name == name]
        lines.append(_line(name, breaks, worked))
    return lines


def _line(name: str, breaks: list[Break], worked: list[MakeUp]) -> str:
    translate = QCoreApplication.translate
    spans = joined(
        f"{b.first:%m-%d}" if b.first == b.last else f"{b.first:%m-%d} – {b.last:%m-%d}" for b in breaks
    )
    days = sum((b.last - b.first).days + 1 for b in breaks)
    words = translate("Calendar", "{name} {spans}，{days}天").format(name=name, spans=spans, days=days)
    if worked:
        on = joined(f"{m.day:%m-%d}" for m in worked)
        words = translate("Calendar", "{words}；{on} 上班").format(words=words, on=on)
    return words
