"""The English sentences of the command line: what is wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Of the whole file. Each says what to do.
REFUSALS: dict[str, str] = {
    "file_missing": "There is no file {path}.",
    "unreadable": "{path} cannot be read: {detail}. Is it complete, and of a kind that OGR reads (shapefile, GeoJSON, GPKG, CSV, xlsx)?",
    "virtual_path": "{path} is no file of this machine but an address. Fetch it first, and name the file.",
    "too_large": "{path} holds {size} MB unpacked; {limit} MB are taken at most. Divide it.",
    "line_too_long": "{path} has a line of more than {limit} MB: that is no table. Is it complete, and a text?",
    "no_layer": '{path} has no layer {layer!r}. Its layers are: {layers}. Name one in the mapping: [source] layer = "...".',
    "several_layers": '{path} has several layers: {layers}. Name one in the mapping: [source] layer = "...".',
    "empty": "{path} has no records.",
    "no_crs": (
        "{path} does not say in which coordinate system it is (no .prj, no crs). "
        "Its extent is {extent}{looks}. Say which it is: --crs EPSG:NUMBER{suggest}."
    ),
    "bad_crs": "{crs!r} is not a coordinate system. Write for example EPSG:4490 or EPSG:4549.",
    "crs_contradicts": "The coordinates {extent} cannot be in {crs} ({reason}). Say which system they are in: --crs EPSG:NUMBER.",
    "encoding_unknown": (
        "The texts of {path} are not UTF-8 and the file does not say what they are. The first such text, "
        "read as GB18030: {preview!r}; read as Windows-1252: {latin!r}. Say which is right: --encoding GB18030 (or another name)."
    ),
    "bad_encoding": "The texts of {path} are not {encoding}: {detail}. Try another --encoding.",
    "no_such_encoding": "{encoding!r} is not the name of an encoding. Examples: UTF-8, GB18030.",
    "mapping_unreadable": "The mapping {path} cannot be read: {detail}.",
    "mapping_key": "The mapping {path} has an unknown key {key!r}. Known are: {known}.",
    "mapping_value": "The mapping {path}: {key} {detail}.",
    "mapping_field": "The mapping names a field {field!r} that {path} has not. Its fields are: {fields}.",
    "unmapped": (
        "It is not clear which field of {path} holds: {targets}. Its fields are: {fields}. "
        "Write a mapping file and give it with --mapping:\n[fields]\n{example}"
    ),
    "no_coordinates": '{path} has no geometry, and no fields that look like coordinates. Its fields are: {fields}. Write a mapping: [source] x = "...", y = "...".',
    "no_city": "{url} has no city yet. Add --create --name NAME --district CODE (6 digits), or run: workstation db create.",
    "city_exists": "{url} exists already: leave --create out to import into it.",
    "district": "{value!r} is not a district code: six digits, for example 420111.",
    "create_needs": "--create needs --name NAME and --district CODE (6 digits).",
    "no_grids": "The city has no unit grids yet. Import them first: workstation import grids FILE --db {url}.",
    "no_streets": "{path} has no lines to make unit grids from.",
    "no_blocks": "The lines of {path} enclose no area: no unit grids can be made from them.",
    "too_many": "There is no code left for {what} in {where}: {most} at most.",
    "no_handbook": "The city's handbook is not to be had: {detail}.",
    "bad_district": "The city has no district code of six digits. Run: workstation db create.",
}

# Of one row: (what is wrong, what to do).
ROWS: dict[str, tuple[str, str]] = {
    "no_geometry": ("the record has no geometry", "give it one, or leave the record out"),
    "bad_geometry": ("the geometry is broken: {detail}", "repair it, for example with QGIS, Fix geometries"),
    "wrong_geometry": (
        "a {found} cannot be taken where a {wanted} is needed",
        "convert it, or leave the record out",
    ),
    "several_parts": (
        "the area has {parts} separate parts",
        "make a record of each: a unit grid is one piece",
    ),
    "no_area": ("the area is nothing or less than a square metre", "leave the record out"),
    "out_of_range": (
        "the coordinates are not on the earth in this system",
        "check the coordinates and --crs",
    ),
    "zero_coordinates": ("the coordinates are zero", "enter the true position"),
    "not_a_number": ("not a number", "write digits with a point"),
    "not_a_date": (
        "not a date in any of the formats {formats}",
        "correct it, or add its format to the mapping: [source] dates",
    ),
    "missing": ("there is nothing in it, and it is needed", "fill it in, or give a constant in the mapping"),
    "unknown_value": (
        "the mapping has no meaning for this value",
        "add it to the field's values, or give it an otherwise",
    ),
    "not_allowed": ("must be one of: {allowed}", "correct it, or add a value map to the mapping"),
    "too_long": ("longer than {most} characters", "shorten it"),
    "key_twice": (
        "record {first} of the file has the same key",
        "leave one of them out, or choose a key that is unique",
    ),
    "no_key": ("the record's key is empty", "fill it in"),
    "code_taken": (
        "the code {code} belongs to something that did not come from this file",
        "give it another code",
    ),
    "bad_code": ("{code!r} is not a code of {digits} digits", "correct it, or leave it empty: one is made"),
    "unknown_unit": (
        "there is no unit of that code or name",
        "import units first, or set [units] create = true in the mapping",
    ),
    "unknown_class": (
        "the class table has no class {code!r} of kind {kind}",
        "add a value map from your class to a known one",
    ),
    "outside": ("lies in no unit grid", "it is in without a grid; import the grid, then this file again"),
    "no_parent": (
        "lies in no street office of the city",
        "import the street offices first, or give it a code",
    ),
    "division_differs": ("the place lies in {found}, the record says {said}", "check the record's place"),
    "no_limit": ("the record has no deadline", "nothing: the case has none"),
    "no_moment": ("{status} without a date, and the mapping names no date of the file (as_of)", "map as_of"),
    "dates_order": ("{later} is before {earlier}", "correct the dates"),
    "worked_on": (
        "the case has been worked on here since; it is left as it is",
        "nothing, or note the difference in the case",
    ),
    "log_differs": (
        "the case's log says otherwise about {detail}, and a log is never changed",
        "note the difference in the case",
    ),
    "unit_made": ("unit {code} was not there and has been made", "complete its name and contacts"),
    "control_characters": ("control characters have been left out", "clean the text in the source"),
}


class _Lenient(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"


def refusal_text(code: str, data: Mapping[str, Any]) -> str:
    """The sentence for an :class:`~.errors.ImportRefused`."""
    return REFUSALS[code].format_map(_Lenient(data))


def row_text(code: str, data: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong with a row, and what to do."""
    reason, advice = ROWS[code]
    values = _Lenient(data)
    return reason.format_map(values), advice.format_map(values)
