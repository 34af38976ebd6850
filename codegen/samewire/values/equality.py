"""When two JSON values count as one."""

from __future__ import annotations

import json

from samewire import ir


def key_of(value: ir.Json, *, exact: bool = False) -> str:
    """
    Equal for equal values. Numbers are equal by their value, and so are ``True`` and ``1``, as in a Python set.

    With ``exact`` equal only for values that are written alike, the order of keys included.
    """
    if exact:
        return json.dumps(value)
    return json.dumps(_plain(value), sort_keys=True)


def _plain(value: ir.Json) -> ir.Json:
    match value:
        case bool():
            return int(value)
        case float() if value.is_integer():
            return int(value)
        case list():
            return [_plain(each) for each in value]
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case _:
            return value
