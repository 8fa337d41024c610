"""Text being written stays with its case: come back to the case and it is there, whatever was looked at between."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

Editor = QLineEdit | QPlainTextEdit


class KeptTexts:
    """Named editors whose contents belong to the case that is shown. Kept until :meth:`forget`."""

    def __init__(self, typed: Callable[[str, bool], object] | None = None) -> None:
        """``typed(case id, whether there is text)`` is called when that changes for the case that is shown."""
        self._typed = typed
        self._told: tuple[str, bool] = ("", False)
        self._editors: dict[str, Editor] = {}
        self._kept: dict[str, dict[str, str]] = {}
        self._case = ""

    def add(self, name: str, editor: Editor) -> None:
        """Keep this editor's text under that name."""
        self._editors[name] = editor
        editor.textChanged.connect(self._look)

    def _look(self) -> None:
        told = (self._case, any(_get(editor) for editor in self._editors.values()))
        if self._typed is not None and self._case and told != self._told:
            self._told = told
            self._typed(*told)

    def switch(self, case_id: str) -> None:
        """Another case is shown: put away what was typed for the last, bring back what was typed for this one."""
        if case_id == self._case:
            return
        if self._case:
            typed = {name: text for name, editor in self._editors.items() if (text := _get(editor))}
            if typed:
                self._kept[self._case] = typed
            else:
                self._kept.pop(self._case, None)
        self._case = case_id
        back = self._kept.get(case_id, {})
        for name, editor in self._editors.items():
            _set(editor, back.get(name, ""))

    def forget(self, case_id: str) -> None:
        """What was typed has been used."""
        self._kept.pop(case_id, None)
        if case_id == self._case:
            for editor in self._editors.values():
                _set(editor, "")


def _get(editor: Editor) -> str:
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()


def _set(editor: Editor, text: str) -> None:
    if isinstance(editor, QLineEdit):
        editor.setText(text)
    else:
        editor.setPlainText(text)
