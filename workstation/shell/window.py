"""The main window: a thin frame of bars around the docks. What is in the docks is the registry's and the panels' matter."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QRect, QSettings, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from . import registry
from .arrangement import arrangement_for
from .context import AppContext, Clash, NotDone, Notice
from .docking import make_host
from .docks import DockHost
from .finder.finders import Finders
from .frame.alerts import Alerts
from .frame.rail import Rail
from .frame.screens import clamp
from .frame.statusbar import StatusBar
from .frame.topbar import TopBar
from .look import icons
from .look.theme import Theme
from .maps.windows import MapWindows
from .menus.actions import Actions
from .menus.menus import build_menus
from .pace import Pace
from .panel import Panel
from .seat.outbox import AsOf, OutboxCard, prepare
from .texts import text
from .widgets.basics import refresh_icons
from .widgets.toast import ToastStack

if TYPE_CHECKING:
    from ..services.centre.handover import HandoverInfo
    from ..services.lists.filter import CaseFilter

log = logging.getLogger(__name__)

LAYOUT_VERSION = 3
"""Saved layouts of other versions are not restored: their docks stood for something else."""


class MainWindow(QMainWindow):
    """Bars, docks, messages. Give it a page (:meth:`show_page`) while nobody works, then a context (:meth:`enter`)."""

    usable = Signal()
    """The person can work: docks are arranged and the first of them is filled."""
    person_switch_asked = Signal()
    file_open_asked = Signal()
    demo_asked = Signal()
    lock_asked = Signal()
    password_asked = Signal()
    closing = Signal()

    def __init__(self, theme: Theme, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.settings = settings
        self.context: AppContext | None = None
        self.alerts: Alerts | None = None
        self.secured = False
        """Whether whoever works here has signed in with a password: then the screen can be locked."""
        self._host: DockHost | None = None
        self._away: QByteArray | None = None
        self._outbox: OutboxCard | None = None
        self.finders: Finders | None = None
        """The boxes of finding on the maps, while somebody works."""
        self.maps: MapWindows | None = None
        """The map windows, while somebody works."""
        self.setObjectName("main-window")
        self.setWindowTitle(self.tr("城市管理指挥工作站"))
        self.setWindowIcon(icons.icon("commander", "#2A5299"))
        self.setMinimumSize(1024, 640)
        self.top = TopBar()
        self.rail = Rail()
        self.stack = QStackedWidget()
        self.status = StatusBar()
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.stack, 1)
        frame = QWidget()
        outer = QVBoxLayout(frame)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.top)
        outer.addLayout(middle, 1)
        outer.addWidget(self.status)
        self.setCentralWidget(frame)
        self.rail.hide()
        self.toasts = ToastStack(frame)
        self.actions_ = Actions(self)
        build_menus(self)
        self.top.theme_toggled.connect(theme.toggle)
        self.top.switch_asked.connect(self.person_switch_asked)
        self.top.lock_asked.connect(self.lock_asked)
        self.top.password_asked.connect(self.password_asked)
        self.top.post_chosen.connect(self._post_chosen)
        self.top.search_asked.connect(self._search)
        self.rail.asked.connect(self._rail_asked)
        self.rail.help_asked.connect(lambda: self.actions_.action("help.keys").trigger())
        self.status.counter_asked.connect(self._counter_asked)
        self.status.outbox_asked.connect(self._outbox_asked)
        theme.changed.connect(self._recolor)
        self._recolor()
        self._count_pace = Pace(self, 250, self._count)
        self._restore_geometry()

    # ---- pages and work --------------------------------------------------------------------------------------

    def show_page(self, page: QWidget) -> None:
        """Show a page instead of the docks: opening, problem, login. The page before it goes."""
        old = self.stack.currentWidget()
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        if old is not None and old is not page and (self._host is None or old is not self._host.widget()):
            self.stack.removeWidget(old)
            old.deleteLater()
        self.rail.hide()
        self.top.search.setEnabled(False)

    def enter(self, context: AppContext) -> None:
        """Somebody sits down: make the docks round the map, arranged for the post."""
        self.leave()
        self.context = context
        self._host = make_host(self.stack)
        self.maps = MapWindows(context, self._host, self.actions_, self.settings)
        self.toasts.lay_over(context.main_canvas)
        for item in registry.PANELS:
            holder = self._host.add(
                item.key, registry.title_of(item), icons.icon(item.icon), self._maker(item)
            )
            holder.made.connect(self._panel_made)
        self._host.shown.connect(self.rail.set_open)
        context.actor_changed.connect(self._actor_changed)
        context.notified.connect(self._notified)
        context.many_failed.connect(self._batch_not_done)
        context.clashed.connect(self._clashed)
        context.case_requested.connect(lambda _case: self.open_panel("case"))
        context.cases_requested.connect(self._cases_requested)
        context.panel_requested.connect(self.open_panel)
        context.changed.connect(self._count_later)
        context.minute.connect(self._count_pace.ask)
        self.alerts = Alerts(context)
        self.finders = Finders(context)
        self.top.set_city(context.services.city.name)
        self.rail.show()
        self._outbox = OutboxCard(context, self.centralWidget(), self.status.height())
        context.link.changed.connect(self._link_changed)
        context.link.shown_asked.connect(self._outbox.come)
        self._link_changed()
        AsOf(context, context.main_canvas, map=True)
        # Arranged before they are seen: each step would be laid out and painted otherwise.
        self._host.widget().resize(self.stack.size())
        self._sit_down()
        self.show_page(self._host.widget())
        self.rail.show()
        self.top.search.setEnabled(True)

    def leave(self) -> None:
        """Put everything away that belongs to the open city."""
        if self.context is None or self._host is None:
            return
        if not self.context.stopped:
            self.save_layout()
        self._host.shown.disconnect(self.rail.set_open)
        host, self._host = self._host, None
        if self.maps is not None:
            self.maps.dispose()
            self.maps = None
        widget = host.widget()
        host.dispose()
        self.context.main_canvas.setParent(None)
        self.context.main_canvas.hide()
        self.stack.removeWidget(widget)
        widget.hide()
        widget.deleteLater()
        if self._outbox is not None:
            self._outbox.hide()
            self._outbox.deleteLater()
            self._outbox = None
        self.context = None
        self.alerts = None
        self.finders = None
        self.toasts.clear()
        self.status.say("")  # what was told to one is not the next one's
        self.toasts.lay_over(None)
        self.rail.hide()
        self.top.clear_actor()
        self.status.set_counters(None)

    def _maker(self, item: registry.PanelEntry):  # type: ignore[no-untyped-def]
        def make() -> QWidget:
            assert self.context is not None
            return item.load()(self.context)

        return make

    def _sit_down(self) -> None:
        """The person or the post is another: title, rail, menus, layout, counters."""
        context = self.context
        if context is None:
            return
        actor = context.actor
        handbook = context.services.handbook
        self.setWindowTitle(
            self.tr("{city} · {name}（{post}）— 城市管理指挥工作站").format(
                city=context.services.city.name, name=actor.name, post=text.post_text(actor.post, handbook)
            )
        )
        self.top.secured = self.secured
        entries = registry.panels_for(actor.post, handbook)
        self.rail.set_panels(entries)
        build_menus(self)
        self._read_posts()
        self._arrange()
        self._count()
        context.tasks.run(
            context.services.handover.waiting,
            actor,
            owner=self,
            key="handover",
            on_done=self._handover_waits,
        )
        QTimer.singleShot(0, self, self.usable.emit)

    def _handover_waits(self, info: HandoverInfo | None) -> None:
        """Whoever sits down where a shift was left to them is told so, and taken there by one click."""
        context = self.context
        if info is None or context is None or info.post != context.actor.post:
            return
        words = self.tr("{who} 于 {time} 交班，等待接班").format(
            who=context.name_of(info.from_person), time=text.time_text(info.at, context.services.now())
        )
        context.notify(words, "warning", (self.tr("接班"), lambda: context.show_panel("handover")))

    def _read_posts(self) -> None:
        context = self.context
        if context is None:
            return
        handbook = context.services.handbook
        self.top.set_actor(
            context.actor, [(context.actor.post, text.post_text(context.actor.post, handbook))]
        )

        def show(posts: list[str]) -> None:
            if self.context is context:
                self.top.set_actor(context.actor, [(key, text.post_text(key, handbook)) for key in posts])

        context.tasks.run(
            context.services.people.posts_of, context.actor.person, owner=self, on_done=show, key="posts"
        )

    @Slot(object)
    def _actor_changed(self, _actor: object) -> None:
        self.toasts.clear()
        if self._host is not None:
            for key in self._host.names():
                self._host.holder(key).drop()
        self._sit_down()

    def _post_chosen(self, post: str) -> None:
        context = self.context
        if context is None or post == context.actor.post:
            return
        self.save_layout()
        context.tasks.run(
            context.services.people.actor,
            context.actor.person,
            post,
            owner=self,
            on_done=context.set_actor,
            key="actor",
        )

    # ---- docks -----------------------------------------------------------------------------------------------

    @property
    def host(self) -> DockHost | None:
        """The docks, while somebody works."""
        return self._host

    def panel(self, key: str) -> Panel | None:
        """The panel, if it has been made."""
        if self._host is None or key not in self._host.names():
            return None
        content = self._host.holder(key).content
        return content if isinstance(content, Panel) else None

    def open_panel(self, key: str) -> Panel | None:
        """Open a panel the post may see, and bring it to the front; None when the post may not."""
        if (
            self.context is None
            or self._host is None
            or not registry.entry(key).visible_to(self.context.actor.post, self.context.services.handbook)
        ):
            return None
        self._host.open(key)
        content = self._host.holder(key).ensure()
        if isinstance(content, Panel):
            content.activated()
            return content
        return None

    def close_panel(self, key: str) -> None:
        """Close a panel."""
        if self._host is not None:
            self._host.close(key)

    def _rail_asked(self, key: str) -> None:
        if self._host is None:
            return
        holder = self._host.holder(key)
        if self._host.in_front(key) and holder.isVisible():
            self._host.close(key)
        else:
            self.open_panel(key)
        self.rail.set_open(key, self._host.in_front(key))

    def _panel_made(self, key: str, widget: QWidget) -> None:
        log.debug("panel %s made: %s", key, type(widget).__name__)
        if self.context is not None:
            prepare(self.context, key, widget)

    def _arrange(self) -> None:
        """As the person under this post left it last, else the default arrangement."""
        context = self.context
        if context is None or self._host is None:
            return
        widget = self._host.widget()
        widget.setUpdatesEnabled(False)
        try:
            self.arrange_default()
        finally:
            widget.setUpdatesEnabled(True)
        # Only once the window is seen: floating docks that are restored earlier stay hidden.
        QTimer.singleShot(0, self, self._come_back)

    def _come_back(self) -> None:
        """Map windows first, for the layout says where they stand."""
        if self.context is None or self.maps is None:
            return
        self.maps.restore()
        state = self.settings.value(f"layout/{LAYOUT_VERSION}/{self.context.actor.post}")
        if isinstance(state, QByteArray) and not state.isEmpty():
            self._restore_layout(state)
        self.maps.settle()

    def arrange_default(self) -> None:
        """The default arrangement of the post."""
        if self.context is None or self._host is None:
            return
        post = self.context.actor.post
        arrangement = arrangement_for(post, self.width())
        seen = {item.key for item in registry.panels_for(post, self.context.services.handbook)}
        self._host.arrange(arrangement.only(seen))
        for key in self._host.names():
            self.rail.set_open(key, self._host.in_front(key))

    def _restore_layout(self, state: QByteArray) -> None:
        if self._host is None or self.context is None:
            return
        if not self._host.restore(state):
            self.arrange_default()
        post, handbook = self.context.actor.post, self.context.services.handbook
        for key in self._host.names():
            if not registry.entry(key).visible_to(post, handbook) and self._host.is_open(key):
                self._host.close(key)
            self.rail.set_open(key, self._host.in_front(key))

    def put_floats_away(self) -> Callable[[], None]:
        """Floating docks lie above whatever the window shows: put them away. What is returned brings them back as they were."""
        host = self._host
        floats = host.floats() if host is not None else []
        if host is None or not floats:
            return lambda: None
        self._away = host.save()
        host.hide_floats()

        def bring_back() -> None:
            state, self._away = self._away, None
            if self._host is host and state is not None:
                self._restore_layout(state)

        return bring_back

    def save_layout(self) -> None:
        """Keep the layout for this post and the window's place."""
        if self._host is not None and self.context is not None:
            state = self._host.save() if self._away is None else self._away
            self.settings.setValue(f"layout/{LAYOUT_VERSION}/{self.context.actor.post}", state)
            if self.maps is not None and self._away is None:
                self.maps.save()
        self.settings.setValue("window/rect", self.normalGeometry())
        self.settings.setValue("window/maximized", self.isMaximized())

    def forget_layout(self) -> None:
        """Back to the default arrangement, also next time."""
        if self.context is not None:
            self.settings.remove(f"layout/{LAYOUT_VERSION}/{self.context.actor.post}")
        self.arrange_default()

    def _restore_geometry(self) -> None:
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        saved = self.settings.value("window/rect")
        if isinstance(saved, QRect) and saved.isValid():
            self.setGeometry(clamp(saved, screens))
        elif screens:
            self.setGeometry(
                clamp(QRect(0, 0, min(1920, screens[0].width()), min(1080, screens[0].height())), screens)
            )

    # ---- what others ask for ------------------------------------------------------------------------------------

    @Slot(object)
    def _notified(self, notice: Notice) -> None:
        self.toasts.show(notice)
        self.status.say(notice.text)

    @Slot(object)
    def _clashed(self, clash: Clash) -> None:
        from .seat.conflict import ConflictDialog

        if self.context is not None:
            ConflictDialog(self.context, clash, QApplication.activeModalWidget() or self).open()

    @Slot(object)
    def _batch_not_done(self, batch: NotDone) -> None:
        from .seat.conflict import NotDoneDialog

        if self.context is not None:
            NotDoneDialog(self.context, batch, self).open()

    def _cases_requested(self, wanted: CaseFilter, title: str) -> None:
        panel = self.open_panel("caselist")
        if panel is not None:
            panel.show_filter(wanted, title)  # type: ignore[attr-defined]

    def _search(self, words: str) -> None:
        panel = self.open_panel("caselist")
        if panel is not None and words:
            panel.search(words)  # type: ignore[attr-defined]

    def _counter_asked(self, key: str) -> None:
        panel = self.open_panel("caselist")
        if panel is not None:
            panel.show_inbox("" if key == "todo" else key)  # type: ignore[attr-defined]

    def _count_later(self, changes: Any) -> None:
        """What waits for the person is counted again where cases have changed."""
        if changes.cases:
            self._count_pace.ask(changes)

    def _count(self) -> None:
        context = self.context
        if context is None:
            return
        context.tasks.run(
            _counts,
            context.services,
            context.actor,
            owner=self,
            key="counts",
            on_done=self.status.set_counters,
        )

    @Slot()
    def _link_changed(self) -> None:
        if self.context is not None:
            link = self.context.link
            words, tone, tip = link.status()
            self.status.set_database(words, tone, tip, away=link.away, opens=link.keeps)

    def _outbox_asked(self) -> None:
        if self._outbox is not None:
            self._outbox.toggle()

    # ---- look --------------------------------------------------------------------------------------------------

    @Slot()
    def _recolor(self) -> None:
        self.top.recolor(self.theme.name)
        self.rail.recolor()
        self.status.recolor()
        self.actions_.recolor()
        refresh_icons(self.stack)
        if self._host is not None:
            for item in registry.PANELS:
                self._host.set_icon(item.key, icons.icon(item.icon))
        self.settings.setValue("theme", self.theme.name)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the layout and tell the program that it ends."""
        self.save_layout()
        self.closing.emit()
        super().closeEvent(event)


def _counts(services, actor) -> dict[str, int]:  # type: ignore[no-untyped-def]
    """What waits for the actor, and of that what is nearly and what is overdue."""
    from dataclasses import replace

    lists = services.lists.seen_by(actor)
    todo = lists.inbox(actor)
    return {
        "todo": lists.count(todo),
        "yellow": lists.count(replace(todo, light="yellow")),
        "red": lists.count(replace(todo, light="red")),
    }
