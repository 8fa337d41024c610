"""What is large, deep or points elsewhere: refused before it costs time or memory, and nobody is called for it."""

from __future__ import annotations

import io
import json
import socket
import struct
import subprocess
import sys
import threading
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from tests.hostile.examples import examples
from tests.hostile.readers import verifier, zipped
from workstation.importing import mapping, ogr, source
from workstation.importing.errors import ImportRefused
from workstation.importing.messages import refusal_text
from workstation.services.documents import evidence, photos
from workstation.services.errors import PhotoRefused
from workstation.services.seat.outbox_store import OutboxStore, Unreadable
from workstation.workflow.calendar import CalendarError, WorkCalendar
from workstation.workflow.handbook import HandbookError
from workstation.workflow.handbook_folder import read_folder
from workstation.workflow.library import handbooks

READ = """
import sys
from pathlib import Path
from workstation.importing import mapping, source
from workstation.importing.errors import ImportRefused
for name in sys.argv[1:]:
    try:
        print(len(source.read(Path(name), mapping.Mapping(), crs="EPSG:4490", wants_geometry=False)))
    except ImportRefused as error:
        print(error.code)
"""


def refused(path: Path) -> str:
    """By which code the import of a file is refused; what is said about it names the file."""
    with pytest.raises(ImportRefused) as caught:
        source.read(path, mapping.Mapping(), crs="EPSG:4490")
    assert str(path) in refusal_text(caught.value.code, caught.value.data)
    return caught.value.code


# ---- imports -------------------------------------------------------------------------------------------------------


def test_a_file_that_names_another_is_not_followed(tmp_path: Path) -> None:
    """Whatever its name, a file whose contents are an address or another file's name calls nobody and opens nothing."""
    ear = socket.create_server(("127.0.0.1", 0))
    heard: list[bytes] = []

    def hear() -> None:
        try:
            while True:
                call, _ = ear.accept()
                heard.append(call.recv(200))
                call.close()
        except OSError:
            return

    listening = threading.Thread(target=hear)
    listening.start()
    host = f"http://127.0.0.1:{ear.getsockname()[1]}"
    secret = tmp_path / "secret.csv"
    secret.write_text("code,lon,lat\ns,114,30\n")
    layer = '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>{}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'
    pipeline = "gdal vector pipeline ! read /vsicurl/{}/x.geojson ! write --format stream x"
    files = {
        "a.vrt": layer.format(f"/vsicurl/{host}/x.geojson"),
        "b.geojson": layer.format(f"/vsicurl/{host}/x.geojson"),
        "c.geojson": layer.format(secret).replace('name="x"', 'name="secret"'),
        "d.xml": f"<OGRWFSDataSource><URL>{host}/x</URL></OGRWFSDataSource>",
        "e.json": json.dumps({"type": "gdal_streamed_alg", "command_line": pipeline.format(host)}),
        "f.gml": '<?xml version="1.0"?><o:FeatureCollection xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        f' xsi:schemaLocation="http://o {host}/x.xsd" xmlns:o="http://o" xmlns:gml="http://www.opengis.net/gml"/>',
        "g.kml": '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><NetworkLink><Link>'
        f"<href>{host}/x</href></Link></NetworkLink></Document></kml>",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    paths = [str(tmp_path / name) for name in files]
    # In a process of its own: OGR asks only once which drivers it shall leave out.
    done = subprocess.run([sys.executable, "-c", READ, *paths], capture_output=True, text=True, timeout=120)
    ear.shutdown(socket.SHUT_RDWR)
    ear.close()
    listening.join(5)
    assert done.returncode == 0, done.stderr
    assert (
        done.stdout.split() == ["unreadable"] * 5 + done.stdout.split()[5:] and len(done.stdout.split()) == 7
    )
    assert set(done.stdout.split()[5:]) <= {"unreadable", "empty"}
    assert heard == []


def test_nobody_else_loads_the_library() -> None:
    """OGR's drivers are left out where pyogrio is loaded first: so that is one place."""
    root = Path(ogr.__file__).resolve().parents[1]
    others = [path for path in root.rglob("*.py") if "import pyogrio" in path.read_text("utf-8")]
    assert [path.name for path in others] == ["ogr.py"]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "/vsicurl/http://127.0.0.1:1/x.geojson",
            "/vsizip/x.zip/a.csv",
            "/vsimem/x",
            "http://127.0.0.1:1/x.zip",
        ),
        *("PG:host=127.0.0.1", "zip://x.zip!a.csv", "CSV:/etc/passwd", "/vsistdin/", "x\x00y"),
    ],
)
def test_an_address_is_no_file(name: str) -> None:
    """OGR's ways to name what lies on the network, in a database or in memory are names of no file."""
    assert refused(Path(name)) in ("file_missing", "virtual_path")


