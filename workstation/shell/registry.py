"""The one list of panels. A panel is added here, and nowhere else; its module is imported when it is first shown."""

from __future__ import annotations

import importlib
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from .panel import Panel

EVERYONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PanelEntry:
    """Where a panel's class is, and what menus and docks need to know before it is imported.

    ``title`` is a source string of the context "Panels".
    """

    key: str
    title: str
    icon: str
    target: str
    posts: frozenset[str] = EVERYONE
    area: str = "right"

    def visible_to(self, post: str) -> bool:
        """Whether a person under that post may see the panel."""
        return not self.posts or post in self.posts

    def load(self) -> type[Panel]:
        """The panel's class, imported now."""
        module, _, name = self.target.partition(":")
        found: type[Panel] = getattr(importlib.import_module(module), name)
        return found


def _posts(*names: str) -> frozenset[str]:
    return frozenset(names)


PANELS: tuple[PanelEntry, ...] = (
    PanelEntry(
        "acceptance",
        QT_TRANSLATE_NOOP("Panels", "受理登记"),
        "acceptance",
        "workstation.panels.acceptance:AcceptancePanel",
        _posts("operator", "shift_leader"),
        "left",
    ),
    PanelEntry(
        "caselist",
        QT_TRANSLATE_NOOP("Panels", "案卷列表"),
        "list",
        "workstation.panels.caselist:CaseListPanel",
        EVERYONE,
        "left",
    ),
    PanelEntry(
        "filing",
        QT_TRANSLATE_NOOP("Panels", "立案审核"),
        "filing",
        "workstation.panels.filing:FilingPanel",
        _posts("shift_leader"),
        "right",
    ),
    PanelEntry(
        "dispatch",
        QT_TRANSLATE_NOOP("Panels", "任务派遣"),
        "dispatch",
        "workstation.panels.dispatch:DispatchPanel",
        _posts("dispatcher", "commander"),
        "right",
    ),
    PanelEntry(
        "disposal",
        QT_TRANSLATE_NOOP("Panels", "处置反馈"),
        "disposal",
        "workstation.panels.disposal:DisposalPanel",
        _posts("receiver", "unit_leader"),
        "right",
    ),
    PanelEntry(
        "verification",
        QT_TRANSLATE_NOOP("Panels", "核查结案"),
        "verify",
        "workstation.panels.verification:VerificationPanel",
        _posts("operator", "shift_leader"),
        "right",
    ),
    PanelEntry(
        "case", QT_TRANSLATE_NOOP("Panels", "案卷详情"), "case", "workstation.panels.case:CasePanel", EVERYONE, "right"
    ),
    PanelEntry(
        "layers", QT_TRANSLATE_NOOP("Panels", "图层图例"), "layers", "workstation.panels.layers:LayersPanel", EVERYONE, "right"
    ),
    PanelEntry(
        "evaluation",
        QT_TRANSLATE_NOOP("Panels", "综合评价"),
        "evaluation",
        "workstation.panels.evaluation:EvaluationPanel",
        _posts("evaluator", "commander", "shift_leader", "dispatcher", "unit_leader", "admin"),
        "right",
    ),
)


def panels_for(post: str) -> list[PanelEntry]:
    """The panels a person under that post sees, in the registry's order."""
    return [entry for entry in PANELS if entry.visible_to(post)]


def entry(key: str) -> PanelEntry:
    """The panel of that key; KeyError where there is none."""
    for item in PANELS:
        if item.key == key:
            return item
    raise KeyError(key)


def title_of(item: PanelEntry) -> str:
    """The panel's name as the user sees it."""
    return QCoreApplication.translate("Panels", item.title)
