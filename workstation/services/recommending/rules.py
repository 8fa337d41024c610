"""By what figures units are recommended, and the two switches: shipped data, and what the city's settings say otherwise.

The settings are rows of ``city``: ``dispatch.recommend`` (on, off), ``dispatch.automatic`` (off, on), ``dispatch.threshold`` (the
score that an automatic dispatch needs) and ``dispatch.weights`` (JSON, tables of ``data/recommending/default.toml``).
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ...store import raw
from ...workflow.library import data_folder

if TYPE_CHECKING:
    from sqlalchemy import Connection

RECOMMEND, AUTOMATIC, THRESHOLD, WEIGHTS = (
    f"dispatch.{name}" for name in ("recommend", "automatic", "threshold", "weights")
)
DEFAULTS = {RECOMMEND: "on", AUTOMATIC: "off", THRESHOLD: "", WEIGHTS: ""}
"""The settings that are the recommender's, with what holds where they are not set."""


class SettingWrong(ValueError):
    """A setting that cannot be one: its ``key`` and ``value``."""

    def __init__(self, key: str, value: str) -> None:
        super().__init__(f"{key}: {value}")
        self.key = key
        self.value = value


@dataclass(frozen=True, slots=True)
class Rules:
    """Figures in force. ``weights`` by reason, ``levels`` by level of a unit; metres and days as their names say."""

    weights: Mapping[str, float]
    levels: Mapping[str, float]
    line_metres: float
    line_classes: tuple[str, ...]
    near_metres: float
    history_days: int
    around_metres: float
    history_enough: float
    least: float
    margin: float
    threshold: float
    wait_seconds: float
    responsibility: Mapping[str, Any]
    """What counts as a gap (:mod:`.responsibility`)."""

    def along_a_line(self, kind: str, class_code: str) -> bool:
        """Whether such a problem lies along a line, where beside an area is as good as inside."""
        return any(f"{kind}:{class_code}".startswith(prefix) for prefix in self.line_classes)


@dataclass(frozen=True, slots=True)
class Switches:
    """The two switches, each by itself, and the figures."""

    recommend: bool
    automatic: bool
    rules: Rules


@lru_cache(maxsize=1)
def shipped() -> dict[str, Any]:
    """The tables of the shipped file."""
    return tomllib.loads((data_folder() / "recommending" / "default.toml").read_text("utf-8"))


def read(conn: Connection) -> Switches:
    """What the city has set, laid over what ships. A value that cannot be read counts as not set."""
    rows = raw.all_rows(conn, "SELECT key, value FROM city WHERE key LIKE 'dispatch.%'")
    return switches({str(key): str(value) for key, value in rows})


def switches(settings: Mapping[str, str]) -> Switches:
    """The switches that these settings make."""
    values = {key: settings.get(key, value) for key, value in DEFAULTS.items()}
    for key, value in list(values.items()):
        if problem(key, value):
            values[key] = DEFAULTS[key]
    return Switches(
        values[RECOMMEND] == "on", values[AUTOMATIC] == "on", _rules(values[WEIGHTS], values[THRESHOLD])
    )


def problem(key: str, value: str) -> bool:
    """Whether the value cannot be the setting's. KeyError: no such setting."""
    DEFAULTS[key]
    if key in (RECOMMEND, AUTOMATIC):
        return value not in ("on", "off")
    if not value:
        return False
    try:
        found = json.loads(value)
    except ValueError:
        return True
    if key == THRESHOLD:
        return not _figure(found)
    if not isinstance(found, dict):
        return True
    known = shipped()
    for table, entries in found.items():
        if table not in known or not isinstance(entries, dict):
            return True
        for name, entry in entries.items():
            if name not in known[table] or not _like(known[table][name], entry):
                return True
    return False


def _figure(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _like(shipped: Any, value: Any) -> bool:
    if isinstance(shipped, list):
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return _figure(value)


@lru_cache(maxsize=8)
def _rules(own: str, threshold: str) -> Rules:
    tables = {name: dict(table) for name, table in shipped().items()}
    for name, table in (json.loads(own) if own else {}).items():
        tables[name].update(table)
    return Rules(
        weights=tables["weights"],
        levels=tables["levels"],
        line_metres=float(tables["line"]["metres"]),
        line_classes=tuple(tables["line"]["classes"]),
        near_metres=float(tables["near"]["metres"]),
        history_days=int(tables["history"]["days"]),
        around_metres=float(tables["history"]["around_metres"]),
        history_enough=float(tables["history"]["enough"]),
        least=float(tables["verdict"]["least"]),
        margin=float(tables["verdict"]["margin"]),
        threshold=float(threshold) if threshold else float(tables["verdict"]["automatic"]),
        wait_seconds=float(tables["verdict"]["wait_seconds"]),
        responsibility=tables["responsibility"],
    )
