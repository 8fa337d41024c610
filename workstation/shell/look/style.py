"""The style sheet, made from the theme's tokens, and the small glyphs it refers to (arrows, ticks).

Widgets ask for a look by a dynamic property ``kind`` (``primary``, ``danger``, ``ghost``, ``title``, ``muted``, ``card`` ...);
no widget carries colours of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from PySide6.QtCore import QDir, QTemporaryDir
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from .icons import svg

_folder: QTemporaryDir | None = None

# Glyph → (role of the icon, token of its colour). Style sheets can only refer to files.
_GLYPHS = {
    "down": ("chevron-down", "text_2"),
    "up": ("chevron-up", "text_2"),
    "down-off": ("chevron-down", "disabled"),
    "right": ("chevron-right", "text_2"),
    "tick": ("check", "on_accent"),
    "dash": ("minus", "on_accent"),
    "menutick": ("check", "accent"),
    "branch-open": ("chevron-down", "text_3"),
    "branch-closed": ("chevron-right", "text_3"),
    "close": ("close", "text_3"),
    "close-on": ("close", "text"),
    "undock": ("undock", "text_3"),
    "menu": ("chevron-down", "text_3"),
    "left": ("chevron-left", "text_2"),
}


def _glyphs(name: str, tokens: Mapping[str, str]) -> None:
    """Write the theme's glyphs into a folder of this run, known to Qt as ``glyph:``."""
    global _folder
    if _folder is None or not _folder.isValid():
        _folder = QTemporaryDir()
        QDir.setSearchPaths("glyph", [_folder.path()])
    for glyph, (role, token) in _GLYPHS.items():
        with open(_folder.filePath(f"{name}-{glyph}.svg"), "wb") as file:  # noqa: PTH123
            file.write(bytes(svg(role, QColor(tokens[token])).data()))


def style_sheet(name: str, tokens: Mapping[str, str]) -> str:
    """The application's style sheet for the theme ``name``."""
    _glyphs(name, tokens)
    return Template(_SHEET).substitute(tokens, g=f"glyph:{name}")


def set_kind(widget: QWidget, kind: str) -> None:
    """Give a widget a look of the sheet, also after it was shown."""
    widget.setProperty("kind", kind)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


