"""Frozen dataclasses to plain JSON data and back, driven by their annotations. Defaults are left out."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def to_plain(value: Any, instant: Callable[[datetime], str]) -> Any:
    """``value`` as dicts, lists, strings and numbers; fields that hold their default are left out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        out = {}
        for name, default in _defaults(type(value)):
            item = getattr(value, name)
            if item is not default and item != default:
                out[name] = to_plain(item, instant)
        return out
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [to_plain(item, instant) for item in value]
    if isinstance(value, Mapping):
        return {key: to_plain(item, instant) for key, item in value.items()}
    return value


def from_plain(cls: type[T], data: Mapping[str, Any], instant: Callable[[str], datetime]) -> T:
    """A ``cls`` from what :func:`to_plain` made of one. Unknown keys raise TypeError."""
    readers = _readers(cls)
    return cls(**{name: readers[name](item, instant) if name in readers else item for name, item in data.items()})


_Reader = Callable[[Any, Callable[[str], datetime]], Any]


@cache
def _defaults(cls: type) -> tuple[tuple[str, Any], ...]:
    return tuple((f.name, f.default) for f in dataclasses.fields(cls))


@cache
def _readers(cls: type) -> dict[str, _Reader]:
    return {name: _reader(hint) for name, hint in typing.get_type_hints(cls).items()}


def _reader(hint: Any) -> _Reader:
    origin = typing.get_origin(hint)
    args = typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        inner = _reader(next(a for a in args if a is not type(None)))
        return lambda item, instant: None if item is None else inner(item, instant)
    if origin is tuple:
        if len(args) == 2 and args[1] is Ellipsis:
            inner = _reader(args[0])
            return lambda item, instant: tuple(inner(i, instant) for i in item)
        inners = [_reader(a) for a in args]
        return lambda item, instant: tuple(r(i, instant) for r, i in zip(inners, item, strict=True))
    if isinstance(hint, type):
        if dataclasses.is_dataclass(hint):
            return lambda item, instant: from_plain(hint, item, instant)
        if issubclass(hint, datetime):
            return lambda item, instant: instant(item)
        if issubclass(hint, Enum):
            return lambda item, instant: hint(item)
    return lambda item, instant: item
