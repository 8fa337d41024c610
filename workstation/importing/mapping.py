"""Mapping files: which field of a foreign file goes to which of ours.

A TOML file of four tables, all optional::

    [source]                  # how to read the file
    name = "dc_litter_cans"   # beginning of the records' keys; the file's name without ending if left out
    layer = "…"  where = "…"  crs = "EPSG:4326"  encoding = "UTF-8"
    x = "LON"  y = "LAT"      # for tables without geometry
    key = "OBJECTID"          # or ["A", "B"]: what tells a record from the others, also in next year's file
    dates = ["%d.%m.%Y"]      # strptime formats, tried before ISO 8601
    no_date = ["1970-01-01"]  # beginnings of values that mean "no date"
    zone = "Asia/Shanghai"    # of dates that name none

    [fields]                  # ours = theirs
    name = "NAME"
    state = {field = "STATUS", values = {A = "intact", D = "damaged"}, otherwise = "intact"}
    class_code = {constant = "0305"}
    code = {template = "110001{WARD:03}"}

    [units]                   # for fields that hold a unit
    create = true             # make units that are not there
    kind = "department"
    names = {DPW = "Department of Public Works"}
    level = "street"          # import units: what they are; street and community make divisions too

"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .errors import ImportRefused, RowRefused
from .values import LONGEST, text_of

_SOURCE_KEYS = frozenset(
    ("name", "layer", "where", "crs", "encoding", "x", "y", "key", "dates", "no_date", "zone")
)
_SECTIONS = frozenset(("source", "fields", "units"))
_UNIT_KEYS = frozenset(("create", "kind", "level", "names"))
_RULE_KEYS = frozenset(("field", "constant", "template", "values", "otherwise"))
_PLACE = re.compile(r"\{([^{}:!]+)(?::0?>?(\d+))?\}")


@dataclass(frozen=True, slots=True)
class Target:
    """A field of ours that a file may fill. ``guesses`` are names, in lower case, under which it is usually found."""

    name: str
    required: bool = False
    guesses: tuple[str, ...] = ()
    allowed: frozenset[str] = frozenset()
    longest: int = LONGEST


@dataclass(frozen=True, slots=True)
class Rule:
    """How one target is filled from a record."""

    field: str = ""
    constant: str | None = None
    template: str = ""
    values: MappingType[str, str] | None = None
    otherwise: str | None = None

    def fields(self) -> list[str]:
        """The fields of the file that it reads."""
        return [self.field] if self.field else [name for name, _ in _PLACE.findall(self.template)]

    def read(self, record: MappingType[str, Any]) -> str:
        """The record's value as text, mapped; RowRefused where the value map does not know it."""
        if self.constant is not None:
            return self.constant
        if self.template:
            if not all(text_of(record[name]) for name in self.fields()):
                return ""
            return _PLACE.sub(lambda m: text_of(record[m[1]]).rjust(int(m[2] or 0), "0"), self.template)
        text = text_of(record[self.field])
        if self.values is None:
            return text
        if text in self.values:
            return self.values[text]
        if self.otherwise is not None:
            return self.otherwise
        if not text:
            return ""
        raise RowRefused("unknown_value", self.field, text)


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a mapping file says; empty where there is none."""

    path: str = ""
    name: str = ""
    layer: str = ""
    where: str = ""
    crs: str = ""
    encoding: str = ""
    x: str = ""
    y: str = ""
    key: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    no_date: tuple[str, ...] = ()
    zone: str = "Asia/Shanghai"
    fields: MappingType[str, Rule] = field(default_factory=dict)
    units: MappingType[str, Any] = field(default_factory=dict)

    def tzinfo(self) -> ZoneInfo:
        """The zone of dates that name none."""
        return ZoneInfo(self.zone)


def load(path: Path, targets: tuple[Target, ...]) -> Mapping:
    """Read and check a mapping file. ImportRefused names the key that is wrong."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ImportRefused("mapping_unreadable", path=path, detail=error) from None
    _known(path, document, _SECTIONS, "")
    for section in document:
        if not isinstance(document[section], dict):
            raise ImportRefused("mapping_value", path=path, key=section, detail="must be a table")
    source = document.get("source", {})
    _known(path, source, _SOURCE_KEYS, "source.")
    _known(path, document.get("units", {}), _UNIT_KEYS, "units.")
    names = frozenset(target.name for target in targets)
    rules = document.get("fields", {})
    _known(path, rules, names, "fields.")
    values: dict[str, Any] = {}
    for key, value in source.items():
        if key in ("key", "dates", "no_date"):
            listed = [value] if isinstance(value, str) else value
            if not isinstance(listed, list) or not all(isinstance(item, str) and item for item in listed):
                raise ImportRefused(
                    "mapping_value",
                    path=path,
                    key=f"source.{key}",
                    detail="must be a text or a list of texts",
                )
            values[key] = tuple(listed)
        elif isinstance(value, str):
            values[key] = value
        else:
            raise ImportRefused("mapping_value", path=path, key=f"source.{key}", detail="must be a text")
    mapping = Mapping(
        path=str(path),
        fields={name: _rule(path, name, rule) for name, rule in rules.items()},
        units=document.get("units", {}),
        **values,
    )
    try:
        mapping.tzinfo()
    except (ZoneInfoNotFoundError, ValueError):
        raise ImportRefused(
            "mapping_value", path=path, key="source.zone", detail=f"is no time zone: {mapping.zone}"
        ) from None
    return mapping


