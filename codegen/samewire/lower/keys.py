"""Keys of dictionaries: the strings they may be."""

from __future__ import annotations

from collections.abc import Sequence

from samewire import ir
from samewire.lower.scope import Scope, Site
from samewire.schema.pointers import Pointer


def key_type(schemas: Sequence[Site], pointer: Pointer, scope: Scope) -> ir.Type:
    """The type of a key for which all schemas hold, and which is a string whether they say so or not."""
    if not schemas:
        return ir.String()
    key = scope.type_of(Site({"type": "string"}, pointer), *schemas)
    match key:
        case ir.String() | ir.Literal() | ir.Never():
            return key
        case ir.Ref(name):
            scope.keys.append((schemas[0].pointer, name))
            return key
        case _:
            refuse_key(schemas[0].pointer, scope)
            return ir.String()


def matching(pattern: str, pointer: Pointer) -> Site:
    """The schema of the strings that a pattern matches, as a key of ``patternProperties``."""
    return Site({"type": "string", "pattern": pattern}, pointer)


def refuse_key(pointer: Pointer, scope: Scope) -> None:
    message = "the keys of a dictionary are strings of one form, or of a list; these are a union"
    scope.refuse(
        "no-exact-form", pointer, message, "describe them with one pattern, or with one enum"
    )
