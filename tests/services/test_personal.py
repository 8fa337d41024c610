"""Personal data on both stores: never in the log, opened with a reason that is recorded, erased after its term."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import postgis
from tests.services.conftest import Desk
from workstation.services.errors import NotFound, Refused
from workstation.services.personal import keys, personal
from workstation.services.personal.looks import Period
from workstation.store import raw
from workstation.workflow.case import Case, State
from workstation.workflow.event import Actor, Command, format_instant
from workstation.workflow.handbook import Handbook, Personal

pytestmark = pytest.mark.article("TZ-5-PRIVACY")

NAME, PHONE = "欧阳某某某", "13987650123"
WHY = "回访反映人"
EVER = Period(datetime(2026, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


def reported(desk: Desk, **more: Any) -> str:
    """A case whose reporter is the marked one."""
    return desk.registered(**{"reporter": NAME, "reporter_phone": PHONE, **more})


def refused(code: str) -> Any:
    """The block is refused with that code."""
    return pytest.raises((Refused, NotFound), match=code)


def test_the_log_never_has_it(desk: Desk) -> None:
    """The event, the projection and what the seat is answered are masked; the encrypted content has neither in it."""
    case_id = reported(desk)
    case = desk.services.cases.get(case_id)
    assert (case.reporter, case.reporter_phone) == ("欧阳**", "139****0123")
    (event,) = desk.services.cases.history(case_id)
    assert (event.event.data["reporter"], event.event.data["reporter_phone"]) == ("欧阳**", "139****0123")
    with desk.services.db.read() as conn:
        row = raw.first(conn, "SELECT content, key_id, erased_at FROM personal WHERE case_id = ?", (case_id,))
    assert row is not None and row[2] is None and len(row[1]) == 16
    assert PHONE.encode() not in bytes(row[0]) and NAME.encode() not in bytes(row[0])


def test_a_look_shows_it_and_stays(desk: Desk) -> None:
    """Whoever may look gets name and number, and an auditor reads who looked at which case and why."""
    case_id = reported(desk)
    looks = desk.services.personal
    seen = looks.look(case_id, f"{WHY}：核对地址", desk.actor("op1"))
    assert (seen.reporter, seen.reporter_phone, seen.case_id) == (NAME, PHONE, case_id)
    (look,) = looks.looks(EVER, desk.actor("eva1"))
    code = desk.services.cases.get(case_id).code
    assert (look.person, look.post, look.code, look.reason) == ("op1", "operator", code, f"{WHY}：核对地址")
    assert look.fields == ("reporter", "reporter_phone")
    assert not look.erased and not look.many


def test_who_may_not(desk: Desk) -> None:
    """Posts that the handbook masks are refused, so is a look without a listed reason, and of a case that names nobody."""
    case_id, nobody = reported(desk), desk.registered()
    looks = desk.services.personal
    for person, code in {"dis1": "look_not_yours", "eva1": "look_not_yours", "rec2": "not_yours"}.items():
        with refused(code):
            looks.look(case_id, WHY, desk.actor(person))
    for reason in ("", "好奇", "：", WHY + "好奇", WHY + "：" + "长" * 300):
        with refused("look_reason"):
            looks.look(case_id, reason, desk.actor("op1"))
    with refused("personal_none"):
        looks.look(nobody, WHY, desk.actor("op1"))
    with refused("no_such_case"):
        looks.look("nothing", WHY, desk.actor("op1"))
    assert looks.looks(EVER, desk.actor("eva1")) == []
    if desk.services.db.kind == "spatialite":  # of a server's owner, as whom tests connect, nothing is noted
        told = [(item.person, item.code) for item in looks.attempts(EVER, desk.actor("eva1"))]
        assert ("dis1", "look_not_yours") in told and ("op1", "look_reason") in told and len(told) == 10
    for person in ("op1", "adm1", "sl1"):
        with refused("audit_not_yours"):
            looks.looks(EVER, desk.actor(person))


@pytest.mark.parametrize("store_url", ["spatialite"], indirect=True)
def test_a_look_is_its_owners_and_short(desk: Desk) -> None:
    """Nobody opens another's look, or one that was recorded long ago; one that never was is unknown."""
    case_id = reported(desk)
    services, now = desk.services, datetime.now(UTC)
    with services.db.write() as conn:
        look = personal.ask_look(conn, case_id, WHY, desk.actor("op1"), services.handbook, now)
    with services.db.read() as conn:
        assert personal.open_look(conn, look, "op1", now).reporter == NAME
        for person, at, code in (
            ("sl1", now, "look_unknown"),
            ("op1", now + timedelta(minutes=11), "look_over"),
        ):
            with refused(code):
                personal.open_look(conn, look, person, at)


