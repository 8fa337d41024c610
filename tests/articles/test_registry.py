"""Every article is shown by a test or named as later work, and the page about them is up to date."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .registry import COLLECTED, PAGE, ROOT, Article, Collected, Registry, later, load, page, unshown

SOURCE = ROOT.parent / "shared" / "articles.md"
NEVER_LATER = re.compile(
    "LOOP|STEPS|OUTCOMES|SOURCES|HOTLINE|ACCEPT|FILE|TRAINED|TRANSFER|EVIDENCE|DISPATCHER|RECEIVER|COMMANDER|LEAD|DECIDE|"
    "DISPATCH|REDISPATCH|RECEIVE|RETURN|UNCLEAR|DISPUTE|BINDING|MEETING|EMERGENCYFUND|RAPID|KEY|LIMIT|VERIFY|TWICE|EMERGENCY|"
    "SAFETY|FIRST|COMMAND|THREE|LEVELS|TERMINALS|CONTACTS|APPROVED|TWO|OWNER|WARNING|HANDBOOK|COMPLAINTS|SATISFACTION|DOWNLINK"
)
"""How ids end that speak of flow, posts, levels, clocks, the ways around, and versions: none of them may wait."""


@pytest.fixture
def whole(request: pytest.FixtureRequest) -> Collected:
    """What was collected, where that is the whole suite."""
    found = request.config.stash[COLLECTED]
    if not found.whole:
        pytest.skip("only a part of the suite was collected")
    return found


def test_every_article_has_a_test_or_a_reason(whole: Collected) -> None:
    """An article that no test carries is named, unless the registry says to which later work it belongs."""
    assert unshown(load(), whole.tests) == []


def test_the_page_is_up_to_date(whole: Collected) -> None:
    """docs/articles.md is what the registry and the tests make now; scripts/articles.py writes it."""
    assert PAGE.read_text(encoding="utf-8") == page(load(), whole.tests), "run scripts/articles.py"


def test_what_the_loop_needs_is_never_later() -> None:
    """Ids of flow, posts, levels, clocks and the ways around are not put off, and each put-off one says what is missing."""
    waiting = later(load())
    assert [a.id for a in waiting if NEVER_LATER.fullmatch(a.id.rsplit("-", 1)[1])] == []
    assert all(re.fullmatch(r"[a-z ,]+: \S.{8,}", article.later) for article in waiting)


def test_where_an_article_lives_is_there() -> None:
    """Each article names the files or folders that do it, and they exist."""
    named = {(a.id, place) for a in load().articles.values() for place in a.where}
    assert {(key, place) for key, place in named if not (ROOT / place).exists()} == set()
    assert all(a.where for a in load().articles.values())


@pytest.mark.shared_data
def test_no_article_is_forgotten() -> None:
    """The registry has the ids of the list that was drawn up from the documents, no more and no fewer."""
    if not SOURCE.is_file():
        pytest.skip("the list of articles is not beside the checkout")
    rows = re.findall(r"^\| ([A-Z]+-[0-9]+-[A-Z-]+) \|", SOURCE.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(load().articles) == set(rows) and len(rows) == len(set(rows)) > 60


# ---- the watch itself ---------------------------------------------------------------------------------------------

SMALL = Registry(
    {
        "MQ-1-A": Article("MQ-1-A", "第一条", "甲", "does a", ("docs",)),
        "MQ-2-B": Article("MQ-2-B", "第二条", "乙", "does b", ("docs",), "phones: the page"),
    },
    {"MQ": {"title": "某规定", "place": "某县", "handbook": "minqing"}},
)


def test_the_watch_sees_what_is_missing() -> None:
    """An article without a test is named; a later one is not; the page names tests, places and what is later."""
    assert unshown(SMALL, {}) == ["MQ-1-A"]
    assert unshown(SMALL, {"MQ-1-A": ["tests/x.py::test_a"]}) == []
    text = page(SMALL, {"MQ-1-A": ["tests/x.py::test_a"]})
    assert "`tests/x.py::test_a`" in text and "| [MQ-2-B](#mq-2-b) | phones: the page |" in text
    assert page(SMALL, {}) != text


def test_a_test_with_an_unknown_article_stops_the_run(pytester: pytest.Pytester) -> None:
    """Collecting a test whose marker names no article of the registry ends the run with the test's name."""
    pytester.makeini("[pytest]\nmarkers = article(id): an article\n")
    pytester.makeconftest(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n"
        "from tests.articles.registry import collected\n"
        "def pytest_collection_modifyitems(config, items):\n    collected(config, items)\n"
    )
    pytester.makepyfile("import pytest\n@pytest.mark.article('XX-1-NONE')\ndef test_it(): pass\n")
    done = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    assert "XX-1-NONE" in done.stderr.str() and "test_it" in done.stderr.str()


def test_a_registry_with_a_slip_is_refused() -> None:
    """A field that there is not, or one that is missing, is an error with the article's id."""
    text = Path(ROOT / "docs" / "articles.toml").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="TJA-2-LOOP"):
        load(text.replace("does = ", "dose = ", 1))
