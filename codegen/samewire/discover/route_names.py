"""
What routes are called in TypeScript: ``getItem`` for ``get_item``.

A name depends on the routes alone, not on their order: of several that would be called the same, all get the longer name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from samewire.identifiers import KEYWORDS, words

Named: TypeAlias = tuple[str, str, str]
"""The name of a route in Python or its operation id, its method and its path."""

TAKEN: Final = words(
    "s t encoderOf problem readAnything readEvents readJson readLines readNothing readRaw readText then undefined"
    " writeBytes writeForm writeJson writeMultipart writeText"
)
"""What a file of routes imports; and ``then``, by which ``import()`` would take the file for a promise."""

_WORD: Final = re.compile(r"[A-Za-z0-9]+")


def route_names(routes: Sequence[Named]) -> list[str]:
    """A name for each route, in their order."""
    names = [_short(route) for route in routes]
    for longer in _LONGER:
        counts = Counter(names)
        if max(counts.values(), default=1) == 1:
            break
        names = [
            longer(route) if counts[name] > 1 else name
            for name, route in zip(names, routes, strict=True)
        ]
    return _numbered(names)


def camel(text: str) -> str:
    """
    >>> camel("get_item")
    'getItem'
    >>> camel("HTTPStatus")
    'httpStatus'
    """
    name = "".join(word[:1].upper() + word[1:] for word in _WORD.findall(text))
    start = re.match(r"[A-Z]+(?![a-z])|[A-Z]", name)
    if start is not None:
        name = start[0].lower() + name[start.end() :]
    if not name or name[0].isdigit():
        name = f"_{name}"
    return f"{name}_" if name in KEYWORDS | TAKEN else name


def _short(route: Named) -> str:
    return camel(route[0])


def _with_method(route: Named) -> str:
    return camel(f"{route[0]} {route[1].lower()}")


def _with_path(route: Named) -> str:
    name, method, path = route
    return camel(f"{name} {path} {method.lower()}")


_LONGER: Final[tuple[Callable[[Named], str], ...]] = (_with_method, _with_path)


def _numbered(names: Sequence[str]) -> list[str]:
    """Paths that differ in punctuation alone, ``/a-b`` and ``/a_b``, in the order of the routes."""
    taken = set(names)
    used: set[str] = set()
    made: list[str] = []
    for name in names:
        free = name
        count = 2
        while free in used or (free != name and free in taken):
            free = f"{name}{count}"
            count += 1
        used.add(free)
        made.append(free)
    return made
