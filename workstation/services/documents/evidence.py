"""The evidence file of a case (证据材料): what law enforcement gets, whole and unaltered (MQ-19-EVIDENCE, MQ-42-TRANSFER).

A ZIP with the case as data, its log with the hashes as they are stored, the photographs byte for byte as they came in, a
PDF for reading and a manifest. :func:`verify` checks such a file by itself, without the city it came from.
"""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from ...store.audit import CANNOT_REPLAY
from ...store.log import StoredEvent
from ...store.tables import evidence_file as table
from ...workflow.apply import apply
from ...workflow.case import Photo
from ...workflow.event import (
    GENESIS,
    Actor,
    Event,
    Refusal,
    canonical_json,
    event_hash,
    format_instant,
    parse_instant,
)
from ..audit import case_proof
from ..cases import scope
from ..centre.people import holds_post
from ..errors import NotFound, Refused
from .evidence_sheet import EvidenceSheet
from .paper import LOCAL

if TYPE_CHECKING:
    from ..services import Services

FORMAT = "case-evidence/2"
MANIFEST, CASE, LOG, SHEET, README = "manifest.json", "case.json", "log.jsonl", "sheet.pdf", "README.txt"
DATA, PROOF, MAP = "data.json", "proof.json", "map.png"
PHOTOS = "photos/"
LARGEST = 1 << 30
"""Bytes that the files of an evidence file may have together, unpacked."""
_PACKINGS = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
_NOT_A_ZIP = (
    *(zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, RuntimeError),
    *(ValueError, LookupError, ArithmeticError),
)
"""What the library raises for an archive that somebody damaged; some of it is not in its manual."""
_ENDINGS = {b"\xff\xd8\xff": "jpg", b"\x89PNG": "png", b"RIFF": "webp"}
DESCRIPTION = f"""\
{FORMAT}

{CASE}    the case as data, as its log makes it
{DATA}    what an enforcing body takes over, in plain fields: docs/log-format.md of the workstation tells each
{LOG}    one event a line, the oldest first; instants are UTC
{PHOTOS}*      the photographs as they came in, named by the SHA-256 of their bytes
{PROOF}   keys, seals, and of each sealed event the path that leads from it to the seal's root
{MAP}      where it is, where a map was at hand
{SHEET}    the same for reading
{MANIFEST}   SHA-256 and size of every other file; "last_hash" is the hash of the newest event

hash of an event = SHA-256 (hex) of the UTF-8 text of the JSON array
  [prev_hash, case_id, seq, kind, at, actor, actor_name, post, unit, command_id, to, data]
written without blanks, keys sorted, characters as they are. prev_hash of the first event is 64 zeros.
A change anywhere makes that hash, and every one after it, another.

python3 verify_log.py --evidence THIS_FILE.zip --key PUBLIC_KEY
checks all of it without the workstation; PUBLIC_KEY is the one that the centre has published.
"""


