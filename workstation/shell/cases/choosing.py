"""What choosing in a list means while other cases are chosen elsewhere: shared by all lists of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QAbstractItemView

if TYPE_CHECKING:
    from ..context import AppContext

    _View = QAbstractItemView
else:
    _View = object


class SharedChoice(_View):
    """Stands before the view's own class among the bases of a list: ``class List(SharedChoice, QListView)``."""

    _more = False
    """Whether the last key or button chose one more or one less, and not anew."""
    _shared: AppContext

    def share_choice(self, context: AppContext) -> None:
        """In the list's making: its choice is a part of the context's."""
        self._shared = context
        self.clicked.connect(self._clicked)

    def chosen(self) -> list[str]:
        """The cases chosen in this list, in its order."""
        raise NotImplementedError

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """With Ctrl one more or one less is chosen: then what is chosen elsewhere, and not listed here, stays so."""
        flags = super().selectionCommand(index, event)
        flag = QItemSelectionModel.SelectionFlag
        if event is not None and flags != flag.NoUpdate:  # what the program sets is nobody's key
            self._more = not flags & flag.Clear
        return flags

    def _clicked(self, index: QModelIndex) -> None:
        """A plain click on what is the only one chosen here changes nothing here, but leaves what is chosen elsewhere."""
        ids = self.chosen()
        if ids and not self._more and self._shared.selection.ids != set(ids):
            self._shared.selection.set(ids)
