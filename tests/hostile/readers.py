"""Every reader of something from outside, in one table: how it is fed, what it may answer, and sound examples to start from.

:func:`feed` gives a reader bytes and watches it: an answer, or the reader's own error, within a bound of time, and no
file written outside the folder that it was given. The quick test and the long fuzzing run use the same table.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from functools import cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

from tests.hostile.examples import examples
from workstation.importing import mapping, source
from workstation.importing.components import TARGETS as COMPONENT_TARGETS
from workstation.importing.errors import ImportRefused
from workstation.map.definitions import RESOURCES, LayerFileError, MapDefinition
from workstation.map.protocol import Decoder, Message, ProtocolError, encode
from workstation.panels.acceptance.draft import DraftBook
from workstation.services.audit import log_records, proof
from workstation.services.audit.sealing_keys import SealRefused, Signer
from workstation.services.documents import evidence, photos
from workstation.services.errors import PhotoRefused
from workstation.services.rules import handbook_texts
from workstation.services.seat.outbox_store import OutboxStore, Unreadable
from workstation.store.backup import restore
from workstation.store.database import Database
from workstation.store.errors import StoreError
from workstation.workflow.calendar import CalendarError, WorkCalendar
from workstation.workflow.deadline_command import add_arguments, run
from workstation.workflow.deadline_input import InputError
from workstation.workflow.handbook import Handbook, HandbookError
from workstation.workflow.library import data_folder
from workstation.workflow.limits import LimitError, parse_limit
from workstation.workflow.notice import NoticeError, parse_notice

verifier: Any = ModuleType("verify_log")
"""The verifier of one file, which is no module of ours."""
SourceFileLoader(
    "verify_log", str(Path(__file__).resolve().parents[2] / "resources" / "verifier" / "verify_log.py")
).exec_module(verifier)
SECONDS = 10.0
"""What no input of a few thousand bytes may take, on a machine that is busy with other things."""


@dataclass(frozen=True)
class Reader:
    """``read(content, folder)`` may answer, or raise one of ``errors``; ``examples`` are sound inputs."""

    name: str
    read: Callable[[bytes, Path], object]
    errors: tuple[type[BaseException], ...]
    examples: Callable[[], list[bytes]]


class Broken(AssertionError):
    """A reader did what it must not: another exception, too slow, or a file outside its folder."""


@cache
def _national() -> dict[str, str]:
    return dict(Handbook.named("national").texts)


def _handbook(name: str) -> Reader:
    def read(content: bytes, folder: Path) -> object:
        return Handbook.from_texts({**_national(), name: content.decode("utf-8", "replace")})

    return Reader(f"handbook/{name}", read, (HandbookError,), lambda: [_national()[name].encode()])


def _text(
    name: str, read: Callable[[str], object], errors: tuple[type[BaseException], ...], *examples: str
) -> Reader:
    return Reader(
        name,
        lambda content, folder: read(content.decode("utf-8", "replace")),
        errors,
        lambda: [example.encode() for example in examples],
    )


def _file(
    name: str,
    ending: str,
    read: Callable[[Path], object],
    errors: tuple[type[BaseException], ...],
    example: bytes,
) -> Reader:
    def from_bytes(content: bytes, folder: Path) -> object:
        path = folder / f"given{ending}"
        path.write_bytes(content)
        return read(path)

    return Reader(name, from_bytes, errors, lambda: [example])


def _records(path: Path) -> int:
    read = source.read(path, mapping.Mapping(), crs="EPSG:4490")
    return sum(1 for _ in read.records())


def _deadlines(path: Path) -> int:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return run(parser.parse_args(["--csv", str(path), "--out", str(path.with_suffix(".out"))]))


def _database(path: Path) -> None:
    Database.open(str(path)).close()


def _messages(content: bytes, folder: Path) -> list[object]:
    """Each message, and every value of it read in every way that the worker reads values."""
    out: list[object] = []
    decoder = Decoder(max_header=65536, max_body=65536)
    for message in decoder.feed(content):
        for name in ("view", "extent", "width", "layers", "source"):
            for ask in (
                message.text,
                message.texts,
                message.mapping,
                message.mappings,
                message.extent,
                lambda key, m=message: m.integer(key, 0, 10),
            ):
                try:
                    out.append(ask(name))
                except ProtocolError as error:
                    out.append(error.code)
    decoder.finish()
    return out


def _photo(content: bytes, folder: Path) -> object:
    return photos.inspect(content, "given")


def _pictures() -> list[bytes]:
    from PIL import Image

    out = []
    for kind in ("JPEG", "PNG", "WEBP"):
        stream = io.BytesIO()
        Image.new("RGB", (40, 30), (200, 80, 20)).save(stream, kind)
        out.append(stream.getvalue())
    return out


def _sound_messages() -> list[bytes]:
    render = Message(
        "render",
        {"view": "main", "number": 1, "extent": [1.0, 2.0, 3.0, 4.0], "width": 800, "layers": ["road"]},
        b"",
    )
    return [encode(render), encode(Message("frame", {"view": "main"}, b"\x00" * 64)) + encode(render)]


def _edited(text: str) -> object:
    """The handbook editor's ways into a text that somebody typed on its text page."""
    out = [handbook_texts.get_value(text, ("x", "y")), handbook_texts.line_of(text, ("x",))]
    try:
        out.append(handbook_texts.set_value(text, ("x", "y"), '另一个 " \\ 值'))
    except handbook_texts.NotWritable as error:
        out.append(str(error))
    return out


