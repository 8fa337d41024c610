"""Events: their hash and their spelling of instants; cases as plain data."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.workflow.case import Case, State
from workstation.workflow.event import (
    GENESIS,
    Event,
    canonical_json,
    event_hash,
    format_instant,
    parse_instant,
)
from workstation.workflow.plain import from_plain, to_plain

EVENT = Event(
    "c",
    1,
    "report",
    datetime(2026, 3, 2, 1, tzinfo=UTC),
    "p",
    "名",
    "operator",
    "u",
    "x",
    "reported",
    {"a": 1},
)


def test_the_hash_covers_every_field() -> None:
    """Changing any field of an event, or the event before it, changes its hash."""
    others = {
        "case_id": "d",
        "seq": 2,
        "kind": "file",
        "at": EVENT.at + timedelta(microseconds=1),
        "actor": "q",
        "actor_name": "另",
        "post": "gis",
        "unit": "v",
        "command_id": "y",
        "to": "filed",
        "data": {"a": 2},
    }
    assert set(others) == {f.name for f in fields(Event)}
    hashes = {event_hash(GENESIS, replace(EVENT, **{k: v})) for k, v in others.items()}  # type: ignore[arg-type]
    hashes |= {event_hash(GENESIS, EVENT), event_hash("1" * 64, EVENT)}
    assert len(hashes) == len(others) + 2


def test_the_hash_is_what_a_verifier_computes() -> None:
    """SHA-256 over the canonical JSON of the previous hash and the fields in order; this one was computed by hand, the data's text given or not."""
    import hashlib

    text = (
        f'["{GENESIS}","c",1,"report","2026-03-02T01:00:00.000000Z","p","名","operator","u","x","reported",'
        '{"a":1}]'
    )
    assert event_hash(GENESIS, EVENT) == hashlib.sha256(text.encode("utf-8")).hexdigest()
    assert event_hash(GENESIS, EVENT, '{"a":1}') == event_hash(GENESIS, EVENT)


def test_one_spelling() -> None:
    """Key order does not matter to the canonical text; numbers that JSON does not know are refused."""
    assert canonical_json({"b": 1, "a": "中"}) == '{"a":"中","b":1}' == canonical_json({"a": "中", "b": 1})
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json(float("nan"))


@given(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)), st.integers(-720, 720))
def test_instants_are_fixed_width(naive: datetime, offset: int) -> None:
    """Any aware instant is 27 characters that sort like time and read back as the same instant."""
    at = naive.replace(tzinfo=timezone(timedelta(minutes=offset)))
    text = format_instant(at)
    assert len(text) == 27 and parse_instant(text) == at
    assert text == at.astimezone(UTC).strftime("%Y").zfill(4) + at.astimezone(UTC).strftime(
        "-%m-%dT%H:%M:%S.%fZ"
    )
    assert (format_instant(at + timedelta(microseconds=1)) > text) is True


def test_naive_instants_are_refused() -> None:
    """An instant without a zone is nobody's."""
    with pytest.raises(ValueError, match="time zone"):
        format_instant(datetime(2026, 1, 1))


def test_a_new_case_is_almost_nothing() -> None:
    """Defaults are left out of a case's document."""
    case = Case("c", 1, State.REPORTED)
    assert case.to_doc() == {"id": "c", "seq": 1, "state": "reported"}
    assert Case.from_doc(case.to_doc()) == case
    equal = Case("c", 1, State.REPORTED, limit=float("0"), photos=(), code="".join([]))
    assert equal.to_doc() == case.to_doc()


def test_documents_of_other_programs_are_refused() -> None:
    """A key that a case does not have is an error, never dropped."""
    with pytest.raises(TypeError):
        Case.from_doc({"id": "c", "seq": 1, "state": "reported", "mood": "good"})


@dataclass(frozen=True)
class _One:
    words: tuple[str, ...] = ()
    pair: tuple[str, int] | None = None
    number: int = 0


@dataclass(frozen=True)
class _Single:
    at: datetime | None = None


def test_plain_shapes() -> None:
    """Tuples of any length, pairs, optionals and classes of one field go to plain data and back."""
    one = _One(("a", "b"), ("x", 2), 3)
    assert to_plain(one, format_instant) == {"words": ["a", "b"], "pair": ["x", 2], "number": 3}
    assert from_plain(_One, to_plain(one, format_instant), parse_instant) == one
    single = _Single(datetime(2026, 1, 1, tzinfo=UTC))
    assert from_plain(_Single, to_plain(single, format_instant), parse_instant) == single
    assert from_plain(_Single, {"at": None}, parse_instant) == _Single()


def test_changed_is_replace() -> None:
    """Copying a case with other fields leaves the first one alone and is what dataclasses.replace does."""
    case = Case("c", 1, State.REPORTED, description="a")
    other = case.changed({"seq": 2, "description": "b"})
    assert other == replace(case, seq=2, description="b")
    assert case.description == "a"
