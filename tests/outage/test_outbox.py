"""What is meant to be done while the server is away is kept, sent in order, once, and never dropped silently."""

from __future__ import annotations

import io
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.outage.conftest import Seat
from tests.outage.proxy import PASS, REFUSE, Proxy
from workstation.services.cases.perform import Done
from workstation.services.errors import Refused
from workstation.services.seat.outbox import Kept, Outbox
from workstation.services.services import Services
from workstation.store import audit
from workstation.store.errors import StoreError

pytestmark = pytest.mark.postgis


def away(seat: Seat, proxy: Proxy) -> None:
    """Pull the cable out."""
    proxy.mode = REFUSE
    proxy.drop()
    with pytest.raises(StoreError):
        seat.services.units.all()


def back(seat: Seat, proxy: Proxy) -> None:
    """Put it in again, and wait until the outbox has done what it can."""
    proxy.mode = PASS
    seat.services.link.try_now()
    seat.wait_for("online")
    seat.wait(lambda: seat.services.outbox.waiting == 0)


def test_a_report_and_what_follows_are_sent_in_order_once(seat: Seat, proxy: Proxy) -> None:
    """Taken offline: kept at once, judged by the handbook, and on return in the log once each, with a code."""
    outbox = seat.services.outbox
    away(seat, proxy)
    registration = seat.registration(reporter="刘玉兰", reporter_phone="13800005678")
    taken = outbox.execute([registration], seat.operator)
    assert isinstance(taken, Kept)
    assert taken.case.state == "registered"
    to = seat.actors["collector"].person
    check = seat.command("send_check", taken.case, to=to)
    sent = outbox.execute([check], seat.operator)
    assert isinstance(sent, Kept)
    assert sent.case.state == "checking"
    with pytest.raises(Refused):  # twice is impossible already by what is known here
        outbox.execute([seat.command("send_check", sent.case, to=to)], seat.operator)
    assert outbox.waiting == 2
    assert [(item.name, item.held) for item in outbox.items()] == [("register", False), ("send_check", False)]
    back(seat, proxy)
    assert [item.state for item in outbox.items()] == ["sent", "sent"]
    case = seat.services.cases.get(registration.case_id)
    assert case.state == "checking"
    assert case.code[:-5].endswith(f"{case.registered_at:%Y%m}"[-2:]) or case.code
    assert case.code == next(item.code for item in outbox.items() if item.name == "register")
    assert [seat.times(c.id) for c in (registration, check)] == [1, 1]
    with seat.services.db.read() as conn:
        assert audit.verify_log(conn).clean


def test_a_command_whose_answer_was_lost_is_done_once(seat: Seat, proxy: Proxy) -> None:
    """The server commits, the connection is cut before the answer: the command is kept, asked for by its id, done once."""
    registration = seat.registration()
    proxy.cut_answer_after = registration.id.encode()
    outcome = seat.services.outbox.execute([registration], seat.operator)
    assert proxy.cuts == 1
    assert isinstance(outcome, Kept)
    seat.services.link.try_now()
    seat.wait(lambda: seat.services.outbox.waiting == 0)
    assert seat.times(registration.id) == 1
    assert seat.services.cases.get(registration.case_id).seq == 1


