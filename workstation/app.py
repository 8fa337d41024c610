"""The program with its window: the start, from the command line to somebody at work, and the end.

Order of the start: the map worker first (QGIS takes longest), the window at once, the city in the background.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QLibraryInfo,
    QLocale,
    QObject,
    QSettings,
    Qt,
    QTimer,
    QTranslator,
    Slot,
)
from PySide6.QtWidgets import QApplication, QFileDialog

from .map.client import MapClient
from .paths import default_city, home, resource
from .shell import errors
from .shell.context import AppContext, Notice
from .shell.door.doorkeeper import Doorkeeper
from .shell.door.pages import Choice, OpeningPage, ProblemPage
from .shell.garbage import GarbageCollector
from .shell.look.theme import Theme
from .shell.session import Gate, OpenCity, find_city, make_demo, open_city, preload, upgrade_city
from .shell.tasks import TaskRunner
from .shell.texts import text
from .shell.texts.languages import LANGUAGES, SOURCE, stored_language
from .shell.window import MainWindow

if TYPE_CHECKING:
    from .services.accounts.entry import Admitted
    from .services.services import Services

log = logging.getLogger(__name__)

CHARTS_AFTER = 5000
"""Milliseconds after somebody has sat down."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``workstation open``."""
    parser.add_argument("--db", metavar="URL", help="the city: a file, sqlite:///FILE or postgresql://...")
    parser.add_argument("--as", dest="person", metavar="PERSON", help="sit down as this person (id or name)")
    parser.add_argument("--post", help="under this post, such as operator or dispatcher")
    parser.add_argument("--theme", choices=("day", "night"), help="how it looks")
    parser.add_argument(
        "--lang", choices=tuple(LANGUAGES), help="its language this time (the menu's choice is remembered)"
    )
    parser.add_argument(
        "--quit-when-usable", action="store_true", help="end as soon as the window can be used"
    )


