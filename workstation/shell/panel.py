"""The base class of every dock's content."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from .context import AppContext


class Panel(QWidget):
    """What a dock shows. Made with the context when its dock is shown for the first time, never before.

    Class attributes say where it belongs: ``key`` is its stable name, ``icon`` a role of :mod:`.look.icons`, ``posts`` who
    may see it (empty: everyone), ``area`` where it stands by default: left, right or bottom.
    """

    key: ClassVar[str] = ""
    icon: ClassVar[str] = "panel"
    posts: ClassVar[frozenset[str]] = frozenset()
    area: ClassVar[str] = "right"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setObjectName(f"panel-{self.key}")

    @property
    def title(self) -> str:
        """The panel's name as the user sees it."""
        return self.key

    def activated(self) -> None:
        """Called each time the panel is brought to the front. Nothing by default."""
