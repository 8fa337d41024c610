"""What is around the flow is read strictly: each slip is refused with its file, its line, its key and what to do."""

from __future__ import annotations

import pytest

from workstation.workflow.handbook import Handbook, HandbookError

WRONG = [
    # file, what, instead, code, key
    ("posts.toml", '[level.district]', '[level.district]\ncolour = "red"', "unknown_key", "level.district.colour"),
    ("posts.toml", 'label = "区级"\nover = "centre"', 'label = "区级"\nover = "nation"', "unknown_level", "level.district.over"),
    ("posts.toml", 'label = "区级"\nover = "centre"', 'label = "区级"\nover = "community"', "level_cycle", "level.district.over"),
    ("posts.toml", 'hand = "supervise"\nlevel = "centre"', 'hand = "supervise"\nlevel = "tower"', "unknown_level",
     "operator.level"),
    ("handbook.toml", 'numbering = "第{}节"', 'numbering = "第节"', "bad_numbering", "document[MOH].numbering"),
    ("handbook.toml", "yellow = 0.8", "yellow = 1.5", "bad_limit", "rules.lights.yellow"),
    ("handbook.toml", 'kinds = ["extension"]', 'kinds = ["leave"]', "unknown_request", "rules.endorsed_requests.kinds"),
    ("handbook.toml", 'kinds = ["extension"], post = "unit_leader"', 'kinds = ["extension"], post = "boss"', "unknown_post",
     "rules.endorsed_requests.post"),
    ("handbook.toml", 'kinds = ["extension"], post = "unit_leader"', 'kinds = ["extension"], post = "gis"', "no_arrow",
     "rules.endorsed_requests.post"),
    ("handbook.toml", "metres = 50", "metres = 0", "bad_limit", "rules.duplicates.metres"),
    ("handbook.toml", "hours = 24", "hours = 0", "bad_limit", "rules.duplicates.hours"),
    ("handbook.toml", "leader_approves = { on = false", 'leader_approves = { on = "no"', "wrong_type",
     "rules.leader_approves.on"),
    ("handbook.toml", "event:05", "event05", "unknown_class", "rules.emergency_classes.classes"),
    ("clocks.toml", 'pause_in = ["fed_back"', 'pause_in = ["asleep"', "unknown_state", "clock.key_feedback.pause_in"),
    ("clocks.toml", "key_cases = true", "key_cases = 1", "wrong_type", "clock.key_feedback.key_cases"),
    ("around.toml", "[body.centre]", "[boddy.centre]", "unknown_key", "boddy"),
    ("around.toml", 'posts = ["dispatcher", "commander"]', "posts = []", "no_posts", "body.centre.posts"),
    ("around.toml", 'posts = ["dispatcher", "commander"]', 'posts = ["mayor"]', "unknown_post", "body.centre.posts"),
    ("around.toml", 'posts = ["dispatcher", "commander"]', 'posts = ["gis"]', "no_arrow", "body.centre.posts"),
    ("around.toml", 'article = "MQ-26-UNCLEAR"', 'article = "ZZ-26"', "unknown_document", "body.centre.article"),
    ("around.toml", 'inside = ["centre", "government"]', 'inside = []', "no_body", "coordination.inside"),
    ("around.toml", 'inside = ["centre", "government"]', 'inside = ["court"]', "unknown_body", "coordination.inside"),
    ("around.toml", 'inside = ["centre", "government"]', "", "missing_key", "coordination.inside"),
    ("around.toml", 'across = ["centre"', 'nearby = ["centre"', "unknown_key", "coordination.nearby"),
    ("around.toml", 'classes = ["event:05"]', 'classes = ["event:99"]', "unknown_class", "plan.incident.classes"),
    ("around.toml", 'ways = ["first"]', 'ways = ["lottery"]', "unknown_way", "budget.emergency.ways"),
    ("around.toml", 'ways = ["first"]', "ways = []", "no_ways", "budget.emergency.ways"),
    ("around.toml", 'classes = ["component:01", "component:02", "component:03"]', 'classes = ["component:07"]',
     "unknown_class", "rapid.classes"),
    ("around.toml", "[rapid]", "[rapid]\nspeed = 3", "unknown_key", "rapid.speed"),
    ("accountability.toml", "[late_receipt]", "[late_for_work]", "unknown_accountability", "late_for_work"),
    ("accountability.toml", "{ count = 3,", "{ count = 1,", "bad_count", "late_receipt.steps"),
    ("accountability.toml", 'period = "month"', 'period = "decade"', "unknown_period", "late_receipt.steps"),
    ("accountability.toml", "{ count = 1,", "{ times = 1,", "unknown_key", "late_receipt.steps.times"),
    ("accountability.toml", "{ count = 1,", "{ count = 1.5,", "wrong_type", "late_receipt.steps.count"),
    ("accountability.toml", "steps = [\n", 'steps = [ "notice",\n', "wrong_type", "late_receipt.steps"),
    ("reports.toml", 'period = "month"', 'period = "decade"', "unknown_period", "report.results.period"),
    ("reports.toml", 'recipients = ["本级政府督查室"]', "recipients = []", "no_recipients", "report.results.recipients"),
    ("reports.toml", "[publication.standards]", '[publication.standards]\nperiod = "decade"', "unknown_period",
     "publication.standards.period"),
    ("reports.toml", 'channel = "政府网站"', "", "missing_key", "publication.standards.channel"),
    ("reports.toml", 'agenda = ["overdue"', 'agenda = ["weather"', "unknown_topic", "meeting.regular.agenda"),
    ("reports.toml", 'agenda = ["overdue", "returned", "disputed"]', "agenda = []", "no_agenda", "meeting.regular.agenda"),
    ("reports.toml", "[meeting.regular]", "[party.regular]", "unknown_key", "party"),
    ("evaluation.toml", 'article = "TJA-12-USES"', 'article = "QQ-12"', "unknown_document", "article"),
    ("evaluation.toml", 'article = "TJA-12-USES"', 'article = "TJA-12"\n[bands]\ngood = 101', "bad_limit", "bands.good"),
    ("evaluation.toml", 'article = "TJA-12-USES"', 'article = "TJA-12"\n[weights]\nfiled = "much"', "wrong_type",
     "weights.filed"),
    ("evaluation.toml", "indicators =", "indicator =", "unknown_key", "indicator"),
    ("conditions.csv", "milestones,note\n", "milestones,note,mood\n", "unknown_column", "mood"),
    ("articles.toml", "[TJA-2-LOOP]", "[XYZ-2-LOOP]", "unknown_document", "XYZ-2-LOOP"),
    ("articles.toml", "[TJA-2-LOOP]", '[TJA-2-LOOP]\nmood = "x"', "unknown_key", "TJA-2-LOOP.mood"),
    ("flow.toml", 'unit = "inner"', 'unit = "outer"', "unknown_role", "arrow[receive_inside].unit"),
    ("flow.toml", 'posts = ["dispatcher"]', "posts = []", "no_posts", "arrow[return_to_filing].posts"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "what", "instead", "code", "key"), WRONG, ids=lambda v: str(v)[:34])