def test_what_waits_outlives_the_program_and_is_not_readable_in_the_file(
    seat: Seat, proxy: Proxy, home: Path
) -> None:
    """Kill the program with something waiting: the next one sends it. Names and numbers do not stand in the file."""
    away(seat, proxy)
    registration = seat.registration(reporter="刘玉兰", reporter_phone="13800005678")
    seat.services.outbox.execute([registration], seat.operator)
    files = [path for path in (home / "outbox").iterdir() if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    content = b"".join(path.read_bytes() for path in files)
    for words in ("刘玉兰", "13800005678", "井盖破损"):
        assert words.encode() not in content
        assert words.encode("unicode_escape") not in content
    proxy.mode = PASS
    seat.reopen()
    assert seat.services.outbox.waiting == 1
    seat.services.outbox.send()
    seat.wait(lambda: seat.services.outbox.waiting == 0)
    assert seat.times(registration.id) == 1


def test_what_became_impossible_is_shown_and_what_follows_waits(
    seat: Seat, proxy: Proxy, city_behind: Any
) -> None:
    """Somebody else was quicker: the item says by whom; what was to follow is held; anew and discarded both work."""
    outbox = seat.services.outbox
    case = seat.services.cases.execute(seat.registration(), seat.operator).case
    other_case = seat.services.cases.execute(seat.registration(), seat.operator).case
    for known in (case, other_case):
        outbox.saw(known)
    away(seat, proxy)
    to = seat.actors["collector"].person
    first = outbox.execute([seat.command("send_check", case, to=to)], seat.operator)
    assert isinstance(first, Kept)
    outbox.execute(
        [seat.command("checked", first.case, result="true_report", note="情况属实")], seat.operator
    )
    elsewhere = outbox.execute([seat.command("send_check", other_case, to=to)], seat.operator)
    assert isinstance(elsewhere, Kept)
    other = Seat(city_behind[0].replace(f":{proxy.port}/", f":{proxy._target}/"))
    quick = other.services.cases.execute(
        other.command("comment", case, note="现场有人"), other.actors["shift_leader"]
    ).case
    other.services.close()
    proxy.mode = PASS
    seat.services.link.try_now()
    seat.wait(lambda: outbox.impossible == 1)
    seat.wait(lambda: outbox.waiting == 1)
    stuck, held, *done = outbox.items()
    assert (stuck.state, stuck.why["code"], stuck.why["what"]) == ("impossible", "conflict", "comment")
    assert (held.state, held.held) == ("waiting", True)
    assert [item.state for item in done] == ["sent"]
    assert seat.services.cases.get(case.id).seq == quick.seq
    outbox.redo(stuck.number, quick.seq)
    seat.wait(lambda: outbox.waiting == 0 and outbox.impossible == 0)
    assert seat.services.cases.get(case.id).state == "checked"


def test_a_discarded_item_says_why_and_leaves_what_followed_to_a_decision(seat: Seat, proxy: Proxy) -> None:
    """Discarding needs a reason; what depended on it is shown as impossible, not sent and not dropped."""
    outbox = seat.services.outbox
    away(seat, proxy)
    taken = outbox.execute([seat.registration()], seat.operator)
    assert isinstance(taken, Kept)
    check = seat.command("send_check", taken.case, to=seat.actors["collector"].person)
    outbox.execute([check], seat.operator)
    with pytest.raises(ValueError, match="reason"):
        outbox.discard(taken.number, " ")
    outbox.discard(taken.number, "市民来电撤回")
    first, second = outbox.items()
    assert (first.state, first.why["code"]) == ("impossible", "depends")
    assert (second.state, second.reason) == ("discarded", "市民来电撤回")
    back(seat, proxy)
    assert seat.times(check.id) == 0
    assert outbox.impossible == 1


def test_photographs_are_kept_and_sent_before_what_names_them(seat: Seat, proxy: Proxy) -> None:
    """A photograph added offline can be looked at here, is not readable in the file, and is on the server on return."""
    away(seat, proxy)
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), "#2A5299").save(picture, "JPEG")
    info = seat.services.photos.add(picture.getvalue(), "现场.jpg")
    assert seat.services.photos.content(info.sha256) == picture.getvalue()
    assert seat.services.photos.thumbnail(info.sha256)
    photos = [{"sha256": info.sha256, "role": "before", "name": "现场.jpg"}]
    seat.services.outbox.execute([seat.registration(photos=photos)], seat.operator)
    back(seat, proxy)
    assert seat.services.outbox.photo(info.sha256, "content") is None
    assert seat.services.photos.content(info.sha256) == picture.getvalue()


