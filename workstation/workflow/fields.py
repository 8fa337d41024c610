"""The fields of commands: each checked by its type and brought into its plain form."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from .case import Case
from .context import Context
from .event import Refusal, format_instant, parse_instant
from .flow import (
    AREA_CLASSES,
    CAUSES,
    CHOSEN_BY,
    KINDS,
    PHOTO_ROLES,
    RESULTS,
    SCOPES,
    VERDICTS,
    VERIFY_RESULTS,
    Arrow,
    FieldSpec,
)

ADVICE_AT_MOST = 16
"""Units, and reasons, that a recommendation is kept with."""


def read_fields(
    case: Case | None, arrow: Arrow, given: Mapping[str, Any], context: Context
) -> dict[str, Any] | Refusal:
    """The command's fields, checked and in their plain form."""
    data: dict[str, Any] = {}
    for spec in arrow.fields:
        value = given.get(spec.name)
        if value is None or (spec.required and value == ""):
            if spec.required and not (arrow.inherits and value is None and _has(case, spec.name)):
                return Refusal("field_missing", {"arrow": arrow.name, "field": spec.name})
            continue
        try:
            data[spec.name] = _READERS[spec.type](value, spec, arrow)
        except (ValueError, TypeError, KeyError, OverflowError):
            return Refusal("field_wrong", {"arrow": arrow.name, "field": spec.name})
    if len(data) < len(given):
        names = {spec.name for spec in arrow.fields}
        for name in given:
            if name not in names:
                return Refusal("field_unknown", {"arrow": arrow.name, "field": name})
    handbook = context.handbook
    if "source" in data and data["source"] not in handbook.sources:
        return Refusal("source_unknown", {"source": data["source"]})
    if data.get("kind") == "warning" and all(c.kind != "warning" for c in handbook.classes):
        return Refusal("kind_unknown", {"kind": "warning"})
    if data.get("class_code"):
        kind = data.get("kind") or (case.kind if case is not None else "")
        if handbook.class_item(kind, data["class_code"]) is None:
            return Refusal("class_unknown", {"kind": kind, "class_code": data["class_code"]})
    return data


def _has(case: Case | None, name: str) -> bool:
    return case is not None and getattr(case, name, "") not in ("", None)


def storable(text: str) -> bool:
    """Whether both stores keep the text as it is: PostgreSQL has no NUL, and neither takes half of a surrogate pair."""
    return "\x00" not in text and (text.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in text))


def _text(value: Any, spec: FieldSpec, arrow: Arrow) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    if not storable(value):
        raise ValueError(value)
    text = value.strip()
    if spec.required and not text:
        raise ValueError(value)
    return text


def _texts(value: Any, spec: FieldSpec, arrow: Arrow) -> list[str]:
    if isinstance(value, str):
        raise TypeError(value)
    texts = [_text(v, spec, arrow) for v in value]
    if len(set(texts)) < len(texts) or "" in texts:
        raise ValueError(value)
    return texts


def _boolean(value: Any, spec: FieldSpec, arrow: Arrow) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _number(value: Any, lowest: float, highest: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError(value)
    if not lowest <= value <= highest:
        raise ValueError(value)
    return float(value)


def _choice(*choices: str) -> Callable[[Any, FieldSpec, Arrow], str]:
    def read(value: Any, spec: FieldSpec, arrow: Arrow) -> str:
        if value not in choices:
            raise ValueError(value)
        return str(value)

    return read


def _result(value: Any, spec: FieldSpec, arrow: Arrow) -> str:
    return _choice(*RESULTS.get(arrow.name, VERIFY_RESULTS))(value, spec, arrow)


def _instant(value: Any, spec: FieldSpec, arrow: Arrow) -> str:
    return format_instant(value if isinstance(value, datetime) else parse_instant(value))


def _digest(value: Any, spec: FieldSpec, arrow: Arrow) -> str:
    if not isinstance(value, str) or len(value) != 64 or set(value) - set("0123456789abcdef"):
        raise ValueError(value)
    return str(value)


def _photos(value: Any, spec: FieldSpec, arrow: Arrow) -> list[dict[str, str]]:
    out = []
    for item in value:
        sha = _digest(item["sha256"], spec, arrow)
        role = _choice(*PHOTO_ROLES)(item.get("role", "other"), spec, arrow)
        name = str(item.get("name", ""))
        if not storable(name):
            raise ValueError(name)
        out.append({"sha256": sha, "role": role, "name": name})
    return out


def _amount(value: Any, spec: FieldSpec, arrow: Arrow) -> float:
    number = _number(value, 0, 100_000)
    if number == 0:
        raise ValueError(value)
    return number


def _advice(value: Any, spec: FieldSpec, arrow: Arrow) -> dict[str, Any]:
    """What was recommended when this was sent: ``units`` (the best few), ``rank`` of the one it went to (0: none of those that
    were named), its ``score`` and what spoke for it (``reasons``), and who chose (``by``)."""
    if set(value) != {"by", "verdict", "rank", "units", "score", "reasons"}:
        raise ValueError(value)
    rank = value["rank"]
    units, reasons = (_texts(value[name], spec, arrow) for name in ("units", "reasons"))
    if isinstance(rank, bool) or not isinstance(rank, int) or not 0 <= rank <= ADVICE_AT_MOST:
        raise ValueError(rank)
    if max(len(units), len(reasons)) > ADVICE_AT_MOST:
        raise ValueError(value)
    return {
        "by": _choice(*CHOSEN_BY)(value["by"], spec, arrow),
        "verdict": _choice(*VERDICTS)(value["verdict"], spec, arrow),
        "rank": rank,
        "units": units,
        "score": _number(value["score"], -1e6, 1e6),
        "reasons": reasons,
    }


_READERS: dict[str, Callable[[Any, FieldSpec, Arrow], Any]] = {
    "text": _text,
    "id": _text,
    "ids": _texts,
    "plan": _text,
    "budget": _text,
    "cause": _choice(*CAUSES),
    "scope": _choice(*SCOPES),
    "sha256": _digest,
    "money": lambda value, spec, arrow: _number(value, 0, 1e9),
    "texts": _texts,
    "boolean": _boolean,
    "kind": _choice(*KINDS),
    "class": _text,
    "condition": _text,
    "source": _text,
    "area_class": _choice("", *AREA_CLASSES),
    "lon": lambda value, spec, arrow: _number(value, -180, 180),
    "lat": lambda value, spec, arrow: _number(value, -90, 90),
    "result": _result,
    "instant": _instant,
    "amount": _amount,
    "photos": _photos,
    "advice": _advice,
}
