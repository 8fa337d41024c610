"""What a question about an area has found, or a track, as a file: csv, xlsx, GeoJSON, GPX. Whole, or not there at all.

Text is written so that no spreadsheet takes it for a formula. Nothing of who reported a case is among the rows.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from ..documents.spreadsheet import Value, harmless, whole, write_xlsx
from .query import Cancelled, Found, FoundRow

if TYPE_CHECKING:
    from ...workflow.event import Actor
    from ..services import Services
    from .positions import Track

PART = 2000
"""Rows that are read and written at once."""
Progress = Callable[[int], None]
Words = Callable[[str, Any], Any]
"""A column's value in words: (column, value)."""


def plain(column: str, value: Any) -> Any:
    """The value as it is."""
    return value


def export_found(
    services: Services,
    found: Found,
    path: Path,
    titles: Mapping[str, str],
    actor: Actor,
    words: Words = plain,
    cancelled: Callable[[], bool] = bool,
    progress: Progress | None = None,
) -> int:
    """Write what was found to ``path``, whose suffix says how (.csv, .xlsx, .geojson); how many rows.

    ``titles`` are the columns (fields of the rows) in order, with their headings. Cancelled leaves no file; OSError says why
    it cannot be written.
    """
    writers = {".csv": _csv, ".xlsx": _xlsx, ".geojson": _geojson}
    with whole(path) as partial:
        rows = _rows(services, found, actor, cancelled, progress)
        return writers[path.suffix.lower()](partial, titles, rows, words)


def _rows(
    services: Services,
    found: Found,
    actor: Actor,
    cancelled: Callable[[], bool],
    progress: Progress | None,
) -> Iterator[FoundRow]:
    for start in range(0, len(found), PART):
        if cancelled():
            raise Cancelled
        yield from services.spatial.rows(found, start, start + PART, actor)
        if progress is not None:
            progress(min(len(found), start + PART))


def _cells(row: FoundRow, titles: Mapping[str, str], words: Words) -> list[Value]:
    values = asdict(row)
    cells = [words(column, values[column]) for column in titles]
    return [harmless(cell) if isinstance(cell, str) else cell for cell in cells]


def _csv(path: Path, titles: Mapping[str, str], rows: Iterator[FoundRow], words: Words) -> int:
    count = 0
    # With a mark, or Excel takes it for another encoding.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([harmless(title) for title in titles.values()])
        for row in rows:
            writer.writerow(_cells(row, titles, words))
            count += 1
    return count


def _xlsx(path: Path, titles: Mapping[str, str], rows: Iterator[FoundRow], words: Words) -> int:
    return write_xlsx(path, list(titles.values()), (_cells(row, titles, words) for row in rows))


def _geojson(path: Path, titles: Mapping[str, str], rows: Iterator[FoundRow], words: Words) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for row in rows:
            values = asdict(row)
            told = {title: words(column, values[column]) for column, title in titles.items()}
            feature = _feature("Point", [values["lon"], values["lat"]], told)
            file.write(("," if count else "") + "\n" + json.dumps(feature, ensure_ascii=False))
            count += 1
        file.write("\n]}\n")
    return count


def _feature(kind: str, coordinates: Any, properties: Mapping[str, Any]) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": dict(properties)}


# ---- tracks ----


def export_tracks(tracks: Sequence[tuple[str, Track, float]], path: Path) -> int:
    """Write tracks (name, points, seconds that make a gap) as .gpx or .geojson; how many points.

    A gap ends a piece: no line is drawn over what nobody knows.
    """
    with whole(path) as partial:
        text = _gpx(tracks) if path.suffix.lower() == ".gpx" else _track_json(tracks)
        partial.write_text(text, encoding="utf-8")
    return sum(len(track) for _, track, _ in tracks)


def _pieces(track: Track, gap: float) -> Iterator[tuple[int, int]]:
    begin = 0
    for n in range(1, len(track) + 1):
        if n == len(track) or track.at[n] - track.at[n - 1] > gap:
            yield begin, n
            begin = n


def _instant(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _gpx(tracks: Sequence[tuple[str, Track, float]]) -> str:
    parts = ['<?xml version="1.0" encoding="UTF-8"?>']
    parts.append('<gpx version="1.1" creator="workstation" xmlns="http://www.topografix.com/GPX/1/1">')
    for name, track, gap in tracks:
        parts.append(f"<trk><name>{escape(name)}</name>")
        for begin, end in _pieces(track, gap):
            parts.append("<trkseg>")
            for n in range(begin, end):
                lat, lon = quoteattr(f"{track.lat[n]:.7f}"), quoteattr(f"{track.lon[n]:.7f}")
                parts.append(f"<trkpt lat={lat} lon={lon}><time>{_instant(track.at[n])}</time></trkpt>")
            parts.append("</trkseg>")
        parts.append("</trk>")
    parts.append("</gpx>\n")
    return "\n".join(parts)


def _track_json(tracks: Sequence[tuple[str, Track, float]]) -> str:
    features = []
    for name, track, gap in tracks:
        lines, times = [], []
        for begin, end in _pieces(track, gap):
            line = [[round(float(track.lon[n]), 7), round(float(track.lat[n]), 7)] for n in range(begin, end)]
            # A line has two points at least.
            lines.append(line if len(line) > 1 else [line[0], line[0]])
            times.append([_instant(track.at[n]) for n in range(begin, end)])
        features.append(_feature("MultiLineString", lines, {"name": name, "times": times}))
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
