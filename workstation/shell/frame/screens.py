"""Windows over several screens: a saved place is used only where a screen still is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect


def settled(place: QRect, screens: Sequence[QRect], keep: int = 120) -> QRect:
    """Where a window comes back: as it was where enough of it lies on the screens to be seen and taken hold of.

    Where its screen is gone, it goes to the screen nearest to it, no larger than that; windows that lay side by side on
    the lost screen stay side by side as far as there is room.
    """
    if not screens or clamp(place, screens, keep) == place:
        return place

    def distance(screen: QRect) -> int:
        gap = screen.center() - place.center()
        return gap.manhattanLength()

    home = min(screens, key=distance)
    width, height = min(place.width(), home.width()), min(place.height(), home.height())
    left = min(max(place.left(), home.left()), home.right() + 1 - width)
    top = min(max(place.top(), home.top()), home.bottom() + 1 - height)
    return QRect(left, top, width, height)


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
