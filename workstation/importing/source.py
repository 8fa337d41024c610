"""Reading a foreign file with OGR: its fields, its records, its geometry in EPSG:4490 degrees.

What OGR would guess silently (an encoding, a coordinate system) is asked about here instead.
"""

from __future__ import annotations

import codecs
import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from .errors import ImportRefused, RowRefused
from .geometry import parse_crs, transform
from .mapping import Mapping
from .ogr import ERRORS, pyogrio, require_local
from .values import number_of, text_of

_X = ("lon", "lng", "longitude", "x", "point_x", "pointx", "经度", "xcoord")
_Y = ("lat", "latitude", "y", "point_y", "pointy", "纬度", "ycoord")
_TEXT_FILES = frozenset((".csv", ".tsv", ".txt"))
LONGEST_LINE = 1 << 24
"""Bytes of a line of a table; the outline of a large area as text is a few million."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its number in the file (from 1), its key, its values, and its geometry or why it has none."""

    row: int
    key: str
    values: dict[str, Any]
    geometry: BaseGeometry | None
    problem: RowRefused | None = None


@dataclass(slots=True)
class Source:
    """A file that has been read whole. ``crs`` is None for a table without coordinates."""

    path: Path
    name: str
    fields: list[str]
    crs: str
    columns: list[np.ndarray]
    geometry: np.ndarray
    problems: dict[int, RowRefused]
    key_fields: tuple[str, ...]
    fids: np.ndarray

    def __len__(self) -> int:
        return len(self.geometry)

    def records(self) -> Iterator[Record]:
        """The records in the file's order. Records of one key are refused from the second on."""
        seen: dict[str, int] = {}
        for index in range(len(self)):
            values = {name: column[index] for name, column in zip(self.fields, self.columns, strict=True)}
            row = index + 1
            problem = self.problems.get(index)
            key = ""
            try:
                key = self._key(values, index, seen)
            except RowRefused as error:
                problem = problem or error
            if key in seen:
                problem = problem or RowRefused("key_twice", ", ".join(self.key_fields), key, first=seen[key])
            elif key:
                seen[key] = row
            yield Record(row, key, values, self.geometry[index], problem)

    def _key(self, values: dict[str, Any], index: int, seen: dict[str, int]) -> str:
        if self.key_fields:
            parts = [text_of(values[name]) for name in self.key_fields]
            if not any(parts):
                raise RowRefused("no_key", ", ".join(self.key_fields))
            return f"{self.name}:{'/'.join(parts)}"
        # No key field: the place is the key (a record that lies elsewhere is another record), or the record itself.
        geometry = self.geometry[index]
        body = (
            shapely.to_wkb(geometry)
            if geometry is not None
            else repr([text_of(v) for v in values.values()]).encode()
        )
        stem = f"{self.name}:#{hashlib.sha256(body).hexdigest()[:20]}"
        key, n = stem, 1
        while key in seen:
            n += 1
            key = f"{stem}.{n}"
        return key


def read(
    path: Path, mapping: Mapping, crs: str = "", encoding: str = "", *, wants_geometry: bool = True
) -> Source:
    """Read the file, or raise ImportRefused saying what to do. ``crs`` and ``encoding`` of the command line come before the mapping's."""
    if not path.exists():
        raise ImportRefused("file_missing", path=path)
    encoding = encoding or mapping.encoding
    if encoding:
        try:
            encoding = codecs.lookup(encoding).name
        except LookupError:
            raise ImportRefused("no_such_encoding", encoding=encoding) from None
    require_local(path)
    _check_texts(path, encoding)
    layer = _layer(path, mapping.layer)
    meta, fids, wkb, columns = _read(path, layer, mapping, encoding)
    fields = [str(name) for name in meta["fields"]]
    if len(fids) == 0:
        raise ImportRefused("empty", path=path)
    named = crs or mapping.crs
    problems: dict[int, RowRefused] = {}
    if wkb is None:
        geometry, given = _from_columns(path, mapping, fields, columns, problems, wants_geometry), None
    else:
        geometry, given = shapely.force_2d(shapely.from_wkb(wkb, on_invalid="ignore")), meta["crs"]
        for index in np.flatnonzero(
            [g is None and w is not None for g, w in zip(geometry, wkb, strict=True)]
        ):
            problems[int(index)] = RowRefused(
                "bad_geometry", "geometry", detail="not a geometry that GEOS can read"
            )
    system = _system(path, geometry, named, given) if any(g is not None for g in geometry) else None
    if system is not None:
        geometry = transform(geometry, system)
    return Source(
        path=path,
        name=mapping.name or path.stem,
        fields=fields,
        crs="" if system is None else system.to_string(),
        columns=columns,
        geometry=geometry,
        problems=problems,
        key_fields=mapping.key or _key_fields(fields, columns),
        fids=fids,
    )


