"""The verification panel: send somebody to look, record what was found, and choose the outcome."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from workstation.panels.common.card import CaseCard, Facts
from workstation.panels.common.fields import Words
from workstation.panels.common.people import PersonCombo
from workstation.panels.common.photos import PhotoEntry, PhotoPane
from workstation.panels.common.phrases import phrases
from workstation.panels.common.stage_panel import StagePanel, Tab
from workstation.services.lists.filter import CaseFilter
from workstation.services.services import Services
from workstation.shell.context import AppContext
from workstation.shell.texts.text import duration_text, limit_text, time_text
from workstation.shell.widgets import (
    Badge,
    Card,
    FormRow,
    PhraseBar,
    ReasonDialog,
    ScrollBody,
    SectionHeader,
)
from workstation.workflow.case import State
from workstation.workflow.event import Actor

from .afterwards import PartsCard, VisitCard
from .effect import Used, VerificationView, read_to_visit, read_verification
from .outcomes import OutcomeCards

BEFORE = ("before", "check")
AFTER = ("after", "verify")
SHOWN_ROLES = BEFORE + AFTER
PHOTO_HEIGHT = 210
AFTERWARDS = frozenset({"visit", "report_up"})


class VerificationPanel(StagePanel):
    """The operator sends and records; the shift leader decides. Before and after stand side by side."""

    key = "verification"
    icon = "verify"
    foretold = ("send_verify", "close")
    posts = frozenset({"operator", "shift_leader"})
    area = "right"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        self._visits: frozenset[str] = frozenset()
        super().__init__(context, parent)

    @property
    def title(self) -> str:
        """The panel's name."""
        return self.tr("核查结案")

    def tabs(self, actor: Actor) -> list[Tab]:
        """What this post must act on comes first."""
        send = Tab(
            "fed_back",
            self.tr("待派核查"),
            CaseFilter(open=True, states=(State.FED_BACK,)),
            self.tr("没有待派核查的案卷"),
        )
        running = Tab(
            "verifying",
            self.tr("核查中"),
            CaseFilter(open=True, states=(State.VERIFYING,), found=False),
            self.tr("没有正在核查的案卷"),
        )
        found = Tab(
            "found",
            self.tr("待结案"),
            CaseFilter(open=True, states=(State.VERIFYING,), found=True),
            self.tr("没有待结案的案卷"),
        )
        out = [found, running, send] if self.may_post("close") else [send, running, found]
        if self.may_post("visit"):
            visits = CaseFilter(ids=self._visits, sort="changed")
            out.append(
                Tab("visit", self.tr("回访"), visits, self.tr("近三日办结的案卷都已回访，或没有留下电话"))
            )
        if self.may_post("report_up"):
            up = CaseFilter(to_report_up=True)
            out.append(Tab("up", self.tr("上报"), up, self.tr("没有待上报结果的上级案卷")))
        return out

    def reader(self) -> Callable[[Services, str, Actor], Any]:
        """Besides the case: collectors, time used, outcomes."""
        return read_verification

    def wants(self, view: VerificationView) -> bool:
        """Between feedback and closing; and what is over while a call or a report is due."""
        return view.case.state in (State.FED_BACK, State.VERIFYING) or bool(view.allowed & AFTERWARDS)

    # ---- how it looks -------------------------------------------------------------------------------------------

    def build(self) -> QWidget:
        """Card, photographs side by side, what was done, sending, finding, outcome."""
        scroll = ScrollBody(margin=14)
        self.card = CaseCard(self.context, photo_roles=frozenset())
        scroll.body.addWidget(self.card)
        self.visit = VisitCard(self.context)
        self.visit.ready.connect(lambda on: self.actions_bar.button("visit").setEnabled(on))
        self.texts.add("visit", self.visit.note)
        self.parts = PartsCard(self.context)
        for part in (self.visit, self.parts):
            scroll.body.addWidget(part)
        pair = QHBoxLayout()
        pair.setSpacing(8)
        self.before = PhotoPane(self.context, self.tr("处置前"))
        self.after = PhotoPane(self.context, self.tr("处置后"))
        for pane in (self.before, self.after):
            pair.addWidget(pane, 1)
        scroll.body.addLayout(pair)
        done = Card(kind="inset")
        head = QHBoxLayout()
        head.addWidget(SectionHeader(self.tr("处置情况")), 1)
        self._light = Badge()
        head.addWidget(self._light)
        done.body.addLayout(head)
        self._done = Facts()
        done.body.addWidget(self._done)
        scroll.body.addWidget(done)
        scroll.body.addWidget(self._build_send())
        scroll.body.addWidget(self._build_find())
        self._decide = Card()
        self._decide.body.addWidget(SectionHeader(self.tr("结案审核")))
        self.outcomes = OutcomeCards()
        self.outcomes.taken.connect(self.take)
        self._decide.body.addWidget(self.outcomes)
        scroll.body.addWidget(self._decide)
        scroll.body.addStretch(1)
        bar = self.actions_bar
        bar.add("fail", self.tr("核查不合格"), lambda: self._record("fail"), "danger", "close")
        bar.add("send_verify", self.tr("派核查"), self._send, "primary", "send")
        bar.add("pass", self.tr("核查合格"), lambda: self._record("pass"), "primary", "check")
        bar.add("close", self.tr("准予结案"), lambda: self.take("close"), "primary", "check")
        bar.add("report_up", self.tr("结果上报"), self.report_up, "primary", "upload")
        bar.add("visit", self.tr("登记回访"), self._visit, "primary", "phone")
        return scroll

    def _build_send(self) -> QWidget:
        self._sending = Card()
        self._sending.body.addWidget(SectionHeader(self.tr("派核查")))
        self.collector = PersonCombo()
        self.collector.changed.connect(self._ready)
        self._sending.body.addWidget(FormRow(self.tr("核查人"), self.collector, required=True))
        return self._sending

    def _build_find(self) -> QWidget:
        self._finding = Card()
        self._finding.body.addWidget(SectionHeader(self.tr("录入核查结果")))
        self.note = QPlainTextEdit()
        self.note.setFixedHeight(62)
        self.note.setTabChangesFocus(True)
        self.note.setPlaceholderText(self.tr("核查人看到的情况"))
        self.texts.add("note", self.note)
        self._finding.body.addWidget(self.note)
        self._finding.body.addWidget(PhraseBar(phrases("verify_pass") + phrases("verify_fail"), self.note))
        self.photos = PhotoEntry(self.context, "verify", self)
        self._finding.body.addWidget(FormRow(self.tr("核查照片"), self.photos))
        return self._finding

    # ---- one case -----------------------------------------------------------------------------------------------

    def show_view(self, view: VerificationView) -> None:
        """Show what was asked, what was done, and what may be decided."""
        case, base = view.case, view.base
        self.card.show_view(base)
        self.before.set_photos([photo for photo in case.photos if photo.role in BEFORE])
        self.after.set_photos([photo for photo in case.photos if photo.role in AFTER])
        for pane in (self.before, self.after):
            pane.setFixedHeight(
                PHOTO_HEIGHT if any(photo.role in SHOWN_ROLES for photo in case.photos) else 72
            )
        self._show_done(view)
        self._sending.setVisible("send_verify" in view.allowed)
        if "send_verify" in view.allowed:
            self.collector.set_people(view.collectors, view.suggested, case.id)
        last = case.verifications[-1] if case.verifications else None
        waiting = case.state is State.VERIFYING and last is not None and not last.result
        recording = "verified" in view.allowed and waiting
        self._finding.setVisible(recording)
        if not recording:
            self.photos.clear()
        deciding = self.may_post("close") and case.state is State.VERIFYING and not waiting
        self._decide.setVisible(deciding)
        self.outcomes.show_outcomes(view.outcomes, self.context.services.now(), base.unit_names)
        self.parts.show_view(view)
        self.visit.show_view(view)
        offered = set()
        if "send_verify" in view.allowed:
            offered.add("send_verify")
        if recording:
            offered |= {"pass", "fail"}
        if deciding and view.outcomes["close"].refusal is None:
            offered.add("close")
        offered |= view.allowed & AFTERWARDS
        self.actions_bar.offer(offered)
        self._ready()

    def _show_done(self, view: VerificationView) -> None:
        case, base = view.case, view.base
        now = self.context.services.now()
        lead = case.lead
        unit = base.unit_names.get(lead.unit, lead.unit) if lead else ""
        last = case.verifications[-1] if case.verifications else None
        verdict = ""
        if last is not None:
            who = base.people.get(last.by or last.to, last.by or last.to)
            if last.result:
                word = view.handbook.label("results", last.result)
                verdict = f"{word} · {who} · {time_text(last.found_at, now)}"
            else:
                verdict = self.tr("已派 {who}，等待结果").format(who=who)
        failures = sum(v.result == "fail" for v in case.verifications)
        self._done.set(
            [
                (self.tr("处置单位"), unit),
                (self.tr("处置说明"), lead.note if lead else ""),
                (self.tr("结案标准"), case.closing_standard),
                (self.tr("处置用时"), self._used_text(view.used)),
                (self.tr("核查结果"), verdict),
                (self.tr("核查说明"), last.note if last else ""),
                (self.tr("不合格"), self.tr("{n} 次").format(n=failures) if failures else ""),
            ]
        )
        late = case.overdue_counted or (view.used is not None and view.used.light == "red")
        self._light.set(self.tr("超期处置") if late else self.tr("按期处置"), "red" if late else "green")

    def _used_text(self, used: Used | None) -> str:
        if used is None:
            return ""
        # Working time is told in hours: a day of it is not a day on the wall.
        hours = f"{used.used / 60:.1f}".rstrip("0").rstrip(".")
        spent = (
            self.tr("{n} 个工作时").format(n=hours)
            if used.working
            else duration_text(timedelta(minutes=used.used))
        )
        return self.tr("{used}（时限 {limit}，{due} 截止）").format(
            used=spent,
            limit=limit_text(used.amount, used.unit),
            due=time_text(used.due_at, self.context.services.now()),
        )

    def trial_data(self, name: str) -> dict[str, Any] | None:
        """To be sent to whoever is chosen."""
        if name == "send_verify":
            return {"to": self.collector.person} if self.collector.person else None
        return {}

    def _ready(self) -> None:
        self.actions_bar.button("send_verify").setEnabled(bool(self.collector.person))

    def _changed(self, changes: Any) -> None:
        super()._changed(changes)
        # Whether the whole can be closed hangs on its parts.
        if self.view is not None and self.isVisible():
            parts = {row.id for row in self.view.children}
            if parts & changes.cases and self._wanted not in changes.cases:
                self.reload()

    # ---- calls and reports afterwards ---------------------------------------------------------------------------

    def _show_tab(self) -> None:
        super()._show_tab()
        self._read_visits()

    def _read_lists(self) -> None:
        super()._read_lists()
        self._read_visits()

    def _read_visits(self) -> None:
        if self.may_post("visit"):
            self.context.tasks.run(
                read_to_visit,
                self.context.services,
                self.context.actor,
                owner=self,
                key="visits",
                on_done=self._visits_known,
            )

    def _visits_known(self, ids: list[str]) -> None:
        """The list of who is to be called is worked out, not a filter of the store's."""
        if frozenset(ids) == self._visits:
            return
        self._visits = frozenset(ids)
        self._tabs = self.tabs(self.context.actor)
        tab = next((tab for tab in self._tabs if tab.key == self.tab), None)
        if tab is not None and tab.key == "visit":
            self.list.rows.change_filter(tab.wanted)
        self._count()

    def _visit(self) -> None:
        case = self.view.case
        self.act("visit", case, self.visit.data(), lambda _done: self.done_with(case.id))

    def report_up(self) -> None:
        """结果上报: the result goes back to the system that passed the case down (TJA-3-DOWNLINK)."""
        self.ask_for(
            "report_up",
            [Words("note", self.tr("上报说明"), required=False, height=60)],
            intro=self.tr("上级案号 {code}").format(code=self.view.case.upstream_code),
            many=True,
        )

    # ---- doing --------------------------------------------------------------------------------------------------

    def _do(self, name: str, data: dict[str, Any]) -> None:
        case = self.view.case

        def done(_result: Any) -> None:
            self.photos.clear()
            self.done_with(case.id)

        self.act(name, case, data, done)

    def _send(self) -> None:
        self._do("send_verify", {"to": self.collector.person})

    def _record(self, result: str) -> None:
        data: dict[str, Any] = {"result": result}
        if note := self.note.toPlainText().strip():
            data["note"] = note
        if photos := self.photos.photos():
            data["photos"] = photos
        self._do("verified", data)

    def take(self, name: str) -> None:
        """Choose one of the four outcomes; all but closing ask for the reason."""
        if name == "close":
            self._do("close", {})
            return
        label = self.view.handbook.label("arrows", name)
        ReasonDialog.ask(
            self,
            label,
            lambda reason: self._do(name, {"reason": reason}),
            phrases=phrases(name),
            ok_text=label,
            danger=name == "close_unqualified",
        )
