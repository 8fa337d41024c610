"""Choosing a person: found by typing any part of the name, the suggested one first and chosen."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from workstation.services.centre.people import Person


class PersonCombo(QComboBox):
    """One of several people. ``changed`` when the user chooses another."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(12)
        editor = self.lineEdit()
        if editor is not None:
            editor.setPlaceholderText(self.tr("输入姓名查找"))
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        self.currentTextChanged.connect(lambda _text: self.changed.emit())
        self._shown: tuple[tuple[str, ...], str] | None = None

    def set_people(self, people: Iterable[Person], suggested: str = "", case_id: str = "") -> None:
        """Offer these for a case. The suggested one is chosen; the same again leaves the choice as it is."""
        listed = sorted(people, key=lambda person: (person.id != suggested, person.name))
        shown = (*(person.id for person in listed), case_id), suggested
        if shown == self._shown:
            return
        self._shown = shown
        self.blockSignals(True)
        self.clear()
        for person in listed:
            hint = self.tr("（本网格）") if person.id == suggested else ""
            telephone = f"  {person.telephone}" if person.telephone else ""
            self.addItem(f"{person.name}{hint}{telephone}", person.id)
        self.setCurrentIndex(0 if suggested and listed else -1)
        if not suggested:
            self.clearEditText()
        self.blockSignals(False)
        self.changed.emit()

    @property
    def person(self) -> str:
        """The chosen person's id, "" while the text is nobody's."""
        place = self.findText(self.currentText()) if self.currentText() else -1
        return str(self.itemData(place)) if place >= 0 else ""
