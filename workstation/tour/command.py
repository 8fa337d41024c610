"""``workstation tour``: make a city (or take a copy of one), open the real window offscreen, and play the day."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

SIZE = (1920, 1080)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``workstation tour``."""
    parser.add_argument(
        "--out", metavar="DIR", default="out", help="where pictures and the evaluation go (default: out)"
    )
    parser.add_argument(
        "--db", metavar="FILE", help="play on a copy of this city instead of a fresh demo city"
    )
    parser.add_argument("--theme", choices=("day", "night"), default="day", help="how it looks")


def run(args: argparse.Namespace) -> int:
    """Play; 0 when the case went all the way round."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    out = Path(args.out)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for old in [
            *out.glob("[0-9][0-9]-*.png"),
            *out.glob("stopped-here.png"),
            *out.glob("evaluation.pdf"),
        ]:
            old.unlink()
    except OSError as error:
        print(
            f"error: the folder {out} cannot be written ({error.strerror}); name another with --out",
            file=sys.stderr,
        )
        return 2
    with tempfile.TemporaryDirectory(prefix="tour-") as folder:
        city = Path(folder) / "city.sqlite"
        if args.db:
            if not Path(args.db).is_file():
                print(
                    f"error: there is no city at {args.db}; leave --db out to play on a fresh demo city",
                    file=sys.stderr,
                )
                return 2
            shutil.copy(args.db, city)
        else:
            print("making a demo city for the tour", flush=True)
            from ..demo import make_city

            make_city(str(city))
        return _play(city, out, Path(folder), args.theme)


def _play(city: Path, out: Path, folder: Path, theme: str) -> int:
    from PySide6.QtCore import QSettings

    from ..app import Workstation, make_application
    from . import around, day
    from .director import Director, TourError

    app = make_application([sys.argv[0]])
    began = time.monotonic()
    station = Workstation(app, QSettings(str(folder / "shell.ini"), QSettings.Format.IniFormat), theme)
    director = Director(
        station, out, lambda step: print(f"{time.monotonic() - began:6.1f} s  {step}", flush=True)
    )
    try:
        station.window.resize(*SIZE)
        station.window.show()
        station.open(str(city))
        story = day.play(director, folder)
        around.play(director)
    except TourError as error:
        station.window.grab().save(str(out / "stopped-here.png"))
        print(
            f"error: the tour stopped at «{error.step}»: {error.problem}\n  the screen then: {out / 'stopped-here.png'}",
            file=sys.stderr,
        )
        return 1
    finally:
        station.window.close()
        station.close()
    print(
        f"case {story.code} went round the loop; {len(director.pictures)} pictures and evaluation.pdf in {out}"
    )
    return 0
