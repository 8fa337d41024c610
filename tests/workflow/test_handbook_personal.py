"""How personal data is kept is a city's to say: read from the handbook, errors with their line."""

from __future__ import annotations

import pytest

from workstation.workflow.handbook import Handbook, HandbookError, Personal
from workstation.workflow.handbook_compare import compare
from workstation.workflow.library import data_folder

NATIONAL = dict(Handbook.load(data_folder() / "handbooks" / "national").texts)
HEAD = NATIONAL["handbook.toml"].split("# Personal data")[0]
WHOLE = """[personal]
keep_days = 30
looks_per_hour = 5
reasons = ["回访"]
needed_for = ["visit"]
erase_posts = ["commander"]
article = "TZ-5-PRIVACY"
"""


def changed(addition: str, posts: str = "") -> Handbook:
    """The national handbook with another ``[personal]``, and with more at the end of posts.toml."""
    texts = {**NATIONAL, "handbook.toml": HEAD + addition}
    return Handbook.from_texts({**texts, "posts.toml": NATIONAL["posts.toml"] + posts})


@pytest.mark.article("TZ-5-PRIVACY")
def test_a_city_says_how_personal_data_is_kept() -> None:
    """The term, the reasons and who erases are read as they stand; without a word the defaults hold."""
    assert changed(WHOLE).personal == Personal(30, 5, ("回访",), ("visit",), ("commander",), "TZ-5-PRIVACY")
    assert changed("").personal == Personal()
    told = {(d.part, d.field) for d in compare(Handbook.from_texts(NATIONAL), changed(WHOLE))}
    assert {("personal", "keep_days"), ("personal", "reasons"), ("personal", "erase_posts")} <= told


@pytest.mark.article("TZ-5-PRIVACY")
def test_who_sees_a_reporter_is_the_posts() -> None:
    """The supervisors at the centre and nobody else see reporters, and who evaluates audits, unless a city says otherwise."""
    posts = changed("").posts
    assert {p.key for p in posts.values() if p.reporter != "masked"} == {"operator", "shift_leader"}
    assert {p.key for p in posts.values() if p.audit} == {"evaluator"}
    plain = '\n[inspector]\nlabel = "督察员"\nhand = "{hand}"\nlevel = "centre"\n'
    for hand, expected in {
        "supervise": ("seen", False),
        "evaluate": ("masked", True),
        "": ("masked", False),
    }.items():
        made = changed("", plain.format(hand=hand)).posts["inspector"]
        assert (made.reporter, made.audit) == expected
    told = changed("", plain.format(hand="dispose") + 'reporter = "needed"\n').posts["inspector"]
    assert told.reporter == "needed"


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ("keep_days = 30", "keep_days = 0", "bad_limit", "personal.keep_days"),
        ("keep_days = 30", "keep_days = true", "wrong_type", "personal.keep_days"),
        ("looks_per_hour = 5", "looks_per_hour = 40000", "bad_limit", "personal.looks_per_hour"),
        ('["回访"]', '["回访：必要"]', "bad_reason", "personal.reasons"),
        ('["回访"]', '[" "]', "bad_reason", "personal.reasons"),
        ('["visit"]', '["wave"]', "unknown_arrow", "personal.needed_for"),
        ('["commander"]', '["nobody"]', "unknown_post", "personal.erase_posts"),
        ("keep_days = 30", "days = 30", "unknown_key", "personal.days"),
        ('"TZ-5-PRIVACY"', '"NO-5"', "unknown_document", "personal.article"),
    ],
)
def test_errors_name_the_place(old: str, new: str, code: str, key: str) -> None:
    """What is wrong is told with its code, key, file and a line inside the table."""
    with pytest.raises(HandbookError) as caught:
        changed(WHOLE.replace(old, new))
    error = caught.value
    assert (error.code, error.file, error.key) == (code, "handbook.toml", key)
    assert HEAD.count("\n") < error.line


@pytest.mark.parametrize(
    ("more", "code", "key"),
    [
        ('reporter = "all"\n', "unknown_sight", "inspector.reporter"),
        ('reporter = "seen"\naudit = true\n', "audits_itself", "inspector.audit"),
        ('audit = "yes"\n', "wrong_type", "inspector.audit"),
    ],
)
def test_errors_of_posts(more: str, code: str, key: str) -> None:
    """Nobody audits their own looks; another word for the sight, or for yes, is refused."""
    with pytest.raises(HandbookError) as caught:
        changed("", f'\n[inspector]\nlabel = "督察员"\nhand = ""\nlevel = "centre"\n{more}')
    assert (caught.value.code, caught.value.file, caught.value.key) == (code, "posts.toml", key)
