"""派给谁: the targets for the chosen cases as a list for the keyboard, the recommended ones first, each with its reasons.

Two characters, pinyin or its initials find a unit, a crew or a collector; arrows choose, Enter sends, Tab goes to what is
asked of whoever gets it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from workstation.map.dragging import DropInfo
from workstation.map.targets import COLLECTOR, UNIT, Target
from workstation.panels.common.drop import ERRANDS, DropFacts, errand_facts
from workstation.panels.common.suggestions import Doubt
from workstation.services.finding.pinyin import fold, means
from workstation.services.lists.filter import CaseFilter
from workstation.services.services import Services
from workstation.shell.context import AppContext
from workstation.shell.look import theme
from workstation.shell.widgets import Dialog, FormRow
from workstation.shell.widgets.basics import paint_badge
from workstation.workflow.event import Actor

if TYPE_CHECKING:
    from .desk import DispatchDesk

CHOICE = Qt.ItemDataRole.UserRole
ROW = 50
SEEN = 7
COLLECTORS = 200
TYPING_MS = 60


@dataclass(frozen=True)
class Choice:
    """One row: a target with what sending there would do. ``rank`` 0: not recommended; ``why``: the reasons in words."""

    target: Target
    info: DropInfo | None
    rank: int = 0
    why: str = ""
    short: str = ""

    @property
    def allowed(self) -> bool:
        """Whether any of the cases would be taken, as far as it is known."""
        return self.info is None or self.info.allowed

    def found_by(self, query: str) -> int:
        """How well a folded query means the name or the short name, the lower the better; -1: not at all."""
        found = [_found(query, fold(name)) for name in (self.short, self.target.name) if name]
        return min((place for place in found if place >= 0), default=-1)


def _found(query: str, name: str) -> int:
    at = name.find(query)
    if at >= 0:
        return at
    return next((100 + n for n in range(len(name)) if means(query, name, n)), -1)


class TargetChooser(Dialog):
    """Opened with D or Enter on a map, or from the menu. Sends by the desk that it is given."""

    def __init__(
        self, context: AppContext, desk: DispatchDesk, ids: Sequence[str], parent: QWidget | None
    ) -> None:
        super().__init__("", parent, icon="send", width=700)
        self._context, self._desk, self._ids = context, desk, list(ids)
        self._choices: list[Choice] = []
        self._collectors: list[Choice] = []
        title = self.tr("派给谁？（{n} 件）") if len(ids) > 1 else self.tr("派给谁？")
        self.heading.setText(title.format(n=len(ids)))
        self.setWindowTitle(self.heading.text())
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("输入两个字、拼音或首字母；↑↓ 选择，Enter 派遣"))
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self.body.addWidget(self.search)
        self.doubt = Doubt()
        self.body.addWidget(self.doubt)
        self.list = QListWidget()
        self.list.setItemDelegate(_Rows(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMinimumHeight(SEEN * ROW + 4)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda _item: self._accept())
        self.list.currentItemChanged.connect(self._moved)
        self.body.addWidget(self.list)
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("可不填"))
        self.body.addWidget(FormRow(self.tr("处置要求"), self.words))
        self.add_button(self.tr("取消"))
        self.ok = self.add_button(self.tr("派遣"), "primary", self._accept)
        self.ok.setEnabled(False)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._show)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        if desk.may("dispatch"):
            desk.told.connect(self._told)
            context.drags.begin(self._ids)
        if desk.may(*ERRANDS):
            context.tasks.run(
                _collectors,
                context.services,
                self._ids,
                context.actor,
                owner=self,
                on_done=self._collectors_known,
            )
        self._show()
        self.search.setFocus()

    # ---- what there is ------------------------------------------------------------------------------------------

    def _told(self, info: Mapping[str, DropInfo]) -> None:
        if list(self._desk.guide.ids) != self._ids:
            return
        ranked = {one.unit: (place, one.reason) for place, one in enumerate(self._desk.guide.candidates(), 1)}
        units = self._context.main_canvas.units
        made = [
            Choice(Target(UNIT, code, told.title), told, *ranked.get(code, (0, "")), units.name(code))
            for code, told in info.items()
        ]
        self._choices = sorted(made, key=lambda one: (one.rank or 999, not one.allowed, one.target.name))
        self._show()

    def _collectors_known(self, found: list[tuple[str, str, DropFacts]]) -> None:
        told = self._desk.errand_info
        self._collectors = sorted(
            (Choice(Target(COLLECTOR, person, name), told(facts)) for person, name, facts in found),
            key=lambda one: (not one.allowed, one.target.name),
        )
        self._show()

    def _show(self) -> None:
        """The rows that the query means; what was marked stays marked."""
        query = fold(self.search.text().strip())
        before = self._chosen()
        rows = [*self._choices, *self._collectors]
        if query:
            found = [(place, one) for one in rows if (place := one.found_by(query)) >= 0]
            rows = [one for _, one in sorted(found, key=lambda item: (not item[1].allowed, item[0]))]
        self.list.blockSignals(True)
        self.list.clear()
        for one in rows:
            item = QListWidgetItem(f"{one.target.name} {one.why}")
            item.setData(CHOICE, one)
            item.setToolTip("\n".join([*([one.why] if one.why else []), *told_lines(one.info)]))
            self.list.addItem(item)
        self.list.blockSignals(False)
        if query and not rows and (self._choices or self._collectors):
            self.doubt.say(self.tr("没有叫这个名字的单位或人员"))
        else:
            self.doubt.say(self._desk.guide.doubt() if self._choices else "")
        keys = [one.target.key for one in rows]
        kept = keys.index(before.target.key) if before is not None and before.target.key in keys else 0
        self.list.setCurrentRow(0 if query else kept)
        self._moved()

    def _chosen(self) -> Choice | None:
        item = self.list.currentItem()
        found: Choice | None = item.data(CHOICE) if item is not None else None
        return found

    def _moved(self, *_args: object) -> None:
        one = self._chosen()
        self.ok.setEnabled(one is not None and one.allowed)
        verb = one.info.verb if one is not None and one.info is not None else ""
        self.ok.setText(verb or self.tr("派遣"))

    # ---- keys ---------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and pages move in the list while one types."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            moves = {
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_PageUp: -SEEN,
                Qt.Key.Key_PageDown: SEEN,
            }
            step = moves.get(Qt.Key(event.key()))
            if step is not None and self.list.count():
                place = max(0, min(self.list.count() - 1, self.list.currentRow() + step))
                self.list.setCurrentRow(place)
                return True
        return super().eventFilter(watched, event)

    def _accept(self) -> None:
        if self._typing.isActive():  # Enter right after the last letter means what the letters mean
            self._typing.stop()
            self._show()
        one = self._chosen()
        if one is None or not one.allowed:
            return
        words = self.words.text().strip()
        self.accept()
        field = "note" if one.target.kind == COLLECTOR else "requirement"
        self._desk.send(self._ids, one.target, {field: words} if words else None)


class _Rows(QStyledItemDelegate):
    """A target: its rank, its name, what it has in hand and until when it would be done; below, why or why not."""

    def sizeHint(self, option: QStyleOptionViewItem, index: object) -> QSize:
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        colors = theme.current()
        one: Choice = index.data(CHOICE)  # type: ignore[attr-defined]
        rect = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colors.color("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, colors.color("hover"))
        painter.setPen(QPen(colors.color("border"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(44, 6, -12, -6)
        if one.rank:
            painter.setFont(theme.base_font(12))
            badge = QRectF(rect.left() + 12, rect.center().y() - 11, 22, 22)
            paint_badge(painter, badge, str(one.rank), colors.color("accent"), solid=one.rank == 1)
        info = one.info
        told = [*info.lines[:1], info.due if one.allowed else ""] if info is not None else []
        right = " · ".join(part for part in told if part)
        top = QRectF(inner.left(), inner.top(), inner.width(), 19)
        low = QRectF(inner.left(), inner.top() + 20, inner.width(), 18)
        center = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.base_font(12))
        painter.setPen(colors.color("text_2" if one.allowed else "text_3"))
        room = painter.fontMetrics().horizontalAdvance(right) + 10
        painter.drawText(top, center | Qt.AlignmentFlag.AlignRight, right)
        under = self._under(one)
        painter.setPen(
            colors.color("accent" if one.rank and one.allowed else "text_2" if one.allowed else "red")
        )
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(low, center, painter.fontMetrics().elidedText(under, elide, int(low.width())))
        painter.setFont(theme.base_font(14))
        painter.setPen(colors.color("text" if one.allowed else "text_3"))
        # Units of one house differ by the end of their names.
        elide = Qt.TextElideMode.ElideMiddle
        name = painter.fontMetrics().elidedText(one.target.name, elide, int(top.width() - room))
        painter.drawText(top, center, name)
        painter.restore()

    @staticmethod
    def _under(one: Choice) -> str:
        told = [*one.info.lines[1:], *one.info.refused] if one.info is not None else []
        return " · ".join(part for part in (one.why, *told) if part)


def told_lines(info: DropInfo | None) -> list[str]:
    """What is known of a target, a line each."""
    return [] if info is None else [*info.lines, *([info.due] if info.due else []), *info.refused]


def _collectors(services: Services, ids: Sequence[str], actor: Actor) -> list[tuple[str, str, DropFacts]]:
    """Whoever can be sent to the spot, with what it would do. Whether the case allows it hangs on the case, so one is
    asked about for all; how many each has is counted."""
    people = services.people.with_post("collector")[:COLLECTORS]
    if not people:
        return []
    facts = errand_facts(services, ids, actor, people[0].id, people[0].name, exact=False)
    lists = services.lists.seen_by(actor)
    out = []
    for person in people:
        load = lists.count(CaseFilter(open=True, collector=person.id))
        out.append((person.id, person.name, _for(facts, person.id, person.name, load)))
    return out


def _for(facts: DropFacts, person: str, name: str, load: int) -> DropFacts:
    return facts._replace(unit=person, name=name, open=load)
