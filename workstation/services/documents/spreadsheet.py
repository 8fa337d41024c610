"""What is written for a spreadsheet: rows as a file, and text from outside that must not be taken for a formula when it is opened."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import escape

Value = str | float | int | None
"""What a cell holds."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What the first character of a cell makes a formula of, in Excel, WPS and LibreOffice."""


def harmless(text: str) -> str:
    """The text as a cell: an apostrophe before what would be a formula, no NUL. Plain numbers stay as they are."""
    clean = text.replace("\x00", "")
    return f"'{clean}" if clean.lstrip(" \n").startswith(_FORMULA) and not _is_number(clean) else clean


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.isascii()


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A file beside the one that is wanted, moved there when it is whole."""
    partial = path.with_name(f"{path.name}.partial")
    try:
        yield partial
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_BOOK_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        '<sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
"""What XML cannot hold."""


def write_xlsx(path: Path, titles: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    """Write one sheet; how many rows. Its texts are inline, so that a million rows are written as they are read.

    Texts are made harmless. OSError says why it cannot be written.
    """
    count = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in _BOOK_PARTS.items():
            book.writestr(name, _HEAD + text)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            sheet.write(_xml_row(titles))
            for row in rows:
                sheet.write(_xml_row(row))
                count += 1
            sheet.write(b"</sheetData></worksheet>")
    return count


def _xml_row(cells: Sequence[Value]) -> bytes:
    parts = []
    for cell in cells:
        if isinstance(cell, str):
            text = escape(harmless(cell).translate(_UNPRINTABLE))
            parts.append(f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>')
        else:
            parts.append("<c/>" if cell is None else f"<c><v>{cell!r}</v></c>")
    return f"<row>{''.join(parts)}</row>".encode()
