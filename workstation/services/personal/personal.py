"""Personal data of those who report, apart from the log: taken out of commands, kept encrypted, looked at, erased.

What :func:`taken` leaves in a command is masked, so neither the domain, the log, the projection nor anything made of
them ever has the name or the number (TZ-5-PRIVACY). It runs where commands are done: on the seat for a city in a file,
inside the server on PostGIS; a seat of a PostGIS city reaches the same functions through ``store/server/looks.sql``.

A look is two steps, :func:`ask_look` and :func:`open_look`, and the second needs the first committed: what nobody can
take back is recorded before anything is shown.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ...store import log, raw
from ...workflow.case import Case
from ...workflow.event import Actor, Command, Event, Refusal, canonical_json, format_instant, parse_instant
from ...workflow.fields import storable
from ...workflow.handbook import Handbook
from ..cases.scope import scope_in
from ..cases.standing import standing_of
from ..errors import NotFound, Refused
from . import keys
from .masking import clear_fields, is_masked, masked

if TYPE_CHECKING:
    from sqlalchemy import Connection

FIELDS = ("reporter", "reporter_phone")
LONGEST = 200
"""Characters of a name or a number; a longer one is neither."""
OPEN_MINUTES = 10
"""How long after it was recorded a look can be opened."""
ERASED = "erased"
"""What stands in ``fields`` of the record that something was erased."""
BATCH = 500
_CURRENT, _FOLDER = "personal.key", "personal.folder"

_ROW = "SELECT content, key_id, erased_at FROM personal WHERE case_id = ?"
_KEEP = (
    "INSERT INTO personal (case_id, content, key_id, made_at, keep_until, erased_at) VALUES (?, ?, ?, ?, '', NULL)"
    " ON CONFLICT (case_id) DO UPDATE SET content = excluded.content, key_id = excluded.key_id,"
    " made_at = excluded.made_at, keep_until = '', erased_at = NULL"
)
_LOOK = (
    "INSERT INTO personal_look (id, case_id, person_id, name, post, reason, fields, at, xact)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ERASE = "UPDATE personal SET content = ?, key_id = '', erased_at = ? WHERE case_id = ? AND erased_at IS NULL RETURNING case_id"
_REOPENED = (
    "UPDATE personal SET keep_until = '' WHERE keep_until <> '' AND erased_at IS NULL"
    " AND case_id IN (SELECT id FROM cases WHERE open)"
)
_ENDED = (
    "SELECT p.case_id, COALESCE(c.closed_at, c.changed_at) FROM personal AS p JOIN cases AS c ON c.id = p.case_id"
    f" WHERE p.keep_until = '' AND p.erased_at IS NULL AND NOT c.open ORDER BY p.case_id LIMIT {BATCH}"
)
_OTHER_KEY = (
    f"SELECT case_id, content, key_id FROM personal WHERE erased_at IS NULL AND key_id <> ? LIMIT {BATCH}"
)
_DUE = (
    "SELECT case_id FROM personal WHERE keep_until <> '' AND keep_until <= ? AND erased_at IS NULL"
    f" ORDER BY case_id LIMIT {BATCH}"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look has shown. ``look`` is its record."""

    look: str
    case_id: str
    reporter: str
    reporter_phone: str


# ---- taking ------------------------------------------------------------------------------------------------------


def taken(conn: Connection, command: Command, now: datetime) -> Command:
    """The command with masked text where it names who reports; the clear text is kept in the caller's transaction.

    A field that comes masked, as from a form that was filled from the case, stays what it was, also where a part of a
    case has its reporter from the whole. Refused field_wrong: a name or a number longer than any is.
    """
    given = [
        name for name in FIELDS if isinstance(command.data.get(name), str) and command.data[name].strip()
    ]
    if not given:
        return command
    fresh = {name: command.data[name].strip() for name in clear_fields(command.data)}
    for name, value in fresh.items():
        if len(value) > LONGEST or not storable(value):
            raise Refused(Refusal("field_wrong", {"arrow": command.name, "field": name}))
    held = _held(conn, command.case_id)
    kept = held
    if not kept and len(fresh) < len(given):
        kept = _held(conn, str(command.data.get("parent") or ""))
        kept = {name: text for name, text in kept.items() if name in given}
    known = {**kept, **fresh}
    if known != held:
        keep(conn, {command.case_id: known}, now)
    told = {name: masked(name, known.get(name, command.data[name])) for name in given}
    return replace(command, data={**command.data, **told})


