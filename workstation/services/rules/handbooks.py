"""Editions of the handbook as the city makes them: drafted, checked, compared, approved by somebody else, kept for ever.

A draft is a row of its own that its authors change. An approved edition is another row, under the id of its texts, which
nothing changes any more: cases live under it (TJA-3-APPROVED, TY-3-HANDBOOK).
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from ...store import changes, rights
from ...store.tables import case_event, cases
from ...store.tables import handbook_edition as table
from ...workflow.event import Actor, Refusal, canonical_json, format_instant, parse_instant
from ...workflow.handbook import Handbook, HandbookError
from ...workflow.handbook_compare import Difference, compare
from ...workflow.handbook_toml import TomlFile
from ..centre.people import holds_post
from ..errors import NotFound, Refused
from .editions import APPROVED, LOCAL
from .handbook_texts import append_entry, get_value, own_files, with_value

if TYPE_CHECKING:
    from ..services import Services

HEAD = "handbook.toml"
DRAFT, SUBMITTED = "draft", "submitted"
DRAFT_ID = "draft/"


@dataclass(frozen=True, slots=True)
class EditionInfo:
    """An edition without its texts. ``status``: draft, submitted (waits for approval), approved, shipped, kept.

    ``shipped`` came with the program; ``kept`` did so once and is here because of cases under it. ``author`` and
    ``approver`` are person ids; ``body`` is who approved by name, as the edition says it. ``holds``: it is in force.
    """

    id: str
    city: str
    edition: str
    status: str
    author: str
    approver: str
    registered_at: datetime | None
    approved_at: datetime | None
    valid_from: date | None
    note: str
    base: str
    holds: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with its texts. ``seen`` stands for what was read: saving needs it, so that nobody overwrites unseen work."""

    info: EditionInfo
    texts: Mapping[str, str]
    seen: str

    @property
    def id(self) -> str:
        """The draft's id."""
        return self.info.id


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the texts of a handbook, as :class:`~workstation.workflow.handbook.HandbookError` says it."""

    code: str
    file: str
    line: int
    key: str
    problem: str
    advice: str

    @classmethod
    def of(cls, error: HandbookError) -> Problem:
        """The same as data."""
        return cls(error.code, error.file, error.line, error.key, error.problem, error.advice)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule that settling a case has proposed (TY-3-EMERGENCYFUND). ``taken``: the handbook in force has it."""

    rule: str
    case_id: str
    case_code: str
    kind: str
    class_code: str
    unit: str
    at: datetime
    by: str
    taken: bool


