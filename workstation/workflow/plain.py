"""Frozen dataclasses to plain JSON data and back, driven by their annotations. Defaults are left out."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")

_ToText = Callable[[datetime], str]
_FromText = Callable[[str], datetime]
_Writer = Callable[[Any, _ToText], Any]
_Reader = Callable[[Any, _FromText], Any]


def _once_for_each(make: Callable[[type], T]) -> Callable[[type], T]:
    made: dict[type, T] = {}

    def get(cls: type) -> T:
        found = made.get(cls)
        if found is None:
            found = made[cls] = make(cls)
        return found

    return get


def to_plain(value: Any, instant: _ToText) -> dict[str, Any]:
    """A dataclass as dicts, lists, strings and numbers; fields that hold their default are left out."""
    values, spec = _writers(type(value))
    out = {}
    for item, (name, default, writer) in zip(values(value), spec, strict=True):
        if item is not default and item != default:
            out[name] = writer(item, instant) if writer is not None else item
    return out


def from_plain(cls: type[T], data: Mapping[str, Any], instant: _FromText) -> T:
    """A ``cls`` from what :func:`to_plain` made of one. Unknown keys raise TypeError."""
    readers = _readers(cls)
    return cls(
        **{name: readers[name](item, instant) if name in readers else item for name, item in data.items()}
    )


@_once_for_each
def _writers(
    cls: type,
) -> tuple[Callable[[Any], tuple[Any, ...]], tuple[tuple[str, Any, _Writer | None], ...]]:
    """How to get at all fields of the class at once, and for each its name, default and writer (None: as it is)."""
    hints = typing.get_type_hints(cls)
    fields = dataclasses.fields(cls)
    names = [f.name for f in fields]
    getter = attrgetter(*names)
    values = getter if len(names) > 1 else lambda value: (getter(value),)
    return values, tuple((f.name, f.default, _writer(hints[f.name])) for f in fields)


@_once_for_each
def _readers(cls: type) -> dict[str, _Reader]:
    """The readers of those fields that are not plain already."""
    readers = {name: _reader(hint) for name, hint in typing.get_type_hints(cls).items()}
    return {name: reader for name, reader in readers.items() if reader is not None}


def _optional(hint: Any) -> Any:
    """What an optional hint is when it is not None; None where it is not optional."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return next(a for a in typing.get_args(hint) if a is not type(None))
    return None


def _writer(hint: Any) -> _Writer | None:
    inside = _optional(hint)
    if inside is not None:
        some = _writer(inside)
        return some and (lambda item, instant: None if item is None else some(item, instant))
    origin, args = typing.get_origin(hint) or hint, typing.get_args(hint)
    if origin is tuple:
        inners = [_writer(a) for a in args if a is not Ellipsis]
        if len(inners) == 1:
            inner = inners[0]
            if inner is None:
                return lambda item, instant: list(item)
            return lambda item, instant: [inner(i, instant) for i in item]
        return lambda item, instant: [
            w(i, instant) if w is not None else i for w, i in zip(inners, item, strict=True)
        ]
    if dataclasses.is_dataclass(origin):
        return to_plain
    if origin is datetime:
        return lambda item, instant: instant(item)
    if isinstance(origin, type) and issubclass(origin, Enum):
        return lambda item, instant: item.value
    return None


def _reader(hint: Any) -> _Reader | None:
    inside = _optional(hint)
    if inside is not None:
        some = _reader(inside)
        return some and (lambda item, instant: None if item is None else some(item, instant))
    origin, args = typing.get_origin(hint) or hint, typing.get_args(hint)
    if origin is tuple:
        inners = [_reader(a) for a in args if a is not Ellipsis]
        if len(inners) == 1:
            inner = inners[0]
            if inner is None:
                return lambda item, instant: tuple(item)
            return lambda item, instant: tuple([inner(i, instant) for i in item])
        return lambda item, instant: tuple(
            [r(i, instant) if r is not None else i for r, i in zip(inners, item, strict=True)]
        )
    if isinstance(origin, type) and dataclasses.is_dataclass(origin):
        return lambda item, instant: from_plain(origin, item, instant)
    if origin is datetime:
        return lambda item, instant: instant(item)
    if isinstance(origin, type) and issubclass(origin, Enum):
        return lambda item, instant: origin(item)
    return None