class Workstation(QObject):
    """What lives as long as the program: theme, settings, tasks, map client, window, and the open city."""

    def __init__(
        self, app: QApplication, settings: QSettings, theme_name: str = "", client: MapClient | None = None
    ) -> None:
        super().__init__()
        self.garbage = GarbageCollector(self)
        self.tasks = TaskRunner(self)
        self.tasks.run(preload, owner=self)
        self.settings = settings
        self.client = client or MapClient(self)
        self.client.warm_up()
        self.theme = Theme(theme_name or str(settings.value("theme", "day")), self)
        self.theme.apply(app)
        self.window = MainWindow(self.theme, settings)
        self.city: OpenCity | None = None
        self.gate: Gate | None = None
        self.door = Doorkeeper(self.window, self.tasks, settings, self)
        self.door.admitted.connect(self._admitted)
        self.door.seated.connect(self.enter)
        self.door.left.connect(self._left)
        self.door.other_asked.connect(self.choose_file)
        self._wanted: tuple[str, str] = ("", "")
        self._url = ""
        self._halted = False
        self._context: AppContext | None = None
        self.window.file_open_asked.connect(self.choose_file)
        self.window.demo_asked.connect(self.make_demo)
        self.window.person_switch_asked.connect(self.switch_person)
        self.window.closing.connect(self.halt)
        self.tasks.unhandled.connect(self._unhandled)

    # ---- a city --------------------------------------------------------------------------------------------------

    def open(self, url: str, person: str = "", post: str = "") -> None:
        """Open a city in the background; then let ``person`` sit down, or ask who."""
        self._wanted = (person, post)
        self._work(url, self.tr("正在打开城市数据"), find_city)

    def _work(self, url: str, title: str, make: Callable[[str], OpenCity | Gate], detail: str = "") -> None:
        self._leave()
        self.gate = None
        self._url = url
        page = OpeningPage()
        page.say(title, detail or _shown(url))
        self.window.show_page(page)
        self.window.status.set_database(self.tr("正在打开"), "yellow", _shown(url))
        self.tasks.run(make, url, owner=self, on_done=self._opened, on_error=self._not_opened, key="city")

    def _opened(self, found: OpenCity | Gate) -> None:
        # The password of the role that seats share lets nobody in without their own; any other is not kept.
        self.settings.setValue("city", found.url if isinstance(found, Gate) else without_password(found.url))
        person, post = self._wanted
        self._wanted = ("", "")
        if isinstance(found, Gate):
            self.gate = found
            self.window.status.set_database(self.tr("请登录"), "yellow", _shown(found.url))
            self.door.receive(self._name_of(found), found.entry, person=person)
            return
        self._take(found)
        if found.entry is not None:
            self._ask_who(person)
            return
        if person or post:
            if self._sit_down_as(person, post):
                return
            self.show_login()
            self.window.toasts.show(Notice(self.tr("没有这个人员和岗位，请另选"), "warning"))
        else:
            self.show_login()

    def _take(self, city: OpenCity) -> None:
        self.city = city
        self.window.top.set_city(city.services.city.name)
        self.window.status.set_database(self.tr("数据库已打开"), "green", city.services.db.url)

    def _sit_down_as(self, person: str, post: str) -> bool:
        if self.city is None:
            return False
        found = next(
            (
                p
                for p in self.city.people
                if (not person or person in (p.id, p.name)) and (not post or post in p.posts) and p.posts
            ),
            None,
        )
        if found is None:
            return False
        self.enter(found.id, post or found.posts[0])
        return True

    def _not_opened(self, error: BaseException) -> None:
        log.error("the city at %s cannot be opened", _shown(self._url), exc_info=error)
        self.window.status.set_database(self.tr("没有打开数据库"), "red")
        retry = Choice(self.tr("重试"), lambda: self.open(self._url), "refresh")
        other = Choice(self.tr("打开另一个…"), self.choose_file, "open")
        demo = Choice(self.tr("生成演示城市"), self.make_demo, "map")
        if type(error).__name__ == "StoreError":
            title, advice = text.store_error_text(error)
        else:
            title, advice = self.tr("城市数据打不开"), text.error_text(error)
        code = getattr(error, "code", "")
        if code == "older_schema":
            choices = [Choice(self.tr("备份并升级"), self.upgrade, "upload", "primary"), other]
        elif code in ("unreachable", "refused_login", "busy"):
            choices = [_primary(retry), other, demo]
        elif code in ("missing", "empty", "half_written"):
            choices = [_primary(demo), other, retry]
        else:
            choices = [_primary(other), demo, retry]
        self.window.show_page(ProblemPage(title, advice, choices))

    def choose_file(self) -> None:
        """Let the person choose a city's file."""
        dialog = QFileDialog(
            self.window,
            self.tr("打开城市数据库"),
            str(home()),
            self.tr("城市数据库 (*.sqlite *.db);;所有文件 (*)"),
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.open)
        dialog.open()

    def make_demo(self) -> None:
        """Make the demo city beside the others and open it."""
        path = default_city()
        number = 1
        while path.exists() and path.stat().st_size:
            number += 1
            path = default_city().with_name(f"demo-{number}.sqlite")
        path.unlink(missing_ok=True)
        words = self.tr("约需一分钟：街道、网格、部件和三千个案卷")
        self._work(str(path), self.tr("正在生成演示城市"), make_demo, words)

    def upgrade(self) -> None:
        """Bring the database that is too old to the present schema, after a backup."""
        self._work(self._url, self.tr("正在备份并升级数据库"), upgrade_city)

    # ---- somebody ------------------------------------------------------------------------------------------------

    def _name_of(self, gate: Gate) -> str:
        """The name of the city behind a gate, if this seat has been inside."""
        return str(self.settings.value(f"cities/{_shown(gate.url).replace('/', '|')}", "")) or gate.name

    def _ask_who(self, person: str = "", note: str = "") -> None:
        """The page that asks who comes to a city with passwords."""
        if self.gate is not None:
            self.door.receive(self._name_of(self.gate), self.gate.entry, (), person, note)
        elif self.city is not None and self.city.entry is not None:
            known = [(p.id, p.name) for p in self.city.people]
            self.door.receive(self.city.services.city.name, self.city.entry, known, person, note)

    @Slot(object)
    def _admitted(self, place: Admitted) -> None:
        """Somebody was let in: a city on a server is opened now, as them."""
        if self.gate is None:
            self._go_on(self.city)
            return
        page = OpeningPage()
        page.say(self.tr("正在打开城市数据"), "")
        self.window.show_page(page)
        self.tasks.run(
            open_city, place.url, owner=self, on_done=self._go_on, on_error=self._not_opened, key="city"
        )

    def _go_on(self, city: OpenCity | None) -> None:
        if city is None:
            return
        self._take(city)
        if self.gate is not None:
            key = f"cities/{_shown(self.gate.url).replace('/', '|')}"
            self.settings.setValue(key, city.services.city.name)
        who = self.door.who
        person = next((p for p in city.people if p.id == who), None)
        self.door.go_on(city.services.accounts, city.policy, person, city.services.handbook)

    @Slot(str)
    def _left(self, note: str) -> None:
        """Whoever sat here is gone: back to the door, and only then let go of a locked screen."""
        self.window.leave()
        self._stop_context()
        self._ask_who(note=note)
        farewell = self.door.depart()
        services = None
        if self.gate is not None and self.city is not None:
            services, self.city = self.city.services, None
        self.tasks.run(_farewell, farewell, services, owner=self)

    @Slot()
    def switch_person(self) -> None:
        """Somebody else sits down; whoever has signed in leaves first."""
        if self.door.guards:
            self.door.leave("")
        else:
            self.show_login()

    @Slot()
    def show_login(self) -> None:
        """Ask who sits down: by choosing in a city without passwords, by signing in where there are some."""
        if self.city is None:
            return
        if self.city.entry is not None:
            self._ask_who()
            return
        from .shell.door.login import LoginPage

        self.window.leave()
        self._stop_context()
        page = LoginPage(self.city.services.city.name)
        page.set_people(
            self.city.people,
            self.city.unit_names,
            self.city.services.handbook,
            str(self.settings.value("person", "")),
            str(self.settings.value("post", "")),
        )
        page.entered.connect(self.enter)
        self.window.show_page(page)

    @Slot(str, str)
    def enter(self, person: str, post: str) -> None:
        """Somebody sits down under a post: the docks and the map."""
        from .map.canvas import MapCanvas
        from .shell.maps.bridge import MapBridge
        from .workflow.event import Actor

        if self.city is None:
            return
        found = next(p for p in self.city.people if p.id == person)
        services = self.city.services
        self.settings.setValue("person", person)
        self.settings.setValue("post", post)
        canvas = MapCanvas(self.client, services.city.map_crs, "main", self.theme, now=services.now)
        actor = Actor(found.id, found.name, post, found.unit)
        context = AppContext(
            services, self.tasks, canvas, self.client, self.theme, self.settings, actor, self
        )
        context.names = {p.id: p.name for p in self.city.people} | self.city.unit_names
        self._context = context
        self.window.secured = self.door.guards
        self.window.enter(context)
        self.door.watch(context)
        bridge = MapBridge(context, self.city.source, self.window.status)
        bridge.start()
        context.start()
        # Drawing charts takes a second to load; by the time somebody opens the evaluation it is there.
        QTimer.singleShot(CHARTS_AFTER, context, self._load_charts)

    def _load_charts(self) -> None:
        if self._context is not None:
            self.tasks.run(importlib.import_module, "workstation.evaluation.charts", owner=self._context)

    def _stop_context(self) -> None:
        self._halt_context()
        context, self._context = self._context, None
        if context is not None:
            for canvas in context.canvases:
                canvas.deleteLater()
            context.deleteLater()

    def _halt_context(self) -> None:
        if self._context is not None and not self._context.stopped:
            self._context.stop()
            for canvas in self._context.canvases:
                canvas.shutdown()

    def _leave(self) -> None:
        self.window.leave()
        self._stop_context()
        farewell = self.door.depart()
        city, self.city = self.city, None
        if city is not None:
            self.tasks.run(_farewell, farewell, city.services, owner=self)

    @Slot(object)
    def _unhandled(self, error: BaseException) -> None:
        if self._context is None:  # with a context, it shows the error itself
            log.error("a task failed", exc_info=error)
            self.window.toasts.show(Notice(text.error_text(error), "error"))

    @Slot()
    def halt(self) -> None:
        """Stop timers, threads, workers and the database; the window may still be there."""
        if self._halted:
            return
        self._halted = True
        self._halt_context()
        self.client.stop()
        farewell = self.door.depart()
        self.tasks.shutdown()
        if self.city is not None:
            _farewell(farewell, self.city.services)
            self.city = None
        self.garbage.stop()
        self.settings.sync()

    def close(self) -> None:
        """The end, after the event loop: delete the widgets in order, before Python clears its modules in none."""
        self.halt()
        self.window.leave()
        self._stop_context()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _farewell(farewell: Callable[[], None], services: Services | None) -> None:
    """Leave the seat, then the city."""
    farewell()
    if services is not None:
        services.close()


