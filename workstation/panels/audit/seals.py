"""封存: which days of the log are sealed, by which key, and whether what is there now is still what was sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QTableWidgetItem, QVBoxLayout

from workstation.services.audit import log_records, proof, seals
from workstation.services.audit.proof import Cancelled, Finding, Report
from workstation.services.audit.sealing_keys import Key, keys_of
from workstation.services.audit.seals import Seal
from workstation.services.cases import scope
from workstation.services.services import Services
from workstation.shell.context import AppContext
from workstation.shell.texts.text import full_time_text
from workstation.shell.widgets import Card, button, kind_label, tool_button
from workstation.shell.widgets.tables import cell, chosen, fill, plain_table
from workstation.store import raw
from workstation.workflow.event import Actor, parse_instant

from .pages import AuditPage

SHOWN = 400
"""Seals that are listed, the newest first."""
NAMED = 200
"""Findings that are listed."""
TICK_MILLISECONDS = 150


@dataclass(frozen=True)
class Book:
    """The seals, the newest first, the keys, and how many events there are and how many came after the newest seal."""

    seals: list[Seal]
    keys: list[Key]
    events: int
    open: int


@dataclass
class Work:
    """A verification under way: what the window and the background tell each other."""

    count: int = 0
    stopped: bool = False


@dataclass(frozen=True)
class Result:
    """What came out; ``codes`` are the cases' by their ids. ``report`` is None when it was stopped."""

    report: Report | None
    codes: dict[str, str] = field(default_factory=dict)


def read_book(services: Services) -> Book:
    """Read the seals."""
    with services.db.read() as conn:
        listed = seals.seals_of(conn)
        last = listed[-1].last_log if listed else 0
        row = raw.first(conn, "SELECT count(*) FROM case_event WHERE log_id > ?", (last,))
        after = int(row[0]) if row is not None else 0
        sealed = sum(seal.events for seal in listed)
        return Book(listed[::-1][:SHOWN], keys_of(conn), sealed + after, after)


def verify(services: Services, work: Work) -> Result:
    """Hold the log against the seals."""

    def told(count: int) -> None:
        work.count = count

    # On a server a person may not read every column of the other logs: those an auditor verifies with the command.
    others = services.db.kind == "spatialite"
    with services.db.read() as conn:
        try:
            report = proof.verify(
                log_records.of_database(conn, others),
                progress=told,
                cancelled=lambda: work.stopped,
                others=others,
            )
        except Cancelled:
            return Result(None)
        ids = list(dict.fromkeys(found.case_id for found in report.findings[:NAMED] if found.case_id))
        codes = {}
        for case_id in ids:
            row = raw.first(conn, "SELECT code FROM cases WHERE id = ?", (case_id,))
            if row is not None:
                codes[case_id] = str(row[0])
    return Result(report, codes)


def finding_text(finding: Finding) -> str:
    """What is wrong, in a sentence without the case and the event."""
    translate = QCoreApplication.translate
    return {
        "changed": translate("Seals", "记录内容被改动"),
        "rewritten": translate("Seals", "记录被改写，校验值也重新计算过"),
        "redated": translate("Seals", "记录时间被改动"),
        "deleted": translate("Seals", "记录被删除"),
        "inserted": translate("Seals", "封存后插入的记录"),
        "reordered": translate("Seals", "记录在日志中的位置被改动"),
        "chain": translate("Seals", "与前一条记录不衔接"),
        "gap": translate("Seals", "前面缺少记录"),
        "case_removed": translate("Seals", "整个案卷被删除，共 {detail} 条记录"),
        "case_added": translate("Seals", "封存后插入的整个案卷，共 {detail} 条记录"),
        "seal_signature": translate("Seals", "封存的签名不符，封存被改动"),
        "seal_chain": translate("Seals", "之前的封存被删除或重做"),
        "seal_range": translate("Seals", "封存与前一天不衔接"),
        "seal_key": translate("Seals", "密钥 {detail} 不是本中心的"),
        "seal_index": translate("Seals", "封存目录已损坏"),
        "day": translate("Seals", "当天的记录与封存时不同，无法指明是哪一条"),
        "other_log": translate("Seals", "登记表 {detail} 与封存时不同"),
        "pinned": translate("Seals", "与另存的封存值不符"),
    }[finding.kind].format(detail=finding.detail)


