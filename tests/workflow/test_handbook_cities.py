"""The four cities' handbooks: what each document decides is there with its article, and nothing is added to it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from workstation.workflow.handbook import Handbook
from workstation.workflow.library import data_folder

CITIES = {"tianjiaan": "TJA", "taiyuan": "TY", "minqing": "MQ", "taizhou": "TZ"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def books() -> dict[str, Handbook]:
    """All handbooks that ship, by name."""
    return {name: Handbook.named(name) for name in Handbook.available()}


def articles_in(table: Any) -> Iterator[str]:
    """Every article cited in a TOML table."""
    if isinstance(table, dict):
        for key, value in table.items():
            if key == "article":
                yield value
            else:
                yield from articles_in(value)
    elif isinstance(table, list):
        for item in table:
            yield from articles_in(item)


def test_all_ship(books: dict[str, Handbook]) -> None:
    """The national default and the four cities, each under its own name, whole again from its texts."""
    assert list(books) == ["national", "minqing", "taiyuan", "taizhou", "tianjiaan"]
    for name, book in books.items():
        assert book.city == name and Handbook.from_texts(book.texts) == book
        assert (book.base == "national") == (name != "national")


@pytest.mark.article("TJA-3-APPROVED")
def test_who_issued_each_and_since_when(books: dict[str, Handbook]) -> None:
    """Approver and date are the document's; Taizhou's is a draft without one, and says so."""
    told = {name: (b.approver, b.valid_from, b.draft) for name, b in books.items() if name in CITIES}
    assert told == {
        "tianjiaan": ("淮南市田家庵区人民政府", "2019-08-16", False),
        "taiyuan": ("太原市人民政府", "2007-12-14", False),
        "minqing": ("闽清县人民政府", "2016-11-10", False),
        "taizhou": ("尚未发布（公开征求意见稿）", "", True),
    }


@pytest.mark.parametrize(("city", "document"), CITIES.items())
def test_what_a_city_changes_rests_on_its_own_document(city: str, document: str) -> None:
    """Every article that a city's own files cite is of its own document."""
    folder = data_folder() / "handbooks" / city
    cited = [a for path in folder.glob("*.toml") for a in articles_in(tomllib.loads(path.read_text("utf-8")))]
    assert len(cited) >= 15
    assert {a.split("-")[0] for a in cited} == {document}


@pytest.mark.parametrize("name", ["national", *CITIES])
def test_every_article_can_be_shown(books: dict[str, Handbook], name: str) -> None:
    """Whatever anything rests on has a document and a number in it; practice alone has none."""
    book = books[name]
    parts: list[Any] = [*book.arrows, *book.clocks.values(), *book.milestones.values(), *book.bodies.values()]
    parts += [*book.plans.values(), *book.budgets.values(), *book.accountability, *book.reports.values()]
    parts += [
        *book.publications.values(),
        *book.meetings.values(),
        *(x for x in (book.rapid, book.evaluation) if x),
    ]
    for article in {part.article for part in parts} | set(book.rules.articles.values()):
        shown = book.article(article)
        assert shown.document and (shown.where or article == "PRACTICE"), article


def test_every_article_of_the_registry_is_told(books: dict[str, Handbook]) -> None:
    """Each article that the program answers to can be shown with its document, its place and what it asks, in every city."""
    registry = tomllib.loads((data_folder().parent / "docs" / "articles.toml").read_text("utf-8"))
    for book in books.values():
        for id, told in registry["article"].items():
            shown = book.article(id)
            assert shown.document and shown.where[:2] in told["article"] and CHINESE.search(shown.text), id


@pytest.mark.parametrize("name", ["national", *CITIES])
def test_every_word_is_chinese(books: dict[str, Handbook], name: str) -> None:
    """No key shows through: each label, step and recipient of a city is in Chinese."""
    book = books[name]
    for group, words in book.labels.items():
        for key, word in words.items():
            assert CHINESE.search(word), (group, key, word)
    told = [s for p in book.plans.values() for s in p.steps] + [
        s.label for a in book.accountability for s in a.steps
    ]
    told += [w for r in book.reports.values() for w in (r.label, *r.recipients, *r.copies)]
    told += [w for p in book.publications.values() for w in (p.label, p.channel)]
    assert all(CHINESE.search(word) for word in told)