def _layer(path: Path, wanted: str) -> str:
    try:
        layers = [str(name) for name, _ in pyogrio.list_layers(path.absolute())]
    except ERRORS as error:
        raise ImportRefused("unreadable", path=path, detail=error) from None
    if not layers:
        raise ImportRefused("unreadable", path=path, detail="it has no layers")
    if wanted and wanted not in layers:
        raise ImportRefused("no_layer", path=path, layer=wanted, layers=", ".join(layers))
    if not wanted and len(layers) > 1:
        raise ImportRefused("several_layers", path=path, layers=", ".join(layers))
    return wanted or layers[0]


def _read(
    path: Path, layer: str, mapping: Mapping, encoding: str
) -> tuple[dict[str, Any], Any, Any, list[Any]]:
    options: dict[str, Any] = {
        "layer": layer,
        "return_fids": True,
        "datetime_as_string": True,
        "force_2d": True,
    }
    if mapping.where:
        options["where"] = mapping.where
    # GeoJSON, GPKG and xlsx are UTF-8 by their definition; the encoding is for shapefiles and text.
    if encoding and path.suffix.lower() in (".shp", ".dbf", *_TEXT_FILES):
        options["encoding"] = encoding
    try:
        meta, fids, wkb, columns = pyogrio.raw.read(path.absolute(), **options)
    except UnicodeDecodeError as error:
        raise ImportRefused("bad_encoding", path=path, encoding=encoding or "UTF-8", detail=error) from None
    except ERRORS as error:
        raise ImportRefused("unreadable", path=path, detail=error) from None
    return meta, fids, wkb, list(columns)


def _from_columns(
    path: Path,
    mapping: Mapping,
    fields: list[str],
    columns: list[Any],
    problems: dict[int, RowRefused],
    wanted: bool,
) -> np.ndarray:
    """Points from two columns of a table."""
    lower = {name.lower(): name for name in fields}
    x = mapping.x or next((lower[name] for name in _X if name in lower), "")
    y = mapping.y or next((lower[name] for name in _Y if name in lower), "")
    count = len(columns[0]) if columns else 0
    geometry = np.full(count, None, dtype=object)
    if not x or not y:
        if wanted:
            raise ImportRefused("no_coordinates", path=path, fields=", ".join(fields))
        return geometry
    for name in (x, y):
        if name not in fields:
            raise ImportRefused("mapping_field", field=name, path=path, fields=", ".join(fields))
    xs, ys = columns[fields.index(x)], columns[fields.index(y)]
    for index in range(count):
        try:
            a, b = number_of(xs[index], x), number_of(ys[index], y)
        except RowRefused as error:
            problems[index] = error
            continue
        if a is not None and b is not None:
            geometry[index] = shapely.Point(a, b)
    return geometry


def _system(path: Path, geometry: np.ndarray, named: str, given: str | None) -> pyproj.CRS:
    """The file's coordinate system: what the user said, else what the file says, else a refusal that says what to do."""
    bounds = shapely.total_bounds(geometry[[g is not None for g in geometry]])
    extent = f"x {bounds[0]:.6g} to {bounds[2]:.6g}, y {bounds[1]:.6g} to {bounds[3]:.6g}"
    degrees = bool(
        np.all(np.isfinite(bounds)) and abs(bounds[[0, 2]]).max() <= 180 and abs(bounds[[1, 3]]).max() <= 90
    )
    if not named and not given:
        looks = " and looks like degrees" if degrees else " and is not in degrees"
        suggest = (
            " (EPSG:4490 for CGCS2000, EPSG:4326 for GPS; ask whether they are GCJ-02 map coordinates, which are neither)"
            if degrees
            else " (for example EPSG:4549, the CGCS2000 3-degree zone of 120°E)"
        )
        raise ImportRefused("no_crs", path=path, extent=extent, looks=looks, suggest=suggest)
    system = parse_crs(named or str(given))
    # A single wild value must not condemn the file: rows are refused one by one. But a file of degrees is no file of metres.
    if system.is_projected and degrees:
        raise ImportRefused(
            "crs_contradicts",
            extent=extent,
            crs=system.to_string(),
            reason="they look like degrees, it is in metres",
        )
    if system.is_geographic and _mostly_off_the_earth(geometry):
        raise ImportRefused(
            "crs_contradicts", extent=extent, crs=system.to_string(), reason="it is in degrees, they are not"
        )
    return system


