"""Cases are dragged with the X server's own pointer, through Qt's own QDrag: what the platform does is not played by the test."""

from __future__ import annotations

import ctypes.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.timeout(60),
    pytest.mark.skipif(
        shutil.which("Xvfb") is None or ctypes.util.find_library("Xtst") is None,
        reason="needs Xvfb and libXtst",
    ),
]


@pytest.fixture
def display() -> Iterator[str]:
    """An X server of our own."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1024x768x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    try:
        os.close(write)
        yield ":" + os.read(read, 16).decode().strip()
    finally:
        os.close(read)
        server.terminate()
        server.wait(10)


def test_a_case_is_carried_by_the_platform(display: str) -> None:
    """Taken hold of, carried over two areas and let go on the second, it is told once, with the second; Esc ends the drag
    with nothing told and nothing left under way."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.real_drag"],
        cwd=ROOT,
        env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout.strip().splitlines()[-1])
    assert told["started"] == [["a"], ["a"]]
    assert told["dropped"] == [[["a"], "east"]]
    assert told["cards"] == ["东关街道办", "东关街道办"]
    assert told["active"] == [False, False]
