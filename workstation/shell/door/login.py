"""Who sits down, and under which post: posts at the left, their people at the right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ..look import icons
from ..look import theme as themes
from ..texts import text
from ..widgets.basics import button, kind_label
from .pages import CenterPage

if TYPE_CHECKING:
    from ...services.centre.people import Person
    from ...workflow.handbook import Handbook

_DATA = Qt.ItemDataRole.UserRole
_HINT = Qt.ItemDataRole.UserRole + 1
_ICON = Qt.ItemDataRole.UserRole + 2

# The order of posts at the door, and their signs. Posts a handbook adds come last.
POSTS = {
    "operator": "acceptance",
    "shift_leader": "filing",
    "dispatcher": "dispatch",
    "receiver": "disposal",
    "unit_leader": "unit",
    "evaluator": "evaluation",
    "commander": "commander",
    "gis": "layers",
    "admin": "settings",
    "collector": "collector",
}


class LoginPage(CenterPage):
    """``entered(person id, post)`` when somebody sits down."""

    entered = Signal(str, str)

    def __init__(self, city: str, parent: QWidget | None = None) -> None:
        super().__init__(860, parent)
        self._people: list[Person] = []
        self._units: Mapping[str, str] = {}
        self._handbook: Handbook | None = None
        self.body.setSpacing(14)
        self.body.addWidget(kind_label(city, "hero"))
        self.body.addWidget(kind_label(self.tr("请选择岗位和人员，进入工作台"), "muted"))
        row = QHBoxLayout()
        row.setSpacing(16)
        self.posts = QListWidget()
        self.posts.setItemDelegate(_RowDelegate(self.posts, 44))
        self.posts.setFixedWidth(270)
        self.posts.setMinimumHeight(400)
        self.posts.currentItemChanged.connect(lambda _new, _old: self._show_people())
        row.addWidget(self.posts)
        right = QVBoxLayout()
        right.setSpacing(8)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("输入姓名或单位查找"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icons.icon("search", "text_3"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(lambda _words: self._show_people())
        right.addWidget(self.search)
        self.people = QListWidget()
        self.people.setItemDelegate(_RowDelegate(self.people, 52))
        self.people.itemActivated.connect(lambda _item: self._enter())
        right.addWidget(self.people, 1)
        row.addLayout(right, 1)
        self.body.addLayout(row)
        foot = QHBoxLayout()
        self._note = kind_label("", "small")
        foot.addWidget(self._note, 1)
        self.enter = button(self.tr("进入工作台"), "primary", on_click=self._enter)
        self.enter.setMinimumWidth(140)
        foot.addWidget(self.enter)
        self.body.addLayout(foot)
        self._note.setText(self.tr("演示城市不设密码"))

    def set_people(
        self,
        people: Iterable[Person],
        units: Mapping[str, str],
        handbook: Handbook,
        person: str = "",
        post: str = "",
    ) -> None:
        """Who there is; ``units`` {code: name}. ``person`` and ``post`` are chosen at first where they still exist."""
        self._people = list(people)
        self._units = units
        self._handbook = handbook
        held: dict[str, int] = {}
        for someone in self._people:
            for key in someone.posts:
                held[key] = held.get(key, 0) + 1
        order = [*POSTS, *(key for key in held if key not in POSTS)]
        self.posts.clear()
        for key in order:
            if key not in held:
                continue
            item = QListWidgetItem(text.post_text(key, handbook))
            item.setData(_DATA, key)
            item.setData(_HINT, self.tr("{n} 人").format(n=held[key]))
            item.setData(_ICON, POSTS.get(key, "person"))
            self.posts.addItem(item)
            if key == post:
                self.posts.setCurrentItem(item)
        if self.posts.currentItem() is None and self.posts.count():
            self.posts.setCurrentRow(0)
        for at in range(self.people.count()):
            if self.people.item(at).data(_DATA) == person:
                self.people.setCurrentRow(at)
        self.people.setFocus()

    def _show_people(self) -> None:
        item = self.posts.currentItem()
        post = item.data(_DATA) if item is not None else ""
        words = self.search.text().strip().casefold()
        self.people.clear()
        for someone in self._people:
            unit = self._units.get(someone.unit, "")
            if post in someone.posts and (
                not words or words in someone.name.casefold() or words in unit.casefold()
            ):
                entry = QListWidgetItem(someone.name)
                entry.setData(_DATA, someone.id)
                entry.setData(_HINT, unit)
                entry.setData(_ICON, "person")
                self.people.addItem(entry)
        if self.people.count():
            self.people.setCurrentRow(0)
        self.enter.setEnabled(self.people.count() > 0)

    def _enter(self) -> None:
        post, person = self.posts.currentItem(), self.people.currentItem()
        if post is not None and person is not None:
            self.entered.emit(str(person.data(_DATA)), str(post.data(_DATA)))


class _RowDelegate(QStyledItemDelegate):
    """A sign, a name, and a quieter word."""

    def __init__(self, parent: QWidget, height: int) -> None:
        super().__init__(parent)
        self._height = height

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, self._height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = themes.current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection" if selected else "hover"))
            painter.drawRoundedRect(rect.adjusted(4, 2, -4, -2), 6, 6)
        sign = icons.pixmap(
            str(index.data(_ICON)),
            20,
            "accent_hover" if selected else "text_3",
            painter.device().devicePixelRatioF(),
        )
        painter.drawPixmap(rect.left() + 16, rect.center().y() - 9, sign)
        line = rect.adjusted(48, 0, -16, 0)
        painter.setFont(themes.base_font(14, QFont.Weight.DemiBold if selected else QFont.Weight.Normal))
        painter.setPen(theme.color("text"))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(index.data()))
        taken = painter.fontMetrics().horizontalAdvance(str(index.data())) + 16
        painter.setFont(themes.base_font(12))
        painter.setPen(theme.color("text_3"))
        hint = painter.fontMetrics().elidedText(
            str(index.data(_HINT) or ""), Qt.TextElideMode.ElideRight, line.width() - taken
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, hint)
        painter.restore()
