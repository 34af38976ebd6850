"""How the metadata of a message is put together."""

from __future__ import annotations

from typing import Any


def merged(known: Any, added: Any) -> Any:
    """
    ``added`` laid over ``known``: objects are merged at every depth, all else is replaced, by null too.

    Keys that reach for a prototype are left out, as in the client.
    """
    result = dict(_entries(known))
    for key, value in _entries(added).items():
        if key in ("__proto__", "constructor", "prototype"):
            continue
        before = result.get(key)
        both = isinstance(value, dict) and isinstance(before, dict)
        result[key] = merged(before, value) if both else value
    return result


def _entries(value: Any) -> dict[str, Any]:
    """What JavaScript's spread makes of a JSON value."""
    match value:
        case dict():
            return value
        case list() | str():
            return {str(index): one for index, one in enumerate(value)}
        case _:
            return {}