def _stop(works: list[Work]) -> None:
    for work in works:
        work.stopped = True


class SealsPage(AuditPage):
    """The state at the top, the verification below it, the days at the bottom."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._work: Work | None = None
        self._book: Book | None = None
        box = self._box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 12)
        box.setSpacing(8)
        self.card = Card()
        head = QHBoxLayout()
        self.state = kind_label("", "section")
        self.state.setWordWrap(True)
        head.addWidget(self.state, 1)
        self.start = button(self.tr("立即核验"), "primary", "shield", self.verify_now)
        self.stop = button(self.tr("停止"), "", "close", self.stop_now)
        self.stop.hide()
        head.addWidget(self.start)
        head.addWidget(self.stop)
        head.addWidget(tool_button("refresh", self.tr("刷新"), self.reload))
        self.card.body.addLayout(head)
        self.key = kind_label("", "small")
        self.key.setWordWrap(True)
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.card.body.addWidget(self.key)
        self.bar = QProgressBar()
        self.bar.setFormat(self.tr("%v / %m 条记录"))
        self.bar.hide()
        self.card.body.addWidget(self.bar)
        box.addWidget(self.card)
        self.result = Card()
        self.said = kind_label("", "section")
        self.said.setWordWrap(True)
        self.result.body.addWidget(self.said)
        titles = (self.tr("问题"), self.tr("案卷"), self.tr("记录"), self.tr("封存日"))
        self.found = plain_table(titles, (240, 160, 60, 90), 0)
        self.found.cellDoubleClicked.connect(lambda *_: self._open())
        self.result.body.addWidget(self.found)
        self.note = kind_label("", "muted")
        self.note.setWordWrap(True)
        self.result.body.addWidget(self.note)
        self.result.hide()
        box.addWidget(self.result, 1)
        days = (self.tr("封存日"), self.tr("记录数"), self.tr("日志号"), self.tr("密钥"), self.tr("封存时间"))
        self.days = plain_table(days, (90, 70, 140, 140, 140), 4)
        box.addWidget(self.days, 1)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MILLISECONDS)
        self._tick.timeout.connect(self._show_progress)
        # Whoever goes, or closes the window, does not wait for what nobody will read.
        works: list[Work] = []
        self._works = works
        context.actor_changed.connect(lambda *_: _stop(works))
        self.destroyed.connect(lambda *_: _stop(works))

    # ---- what is sealed -----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the seals again."""
        context = self.context
        context.tasks.run(
            read_book,
            context.services,
            owner=self,
            key="book",
            on_done=self._show,
            on_error=context.say_error,
        )

    def _show(self, book: Book) -> None:
        self._book = book
        may = self._may_verify(self.context.actor)
        self.start.setEnabled(may and self._work is None)
        self.start.setToolTip("" if may else self.tr("只能看到部分案卷的岗位无法核验全部日志"))
        if not book.seals:
            self.state.setText(self.tr("日志还没有封存过"))
            self.key.setText(
                self.tr(
                    "封存由审计人员在自己的机器上用密钥完成：workstation audit keygen，workstation audit seal"
                )
            )
        else:
            newest = book.seals[0]
            words = self.tr("已封存至 {day}").format(day=newest.day)
            late = (seals.day_of(self.context.services.now()) - date.fromisoformat(newest.day)).days - 1
            if late > 0:
                words += self.tr("，其后 {n} 天尚未封存").format(n=late)
            self.state.setText(words)
            self.key.setText(
                self.tr("未封存记录 {n} 条\n最新封存值 {seal}\n签名公钥 {key}").format(
                    n=book.open,
                    seal=newest.hash,
                    key=next((k.public for k in book.keys if k.key_id == newest.key_id), newest.key_id),
                )
            )
        fill(self.days, [self._day(seal) for seal in book.seals])

    def _day(self, seal: Seal) -> Sequence[QTableWidgetItem]:
        numbers = f"{seal.first_log} – {seal.last_log}" if seal.last_log >= seal.first_log else "–"
        try:
            made = full_time_text(parse_instant(seal.made_at))
        except ValueError:
            made = seal.made_at
        told = (seal.day, str(seal.events), numbers, seal.key_id, made)
        return [cell(words, seal.day if n == 0 else "", tip=seal.hash) for n, words in enumerate(told)]

    def _may_verify(self, actor: Actor) -> bool:
        return scope.sees_all(actor, self.context.services.handbook)

    # ---- verifying ----------------------------------------------------------------------------------------------

    def verify_now(self) -> None:
        """Hold the whole log against the seals, in the background."""
        work = self._work = Work()
        self._works.append(work)
        self.start.setEnabled(False)
        self.stop.show()
        self.bar.setRange(0, self._book.events if self._book is not None else 0)
        self.bar.setValue(0)
        self.bar.show()
        self._tick.start()
        self.context.tasks.run(
            verify,
            self.context.services,
            work,
            owner=self,
            key="verify",
            on_done=self._verified,
            on_error=self._failed,
        )

    def stop_now(self) -> None:
        """Do not go on."""
        if self._work is not None:
            self._work.stopped = True

    def _show_progress(self) -> None:
        if self._work is not None:
            self.bar.setValue(min(self._work.count, self.bar.maximum()))

    def _over(self) -> None:
        self._tick.stop()
        self._work = None
        self.bar.hide()
        self.stop.hide()
        self.start.setEnabled(self._may_verify(self.context.actor))

    def _failed(self, error: BaseException) -> None:
        self._over()
        self.context.say_error(error)

    def _verified(self, result: Result) -> None:
        self._over()
        report = result.report
        if report is None:
            self.context.notify(self.tr("核验已停止"))
            return
        self.result.show()
        count = len(report.findings) + report.more
        kind = "card" if report.clean else "alarm"
        self.result.setProperty("kind", kind)
        self.result.style().unpolish(self.result)
        self.result.style().polish(self.result)
        self.said.setText(
            self.tr("未发现改动：{sealed} 条已封存记录与封存时一致，{open} 条未封存记录前后衔接").format(
                sealed=report.sealed, open=report.events - report.sealed
            )
            if report.clean
            else self.tr("发现 {n} 处问题").format(n=count)
        )
        self.found.setVisible(not report.clean)
        self._box.setStretchFactor(self.result, 0 if report.clean else 1)
        fill(self.found, [self._finding(found, result.codes) for found in report.findings[:NAMED]])
        notes = []
        if count > NAMED:
            notes.append(self.tr("只列出前 {n} 处，其余请用命令行核验查看。").format(n=NAMED))
        if self.context.services.db.kind != "spatialite":
            notes.append(self.tr("账号、查看、未遂操作和人员变更登记由 workstation audit verify 核验。"))
        self.note.setText("\n".join(notes))
        self.note.setVisible(bool(notes))

    def _finding(self, found: Finding, codes: dict[str, str]) -> Sequence[QTableWidgetItem]:
        told = (
            finding_text(found),
            codes.get(found.case_id, found.case_id),
            str(found.seq) if found.seq else "",
            found.day,
        )
        known = found.case_id if found.case_id in codes else ""
        tip = self.tr("日志号 {n}").format(n=found.log_id) if found.log_id else ""
        return [cell(words, known if n == 0 else "", tip=tip) for n, words in enumerate(told)]

    def _open(self) -> None:
        if case_id := chosen(self.found):
            self.context.show_case(case_id)
