"""Asking the door of a PostGIS city: commands go in as they are, and what the server decided comes back as a seat has it.

One call is one statement and one transaction. A call whose answer was lost is made again with the same command ids. A seat that
was left open while the program in the database was renewed is told so (StoreError), and nothing is done for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from ...store import raw
from ...store.database import Database
from ...store.errors import SeqConflict
from ...store.log import StoredEvent
from ...store.server.door import difference, program
from ...workflow.case import Case
from ...workflow.event import Actor, Command, Event, Refusal, format_instant, parse_instant
from ...workflow.fields import storable
from ..cases.perform import Answer, Done, Made
from ..errors import Conflict, NotFound, Refused

_PERFORM = "SELECT CAST(door.perform(CAST(? AS jsonb), ?, ?, CAST(? AS jsonb)) AS text)"


class AtDoor:
    """The door of one city, as its seats call it."""

    def __init__(self, database: Database, now: Callable[[], datetime] | None = None) -> None:
        """``now``: whoever owns the city may say what time it is, as imports and tests do; the server's time without."""
        self._database = database
        self._now = now

    def together(self, commands: Sequence[Command], actor: Actor) -> list[Made]:
        """Do all of the commands or none. Refused, Conflict, NotFound; SeqConflict where others were quicker each time."""
        for command in commands:
            if (refusal := _unsendable(command)) is not None:
                raise Refused(refusal)
        answer = self._ask(commands, actor, "together")
        if "done" not in answer:
            raise _other(answer)
        return [_made(item) for item in answer["done"]]

    def each(self, commands: Sequence[Command], actor: Actor) -> tuple[list[Answer], list[Made]]:
        """Do each command by itself: an answer for each in their order, and everything that was done."""
        kept = {n: Refused(said) for n, c in enumerate(commands) if (said := _unsendable(c)) is not None}
        sent = [command for n, command in enumerate(commands) if n not in kept]
        answer = self._ask(sent, actor, "each") if sent else {"done": [], "answers": []}
        if "done" not in answer:
            raise _other(answer)
        made = [_made(item) for item in answer["done"]]
        done = {item.event.command_id: item for item, _ in made}
        answers = iter(answer["answers"])
        return [kept[n] if n in kept else _answer(next(answers), done) for n in range(len(commands))], made

    def ready(self) -> None:
        """Let the server load what deciding takes, before somebody waits for it. StoreError where it cannot be reached."""
        with self._database.autocommit() as conn:
            raw.first(conn, "SELECT door.ready()")

    def _ask(self, commands: Sequence[Command], actor: Actor, mode: str) -> dict[str, Any]:
        sent = [
            {"name": c.name, "case_id": c.case_id, "id": c.id, "data": c.data, "expected_seq": c.expected_seq}
            for c in commands
        ]
        options: dict[str, Any] = {
            "actor": {"person": actor.person, "name": actor.name, "unit": actor.unit},
            "program": program()["digest"],
        }
        if self._now is not None:
            options["now"] = format_instant(self._now())
        values = (_json(sent), actor.post, mode, _json(options))
        with self._database.autocommit() as conn:
            row = raw.first(conn, _PERFORM, values)
        answer: dict[str, Any] = json.loads(row[0]) if row else {}
        if "program" in answer:
            raise difference(answer["program"], self._database.url)
        return answer


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _unsendable(command: Command) -> Refusal | None:
    """The field with signs in it that the server takes from nobody, refused as the program inside would."""
    for name, value in command.data.items():
        if not storable(json.dumps(value, ensure_ascii=False).replace("\\u0000", "\0")):
            return Refusal("field_wrong", {"arrow": command.name, "field": name})
    return None


def _answer(answer: Mapping[str, Any], done: Mapping[str, Done]) -> Answer:
    if "command" in answer:
        return done[answer["command"]]
    found = _other(answer)
    if isinstance(found, SeqConflict):
        raise found
    return found


def _other(answer: Mapping[str, Any]) -> Refused | Conflict | NotFound | SeqConflict:
    """What it was that was not done."""
    if "refused" in answer:
        return Refused(Refusal(answer["refused"]["code"], answer["refused"]["data"]))
    if "not_found" in answer:
        return NotFound(answer["not_found"]["code"], answer["not_found"]["key"])
    if "conflict" in answer:
        events = [_stored(item) for item in answer["conflict"]["events"]]
        return Conflict(events, Case.from_doc(answer["conflict"]["case"]))
    return SeqConflict(answer["moved"]["case_id"], answer["moved"]["seq"])


def _made(item: Mapping[str, Any]) -> Made:
    return Done(_event(item["event"]), Case.from_doc(item["case"])), item["log_id"]


def _event(item: Mapping[str, Any]) -> Event:
    return Event(
        case_id=item["case_id"],
        seq=item["seq"],
        kind=item["kind"],
        at=parse_instant(item["at"]),
        actor=item["actor"],
        actor_name=item["actor_name"],
        post=item["post"],
        unit=item["unit"],
        command_id=item["command_id"],
        to=item["to"],
        data=item["data"],
    )


def _stored(item: Mapping[str, Any]) -> StoredEvent:
    return StoredEvent(_event(item), item["log_id"], item["hash"], item["prev_hash"])
