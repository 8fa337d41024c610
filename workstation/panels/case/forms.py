"""Doing any move of the flow: at once where nothing is asked, else by a form made from the arrow's fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from workstation.services.scope import case_for
from workstation.services.services import Services
from workstation.shell.context import AppContext
from workstation.shell.widgets import Dialog, FormRow, PhraseBar, kind_label
from workstation.workflow.case import Case
from workstation.workflow.event import Actor
from workstation.workflow.flow import Arrow

from .fields import Editor, Surroundings, editor_for

# Moves that need more than a form: the panel that does them.
PANEL_OF = {
    "report": "acceptance",
    "register": "acceptance",
    "file": "filing",
    "dispatch": "dispatch",
}
DANGER = frozenset({"void", "reject", "close_unqualified", "grant_void", "ask_void"})
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


def phrases_for(arrow: Arrow) -> tuple[str, ...]:
    """Usual phrases (惯用语) for the reason or the note of a move."""
    translate = QCoreApplication.translate
    common: dict[str, tuple[str, ...]] = {
        "urge": (
            translate("Phrases", "临近时限，请尽快处置并反馈"),
            translate("Phrases", "群众反映强烈，请优先办理"),
            translate("Phrases", "已超期，请说明原因并立即处置"),
        ),
        "comment": (translate("Phrases", "请注意现场安全"), translate("Phrases", "请补充照片")),
        "void": (
            translate("Phrases", "重复上报"),
            translate("Phrases", "不属于城市管理范围"),
            translate("Phrases", "问题已自行消除"),
        ),
        "reject": (
            translate("Phrases", "不符合立案条件"),
            translate("Phrases", "现场未发现问题"),
            translate("Phrases", "重复上报"),
        ),
        "send_back": (
            translate("Phrases", "类别有误，请更正"),
            translate("Phrases", "位置不清，请核实"),
            translate("Phrases", "照片不清晰，请补充"),
        ),
        "transfer": (translate("Phrases", "涉嫌违法，移送执法部门"), translate("Phrases", "不属于本区管辖")),
        "ask_return": (translate("Phrases", "不属于本单位职责"), translate("Phrases", "权属单位有误")),
        "ask_extension": (
            translate("Phrases", "需要采购配件"),
            translate("Phrases", "受天气影响无法施工"),
            translate("Phrases", "需要夜间施工"),
        ),
        "ask_suspension": (translate("Phrases", "需立项审批"), translate("Phrases", "需与产权单位协商")),
        "refuse_request": (translate("Phrases", "理由不充分"), translate("Phrases", "经核对属本单位职责")),
        "dispose_again": (translate("Phrases", "现场未处置到位"), translate("Phrases", "照片与现场不符")),
    }
    return common.get(arrow.name, ())


def take(context: AppContext, moves: Moves, arrow: Arrow, parent: QWidget | None) -> Dialog | None:
    """Do one move: go to its panel, do it at once, or open its form (returned)."""
    if arrow.name in PANEL_OF:
        context.selection.set({moves.case.id}, moves.case.id)
        context.show_panel(PANEL_OF[arrow.name])
        return None
    form = ArrowForm(context, moves, arrow, parent)
    if form.is_empty and arrow.name not in DANGER:
        form.deleteLater()
        context.execute(arrow.name, moves.case, fixed_values(context, moves.case, arrow))
        return None
    form.open()
    return form


def fixed_values(context: AppContext, case: Case, arrow: Arrow) -> dict[str, Any]:
    """What nobody types: the id of the request that is made or answered."""
    if arrow.field("request_id") is None:
        return {}
    if arrow.asks:
        return {"request_id": context.services.cases.new_command_id()}
    pending = case.pending("" if arrow.of_request == "any" else arrow.of_request)
    return {"request_id": pending.id} if pending is not None else {}


class ArrowForm(Dialog):
    """A form made from an arrow's fields. Required fields are asked for; the handbook's refusals are shown in it."""

    def __init__(
        self, context: AppContext, moves: Moves, arrow: Arrow, parent: QWidget | None = None
    ) -> None:
        super().__init__(arrow.label, parent, width=480)
        self._context, self._case, self._arrow = context, moves.case, arrow
        self._editors: dict[str, Editor] = {}
        self._rows: dict[str, FormRow] = {}
        case = moves.case
        what = " · ".join(part for part in (case.code, case.class_name, case.address) if part)
        about = kind_label(what, "muted")
        about.setWordWrap(True)
        self.body.addWidget(about)
        wanted = [
            spec
            for spec in arrow.fields
            if spec.required or spec.name != "amount" or arrow.asks == "extension"
        ]
        for spec in wanted:
            editor = editor_for(context, arrow, spec, case, moves.around)
            if editor is None:
                continue
            title = self._title(spec.name, spec.label)
            row = FormRow(title, editor.widget, required=spec.required)
            self.body.addWidget(row)
            self._editors[spec.name], self._rows[spec.name] = editor, row
            phrases = phrases_for(arrow)
            if phrases and isinstance(editor.widget, QPlainTextEdit):
                self.body.addWidget(PhraseBar(phrases, editor.widget))
        self._error = kind_label("", "error")
        self._error.setWordWrap(True)
        self._error.hide()
        self.body.addWidget(self._error)
        self.add_button(self.tr("取消"))
        self.ok = self.add_button(arrow.label, "danger" if arrow.name in DANGER else "primary", self.submit)

    def _title(self, name: str, label: str) -> str:
        if name == "amount":
            run = self._case.clock("dispose")
            unit = self._context.label("units", run.unit) if run is not None else ""
            return self.tr("{label}（{unit}）").format(label=label, unit=unit) if unit else label
        return label

    @property
    def is_empty(self) -> bool:
        """Whether the person has nothing to fill in."""
        return not self._editors

    def editor(self, name: str) -> QWidget:
        """The widget of a field."""
        return self._editors[name].widget

    def values(self) -> dict[str, Any]:
        """What was entered, and what nobody types."""
        entered = {
            name: value for name, editor in self._editors.items() if (value := editor.read()) is not None
        }
        return fixed_values(self._context, self._case, self._arrow) | entered

    def submit(self) -> None:
        """Check what is required, then do it; a refusal is shown in the form and nothing typed is lost."""
        values = self.values()
        missing = [
            name
            for name, row in self._rows.items()
            if self._required(name) and values.get(name) in (None, "")
        ]
        for name, row in self._rows.items():
            row.set_error(self.tr("请填写") if name in missing else "")
        if missing:
            self._editors[missing[0]].widget.setFocus()
            return
        self.ok.setEnabled(False)
        self._error.hide()
        self._context.execute(
            self._arrow.name, self._case, values, lambda _done: self.accept(), self._failed, owner=self
        )

    def _required(self, name: str) -> bool:
        spec = self._arrow.field(name)
        return spec is not None and spec.required

    def _failed(self, error: BaseException) -> None:
        from workstation.shell.text import error_text

        self.ok.setEnabled(True)
        self._error.setText(error_text(error, self._context.services.handbook, self._context.names))
        self._error.show()


def common_arrows(many: Sequence[Moves]) -> list[Arrow]:
    """The moves possible for every one of several cases, that ask for nothing but a text."""
    if not many:
        return []
    names = set.intersection(*({arrow.name for arrow in moves.arrows} for moves in many))
    simple = {"reason", "note"}
    return [
        arrow
        for arrow in many[0].arrows
        if arrow.name in names and all(spec.name in simple or not spec.required for spec in arrow.fields)
    ]