@pytest.mark.parametrize("name", ["national", *CITIES])
@pytest.mark.article("TY-1-THREE")
def test_nobody_holds_two_hands_anywhere(books: dict[str, Handbook], name: str) -> None:
    """In no city does a person's post take arrows of two of the three hands; the evaluator takes none at all."""
    book = books[name]
    for post in book.posts.values():
        taken = {a.hand for a in book.arrows if post.key in a.posts}
        if post.hand:
            assert taken <= {"", post.hand}, post.key
    assert not any("evaluator" in a.posts for a in book.arrows)


@pytest.mark.parametrize("name", ["national", *CITIES])
@pytest.mark.article("MQ-23-LIMIT")
def test_each_has_conditions_to_file_by(books: dict[str, Handbook], name: str) -> None:
    """Every kind and every main class has filing conditions with a limit and a closing standard; the note says whose."""
    book = books[name]
    usable = {(c.kind, book.class_item(c.kind, c.class_code).main_code) for c in book.all_conditions}  # type: ignore[union-attr]
    assert usable == {(c.kind, c.main_code) for c in book.classes}
    assert all(c.amount > 0 and c.closing_standard for c in book.all_conditions)
    assert "运城市" in book.note and "GB/T 30428.2-2013" in book.note


@pytest.mark.article("TJA-2-LOOP")
@pytest.mark.article("TJA-8-RETURN")
@pytest.mark.article("TJA-3-DOWNLINK")
def test_tianjiaan(books: dict[str, Handbook]) -> None:
    """A district under a city: 校核 before filing and 核实 after, its committee, explanations, no second dispatch below it."""
    book = books["tianjiaan"]
    stages = [
        book.label("stages", s)
        for s in ("collect", "build", "dispatch", "dispose", "feed_back", "verify", "evaluate")
    ]
    assert stages == ["信息收集", "案卷建立", "任务派遣", "问题处理", "结果反馈", "核实结案", "综合评价"]
    words = [
        w for group, ws in book.labels.items() if group not in ("classes", "conditions") for w in ws.values()
    ]
    assert not any("核查" in word for word in words)
    assert book.label("arrows", "send_check") == "派校核" and book.label("clocks", "verify") == "核实"
    assert book.posts["commander"].label == "指挥中心指挥长" and "district_dispatcher" not in book.posts
    assert "district" not in book.levels and book.levels["street"].over == "centre"
    explain = book.arrow("explain")
    assert explain is not None and explain.reason and explain.unit == "lead"
    assert book.arrow("dispatch_inside") is None and book.arrow("rapid") is None and not book.budgets
    assert book.coordination["across"] == ("centre", "committee")
    assert (
        book.reports["duties"].recipients == ("区城管委",)
        and book.publications["results"].channel == "区政府网站"
    )
    assert book.meetings["regular"].agenda == ("overdue", "returned", "disputed")
    assert book.accountability == () and book.evaluation is not None and len(book.evaluation.uses) == 4
    assert book.sources["superior"].label == "市级平台下派"


@pytest.mark.article("TY-6-BULLETIN")
@pytest.mark.article("TY-3-EMERGENCYFUND")
def test_taiyuan(books: dict[str, Handbook]) -> None:
    """Two platforms and their posts' names; who files closes; a fund for what nobody answers for; a bulletin every two weeks."""
    book = books["taiyuan"]
    assert [book.posts[p].label for p in ("operator", "shift_leader", "collector")] == [
        "监督平台接线员", "监督平台值班长", "信息采集监督员",
    ]  # fmt: skip
    assert {book.posts[p].hand for p in ("operator", "shift_leader", "collector")} == {"supervise"}
    assert book.posts["dispatcher"].hand == "dispose" and book.rules.filers_close
    assert book.rules.articles["filers_close"] == "TY-4-OWNER"
    first = book.arrow("first_response")
    assert first is not None and first.field("budget").required  # type: ignore[union-attr]
    assert {k: b.ways for k, b in book.budgets.items()} == {"emergency": ("first",)} and book.rapid is None
    assert book.bodies["leading_group"].label.endswith("领导组")
    assert book.reports["bulletin"].period == "two_weeks"
    assert [m.period for m in book.meetings.values()] == ["", "month", ""]
    assert book.article("TY-6").where == "第六部分"


