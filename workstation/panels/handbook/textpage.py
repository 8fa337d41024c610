"""A handbook's files as text, for those who know them: numbered lines, and the line marked in which something is wrong."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase, QPainter, QPaintEvent, QResizeEvent, QTextCursor, QTextFormat
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from ...services.rules.handbook_texts import BASE
from ...services.rules.handbooks import Problem
from ...shell.look.theme import Theme

PAUSE = 400
"""Milliseconds without a key before what was typed is taken."""


class _Numbers(QWidget):
    """The numbers of the lines, beside the text."""

    def __init__(self, edit: CodeEdit) -> None:
        super().__init__(edit)
        self._edit = edit

    def sizeHint(self) -> QSize:
        return QSize(self._edit.numbers_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._edit.paint_numbers(event)


class CodeEdit(QPlainTextEdit):
    """A plain text with numbered lines, one of which may be marked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._marked = 0
        self._numbers = _Numbers(self)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(13)
        self.setFont(font)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabStopDistance(4 * self.fontMetrics().horizontalAdvance(" "))
        self.blockCountChanged.connect(lambda _count: self._make_room())
        self.updateRequest.connect(self._scrolled)
        theme.changed.connect(self._recolour)
        self._make_room()

    @property
    def marked(self) -> int:
        """The marked line, from 1; 0 for none."""
        return self._marked

    def mark(self, line: int) -> None:
        """Mark a line (0: none)."""
        self._marked = line
        block = self.document().findBlockByNumber(line - 1)
        marks = []
        if line > 0 and block.isValid():
            selection = QTextEdit.ExtraSelection()
            selection.format.setBackground(self._theme.color("red_soft"))
            selection.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            selection.cursor = QTextCursor(block)
            marks.append(selection)
        self.setExtraSelections(marks)
        self._numbers.update()

    def _recolour(self) -> None:
        self.mark(self._marked)

    def go_to(self, line: int) -> None:
        """Bring a line into sight."""
        block = self.document().findBlockByNumber(max(0, line - 1))
        if block.isValid():
            self.setTextCursor(QTextCursor(block))
            self.centerCursor()

    def numbers_width(self) -> int:
        """The width of the numbers, in pixels."""
        return 18 + self.fontMetrics().horizontalAdvance("9") * max(3, len(str(self.blockCount())))

    def _make_room(self) -> None:
        self.setViewportMargins(self.numbers_width(), 0, 0, 0)

    def _scrolled(self, rect: QRect, dy: int) -> None:
        if dy:
            self._numbers.scroll(0, dy)
        else:
            self._numbers.update(0, rect.y(), self._numbers.width(), rect.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._numbers.setGeometry(inside.left(), inside.top(), self.numbers_width(), inside.height())

    def paint_numbers(self, event: QPaintEvent) -> None:
        """Draw the numbers of the lines that are in sight."""
        painter = QPainter(self._numbers)
        painter.fillRect(event.rect(), self._theme.color("surface_alt"))
        painter.setFont(self.font())
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= event.rect().bottom():
            height = self.blockBoundingRect(block).height()
            number = block.blockNumber() + 1
            painter.setPen(self._theme.color("danger" if number == self._marked else "text_3"))
            box = QRect(0, round(top), self._numbers.width() - 8, round(height))
            painter.drawText(
                box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), str(number)
            )
            top += height
            block = block.next()
        painter.end()


class TextPage(QWidget):
    """The files of an edition. ``edited(file, text)``: somebody wrote in one, a moment ago."""

    edited = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: Mapping[str, str] = {}
        self._problems: list[Problem] = []
        self._writable = False
        self._shown = ""
        self._loading = False
        self.files = QComboBox()
        self.files.currentIndexChanged.connect(lambda _n: self._turn())
        self.edit = CodeEdit(theme)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.flush)
        self.edit.textChanged.connect(self._typed)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.files)
        box.addWidget(self.edit, 1)

    @property
    def file(self) -> str:
        """The file that is shown."""
        return str(self.files.currentData() or "")

    def show_texts(self, texts: Mapping[str, str], writable: bool) -> None:
        """Show these files; the one that is open stays open, and is not touched where it is the same."""
        self._texts, self._writable = texts, writable
        names = sorted(texts, key=lambda name: (name.startswith(BASE), name))
        if names != [self.files.itemData(n) for n in range(self.files.count())]:
            now = self.file
            self.files.blockSignals(True)
            self.files.clear()
            for name in names:
                own = not name.startswith(BASE)
                base = self.tr("{file}（所依据的手册，只读）").format(file=name.removeprefix(BASE))
                self.files.addItem(name if own else base, name)
            self.files.setCurrentIndex(max(0, self.files.findData(now)))
            self.files.blockSignals(False)
        self._open()

    def show_problems(self, problems: list[Problem]) -> None:
        """Mark the first line in the open file in which something is wrong."""
        self._problems = problems
        self.edit.mark(next((p.line for p in problems if p.file == self.file), 0))

    def open_file(self, file: str, line: int = 0) -> None:
        """Open a file at a line."""
        self.files.setCurrentIndex(max(0, self.files.findData(file)))
        self.edit.go_to(line)

    def flush(self) -> None:
        """Take what was typed now."""
        self._pause.stop()
        text = self.edit.toPlainText()
        if self._writable and self._shown in self._texts and text != self._texts[self._shown]:
            self.edited.emit(self._shown, text)

    def _typed(self) -> None:
        if not self._loading:
            self._pause.start()

    def _turn(self) -> None:
        """Another file was chosen: what was typed into the last one is taken first."""
        self.flush()
        self._open()

    def _open(self) -> None:
        self._pause.stop()
        self._shown = self.file
        text = self._texts.get(self._shown, "")
        self.edit.setReadOnly(not self._writable or self._shown.startswith(BASE))
        if self.edit.toPlainText() != text:
            self._loading = True
            self.edit.setPlainText(text)
            self._loading = False
        self.show_problems(self._problems)
