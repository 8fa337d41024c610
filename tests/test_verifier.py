"""The verifier of one file: needs nothing of ours, knows the RFC's signatures, and says what our own verification says."""

from __future__ import annotations

import ast
import importlib.util
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks import _forger, _sealed_city
from workstation.services.audit import log_records, proof
from workstation.store.database import Database

FILE = Path(__file__).resolve().parents[1] / "resources" / "verifier" / "verify_log.py"


def loaded() -> Any:
    """The file as a module."""
    spec = importlib.util.spec_from_file_location("verify_log", FILE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


verifier = loaded()

# RFC 8032, section 7.1: public key, message, signature.
VECTORS = (
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
        "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
)


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_the_signatures_of_the_rfc(public: str, message: str, signature: str) -> None:
    """Each is right, and with one bit of anything turned it is wrong."""
    parts = [bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature)]
    assert verifier.ed25519_verify(*parts)
    for number, part in enumerate(parts):
        for at in {0, len(part) // 2, len(part) - 1} & set(range(len(part))):
            wrong = list(parts)
            wrong[number] = part[:at] + bytes([part[at] ^ 1]) + part[at + 1 :]
            assert not verifier.ed25519_verify(*wrong)
    assert not verifier.ed25519_verify(parts[0], parts[1], parts[2][:-1])
    assert not verifier.ed25519_verify(parts[0][1:], *parts[1:])
    # The same signature with the group's order added to its number is another text of it, and refused.
    number = int.from_bytes(parts[2][32:], "little") + verifier.ORDER
    assert not verifier.ed25519_verify(*parts[:2], parts[2][:32] + number.to_bytes(32, "little"))
    assert not verifier.ed25519_verify(b"\xff" * 32, *parts[1:])


def test_it_agrees_with_the_library_about_signatures() -> None:
    """Messages of many lengths, signed by many keys."""
    rng = random.Random(5)
    for length in (0, 1, 63, 64, 200):
        private = Ed25519PrivateKey.generate()
        message = rng.randbytes(length)
        public = private.public_key().public_bytes_raw()
        assert verifier.ed25519_verify(public, message, private.sign(message))
        assert not verifier.ed25519_verify(public, message + b"x", private.sign(message))


def test_it_is_of_the_standard_library_and_old_pythons() -> None:
    """It imports nothing else, its syntax is that of Python 3.8, and it runs without the environment of ours."""
    tree = ast.parse(FILE.read_text("utf-8"), feature_version=(3, 8))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert names <= sys.stdlib_module_names
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level]
    assert {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)} <= {"collections"}
    done = subprocess.run([sys.executable, "-I", "-S", str(FILE), "--help"], capture_output=True, text=True)
    assert done.returncode == 0 and "verify_log" in done.stdout


# ---- logs -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, _sealed_city.Sealed]]:
    """A sealed demo city."""
    database = Database.create(str(tmp_path_factory.mktemp("verifier") / "city.sqlite"))
    yield database, _sealed_city.make(database, cases=40)
    database.close()


def exported(conn: Any, path: Path) -> Path:
    """The log as a file."""
    with path.open("w", encoding="utf-8", errors="surrogateescape") as stream:
        log_records.write(stream, log_records.of_database(conn), "城", datetime.now(UTC))
    return path


def both(path: Path, pins: list[proof.Pin]) -> tuple[list[Any], list[Any]]:
    """What the two find in a file: sorted, as plain lists."""
    ours = proof.verify(log_records.of_file(path), pins=pins)
    mine = [(f.kind, f.day, f.case_id, f.seq, f.log_id, f.detail) for f in ours.findings]
    plain = [{"day": pin.day, "seal": pin.seal, "public": pin.public} for pin in pins]
    check = verifier.check_log(str(path), plain)
    assert (check.events, check.sealed, check.seals) == (ours.events, ours.sealed, ours.seals)
    assert check.last_seal == (ours.last_day, ours.last_seal)
    return sorted(mine), sorted(check.findings)


