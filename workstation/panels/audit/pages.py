"""The pages of the dock 审计. A page is added here: its key, and where its class is. It is imported when it is first shown."""

from __future__ import annotations

import importlib
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from workstation.shell.context import AppContext


class AuditPage(QWidget):
    """A page. It is made with the context; :meth:`reload` is called whenever it comes to the front or is asked for."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context

    def reload(self) -> None:
        """Read again, in the background."""
        raise NotImplementedError


@dataclass(frozen=True)
class PageEntry:
    """A page by its key, and where its class is (``module:Class``)."""

    key: str
    target: str

    def make(self, context: AppContext) -> AuditPage:
        """The page, imported and made now."""
        module, _, name = self.target.partition(":")
        made: AuditPage = getattr(importlib.import_module(module), name)(context)
        return made


PAGES: tuple[PageEntry, ...] = (
    PageEntry("looks", "workstation.panels.audit.records:LooksPage"),
    PageEntry("attempts", "workstation.panels.audit.records:AttemptsPage"),
    PageEntry("sign_ins", "workstation.panels.audit.records:SignInsPage"),
    PageEntry("seals", "workstation.panels.audit.seals:SealsPage"),
)
"""In the order of their tabs."""


def title_of(key: str) -> str:
    """The page's name on its tab; its key where there is none."""
    translate = QCoreApplication.translate
    return {
        "looks": translate("AuditPages", "查看记录"),
        "attempts": translate("AuditPages", "未遂操作"),
        "sign_ins": translate("AuditPages", "登录"),
        "seals": translate("AuditPages", "封存"),
    }.get(key, key)
