"""The classes of a protocol's events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin


def event_classes(events: Any) -> tuple[type[Any], ...]:
    """
    The classes in a union, an alias of one, ``Annotated`` with one, or a list of these.

    Raises:
        TypeError: something in it is no class.

    """
    return tuple(dict.fromkeys(_classes(events)))


def _classes(events: Any) -> Iterator[type[Any]]:
    if isinstance(events, type) and not get_args(events):
        yield events
    elif hasattr(events, "__value__"):
        yield from _classes(events.__value__)
    elif get_origin(events) is Annotated:
        yield from _classes(get_args(events)[0])
    elif get_origin(events) in (Union, UnionType):
        for one in get_args(events):
            yield from _classes(one)
    elif isinstance(events, Iterable) and get_origin(events) is None:
        for one in events:
            yield from _classes(one)
    else:
        raise TypeError(f"not a class of events, nor a union of such: {events!r}")
