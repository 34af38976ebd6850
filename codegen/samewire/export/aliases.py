"""
Names of keys: which one is written, and which ones are read.

A field may be read under several names: an alias and the name of the field, ``AliasChoices``, a path into the object. Its type
stands under one of them, and ``x-samewire-names`` of the object lists all of them in the order in which Pydantic looks for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from samewire.export.context import Context
from samewire.scalars.view import JsonSchema

Path: TypeAlias = tuple[str | int, ...]
Name: TypeAlias = "str | list[str | int]"

NAMES: Final = "x-samewire-names"
BY_NAME: Final = "x-samewire-by-name"


def by_alias(context: Context) -> bool:
    """Whether aliases are written: as the dump says, else as the model's own ``serialize_by_alias``."""
    if context.dump.by_alias is not None:
        return context.dump.by_alias
    return bool(context.view.config.get("serialize_by_alias", False))


def written(context: Context, name: str, field: Mapping[str, Any]) -> list[Path]:
    return [(field.get("serialization_alias", name),)] if by_alias(context) else [(name,)]


def read(context: Context, name: str, field: Mapping[str, Any]) -> list[Path]:
    """The names under which a field is looked for, in order: aliases, then the name of the field where that is read too."""
    config, alias = context.view.config, field.get("validation_alias")
    paths: list[Path] = []
    if alias is not None and config.get("validate_by_alias") is not False:
        several = isinstance(alias, list) and isinstance(alias[0], list)
        paths = [_path(one) for one in (alias if several else [alias])]
    by_name = config.get("validate_by_name") or config.get("populate_by_name")
    if not paths or (by_name and not _is_for_python(context.place.owner)):
        paths.append((name,))
    return list(dict.fromkeys(paths))


def _path(alias: str | Sequence[str | int]) -> Path:
    return (alias,) if isinstance(alias, str) else tuple(alias)


def _is_for_python(cls: type[Any] | None) -> bool:
    """Whether a class says that the names of its fields are for code in Python, and not sent by any frontend."""
    for base in cls.__mro__ if cls is not None else ():
        config = base.__dict__.get("model_config", {})
        extra = config.get("json_schema_extra")
        if isinstance(extra, dict) and BY_NAME in extra:
            return extra[BY_NAME] is False
    return False


def chosen(paths: Sequence[Path]) -> Path | None:
    """The name under which a field's type stands: the first that is a key, or else a path that is not counted from an end."""
    keys = [path for path in paths if len(path) == 1]
    forward = [path for path in paths if not any(isinstance(one, int) and one < 0 for one in path)]
    return next(iter([*keys, *forward]), None)


def names_of(paths: Sequence[Path]) -> list[Name] | None:
    """An entry of ``x-samewire-names``: all names in their order; ``None`` for a field that has one key."""
    names = [str(path[0]) if len(path) == 1 else [*path] for path in paths]
    return names if len(names) > 1 or isinstance(names[0], list) else None


def nested(
    existing: JsonSchema | None, path: Path, schema: JsonSchema, *, required: bool
) -> JsonSchema:
    """The value below ``path``: an open object for each name, an open array for each index."""
    if not path:
        return schema
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        items = list(existing.get("prefixItems", [])) if existing else []
        items += [{}] * (step + 1 - len(items))
        items[step] = nested(items[step] or None, rest, schema, required=required)
        result: JsonSchema = {"type": "array", "prefixItems": items, "items": {}}
        least = max(step + 1 if required else 0, existing.get("minItems", 0) if existing else 0)
        return {**result, "minItems": least} if least else result
    properties = dict(existing.get("properties", {})) if existing else {}
    properties[step] = nested(properties.get(step), rest, schema, required=required)
    needed = [*(existing.get("required", []) if existing else []), *([step] if required else [])]
    return {
        "type": "object",
        "properties": properties,
        **({"required": list(dict.fromkeys(needed))} if needed else {}),
        "additionalProperties": True,
    }
