"""The evidence file: whole, unaltered, checked by itself; whatever is changed in it is found."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from tests.services.conftest import Desk
from tests.test_verifier import verifier
from workstation.services.audit import seals
from workstation.services.audit.sealing_keys import Signer
from workstation.services.documents import evidence
from workstation.services.documents.evidence import EvidenceFile, Finding, verify
from workstation.services.errors import NotFound, Refused
from workstation.store.database import Database

one_store = pytest.mark.parametrize("store_url", ["spatialite"], indirect=True)
"""For what does not depend on the store: who may, in which order, what is refused."""


def picture(colour: str) -> bytes:
    """A small photograph."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def case_id(desk: Desk) -> str:
    """A case with a photograph of before and one of after."""
    photos = desk.services.photos
    before, after = (photos.add(picture(colour), f"{colour}.jpg").sha256 for colour in ("red", "green"))
    case_id = desk.dispatched(photos=[{"sha256": before, "role": "before", "name": "red.jpg"}])
    desk.do("rec1", "receive", case_id)
    desk.do(
        "rec1", "feed_back", case_id, note="已更换", photos=[{"sha256": after, "role": "after", "name": "g"}]
    )
    return case_id


@pytest.fixture
def file(desk: Desk, case_id: str) -> EvidenceFile:
    """Its evidence file."""
    return desk.services.evidence.make(case_id, desk.actor("sl1"))


def opened(content: bytes) -> dict[str, bytes]:
    """The files inside."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    """A file of these."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return out.getvalue()


@pytest.mark.article("MQ-19-EVIDENCE")
def test_it_holds_the_whole_case_unaltered(desk: Desk, case_id: str, file: EvidenceFile) -> None:
    """Log with its hashes as stored, photographs byte for byte, the case, a PDF; a manifest with the hash of each."""
    files = opened(file.content)
    case, history = desk.services.cases.get(case_id), desk.services.cases.history(case_id)
    assert json.loads(files["case.json"]) == case.to_doc()
    lines = [json.loads(line) for line in files["log.jsonl"].splitlines()]
    assert [(x["seq"], x["hash"], x["prev_hash"]) for x in lines] == [
        (s.event.seq, s.hash, s.prev_hash) for s in history
    ]
    photos = [body for name, body in files.items() if name.startswith("photos/")]
    assert sorted(photos) == sorted([picture("red"), picture("green")])
    assert files["sheet.pdf"].startswith(b"%PDF")
    manifest = json.loads(files["manifest.json"])
    assert (manifest["code"], manifest["last_hash"]) == (case.code, history[-1].hash)
    assert {name: entry["sha256"] for name, entry in manifest["files"].items()} == {
        name: hashlib.sha256(body).hexdigest() for name, body in files.items() if name != "manifest.json"
    }
    assert hashlib.sha256(file.content).hexdigest() == file.sha256
    assert verify(file.content) == []


@one_store
def test_whatever_is_changed_is_found(file: EvidenceFile) -> None:
    """A byte of a photograph, a word of the log, a figure of the case, a missing or added file, a cut-off archive."""
    whole = opened(file.content)
    photo = next(name for name in whole if name.startswith("photos/"))

    def changed(**files: bytes | None) -> list[str]:
        made = {
            **whole,
            **{name.replace("__", "/"): body for name, body in files.items() if body is not None},
        }
        for name, body in files.items():
            if body is None:
                del made[name]
        return sorted({finding.code for finding in verify(packed(made))})

    assert changed() == []
    assert changed(**{photo: picture("blue")}) == ["altered", "photo_missing"]
    assert changed(**{photo: None}) == ["missing", "photo_missing"]
    assert changed(**{"more.txt": b"x"}) == ["extra"]
    assert changed(**{"manifest.json": None}) == ["no_manifest"]
    assert changed(**{"case.json": whole["case.json"].replace("南门大街".encode(), "北门大街".encode())}) == [
        "altered",
        "case",
    ]
    assert changed(**{"log.jsonl": b"no log"}) == ["altered", "case"]
    assert verify(file.content[:-40])[0].code == "not_a_zip"
    assert verify(b"")[0] == Finding("not_a_zip", "File is not a zip file")


