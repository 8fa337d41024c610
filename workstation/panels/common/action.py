"""One action on one case or several: what it needs is asked, what it will do to the clocks is shown, then it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from workstation.shell.context import AppContext
from workstation.shell.widgets import Dialog, kind_label
from workstation.workflow.flow import Arrow
from workstation.workflow.handbook import Handbook

from .effectnote import EffectNote
from .effects import DataOf
from .fields import Field, Settled, trial_values, values

Sent = Callable[[dict[str, Any]], object]


def as_taken(arrow: Arrow | None, fields: Sequence[Field]) -> list[Field]:
    """Those of the fields that the arrow takes in this handbook, required where it says so."""
    if arrow is None:
        return list(fields)
    out = []
    for field in fields:
        spec = arrow.field(field.name)
        if spec is not None:
            field.require(spec.required)
            out.append(field)
    return out


class ActionDialog(Dialog):
    """Asks for the fields of the arrow ``name``; ``on_ok(data)`` when the person agrees to what is shown."""

    def __init__(
        self,
        context: AppContext,
        name: str,
        cases: Sequence[Any],
        fields: Sequence[Field],
        on_ok: Sent,
        parent: QWidget | None,
        *,
        title: str = "",
        intro: str = "",
        ok_text: str = "",
        danger: bool = False,
        width: int = 480,
        trial: Callable[[], dict[str, Any] | DataOf | None] | None = None,
        handbook: Handbook | None = None,
    ) -> None:
        book = handbook or context.services.handbook
        words = title or book.label("arrows", name)
        super().__init__(words, parent, width=width)
        self._context = context
        self._name = name
        self._ids = [case.id for case in cases]
        self.fields = as_taken(book.arrow(name), fields)
        self._trial = trial
        self._on_ok = on_ok
        if intro:
            label = kind_label(intro, "label")
            label.setWordWrap(True)
            self.body.addWidget(label)
        for field in self.fields:
            field.setParent(self)
            for row in field.rows:
                self.body.addWidget(row)
            field.changed.connect(self.foresee)
        self.note = EffectNote(context)
        self.note.told.connect(self._told)
        self.body.addWidget(self.note)
        self.add_button(self.tr("取消"))
        self.ok = self.add_button(ok_text or words, "danger" if danger else "primary", self._accept)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._accept)
        asked = next((field for field in self.fields if field.rows and not isinstance(field, Settled)), None)
        if asked is not None:
            asked.focus()
        else:
            self.ok.setFocus()
        self.foresee()
        for case_id in self._ids:
            context.presence.work(case_id, name, True)
        self.finished.connect(self._left)

    def _left(self, _result: int) -> None:
        for case_id in self._ids:
            self._context.presence.work(case_id, self._name, False)

    def field(self, name: str) -> Any:
        """The field of that name; StopIteration where the arrow takes none."""
        return next(field for field in self.fields if field.name == name)

    def data(self) -> dict[str, Any]:
        """What would be sent."""
        return values(self.fields)

    def foresee(self) -> None:
        """Ask what would come of it as filled in now."""
        data = self._trial() if self._trial is not None else trial_values(self.fields)
        if data is None:
            self.note.say([])
            return
        self.note.ask(self._name, self._ids, data)

    def _told(self, possible: bool) -> None:
        self.ok.setEnabled(possible)

    def _accept(self) -> None:
        bad = None
        for field in self.fields:
            words = field.missing()
            if field.row is not None:
                field.row.set_error(words)
            if words and bad is None:
                bad = field
        if bad is not None:
            bad.focus()
            return
        if not self.ok.isEnabled():
            return
        data = self.data()
        self.accept()
        self._on_ok(data)
