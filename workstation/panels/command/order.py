"""One order as a card: the units it went to, what each has said and how long that took, and the buttons to say more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from workstation.panels.case.people import contact_tip
from workstation.services.centre.operations import STEPS, Response
from workstation.shell.context import AppContext
from workstation.shell.look.style import set_kind
from workstation.shell.texts import text
from workstation.shell.widgets import Badge, Card, button, kind_label
from workstation.shell.widgets.tables import cell, choose, chosen, fill, fit_height, plain_table

from .reading import OperationView
from .words import step_text, took_text

TWO_LINES = 42


class OrderCard(Card):
    """``said(order, unit, step)``: a unit takes a step, by itself or by telephone through who commands."""

    said = Signal(int, str, str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._order = 0
        self._view: OperationView | None = None
        self._responses: Sequence[Response] = ()
        head = QHBoxLayout()
        head.setSpacing(6)
        self.text = kind_label("", "mono")
        self.text.setWordWrap(True)
        head.addWidget(self.text, 1)
        self.count = Badge(tone="accent_hover")
        head.addWidget(self.count)
        self.body.addLayout(head)
        self.when = kind_label("", "small")
        self.body.addWidget(self.when)
        titles = [self.tr("单位"), *(step_text(step) for step in STEPS)]
        self.table = plain_table(titles, [100, 66, 60, 60, 66])
        self.table.verticalHeader().setDefaultSectionSize(TWO_LINES)
        self.table.currentCellChanged.connect(lambda *_: self._show_steps())
        self._who = kind_label("", "label")
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._who, 1)
        self._buttons: dict[str, QPushButton] = {}
        for step in STEPS:
            made = button(step_text(step), "small", on_click=partial(self._say, step))
            made.setObjectName(f"step-{step}")
            row.addWidget(made)
            self._buttons[step] = made
        self._bar = QWidget()
        self._bar.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._bar)
        self.body.addWidget(self.table)

    @property
    def order(self) -> int:
        """The order's number in the log."""
        return self._order

    def show_order(self, view: OperationView, responses: Sequence[Response], now: datetime) -> None:
        """Show the responses to one order."""
        first = responses[0]
        self._order, self._view, self._responses = first.order, view, responses
        self.text.setText(first.text)
        answered = sum(response.answered_at is not None for response in responses)
        self.count.set(
            self.tr("{n}/{all} 已响应").format(n=answered, all=len(responses)),
            "green" if answered == len(responses) else "yellow",
        )
        when = self.tr("{time} 下达").format(time=text.time_text(first.ordered_at, now))
        if first.until is not None:
            when += self.tr(" · 限 {time} 前响应").format(time=text.time_text(first.until, now))
        self.when.setText(when)
        mine = self._context.actor.unit
        order = sorted(responses, key=lambda response: response.unit != mine)
        fill(self.table, [self._row(response, now) for response in order])
        fit_height(self.table, row=TWO_LINES)
        if not chosen(self.table) and any(response.unit == mine for response in responses):
            choose(self.table, mine)
        self._show_steps()

    def _row(self, response: Response, now: datetime) -> list:  # type: ignore[type-arg]
        view, full = self._view, self._context.name_of(response.unit)
        name = view.names.get(response.unit, full) if view is not None else full
        contacts = view.contacts.get(response.unit, []) if view is not None else []
        late = response.late(now)
        cells = [cell(name, response.unit, "red" if late else "", contact_tip(full, contacts))]
        for step in STEPS:
            at, minutes = response.steps.get(step), response.minutes(step)
            if at is not None and minutes is not None:
                words = f"{text.local(at):%H:%M}\n{took_text(minutes)}"
                tip = self.tr("{step} {time}，下达后 {took}").format(
                    step=step_text(step), time=text.full_time_text(at), took=took_text(minutes)
                )
                cells.append(cell(words, tip=tip))
            elif step == STEPS[0] and response.answered_at is None:
                waited = took_text((now - response.ordered_at).total_seconds() / 60)
                open_now = view is not None and view.info.open
                words = self.tr("已等\n{took}").format(took=waited) if open_now else self.tr("未响应")
                cells.append(cell(words, tone="red" if late else "text_3"))
            else:
                cells.append(cell(""))
        return cells

    def _show_steps(self) -> None:
        """The steps that the chosen unit has still before it, the next one as the main button."""
        view, unit = self._view, chosen(self.table)
        response = next((one for one in self._responses if one.unit == unit), None)
        mine = bool(unit) and unit == self._context.actor.unit
        may = view is not None and view.info.open and response is not None and (mine or view.commands)
        self._bar.setVisible(may)
        if response is None:
            return
        name = self._context.name_of(unit)
        self._who.setText(self.tr("本单位") if mine else self.tr("代 {unit} 登记").format(unit=name))
        taken = max((STEPS.index(step) for step in response.steps), default=-1)
        for at, step in enumerate(STEPS):
            self._buttons[step].setVisible(at > taken)
            set_kind(self._buttons[step], "primary" if mine and at == taken + 1 else "small")
        self._bar.setVisible(may and taken < len(STEPS) - 1)

    def step_button(self, step: str) -> QPushButton:
        """The button of a step."""
        return self._buttons[step]

    def _say(self, step: str) -> None:
        unit = chosen(self.table)
        if unit:
            self.said.emit(self._order, unit, step)
