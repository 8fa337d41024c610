"""Whether this machine has a Python with QGIS, asked once and without starting QGIS."""

from __future__ import annotations

import functools
import subprocess

import pytest

from workstation.map.worker_process import candidate_pythons

_ASK = "import importlib.util, sys; sys.exit(importlib.util.find_spec('qgis') is None)"


@functools.cache
def qgis_python() -> str:
    """The first Python that has ``qgis``; empty when none has."""
    for python in candidate_pythons():
        if subprocess.run([python, "-s", "-E", "-c", _ASK], check=False, timeout=30).returncode == 0:
            return python
    return ""


needs_qgis = pytest.mark.skipif(
    not qgis_python(), reason="no Python with qgis on this machine (python3-qgis)"
)
