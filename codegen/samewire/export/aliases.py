"""
Names of keys: which one is written, and which ones are read.

A field with several ``validation_alias`` choices is read from any of them, so what is accepted is one object shape a choice.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any, TypeAlias

from samewire.export.context import Context
from samewire.export.enums import NEVER
from samewire.scalars.view import JsonSchema

Path: TypeAlias = "str | list[str | int]"

CHOICES = "x-samewire-alias-choices"  # from here to `expand` only; never in the document
MAX_SHAPES = 16


def by_alias(context: Context) -> bool:
    """Whether aliases are written: as the dump says, else as the model's own ``serialize_by_alias``."""
    if context.dump.by_alias is not None:
        return context.dump.by_alias
    return bool(context.view.config.get("serialize_by_alias", False))


def written(context: Context, name: str, field: Mapping[str, Any]) -> list[Path]:
    return [field.get("serialization_alias", name)] if by_alias(context) else [name]


def read(context: Context, name: str, field: Mapping[str, Any]) -> list[Path]:
    alias = field.get("validation_alias")
    config = context.view.config
    if alias is None or not config.get("validate_by_alias", True):
        return [name]
    if isinstance(alias, str):
        return [alias]
    paths = alias if isinstance(alias[0], list) else [alias]
    return [
        path[0] if len(path) == 1 and isinstance(path[0], str) else list(path) for path in paths
    ]


def expand(schema: JsonSchema) -> JsonSchema:
    """
    One shape for every way to name the fields that have a choice; the choices that every shape shares stay.

    Pydantic takes the first name that is there, so a shape is without the names before its own, and what need not be there may
    be missing from the last one only. Beyond :data:`MAX_SHAPES` only the first name of each field is kept, which accepts less than
    Pydantic, never more.
    """
    choices: dict[str, list[Path]] = schema[CHOICES]
    base = {key: value for key, value in schema.items() if key != CHOICES}
    total = 1
    for paths in choices.values():
        total *= len(paths)
    if total > MAX_SHAPES:
        choices = {key: paths[:1] for key, paths in choices.items()}
    shapes = [
        _shape(base, dict(zip(choices, picked, strict=True)), choices)
        for picked in itertools.product(*(range(len(paths)) for paths in choices.values()))
    ]
    if len(shapes) == 1:
        return shapes[0]
    docs: JsonSchema = {
        key: base[key]
        for key in ("title", "description", "deprecated", "x-samewire-source", "x-samewire-order")
        if key in base
    }
    return {
        **docs,
        "anyOf": [{k: v for k, v in shape.items() if k not in docs} for shape in shapes],
    }


def _shape(
    base: JsonSchema, picked: Mapping[str, int], choices: Mapping[str, list[Path]]
) -> JsonSchema:
    properties: JsonSchema = {}
    required = set(base.get("required", []))
    needed: list[str] = []
    others: list[str] = []
    for key, schema in base["properties"].items():
        paths, index = choices.get(key, [key]), picked.get(key, 0)
        path, last = paths[index], index == len(paths) - 1
        must = key in required or not last
        others += [one if isinstance(one, str) else str(one[0]) for one in paths[:index]]
        if isinstance(path, str):
            properties[path] = schema
            needed += [path] if must else []
        else:
            head = str(path[0])
            properties[head] = _nested(properties.get(head), path[1:], schema, required=must)
            needed += [head] if must and head not in needed else []
    absent = {name: NEVER for name in others if name not in properties}
    result = {**base, "properties": {**absent, **properties}, "required": needed}
    if not needed:
        del result["required"]
    return result


def _nested(
    existing: JsonSchema | None, path: list[str | int], schema: JsonSchema, *, required: bool
) -> JsonSchema:
    """The value below ``path``: an open object for each name, an open array for each index."""
    if not path:
        return schema
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        items = list(existing.get("prefixItems", [])) if existing else []
        items += [{}] * (step + 1 - len(items))
        items[step] = _nested(items[step] or None, rest, schema, required=required)
        result: JsonSchema = {"type": "array", "prefixItems": items, "items": {}}
        least = max(step + 1 if required else 0, existing.get("minItems", 0) if existing else 0)
        return {**result, "minItems": least} if least else result
    properties = dict(existing.get("properties", {})) if existing else {}
    properties[step] = _nested(properties.get(step), rest, schema, required=required)
    needed = [*(existing.get("required", []) if existing else []), *([step] if required else [])]
    return {
        "type": "object",
        "properties": properties,
        **({"required": list(dict.fromkeys(needed))} if needed else {}),
        "additionalProperties": True,
    }
