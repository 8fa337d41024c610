"""One map worker as the interface sees it: a child process and the socket it connects to."""

from __future__ import annotations

import collections
import logging
import os
import secrets
import socket
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import (
    QObject,
    QProcess,
    QProcessEnvironment,
    QSocketNotifier,
    QStandardPaths,
    Signal,
)

from workstation.map import protocol
from workstation.map.intake import Wire
from workstation.map.protocol import Message, encode

_log = logging.getLogger(__name__)

_MAIN = Path(__file__).parent / "worker" / "main.py"
_EXIT_NO_QGIS = 3
_LAST_WORDS = 30
# What a worker gets of our environment. Anything about Python, Qt or libraries would lead it to ours instead of its own.
_PASSED = (
    "PATH",
    "HOME",
    "USER",
    "TMPDIR",
    "TZ",
    "PGPASSFILE",
    "PGSSLMODE",
    "PGSSLROOTCERT",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
)
# The data providers QGIS loads when it starts; each costs time and memory.
_PROVIDERS = r"provider_(spatialite|postgres)\."


def candidate_pythons(environment: dict[str, str] | None = None) -> list[str]:
    """The Pythons that may have ``qgis``, best first: the one named by WORKSTATION_QGIS_PYTHON (then no other),
    the system's, then those on the path."""
    environment = dict(os.environ) if environment is None else environment
    named = environment.get("WORKSTATION_QGIS_PYTHON")
    if named:
        return [named]
    places = ["/usr/bin", "/usr/local/bin", *environment.get("PATH", "").split(os.pathsep)]
    own = Path(sys.executable)
    found: list[str] = []
    for place in places:
        python = Path(place) / "python3"
        if python.is_file() and python != own and str(python) not in found and "shims" not in python.parts:
            found.append(str(python))
    return found


def settings_folder() -> Path:
    """A folder where QGIS may keep its own settings: in the user's cache, or a temporary one where that cannot be
    written (QGIS starts in half the time when it finds its files from last time)."""
    cache = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)
    folder = Path(cache) / "workstation" / "qgis"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="workstation-qgis-"))
    return folder if os.access(folder, os.W_OK) else Path(tempfile.mkdtemp(prefix="workstation-qgis-"))


def worker_environment(token: str, settings_folder: Path) -> dict[str, str]:
    """The environment of a worker: clean, without a screen, with QGIS's own settings kept away from the user's."""
    environment = {name: os.environ[name] for name in _PASSED if name in os.environ}
    environment.update(
        {
            "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "offscreen",
            "QGIS_CUSTOM_CONFIG_PATH": str(settings_folder),
            "QGIS_PROVIDER_FILE": _PROVIDERS,
            "XDG_RUNTIME_DIR": os.environ.get("XDG_RUNTIME_DIR", str(settings_folder)),
            "PGCONNECT_TIMEOUT": os.environ.get("PGCONNECT_TIMEOUT", "5"),
            "PYTHONDONTWRITEBYTECODE": "1",
            protocol.ENV_TOKEN: token,
        }
    )
    return environment


