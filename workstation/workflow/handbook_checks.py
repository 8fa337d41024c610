"""What the parts of a handbook promise one another: whoever shall decide or endorse can, and what is paid for is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .flow import WAYS, Arrow
from .handbook import Body, Budget, Rapid, Rules
from .handbook_toml import TomlFile


def check_together(
    head: TomlFile,
    flow: TomlFile,
    around_file: TomlFile,
    rules: Rules,
    arrows: tuple[Arrow, ...],
    around: Mapping[str, Any],
) -> None:
    """HandbookError where one part wants what another does not allow."""
    posts = {a.name: a.posts for a in arrows}
    path = ("rules", "endorsed_requests", "post")
    if rules.endorsed and rules.endorser not in posts.get("endorse_request", ()):
        problem = f"{rules.endorser!r} cannot take the arrow 'endorse_request'."
        head.fail("no_arrow", path, problem, "Give it to the post, or let no kind be endorsed.")
    if rules.leader_approves and "approve_receipt" not in posts:
        problem = "there is no arrow 'approve_receipt'."
        head.fail("no_arrow", ("rules", "leader_approves", "on"), problem, "Add it, or write on = false.")
    _check_coordination(flow, around_file, posts, around["bodies"], around["coordination"])
    _check_ways(flow, around_file, posts, around["budgets"], around["rapid"])


def _check_coordination(
    flow: TomlFile,
    around_file: TomlFile,
    posts: Mapping[str, tuple[str, ...]],
    bodies: Mapping[str, Body],
    coordination: Mapping[str, tuple[str, ...]],
) -> None:
    if "coordinate" in posts and not coordination:
        problem = "nobody is named who decides."
        flow.fail("no_body", _at(flow, "coordinate"), problem, "Write [coordination] in around.toml.")
    for key in dict.fromkeys(key for keys in coordination.values() for key in keys):
        for post in bodies[key].posts:
            if post not in posts.get("assign", ()):
                problem = f"{post!r} cannot take the arrow 'assign', and so decides nothing."
                advice = "Give it to the post, or name another post."
                around_file.fail("no_arrow", ("body", key, "posts"), problem, advice)


def _check_ways(
    flow: TomlFile,
    around_file: TomlFile,
    posts: Mapping[str, tuple[str, ...]],
    budgets: Mapping[str, Budget],
    rapid: Rapid | None,
) -> None:
    if rapid is None and "rapid" in posts:
        problem = "no classes are named for which it is."
        flow.fail(
            "no_classes", _at(flow, "rapid"), problem, "Write [rapid] in around.toml, or remove the arrow."
        )
    if rapid is not None and "rapid" not in posts:
        problem = "there is no arrow 'rapid'."
        around_file.fail("no_arrow", ("rapid",), problem, "Add it, or remove this.")
    arrow_of = {way: name for name, way in WAYS.items()}
    for key, budget in budgets.items():
        for way in budget.ways:
            if arrow_of[way] not in posts:
                problem = f"there is no arrow {arrow_of[way]!r}."
                around_file.fail("no_arrow", ("budget", key, "ways"), problem, "Add it, or name another way.")


def _at(flow: TomlFile, name: str) -> tuple[str | int, ...]:
    index = next(i for i, entry in enumerate(flow.raw["arrow"]) if entry["name"] == name)
    return ("arrow", index, "name")
