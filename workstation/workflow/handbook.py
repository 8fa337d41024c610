"""Handbooks (指挥手册): a city as data. What a handbook holds, and how it is asked; reading is in ``handbook_reader``."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from .case import State
from .event import canonical_json
from .flow import Arrow
from .handbook_parts import (
    Accountability,
    AccountStep,
    Article,
    Body,
    Budget,
    ClassItem,
    ClockSpec,
    Condition,
    Document,
    Evaluation,
    Level,
    Meeting,
    Milestone,
    Personal,
    Plan,
    Post,
    Publication,
    Rapid,
    Report,
    Responsibility,
    Rules,
    Source,
)
from .library import handbooks

__all__ = [
    "AccountStep",
    "Accountability",
    "Article",
    "Body",
    "Budget",
    "ClassItem",
    "ClockSpec",
    "Condition",
    "Document",
    "Evaluation",
    "Handbook",
    "HandbookError",
    "Level",
    "Meeting",
    "Milestone",
    "Personal",
    "Plan",
    "Post",
    "Publication",
    "Rapid",
    "Report",
    "Responsibility",
    "Rules",
    "Source",
]


class HandbookError(Exception):
    """A handbook that cannot be used: in which file and line, at which key, what is wrong and what to do about it.

    ``code`` is stable (unknown_state, unknown_post, duplicate_key, ...). ``line`` 0 means the file as a whole.
    """

    def __init__(self, code: str, file: str, line: int, key: str, problem: str, advice: str) -> None:
        super().__init__(f"{file}:{line}: {key}: {problem} {advice}")
        self.code = code
        self.file = file
        self.line = line
        self.key = key
        self.problem = problem
        self.advice = advice


@dataclass(frozen=True)
class Handbook:
    """One edition of a city's handbook, whole and immutable. Equal where its texts are."""

    city: str
    edition: str
    title: str
    note: str
    approver: str
    valid_from: str
    class_edition: str
    documents: tuple[Document, ...]
    posts: Mapping[str, Post]
    sources: Mapping[str, Source]
    arrows: tuple[Arrow, ...]
    classes: tuple[ClassItem, ...]
    all_conditions: tuple[Condition, ...]
    clocks: Mapping[str, ClockSpec]
    milestones: Mapping[str, Milestone]
    rules: Rules
    labels: Mapping[str, Mapping[str, str]] = field(repr=False)
    texts: Mapping[str, str] = field(repr=False)
    """Everything it was read from, by file name (its base's as ``base/NAME``): enough for :meth:`from_texts`."""
    levels: Mapping[str, Level] = field(default_factory=dict)
    bodies: Mapping[str, Body] = field(default_factory=dict)
    coordination: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By scope (inside, across): the bodies that a dispute goes to, one after the other."""
    plans: Mapping[str, Plan] = field(default_factory=dict)
    budgets: Mapping[str, Budget] = field(default_factory=dict)
    rapid: Rapid | None = None
    accountability: tuple[Accountability, ...] = ()
    reports: Mapping[str, Report] = field(default_factory=dict)
    publications: Mapping[str, Publication] = field(default_factory=dict)
    meetings: Mapping[str, Meeting] = field(default_factory=dict)
    evaluation: Evaluation | None = None
    articles: Mapping[str, Article] = field(default_factory=dict)
    base: str = ""
    """The handbook that this one is laid over, by name; "" for one that stands by itself."""
    draft: bool = False
    """Whether it was never issued: ``valid_from`` may then be ""."""
    responsibilities: tuple[Responsibility, ...] = ()
    edit_posts: tuple[str, ...] = ()
    """Who may write drafts of a new edition; ``approve_posts``: who may approve one (TJA-3-APPROVED)."""
    approve_posts: tuple[str, ...] = ()
    staff_posts: tuple[str, ...] = ()
    """Who keeps the register of people and contacts; ``stop_posts``: who may stop a collector (MQ-14-TRAINED)."""
    stop_posts: tuple[str, ...] = ()
    inventory_posts: tuple[str, ...] = ()
    """Who keeps the grids and the components."""
    personal: Personal = field(default_factory=Personal)
    """How long personal data of those who report is kept, and for what reasons it is looked at (TZ-5-PRIVACY)."""

    # ---- where it comes from ----

    @classmethod
    def load(cls, folder: Path) -> Handbook:
        """The handbook in a folder. HandbookError names file, line, key and problem."""
        from .handbook_folder import read_folder
        from .handbook_reader import read_texts

        return read_texts(read_folder(folder))

    @classmethod
    def from_texts(cls, texts: Mapping[str, str], *, kept: bool = False) -> Handbook:
        """The handbook written in these files (name → text).

        ``kept``: it was accepted once, and is read because cases live under it. Words that only later programs ask for
        are then the national handbook's, where it has none.
        """
        from .handbook_reader import read_texts

        return read_texts(texts, kept=kept)

    @classmethod
    def national(cls) -> Handbook:
        """The national default that ships with the program."""
        return cls.named("national")

    @classmethod
    def available(cls) -> list[str]:
        """The names of the handbooks there are, the national one first (:func:`workstation.workflow.library.handbooks`)."""
        return list(handbooks())

    @classmethod
    def named(cls, name: str) -> Handbook:
        """The handbook of that name. HandbookError: there is none."""
        folders = handbooks()
        if name not in folders:
            advice = f"Use one of: {', '.join(folders)}."
            raise HandbookError("unknown_handbook", name, 0, name, "there is no such handbook.", advice)
        return cls.load(folders[name])

    # ---- asking ----

    @cached_property
    def id(self) -> str:
        """``city/edition/digest``: the digest is of the texts, so that a changed word is another handbook."""
        digest = hashlib.sha256(canonical_json(dict(self.texts)).encode()).hexdigest()
        return f"{self.city}/{self.edition}/{digest[:12]}"

    @cached_property
    def _arrows(self) -> dict[str, Arrow]:
        return {a.name: a for a in self.arrows}

    def arrow(self, name: str) -> Arrow | None:
        """The arrow of that name, if the flow has one."""
        return self._arrows.get(name)

    @cached_property
    def _from(self) -> dict[State | None, tuple[Arrow, ...]]:
        states: tuple[State | None, ...] = (None, *State)
        return {s: tuple(a for a in self.arrows if s in a.frm) for s in states}

    def arrows_from(self, state: State | None) -> tuple[Arrow, ...]:
        """The arrows that leave a state; None: those that make a case."""
        return self._from[state]

    @cached_property
    def _classes(self) -> dict[tuple[str, str], ClassItem]:
        return {(c.kind, c.code): c for c in self.classes}

    @cached_property
    def class_codes(self) -> frozenset[str]:
        """The codes of all classes, of either kind."""
        return frozenset(item.code for item in self.classes)

    def class_item(self, kind: str, code: str) -> ClassItem | None:
        """The class, or None."""
        return self._classes.get((kind, code))

    @cached_property
    def _conditions(self) -> dict[tuple[str, str], list[Condition]]:
        out: dict[tuple[str, str], list[Condition]] = {}
        for condition in self.all_conditions:
            out.setdefault((condition.kind, condition.class_code), []).append(condition)
        return out

    def conditions(self, kind: str, code: str) -> list[Condition]:
        """The filing conditions of a class, in the handbook's order; empty where it has none."""
        return list(self._conditions.get((kind, code), ()))

    @cached_property
    def _condition(self) -> dict[str, Condition]:
        return {c.key: c for c in self.all_conditions}

    def condition(self, key: str) -> Condition | None:
        """The filing condition of that key."""
        return self._condition.get(key)

    def is_emergency(self, kind: str, code: str) -> bool:
        """Whether cases of the class are emergencies unless somebody says otherwise."""
        return any(kind == k and code.startswith(prefix) for k, prefix in self.rules.emergency_classes)

    def plans_for(self, kind: str, code: str) -> list[Plan]:
        """The emergency plans for cases of the class, in the handbook's order."""
        return [p for p in self.plans.values() if p.covers(kind, code)]

    def article(self, id: str) -> Article:
        """The article of that id as it is shown: its document's title, and where in it. Unknown ones are themselves."""
        told = self.articles.get(id)
        if told is not None:
            return told
        key, _, rest = id.partition("-")
        document = next((d for d in self.documents if d.key == key), None)
        if document is None:
            return Article(id, "", id)
        number = rest.split("-")[0]
        where = document.numbering.format(chinese_number(int(number))) if number.isdecimal() else ""
        return Article(id, document.title, where)

    def label(self, kind: str, key: Any) -> str:
        """The handbook's word for a key: kind is states, stages, posts, arrows, sources, clocks, requests, refusals, ...

        The singular of each kind is understood too. A key without a label is its own label.
        """
        group = self.labels.get(kind)
        if group is None:
            group = self.labels.get(_PLURAL.get(kind, kind + "s"), {})
        return group.get(str(key), str(key))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Handbook) and self.id == other.id

    def __hash__(self) -> int:
        return hash(self.id)


def chinese_number(number: int) -> str:
    """A number below a hundred as documents number their articles: 二十一."""
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    if not tens:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


_PLURAL = {
    "class": "classes",
    "request_kind": "requests",
    "request_kinds": "requests",
    "time_unit": "units",
    "limit_unit": "units",
    "area_class": "area_classes",
}