def test_slips_are_named(national: Handbook, file: str, what: str, instead: str, code: str, key: str) -> None:
    """The error has the slip's code, file and key, and its line is one of those that were changed, or the table's."""
    texts = dict(national.texts)
    at = texts[file].index(what)
    texts[file] = texts[file][:at] + instead + texts[file][at + len(what) :]
    with pytest.raises(HandbookError) as caught:
        Handbook.from_texts(texts)
    error = caught.value
    assert (error.code, error.file, error.key) == (code, file, key), str(error)
    first = texts[file][:at].count("\n") + 1
    around = (
        6
        if code in ("no_arrow", "missing_key", "level_cycle", "wrong_type", "bad_count") or "steps" in key
        else 0
    )
    assert first - around <= error.line <= first + instead.count("\n") + around, (
        f"line {error.line}, not {first}"
    )
    assert error.problem and error.advice


def without(national: Handbook, file: str, *starts: str) -> dict[str, str]:
    """The national texts without the blocks of one file that begin so."""
    texts = dict(national.texts)
    blocks = texts[file].split("\n\n")
    kept = [b for b in blocks if not any(s in b for s in starts)]
    assert len(kept) == len(blocks) - len(starts)
    texts[file] = "\n\n".join(kept)
    return texts


def test_parts_promise_one_another(national: Handbook) -> None:
    """A way without its arrow, an arrow without its classes or bodies, an approval that nobody can give: each is refused."""
    wanting = [
        (without(national, "flow.toml", 'name = "rapid"'), "no_arrow", "around.toml", "rapid"),
        (without(national, "around.toml", "[rapid]"), "no_classes", "flow.toml", "arrow[rapid].name"),
        (
            without(national, "around.toml", "[coordination]"),
            "no_body",
            "flow.toml",
            "arrow[coordinate].name",
        ),
        (
            without(national, "flow.toml", 'name = "first_response"'),
            "no_arrow",
            "around.toml",
            "budget.emergency.ways",
        ),
    ]
    approving = without(national, "flow.toml", 'name = "approve_receipt"')
    assert Handbook.from_texts(approving).arrow("approve_receipt") is None
    approving["handbook.toml"] = approving["handbook.toml"].replace(
        "leader_approves = { on = false", "leader_approves = { on = true"
    )
    wanting.append((approving, "no_arrow", "handbook.toml", "rules.leader_approves.on"))
    for texts, code, file, key in wanting:
        with pytest.raises(HandbookError) as caught:
            Handbook.from_texts(texts)
        assert (caught.value.code, caught.value.file, caught.value.key) == (code, file, key), str(
            caught.value
        )
        assert caught.value.line > 0
        # One that was accepted before the program asked for this is read all the same.
        assert Handbook.from_texts(texts, kept=True).city == "national"