class WorkerProcess(QObject):
    """Starts a worker and talks to it. Never waits, except in ``kill``.

    ``hello`` comes once, when QGIS runs there. ``ended`` comes at most once, when the process or the connection is
    gone: with ``no_qgis``, ``not_started``, ``crashed`` or ``bad_protocol``, and its last words. After ``kill``
    nothing comes any more.
    """

    hello = Signal(dict)
    received = Signal(object)
    ended = Signal(str, str)

    def __init__(self, python: str, settings_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.python = python
        self.greeting: dict[str, object] = {}
        self._token = secrets.token_hex(16)
        self._settings_folder = settings_folder
        self._wire: Wire | None = None
        self._door: socket.socket | None = None
        self._knocks: QSocketNotifier | None = None
        self._path = ""
        self._gone = False
        self._last_words: collections.deque[str] = collections.deque(maxlen=_LAST_WORDS)
        self._process = QProcess(self)
        self._process.readyReadStandardError.connect(self._read_words)
        self._process.readyReadStandardOutput.connect(self._process.readAllStandardOutput)
        self._process.errorOccurred.connect(self._failed)
        self._process.finished.connect(self._finished)

    @property
    def pid(self) -> int:
        """The process's number; 0 when it does not run."""
        return self._process.processId()

    @property
    def is_ready(self) -> bool:
        """Whether QGIS runs there and nothing has gone wrong since."""
        return bool(self.greeting) and not self._gone

    def start(self) -> None:
        """Starts the process; what comes of it is told by the signals."""
        # Unix socket paths are short (108 bytes): not in a folder of the user's choice.
        name = Path(tempfile.gettempdir()) / f"workstation-map-{os.getpid()}-{secrets.token_hex(4)}"
        try:
            self._listen(str(name))
        except OSError as error:
            self._end("not_started", str(error))
            return
        environment = QProcessEnvironment()
        for key, value in worker_environment(self._token, self._settings_folder).items():
            environment.insert(key, value)
        self._process.setProcessEnvironment(environment)
        self._process.setStandardInputFile(QProcess.nullDevice())
        arguments = ["-s", "-E", str(_MAIN), self._path, str(os.getpid())]
        self._process.start(self.python, arguments)

    def send(self, message: Message) -> None:
        """Sends a message; nothing happens before the worker has said hello (an answer with a body that comes along with the
        greeting would be a stranger's), nor when it is not there any more (``ended`` told so)."""
        if self._wire is not None and self.greeting and not self._gone:
            self._wire.send(encode(message))

    def kill(self) -> None:
        """Ends the process now and waits for it to have ended (milliseconds: it holds nothing that must be saved)."""
        self._gone = True
        self._stop_listening()
        if self._wire is not None:
            self._wire.close()
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(3000)

    def _listen(self, path: str) -> None:
        self._path = path
        self._door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._door.setblocking(False)
        self._door.bind(path)
        Path(path).chmod(0o600)  # before anybody can connect
        self._door.listen(1)
        self._knocks = QSocketNotifier(self._door.fileno(), QSocketNotifier.Type.Read, self)
        self._knocks.activated.connect(self._connected)

    def _stop_listening(self) -> None:
        if self._door is not None:
            assert self._knocks is not None
            self._knocks.setEnabled(False)
            self._door.close()
            self._door = None
            Path(self._path).unlink(missing_ok=True)

    def _connected(self) -> None:
        if self._door is None:
            return
        try:
            connection, _ = self._door.accept()
        except BlockingIOError:  # it has gone again
            return
        if self._wire is not None:  # a stranger: the worker connects once
            connection.close()
            return
        self._wire = Wire(connection, self)
        self._wire.received.connect(self._take)
        self._wire.ended.connect(self._disconnected)

    def _take(self, message: Message) -> None:
        if self._gone:
            return
        if self.greeting:
            self.received.emit(message)
        elif message.type != protocol.HELLO or message.fields.get("token") != self._token:
            self._end("bad_protocol", "it did not show that it is ours")
        elif message.fields.get("version") != protocol.VERSION:
            self._end("bad_protocol", f"it speaks version {message.fields.get('version')}")
        else:
            self._stop_listening()
            if self._wire is not None:
                self._wire.intake.trusted = True
            self.greeting = {key: value for key, value in message.fields.items() if key != "token"}
            self.hello.emit(self.greeting)

    def _read_words(self) -> None:
        for line in (
            bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace").splitlines()
        ):
            _log.info("map worker %s: %s", self.pid, line)
            self._last_words.append(line)

    def _disconnected(self, broken: str) -> None:
        if broken:
            self._end("bad_protocol", broken)
            return
        # The exit code says more, if it comes; a worker that closed its socket and hangs is of no use either.
        if self._process.state() == QProcess.ProcessState.NotRunning:
            return
        self._process.kill()

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._end("not_started", self._process.errorString())

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        normal = status == QProcess.ExitStatus.NormalExit
        words = "\n".join(self._last_words)
        self._end("no_qgis" if normal and code == _EXIT_NO_QGIS else "crashed", words)

    def _end(self, code: str, detail: str) -> None:
        if self._gone:
            return
        self._gone = True
        self._stop_listening()
        if self._wire is not None:
            self._wire.close()
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()
        self.ended.emit(code, detail)
