"""The menu on cases in a list or on the map: what the post may do with them now."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from workstation.services.services import Services
from workstation.shell.context import AppContext
from workstation.shell.look import icons
from workstation.shell.widgets import ReasonDialog
from workstation.workflow.case import Case
from workstation.workflow.event import Actor
from workstation.workflow.flow import Arrow

from .directing import DIRECTING, direct
from .forms import DANGER, PANEL_OF, Moves, common_arrows, fixed_values, read_moves, take
from .people import contact_entries
from .phrases import phrases_for

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
        on_done=lambda read: build_menu(context, read[0], parent, read[1]).popup(place),
    )


def _read(services: Services, ids: list[str], actor: Actor) -> tuple[list[Moves], list[Any]]:
    many = [read_moves(services, case_id, actor) for case_id in ids]
    lead = many[0].case.lead if len(many) == 1 else None
    return many, services.units.contacts(lead.unit) if lead is not None else []


def build_menu(
    context: AppContext, many: list[Moves], parent: QWidget, contacts: Sequence[Any] = ()
) -> QMenu:
    """The menu for cases already read. ``contacts`` are those of the lead unit of a single one."""
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
        if contacts:
            _add_contacts(context, menu, contacts)
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


def _add_contacts(context: AppContext, menu: QMenu, contacts: Sequence[Any]) -> None:
    """Whom to call at the lead unit; choosing one copies the number."""
    translate = QCoreApplication.translate
    calls = menu.addMenu(icons.icon("phone"), translate("CaseMenu", "联系主办单位"))
    for line, telephone in contact_entries(contacts):
        calls.addAction(line, partial(_copy, context, telephone)).setEnabled(bool(telephone))


def _copy(context: AppContext, telephone: str) -> None:
    QGuiApplication.clipboard().setText(telephone)
    context.notify(QCoreApplication.translate("CaseMenu", "已复制电话 {number}").format(number=telephone))


def take_ids(context: AppContext, name: str, ids: Sequence[str], parent: QWidget) -> None:
    """Take one move with several cases, by their ids: with those of them that it is possible for now."""

    def ask(read: tuple[list[Moves], list[Any]]) -> None:
        able = [(moves, arrow) for moves in read[0] for arrow in moves.arrows if arrow.name == name]
        if not able:
            words = QCoreApplication.translate("CaseMenu", "所选案卷现在不能办理「{action}」")
            context.notify(words.format(action=context.label("arrows", name)), "warning")
        elif len(able) == 1:
            take(context, able[0][0], able[0][1], parent.window())
        else:
            _take_many(context, [moves for moves, _ in able], able[0][1], parent)

    context.tasks.run(
        _read, context.services, list(ids)[:MOST], context.actor, owner=parent, key="menu", on_done=ask
    )


def _take_many(context: AppContext, many: list[Moves], arrow: Arrow, parent: QWidget) -> None:
    translate = QCoreApplication.translate
    cases = [moves.case for moves in many]
    if arrow.name in DIRECTING:
        direct(context, arrow.name, cases, parent.window())
        return
    text_field = next((spec for spec in arrow.fields if spec.name in ("reason", "note")), None)
    if text_field is None:
        context.execute_many(arrow.name, cases, lambda case: fixed_values(context.services, case, arrow))
        return
    name = text_field.name

    def values(case: Case, words: str) -> dict[str, str]:
        return fixed_values(context.services, case, arrow) | ({name: words} if words else {})

    ReasonDialog.ask(
        parent.window(),
        translate("CaseMenu", "{action} · {n} 个案卷").format(action=arrow.label, n=len(cases)),
        lambda words: context.execute_many(arrow.name, cases, lambda case: values(case, words)),
        phrases=phrases_for(arrow),
        caption=text_field.label,
        ok_text=arrow.label,
        required=text_field.required,
        danger=arrow.name in DANGER,
    )