def test_older_handbooks_need_none_of_it(national: Handbook) -> None:
    """A handbook without levels, bodies, plans, money, reports and the newer rules is read; it has none of them."""
    texts = dict(national.texts)
    for name in ("around.toml", "accountability.toml", "reports.toml", "evaluation.toml", "articles.toml"):
        del texts[name]
    head = texts["handbook.toml"].split("# A clock's light")[0]
    texts["handbook.toml"] = head
    texts["posts.toml"] = texts["posts.toml"][texts["posts.toml"].index("[operator]") :]
    for name in ("coordinate", "rapid"):
        blocks = texts["flow.toml"].split("\n\n")
        texts["flow.toml"] = "\n\n".join(b for b in blocks if f'name = "{name}"' not in b)
    made = Handbook.from_texts(texts)
    assert (made.levels, made.bodies, made.plans, made.budgets, made.rapid) == ({}, {}, {}, {}, None)
    assert (made.accountability, made.reports, made.meetings, made.evaluation) == ((), {}, {}, None)
    assert (made.rules.yellow_share, made.rules.endorsed, made.rules.leader_approves) == (0.8, (), False)
    assert made.article("MQ-21-FILE").where == "第二十一条" and made.article("MOH-1").where == "第一节"
    assert made.article("MOH-2.1-X").where == "" and made.article("NOBODY-1").where == "NOBODY-1"


def test_an_arrow_that_only_adds_may_begin_at_the_end(national: Handbook) -> None:
    """From a state in which a case has ended only what leaves it there may begin; to = "" says so too."""
    added = """
[[arrow]]
name = "praise"
label = "表扬"
from = ["closed"]
to = "{to}"
posts = ["commander"]
article = "MQ-34-PRAISE"
"""
    texts = dict(national.texts)
    texts["flow.toml"] += added.format(to="")
    praise = Handbook.from_texts(texts).arrow("praise")
    assert praise is not None and praise.to is None
    texts["flow.toml"] = national.texts["flow.toml"] + added.format(to="filed")
    with pytest.raises(HandbookError) as caught:
        Handbook.from_texts(texts)
    assert (caught.value.code, caught.value.key) == ("from_terminal", "arrow[praise].from")


@pytest.mark.article("MQ-33-ACCOUNT")
def test_steps_rise_with_the_count(national: Handbook) -> None:
    """Once and twice in a month a notice, from the third time on an admonition; nothing is due for none."""
    late = next(a for a in national.accountability if a.kind == "late_receipt")
    assert [late.step(n).measure if late.step(n) else None for n in range(5)] == [  # type: ignore[union-attr]
        None, "notice", "notice", "admonition", "admonition",
    ]  # fmt: skip


@pytest.mark.article("TZ-16-RAPID")
@pytest.mark.article("MQ-27-FIRST")
def test_prefixes_cover_classes(national: Handbook) -> None:
    """Plans and rapid disposal are for the classes whose codes begin so, of that kind only."""
    assert national.rapid is not None and national.rapid.covers("component", "0101")
    assert not national.rapid.covers("event", "0101") and not national.rapid.covers("component", "0401")
    assert [p.key for p in national.plans_for("event", "0501")] == ["incident"]
    assert national.plans_for("component", "0401") == []


def test_weights_and_bands_are_the_citys(national: Handbook) -> None:
    """A handbook may weigh the indicators otherwise and set its own bands; the file of indicators is named."""
    texts = dict(national.texts)
    texts["evaluation.toml"] += "\n[weights]\nin_time = 60\n\n[bands]\ngood = 90\nfair = 75.5\n"
    made = Handbook.from_texts(texts).evaluation
    assert made is not None and made.indicators == "performance.toml"
    assert (dict(made.weights), dict(made.bands)) == ({"in_time": 60}, {"good": 90, "fair": 75.5})
    assert national.evaluation is not None and not national.evaluation.weights


@pytest.mark.parametrize("amount", ["-1", "many", "0"])
def test_limits_by_area_are_limits(national: Handbook, amount: str) -> None:
    """A limit for one area class is read as strictly as the limit itself; an empty one is none."""
    columns = "key,kind,class_code,text,amount,unit,closing_standard,milestones,note,amount_core\n"
    row = "k,component,0101,缺失,2,work_hours,恢复,,,{}\n"
    texts = {**national.texts, "conditions.csv": columns + row.format("")}
    assert Handbook.from_texts(texts).all_conditions[0].by_area == {}
    texts["conditions.csv"] = columns + row.format(amount)
    with pytest.raises(HandbookError) as caught:
        Handbook.from_texts(texts)
    error = caught.value
    assert (error.code, error.file, error.line, error.key) == (
        "bad_limit",
        "conditions.csv",
        2,
        "amount_core",
    )
