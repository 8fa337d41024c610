"""What a person must hear of at once, whatever they are looking at: an order to their unit, a word from above, an answer.

Told once each, as a message with a button that leads there. Nothing is asked of the database but what a change names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from ..context import AppContext
from ..texts import text

if TYPE_CHECKING:
    from ...services.services import Services
    from ...workflow.event import Actor

MOST = 40
"""Of more cases than this in one change, somebody is working through a batch: nobody is told of each."""


@dataclass(frozen=True)
class Order:
    """An order in an operation that the actor's unit has not answered."""

    key: tuple[str, int]
    title: str
    words: str


@dataclass(frozen=True)
class Word:
    """A direction to the actor's unit that waits, or (``answer``) what was answered to one of the actor's own."""

    key: tuple[str, str]
    case_id: str
    code: str
    kind: str
    words: str
    answer: bool


class Alerts(QObject):
    """Lives with the context; begins anew with each person who sits down."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._context = context
        self._told: set[tuple[str, Any]] = set()
        self._since = context.services.now()
        context.changed.connect(self._changed)
        context.actor_changed.connect(self._sat_down)
        self._orders()

    def _sat_down(self, _actor: object) -> None:
        self._told.clear()
        self._since = self._context.services.now()
        self._orders()

    def _changed(self, changes: Any) -> None:
        if "operation" in changes.topics:
            self._orders()
        if changes.cases and len(changes.cases) <= MOST:
            context = self._context
            context.tasks.run(
                read_words,
                context.services,
                sorted(changes.cases),
                context.actor,
                self._since,
                owner=self,
                on_done=self._say_words,
            )

    def _orders(self) -> None:
        context = self._context
        if context.actor.unit:
            context.tasks.run(
                read_orders,
                context.services,
                context.actor,
                owner=self,
                key="orders",
                on_done=self._say_orders,
            )

    def _say_orders(self, orders: list[Order]) -> None:
        for order in orders:
            if order.key in self._told:
                continue
            self._told.add(order.key)
            words = self.tr("收到调度指令（{title}）：{words}").format(title=order.title, words=order.words)
            self._context.notify(
                words, "warning", (self.tr("响应"), partial(self._context.show_panel, "command"))
            )

    def _say_words(self, found: list[Word]) -> None:
        context = self._context
        for word in found:
            if word.key in self._told:
                continue
            self._told.add(word.key)
            kind = text.label(context.services.handbook, "arrows", word.kind)
            sentence = (
                self.tr("{kind}已回复（{code}）：{words}")
                if word.answer
                else self.tr("收到{kind}（{code}）：{words}")
            )
            context.notify(
                sentence.format(kind=kind, code=word.code, words=word.words),
                "info" if word.answer else "warning",
                (self.tr("查看"), partial(context.show_case, word.case_id)),
            )


def read_orders(services: Services, actor: Actor) -> list[Order]:
    """The orders that the actor's unit has not answered."""
    out = []
    for info in services.operations.all(actor, open=True):
        for response in services.operations.responses(info.id):
            if response.unit == actor.unit and response.answered_at is None:
                out.append(Order((info.id, response.order), info.title, response.text))
    return out


def read_words(services: Services, case_ids: list[str], actor: Actor, since: datetime) -> list[Word]:
    """Of these cases: directions since then that wait for the actor's unit, and answers to the actor's own."""
    out = []
    for case in services.cases.get_many(case_ids):
        units = {order.unit for order in (case.lead, case.inner) if order is not None}
        for direction in case.directions:
            mine = direction.by == actor.person
            answered = direction.answered_at
            if mine and answered is not None and answered > since and direction.answered_by != actor.person:
                out.append(
                    Word(
                        (direction.id, "answer"),
                        case.id,
                        case.code,
                        direction.kind,
                        direction.answer,
                        True,
                    )
                )
            elif not mine and direction.at > since and answered is None and actor.unit in units:
                out.append(
                    Word((direction.id, ""), case.id, case.code, direction.kind, direction.note, False)
                )
    return out