def _primary(choice: Choice) -> Choice:
    return Choice(choice.text, choice.run, choice.icon, "primary")


def without_password(url: str) -> str:
    """The address to open the city at again; a server then asks libpq's password file."""
    if "://" not in url:
        return url
    from .store.database import parse_url

    return parse_url(url)._replace(password=None).render_as_string(hide_password=False)


def _shown(url: str) -> str:
    """The address without a password."""
    if "://" not in url:
        return str(Path(url).expanduser())
    head, _, rest = url.partition("://")
    return f"{head}://{rest.split('@')[-1]}"


def install_translations(app: QApplication, language: str = SOURCE) -> None:
    """The interface's language: Chinese is in the source and needs Qt's own dialogs only, another needs its catalogue.

    What a city calls its states, posts, actions and classes stays in the language of its handbook, and what the map's
    definitions call its layers in theirs: they are the city's data, and the same words stand in its records.
    """
    translator = QTranslator(app)
    if language == SOURCE:
        QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        loaded = translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    else:
        QLocale.setDefault(
            QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
        )  # weeks begin on Monday
        loaded = translator.load(f"workstation_{language}", str(resource("translations")))
    if loaded:
        app.installTranslator(translator)
    else:
        log.warning("there is no catalogue for %s; texts stay as they are in the source", language)