def test_many_are_kept_one_by_one(seat: Seat, proxy: Proxy) -> None:
    """A batch offline: each is kept or refused by itself, in its order."""
    cases = [seat.services.cases.execute(seat.registration(), seat.operator).case for _ in range(2)]
    seat.services.outbox.saw(cases[0])
    away(seat, proxy)
    commands = [seat.command("send_check", case, to=seat.actors["collector"].person) for case in cases]
    wrong = seat.command("feed_back", cases[0], note="-")
    kept = seat.services.outbox.execute_many([*commands, wrong], seat.operator)
    assert [type(one) for one in kept] == [Kept, Kept, Refused]
    back(seat, proxy)
    assert [seat.times(command.id) for command in commands] == [1, 1]


def test_another_seat_is_asked_whose_session_it_is(
    seat: Seat, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where each person has a session, one person's items wait until that person signs in."""
    outbox = seat.services.outbox
    away(seat, proxy)
    registration = seat.registration()
    outbox.execute([registration], seat.operator)
    monkeypatch.setattr(Outbox, "_person", lambda _self: "somebody-else")
    proxy.mode = PASS
    seat.services.link.try_now()
    seat.wait_for("online")
    assert outbox.send_now() == 0
    assert outbox.waiting == 1
    monkeypatch.setattr(Outbox, "_person", lambda _self: seat.operator.person)
    outbox.send()
    seat.wait(lambda: outbox.waiting == 0)
    assert seat.times(registration.id) == 1


def test_a_city_in_a_file_says_a_full_disk_and_keeps_nothing(services: Services, home: Path) -> None:
    """On SpatiaLite the error reaches whoever acted, so the form keeps what was typed; nothing goes to an outbox."""
    people = services.people
    actor = people.actor(people.with_post("operator")[0].id, "operator")
    with services.db.write() as conn:
        pages = int(conn.exec_driver_sql("PRAGMA page_count").scalar() or 0)
        conn.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    picture = io.BytesIO()
    Image.effect_noise((900, 900), 90).save(picture, "PNG")
    with pytest.raises(StoreError) as caught:
        services.photos.add(picture.getvalue(), "现场.png")
    assert caught.value.code == "disk_full"
    with pytest.raises(StoreError) as caught:
        for _ in range(400):
            command = seat_registration(services)
            services.outbox.execute([command], actor)
    assert caught.value.code == "disk_full"
    assert services.outbox.items() == []
    with services.db.write() as conn:
        conn.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert isinstance(services.outbox.execute([seat_registration(services)], actor), Done)


def seat_registration(services: Services) -> Any:
    """A new report at a place of the city."""
    from workstation.services.lists.filter import CaseFilter
    from workstation.workflow.event import Command

    row = services.lists.page(CaseFilter(sort="changed"), None, 1).rows[0]
    grid = services.places.grid_at(row.lon or 0.0, row.lat or 0.0)
    assert grid is not None
    data = {
        **{"kind": "component", "class_code": "0101", "source": "hotline_12345"},
        **{"description": "井盖破损" * 200, "address": "文昌街", "lon": row.lon, "lat": row.lat},
        **{"grid": grid.code, "area_class": grid.area_class},
    }
    return Command("register", services.cases.new_case_id(), services.cases.new_command_id(), data)


def test_a_seat_whose_own_disk_is_full_says_so(
    seat: Seat, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be kept either is not called kept: the error reaches whoever acted."""
    away(seat, proxy)
    outbox = seat.services.outbox
    outbox.execute([seat.registration()], seat.operator)
    store: Any = outbox._store
    conn: sqlite3.Connection = store._open()
    pages = conn.execute("PRAGMA page_count").fetchone()[0]
    conn.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError) as caught:
        for _ in range(200):
            outbox.execute([seat.registration(description="井盖破损" * 300)], seat.operator)
    assert caught.value.code == "disk_full"
    conn.execute("PRAGMA max_page_count = 1000000")
    kept = outbox.waiting
    assert kept == len(outbox.items())
