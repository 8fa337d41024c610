"""The one list of panels. A panel is added here, and nowhere else; its module is imported when it is first shown."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from .panel import Panel

if TYPE_CHECKING:
    from ..workflow.handbook import Handbook

EVERYONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PanelEntry:
    """Where a panel's class is, and what menus and docks need to know before it is imported.

    ``posts`` see it always; a post that only a city has sees it when the city's handbook lets it make one of ``moves``.
    ``audits``: those see it whom the handbook lets audit, and nobody else. ``staff``: those who keep the register of people.
    """

    key: str
    icon: str
    target: str
    posts: frozenset[str] = EVERYONE
    moves: frozenset[str] = frozenset()
    audits: bool = False
    staff: bool = False

    def visible_to(self, post: str, handbook: Handbook | None = None) -> bool:
        """Whether a person under that post may see the panel."""
        if self.audits:
            known = handbook.posts.get(post) if handbook is not None else None
            return known is not None and known.audit
        if self.staff:
            return handbook is not None and post in handbook.staff_posts
        if not self.posts or post in self.posts:
            return True
        if handbook is None:
            return False
        arrows = (handbook.arrow(name) for name in self.moves)
        return any(arrow is not None and post in arrow.posts for arrow in arrows)

    def load(self) -> type[Panel]:
        """The panel's class, imported now."""
        module, _, name = self.target.partition(":")
        found: type[Panel] = getattr(importlib.import_module(module), name)
        return found


def _posts(*names: str) -> frozenset[str]:
    return frozenset(names)


_moves = _posts


PANELS: tuple[PanelEntry, ...] = (
    PanelEntry(
        "acceptance",
        "acceptance",
        "workstation.panels.acceptance:AcceptancePanel",
        _posts("operator", "shift_leader"),
        _moves("register", "report"),
    ),
    PanelEntry("caselist", "list", "workstation.panels.caselist:CaseListPanel"),
    PanelEntry(
        "filing",
        "filing",
        "workstation.panels.filing:FilingPanel",
        _posts("shift_leader"),
        _moves("file"),
    ),
    PanelEntry(
        "dispatch",
        "dispatch",
        "workstation.panels.dispatch:DispatchPanel",
        _posts("dispatcher", "commander"),
        _moves("dispatch"),
    ),
    PanelEntry(
        "coordination",
        "coordination",
        "workstation.panels.coordination:CoordinationPanel",
        _posts("dispatcher", "commander"),
        _moves("coordinate", "uphold", "assign"),
    ),
    PanelEntry(
        "disposal",
        "disposal",
        "workstation.panels.disposal:DisposalPanel",
        _posts("receiver", "unit_leader", "district_dispatcher"),
        _moves("receive", "approve_receipt", "dispatch_inside", "receive_inside"),
    ),
    PanelEntry(
        "verification",
        "verify",
        "workstation.panels.verification:VerificationPanel",
        _posts("operator", "shift_leader"),
        _moves("send_verify", "close"),
    ),
    PanelEntry(
        "supervision",
        "supervision",
        "workstation.panels.supervision:SupervisionPanel",
        _posts("shift_leader", "dispatcher", "commander"),
        _moves("urge", "supervise", "instruct"),
    ),
    PanelEntry(
        "command",
        "command",
        "workstation.panels.command:CommandPanel",
        _posts("commander", "dispatcher", "shift_leader", "receiver", "unit_leader", "district_dispatcher"),
        _moves("dispatch", "instruct", "receive", "receive_inside"),
    ),
    PanelEntry(
        "meeting",
        "meeting",
        "workstation.panels.meeting:MeetingPanel",
        _posts("commander", "dispatcher", "shift_leader"),
        _moves("dispatch", "assign"),
    ),
    PanelEntry(
        "handover",
        "handover",
        "workstation.panels.handover:HandoverPanel",
        _posts("operator", "shift_leader", "dispatcher", "receiver", "district_dispatcher"),
        _moves("register", "file", "dispatch", "receive"),
    ),
    PanelEntry("case", "case", "workstation.panels.case:CasePanel"),
    PanelEntry("layers", "layers", "workstation.panels.layers:LayersPanel"),
    PanelEntry(
        "areas",
        "areas",
        "workstation.panels.areas:AreasPanel",
        _posts("dispatcher", "commander", "gis", "admin"),
        _moves("dispatch"),
    ),
    PanelEntry("query", "search", "workstation.panels.query:QueryPanel"),
    # Those who may see where somebody besides themselves is: see workstation.services.spatial.positions.
    PanelEntry(
        "tracks",
        "play",
        "workstation.panels.tracks:TracksPanel",
        _posts(
            "operator",
            "shift_leader",
            "dispatcher",
            "commander",
            "receiver",
            "unit_leader",
            "district_dispatcher",
        ),
        _moves("dispatch", "send_check", "send_verify", "receive", "receive_inside"),
    ),
    PanelEntry("contacts", "contacts", "workstation.panels.contacts:ContactsPanel"),
    PanelEntry("handbook", "handbook", "workstation.panels.handbook:HandbookPanel"),
    PanelEntry("calendar", "calendar", "workstation.panels.calendar:CalendarPanel"),
    PanelEntry(
        "evaluation",
        "evaluation",
        "workstation.panels.evaluation:EvaluationPanel",
        _posts("evaluator", "commander", "shift_leader", "dispatcher", "unit_leader", "admin"),
    ),
    PanelEntry("accounts", "key", "workstation.panels.accounts:AccountsPanel", staff=True),
    PanelEntry("audit", "shield", "workstation.panels.audit:AuditPanel", audits=True),
)
"""In the order of the buttons; where a panel stands by default is :mod:`.arrangement`'s."""


def panels_for(post: str, handbook: Handbook | None = None) -> list[PanelEntry]:
    """The panels a person under that post sees under a handbook, in the registry's order."""
    return [entry for entry in PANELS if entry.visible_to(post, handbook)]


def entry(key: str) -> PanelEntry:
    """The panel of that key; KeyError where there is none."""
    for item in PANELS:
        if item.key == key:
            return item
    raise KeyError(key)


def title_of(item: PanelEntry) -> str:
    """The panel's name as the user sees it; its key where the program has no name for it."""
    translate = QCoreApplication.translate
    titles = {
        "acceptance": translate("Panels", "受理登记"),
        "caselist": translate("Panels", "案卷列表"),
        "filing": translate("Panels", "立案审核"),
        "dispatch": translate("Panels", "任务派遣"),
        "coordination": translate("Panels", "协调会商"),
        "disposal": translate("Panels", "处置反馈"),
        "verification": translate("Panels", "核查结案"),
        "case": translate("Panels", "案卷详情"),
        "layers": translate("Panels", "图层图例"),
        "evaluation": translate("Panels", "综合评价"),
        "handbook": translate("Panels", "指挥手册"),
        "supervision": translate("Panels", "督办催办"),
        "command": translate("Panels", "指挥调度"),
        "meeting": translate("Panels", "例会"),
        "handover": translate("Panels", "交接班"),
        "query": translate("Panels", "空间查询"),
        "tracks": translate("Panels", "轨迹回放"),
        "contacts": translate("Panels", "通讯录"),
        "calendar": translate("Panels", "工作日历"),
        "accounts": translate("Panels", "账号"),
        "audit": translate("Panels", "审计"),
        "areas": translate("Panels", "责任区检查"),
    }
    return titles.get(item.key, item.key)