def make_application(argv: list[str], language: str = SOURCE) -> QApplication:
    """The application object, with its names, style and translations."""
    app = QApplication(argv)
    app.setApplicationName("workstation")
    app.setApplicationDisplayName("")
    app.setOrganizationName("workstation")
    app.setQuitOnLastWindowClosed(True)
    install_translations(app, language)
    return app


def run(args: argparse.Namespace) -> int:
    """``workstation open``: the window, until it is closed."""
    settings = QSettings(str(home() / "shell.ini"), QSettings.Format.IniFormat)
    app = make_application([sys.argv[0]], args.lang or stored_language(settings))
    errors.install_error_hooks(home() / "logs")
    station = Workstation(app, settings, args.theme or "")
    window = station.window
    if errors.relay is not None:
        errors.relay.happened.connect(lambda words: window.toasts.show(Notice(words, "error")))
    if settings.value("window/maximized") in (True, "true"):
        window.showMaximized()
    else:
        window.show()
    url = args.db or str(settings.value("city", "")) or str(default_city())
    QTimer.singleShot(0, station, lambda: station.open(url, args.person or "", args.post or ""))
    if args.quit_when_usable:
        window.usable.connect(lambda: QTimer.singleShot(0, window, window.close))
    code = app.exec()
    station.close()
    return code


def main(argv: list[str] | None = None) -> int:
    """The window without the command line's other commands."""
    parser = argparse.ArgumentParser(prog="workstation open")
    add_arguments(parser)
    return run(parser.parse_args(argv))