def test_a_folder_of_that_name_neither(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where there is a file of such a name, OGR is not asked for it by it."""
    monkeypatch.setattr(Path, "exists", lambda path: True)
    assert refused(Path("/vsicurl/http://127.0.0.1:1/x.geojson")) == "virtual_path"
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    local = Path("PG:host=127.0.0.1 dbname=x")
    local.write_text("x")
    assert refused(local) == "unreadable"


@pytest.mark.parametrize("ending", [".zip", ".kmz", ".xlsx", ".ods", ".csv"])
def test_an_archive_that_would_fill_the_memory(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an archive holds is added up before OGR is asked to unpack it, whatever the file is called."""
    path = tmp_path / f"bomb{ending}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"code,lon,lat\n" + bytes(1 << 22))
    monkeypatch.setattr(ogr, "LARGEST_UNPACKED", 1 << 21)
    code = refused(path)
    assert code == "too_large"


def test_a_line_without_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text of one line is not read whole to find out that it is no table."""
    path = tmp_path / "line.csv"
    with path.open("wb") as stream:
        stream.write(b"code,lon,lat\n")
        stream.truncate(1 << 33)  # nothing of it is on the disk
    assert refused(path) == "line_too_long"
    small = tmp_path / "small.csv"
    small.write_text("code,lon,lat\nA,114.3,30.5\n")
    assert len(source.read(small, mapping.Mapping(), crs="EPSG:4490")) == 1


def test_nesting_without_an_end(tmp_path: Path) -> None:
    """GeoJSON of many thousand levels is unreadable, and the program lives."""
    path = tmp_path / "deep.geojson"
    inner = '{"type":"GeometryCollection","geometries":[' * 20_000 + "]}" * 20_000
    path.write_text(f'{{"type":"Feature","properties":{{}},"geometry":{inner}}}')
    assert refused(path) == "unreadable"
    path.write_text("[" * 1_000_000)
    assert refused(path) == "unreadable"


# ---- names of other files ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["../national", "/etc", "..", ".", "national/../national", "a\\..\\national"]
)
def test_a_handbook_names_no_folder(name: str, tmp_path: Path) -> None:
    """``base`` and ``class_file`` are names, not paths: what leads out of the folders of handbooks is refused."""
    head = (handbooks()["national"] / "handbook.toml").read_text("utf-8")
    folder = tmp_path / "city"
    folder.mkdir()
    (folder / "handbook.toml").write_text(f"base = {json.dumps(name)}\n{head}", "utf-8")
    with pytest.raises(HandbookError) as caught:
        read_folder(folder)
    assert caught.value.code == "unknown_base"
    (folder / "handbook.toml").write_text(f'base = "national"\nclass_file = {json.dumps(name)}\n', "utf-8")
    with pytest.raises(HandbookError) as caught:
        read_folder(folder)
    assert caught.value.code == "missing_file"


@pytest.mark.parametrize("name", ["../../x", "/etc/passwd", "../calendars/china", "", "x\x00", "china.toml"])
def test_a_calendar_is_a_name(name: str) -> None:
    """A city's calendar is one of those that ship with the program."""
    with pytest.raises(CalendarError) as caught:
        WorkCalendar.named(name)
    assert caught.value.code == "no_such_calendar"


# ---- evidence ------------------------------------------------------------------------------------------------------


def unpacked() -> dict[str, bytes]:
    """The files of a sound evidence file."""
    with zipfile.ZipFile(io.BytesIO(examples().evidence)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def both(content: bytes) -> set[tuple[str, str]]:
    """What the two verifiers say together; they must say the same."""
    ours = {(finding.code, finding.name) for finding in evidence.verify(content)}
    its = set(verifier.check_evidence(content)[0])
    assert ours == its
    return ours


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "C:\\x", "..\\x", "c:x"])
def test_a_name_that_leaves_the_folder_is_found(name: str) -> None:
    """Even where the manifest lists it: whoever unpacks the file must not be surprised."""
    files = unpacked()
    manifest = json.loads(files["manifest.json"])
    manifest["files"][name] = {"sha256": evidence._sha(b"x"), "size": 1}
    files |= {"manifest.json": json.dumps(manifest).encode(), name: b"x"}
    assert both(zipped(files)) == {("extra", name)}


