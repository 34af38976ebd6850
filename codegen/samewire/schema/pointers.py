"""JSON pointers (RFC 6901), as the fragments of a ``$ref`` and as the places that diagnostics name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, TypeAlias
from urllib.parse import unquote

Pointer: TypeAlias = tuple[str, ...]
"""The unescaped parts of a JSON pointer; an array's index is its decimal text."""

MISSING: Final = object()
_INDEX: Final = re.compile("0|[1-9][0-9]*")


def fragment(pointer: Pointer) -> str:
    """
    ``#/$defs/User``, for people.

    Only what would make the place unreadable is escaped: ``~`` and ``/`` in a part, and characters that do not print.
    """
    text = "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in pointer)
    return "#" + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


def parse(ref: str) -> Pointer | None:
    """The pointer of a reference into its own document; ``None`` for an anchor or another document."""
    if ref in ("", "#"):
        return ()
    if not ref.startswith("#/"):
        return None
    return tuple(_unescape(unquote(part)) for part in ref[2:].split("/"))


def find(document: Any, pointer: Pointer) -> Any:
    """The value at a pointer, or :data:`MISSING`."""
    value = document
    for part in pointer:
        if isinstance(value, dict) and part in value:
            value = value[part]
        elif isinstance(value, list) and _INDEX.fullmatch(part) and int(part) < len(value):
            value = value[int(part)]
        else:
            return MISSING
    return value


def _unescape(part: str) -> str:
    return part.replace("~1", "/").replace("~0", "~")


def free_name(pointer: Pointer, names: Iterable[str]) -> str:
    """The last part of a pointer, with as many of those before it as it takes to be no name already."""
    taken = set(names)
    name = pointer[-1]
    for part in reversed(pointer[:-1]):
        if name not in taken and not name.isdecimal():
            return name
        name = f"{part}_{name}"
    while name in taken:
        name = f"{name}_"
    return name


def python_source(definition: object) -> str | None:
    """The Python object that a definition comes from, as ``module:qualname``; ``None`` if the document does not say."""
    source = definition.get("x-samewire-source") if isinstance(definition, dict) else None
    return source if isinstance(source, str) else None
