"""Handbooks with an error: each is refused with file, line, key, problem and what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from workstation.workflow.handbook import Handbook, HandbookError
from workstation.workflow.library import data_folder

FOLDER = data_folder() / "handbooks" / "national"
PLAIN_ARROW = """
[[arrow]]
name = "{name}"
label = "x"
from = ["{frm}"]
to = "{to}"
posts = ["{post}"]
article = "PRACTICE"
"""


def arrow(name: str = "extra", frm: str = "filed", to: str = "filed", post: str = "dispatcher") -> str:
    return PLAIN_ARROW.format(name=name, frm=frm, to=to, post=post)


def test_a_city_may_add_a_plain_arrow(national: Handbook) -> None:
    """An arrow that the program does not know is a change of state, and nothing else."""
    texts = dict(national.texts)
    texts["flow.toml"] += arrow(name="approve", frm="received", to="working", post="unit_leader")
    added = Handbook.from_texts(texts).arrow("approve")
    assert added is not None and added.label == "x"


CASES = [
    # file, what, instead, code, key
    ("handbook.toml", 'city = "national"', "", "missing_key", "city"),
    ("handbook.toml", 'city = "national"', "city = 3", "wrong_type", "city"),
    ("handbook.toml", 'city = "national"', 'city = "national"\ntown = 1', "unknown_key", "town"),
    ("handbook.toml", "valid_from = 2026-01-01", 'valid_from = "soon"', "wrong_type", "valid_from"),
    ("handbook.toml", 'key = "TY"', 'key = "MOH"', "duplicate_key", "document[MOH].key"),
    ("handbook.toml", "[[document]]", "[[document]]\nauthor = 1", "unknown_key", "document[MOH].author"),
    ("handbook.toml", "[rules]", "[rules]\nspeed = 1", "unknown_key", "rules.speed"),
    ("handbook.toml", "count = 2", "count = 0", "bad_limit", "rules.failures_until_overdue.count"),
    ("handbook.toml", "count = 2", "count = true", "wrong_type", "rules.failures_until_overdue.count"),
    ("handbook.toml", "on = true", "on = 1", "wrong_type", "rules.lead_waits_for_cooperating.on"),
    ("handbook.toml", "days = 365", "weeks = 3", "unknown_key", "rules.suspensions.weeks"),
    ("handbook.toml", "event:05", "event:77", "unknown_class", "rules.emergency_classes.classes"),
    ("handbook.toml", "amount = 1, unit", "amount = -1, unit", "bad_limit", "rules.return_within.amount"),
    ("handbook.toml", 'unit = "work_hours"', 'unit = "hours"', "unknown_unit", "rules.return_within.unit"),
    ("handbook.toml", 'article = "TJA-7-LEAD"', 'article = "XX-7"', "unknown_document",
     "rules.lead_waits_for_cooperating.article"),
    ("handbook.toml", 'edition = "2026.1"', 'edition = "2026.1', "not_toml", 'edition = "2026.1'),
    ("handbook.toml", 'edition = "2026.1"', 'edition = "2026.1"\nedition = "2"', "duplicate_key", 'edition = "2"'),
    ("posts.toml", 'hand = "evaluate"', 'hand = ["evaluate", "dispose"]', "mixed_hands", "evaluator.hand"),
    ("posts.toml", 'hand = "evaluate"', 'hand = "judge"', "unknown_hand", "evaluator.hand"),
    ("posts.toml", 'label = "受理员"', 'title = "受理员"', "unknown_key", "operator.title"),
    ("sources.toml", 'family = "patrol"', 'family = "walk"', "unknown_family", "collector.family"),
    ("clocks.toml", 'unit = "work_hours"', 'unit = "minutes"', "unknown_unit", "clock.accept.unit"),
    ("clocks.toml", "amount = 0.25", "amount = 0", "bad_limit", "clock.accept.amount"),
    ("clocks.toml", "amount = 0.25", "amount = nan", "bad_limit", "clock.accept.amount"),
    ("clocks.toml", "amount = 0.25", 'amount = "15 min"', "wrong_type", "clock.accept.amount"),
    ("clocks.toml", "amount = 0.25", "", "missing_key", "clock.accept.amount"),
    ("clocks.toml", "fringe = 1.0", "suburb = 1.0", "unknown_area_class", "clock.check.by_area.suburb"),
    ("clocks.toml", "fringe = 1.0", "fringe = 0", "bad_limit", "clock.check.by_area.fringe"),
    ("clocks.toml", 'article = "MQ-22-RECEIVE"', 'article = "ZZ-1"', "unknown_document", "clock.receive.article"),
    ("clocks.toml", "[milestone.on_scene]", "[milestone.verify]", "duplicate_key", "milestone.verify"),
    ("clocks.toml", "[milestone.on_scene]", "[marks.on_scene]", "unknown_key", "marks"),
    ("labels.toml", 'reported = "待受理"', "", "missing_label", "states.reported"),
    ("labels.toml", 'reported = "待受理"', "reported = 1", "wrong_type", "states.reported"),
    ("labels.toml", "[kinds]", "[sorts]", "missing_label", "kinds.component"),
    ("flow.toml", 'from = ["reported", "registered", "checked"]', 'from = ["limbo"]', "unknown_state", "arrow[reject].from"),
    ("flow.toml", 'from = ["filed"]', 'from = ["closed"]', "from_terminal", "arrow[return_to_filing].from"),
    ("flow.toml", 'from = ["filed"]', 'from = [1]', "wrong_type", "arrow[return_to_filing].from"),
    ("flow.toml", 'from = ["filed"]', 'from = ["filed", "filed"]', "duplicate", "arrow[return_to_filing].from"),
    ("flow.toml", 'to = "checking"', 'to = "chekking"', "unknown_state", "arrow[send_check].to"),
    ("flow.toml", 'to = "reported"', "", "missing_key", "arrow[report].to"),
    ("flow.toml", 'posts = ["dispatcher"]', 'posts = ["boss"]', "unknown_post", "arrow[return_to_filing].posts"),
    ("flow.toml", 'hand = "dispose"', 'hand = "judge"', "unknown_hand", "arrow[return_to_filing].hand"),
    ("flow.toml", 'unit = "lead"', 'unit = "main"', "unknown_role", "arrow[receive].unit"),
    ("flow.toml", 'optional = ["reason"]', 'optional = ["mood"]', "unknown_field", "arrow[split].optional"),
    ("flow.toml", 'optional = ["cooperating", "requirement", "binding", "advice"]', 'optional = ["unit"]', "duplicate",
     "arrow[dispatch].optional"),
    ("flow.toml", '"one_lead"', '"no_lead"', "unknown_guard", "arrow[dispatch].guards"),
    ("flow.toml", 'start = ["accept"]', 'start = ["rest"]', "unknown_clock", "arrow[report].start"),
    ("flow.toml", 'required = ["unit"]', "required = []", "missing_field", "arrow[dispatch].required"),
    ("flow.toml", 'asks = "return"', 'asks = "void"', "wrong_request", "arrow[ask_return].asks"),
    ("flow.toml", 'asks = "return"', 'asks = "leave"', "unknown_request", "arrow[ask_return].asks"),
    ("flow.toml", 'answers = "void"', 'answers = "return"', "wrong_request", "arrow[grant_void].answers"),
    ("flow.toml", 'name = "return_to_filing"', 'name = "dispatch"', "missing_field", "arrow[dispatch].required"),
    ("flow.toml", 'inherits = true', 'inherits = 1', "wrong_type", "arrow[self_dispose].inherits"),
    ("flow.toml", 'label = "督办"', 'lable = "督办"', "unknown_key", "arrow[supervise].lable"),
    ("flow.toml", 'article = "MQ-25-RETURN"', 'article = "QM-25"', "unknown_document", "arrow[ask_return].article"),
    ("flow.toml", 'name = "answer"', 'name = "comment"', "duplicate_key", "arrow[comment].name"),
    ("flow.toml", "[[arrow]]", "[[arow]]", "unknown_key", "arow"),
    ("flow.toml", "\n# When the notice", arrow(name="x") + arrow(name="x") + "# ", "duplicate_key", "arrow[x].name"),
    ("conditions.csv", "component,0101,缺失", "component,0177,缺失", "unknown_class", "class_code"),
    ("conditions.csv", "的,2,urgent_hours", "的,two,urgent_hours", "bad_limit", "amount"),
    ("conditions.csv", "的,2,urgent_hours", "的,-2,urgent_hours", "bad_limit", "amount"),
    ("conditions.csv", "的,2,urgent_hours", "的,2,hours", "unknown_unit", "unit"),
    ("conditions.csv", "on_scene;repaired", "on_scene;mended", "unknown_milestone", "milestones"),
    ("conditions.csv", "component/0101/2,", "component/0101/1,", "duplicate_key", "key"),
    ("conditions.csv", "closing_standard", "closing", "missing_column", "closing_standard"),
    ("conditions.csv", "component/0101/2,component,", "component/0101/2,", "bad_row", ""),
    ("conditions.csv", "component/0101/2,component,", "component/0101/2,x,y,component,", "bad_row", ""),
    ("conditions.csv", "component/0101/2,component,", f"component/0101/2,{'x' * 140_000},", "bad_row", ""),
    ("classes.csv", "component,0102", "component,0101", "duplicate_key", "code"),
    ("classes.csv", "component,0102", "tree,0102", "unknown_kind", "kind"),
    ("classes.csv", "component,0102,01", "component,0102,02", "bad_code", "code"),
    ("local_classes.csv", "component,0178", "component,0101", "duplicate_key", "code"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "what", "instead", "code", "key"), CASES, ids=lambda v: str(v)[:30])
def test_errors_name_the_place(
    national: Handbook, file: str, what: str, instead: str, code: str, key: str
) -> None:
    """Each error names the file, the line where the wrong thing stands, the key and what to do."""
    texts = dict(national.texts)
    at = texts[file].index(what)
    texts[file] = texts[file][:at] + instead + texts[file][at + len(what) :]
    with pytest.raises(HandbookError) as caught:
        Handbook.from_texts(texts)
    error = caught.value
    assert (error.code, error.file, error.key) == (code, file, key), str(error)
    assert error.advice and error.problem and str(error).startswith(f"{file}:{error.line}: ")
    # The line is the one that was changed, or the table's head where something is missing from it.
    changed = texts[file][:at].count("\n") + 1
    if instead and code not in ("mixed_hands", "missing_label", "duplicate_key") and "missing" not in code:
        last = changed + instead.count("\n")
        assert changed <= error.line <= last, f"line {error.line}, not {changed}: {error}"
    else:
        assert error.line > 0 or code in ("missing_key", "missing_label")


@pytest.mark.article("TY-1-THREE")
def test_an_arrow_of_another_hand_is_refused(national: Handbook) -> None:
    """Making the dispatcher a supervising post clashes with the first arrow of disposing that it takes."""
    posts = national.texts["posts.toml"].replace('hand = "dispose"', 'hand = "supervise"', 1)
    with pytest.raises(HandbookError) as caught:
        Handbook.from_texts({**national.texts, "posts.toml": posts})
    assert (caught.value.code, caught.value.file, caught.value.key) == (
        "mixed_hands",
        "flow.toml",
        "arrow[return_to_filing].posts",
    )


def test_an_arrow_nobody_can_take_is_refused(national: Handbook) -> None:
    """An arrow from a state that no case reaches is an error, and so is a state that no case leaves."""
    texts = dict(national.texts)
    cut = texts["flow.toml"].replace('to = "checking"', 'to = "registered"')
    with pytest.raises(HandbookError) as caught:
        Handbook.from_texts({**texts, "flow.toml": cut})
    assert (caught.value.code, caught.value.key) == ("unreachable", "arrow[checked].from")
    trap = cut.replace('name = "checked"', 'name = "a"').replace(
        'from = ["checking"]', 'from = ["registered"]'
    )
    trap = trap.replace('to = "fed_back"', 'to = "checking"').replace('from = ["open"]', 'from = ["filed"]')
    trap = trap.replace('["reported", "registered", "checking", "checked", "filed"]', '["reported"]')
    trap = trap.replace('from = ["fed_back"]', 'from = ["filed"]')
    with pytest.raises(HandbookError) as caught:
        Handbook.from_texts({**texts, "flow.toml": trap})
    assert caught.value.code == "no_way_out", caught.value


@pytest.mark.parametrize("name", ["posts.toml", "conditions.csv", "handbook.toml"])
def test_a_missing_file_is_named(tmp_path: Path, national: Handbook, name: str) -> None:
    """A folder without one of its files says which."""
    shutil.copytree(FOLDER, tmp_path / "x")
    (tmp_path / "x" / name).unlink()
    with pytest.raises(HandbookError) as caught:
        Handbook.load(tmp_path / "x")
    assert (caught.value.code, caught.value.key) == ("missing_file", name)
    texts = dict(national.texts)
    del texts[name]
    with pytest.raises(HandbookError) as caught:
        Handbook.from_texts(texts)
    assert (caught.value.code, caught.value.file) == ("missing_file", name)


def test_files_nobody_reads_are_refused(national: Handbook) -> None:
    """A text that no reader knows is an error, never ignored."""
    with pytest.raises(HandbookError) as caught:
        Handbook.from_texts({**national.texts, "rates.csv": ""})
    assert caught.value.code == "unknown_file"


def test_other_encodings_are_named(tmp_path: Path) -> None:
    """A file saved in GBK says so and what to do."""
    shutil.copytree(FOLDER, tmp_path / "x")
    (tmp_path / "x" / "posts.toml").write_bytes("# 岗位".encode("gbk"))
    with pytest.raises(HandbookError) as caught:
        Handbook.load(tmp_path / "x")
    assert caught.value.code == "not_utf8" and "UTF-8" in caught.value.advice


@pytest.mark.parametrize("name", ["nowhere.csv", "../classes/gbt30428.2-2013.csv"])
def test_class_files_lie_where_they_belong(tmp_path: Path, name: str) -> None:
    """A class file that is not there, or that lies outside, is refused."""
    shutil.copytree(FOLDER, tmp_path / "x")
    head = tmp_path / "x" / "handbook.toml"
    head.write_text(head.read_text("utf-8").replace("gbt30428.2-2013.csv", name), "utf-8")
    with pytest.raises(HandbookError) as caught:
        Handbook.load(tmp_path / "x")
    assert (caught.value.code, caught.value.key) == ("missing_file", "class_file")
    assert caught.value.line > 5


def test_a_file_that_breaks_off(national: Handbook) -> None:
    """A half-written file is named with its last line."""
    cut = national.texts["posts.toml"].rstrip() + "\nlevel ="
    with pytest.raises(HandbookError) as caught:
        Handbook.from_texts({**national.texts, "posts.toml": cut})
    assert (caught.value.code, caught.value.file, caught.value.key) == ("not_toml", "posts.toml", "level =")
    assert caught.value.line == len(cut.splitlines())