@pytest.mark.postgis
@pytest.mark.parametrize("store_url", ["postgis"], indirect=True)
def test_a_look_cannot_be_taken_back(desk: Desk) -> None:
    """On the server a look is not opened in the transaction that asked for it, so a ROLLBACK hides nothing."""
    case_id = reported(desk)
    ask = "SELECT door.ask_look(?, 'reporter', ?, 'operator', CAST(? AS jsonb)) ->> 'look'"
    with desk.services.db.write() as conn:
        row = raw.first(conn, ask, (case_id, WHY, '{"person": "op1", "name": "x"}'))
        assert row is not None and row[0]
        told = raw.first(conn, "SELECT door.open_look(?, 'op1') -> 'refused' ->> 'code'", (row[0],))
        assert told == ("look_uncommitted",)
    with desk.services.db.write() as conn:
        told = raw.first(conn, "SELECT door.open_look(?, 'op1') ->> 'reporter'", (row[0],))
        other = raw.first(conn, "SELECT door.open_look(?, 'sl1') -> 'refused' ->> 'code'", (row[0],))
    assert (told, other) == ((NAME,), ("look_unknown",))


def test_a_form_filled_from_the_case_changes_nothing(desk: Desk) -> None:
    """Masked text that comes back is what it was; one field corrected leaves the other; a refused command leaves no trace."""
    services = desk.services
    case_id = services.cases.new_case_id()
    given: dict[str, Any] = {
        "kind": "event",
        "class_code": "0101",
        "description": "井盖缺失",
        "source": "app",
        "address": "南门大街1号",
        "lon": 119.931,
        "lat": 32.461,
    }
    desk.do("col1", "report", case_id, reporter=NAME, reporter_phone=PHONE, **given)
    case = services.cases.get(case_id)
    told = {"reporter": case.reporter, "reporter_phone": "13911112222"}
    desk.do("op1", "register", case_id, **told, **given)
    seen = services.personal.look(case_id, WHY, desk.actor("sl1"))
    assert (seen.reporter, seen.reporter_phone) == (NAME, "13911112222")
    other = services.cases.new_case_id()
    with pytest.raises(Refused):
        desk.do("op1", "register", other, reporter=NAME, reporter_phone=PHONE, source="app")
    with services.db.read() as conn:
        assert raw.first(conn, "SELECT 1 FROM personal WHERE case_id = ?", (other,)) is None
    with refused("field_wrong"):
        reported(desk, reporter="长" * 201)


@pytest.mark.parametrize("store_url", ["spatialite"], indirect=True)
def test_parts_have_the_reporter_of_the_whole(desk: Desk) -> None:
    """A case that is divided gives its reporter to its parts, each encrypted for itself."""
    whole = desk.filed(reporter=NAME, reporter_phone=PHONE)
    parts = [{"description": f"第{n}处", "kind": "component", "class_code": "0101"} for n in (1, 2)]
    _, *made = desk.services.cases.split(whole, parts, desk.actor("sl1"), reason="两处")
    for done in made:
        seen = desk.services.personal.look(done.case.id, WHY, desk.actor("op1"))
        assert (seen.reporter, seen.reporter_phone) == (NAME, PHONE)
    with desk.services.db.read() as conn:
        contents = raw.all_rows(conn, "SELECT content FROM personal")
    assert len({bytes(row[0]) for row in contents}) == 3


@pytest.mark.parametrize("store_url", ["spatialite"], indirect=True)
def test_too_many_looks_are_marked(desk: Desk) -> None:
    """From so many looks in an hour on, the auditor sees which; nobody is stopped from working."""
    cases = [reported(desk) for _ in range(2)]
    looks = desk.services.personal
    limit = desk.services.handbook.personal.looks_per_hour
    for n in range(limit):
        looks.look(cases[n % 2], WHY, desk.actor("op1"))
    looks.look(cases[0], WHY, desk.actor("sl1"))
    told = looks.looks(EVER, desk.actor("eva1"))
    assert len(told) == limit + 1
    assert sum(look.many for look in told) in (0, limit)  # 0: the hour struck in between
    assert all(look.person == "op1" for look in told if look.many)
    only = looks.looks(Period(EVER.since, EVER.until, "sl1"), desk.actor("eva1"))
    assert [look.person for look in only] == ["sl1"]