def _table_edited(text: str) -> object:
    """The same for a table of a handbook."""
    return [
        handbook_texts.set_cell(text, "a", "二", '新,"值'),
        handbook_texts.set_cell(text, "a", "新列", ""),
        handbook_texts.add_row(text, {"key": "c"}, "a"),
        handbook_texts.remove_row(text, "b"),
    ]


_DRAFTS = json.dumps(
    {
        "": {"case_id": "", "description": "井盖缺失", "lon": 114.3, "lat": 30.5, "reporter": "王女士"},
        "c": {"case_id": "c", "photos": [{"sha256": "0" * 64, "role": "before"}], "emergency": True},
    },
    ensure_ascii=False,
)
_GEOJSON = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": "A1", "name": "井盖"},
                "geometry": {"type": "Point", "coordinates": [114.3, 30.5]},
            }
        ],
    }
).encode()
_CSV = "code,name,lon,lat\nA1,井盖,114.3,30.5\nA2,=1+1,114.4,30.6\n".encode()
_MAPPING = b'[source]\ncrs = "EPSG:4326"\nkey = "ID"\n[fields]\nname = "NAME"\nstate = {field = "S", values = {A = "intact"}}\n'
_NOTICE = "国务院办公厅关于2026年部分节假日安排的通知\n一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。\n"


@cache
def readers() -> dict[str, Reader]:
    """The table, by name."""
    import tomllib

    calendar = next((data_folder() / "calendars").glob("*.toml")).read_text(encoding="utf-8")
    listed = [
        *(_handbook(name) for name in sorted(_national())),
        _text("calendar", WorkCalendar.from_text, (CalendarError,), calendar),
        _text("notice", parse_notice, (NoticeError,), _NOTICE),
        _text("limit", parse_limit, (LimitError,), "3个工作日", "2小时", "5 work_days"),
        _text(
            "handbook_editor", _edited, (tomllib.TOMLDecodeError,), '[x]\ny = "值" # 注\n[[z]]\na = [1, 2]\n'
        ),
        _text(
            "handbook_table",
            _table_edited,
            (handbook_texts.NotWritable,),
            'key,一,二\na,1,"x\ny"\nb,2,3\n',
            "key,二\r\na,1\r\nb,2\r\n",
        ),
        _file("mapping", ".toml", lambda p: mapping.load(p, COMPONENT_TARGETS), (ImportRefused,), _MAPPING),
        _file("import_csv", ".csv", _records, (ImportRefused,), _CSV),
        _file("import_geojson", ".geojson", _records, (ImportRefused,), _GEOJSON),
        _file(
            "deadlines",
            ".csv",
            _deadlines,
            (InputError,),
            b"id,start,limit,calendar\n1,2026-03-02T09:00,2 hours,china\n",
        ),
        _file("city_file", ".sqlite", _database, (StoreError,), b"SQLite format 3\x00" + bytes(4080)),
        _file(
            "layers",
            ".toml",
            lambda path: MapDefinition.load(_folder_with(path, "layers.toml")),
            (LayerFileError,),
            (RESOURCES / "layers.toml").read_bytes(),
        ),
        Reader("photo", _photo, (PhotoRefused,), _pictures),
        Reader("evidence", lambda content, folder: evidence.verify(content), (), _evidence),
        Reader("evidence_alone", _evidence_alone, (verifier.Unreadable,), _evidence),
        Reader("log", _log, (log_records.NotALog,), lambda: [examples().log]),
        Reader("log_alone", _log_alone, (), lambda: [examples().log]),
        Reader("pins", _pins, (log_records.NotALog,), lambda: [examples().pins]),
        Reader("pins_alone", _pins_alone, (), lambda: [examples().pins]),
        Reader("key", _key, (SealRefused,), lambda: [examples().key, examples().locked_key]),
        Reader("backup", _backup, (StoreError,), lambda: [examples().backup]),
        Reader("outbox", _outbox, (), lambda: [examples().outbox]),
        Reader("drafts", _drafts, (), lambda: [_DRAFTS.encode()]),
        Reader("map_protocol", _messages, (ProtocolError,), _sound_messages),
    ]
    return {reader.name: reader for reader in listed}


def _evidence_alone(content: bytes, folder: Path) -> object:
    found, told = verifier.check_evidence(content)
    assert all(isinstance(verifier.shown(part), str) for finding in found for part in finding)
    return told


def _log(content: bytes, folder: Path) -> object:
    (folder / "log.jsonl").write_bytes(content)
    return proof.verify(log_records.of_file(folder / "log.jsonl"))


