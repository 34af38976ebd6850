"""When two JSON values count as one, and their texts."""

from __future__ import annotations

import json
from typing import cast

from pydantic_core import from_json, to_json

from samewire import ir


def key_of(value: ir.Json) -> str:
    """Equal for equal values. Numbers are equal by their value, and so are ``True`` and ``1``, as in a Python set."""
    return json.dumps(_plain(value), sort_keys=True)


def text_of(value: ir.Json) -> str:
    """The JSON text of a value, which is another one for ``1.0`` than for ``1``, and for another order of keys."""
    try:
        return to_json(value).decode()
    except ValueError:  # half of a surrogate pair, or a value too deep for Pydantic
        return json.dumps(value)


def value_of(text: str) -> ir.Json:
    """What a JSON text says, as ``json.loads`` reads it, which takes several times as long."""
    try:
        value: ir.Json = from_json(text)
    except ValueError:  # as above, or it is no JSON
        return cast("ir.Json", json.loads(text))
    return value


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