def taken_cases(
    conn: Connection, told: Iterable[tuple[Sequence[Event], Case]], now: datetime
) -> list[tuple[list[Event], Case]]:
    """Whole cases with their events, as imports and the demo make them, masked; what they name is kept."""
    out: list[tuple[list[Event], Case]] = []
    contents: dict[str, dict[str, str]] = {}
    for events, case in told:
        said = {"reporter": case.reporter, "reporter_phone": case.reporter_phone}
        named = {name: said[name] for name in clear_fields(said)}
        if named:
            contents[case.id] = named
            name, phone = masked("reporter", case.reporter), masked("reporter_phone", case.reporter_phone)
            case = replace(case, reporter=name, reporter_phone=phone)
        out.append(([_masked_event(event) for event in events], case))
    keep(conn, contents, now)
    return out


def _masked_event(event: Event) -> Event:
    clear = clear_fields(event.data)
    if not clear:
        return event
    return replace(event, data={**event.data, **{name: masked(name, event.data[name]) for name in clear}})


def keep(conn: Connection, contents: Mapping[str, Mapping[str, str]], now: datetime) -> None:
    """Keep what was named, case by case, encrypted. On PostGIS the server does it, whose key no seat has."""
    if not contents:
        return
    if not _has_keys(conn):
        rows = json.dumps(contents, ensure_ascii=False)
        statement = "SELECT door.keep_personal(CAST(? AS jsonb), ?)"
        answer_of(raw.first(conn, statement, (rows, format_instant(now))))
        return
    with _key_at_hand():
        ring = _ring(conn)
        name = _current(conn, ring)
        key = ring.get(name)
    made_at = format_instant(now)
    raw.many(
        conn,
        _KEEP,
        [
            (case_id, keys.seal(key, canonical_json(dict(named)).encode(), _belongs(case_id)), name, made_at)
            for case_id, named in contents.items()
        ],
    )


def _held(conn: Connection, case_id: str) -> dict[str, str]:
    """What is kept of the case; empty where nothing is, or it was erased. Refused personal_key_…, personal_damaged."""
    row = raw.first(conn, _ROW, (case_id,)) if case_id else None
    if row is None or row[2] is not None:
        return {}
    return _opened(_ring(conn), case_id, bytes(row[0]), row[1])


def _opened(ring: keys.Ring, case_id: str, content: bytes, key_id: str) -> dict[str, str]:
    with _key_at_hand():
        found = json.loads(keys.unseal(ring.get(key_id), content, _belongs(case_id)))
    return {name: str(found[name]) for name in FIELDS if name in found}


def _belongs(case_id: str) -> str:
    """What the encrypted content is bound to, so that one case's cannot be put in another's place."""
    return f"personal/1/{case_id}"


# ---- keys --------------------------------------------------------------------------------------------------------


def _has_keys(conn: Connection) -> bool:
    """Whether the key is on this side of the connection."""
    return conn.dialect.name != "postgresql" or _inside(conn)


def _inside(conn: Connection) -> bool:
    """Whether this runs in the server."""
    return conn.dialect.driver == raw.INSIDE


def _ring(conn: Connection) -> keys.Ring:
    if not _inside(conn):
        return keys.home_ring()
    return keys.ring(_setting(conn, _FOLDER) or server_folder(conn))


def server_folder(conn: Connection) -> str:
    """Where a server keeps its keys unless ``personal.folder`` says otherwise: beside its data directory, never in it."""
    from pathlib import Path

    row = raw.first(conn, "SELECT current_setting('data_directory')")
    return str(Path(str(row[0] if row else "")).resolve().parent / "workstation-keys")


def _current(conn: Connection, ring: keys.Ring) -> str:
    """The id of the key for what is kept from now on; the first one is made here.

    A server's key that has gone is an error: its folder may not be there for a while. A workstation takes a new one, or a
    file that was brought to it would take no reports; what the old key sealed stays closed until that file is brought too.
    """
    name = _setting(conn, _CURRENT)
    if name and (ring.has(name) or _inside(conn)):
        return name
    name = ring.make()
    set_setting(conn, _CURRENT, name)
    return name


def _setting(conn: Connection, name: str) -> str:
    table = "door.keeping" if _inside(conn) else "city"
    row = raw.first(conn, f"SELECT value FROM {table} WHERE key = ?", (name,))
    return str(row[0]) if row else ""