def _known(path: Path, table: MappingType[str, Any], known: frozenset[str], prefix: str) -> None:
    for key in table:
        if key not in known:
            raise ImportRefused("mapping_key", path=path, key=prefix + key, known=", ".join(sorted(known)))


def _rule(path: Path, name: str, rule: Any) -> Rule:
    key = f"fields.{name}"
    if isinstance(rule, str):
        return Rule(field=rule)
    if not isinstance(rule, dict):
        raise ImportRefused("mapping_value", path=path, key=key, detail="must be a field's name or a table")
    _known(path, rule, _RULE_KEYS, f"{key}.")
    if sum(part in rule for part in ("field", "constant", "template")) != 1:
        raise ImportRefused(
            "mapping_value", path=path, key=key, detail="needs exactly one of field, constant, template"
        )
    values = rule.get("values")
    if values is not None and not isinstance(values, dict):
        raise ImportRefused("mapping_value", path=path, key=f"{key}.values", detail="must be a table")
    return Rule(
        field=str(rule.get("field", "")),
        constant=None if "constant" not in rule else str(rule["constant"]),
        template=str(rule.get("template", "")),
        values=None if values is None else {str(k): str(v) for k, v in values.items()},
        otherwise=None if "otherwise" not in rule else str(rule["otherwise"]),
    )


def resolve(mapping: Mapping, targets: tuple[Target, ...], fields: list[str], path: str) -> dict[str, Rule]:
    """The rule for every target that can be filled: the mapping's, else a guess by the field's name.

    Raises ImportRefused where the mapping names a field the file has not, or a required target stays without one.
    """
    rules: dict[str, Rule] = {}
    lower = {name.lower(): name for name in fields}
    shown = ", ".join(fields) or "(none)"
    for target in targets:
        rule = mapping.fields.get(target.name)
        if rule is None:
            guess = next((lower[g] for g in (target.name, *target.guesses) if g in lower), None)
            if guess is None:
                continue
            rule = Rule(field=guess)
        for name in rule.fields():
            if name not in fields:
                raise ImportRefused("mapping_field", field=name, path=path, fields=shown)
        rules[target.name] = rule
    for name in (*mapping.key, *(n for n in (mapping.x, mapping.y) if n)):
        if name not in fields:
            raise ImportRefused("mapping_field", field=name, path=path, fields=shown)
    missing = [target.name for target in targets if target.required and target.name not in rules]
    if missing:
        example = "\n".join(f'{name} = "..."' for name in missing)
        raise ImportRefused("unmapped", path=path, targets=", ".join(missing), fields=shown, example=example)
    return rules
