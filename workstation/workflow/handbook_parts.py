"""The parts of a handbook: what a city says about its posts, classes, clocks, disputes, money, reports and meetings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .case import State


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the organisation (层级): centre, district, street, community, unit, field, system.

    ``over`` is the level above it, "" for the topmost ones.
    """

    key: str
    label: str
    over: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A post (岗位). ``hand`` is supervise, dispose, evaluate or "" (none of the three); ``level`` one of the levels.

    ``reporter``: whether the post may ask to see who reported a case (TZ-5-PRIVACY). seen: of every case in its sight;
    needed: while a move of :attr:`Personal.needed_for` is open to it; masked: never. ``audit``: it reads who looked.
    """

    key: str
    label: str
    hand: str
    level: str
    reporter: str = "masked"
    audit: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where cases come from. ``family``: patrol (may be filed without a check), hotline, superior, sensor, public."""

    key: str
    label: str
    family: str


@dataclass(frozen=True, slots=True)
class ClassItem:
    """A class of component, event or warning in one edition of the code standard.

    ``basis``: transcribed, inferred, local.
    """

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
    by_area: Mapping[str, float] = field(default_factory=dict)

    def amount_for(self, area_class: str) -> float:
        """The limit for an area class, in ``unit``."""
        return self.by_area.get(area_class, self.amount)


@dataclass(frozen=True, slots=True)
class ClockSpec:
    """The limit of a stage. ``by_area`` overrides ``amount`` by area class. ``of_condition``: the case's own limit.

    ``emergency_from_acceptance``: for an emergency the clock starts when the case was accepted (MQ-29-EMERGENCY).
    ``pause_in``: the clock stands still while the case is in one of these states. ``key_cases``: the clock starts for
    key cases (重点案件) only.
    """

    key: str
    label: str
    amount: float
    unit: str
    by_area: Mapping[str, float]
    article: str
    of_condition: bool = False
    emergency_from_acceptance: bool = False
    pause_in: tuple[State, ...] = ()
    key_cases: bool = False

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
    """The switches and figures that guards go by.

    ``yellow_share``: a clock's light is yellow from this share of its limit on. ``endorsed``: kinds of request that the
    ``endorser`` (a post of the unit) agrees to before they can be granted. ``leader_approves``: the unit's leader
    approves what was received before anything is done. ``evidence_needed``: a transfer carries its evidence file.
    A new report within ``duplicate_metres`` and ``duplicate_hours`` of an open case of its class may be the same one.
    ``articles``: what each rule rests on, by the rule's name in handbook.toml.
    """

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
    yellow_share: float = 0.8
    endorsed: tuple[str, ...] = ()
    endorser: str = ""
    leader_approves: bool = False
    evidence_needed: bool = False
    duplicate_metres: float = 30.0
    duplicate_hours: float = 72.0


@dataclass(frozen=True, slots=True)
class Personal:
    """How personal data of those who report is kept (个人信息, TZ-5-PRIVACY).

    ``keep_days``: days after a case has ended until it is erased. ``reasons``: why somebody may look; none: in any words.
    ``needed_for``: the moves for which a post that is shown it only when needed may look. ``looks_per_hour``: from so many
    looks of one person in an hour on an auditor is warned. ``erase_posts``: who erases what a reporter withdraws.
    """

    keep_days: int = 180
    looks_per_hour: int = 20
    reasons: tuple[str, ...] = ()
    needed_for: tuple[str, ...] = ()
    erase_posts: tuple[str, ...] = ()
    article: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that the handbook rests on. ``numbering`` says how it numbers its articles, as 第{}条."""

    key: str
    title: str
    place: str
    year: str
    numbering: str = "第{}条"


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it is shown: ``where`` is 第N条, or "" where the id names no number; ``text`` what it asks."""

    id: str
    document: str
    where: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """Who decides whose a case is (协调机构). ``posts`` write the decision down in the program."""

    key: str
    label: str
    posts: tuple[str, ...]
    article: str


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A rule that says whose a kind of problem is (责任认定): ``classes`` are prefixes "kind:code", ``unit`` a unit's code.

    Made where a case showed that nobody answered for it (TY-3-EMERGENCYFUND); ``case`` is that case's code.
    """

    text: str
    classes: tuple[str, ...] = ()
    unit: str = ""
    case: str = ""

    def covers(self, kind: str, code: str) -> bool:
        """Whether the rule speaks of cases of the class."""
        return begins(self.classes, kind, code)


@dataclass(frozen=True, slots=True)
class Plan:
    """An emergency plan (应急预案). ``classes`` are prefixes, "kind:code"; ``steps`` what is done, in order."""

    key: str
    label: str
    classes: tuple[str, ...]
    steps: tuple[str, ...]
    article: str

    def covers(self, kind: str, code: str) -> bool:
        """Whether the plan is one for cases of the class."""
        return begins(self.classes, kind, code)


@dataclass(frozen=True, slots=True)
class Budget:
    """Money for what is done before anybody answers for it. ``ways``: rapid (快速处置), first (先行处置)."""

    key: str
    label: str
    ways: tuple[str, ...]
    article: str


@dataclass(frozen=True, slots=True)
class Rapid:
    """Rapid disposal (快速处置) by the centre's own crew: of these classes, prefixes "kind:code" (TZ-16-RAPID)."""

    classes: tuple[str, ...]
    article: str

    def covers(self, kind: str, code: str) -> bool:
        """Whether cases of the class may be disposed of rapidly."""
        return begins(self.classes, kind, code)


@dataclass(frozen=True, slots=True)
class AccountStep:
    """From the ``count``-th time in a ``period`` (month) on, ``measure`` (a key) is due; ``label`` says it."""

    count: int
    period: str
    measure: str
    label: str


@dataclass(frozen=True, slots=True)
class Accountability:
    """What a unit answers for (问责): ``kind`` late_receipt, late_disposal or substandard, with rising steps."""

    kind: str
    steps: tuple[AccountStep, ...]
    article: str

    def step(self, times: int) -> AccountStep | None:
        """The step that is due at that many times in a period; None below the first."""
        return next((s for s in reversed(self.steps) if s.count <= times), None)


@dataclass(frozen=True, slots=True)
class Report:
    """A regular report. ``period``: week, two_weeks, month, quarter, year."""

    key: str
    label: str
    period: str
    recipients: tuple[str, ...]
    copies: tuple[str, ...]
    article: str


@dataclass(frozen=True, slots=True)
class Publication:
    """What the public is told. ``period`` as for reports, or "" for what is published once and kept current."""

    key: str
    label: str
    period: str
    channel: str
    article: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A regular meeting (例会). ``agenda``: overdue, returned, disputed, key, suspended. ``period`` "": as called."""

    key: str
    label: str
    period: str
    agenda: tuple[str, ...]
    article: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How results are evaluated: ``indicators`` names a file of data/indicators.

    ``weights`` (indicator → weight) and ``bands`` (name → least score) replace the file's where they are given.
    ``uses``: what the results are a basis for.
    """

    indicators: str
    article: str
    weights: Mapping[str, float] = field(default_factory=dict)
    bands: Mapping[str, float] = field(default_factory=dict)
    uses: tuple[str, ...] = ()


def begins(classes: tuple[str, ...], kind: str, code: str) -> bool:
    """Whether a class is one of those that the prefixes "kind:code" mean."""
    return any(f"{kind}:{code}".startswith(prefix) for prefix in classes)