@one_store
def test_a_forger_who_writes_the_manifest_anew_is_found(file: EvidenceFile) -> None:
    """Log and manifest both changed: the hashes of the events still tell, and so does a log that is cut off."""

    def forged(change: Callable[[list[dict[str, Any]]], None]) -> set[str]:
        files = opened(file.content)
        lines = [json.loads(line) for line in files["log.jsonl"].splitlines()]
        change(lines)
        files["log.jsonl"] = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()
        manifest = json.loads(files["manifest.json"])
        manifest["files"]["log.jsonl"]["sha256"] = hashlib.sha256(files["log.jsonl"]).hexdigest()
        files["manifest.json"] = json.dumps(manifest).encode()
        return {finding.code for finding in verify(packed(files))}

    assert forged(lambda lines: None) == set()
    assert "hash" in forged(lambda lines: lines[-1]["data"].update(note="未更换"))
    assert "chain" in forged(lambda lines: lines.pop())
    assert "chain" in forged(lambda lines: lines.pop(1))


@pytest.mark.article("MQ-42-TRANSFER")
def test_a_transfer_names_the_file_that_is_kept(desk: Desk, case_id: str, file: EvidenceFile) -> None:
    """Kept by its hash, given back byte for byte, named by the transfer and found again from the case."""
    evidence, leader = desk.services.evidence, desk.actor("sl1")
    assert evidence.of_case(case_id) == []
    sha = evidence.store(file)
    assert evidence.store(file) == sha
    desk.do("sl1", "transfer", case_id, to="综合执法局", reason="涉嫌损毁公共设施", evidence=sha)
    case = desk.services.cases.get(case_id)
    assert (case.state, case.evidence) == ("transferred", sha)
    assert evidence.get(sha, leader) == file and evidence.of_case(case_id) == [file.info]
    with pytest.raises(NotFound):
        evidence.get("0" * 64, leader)


@one_store
def test_only_who_may_see_the_reporter_makes_it(desk: Desk, case_id: str, file: EvidenceFile) -> None:
    """The log names who reported: a unit's people and the dispatcher neither make nor read such a file."""
    evidence = desk.services.evidence
    sha = evidence.store(file)
    for person in ("rec1", "dis1"):
        with pytest.raises(Refused) as caught:
            evidence.make(case_id, desk.actor(person))
        assert caught.value.refusal.code == "evidence_not_yours"
        with pytest.raises(Refused) as caught:
            evidence.get(sha, desk.actor(person))
        assert caught.value.refusal.code == "evidence_not_yours"
    with pytest.raises(NotFound):
        evidence.make(case_id, desk.actor("rec2"))


def test_it_is_never_changed(desk: Desk, store: Database, case_id: str, file: EvidenceFile) -> None:
    """What is kept stays, in SQL too; and a photograph that was changed in the database makes no evidence."""
    desk.services.evidence.store(file)
    for statement in ("UPDATE evidence_file SET size = 0", "DELETE FROM evidence_file"):
        with pytest.raises(DatabaseError), store.write() as conn:
            conn.execute(text(statement))
    photo = desk.services.cases.get(case_id).photos[0].sha256
    with store.write() as conn:
        conn.execute(
            text("UPDATE photo SET content = :c WHERE sha256 = :s"), {"c": picture("blue"), "s": photo}
        )
    with pytest.raises(Refused) as caught:
        desk.services.evidence.make(case_id, desk.actor("sl1"))
    assert caught.value.refusal.code == "evidence_photo"


