"""What the menus hold: every action of the window is registered here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QActionGroup, QDesktopServices
from PySide6.QtWidgets import QApplication, QMenu

from ...paths import home
from .. import registry
from ..context import Notice
from ..texts.languages import LANGUAGES, store_language, stored_language
from ..widgets.basics import kind_label
from ..widgets.dialogs import Dialog
from .actions import ActionSpec
from .keylist import show_keys
from .map import build_map_menu
from .selection import build_selection_menu

if TYPE_CHECKING:
    from ..window import MainWindow


def build_menus(window: MainWindow) -> None:
    """Register the window's actions anew (posts see different panels) and make the menus of them."""
    translate = QCoreApplication.translate
    actions = window.actions_
    working = window.context is not None
    for spec in list(actions.specs()):
        actions.remove(spec.key)
    add = actions.add
    add(
        ActionSpec(
            "file.open",
            translate("Menus", "打开城市数据库…"),
            "file",
            window.file_open_asked.emit,
            "open",
            "Ctrl+O",
        )
    )
    add(ActionSpec("file.demo", translate("Menus", "生成演示城市…"), "file", window.demo_asked.emit, "map"))
    if working:
        add(
            ActionSpec(
                "file.switch",
                translate("Menus", "换人换岗…"),
                "file",
                window.person_switch_asked.emit,
                "logout",
                "Ctrl+Shift+L",
                separated=True,
            )
        )
    if working and window.secured:
        add(
            ActionSpec(
                "file.lock",
                translate("Menus", "锁定屏幕"),
                "file",
                window.lock_asked.emit,
                "lock",
                "Ctrl+L",
            )
        )
        add(
            ActionSpec(
                "file.password",
                translate("Menus", "修改密码…"),
                "file",
                window.password_asked.emit,
                "key",
            )
        )
    add(
        ActionSpec(
            "file.logs", translate("Menus", "打开日志文件夹"), "file", _open_logs, "list", separated=True
        )
    )
    add(
        ActionSpec(
            "file.quit", translate("Menus", "退出"), "file", window.close, "close", "Ctrl+Q", separated=True
        )
    )
    if working:
        add(
            ActionSpec(
                "case.find", translate("Menus", "查找案卷"), "case", lambda: _find(window), "search", "Ctrl+F"
            )
        )
        add(
            ActionSpec(
                "case.show",
                translate("Menus", "案卷详情"),
                "case",
                lambda: window.open_panel("case"),
                "case",
                "F4",
            )
        )
        context = window.context
        entries = (
            registry.panels_for(context.actor.post, context.services.handbook) if context is not None else []
        )
        for at, item in enumerate(entries):
            add(
                ActionSpec(
                    f"panel.{item.key}",
                    registry.title_of(item),
                    "view",
                    lambda key=item.key: window.open_panel(key),  # type: ignore[misc]
                    item.icon,
                    f"Ctrl+{at + 1}" if at < 9 else "",
                )
            )
        add(
            ActionSpec(
                "view.default",
                translate("Menus", "恢复默认布局"),
                "view",
                window.forget_layout,
                "layout",
                "Ctrl+Shift+R",
                separated=True,
            )
        )
    add(
        ActionSpec(
            "view.theme",
            translate("Menus", "日间 / 夜间"),
            "view",
            window.theme.toggle,
            "moon",
            "Ctrl+Shift+D",
            separated=not working,
        )
    )
    add(
        ActionSpec(
            "view.full", translate("Menus", "全屏"), "view", lambda: _full_screen(window), "fullscreen", "F11"
        )
    )
    for code, name in LANGUAGES.items():
        add(
            ActionSpec(
                f"language.{code}",
                name,
                "language",
                lambda code=code: _choose_language(window, code),  # type: ignore[misc]
                checkable=True,
            )
        )
    if working:
        build_map_menu(window)
        build_selection_menu(window)
    add(
        ActionSpec("help.keys", translate("Menus", "快捷键"), "help", lambda: show_keys(window), "help", "F1")
    )
    add(
        ActionSpec(
            "help.about",
            translate("Menus", "关于"),
            "help",
            lambda: show_about(window),
            "info",
            separated=True,
        )
    )
    bar = window.top.menus
    bar.clear()
    for key, title in (
        ("file", translate("Menus", "文件")),
        ("case", translate("Menus", "案卷")),
        ("view", translate("Menus", "视图")),
        ("map", translate("Menus", "地图")),
        ("help", translate("Menus", "帮助")),
    ):
        menu = QMenu(title, bar)
        actions.fill(menu, key)
        if key == "view":
            menu.addMenu(_language_menu(window, menu))
        if not menu.isEmpty():
            bar.addMenu(menu)
        else:
            menu.deleteLater()


def _language_menu(window: MainWindow, parent: QMenu) -> QMenu:
    menu = QMenu(QCoreApplication.translate("Menus", "语言 / Language"), parent)
    window.actions_.fill(menu, "language")
    group = QActionGroup(menu)
    chosen = stored_language(window.settings)
    for code in LANGUAGES:
        action = window.actions_.action(f"language.{code}")
        action.setActionGroup(group)
        action.setChecked(code == chosen)
    return menu


def _choose_language(window: MainWindow, code: str) -> None:
    """Texts are made in many places and kept; a start in the other language is sure to have them all."""
    store_language(window.settings, code)
    words = QCoreApplication.translate("Menus", "下次启动时，界面语言为{language}")
    window.toasts.show(Notice(words.format(language=LANGUAGES[code])))


def _find(window: MainWindow) -> None:
    window.top.search.setFocus()
    window.top.search.selectAll()


def _full_screen(window: MainWindow) -> None:
    window.showNormal() if window.isFullScreen() else window.showFullScreen()


def _open_logs() -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(home())))


def show_about(window: MainWindow) -> None:
    """Which program, which version, which handbook."""
    from ... import __version__

    translate = QCoreApplication.translate
    dialog = Dialog(translate("Menus", "城市管理指挥工作站"), window, icon="commander", width=420)
    lines = [translate("Menus", "版本 {version}").format(version=__version__)]
    if window.context is not None:
        lines.append(
            translate("Menus", "指挥手册 {title}").format(title=window.context.services.handbook.title)
        )
        lines.append(translate("Menus", "数据库 {url}").format(url=window.context.services.db.url))
    lines.append(QApplication.applicationName())
    for words in lines:
        label = kind_label(words, "label")
        label.setWordWrap(True)
        dialog.body.addWidget(label)
    dialog.add_button(translate("Menus", "关闭"), "primary")
    dialog.open()
