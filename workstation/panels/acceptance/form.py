"""The form a report is taken down in: who says it, what it is, where it is, what it looks like."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from workstation.panels.common.people import PersonCombo
from workstation.panels.common.photos import PhotoEntry
from workstation.panels.common.phrases import phrases
from workstation.panels.common.private import PrivateNote
from workstation.panels.common.reporter import ReporterLine
from workstation.services.spatial.places import ComponentInfo
from workstation.shell.context import AppContext
from workstation.shell.texts.text import limit_text
from workstation.shell.widgets import Card, ClassPicker, FormRow, PhraseBar, kind_label
from workstation.shell.widgets.photos import PhotoStrip
from workstation.workflow.case import Case
from workstation.workflow.flow import KINDS

from .draft import Draft
from .nearby import NearbyBox
from .place import Near, find_near
from .position import PositionEdit

CONDITIONS_SHOWN = 3


class AcceptanceForm(QWidget):
    """Edits one :class:`Draft`. ``changed`` after each change by the user; ``merge(case id)`` from the nearby cases."""

    changed = Signal()
    merge = Signal(str)

    def __init__(self, context: AppContext, area: QWidget) -> None:
        super().__init__()
        self._context = context
        self._case_id = ""
        self._loading = False
        self._collectors: list[Any] = []
        book = context.services.handbook
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        self.heading = kind_label("", "title")
        box.addWidget(self.heading)
        box.addWidget(self._build_reporter(book))
        box.addWidget(self._build_problem(book))
        self.position = PositionEdit(context)
        self.position.changed.connect(self._place_changed)
        self.position.component_taken.connect(self._component_taken)
        where = Card()
        where.body.addWidget(self.position)
        box.addWidget(where)
        self.nearby = NearbyBox(context)
        self.nearby.merge.connect(self.merge)
        box.addWidget(self.nearby)
        box.addWidget(self._build_description(area))
        for first, second in zip(self._order(), self._order()[1:], strict=False):
            QWidget.setTabOrder(first, second)
        self._connect()

    def _build_reporter(self, book: Any) -> QWidget:
        card = Card()
        self.source = QComboBox()
        for key, source in book.sources.items():
            self.source.addItem(source.label, key)
        self.reporter = QLineEdit()
        self.reporter.setPlaceholderText(self.tr("可不填"))
        self.phone = QLineEdit()
        self.phone.setPlaceholderText(self.tr("可不填"))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.source_row = FormRow(self.tr("来源"), self.source, required=True)
        row.addWidget(self.source_row, 8)
        row.addWidget(FormRow(self.tr("反映人"), self.reporter), 5)
        row.addWidget(FormRow(self.tr("联系电话"), self.phone), 8)
        card.body.addLayout(row)
        # What came with a report from elsewhere is masked in the fields; it is seen like any other.
        self.known = ReporterLine(self._context, caption=self.tr("来件所留"))
        card.body.addWidget(self.known)
        self.upstream = QLineEdit()
        self.upstream.setPlaceholderText(self.tr("上级系统的案号，办结后据此上报结果（可不填）"))
        self.upstream_row = FormRow(self.tr("上级案号"), self.upstream)
        card.body.addWidget(self.upstream_row)
        return card

    def _build_problem(self, book: Any) -> QWidget:
        card = Card()
        self.picker = ClassPicker(book, kind="event")
        card.body.addWidget(self.picker)
        self.conditions = kind_label("", "small")
        self.conditions.setWordWrap(True)
        self.conditions.setTextFormat(Qt.TextFormat.PlainText)
        card.body.addWidget(self.conditions)
        flags = QHBoxLayout()
        flags.setSpacing(16)
        self.emergency = QCheckBox(self.tr("应急案件"))
        self.emergency.setToolTip(self.tr("应急案件连续计时，自受理起算，不分工作日"))
        flags.addWidget(self.emergency)
        flags.addStretch(1)
        card.body.addLayout(flags)
        return card

    def _build_description(self, area: QWidget) -> QWidget:
        card = Card()
        self.description = QPlainTextEdit()
        self.description.setFixedHeight(72)
        self.description.setTabChangesFocus(True)
        self.description_row = FormRow(self.tr("问题描述"), self.description, required=True)
        card.body.addWidget(self.description_row)
        self._phrases = {kind: PhraseBar(phrases(f"description_{kind}"), self.description) for kind in KINDS}
        for bar in self._phrases.values():
            card.body.addWidget(bar)
        self.private = PrivateNote((self.description, self.position.address), self.phone)
        card.body.addWidget(self.private)
        self.reported_photos = PhotoStrip(self._context)
        card.body.addWidget(self.reported_photos)
        self.photos = PhotoEntry(self._context, "before", area)
        card.body.addWidget(FormRow(self.tr("照片"), self.photos))
        self.collector = PersonCombo()
        self.collector_row = FormRow(
            self.tr("核实人"), self.collector, hint=self.tr("登记并派核实时，派给谁到现场核实")
        )
        card.body.addWidget(self.collector_row)
        return card

    def _order(self) -> list[QWidget]:
        """The order in which Tab goes through the form."""
        return [
            self.source,
            self.reporter,
            self.phone,
            self.upstream,
            self.picker,
            self.emergency,
            self.position.address,
            self.position.point_button,
            self.position.component_button,
            self.position.code,
            self.description,
            self.photos,
            self.collector,
        ]

    def _connect(self) -> None:
        self.source.currentIndexChanged.connect(self._show_upstream)
        self.source.currentIndexChanged.connect(self._edited)
        self.reporter.textEdited.connect(self._edited)
        self.phone.textEdited.connect(self._edited)
        self.upstream.textEdited.connect(self._edited)
        self.picker.changed.connect(self._class_changed)
        self.emergency.toggled.connect(self._edited)
        self.description.textChanged.connect(self._edited)
        self.photos.changed.connect(self._edited)

    # ---- as a value ---------------------------------------------------------------------------------------------

    def set_draft(self, draft: Draft, case: Case | None = None) -> None:
        """Show a draft without telling; ``case`` is what was reported, where something was."""
        self._loading = True
        self._case_id = draft.case_id
        self.heading.setText(
            self.tr("补全上报 {code}").format(code=case.code) if case is not None else self.tr("登记新问题")
        )
        self.source.setCurrentIndex(max(self.source.findData(draft.source), 0))
        self._show_upstream()
        self.reporter.setText(draft.reporter)
        self.phone.setText(draft.reporter_phone)
        self.upstream.setText(draft.upstream_code)
        self.picker.set_value(draft.kind, draft.class_code)
        self.emergency.setChecked(draft.emergency)
        self.description.setPlainText(draft.description)
        self.photos.set_photos(draft.photos)
        self.known.show_case(case)
        self.reported_photos.set_photos(case.photos if case is not None else ())
        self.position.set_value(draft.address, draft.address_typed, draft.lon, draft.lat, draft.component)
        self.nearby.show_near([])
        self._show_class()
        for row in (self.source_row, self.description_row):
            row.set_error("")
        self._loading = False
        self._find_near()

    def draft(self) -> Draft:
        """What the form says now."""
        position = self.position
        return Draft(
            case_id=self._case_id,
            kind=self.picker.kind,
            class_code=self.picker.code,
            source=str(self.source.currentData() or ""),
            reporter=self.reporter.text(),
            reporter_phone=self.phone.text(),
            description=self.description.toPlainText(),
            address=position.address.text(),
            address_typed=position.typed,
            lon=position.lon,
            lat=position.lat,
            grid=position.grid_code,
            area_class=position.area_class,
            component=position.component,
            emergency=self.emergency.isChecked(),
            upstream_code=self.upstream.text() if not self.upstream_row.isHidden() else "",
            photos=self.photos.photos(),
        )

    def show_missing(self, missing: list[str]) -> bool:
        """Mark what is still missing and go to the first of it; True when nothing is."""
        rows = {
            "source": (self.source_row, self.tr("请选择来源")),
            "position": (self.position.row, self.tr("请在地图上取点，或输入地址后按回车定位")),
            "address": (self.position.row, self.tr("请填写地点")),
            "description": (self.description_row, self.tr("请填写问题描述")),
        }
        for row, _ in rows.values():
            row.set_error("")
        for name in reversed(missing):
            row, words = rows[name]
            row.set_error(words)
            row.field.setFocus()
        return not missing

    def start(self) -> None:
        """Ready for the next call: the cursor where one begins to type."""
        self.reporter.setFocus()

    # ---- what follows from a change -----------------------------------------------------------------------------

    def _show_upstream(self) -> None:
        """A code of its own has only what came down from above."""
        source = self._context.services.handbook.sources.get(str(self.source.currentData() or ""))
        self.upstream_row.setVisible(source is not None and source.family == "superior")

    def _edited(self) -> None:
        if not self._loading:
            self.changed.emit()

    def _class_changed(self, kind: str, code: str) -> None:
        book = self._context.services.handbook
        if code and book.is_emergency(kind, code):
            self.emergency.setChecked(True)
        self._show_class()
        self._find_near()
        self._edited()

    def _show_class(self) -> None:
        kind, code = self.picker.kind, self.picker.code
        for name, bar in self._phrases.items():
            bar.setVisible(name == kind)
        conditions = self._context.services.handbook.conditions(kind, code) if code else []
        line = self.tr("· {condition}（{limit}）")
        lines = [
            line.format(condition=c.text, limit=limit_text(c.amount, c.unit))
            for c in conditions[:CONDITIONS_SHOWN]
        ]
        if len(conditions) > CONDITIONS_SHOWN:
            lines.append(self.tr("· 另有 {n} 条").format(n=len(conditions) - CONDITIONS_SHOWN))
        self.conditions.setText("\n".join([self.tr("立案条件"), *lines]) if lines else "")
        self.conditions.setVisible(bool(lines))

    def _component_taken(self, component: ComponentInfo) -> None:
        self.picker.set_value("component", component.class_code)
        self._show_class()
        self._edited()

    def _place_changed(self) -> None:
        self.position.row.set_error("")
        self.show_collector()
        self._find_near()
        self._edited()

    def set_collectors(self, people: list[Any]) -> None:
        """Everybody who may be sent to check."""
        self._collectors = people
        self.show_collector()

    def show_collector(self) -> None:
        """Suggest who walks the grid."""
        own = self.position.collector
        self.collector.set_people(self._collectors, own.id if own is not None else "", self._case_id)

    def _find_near(self) -> None:
        draft = self.draft()
        if draft.lon is None or draft.lat is None or not draft.class_code:
            self.nearby.show_near([])
            return
        self._context.tasks.run(
            find_near,
            self._context.services,
            draft.lon,
            draft.lat,
            draft.class_code,
            draft.case_id,
            owner=self,
            key="near",
            on_done=self._show_near,
        )

    def refresh_near(self) -> None:
        """Look again: a case was registered or closed somewhere."""
        self._find_near()

    def _show_near(self, found: list[Near]) -> None:
        self.nearby.show_near(found)
