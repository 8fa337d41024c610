"""Start of the map worker: ``/usr/bin/python3 -s -E main.py SOCKET``, from a clean environment.

The order of things is measured: the socket first, then QGIS without its widgets, so that the interface knows within
a tenth of a second that the worker lives.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import sys
import time
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[3]
_PR_SET_PDEATHSIG = 1
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
_NICE = 5
_KEPT_BYTES = 256 * 1024 * 1024
_LARGEST_BYTES = 32 * 1024 * 1024


def _die_with_parent(parent: int) -> None:
    """Has the kernel end this process when the interface ends, however it ends (Linux; elsewhere the socket closing
    has to do)."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before we asked
        os._exit(0)


def _stand_back() -> None:
    """Leaves the processor to the interface wherever both want it: drawing takes all cores there are, for a third of a second."""
    if hasattr(os, "nice"):
        os.nice(_NICE)


def _keep_memory() -> None:
    """Has glibc keep what a picture took for the next one (elsewhere nothing happens). A picture is a dozen images of eight
    megabytes; given back to the kernel after each, their twenty thousand pages take 60 ms of processor time to come again."""
    if sys.platform == "linux":
        adjust = getattr(ctypes.CDLL(None), "mallopt", None)
        if adjust is not None:
            adjust(_M_MMAP_THRESHOLD, _LARGEST_BYTES)
            adjust(_M_TRIM_THRESHOLD, _KEPT_BYTES)


def main(arguments: list[str]) -> int:
    """Runs until told to stop or the socket closes. Exit codes: 0 told so, 2 wrong call, 3 no QGIS here."""
    started = time.perf_counter()
    if len(arguments) != 2 or not arguments[1].isdigit():
        print("usage: main.py SOCKET PARENT_PID", file=sys.stderr)
        return 2
    _die_with_parent(int(arguments[1]))
    _stand_back()
    _keep_memory()
    # The folder of this file is on the path only because Python puts it there; our names must not hide others'.
    sys.path[0] = str(_ROOT)
    link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    link.connect(arguments[0])
    # qgis imports its widgets (0.1-0.3 s) unless there are none; it allows for builds without.
    sys.modules["qgis.gui"] = None  # type: ignore[assignment]
    try:
        from qgis.core import Qgis
    except ImportError as error:
        print(f"no qgis in {sys.executable}: {error}", file=sys.stderr)
        return 3
    from workstation.map.worker.application import run

    return run(link, started, Qgis.QGIS_VERSION)


if __name__ == "__main__":
    # Not sys.exit: libraries below QGIS crash in their own exit handlers now and then, after everything is done.
    code = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