def test_two_files_of_one_name_are_found() -> None:
    """One program shows the first, another the last."""
    out = io.BytesIO(examples().evidence)
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning):
        archive.writestr("sheet.pdf", unpacked()["sheet.pdf"])
    assert both(out.getvalue()) == {("extra", "sheet.pdf")}


def test_an_archive_without_a_case_is_no_evidence() -> None:
    """A manifest that lists nothing is not "whole and unaltered"."""
    empty = json.dumps({"files": {}, "last_hash": "0" * 64}).encode()
    found = {(finding.code, finding.name) for finding in evidence.verify(zipped({"manifest.json": empty}))}
    its = set(verifier.check_evidence(zipped({"manifest.json": empty}))[0])
    assert {("missing", "case.json"), ("missing", "log.jsonl")} <= found & its


@pytest.mark.parametrize(
    "line",
    ["[" * 50_000, '{"seq":1e999}', '{"at":"0001-01-01T00:00:00+14:00"}', "[]", '{"data":NaN}', "9" * 5000],
    ids=["deep", "infinite", "before", "list", "nan", "huge"],
)
def test_a_log_of_anything(line: str) -> None:
    """Depth, numbers beyond all others and instants before all others are findings, not ends of the program."""
    files = unpacked() | {"log.jsonl": line.encode()}
    ours = {finding.code for finding in evidence.verify(zipped(files))}
    its = {kind for kind, _ in verifier.check_evidence(zipped(files))[0]}
    assert {"altered", "case"} <= ours & its
    manifest = unpacked() | {"manifest.json": line.encode()}
    assert [finding.code for finding in evidence.verify(zipped(manifest))] == ["no_manifest"]
    assert verifier.check_evidence(zipped(manifest))[0] == [("no_manifest", "manifest.json")]


@pytest.mark.parametrize("at", [16, 12])
def test_a_directory_that_lies_about_its_place(at: int) -> None:
    """The archive's own numbers, damaged: said, by both."""
    content = bytearray(examples().evidence)
    end = content.rindex(b"PK\x05\x06")
    content[end + at : end + at + 4] = b"\xff\xff\xff\x7f"
    assert [finding.code for finding in evidence.verify(bytes(content))] == ["not_a_zip"]
    with pytest.raises(verifier.Unreadable):
        verifier.check_evidence(bytes(content))


def test_what_is_forged_is_not_printed_as_it_came() -> None:
    """A name with signs that move the cursor, or with a line of its own, is shown spelt out."""
    shown = verifier.shown("x\nnothing found\x1b[2J\ud800")
    assert shown == "x\\nnothing found\\x1b[2J\\ud800"


