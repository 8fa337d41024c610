"""The languages of the interface, and which one the settings ask for."""

from __future__ import annotations

from PySide6.QtCore import QSettings

SOURCE = "zh_CN"  # the texts in the program are Chinese and need no catalogue
LANGUAGES = {SOURCE: "中文", "en": "English"}  # each by its own name, so that whoever reads only one finds it

_KEY = "language"


def stored_language(settings: QSettings) -> str:
    """The language that was chosen for the next start; Chinese unless another was."""
    stored = str(settings.value(_KEY, SOURCE))
    return stored if stored in LANGUAGES else SOURCE


def store_language(settings: QSettings, language: str) -> None:
    """Choose the language from the next start on."""
    settings.setValue(_KEY, language)
