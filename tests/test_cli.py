"""The command line as a whole."""

from __future__ import annotations

import subprocess
import sys


def test_a_reader_that_has_seen_enough_ends_a_command_quietly() -> None:
    """`workstation handbook diff … | head -1` prints no traceback."""
    made = subprocess.run(
        f"{sys.executable} -m workstation handbook diff national minqing | head -1",
        shell=True,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert made.stdout.startswith("--- national/")
    assert "Traceback" not in made.stderr
