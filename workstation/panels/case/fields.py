"""One field for each that a move may take: what a form made from an arrow of the handbook is put together from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox

from workstation.panels.common.directing import answer_by
from workstation.panels.common.fields import (
    Amount,
    Choice,
    Field,
    Line,
    ManyUnits,
    OneUnit,
    Tick,
    Until,
    Words,
)
from workstation.shell.context import AppContext
from workstation.shell.widgets import ClassPicker, PhotoStrip
from workstation.workflow.case import Case
from workstation.workflow.flow import CAUSES, RESULTS, VERIFY_RESULTS, Arrow, FieldSpec

from .casefield import CaseField
from .evidence import EvidenceField
from .phrases import phrases_for
from .words import cause_text, scope_text

LONG = frozenset({"reason", "note", "description", "requirement", "decision", "rule", "cost_note"})
SUSPENSION_DAYS = 365.0


@dataclass(frozen=True)
class Surroundings:
    """What fields offer to choose from: units and people, read in the background before the form opens."""

    units: list[Any]
    people: list[Any]

    def below(self, unit: str) -> list[Any]:
        """The units below one: those it may send to inside itself."""
        found, todo = [], [unit]
        while todo:
            over = todo.pop()
            below = [one for one in self.units if one.parent == over and one.code != over]
            found += below
            todo += [one.code for one in below]
        return found


class Photos(Field):
    """Photographs."""

    def __init__(self, context: AppContext, name: str, title: str, role: str, required: bool) -> None:
        super().__init__(name, required)
        self.strip = PhotoStrip(context, editable=True, role=role)
        self._row(title, self.strip)

    def value(self) -> Any:
        return self.strip.photos() or None


class BeforeAndAfter(Photos):
    """Photographs of before and after, each in a strip of its own, sent as one."""

    def __init__(self, context: AppContext, name: str, required: bool) -> None:
        super().__init__(context, name, self.tr("处置前照片"), "before", required)
        before = self.row
        self.after = PhotoStrip(context, editable=True, role="after")
        self._row(self.tr("处置后照片"), self.after)
        self.row = before

    def value(self) -> Any:
        return [*self.strip.photos(), *self.after.photos()] or None


class Class(Field):
    """A class."""

    def __init__(self, context: AppContext, name: str, title: str, required: bool) -> None:
        super().__init__(name, required)
        self.picker = ClassPicker(context.services.handbook)
        self.picker.changed.connect(lambda _kind, _code: self.changed.emit())
        self._row(title, self.picker)

    def value(self) -> Any:
        return self.picker.code or None


class Collector(Field):
    """Who is sent to the spot."""

    def __init__(self, context: AppContext, name: str, title: str, around: Surroundings) -> None:
        super().__init__(name, True)
        self.combo = QComboBox()
        for person in around.people:
            if "collector" in person.posts:
                self.combo.addItem(f"{person.name}　{context.name_of(person.unit)}", person.id)
        self.combo.currentIndexChanged.connect(lambda _row: self.changed.emit())
        self._row(title, self.combo)

    def value(self) -> Any:
        return self.combo.currentData()


def field_for(
    context: AppContext, arrow: Arrow, spec: FieldSpec, case: Case, around: Surroundings
) -> Field | None:
    """The field of a form; None for one that nobody types (ids, codes, positions) or that this case does not need."""
    name, title = spec.name, spec.label
    if name in ("cost", "cost_note") and not case.way and not spec.required:
        return None  # only what was paid for out of a budget of its own is accounted for
    if name in LONG:
        return Words(name, title, required=spec.required, phrases=phrases_for(arrow, name))
    if name in ("unit", "suggested_unit"):
        return _unit(arrow, spec, case, around)
    if name == "units":
        units = ManyUnits(name, title, required=spec.required)
        known = [order.unit for order in (case.lead, *case.cooperating) if order is not None]
        units.set_units(((unit.code, unit.name) for unit in _disposing(around)), known)
        return units
    if name == "to" and arrow.name in ("send_check", "send_verify"):
        return Collector(context, name, title, around)
    if name in ("into", "duplicate"):
        return CaseField(context, name, title, case)
    if name == "evidence":
        book = context.services.handbook_of(case)
        return EvidenceField(context, case, title, spec.required or book.rules.evidence_needed)
    chosen = _choice(context, arrow, spec, case)
    if chosen is not None:
        return chosen
    match spec.type:
        case "photos" if arrow.name == "self_dispose":
            return BeforeAndAfter(context, name, spec.required)
        case "photos":
            return Photos(context, name, title, _photo_role(arrow), spec.required)
        case "amount" | "money":
            return _amount(context, spec, case)
        case "instant" if arrow.name in ("urge", "supervise", "instruct"):
            return answer_by(context, arrow.name != "urge")
        case "instant":
            return Until(
                name,
                title,
                now=context.services.now(),
                days=3,
                most=SUSPENSION_DAYS,
                required=spec.required,
            )
        case "boolean":
            return Tick(name, title)
        case "class":
            return Class(context, name, title, spec.required)
        case "text" if arrow.name == "transfer" and name == "to":
            return Line(name, QCoreApplication.translate("CaseFields", "移送单位"), required=spec.required)
        case "text" if name not in ("code", "grid"):
            return Line(name, title, required=spec.required)
    return None


def _disposing(around: Surroundings) -> list[Any]:
    """The units that dispose: all but the centre itself."""
    return [unit for unit in around.units if unit.kind != "centre"]


def _unit(arrow: Arrow, spec: FieldSpec, case: Case, around: Surroundings) -> Field:
    units = _disposing(around)
    suggested: dict[str, str] = {}
    if arrow.name == "rapid":
        units = [unit for unit in units if unit.kind == "crew"] or units
    elif arrow.name in ("dispatch_inside", "return_inside") and case.lead is not None:
        units = around.below(case.lead.unit) or units
    elif arrow.name in ("assign", "uphold") and case.coordinating is not None:
        suggested = dict.fromkeys(
            case.coordinating.units, QCoreApplication.translate("CaseFields", "涉及单位")
        )
    field = OneUnit(spec.name, spec.label, required=spec.required)
    field.set_units(units, suggested)
    return field


def _choice(context: AppContext, arrow: Arrow, spec: FieldSpec, case: Case) -> Field | None:
    """A field with few answers, known from the handbook; None for any other."""
    book = context.services.handbook_of(case) if case.filed_at is not None else context.services.handbook
    items: list[tuple[str, str, str]] | None = None
    chosen = ""
    match spec.name:
        case "result":
            keys = RESULTS.get(arrow.name, VERIFY_RESULTS)
            items = [(key, book.label("results", key), "") for key in keys]
        case "cause":
            items = [(key, cause_text(key), "") for key in CAUSES]
        case "scope":
            items = [(key, scope_text(key), _bodies(book, key)) for key in book.coordination]
        case "budget":
            way = case.way or {"rapid": "rapid", "first_response": "first"}.get(arrow.name, "")
            items = [(b.key, b.label, "") for b in book.budgets.values() if not way or way in b.ways]
        case "plan":
            fitting = book.plans_for(case.kind, case.class_code)
            plans = fitting or list(book.plans.values())
            chosen = fitting[0].key if fitting else ""
            items = [(plan.key, plan.label, "→".join(plan.steps)) for plan in plans]
        case "milestone":
            condition = book.condition(case.condition) if case.condition else None
            keys = condition.milestones if condition is not None else ()
            items = [(key, book.milestones[key].label, "") for key in keys]
    if items is None:
        return None
    if spec.name == "plan" and items:
        items.append(("", QCoreApplication.translate("CaseFields", "不用预案"), ""))
    elif len(items) == 1 and (spec.required or spec.name == "budget"):
        chosen = items[0][0]
    return Choice(spec.name, spec.label, items, chosen=chosen, required=spec.required) if items else None


def _bodies(book: Any, scope: str) -> str:
    return " → ".join(book.bodies[key].label for key in book.coordination[scope] if key in book.bodies)


def _amount(context: AppContext, spec: FieldSpec, case: Case) -> Field:
    if spec.name == "cost":
        return Amount(
            spec.name,
            spec.label,
            low=0,
            high=9_999_999,
            value=0,
            suffix=QCoreApplication.translate("CaseFields", " 元"),
            step=100,
            decimals=2,
            required=spec.required,
        )
    run = case.clock("dispose")
    unit = context.label("units", run.unit) if run is not None else ""
    title = (
        QCoreApplication.translate("CaseFields", "{label}（{unit}）").format(label=spec.label, unit=unit)
        if unit
        else spec.label
    )
    value = min(1.0, run.amount) if run is not None else 1.0
    return Amount(spec.name, title, low=0.5, high=999, value=value, required=spec.required)


def _photo_role(arrow: Arrow) -> str:
    return {
        "checked": "check",
        "verified": "verify",
        "feed_back": "after",
        "feed_back_inside": "after",
        "cooperate_feed_back": "after",
    }.get(arrow.name, "other")
