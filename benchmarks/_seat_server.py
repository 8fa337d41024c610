"""A PostgreSQL of the benchmark's own with the settings of a centre's: every commit waits for the disk, many may connect."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._chaos_server import Server, programs

SETTINGS = {
    "max_connections": "400",
    "shared_buffers": "512MB",
    "checkpoint_timeout": "5min",
    "max_wal_size": "1GB",
    "min_wal_size": "80MB",
}
"""As shipped besides: fsync, full pages, synchronous commit are on."""


@contextmanager
def durable(*, apart: bool = False) -> Iterator[Server]:
    """A server for the length of the block; SystemExit where PostgreSQL is not installed.

    ``apart``: it has one half of this machine's cores and whoever asks it (this process and what it starts) the other, as if
    they were two machines.
    """
    found = programs()
    if found is None:
        raise SystemExit("PostgreSQL is not installed (apt install postgresql postgis postgresql-plpython3)")
    folder = Path(tempfile.mkdtemp(prefix="workstation-seats-"))
    folder.chmod(0o711)
    try:
        server = Server(found, folder / "pg")
        with (folder / "pg" / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{key} = '{value}'\n" for key, value in SETTINGS.items())
        cores = sorted(os.sched_getaffinity(0))
        half = len(cores) // 2 if apart else 0
        if half:
            os.sched_setaffinity(0, cores[:half])
        server.start()
        os.sched_setaffinity(0, cores[half:])
        try:
            yield server
        finally:
            server.stop("immediate")
            os.sched_setaffinity(0, cores)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
