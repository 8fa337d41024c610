"""Accounts on a city that is open: administrators, one's own password, and the entry, on both stores as the city's owner."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import handmade
from tests.services.conftest import Desk
from workstation.services.accounts import passwords
from workstation.services.accounts.accounts import WeakPassword, WrongPassword, seat_name
from workstation.services.accounts.entry import FileEntry, is_seat_url
from workstation.services.accounts.signing_in import Policy, Verdict
from workstation.services.errors import NotFound, Refused
from workstation.store.errors import StoreError

NEW = "Hongqiao-2026"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proofs in no time; what they really are is shown in test_passwords."""
    monkeypatch.setattr(passwords, "MEMORY_KIB", 64)
    monkeypatch.setattr(passwords, "TIME_COST", 1)


def entry(desk: Desk) -> FileEntry:
    """The door of the city that the desk has open."""
    return FileEntry(desk.services.db, "the url", desk.services.now)


def test_an_account_from_the_first_day_to_the_last(desk: Desk) -> None:
    """Opened by an administrator, entered, the given password changed, the screen's own check, closed again."""
    accounts, admin = desk.services.accounts, desk.actor("adm1")
    given = accounts.open("op1", admin)
    admitted = entry(desk).sign_in("op1", given)
    assert admitted.verdict.must_change and admitted.url == "the url"
    assert admitted.is_mine(given) and not admitted.is_mine("other")
    assert given not in repr(admitted) and "the url" not in repr(admitted)
    done = accounts.change_password("op1", given, NEW, "受理甲")
    assert done.session == admitted.verdict.session
    assert admitted.with_password(NEW).is_mine(NEW)
    accounts.session = done.session
    assert accounts.touch() == ""
    found = {info.person: info for info in accounts.listing()}
    assert found["op1"].state(desk.clock()) == "active" and found["sl1"].state(desk.clock()) == "none"
    assert found["op1"].sitting is not None and found["op1"].sitting.seat == seat_name()
    accounts.close("op1", admin)
    assert accounts.touch() == "ended"
    assert entry(desk).sign_in("op1", NEW).verdict == Verdict("closed")
    kinds = [event.kind for event in accounts.history("op1")]
    assert kinds == ["wrong", "closed", "changed", "signed_in", "opened"]


def test_states_are_told_as_they_keep_out(desk: Desk) -> None:
    """Locked before to be changed, expired before that, closed before all."""
    accounts, admin, clock = desk.services.accounts, desk.actor("adm1"), desk.clock
    accounts.open("op1", admin)

    def state() -> str:
        return next(info for info in accounts.listing() if info.person == "op1").state(clock())

    assert state() == "must_change"
    for _ in range(5):
        found = entry(desk).sign_in("op1", "bad").verdict
    assert (found.outcome, found.until) == ("locked", clock() + timedelta(minutes=15))
    assert entry(desk).sign_in("op1", "bad").verdict.outcome == "locked"
    assert state() == "locked"
    accounts.unlock("op1", admin)
    assert state() == "must_change"
    clock.forward(73 * 60)
    assert state() == "expired"
    accounts.close("op1", admin)
    assert state() == "closed"


def test_a_weak_or_used_password_is_not_taken(desk: Desk) -> None:
    """Weak ones are known before anything is asked; the old one has to be right, and is not taken again."""
    accounts = desk.services.accounts
    given = accounts.open("op1", desk.actor("adm1"))
    with pytest.raises(WeakPassword) as weak:
        accounts.change_password("op1", given, "zhangsan", "zhangsan")
    assert (weak.value.code, weak.value.least_length) == ("known", 8)
    for old, new, outcome in (("bad", NEW, "wrong"), (given, given, "reused")):
        with pytest.raises(WrongPassword) as wrong:
            accounts.change_password("op1", old, new)
        assert wrong.value.verdict.outcome == outcome
    for _ in range(5):
        with pytest.raises(WrongPassword) as wrong:
            accounts.change_password("op1", "bad", NEW)
    with pytest.raises(WrongPassword) as wrong:
        accounts.change_password("op1", given, NEW)
    assert wrong.value.verdict.outcome == "locked"


def test_a_session_is_ended_by_an_administrator_and_by_its_owner(desk: Desk) -> None:
    """Both are told; whoever has not signed in has nothing to leave."""
    accounts, admin = desk.services.accounts, desk.actor("adm1")
    accounts.sign_out("op1")
    assert accounts.touch() == ""
    given = accounts.open("op1", admin)
    accounts.session = entry(desk).sign_in("op1", given).verdict.session
    sitting = next(info.sitting for info in accounts.listing() if info.person == "op1")
    assert sitting is not None
    with pytest.raises(Refused) as caught:
        accounts.end_session(sitting, "op1", desk.actor("sl1"))
    assert caught.value.refusal.code == "not_your_accounts"
    accounts.end_session(sitting, "op1", admin)
    assert accounts.touch() == "ended"
    accounts.session = entry(desk).sign_in("op1", given).verdict.session
    accounts.sign_out("op1")
    assert next(info for info in accounts.listing() if info.person == "op1").sitting is None
    assert [event.kind for event in accounts.history("op1")][:2] == ["signed_out", "signed_in"]


def test_an_administrator_does_not_help_themselves(desk: Desk) -> None:
    """Neither to an account, nor to a post; and only people get accounts."""
    services, admin = desk.services, desk.actor("adm1")
    with pytest.raises(Refused) as caught:
        services.accounts.open("adm1", admin)
    assert caught.value.refusal.code == "oneself"
    for act in (services.people.grant, services.people.revoke):
        with pytest.raises(Refused) as caught:
            act("adm1", "gis", admin)
        assert caught.value.refusal.code == "oneself"
    with pytest.raises(NotFound):
        services.accounts.open("nobody", admin)
    given = services.accounts.open_as_owner("adm1")
    assert entry(desk).sign_in("adm1", given).verdict.outcome == "ok"


def test_the_city_says_whether_passwords_are_asked(desk: Desk) -> None:
    """Open at first; the owner turns passwords on for a file, and sets figures inside their bounds."""
    accounts = desk.services.accounts
    assert not accounts.needs_password()
    accounts.set_mode("password")
    assert accounts.needs_password() == (desk.services.db.kind == "spatialite")
    accounts.set_figure("tries", 3)
    assert accounts.policy() == Policy(mode="password", tries=3)
    with pytest.raises(ValueError, match="20"):
        accounts.set_figure("tries", 99)
    with pytest.raises(ValueError, match="half"):
        accounts.set_mode("half")


def test_what_is_a_seats_address() -> None:
    """The role of seats of that database, and nothing else."""
    assert is_seat_url("postgresql://city_yuncheng_seat:x@host/yuncheng")
    assert not is_seat_url("postgresql://city_yuncheng_seat:x@host/other")
    assert not is_seat_url("postgresql://postgres@host/yuncheng")
    assert not is_seat_url("/srv/city.sqlite")
    with pytest.raises(StoreError):
        is_seat_url("mysql://x/y")


def test_nobody_in_the_handmade_city_is_left_out(desk: Desk) -> None:
    """The list has everybody, with unit and posts, whether they have an account or not."""
    found = {info.person: (info.unit, info.posts) for info in desk.services.accounts.listing()}
    assert found == {person: (unit, (post,)) for person, (post, unit) in handmade.STAFF.items()}
