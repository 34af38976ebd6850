"""
Schemas of OpenAPI 3.0 and of the drafts before 2020-12, as JSON Schema 2020-12 writes them.

Only keywords that changed are rewritten: the migration notes of each draft, and "Migrating from OpenAPI 3.0 to 3.1.0".
"""

from __future__ import annotations

from typing import Any

from samewire.schema.keywords import ANNOTATIONS, MANY, NAMED, ONE

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ONE = (*ONE, "additionalItems")
_MANY = (*MANY, "items")
_BESIDE = frozenset(("$ref", "nullable", "$defs", "definitions", "$id", "$schema", *ANNOTATIONS))
_BOUNDS = (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum"))


def modern(schema: Any, *, alone: bool = False) -> Any:
    """
    Converts a schema to the keywords of 2020-12. ``alone``: checks beside a reference have no effect, as in OpenAPI 3.0 and up
    to draft 7.
    """
    if not isinstance(schema, dict):
        return schema
    made = {key: _inside(key, value, alone) for key, value in schema.items()}
    if made.get("$recursiveRef") == "#" and "$ref" not in made:
        made["$ref"] = made.pop("$recursiveRef")
    if alone and isinstance(made.get("$ref"), str):
        made = {key: made[key] for key in made if key in _BESIDE}
    _rename(made)
    _bounds(made)
    _items(made)
    _dependencies(made, alone)
    return _nullable(made)


def _inside(key: str, value: Any, alone: bool) -> Any:
    if key in NAMED and isinstance(value, dict):
        return {name: modern(each, alone=alone) for name, each in value.items()}
    if key in _MANY and isinstance(value, list):
        return [modern(each, alone=alone) for each in value]
    return modern(value, alone=alone) if key in _ONE else value


def _rename(schema: dict[str, Any]) -> None:
    if isinstance(schema.get("id"), str) and "$id" not in schema and "$ref" not in schema:
        schema["$id"] = schema.pop("id")
    if "example" in schema and "examples" not in schema:
        schema["examples"] = [schema.pop("example")]


def _bounds(schema: dict[str, Any]) -> None:
    """Draft 4 and OpenAPI 3.0: a separate keyword makes a bound exclusive."""
    for bound, exclusive in _BOUNDS:
        if isinstance(schema.get(exclusive), bool) and schema.pop(exclusive) and bound in schema:
            schema[exclusive] = schema.pop(bound)


def _items(schema: dict[str, Any]) -> None:
    """Before 2020-12 a list of schemas described the first elements, and ``additionalItems`` the rest."""
    rest = schema.pop("additionalItems", None)
    if isinstance(schema.get("items"), list):
        schema["prefixItems"] = schema.pop("items")
        if rest is not None:
            schema["items"] = rest


def _dependencies(schema: dict[str, Any], alone: bool) -> None:
    """Before 2019-09 one keyword had both kinds."""
    both = schema.pop("dependencies", None)
    if not isinstance(both, dict):
        return
    required = {key: value for key, value in both.items() if isinstance(value, list)}
    schemas = {
        key: modern(value, alone=alone)
        for key, value in both.items()
        if not isinstance(value, list)
    }
    if required:
        schema["dependentRequired"] = required
    if schemas:
        schema["dependentSchemas"] = schemas


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """
    OpenAPI 3.0.3: ``nullable`` adds null to the ``type`` beside it, and means nothing without one. Whoever writes it beside a
    reference or an enumeration means null all the same, in OpenAPI 3.1 as well.
    """
    if schema.pop("nullable", False) is not True:
        return schema
    kinds = schema.get("type")
    if isinstance(kinds, str):
        schema["type"] = [kinds, "null"]
        if isinstance(schema.get("enum"), list) and None not in schema["enum"]:
            schema["enum"] = [*schema["enum"], None]
        return schema
    said = {key: schema.pop(key) for key in tuple(schema) if key in ANNOTATIONS}
    return {**said, "anyOf": [schema, {"type": "null"}]} if schema else said
