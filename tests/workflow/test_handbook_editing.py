"""Who may change a handbook, and the rules of responsibility: read from handbook.toml, errors with their line."""

from __future__ import annotations

import pytest

from workstation.workflow.handbook import Handbook, HandbookError
from workstation.workflow.library import data_folder

NATIONAL = dict(Handbook.load(data_folder() / "handbooks" / "national").texts)


def changed(addition: str) -> Handbook:
    """The national handbook with more at the end of handbook.toml, its own ``[editing]`` left out."""
    head = NATIONAL["handbook.toml"].split("# Who may write")[0]
    return Handbook.from_texts({**NATIONAL, "handbook.toml": head + addition})


def test_who_may_edit_is_the_handbooks() -> None:
    """The posts are read as they stand; a handbook that says nothing lets nobody change it."""
    national = Handbook.from_texts(NATIONAL)
    assert national.edit_posts and national.approve_posts
    assert changed("").edit_posts == changed("").approve_posts == ()
    made = changed('[editing]\nedit_posts = ["gis"]\napprove_posts = []\narticle = "TJA-3-APPROVED"\n')
    assert (made.edit_posts, made.approve_posts) == (("gis",), ())


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
    before = NATIONAL["handbook.toml"].split("# Who may write")[0].count("\n")
    assert before < error.line <= before + addition.count("\n")
