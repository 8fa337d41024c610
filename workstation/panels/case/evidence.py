"""The evidence file of a case: made, kept, saved for law enforcement, and checked (MQ-19-EVIDENCE, MQ-42-TRANSFER)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from workstation.panels.common.fields import Field
from workstation.panels.common.place_picture import PlacePicture
from workstation.services.documents.evidence import EvidenceInfo, Finding, verify
from workstation.services.services import Services
from workstation.shell.context import AppContext
from workstation.shell.texts import text
from workstation.shell.widgets import Card, Dialog, FlowLayout, SectionHeader, button, kind_label
from workstation.workflow.case import Case
from workstation.workflow.event import Actor

from .grid import wrapped


def finding_text(finding: Finding) -> str:
    """What is wrong with an evidence file, in a sentence."""
    translate = QCoreApplication.translate
    return {
        "not_a_zip": translate("Evidence", "这不是证据文件，或者文件已损坏"),
        "no_manifest": translate("Evidence", "缺少清单"),
        "missing": translate("Evidence", "缺少 {name}"),
        "extra": translate("Evidence", "多出了 {name}"),
        "altered": translate("Evidence", "{name} 被改动过"),
        "chain": translate("Evidence", "流转记录不连续（{name}）"),
        "hash": translate("Evidence", "第 {name} 条流转记录被改动过"),
        "case": translate("Evidence", "案卷数据与流转记录不符"),
        "photo_missing": translate("Evidence", "缺少照片 {name}"),
        "too_large": translate("Evidence", "文件过大，不是证据文件"),
        "proof": translate("Evidence", "第 {name} 条流转记录与封存不符"),
        "seal_signature": translate("Evidence", "{name} 的封存签名不符"),
        "seal_key": translate("Evidence", "{name} 的封存不是用本中心的密钥签名的"),
    }[finding.code].format(name=finding.name)


def make_and_keep(services: Services, case_id: str, actor: Actor, place: bytes = b"") -> str:
    """Make the file as the case stands, keep it; its SHA-256. ``place``: a picture of the map."""
    return services.evidence.store(services.evidence.make(case_id, actor, place))


def make_in_background(
    context: AppContext,
    case: Case,
    owner: QObject,
    on_done: Callable[[str], None],
    on_error: Callable[[BaseException], None],
) -> None:
    """:func:`make_and_keep` as a background task, with the map where there is one; the file's SHA-256 or the error."""
    actor = context.actor

    def drawn(place: bytes) -> None:
        context.tasks.run(
            make_and_keep,
            context.services,
            case.id,
            actor,
            place,
            owner=owner,
            priority=1,
            on_done=on_done,
            on_error=on_error,
        )

    PlacePicture(context, case, owner, drawn)


