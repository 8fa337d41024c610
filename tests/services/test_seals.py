"""Seals: what is sealed stays as it was or is named; what comes late or old raises no alarm."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks import _forger, _sealed_city
from tests.services.conftest import Clock, Desk
from workstation.services.audit import log_records, merkle, proof, seals
from workstation.services.audit.proof import Finding, Pin, Report
from workstation.services.audit.sealing_keys import SealRefused, Signer, follow, keys_of
from workstation.store import raw
from workstation.store.database import Database

one_store = pytest.mark.parametrize("store_url", ["spatialite"], indirect=True)


@pytest.fixture(scope="module")
def signer() -> Signer:
    """The centre's key."""
    return Signer.new()


def verified(database: Database, pins: list[Pin] | None = None, **wish: frozenset[str]) -> Report:
    """What the verification says of a database."""
    with database.read() as conn:
        return proof.verify(log_records.of_database(conn), pins=pins or (), **wish)


def kinds(report: Report) -> set[str]:
    """The kinds of what was found."""
    return {finding.kind for finding in report.findings}


# ---- trees ----------------------------------------------------------------------------------------------------------


def naive(leaves: list[bytes]) -> bytes:
    """The root as RFC 6962 defines it, word by word."""
    if not leaves:
        return merkle.EMPTY
    if len(leaves) == 1:
        return merkle.leaf_hash(leaves[0])
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return merkle.node_hash(naive(leaves[:half]), naive(leaves[half:]))


def test_a_tree_is_that_of_the_rfc() -> None:
    """Grown leaf by leaf it has the defined root, and every leaf's path leads there and no other leaf's does."""
    for count in (*range(18), 31, 33):
        content = [bytes([n]) * 3 for n in range(count)]
        leaves = [merkle.leaf_hash(one) for one in content]
        root = merkle.root_of(leaves)
        assert root == naive(content)
        for index in range(count):
            steps = merkle.path(leaves, index)
            assert merkle.root_from_path(leaves[index], index, count, steps) == root
            assert merkle.root_from_path(leaves[index - 1], index, count, steps) != root or count == 1
            assert merkle.root_from_path(leaves[index], index, count, [*steps, root]) is None
    assert merkle.root_from_path(b"", 3, 3, []) is None


def test_parts_are_subtrees() -> None:
    """The root over the roots of parts is that over all leaves."""
    leaves = [merkle.leaf_hash(str(n).encode()) for n in range(2 * merkle.PART + 7)]
    parts = [leaves[n : n + merkle.PART] for n in range(0, len(leaves), merkle.PART)]
    assert merkle.root_of(map(merkle.root_of, parts)) == merkle.root_of(leaves)


# ---- sealing --------------------------------------------------------------------------------------------------------


@pytest.mark.article("MQ-19-EVIDENCE")
def test_every_full_day_is_sealed_once(desk: Desk, clock: Clock, signer: Signer) -> None:
    """The first seal is over all there is; then one a day, empty ones too, each where the one before it ended."""
    desk.closed()
    database = desk.services.db
    assert [seal.day for seal in seals.seal(database, signer, clock())] == ["2026-11-19"]
    clock.forward(60 * 24)
    desk.registered()
    clock.forward(60 * 24 * 2)
    made = seals.seal(database, signer, clock())
    assert [(seal.day, seal.events) for seal in made] == [
        ("2026-11-20", 8),
        ("2026-11-21", 1),
        ("2026-11-22", 0),
    ]
    assert seals.seal(database, signer, clock()) == []
    report = verified(database)
    assert (report.findings, report.events, report.sealed, report.seals) == ([], 9, 9, 4)
    assert report.last_seal == made[-1].hash
    with pytest.raises(SealRefused) as caught:
        seals.seal(database, signer, clock(), seals.day_of(clock()))
    assert caught.value.code == "day_not_over"