_SHEET = """
* { outline: 0; }
QWidget { color: $text; }
QMainWindow, QDialog { background: $window; }
QToolTip { background: $bar; color: $bar_text; border: 1px solid $bar_border; padding: 5px 8px; }

QLabel { background: transparent; }
QLabel[kind="title"] { font-size: 16px; font-weight: 600; }
QLabel[kind="hero"] { font-size: 22px; font-weight: 600; }
QLabel[kind="heading"] { font-size: 14px; font-weight: 600; }
QLabel[kind="section"] { font-size: 12px; font-weight: 600; color: $text_2; }
QLabel[kind="muted"] { color: $text_3; }
QLabel[kind="label"] { color: $text_2; }
QLabel[kind="small"] { color: $text_3; font-size: 12px; }
QLabel[kind="error"] { color: $danger; font-size: 12px; }
QLabel[kind="number"] { font-size: 20px; font-weight: 600; }
QLabel[kind="mono"] { font-weight: 600; }

QFrame[kind="card"] { background: $surface; border: 1px solid $border; border-radius: 8px; }
QFrame[kind="inset"] { background: $surface_alt; border: 1px solid $border; border-radius: 6px; }
QFrame[kind="note"] { background: $accent_soft; border: 1px solid transparent; border-radius: 6px; }
QFrame[kind="warn"] { background: $yellow_soft; border: 1px solid transparent; border-radius: 6px; }
QFrame[kind="alarm"] { background: $red_soft; border: 1px solid transparent; border-radius: 6px; }
QFrame[kind="line"] { background: $border; border: 0; max-height: 1px; min-height: 1px; }
QFrame[kind="vline"] { background: $border; border: 0; max-width: 1px; min-width: 1px; }
QFrame[kind="bar"] { background: $surface_alt; border: 0; border-top: 1px solid $border; }
QWidget[kind="surface"] { background: $surface; }

QPushButton { background: $surface; border: 1px solid $border_strong; border-radius: 6px; padding: 0 14px;
  min-height: 30px; color: $text; }
QPushButton:hover { background: $hover; border-color: $text_3; }
QPushButton:pressed { background: $sunken; }
QPushButton:focus { border-color: $focus; }
QPushButton:disabled { color: $disabled; border-color: $border; background: $surface_alt; }
QPushButton:checked { background: $accent_soft; border-color: $accent; }
QPushButton[kind="primary"] { background: $accent; border-color: $accent; color: $on_accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_pressed; }
QPushButton[kind="primary"]:focus { border-color: $focus; }
QPushButton[kind="primary"]:disabled { background: $sunken; border-color: $border; color: $disabled; }
QPushButton[kind="danger"] { color: $danger; border-color: $danger; background: $surface; }
QPushButton[kind="danger"]:hover { background: $red_soft; }
QPushButton[kind="danger"]:disabled { color: $disabled; border-color: $border; }
QPushButton[kind="ghost"] { background: transparent; border-color: transparent; color: $text_2; padding: 0 10px; }
QPushButton[kind="ghost"]:hover { background: $hover; color: $text; }
QPushButton[kind="ghost"]:focus { border-color: $focus; }
QPushButton[kind="link"] { background: transparent; border: 0; padding: 0 2px; color: $accent_hover; min-height: 22px; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="small"] { min-height: 24px; padding: 0 10px; font-size: 12px; }
QPushButton[kind="chip"] { min-height: 24px; padding: 0 10px; border-radius: 12px; font-size: 12px;
  background: $surface_alt; border-color: $border; color: $text_2; }
QPushButton[kind="chip"]:hover { border-color: $accent; color: $text; }
QPushButton[kind="chip"]:checked { background: $accent; border-color: $accent; color: $on_accent; }
QPushButton[kind="tile"] { min-height: 40px; text-align: left; background: $surface_alt; border-color: $border;
  padding: 0 10px; }
QPushButton[kind="tile"]:hover { border-color: $accent; background: $hover; }
QPushButton[kind="tile"]:focus { border-color: $focus; }
QPushButton[kind="tile"]:disabled { color: $disabled; background: transparent; }
QPushButton[kind="tile"][tone="red"] { color: $red; font-weight: 600; }
QPushButton[kind="tile"][tone="yellow"] { color: $yellow; font-weight: 600; }
QPushButton[kind="segment"] { min-height: 28px; border-radius: 0; padding: 0 12px; border: 1px solid $border;
  border-right: 0; background: $surface; color: $text_2; }
QPushButton[kind="segment"][dense="true"] { padding: 0 4px; }
QPushButton[kind="segment"][edge="first"] { border-top-left-radius: 6px; border-bottom-left-radius: 6px; }
QPushButton[kind="segment"][edge="last"] { border-right: 1px solid $border; border-top-right-radius: 6px;
  border-bottom-right-radius: 6px; }
QPushButton[kind="segment"][edge="only"] { border: 1px solid $border; border-radius: 6px; }
QPushButton[kind="segment"]:hover { background: $hover; color: $text; }
QPushButton[kind="segment"]:checked { background: $accent_soft; color: $accent_hover; font-weight: 600; }
QPushButton[kind="segment"]:focus { color: $accent_hover; }
QPushButton::menu-indicator { image: url($g-down.svg); width: 14px; height: 14px; subcontrol-origin: padding;
  subcontrol-position: center right; right: 6px; }
QPushButton[menu="true"] { padding: 0 24px 0 10px; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px; color: $text_2; }
QToolButton:hover { background: $hover; border-color: $border; }
QToolButton:pressed { background: $sunken; }
QToolButton:checked { background: $accent_soft; border-color: $accent_soft; }
QToolButton:focus { border-color: $focus; }
QToolButton:disabled { color: $disabled; }
QToolButton[segment] { min-height: 26px; border-radius: 0; padding: 0 10px; border: 1px solid $border; border-right: 0;
  background: $surface; color: $text_2; }
QToolButton[segment="first"] { border-top-left-radius: 6px; border-bottom-left-radius: 6px; }
QToolButton[segment="last"] { border-right: 1px solid $border; border-top-right-radius: 6px;
  border-bottom-right-radius: 6px; }
QToolButton[segment]:hover { background: $hover; color: $text; }
QToolButton[segment]:checked { background: $accent_soft; color: $accent_hover; font-weight: 600; }
QToolButton[segment]:focus { color: $accent_hover; }
QToolButton::menu-indicator { image: none; }
QToolButton[popupMode="1"]::menu-button { border: 0; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox { background: $surface; border: 1px solid $border_strong;
  border-radius: 6px; padding: 0 8px; min-height: 30px; selection-background-color: $accent;
  selection-color: $on_accent; color: $text; }
QPlainTextEdit, QTextEdit { padding: 4px 6px; }
QLineEdit:hover, QPlainTextEdit:hover, QTextEdit:hover, QComboBox:hover, QAbstractSpinBox:hover { border-color: $text_3; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border-color: $focus; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {
  background: $surface_alt; color: $disabled; border-color: $border; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: $surface_alt; }
QLineEdit[bad="true"], QPlainTextEdit[bad="true"], QComboBox[bad="true"] { border-color: $danger; }
QComboBox::drop-down { border: 0; width: 24px; subcontrol-origin: padding; subcontrol-position: center right; }
QComboBox::down-arrow { image: url($g-down.svg); width: 14px; height: 14px; }
QComboBox::down-arrow:disabled { image: url($g-down-off.svg); }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border_strong; border-radius: 6px; padding: 4px;
  selection-background-color: $selection; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 6px; border-radius: 4px; }
QDateTimeEdit::drop-down { border: 0; width: 24px; subcontrol-origin: padding; subcontrol-position: center right; }
QDateTimeEdit::down-arrow { image: url($g-down.svg); width: 14px; height: 14px; }
QDateTimeEdit::down-arrow:disabled { image: url($g-down-off.svg); }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: 0; width: 20px; background: transparent; }
QAbstractSpinBox::up-arrow { image: url($g-up.svg); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url($g-down.svg); width: 10px; height: 10px; }

QCheckBox, QRadioButton { spacing: 8px; background: transparent; min-height: 24px; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator { width: 15px; height: 15px;
  border: 1px solid $border_strong; background: $surface; border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: $focus; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: $accent; border-color: $accent;
  image: url($g-tick.svg); }
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate { background: $accent;
  border-color: $accent; image: url($g-dash.svg); }
QRadioButton::indicator:checked { border: 5px solid $accent; width: 7px; height: 7px; background: $on_accent; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: $sunken; border-color: $border; }

QAbstractItemView { background: $surface; alternate-background-color: $surface_alt; border: 1px solid $border;
  border-radius: 6px; selection-background-color: $selection; selection-color: $text; color: $text; }
QTableView { gridline-color: $border; }
QTableView::item { padding: 0 8px; border: 0; }
QTreeView::item, QListView::item { min-height: 28px; padding: 0 6px; border: 0; }
QAbstractItemView::item:hover { background: $hover; }
QAbstractItemView::item:selected { background: $selection; color: $text; }
QTreeView::branch { background: transparent; }
QTreeView::branch:has-children:!has-siblings:closed, QTreeView::branch:closed:has-children:has-siblings {
  image: url($g-branch-closed.svg); }
QTreeView::branch:open:has-children:!has-siblings, QTreeView::branch:open:has-children:has-siblings {
  image: url($g-branch-open.svg); }
QHeaderView { background: $surface_alt; border: 0; }
QHeaderView::section { background: $surface_alt; color: $text_2; border: 0; border-bottom: 1px solid $border;
  border-right: 1px solid $border; padding: 0 8px; min-height: 30px; font-weight: 600; font-size: 12px; }
QHeaderView::section:last { border-right: 0; }
QHeaderView::section:hover { background: $hover; }
QHeaderView::up-arrow { image: url($g-up.svg); width: 12px; height: 12px; subcontrol-position: center right; right: 6px; }
QHeaderView::down-arrow { image: url($g-down.svg); width: 12px; height: 12px; subcontrol-position: center right; right: 6px; }
QTableCornerButton::section { background: $surface_alt; border: 0; }

QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget[kind="body"] { background: transparent; }
QScrollBar:vertical { background: transparent; width: 11px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 2px; }
QScrollBar::handle { background: $border_strong; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $text_3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }

QMenu { background: $surface; border: 1px solid $border_strong; padding: 5px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; min-height: 18px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $border; margin: 5px 8px; }
QMenu::section { color: $text_3; padding: 4px 12px; font-size: 12px; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: 8px; }
QMenu::indicator:checked { image: url($g-menutick.svg); }
QMenu::right-arrow { image: url($g-right.svg); width: 12px; height: 12px; margin-right: 6px; }

QTabWidget::pane { border: 0; border-top: 1px solid $border; background: transparent; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $text_2; padding: 0 14px; min-height: 34px; border: 0;
  border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $accent_hover; border-bottom-color: $accent_hover; font-weight: 600; }

QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $focus; }
QProgressBar { background: $sunken; border: 0; border-radius: 3px; min-height: 6px; max-height: 6px; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QGroupBox { border: 1px solid $border; border-radius: 8px; margin-top: 18px; padding-top: 6px; background: $surface; }
QGroupBox::title { subcontrol-origin: margin; left: 2px; color: $text_2; font-weight: 600; }
QSlider::groove:horizontal { height: 4px; background: $border_strong; border-radius: 2px; }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; background: $accent; }
QCalendarWidget QWidget { alternate-background-color: $surface_alt; }

#top-bar { background: $bar; border-bottom: 1px solid $bar_border; }
#top-bar QLabel { color: $bar_text_2; }
#top-bar QLabel[kind="product"] { color: $bar_text; font-size: 15px; font-weight: 600; }
#top-bar QLabel[kind="city"] { color: $bar_text_2; font-size: 13px; }
#top-bar QLabel[kind="time"] { color: $bar_text; font-size: 15px; font-weight: 600; }
#top-bar QLabel[kind="date"] { color: $bar_text_2; font-size: 12px; }
#top-bar QLineEdit { background: $bar_2; border: 1px solid $bar_border; color: $bar_text; padding-left: 4px; }
#top-bar QLineEdit:focus { border-color: $focus; }
#top-bar QToolButton { color: $bar_text; border-radius: 6px; padding: 5px 8px; }
#top-bar QToolButton:hover { background: $bar_hover; border-color: transparent; }
#top-bar QToolButton:pressed, #top-bar QToolButton:open { background: $bar_active; }
#top-bar QMenuBar { background: transparent; color: $bar_text_2; }
#top-bar QMenuBar::item { background: transparent; padding: 7px 10px; border-radius: 6px; color: $bar_text_2; }
#top-bar QMenuBar::item:selected { background: $bar_hover; color: $bar_text; }
#top-bar QMenuBar::item:pressed { background: $bar_active; color: $bar_text; }

#rail { background: $bar_2; border-right: 1px solid $bar_border; }
#rail QToolButton { color: $bar_text_2; font-size: 12px; border: 0; border-radius: 8px; padding: 6px 2px 5px 2px; }
#rail QToolButton:hover { background: $bar_hover; color: $bar_text; }
#rail QToolButton:checked { background: $bar_active; color: $bar_text; }
#rail QToolButton:focus { background: $bar_hover; }

#status { background: $surface; border-top: 1px solid $border; }
#status QLabel { color: $text_2; font-size: 12px; }
#status QToolButton { font-size: 12px; padding: 1px 8px; color: $text_2; }

#add-photo { border: 1px dashed $border_strong; color: $text_3; font-size: 12px; }
#add-photo:hover { border-color: $accent; color: $accent; }
#action-bar { background: $surface_alt; border: 0; border-top: 1px solid $border; }
#worklist { border: 0; border-radius: 0; border-top: 1px solid $border; }

#toast { background: $surface; border: 1px solid $border_strong; border-radius: 8px; }
QLabel[kind="as-of"] { background: $surface; color: $text_2; border: 1px solid $border; border-radius: 4px; padding: 1px 6px; }

ads--CDockContainerWidget, ads--CDockManager { background: $window; border: 0; }
ads--CDockSplitter::handle { background: $window; }
ads--CDockContainerWidget ads--CDockSplitter::handle:horizontal { width: 5px; }
ads--CDockContainerWidget ads--CDockSplitter::handle:vertical { height: 5px; }
ads--CDockContainerWidget ads--CDockSplitter::handle:hover { background: $focus; }
ads--CDockAreaWidget { background: $surface; border: 0; }
ads--CDockWidget { background: $surface; border: 0; }
ads--CDockAreaTitleBar { background: $surface_alt; border: 0; border-bottom: 1px solid $border; padding: 0; }
ads--CDockAreaTitleBar QToolButton, ads--CTitleBarButton { border: 0; border-radius: 4px; padding: 3px; margin: 4px 1px; }
ads--CTitleBarButton:hover { background: $hover; }
ads--CDockAreaTabBar { background: transparent; }
ads--CDockWidgetTab { background: $surface_alt; border: 0; border-bottom: 2px solid transparent; padding: 0 6px;
  min-height: 34px; qproperty-iconSize: 16px 16px; }
ads--CDockWidgetTab:hover { background: $hover; }
ads--CDockWidgetTab[activeTab="true"] { background: $surface; border-bottom: 2px solid $accent_hover; }
ads--CDockWidgetTab QLabel { color: $text_2; }
ads--CDockWidgetTab[activeTab="true"] QLabel { color: $text; font-weight: 600; }
ads--CFloatingDockContainer { background: $window; }
#tabCloseButton { border: 0; background: transparent; padding: 2px; margin: 0; border-radius: 4px;
  qproperty-icon: url($g-close.svg); qproperty-iconSize: 12px; }
#tabCloseButton:hover { background: $sunken; }
#tabsMenuButton { qproperty-icon: url($g-menu.svg); qproperty-iconSize: 14px; }
#tabsMenuButton::menu-indicator { image: none; }
#detachGroupButton { qproperty-icon: url($g-undock.svg); qproperty-iconSize: 14px; }
#dockAreaCloseButton { qproperty-icon: url($g-close.svg); qproperty-iconSize: 14px; }

QDockWidget { titlebar-close-icon: url($g-close.svg); titlebar-normal-icon: url($g-undock.svg); }
QDockWidget::title { background: $surface_alt; border-bottom: 1px solid $border; padding: 8px; }
QMainWindow::separator { background: $window; width: 5px; height: 5px; }
QMainWindow::separator:hover { background: $focus; }
"""