@dataclass(frozen=True, slots=True)
class EvidenceInfo:
    """An evidence file that is kept. ``seq`` is the case's newest event in it, ``size`` in bytes."""

    sha256: str
    case_id: str
    seq: int
    made_at: datetime
    made_by: str
    size: int


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """An evidence file with its bytes (a ZIP)."""

    info: EvidenceInfo
    content: bytes

    @property
    def sha256(self) -> str:
        """By what a transfer names it."""
        return self.info.sha256


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with an evidence file.

    ``code``: not_a_zip, no_manifest, missing, extra, altered, chain (an event does not follow the one before), hash (an
    event is not what was written), case (the data are not what the log makes), photo_missing, too_large, proof (an event
    does not lie under the seal that is named), seal_signature, seal_key (of which day). ``name``: of what.
    """

    code: str
    name: str


class Evidence:
    """Makes, keeps and gives evidence files. Refused: ``evidence_…``, see labels.toml."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._database = services.db

    def may_make(self, actor: Actor) -> bool:
        """Whether the post may: the file names who reported, so only who transfers cases or is shown that anyway."""
        handbook = self._services.handbook
        arrow = handbook.arrow("transfer")
        return (arrow is not None and actor.post in arrow.posts) or scope.sees_reporter(actor, handbook)

    def make(self, case_id: str, actor: Actor, place: bytes = b"") -> EvidenceFile:
        """The case's evidence file as it stands now, not kept yet (:meth:`store`). ``place``: a picture of the map (PNG).

        Refused: ``evidence_not_yours``; ``evidence_photo`` when a photograph is not what its hash says. NotFound.
        """
        services = self._services
        case = scope.case_for(services, case_id, actor)
        with self._database.read() as conn:
            if not holds_post(conn, actor) or not self.may_make(actor):
                raise Refused(Refusal("evidence_not_yours", {"post": actor.post}))
        events = services.cases.history(case_id)
        if len(events) != case.seq:
            # Somebody moved it on between the two looks.
            case = services.cases.get(case_id)
        made_at = services.now()
        with self._database.read() as conn:
            proof = case_proof.make(conn, events)
        photos = {photo.sha256: self._photo(photo) for photo in case.photos}
        sheet = EvidenceSheet(services, case, events, proof, made_at)
        files: dict[str, bytes] = {
            CASE: _pretty(case.to_doc()),
            DATA: _pretty(sheet.data({sha: _photo_name(sha, content) for sha, content in photos.items()})),
            LOG: "".join(f"{canonical_json(_line(event))}\n" for event in events).encode(),
            PROOF: _pretty(proof),
            **{_photo_name(sha, content): content for sha, content in photos.items()},
            **({MAP: place} if place else {}),
            README: DESCRIPTION.encode(),
        }
        files[SHEET] = sheet.pdf(photos, place, {name: _sha(body) for name, body in files.items()})
        manifest = {
            "format": FORMAT,
            "city": services.city.name,
            "case": case.id,
            "code": case.code,
            "seq": case.seq,
            "last_hash": events[-1].hash,
            "made_at": format_instant(made_at),
            "made_by": actor.name,
            "files": {name: {"sha256": _sha(body), "size": len(body)} for name, body in files.items()},
        }
        files = {MANIFEST: json.dumps(manifest, ensure_ascii=False, indent=1).encode(), **files}
        content = _zip(files, made_at)
        return EvidenceFile(
            EvidenceInfo(_sha(content), case.id, case.seq, made_at, actor.person, len(content)), content
        )

    def _photo(self, photo: Photo) -> bytes:
        content = self._services.photos.content(photo.sha256)
        if _sha(content) != photo.sha256:
            raise Refused(Refusal("evidence_photo", {"name": photo.name}))
        return content

    def store(self, file: EvidenceFile) -> str:
        """Keep the file, for good; the same bytes are kept once. What a transfer names it by."""
        insert = sqlite.insert if self._database.kind == "spatialite" else postgresql.insert
        info = file.info
        with self._database.write() as conn:
            if conn.execute(select(table.c.sha256).where(table.c.sha256 == info.sha256)).first() is None:
                conn.execute(
                    insert(table)
                    .values(
                        sha256=info.sha256,
                        case_id=info.case_id,
                        seq=info.seq,
                        made_at=format_instant(info.made_at),
                        made_by=info.made_by,
                        size=info.size,
                        content=file.content,
                    )
                    .on_conflict_do_nothing()
                )
        return info.sha256

    def get(self, sha256: str, actor: Actor) -> EvidenceFile:
        """A file that is kept, byte for byte; NotFound. Refused ``evidence_not_yours`` as for making it."""
        with self._database.read() as conn:
            if not holds_post(conn, actor) or not self.may_make(actor):
                raise Refused(Refusal("evidence_not_yours", {"post": actor.post}))
            row = conn.execute(select(table).where(table.c.sha256 == sha256)).mappings().first()
        if row is None:
            raise NotFound("no_such_evidence", sha256)
        return EvidenceFile(_info(row), bytes(row["content"]))

    def of_case(self, case_id: str) -> list[EvidenceInfo]:
        """The files of a case that are kept, the newest first."""
        query = (
            select(*(c for c in table.c if c.name != "content"))
            .where(table.c.case_id == case_id)
            .order_by(table.c.made_at.desc(), table.c.sha256)
        )
        with self._database.read() as conn:
            return [_info(row) for row in conn.execute(query).mappings()]


# ---- the file by itself ------------------------------------------------------------------------------------------


