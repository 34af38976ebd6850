"""What has no parts that a core schema describes: constants, enums, anything."""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from samewire.coreschema import CoreSchema
from samewire.values.draws import among
from samewire.values.random_draws import Draw, Make
from samewire.values.scalar_strategies import any_json

_PYTHON: Final[tuple[Any, ...]] = (
    dt.datetime(2024, 1, 2, 3, 4, 5, tzinfo=dt.UTC),
    dt.date(2024, 1, 2),
    dt.timedelta(days=-1),
    Decimal("1.50"),
    uuid.UUID(int=1),
    (1, "a"),
    frozenset((1,)),
    b"a",
    float("inf"),
)
"""What ``Any`` may hold beside JSON, and Pydantic can write."""

_ATTEMPTS: Final = 6


def plain(schema: CoreSchema) -> Make:
    match schema["type"]:
        case "any":
            return anything
        case "none":
            return lambda _draw, _depth: None
        case "bool":
            return lambda draw, _: draw.below(2) == 1
        case "literal":
            return among(schema["expected"])
        case "enum":
            return _enum(schema)
        case "ellipsis":
            return lambda _draw, _depth: ...
        case "callable":
            return among((len, repr))
        case _:
            return among((schema["cls"], *schema["cls"].__subclasses__()))


def anything(draw: Draw, depth: int) -> Any:
    if draw.below(8) == 7:
        return draw.choice(_PYTHON)
    return any_json(draw, depth)


def plain_key(draw: Draw, _depth: int) -> Any:
    return draw.choice(("a", "", "é", "__proto__", 1, True))


def limited(make: Make, within: Callable[[Any], bool]) -> Make:
    """A value in the limits, if one of a few is."""

    def limited_(draw: Draw, depth: int) -> Any:
        value = make(draw, depth)
        for _ in range(_ATTEMPTS):
            if within(value):
                break
            value = make(draw, depth)
        return value

    return limited_


def _enum(schema: CoreSchema) -> Make:
    class_, members = schema["cls"], list(schema["members"])
    if issubclass(class_, enum.Flag):
        whole = class_(0)
        for each in members:
            whole |= each
        members += [whole, class_(0)]
    return among(members)
