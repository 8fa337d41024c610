"""The panel: what is open and what can be done with it above, the structure at the left, a page at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from workstation.shell.texts.text import joined

from ...services.rules.handbook_texts import NotWritable, unfounded, with_value
from ...services.rules.handbooks import EditionInfo, Problem
from ...shell.panel import Panel
from ...shell.texts.handbook import handbook_error_text
from ...shell.texts.text import local
from ...shell.widgets.basics import Badge, Card, button, kind_label, tool_button
from ...shell.widgets.dialogs import ConfirmDialog, ReasonDialog
from ...workflow.handbook import HandbookError
from . import words
from .approve import ApproveDialog
from .lists import ComparePage, HistoryPage, ProposalsPage
from .session import Session
from .sheet import Place, copied_condition, jump_file, without_condition
from .sheetpage import SheetPage
from .textpage import TextPage

if TYPE_CHECKING:
    from ...shell.context import AppContext

WIDE = 700
"""From this width on the structure stands at the left; below it is a list above the page."""
FIRST_PAGE = "head"
PRACTICE = "PRACTICE"
"""What a figure rests on that no regulation gives."""


class HandbookPanel(Panel):
    """The handbook in force to read, and drafts of the next one to write, compare, hand in and approve."""

    key: ClassVar[str] = "handbook"
    icon: ClassVar[str] = "handbook"
    area: ClassVar[str] = "left"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.session = Session(context, self)
        self._settle = self.session.settle
        self._page = FIRST_PAGE
        self._loaded = False
        self._others: list[EditionInfo] = []
        self._build()
        self.session.opened.connect(self._opened)
        self.session.changed.connect(self._show_state)
        self.session.changed.connect(self._show_texts)
        self.session.parsed.connect(self._parsed)
        self.session.saved.connect(self._show_state)
        self.session.gone.connect(lambda: self.session.open())
        context.changed.connect(self._told)
        context.actor_changed.connect(self._somebody_else)

    @property
    def title(self) -> str:
        """The panel's name."""
        return self.tr("指挥手册")

    # ---- building ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.name = kind_label("", "heading")
        self.badge = Badge()
        self.about = kind_label("", "small")
        self.about.setWordWrap(True)
        # A long title must not keep the dock wide.
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.badge)
        head.addWidget(self.name, 1)
        self.undo = tool_button("undo", self.tr("撤销"), self.session.undo)
        self.redo = tool_button("redo", self.tr("重做"), self.session.redo)
        head.addWidget(self.undo)
        head.addWidget(self.redo)
        self.others = button("", "link", on_click=self._open_others)
        self.draft = button(self.tr("起草新版本"), "", "edit", self._start)
        self.discard = button(self.tr("删除草稿"), "ghost", "trash", self._discard)
        self.submit = button(self.tr("提交审批"), "primary", "send", self.session.submit)
        self.back = button(self.tr("退回修改"), "", "return", self._send_back)
        self.approve = button(self.tr("审批"), "primary", "check", self._approve)
        deeds = QHBoxLayout()
        deeds.setSpacing(8)
        deeds.addWidget(self.about, 1)
        for widget in (self.others, self.draft, self.discard, self.back, self.submit, self.approve):
            deeds.addWidget(widget)
        self.alarm = Card(kind="alarm", margin=8, spacing=4)
        self.wrong = kind_label("", "label")
        self.wrong.setWordWrap(True)
        self.where = button(self.tr("转到错误处"), "link", on_click=self._go_to_problem)
        self.alarm.body.addWidget(self.wrong)
        self.alarm.body.addWidget(self.where, 0, Qt.AlignmentFlag.AlignLeft)
        self.pages_box = QComboBox()
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("筛选：代码、名称或内容"))
        self.search.setClearButtonEnabled(True)
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self.pages_box, 1)
        above.addWidget(self.search, 1)
        self._build_pages()
        self._build_tree()
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(above)
        column.addWidget(self.stack, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(6)
        self.split.addWidget(self.tree)
        self.split.addWidget(right)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([170, 700])
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 12, 12, 12)
        box.setSpacing(8)
        box.addLayout(head)
        box.addLayout(deeds)
        box.addWidget(self.alarm)
        box.addWidget(self.split, 1)
        self.alarm.hide()
        self.others.hide()

    def _build_pages(self) -> None:
        theme = self.context.theme
        self.sheet = SheetPage()
        self.sheet.edited.connect(self._edited)
        self.sheet.jump.connect(self._jump)
        self.sheet.added.connect(self._add_condition)
        self.sheet.removed.connect(self._remove_condition)
        self.search.textChanged.connect(self.sheet.narrow)
        self.text = TextPage(theme)
        self.text.edited.connect(lambda file, text: self.session.edit({**self.session.texts, file: text}))
        self.compare = ComparePage(theme)
        self.proposals = ProposalsPage()
        self.proposals.taken.connect(self._take)
        self.proposals.case_wanted.connect(self.context.show_case)
        self.history = HistoryPage()
        self.history.opened.connect(self._view)
        self.stack = QStackedWidget()
        for page in (self.sheet, self.text, self.compare, self.proposals, self.history):
            self.stack.addWidget(page)

    def _build_tree(self) -> None:
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setMinimumWidth(140)
        self._items: dict[str, QTreeWidgetItem] = {}
        for title, pages in ((self.tr("内容"), words.pages()), (self.tr("修订"), words.tools())):
            group = QTreeWidgetItem(self.tree, [title])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            group.setSizeHint(0, QSize(0, 30))
            bold = self.tree.font()
            bold.setBold(True)
            group.setFont(0, bold)
            for key, name in pages.items():
                item = QTreeWidgetItem(group, [name])
                item.setData(0, Qt.ItemDataRole.UserRole, key)
                item.setSizeHint(0, QSize(0, 28))
                self._items[key] = item
                self.pages_box.addItem(name, key)
            group.setExpanded(True)
        self.tree.setIndentation(14)
        self.tree.currentItemChanged.connect(lambda item, _old: self._choose(item))
        self.pages_box.currentIndexChanged.connect(
            lambda _n: self.show_page(str(self.pages_box.currentData()))
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The structure at the left where there is room for it."""
        super().resizeEvent(event)
        wide = self.width() >= WIDE
        self.tree.setVisible(wide)
        self.pages_box.setVisible(not wide)

    def showEvent(self, event: QShowEvent) -> None:
        """Read when looked at, not before."""
        super().showEvent(event)
        if not self._loaded:
            self._loaded = True
            self.session.open()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing that was typed waits for the panel to be opened again."""
        super().hideEvent(event)
        self.text.flush()
        self.session.save()

    # ---- pages ---------------------------------------------------------------------------------------------------

    @property
    def page(self) -> str:
        """The page that is shown."""
        return self._page

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        key = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        if key:
            self.show_page(str(key))

    def show_page(self, page: str) -> None:
        """Show a page of what is open."""
        self.text.flush()
        turned = page != self._page
        self._page = page
        self.tree.blockSignals(True)
        self.tree.setCurrentItem(self._items[page])
        self.tree.blockSignals(False)
        self.pages_box.blockSignals(True)
        self.pages_box.setCurrentIndex(self.pages_box.findData(page))
        self.pages_box.blockSignals(False)
        named = {
            "text": self.text,
            "compare": self.compare,
            "proposals": self.proposals,
            "history": self.history,
        }
        self.stack.setCurrentWidget(named.get(page, self.sheet))
        self.search.setVisible(page not in named)
        if turned:
            self.search.clear()
        self._fill()

    def _fill(self) -> None:
        """Fill the page that is shown with what is open."""
        session = self.session
        if session.handbook is None:
            return
        if self._page == "text":
            self.text.show_texts(session.texts, session.writable)
            self.text.show_problems(session.problems)
        elif self._page == "compare":
            self.compare.show_differences(session.differences, session.handbook)
        elif self._page in ("proposals", "history"):
            self._read_list()
        else:
            self.sheet.show_page(self._page, session.handbook, session.texts, session.writable)

    def _read_list(self) -> None:
        handbooks = self.context.services.handbooks
        history = self._page == "history"
        self.context.tasks.run(
            handbooks.history if history else handbooks.proposals,
            owner=self,
            on_done=self._show_history if history else self._show_proposals,
            key="list",
        )

    def _show_history(self, found: Any) -> None:
        self.history.show_editions(found, self.context.name_of)

    def _show_proposals(self, found: Any) -> None:
        rules = self.session.handbook.responsibilities if self.session.handbook else ()
        known = [rule.text for rule in rules]
        self.proposals.show_proposals(found, known, self.session.writable, self.context.name_of)

    # ---- what happens --------------------------------------------------------------------------------------------

    def _somebody_else(self, _actor: Any) -> None:
        if self._loaded:
            self._opened()

    def _opened(self) -> None:
        self._look_for_others()
        self._show_state()
        self._fill()

    def _parsed(self) -> None:
        self._show_state()
        self._fill()

    def _show_texts(self) -> None:
        if self._page == "text":
            self.text.show_texts(self.session.texts, self.session.writable)

    def _told(self, changes: Any) -> None:
        if "handbook" not in changes.topics or not self._loaded:
            return
        self._look_for_others()
        if self._page in ("history", "proposals"):
            self._read_list()
        info = self.session.info
        if info is not None and info.holds and info.id != self.context.services.handbook.id:
            self.session.open()

    def _show_state(self) -> None:
        session, info = self.session, self.session.info
        handbooks, actor = self.context.services.handbooks, self.context.actor
        draft = info is not None and info.status == "draft"
        handed_in = info is not None and info.status == "submitted"
        self.undo.setVisible(session.writable)
        self.redo.setVisible(session.writable)
        self.undo.setEnabled(session.can_undo)
        self.redo.setEnabled(session.can_redo)
        self.draft.setVisible(info is not None and not draft and not handed_in and handbooks.may_edit(actor))
        self.discard.setVisible((draft or handed_in) and handbooks.may_edit(actor))
        self.submit.setVisible(draft and handbooks.may_edit(actor))
        self.submit.setEnabled(not session.problems)
        self.submit.setToolTip(self.tr("请先改正错误") if session.problems else "")
        self.back.setVisible(handed_in and handbooks.may_approve(actor))
        self.approve.setVisible(handed_in and handbooks.may_approve(actor))
        wrote = info is not None and actor.person in info.author.split(",")
        self.approve.setEnabled(not wrote)
        self.approve.setToolTip(self.tr("参与起草的人不能审批") if wrote else "")
        self._show_problems(session.problems)
        if info is None:
            return
        title = session.handbook.title if session.handbook else info.city
        self.name.setText(self.tr("{title} {edition}").format(title=title, edition=info.edition))
        self.name.setToolTip(info.id)
        self.badge.set(*words.status(info))
        self.about.setText(self._about())

    def _show_others(self, found: Any) -> None:
        """Drafts besides the one that is shown, and among them what waits for approval."""
        shown = self.session.info.id if self.session.info else ""
        self._others = [i for i in found if i.status in ("draft", "submitted") and i.id != shown]
        waiting = sum(i.status == "submitted" for i in self._others)
        drafts = len(self._others) - waiting
        parts = [self.tr("待审批 {n}").format(n=waiting)] if waiting else []
        parts += [self.tr("草稿 {n}").format(n=drafts)] if drafts else []
        self.others.setText(" · ".join(parts))
        self.others.setVisible(bool(parts))

    def _open_others(self) -> None:
        if len(self._others) == 1:
            # What it changes is what one wants to know first.
            self.session.open(self._others[0].id)
            self.show_page("compare")
        else:
            self.show_page("history")

    def _look_for_others(self) -> None:
        handbooks = self.context.services.handbooks
        self.context.tasks.run(handbooks.history, owner=self, on_done=self._show_others, key="others")

    def _about(self) -> str:
        info, session = self.session.info, self.session
        if info is None:
            return ""
        if info.status in ("draft", "submitted"):
            authors = joined(self.context.name_of(person) for person in info.author.split(",") if person)
            said = self.tr("起草 {authors}").format(authors=authors)
            if info.status == "draft":
                saved = self.tr("正在保存…") if session.dirty else self.tr("已保存")
                said = self.tr("{said} · 与现行版本 {n} 处不同 · {saved}").format(
                    said=said, n=len(session.differences), saved=saved
                )
            return f"{said} · {info.note}" if info.note else said
        body = session.handbook.approver if session.handbook else ""
        day = session.handbook.valid_from if session.handbook else ""
        day = day or self.tr("（日期未定）")
        said = self.tr("{body}批准 · 自 {day} 起施行").format(body=body, day=day)
        if info.approved_at is not None:
            said += self.tr(" · {at} 由{person}审批").format(
                at=local(info.approved_at).strftime("%Y-%m-%d"), person=self.context.name_of(info.approver)
            )
        return said

    def _show_problems(self, problems: list[Problem]) -> None:
        self.alarm.setVisible(bool(problems))
        if problems:
            self.wrong.setText("\n".join(_sentence(problem) for problem in problems[:3]))

    def _go_to_problem(self) -> None:
        if self.session.problems:
            first = self.session.problems[0]
            self.show_page("text")
            self.text.open_file(first.file, first.line)

    # ---- what is done --------------------------------------------------------------------------------------------

    def _start(self) -> None:
        info = self.session.info
        self.session.start("" if info is None or info.holds else info.id)

    def _edited(self, place: Place, value: Any) -> None:
        try:
            texts = place.write(self.session.texts, value)
            table = unfounded(texts, place.file, place.path)
            if table is not None:
                texts = with_value(texts, place.file, (*table, "article"), PRACTICE)
                self.context.notify(
                    self.tr("改动了所依据手册的规定，依据已记为“通行做法”；有条文的请在“依据”一列注明")
                )
        except NotWritable:
            self.context.notify(self.tr("这一项要在文本中修改"), "warning")
            self._jump(place)
            return
        self.session.edit(texts)

    def _add_condition(self, key: str) -> None:
        texts, made = copied_condition(self.session.texts, key)
        self.session.edit(texts)
        self.sheet.wanted = made

    def _remove_condition(self, key: str) -> None:
        self.session.edit(without_condition(self.session.texts, key))

    def _jump(self, place: Place) -> None:
        """Show where something stands in the files."""
        texts = self.session.texts
        file = jump_file(texts, place.file)
        self.show_page("text")
        self.text.open_file(file, place.line(texts.get(file, "")))

    def _take(self, proposal: Any) -> None:
        handbooks = self.context.services.handbooks
        self.session.edit(handbooks.with_proposal(self.session.texts, proposal))
        self.context.notify(self.tr("规则已纳入草稿，可在“规则 · 责任认定”中查看"), "success")

    def _view(self, edition: str) -> None:
        self.session.open(edition)
        self.show_page(FIRST_PAGE)

    def _discard(self) -> None:
        self.ask = ConfirmDialog(
            self,
            self.tr("删除草稿"),
            self.tr("草稿删除后不能恢复。"),
            self.tr("删除"),
            self.session.discard,
            danger=True,
        )
        self.ask.open()

    def _send_back(self) -> None:
        ReasonDialog.ask(self, self.tr("退回修改"), self.session.send_back, ok_text=self.tr("退回"))

    def _approve(self) -> None:
        session = self.session
        if session.handbook is None:
            return
        today = local(self.context.services.now()).date()
        ApproveDialog(self, session.handbook, session.differences, today, session.approve).open()


def _sentence(problem: Problem) -> str:
    """What is wrong, in the user's language."""
    error = HandbookError(
        problem.code, problem.file, problem.line, problem.key, problem.problem, problem.advice
    )
    return handbook_error_text(error)
