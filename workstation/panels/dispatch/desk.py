"""Whoever carries out what was dropped: tells what a drop would do, sends, says what became of each case, takes it back.

There is one for a seat, made when something is dragged for the first time; no panel has to be open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from workstation.map.dragging import DropInfo
from workstation.map.targets import COLLECTOR, UNIT, Target
from workstation.panels.common.drags import DropGuide
from workstation.panels.common.drop import ERRANDS, DropFacts, errand_facts
from workstation.services.errors import Conflict
from workstation.services.services import Services
from workstation.shell.context import AppContext, Clash
from workstation.shell.texts.text import error_text
from workstation.workflow.event import Actor

from .sending import PORTION, Outcome, Planned, Sending, back_of, plan, send, send_anew, take_back, way_back

REMEMBERED = 20
"""So many sendings can be taken back one after the other."""


class DispatchDesk(QObject):
    """Listens to :class:`workstation.shell.cases.drags.Drags`. ``told(info)``: what each target would mean; ``progressed(done,
    all)`` while many are under way; ``sent(Sending)`` when all of it is done."""

    told = Signal(object)
    progressed = Signal(int, int)
    sent = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._context = context
        self._history: list[Sending] = []
        self._seen: dict[str, int] = {}
        self._running: Sending | None = None
        self._queue: list[tuple[Sequence[str], Target, Mapping[str, Any]]] = []
        self.guide = DropGuide(context, None, self, lambda: self.may("dispatch"))
        self._over: Target | None = None
        self.guide.told.connect(self._facts_known)
        drags = context.drags
        drags.began.connect(self._begin)
        drags.dropped.connect(self._dropped)
        drags.pointed.connect(self._pointed)
        context.changed.connect(self._changed)
        context.actor_changed.connect(self._actor_changed)

    # ---- who may ------------------------------------------------------------------------------------------------

    def may(self, *moves: str) -> bool:
        """Whether the actor's post takes one of these arrows in the handbook in force."""
        handbook, post = self._context.services.handbook, self._context.actor.post
        arrows = [arrow for move in moves if (arrow := handbook.arrow(move)) is not None]
        return any(post in arrow.posts for arrow in arrows)

    def _actor_changed(self, _actor: Actor) -> None:
        """What somebody else has sent is not the next one's to take back."""
        self.stop()
        self._history.clear()
        self._seen.clear()
        self.guide.forget()

    def _changed(self, changes: Any) -> None:
        if changes.cases or "unit" in changes.topics:
            self.guide.forget()

    # ---- while dragging -----------------------------------------------------------------------------------------

    def _begin(self, ids: Sequence[str]) -> None:
        self._context.tasks.run(
            _seqs,
            self._context.services,
            list(ids),
            self._context.actor,
            owner=self,
            on_done=self._seen.update,
        )
        self._over = None
        self.guide.begin(ids)

    def _facts_known(self, info: Mapping[str, DropInfo]) -> None:
        """Also a marker that was pointed at before anything was known can be told now."""
        self.told.emit(info)
        if self._over is not None and self._over.kind != COLLECTOR:
            self._pointed(self._over)

    def _pointed(self, target: Target) -> None:
        """A marker is under the drag: a crew is told as its unit is, a collector is asked about."""
        self._over = target
        if target.kind == COLLECTOR:
            if self.may(*ERRANDS):
                self._ask_errand(target)
            else:
                self._tell(target, DropInfo(target.name, [self.tr("本岗位不派核实、核查")], allowed=False))
            return
        facts = self.guide.answer.facts.get(target.unit or target.id)
        if facts is not None:
            title = self.tr("{name} · {unit}").format(name=target.name, unit=facts.name)
            self._tell(target, self.guide.info(facts, title))
        elif not self.may("dispatch"):
            self._tell(target, DropInfo(target.name, [self.tr("本岗位不派遣")], allowed=False))

    def _ask_errand(self, target: Target) -> None:
        ids = self._under_way()
        if ids:
            self._context.tasks.run(
                errand_facts,
                self._context.services,
                ids,
                self._context.actor,
                target.id,
                target.name,
                owner=self,
                key="errand",
                on_done=partial(self._tell_errand, target),
            )

    def _under_way(self) -> list[str]:
        return next((c.drops.state.ids for c in self._context.canvases if c.drops.state.active), [])

    def _tell_errand(self, target: Target, facts: DropFacts) -> None:
        self._tell(target, self.errand_info(facts))

    def errand_info(self, facts: DropFacts) -> DropInfo:
        """What sending a collector would do; that it cannot be taken back is said before, where that is so."""
        info = self.guide.info(facts)
        if not info.allowed or back_of(self._context.services.handbook, facts.move):
            return info
        return replace(info, lines=[*info.lines, self.tr("派出后不能撤回，等反馈")])

    def _tell(self, target: Target, info: DropInfo) -> None:
        self._context.drags.tell({target.key: info})

    # ---- sending ------------------------------------------------------------------------------------------------

    def _dropped(self, ids: Sequence[str], target: Target, careful: bool) -> None:
        moves = ERRANDS if target.kind == COLLECTOR else ("dispatch", "rapid")
        if not self.may(*moves):
            if target.kind != UNIT or not self.may("dispatch_inside"):  # a district's own panel takes it
                self._context.notify(self.tr("本岗位不派遣案卷，请换到派遣岗位"), "warning")
            return
        if careful:
            self.ask_and_send(ids, target)
        else:
            self.send(ids, target)

    def choose_target(self, ids: Sequence[str] = ()) -> None:
        """Ask who is to get these cases (none: those that are chosen), then send them."""
        from .chooser import TargetChooser

        chosen = self._context.selection
        wanted = list(ids) or sorted(chosen.ids, key=lambda case_id: (case_id != chosen.current, case_id))
        if wanted and self.may("dispatch", *ERRANDS):
            TargetChooser(self._context, self, wanted, self._host()).open()
        elif wanted:
            self._context.notify(self.tr("本岗位不派遣案卷，请换到派遣岗位"), "warning")

    def ask_and_send(self, ids: Sequence[str], target: Target) -> None:
        """Let what is sent be filled in before."""
        from .requirement import RequirementDialog

        RequirementDialog(self._context, ids, target, partial(self.send, ids, target), self._host()).open()

    def _host(self) -> Any:
        return self._context.main_canvas.window()

    def send(self, ids: Sequence[str], target: Target, data: Mapping[str, Any] | None = None) -> None:
        """Send these cases there, in the background; one sending after the other. What is told follows."""
        prepared = self._context.drags.prepared
        filled = (prepared(ids) if prepared is not None and data is None else data) or {}
        if target.kind in ("crew", "vehicle") and "requirement" not in filled:
            filled = {**filled, "requirement": self.tr("请{name}前往处置").format(name=target.name)}
        if self._running is not None:
            self._queue.append((list(ids), target, filled))
            return
        self._running = Sending(target)
        self._context.tasks.run(
            plan,
            self._context.services,
            list(ids),
            target,
            filled,
            dict(self._seen),
            self._context.actor,
            owner=self,
            on_done=partial(self._planned, self._running),
            on_error=self._failed,
            priority=1,
        )

    def _planned(self, sending: Sending, planned: tuple[Planned, ...]) -> None:
        sending.planned = planned
        if len(planned) > PORTION:
            from .progress import ProgressCard

            ProgressCard(self._context, self, len(planned))
        self._go_on(sending)

    def _go_on(self, sending: Sending) -> None:
        done = len(sending.outcomes)
        rest = sending.planned[done : done + PORTION]
        if not rest or sending.stopped:
            self._finish(sending)
            return
        self.progressed.emit(done, len(sending.planned))
        self._context.tasks.run(
            send,
            self._context.services,
            rest,
            self._context.actor,
            owner=self,
            on_done=partial(self._portion, sending),
            on_error=self._failed,
            priority=1,
        )

    def _portion(self, sending: Sending, outcomes: list[Outcome]) -> None:
        sending.outcomes += outcomes
        self._go_on(sending)

    def stop(self) -> None:
        """Send no more of what is under way; what has gone has gone, and can be taken back."""
        self._queue.clear()
        if self._running is not None:
            self._running.stopped = True

    def _failed(self, error: BaseException) -> None:
        """The database could not be reached or written: what had gone before is told, the rest has not gone."""
        sending, self._running = self._running, None
        self._context.say_error(error)
        if sending is not None:
            self._remember(sending)
            self.sent.emit(sending)
        self._next()

    def _finish(self, sending: Sending) -> None:
        self._running = None
        self._remember(sending)
        self._say(sending)
        self.sent.emit(sending)
        self._next()

    def _next(self) -> None:
        if self._queue:
            ids, target, data = self._queue.pop(0)
            self.send(ids, target, data)

    def _remember(self, sending: Sending) -> None:
        if sending.outcomes:
            self._history = [*self._history, sending][-REMEMBERED:]
        self.guide.forget()

    def record(self, target: Target, move: str, data: Mapping[str, Any], done: Any) -> None:
        """Something was sent one by one, by a button: it is taken back by the same key as what was dropped."""
        case = done.case
        kept = bool(getattr(done, "kept", False))
        planned = Planned(case.id, None, move, data)
        self._remember(Sending(target, (planned,), [Outcome(case.id, None, move, data, case, kept=kept)]))

    # ---- what is said -------------------------------------------------------------------------------------------

    @property
    def last(self) -> Sending | None:
        """What was sent last and not taken back."""
        return self._history[-1] if self._history else None

    def move_words(self, outcomes: Sequence[Outcome]) -> str:
        """What was done with these, as the handbook calls it: of several ways the first."""
        moves = dict.fromkeys(one.move for one in outcomes if one.move)
        return "/".join(self._context.label("arrows", move) for move in moves) or self.tr("派遣")

    def why(self, error: BaseException) -> str:
        """Why a case did not go, in words."""
        return error_text(error, self._context.services.handbook, self._context.names)

    def _say(self, sending: Sending) -> None:
        sent, not_sent = sending.sent, sending.not_sent
        kept = [one for one in sent if one.kept]
        if kept:
            words = self.tr("「{action}」{n} 件已存在本机，恢复后自动送出")
            self._context.notify(
                words.format(action=self.move_words(kept), n=len(kept)),
                "info",
                (self.tr("查看"), self._context.link.shown_asked.emit),
            )
        if len(sending.planned) == 1 and not_sent and not_sent[0].late:
            self._clash(sending, not_sent[0])
            return
        left = len(sending.planned) - len(sending.outcomes)
        if not_sent or left:
            words = self.tr("「{action}」完成 {good} 件，{bad} 件未办：{first}")
            first = self.why(not_sent[0].error) if not_sent and not_sent[0].error else self.tr("已停止")
            self._context.notify(
                words.format(
                    action=self.move_words(sent or not_sent),
                    good=len(sent),
                    bad=len(not_sent) + left,
                    first=first,
                ),
                "warning",
                (self.tr("查看"), partial(self.show_results, sending)),
            )
        elif sent and len(sent) > len(kept):
            self._context.notify(self._done_words(sending), "success", self._undo_action(sending))

    def _done_words(self, sending: Sending) -> str:
        words = self._sent_words(sending)
        if any(back_of(self._context.services.handbook, one.move) for one in sending.sent):
            return words
        return self.tr("{done}（不能撤回，等反馈）").format(done=words)

    def _sent_words(self, sending: Sending) -> str:
        sent = sending.sent
        name = sending.target.name or self._context.name_of(sending.target.id)
        if len(sent) == 1:
            case = sent[0].case
            what = " ".join(part for part in (case.code, case.class_name) if part) or case.id
            words = self.tr("「{action}」已完成 · {case} → {name}")
            return words.format(action=self.move_words(sent), case=what, name=name)
        words = self.tr("「{action}」已完成 {n} 件 → {name}")
        return words.format(action=self.move_words(sent), n=len(sent), name=name)

    def _undo_action(self, sending: Sending) -> tuple[str, Callable[[], None]] | None:
        handbook = self._context.services.handbook
        if any(way_back(handbook, one) for one in sending.sent):
            return self.tr("撤销"), partial(self.undo, sending)
        return None

    def _clash(self, sending: Sending, one: Outcome) -> None:
        """A single case that somebody else was quicker with is shown with what happened and what is left to do."""

        def redo(case: Any) -> None:
            self._seen[case.id] = case.seq
            self.send([case.id], sending.target)

        self._context.clashed.emit(
            Clash(one.move or "dispatch", dict(one.data), one.error or ValueError(), redo)
        )

    def show_results(self, sending: Sending | None = None) -> None:
        """List what became of each case of a sending (None: of the last)."""
        from .results import ResultsDialog

        which = sending or self.last
        if which is None:
            self._context.notify(self.tr("还没有派遣过案卷"), "info")
        else:
            ResultsDialog(self._context, self, which, self._host()).open()

    # ---- taking back --------------------------------------------------------------------------------------------

    def undo(self, sending: Sending | None = None) -> None:
        """Take back all that this sending (None: the last) sent, as far as it is not received yet."""
        which = sending or self.last
        if which is None:
            self._context.notify(self.tr("没有可以撤销的派遣"), "info")
            return
        if which in self._history:
            self._history.remove(which)
        self._context.tasks.run(
            take_back,
            self._context.services,
            tuple(which.outcomes),
            self.tr("撤销"),
            self._context.actor,
            owner=self,
            on_done=partial(self._taken_back, which),
            on_error=self._context.say_error,
            priority=1,
        )

    def _taken_back(self, sending: Sending, outcomes: list[Outcome]) -> None:
        sending.outcomes = list(outcomes)
        done = [one for one in outcomes if one.back == "done"]
        refused = [one for one in outcomes if one.back == "refused"]
        stays = [one for one in outcomes if one.error is None and not one.back]
        self.guide.forget()
        self.sent.emit(sending)
        if not refused and not stays:
            self._context.notify(self.tr("已撤回 {n} 件").format(n=len(done)), "success")
            return
        why = self._stays_words(refused)
        words = self.tr("撤回 {good} 件，{bad} 件不能撤回：{why}")
        self._context.notify(
            words.format(good=len(done), bad=len(refused) + len(stays), why=why),
            "warning",
            (self.tr("查看"), partial(self.show_results, sending)),
        )

    def _stays_words(self, refused: Sequence[Outcome]) -> str:
        if not refused:
            return self.tr("手册没有撤回它的环节")
        error = refused[0].stays
        if isinstance(error, Conflict):
            state = self._context.label("states", error.case.state)
            return self.tr("案卷已往下办理（{state}）").format(state=state)
        return self.why(error) if isinstance(error, BaseException) else ""

    # ---- other words afterwards -----------------------------------------------------------------------------------

    def ask_anew(self, sending: Sending | None = None) -> None:
        """Change the requirement of what was sent and is not yet received."""
        from .requirement import RequirementDialog

        which = sending or self.last
        handbook = self._context.services.handbook
        going = [one for one in which.sent if way_back(handbook, one)] if which is not None else []
        if which is None or not going:
            self._context.notify(self.tr("没有可以修改要求的派遣"), "info")
            return
        RequirementDialog(
            self._context,
            [one.case_id for one in going],
            which.target,
            partial(self._send_anew, which, going),
            self._host(),
            before=str(going[0].data.get("requirement", "")),
        ).open()

    def _send_anew(self, sending: Sending, going: Sequence[Outcome], data: Mapping[str, Any]) -> None:
        self._context.tasks.run(
            send_anew,
            self._context.services,
            tuple(going),
            {"requirement": "", **data},
            self.tr("修改派遣要求"),
            self._context.actor,
            owner=self,
            on_done=partial(self._sent_anew, sending),
            on_error=self._context.say_error,
            priority=1,
        )

    def _sent_anew(self, sending: Sending, outcomes: list[Outcome]) -> None:
        known = {one.case_id: one for one in outcomes if one.error is None}
        failed = [one for one in outcomes if one.error is not None]
        sending.outcomes = [known.get(one.case_id, one) for one in sending.outcomes]
        if failed and failed[0].error is not None:
            words = self.tr("{good} 件已改要求，{bad} 件未改：{why}")
            why = self.why(failed[0].error)
            self._context.notify(words.format(good=len(known), bad=len(failed), why=why), "warning")
        else:
            self._context.notify(self.tr("{n} 件已按新要求派遣").format(n=len(known)), "success")


def _seqs(services: Services, ids: list[str], actor: Actor) -> dict[str, int]:
    """How far each case is now: what moves it on afterwards was somebody else."""
    return services.lists.seen_by(actor).numbers(ids)
