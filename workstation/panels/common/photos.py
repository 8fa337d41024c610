"""Photographs in work panels: adding by paste besides file and drop, and one before beside one after, large."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QSizePolicy, QWidget

from workstation.services.services import Services
from workstation.shell.context import AppContext
from workstation.shell.look import theme
from workstation.shell.widgets.photos import PhotoStrip, PhotoViewer


class PhotoEntry(PhotoStrip):
    """A strip that photographs are added to by button, by drop, and with Ctrl+V anywhere in ``area``."""

    def __init__(self, context: AppContext, role: str, area: QWidget) -> None:
        super().__init__(context, editable=True, role=role)
        self._app = context
        shortcut = QShortcut(QKeySequence("Ctrl+Shift+V"), area)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.paste)
        self._add.setToolTip(self.tr("添加照片：点选、拖入，或按 Ctrl+Shift+V 粘贴"))

    def paste(self) -> None:
        """Take what is on the clipboard: files, or an image (a picture of the screen)."""
        mime = QApplication.clipboard().mimeData()
        if mime.hasUrls():
            self.add_files(url.toLocalFile() for url in mime.urls() if url.isLocalFile())
        elif mime.hasImage():
            content = image_bytes(QApplication.clipboard().image())
            name = self.tr("粘贴的照片.jpg")
            self._app.tasks.run(
                self._store_bytes,
                content,
                name,
                owner=self,
                on_done=self._added,
                on_error=self._app.say_error,
            )
        else:
            self._app.notify(self.tr("剪贴板里没有照片"), "warning")

    def _store_bytes(self, content: bytes, name: str) -> dict[str, str]:
        return {
            "sha256": self._app.services.photos.add(content, name).sha256,
            "role": self._role,
            "name": name,
        }


def image_bytes(image: QImage) -> bytes:
    """An image from the clipboard as JPEG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", 92)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def read_image(services: Services, sha256: str) -> QImage:
    """A photograph, decoded on the pool thread."""
    return QImage.fromData(services.photos.content(sha256))


class PhotoPane(QFrame):
    """One photograph as large as there is room, with its title: before or after the disposal."""

    def __init__(self, context: AppContext, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._title = title
        self._image: QImage | None = None
        self._items: list[dict[str, str]] = []
        self.setProperty("kind", "inset")
        self.setMinimumSize(140, 130)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._caption = QLabel(title, self)
        self._caption.setProperty("kind", "section")
        self._caption.move(10, 6)

    def set_photos(self, photos: Sequence[Any]) -> None:
        """Show the last of these (the newest), and how many there are."""
        items = [{"sha256": photo.sha256, "role": photo.role, "name": photo.name} for photo in photos]
        if items == self._items:
            return
        self._items = items
        self._image = None
        count = f"  {len(self._items)}" if len(self._items) > 1 else ""
        self._caption.setText(self._title + count)
        self._caption.adjustSize()
        if self._items:
            self._context.tasks.run(
                read_image,
                self._context.services,
                self._items[-1]["sha256"],
                owner=self,
                key="image",
                on_done=self._show,
            )
        self.update()

    def _show(self, image: QImage) -> None:
        self._image = image
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Look at all of them large."""
        if self._items:
            PhotoViewer(self._context, self._items, len(self._items) - 1, self.window()).open()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The photograph, whole, in the middle; or the sentence that there is none."""
        super().paintEvent(event)
        painter = QPainter(self)
        room = self.rect().adjusted(6, 28, -6, -6)
        if self._image is None or self._image.isNull():
            painter.setPen(theme.current().color("text_3"))
            painter.drawText(
                room,
                Qt.AlignmentFlag.AlignCenter,
                self.tr("没有照片") if not self._items else self.tr("正在读取"),
            )
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = room.left() + (room.width() - size.width()) // 2
        top = room.top() + (room.height() - size.height()) // 2
        scaled = self._image.scaled(
            size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        painter.drawImage(left, top, scaled)