@pytest.mark.article("MQ-19-EVIDENCE")
@pytest.mark.parametrize("kind", _forger.KINDS)
def test_both_find_the_same(city: tuple[Database, _sealed_city.Sealed], kind: str, tmp_path: Path) -> None:
    """Of every kind of tampering the two verifications say the very same, of the database and of its export."""
    database, sealed = city
    rng = random.Random(f"both {kind}")
    with _forger.tampered(database, kind, rng, sealed) as (conn, expected):
        there = proof.verify(log_records.of_database(conn), pins=sealed.pins)
        path = exported(conn, tmp_path / "log.jsonl")
    ours, its = both(path, sealed.pins)
    assert ours == its and ours
    assert _forger.names(there, expected) and len(there.findings) == len(ours)


def test_both_find_what_was_done_to_a_file(
    city: tuple[Database, _sealed_city.Sealed], tmp_path: Path
) -> None:
    """Lines taken out, doubled, exchanged, changed; and a clean file is clean."""
    database, sealed = city
    with database.read() as conn:
        lines = exported(conn, tmp_path / "clean").read_text("utf-8").splitlines(keepends=True)
    assert both(tmp_path / "clean", sealed.pins) == ([], [])
    rng = random.Random(11)
    path = tmp_path / "changed"
    for number in range(24):
        made = list(lines)
        sealed_lines = [n for n, line in enumerate(lines) if '"type":"event"' in line][:200]
        at, other = rng.sample(sealed_lines, 2)
        if number % 4 == 0:
            del made[at]
        elif number % 4 == 1:
            made.insert(other, made[at])
        elif number % 4 == 2:
            made[at], made[other] = made[other], made[at]
        else:
            event = json.loads(made[at])
            event[rng.choice(["actor", "data", "hash", "at"])] += "x"
            made[at] = json.dumps(event) + "\n"
        path.write_text("".join(made), "utf-8")
        ours, its = both(path, sealed.pins)
        assert ours == its and ours


def test_the_command_tells_by_its_exit_code(
    city: tuple[Database, _sealed_city.Sealed], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """0 for a clean log, 2 with what was found, 1 for what is no log, no key or no pin."""
    database, sealed = city
    with database.read() as conn:
        path = exported(conn, tmp_path / "log.jsonl")
    pins = tmp_path / "pins"
    (pin,) = sealed.pins
    told = {
        "format": "workstation-pin/1",
        "day": pin.day,
        "seal": pin.seal,
        "key_id": "",
        "public": pin.public,
    }
    pins.write_text(json.dumps(told) + "\n\n")
    assert verifier.main([str(path), "--pinned", str(pins), "--key", pin.public]) == 0
    assert "nothing found" in capsys.readouterr().out
    assert verifier.main([str(path), "--key", "0" * 64]) == 2
    assert "seal_key" in capsys.readouterr().out
    assert verifier.main([str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []
    bad = tmp_path / "bad"
    for content in ("", "{}\n", "[1]\n", '{"type":"log","format":"x"}\n', "\x00"):
        bad.write_text(content)
        assert verifier.main([str(bad)]) == 1
        with pytest.raises(log_records.NotALog):
            list(log_records.of_file(bad))
    whole = path.read_text("utf-8").splitlines()
    for line in ('{"type":"event"}', '{"type":"x"}', '{"type":"part","root":"","leaves":[[1]]}', "nonsense"):
        bad.write_text("\n".join([whole[0], line]), "utf-8")
        assert verifier.main([str(bad)]) == 1
        with pytest.raises(log_records.NotALog):
            list(log_records.of_file(bad))
    assert verifier.main([str(path), "--pinned", str(bad)]) == 1
    assert verifier.main([str(path), "--key", "short"]) == 1
    assert verifier.main([str(tmp_path / "none")]) == 1