def verify(content: bytes, publics: frozenset[str] = frozenset()) -> list[Finding]:
    """What is wrong with an evidence file; empty when it is whole and unaltered. Needs nothing but the bytes.

    ``publics``: public keys (hex) that are trusted; without any, the one that the file itself names first.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if sum(info.file_size for info in members) > LARGEST:
                return [Finding("too_large", str(LARGEST))]
            if any(info.compress_type not in _PACKINGS for info in members):
                return [Finding("not_a_zip", "packed in a way that no evidence file is")]
            files = {info.filename: archive.read(info) for info in members}
    except _NOT_A_ZIP as error:
        return [Finding("not_a_zip", str(error))]
    try:
        manifest = json.loads(files.pop(MANIFEST))
        listed = {name: entry["sha256"] for name, entry in manifest["files"].items()}
        last_hash = manifest["last_hash"]
    except CANNOT_REPLAY:
        return [Finding("no_manifest", MANIFEST)]
    found = [Finding("missing", name) for name in {**listed, CASE: "", LOG: ""} if name not in files]
    found += [Finding("extra", name) for name in files if name not in listed or _leaves(name)]
    # Of two files with one name each program that unpacks them may take another.
    names = Counter(info.filename for info in members)
    found += [Finding("extra", name) for name, count in names.items() if count > 1]
    found += [
        Finding("altered", name) for name, sha in listed.items() if name in files and _sha(files[name]) != sha
    ]
    if CASE in files and LOG in files:
        found += _verify_case(files, last_hash, publics)
    return found


def _verify_case(files: Mapping[str, bytes], last_hash: str, publics: frozenset[str]) -> list[Finding]:
    found: list[Finding] = []
    previous, case = GENESIS, None
    events: dict[int, StoredEvent] = {}
    try:
        for number, line in enumerate(files[LOG].decode().splitlines(), 1):
            entry = json.loads(line)
            event = _event(entry)
            if entry["prev_hash"] != previous or event.seq != number:
                found.append(Finding("chain", str(event.seq)))
            if event_hash(entry["prev_hash"], event) != entry["hash"]:
                found.append(Finding("hash", str(event.seq)))
            previous = entry["hash"]
            events[event.seq] = StoredEvent(event, 0, entry["hash"], entry["prev_hash"])
            case = apply(case, event)
        same = case is not None and case.to_doc() == json.loads(files[CASE])
        kept = {photo.sha256 for photo in case.photos} if case is not None else set()
    except CANNOT_REPLAY as error:
        return [*found, Finding("case", repr(error))]
    if previous != last_hash:
        found.append(Finding("chain", MANIFEST))
    if not same:
        return [*found, Finding("case", CASE)]
    if PROOF in files:
        found += [Finding(*problem) for problem in case_proof.check(files[PROOF], events, publics)]
    there = {_sha(body) for name, body in files.items() if name.startswith(PHOTOS)}
    return found + [Finding("photo_missing", sha256) for sha256 in sorted(kept - there)]


def _leaves(name: str) -> bool:
    """Whether a file of that name would be unpacked outside its folder, on one system or another."""
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _line(stored: StoredEvent) -> dict[str, Any]:
    event = stored.event
    return {
        "case_id": event.case_id,
        "seq": event.seq,
        "kind": event.kind,
        "at": format_instant(event.at),
        "actor": event.actor,
        "actor_name": event.actor_name,
        "post": event.post,
        "unit": event.unit,
        "command_id": event.command_id,
        "to": event.to,
        "data": event.data,
        "prev_hash": stored.prev_hash,
        "hash": stored.hash,
    }


def _event(entry: Mapping[str, Any]) -> Event:
    told = {key: value for key, value in entry.items() if key not in ("prev_hash", "hash", "at")}
    return Event(at=parse_instant(entry["at"]), **told)


def _photo_name(sha256: str, content: bytes) -> str:
    ending = next((name for mark, name in _ENDINGS.items() if content.startswith(mark)), "bin")
    return f"{PHOTOS}{sha256}.{ending}"


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _zip(files: Mapping[str, bytes], made_at: datetime) -> bytes:
    out = io.BytesIO()
    when = made_at.astimezone(LOCAL).timetuple()[:6]
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in files.items():
            info = zipfile.ZipInfo(name, when)
            # Photographs are packed already.
            info.compress_type = zipfile.ZIP_STORED if name.startswith(PHOTOS) else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, body)
    return out.getvalue()


def _info(row: Mapping[Any, Any]) -> EvidenceInfo:
    return EvidenceInfo(
        row["sha256"], row["case_id"], row["seq"], parse_instant(row["made_at"]), row["made_by"], row["size"]
    )


def _pretty(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()