def set_setting(conn: Connection, name: str, value: str) -> None:
    """Note where keys are. On a server the note is the owner's alone: nobody leads the server to a folder of their own."""
    table = "door.keeping" if _inside(conn) else "city"
    raw.cursor(
        conn,
        f"INSERT INTO {table} (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def rekey(conn: Connection, now: datetime) -> tuple[str, int]:
    """Take a new key and encrypt everything that is kept with it: the key's id, and how many cases. Refused personal_key_…, personal_damaged.

    The old key's file stays: backups of before need it. Whoever removes it erases what those backups hold.
    """
    if not _has_keys(conn):
        found = answer_of(raw.first(conn, "SELECT door.rekey_personal()"))
        return str(found["key"]), int(found["cases"])
    with _key_at_hand():
        ring = _ring(conn)
        name = ring.make()
        set_setting(conn, _CURRENT, name)
        key, count = ring.get(name), 0
        while rows := raw.all_rows(conn, _OTHER_KEY, (name,)):
            for case_id, content, old in rows:
                text = keys.unseal(ring.get(old), bytes(content), _belongs(case_id))
                values = (keys.seal(key, text, _belongs(case_id)), name, case_id)
                raw.cursor(conn, "UPDATE personal SET content = ?, key_id = ? WHERE case_id = ?", values)
            count += len(rows)
    return name, count


_KEYLESS = {
    "missing": "personal_key_missing",
    "unreadable": "personal_key_unreadable",
    "damaged": "personal_key_damaged",
}


@contextmanager
def _key_at_hand() -> Iterator[None]:
    """A key that is not there, or does not fit, as a refusal: it is told to whoever sits at a seat far from it."""
    try:
        yield
    except keys.KeyMissing as error:
        data = {"key": error.key, "folder": error.folder}
        raise Refused(Refusal(_KEYLESS[error.code], data)) from error
    except keys.Sealed as error:
        raise Refused(Refusal("personal_damaged")) from error


def answer_of(row: tuple[Any, ...] | None) -> dict[str, Any]:
    """What the server answered; its refusals as they are here."""
    found: Any = row[0] if row else {}
    if isinstance(found, str):
        found = json.loads(found)
    if refused := found.get("refused"):
        raise Refused(Refusal(refused["code"], refused["data"]))
    if absent := found.get("not_found"):
        raise NotFound(absent["code"], absent["key"])
    return dict(found)


# ---- looking -----------------------------------------------------------------------------------------------------


def may_look(actor: Actor, handbook: Handbook, case: Case | None = None) -> bool:
    """Whether the actor's post may ask to see who reported: any case, or this one for a move that is open to it now."""
    post = handbook.posts.get(actor.post)
    if post is None or post.reporter == "masked":
        return False
    if post.reporter == "seen":
        return True
    needed = handbook.personal.needed_for
    return case is not None and any(
        arrow.name in needed and actor.post in arrow.posts for arrow in handbook.arrows_from(case.state)
    )


def reason_holds(reason: str, handbook: Handbook) -> bool:
    """Whether the reason is one of the handbook's, with or without 「：」 and words of one's own behind it."""
    listed = handbook.personal.reasons
    head = reason.partition("：")[0].strip()
    return head in listed if listed else bool(head)


def ask_look(
    conn: Connection, case_id: str, reason: str, actor: Actor, handbook: Handbook, now: datetime
) -> str:
    """Record that the actor looks at who reported the case, and why; the record's id, to be opened once it is committed.

    Refused: not_your_post, look_not_yours (the handbook does not let the post), look_reason, personal_none (nobody is
    named), personal_erased. NotFound: no_such_case, not_yours.
    """
    if standing_of(conn, actor, now) is None:
        raise Refused(Refusal("not_your_post", {"post": actor.post, "person": actor.person}))
    case = log.load_case(conn, case_id)
    if case is None:
        raise NotFound("no_such_case", case_id)
    scope = scope_in(conn, actor, handbook)
    if scope is not None and not scope.sees(case):
        raise NotFound("not_yours", case_id)
    if not may_look(actor, handbook, case):
        raise Refused(Refusal("look_not_yours", {"post": actor.post}))
    if not reason_holds(reason, handbook) or len(reason) > LONGEST:
        raise Refused(Refusal("look_reason"))
    fields = _fields_of(conn, case)
    look = f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(10)}"
    _record(conn, look, case_id, actor, reason.strip(), ",".join(fields), now)
    return look


def _fields_of(conn: Connection, case: Case) -> list[str]:
    """What there is to see of the case."""
    row = raw.first(conn, _ROW, (case.id,))
    if row is not None and row[2] is not None:
        raise Refused(Refusal("personal_erased", {"until": row[2]}))
    named = [name for name in FIELDS if getattr(case, name)]
    # Without a row the log has what there is: in the clear if it is of before, masked if somebody sent it masked.
    if not named or (row is None and all(is_masked(getattr(case, name)) for name in named)):
        raise Refused(Refusal("personal_none"))
    return named


