"""Two editions of a handbook beside each other: what differs, part by part and key by key, in the handbook's words.

Generic on purpose: every field of every part is compared, so that a part that is added to handbooks is compared too.
What is compared is keys, what is told is words: another name for a post is one difference, not one in each of its arrows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from .flow import FieldSpec
from .handbook import Handbook

NEW = "∅"
"""Where an arrow begins that makes a case."""

WHOLE = ""
"""The field of a difference that concerns a whole thing: it is new, or gone."""

HEAD = (
    "title",
    "edition",
    "approver",
    "valid_from",
    "class_edition",
    "note",
    "draft",
    "edit_posts",
    "approve_posts",
    "staff_posts",
    "stop_posts",
    "inventory_posts",
    "base",
)
PARTS = (
    *("head", "documents", "articles", "levels", "posts", "sources", "flow", "classes", "conditions", "clocks"),
    *("milestones", "rules", "personal", "responsibilities", "plans", "budgets", "rapid", "bodies", "coordination"),
    *("accountability", "reports", "publications", "meetings", "evaluation", "labels"),
)  # fmt: skip
"""The parts in the order in which they are shown."""

# What a field's keys are labels of.
_WORDS = {
    "frm": "states",
    "to": "states",
    "pause_in": "states",
    "posts": "posts",
    "edit_posts": "posts",
    "approve_posts": "posts",
    "staff_posts": "posts",
    "stop_posts": "posts",
    "inventory_posts": "posts",
    "erase_posts": "posts",
    "needed_for": "arrows",
    "reporter": "sights",
    "start": "clocks",
    "stop": "clocks",
    "pause": "clocks",
    "resume": "clocks",
    "milestones": "milestones",
    "asks": "requests",
    "of_request": "requests",
    "endorsed": "requests",
    "endorser": "posts",
    "level": "levels",
    "over": "levels",
    "kind": "kinds",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same. ``part`` is one of :data:`PARTS`, ``key`` names the thing in it, ``name`` says it.

    ``field`` is what of it differs, :data:`WHOLE` where it is only in one of the two; ``before`` and ``after`` are texts,
    "" for nothing. Yes and no are "true" and "false".
    """

    part: str
    key: str
    before: str
    after: str
    name: str = ""
    field: str = WHOLE


def compare(before: Handbook, after: Handbook) -> list[Difference]:
    """What is different in ``after``, in the order of the parts."""
    old, new = facts(before), facts(after)
    old_keys, new_keys = _facts(before, _Keys(before)), _facts(after, _Keys(after))
    out: list[Difference] = []
    for part in PARTS:
        for key in dict.fromkeys((*old.get(part, {}), *new.get(part, {}))):
            mine, theirs = old.get(part, {}).get(key), new.get(part, {}).get(key)
            if mine is None or theirs is None:
                there = mine or theirs or ("", {})
                told = summary(there[1])
                out.append(Difference(part, key, told if mine else "", told if theirs else "", there[0]))
                continue
            before_keys, after_keys = old_keys[part][key][1], new_keys[part][key][1]
            for field in dict.fromkeys((*mine[1], *theirs[1])):
                if before_keys.get(field, "") != after_keys.get(field, ""):
                    was, is_ = mine[1].get(field, ""), theirs[1].get(field, "")
                    out.append(Difference(part, key, was, is_, theirs[0], field))
    return out


Facts = dict[str, dict[str, tuple[str, dict[str, str]]]]
"""Part → key → (name, field → text)."""


def facts(handbook: Handbook) -> Facts:
    """Everything that a handbook says, as texts in its words."""
    return _facts(handbook, _Words(handbook))


