"""The rules of accounts: who gets in, who is locked out and for how long, who may administer, and what is kept of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Connection, create_engine, insert

from tests import handmade
from workstation.services.accounts import signing_in
from workstation.services.accounts.signing_in import Policy, Verdict
from workstation.services.errors import NotFound, Refused
from workstation.store import raw, tables
from workstation.store.database import Database
from workstation.workflow.event import format_instant

START = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
STAFF = ("admin",)
TABLES = (
    *(tables.city, tables.person, tables.person_post),
    *(tables.account, tables.account_event, tables.seat_session),
)


def first(conn: Connection, statement: str, *values: object) -> tuple[object, ...]:
    """The one row there must be."""
    row = raw.first(conn, statement, values)
    assert row is not None
    return row


def kinds(conn: Connection, person: str) -> list[str]:
    """What is kept of a person's account, in order."""
    rows = raw.all_rows(conn, "SELECT kind FROM account_event WHERE person_id = ? ORDER BY id", (person,))
    return [str(row[0]) for row in rows]


@contextmanager
def small() -> Iterator[Connection]:
    """A database in memory with two people and the tables of signing in."""
    engine = create_engine("sqlite://")
    with engine.begin() as conn:
        for table in TABLES:
            table.create(conn)
        for name, post in (("adm1", "admin"), ("op1", "operator")):
            conn.execute(
                insert(tables.person),
                [{"id": name, "name": name, "unit_code": "C", "telephone": "", "active": True}],
            )
            conn.execute(insert(tables.person_post), [{"person_id": name, "post": post}])
        yield conn
    engine.dispose()


@pytest.fixture
def conn() -> Iterator[Connection]:
    """That database."""
    with small() as made:
        yield made


def settled(conn: Connection, person: str, proof: str, now: datetime) -> None:
    """An account whose owner has a password of their own."""
    signing_in.open_account(conn, person, "given", "adm1", STAFF, now)
    assert signing_in.sign_in(conn, person, "given", "seat", now).must_change
    salt = signing_in.salt_of(conn, person)
    assert signing_in.change_password(conn, person, "given", proof, salt, now).outcome == "ok"
    signing_in.sign_out(conn, person, now)


def test_a_given_password_is_changed_first(conn: Connection) -> None:
    """It opens ten minutes; with one's own the session is a whole one, and the given one is worth nothing any more."""
    signing_in.open_account(conn, "op1", "given", "adm1", STAFF, START)
    found = signing_in.sign_in(conn, "op1", "given", "台1", START)
    assert (found.outcome, found.must_change, found.person) == ("ok", True, "op1")
    assert found.valid_until == START + timedelta(minutes=10)
    salt = signing_in.salt_of(conn, "op1")
    done = signing_in.change_password(conn, "op1", "given", "own", salt, START)
    assert (done.outcome, done.session) == ("ok", found.session)
    assert done.valid_until == START + timedelta(hours=16)
    assert signing_in.sign_in(conn, "op1", "given", "台1", START).outcome == "wrong"
    again = signing_in.sign_in(conn, "op1", "own", "台1", START)
    assert (again.outcome, again.must_change, again.replaced) == ("ok", False, (found.session,))


def test_a_given_password_ends_after_three_days(conn: Connection) -> None:
    """The right one is told that it has ended; a wrong one only that it is wrong."""
    signing_in.open_account(conn, "op1", "given", "adm1", STAFF, START)
    late = START + timedelta(hours=72)
    assert signing_in.sign_in(conn, "op1", "other", "台1", late).outcome == "wrong"
    assert signing_in.sign_in(conn, "op1", "given", "台1", late).outcome == "expired"
    assert "expired" in kinds(conn, "op1")


def test_a_password_grows_old(conn: Connection) -> None:
    """After 90 days it must be changed, after 120 it opens nothing."""
    settled(conn, "op1", "own", START)
    young = signing_in.sign_in(conn, "op1", "own", "台1", START + timedelta(days=89))
    assert not young.must_change and young.change_from == START + timedelta(days=90)
    assert signing_in.sign_in(conn, "op1", "own", "台1", START + timedelta(days=90)).must_change
    assert signing_in.sign_in(conn, "op1", "own", "台1", START + timedelta(days=120)).outcome == "expired"