def _mostly_off_the_earth(geometry: np.ndarray) -> bool:
    boxes = shapely.bounds(geometry[[g is not None for g in geometry]])
    with np.errstate(invalid="ignore"):
        off = (np.abs(boxes[:, [0, 2]]).max(axis=1) > 180) | (np.abs(boxes[:, [1, 3]]).max(axis=1) > 90)
    return bool(off.mean() > 0.5)


def _key_fields(fields: list[str], columns: list[Any]) -> tuple[str, ...]:
    """The field that tells the records apart, where its name says so and its values are all different; else none."""
    lower = {name.lower(): name for name in fields}
    for guess in (
        "objid",
        "objectid",
        "gid",
        "uuid",
        "guid",
        "id",
        "fid",
        "bgid",
        "bgcode",
        "code",
        "编号",
        "标识码",
    ):
        if guess in lower:
            values = [text_of(v) for v in columns[fields.index(lower[guess])]]
            if all(values) and len(set(values)) == len(values):
                return (lower[guess],)
    return ()


def _check_texts(path: Path, encoding: str) -> None:
    """Refuse texts that are not in the encoding they are said to be in, or, where nothing is said, not UTF-8."""
    suffix = path.suffix.lower()
    if suffix in (".shp", ".dbf"):
        table = path.with_suffix(".dbf")
        if not table.exists():
            return
        said = encoding or _cpg(path)
        lines = _dbf_records(table)
    elif suffix in _TEXT_FILES:
        said = encoding
        lines = _lines(path)
    else:
        return
    decoder = codecs.getincrementaldecoder(said or "utf-8")
    for line, whole in lines:
        try:
            decoder().decode(line, final=whole)
        except UnicodeDecodeError as error:
            if said:
                raise ImportRefused("bad_encoding", path=path, encoding=said, detail=error) from None
            raise ImportRefused(
                "encoding_unknown",
                path=path,
                preview=line.decode("gb18030", "replace").strip()[:60],
                latin=line.decode("cp1252", "replace").strip()[:60],
            ) from None


def _lines(path: Path) -> Iterator[tuple[bytes, bool]]:
    """The lines of a text, one after the other, however large the file is."""
    with path.open("rb") as stream:
        while line := stream.readline(LONGEST_LINE + 1):
            if len(line) > LONGEST_LINE:
                raise ImportRefused("line_too_long", path=path, limit=LONGEST_LINE >> 20)
            yield line, True


def _cpg(path: Path) -> str:
    """The encoding that the .cpg file names, or ""."""
    for suffix in (".cpg", ".CPG"):
        file = path.with_suffix(suffix)
        if file.exists():
            name = file.read_text(encoding="ascii", errors="replace").strip()
            name = {"65001": "utf-8", "936": "gb18030", "54936": "gb18030"}.get(name, name)
            try:
                codecs.lookup(name)
            except LookupError:
                return ""
            return name
    return ""


def _dbf_records(table: Path) -> Iterator[tuple[bytes, bool]]:
    """The character values of a dBase table, one after the other; False where its width has cut a value off, perhaps
    in the middle of a character."""
    data = table.read_bytes()
    if len(data) < 32:
        raise ImportRefused("unreadable", path=table, detail="the table is cut off")
    count, head, size = struct.unpack("<IHH", data[4:12])
    spans, at, offset = [], 32, 1
    while at + 32 <= head and data[at] != 0x0D:
        width = data[at + 16]
        if data[at + 11 : at + 12] == b"C":
            spans.append((offset, offset + width))
        offset += width
        at += 32
    for index in range(count if size else 0):
        record = data[head + index * size : head + (index + 1) * size]
        for start, end in spans:
            value = record[start:end]
            yield value.rstrip(b" \x00"), value.endswith((b" ", b"\x00")) or len(value) < end - start
