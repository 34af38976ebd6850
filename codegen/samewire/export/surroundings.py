"""
What a type takes on from the model around it when Pydantic builds its core schema: the keys of its fields.

A typed dictionary or plain dataclass has the aliases that the model's ``alias_generator`` makes. So one core reference stands for
different schemas in different models, and only the core schema of a model itself has the one that it uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from samewire.coreschema import unwrapped
from samewire.coreschema.versions import models_stand_alone, own_config

Core: TypeAlias = Mapping[str, Any]
Signature: TypeAlias = tuple[tuple[str, str, str], ...]


def signature(core: Core) -> Signature | None:
    """The keys of each field, for what may have others in another model; ``None`` for what has the same everywhere."""
    match unwrapped(core):
        case {"type": "typed-dict", "fields": fields}:
            named: Iterable[tuple[str, Core]] = fields.items()
        case {"type": "dataclass", "cls": cls, "schema": {"fields": fields}}:
            if hasattr(cls, "__pydantic_config__"):
                return None
            named = ((field["name"], field) for field in fields)
        case _:
            return None
    return tuple(
        (name, repr(field.get("serialization_alias")), repr(field.get("validation_alias")))
        for name, field in named
    )


def meaning(core: Core) -> Signature | None:
    """
    What tells two types of one core reference apart; ``None`` for what is not looked into.

    Pydantic takes a reference for one type within a model, and never compares those of two models.
    """
    match unwrapped(core):
        case {"type": "literal", "expected": expected}:
            return tuple((type(value).__name__, repr(value), "") for value in expected)
        case _:
            return signature(core)


def config_of_root(core: Core) -> Core:
    """The configuration with which pydantic-core builds what a root refers to."""
    return own_config(unwrapped(_target(unwrapped(core))).get("cls")) or {}


def own_schema(core: Core) -> Core:
    """
    A model as it is by itself, with the definitions that hold there; everything else as it is.

    pydantic-core also goes by the validator and the serializer of a model's own, wherever the model stands.
    """
    if not models_stand_alone():
        return core
    inner = unwrapped(core)
    own = (
        inner["cls"].__dict__.get("__pydantic_core_schema__") if inner["type"] == "model" else None
    )
    if not isinstance(own, dict):
        return core  # no model, or not built yet
    target = _target(own)
    same = all(target.get(key) == core.get(key) for key in ("type", "ref", "serialization"))
    return own if same and target is not core else core


def _target(core: Core) -> Core:
    """What a core schema with definitions is the schema of."""
    if core["type"] != "definitions":
        return core
    inner: Core = core["schema"]
    if inner["type"] != "definition-ref":
        return inner
    return next((one for one in core["definitions"] if one["ref"] == inner["schema_ref"]), inner)
