"""Who comes to a city that asks for passwords, and whether they still may sit here: from the sign-in to the last minute.

The doorkeeper shows the pages of :mod:`.signin` in the window, keeps the place of who was let in, locks the screen when nobody
is there, and notices when a session was ended elsewhere. The program (:mod:`workstation.app`) opens cities and seats people.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Signal, Slot

from ..context import AppContext, Notice
from ..tasks import TaskRunner
from ..texts import accounts as account_text
from ..texts import text
from ..widgets.dialogs import Dialog
from .lock import IdleWatch, ScreenLock
from .login import POSTS
from .signin import NewPassword, NewPasswordPage, PostPage, SignInPage

if TYPE_CHECKING:
    from ...services.accounts.accounts import Accounts
    from ...services.accounts.entry import Admitted, Entry
    from ...services.accounts.signing_in import Policy, Verdict
    from ...services.centre.people import Person
    from ...workflow.handbook import Handbook
    from ..window import MainWindow

log = logging.getLogger(__name__)

TOUCH_MILLISECONDS = 20_000
"""How often a seat says that it is there, and hears whether its session holds."""
AGAIN_MILLISECONDS = 1000
REMIND_DAYS = 7
REMEMBERED = 12
"""People whose names this seat knows without asking, the last first."""
REFUSED = "refused_login"
"""The StoreError of a role whose password is gone: the session was ended while nobody was listening."""


class Doorkeeper(QObject):
    """``admitted(Admitted)``: open the city for them; ``seated(person, post)``: they have chosen; ``left(why)``: back to the door."""

    admitted = Signal(object)
    seated = Signal(str, str)
    left = Signal(str)
    other_asked = Signal()
    _shaken = Signal()

    def __init__(
        self, window: MainWindow, tasks: TaskRunner, settings: QSettings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._tasks = tasks
        self._settings = settings
        self._place: Admitted | None = None
        self._password = ""
        self._signs_out = True
        self._accounts: Accounts | None = None
        self._policy: Policy | None = None
        self._person: Person | None = None
        self._handbook: Handbook | None = None
        self.lock: ScreenLock | None = None
        self.idle: IdleWatch | None = None
        self._failed = False
        self._unwatch: Callable[[], None] | None = None
        self._shaken.connect(self.touch, Qt.ConnectionType.QueuedConnection)
        self._touch_timer = QTimer(self)
        self._touch_timer.setInterval(TOUCH_MILLISECONDS)
        self._touch_timer.timeout.connect(self.touch)
        window.lock_asked.connect(self.lock_now)
        window.password_asked.connect(self.ask_password)

    @property
    def guards(self) -> bool:
        """Whether whoever sits here has signed in."""
        return self._place is not None

    @property
    def who(self) -> str:
        """The id of whoever has signed in; "" for nobody."""
        return self._place.verdict.person if self._place is not None else ""

    # ---- at the door -----------------------------------------------------------------------------------------

    def receive(
        self, city: str, entry: Entry, known: Sequence[tuple[str, str]] = (), person: str = "", note: str = ""
    ) -> None:
        """Show the page that asks who comes."""
        remembered = self._remembered()
        page = SignInPage(
            city,
            entry,
            self._tasks,
            list(known) or remembered,
            person or (remembered[0][0] if remembered else ""),
        )
        page.say(note)
        page.entered.connect(self._entered)
        page.other_asked.connect(self.other_asked)
        self._window.show_page(page)
        page.setFocus()

    def _entered(self, place: Admitted, password: str) -> None:
        self._place = place
        self._password = password if place.verdict.must_change else ""
        self.admitted.emit(place)

    def go_on(self, accounts: Accounts, policy: Policy, person: Person | None, handbook: Handbook) -> None:
        """The city is open for whoever was let in: a password of their own first, then the post."""
        place = self._place
        if place is None:
            return
        if person is None:
            self.left.emit(self.tr("没有您的人员登记，请与管理员联系。"))
            return
        self._accounts, self._policy = accounts, policy
        self._person, self._handbook = person, handbook
        accounts.session = place.verdict.session
        self._remember(person.id, person.name)
        if place.verdict.must_change:
            self._ask_own_password(accounts, policy, person)
        else:
            self._ask_post()

    def _ask_own_password(self, accounts: Accounts, policy: Policy, person: Person) -> None:
        old, self._password = self._password, ""
        known = (person.name, person.telephone)
        page = NewPasswordPage(
            person.name,
            policy,
            self._tasks,
            lambda new: accounts.change_password(person.id, old, new, *known),
        )
        page.changed.connect(self._changed_at_door)
        page.left.connect(lambda: self.leave(""))
        self._window.show_page(page)
        page.setFocus()

    def _changed_at_door(self, new: str, _verdict: Verdict) -> None:
        self._keep_check(new, self._ask_post)

    def _keep_check(self, password: str, on_done: object = None) -> None:
        """Make what unlocks the screen from now on; that takes as long as a sign-in."""
        place = self._place
        if place is None:
            return

        def done(fresh: Admitted) -> None:
            if self._place is place:
                self._place = fresh
                if callable(on_done):
                    on_done()

        self._tasks.run(place.with_password, password, owner=self, on_done=done, key="check")

    def _ask_post(self) -> None:
        person, handbook = self._person, self._handbook
        if person is None or handbook is None:
            return
        posts = {key: text.post_text(key, handbook) for key in person.posts}
        if len(posts) == 1:
            self.seated.emit(person.id, person.posts[0])
            return
        if not posts:
            self.left.emit(self.tr("您还没有岗位，请管理员授予岗位后再登录。"))
            return
        last = str(self._settings.value("post", ""))
        page = PostPage(person.name, posts, POSTS, last)
        page.chosen.connect(lambda post: self.seated.emit(person.id, post))
        self._window.show_page(page)
        page.setFocus()

    def _remembered(self) -> list[tuple[str, str]]:
        try:
            found = json.loads(str(self._settings.value("signed_in", "[]")))
            return [(str(key), str(name)) for key, name in found][:REMEMBERED]
        except (ValueError, TypeError, RecursionError):
            return []

    def _remember(self, person: str, name: str) -> None:
        kept = [(person, name), *(item for item in self._remembered() if item[0] != person)]
        self._settings.setValue("signed_in", json.dumps(kept[:REMEMBERED], ensure_ascii=False))

    # ---- while somebody sits ---------------------------------------------------------------------------------

    def watch(self, context: AppContext) -> None:
        """Somebody sits down: lock the screen when nobody is there, and notice when the session ends."""
        place, policy, person = self._place, self._policy, self._person
        if place is None or policy is None or person is None:
            return
        window = self._window
        self.lock = ScreenLock(window, person.name, self._is_mine, self._tasks, self, window.put_floats_away)
        self.lock.switch_asked.connect(lambda: self.leave(""))
        self.lock.given_up.connect(lambda: self.leave("tries"))
        self.idle = IdleWatch(policy.idle_minutes, self)
        self.idle.idle.connect(self.lock.lock)
        context.changed.connect(self._changed)
        # A server that ends a session cuts the lines of whoever sat there.
        self._unwatch = context.services.watch(self._line_cut)
        self._failed = False
        self._touch_timer.start()
        self._remind(context, place.verdict)

    def _remind(self, context: AppContext, verdict: Verdict) -> None:
        """A password that will have to be changed soon is better changed when there is time for it."""
        if verdict.change_from is None:
            return
        left = verdict.change_from - context.services.now()
        if left <= timedelta(days=REMIND_DAYS):
            words = self.tr("密码 {time} 到期，到期后登录须先改密码").format(
                time=text.time_text(verdict.change_from)
            )
            context.notify(words, "info", (self.tr("现在修改"), self.ask_password))

    def _line_cut(self, error: BaseException | None) -> None:
        """In the listener's thread."""
        if error is not None:
            self._shaken.emit()

    def _is_mine(self, password: str) -> bool:
        place = self._place
        return place is not None and place.is_mine(password)

    def _changed(self, changes: object) -> None:
        if "person" in getattr(changes, "topics", ()):
            self.touch()

    @Slot()
    def touch(self) -> None:
        """Say that the seat is there."""
        accounts = self._accounts
        if accounts is None or self._place is None:
            return
        self._tasks.run(
            accounts.touch, owner=self, key="touch", on_done=self._touched, on_error=self._not_touched
        )

    def _touched(self, why: str) -> None:
        self._failed = False
        if why:
            self.leave(why)

    def _not_touched(self, error: BaseException) -> None:
        """Out of reach is the link's matter. A role that is let in no more means that the session is over."""
        if getattr(error, "code", "") == REFUSED:
            self.leave("refused")
        elif not self._failed:
            # The first to notice is a line that was cut; whether one is let in again is known only from the next.
            self._failed = True
            QTimer.singleShot(AGAIN_MILLISECONDS, self, self.touch)

    @Slot()
    def lock_now(self) -> None:
        """Lock the screen, where somebody has signed in."""
        if self.lock is not None:
            self.lock.lock()

    @Slot()
    def ask_password(self) -> None:
        """A dialog for another password of one's own."""
        accounts, policy, person = self._accounts, self._policy, self._person
        if accounts is None or policy is None or person is None:
            return
        dialog = Dialog(self.tr("修改密码"), self._window, icon="key", width=460)
        fields = NewPassword(policy, ask_old=True)
        dialog.body.addWidget(fields)
        dialog.add_button(self.tr("取消"))

        def done(_verdict: object) -> None:
            self._keep_check(fields.new.text())
            fields.clear()
            dialog.accept()
            self._window.toasts.show(Notice(self.tr("密码已修改"), "success"))

        def failed(error: BaseException) -> None:
            ok.setEnabled(True)
            fields.say_why(error)

        def submit() -> None:
            if ok.isEnabled() and fields.ready():
                ok.setEnabled(False)
                fields.say("")
                old, new = fields.old.text(), fields.new.text()
                known = (person.name, person.telephone)
                self._tasks.run(
                    lambda: accounts.change_password(person.id, old, new, *known),
                    owner=dialog,
                    on_done=done,
                    on_error=failed,
                    priority=1,
                )

        ok = dialog.add_button(self.tr("保存"), "primary", submit)
        fields.submitted.connect(submit)
        dialog.open()
        fields.setFocus()

    # ---- the end ---------------------------------------------------------------------------------------------

    def leave(self, why: str) -> None:
        """Nobody sits here any more: ``left`` with a sentence that says why. What it ends of: replaced, ended, expired, refused, tries, ""."""
        if self._place is not None:
            self._signs_out = why in ("", "tries")
            self.left.emit(account_text.ended_text(why))

    def depart(self) -> Callable[[], None]:
        """Forget who sat here and let go of the screen. What is returned tells the database, on a background thread."""
        accounts, person = self._accounts, self._person
        tells, self._signs_out = self._signs_out, True
        self._touch_timer.stop()
        if self._unwatch is not None:
            self._unwatch()
            self._unwatch = None
        if self.idle is not None:
            self.idle.stop()
            self.idle.deleteLater()
        if self.lock is not None:
            self.lock.release()
            self.lock.deleteLater()
        self.lock = self.idle = None
        self._place = self._accounts = self._policy = self._person = self._handbook = None
        self._password = ""

        def farewell() -> None:
            if accounts is None or person is None or not tells:
                return
            from ...store.errors import StoreError

            try:
                accounts.sign_out(person.id)
            except StoreError as error:  # the session ends by its time
                log.info("signing out was not told: %s", error.code)

        return farewell
