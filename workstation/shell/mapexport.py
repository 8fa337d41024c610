"""Writing what the map shows to a page: what is asked before, what is shown meanwhile, and what is said at the end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QProgressBar, QWidget

from ..paths import home
from . import text
from .basics import FormRow, kind_label
from .context import AppContext
from .dialogs import Dialog

ENDINGS = (".pdf", ".png")


class MapExportDialog(Dialog):
    """Title, note, paper and kind of file; then where to. While the page is written it shows that, and can be closed."""

    def __init__(self, context: AppContext, parent: QWidget | None) -> None:
        super().__init__(QCoreApplication.translate("MapExport", "导出地图"), parent, icon="print", width=440)
        self._context = context
        city = context.services.city.name
        self.title = QLineEdit(self.tr("{city}城市管理地图").format(city=city))
        self.note = QLineEdit()
        self.note.setPlaceholderText(self.tr("印在页面下方，可不填"))
        self.page = QComboBox()
        for key, words in (("A4", self.tr("A4 横向")), ("A3", self.tr("A3 横向"))):
            self.page.addItem(words, key)
        self.kind = QComboBox()
        for key, words in ((".pdf", self.tr("PDF 文档")), (".png", self.tr("PNG 图片"))):
            self.kind.addItem(words, key)
        self._form = QWidget()
        row = QHBoxLayout(self._form)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(FormRow(self.tr("纸张"), self.page))
        row.addWidget(FormRow(self.tr("格式"), self.kind))
        self._fields = [FormRow(self.tr("标题"), self.title), FormRow(self.tr("说明"), self.note), self._form]
        for field in self._fields:
            self.body.addWidget(field)
        hint = self.tr("导出当前视图范围内的底图，不含案卷标记；隐藏的图层不导出")
        self.words = kind_label(hint, "small")
        self.words.setWordWrap(True)
        self.body.addWidget(self.words)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.body.addWidget(self.bar)
        self.cancel = self.add_button(self.tr("取消"))
        self.ok = self.add_button(self.tr("导出…"), "primary", self._ask_where)

    def _ask_where(self) -> None:
        kind = str(self.kind.currentData())
        title = self.title.text().strip() or self.tr("地图")
        name = f"{title}{kind}"
        pattern = self.tr("PDF 文档 (*.pdf)") if kind == ".pdf" else self.tr("PNG 图片 (*.png)")
        dialog = QFileDialog(self, self.tr("导出地图"), str(home() / name), pattern)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind[1:])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.export)
        dialog.open()

    @Slot(str)
    def export(self, path: str) -> None:
        """Write the page. Its end is told by a message, whether this dialog is still open or not."""
        context = self._context
        file = Path(path)
        if file.suffix.lower() not in ENDINGS:
            file = file.with_name(file.name + str(self.kind.currentData()))
        box = context.canvas.view.extent
        number = context.client.export_map(
            file,
            (box.xmin, box.ymin, box.xmax, box.ymax),
            title=self.title.text().strip(),
            subtitle=self.tr("{city} · {time}").format(
                city=context.services.city.name, time=text.full_time_text(context.services.now())[:16]
            ),
            note=self.note.text().strip(),
            page=str(self.page.currentData()),
            hidden=context.canvas.hidden_layers(),
        )
        for field in self._fields:
            field.setEnabled(False)
        self.ok.hide()
        self.cancel.setText(self.tr("后台继续"))
        self.words.setText(self.tr("正在绘制 {file}，地图可以照常使用").format(file=file.name))
        self.bar.show()
        watch = ExportWatch(context, number)
        watch.over.connect(self.accept)


class ExportWatch(QObject):
    """Tells the end of one export; lives as long as it takes, at most as long as the person sits there."""

    over = Signal()

    def __init__(self, context: AppContext, number: int) -> None:
        super().__init__(context)
        self._context = context
        self._number = number
        context.client.exported.connect(self._exported)

    @Slot(int, str, str)
    def _exported(self, number: int, path: str, problem: str) -> None:
        if number != self._number:
            return
        context = self._context
        context.client.exported.disconnect(self._exported)
        self.deleteLater()
        if not context.stopped:
            self.over.emit()
            if problem:
                context.notify(problem_text(problem), "error")
            else:
                words = self.tr("地图已导出：{file}").format(file=path)
                context.notify(words, "success", (self.tr("打开"), _opener(path)))


def _opener(path: str) -> Callable[[], None]:
    return lambda: _open(path)


def _open(path: str) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))


def problem_text(problem: str) -> str:
    """Why a page was not written, as a sentence; the technical part goes after it where the person can act on it."""
    translate = QCoreApplication.translate
    code, _, detail = problem.partition(":")
    words = {
        "no_qgis": translate("MapExport", "没有找到 QGIS，地图不能导出"),
        "bad_format": translate("MapExport", "只能导出 PDF 或 PNG，纸张 A4 或 A3"),
        "not_written": translate("MapExport", "文件写不进去，请换一个文件夹：{detail}").format(
            detail=detail.strip()
        ),
    }
    return words.get(code.strip(), translate("MapExport", "地图没有导出，详情已写入日志"))
