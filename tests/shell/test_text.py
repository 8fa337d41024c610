"""What the program says: times on the wall clock of Shanghai, limits, and errors as sentences."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import workstation
from workstation.services.errors import Conflict, NotFound, PhotoRefused, Refused
from workstation.shell.texts import text
from workstation.store.errors import StoreError
from workstation.workflow.case import Case, State
from workstation.workflow.event import Refusal
from workstation.workflow.handbook import Handbook, HandbookError
from workstation.workflow.library import data_folder

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def handbook() -> Handbook:
    """The national handbook."""
    return Handbook.load(data_folder() / "handbooks" / "national")


def test_instants_are_shown_in_shanghai() -> None:
    """Two o'clock UTC is ten in the morning; another year is written out."""
    assert text.time_text(NOW) == "11-20 10:00"
    assert text.time_text(NOW, datetime(2027, 1, 2, tzinfo=UTC)) == "2026-11-20 10:00"
    assert text.full_time_text(NOW) == "2026-11-20 10:00:00"
    assert text.time_text(None) == ""


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (135, "剩 2小时15分"),
        (60, "剩 1小时"),
        (0.5, "剩 不足1分钟"),
        (3 * 1440 + 240, "剩 3天4小时"),
        (-8, "超期 8分钟"),
        (-1440, "超期 1天"),
    ],
)
def test_what_is_left_is_told_in_its_two_largest_units(minutes: float, words: str) -> None:
    """Remaining time is positive until the deadline and overdue after it."""
    assert text.remaining_text(NOW + timedelta(minutes=minutes), NOW) == words


def test_limits_name_the_kind_of_time() -> None:
    """Working hours and natural hours are never mixed up."""
    assert text.limit_text(4, "work_hours") == "4个工作时"
    assert text.limit_text(1.5, "work_days") == "1.5个工作日"
    assert text.limit_text(2, "natural_hours") == "2小时"
    assert text.limit_text(None, "") == ""


def test_a_refusal_is_the_handbooks_sentence_with_its_words(handbook: Handbook) -> None:
    """Codes in a refusal's data become the handbook's names; units and people get theirs."""
    refused = Refusal("wrong_state", {"arrow": "dispatch", "state": "closed"})
    assert text.refusal_text(refused, handbook) == "案卷当前为“已结案”，此时不能派遣。"
    whose = Refusal("wrong_unit", {"unit": "U1", "arrow": "receive"})
    assert "环卫一所" in text.refusal_text(whose, handbook, {"U1": "环卫一所"})
    posts = Refusal("wrong_post", {"arrow": "file", "post": "operator", "posts": ["shift_leader"]})
    assert text.refusal_text(posts, handbook) == "受理员不能立案，须由值班长办理。"
    late = Refusal("overdue", {"until": "2026-11-20T02:00:00.000000Z"})
    assert "11-20 10:00" in text.refusal_text(late, handbook)


def test_every_refusal_of_the_handbook_becomes_a_sentence(handbook: Handbook) -> None:
    """No sentence is left with braces, whatever its data lack."""
    for code in handbook.labels["refusals"]:
        words = text.refusal_text(Refusal(code, {}), handbook)
        assert "{" not in words and words, code
    assert "no_such_code" in text.refusal_text(Refusal("no_such_code", {}), handbook)


@pytest.mark.parametrize(
    "error",
    [
        Refused(Refusal("not_verified", {"arrow": "close"})),
        Conflict([], Case("c", 1, State.FILED)),
        NotFound("no_such_case", "c"),
        PhotoRefused("not_a_photo", "a.jpg"),
        StoreError("missing", url="/data/city.sqlite"),
        FileNotFoundError(2, "No such file", "/tmp/a.jpg"),
        PermissionError(13, "Permission denied", "/tmp/a.jpg"),
        OSError(28, "No space left"),
        HandbookError("missing_file", "flow.toml", 0, "", "the file is missing", "copy it"),
        ValueError("whatever"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_every_error_is_told_in_chinese(error: Exception, handbook: Handbook) -> None:
    """No traceback and no English sentence reaches the person."""
    words = text.error_text(error, handbook)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in words)
    assert "Traceback" not in words and "whatever" not in words


COMMANDS = {
    *(
        "no_account",
        "no_server",
        "bad_address",
        "unsound",
        "not_a_server",
        "unordered",
        "undivided",
        "no_month",
    ),
    *("open_month", "not_superuser", "server_old", "bad_encoding"),
}


def test_every_store_error_says_what_to_do() -> None:
    """Each code of a StoreError has a title of its own and an advice."""
    codes = [
        word.strip(" .\n")
        for word in str(StoreError.__doc__)
        .split("one of:")[1]
        .split("``data``")[0]
        .replace("\n", " ")
        .split(",")
    ]
    known: dict[str, Any] = {code: text.store_error_text(StoreError(code, url="x")) for code in codes}
    assert {"missing", "older_schema", "unreachable"} <= set(known)
    for code, (title, advice) in known.items():
        assert title and advice, code
    # What only commands on the server meet is told by them, in their own words.
    shown = {title for code, (title, _) in known.items() if code not in COMMANDS}
    assert len(shown) >= len(known) - len(COMMANDS) - 3 and set(known) > COMMANDS


def raised(kind: str) -> set[str]:
    """The codes that the services raise this error with, read from their source."""
    folder = Path(workstation.__file__).parent / "services"
    found = re.findall(rf'{kind}\(\s*"(\w+)"', "".join(p.read_text("utf-8") for p in folder.rglob("*.py")))
    assert found
    return set(found)


@pytest.mark.parametrize("kind", [PhotoRefused, NotFound], ids=lambda kind: kind.__name__)
def test_each_code_that_services_raise_has_a_sentence_of_its_own(kind: Any) -> None:
    """A photograph that is not taken, or a thing that is not there, is told for what it is, not in general words."""
    general = text.error_text(kind("a code of tomorrow", "x"))
    told = {code: text.error_text(kind(code, "x")) for code in raised(kind.__name__)}
    assert general not in told.values() and len(set(told.values())) == len(told)
    assert all("\u4e00" <= words[0] <= "\u9fff" for words in told.values())


def test_each_refusal_that_services_and_flow_give_has_a_sentence(handbook: Handbook) -> None:
    """Whatever code a command can be refused with, the national handbook has words for it."""
    root = Path(workstation.__file__).parent
    source = "".join(
        p.read_text("utf-8") for part in ("services", "workflow") for p in (root / part).rglob("*.py")
    )
    codes = set(re.findall(r'Refusal\(\s*"(\w+)"', source))
    assert len(codes) > 40
    assert {
        code for code in codes if text.refusal_text(Refusal(code, {}), handbook).endswith(f"（{code}）")
    } == set()