def test_old_instants_are_no_false_alarm(desk: Desk, clock: Clock, signer: Signer) -> None:
    """A case whose events tell of days that are sealed already is sealed in the day it came; nothing is found."""
    database = desk.services.db
    desk.registered()
    clock.forward(60 * 24)
    seals.seal(database, signer, clock())
    clock.instant -= timedelta(days=300)
    old = desk.dispatched()
    clock.instant += timedelta(days=301)
    (made,) = seals.seal(database, signer, clock())
    assert made.events == 3 and verified(database).clean
    with database.read() as conn:
        leaves = [
            leaf for _, _, content in seals.parts_of(conn, made.day) for leaf in seals.unpacked(content)
        ]
    assert {leaf.case_id for leaf in leaves} == {old}


@one_store
def test_an_instant_to_come_holds_up_nothing(desk: Desk, clock: Clock, signer: Signer) -> None:
    """A seat whose clock is a year ahead does not end a day for the others."""
    clock.instant += timedelta(days=365)
    desk.registered()
    clock.instant -= timedelta(days=365)
    desk.registered()
    clock.forward(60 * 24)
    (made,) = seals.seal(desk.services.db, signer, clock())
    assert made.events == 2


@one_store
def test_only_the_key_in_force_seals(desk: Desk, clock: Clock, signer: Signer) -> None:
    """Another key is refused, one that the old key vouches for takes over, and the old one then is refused too."""
    database, new, strange = desk.services.db, Signer.new(), Signer.new()
    desk.registered()
    clock.forward(60 * 24)
    seals.seal(database, signer, clock())
    clock.forward(60 * 24)
    with pytest.raises(SealRefused) as caught:
        seals.seal(database, strange, clock())
    assert caught.value.code == "unknown_key"
    with database.write() as conn:
        follow(conn, signer, new.public, clock())
        for wrong, code in ((signer, "unknown_key"), (strange, "unknown_key"), (new, "known_key")):
            with pytest.raises(SealRefused) as caught:
                follow(conn, wrong, new.public, clock())
            assert caught.value.code == code
    with pytest.raises(SealRefused):
        seals.seal(database, signer, clock())
    (made,) = seals.seal(database, new, clock())
    assert made.key_id == new.key_id and verified(database).clean
    # Whoever knows only one of the two keys trusts both: one vouches for the other.
    for key in (signer, new):
        assert verified(database, publics=frozenset({key.public.hex()})).clean
    assert "seal_key" in kinds(verified(database, publics=frozenset({strange.public.hex()})))
    with database.write() as conn:
        raw.cursor(conn, "UPDATE seal_key SET since = ? WHERE key_id = ?", ("2020", new.key_id))
    assert {finding.detail for finding in verified(database).findings} == {new.key_id}


@one_store
def test_nothing_is_sealed_upon_a_broken_seal(desk: Desk, clock: Clock, signer: Signer) -> None:
    """Where the newest seal is not by its key, sealing stops and says so."""
    database = desk.services.db
    desk.registered()
    clock.forward(60 * 24)
    seals.seal(database, signer, clock())
    clock.forward(60 * 24)
    with database.write() as conn:
        raw.cursor(conn, "DROP TRIGGER seal_update")
        raw.cursor(conn, "UPDATE seal SET events = 0")
    with pytest.raises(SealRefused) as caught:
        seals.seal(database, signer, clock())
    assert caught.value.code == "seal_broken"