def test_erased_on_request(desk: Desk) -> None:
    """What a reporter withdraws is gone, who erased it is recorded, and nothing else of the case has changed."""
    case_id = reported(desk)
    looks = desk.services.personal
    before = desk.services.cases.get(case_id)
    with refused("erase_not_yours"):
        looks.erase(case_id, "反映人撤回", desk.actor("op1"))
    with refused("field_missing"):
        looks.erase(case_id, " ", desk.actor("sl1"))
    looks.erase(case_id, "反映人撤回", desk.actor("sl1"))
    with refused("personal_erased"):
        looks.look(case_id, WHY, desk.actor("op1"))
    with refused("personal_none"):
        looks.erase(case_id, "反映人撤回", desk.actor("sl1"))
    assert desk.services.cases.get(case_id) == before
    (look,) = looks.looks(EVER, desk.actor("eva1"))
    assert look.erased and (look.person, look.reason) == ("sl1", "反映人撤回")
    with desk.services.db.read() as conn:
        row = raw.first(conn, "SELECT content, key_id FROM personal WHERE case_id = ?", (case_id,))
    assert row is not None and (bytes(row[0]), row[1]) == (b"", "")


def test_erased_after_its_term(desk: Desk) -> None:
    """A case that ended so many days ago loses its reporter by itself; an open one keeps it, and so does a fresh one."""
    ended, fresh, still = reported(desk), reported(desk), reported(desk)
    services = desk.services
    days = services.handbook.personal.keep_days
    for case_id in (ended, fresh):
        desk.do("op1", "reject", case_id, reason="不属城管职责")
    assert services.personal.erase_due() == 0
    assert services.personal.erase_due() == 0  # not asked again within the hour
    with services.db.write() as conn:
        terms = dict(raw.all_rows(conn, "SELECT case_id, keep_until FROM personal"))
        closed = services.cases.get(ended).closed_at
        assert closed is not None
        assert terms[ended] == format_instant(closed + timedelta(days=days)) and terms[still] == ""
        raw.cursor(conn, "UPDATE personal SET keep_until = '2020-01-01' WHERE case_id = ?", (ended,))
    desk.clock.forward(61)
    assert services.personal.erase_due() == 1
    with refused("personal_erased"):
        services.personal.look(ended, WHY, desk.actor("op1"))
    assert services.personal.look(fresh, WHY, desk.actor("op1")).reporter == NAME
    told = {
        (look.case_id, look.reason)
        for look in services.personal.looks(EVER, desk.actor("eva1"))
        if look.erased
    }
    assert told == {(ended, personal.TERM)}


def test_another_key(desk: Desk) -> None:
    """With a new key everything is encrypted anew and opens; without the key's file a refusal says which is missing."""
    case_id = reported(desk)
    services = desk.services
    with services.db.read() as conn:
        before = raw.first(conn, "SELECT content, key_id FROM personal")
    name, cases = services.personal.rekey()
    assert cases == 1
    with services.db.read() as conn:
        after = raw.first(conn, "SELECT content, key_id FROM personal")
    assert before and after and after[1] == name != before[1] and bytes(after[0]) != bytes(before[0])
    assert services.personal.look(case_id, WHY, desk.actor("op1")).reporter == NAME
    with services.db.write() as conn:
        raw.cursor(conn, "UPDATE personal SET key_id = '0123456789abcdef'")
    with refused("personal_key_missing"):
        services.personal.look(case_id, WHY, desk.actor("op1"))


@pytest.mark.parametrize("store_url", ["spatialite"], indirect=True)
def test_content_belongs_to_its_case(desk: Desk) -> None:
    """One case's content in another's row opens as nothing."""
    mine, other = reported(desk), reported(desk, reporter="王某", reporter_phone="13700000000")
    with desk.services.db.write() as conn:
        raw.cursor(
            conn,
            "UPDATE personal SET content = (SELECT content FROM personal WHERE case_id = ?) WHERE case_id = ?",
            (mine, other),
        )
    with refused("personal_damaged"):
        desk.services.personal.look(other, WHY, desk.actor("op1"))


def test_logs_of_before(desk: Desk) -> None:
    """A log that has the reporter in the clear is counted and can be looked at; its display is masked elsewhere."""
    case_id = reported(desk)
    services = desk.services
    assert services.personal.old() == 0
    with services.db.write() as conn:
        row = raw.first(conn, "SELECT doc FROM cases WHERE id = ?", (case_id,))
        assert row is not None
        old = row[0].replace("欧阳**", NAME).replace("139****0123", PHONE)
        raw.cursor(conn, "UPDATE cases SET doc = ? WHERE id = ?", (old, case_id))
        raw.cursor(conn, "DELETE FROM personal")
    assert services.personal.old() == 1
    assert services.personal.look(case_id, WHY, desk.actor("op1")).reporter_phone == PHONE