@one_store
@pytest.mark.article("MQ-19-EVIDENCE", "MQ-42-TRANSFER")
def test_it_is_proved_by_the_centres_seals(desk: Desk, case_id: str) -> None:
    """Sealed events lead to a signed root, later ones are as yet unproved; both verifiers agree, whatever is forged."""
    database, clock, signer = desk.services.db, desk.clock, Signer.new()
    clock.forward(60 * 24)
    seals.seal(database, signer, clock())
    desk.do("op1", "send_verify", case_id, to="col1")
    content = desk.services.evidence.make(case_id, desk.actor("sl1"), picture("white")).content
    files = opened(content)
    proof = json.loads(files["proof.json"])
    assert [one["seq"] for one in proof["events"]] == [1, 2, 3, 4, 5] and len(proof["seals"]) == 1
    assert files["map.png"] == picture("white")
    mine = frozenset({signer.public.hex()})
    assert verify(content, mine) == []
    assert verifier.check_evidence(content, mine) == ([], (5, 6, [signer.key_id]))
    stranger = frozenset({Signer.new().public.hex()})

    def both(name: str, change: Callable[[Any], Any], publics: frozenset[str] = mine) -> set[str]:
        made = opened(content)
        made[name] = json.dumps(change(json.loads(made[name]))).encode()
        manifest = json.loads(made["manifest.json"])
        manifest["files"][name]["sha256"] = hashlib.sha256(made[name]).hexdigest()
        made["manifest.json"] = json.dumps(manifest).encode()
        ours = {finding.code for finding in verify(packed(made), publics)}
        its = {kind for kind, _ in verifier.check_evidence(packed(made), publics)[0]}
        assert ours == its
        return ours

    assert both("proof.json", lambda told: told) == set()
    assert both("proof.json", lambda told: told, stranger) == {"seal_key"}
    assert both("proof.json", lambda told: {**told, "seals": []}) == {"proof"}
    assert both("proof.json", lambda told: []) == {"proof"}
    for name, value in (("events", 7), ("root", "00" * 32)):
        forged = [{**proof["seals"][0], name: value}]
        assert "seal_signature" in both("proof.json", lambda told, forged=forged: {**told, "seals": forged})
    for name, value in (("index", 0), ("log_id", 99), ("path", []), ("seq", 77)):
        moved = [{**proof["events"][4], name: value}]
        assert both("proof.json", lambda told, moved=moved: {**told, "events": moved}) == {"proof"}


@one_store
@pytest.mark.article("MQ-42-TRANSFER")
def test_the_enforcing_body_gets_plain_fields(desk: Desk, case_id: str, file: EvidenceFile) -> None:
    """Place, photographs by their file and digest, and every event with the names that the handbook has for it."""
    files = opened(file.content)
    data, case = json.loads(files["data.json"]), desk.services.cases.get(case_id)
    assert data["format"] == "case-transfer/1" and data["case"]["code"] == case.code
    assert data["place"]["crs"] == "EPSG:4490" and (data["place"]["lon"], data["place"]["lat"]) == (
        case.lon,
        case.lat,
    )
    for photo in data["photos"]:
        assert hashlib.sha256(files[photo["file"]]).hexdigest() == photo["sha256"]
    assert [one["seq"] for one in data["events"]] == list(range(1, case.seq + 1))
    first = data["events"][0]
    assert first["what"]["name"] == desk.services.handbook.label("arrows", first["what"]["code"])
    assert {one["sealed"] for one in data["events"]} == {""}
    assert verifier.check_evidence(file.content) == ([], (0, case.seq, []))


@one_store
def test_both_verifiers_agree_on_files_that_are_no_evidence(
    file: EvidenceFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut off, empty, another archive, something that unpacks to more than an evidence file is."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(1 << 24))
    monkeypatch.setattr(evidence, "LARGEST", 1 << 23)
    monkeypatch.setattr(verifier, "LARGEST", 1 << 23)
    for content in (b"", file.content[:-30], bomb.getvalue()):
        assert verify(content)[0].code in ("not_a_zip", "too_large")
        with pytest.raises(verifier.Unreadable):
            verifier.check_evidence(content)
    other = packed({"a": b"b"})
    assert [verify(other)[0].code, verifier.check_evidence(other)[0][0][0]] == ["no_manifest"] * 2