# ---- photographs ---------------------------------------------------------------------------------------------------


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A small PNG with chunks of its own after the head."""
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "PNG")
    content = stream.getvalue()
    more = b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    return content[:33] + more + content[33:]


def test_a_text_that_unpacks_to_more_than_a_photograph() -> None:
    """Packed texts inside a picture are not unpacked without a bound."""
    bomb = zlib.compress(bytes(PngImagePlugin.MAX_TEXT_CHUNK * 8))
    with pytest.raises(PhotoRefused):
        photos.inspect(png((b"zTXt", b"Comment\x00\x00" + bomb)), "bomb")
    with pytest.raises(PhotoRefused):
        photos.inspect(png((b"iTXt", b"Comment\x00\x01\x00\x00\x00" + bomb)), "bomb")


def test_more_pixels_than_a_photograph_has() -> None:
    """The head says it: refused before anything is unpacked."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    content = bytearray(png())
    content[16:29] = head
    content[29:33] = struct.pack(">I", zlib.crc32(b"IHDR" + head))
    with pytest.raises(PhotoRefused):
        photos.inspect(bytes(content), "large")


@pytest.mark.parametrize("size", [0, 7, 64, 60_000])
def test_data_about_the_photograph_that_are_none(size: int) -> None:
    """EXIF that is cut off, points at itself or is nothing: the picture is taken or refused, in bounded time."""
    looped = (
        b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", 5000) + (struct.pack("<HHII", 0x8769, 4, 1, 8) * 4000)
    )
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "JPEG", exif=b"Exif\x00\x00" + looped[:size])
    try:
        info, thumbnail = photos.inspect(stream.getvalue(), "exif")
        assert info.width == 8 and thumbnail
    except PhotoRefused as error:
        assert error.code == "not_a_photo"


# ---- the seat's own files ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("damage", ["nothing", "text", "cut", "schema", "foreign", "view", "when", "why"])
def test_a_damaged_outbox_is_kept_aside(damage: str, tmp_path: Path) -> None:
    """The seat goes on with a new one, and what was there lies beside it."""
    import sqlite3

    store = OutboxStore(tmp_path, "city")
    sound = examples().outbox
    made = {
        "text": b"not a database, but long enough to be one" * 100,
        "cut": sound[: len(sound) // 2 + 100],
        # SQLite tells of it in the file's own words, and these are no text.
        "schema": sound.replace(b"CREATE TABLE item", b"CREATE \xeb\xff\xeb\xff\xeb item"),
    }
    store.path.write_bytes(made.get(damage, sound))
    if damage in ("foreign", "view", "when", "why"):
        conn = sqlite3.connect(store.path, isolation_level=None)
        if damage in ("foreign", "view"):
            conn.execute("DROP TABLE photo")
            conn.execute(
                "CREATE TABLE photo (x)" if damage == "foreign" else "CREATE VIEW photo AS SELECT 1 AS sha256"
            )
        else:
            conn.execute("UPDATE item SET at = 'x'" if damage == "when" else "UPDATE item SET why = '[]'")
        conn.close()
    before = store.path.read_bytes()
    with store.writing() as kept:
        assert kept.execute("SELECT count(*) FROM item").fetchone() == (1 if damage == "nothing" else 0,)
    assert bool(store.aside) == (damage != "nothing")
    for aside in store.aside:
        assert aside.exists() and (
            damage in ("foreign", "view", "when", "why") or aside.read_bytes() == before
        )
    store.close()
    again = OutboxStore(tmp_path, "city")
    with again.reading() as conn:
        assert conn.execute("SELECT count(*) FROM photo").fetchone() == (0,)
    assert again.aside == []
    again.close()


def test_a_damaged_key_of_the_outbox(tmp_path: Path) -> None:
    """What it had sealed cannot be read, and that is said; what comes is sealed with a new one, the old file lies aside."""
    store = OutboxStore(tmp_path, "city")
    sealed = store.seal({"a": 1}, "c")
    key = store.path.with_suffix(".key")
    key.write_bytes(b"short")
    again = OutboxStore(tmp_path, "city")
    with pytest.raises(Unreadable):
        again.unseal(sealed, "c")
    assert again.unseal(again.seal({"b": 2}, "d"), "d") == {"b": 2}
    assert (tmp_path / f"{key.name}.damaged-1").read_bytes() == b"short"
