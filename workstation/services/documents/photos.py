"""Photographs of cases: taken in only when they are what they say, kept by the SHA-256 of their bytes."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from ...store.database import Database
from ...store.errors import StoreError
from ...store.tables import photo as table
from ..errors import NotFound, PhotoRefused
from ..seat.link import UNANSWERED

if TYPE_CHECKING:
    from ..seat.outbox import Outbox

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 100_000_000
THUMBNAIL = 256
"""The longer side of a thumbnail, in pixels."""
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


@dataclass(frozen=True, slots=True)
class PhotoInfo:
    """A photograph that is kept. ``width`` and ``height`` in pixels, ``size`` in bytes."""

    sha256: str
    mime: str
    width: int
    height: int
    size: int


def inspect(content: bytes, name: str) -> tuple[PhotoInfo, bytes]:
    """What the photograph is, and its thumbnail as JPEG. PhotoRefused when it is none that is taken.

    The whole image is decoded: a file cut off half way is refused here and not found out in the case's file.
    """
    if not content:
        raise PhotoRefused("empty", name)
    if len(content) > MAX_BYTES:
        raise PhotoRefused("too_large", name, size=len(content), limit=MAX_BYTES)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content))
        if image.format not in FORMATS:
            raise PhotoRefused("wrong_format", name, format=image.format or "")
        if image.width * image.height > MAX_PIXELS:
            raise PhotoRefused("too_many_pixels", name, pixels=image.width * image.height, limit=MAX_PIXELS)
        mime = FORMATS[image.format]
        width, height = image.size
        small = ImageOps.exif_transpose(image).convert("RGB")
        small.thumbnail((THUMBNAIL, THUMBNAIL))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise PhotoRefused("not_a_photo", name) from error
    out = io.BytesIO()
    small.save(out, "JPEG", quality=82)
    digest = hashlib.sha256(content).hexdigest()
    return PhotoInfo(digest, mime, width, height, len(content)), out.getvalue()


class Photos:
    """Keeps and gives photographs."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.outbox: Outbox | None = None
        """Where photographs are kept that the server did not take, and sent from when it is back."""

    def add(self, content: bytes, name: str) -> PhotoInfo:
        """Keep a photograph (JPEG, PNG or WebP up to 20 MB); the same bytes are kept once. PhotoRefused otherwise.

        Where the server is away it is kept in the outbox.
        """
        info, thumbnail = inspect(content, name)
        try:
            self._insert(info, content, thumbnail)
        except StoreError as error:
            if self.outbox is None or not self.outbox.keeps or error.code not in UNANSWERED:
                raise
            self.outbox.keep_photo(info, content, thumbnail, name)
        return info

    def store(self, content: bytes, name: str) -> None:
        """Keep a photograph in the city, and nowhere else."""
        info, thumbnail = inspect(content, name)
        self._insert(info, content, thumbnail)

    def _insert(self, info: PhotoInfo, content: bytes, thumbnail: bytes) -> None:
        insert = sqlite.insert if self._database.kind == "spatialite" else postgresql.insert
        with self._database.write() as conn:
            conn.execute(
                insert(table)
                .values(
                    sha256=info.sha256,
                    mime=info.mime,
                    width=info.width,
                    height=info.height,
                    size=info.size,
                    content=content,
                    thumbnail=thumbnail,
                )
                .on_conflict_do_nothing()
            )

    def content(self, sha256: str) -> bytes:
        """The bytes as they came in; NotFound when there are none."""
        return self._column(sha256, "content")

    def thumbnail(self, sha256: str) -> bytes:
        """A JPEG of at most 256 x 256 pixels; NotFound when there is none."""
        return self._column(sha256, "thumbnail")

    def _column(self, sha256: str, name: str) -> bytes:
        kept = self.outbox.photo(sha256, name) if self.outbox is not None else None
        if kept is not None:
            return kept
        with self._database.read() as conn:
            found = conn.execute(select(table.c[name]).where(table.c.sha256 == sha256)).scalar()
        if found is None:
            raise NotFound("no_such_photo", sha256)
        return bytes(found)