def test_nothing_of_the_store_has_it(desk: Desk, request: pytest.FixtureRequest) -> None:
    """Every byte of the file with its log, or of the server's data, write-ahead log and own log, has neither of them."""
    name, phone = "独孤无处寻", "13987651357"
    case_id = reported(desk, reporter=name, reporter_phone=phone)
    desk.do("op1", "reject", case_id, reason="不属城管职责")
    assert desk.services.personal.look(case_id, WHY, desk.actor("op1")).reporter == name
    command = Command("merge", case_id, "x", {"into": case_id, "reason": "x", "reporter": name})
    with pytest.raises(Refused):
        desk.services.cases.execute(command, desk.actor("op1"))
    database = desk.services.db
    if database.kind == "spatialite":
        files = list(database.path.parent.glob(database.path.name + "*"))
        found = [path.read_bytes() for path in files]
    else:
        server: postgis.Server = request.getfixturevalue("postgis_server")
        dump = [str(server.bin_folder / "pg_dump"), database.secret_url]
        found = [subprocess.run(dump, check=True, capture_output=True).stdout]
        with database.write() as conn:
            raw.cursor(conn, "SELECT pg_switch_wal()")
            row = raw.first(conn, "SELECT current_setting('data_directory')")
        assert row is not None
        data = Path(row[0])
        found += [
            path.read_bytes()
            for path in (data.parent / "log", *(data / "pg_wal").iterdir())
            if path.is_file()
        ]
    assert any(case_id.encode() in content for content in found)
    assert any("独孤**".encode() in content for content in found)
    for secret in (name, phone, phone[3:]):
        for code in ("utf-8", "utf-16-le", "gb18030"):
            assert not any(secret.encode(code) in content for content in found), (secret, code)


def test_seen_only_when_needed() -> None:
    """A post that a city shows reporters only when needed may look while such a move is open to it, and not before."""
    national = Handbook.national()
    operator = replace(national.posts["operator"], reporter="needed")
    handbook = replace(national, posts={**national.posts, "operator": operator})
    actor = Actor("op1", "某人", "operator", "C")
    case = Case(id="c", seq=1, state=State.CLOSED)
    assert personal.may_look(actor, handbook, case)
    assert not personal.may_look(actor, handbook, replace(case, state=State.REGISTERED))
    assert not personal.may_look(actor, handbook)
    assert personal.may_look(actor, national) and not personal.may_look(
        replace(actor, post="nobody"), national
    )


def test_any_words_are_a_reason_where_none_are_listed() -> None:
    """A handbook of before there were reasons takes any words, but not none."""
    handbook = replace(Handbook.national(), personal=Personal())
    assert personal.reason_holds("回电", handbook) and not personal.reason_holds("  ：x", handbook)


def test_keys_are_files_of_one_account(tmp_path: Path) -> None:
    """A key's file is readable by its owner alone, is named by its hash, and a changed or absent one is told apart."""
    ring = keys.Ring(tmp_path / "keys")
    name = ring.make()
    path = tmp_path / "keys" / f"{name}.key"
    assert path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o777 == 0o700
    assert keys.key_id(ring.get(name)) == name and ring.has(name)
    again = keys.Ring(tmp_path / "keys")
    path.write_bytes(b"AAAA")
    for code, key in (("damaged", name), ("missing", "0123456789abcdef"), ("missing", "../../etc/passwd")):
        with pytest.raises(keys.KeyMissing) as missing:
            again.get(key)
        assert missing.value.code == code
    path.write_bytes(b"\xff not base64")
    with pytest.raises(keys.KeyMissing, match="damaged"):
        again.get(name)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(keys.KeyMissing, match="unreadable"):
        keys.Ring(tmp_path / "file" / "keys").make()


def test_what_a_seat_keeps_for_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text sealed at a workstation opens there and as what it is, and nowhere else."""
    monkeypatch.setenv("WORKSTATION_HOME", str(tmp_path / "one"))
    sealed = keys.seal_here(PHONE, "drafts")
    assert PHONE not in sealed and keys.unseal_here(sealed, "drafts") == PHONE
    assert keys.seal_here(PHONE, "drafts") != sealed
    for damaged in ("", "x", sealed[:-8], sealed[:20] + "AAAA" + sealed[24:]):
        with pytest.raises((keys.Sealed, keys.KeyMissing)):
            keys.unseal_here(damaged, "drafts")
    with pytest.raises(keys.Sealed):
        keys.unseal_here(sealed, "outbox")
    monkeypatch.setenv("WORKSTATION_HOME", str(tmp_path / "two"))
    with pytest.raises(keys.KeyMissing):
        keys.unseal_here(sealed, "drafts")
