"""What is known of a case: problem, place, reporter, class and limit, units, photographs, requests."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from workstation.services.scope import sees_reporter
from workstation.shell import text
from workstation.shell.context import AppContext
from workstation.shell.widgets import Badge, Card, PhotoStrip, SectionHeader, button, kind_label
from workstation.workflow.case import Case, Request
from workstation.workflow.event import parse_instant

from .clocks import clear
from .reading import CaseSheet

ANSWER_TONES = {"": "yellow", "granted": "green", "refused": "red", "withdrawn": "text_3", "lapsed": "text_3"}


class FactsView(QWidget):
    """The facts as cards. ``on_move(name)`` is called by the buttons of a pending request."""

    def __init__(
        self, context: AppContext, on_move: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._on_move = on_move
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(10)

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show a case."""
        clear(self._box)
        case = sheet.case
        for request in reversed(case.requests):
            if not request.answer:
                self._box.addWidget(self._request(request, sheet))
        self._box.addWidget(self._problem(sheet))
        self._box.addWidget(self._disposal(sheet))
        if case.photos:
            self._box.addWidget(self._photos(case))
        answered = [request for request in case.requests if request.answer]
        if answered:
            card = Card()
            card.body.addWidget(SectionHeader(self.tr("申请记录"), icon="inbox"))
            for request in reversed(answered):
                card.body.addWidget(self._answered(request, sheet))
            self._box.addWidget(card)

    # ---- cards --------------------------------------------------------------------------------------------------

    def _problem(self, sheet: CaseSheet) -> Card:
        case, label = sheet.case, sheet.handbook.label
        card = Card()
        head = SectionHeader(self.tr("问题"), icon="warning")
        if case.lon is not None and case.lat is not None:
            lon, lat = case.lon, case.lat
            head.add(
                button(self.tr("定位"), "link", "pin", lambda: self._context.canvas.fly_to(lon, lat, 2000))
            )
        card.body.addWidget(head)
        if case.description:
            words = kind_label(case.description)
            words.setWordWrap(True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            card.body.addWidget(words)
        reporter = ""
        if sees_reporter(self._context.actor, self._context.services.handbook):
            reporter = " ".join(part for part in (case.reporter, case.reporter_phone) if part)
        kind = " · ".join(
            part for part in (text.kind_text(case.kind), case.class_name, case.class_code) if part
        )
        component = ""
        if case.component:
            name = sheet.component.name if sheet.component is not None else ""
            component = " ".join(part for part in (name, case.component) if part)
        card.body.addLayout(
            facts_grid(
                [
                    (self.tr("类别"), kind),
                    (self.tr("地址"), case.address),
                    (self.tr("网格"), sheet.place or case.grid),
                    (self.tr("部件"), component),
                    (self.tr("来源"), label("sources", case.source) if case.source else ""),
                    (self.tr("反映人"), reporter),
                    (self.tr("上报时间"), text.full_time_text(case.reported_at or case.registered_at)),
                ]
            )
        )
        return card

    def _disposal(self, sheet: CaseSheet) -> Card:
        case, handbook = sheet.case, sheet.handbook
        card = Card()
        card.body.addWidget(SectionHeader(self.tr("办理"), icon="disposal"))
        condition = handbook.condition(case.condition) if case.condition else None
        dispose = case.clock("dispose")
        limit = text.limit_text(dispose.amount, dispose.unit) if dispose is not None else ""
        if not limit and condition is not None:
            limit = text.limit_text(condition.amount, condition.unit)
        name = self._context.name_of
        rows = [
            (self.tr("立案条件"), condition.text if condition is not None else ""),
            (self.tr("处置时限"), limit),
            (self.tr("结案标准"), case.closing_standard),
            (self.tr("主办单位"), name(case.lead.unit) if case.lead is not None else ""),
            (self.tr("协办单位"), "、".join(name(order.unit) for order in case.cooperating)),
            (self.tr("处置要求"), case.requirement),
            (self.tr("核实结果"), handbook.label("results", case.check_result) if case.check_result else ""),
            (self.tr("返工次数"), str(case.rework) if case.rework else ""),
            (self.tr("办结理由"), case.outcome_reason),
            (self.tr("指挥手册"), handbook.title if case.filed_at is not None else ""),
        ]
        if not any(value for _, value in rows):
            rows = [(self.tr("现状"), handbook.label("states", case.state))]
        card.body.addLayout(facts_grid(rows))
        return card

    def _photos(self, case: Case) -> Card:
        card = Card()
        head = SectionHeader(self.tr("照片"), icon="photo")
        head.set_count(len(case.photos))
        card.body.addWidget(head)
        strip = PhotoStrip(self._context)
        strip.set_photos(case.photos)
        card.body.addWidget(strip)
        return card

    def _request(self, request: Request, sheet: CaseSheet) -> Card:
        card = Card(kind="warn")
        head = QHBoxLayout()
        title = self.tr("待答复：申请{kind}").format(kind=sheet.handbook.label("requests", request.kind))
        head.addWidget(kind_label(title, "heading"), 1)
        head.addWidget(kind_label(text.time_text(request.asked_at), "small"))
        card.body.addLayout(head)
        words = kind_label(request_text(self._context, request), "label")
        words.setWordWrap(True)
        card.body.addWidget(words)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for arrow in sheet.moves.arrows:
            if arrow.of_request in ("any", request.kind) and arrow.of_request:
                kind = "primary" if arrow.name.startswith("grant_") else ""
                row.addWidget(button(arrow.label, kind, on_click=lambda name=arrow.name: self._on_move(name)))  # type: ignore[misc]
        card.body.addLayout(row)
        return card

    def _answered(self, request: Request, sheet: CaseSheet) -> QWidget:
        widget = QWidget()
        box = QVBoxLayout(widget)
        box.setContentsMargins(0, 2, 0, 4)
        box.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(
            kind_label(
                self.tr("申请{kind}").format(kind=sheet.handbook.label("requests", request.kind)), "mono"
            )
        )
        head.addWidget(
            Badge(sheet.handbook.label("answers", request.answer), ANSWER_TONES.get(request.answer, "text_3"))
        )
        head.addStretch(1)
        head.addWidget(kind_label(text.time_text(request.answered_at), "small"))
        box.addLayout(head)
        lines = request_text(self._context, request)
        if request.answer_reason:
            lines += "\n" + self.tr("答复：{why}").format(why=request.answer_reason)
        words = kind_label(lines, "label")
        words.setWordWrap(True)
        box.addWidget(words)
        return widget


def request_text(context: AppContext, request: Request) -> str:
    """Who asks for what and why."""
    translate = QCoreApplication.translate
    parts = [
        translate("CaseFacts", "{unit}：{reason}").format(
            unit=context.name_of(request.unit), reason=request.reason
        )
    ]
    data = request.data
    if data.get("suggested_unit"):
        parts.append(
            translate("CaseFacts", "建议单位：{unit}").format(
                unit=context.name_of(str(data["suggested_unit"]))
            )
        )
    if data.get("amount"):
        parts.append(translate("CaseFacts", "延长：{n}").format(n=f"{data['amount']:g}"))
    if data.get("until"):
        parts.append(
            translate("CaseFacts", "挂账至：{time}").format(
                time=text.time_text(parse_instant(str(data["until"])))
            )
        )
    return "\n".join(parts)


def facts_grid(rows: list[tuple[str, str]]) -> QGridLayout:
    """Names and values; rows without a value are left out."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(1, 1)
    for at, (name, value) in enumerate((name, value) for name, value in rows if value):
        caption = kind_label(name, "muted")
        caption.setMinimumWidth(58)
        grid.addWidget(caption, at, 0, Qt.AlignmentFlag.AlignTop)
        words = QLabel(value)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(words, at, 1)
    return grid
