"""The bar at the top: the city, the menus, a search for a case, date and time, the person and post, day and night."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QActionGroup, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...workflow.event import Actor
from ..look import icons
from ..texts import text
from ..widgets.basics import kind_label


class TopBar(QWidget):
    """One row of 52 pixels. Says what the person asks for; the window does it."""

    search_asked = Signal(str)
    post_chosen = Signal(str)
    switch_asked = Signal()
    theme_toggled = Signal()
    lock_asked = Signal()
    password_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top-bar")
        self.secured = False
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(52)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 10, 0)
        row.setSpacing(8)
        self._logo = QLabel()
        row.addWidget(self._logo)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.setContentsMargins(2, 0, 4, 0)
        names.addStretch(1)
        self._product = kind_label(self.tr("城市管理指挥工作站"), "product")
        self._city = kind_label("", "city")
        names.addWidget(self._product)
        names.addWidget(self._city)
        names.addStretch(1)
        row.addLayout(names)
        self.menus = QMenuBar()
        self.menus.setNativeMenuBar(False)
        row.addWidget(self.menus, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self.search = SearchEdit()
        self.search.returnPressed.connect(lambda: self.search_asked.emit(self.search.text().strip()))
        row.addWidget(self.search)
        row.addStretch(1)
        clock = QVBoxLayout()
        clock.setSpacing(0)
        clock.addStretch(1)
        self._time = kind_label("", "time")
        self._date = kind_label("", "date")
        for label in (self._time, self._date):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            clock.addWidget(label)
        clock.addStretch(1)
        row.addLayout(clock)
        row.addSpacing(8)
        self.person = QToolButton()
        self.person.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.person.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.person.setIconSize(QSize(18, 18))
        self._person_menu = QMenu(self.person)
        self.person.setMenu(self._person_menu)
        self.person.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.person.hide()
        row.addWidget(self.person)
        self._theme = QToolButton()
        self._theme.setIconSize(QSize(18, 18))
        self._theme.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme.setToolTip(self.tr("日间 / 夜间（Ctrl+Shift+D）"))
        self._theme.setAccessibleName(self.tr("切换日间和夜间"))
        self._theme.clicked.connect(self.theme_toggled)
        row.addWidget(self._theme)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(lambda: self.show_time(text.utc_now()))
        self._timer.start()
        self.show_time(text.utc_now())
        self.recolor("day")

    def set_city(self, name: str) -> None:
        """The city or district this database is of."""
        self._city.setText(name)

    def show_time(self, now: datetime) -> None:
        """The time of Asia/Shanghai, with the shift: 早班 6-14, 中班 14-22, 夜班."""
        at = text.local(now)
        days = [
            self.tr("周一"),
            self.tr("周二"),
            self.tr("周三"),
            self.tr("周四"),
            self.tr("周五"),
            self.tr("周六"),
            self.tr("周日"),
        ]
        shift = (
            self.tr("早班")
            if 6 <= at.hour < 14
            else self.tr("中班")
            if 14 <= at.hour < 22
            else self.tr("夜班")
        )
        self._time.setText(at.strftime("%H:%M:%S"))
        self._date.setText(f"{at:%Y-%m-%d} {days[at.weekday()]} {shift}")

    def set_actor(self, actor: Actor, posts: Sequence[tuple[str, str]]) -> None:
        """Who acts; ``posts`` are the (key, name) of all the posts this person holds."""
        names = dict(posts)
        self.person.setText(f"{actor.name} · {names.get(actor.post, text.post_text(actor.post))}")
        self.person.show()
        menu = self._person_menu
        menu.clear()
        group = QActionGroup(menu)
        for key, name in posts:
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(key == actor.post)
            action.triggered.connect(lambda _checked=False, k=key: self.post_chosen.emit(k))
            group.addAction(action)
        menu.addSeparator()
        if self.secured:
            menu.addAction(icons.icon("lock"), self.tr("锁定屏幕"), self.lock_asked.emit)
            menu.addAction(icons.icon("key"), self.tr("修改密码…"), self.password_asked.emit)
        menu.addAction(icons.icon("logout"), self.tr("换人…"), self.switch_asked.emit)

    def clear_actor(self) -> None:
        """Nobody is at work."""
        self.person.hide()

    def recolor(self, theme: str) -> None:
        """Draw the icons in the colours of the theme."""
        self._logo.setPixmap(icons.pixmap("commander", 26, "yellow", self.devicePixelRatioF()))
        self.person.setIcon(icons.icon("person", "bar_text"))
        self._theme.setIcon(icons.icon("sun" if theme == "night" else "moon", "bar_text"))
        self.search.recolor()


class SearchEdit(QLineEdit):
    """Finds a case: by code, address or words. Escape empties it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("查案卷：案卷号、地址、描述（Ctrl+F）"))
        self.setMinimumWidth(180)
        self.setMaximumWidth(380)
        self.setClearButtonEnabled(True)
        self._sign = self.addAction(
            icons.icon("search", "bar_text_2"), QLineEdit.ActionPosition.LeadingPosition
        )

    def sizeHint(self) -> QSize:
        return QSize(360, super().sizeHint().height())

    def recolor(self) -> None:
        """Draw the sign in the colour of the theme."""
        self._sign.setIcon(icons.icon("search", "bar_text_2"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.clearFocus()
        else:
            super().keyPressEvent(event)