def test_five_failures_lock_and_the_next_lock_is_longer(conn: Connection) -> None:
    """15 minutes, then 30; meanwhile the right password is not looked at, and the right one afterwards forgives all."""
    settled(conn, "op1", "own", START)
    now = START
    for minutes in (15, 30, 60):
        outcomes = [signing_in.sign_in(conn, "op1", "bad", "台1", now) for _ in range(5)]
        assert [found.outcome for found in outcomes] == ["wrong"] * 4 + ["locked"]
        until = now + timedelta(minutes=minutes)
        assert outcomes[-1].until == until
        before = len(kinds(conn, "op1"))
        shut = signing_in.sign_in(conn, "op1", "own", "台1", until - timedelta(seconds=1))
        assert (shut.outcome, shut.until) == ("locked", until)
        assert len(kinds(conn, "op1")) == before, "trying a locked door writes nothing"
        now = until
    assert signing_in.sign_in(conn, "op1", "own", "台1", now).outcome == "ok"
    assert signing_in.sign_in(conn, "op1", "bad", "台1", now).outcome == "wrong"
    assert kinds(conn, "op1").count("locked") == 3


def test_locks_do_not_grow_for_ever() -> None:
    """Each fifth failure locks, twice as long, a day at most."""
    policy = Policy()
    found = {n: signing_in.lock_for(n, policy) for n in (0, 1, 4, 5, 6, 10, 15, 60, 5000)}
    minutes = {n: None if lock is None else lock.total_seconds() / 60 for n, lock in found.items()}
    assert minutes == {
        **{0: None, 1: None, 4: None, 5: 15, 6: None, 10: 30, 15: 60},
        **{60: 1440, 5000: 1440},
    }


def test_nobody_learns_who_has_an_account(conn: Connection) -> None:
    """Somebody unknown is answered as somebody known whose password is wrong: salt, tries, locks and their lengths."""
    settled(conn, "op1", "own", START)
    now = START
    for _ in range(3):
        for n in range(6):
            known = signing_in.sign_in(conn, "op1", f"bad{n}", "台1", now)
            assert signing_in.sign_in(conn, "nobody", f"bad{n}", "台1", now) == known
        assert known.until is not None
        now = known.until
    assert len(signing_in.salt_of(conn, "nobody")) == len(signing_in.salt_of(conn, "op1"))
    before = signing_in.salt_of(conn, "adm1")
    signing_in.open_account(conn, "adm1", "given", "", STAFF, START)
    assert signing_in.salt_of(conn, "adm1") == before


def test_a_closed_account_says_so_only_to_its_owner(conn: Connection) -> None:
    """The right password is told; a wrong one learns nothing."""
    settled(conn, "op1", "own", START)
    signing_in.close_account(conn, "op1", "adm1", STAFF, START)
    assert signing_in.sign_in(conn, "op1", "bad", "台1", START).outcome == "wrong"
    assert signing_in.sign_in(conn, "op1", "own", "台1", START) == Verdict("closed")


def test_what_was_asked_is_answered_once_and_soon(conn: Connection) -> None:
    """A ticket is good for a minute and one answer; somebody else's or an invented one for none."""
    settled(conn, "op1", "own", START)
    asked = signing_in.ask(conn, "op1", "own", "台1", START)
    assert signing_in.answer(conn, asked.ticket, START).outcome == "ok"
    assert signing_in.answer(conn, asked.ticket, START) == Verdict("wrong")
    assert signing_in.answer(conn, "0" * 32, START) == Verdict("wrong")
    assert signing_in.answer(conn, "%", START) == Verdict("wrong")
    late = signing_in.ask(conn, "op1", "own", "台1", START)
    assert signing_in.answer(conn, late.ticket, START + timedelta(seconds=61)) == Verdict("wrong")
    mine = signing_in.ask(conn, "op1", "own", "台1", START)
    assert signing_in.change(conn, mine.ticket, "adm1", "x", "y", START) == Verdict("wrong")


def test_what_is_kept_of_a_try_opens_nothing(conn: Connection) -> None:
    """Neither proof nor verifier nor ticket stands in the history, which auditors read."""
    settled(conn, "op1", "own", START)
    asked = signing_in.ask(conn, "op1", "own", "台1", START)
    text = str(raw.all_rows(conn, "SELECT * FROM account_event"))
    for secret in ("own", "given", signing_in.verifier("own"), asked.ticket):
        assert secret not in text


def test_one_person_sits_at_one_seat(conn: Connection) -> None:
    """A newer sign-in ends the older one, which learns why; so does whoever signs out, and time."""
    settled(conn, "op1", "own", START)
    one = signing_in.sign_in(conn, "op1", "own", "台1", START)
    assert signing_in.touch(conn, one.session, START) == ""
    two = signing_in.sign_in(conn, "op1", "own", "台2", START)
    assert two.replaced == (one.session,)
    assert signing_in.touch(conn, one.session, START) == "replaced"
    later = START + timedelta(minutes=5)
    assert signing_in.touch(conn, two.session, later) == ""
    assert first(conn, "SELECT seen_at FROM seat_session WHERE id = ?", two.session) == (
        format_instant(later),
    )
    signing_in.sign_out(conn, "op1", later)
    assert signing_in.touch(conn, two.session, later) == "out"
    three = signing_in.sign_in(conn, "op1", "own", "台2", later)
    assert signing_in.touch(conn, three.session, later + timedelta(hours=16)) == "expired"
    assert signing_in.touch(conn, "invented", later) == "ended"