class Handbooks:
    """The city's handbook and its editions. Refused: see labels.toml, ``edition_…`` and ``draft_…``."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._database = services.db

    # ---- reading -------------------------------------------------------------------------------------------------

    def in_force(self) -> Handbook:
        """The edition that holds now."""
        return self._services.handbook

    def may_edit(self, actor: Actor) -> bool:
        """Whether the handbook in force lets the actor's post write drafts."""
        return actor.post in self.in_force().edit_posts

    def may_approve(self, actor: Actor) -> bool:
        """Whether the handbook in force lets the actor's post approve (somebody else's) drafts."""
        return actor.post in self.in_force().approve_posts

    def history(self) -> list[EditionInfo]:
        """Every edition and draft, drafts first, then the newest; the one in force is marked."""
        query = select(*(c for c in table.c if c.name != "content")).order_by(
            table.c.registered_at.desc(), table.c.id
        )
        with self._database.read() as conn:
            rows = conn.execute(query).mappings().all()
        current = self.in_force()
        found = [self._info(row, current.id) for row in rows]
        if all(info.id != current.id for info in found):
            found.append(_shipped(current))
        order = {DRAFT: 0, SUBMITTED: 0, APPROVED: 1}
        return sorted(found, key=lambda info: order.get(info.status, 2))

    def waiting(self, actor: Actor) -> list[EditionInfo]:
        """The drafts that wait for this person's approval: handed in, and not written in by them."""
        if not self.may_approve(actor):
            return []
        return [
            info
            for info in self.history()
            if info.status == SUBMITTED and actor.person not in info.author.split(",")
        ]

    def get(self, edition: str) -> Handbook:
        """The handbook of that edition, or of a draft as it stands. NotFound; HandbookError when a draft is faulty."""
        if edition.startswith(DRAFT_ID):
            return Handbook.from_texts(self.open(edition).texts)
        current = self.in_force()
        return current if edition == current.id else self._services.editions.get(edition)

    def open(self, draft: str) -> Draft:
        """A draft as it stands; NotFound when there is none of that id (any more)."""
        with self._database.read() as conn:
            row = _row(conn, draft)
        return Draft(self._info(row, ""), json.loads(row["content"]), _digest(row["content"]))

    @staticmethod
    def check(texts: Mapping[str, str]) -> list[Problem]:
        """What is wrong with the texts, empty when they are a handbook.

        Every file that is no TOML is told; what they say is looked through up to the first thing that is wrong.
        """
        found = []
        for name in own_files(texts):
            if name.endswith(".toml"):
                try:
                    TomlFile(name, texts[name])
                except HandbookError as error:
                    found.append(Problem.of(error))
        if found:
            return found
        try:
            Handbook.from_texts(texts)
        except HandbookError as error:
            return [Problem.of(error)]
        return []

    @staticmethod
    def compare(before: Handbook, after: Handbook) -> list[Difference]:
        """What ``after`` says otherwise."""
        return compare(before, after)

    # ---- drafts --------------------------------------------------------------------------------------------------

    def draft(self, base: str, by: Actor, note: str = "") -> Draft:
        """A new draft that begins as a copy of the edition ``base`` ("": of the one in force), under the next number."""
        handbook = self.get(base) if base else self.in_force()
        draft_id = DRAFT_ID + secrets.token_hex(8)
        now = self._services.now()
        with self._database.write() as conn:
            # Taken first, here and below: it puts those who write at once in a row.
            number = changes.add(conn, "handbook", draft_id, format_instant(now))
            self._require(conn, by, self.may_edit(by))
            used = set(conn.execute(select(table.c.edition).where(table.c.city == handbook.city)).scalars())
            edition = next_edition(handbook.edition, used)
            texts = with_value(handbook.texts, HEAD, ("edition",), edition)
            conn.execute(
                insert(table).values(
                    id=draft_id,
                    city=handbook.city,
                    edition=edition,
                    registered_at=format_instant(now),
                    content=json.dumps(texts, ensure_ascii=False),
                    status=DRAFT,
                    author=by.person,
                    note=note,
                    base=handbook.id,
                )
            )
        self._services.announce(["handbook"], [number])
        return self.open(draft_id)

    def save(
        self, draft: str, texts: Mapping[str, str], by: Actor, seen: str, note: str | None = None
    ) -> Draft:
        """Write the draft's texts, right or wrong: an edition is checked when it is submitted.

        Who saves is an author from then on. Refused ``draft_changed`` when somebody has saved since ``seen``.
        """
        with self._database.write() as conn:
            number = changes.add(conn, "handbook", draft, format_instant(self._services.now()))
            self._require(conn, by, self.may_edit(by))
            row = _open_row(conn, draft, {DRAFT, SUBMITTED})
            if _digest(row["content"]) != seen:
                raise Refused(Refusal("draft_changed"))
            values: dict[str, Any] = {
                "content": json.dumps(dict(texts), ensure_ascii=False),
                "status": DRAFT,
                "author": _authors(row["author"], by.person),
                "edition": _edition_of(texts) or row["edition"],
            }
            if note is not None:
                values["note"] = note
            conn.execute(update(table).where(table.c.id == draft).values(**values))
        self._services.announce(["handbook"], [number])
        return self.open(draft)

    def discard(self, draft: str, by: Actor) -> None:
        """Throw the draft away."""
        with self._database.write() as conn:
            number = changes.add(conn, "handbook", draft, format_instant(self._services.now()))
            self._require(conn, by, self.may_edit(by))
            _open_row(conn, draft, {DRAFT, SUBMITTED})
            conn.execute(delete(table).where(table.c.id == draft))
        self._services.announce(["handbook"], [number])

    # ---- approval ------------------------------------------------------------------------------------------------

    def submit(self, draft: str, by: Actor) -> EditionInfo:
        """Hand the draft in for approval. Refused ``edition_faulty`` while :meth:`check` finds something."""
        return self._turn(draft, by, self.may_edit(by), DRAFT, SUBMITTED)

    def send_back(self, draft: str, by: Actor, note: str) -> EditionInfo:
        """Not approved: the draft goes back to its authors, with a word why."""
        return self._turn(draft, by, self.may_approve(by), SUBMITTED, DRAFT, note)

    def _turn(
        self, draft: str, by: Actor, may: bool, before: str, after: str, note: str | None = None
    ) -> EditionInfo:
        with self._database.write() as conn:
            number = changes.add(conn, "handbook", draft, format_instant(self._services.now()))
            self._require(conn, by, may)
            row = _open_row(conn, draft, {before})
            if after == SUBMITTED:
                self._sound(json.loads(row["content"]))
            values = {"status": after} | ({} if note is None else {"note": note})
            conn.execute(update(table).where(table.c.id == draft).values(**values))
            info = self._info(_row(conn, draft), "")
        self._services.announce(["handbook"], [number])
        return info

    def approve(self, draft: str, approver: str, valid_from: date, by: Actor) -> EditionInfo:
        """Approve a submitted draft: an edition that holds from the beginning of that day, and for good.

        ``approver`` is the body in whose name it is approved; it and the day are written into the edition. Refused:
        ``edition_author`` (who wrote in it does not approve it), ``edition_past`` (a day before today),
        ``edition_faulty``, ``edition_used`` (there is an approved edition of that name), ``edition_not_submitted``.
        """
        now = self._services.now()
        with self._database.write() as conn:
            numbers = [changes.add(conn, "handbook", draft, format_instant(now))]
            self._require(conn, by, self.may_approve(by))
            row = _open_row(conn, draft, {SUBMITTED})
            if by.person in row["author"].split(","):
                raise Refused(Refusal("edition_author"))
            if valid_from < now.astimezone(LOCAL).date():
                raise Refused(Refusal("edition_past"))
            texts = with_value(json.loads(row["content"]), HEAD, ("approver",), approver)
            texts = with_value(texts, HEAD, ("valid_from",), valid_from)
            if get_value(texts[HEAD], ("draft",), False):
                # A handbook that ships as a draft has no day of its own until it is approved.
                texts = with_value(texts, HEAD, ("draft",), False)
            handbook = self._sound(texts)
            same = select(table.c.id).where(
                table.c.city == handbook.city,
                table.c.edition == handbook.edition,
                table.c.status == APPROVED,
            )
            shipped = handbook.edition == self.in_force().edition
            if shipped or conn.execute(same).first() is not None:
                raise Refused(Refusal("edition_used", {"edition": handbook.edition}))
            conn.execute(
                insert(table).values(
                    id=handbook.id,
                    city=handbook.city,
                    edition=handbook.edition,
                    registered_at=format_instant(now),
                    content=json.dumps(dict(handbook.texts), ensure_ascii=False),
                    status=APPROVED,
                    author=row["author"],
                    approver=by.person,
                    approved_at=format_instant(now),
                    valid_from=valid_from.isoformat(),
                    note=row["note"],
                    base=row["base"],
                )
            )
            conn.execute(delete(table).where(table.c.id == draft))
            if changes.is_trusted(conn):
                # For a person's role the server does, from the edition's own words.
                rights.keep(conn, handbook, handbook.id)
            numbers.append(changes.add(conn, "handbook", handbook.id, format_instant(now)))
            made = _row(conn, handbook.id)
        self._services.announce(["handbook"], numbers)
        return self._info(made, self.in_force().id)

    # ---- what cases teach ----------------------------------------------------------------------------------------

    def proposals(self) -> list[Proposal]:
        """The rules that settled cases propose for the handbook, the newest first."""
        known = {rule.text for rule in self.in_force().responsibilities}
        query = (
            select(
                case_event.c.data,
                case_event.c.at,
                case_event.c.actor,
                cases.c.id,
                cases.c.code,
                cases.c.kind,
                cases.c.class_code,
            )
            .join(cases, cases.c.id == case_event.c.case_id)
            .where(cases.c.way == "first", case_event.c.kind == "settle")
            .order_by(case_event.c.log_id.desc())
        )
        out = []
        with self._database.read() as conn:
            for row in conn.execute(query):
                data = json.loads(row.data)
                if data.get("rule"):
                    out.append(
                        Proposal(
                            data["rule"],
                            row.id,
                            row.code,
                            row.kind,
                            row.class_code,
                            data.get("unit", ""),
                            parse_instant(row.at),
                            row.actor,
                            data["rule"] in known,
                        )
                    )
        return out

    @staticmethod
    def with_proposal(texts: Mapping[str, str], proposal: Proposal) -> dict[str, str]:
        """The texts with the proposed rule among the rules of responsibility; as they are when it is there already."""
        head = texts.get(HEAD, "")
        if any(rule.get("text") == proposal.rule for rule in _rules(head)):
            return dict(texts)
        entry = {
            "text": proposal.rule,
            "classes": [f"{proposal.kind}:{proposal.class_code}"] if proposal.class_code else [],
            "unit": proposal.unit,
            "case": proposal.case_code,
        }
        return {**texts, HEAD: append_entry(head, "responsibility", entry)}

    # ---- within --------------------------------------------------------------------------------------------------

    @staticmethod
    def _require(conn: Connection, by: Actor, may: bool) -> None:
        if not holds_post(conn, by):
            raise Refused(Refusal("not_your_post", {"post": by.post, "person": by.person}))
        if not may:
            raise Refused(Refusal("edition_not_yours", {"post": by.post}))

    def _sound(self, texts: Mapping[str, str]) -> Handbook:
        """The handbook in the texts. Refused when they are none, or another city's."""
        problems = self.check(texts)
        if problems:
            first = problems[0]
            raise Refused(
                Refusal("edition_faulty", {"file": first.file, "line": first.line, "key": first.key})
            )
        handbook = Handbook.from_texts(texts)
        if handbook.city != self.in_force().city:
            raise Refused(Refusal("edition_other_city", {"city": handbook.city}))
        return handbook

    def _info(self, row: RowMapping, current: str) -> EditionInfo:
        approved_at = row["approved_at"]
        kept = row["status"] == APPROVED and approved_at is None
        return EditionInfo(
            id=row["id"],
            city=row["city"],
            edition=row["edition"],
            status="kept" if kept else row["status"],
            author=row["author"],
            approver=row["approver"],
            registered_at=parse_instant(row["registered_at"]),
            approved_at=parse_instant(approved_at) if approved_at else None,
            valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
            note=row["note"],
            base=row["base"],
            holds=row["id"] == current,
        )


