"""What an action would do to the clocks, asked before it is done: which start, stop, pause or move, and by which article."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication

from workstation.services.services import Services
from workstation.shell.texts.text import label, limit_text, refusal_text, remaining_text, time_text
from workstation.workflow.case import Case, ClockRun
from workstation.workflow.event import Actor, Refusal
from workstation.workflow.handbook import Handbook

from .clocks import main_clock


@dataclass(frozen=True)
class ClockEffect:
    """One clock that an action touches. ``what``: start, stop, pause, resume or move (of its deadline)."""

    what: str
    before: ClockRun | None
    after: ClockRun


@dataclass(frozen=True)
class Consequence:
    """What an action would do to one case. ``article`` is what the arrow rests on; ``after`` None: it is refused."""

    name: str
    before: Case | None
    after: Case | None
    refusal: Refusal | None
    clocks: tuple[ClockEffect, ...]
    article: str
    handbook: Handbook


def clock_effects(before: Case, after: Case) -> tuple[ClockEffect, ...]:
    """What became of the clocks between two states of a case. Runs are only ever added, so their places compare."""
    out = []
    for old, new in zip(before.clocks, after.clocks, strict=False):
        if old.stopped_at is None and new.stopped_at is not None:
            out.append(ClockEffect("stop", old, new))
        elif new.stopped_at is None and old.due_at != new.due_at:
            what = "pause" if new.due_at is None else "resume" if old.due_at is None else "move"
            out.append(ClockEffect(what, old, new))
    out += [
        ClockEffect("start", None, run)
        for run in after.clocks[len(before.clocks) :]
        if run.stopped_at is None
    ]
    return tuple(out)


DataOf = Callable[[str], Mapping[str, Any]]


def consequences(
    services: Services, name: str, case_ids: Sequence[str], data: Mapping[str, Any] | DataOf, actor: Actor
) -> list[Consequence]:
    """Ask what the action would do to each of the cases. ``data`` may differ by case id. Writes nothing."""
    out = []
    for case_id in case_ids:
        values = dict(data(case_id) if callable(data) else data)
        preview = services.cases.preview(name, [case_id], values, actor)[0]
        before, after = preview.before, preview.after
        handbook = services.handbook if before is None else services.handbook_of(before)
        arrow = handbook.arrow(name)
        clocks = clock_effects(before, after) if before is not None and after is not None else ()
        out.append(
            Consequence(
                name, before, after, preview.refusal, clocks, arrow.article if arrow else "", handbook
            )
        )
    return out


def consequence(
    services: Services, name: str, case_id: str, data: Mapping[str, Any], actor: Actor
) -> Consequence:
    """The same for one case."""
    return consequences(services, name, [case_id], data, actor)[0]


def foremost(told: Consequence) -> list[ClockEffect]:
    """The effects, those on the stages' own clocks before those on milestones and what key cases report."""

    def behind(effect: ClockEffect) -> bool:
        spec = told.handbook.clocks.get(effect.after.name)
        return spec is None or spec.key_cases

    return sorted(told.clocks, key=behind)


def foresee_each(
    services: Services, case_id: str, moves: Mapping[str, Mapping[str, Any]], actor: Actor
) -> dict[str, Consequence]:
    """What each of several moves (name → data) would do to one case."""
    return {name: consequence(services, name, case_id, data, actor) for name, data in moves.items()}


def rests_on(handbook: Handbook, article: str) -> str:
    """An article as it is shown, 《…》第25条; "" for what rests on no document."""
    if not article:
        return ""
    told = handbook.article(article)
    if not told.document:
        return ""
    return QCoreApplication.translate("Effects", "《{title}》{where}").format(
        title=told.document, where=told.where
    )


def effect_text(effect: ClockEffect, handbook: Handbook, now: datetime) -> str:
    """One clock's effect in a sentence."""
    translate = QCoreApplication.translate
    run, old = effect.after, effect.before
    what = label(handbook, "clocks", run.name)
    if run.name in handbook.milestones:
        what = handbook.milestones[run.name].label
    due = time_text(run.due_at, now)
    if effect.what == "start":
        limit = limit_text(run.amount + run.extended, run.unit)
        return translate("Effects", "{what}计时开始：时限 {limit}，{due} 截止").format(
            what=what, limit=limit, due=due
        )
    if effect.what == "stop" and old is not None and old.due_at is not None:
        return translate("Effects", "{what}计时停止（{left}）").format(
            what=what, left=remaining_text(old.due_at, now)
        )
    if effect.what == "pause" and old is not None:
        return translate("Effects", "{what}计时暂停，恢复后接着计（现{left}）").format(
            what=what, left=remaining_text(old.due_at, now)
        )
    if effect.what == "resume":
        return translate("Effects", "{what}计时恢复，{due} 截止").format(what=what, due=due)
    if effect.what == "move" and old is not None:
        return translate("Effects", "{what}截止由 {before} 改为 {after}").format(
            what=what, before=time_text(old.due_at, now), after=due
        )
    return translate("Effects", "{what}计时停止").format(what=what)


def still_text(case: Case, handbook: Handbook, now: datetime) -> str:
    """That no clock is touched, and until when the one that matters runs."""
    translate = QCoreApplication.translate
    clock = main_clock(case)
    if clock is None:
        return translate("Effects", "不影响计时。")
    what = label(handbook, "clocks", clock.name)
    if clock.due_at is None:
        return translate("Effects", "计时不受影响，{what}仍在暂停中。").format(what=what)
    return translate("Effects", "计时不停，{what}仍须在 {due} 前完成（{left}）。").format(
        what=what, due=time_text(clock.due_at, now), left=remaining_text(clock.due_at, now)
    )


def effect_lines(told: Consequence, now: datetime, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """The sentences for one case, each with what it rests on; the refusal alone where it is refused."""
    book = told.handbook
    if told.refusal is not None:
        return [(refusal_text(told.refusal, book, names), "")]
    out = []
    for effect in told.clocks:
        article = effect.after.article if effect.what == "start" else told.article
        out.append((effect_text(effect, book, now), rests_on(book, article)))
    if not out and told.after is not None:
        out.append((still_text(told.after, book, now), rests_on(book, told.article)))
    return out
