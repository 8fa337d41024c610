"""``workstation import``: the command line of the import."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from ..store.errors import StoreError
from .errors import ImportRefused
from .importer import KINDS, Founding, Wish, bring_in, open_or_create
from .messages import refusal_text, row_text
from .report import Report, write

SHOWN = 5
"""Lines of the report that are shown on the screen where no report file was asked for."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``workstation import``."""
    parser.add_argument("kind", choices=sorted(KINDS), help="what the file holds")
    parser.add_argument("file", type=Path, help="shapefile, GeoJSON, GPKG, CSV, xlsx, or what else OGR reads")
    parser.add_argument(
        "--db", required=True, metavar="URL", help="the city: a SpatiaLite file or a postgresql:// URL"
    )
    parser.add_argument(
        "--mapping",
        type=Path,
        metavar="FILE",
        help="TOML: which field goes where (examples in data/mappings)",
    )
    parser.add_argument(
        "--crs", default="", metavar="EPSG", help="the file's coordinate system, where it does not say it"
    )
    parser.add_argument(
        "--encoding",
        default="",
        metavar="NAME",
        help="the encoding of the file's texts, where it does not say it",
    )
    parser.add_argument(
        "--report", type=Path, metavar="FILE", help="write a CSV of the records that need attention"
    )
    parser.add_argument(
        "--grids", action="store_true", help="streets: make unit grids of the blocks between them too"
    )
    parser.add_argument(
        "--from",
        dest="of",
        choices=("areas", "streets"),
        default="areas",
        help="grids: what the file holds (default: areas)",
    )
    parser.add_argument("--create", action="store_true", help="make the city first")
    parser.add_argument("--name", default="", help="with --create: the city's name")
    parser.add_argument(
        "--district", default="", metavar="CODE", help="with --create: its district code, six digits"
    )


def run(args: argparse.Namespace) -> int:
    """Bring the file in; 0 when it is in (refused rows included), 1 when nothing is."""
    try:
        return _run(args)
    except ImportRefused as refused:
        print(f"workstation import: {refusal_text(refused.code, refused.data)}", file=sys.stderr)
    except StoreError as error:
        print(f"workstation import: the city {args.db} cannot be used: {error}", file=sys.stderr)
    return 1


def _run(args: argparse.Namespace) -> int:
    founding = Founding(args.name, args.district) if args.name and args.district else None
    if args.create and founding is None:
        raise ImportRefused("create_needs")
    begun = time.perf_counter()
    from_streets = (args.kind == "streets" and args.grids) or (args.kind == "grids" and args.of == "streets")
    wish = Wish(args.kind, args.file, args.mapping, args.crs, args.encoding, from_streets, founding)
    database, made = open_or_create(args.db, create=args.create)
    try:
        reports = bring_in(database, wish)
    except BaseException:
        database.close()
        if made and database.kind == "spatialite":
            # A city that was made for a file that could not be taken would stand in the way of the next try.
            for suffix in ("", "-wal", "-shm"):
                database.path.with_name(database.path.name + suffix).unlink(missing_ok=True)
        raise
    database.close()
    for report in reports:
        print(report.summary())
        for note in report.notes:
            print(f"  {note}")
    print(f"{time.perf_counter() - begun:.1f} s")
    if args.report is not None:
        write(reports, args.report)
        print(f"report: {args.report}")
    else:
        _show(reports)
    return 0


def _show(reports: list[Report]) -> None:
    for report in reports:
        for problem in report.problems[:SHOWN]:
            reason, advice = row_text(problem.code, problem.data)
            print(f"  record {problem.row}, {problem.field} {problem.value!r}: {reason}; {advice}")
        if len(report.problems) > SHOWN:
            print(f"  … and {len(report.problems) - SHOWN} more: --report FILE lists them all")
