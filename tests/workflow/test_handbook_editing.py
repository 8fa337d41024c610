"""Who may change a handbook, and the rules of responsibility: read from handbook.toml, errors with their line."""

from __future__ import annotations

import pytest

from workstation.workflow.handbook import Handbook, HandbookError
from workstation.workflow.library import data_folder

NATIONAL = dict(Handbook.load(data_folder() / "handbooks" / "national").texts)


HEAD = NATIONAL["handbook.toml"].split("# Who keeps")[0]


def changed(addition: str) -> Handbook:
    """The national handbook with more at the end of handbook.toml, its own ``[staff]`` and ``[editing]`` left out."""
    return Handbook.from_texts({**NATIONAL, "handbook.toml": HEAD + addition})


def test_who_may_edit_is_the_handbooks() -> None:
    """The posts are read as they stand; a handbook that says nothing lets nobody change it."""
    national = Handbook.from_texts(NATIONAL)
    assert national.edit_posts and national.approve_posts
    assert changed("").edit_posts == changed("").approve_posts == ()
    made = changed('[editing]\nedit_posts = ["gis"]\napprove_posts = []\narticle = "TJA-3-APPROVED"\n')
    assert (made.edit_posts, made.approve_posts) == (("gis",), ())


def test_who_keeps_the_register_is_the_handbooks() -> None:
    """Who grants posts and who may stop a collector are read as they stand; without a word it is nobody."""
    national = Handbook.from_texts(NATIONAL)
    assert national.staff_posts and national.stop_posts
    assert changed("").staff_posts == changed("").stop_posts == ()
    made = changed('[staff]\nstop_posts = ["gis"]\narticle = "MQ-15"\n')
    assert (made.staff_posts, made.stop_posts) == ((), ("gis",))


def test_who_keeps_the_inventory_is_the_handbooks() -> None:
    """Who keeps grids and components is read as it stands; without a word it is nobody."""
    assert Handbook.from_texts(NATIONAL).inventory_posts
    assert changed("").inventory_posts == ()
    made = changed('[inventory]\ninventory_posts = ["operator"]\narticle = "TY-3-CENSUS"\n')
    assert made.inventory_posts == ("operator",)


def test_rules_of_responsibility() -> None:
    """A rule names classes by prefix and covers theirs only; one of a class that there is not is refused."""
    made = changed(
        '[[responsibility]]\ntext = "无主井盖由市政处负责"\nclasses = ["component:0101"]\nunit = "U1"\n'
    )
    (rule,) = made.responsibilities
    assert (rule.text, rule.unit, rule.case) == ("无主井盖由市政处负责", "U1", "")
    assert rule.covers("component", "0101") and not rule.covers("component", "0201")


@pytest.mark.parametrize(
    ("addition", "code", "key"),
    [
        ('[editing]\nedit_posts = ["nobody"]\narticle = "TJA-3"\n', "unknown_post", "editing.edit_posts"),
        ('[editing]\nposts = []\narticle = "TJA-3"\n', "unknown_key", "editing.posts"),
        ('[editing]\nedit_posts = ["gis"]\narticle = "NO-3"\n', "unknown_document", "editing.article"),
        ('[staff]\nstaff_posts = ["nobody"]\narticle = "TY-1"\n', "unknown_post", "staff.staff_posts"),
        ('[[responsibility]]\ntext = "x"\nclasses = ["component:99"]\n', "unknown_class", "responsibility[0].classes"),
        ('[[responsibility]]\nclasses = []\n', "missing_key", "responsibility[0].text"),
    ],
)  # fmt: skip
def test_errors_name_the_place(addition: str, code: str, key: str) -> None:
    """What is wrong is told with its code, key, file and a line inside the addition."""
    with pytest.raises(HandbookError) as caught:
        changed(addition)
    error = caught.value
    assert (error.code, error.file, error.key) == (code, "handbook.toml", key)
    before = HEAD.count("\n")
    assert before < error.line <= before + addition.count("\n")
