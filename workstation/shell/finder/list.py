"""The list below the box of finding: groups with headings, signs, two lines of text, and the number that takes a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ..look import icons
from ..look import theme as themes
from .text import SIGNS, Row, group_titles

ROW, HEAD = 42, 26
NUMBERED = 9
Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole


class Entries(QAbstractListModel):
    """Headings (text) and rows, in one list; rows are numbered from the top."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[str | Row] = []
        self._numbers: dict[int, int] = {}

    def show(self, rows: Sequence[Row], heading: str = "") -> None:
        """Show these, under one heading or under those of their groups."""
        titles = group_titles()
        self.beginResetModel()
        self._entries = [heading] if heading and rows else []
        group = ""
        classes = any(row.kind == "class" for row in rows)
        for row in rows:
            kind = "class" if classes and row.kind == "component" else row.kind
            if not heading and kind != group:
                group = kind
                self._entries.append(titles[kind])
            self._entries.append(row)
        places = [at for at, entry in enumerate(self._entries) if isinstance(entry, Row)]
        self._numbers = {at: n for n, at in enumerate(places, 1)}
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Headings and rows."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The entry itself, or its words for those who cannot see it."""
        entry = self._entries[index.row()]
        if role == ENTRY:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return entry if isinstance(entry, str) else f"{entry.title} {entry.detail}"
        return (
            f"{entry.title}\n{entry.detail}"
            if role == Qt.ItemDataRole.ToolTipRole and isinstance(entry, Row)
            else None
        )

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if isinstance(self._entries[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def number(self, at: int) -> int:
        """The number of the row at that place; 0 of a heading."""
        return self._numbers.get(at, 0)

    def place(self, number: int) -> int:
        """The place of the row of that number; -1 where there is none."""
        return next((at for at, n in self._numbers.items() if n == number), -1)

    def row(self, at: int) -> Row | None:
        """The row at that place."""
        entry = self._entries[at] if 0 <= at < len(self._entries) else None
        return entry if isinstance(entry, Row) else None

    @property
    def height(self) -> int:
        """Pixels of all of it."""
        return sum(HEAD if isinstance(entry, str) else ROW for entry in self._entries)


class Painter(QStyledItemDelegate):
    """Draws headings and rows in the colours of the theme."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two heights there are."""
        return QSize(100, HEAD if isinstance(index.data(ENTRY), str) else ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One entry."""
        entry = index.data(ENTRY)
        box: QRect = option.rect
        base: QFont = option.font
        colors = themes.current()
        painter.save()
        if isinstance(entry, str):
            face = QFont(base)
            face.setPixelSize(12)
            face.setWeight(QFont.Weight.DemiBold)
            painter.setFont(face)
            painter.setPen(colors.color("text_3"))
            painter.drawText(box.adjusted(12, 4, -8, 0), Qt.AlignmentFlag.AlignVCenter, entry)
            painter.restore()
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or over:
            painter.fillRect(box, colors.color("selection" if selected else "hover"))
        if selected:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), colors.color("accent"))
        sign = icons.pixmap(
            SIGNS[entry.kind], 18, "accent" if selected else "text_2", painter.device().devicePixelRatioF()
        )
        painter.drawPixmap(box.left() + 12, box.top() + (box.height() - 18) // 2, sign)
        left, right = box.left() + 40, box.right() - 10
        model = index.model()
        number = model.number(index.row()) if isinstance(model, Entries) else 0
        if 0 < number <= NUMBERED:
            small = QFont(base)
            small.setPixelSize(11)
            painter.setFont(small)
            painter.setPen(colors.color("text_3"))
            painter.drawText(
                QRect(right - 36, box.top(), 36, box.height()),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
                f"Alt+{number}",
            )
        right -= 44
        for words, pixels, token, top, elide in (
            (entry.title, 13, "text", 3, Qt.TextElideMode.ElideMiddle),
            (entry.detail, 12, "text_3", 21, Qt.TextElideMode.ElideRight),
        ):
            face = QFont(base)
            face.setPixelSize(pixels)
            painter.setFont(face)
            painter.setPen(colors.color(token))
            place = QRect(left, box.top() + top, right - left, 18)
            if not entry.detail:
                place = QRect(left, box.top(), right - left, box.height())
            shown = QFontMetrics(face).elidedText(words, elide, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


class FoundView(QListView):
    """The view of the entries: the keyboard stays in the box, the mouse chooses by one click."""

    chosen = Signal()
    """The mark stands on another row."""

    def __init__(self, entries: Entries, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries = entries
        self.setModel(entries)
        self.setItemDelegate(Painter(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setStyleSheet("QListView { border: 0; background: transparent; }")  # the panel has the frame
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(False)

    def choose(self, at: int) -> None:
        """Put the mark on the row at that place, in sight."""
        index = self.entries.index(at, 0)
        self.setCurrentIndex(index)
        # The heading above the first row of a group is to be read as well.
        if self.entries.row(at - 1) is None and at > 0:
            self.scrollTo(self.entries.index(at - 1, 0))
        self.scrollTo(index)
        self.chosen.emit()

    def step(self, by: int) -> None:
        """Move the mark by so many rows; from the last to the first and back only by single steps."""
        places = [at for at in range(self.entries.rowCount()) if self.entries.row(at) is not None]
        if not places:
            return
        now = self.currentIndex().row()
        at = places.index(now) if now in places else -1 if by > 0 else 0
        last = len(places) - 1
        self.choose(places[(at + by) % (last + 1) if abs(by) == 1 else min(last, max(0, at + by))])