def next_edition(edition: str, used: Collection[str]) -> str:
    """The next name after this one that is not used: its last number counted on, or a number added."""
    found = re.search(r"(\d+)(\D*)$", edition)
    stem, number, tail = (
        (edition[: found.start()], int(found[1]), found[2]) if found else (f"{edition}.", 1, "")
    )
    while (name := f"{stem}{number + 1}{tail}") in used:
        number += 1
    return name


def _shipped(handbook: Handbook) -> EditionInfo:
    day = date.fromisoformat(handbook.valid_from) if handbook.valid_from else None
    return EditionInfo(
        handbook.id, handbook.city, handbook.edition, "shipped", "", "", None, None, day, "", "", True
    )


def _row(conn: Connection, edition: str) -> RowMapping:
    row = conn.execute(select(table).where(table.c.id == edition)).mappings().first()
    if row is None:
        raise NotFound("no_such_edition", edition)
    return row


def _open_row(conn: Connection, draft: str, states: Iterable[str]) -> RowMapping:
    row = _row(conn, draft)
    if row["status"] not in states:
        wanted = (
            "edition_not_submitted" if SUBMITTED in states and row["status"] == DRAFT else "edition_closed"
        )
        raise Refused(Refusal(wanted, {"edition": row["edition"]}))
    return row


def _authors(listed: str, person: str) -> str:
    """Everybody who wrote in it, with a comma between: none of them approves it."""
    return ",".join(dict.fromkeys([*(one for one in listed.split(",") if one), person]))


def _digest(content: str) -> str:
    return hashlib.sha256(canonical_json(json.loads(content)).encode()).hexdigest()


def _edition_of(texts: Mapping[str, str]) -> str:
    try:
        return str(TomlFile(HEAD, texts.get(HEAD, "")).raw.get("edition", ""))
    except HandbookError:
        return ""


def _rules(head: str) -> list[dict[str, Any]]:
    try:
        listed = TomlFile(HEAD, head).raw.get("responsibility", [])
    except HandbookError:
        return []
    return [rule for rule in listed if isinstance(rule, dict)]
