"""Nothing ends in a traceback on the screen: unexpected errors and Qt's messages go to the log, the person gets words."""

from __future__ import annotations

import logging
import logging.handlers
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from ..services.personal.masking import Redactor
from .texts import text

log = logging.getLogger("workstation")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class ErrorRelay(QObject):
    """Tells the window of errors nobody expected."""

    happened = Signal(str)


relay: ErrorRelay | None = None


def log_to_file(folder: Path) -> None:
    """Write the log to ``folder``: 2 MB a file, five of them."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / "workstation.log", maxBytes=2_000_000, backupCount=5, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    handler.addFilter(Redactor())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """A message of Qt as a record of the log."""
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", message)


def unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """An error nobody caught: into the log, and in words to the window."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    log.error("unexpected error", exc_info=(kind, error, trace))
    if relay is not None:
        relay.happened.emit(text.error_text(error))


def install_error_hooks(folder: Path) -> None:
    """From now on, for the whole program."""
    global relay
    log_to_file(folder)
    for handler in logging.getLogger().handlers:
        if type(handler) is logging.StreamHandler:
            handler.setLevel(logging.CRITICAL)
    relay = ErrorRelay()
    sys.excepthook = unexpected
    qInstallMessageHandler(qt_message)