def test_a_key_is_a_file_for_its_owner_only(tmp_path: Path) -> None:
    """It is read again, with its passphrase; nothing is written over, and what is no key is refused."""
    signer, plain, locked = Signer.new(), tmp_path / "a", tmp_path / "b"
    signer.write(plain)
    signer.write(locked, "井盖")
    assert plain.stat().st_mode & 0o777 == 0o600
    assert Signer.read(plain).public == Signer.read(locked, "井盖").public == signer.public
    (tmp_path / "c").write_text("no key")

    def code(path: Path, passphrase: str = "") -> str:
        with pytest.raises(SealRefused) as caught:
            Signer.read(path, passphrase)
        return caught.value.code

    assert (code(locked), code(locked, "x"), code(plain, "x")) == ("wrong_passphrase",) * 3
    assert (code(tmp_path / "c"), code(tmp_path / "d")) == ("bad_key", "no_key")
    # A key of a kind that nobody knows: Ed25519's number, with one letter changed.
    (tmp_path / "e").write_text(plain.read_text().replace("MC4CAQAwBQYDK2Vw", "MC4CAQAwBQYDK4Vw"))
    assert code(tmp_path / "e") == "bad_key"
    with pytest.raises(SealRefused) as caught:
        signer.write(plain)
    assert caught.value.code == "key_exists"


# ---- tampering ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sealed_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, _sealed_city.Sealed]]:
    """A demo city with eleven seals and two keys."""
    database = Database.create(str(tmp_path_factory.mktemp("sealed") / "city.sqlite"))
    yield database, _sealed_city.make(database, cases=60)
    database.close()


@pytest.mark.parametrize("kind", _forger.KINDS)
def test_a_tampering_is_named(sealed_file: tuple[Database, _sealed_city.Sealed], kind: str) -> None:
    """Each kind of tampering, by somebody who may write anything and knows how hashes are made."""
    database, sealed = sealed_file
    with _forger.tampered(database, kind, random.Random(kind), sealed) as (conn, expected):
        report = proof.verify(log_records.of_database(conn), pins=sealed.pins)
    assert _forger.names(report, expected), report.findings[:5]


@pytest.mark.postgis
def test_tamperings_on_a_server_are_named(postgis_server: object, demo_template: str) -> None:
    """The same by a superuser for whom no trigger fires."""
    server = postgis_server
    url = server.new_database()  # type: ignore[attr-defined]
    database = Database.create(url)
    try:
        sealed = _sealed_city.make(database, cases=40)
        rng = random.Random(7)
        for kind in (
            "chain_rewritten",
            "redated",
            "deleted",
            "case_removed",
            "swapped_numbers",
            "own_key",
            "other_log",
        ):
            with _forger.tampered(database, kind, rng, sealed) as (conn, expected):
                report = proof.verify(log_records.of_database(conn), pins=sealed.pins)
            assert _forger.names(report, expected), (kind, report.findings[:5])
        assert verified(database, sealed.pins).clean
    finally:
        database.close()
        server.drop(url)  # type: ignore[attr-defined]


@pytest.mark.parametrize("seed", range(3))
def test_a_clean_city_is_clean(tmp_path: Path, seed: int) -> None:
    """Worked in, with mergers, divisions and imports of old cases, or upgraded from the first schema: nothing is found."""
    with _sealed_city.clean(tmp_path / "city.sqlite", random.Random(seed)) as (database, pins):
        report = verified(database, pins)
    assert report.findings == [] and report.sealed > 0


def test_what_kind_it_was_is_told(sealed_file: tuple[Database, _sealed_city.Sealed]) -> None:
    """The kind, the case, the event, its number and the day; before and after that nothing is found."""
    database, sealed = sealed_file
    assert verified(database, sealed.pins).clean
    with _forger.tampered(database, "redated", random.Random(3), sealed) as (conn, expected):
        (found,) = proof.verify(log_records.of_database(conn)).findings
        row = raw.first(
            conn, "SELECT log_id FROM case_event WHERE case_id = ? AND seq = ?", (found.case_id, found.seq)
        )
        day = next(seal.day for seal in seals.seals_of(conn) if found.log_id <= seal.last_log)
    assert (found.kind, (found.case_id, found.seq)) == ("redated", *expected.events)
    assert row == (found.log_id,) and found.day == day


