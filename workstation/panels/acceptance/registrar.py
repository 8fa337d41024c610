"""What the acceptance panel's buttons do: register, send to be checked, merge, answer, reject, record a check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from workstation.panels.common.action import ActionDialog
from workstation.panels.common.fields import Given, Words
from workstation.panels.common.phrases import phrases
from workstation.panels.common.split import SplitDialog
from workstation.shell.context import AppContext
from workstation.shell.widgets import ReasonDialog

from .draft import Draft

if TYPE_CHECKING:
    from .panel import AcceptancePanel


@dataclass(frozen=True)
class MergeTarget:
    """The case that stays, by its id."""

    id: str


class Registrar(QObject):
    """Acts for one panel on what its form, or the case it shows, says."""

    def __init__(self, context: AppContext, panel: AcceptancePanel) -> None:
        super().__init__(panel)
        self._context = context
        self._panel = panel

    def register(self) -> None:
        """Register what the form says; then the form is ready for the next call."""
        self._register(lambda _case: None)

    def register_and_send(self) -> None:
        """Register and send the chosen collector to check in one go."""
        to = self._panel.form.collector.person
        if not to:
            self._panel.form.collector_row.set_error(self.tr("请选择核实人"))
            self._panel.form.collector.setFocus()
            return
        self._register(lambda case: self._context.execute("send_check", case, {"to": to}, owner=self))

    def _register(self, then: Callable[[Any], object]) -> None:
        draft = self._panel.form.draft()
        if not self._panel.form.show_missing(draft.missing()):
            return
        case = self._panel.view.case if draft.case_id and self._panel.view is not None else None

        def done(result: Any) -> None:
            self._registered(draft)
            then(result.case)

        self._lock(True)
        name = "register" if case is not None else self._panel.first_move
        self._context.execute(name, case, draft.data(), done, lambda _error: self._lock(False), owner=self)

    def _lock(self, locked: bool) -> None:
        """While a registration is on its way it is not sent twice."""
        for name in ("register", "register_send", "report", "answer"):
            self._panel.actions_bar.button(name).setEnabled(not locked)

    def _registered(self, draft: Draft) -> None:
        self._lock(False)
        if self._panel.first_move == "register":
            self._context.settings.setValue("acceptance/source", draft.source)
        self._panel.finished(draft)

    def merge_into(self, into: str) -> None:
        """The report is the same as that open case: keep it as a case of its own, merged into the other."""
        draft = self._panel.form.draft()

        def agreed(reason: str) -> None:
            data = {"into": into, "reason": reason}
            if draft.case_id and self._panel.view is not None:
                self._context.execute(
                    "merge", self._panel.view.case, data, lambda _done: self._registered(draft), owner=self
                )
            else:
                self._register(lambda case: self._context.execute("merge", case, data, owner=self))

        if not draft.case_id and not self._panel.form.show_missing(draft.missing()):
            return
        # What happens to the case that stays is what matters here: it takes note, and its clocks go on.
        dialog = ActionDialog(
            self._context,
            "absorb",
            [MergeTarget(into)],
            [Words("reason", self.tr("理由"), phrases=phrases("merge"))],
            lambda data: agreed(str(data["reason"])),
            self._panel,
            title=self._context.label("arrows", "merge"),
            intro=self.tr("这一上报登记后并入已有案卷，自身的计时停止；已有案卷记下这一重复上报。"),
            trial=lambda: {"duplicate": draft.case_id or "new", "reason": "-"},
        )
        dialog.open()

    def answer(self) -> None:
        """Answer an enquiry without a case."""
        if not self._panel.in_form:
            self.ask("answer")
            return
        draft = self._panel.form.draft()
        case = self._panel.view.case if draft.case_id and self._panel.view is not None else None
        names = ("source", "description", "reporter", "reporter_phone", "address", "lon", "lat", "grid")
        told = {name: value for name, value in draft.data().items() if name in names}

        def agreed(reason: str) -> None:
            self._context.execute(
                "answer", case, told | {"reason": reason}, lambda _done: self._registered(draft), owner=self
            )

        label = self._context.label("arrows", "answer")
        ReasonDialog.ask(
            self._panel, label, agreed, phrases=phrases("answer"), ok_text=label, caption=self.tr("答复内容")
        )

    def ask(self, name: str) -> None:
        """Do that with the case that is shown, for a reason; what it does to the clocks is said before."""
        panel, case = self._panel, self._panel.view.case

        def done(_result: Any) -> None:
            panel.checks.photos.clear()
            panel.case_done(case.id)

        fields = [Words("reason", self.tr("理由"), phrases=phrases(name))]
        panel.ask_for(name, fields, done, danger=name == "reject")

    def propose_void(self) -> None:
        """提请作废: asked for here, agreed to by the shift leader."""
        new = self._context.services.cases.new_command_id()
        self._panel.ask_for(
            "propose_void",
            [Given("request_id", lambda: new), Words("reason", self.tr("理由"), phrases=phrases("void"))],
            lambda _done: None,
            intro=self.tr("须由值班长或指挥长批准，提请人不能批准。"),
        )

    def withdraw(self) -> None:
        """Take back what was proposed and nobody has answered."""
        request = self._panel.view.case.pending("void")
        if request is not None:
            self._do("withdraw_request", {"request_id": request.id}, self._panel.view.case)

    def split(self) -> None:
        """登记子案卷: the parts of a problem that others have to dispose of."""
        SplitDialog(self._context, self._panel.view.base, self._panel).open()

    def _do(self, name: str, data: dict[str, Any], case: Any) -> None:
        def done(_result: Any) -> None:
            self._panel.checks.photos.clear()
            self._panel.case_done(case.id)

        self._panel.act(name, case, data, done)

    def send_check(self) -> None:
        """Send the chosen collector to check the case that is shown."""
        self._do("send_check", {"to": self._panel.checks.collector.person}, self._panel.view.case)

    def record(self, result: str) -> None:
        """Write down what the collector found: true_report or false_report."""
        data: dict[str, Any] = {"result": result}
        if note := self._panel.checks.note.toPlainText().strip():
            data["note"] = note
        if photos := self._panel.checks.photos.photos():
            data["photos"] = photos
        self._do("checked", data, self._panel.view.case)
