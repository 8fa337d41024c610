"""The posts of a person as badges, to be given and taken by whoever keeps the staff (TY-1-THREE)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.panels.common.fields import Choice
from workstation.panels.common.fieldsdialog import FieldsDialog
from workstation.services.centre.people import SYSTEM
from workstation.shell.context import AppContext
from workstation.shell.texts import text
from workstation.shell.widgets import Badge, ConfirmDialog, FlowLayout, button, empty


class PostsOf(QWidget):
    """``changed`` when a post was given or taken."""

    changed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.may_staff = context.actor.post in context.services.handbook.staff_posts
        self._person = self._name = ""
        self._held: tuple[str, ...] = ()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)

    def _post(self, key: str) -> str:
        return text.post_text(key, self._context.services.handbook)

    def show_person(self, person: str, name: str, posts: tuple[str, ...]) -> None:
        """Whose posts these are. Nobody gives posts to themselves or takes their own."""
        self._person, self._name, self._held = person, name, posts
        empty(self._box)
        holder = QWidget()
        flow = FlowLayout(holder, spacing=6)
        changes = self.may_staff and person != self._context.actor.person
        for post in posts:
            flow.addWidget(Badge(self._post(post), "accent_hover"))
            if changes:
                away = button(self.tr("撤销"), "link", on_click=partial(self.revoke, post))
                away.setObjectName(f"revoke-{post}")
                flow.addWidget(away)
        if changes:
            give = button(self.tr("授予岗位…"), "small", "plus", self.grant)
            give.setObjectName("grant")
            flow.addWidget(give)
        self._box.addWidget(holder)

    def grant(self) -> FieldsDialog:
        """Ask for the post; one of another hand is refused, and the dialog says why."""
        person = self._person
        book = self._context.services.handbook
        items = [
            (key, post.label, text.label(book, "hands", post.hand) if post.hand else "")
            for key, post in book.posts.items()
            if key not in self._held and post.level != SYSTEM
        ]
        field = Choice("post", self.tr("岗位"), items)
        title = self.tr("授予岗位 · {name}").format(name=self._name)
        dialog = FieldsDialog(self._context, title, self.tr("授予"), [field], self.window())
        services, actor = self._context.services, self._context.actor
        dialog.work = lambda data: services.people.grant(person, data["post"], actor)
        dialog.on_done = lambda _done: self.changed.emit()
        dialog.open()
        return dialog

    def revoke(self, post: str) -> None:
        """Take a post, after a question."""
        person = self._person
        services, actor, tasks = self._context.services, self._context.actor, self._context.tasks
        words = self.tr("撤销 {name} 的岗位“{post}”？").format(name=self._name, post=self._post(post))
        ConfirmDialog(
            self.window(),
            self.tr("撤销岗位"),
            words,
            self.tr("撤销岗位"),
            lambda: tasks.run(
                services.people.revoke,
                *(person, post, actor),
                owner=self,
                priority=1,
                on_done=lambda _done: self.changed.emit(),
            ),
            danger=True,
        ).open()