def _log_alone(content: bytes, folder: Path) -> object:
    """By the command, whose only answers are its exit codes."""
    (folder / "log.jsonl").write_bytes(content)
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        code = verifier.main([str(folder / "log.jsonl")])
    assert code in (0, 1, 2)
    return code


def _pins(content: bytes, folder: Path) -> object:
    (folder / "pins").write_bytes(content)
    pins = log_records.pins_of(folder / "pins")
    return proof.verify([], pins=pins, publics=frozenset(pin.public for pin in pins))


def _pins_alone(content: bytes, folder: Path) -> object:
    (folder / "pins").write_bytes(content)
    (folder / "log.jsonl").write_bytes(b'{"type":"log","format":"workstation-log/1"}\n')
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return verifier.main(
            [str(folder / "log.jsonl"), "--pinned", str(folder / "pins"), "--key", str(folder / "pins")]
        )


def _key(content: bytes, folder: Path) -> object:
    (folder / "key").write_bytes(content)
    try:
        return Signer.read(folder / "key")
    except SealRefused as error:
        if error.code != "wrong_passphrase":
            raise
    return Signer.read(folder / "key", "geheim")


def _backup(content: bytes, folder: Path) -> object:
    """Whatever fails, there is no half a city."""
    (folder / "backup").write_bytes(content)
    try:
        return restore(folder / "backup", str(folder / "city.sqlite"))
    except StoreError:
        # Besides the backup at most what SQLite keeps beside a file while it reads it.
        assert {path.name for path in folder.iterdir()} <= {"backup", "backup-wal", "backup-shm"}
        raise


def _outbox(content: bytes, folder: Path) -> object:
    """It opens, and what was damaged is still there, byte for byte or as SQLite has tidied it up."""
    store = OutboxStore(folder, "city")
    store.path.write_bytes(content)
    with store.writing() as conn:
        items = conn.execute("SELECT command_id, body FROM item").fetchall()
    for label, body in items:
        with suppress(Unreadable):
            store.unseal(body, label)
    store.close()
    kept = [path.read_bytes() for path in folder.iterdir()]
    assert not store.aside or content in kept or content[:16] == b"SQLite format 3\x00"
    return items


def _drafts(content: bytes, folder: Path) -> object:
    """Whatever was kept: every draft that comes of it can be shown, compared and sent."""
    with patch.dict(os.environ, WORKSTATION_HOME=str(folder)):
        book = DraftBook(lambda: content.decode("utf-8", "replace"), lambda written: None)
    drafts = [draft for key in ("", "c") if (draft := book.get(key)) is not None]
    return [(draft.empty(), draft.missing(), draft.data()) for draft in drafts]


def _folder_with(path: Path, name: str) -> Path:
    return path.rename(path.with_name(name)).parent


def _evidence() -> list[bytes]:
    """A case's file; the same unpacked, so that damage reaches what is in it; and one that would leave its folder."""
    with zipfile.ZipFile(io.BytesIO(examples().evidence)) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name != evidence.SHEET}
    return [examples().evidence, zipped(files), zipped({evidence.MANIFEST: b"{}", "../outside.txt": b"x"})]


def zipped(files: Mapping[str, bytes]) -> bytes:
    """An archive of these, nothing in it packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return out.getvalue()


# ---- watching ------------------------------------------------------------------------------------------------------

_watched: list[Path] = []
_written: list[str] = []
_WRITING = frozenset("wax+")


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watched:
        return
    if (
        event == "open" and isinstance(arguments[0], str | bytes) and _WRITING & set(arguments[1] or "")
    ) or event in ("os.rename", "os.remove", "os.mkdir", "os.symlink", "os.link", "shutil.copyfile"):
        _note(arguments[0])
    elif event in ("os.system", "subprocess.Popen", "socket.connect"):
        _written.append(f"{event} {arguments[:1]}")


def _note(name: str | bytes | int) -> None:
    if isinstance(name, int):
        return
    path = Path(name.decode("utf-8", "replace") if isinstance(name, bytes) else name).absolute()
    if "__pycache__" not in path.parts and not path.resolve().is_relative_to(_watched[-1].resolve()):
        _written.append(str(path))


@cache
def _install() -> None:
    sys.addaudithook(_audit)


@contextmanager
def _watching(folder: Path) -> Iterator[None]:
    _install()
    _written.clear()
    _watched.append(folder)
    try:
        yield
    finally:
        _watched.pop()


def feed(reader: Reader, content: bytes) -> bool:
    """Give it to the reader; whether it was taken. Broken when the reader did what it must not."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = time.monotonic()
        taken = True
        with _watching(folder):
            try:
                reader.read(content, folder)
            except reader.errors:
                taken = False
            except Exception as error:
                raise Broken(f"{reader.name}: {type(error).__name__}: {error}") from error
        if _written:
            raise Broken(f"{reader.name}: outside its folder: {', '.join(_written)}")
        if time.monotonic() - started > SECONDS:
            raise Broken(f"{reader.name}: took {time.monotonic() - started:.1f} s for {len(content)} bytes")
    return taken