def _record(
    conn: Connection, look: str, case_id: str, actor: Actor, reason: str, fields: str, now: datetime
) -> None:
    values = (actor.person, actor.name, actor.post, reason, fields, format_instant(now), _xact(conn))
    raw.cursor(conn, _LOOK, (look, case_id, *values))


def _xact(conn: Connection) -> str:
    """The transaction that we are in; "" on SpatiaLite, where the seat itself commits in between."""
    if conn.dialect.name != "postgresql":
        return ""
    row = raw.first(conn, "SELECT CAST(pg_current_xact_id() AS text)")
    return str(row[0]) if row else ""


def open_look(conn: Connection, look: str, person: str, now: datetime) -> Seen:
    """What the look was recorded for.

    Refused: look_unknown (not this person's, or never recorded), look_uncommitted (recorded in this very transaction),
    look_over (longer ago than OPEN_MINUTES), personal_erased. Refused personal_key_…, personal_damaged.
    """
    row = raw.first(
        conn,
        "SELECT case_id, at, xact, fields FROM personal_look WHERE id = ? AND person_id = ?",
        (look, person),
    )
    if row is None or row[3] == ERASED:
        raise Refused(Refusal("look_unknown"))
    case_id, at, xact, _ = row
    if xact and xact == _xact(conn):
        raise Refused(Refusal("look_uncommitted"))
    if now - parse_instant(at) > timedelta(minutes=OPEN_MINUTES):
        raise Refused(Refusal("look_over"))
    held = raw.first(conn, _ROW, (case_id,))
    if held is not None and held[2] is not None:
        raise Refused(Refusal("personal_erased", {"until": held[2]}))
    case = log.load_case(conn, case_id)
    found = {name: getattr(case, name) for name in FIELDS}
    if held is not None:
        found |= _opened(_ring(conn), case_id, bytes(held[0]), held[1])
    return Seen(look, case_id, found["reporter"], found["reporter_phone"])


def in_the_clear(conn: Connection) -> int:
    """How many cases name their reporter in the clear: logs of before say so for ever, masked only where they are shown."""
    inside = (
        "json_extract(doc, '$.{0}')" if conn.dialect.name == "sqlite" else "(CAST(doc AS jsonb) ->> '{0}')"
    )
    told = (inside.format(field) for field in FIELDS)
    clear = " OR ".join(f"({text} <> '' AND {text} NOT LIKE '%**%')" for text in told)
    row = raw.first(conn, f"SELECT count(*) FROM cases WHERE {clear}")
    return int(row[0]) if row else 0


# ---- erasing -----------------------------------------------------------------------------------------------------


def erase(
    conn: Connection, case_id: str, reason: str, actor: Actor, handbook: Handbook, now: datetime
) -> None:
    """Erase who reported the case, because the reporter withdraws it; who did, and why, is recorded with the looks.

    Refused: not_your_post, erase_not_yours, field_missing (no reason), personal_none.
    """
    if standing_of(conn, actor, now) is None:
        raise Refused(Refusal("not_your_post", {"post": actor.post, "person": actor.person}))
    if actor.post not in handbook.personal.erase_posts:
        raise Refused(Refusal("erase_not_yours", {"post": actor.post}))
    reason = reason.strip()
    if not reason or len(reason) > LONGEST:
        raise Refused(Refusal("field_missing", {"arrow": ERASED, "field": "reason"}))
    if not _erase(conn, case_id, reason, actor, now):
        raise Refused(Refusal("personal_none"))


def _erase(conn: Connection, case_id: str, reason: str, actor: Actor, now: datetime) -> bool:
    if raw.first(conn, _ERASE, (b"", format_instant(now), case_id)) is None:
        return False
    look = f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(10)}"
    _record(conn, look, case_id, actor, reason, ERASED, now)
    return True


CLOCK = Actor("system", "系统", "system")
TERM = "term"
"""The reason of what is erased because its term is over."""


def erase_due(conn: Connection, handbook: Handbook, now: datetime) -> int:
    """Tell the terms of cases that have ended, and erase what is over its term; how many. At most BATCH of each.

    A case that was opened again has no term until it ends once more.
    """
    raw.cursor(conn, _REOPENED)
    days = timedelta(days=handbook.personal.keep_days)
    ended = [
        (format_instant(parse_instant(at) + days), case_id) for case_id, at in raw.all_rows(conn, _ENDED)
    ]
    if ended:
        raw.many(conn, "UPDATE personal SET keep_until = ? WHERE case_id = ?", ended)
    due = raw.all_rows(conn, _DUE, (format_instant(now),))
    return sum(_erase(conn, row[0], TERM, CLOCK, now) for row in due)
