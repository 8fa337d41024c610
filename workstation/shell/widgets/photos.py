"""Photographs: a strip of thumbnails, taking new ones from files, and a viewer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ..look import icons
from ..look import theme as themes
from ..texts import text
from .basics import tool_button
from .flow import FlowLayout

if TYPE_CHECKING:
    from ..context import AppContext


def role_text(role: str) -> str:
    """What a photograph shows: before, after, check, verify, other."""
    translate = QCoreApplication.translate
    return {
        "before": translate("Photos", "处置前"),
        "after": translate("Photos", "处置后"),
        "check": translate("Photos", "核实"),
        "verify": translate("Photos", "核查"),
    }.get(role, translate("Photos", "照片"))


def _plain(photo: Any, role: str) -> dict[str, str]:
    if isinstance(photo, Mapping):
        return {
            "sha256": str(photo["sha256"]),
            "role": str(photo.get("role", role)),
            "name": str(photo.get("name", "")),
        }
    return {"sha256": photo.sha256, "role": getattr(photo, "role", role), "name": getattr(photo, "name", "")}


class Thumb(QWidget):
    """One thumbnail: the picture, its role, and (editable) a cross to take it out."""

    clicked = Signal()
    removed = Signal()

    def __init__(
        self, name: str, role: str, editable: bool, parent: QWidget | None = None, size: int = 84
    ) -> None:
        super().__init__(parent)
        self._pixmap: QPixmap | None = None
        self._failed = False
        self._role = role_text(role)
        self.setFixedSize(size, size)
        self.setToolTip(name or self._role)
        self.setAccessibleName(name or self._role)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if editable:
            cross = tool_button("close", self.tr("移除"), self.removed.emit, self)
            cross.setIconSize(QSize(12, 12))
            cross.setFixedSize(20, 20)
            cross.setStyleSheet("background: rgba(255,255,255,210); border-radius: 10px; padding: 0;")
            cross.move(size - 23, 3)

    def set_failed(self, _error: BaseException) -> None:
        """Its picture cannot be read."""
        self._failed = True
        self.update()

    def set_content(self, content: bytes) -> None:
        """Its picture."""
        pixmap = QPixmap()
        if pixmap.loadFromData(content):
            self._pixmap = pixmap
        else:
            self._failed = True
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(rect, 6, 6)
        painter.fillPath(path, theme.color("sunken"))
        if self._pixmap is not None:
            painter.save()
            painter.setClipPath(path)
            filled = self._pixmap.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            x, y = (self.width() - filled.width()) / 2, (self.height() - filled.height()) / 2
            painter.drawPixmap(
                QRectF(x, y, filled.width(), filled.height()), self._pixmap, QRectF(self._pixmap.rect())
            )
            painter.fillRect(QRectF(0, self.height() - 20, self.width(), 20), QColor(0, 0, 0, 130))
            painter.setPen(QColor("#FFFFFF"))
            painter.setFont(themes.base_font(11))
            painter.drawText(
                QRectF(0, self.height() - 20, self.width(), 20), Qt.AlignmentFlag.AlignCenter, self._role
            )
            painter.restore()
        else:
            role = "warning" if self._failed else "photo"
            sign = icons.pixmap(role, 24, "text_3", self.devicePixelRatioF())
            painter.drawPixmap(int(self.width() / 2 - 12), int(self.height() / 2 - 12), sign)
        painter.setPen(theme.color("focus") if self.hasFocus() else theme.color("border"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)


class PhotoStrip(QWidget):
    """The photographs of a case. ``editable``: files can be added (button, drop) and taken out again.

    ``changed`` follows each change by the person. Added files are checked and stored in the background.
    """

    changed = Signal()

    def __init__(
        self,
        context: AppContext,
        parent: QWidget | None = None,
        *,
        editable: bool = False,
        role: str = "before",
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._editable = editable
        self._role = role
        self._photos: list[dict[str, str]] = []
        self._flow = FlowLayout(self, spacing=8)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._add = tool_button("camera", self.tr("添加照片"), self.choose_files, self)
        self._add.setText(self.tr("添加照片"))
        self._add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self._add.setIconSize(QSize(22, 22))
        self._add.setFixedSize(84, 84)
        self._add.setObjectName("add-photo")
        self.setAcceptDrops(editable)
        self._build()

    def photos(self) -> list[dict[str, str]]:
        """What a command carries: a list of {sha256, role, name}."""
        return [dict(photo) for photo in self._photos]

    def set_photos(self, photos: Iterable[Any]) -> None:
        """Show these (Photo or {sha256, role, name}), without telling."""
        wanted = [_plain(photo, self._role) for photo in photos]
        if wanted != self._photos:
            self._photos = wanted
            self._build()

    def clear(self) -> None:
        """None."""
        self.set_photos([])

    def choose_files(self) -> None:
        """Let the person choose files."""
        dialog = QFileDialog(
            self.window(), self.tr("选择照片"), "", self.tr("照片 (*.jpg *.jpeg *.png *.webp *.bmp)")
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self.add_files)
        dialog.open()

    def add_files(self, names: Iterable[str]) -> None:
        """Add files by path; what is not a photograph is refused in words."""
        for name in names:
            self._context.tasks.run(
                self._store, str(name), owner=self, on_done=self._added, on_error=self._context.say_error
            )

    def _store(self, name: str) -> dict[str, str]:
        path = Path(name)
        info = self._context.services.photos.add(path.read_bytes(), path.name)
        return {"sha256": info.sha256, "role": self._role, "name": path.name}

    def _added(self, photo: dict[str, str]) -> None:
        if all(p["sha256"] != photo["sha256"] for p in self._photos):
            self._photos.append(photo)
            self._build()
            self.changed.emit()

    def _remove(self, sha: str) -> None:
        self._photos = [p for p in self._photos if p["sha256"] != sha]
        self._build()
        self.changed.emit()

    def _build(self) -> None:
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None and widget is not self._add:
                widget.hide()
                widget.deleteLater()
        for photo in self._photos:
            thumb = Thumb(photo["name"], photo["role"], self._editable)
            sha = photo["sha256"]
            thumb.clicked.connect(lambda s=sha: self.view(s))
            thumb.removed.connect(lambda s=sha: self._remove(s))
            self._flow.addWidget(thumb)
            self._context.tasks.run(
                self._context.services.photos.thumbnail,
                sha,
                owner=thumb,
                on_done=thumb.set_content,
                on_error=thumb.set_failed,
            )
        if self._editable:
            self._flow.addWidget(self._add)
        self._add.setVisible(self._editable)
        if self.parentWidget() is not None:
            self.setVisible(self._editable or bool(self._photos))
        elif not (self._editable or self._photos):
            self.hide()  # never shown here: without a parent it would be a window for a moment
        self.updateGeometry()

    def view(self, sha: str) -> PhotoViewer:
        """Open the viewer at one of them."""
        start = next((i for i, p in enumerate(self._photos) if p["sha256"] == sha), 0)
        viewer = PhotoViewer(self._context, self._photos, start, self.window())
        viewer.open()
        return viewer

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add_files(_files(event.mimeData()))
        event.acceptProposedAction()


def _files(mime: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]


class PhotoViewer(QDialog):
    """One photograph as large as the window, with the ones before and after it."""

    def __init__(
        self, context: AppContext, photos: list[dict[str, str]], start: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("照片"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(960, 720)
        self._context = context
        self._photos = photos
        self._at = start
        self._pixmap = QPixmap()
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 12, 12, 12)
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        box.addWidget(self._picture, 1)
        row = QHBoxLayout()
        self._before = tool_button("chevron-left", self.tr("上一张"), lambda: self.step(-1))
        self._after = tool_button("chevron-right", self.tr("下一张"), lambda: self.step(1))
        self._words = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self._before)
        row.addWidget(self._words, 1)
        row.addWidget(self._after)
        box.addLayout(row)
        self.step(0)

    def step(self, by: int) -> None:
        """Go on or back."""
        self._at = max(0, min(self._at + by, len(self._photos) - 1))
        photo = self._photos[self._at]
        self._before.setEnabled(self._at > 0)
        self._after.setEnabled(self._at < len(self._photos) - 1)
        words = f"{role_text(photo['role'])}  {self._at + 1}/{len(self._photos)}"
        self._words.setText(f"{words}  {photo['name']}" if photo["name"] else words)
        self._context.tasks.run(
            self._context.services.photos.content,
            photo["sha256"],
            owner=self,
            key="photo",
            on_done=self._show,
            on_error=self._failed,
        )

    def _show(self, content: Any) -> None:
        data = content if isinstance(content, bytes) else getattr(content, "content", b"")
        self._pixmap = QPixmap()
        self._pixmap.loadFromData(data)
        self._fit()

    def _failed(self, error: BaseException) -> None:
        self._picture.setText(text.error_text(error))

    def _fit(self) -> None:
        if not self._pixmap.isNull():
            mode = Qt.AspectRatioMode.KeepAspectRatio
            self._picture.setPixmap(
                self._pixmap.scaled(self._picture.size(), mode, Qt.TransformationMode.SmoothTransformation)
            )

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Left:
            self.step(-1)
        elif event.key() == Qt.Key.Key_Right:
            self.step(1)
        else:
            super().keyPressEvent(event)