def test_passwords_are_not_used_again(conn: Connection) -> None:
    """None of the last five is taken, nor the present one; a salt that is not the account's is none of its."""
    settled(conn, "op1", "own0", START)
    salt = signing_in.salt_of(conn, "op1")

    def change(old: str, new: str, under: str = salt) -> str:
        return signing_in.change_password(conn, "op1", old, new, under, START).outcome

    assert change("own0", "own0") == "reused"
    assert change("own0", "own1", "00" * 16) == "stale"
    assert change("bad", "own1") == "wrong"
    for n in range(5):
        assert change(f"own{n}", f"own{n + 1}") == "ok"
    assert [change("own5", f"own{n}") for n in (4, 1)] == ["reused", "reused"]
    assert change("own5", "own0") == "ok"


def test_only_who_keeps_the_people_keeps_their_accounts(conn: Connection) -> None:
    """Others are refused, and so is an administrator about their own account; nothing is written."""
    settled(conn, "op1", "own", START)
    before = kinds(conn, "op1")
    sits = signing_in.sign_in(conn, "op1", "own", "台1", START).session
    for by, code in (("op1", "not_your_accounts"), ("nobody", "not_your_accounts")):
        for act in (signing_in.close_account, signing_in.unlock):
            with pytest.raises(Refused) as caught:
                act(conn, "adm1", by, STAFF, START)
            assert caught.value.refusal.code == code
        with pytest.raises(Refused):
            signing_in.open_account(conn, "adm1", "mine", by, STAFF, START)
    with pytest.raises(Refused) as caught:
        signing_in.open_account(conn, "adm1", "mine", "adm1", STAFF, START)
    assert caught.value.refusal.code == "oneself"
    with pytest.raises(Refused):
        signing_in.end_session(conn, sits, "nobody", STAFF, START)
    with pytest.raises(NotFound):
        signing_in.end_session(conn, "invented", "adm1", STAFF, START)
    with pytest.raises(NotFound):
        signing_in.open_account(conn, "nobody", "x", "adm1", STAFF, START)
    with pytest.raises(NotFound):
        signing_in.unlock(conn, "nobody", "adm1", STAFF, START)
    assert kinds(conn, "op1")[: len(before)] == before
    assert signing_in.end_session(conn, sits, "adm1", STAFF, START) == "op1"
    assert signing_in.touch(conn, sits, START) == "ended"


def test_an_administrator_lets_somebody_in_again(conn: Connection) -> None:
    """A lock is lifted; a new one-time password lifts it too, sends away who sits there, and opens a closed account."""
    settled(conn, "op1", "own", START)
    for _ in range(5):
        signing_in.sign_in(conn, "op1", "bad", "台1", START)
    signing_in.unlock(conn, "op1", "adm1", STAFF, START)
    sits = signing_in.sign_in(conn, "op1", "own", "台1", START)
    assert sits.outcome == "ok"
    signing_in.close_account(conn, "op1", "adm1", STAFF, START)
    assert signing_in.touch(conn, sits.session, START) == "ended"
    signing_in.open_account(conn, "op1", "fresh", "adm1", STAFF, START)
    assert signing_in.sign_in(conn, "op1", "own", "台1", START).outcome == "wrong"
    assert signing_in.sign_in(conn, "op1", "fresh", "台1", START).must_change


def test_the_citys_figures_hold_where_they_are_figures(conn: Connection) -> None:
    """A setting out of its bounds or no number leaves the program's own; the mode is open unless it says password."""
    rows = {"sign_in": "password", "sign_in.tries": "3", "sign_in.lock_minutes": "0", "sign_in.kept": "many"}
    conn.execute(insert(tables.city), [{"key": key, "value": value} for key, value in rows.items()])
    assert signing_in.load_policy(conn) == Policy(mode="password", tries=3)
    assert signing_in.policy_of({"sign_in": "?"}) == Policy()
    assert signing_in.policy_problem("tries", 21) == (1, 20)
    with pytest.raises(KeyError):
        signing_in.policy_problem("mode", 1)