def _facts(handbook: Handbook, made: _Words) -> Facts:
    out: Facts = {"head": {}, "rules": {}, "coordination": {}, "labels": {}}
    for name in HEAD:
        out["head"][name] = ("", {"value": made.text(name, getattr(handbook, name))})
    out["documents"] = {d.key: (d.title, made.fields(d, "key")) for d in handbook.documents}
    out["articles"] = {k: (k, made.fields(a, "id")) for k, a in handbook.articles.items()}
    for part in (
        "levels",
        "posts",
        "sources",
        "plans",
        "budgets",
        "bodies",
        "reports",
        "publications",
        "meetings",
    ):
        things: Mapping[str, Any] = getattr(handbook, part)
        out[part] = {key: (thing.label, made.fields(thing, "key")) for key, thing in things.items()}
    for part in ("clocks", "milestones"):
        limited: Mapping[str, Any] = getattr(handbook, part)
        out[part] = {key: (thing.label, made.limited(thing, "key")) for key, thing in limited.items()}
    out["flow"] = {a.name: (a.label, made.fields(a, "name", "reason")) for a in handbook.arrows}
    out["classes"] = {
        f"{c.kind}/{c.code}": (c.name, made.fields(c, "kind", "code", "edition")) for c in handbook.classes
    }
    out["conditions"] = {
        c.key: (
            handbook.label("classes", f"{c.kind}/{c.class_code}"),
            made.limited(c, "key", "kind", "class_code"),
        )
        for c in handbook.all_conditions
    }
    for field in fields(handbook.rules):
        if field.name != "articles":
            value = made.text(field.name, getattr(handbook.rules, field.name))
            out["rules"][field.name] = ("", {"value": value})
    for scope, keys in handbook.coordination.items():
        out["coordination"][scope] = ("", {"value": " → ".join(made.word("bodies", key) for key in keys)})
    out["responsibilities"] = {r.text: (r.text, made.fields(r, "text")) for r in handbook.responsibilities}
    out["accountability"] = {
        a.kind: ("", {"steps": "；".join(s.label for s in a.steps), "article": a.article})
        for a in handbook.accountability
    }
    for part in ("rapid", "evaluation", "personal"):
        single = getattr(handbook, part)
        out[part] = {} if single is None else {part: ("", made.fields(single))}
    for group, words in handbook.labels.items():
        if group not in _MADE:
            out["labels"].update({f"{group}/{key}": (word, {"value": word}) for key, word in words.items()})
    return out


# Labels that the reader makes from other parts: what differs in them is told there.
_MADE = frozenset(
    {"posts", "sources", "arrows", "clocks", "classes", "conditions", "documents", "milestones", "levels"}
    | {"bodies", "plans", "budgets", "reports", "publications", "meetings"}
)


def summary(told: Mapping[str, str]) -> str:
    """The fields of a thing in one line, the empty ones left out."""
    return "；".join(text for text in told.values() if text and text not in ("true", "false"))


class _Words:
    """Values of one handbook as texts, in its own words."""

    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook

    def fields(self, thing: Any, *without: str) -> dict[str, str]:
        return {
            field.name: self.text(field.name, getattr(thing, field.name))
            for field in fields(thing)
            if field.name not in without
        }

    def limited(self, thing: Any, *without: str) -> dict[str, str]:
        """The fields of something with a limit: amount and unit are one."""
        told = self.fields(thing, *without, "amount", "unit")
        limit = f"{thing.amount:g} {self.word('units', thing.unit)}" if thing.unit else ""
        return {"limit": limit, **told}

    def text(self, name: str, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, float):
            return f"{value:g}"
        if isinstance(value, FieldSpec):
            name = self.word("fields", value.name)
            return name if value.required else f"（{name}）"
        if isinstance(value, Mapping):
            group = "area_classes" if name == "by_area" else ""
            return "、".join(f"{self.word(group, k)} {self.text('', v)}" for k, v in value.items())
        if isinstance(value, str):
            return self.word(_WORDS.get(name, ""), value)
        if name == "emergency_classes":
            return "、".join(":".join(item) for item in value)
        if isinstance(value, Iterable):
            return "、".join(self.text(name, NEW if item is None else item) for item in value)
        return str(value)

    def word(self, group: str, key: str) -> str:
        """The handbook's word for a key of the group; without one the key itself."""
        return self._handbook.label(group, key) if group and key else key


class _Keys(_Words):
    """The same values by their keys: what does not change when only a word does."""

    def word(self, group: str, key: str) -> str:
        return key
