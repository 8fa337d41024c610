"""The recipe of a demo city: what `data/demo/*.toml` says, and the sizes asked for."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ..workflow.library import data_folder

RECIPE = data_folder() / "demo" / "qinghe.toml"

WIDEST_FIRST = ("expressway", "main", "secondary", "branch", "lane")
"""Kinds of street, the widest first."""


@dataclass(frozen=True)
class Size:
    """How large a city, which one of its kind, and the instant its story has reached."""

    grids: int
    components: int
    cases: int
    seed: int
    until: datetime


@dataclass(frozen=True)
class Recipe:
    """The recipe's sections, read from TOML."""

    city: dict[str, Any]
    land: dict[str, Any]
    streets: dict[str, Any]
    names: dict[str, Any]
    people: dict[str, Any]
    text: str

    @classmethod
    def load(cls, path: Path = RECIPE) -> Recipe:
        """The recipe in ``path``. Raises OSError or tomllib.TOMLDecodeError."""
        text = path.read_text(encoding="utf-8")
        doc = tomllib.loads(text)
        return cls(doc["city"], doc["land"], doc["streets"], doc["names"], doc.get("people", {}), text)

    def carriageway(self, kind: str) -> float:
        """Width in metres between the kerbs."""
        return float(self.streets["width"][kind][0])

    def pavement(self, kind: str) -> float:
        """Width in metres of the pavement on either side."""
        return float(self.streets["width"][kind][1])

    def reserve(self, kind: str) -> float:
        """Half of the street's whole width: from the centre line to the building line."""
        return self.carriageway(kind) / 2 + self.pavement(kind)
