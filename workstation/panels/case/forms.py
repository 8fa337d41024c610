"""Doing any move of the flow: at once where nothing is asked, else by a form made from the arrow's fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from workstation.panels.common.effectnote import EffectNote
from workstation.panels.common.fields import Field, trial_values, values
from workstation.services.cases.scope import case_for
from workstation.services.errors import Conflict
from workstation.services.services import Services
from workstation.shell.context import AppContext
from workstation.shell.texts.text import error_text
from workstation.shell.widgets import Dialog, kind_label
from workstation.workflow.case import Case
from workstation.workflow.event import Actor
from workstation.workflow.flow import Arrow, FieldSpec

from .directing import DIRECTING, direct
from .fields import Surroundings, field_for
from .linking import LINKING, open_linking

# Moves that need more than a form: the panel that does them.
PANEL_OF = {
    "report": "acceptance",
    "register": "acceptance",
    "file": "filing",
    "dispatch": "dispatch",
}
DANGER = frozenset(
    {"void", "reject", "close_unqualified", "grant_void", "ask_void", "propose_void", "transfer"}
)
SETTLE_MILLISECONDS = 200
"""What is typed in quick succession is asked about once."""
UNDO: Mapping[str, str] = {"dispatch": "recall"}


@dataclass(frozen=True)
class Moves:
    """What the actor may do with a case now, and what its forms offer."""

    case: Case
    arrows: tuple[Arrow, ...]
    around: Surroundings


def read_moves(services: Services, case_id: str, actor: Actor) -> Moves:
    """Read a case and what may be done with it."""
    case = case_for(services, case_id, actor)
    arrows = tuple(services.cases.allowed(case, actor))
    return Moves(case, arrows, Surroundings(services.units.all(), services.people.all()))


def take(
    context: AppContext,
    moves: Moves,
    arrow: Arrow,
    parent: QWidget | None,
    fixed: Mapping[str, Any] | None = None,
) -> Dialog | None:
    """Do one move: go to its panel, do it at once, or open its form (returned). ``fixed``: values that are known."""
    if arrow.name in PANEL_OF:
        context.selection.set({moves.case.id}, moves.case.id)
        context.show_panel(PANEL_OF[arrow.name])
        return None
    if arrow.name in DIRECTING:
        return direct(context, arrow.name, [moves.case], parent)
    if arrow.name in LINKING:
        return open_linking(context, moves.case, arrow, parent)
    form = ArrowForm(context, moves, arrow, parent, fixed)
    if form.is_empty and arrow.name not in DANGER:
        context.execute(arrow.name, moves.case, form.values())
        form.deleteLater()
        return None
    form.open()
    return form


def fixed_values(services: Services, case: Case, arrow: Arrow) -> dict[str, Any]:
    """What nobody types: the ids of what is asked or answered."""
    fresh = services.cases.new_command_id
    out: dict[str, Any] = {}
    if arrow.field("request_id") is not None:
        pending = None if arrow.asks else _answered(case, arrow)
        if arrow.asks or pending is not None:
            out["request_id"] = fresh() if pending is None else pending
    if arrow.field("direction_id") is not None:
        if arrow.name == "reply":
            waiting = [direction for direction in case.directions if direction.waiting]
            out |= {"direction_id": waiting[-1].id} if waiting else {}
        else:
            out["direction_id"] = fresh()
    if arrow.field("coordination_id") is not None:
        open_one = case.coordinating
        out["coordination_id"] = open_one.id if open_one is not None else fresh()
    return out


def _answered(case: Case, arrow: Arrow) -> str | None:
    """The request that the move answers: of those open, one that was not endorsed yet where it endorses."""
    kind = "" if arrow.of_request in ("", "any") else arrow.of_request
    if arrow.name == "endorse_request":
        waiting = [r for r in case.requests if not r.answer and r.endorsed_at is None]
        return waiting[-1].id if waiting else None
    pending = case.pending(kind)
    return pending.id if pending is not None else None


class ArrowForm(Dialog):
    """A form made from an arrow's fields. It asks for no more than is needed and says what will become of the clocks.

    A refusal is shown in it, and nothing that was typed is lost.
    """

    def __init__(
        self,
        context: AppContext,
        moves: Moves,
        arrow: Arrow,
        parent: QWidget | None = None,
        fixed: Mapping[str, Any] | None = None,
    ) -> None:
        """``fixed``: values that are known and not asked for, over those that nobody types anyway."""
        super().__init__(arrow.label, parent, width=480)
        self._context, self._case, self._arrow = context, moves.case, arrow
        case = moves.case
        self._fixed = fixed_values(context.services, case, arrow) | dict(fixed or {})
        self._fields: dict[str, Field] = {}
        what = " · ".join(part for part in (case.code, case.class_name, case.address) if part)
        about = kind_label(what, "muted")
        about.setWordWrap(True)
        self.body.addWidget(about)
        for spec in arrow.fields:
            if spec.name in self._fixed or _known(case, arrow, spec):
                continue
            field = field_for(context, arrow, spec, case, moves.around)
            if field is None:
                continue
            field.setParent(self)
            for row in field.rows:
                self.body.addWidget(row)
            field.changed.connect(self._foresee_soon)
            self._fields[spec.name] = field
        self.note = EffectNote(context)
        self.body.addWidget(self.note)
        self._error = kind_label("", "error")
        self._error.setWordWrap(True)
        self._error.hide()
        self.body.addWidget(self._error)
        self.add_button(self.tr("取消"))
        self.ok = self.add_button(arrow.label, "danger" if arrow.name in DANGER else "primary", self.submit)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.submit)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE_MILLISECONDS)
        self._soon.timeout.connect(self.foresee)
        if self._fields:
            next(iter(self._fields.values())).focus()
            self.foresee()
            context.presence.work(case.id, arrow.name, True)
            self.finished.connect(lambda _result: context.presence.work(case.id, arrow.name, False))

    @property
    def is_empty(self) -> bool:
        """Whether the person has nothing to fill in."""
        return not self._fields

    def field(self, name: str) -> Any:
        """The named field."""
        return self._fields[name]

    def editor(self, name: str) -> QWidget:
        """The widget of a field."""
        row = self._fields[name].row
        return row.field if row is not None else self._fields[name].rows[0]

    def values(self) -> dict[str, Any]:
        """What was entered, and what nobody types."""
        return self._fixed | _told(values(list(self._fields.values())))

    def _foresee_soon(self) -> None:
        self._soon.start()

    def foresee(self) -> None:
        """Say what would become of the clocks, as filled in now."""
        trial = trial_values(list(self._fields.values()))
        if trial is None:
            self.note.say([])
        else:
            self.note.ask(self._arrow.name, [self._case.id], self._fixed | _told(trial))

    def submit(self) -> None:
        """Check what is required, then do it; a refusal is shown in the form and nothing typed is lost."""
        bad = None
        for field in self._fields.values():
            words = field.missing()
            if field.row is not None:
                field.row.set_error(words)
            bad = field if words and bad is None else bad
        if bad is not None:
            bad.focus()
            return
        self.ok.setEnabled(False)
        self._error.hide()
        self._context.execute(
            self._arrow.name, self._case, self.values(), lambda _done: self.accept(), self._failed, owner=self
        )

    def _failed(self, error: BaseException) -> None:
        self.ok.setEnabled(True)
        if isinstance(error, Conflict):  # what is sent from here next is sent to the case as it is now
            self._case = error.case
        self._error.setText(error_text(error, self._context.services.handbook, self._context.names))
        self._error.show()


def _known(case: Case, arrow: Arrow, spec: FieldSpec) -> bool:
    """Whether the field need not be asked for: the case says it already, or only a request to extend has an amount."""
    if spec.name == "amount":
        return not spec.required and arrow.asks != "extension"
    return arrow.inherits and spec.name != "photos" and bool(getattr(case, spec.name, None))


def _told(data: Mapping[str, Any]) -> dict[str, Any]:
    """Without what was answered by "none"."""
    return {name: value for name, value in data.items() if value != ""}


def common_arrows(many: Sequence[Moves]) -> list[Arrow]:
    """The moves possible for every one of several cases, that ask for nothing but a text."""
    if not many:
        return []
    names = set.intersection(*({arrow.name for arrow in moves.arrows} for moves in many))
    simple = {"reason", "note", "direction_id"}
    return [
        arrow
        for arrow in many[0].arrows
        if arrow.name in names and all(spec.name in simple or not spec.required for spec in arrow.fields)
    ]
