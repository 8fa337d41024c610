"""Windows over several screens: a saved place is used only where a screen still is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect


def clamp(wanted: QRect, screens: Sequence[QRect], keep: int = 80) -> QRect:
    """``wanted`` moved and shrunk so that its title can be reached on one of the screens (their available areas).

    A rectangle of which at least ``keep`` pixels of its upper edge lie on a screen stays as it is; otherwise it goes to
    the first screen. Without screens it is returned unchanged.
    """
    if not screens:
        return wanted
    edge = QRect(wanted.left(), wanted.top(), wanted.width(), min(40, wanted.height()))
    for screen in screens:
        seen = screen.intersected(edge)
        if seen.width() >= min(keep, wanted.width()) and seen.height() >= min(20, edge.height()):
            return wanted
    home = screens[0]
    width, height = min(wanted.width(), home.width()), min(wanted.height(), home.height())
    return QRect(
        home.left() + (home.width() - width) // 2, home.top() + (home.height() - height) // 2, width, height
    )
