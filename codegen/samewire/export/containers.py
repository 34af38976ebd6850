"""
Lists, sets and tuples; and what ``include`` and ``exclude`` of the dump options say about the items of all containers.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from samewire.coreschema import CoreSchema
from samewire.coreschema.kinds import is_masked
from samewire.coreschema.rebuilt import with_items
from samewire.coreschema.versions import modern
from samewire.dump import EACH
from samewire.export import brands, defaults, serializers, type_hints
from samewire.export.definition_keys import key_of
from samewire.export.enums import NEVER
from samewire.export.hashing import hashable
from samewire.scalars.decoded import HOLDS
from samewire.scalars.floats import NON_FINITE
from samewire.scalars.view import JsonSchema

if TYPE_CHECKING:
    from samewire.export.context import Context


def of_items(context: Context, generate: Callable[[], JsonSchema]) -> JsonSchema:
    """What has items or values, ``generate``d where ``include`` and ``exclude`` may pick for all of them."""
    if _picks_single_items(context):
        return _no_single_items(context)
    with context.dumping(context.dump.below(EACH)):
        return generate()


def _picks_single_items(context: Context) -> bool:
    """Whether ``include`` or ``exclude`` speak about some items and not about others."""
    dump = context.dump
    return context.emits and any(
        path[0] != EACH or len(path) == 1 for path in (*dump.exclude, *(dump.include or ()))
    )


def _no_single_items(context: Context) -> JsonSchema:
    return context.refuse(
        "dump-selection",
        "include or exclude in the dump options selects single items here, and one item "
        "has no type of its own",
        "select from all items with * in the path, or use a model with fields",
    )


def list_(context: Context, schema: CoreSchema) -> JsonSchema:
    return of_items(context, partial(context.as_pydantic_does, schema))


def tuple_(context: Context, schema: CoreSchema) -> JsonSchema:
    return of_items(context, partial(_tuple, context, schema))


def _tuple(context: Context, schema: CoreSchema) -> JsonSchema:
    index, items = schema.get("variadic_item_index"), schema["items_schema"]
    if index is not None and index + 1 != len(items):
        return context.refuse(
            "tuple-suffix",
            "a tuple with elements after its variable part",
            "put the variable part last, or use a model",
        )
    fixed = items if index is None else items[:index]
    prefix = [context.generate_inner(item) for item in fixed]
    rest: JsonSchema | bool = False if index is None else context.generate_inner(items[index])
    result: JsonSchema = {"type": "array"}
    if prefix or index is None:
        result["prefixItems"] = prefix
    result["items"] = rest
    minimum = max(len(prefix), schema.get("min_length") or 0)
    if minimum:
        result["minItems"] = minimum
    if index is None:
        result["maxItems"] = len(prefix)
    elif schema.get("max_length") is not None:
        result["maxItems"] = schema["max_length"]
    return result


def named_tuple(context: Context, schema: CoreSchema) -> JsonSchema:
    """Fields with a default may be left off in what is read, and are always written."""
    emits = context.emits
    if context.dump.selects and emits:
        return _no_single_items(context)
    fields, cls = schema["fields"], schema.get("cls", object)
    required = sum(field["schema"]["type"] != "default" for field in fields)
    prefix = []
    for field in fields:
        with context.place.inside(field["name"]):
            schema = context.generate_inner(field["schema"])
            if emits:
                schema = defaults.with_sent(context, field["schema"], schema)
            if context.options.brands:
                annotation = type_hints.of_field(cls, field["name"])
                schema = brands.placed(context, annotation, schema)
            prefix.append({"title": field["name"], **schema})
    minimum = len(fields) if emits else required
    result: JsonSchema = {"type": "array", "prefixItems": prefix, "items": False}
    if minimum:
        result["minItems"] = minimum
    return {**result, "maxItems": len(prefix)}


def call(context: Context, schema: CoreSchema) -> JsonSchema:
    """A call of a class, of which a named tuple is one before Pydantic 2.14."""
    newer = modern(schema)
    if newer["type"] == "named-tuple":
        return named_tuple(context, newer)
    if context.emits and "return_schema" not in schema:
        return context.refuse(
            "no-json-form",
            "a call of a function, whose result has no type",
            "declare what it writes with a serializer: PlainSerializer(..., return_type=str)",
        )
    return context.as_pydantic_does(schema)


def set_(context: Context, schema: CoreSchema) -> JsonSchema:
    schema = with_items(schema, partial(hashable, context))
    result = list_(context, {**schema, "type": "list"})
    if result.get("items") == NEVER and result.get("minItems"):
        return dict(NEVER)
    items = schema.get("items_schema", {})
    alike = "serialization" in items or _may_be_written_alike(context, items)
    unique = not alike and _injective(context, result["items"])
    # Items may come twice in what is read, unless it is counted how many are left.
    counted = "minItems" in result or "maxItems" in result
    if unique and (context.emits or counted):
        result = {**result, "uniqueItems": True}
    return {**result, HOLDS: "set"} if context.view.marks else result


def _may_be_written_alike(context: Context, core: CoreSchema) -> bool:
    """Whether a serializer inside of a type may write two values in the same way, as that of secrets does."""
    inside = context.references.schemas(core)
    return any(serializers.is_authors(inner) or is_masked(inner) for inner in inside)


def _injective(context: Context, schema: JsonSchema) -> bool:
    """Whether unequal values are unequal on the wire as well: infinities are all null."""

    def injective(schema: JsonSchema) -> bool:
        return _injective(context, schema)

    if "$ref" in schema:
        target = context.definitions.get(key_of(schema))
        return target is not None and target.get("type") != "object" and injective(target)
    if "anyOf" in schema:
        return schema["anyOf"].count(NON_FINITE) == 0 and all(map(injective, schema["anyOf"]))
    if "prefixItems" in schema:
        return all(map(injective, schema["prefixItems"])) and schema.get("items") is False
    if schema.get("uniqueItems"):
        return injective(schema["items"])
    if "const" in schema or "enum" in schema:
        return True
    return schema.get("type") in ("string", "integer", "boolean", "null")
