"""The two switches, and what the second one does: plain cases are dispatched without anybody's hand, and marked as that.

It is done at the seat of a dispatcher, under that person's own post and right, by the clock of the seat: the database gives nobody a
right for it that a dispatcher has not (``docs/adr/0029``). It touches only cases that were never dispatched: what was recalled or
returned is a person's to decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ...store import changes, raw
from ...workflow.case import Case, State
from ...workflow.event import Actor, Command, Refusal, format_instant
from ...workflow.handbook import Handbook
from ..cases.perform import Done
from ..errors import Refused
from ..lists.filter import CaseFilter
from . import rules
from .advice import FIELD, MOVE, advice
from .rules import AUTOMATIC, SettingWrong

if TYPE_CHECKING:
    from ..services import Services

AT_ONCE = 50
"""Cases in one turn of the clock."""
_SENT = ("dispatch", "rapid", "first_response", "assign")


class Automatic:
    """Switches and automatic dispatch of an open city."""

    def __init__(self, services: Services) -> None:
        self._services = services

    # ---- the switches --------------------------------------------------------------------------------------------

    def may_set(self, actor: Actor, key: str, value: str) -> bool:
        """Whether the post may set it: whoever approves what holds in the city; and who dispatches may stop the automatic."""
        handbook = self._services.handbook
        if actor.post in handbook.approve_posts:
            return True
        return (key, value) == (AUTOMATIC, "off") and _dispatches(handbook, actor)

    def set(self, key: str, value: str, actor: Actor) -> None:
        """Set one of the recommender's settings (:data:`rules.DEFAULTS`).

        SettingWrong: it cannot be that. Refused wrong_post: not by this post; on PostGIS the database says so too.
        """
        if rules.problem(key, value):
            raise SettingWrong(key, value)
        if not self.may_set(actor, key, value):
            posts = list(self._services.handbook.approve_posts)
            raise Refused(Refusal("wrong_post", {"arrow": key, "post": actor.post, "posts": posts}))
        with self._services.db.write() as conn:
            for name, text in ((key, value), (f"{key}.by", actor.person)):
                raw.cursor(conn, "DELETE FROM city WHERE key = ?", (name,))
                raw.cursor(conn, "INSERT INTO city (key, value) VALUES (?, ?)", (name, text))
            number = changes.add(conn, "city", key, format_instant(self._services.now()))
        self._services.announce(["city"], [number])

    # ---- what it does --------------------------------------------------------------------------------------------

    def run(self, actor: Actor) -> list[Done]:
        """Dispatch what is plain, as the actor; what was dispatched.

        Nothing while either switch is off, for a post that does not dispatch, while the server is away, and for cases filed so
        lately that somebody may be at them. Any number of seats may do it at once: each case goes once.
        """
        services = self._services
        if (
            not _dispatches(services.handbook, actor)
            or services.db.read_only
            or not services.link.state.online
        ):
            return []
        switches = services.recommending.switches()
        if not (switches.automatic and switches.recommend):
            return []
        cases = self._waiting(switches.rules.wait_seconds, actor)
        found = services.recommending.recommend_many(cases, actor) if cases else []
        commands = []
        for case, told in zip(cases, found, strict=True):
            best = told.best
            if best is None or best.shortfalls or best.score < switches.rules.threshold:
                continue
            data = self._data(case, best.unit)
            if data is not None:
                data[FIELD] = advice(told, best.unit, "automatic")
                # The same at every seat for the case as it stands: whoever comes second does nothing.
                name = f"automatic/{case.id}/{case.seq}"
                commands.append(Command(MOVE, case.id, name, data, case.seq))
        answers = services.cases.execute_many(commands, actor) if commands else []
        return [answer for answer in answers if isinstance(answer, Done)]

    def _waiting(self, seconds: float, actor: Actor) -> Sequence[Case]:
        services = self._services
        filter = CaseFilter(open=True, states=(State.FILED,), coordinating=False)
        rows = services.lists.seen_by(actor).page(filter, None, AT_ONCE).rows
        before = services.now() - timedelta(seconds=seconds)
        cases = [
            case
            for case in services.cases.get_many([row.id for row in rows])
            if case.filed_at is not None and (case.changed_at or case.filed_at) <= before
        ]
        if not cases:
            return []
        marks, kinds = ", ".join("?" for _ in cases), ", ".join("?" for _ in _SENT)
        query = f"SELECT DISTINCT case_id FROM case_event WHERE case_id IN ({marks}) AND kind IN ({kinds})"
        with services.db.read() as conn:
            sent = {row[0] for row in raw.all_rows(conn, query, (*(case.id for case in cases), *_SENT))}
        return [case for case in cases if case.id not in sent]

    def _data(self, case: Case, unit: str) -> dict[str, Any] | None:
        """What is sent; None where the handbook wants what only a person can say, or does not keep what was recommended."""
        arrow = self._services.handbook_of(case).arrow(MOVE)
        if arrow is None or arrow.field(FIELD) is None:
            return None
        data: dict[str, Any] = {"unit": unit}
        for spec in arrow.fields:
            if spec.required and spec.name == "requirement" and case.closing_standard:
                data["requirement"] = case.closing_standard
            elif spec.required and spec.name != "unit":
                return None
        return data


def _dispatches(handbook: Handbook, actor: Actor) -> bool:
    arrow = handbook.arrow(MOVE)
    return arrow is not None and actor.post in arrow.posts
