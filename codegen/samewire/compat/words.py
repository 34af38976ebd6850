"""Types in a few words, for messages."""

from __future__ import annotations

from typing import Final, assert_never

from samewire import ir

_WORDS: Final[dict[type, str]] = {
    ir.Never: "no value",
    ir.Null: "null",
    ir.Boolean: "a boolean",
    ir.Integer: "an integer",
    ir.Number: "a number",
    ir.String: "a string",
    ir.Array: "an array",
    ir.Tuple: "a tuple",
    ir.Record: "an object",
    ir.Object: "an object",
}


def named(type_: ir.Type) -> str:
    """A type in a few words."""
    match type_:
        case ir.Ref(name):
            return name
        case ir.Nullable(inner):
            return f"{named(inner)} or null"
        case ir.Union(members):
            return " or ".join(map(named, members[:6]))
        case ir.Literal(values):
            return ", ".join(map(repr, values[:6]))
        case ir.Checked(inner) | ir.Unlisted(inner):
            return named(inner)
        case ir.UnlistedObject(tag):
            return f"an object with another {tag}"
        case ir.EnumType(members):
            return ", ".join(repr(each.value) for each in members[:6])
        case ir.Unknown() | ir.JsonValue():
            return "any value"
        case (
            ir.Never()
            | ir.Null()
            | ir.Boolean()
            | ir.Integer()
            | ir.Number()
            | ir.String()
            | ir.Array()
            | ir.Tuple()
            | ir.Record()
            | ir.Object()
        ):
            return _WORDS[type(type_)]
        case _:
            assert_never(type_)
