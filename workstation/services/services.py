"""The one door to a city. Thread-safe, synchronous, without Qt: the window calls it from its background tasks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..store.changes import Change, ChangeFeed
from ..store.database import NOTIFY, Database
from ..store.errors import StoreError
from ..store.listener import PRESENCE, Listener, listener
from ..workflow.calendar import WorkCalendar
from ..workflow.case import Case
from ..workflow.handbook import Handbook
from .accounts.accounts import Accounts
from .cases.cases import CaseService, Done, utc_now
from .centre.handover import Handover
from .centre.meetings import Meetings
from .centre.operations import Operations
from .centre.people import People
from .centre.units import Units
from .city import City, load_city
from .documents.evidence import Evidence
from .documents.photos import Photos
from .finding.finding import Finding
from .lists.lists import CaseLists
from .lists.moments import Moments
from .personal.looks import Looks
from .recommending.automatic import Automatic
from .recommending.recommending import Recommending
from .recommending.responsibility import Responsibility
from .rules.calendars import Calendars
from .rules.editions import Editions, InForce
from .rules.handbooks import Handbooks
from .seat.link import Link, LinkState
from .seat.outbox import Outbox
from .seat.presence import Presence
from .spatial.densities import Densities
from .spatial.places import Places
from .spatial.positions import Positions
from .spatial.query import SpatialQuery
from .spatial.street_network import Streets

REMEMBERED = 20_000
"""Numbers of the change log that are kept to tell an own commit from another seat's."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a commit has changed. ``topics``: those of :mod:`workstation.store.changes`. ``others``: another seat's commit."""

    cases: frozenset[str]
    topics: frozenset[str]
    last_id: int
    others: bool = False


class Services:
    """An open city: its cases, lists, places, units, people and photographs, its handbook and the centre's day."""

    def __init__(self, database: Database, *, now: Callable[[], datetime] = utc_now) -> None:
        """Use :meth:`open`, or this for a database that is open already (it is closed with the services)."""
        self.db = database
        self.now = now
        with database.read() as conn:
            self.city: City = load_city(conn)
        self.link = Link(database, now)
        if database.read_only:
            self.link.lost(StoreError("read_only", url=database.url))
        shipped = Handbook.named(self.city.handbook)
        self.editions = Editions(database, shipped)
        self._in_force = InForce(database, self.editions, shipped, now)
        self.calendars = Calendars(self, self.city.calendar)
        self.cases = CaseService(self)
        self.lists = CaseLists(self)
        self.places = Places(database, now)
        self.units = Units(self)
        self.positions = Positions(self)
        self.spatial = SpatialQuery(self)
        self.people = People(self)
        self.accounts = Accounts(self)
        self.photos = Photos(database)
        self.handbooks = Handbooks(self)
        self.meetings = Meetings(self)
        self.moments = Moments(self)
        self.densities = Densities(self)
        self.operations = Operations(self)
        self.handover = Handover(self)
        self.evidence = Evidence(self)
        self.personal = Looks(self)
        self._told_handbook = self.handbook.id
        self._feed = ChangeFeed(database)
        self._lock = threading.Lock()
        self._polling = threading.Lock()
        self._seen = self._feed.last()
        # Numbers of own commits that the change log has still to be read past; and numbers that were heard of from the
        # change log before the commit's own thread came to tell of them.
        self._own: set[int] = set()
        self._heard_first: set[int] = set()
        self._subscribers: list[Callable[[Changes], None]] = []
        self.streets = Streets(self)
        self.recommending = Recommending(self)
        self.automatic = Automatic(self)
        self.responsibility = Responsibility(self)
        self._listener: Listener | None = None
        self._watchers: list[Callable[[BaseException | None], None]] = []
        self.presence = Presence(self)
        self.finding = Finding(self)
        self.outbox = self.photos.outbox = Outbox(self)
        self.link.subscribe(self._link_changed)

    @classmethod
    def open(cls, url: str, *, now: Callable[[], datetime] = utc_now) -> Services:
        """The city at ``url``. StoreError, HandbookError or CalendarError say why it cannot be used."""
        database = Database.open(url)
        try:
            return cls(database, now=now)
        except BaseException:
            database.close()
            raise

    @property
    def handbook(self) -> Handbook:
        """The handbook in force: the approved edition whose day has come, else the one that the city names."""
        return self._in_force.handbook

    @property
    def calendar(self) -> WorkCalendar:
        """The working calendar in force: the city's newest edition, else the shipped one that the city names."""
        return self.calendars.calendar

    def handbook_of(self, case: Case) -> Handbook:
        """The edition that the case was filed under; the one in force while it is not filed."""
        return self.editions.get(case.handbook) if case.filed_at is not None else self.handbook

    # ---- telling ---------------------------------------------------------------------------------------------

    def subscribe(self, callback: Callable[[Changes], None]) -> Callable[[], None]:
        """Call ``callback`` after each commit made here, in the committing thread, and, while :meth:`listen` is on, after
        those of others, in the listener's thread. What is returned ends that.

        A callback must be quick and must not raise: the command is committed whatever it does.
        """
        with self._lock:
            self._subscribers.append(callback)

        def unsubscribe() -> None:
            with self._lock:
                if callback in self._subscribers:
                    self._subscribers.remove(callback)

        return unsubscribe

    def listen(self) -> None:
        """From now on tell subscribers of what others commit, within milliseconds. Again while listening: nothing."""
        with self._lock:
            if self._listener is not None:
                return
            self._listener = listener(self.db, self._heard, self._lost, self._found)
            self._listener.start()

    def look_now(self) -> None:
        """Do not wait for the next attempt to reach the database: somebody asks for it now."""
        if self._listener is not None:
            self._listener.nudge()

    def watch(self, callback: Callable[[BaseException | None], None]) -> Callable[[], None]:
        """Call ``callback(error)`` each time the listener has failed to reach the database, and with None when it has
        reached it again. In the listener's thread. What is returned ends that."""
        self._watchers.append(callback)

        def unwatch() -> None:
            if callback in self._watchers:
                self._watchers.remove(callback)

        return unwatch

    def _heard(self, channel: str) -> None:
        """In the listener's thread: a channel has told something, or it is time to look."""
        hearing = self._listener
        if hearing is None:
            return
        if channel == PRESENCE:
            self.presence.heard()
        elif channel == NOTIFY:
            changes = self._news(hearing.since)
            if changes is not None:
                self._tell(changes)

    def _link_changed(self, state: LinkState) -> None:
        if state.online:  # what others have done meanwhile is read at once
            self.look_now()

    def _lost(self, error: BaseException) -> None:
        self.link.lost(error)
        for watcher in tuple(self._watchers):
            watcher(error)

    def _found(self) -> None:
        self.link.ok()
        for watcher in tuple(self._watchers):
            watcher(None)

    def told(self, done: Sequence[Done], log_ids: Sequence[int]) -> None:
        """Tell the subscribers what was committed here. Called by the services after the commit, never before."""
        self.announce(["case"], log_ids, [item.case.id for item in done])

    def announce(self, topics: Iterable[str], log_ids: Sequence[int], cases: Iterable[str] = ()) -> None:
        """Tell the subscribers of a commit made here, whose lines of the change log are ``log_ids``."""
        changes = Changes(frozenset(cases), frozenset(topics), max(log_ids))
        if "handbook" in changes.topics:
            self._in_force.load()
            self._told_handbook = self.handbook.id
        with self._lock:
            known = self._heard_first.intersection(log_ids)
            self._heard_first -= known
            self._own.update(number for number in log_ids if number > self._seen)
        if len(known) < len(log_ids):
            self._tell(changes)

    def _tell(self, changes: Changes) -> None:
        with self._lock:
            subscribers = tuple(self._subscribers)
        for callback in subscribers:
            callback(changes)

    def poll(self) -> Changes | None:
        """What others have committed since the last time; None when nothing. Own commits are left out.

        An edition of the handbook whose day has come is a change too, of the topic handbook.
        """
        return self._news(self._feed.since)

    def _news(self, since: Callable[[int], list[Change]]) -> Changes | None:
        with self._polling:
            rows = since(self._seen)
            with self._lock:
                others = [row for row in rows if row.id not in self._own]
            topics = {row.topic for row in others}
            if "handbook" in topics:
                self._in_force.load()
            if "calendar" in topics:
                self.calendars.load()
            # Only now: what could not be read is asked for again.
            with self._lock:
                others = [row for row in others if row.id not in self._own]
                if rows:
                    self._seen = max(self._seen, rows[-1].id)
                self._own = {number for number in self._own if number > self._seen}
                if self._listener is not None:
                    self._heard_first.update(row.id for row in others)
                    if len(self._heard_first) > REMEMBERED:
                        self._heard_first = {n for n in self._heard_first if n > self._seen - REMEMBERED}
            topics = {row.topic for row in others}
            if self.handbook.id != self._told_handbook:
                self._told_handbook = self.handbook.id
                topics.add("handbook")
            if not topics:
                return None
            cases = frozenset(row.key for row in others if row.topic == "case")
            return Changes(cases, frozenset(topics), rows[-1].id if rows else self._seen, others=True)

    def close(self) -> None:
        """Stop listening and close the city's connections."""
        with self._lock:
            self._subscribers.clear()
            self._watchers.clear()
            hearing, self._listener = self._listener, None
        if hearing is not None:
            hearing.stop()
        self.presence.close()
        self.outbox.close()
        self.db.close()
