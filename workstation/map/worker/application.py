"""QGIS in this process: started without windows, without asking anybody for a password, ended in order."""

from __future__ import annotations

import os
import socket
import time

from qgis.core import Qgis, QgsApplication, QgsCredentials, QgsNetworkAccessManager, QgsProject
from qgis.PyQt.QtCore import QThreadPool, QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest

from workstation.map import protocol
from workstation.map.worker.link import Link
from workstation.map.worker.session import Session


class _NoCredentials(QgsCredentials):  # type: ignore[misc]
    """Refuses where QGIS would ask: nobody sits in front of this process, and an asking worker hangs."""

    def __init__(self) -> None:
        super().__init__()
        self.setInstance(self)

    def request(self, realm: str, username: str, password: str, message: str = "") -> tuple[bool, str, str]:
        return False, username, password

    def requestMasterPassword(self, password: str, stored: bool = False) -> tuple[bool, str]:
        return False, password


def _fetch_nothing(request: QNetworkRequest) -> None:
    """A style may name pictures by addresses on the network: whoever edits one could be told when a map is looked at,
    and a server that does not answer would hold up drawing."""
    request.setUrl(QUrl())


def run(connection: socket.socket, started: float, version: str) -> int:
    """Starts QGIS, serves the connection until it closes, ends QGIS."""
    application = QgsApplication([], False)
    credentials = _NoCredentials()
    application.initQgis()
    QgsNetworkAccessManager.setRequestPreprocessor(_fetch_nothing)
    # A thread keeps the fonts it has opened. QGIS's drawing threads would end after 30 s without work, and the next
    # picture would have to open Noto Sans CJK again: a quarter of a second.
    QThreadPool.globalInstance().setExpiryTimeout(-1)
    link = Link(connection)
    session = Session(link, QgsProject.instance())
    link.on_message = session.handle
    link.on_closed = application.quit
    link.send(
        protocol.Message(
            protocol.HELLO,
            {
                "version": protocol.VERSION,
                "token": os.environ.pop(protocol.ENV_TOKEN, ""),
                "pid": os.getpid(),
                "qgis": version,
                "qgis_number": Qgis.QGIS_VERSION_INT,
                "millis": round((time.perf_counter() - started) * 1000),
            },
        )
    )
    (application.exec if hasattr(application, "exec") else application.exec_)()
    # Jobs and layers hold on to things that exitQgis takes away: they go first.
    session.close()
    link.close()
    del session, credentials
    application.exitQgis()
    return 0