@one_store
def test_after_the_last_seal_hashes_still_tell(desk: Desk, clock: Clock, signer: Signer) -> None:
    """A change that leaves the hashes, a hole and a wrong chain are found in what is not sealed yet."""
    case_id = desk.closed()
    database = desk.services.db

    def found(statement: str) -> list[Finding]:
        with database.write() as conn:
            raw.cursor(conn, "DROP TRIGGER case_event_update")
            raw.cursor(conn, "DROP TRIGGER case_event_delete")
            raw.cursor(conn, statement)
            report = proof.verify(log_records.of_database(conn))
            conn.rollback()
        return report.findings

    (one,) = found("UPDATE case_event SET actor = 'x' WHERE seq = 3")
    assert (one.kind, one.case_id, one.seq) == ("changed", case_id, 3)
    assert [(one.kind, one.seq) for one in found("DELETE FROM case_event WHERE seq = 3")] == [("gap", 4)]
    (one, *_) = found("UPDATE case_event SET prev_hash = hash WHERE seq = 3")
    assert one.kind == "changed"


@one_store
def test_values_of_foreign_types_are_found(desk: Desk, clock: Clock, signer: Signer) -> None:
    """SQLite takes a number for a text and bytes for a number: that is told as a change and stops nothing."""
    case_id = desk.closed()
    database = desk.services.db
    clock.forward(60 * 24)
    seals.seal(database, signer, clock())
    for statement in (
        "UPDATE case_event SET data = x'00ff' WHERE seq = 2",
        "UPDATE case_event SET log_id = 'x' WHERE seq = 2",
        "UPDATE seal_part SET content = 'x'",
    ):
        with database.write() as conn:
            for table in ("case_event", "seal_part"):
                raw.cursor(conn, f"DROP TRIGGER {table}_update")
            raw.cursor(conn, statement)
            report = proof.verify(log_records.of_database(conn))
            conn.rollback()
        assert report.findings and {one.case_id for one in report.findings} <= {case_id, ""}


def test_a_verification_can_be_stopped(sealed_file: tuple[Database, _sealed_city.Sealed]) -> None:
    """Progress is told, and who asked may lose interest."""
    database, _ = sealed_file
    told: list[int] = []
    with database.read() as conn:
        rows = [record for record in log_records.of_database(conn) if isinstance(record, proof.Row)]
    many = [rows[0]._replace(log_id=n) for n in range(3 * proof.EVERY)]
    proof.verify(many, progress=told.append)
    assert told == [proof.EVERY, 2 * proof.EVERY, 3 * proof.EVERY]
    with pytest.raises(proof.Cancelled):
        proof.verify(many, cancelled=lambda: True)


def test_findings_are_bounded(
    sealed_file: tuple[Database, _sealed_city.Sealed], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of more differences than anybody reads only the number is kept."""
    monkeypatch.setattr(proof, "MOST", 3)
    database, _ = sealed_file
    with database.read() as conn:
        records = list(log_records.of_database(conn))
    broken = [one._replace(actor="x") if isinstance(one, proof.Row) else one for one in records]
    report = proof.verify(broken)
    assert report.more > 0 and len(report.findings) <= 3 * 12


def test_what_was_told_outside_is_held_against_it(sealed_file: tuple[Database, _sealed_city.Sealed]) -> None:
    """A pinned seal that is another, or that is gone, is found."""
    database, sealed = sealed_file
    (pin,) = sealed.pins
    other, gone = replace(pin, seal="0" * 64), replace(pin, day="2099-01-01")
    assert [(one.kind, one.day) for one in verified(database, [other, gone]).findings] == [
        ("pinned", pin.day),
        ("pinned", "2099-01-01"),
    ]
    with database.read() as conn:
        assert Counter(bool(key.signed_by) for key in keys_of(conn)) == {False: 1, True: 1}
    assert date.fromisoformat(pin.day) < datetime.now(UTC).date() + timedelta(days=1)
