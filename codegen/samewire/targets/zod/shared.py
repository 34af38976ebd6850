"""
The schemas that have a name of their own in ``schemas.ts``: those of scalars that zod itself has no exact schema for.

Each is a schema of zod's, checked by a predicate of the runtime library. Many fields may share one, which zod makes slowly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from samewire.targets.typescript.expressions import (
    ArrayLiteral,
    Constant,
    Expression,
    Number,
    Text,
)
from samewire.targets.typescript.syntax import Code, number, string

Argument = str | bool | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """
    ``predicate`` is called with the value and then ``arguments``; where it refuses, ``message`` says what was expected.

    ``final``: what is checked after it, as bounds are, makes no sense of a value that it refuses.
    """

    base: Literal["string", "number"]
    predicate: str
    message: str
    arguments: tuple[Argument, ...] = ()
    final: bool = False
    comment: str = ""

    def argument_expressions(self) -> tuple[Expression, ...]:
        return tuple(map(_expression, self.arguments))


def _expression(argument: Argument) -> Expression:
    match argument:
        case bool():
            return Constant(Code("true" if argument else "false"))
        case str():
            return Text(string(argument))
        case _:
            return ArrayLiteral(tuple(Number(number(each)) for each in argument))


def _text(predicate: str, message: str, *arguments: Argument, final: bool = False) -> Shared:
    return Shared("string", predicate, message, arguments, final)


def _time(predicate: str, message: str, *zone: str) -> Shared:
    return _text(predicate, message, *zone, final=True)


SHARED: Final = {
    "integer": Shared(
        "number",
        "Number.isInteger",
        "Invalid input: expected int",
        comment="An integer of any size; z.int() ends at 2 ** 53 - 1.",
    ),
    "date": _time("isDate", "Invalid ISO date"),
    "dateTime": _time("isDateTime", "Invalid ISO datetime"),
    "awareDateTime": _time("isDateTime", "Invalid ISO datetime with a UTC offset", "aware"),
    "naiveDateTime": _time("isDateTime", "Invalid ISO datetime without a UTC offset", "naive"),
    "time": _time("isTime", "Invalid ISO time"),
    "awareTime": _time("isTime", "Invalid ISO time with a UTC offset", "aware"),
    "naiveTime": _time("isTime", "Invalid ISO time without a UTC offset", "naive"),
    "duration": _time("isDuration", "Invalid ISO duration"),
    "decimal": _text("isDecimal", "Invalid decimal", final=True),
    "specialDecimal": _text("isDecimal", "Invalid decimal", True, final=True),
    "email": _text("isEmail", "Invalid email address"),
    "nameEmail": _text("isNameEmail", "Invalid name and email address"),
    "ipv6": _text("isIp", "Invalid IPv6 address", (6,)),
    "ip": _text("isIp", "Invalid IP address", (4, 6)),
    "ipv4Network": _text("isIp", "Invalid IPv4 network", (4,), "network"),
    "ipv6Network": _text("isIp", "Invalid IPv6 network", (6,), "network"),
    "ipNetwork": _text("isIp", "Invalid IP network", (4, 6), "network"),
    "ipv4Interface": _text("isIp", "Invalid IPv4 interface", (4,), "interface"),
    "ipv6Interface": _text("isIp", "Invalid IPv6 interface", (6,), "interface"),
    "ipInterface": _text("isIp", "Invalid IP interface", (4, 6), "interface"),
    "base64Url": _text("isBase64Url", "Invalid base64url-encoded string"),
    "jsonString": _text("isJsonText", "Invalid JSON string"),
    "url": _text("isUrl", "Invalid URL"),
    "multiHostUrl": _text("isMultiHostUrl", "Invalid URL"),
}
"""By name. A schema of any JSON value, ``jsonValue``, is made otherwise: it is of no base."""

NAMES: Final = frozenset({*SHARED, "jsonValue"})
