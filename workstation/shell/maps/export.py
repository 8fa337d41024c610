"""Writing what the map shows to a page: what is asked before, a preview, what is shown meanwhile, what is said at the
end."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QImage, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from ...paths import home
from ..context import AppContext
from ..texts import text
from ..widgets.basics import FormRow, kind_label
from ..widgets.dialogs import Dialog
from . import page as mappage

ENDINGS = (".pdf", ".png")
PREVIEW = (440, 330)
PREVIEW_DPI = 60.0
PAGE_DPI = 200.0
SETTLE_MS = 450
SCALES = (0, 500, 1000, 2000, 5000, 10_000, 25_000, 50_000)


class MapExportDialog(Dialog):
    """What the page is to have, and how it would look; then where to. While the page is written it shows that, and can be
    closed."""

    def __init__(self, context: AppContext, parent: QWidget | None) -> None:
        super().__init__(QCoreApplication.translate("MapExport", "导出地图"), parent, icon="print", width=820)
        self._context = context
        self._canvas = context.canvas
        city = context.services.city.name
        self.title = QLineEdit(self.tr("{city}城市管理地图").format(city=city))
        self.note = QLineEdit()
        self.note.setPlaceholderText(self.tr("印在页面下方，可不填"))
        self.page = _choices(("A4", "A4"), ("A3", "A3"), ("view", self.tr("仅当前视图")))
        self.lie = _choices((True, self.tr("横向")), (False, self.tr("纵向")))
        self.kind = _choices((".pdf", self.tr("PDF 文档")), (".png", self.tr("PNG 图片")))
        fit = self.tr("适合当前视图")
        self.scale = _choices(*((value, f"1:{value:,}" if value else fit) for value in SCALES))
        selected = len(self._canvas.cases.selection)
        self.cases = _choices(
            ("view", self.tr("视野内的案卷")),
            ("selected", self.tr("选中的 {n} 件").format(n=selected)),
            ("", self.tr("不印案卷")),
        )
        self.cases.setCurrentIndex(1 if selected else 0)
        self.legend = QCheckBox(self.tr("图例"))
        self.legend.setChecked(True)
        self.listed = QCheckBox(self.tr("案卷列表"))
        self.areas = QCheckBox(self.tr("责任区（按屏幕显示）"))
        shown = self._canvas.unit_areas_shown()
        self.areas.setEnabled(shown is None or bool(shown))
        self.areas.setChecked(self.areas.isEnabled())
        self._make_form()
        self.words = kind_label(self.tr("隐藏的图层不导出；报案人信息不会印出"), "small")
        self.words.setWordWrap(True)
        self.body.addWidget(self.words)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.body.addWidget(self.bar)
        self.cancel = self.add_button(self.tr("取消"))
        self.ok = self.add_button(self.tr("导出…"), "primary", self._ask_where)
        self._preview = Preview(context, self)
        self._preview.shown.connect(self._show_preview)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._look)
        for box in (self.page, self.lie, self.scale, self.cases, self.kind):
            box.currentIndexChanged.connect(self._changed)
        for check in (self.legend, self.listed, self.areas):
            check.toggled.connect(self._changed)
        for field in (self.title, self.note):
            field.textChanged.connect(self._changed)
        self._changed()
        self._settle.stop()
        QTimer.singleShot(0, self, self._look)  # the first at once

    def _make_form(self) -> None:
        self.picture = QLabel(self.tr("正在绘制预览…"))
        self.picture.setFixedSize(*PREVIEW)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName(self.tr("预览"))
        self._fields = QWidget()
        column = QVBoxLayout(self._fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(FormRow(self.tr("标题"), self.title))
        column.addWidget(FormRow(self.tr("说明"), self.note))
        for first, second in (
            (FormRow(self.tr("纸张"), self.page), FormRow(self.tr("方向"), self.lie)),
            (FormRow(self.tr("比例尺"), self.scale), FormRow(self.tr("格式"), self.kind)),
        ):
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(first, 1)
            row.addWidget(second, 1)
            column.addLayout(row)
        column.addWidget(FormRow(self.tr("案卷"), self.cases))
        checks = QHBoxLayout()
        checks.setSpacing(16)
        for check in (self.legend, self.listed):
            checks.addWidget(check)
        checks.addStretch(1)
        column.addLayout(checks)
        column.addWidget(self.areas)  # too long beside the others in some languages
        column.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(18)
        both.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        both.addWidget(self._fields, 1)
        self.body.addLayout(both)

    # ---- what is wanted ----

    def choice(self) -> mappage.Choice:
        """What the form says."""
        return mappage.Choice(
            page=str(self.page.currentData()),
            landscape=bool(self.lie.currentData()),
            legend=self.legend.isChecked(),
            cases=str(self.cases.currentData()),
            listed=self.listed.isChecked(),
            areas=self.areas.isChecked(),
            scale=float(self.scale.currentData()),
        )

    def _changed(self) -> None:
        layout = self.page.currentData() != "view"
        for widget in (self.title, self.note, self.lie, self.scale, self.legend):
            widget.setEnabled(layout)
        self.listed.setEnabled(layout and bool(self.cases.currentData()))
        self._settle.start()

    def _gathered(self) -> mappage.Gathered:
        services = self._context.services
        source = self.tr("数据来源：{city}城市管理数据库，截至 {time}；坐标系 {crs}").format(
            city=services.city.name,
            time=text.full_time_text(services.now())[:16],
            crs=services.city.map_crs,
        )
        return mappage.gather(self._canvas, self.choice(), services.now(), source)

    def _options(self, gathered: mappage.Gathered) -> dict[str, Any]:
        services = self._context.services
        subtitle = self.tr("{city} · {time}").format(
            city=services.city.name, time=text.full_time_text(services.now())[:16]
        )
        return {
            "extent": gathered.extent,
            "title": self.title.text().strip(),
            "subtitle": subtitle,
            "note": self.note.text().strip(),
            "page": gathered.choice.page,
            "hidden": self._canvas.hidden_layers(),
        }

    # ---- how it would look ----

    def _look(self) -> None:
        gathered = self._gathered()
        self._preview.ask(gathered, self._options(gathered), self.kind.currentData() == ".pdf")

    def _show_preview(self, image: QImage) -> None:
        if image.isNull():
            self.picture.setText(self.tr("预览没有画出来，可以直接导出"))
            return
        ratio = self.devicePixelRatioF()
        size = self.picture.size() * ratio
        scaled = image.scaled(
            size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        picture = QPixmap.fromImage(scaled)
        picture.setDevicePixelRatio(ratio)
        self.picture.setPixmap(picture)

    # ---- writing ----

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
        file = Path(path)
        if file.suffix.lower() not in ENDINGS:
            file = file.with_name(file.name + str(self.kind.currentData()))
        gathered = self._gathered()
        self._settle.stop()
        self._fields.setEnabled(False)
        self.ok.hide()
        self.cancel.setText(self.tr("后台继续"))
        self.words.setText(self.tr("正在绘制 {file}，地图可以照常使用").format(file=file.name))
        self.bar.show()
        watch = ExportWatch(self._context, file, gathered, self._options(gathered))
        watch.over.connect(self.accept)


class Preview(QObject):
    """Draws small pages in a folder of its own, one at a time; what is asked meanwhile is drawn next. ``shown`` gives an
    empty image where it could not be drawn."""

    shown = Signal(QImage)

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._folder = tempfile.TemporaryDirectory(prefix="workstation-preview-")
        self._wanted: tuple[mappage.Gathered, dict[str, Any], bool] | None = None
        self._busy = False
        self._number = -1
        context.client.exported.connect(self._exported)
        self.destroyed.connect(self._folder.cleanup)

    def ask(self, gathered: mappage.Gathered, options: dict[str, Any], goes_on: bool) -> None:
        """Draw this next; ``goes_on``: its list will go on on pages behind."""
        self._wanted = (gathered, options, goes_on)
        if not self._busy:
            self._next()

    def _next(self) -> None:
        if self._wanted is None or self._context.stopped:
            return
        (gathered, options, goes_on), self._wanted = self._wanted, None
        self._busy = True
        self._context.tasks.run(
            mappage.content,
            gathered,
            owner=self,
            on_done=lambda content: self._draw({**content, "goes_on": goes_on}, options),
            on_error=lambda _error: self._over(QImage()),
        )

    def _draw(self, content: dict[str, Any], options: dict[str, Any]) -> None:
        options = dict(options)
        extent = options.pop("extent")
        file = Path(self._folder.name) / "preview.png"
        self._number = self._context.client.export_map(
            file, extent, dpi=PREVIEW_DPI, content=content, **options
        )

    @Slot(int, str, str)
    def _exported(self, number: int, path: str, problem: str) -> None:
        if number == self._number:
            self._over(QImage() if problem else QImage(path))

    def _over(self, image: QImage) -> None:
        self._busy = False
        self.shown.emit(image)
        self._next()


class ExportWatch(QObject):
    """Writes one page and tells its end; lives as long as it takes, at most as long as the person sits there."""

    over = Signal()

    def __init__(
        self, context: AppContext, file: Path, gathered: mappage.Gathered, options: dict[str, Any]
    ) -> None:
        super().__init__(context)
        self._context = context
        self._file = file
        self._options = options
        self._number = -1
        context.client.exported.connect(self._exported)
        context.tasks.run(
            mappage.content,
            gathered,
            owner=self,
            on_done=self._write,
            on_error=lambda error: self._end(str(error)),
        )

    def _write(self, content: dict[str, Any]) -> None:
        if not self._context.stopped:
            extent = self._options.pop("extent")
            self._number = self._context.client.export_map(
                self._file, extent, dpi=PAGE_DPI, content=content, **self._options
            )

    @Slot(int, str, str)
    def _exported(self, number: int, path: str, problem: str) -> None:
        if number == self._number:
            self._end(problem)

    def _end(self, problem: str) -> None:
        context = self._context
        context.client.exported.disconnect(self._exported)
        self.deleteLater()
        if not context.stopped:
            self.over.emit()
            if problem:
                context.notify(problem_text(problem), "error")
            else:
                words = self.tr("地图已导出：{file}").format(file=self._file)
                context.notify(words, "success", (self.tr("打开"), _opener(str(self._file))))


def _choices(*entries: tuple[Any, str]) -> QComboBox:
    box = QComboBox()
    for key, words in entries:
        box.addItem(words, key)
    return box


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
