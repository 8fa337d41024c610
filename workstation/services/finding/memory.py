"""What finding has in memory: names and the codes of cases and components, read once and followed from then on.

Others import, rename and remove while one sits there. The change log says that something has, and the next search
looks what: new codes are read by the keys that the log names, names only where ``find_entry`` is another one.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, ProgrammingError

from ...store import raw
from ...workflow.event import Actor
from ..lists.statement_parts import listed
from . import index
from .codes import Codes
from .names import Names

if TYPE_CHECKING:
    from ..services import Changes, Services

FRESH = 20_000
"""Codes given since they were read that are looked through one by one; where there are more, all are read anew."""
NAMED = frozenset({"grid", "unit", "person", "city"})
"""Topics of the change log after which names may be others; roads are told as the city's."""


class Memory:
    """Names and codes of one city. Safe to use from several threads."""

    def __init__(self, services: Services) -> None:
        self._database = services.db
        self._lock = threading.Lock()
        self._building = threading.RLock()
        self.names: Names | None = None
        self._state: tuple[Any, ...] = ()  # of ``find_entry`` when the names were read
        self._codes: dict[str, Codes] = {}
        self._fresh: dict[str, set[str]] = {"case": set(), "component": set()}
        self.cases_of = ""  # whose connection read them: on a server a person reads their own part
        self._stale = {"names", "component", "case"}  # to be read anew
        self._behind: set[str] = set()  # of which the change log has told something since
        self._touched: set[str] = set()
        self._read_to = 0  # the number of the change log up to which components are known
        services.subscribe(self._changed)

    def _changed(self, changes: Changes) -> None:
        with self._lock:
            self._touched |= changes.cases
            if len(self._touched) > FRESH:
                self._touched.clear()
                self._behind.add("case")
            if changes.topics & NAMED:
                self._behind.add("names")
            if "component" in changes.topics:
                self._behind.add("component")

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays."""
        parts = (self.names, *self._codes.values())
        return sum(part.nbytes for part in parts if part is not None)

    @property
    def worn(self) -> bool:
        """Whether it is time to read something anew in the background; what is found is right until then, too."""
        return bool(self._stale)

    # ---- reading all of it ---------------------------------------------------------------------------------------

    def prepare(self, actor: Actor) -> None:
        """Read what is not there yet, or is another one. Takes a second or two in a large city.

        Where ``find_entry`` does not go with the city (it was written past the program), it is brought up to date first,
        if the database takes it.
        """
        with self._building:
            with self._lock:
                stale = self._stale | self._behind
                if self._is_anothers(actor):
                    stale.add("case")
            if "names" in stale:
                self._settled("names")
                kept = self._repair()
                if kept is not None:
                    self.names, self._state = kept, ()
                else:
                    self._read_names()
            if "component" in stale:
                self._read_components()
            if "case" in stale:
                self._settled("case")
                with self._database.read() as conn:
                    self._take("case", Codes.read(conn, "cases"))
                self.cases_of = actor.person

    def _is_anothers(self, actor: Actor) -> bool:
        return self._database.kind == "postgis" and self.cases_of != actor.person

    def _settled(self, *parts: str) -> None:
        with self._lock:
            self._stale.difference_update(parts)
            self._behind.difference_update(parts)

    def _take(self, kind: str, codes: Codes) -> None:
        with self._lock:
            self._codes[kind] = codes
            self._fresh[kind].clear()

    def _repair(self) -> Names | None:
        """Write what ``find_entry`` lacks. Whoever may not write has the names as they are in memory alone."""
        with self._database.read() as conn:
            if not index.outdated(conn):
                return None
            found = index.difference(conn)
        if not self._database.read_only:
            try:
                with self._database.write() as conn:
                    index.write(conn, found)
                return None
            except IntegrityError:
                return None  # another seat has just done the same
            except ProgrammingError:
                pass  # on a server names are kept by who keeps the inventory
        with self._database.read() as conn:
            return Names(index.rows(conn), kept=True)

    def _read_names(self) -> None:
        """Read the names, unless they are those that are known already."""
        with self._database.read() as conn:
            state = index.state(conn)
            if self.names is None or state != self._state:
                self.names, self._state = Names.read(conn), state

    def _read_components(self) -> None:
        """Read every code, or where they are known only those that the change log names."""
        known = "component" in self._codes
        if known and "component" not in self._stale and self._follow_components():
            return
        self._settled("component")
        with self._database.read() as conn:
            row = raw.first(conn, "SELECT max(id) FROM change_log")
            self._read_to = int(row[0] or 0) if row else 0
            self._take("component", Codes.read(conn, "component"))

    def _follow_components(self) -> bool:
        """Take in the codes that the change log names since they were read; False: they are too many."""
        self._settled("component")
        with self._database.glance() as conn:
            rows = raw.all_rows(
                conn,
                f"SELECT id, key FROM change_log WHERE id > ? AND topic = 'component' ORDER BY id LIMIT {FRESH + 1}",
                (self._read_to,),
            )
        with self._lock:
            fresh = self._fresh["component"]
            if len(fresh) + len(rows) > FRESH:
                return False
            fresh.update(row[1] for row in rows)
            self._read_to = max((row[0] for row in rows), default=self._read_to)
        return True

    # ---- following -----------------------------------------------------------------------------------------------

    def follow(self, actor: Actor) -> None:
        """Have in memory what the city is now: read what is not there, else only what has changed since."""
        with self._lock:
            missing = self.names is None or len(self._codes) < len(self._fresh) or "case" in self._behind
        if missing or self._is_anothers(actor):
            self.prepare(actor)
        if self._behind:
            with self._building:
                if (
                    "names" in self._behind and self._state
                ):  # names kept in memory alone are gathered by prepare
                    self._settled("names")
                    self._read_names()
                if "component" in self._behind:
                    self._read_components()
        if self._touched:
            with self._database.glance() as conn:
                self._follow_cases(conn)

    def _follow_cases(self, conn: Connection) -> None:
        with self._lock:
            touched, self._touched = self._touched, set()
        clause, value = listed(conn, sorted(touched))
        rows = raw.all_rows(conn, f"SELECT code FROM cases WHERE id {clause} AND code <> ''", (value,))
        with self._lock:
            self._fresh["case"].update(row[0] for row in rows)
            if len(self._fresh["case"]) > FRESH:
                self._stale.add("case")

    # ---- looking through codes -----------------------------------------------------------------------------------

    def codes(self, kind: str, query: str, most: int, *, inside: bool) -> Iterable[str]:
        """Codes of ``case`` or ``component`` that end or begin with the folded query (``inside``: have it anywhere), some
        more than ``most`` at the most."""
        found: dict[str, None] = {}
        with self._lock:
            codes = self._codes.get(kind)
            found.update(dict.fromkeys(code for code in self._fresh[kind] if _has(code, query, inside)))
        if codes is not None:
            ways = (codes.beginning, codes.ending, *((codes.having,) if inside else ()))
            for spelling in dict.fromkeys((query.upper(), query)):
                for way in ways:
                    if len(found) < most or not inside:
                        found.update(dict.fromkeys(way(spelling, most)))
        return found


def _has(code: str, query: str, inside: bool) -> bool:
    folded = code.casefold()
    return query in folded if inside else folded.startswith(query) or folded.endswith(query)
