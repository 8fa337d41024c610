"""Street lines into the ``road`` table."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

from ..store import changes
from ..store.tables import road
from . import writer
from .base import Job, Reading, each, next_id
from .errors import RowRefused
from .mapping import Target

KINDS = frozenset(("expressway", "main", "secondary", "branch", "lane"))
TARGETS = (
    Target(
        "name",
        guesses=("roadname", "road_name", "street", "st_name", "名称", "路名", "道路名称"),
        longest=200,
    ),
    Target(
        "kind",
        guesses=(
            "highway",
            "kind_detail",
            "fclass",
            "functionalclass",
            "roadclass",
            "type",
            "等级",
            "道路等级",
        ),
        longest=100,
    ),
    Target("width_m", guesses=("width", "宽度", "路宽"), longest=20),
)

# OpenStreetMap's classes and the usual Chinese words, by the role a street has in a city.
_KIND_OF = {
    "motorway": "expressway", "trunk": "expressway", "快速路": "expressway", "高速公路": "expressway",
    "primary": "main", "arterial": "main", "主干路": "main", "主干道": "main",
    "secondary": "secondary", "次干路": "secondary", "次干道": "secondary",
    "tertiary": "branch", "unclassified": "branch", "residential": "branch", "collector": "branch", "支路": "branch",
}  # fmt: skip
_WIDTH = {"expressway": 36.0, "main": 28.0, "secondary": 20.0, "branch": 12.0, "lane": 6.0}
_WIDEST = 200.0


def kind_of(text: str) -> str:
    """The role of a street of a foreign class; what is not known is a lane. OSM lists several as ``['a', 'b']``: the first counts."""
    word = text.strip("[]'\" ").split(",")[0].strip("'\" ").lower().removesuffix("_link")
    return word if word in KINDS else _KIND_OF.get(word, "lane")


def run(job: Job) -> None:
    """Bring the lines in. A record of several lines makes a row of each."""
    before = writer.stored(job.conn, road, job.source.name + ":")
    numbers = {key: row["id"] for key, row in before.items()}
    free = next_id(job.conn, road)
    rows: list[writer.Row] = []

    def take(reading: Reading, geometry: BaseGeometry | None) -> None:
        nonlocal free
        kind = kind_of(reading.texts.get("kind", ""))
        width = reading.number("width_m")
        if width is not None and not 0 < width <= _WIDEST:
            raise RowRefused("not_a_number", "width_m", width)
        lines = [line for line in shapely.get_parts(geometry) if line.length > 0]
        if not lines:
            raise RowRefused("no_geometry", "geometry")
        for part, line in enumerate(lines):
            key = reading.record.key if len(lines) == 1 else f"{reading.record.key}|{part + 1}"
            number = numbers.get(key)
            if number is None:
                number, free = free, free + 1
            columns = {
                "id": number,
                "name": reading.texts.get("name", ""),
                "kind": kind,
                "width_m": width or _WIDTH[kind],
            }
            rows.append(
                writer.Row(reading.record.row, key, columns, {"geom": shapely.LineString(line.coords)})
            )

    each(job, TARGETS, "LINESTRINGS", take)
    done = writer.upsert(job.conn, road, rows, before, names="id")
    job.report.new, job.report.changed, job.report.unchanged = done.new, done.changed, done.unchanged
    if done.keys:
        changes.record(job.conn, "city", ["road"], job.now)