@pytest.mark.article("MQ-21-FILE")
@pytest.mark.article("MQ-22-RECEIVE")
@pytest.mark.article("MQ-25-RETURN")
@pytest.mark.article("MQ-33-ACCOUNT")
@pytest.mark.article("MQ-31-COPIES")
def test_minqing(books: dict[str, Handbook]) -> None:
    """The hours of a county, its leader's approval, the return that names a unit, pass or again, notices and admonitions."""
    book = books["minqing"]
    for area, total in (("core", 1), ("general", 1), ("fringe", 2)):
        assert book.clocks["file"].amount_for(area) + book.clocks["dispatch"].amount_for(area) == total
        assert book.clocks["verify"].amount_for(area) == total
    assert (book.clocks["receive"].amount, book.clocks["receive"].unit) == (1, "work_hours")
    rules = book.rules
    assert (rules.return_amount, rules.return_unit, rules.failures_until_overdue) == (1, "work_hours", 2)
    assert rules.leader_approves and rules.evidence_needed
    assert (rules.endorsed, rules.endorser) == (("extension", "suspension"), "unit_leader")
    asked = book.arrow("ask_return")
    assert asked is not None and asked.field("suggested_unit").required  # type: ignore[union-attr]
    first = book.arrow("first_response")
    assert first is not None and first.posts == ("commander",) and not book.budgets
    assert book.arrow("close_unqualified") is None and book.arrow("redispatch") is None
    assert [book.bodies[b].label for b in book.coordination["inside"]] == ["县智慧中心", "县政府"]
    assert {a.kind: [s.count for s in a.steps] for a in book.accountability} == {
        "late_receipt": [1, 3], "late_disposal": [1, 3], "substandard": [1, 3],
    }  # fmt: skip
    assert book.reports["results"].recipients == ("县政府督查室",) and book.reports["results"].copies == (
        "县效能办",
    )
    assert "standards" in book.publications


@pytest.mark.article("TZ-14-OUTCOMES")
@pytest.mark.article("TZ-15-DISPUTE")
@pytest.mark.article("TZ-13-SAFETY")
@pytest.mark.article("TZ-19-WARNING")
@pytest.mark.article("TZ-16-RAPID")
def test_taizhou(books: dict[str, Handbook]) -> None:
    """Four outcomes, warnings of the four fields, disputes inside and across, its crew's budget, two hours and twenty-four."""
    book = books["taizhou"]
    outcomes = [
        book.label("arrows", a) for a in ("close", "dispose_again", "close_unqualified", "redispatch")
    ]
    assert outcomes == ["准予结案", "再次处置", "不合格办结", "重新派遣"]
    warnings = [c for c in book.classes if c.kind == "warning"]
    assert [c.main_name for c in warnings] == ["市政设施", "房屋建筑", "交通设施", "人员密集区域"]
    assert all(book.conditions("warning", c.code) and c.basis == "local" for c in warnings)
    assert not any(c.kind == "warning" for c in books["national"].classes)
    assert book.coordination == {"inside": ("home",), "across": ("centre", "committee")}
    assert {k: b.ways for k, b in book.budgets.items()} == {
        "rapid": ("rapid", "first")
    } and book.rapid is not None
    assert [(m.amount, m.unit) for m in book.milestones.values()] == [
        (2, "natural_hours"),
        (24, "natural_hours"),
    ]
    inside = book.arrow("dispatch_inside")
    assert inside is not None and (inside.label, inside.article) == ("再次派遣", "TZ-10-REDISPATCH")
    assert [p.key for p in book.plans_for("warning", "0201")] == ["warning"]
    assert book.accountability == () and list(book.reports) == ["results"]
