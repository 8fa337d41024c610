"""The menu on cases in a list or on the map: what the post may do with them now."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from workstation.services.services import Services
from workstation.shell import icons
from workstation.shell.context import AppContext
from workstation.shell.widgets import ReasonDialog
from workstation.workflow.event import Actor
from workstation.workflow.flow import Arrow

from .forms import DANGER, PANEL_OF, Moves, common_arrows, phrases_for, read_moves, take

MOST = 200
"""Of more cases than this, the menu offers nothing: a batch should be looked at first."""


def ask_menu(context: AppContext, ids: Sequence[str], place: QPoint, parent: QWidget) -> None:
    """Read what is possible with these cases in the background, then open the menu at ``place`` (global)."""
    if len(ids) > MOST:
        message = QCoreApplication.translate("CaseMenu", "一次最多处理 {n} 个案卷").format(n=MOST)
        context.notify(message, "warning")
        return
    context.tasks.run(
        _read,
        context.services,
        list(ids),
        context.actor,
        owner=parent,
        key="menu",
        on_done=lambda many: build_menu(context, many, parent).popup(place),
    )


def _read(services: Services, ids: list[str], actor: Actor) -> list[Moves]:
    return [read_moves(services, case_id, actor) for case_id in ids]


def build_menu(context: AppContext, many: list[Moves], parent: QWidget) -> QMenu:
    """The menu for cases already read."""
    translate = QCoreApplication.translate
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    if len(many) == 1:
        moves = many[0]
        menu.addAction(
            icons.icon("case"), translate("CaseMenu", "案卷详情"), lambda: context.show_case(moves.case.id)
        )
        if moves.case.lon is not None and moves.case.lat is not None:
            lon, lat = moves.case.lon, moves.case.lat
            menu.addAction(
                icons.icon("pin"),
                translate("CaseMenu", "在地图上定位"),
                lambda: context.canvas.fly_to(lon, lat, 2000),
            )
        if moves.arrows:
            menu.addSeparator()
        for arrow in moves.arrows:
            words = arrow.label + ("" if not arrow.fields or arrow.name in PANEL_OF else "…")
            menu.addAction(words, partial(take, context, moves, arrow, parent.window()))
        return menu
    title = menu.addAction(translate("CaseMenu", "已选 {n} 个案卷").format(n=len(many)))
    title.setEnabled(False)
    menu.addSeparator()
    arrows = common_arrows(many)
    for arrow in arrows:
        menu.addAction(
            arrow.label + ("…" if arrow.fields else ""), partial(_take_many, context, many, arrow, parent)
        )
    if not arrows:
        menu.addAction(translate("CaseMenu", "没有可以一起办理的操作")).setEnabled(False)
    return menu


def _take_many(context: AppContext, many: list[Moves], arrow: Arrow, parent: QWidget) -> None:
    translate = QCoreApplication.translate
    cases = [moves.case for moves in many]
    text_field = next((spec for spec in arrow.fields if spec.name in ("reason", "note")), None)
    if text_field is None:
        context.execute_many(arrow.name, cases)
        return
    name = text_field.name
    ReasonDialog.ask(
        parent.window(),
        translate("CaseMenu", "{action} · {n} 个案卷").format(action=arrow.label, n=len(cases)),
        lambda words: context.execute_many(arrow.name, cases, {name: words} if words else {}),
        phrases=phrases_for(arrow),
        caption=text_field.label,
        ok_text=arrow.label,
        required=text_field.required,
        danger=arrow.name in DANGER,
    )
