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
from .library import data_folder


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


@dataclass(frozen=True, slots=True)
class Post:
    """A post (岗位). ``hand`` is supervise, dispose, evaluate or "" (none of the three); ``level`` centre, unit, field."""

    key: str
    label: str
    hand: str
    level: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where cases come from. ``family``: patrol (may be filed without a check), hotline, superior, sensor, public."""

    key: str
    label: str
    family: str


@dataclass(frozen=True, slots=True)
class ClassItem:
    """A class of component or event in one edition of the code standard. ``basis``: transcribed, inferred, local."""

    edition: str
    kind: str
    code: str
    main_code: str
    main_name: str
    name: str
    basis: str = "transcribed"


@dataclass(frozen=True, slots=True)
class Condition:
    """A filing condition (立案条件) of a class with its limit and closing standard (结案条件)."""

    key: str
    kind: str
    class_code: str
    text: str
    amount: float
    unit: str
    closing_standard: str
    milestones: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ClockSpec:
    """The limit of a stage. ``by_area`` overrides ``amount`` by area class. ``of_condition``: the case's own limit.

    ``emergency_from_acceptance``: for an emergency the clock starts when the case was accepted (MQ-29-EMERGENCY).
    """

    key: str
    label: str
    amount: float
    unit: str
    by_area: Mapping[str, float]
    article: str
    of_condition: bool = False
    emergency_from_acceptance: bool = False

    def amount_for(self, area_class: str) -> float:
        """The limit for an area class."""
        return self.by_area.get(area_class, self.amount)


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that must be done on the way by a time of its own, counted from the dispatch (TZ-13-SAFETY)."""

    key: str
    label: str
    amount: float
    unit: str
    article: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The switches and figures that guards go by."""

    return_amount: float
    return_unit: str
    extensions: int
    extension_share: float
    suspensions: int
    suspension_days: int
    failures_until_overdue: int
    lead_waits: bool
    filers_close: bool
    emergency_classes: tuple[tuple[str, str], ...]
    articles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """A document that the handbook rests on."""

    key: str
    title: str
    place: str
    year: str


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
    """Everything it was read from, by file name: enough to make it again with :meth:`from_texts`."""

    # ---- where it comes from ----

    @classmethod
    def load(cls, folder: Path) -> Handbook:
        """The handbook in a folder. HandbookError names file, line, key and problem."""
        from .handbook_reader import read_folder, read_texts

        return read_texts(read_folder(folder))

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> Handbook:
        """The handbook written in these files (name → text), as kept in the database."""
        from .handbook_reader import read_texts

        return read_texts(texts)

    @classmethod
    def national(cls) -> Handbook:
        """The national default that ships with the program."""
        return cls.load(data_folder() / "handbooks" / "national")

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


_PLURAL = {
    "class": "classes",
    "request_kind": "requests",
    "request_kinds": "requests",
    "time_unit": "units",
    "limit_unit": "units",
    "area_class": "area_classes",
}
