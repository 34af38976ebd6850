"""Short descriptions of types, for messages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final, assert_never

from samewire import ir
from samewire.scalars.words import BOUNDS, in_words
from samewire.values.strings import counted

_SHOWN: Final = 6
_WORDS: Final[dict[type, str]] = {
    ir.Never: "no value",
    ir.Null: "null",
    ir.Boolean: "a boolean",
    ir.Integer: "an integer",
    ir.Number: "a number",
    ir.Object: "an object",
}


def named(type_: ir.Type) -> str:
    """A short description of a type."""
    match type_:
        case ir.Ref(name):
            return name
        case ir.Nullable(inner):
            return f"{named(inner)} or null"
        case ir.Union(members):
            return _some([named(each) for each in members], " or ")
        case ir.Literal(values):
            return listed(values, " or ")
        case ir.String(format=format_):
            return in_words(format_) if format_ is not None else "a string"
        case ir.Checked(inner) | ir.Unlisted(inner):
            return named(inner)
        case ir.UnlistedObject(tag):
            return f"an object with another {tag}"
        case ir.EnumType(members):
            return listed([member.value for member in members], " or ")
        case ir.Unknown() | ir.JsonValue():
            return "any value"
        case ir.Array(items):
            return "an array" if _is_any(items) else f"an array (each item {named(items)})"
        case ir.Tuple(prefix, rest):
            each = [*map(named, prefix), *([f"more, each {named(rest)}"] if rest else [])]
            return f"an array ({', '.join(each)})" if each else "an empty array"
        case ir.Record(_, value):
            return "a dictionary" if _is_any(value) else f"a dictionary (each value {named(value)})"
        case ir.Never() | ir.Null() | ir.Boolean() | ir.Integer() | ir.Number() | ir.Object():
            return _WORDS[type(type_)]
        case _:
            assert_never(type_)


def _is_any(type_: ir.Type) -> bool:
    return isinstance(type_, ir.Unknown | ir.JsonValue)


def listed(values: Sequence[ir.Json], between: str = ", ") -> str:
    """Values as JSON has them."""
    return _some([json.dumps(each, ensure_ascii=False) for each in values], between)


def _some(words: Sequence[str], between: str) -> str:
    words = list(dict.fromkeys(words))
    more = len(words) - _SHOWN
    return between.join(words) if more <= 0 else f"{between.join(words[:_SHOWN])} and {more} more"


def instead(produced: ir.Type, accepted: ir.Type) -> str:
    """The produced type, and the expected one."""
    return f"{named(produced)} instead of {named(accepted)}"


def limited(type_: ir.Integer | ir.Number) -> str:
    """A number with its limits."""
    parts = [
        f"{words} {value}"
        for name, words in BOUNDS.items()
        if (value := getattr(type_, name)) is not None
    ]
    if type_.multiple_of is not None:
        parts.append(f"a multiple of {type_.multiple_of}")
    if isinstance(type_, ir.Number) and type_.decimal is not None:
        parts.append(f"written as {in_words(type_.decimal)}")
    return ", ".join([named(type_), *parts])


def expected_is(what: str) -> str:
    return f"expected is {what}"


def checked(check: ir.Check) -> str:
    """What a check asks for."""
    match check:
        case ir.ContentSchema(content):
            return expected_is(f"the JSON of {named(content)}")
        case ir.Contains(item):
            return expected_is(f"an array with {named(item)} in it")
        case ir.UniqueItems():
            return expected_is("an array without equal items")
        case ir.PropertyCount(low, high):
            return expected_is(counted(low, high, "key"))
        case ir.PropertyNames(key):
            return expected_is(f"an object whose keys are each {named(key)}")
        case _:
            return "a check beside the type"
