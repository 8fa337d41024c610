"""What became of each case of a sending: gone, refused and why, or somebody was quicker; and what can still be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QTableWidgetItem, QWidget

from workstation.shell.context import AppContext
from workstation.shell.texts.text import time_text
from workstation.shell.widgets import Dialog, kind_label
from workstation.shell.widgets.tables import KEY, cell, fill, plain_table

from .sending import Outcome, Sending, way_back

if TYPE_CHECKING:
    from .desk import DispatchDesk

TALLEST = 420


class ResultsDialog(Dialog):
    """The list, those that did not go first. One button takes back what went, one sends again what did not."""

    def __init__(
        self, context: AppContext, desk: DispatchDesk, sending: Sending, parent: QWidget | None
    ) -> None:
        super().__init__("", parent, icon="send", width=760)
        self._context, self._desk, self._sending = context, desk, sending
        self.summary = kind_label("", "label")
        self.summary.setWordWrap(True)
        self.body.addWidget(self.summary)
        titles = [self.tr("案卷号"), self.tr("类别"), self.tr("结果"), self.tr("说明")]
        self.table = plain_table(titles, (170, 170, 90, 200), 3)
        self.table.itemDoubleClicked.connect(self._open)
        self.body.addWidget(self.table)
        self.body.addWidget(kind_label(self.tr("双击一行打开案卷"), "small"))
        self.choose = self.add_button(self.tr("选中未办的"), "", self._choose)
        self.words = self.add_button(self.tr("派遣要求…"), "", self._words)
        self.back = self.add_button(self.tr("全部撤回"), "", self._undo)
        self.again = self.add_button(self.tr("重新派遣未办的"), "", self._again)
        self.add_button(self.tr("关闭"), "primary")
        desk.sent.connect(self._refresh)
        self._show()

    def _refresh(self, sending: Sending) -> None:
        if sending is self._sending:
            self._show()

    def _show(self) -> None:
        sending, book = self._sending, self._context.services.handbook
        name = sending.target.name or self._context.name_of(sending.target.id)
        self.heading.setText(self.tr("派遣结果 · {name}").format(name=name))
        self.setWindowTitle(self.heading.text())
        undone = sending.planned[len(sending.outcomes) :]
        outcomes = sorted(sending.outcomes, key=lambda one: one.error is None)
        fill(self.table, [*(self._row(one) for one in outcomes), *(self._waiting(one) for one in undone)])
        self.table.setMinimumHeight(min(TALLEST, 44 + 32 * max(3, len(sending.planned))))
        late = sum(one.late for one in sending.outcomes)
        parts = [self.tr("已办 {n} 件").format(n=len(sending.sent))]
        if len(sending.not_sent) > late:
            parts.append(self.tr("未办 {n} 件").format(n=len(sending.not_sent) - late))
        if late:
            parts.append(self.tr("他人先办 {n} 件").format(n=late))
        if undone:
            parts.append(self.tr("已停止，{n} 件没有派").format(n=len(undone)))
        back = sum(one.back == "done" for one in sending.outcomes)
        if back:
            parts.append(self.tr("已撤回 {n} 件").format(n=back))
        self.summary.setText(self.tr("，").join(parts))
        returnable = any(way_back(book, one) for one in sending.sent)
        self.back.setEnabled(returnable)
        self.words.setEnabled(returnable)
        left = bool(sending.not_sent or undone)
        self.again.setVisible(left)
        self.choose.setVisible(left)

    def _row(self, one: Outcome) -> Sequence[QTableWidgetItem]:
        about: Any = one.case or one.row
        result, tone, why = self._told(one)
        return [
            cell(about.code if about is not None else one.case_id, key=one.case_id),
            cell(about.class_name if about is not None else ""),
            cell(result, tone=tone),
            cell(why),
        ]

    def _told(self, one: Outcome) -> tuple[str, str, str]:
        if one.error is not None:
            why = self._desk.why(one.error)
            return (self.tr("他人先办"), "yellow", why) if one.late else (self.tr("未办"), "red", why)
        if one.back == "done":
            return self.tr("已撤回"), "text_3", ""
        label = self._context.label("arrows", one.move)
        if one.kept:
            return self.tr("待送出"), "yellow", label
        due = one.case.clock("dispose") if one.case is not None else None
        words = label
        if due is not None and due.due_at is not None:
            words = self.tr("{action}，{due} 截止").format(
                action=label, due=time_text(due.due_at, self._context.services.now())
            )
        if one.back == "refused":
            words = self._desk.why(one.stays) if one.stays is not None else words
            return self.tr("不能撤回"), "yellow", words
        return self.tr("已办"), "green", words

    def _waiting(self, one: Any) -> Sequence[QTableWidgetItem]:
        code = one.row.code if one.row is not None else one.case_id
        return [
            cell(code, key=one.case_id),
            cell(""),
            cell(self.tr("没有派"), tone="text_3"),
            cell(self.tr("已停止")),
        ]

    def _open(self, item: QTableWidgetItem) -> None:
        first = self.table.item(item.row(), 0)
        if first is not None:
            self._context.show_case(str(first.data(KEY)))

    def _left(self) -> list[str]:
        undone = self._sending.planned[len(self._sending.outcomes) :]
        return [*(one.case_id for one in self._sending.not_sent), *(one.case_id for one in undone)]

    def _choose(self) -> None:
        self._context.selection.set(self._left())
        self.accept()

    def _again(self) -> None:
        ids = self._left()
        self.accept()
        self._desk.send(ids, self._sending.target)

    def _undo(self) -> None:
        self._desk.undo(self._sending)

    def _words(self) -> None:
        self._desk.ask_anew(self._sending)
