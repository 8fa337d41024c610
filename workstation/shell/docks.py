"""What docks are to the window, whichever library makes them, and the place where a dock's content is made.

A dock's content is made when it is shown for the first time (:class:`Holder`), so that the window opens as fast with
twenty panels as with two.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from .arrangement import Arrangement


class Holder(QWidget):
    """An empty place that makes its content at its first showing. ``made(key, widget)`` when it has."""

    made = Signal(str, object)

    def __init__(self, key: str, make: Callable[[], QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self._make = make
        self.content: QWidget | None = None
        self._asked = False
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.setProperty("kind", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(300)

    def ensure(self) -> QWidget:
        """The content, made now if it was not."""
        if self.content is None:
            self.content = self._make()
            self._box.addWidget(self.content)
            self.made.emit(self._key, self.content)
        return self.content

    def drop(self) -> None:
        """Throw the content away; it is made anew when the dock is shown again."""
        if self.content is not None:
            self._box.removeWidget(self.content)
            self.content.hide()
            self.content.deleteLater()
            self.content = None
        self._asked = False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.content is None and not self._asked:
            self._asked = True
            QTimer.singleShot(0, self, self._make_if_seen)

    def _make_if_seen(self) -> None:
        self._asked = False
        if self.isVisible():
            self.ensure()


class DockHost(QObject):
    """What the window needs of docks, whichever library makes them."""

    shown = Signal(str, bool)
    """(key, seen) when a dock comes to the front, goes behind another or is closed."""
    window_closed = Signal(str)
    """Somebody has closed this window (:meth:`add_window`)."""

    def widget(self) -> QWidget:
        """The widget that goes into the window."""
        raise NotImplementedError

    def set_center(self, widget: QWidget) -> None:
        """Put the map in the middle: always there, without a tab."""
        raise NotImplementedError

    def add(self, key: str, title: str, icon: QIcon, make: Callable[[], QWidget]) -> Holder:
        """A dock that is closed for the time being."""
        raise NotImplementedError

    def names(self) -> list[str]:
        """The keys of the docks, the map not among them."""
        raise NotImplementedError

    def holder(self, key: str) -> Holder:
        """The place of a dock's content."""
        raise NotImplementedError

    def is_open(self, key: str) -> bool:
        """Whether the dock is there, if behind another."""
        raise NotImplementedError

    def in_front(self, key: str) -> bool:
        """Whether the dock is there and not behind another."""
        raise NotImplementedError

    def open(self, key: str) -> None:
        """Show it and bring it to the front, at its place in the arrangement when it was closed."""
        raise NotImplementedError

    def close(self, key: str) -> None:
        """Close it; its content stays."""
        raise NotImplementedError

    def set_icon(self, key: str, icon: QIcon) -> None:
        """Another icon, after a switch of theme."""
        raise NotImplementedError

    def arrange(self, arrangement: Arrangement) -> None:
        """Build the arrangement; docks it does not name are closed."""
        raise NotImplementedError

    def save(self) -> QByteArray:
        """The layout as it is."""
        raise NotImplementedError

    def restore(self, state: QByteArray) -> bool:
        """A saved layout; False when it is none. Not in a constructor: floating docks would vanish."""
        raise NotImplementedError

    def add_window(self, key: str, title: str, icon: QIcon, widget: QWidget) -> None:
        """A window of its own, not seen yet: it may float, or be docked like a panel. It is none of :meth:`names`."""
        raise NotImplementedError

    def remove_window(self, key: str) -> None:
        """Take the window out; its widget is hidden and without a parent then. Says no ``window_closed``."""
        raise NotImplementedError

    def windows(self) -> list[str]:
        """The keys of the windows."""
        raise NotImplementedError

    def show_window(self, key: str, place: QRect | None = None) -> None:
        """Float the window at a place on the screens; without one, bring it to the front where it is."""
        raise NotImplementedError

    def window_place(self, key: str) -> QRect | None:
        """Where the window floats; None while it is docked or not seen."""
        raise NotImplementedError

    def is_window_open(self, key: str) -> bool:
        """Whether the window is there, floating or docked."""
        raise NotImplementedError

    def set_window_title(self, key: str, title: str) -> None:
        """Another name in its tab and its frame."""
        raise NotImplementedError

    def floats(self) -> list[QWidget]:
        """The windows of the docks that float, as far as they are seen."""
        raise NotImplementedError

    def hide_floats(self) -> None:
        """Hide them until a layout is restored."""
        for window in self.floats():
            window.hide()

    def dispose(self) -> None:
        """Put away what would outlive the window, such as floating docks."""