class EvidenceCard(Card):
    """The files kept of one case, the newest first, with what can be done with them."""

    def __init__(
        self, context: AppContext, case: Case, files: list[EvidenceInfo], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._case, self._files = context, case, files
        head = SectionHeader(self.tr("证据文件"), icon="evidence")
        head.set_count(len(files) or None)
        self.body.addWidget(head)
        for info in files:
            current = info.seq == case.seq
            words = self.tr("{time}　{who}　{size} KB").format(
                time=text.time_text(info.made_at),
                who=context.name_of(info.made_by),
                size=max(1, info.size // 1024),
            )
            if info.sha256 == case.evidence:
                words += self.tr("　已随案移送")
            elif not current:
                words += self.tr("　生成后案卷又有变动")
            line = QHBoxLayout()
            line.addWidget(wrapped(f"{words}\nSHA-256 {info.sha256}", "small"), 1)
            self.body.addLayout(line)
        row = QWidget()
        flow = FlowLayout(row, spacing=8)
        self.make = button(self.tr("生成"), "", "evidence", self._make)
        self.save = button(self.tr("保存…"), "", "save", self.choose_file)
        self.check = button(self.tr("校验"), "", "check", self._check)
        self.check_file = button(self.tr("校验文件…"), "link", "", self._choose_to_check)
        for item in (self.make, self.save, self.check, self.check_file):
            flow.addWidget(item)
        self.save.setEnabled(bool(files))
        self.check.setEnabled(bool(files))
        self.body.addWidget(row)

    def _make(self) -> None:
        self.make.setEnabled(False)
        make_in_background(self._context, self._case, self, self._made, self._not_made)

    def _made(self, sha256: str) -> None:
        context = self._context
        info_of = context.services.evidence.of_case
        context.notify(self.tr("证据文件已生成：{sha}").format(sha=sha256[:16]), "success")
        context.tasks.run(info_of, self._case.id, owner=self, key="evidence", on_done=self._again)

    def _again(self, files: list[EvidenceInfo]) -> None:
        """Put a card with the new file in this one's place."""
        holder = self.parentWidget()
        box = holder.layout() if holder is not None else None
        if box is not None:
            box.replaceWidget(self, EvidenceCard(self._context, self._case, files))
            self.hide()
            self.deleteLater()

    def _not_made(self, error: BaseException) -> None:
        self.make.setEnabled(True)
        self._context.say_error(error)

    def choose_file(self) -> QFileDialog:
        """Ask where to save the newest file."""
        dialog = QFileDialog(self.window(), self.tr("保存证据文件"), "", self.tr("证据文件 (*.zip)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("zip")
        dialog.selectFile(f"{self._case.code}-{self._files[0].sha256[:8]}.zip")
        dialog.fileSelected.connect(self.save_as)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def save_as(self, path: str) -> None:
        """Write the newest file there, byte for byte."""
        context = self._context
        context.tasks.run(
            _write,
            context.services,
            self._files[0].sha256,
            context.actor,
            path,
            owner=self,
            on_done=lambda _done: context.notify(
                self.tr("证据文件已保存：{path}").format(path=path), "success"
            ),
        )

    def _check(self) -> None:
        context = self._context
        context.tasks.run(
            _verify_kept,
            context.services,
            self._files[0].sha256,
            context.actor,
            owner=self,
            on_done=partial(show_findings, self.window(), self._files[0].sha256[:16]),
        )

    def _choose_to_check(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("校验证据文件"), "", self.tr("证据文件 (*.zip)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.check_path)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def check_path(self, path: str) -> None:
        """Check a file from anywhere."""
        self._context.tasks.run(
            _verify_path, path, owner=self, on_done=partial(show_findings, self.window(), Path(path).name)
        )


def show_findings(parent: QWidget, name: str, findings: list[Finding]) -> None:
    """Say what was found; that nothing was is said too."""
    translate = QCoreApplication.translate
    title = (
        translate("Evidence", "证据文件有问题")
        if findings
        else translate("Evidence", "证据文件完整，未被改动")
    )
    dialog = Dialog(title, parent, icon="close-circle" if findings else "check-circle")
    dialog.body.addWidget(wrapped(name, "muted"))
    for finding in findings[:20]:
        dialog.body.addWidget(wrapped(finding_text(finding)))
    dialog.add_button(translate("Evidence", "关闭"), "primary")
    dialog.open()


class EvidenceField(Field):
    """The evidence file that a transfer carries: the newest that is kept, or one made here."""

    def __init__(self, context: AppContext, case: Case, title: str, required: bool) -> None:
        super().__init__("evidence", required)
        self._context, self._case = context, case
        self._sha = ""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        self.words = kind_label(self.tr("还没有证据文件"), "muted")
        self.make = button(self.tr("生成"), "", "evidence", self._make)
        self.make.setAutoDefault(False)
        row.addWidget(self.words, 1)
        row.addWidget(self.make)
        self._row(title, holder, self.tr("案卷、流转记录和照片原件，随案移送"))
        context.tasks.run(
            context.services.evidence.of_case, case.id, owner=self, key="evidence", on_done=self._show
        )

    def _show(self, files: list[EvidenceInfo]) -> None:
        current = next((info for info in files if info.seq == self._case.seq), None)
        if current is not None:
            self._set(current.sha256)

    def _set(self, sha256: str) -> None:
        self._sha = sha256
        self.words.setText(self.tr("已生成 {sha}").format(sha=sha256[:16]))
        self.make.hide()
        self.changed.emit()

    def _make(self) -> None:
        self.make.setEnabled(False)
        make_in_background(self._context, self._case, self, self._set, self._failed)

    def _failed(self, error: BaseException) -> None:
        self.make.setEnabled(True)
        self._context.say_error(error)

    def focus(self) -> None:
        self.make.setFocus()

    def value(self) -> Any:
        return self._sha or None

    def missing(self) -> str:
        return self.tr("请先生成证据文件") if self.required and not self._sha else ""


def _write(services: Services, sha256: str, actor: Actor, path: str) -> None:
    Path(path).write_bytes(services.evidence.get(sha256, actor).content)


def _verify_kept(services: Services, sha256: str, actor: Actor) -> list[Finding]:
    return verify(services.evidence.get(sha256, actor).content)


def _verify_path(path: str) -> list[Finding]:
    return verify(Path(path).read_bytes())