@given(st.data())
def test_a_verdict_survives_json(data: st.DataObject) -> None:
    """What the server answers is what the seat reads."""
    instants = st.none() | st.datetimes(timezones=st.just(UTC))
    verdict = Verdict(
        *(data.draw(st.sampled_from(["ok", "locked"])), data.draw(st.text()), data.draw(instants)),
        *(data.draw(st.booleans()), "s", data.draw(instants), "r", ("a", "b")),
        *(data.draw(instants),),
    )
    assert Verdict.from_json({**verdict.to_json(), "token": "t"}) == verdict


class Tries(RuleBasedStateMachine):
    """Somebody without the password, against an owner who has it, and time."""

    @initialize()
    def begin(self) -> None:
        """An account with a password of its owner's."""
        self._made = small()
        self.conn = self._made.__enter__()
        self.now = START
        self.proof = "p0"
        self.changes = 0
        self.locked: datetime | None = None
        settled(self.conn, "op1", self.proof, self.now)

    @rule(guess=st.text(max_size=12), times=st.integers(1, 6))
    def guesses(self, guess: str, times: int) -> None:
        """Anything but the password."""
        if guess == self.proof:
            return
        for _ in range(times):
            found = signing_in.sign_in(self.conn, "op1", guess, "外", self.now)
            assert found.outcome in ("wrong", "locked") and not found.session
            if found.until is not None:
                self.locked = found.until

    @rule(old=st.text(max_size=6), new=st.text(max_size=6))
    def changes_it(self, old: str, new: str) -> None:
        """Changing asks for the old one too."""
        if old != self.proof:
            salt = signing_in.salt_of(self.conn, "op1")
            found = signing_in.change_password(self.conn, "op1", old, new, salt, self.now)
            assert found.outcome in ("wrong", "locked")
            self.locked = found.until or self.locked

    @rule(ticket=st.text(alphabet="0123456789abcdef%_", max_size=32))
    def invents(self, ticket: str) -> None:
        """A ticket that was never given."""
        assert signing_in.answer(self.conn, ticket, self.now) == Verdict("wrong")

    @rule()
    def owner(self) -> None:
        """The owner gets in exactly when there is no lock."""
        found = signing_in.sign_in(self.conn, "op1", self.proof, "台1", self.now)
        shut = self.locked is not None and self.now < self.locked
        assert found.outcome == ("locked" if shut else "ok"), (found, self.locked)
        if not shut:
            self.locked = None

    @rule()
    def owner_changes(self) -> None:
        """The owner takes another password, unless locked out."""
        if self.locked is None or self.now >= self.locked:
            self.changes += 1
            new = f"p{self.changes}"
            salt = signing_in.salt_of(self.conn, "op1")
            found = signing_in.change_password(self.conn, "op1", self.proof, new, salt, self.now)
            assert found.outcome == "ok"
            self.proof, self.locked = new, None

    @rule(minutes=st.integers(1, 40))
    def time_passes(self, minutes: int) -> None:
        """Time."""
        self.now += timedelta(minutes=minutes)

    @invariant()
    def one_seat(self) -> None:
        """Nobody sits twice, and nobody from outside sits."""
        if hasattr(self, "conn"):
            rows = raw.all_rows(self.conn, "SELECT seat FROM seat_session WHERE ended_at IS NULL")
            assert len(rows) <= 1 and ("外",) not in rows

    def teardown(self) -> None:
        """Close the database."""
        if hasattr(self, "conn"):
            self._made.__exit__(None, None, None)


def test_no_sequence_of_tries_gets_in_without_the_password() -> None:
    """Whatever is tried, in whatever order and pace, only the owner gets in, and exactly when no lock holds."""
    run_state_machine_as_test(
        Tries,
        settings=settings(
            max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_the_same_rules_on_both_stores(store: Database) -> None:
    """On the stores themselves: a try that is asked and answered in two transactions, a lock, and one that is taken back."""
    handmade.fill(store)
    with store.write() as conn:
        signing_in.open_account(conn, "op1", "given", "adm1", STAFF, START)
    with store.write() as conn:
        asked = signing_in.ask(conn, "op1", "given", "台1", START)
        if store.kind == "postgis":
            assert signing_in.answer(conn, asked.ticket, START) == Verdict("wrong")
    with store.write() as conn:
        assert signing_in.answer(conn, asked.ticket, START).must_change
    for _ in range(5):
        with store.write() as conn:
            asked = signing_in.ask(conn, "op1", "bad", "台1", START)
        with pytest.raises(ZeroDivisionError), store.write() as conn:
            signing_in.answer(conn, asked.ticket, START)
            raise ZeroDivisionError  # whoever guesses takes the answer back: the try stays counted
    with store.write() as conn:
        assert signing_in.ask(conn, "op1", "given", "台1", START).until == START + timedelta(minutes=15)
