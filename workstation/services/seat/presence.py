"""Who looks at a case and who works on it, now. A courtesy among seats: it locks nothing and decides nothing.

On PostGIS each seat has a row of ``presence`` that it writes again every twenty seconds; a seat that was pulled out is
gone after :data:`GONE_SECONDS`. A city in a file is one seat's; the windows that one program has open over it know of
each other without the file, because every beat would otherwise be a commit to the disk.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import Connection, func, select

from ...store import raw
from ...store.tables import cases, presence
from ...workflow.event import Actor
from ..cases.scope import scope_in
from ..lists.query import within

if TYPE_CHECKING:
    from ..services import Services

GONE_SECONDS = 45
WORK, NOTHING = "work", ""
_PRESENT = "SELECT door.present(?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody at another seat who is at a case. ``doing``: look, or work (there is input that is not saved)."""

    seat: str
    person: str
    name: str
    post: str
    case_id: str
    doing: str


class Presence:
    """What this seat tells of itself, and what others tell."""

    _rooms: ClassVar[dict[str, dict[str, tuple[float, Present]]]] = {}
    _open: ClassVar[dict[str, list[Presence]]] = {}
    _door: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self, services: Services) -> None:
        self._services = services
        self._database = services.db
        self.seat = secrets.token_hex(8)
        self._watchers: list[Callable[[], None]] = []
        self._told = False
        self._room = str(services.db.path.absolute()) if services.db.kind == "spatialite" else ""
        if self._room:
            with self._door:
                self._open.setdefault(self._room, []).append(self)

    def watch(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call ``callback`` when somebody has come or gone, in any thread; what is returned ends that."""
        self._watchers.append(callback)

        def unwatch() -> None:
            if callback in self._watchers:
                self._watchers.remove(callback)

        return unwatch

    def heard(self) -> None:
        """Somebody has come or gone. Called by what hears of it."""
        for callback in tuple(self._watchers):
            callback()

    def tell(self, actor: Actor, case_id: str, doing: str) -> None:
        """The actor looks at the case here, or works on it, and at no other; "" for ``doing``: at none."""
        if not case_id:
            doing = NOTHING
        if doing == NOTHING and not self._told:
            return
        if self._room:
            self._tell_room(actor, case_id, doing)
        else:
            with self._database.write() as conn:
                values = (self.seat, case_id, doing, actor.post, actor.person, actor.name)
                raw.cursor(conn, _PRESENT, values)
        self._told = doing != NOTHING

    def _tell_room(self, actor: Actor, case_id: str, doing: str) -> None:
        with self._door:
            room = self._rooms.setdefault(self._room, {})
            before = room.pop(self.seat, None)
            after = None
            if doing != NOTHING:
                after = Present(self.seat, actor.person, actor.name, actor.post, case_id, doing)
                room[self.seat] = (time.monotonic(), after)
            others = [one for one in self._open.get(self._room, ()) if one is not self]
        if (before[1] if before else None) != after:
            for one in others:
                one.heard()

    def others(self, actor: Actor) -> list[Present]:
        """Who is at which case at other seats, as far as the actor sees these cases; by case, who works there first."""
        with self._database.read() as conn:
            found = self._in_room() if self._room else self._on_server(conn)
            scope = scope_in(conn, actor, self._services.handbook)
            if scope is not None:
                ids = {one.case_id for one in found}
                query = select(cases.c.id).where(cases.c.id.in_(ids), within(scope))
                seen = set(conn.execute(query).scalars()) if ids else set()
                found = [one for one in found if one.case_id in seen]
        return sorted(found, key=lambda one: (one.case_id, one.doing != WORK, one.name, one.seat))

    def _in_room(self) -> list[Present]:
        since = time.monotonic() - GONE_SECONDS
        with self._door:
            room = self._rooms.get(self._room, {})
            return [one for at, one in room.values() if one.seat != self.seat and at > since]

    def _on_server(self, conn: Connection) -> list[Present]:
        c = presence.c
        query = select(c.seat, c.person_id, c.name, c.post, c.case_id, c.doing).where(
            c.seat != self.seat, c.at > func.door.presence_since()
        )
        return [Present(*row) for row in conn.execute(query)]

    def close(self) -> None:
        """Leave. On a server the row goes with its time, if nobody has told that the seat was left."""
        self._watchers.clear()
        if self._room:
            with self._door:
                room = self._rooms.get(self._room, {})
                room.pop(self.seat, None)
                here = self._open.get(self._room, [])
                if self in here:
                    here.remove(self)
                if not here:
                    self._rooms.pop(self._room, None)
                    self._open.pop(self._room, None)
